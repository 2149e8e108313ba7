// Package reading keeps what readers made of revisions: texts, articles, statements, and the
// indexes that find them.
//
// A reading stands until another takes its place: of the same revision by another reader, or
// of a later revision of the page. Its articles and statements stand as long as it does. Full
// text search knows only what stands.
package reading

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"dateline/news"
	"dateline/search"
	"dateline/store/index"
	"dateline/store/pack"
	"dateline/store/queue"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// Texts are the readings of a data folder.
type Texts struct {
	db    *sqlite.DB
	queue *queue.Queue
}

// New is the readings of a database.
func New(db *sqlite.DB, q *queue.Queue) *Texts { return &Texts{db: db, queue: q} }

// SaveReading stores what a reader made of a revision, ends the job, and queues the placing of
// what changed, in one transaction. It takes the place of the page's earlier readings, unless
// it failed where an earlier revision could be read, or a later revision has been read already.
// A reading that breaks an invariant of news.Reading is refused. Saving one twice is harmless.
func (s *Texts) SaveReading(ctx context.Context, j news.Job, r news.Reading) error {
	packed, err := Pack(r)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := s.queue.Done(tx, j); err != nil {
			return err
		}
		return packed.Save(tx)
	})
}

// A Packed reading is ready to be written: packing needs no transaction.
type Packed struct {
	document         news.Document // what identifies it
	failure          string
	flags            string
	text, alignment  []byte
	articles         []packedArticle
	revision, number int64
}

// Pack checks and packs a reading.
func Pack(r news.Reading) (*Packed, error) {
	if faults := r.Faults(); len(faults) > 0 {
		f := faults[0]
		return nil, fmt.Errorf("save reading of %s: %s: %s (%s, and %d more)", r.Document.Name, f.Object, f.What, f.Invariant, len(faults)-1)
	}
	d := r.Document
	p := &Packed{document: news.Document{Revision: d.Revision, Reader: d.Reader, Name: d.Name, MediaType: d.MediaType}, failure: r.Failure, text: pack.Text(d.Text)}
	flags, err := json.Marshal(r.Document.Flags)
	if err != nil {
		return nil, err
	}
	p.flags = string(flags)
	alignment, err := r.Document.Alignment.MarshalBinary()
	if err != nil {
		return nil, err
	}
	p.alignment = pack.Bytes(alignment)
	for i, a := range r.Annotations {
		packed, err := packArticle(i, a)
		if err != nil {
			return nil, fmt.Errorf("save reading of %s: %w", r.Document.Name, err)
		}
		packed.entry = index.Of(search.NewDocument(a, r.Document.Text))
		p.articles = append(p.articles, packed)
	}
	return p, nil
}

const (
	selectRevisionPlace = `SELECT n, page, number, page IN (SELECT page FROM tombstone) FROM revision WHERE id = ?`

	selectSameReading = `SELECT n FROM reading WHERE revision = ? AND reader = ?`

	selectStanding = `
		SELECT reading.n, revision.number, failure
		FROM reading JOIN revision ON revision.n = reading.revision
		WHERE revision.page = ? AND reading.replaced IS NULL`

	replaceReading = `UPDATE reading SET replaced = ? WHERE n = ?`

	insertReading = `
		INSERT INTO reading (revision, reader, failure, media_type, flags, text, alignment, hash, recorded, replaced)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
)

// Save writes the reading and queues the placing of its articles.
func (p *Packed) Save(tx *sqlite.Tx) error {
	now := tx.Now()
	document := p.document
	var page int64
	var removed bool
	rows, err := tx.Query(selectRevisionPlace, string(document.Revision))
	p.revision, err = sqlite.One(rows, err, func(r sqlite.Row) (n int64, err error) { return n, r.Scan(&n, &page, &p.number, &removed) })
	if err != nil {
		return fmt.Errorf("revision %s: %w", document.Revision, err)
	}
	if removed {
		return fmt.Errorf("page %s: %w", document.Name, news.ErrRemoved)
	}
	rows, err = tx.Query(selectSameReading, p.revision, document.Reader)
	if _, err := sqlite.One(rows, err, sqlite.Of[int64]); !errors.Is(err, news.ErrNotFound) {
		return err
	}
	stands, replaced, err := p.replace(tx, now, page)
	if err != nil {
		return err
	}
	var born *int64
	if !stands {
		born = &now
	}
	made := readingRow{reader: document.Reader, revision: string(document.Revision), failure: p.failure, mediaType: document.MediaType,
		flags: p.flags, text: p.text, alignment: p.alignment, recorded: now}
	n, err := tx.Insert(insertReading, p.revision, made.reader, made.failure, made.mediaType, made.flags, made.text, made.alignment, made.seal(), now, born)
	if err != nil {
		return err
	}
	if err := saveArticles(tx, n, p, stands, replaced); err != nil {
		return err
	}
	if stands && (len(p.articles) > 0 || len(replaced) > 0) {
		if err := queue.Enqueue(tx, news.PlaceStep, p.revision); err != nil {
			return err
		}
	}
	return row.Audit(tx, "read", string(document.Revision), document.Reader)
}

// replace marks the readings whose place this one takes, and reports whether it stands itself.
func (p *Packed) replace(tx *sqlite.Tx, now, page int64) (stands bool, replaced []int64, err error) {
	type standing struct {
		n, number int64
		failure   string
	}
	rows, err := tx.Query(selectStanding, page)
	all, err := sqlite.All(rows, err, func(r sqlite.Row) (v standing, err error) { return v, r.Scan(&v.n, &v.number, &v.failure) })
	if err != nil {
		return false, nil, err
	}
	stands = true
	for _, v := range all {
		switch {
		case v.number == p.number, v.number < p.number && p.failure == "":
			replaced = append(replaced, v.n)
		case v.number > p.number && v.failure == "":
			stands = false
		}
	}
	for _, n := range replaced {
		if _, err := tx.Exec(replaceReading, now, n); err != nil {
			return false, nil, err
		}
	}
	return stands, replaced, nil
}

// A readingRow is a row of the table with the ids that its hash covers.
type readingRow struct {
	n                int64
	revision, reader string
	failure          string
	mediaType, flags string
	text, alignment  []byte
	hash             []byte
	recorded         int64
	replaced         *int64
	pageID           news.PageID
	name, url        string
}

func (r readingRow) seal() []byte {
	return row.Seal(r.revision, r.reader, r.failure, r.mediaType, r.flags, r.text, r.alignment, r.recorded)
}

const readingColumns = `
	SELECT reading.n, revision.id, reader, failure, reading.media_type, flags, text, alignment, reading.hash, reading.recorded, replaced, page.id, page.name, page.url
	FROM reading JOIN revision ON revision.n = reading.revision JOIN page ON page.n = revision.page `

const (
	selectReading  = readingColumns + `WHERE reading.n = ?`
	selectNewestOf = readingColumns + `WHERE revision.id = ? ORDER BY reading.replaced IS NOT NULL, reading.n DESC LIMIT 1`
	selectReadings = readingColumns + `WHERE reading.n > ? AND reader NOT LIKE '% (damaged)' AND page.n NOT IN (SELECT page FROM tombstone) ORDER BY reading.n LIMIT 50`
)

func scanReading(found sqlite.Row) (r readingRow, err error) {
	err = found.Scan(&r.n, &r.revision, &r.reader, &r.failure, &r.mediaType, &r.flags, &r.text, &r.alignment, &r.hash, &r.recorded, &r.replaced,
		&r.pageID, &r.name, &r.url)
	return r, err
}

func (r readingRow) damaged(cause any) error {
	return fmt.Errorf("reading of %s (revision %s by %s): %w: %v", r.name, r.revision, r.reader, news.ErrDamaged, cause)
}

// document is the reading's text, after its hash was checked. Blocks and Meta are not kept:
// they are steps on the way, and reading the revision again gives them.
func (r readingRow) document() (d news.Document, err error) {
	body, err := r.body()
	if err != nil {
		return d, err
	}
	runs, err := pack.Unpack(r.alignment)
	if err != nil {
		return d, r.damaged(err)
	}
	d = news.Document{Page: r.pageID, Revision: news.RevisionID(r.revision), Reader: r.reader, Name: r.name, URL: r.url, MediaType: r.mediaType, Text: body}
	if err := d.Alignment.UnmarshalBinary(runs); err != nil {
		return d, r.damaged(err)
	}
	if err := json.Unmarshal([]byte(r.flags), &d.Flags); err != nil {
		return d, r.damaged(err)
	}
	return d, nil
}

// body is the text of the reading alone, after its hash was checked.
func (r readingRow) body() (string, error) {
	if !bytes.Equal(r.seal(), r.hash) {
		return "", r.damaged("its row does not match its hash")
	}
	b, err := pack.Unpack(r.text)
	if err != nil {
		return "", r.damaged(err)
	}
	return string(b), nil
}

// Reading is what stands of a revision, else the newest of what was replaced.
func (s *Texts) Reading(ctx context.Context, id news.RevisionID) (news.Reading, error) {
	rows, err := s.db.Query(ctx, selectNewestOf, string(id))
	found, err := sqlite.One(rows, err, scanReading)
	if err != nil {
		return news.Reading{}, fmt.Errorf("reading of revision %s: %w", id, err)
	}
	return s.reading(ctx, found)
}

func (s *Texts) reading(ctx context.Context, found readingRow) (r news.Reading, err error) {
	r.Failure = found.failure
	if r.Document, err = found.document(); err != nil {
		return r, err
	}
	articles, err := s.articlesOf(ctx, found.n)
	if err != nil {
		return r, err
	}
	for _, a := range articles {
		annotation, err := s.annotation(ctx, a, r.Document.Text)
		if err != nil {
			return r, err
		}
		r.Annotations = append(r.Annotations, annotation)
	}
	return r, nil
}

// Readings are all readings of pages that were not removed, oldest first, those that were
// replaced among them. A damaged one is an error that does not end the walk.
func (s *Texts) Readings(ctx context.Context) iter.Seq2[news.Reading, error] {
	return func(yield func(news.Reading, error) bool) {
		for found, err := range row.Walk(ctx, s.db, selectReadings, scanReading, func(r readingRow) int64 { return r.n }) {
			var r news.Reading
			if err == nil {
				r, err = s.reading(ctx, found)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// selectUnread leaves out what is queued already: so rereading that was cut short goes on
// where it was.
const selectUnread = `
	SELECT n FROM revision
	WHERE n > ?1 AND recorded >= ?2
		AND NOT EXISTS (SELECT 1 FROM reading WHERE reading.revision = revision.n AND reader = ?3)
		AND NOT EXISTS (SELECT 1 FROM job WHERE job.revision = revision.n AND step = 'read' AND state <> 'done')
		AND page NOT IN (SELECT page FROM tombstone) AND n NOT IN (SELECT revision FROM released)
	ORDER BY n LIMIT 1000`

// Reread queues every revision recorded since then that this reader has not read, and returns
// how many it queued. They are read again like new ones; what they gave before is replaced.
func (s *Texts) Reread(ctx context.Context, reader string, since time.Time) (queued int, err error) {
	last, from := int64(0), int64(0)
	if !since.IsZero() {
		from = since.UnixMilli()
	}
	for {
		rows, err := s.db.Query(ctx, selectUnread, last, from, reader)
		revisions, err := sqlite.All(rows, err, sqlite.Of[int64])
		if err != nil || len(revisions) == 0 {
			return queued, err
		}
		err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
			for _, n := range revisions {
				if err := queue.Enqueue(tx, news.ReadStep, n); err != nil {
					return err
				}
			}
			return row.Audit(tx, "reread", reader, fmt.Sprintf("%d revisions", len(revisions)))
		})
		if err != nil {
			return queued, err
		}
		queued += len(revisions)
		last = revisions[len(revisions)-1]
	}
}

const selectStandingOf = readingColumns + `
	WHERE revision.page = (SELECT page FROM revision WHERE id = ?) AND reading.replaced IS NULL AND failure = '' ORDER BY revision.number DESC LIMIT 1`

// Standing is the reading with articles that stands of the page of a revision.
func (s *Texts) Standing(ctx context.Context, id news.RevisionID) (news.Reading, error) {
	rows, err := s.db.Query(ctx, selectStandingOf, string(id))
	found, err := sqlite.One(rows, err, scanReading)
	if err != nil {
		return news.Reading{}, fmt.Errorf("what stands of the page of revision %s: %w", id, err)
	}
	return s.reading(ctx, found)
}

const selectBefore = readingColumns + `WHERE revision.id = ? AND reading.replaced IS NOT NULL ORDER BY reading.replaced DESC, reading.n DESC LIMIT 1`

// Before is the reading of a revision that was replaced last, to compare with what stands.
func (s *Texts) Before(ctx context.Context, id news.RevisionID) (news.Reading, error) {
	rows, err := s.db.Query(ctx, selectBefore, string(id))
	found, err := sqlite.One(rows, err, scanReading)
	if err != nil {
		return news.Reading{}, fmt.Errorf("earlier reading of revision %s: %w", id, err)
	}
	return s.reading(ctx, found)
}
