package web

import (
	"context"
	"sync"
	"time"

	"dateline/news"
	"dateline/web/view/story"
)

// A memo holds what was made of the dossiers that were asked for last, for as long as they say the same.
// Drawing a story of thousands of articles takes long, and most pages are asked for many times between
// two changes. The record is asked each time whether the dossier is still the same.
type memo struct {
	mu    sync.Mutex
	held  map[memoKey]*remembered
	order []memoKey // the one that was put in first comes first
	rows  int       // of all that are held
}

type memoKey struct {
	story news.StoryID
	asOf  int64
}

type remembered struct {
	dossier news.Dossier

	mu    sync.Mutex
	texts map[string]*story.Texts // by the day and the links they were made for
	laid  *story.Laid             // as its rows stand in that hour; nil until it is asked for
	hour  time.Time
	near  *news.Neighbourhood // nil until it is asked for
	asked time.Time           // when near was
}

const (
	mostHeld     = 64
	mostHeldRows = 200_000
	nearFor      = time.Minute // what a story is like changes with other stories, too
)

// dossier is a story's, and what is remembered beside it.
func (s *site) dossier(ctx context.Context, id news.StoryID, asOf time.Time) (*remembered, error) {
	d, err := s.Record.Dossier(ctx, id, asOf)
	if err != nil {
		return nil, err
	}
	key := memoKey{id, asOf.UnixNano()}
	m := &s.memo
	m.mu.Lock()
	defer m.mu.Unlock()
	found := m.held[key]
	if found != nil && found.dossier.Version == d.Version {
		return found, nil
	}
	made := &remembered{dossier: d, texts: map[string]*story.Texts{}}
	if found != nil {
		m.rows += len(d.Entries) - len(found.dossier.Entries)
		m.held[key] = made
		return made, nil
	}
	if m.held == nil {
		m.held = map[memoKey]*remembered{}
	}
	m.held[key] = made
	m.order = append(m.order, key)
	for m.rows += len(d.Entries); len(m.order) > 1 && (len(m.order) > mostHeld || m.rows > mostHeldRows); m.order = m.order[1:] {
		m.rows -= len(m.held[m.order[0]].dossier.Entries)
		delete(m.held, m.order[0])
	}
	return made, nil
}

// alike is the story among those that share its traits.
func (s *site) alike(ctx context.Context, d *remembered, asOf time.Time) (news.Neighbourhood, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.near == nil || s.Now().Sub(d.asked) > nearFor {
		n, err := s.Record.Alike(ctx, d.dossier.Story.ID, asOf)
		if err != nil {
			return n, err
		}
		d.near, d.asked = &n, s.Now()
	}
	return *d.near, nil
}

// laidOut is the story laid out as its rows stand at a time, to the hour: what was promised falls due by days.
func (d *remembered) laidOut(at time.Time) *story.Laid {
	d.mu.Lock()
	defer d.mu.Unlock()
	if hour := at.Truncate(time.Hour); d.laid == nil || !d.hour.Equal(hour) {
		d.laid, d.hour = story.Lay(d.dossier, at), hour
	}
	return d.laid
}
