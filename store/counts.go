package store

import (
	"context"

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

// Counts counts what the record holds.
func (s *Store) Counts(ctx context.Context) (news.Counts, error) {
	rows, err := s.db.Query(ctx, selectCounts)
	return sqlite.One(rows, err, func(r sqlite.Row) (c news.Counts, err error) {
		err = r.Scan(&c.Pages, &c.Removed, &c.Revisions, &c.Articles, &c.Statements, &c.Stories, &c.Entries,
			&c.Queued, &c.Leased, &c.Failed, &c.Dead, &c.Bytes)
		c.Queued -= c.Failed
		return c, err
	})
}
