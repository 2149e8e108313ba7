package store

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"sync"
	"time"

	"dateline/news"
)

// dossiers are those that were asked for last, for as long as nothing changes in the record.
type dossiers struct {
	mu     sync.Mutex
	change int64 // the newest of the record that they are of
	held   []heldDossier
	rows   int
}

type heldDossier struct {
	asOf time.Time
	news.Dossier
}

const (
	mostDossiers    = 64
	mostDossierRows = 100_000 // a row takes about a kilobyte beside what it shares with the shelf
)

// Dossier is a story with what the record held in it at a time, holds for the zero time. It is
// shared with others: who changes some of it takes a copy.
func (s *Store) Dossier(ctx context.Context, id news.StoryID, asOf time.Time) (news.Dossier, error) {
	change, err := s.NewestChange(ctx)
	if err != nil {
		return news.Dossier{}, err
	}
	if d, known := s.dossiers.at(change, id, asOf); known {
		return d, nil
	}
	d, err := s.dossier(ctx, id, asOf)
	if err == nil {
		s.dossiers.keep(change, asOf, d)
	}
	return d, err
}

func (h *dossiers) at(change int64, id news.StoryID, asOf time.Time) (news.Dossier, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.change != change {
		h.change, h.held, h.rows = change, nil, 0
	}
	i := h.find(id, asOf)
	if i < 0 {
		return news.Dossier{}, false
	}
	return h.held[i].Dossier, true
}

func (h *dossiers) find(id news.StoryID, asOf time.Time) int {
	return slices.IndexFunc(h.held, func(v heldDossier) bool { return v.Story.ID == id && v.asOf.Equal(asOf) })
}

func (h *dossiers) keep(change int64, asOf time.Time, d news.Dossier) {
	h.mu.Lock()
	defer h.mu.Unlock()
	// What changed while it was read may be in it or not: it is used once and not kept. It is there
	// already where another asked at the same time, or by the id of a story that was merged into it.
	if h.change != change || len(d.Entries) > mostDossierRows || h.find(d.Story.ID, asOf) >= 0 {
		return
	}
	h.held = append(h.held, heldDossier{asOf, d})
	for h.rows += len(d.Entries); len(h.held) > mostDossiers || h.rows > mostDossierRows; h.held = h.held[1:] {
		h.rows -= len(h.held[0].Entries)
	}
}

func (s *Store) dossier(ctx context.Context, id news.StoryID, asOf time.Time) (d news.Dossier, err error) {
	if d.Story, err = s.Story(ctx, id, asOf); err != nil {
		return d, err
	}
	var ids []news.ArticleID
	for _, v := range d.Story.Events {
		ids = append(ids, v.Articles...)
	}
	if d.Heads, err = s.Heads(ctx, ids); errors.Is(err, news.ErrDamaged) {
		d.Damaged = append(d.Damaged, err)
	} else if err != nil {
		return d, err
	}
	version := fnv.New64a()
	fmt.Fprint(version, d.Story)
	for _, id := range ids {
		h := d.Heads[id]
		fmt.Fprintln(version, id, h.Recorded.UnixMilli(), h.Replaced.UnixMilli())
	}
	var damaged []error
	d.Entries, damaged, err = s.shelf.Entries(ctx, d.Story.ID, asOf, version)
	d.Damaged = append(d.Damaged, damaged...)
	d.Version = version.Sum64()
	return d, err
}
