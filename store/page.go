package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"os"
	"time"

	"dateline/news"
	"dateline/store/blob"
	"dateline/store/sqlite"
)

// AddPage stores a page for good and queues its reading. Bytes that are there already change
// nothing, unless the work on them was given up: then it is queued once more. A page that was
// removed is refused with news.ErrRemoved.
func (s *Store) AddPage(ctx context.Context, p news.Page) (news.Added, error) {
	added, err := s.AddPages(ctx, []news.Page{p})
	if err != nil {
		return news.Added{}, fmt.Errorf("add %s: %w", p.Name, err)
	}
	return added[0], nil
}

// AddPages is AddPage for many, all or none of them.
func (s *Store) AddPages(ctx context.Context, pages []news.Page) ([]news.Added, error) {
	added := make([]news.Added, len(pages))
	var bodies [][]byte
	for i, p := range pages {
		added[i] = news.Added{Page: p.ID(), Revision: p.Revision(), State: news.KnownPage}
		if _, err := s.revision(ctx, added[i].Revision); errors.Is(err, news.ErrNotFound) {
			added[i].State = news.NewPage
		} else if err != nil {
			return nil, err
		}
		removed, err := s.removed(ctx, added[i].Page)
		if err != nil {
			return nil, err
		}
		if removed != "" {
			return nil, fmt.Errorf("%w: %s", news.ErrRemoved, removed)
		}
		if added[i].State == news.NewPage {
			bodies = append(bodies, p.Body)
		}
	}
	if err := s.blobs.Put(bodies...); err != nil {
		return nil, s.explainFile(err)
	}
	now := s.clock.milli()
	err := s.db.Write(ctx, func(tx *sqlite.Tx) error {
		for i, p := range pages {
			if err := addRevision(tx, now, p, &added[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return added, err
}

const (
	insertPage = `INSERT INTO page (id, name, url, recorded) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`

	selectPage = `SELECT n, (SELECT reason FROM tombstone WHERE page = page.n) FROM page WHERE id = ?`

	selectRevisionNumber = `SELECT n FROM revision WHERE id = ?`

	selectNewest = `SELECT number, chain FROM revision WHERE page = ? ORDER BY number DESC LIMIT 1`

	insertRevision = `
		INSERT INTO revision (id, page, number, sha256, size, media_type, charset, outlet, fetched, recorded, previous, chain)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
)

func addRevision(tx *sqlite.Tx, now int64, p news.Page, added *news.Added) error {
	if _, err := tx.Exec(insertPage, string(added.Page), p.Name, p.URL, now); err != nil {
		return err
	}
	var tombstone *string
	rows, err := tx.Query(selectPage, string(added.Page))
	page, err := sqlite.One(rows, err, func(r sqlite.Row) (n int64, err error) { return n, r.Scan(&n, &tombstone) })
	if err != nil {
		return err
	}
	if tombstone != nil {
		return fmt.Errorf("%w: %s", news.ErrRemoved, *tombstone)
	}
	rows, err = tx.Query(selectRevisionNumber, string(added.Revision))
	switch known, err := sqlite.One(rows, err, sqlite.Of[int64]); {
	case err == nil:
		added.State = news.KnownPage
		return revive(tx, now, known)
	case !errors.Is(err, news.ErrNotFound):
		return err
	}
	added.State = news.NewPage
	r := revision{id: added.Revision, pageID: added.Page, number: 1, size: int64(len(p.Body)), mediaType: p.MediaType, charset: p.Charset,
		outlet: p.Outlet, recorded: now, previous: []byte{}}
	if !p.Fetched.IsZero() {
		milli := p.Fetched.UnixMilli()
		r.fetched = &milli
	}
	sum := sha256.Sum256(p.Body)
	r.sha256 = sum[:]
	rows, err = tx.Query(selectNewest, page)
	_, err = sqlite.One(rows, err, func(row sqlite.Row) (struct{}, error) {
		err := row.Scan(&r.number, &r.previous)
		r.number++
		return struct{}{}, err
	})
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	n, err := tx.Insert(insertRevision, string(r.id), page, r.number, r.sha256, r.size, r.mediaType, r.charset, r.outlet, r.fetched, now, r.previous, r.seal())
	if err != nil {
		return err
	}
	if err := enqueue(tx, now, news.ReadStep, n); err != nil {
		return err
	}
	return audit(tx, now, "add", string(r.id), p.Name)
}

// A revision is a row of the table with what its page says.
type revision struct {
	n                          int64
	id                         news.RevisionID
	pageID                     news.PageID
	name, url                  string
	number                     int64
	sha256                     []byte
	size                       int64
	mediaType, charset, outlet string
	fetched                    *int64
	recorded                   int64
	previous, chain            []byte
	tombstone                  *string
}

func (r revision) seal() []byte {
	return seal(r.previous, string(r.id), string(r.pageID), r.number, r.sha256, r.size, r.mediaType, r.charset, r.outlet, r.fetched, r.recorded)
}

const revisionColumns = `
	SELECT revision.n, revision.id, page.id, page.name, page.url, number, sha256, size, media_type, charset, outlet, fetched,
		revision.recorded, previous, chain, (SELECT reason FROM tombstone WHERE tombstone.page = page.n)
	FROM revision JOIN page ON page.n = revision.page `

const (
	selectRevision  = revisionColumns + `WHERE revision.id = ?`
	selectRevisions = revisionColumns + `WHERE revision.n > ? ORDER BY revision.n LIMIT 500`
)

func scanRevision(row sqlite.Row) (r revision, err error) {
	err = row.Scan(&r.n, &r.id, &r.pageID, &r.name, &r.url, &r.number, &r.sha256, &r.size, &r.mediaType, &r.charset, &r.outlet, &r.fetched,
		&r.recorded, &r.previous, &r.chain, &r.tombstone)
	return r, err
}

// check reports a row that does not say what was written into it.
func (r revision) check() error {
	if !bytes.Equal(r.seal(), r.chain) {
		return fmt.Errorf("revision %s of %s: %w: its row does not match its hash", r.id, r.name, news.ErrDamaged)
	}
	return nil
}

func (r revision) news() news.Revision {
	return news.Revision{ID: r.id, Page: r.pageID, Number: int(r.number), SHA256: fmt.Sprintf("%x", r.sha256), Size: int(r.size),
		MediaType: r.mediaType, Charset: r.charset, Fetched: orZero(r.fetched), Recorded: instant(r.recorded)}
}

func (s *Store) revision(ctx context.Context, id news.RevisionID) (revision, error) {
	rows, err := s.db.Query(ctx, selectRevision, string(id))
	r, err := sqlite.One(rows, err, scanRevision)
	if err != nil {
		return r, fmt.Errorf("revision %s: %w", id, err)
	}
	return r, r.check()
}

// Page is a revision as it was handed in, with its bytes.
func (s *Store) Page(ctx context.Context, id news.RevisionID) (news.Page, error) {
	r, err := s.revision(ctx, id)
	if err != nil {
		return news.Page{}, err
	}
	body, err := s.body(r)
	if err != nil {
		return news.Page{}, err
	}
	return news.Page{Name: r.name, URL: r.url, Fetched: orZero(r.fetched), MediaType: r.mediaType, Charset: r.charset, Outlet: r.outlet, Body: body}, nil
}

// Body is the bytes of a revision: news.ErrRemoved where they were destroyed.
func (s *Store) Body(ctx context.Context, id news.RevisionID) ([]byte, error) {
	r, err := s.revision(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.body(r)
}

func (s *Store) body(r revision) ([]byte, error) {
	if r.tombstone != nil {
		return nil, fmt.Errorf("page %s: %w: %s", r.name, news.ErrRemoved, *r.tombstone)
	}
	body, err := s.blobs.Get(blob.Sum(r.sha256))
	if err != nil {
		return nil, fmt.Errorf("body of revision %s of %s: %w", r.id, r.name, err)
	}
	return body, nil
}

// Revisions are all revisions in order of arrival. A damaged row is an error that does not end
// the walk.
func (s *Store) Revisions(ctx context.Context) iter.Seq2[news.Revision, error] {
	return func(yield func(news.Revision, error) bool) {
		for r, err := range walk(s, ctx, selectRevisions, scanRevision, func(r revision) int64 { return r.n }) {
			if err == nil {
				err = r.check()
			}
			if !yield(r.news(), err) {
				return
			}
		}
	}
}

// walk runs a query that takes the last row's number and finds the next page of rows: so no
// more than one page is in memory and no transaction stays open while the caller works.
func walk[T any](s *Store, ctx context.Context, query string, scan func(sqlite.Row) (T, error), number func(T) int64, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		last := int64(0)
		for {
			rows, err := s.db.Query(ctx, query, append([]any{last}, args...)...)
			page, err := sqlite.All(rows, err, scan)
			if err != nil {
				var none T
				yield(none, s.db.Explain(err))
				return
			}
			for _, v := range page {
				if !yield(v, nil) {
					return
				}
				last = number(v)
			}
			if len(page) == 0 {
				return
			}
		}
	}
}

const selectTombstone = `SELECT tombstone.reason FROM tombstone JOIN page ON page.n = tombstone.page WHERE page.id = ?`

// removed is why the page was removed, "" if it was not.
func (s *Store) removed(ctx context.Context, id news.PageID) (reason string, err error) {
	rows, err := s.db.Query(ctx, selectTombstone, string(id))
	reason, err = sqlite.One(rows, err, sqlite.Of[string])
	if errors.Is(err, news.ErrNotFound) {
		return "", nil
	}
	return reason, err
}

const selectSums = `SELECT n, sha256 FROM revision WHERE n > ? AND page NOT IN (SELECT page FROM tombstone) ORDER BY n LIMIT 5000`

// sweep deletes what a killed writer left behind: files written since then that no revision
// names. Such bytes were never acknowledged.
func (s *Store) sweep(ctx context.Context, since time.Time) error {
	suspects := map[blob.Sum]bool{}
	for f, err := range s.blobs.All() {
		switch {
		case err != nil:
			return s.explainFile(err)
		case !f.Changed.After(since):
		case f.Named:
			suspects[f.Sum] = true
		default:
			if err := os.Remove(f.Path); err != nil {
				return s.explainFile(err)
			}
		}
	}
	if len(suspects) == 0 {
		return nil
	}
	type row struct {
		n   int64
		sum []byte
	}
	scan := func(r sqlite.Row) (v row, err error) { return v, r.Scan(&v.n, &v.sum) }
	for r, err := range walk(s, ctx, selectSums, scan, func(r row) int64 { return r.n }) {
		if err != nil {
			return err
		}
		delete(suspects, blob.Sum(r.sum))
	}
	for sum := range suspects {
		if err := s.blobs.Destroy(sum); err != nil {
			return s.explainFile(err)
		}
	}
	return nil
}
