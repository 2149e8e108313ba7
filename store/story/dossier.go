package story

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"runtime"
	"sync"
	"time"

	"dateline/news"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// A Shelf keeps the rows of some stories as they were unpacked and checked, so that a story that was
// looked at is read anew only as far as it changed. A row never changes but that what it rests on may
// go: that is asked for each time.
type Shelf struct {
	ledger *Ledger

	mu    sync.Mutex
	held  map[news.StoryID]*shelved
	order []news.StoryID // the one that was put in first comes first
	rows  int
}

type shelved struct {
	mu   sync.Mutex // one reads, others wait for what it found
	rows map[int64]news.Entry
	n    int // as counted in Shelf.rows
}

const (
	mostShelved     = 64
	mostShelvedRows = 100_000 // a row takes some two kilobytes
)

// NewShelf is an empty shelf.
func NewShelf(l *Ledger) *Shelf { return &Shelf{ledger: l, held: map[news.StoryID]*shelved{}} }

// rowState is what may have become of a row since it was unpacked.
type rowState struct {
	n                 int64
	replaced, removed *int64
	unsupported       bool
}

const (
	selectStates = `
		SELECT n, replaced, removed, NOT EXISTS (
			SELECT 1 FROM support JOIN article ON article.root = support.article AND article.replaced IS NULL WHERE support.entry = entry.n)
		FROM entry INDEXED BY entry_story WHERE story = ?1 AND ` + row.AsOf + ` ORDER BY n`

	countOfStory = `SELECT count(*) FROM entry INDEXED BY entry_story WHERE story = ?`
	selectNth    = `SELECT n FROM entry INDEXED BY entry_story WHERE story = ? ORDER BY n LIMIT 1 OFFSET ?`
	selectPart   = entryColumns + `INDEXED BY entry_story WHERE story = ?1 AND ` + row.AsOf + ` AND n > ?3 AND n <= ?4 ORDER BY n`

	selectRows = entryColumns + `WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n`
)

// Entries are the rows of a story as they stood at a time, in the order in which they were recorded;
// damaged ones are errors beside them. What the rows point to is shared: who changes that takes a copy.
// version is written to: the same for rows that are the same.
func (s *Shelf) Entries(ctx context.Context, story news.StoryID, asOf time.Time, version io.Writer) (all []news.Entry, damaged []error, err error) {
	kept := s.of(story)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	var states []rowState
	if len(kept.rows) == 0 {
		states, damaged, err = s.whole(ctx, kept, story, row.At(asOf))
	} else {
		rows, failed := s.ledger.db.Query(ctx, selectStates, string(story), row.At(asOf))
		if states, err = sqlite.All(rows, failed, func(r sqlite.Row) (v rowState, err error) {
			return v, r.Scan(&v.n, &v.replaced, &v.removed, &v.unsupported)
		}); err == nil {
			damaged, err = s.fill(ctx, kept, states)
		}
	}
	if err != nil {
		return nil, nil, err
	}
	all = make([]news.Entry, 0, len(states))
	mark := make([]byte, 0, 10*len(states))
	for _, v := range states {
		e, known := kept.rows[v.n]
		mark = binary.AppendVarint(mark, v.n)
		mark = append(mark, byte(b2i(known)|b2i(v.unsupported)<<1|b2i(v.removed != nil)<<2|b2i(v.replaced != nil)<<3))
		if !known {
			continue
		}
		e.Replaced = row.OrZero(v.replaced)
		e.Withdrawn = v.removed == nil && (v.unsupported || takenBack(e))
		all = append(all, e)
	}
	s.count(story, kept)
	if _, err := version.Write(mark); err != nil {
		return nil, nil, err
	}
	return all, damaged, ctx.Err()
}

// whole reads all rows of a story of which none is kept: in one pass, in parts side by side where there
// are many.
func (s *Shelf) whole(ctx context.Context, kept *shelved, story news.StoryID, at int64) (states []rowState, damaged []error, err error) {
	rows, err := s.ledger.db.Query(ctx, countOfStory, string(story))
	count, err := sqlite.One(rows, err, sqlite.Of[int])
	if err != nil {
		return nil, nil, err
	}
	const apart = 1000 // fewer rows are not worth a goroutine
	ends := []int64{0}
	for parts, i := min(runtime.GOMAXPROCS(0), 1+count/apart), 1; i < parts; i++ {
		rows, err := s.ledger.db.Query(ctx, selectNth, string(story), count*i/parts)
		end, err := sqlite.One(rows, err, sqlite.Of[int64])
		if err != nil {
			return nil, nil, err
		}
		ends = append(ends, end)
	}
	ends = append(ends, 1<<63-1)
	type part struct {
		found   []entryRow
		made    []news.Entry
		damaged []error
		err     error
	}
	parts := make([]part, len(ends)-1)
	var readers sync.WaitGroup
	for i := range parts {
		readers.Go(func() {
			p := &parts[i]
			rows, err := s.ledger.db.Query(ctx, selectPart, string(story), at, ends[i], ends[i+1])
			p.found, p.err = sqlite.All(rows, err, func(r sqlite.Row) (entryRow, error) {
				f, err := scanEntry(r)
				if err != nil {
					return f, err
				}
				e, err := f.news()
				if err != nil { // it is damaged
					p.damaged, e = append(p.damaged, err), news.Entry{}
				}
				p.made = append(p.made, e)
				f.data, f.hash = nil, nil
				return f, nil
			})
			for k, f := range p.found { // not while a connection is held: others may wait for one, too
				if p.err == nil && f.removed != nil {
					p.made[k].Removed, p.err = s.ledger.removedReason(ctx, *f.removed)
				}
			}
		})
	}
	readers.Wait()
	for _, p := range parts {
		if p.err != nil {
			return nil, nil, p.err
		}
		for i, f := range p.found {
			states = append(states, rowState{f.n, f.replaced, f.removed, f.unsupported})
			if p.made[i].ID != "" {
				kept.rows[f.n] = p.made[i]
			}
		}
		damaged = append(damaged, p.damaged...)
	}
	return states, damaged, nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// fill unpacks the rows that are not kept, and those whose words were destroyed since.
func (s *Shelf) fill(ctx context.Context, kept *shelved, states []rowState) (damaged []error, err error) {
	var missing []int64
	for _, v := range states {
		if e, known := kept.rows[v.n]; !known || (v.removed != nil) != (e.Removed != "") {
			missing = append(missing, v.n)
		}
	}
	const batch = 4000 // rows are read in batches, so that not all are in memory twice
	for len(missing) > 0 {
		n := min(batch, len(missing))
		list, err := json.Marshal(missing[:n])
		if err != nil {
			return nil, err
		}
		missing = missing[n:]
		rows, err := s.ledger.db.Query(ctx, selectRows, string(list))
		found, err := sqlite.All(rows, err, scanEntry)
		if err != nil {
			return nil, err
		}
		made, errs := make([]news.Entry, len(found)), make([]error, len(found))
		var workers sync.WaitGroup
		for w := range runtime.GOMAXPROCS(0) {
			workers.Go(func() {
				for i := w; i < len(found); i += runtime.GOMAXPROCS(0) {
					made[i], errs[i] = s.ledger.entry(ctx, found[i])
				}
			})
		}
		workers.Wait()
		for i, err := range errs {
			switch {
			case err == nil:
				kept.rows[found[i].n] = made[i]
			case errors.Is(err, news.ErrDamaged):
				delete(kept.rows, found[i].n)
				damaged = append(damaged, err)
			default:
				return nil, err
			}
		}
	}
	return damaged, nil
}

// of is what is kept of a story.
func (s *Shelf) of(story news.StoryID) *shelved {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept := s.held[story]
	if kept == nil {
		kept = &shelved{rows: map[int64]news.Entry{}}
		s.held[story] = kept
		s.order = append(s.order, story)
	}
	return kept
}

// count notes how much is kept of a story, and drops the oldest stories where that is too much.
func (s *Shelf) count(story news.StoryID, kept *shelved) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held[story] != kept {
		return // dropped meanwhile
	}
	s.rows += len(kept.rows) - kept.n
	kept.n = len(kept.rows)
	for len(s.order) > mostShelved || s.rows > mostShelvedRows && len(s.order) > 0 {
		s.rows -= s.held[s.order[0]].n
		delete(s.held, s.order[0])
		s.order = s.order[1:]
	}
}
