// Package page keeps pages and their revisions: the rows here, the bytes in package blob.
//
// Revisions are append-only, numbered from 1 in each page, and chained: each row's hash covers
// the hash of the revision before. A body is on the disk before its row is written, so a row
// never lacks its bytes; bytes that no row names are swept away after a crash.
package page

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"time"

	"dateline/news"
	"dateline/store/blob"
	"dateline/store/folder"
	"dateline/store/queue"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// Pages are the pages of a data folder.
type Pages struct {
	dir   string
	db    *sqlite.DB
	blobs *blob.Blobs
}

// New is the pages of a folder.
func New(dir string, db *sqlite.DB, blobs *blob.Blobs) *Pages { return &Pages{dir, db, blobs} }

// AddPage stores a page for good and queues its reading. Bytes that are there already change
// nothing, unless they were lost or damaged, which heals them, or the work on them was given up:
// then it is queued once more. A page that was removed is refused with news.ErrRemoved, and so are
// its bytes under another address.
func (s *Pages) AddPage(ctx context.Context, p news.Page) (news.Added, error) {
	added, err := s.AddPages(ctx, []news.Page{p})
	if err != nil {
		return news.Added{}, fmt.Errorf("add %s: %w", p.Name, err)
	}
	return added[0], nil
}

// AddPages is AddPage for many, all or none of them.
func (s *Pages) AddPages(ctx context.Context, pages []news.Page) ([]news.Added, error) {
	if err := s.db.Writable(); err != nil {
		return nil, err
	}
	added := make([]news.Added, len(pages))
	packed := make([]blob.Packed, len(pages))
	heal := make([]bool, len(pages))
	for i, p := range pages {
		added[i] = news.Added{Page: p.ID(), Revision: p.Revision(), State: news.KnownPage}
		known, err := Find(ctx, s.db, added[i].Revision)
		switch {
		case errors.Is(err, news.ErrNotFound):
			added[i].State = news.NewPage
			if err := s.refused(ctx, added[i].Page, p.Body); err != nil {
				return nil, err
			}
		case err != nil:
			return nil, err
		default:
			_, err := s.BodyOf(ctx, known)
			switch {
			case errors.Is(err, news.ErrRemoved):
				return nil, err
			case errors.Is(err, news.ErrDamaged), errors.Is(err, news.ErrNotFound):
				heal[i] = true
			case err != nil && !errors.Is(err, news.ErrReleased):
				return nil, err
			}
		}
		if added[i].State == news.NewPage || heal[i] {
			packed[i] = s.blobs.Pack(p.Body)
		}
	}
	if err := s.blobs.Put(packed...); err != nil {
		return nil, folder.Explain(s.dir, err)
	}
	err := s.db.Write(ctx, func(tx *sqlite.Tx) error {
		for i, p := range pages {
			if err := AddRevision(tx, p, packed[i], &added[i]); err != nil {
				return err
			}
			if heal[i] {
				if err := healBody(tx, added[i].Revision, packed[i]); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return added, err
}

const (
	// replaceBody writes nothing where the page was removed or the body let go in the meantime.
	replaceBody = `
		INSERT OR REPLACE INTO body (revision, data) SELECT n, ? FROM revision
		WHERE n = ? AND page NOT IN (SELECT page FROM tombstone) AND n NOT IN (SELECT revision FROM released)`
	dropBody = `DELETE FROM body WHERE revision = ?`
)

// healBody puts a body that was lost or damaged back. A large one is on the disk.
func healBody(tx *sqlite.Tx, id news.RevisionID, packed blob.Packed) error {
	rows, err := tx.Query(selectRevisionNumber, string(id))
	n, err := sqlite.One(rows, err, sqlite.Of[int64])
	if err != nil {
		return err
	}
	if small, ok := packed.Small(); ok {
		_, err = tx.Exec(replaceBody, small, n)
	} else {
		_, err = tx.Exec(dropBody, n) // the file counts, not what is left of a row
	}
	if err != nil {
		return err
	}
	return row.Audit(tx, "heal", string(id), "its body was lost or damaged; the same bytes came again")
}

const (
	insertPage = `INSERT INTO page (id, name, url, hash, recorded) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`

	selectPage = `SELECT n, (SELECT reason FROM tombstone WHERE page = page.n) FROM page WHERE id = ?`

	selectRevisionNumber = `SELECT n FROM revision WHERE id = ?`

	selectNewest = `SELECT number, chain FROM revision WHERE page = ? ORDER BY number DESC LIMIT 1`

	insertBody = `INSERT INTO body (revision, data) VALUES (?, ?)`

	insertRevision = `
		INSERT INTO revision (id, page, number, sha256, size, media_type, charset, outlet, fetched, recorded, previous, chain)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
)

// AddRevision writes a page, with its body if that is small, and queues its reading. A large
// body must be on the disk.
func AddRevision(tx *sqlite.Tx, p news.Page, packed blob.Packed, added *news.Added) error {
	if _, err := tx.Exec(insertPage, string(added.Page), p.Name, p.URL, sealPage(added.Page, p.Name, p.URL), tx.Now()); err != nil {
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
	sum := sha256.Sum256(p.Body)
	rows, err = tx.Query(selectRevisionNumber, string(added.Revision))
	switch known, err := sqlite.One(rows, err, sqlite.Of[int64]); {
	case err == nil:
		added.State = news.KnownPage
		return queue.Revive(tx, known)
	case !errors.Is(err, news.ErrNotFound):
		return err
	}
	rows, err = tx.Query(selectRefused, sum[:])
	if err := refusal(sqlite.One(rows, err, sqlite.Of[string])); err != nil {
		return err
	}
	added.State = news.NewPage
	r := Row{ID: added.Revision, PageID: added.Page, Number: 1, Size: int64(len(p.Body)), MediaType: p.MediaType, Charset: p.Charset,
		Outlet: p.Outlet, Recorded: tx.Now(), Previous: []byte{}}
	if !p.Fetched.IsZero() {
		milli := p.Fetched.UnixMilli()
		r.Fetched = &milli
	}
	r.SHA256 = sum[:]
	rows, err = tx.Query(selectNewest, page)
	_, err = sqlite.One(rows, err, func(found sqlite.Row) (struct{}, error) {
		err := found.Scan(&r.Number, &r.Previous)
		r.Number++
		return struct{}{}, err
	})
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return err
	}
	n, err := tx.Insert(insertRevision, string(r.ID), page, r.Number, r.SHA256, r.Size, r.MediaType, r.Charset, r.Outlet, r.Fetched, r.Recorded, r.Previous, r.seal())
	if err != nil {
		return err
	}
	if small, ok := packed.Small(); ok {
		if _, err := tx.Exec(insertBody, n, small); err != nil {
			return err
		}
	}
	if err := queue.Enqueue(tx, news.ReadStep, n); err != nil {
		return err
	}
	return row.Audit(tx, "add", string(r.ID), p.Name)
}

// A Row is a revision with what its page says.
type Row struct {
	N                          int64
	ID                         news.RevisionID
	PageID                     news.PageID
	Name, URL                  string
	Number                     int64
	SHA256                     []byte
	Size                       int64
	MediaType, Charset, Outlet string
	Fetched                    *int64
	Recorded                   int64
	Previous, Chain            []byte
	Tombstone                  *string // why it was removed; nil if it was not
	Kept                       []byte  // what is kept of a body that was released; nil if it was not
	keptHash, pageHash         []byte
}

func (r Row) seal() []byte {
	return row.Seal(r.Previous, string(r.ID), string(r.PageID), r.Number, r.SHA256, r.Size, r.MediaType, r.Charset, r.Outlet, r.Fetched, r.Recorded)
}

// SealKept is the hash of what is kept of a released body.
func SealKept(r Row, kept []byte) []byte { return row.Seal("released", string(r.ID), kept) }

const revisionColumns = `
	SELECT revision.n, revision.id, page.id, page.name, page.url, number, sha256, size, media_type, charset, outlet, fetched,
		revision.recorded, previous, chain, (SELECT reason FROM tombstone WHERE tombstone.page = page.n),
		released.kept, released.hash, page.hash
	FROM revision JOIN page ON page.n = revision.page LEFT JOIN released ON released.revision = revision.n `

const (
	selectRevision   = revisionColumns + `WHERE revision.id = ?`
	selectUnreleased = revisionColumns + `WHERE revision.n > ?1 AND revision.recorded < ?2 AND released.revision IS NULL
		AND page.n NOT IN (SELECT page FROM tombstone) AND revision.n NOT IN (SELECT revision FROM job WHERE state <> 'done')
		ORDER BY revision.n LIMIT 50`
	selectRevisions = revisionColumns + `WHERE revision.n > ? ORDER BY revision.n LIMIT 500`
)

func scanRevision(found sqlite.Row) (r Row, err error) {
	err = found.Scan(&r.N, &r.ID, &r.PageID, &r.Name, &r.URL, &r.Number, &r.SHA256, &r.Size, &r.MediaType, &r.Charset, &r.Outlet, &r.Fetched,
		&r.Recorded, &r.Previous, &r.Chain, &r.Tombstone, &r.Kept, &r.keptHash, &r.pageHash)
	return r, err
}

func sealPage(id news.PageID, name, url string) []byte { return row.Seal(string(id), name, url) }

// Check reports a row that does not say what was written into it.
func (r Row) Check() error {
	if !bytes.Equal(r.seal(), r.Chain) {
		return fmt.Errorf("revision %s of %s: %w: its row does not match its hash", r.ID, r.Name, news.ErrDamaged)
	}
	if !bytes.Equal(sealPage(r.PageID, r.Name, r.URL), r.pageHash) {
		return fmt.Errorf("page %s of revision %s: %w: its row does not match its hash", r.Name, r.ID, news.ErrDamaged)
	}
	if r.Kept != nil && !bytes.Equal(SealKept(r, r.Kept), r.keptHash) {
		return fmt.Errorf("revision %s of %s: %w: what is kept of its body does not match its hash", r.ID, r.Name, news.ErrDamaged)
	}
	return nil
}

// News is the row in the terms of the vocabulary.
func (r Row) News() news.Revision {
	return news.Revision{ID: r.ID, Page: r.PageID, Number: int(r.Number), SHA256: fmt.Sprintf("%x", r.SHA256), Size: int(r.Size),
		MediaType: r.MediaType, Charset: r.Charset, Fetched: row.OrZero(r.Fetched), Recorded: row.Instant(r.Recorded)}
}

// Find is the row of a revision, checked.
func Find(ctx context.Context, db *sqlite.DB, id news.RevisionID) (Row, error) {
	rows, err := db.Query(ctx, selectRevision, string(id))
	r, err := sqlite.One(rows, err, scanRevision)
	if err != nil {
		return r, fmt.Errorf("revision %s: %w", id, err)
	}
	return r, r.Check()
}

// Page is a revision as it was handed in, with its bytes.
func (s *Pages) Page(ctx context.Context, id news.RevisionID) (news.Page, error) {
	r, err := Find(ctx, s.db, id)
	if err != nil {
		return news.Page{}, err
	}
	body, err := s.BodyOf(ctx, r)
	if err != nil {
		return news.Page{}, err
	}
	return news.Page{Name: r.Name, URL: r.URL, Fetched: row.OrZero(r.Fetched), MediaType: r.MediaType, Charset: r.Charset, Outlet: r.Outlet, Body: body}, nil
}

// Body is the bytes of a revision: news.ErrRemoved where they were destroyed.
func (s *Pages) Body(ctx context.Context, id news.RevisionID) ([]byte, error) {
	r, err := Find(ctx, s.db, id)
	if err != nil {
		return nil, err
	}
	return s.BodyOf(ctx, r)
}

const selectBody = `SELECT data FROM body WHERE revision = ?`

// BodyOf is the bytes of a row's revision.
func (s *Pages) BodyOf(ctx context.Context, r Row) ([]byte, error) {
	if r.Tombstone != nil {
		return nil, fmt.Errorf("page %s: %w: %s", r.Name, news.ErrRemoved, *r.Tombstone)
	}
	if r.Kept != nil {
		return nil, fmt.Errorf("body of revision %s of %s: %w", r.ID, r.Name, news.ErrReleased)
	}
	rows, err := s.db.Query(ctx, selectBody, r.N)
	packed, err := sqlite.One(rows, err, sqlite.Of[[]byte])
	var body []byte
	if errors.Is(err, news.ErrNotFound) {
		body, err = s.blobs.Get(blob.Sum(r.SHA256))
	} else if err == nil {
		body, err = s.blobs.Unpack(blob.Sum(r.SHA256), packed)
	}
	if err != nil {
		return nil, fmt.Errorf("body of revision %s of %s: %w", r.ID, r.Name, err)
	}
	return body, nil
}

// Revisions are all revisions in order of arrival. A damaged row is an error that does not end
// the walk.
func (s *Pages) Revisions(ctx context.Context) iter.Seq2[news.Revision, error] {
	return func(yield func(news.Revision, error) bool) {
		for r, err := range row.Walk(ctx, s.db, selectRevisions, scanRevision, func(r Row) int64 { return r.N }) {
			if err == nil {
				err = r.Check()
			}
			if !yield(r.News(), err) {
				return
			}
		}
	}
}

// Unreleased walks the revisions recorded before then, whose work is done and whose bodies are
// kept.
func (s *Pages) Unreleased(ctx context.Context, before time.Time) iter.Seq2[Row, error] {
	return row.Walk(ctx, s.db, selectUnreleased, scanRevision, func(r Row) int64 { return r.N }, before.UnixMilli())
}

const (
	selectTombstone = `SELECT tombstone.reason FROM tombstone JOIN page ON page.n = tombstone.page WHERE page.id = ?`
	selectRefused   = `SELECT tombstone.reason FROM refused JOIN tombstone ON tombstone.n = refused.tombstone WHERE sha256 = ?`
)

// refused is news.ErrRemoved with the reason, where the page was removed or one of these bytes was.
func (s *Pages) refused(ctx context.Context, id news.PageID, body []byte) error {
	rows, err := s.db.Query(ctx, selectTombstone, string(id))
	reason, err := sqlite.One(rows, err, sqlite.Of[string])
	if err == nil {
		return fmt.Errorf("%w: %s", news.ErrRemoved, reason)
	}
	if !errors.Is(err, news.ErrNotFound) {
		return err
	}
	sum := sha256.Sum256(body)
	rows, err = s.db.Query(ctx, selectRefused, sum[:])
	return refusal(sqlite.One(rows, err, sqlite.Of[string]))
}

// refusal is the answer to bytes that were removed with another page, for the reason found.
func refusal(reason string, err error) error {
	switch {
	case errors.Is(err, news.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return fmt.Errorf("the same bytes came with another page, and %w: %s", news.ErrRemoved, reason)
}

// InFile holds for revisions whose bodies are files.
const InFile = `revision.page NOT IN (SELECT page FROM tombstone) AND revision.n NOT IN (SELECT revision FROM released)
	AND revision.n NOT IN (SELECT revision FROM body)`

const selectFiled = `
	SELECT revision.n, revision.id, page.name, sha256 FROM revision JOIN page ON page.n = revision.page
	WHERE revision.n > ? AND ` + InFile + ` ORDER BY revision.n LIMIT 5000`

// A Filed body is a file.
type Filed struct {
	Revision news.RevisionID
	Name     string // of its page
	Sum      blob.Sum
	n        int64
}

// Filed are the revisions whose bodies are files, whether these are there or not.
func (s *Pages) Filed(ctx context.Context) iter.Seq2[Filed, error] {
	scan := func(r sqlite.Row) (f Filed, err error) {
		var sum []byte
		if err = r.Scan(&f.n, &f.Revision, &f.Name, &sum); err == nil && len(sum) != len(f.Sum) {
			return f, fmt.Errorf("revision %s of %s: %w: the hash of its body has %d bytes", f.Revision, f.Name, news.ErrDamaged, len(sum))
		}
		copy(f.Sum[:], sum)
		return f, err
	}
	return row.Walk(ctx, s.db, selectFiled, scan, func(f Filed) int64 { return f.n })
}

// Sweep deletes what a killed writer left behind: files written since then that no revision
// names. Such bytes were never acknowledged.
func (s *Pages) Sweep(ctx context.Context, since time.Time) error {
	drafts, _ := filepath.Glob(filepath.Join(s.dir, "*.tmp"))
	for _, d := range drafts {
		if err := os.Remove(d); err != nil {
			return folder.Explain(s.dir, err)
		}
	}
	suspects := map[blob.Sum]bool{}
	for f, err := range s.blobs.All() {
		switch {
		case err != nil:
			return folder.Explain(s.dir, err)
		case !f.Changed.After(since):
		case f.Named:
			suspects[f.Sum] = true
		default:
			if err := os.Remove(f.Path); err != nil {
				return folder.Explain(s.dir, err)
			}
		}
	}
	if len(suspects) == 0 {
		return nil
	}
	for f, err := range s.Filed(ctx) {
		if err != nil {
			return err
		}
		delete(suspects, f.Sum)
	}
	for sum := range suspects {
		if err := s.blobs.Destroy(sum); err != nil {
			return folder.Explain(s.dir, err)
		}
	}
	return nil
}
