package store

import (
	"context"
	"sync"
	"time"

	"dateline/news"
	"dateline/store/sqlite"
)

const selectCounts = `
	SELECT (SELECT count(*) FROM page), (SELECT count(*) FROM tombstone), (SELECT count(*) FROM revision),
		(SELECT count(*) FROM article WHERE replaced IS NULL), (SELECT coalesce(sum(statements), 0) FROM article WHERE replaced IS NULL),
		(SELECT count(*) FROM story WHERE replaced IS NULL), (SELECT count(*) FROM entry WHERE replaced IS NULL),
		(SELECT count(*) FROM job WHERE state IN ('queued', 'failed')),
		(SELECT count(*) FROM job WHERE state <> 'done' AND state <> 'queued' AND state = 'leased'),
		(SELECT count(*) FROM job WHERE state <> 'done' AND state <> 'queued' AND state = 'failed'),
		(SELECT count(*) FROM job WHERE state <> 'done' AND state <> 'queued' AND state = 'dead'),
		(SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)`

// counted is what was counted last. Counting walks whole tables: where that took long, it is not done
// again soon.
type counted struct {
	mu     sync.Mutex
	change int64 // of the record that it is of
	took   time.Duration
	counts news.Counts
}

// perCount is how many times as long as counting took its result is good, though the record has changed
// since.
const perCount = 50

// Counts counts what the record holds. In a large record that is changing the count may be some
// seconds old.
func (s *Store) Counts(ctx context.Context) (news.Counts, error) {
	change, err := s.NewestChange(ctx)
	if err != nil {
		return news.Counts{}, err
	}
	c := &s.counted
	c.mu.Lock()
	defer c.mu.Unlock()
	begin := time.Now()
	if c.took > aWhile && (c.change == change || begin.Sub(c.counts.At) < perCount*c.took) {
		return c.counts, nil
	}
	rows, err := s.db.Query(ctx, selectCounts)
	counts, err := sqlite.One(rows, err, func(r sqlite.Row) (c news.Counts, err error) {
		err = r.Scan(&c.Pages, &c.Removed, &c.Revisions, &c.Articles, &c.Statements, &c.Stories, &c.Entries,
			&c.Queued, &c.Leased, &c.Failed, &c.Dead, &c.Bytes)
		c.Queued -= c.Failed
		return c, err
	})
	if err == nil {
		counts.At = begin
		c.change, c.took, c.counts = change, time.Since(begin), counts
	}
	return counts, err
}

// aWhile is from when counting takes long. A record that is counted sooner is counted each time.
const aWhile = 50 * time.Millisecond
