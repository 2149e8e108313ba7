package web

import (
	"context"
	"sync"
	"time"

	"dateline/news"
	"dateline/web/view/story"
)

// A memo holds the dossiers that were asked for last, for as long as nothing changes in the record.
// Reading a story of thousands of articles takes longer than drawing its page, and most pages are
// asked for many times between two changes. A change of anything empties it: what was removed is
// not shown once more.
type memo struct {
	mu     sync.Mutex
	change int64 // the newest of the record that it is of
	held   map[memoKey]*remembered
	order  []memoKey // the one that was put in first comes first
	rows   int       // of all that are held
}

type memoKey struct {
	story news.StoryID
	asOf  int64
}

type remembered struct {
	dossier news.Dossier

	mu    sync.Mutex
	texts map[string]*story.Texts // by the day and the links they were made for
	near  *news.Neighbourhood     // nil until it is asked for
}

const (
	mostHeld     = 64
	mostHeldRows = 200_000 // a row is about a kilobyte
)

// dossier is a story's, and what is remembered beside it.
func (s *site) dossier(ctx context.Context, id news.StoryID, asOf time.Time) (*remembered, error) {
	change, err := s.Record.NewestChange(ctx)
	if err != nil {
		return nil, err
	}
	key := memoKey{id, asOf.UnixNano()}
	m := &s.memo
	m.mu.Lock()
	if m.change != change || m.held == nil {
		m.change, m.held, m.order, m.rows = change, map[memoKey]*remembered{}, nil, 0
	}
	found := m.held[key]
	m.mu.Unlock()
	if found != nil {
		return found, nil
	}
	d, err := s.Record.Dossier(ctx, id, asOf)
	if err != nil {
		return nil, err
	}
	made := &remembered{dossier: d, texts: map[string]*story.Texts{}}
	m.mu.Lock()
	defer m.mu.Unlock()
	// What changed while it was read may be in it or not: it is used once and not kept.
	if m.change != change || m.held[key] != nil || len(d.Entries) > mostHeldRows {
		return made, nil
	}
	m.held[key] = made
	m.order = append(m.order, key)
	m.rows += len(d.Entries)
	for len(m.order) > mostHeld || m.rows > mostHeldRows {
		m.rows -= len(m.held[m.order[0]].dossier.Entries)
		delete(m.held, m.order[0])
		m.order = m.order[1:]
	}
	return made, nil
}

// alike is the story among those that share its traits.
func (s *site) alike(ctx context.Context, d *remembered, asOf time.Time) (news.Neighbourhood, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.near == nil {
		n, err := s.Record.Alike(ctx, d.dossier.Story.ID, asOf)
		if err != nil {
			return n, err
		}
		d.near = &n
	}
	return *d.near, nil
}
