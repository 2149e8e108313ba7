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

	mu     sync.Mutex
	texts  map[string]*story.Texts // by the day and the links they were made for
	laid   *story.Laid             // as its rows stand in that hour; nil until it is asked for
	hour   time.Time
	near   news.Neighbourhood
	change int64 // the newest change of the record that near is of; 0 until it is asked for
}

const (
	mostHeld     = 64
	mostHeldRows = 200_000
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

// alike is the story among those that share its traits. What other stories say bears on it: it is kept
// only as long as nothing changes in the record.
func (s *site) alike(ctx context.Context, d *remembered, asOf time.Time) (news.Neighbourhood, error) {
	change, err := s.Record.NewestChange(ctx)
	if err != nil {
		return news.Neighbourhood{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.change != change || change == 0 {
		if d.near, err = s.Record.Alike(ctx, d.dossier.Story.ID, asOf); err != nil {
			return d.near, err
		}
		d.change = change
	}
	return d.near, nil
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
