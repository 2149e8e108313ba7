package page

import (
	"context"
	"fmt"
	"iter"
	"time"

	"dateline/news"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// A Listed page is what a list says of it.
type Listed struct {
	ID        news.PageID
	Name, URL string
	Recorded  time.Time
	Revisions int
	Newest    news.RevisionID
	Removed   string // why; "" if it was not
	number    int64
}

const selectList = `
	SELECT n, id, name, url, recorded, (SELECT count(*) FROM revision WHERE page = page.n),
		(SELECT id FROM revision WHERE page = page.n ORDER BY number DESC LIMIT 1), coalesce((SELECT reason FROM tombstone WHERE page = page.n), '')
	FROM page WHERE n > ? ORDER BY n LIMIT 500`

// AllPages are all pages in order of arrival, those that were removed among them.
func (s *Pages) AllPages(ctx context.Context) iter.Seq2[Listed, error] {
	scan := func(r sqlite.Row) (l Listed, err error) {
		var recorded int64
		err = r.Scan(&l.number, &l.ID, &l.Name, &l.URL, &recorded, &l.Revisions, &l.Newest, &l.Removed)
		l.Recorded = row.Instant(recorded)
		return l, err
	}
	return row.Walk(ctx, s.db, selectList, scan, func(l Listed) int64 { return l.number })
}

const selectRevisionsOf = revisionColumns + `WHERE page.id = ? ORDER BY number`

// RevisionsOf are the revisions of a page, by number.
func (s *Pages) RevisionsOf(ctx context.Context, id news.PageID) ([]news.Revision, error) {
	rows, err := s.db.Query(ctx, selectRevisionsOf, string(id))
	found, err := sqlite.All(rows, err, scanRevision)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("page %s: %w", id, news.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	all := make([]news.Revision, len(found))
	for i, r := range found {
		if err := r.Check(); err != nil {
			return nil, err
		}
		all[i] = r.News()
	}
	return all, nil
}
