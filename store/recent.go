package store

import (
	"context"
	"slices"
	"sync"
	"time"

	"dateline/news"
)

// recency is which stories changed last, as far as that was asked for, for as long as nothing changes in
// the record. Finding the hundredth reads tens of thousands of rows.
type recency struct {
	mu     sync.Mutex
	change int64
	held   []recentStories
}

type recentStories struct {
	asOf  time.Time
	ids   []news.StoryID
	whole bool // there are no others
}

// mostRecencies bounds of how many times they are kept.
const mostRecencies = 16

// Recent are up to most stories in which an article or a ledger row was recorded last, the one that
// changed last first, after the first skip of them; as they stood at a time.
func (s *Store) Recent(ctx context.Context, asOf time.Time, skip, most int) ([]news.StoryID, error) {
	change, err := s.NewestChange(ctx)
	if err != nil {
		return nil, err
	}
	h := &s.recency
	h.mu.Lock()
	if h.change != change {
		h.change, h.held = change, nil
	}
	i := slices.IndexFunc(h.held, func(r recentStories) bool { return r.asOf.Equal(asOf) })
	var known recentStories
	if i >= 0 {
		known = h.held[i]
	}
	h.mu.Unlock()
	if len(known.ids) < skip+most && !known.whole {
		if known.ids, err = s.Ledger.Recent(ctx, asOf, 0, skip+most); err != nil {
			return nil, err
		}
		known.asOf, known.whole = asOf, len(known.ids) < skip+most
		h.keep(change, known)
	}
	n := len(known.ids)
	return slices.Clone(known.ids[min(skip, n):min(skip+most, n)]), nil
}

func (h *recency) keep(change int64, r recentStories) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.change != change {
		return
	}
	h.held = slices.DeleteFunc(h.held, func(o recentStories) bool { return o.asOf.Equal(r.asOf) })
	h.held = append(h.held, r)
	h.held = h.held[max(0, len(h.held)-mostRecencies):]
}
