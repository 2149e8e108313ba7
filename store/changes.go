package store

import (
	"context"
	"time"

	"dateline/news"
	"dateline/store/row"
	"dateline/store/sqlite"
)

const selectChanges = `
	SELECT n, act, object, recorded FROM audit
	WHERE n > ? AND act NOT IN ('account', 'token') ORDER BY n LIMIT ?`

// Changes are at most limit changes of the record after the one of number after, oldest first. Who
// manages accounts is not among them.
func (s *Store) Changes(ctx context.Context, after int64, limit int) ([]news.Changed, error) {
	rows, err := s.db.Query(ctx, selectChanges, after, limit)
	return sqlite.All(rows, err, func(r sqlite.Row) (c news.Changed, err error) {
		var recorded int64
		err = r.Scan(&c.Number, &c.Act, &c.Object, &recorded)
		c.Recorded = row.Instant(recorded)
		return c, err
	})
}

const selectNewestChange = `SELECT coalesce(max(n), 0) FROM audit`

// NewestChange is the number of the newest change of the record, 0 where there is none.
func (s *Store) NewestChange(ctx context.Context) (int64, error) {
	rows, err := s.db.Query(ctx, selectNewestChange)
	return sqlite.One(rows, err, sqlite.Of[int64])
}

const (
	selectOutlets = `
		SELECT outlet, count(*) FROM article INDEXED BY article_standing WHERE replaced IS NULL AND outlet <> ''
		GROUP BY outlet ORDER BY count(*) DESC, outlet LIMIT ?`

	// What stood then stands still, or was replaced since. Both are counted in indexes, which have the
	// number of a version; times are behind the data in its row.
	selectOutletsAsOf = `
		SELECT outlet, sum(k) AS k FROM (
			SELECT outlet, count(*) AS k FROM article INDEXED BY article_standing WHERE replaced IS NULL AND n <= ?2 AND outlet <> '' GROUP BY outlet
			UNION ALL
			SELECT outlet, count(*) FROM article INDEXED BY article_replaced WHERE replaced > ?3 AND n <= ?2 AND outlet <> '' GROUP BY outlet)
		GROUP BY outlet ORDER BY k DESC, outlet LIMIT ?1`
)

// Outlets are the outlets whose articles stood at a time, those with most articles first.
func (s *Store) Outlets(ctx context.Context, asOf time.Time, limit int) ([]news.OutletCount, error) {
	query, args := selectOutlets, []any{limit}
	if !asOf.IsZero() {
		last, err := s.LastBy(ctx, row.At(asOf))
		if err != nil {
			return nil, err
		}
		query, args = selectOutletsAsOf, append(args, last, row.At(asOf))
	}
	rows, err := s.db.Query(ctx, query, args...)
	return sqlite.All(rows, err, func(r sqlite.Row) (o news.OutletCount, err error) { return o, r.Scan(&o.Name, &o.Articles) })
}
