package reading

import (
	"context"
	"errors"
	"iter"
	"time"

	"dateline/news"
	"dateline/search"
	"dateline/store/index"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// standingEntries are what the index says of the articles of these readings that stand, by root.
func standingEntries(tx *sqlite.Tx, readings []int64) (map[int64]*index.Entry, error) {
	all := map[int64]*index.Entry{}
	for _, n := range readings {
		rows, err := tx.Query(selectReading, n)
		reading, err := sqlite.One(rows, err, scanReading)
		if err != nil {
			return nil, err
		}
		rows, err = tx.Query(selectArticlesOf, n)
		articles, err := sqlite.All(rows, err, scanArticle)
		if err != nil {
			return nil, err
		}
		for _, a := range articles {
			if a.replaced != nil {
				continue
			}
			rows, err = tx.Query(selectStatementsOf, a.n<<16, a.n<<16|(maxStatements-1))
			statements, err := sqlite.All(rows, err, scanStatement)
			if err != nil {
				return nil, err
			}
			if all[a.root], err = entryOfRows(reading, a, statements); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// entryOfRows is what the index says of an article as it is stored.
func entryOfRows(reading readingRow, a articleRow, statements []statementRow) (*index.Entry, error) {
	document, err := reading.document()
	if err != nil {
		return nil, err
	}
	annotation, err := a.unpack(document.Text)
	if err != nil {
		return nil, err
	}
	if annotation.Statements, err = unpackStatements(a, statements); err != nil {
		return nil, err
	}
	return index.Of(search.NewDocument(annotation, document.Text)), nil
}

// A Shown is what a list of hits shows of an article: less than all of it, for unpacking all is
// most of the work.
type Shown struct {
	Head      news.Head
	Root      int64
	Text      string
	Statement *news.Statement // the one asked for
}

// Shown is the article of a root as it stands, with one of its statements unless place is
// negative. It is news.ErrNotFound if it stands no longer.
func (s *Texts) Shown(ctx context.Context, root int64, place int) (v Shown, err error) {
	rows, err := s.db.Query(ctx, selectArticleByRoot, root)
	a, err := sqlite.One(rows, err, scanArticle)
	if err != nil {
		return v, err
	}
	v.Root = root
	if v.Head, err = a.head(); err != nil {
		return v, err
	}
	d, err := s.document(ctx, a.reading)
	if err != nil {
		return v, err
	}
	v.Text = d.Text
	if place < 0 {
		return v, nil
	}
	rows, err = s.db.Query(ctx, selectStatementsOf, a.n<<16|int64(place), a.n<<16|int64(place))
	found, err := sqlite.One(rows, err, scanStatement)
	if err != nil {
		return v, err
	}
	st, err := found.unpack(a, place)
	v.Statement = &st
	return v, err
}

// Whole is the article of a root as it stands, with all that was read of it.
func (s *Texts) Whole(ctx context.Context, root int64) (Version, error) {
	return s.version(ctx, selectArticleByRoot, root)
}

// The inner query reads an index alone.
const selectPast = articleColumns + `
	WHERE article.n IN (SELECT n FROM article INDEXED BY article_replaced WHERE replaced > ?1 AND n <= ?2 ORDER BY n DESC LIMIT ?3)
		AND page.n NOT IN (SELECT page FROM tombstone) ORDER BY article.n DESC`

// Past are the versions of articles that stood at a time in milliseconds and stand no longer, the
// newest first, at most so many. Damaged ones are left out and returned as errors.
func (s *Texts) Past(ctx context.Context, at int64, most int) (all []Version, damaged []error, err error) {
	last, err := s.LastBy(ctx, at)
	if err != nil {
		return nil, nil, err
	}
	rows, err := s.db.Query(ctx, selectPast, at, last, most)
	found, err := sqlite.All(rows, err, scanArticle)
	if err != nil {
		return nil, nil, err
	}
	for _, a := range found {
		v := Version{row: a}
		if err := s.load(ctx, &v); errors.Is(err, news.ErrDamaged) {
			damaged = append(damaged, err)
			continue
		} else if err != nil {
			return nil, nil, err
		}
		all = append(all, v)
	}
	return all, damaged, nil
}

// Root is the number that stands for the version's article.
func (v Version) Root() int64 { return v.row.root }

const selectRecorded = `
	SELECT root FROM article INDEXED BY article_stands WHERE replaced IS NULL AND n <= ? AND root IN (SELECT value FROM json_each(?))`

// RecordedBy are those of some roots whose standing version was there at a time.
func (s *Texts) RecordedBy(ctx context.Context, at int64, roots string) ([]int64, error) {
	last, err := s.LastBy(ctx, at)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, selectRecorded, last, roots)
	return sqlite.All(rows, err, sqlite.Of[int64])
}

const (
	selectNewestArticle = `SELECT coalesce(max(n), 0) FROM article`
	selectNextRecorded  = `SELECT n, recorded FROM article WHERE n >= ? ORDER BY n LIMIT 1`
)

// LastBy is the number of the last version of an article that was recorded by a time in milliseconds.
// Numbers and times grow together, so a few looks find it; indexes have the number of a version and
// not its time.
func (s *Texts) LastBy(ctx context.Context, at int64) (int64, error) {
	rows, err := s.db.Query(ctx, selectNewestArticle)
	last, err := sqlite.One(rows, err, sqlite.Of[int64])
	if err != nil {
		return 0, err
	}
	type version struct{ n, recorded int64 }
	first, look := int64(0), last // most ask for a time after the newest
	for first < last {
		rows, err := s.db.Query(ctx, selectNextRecorded, look)
		v, err := sqlite.One(rows, err, func(r sqlite.Row) (v version, err error) { return v, r.Scan(&v.n, &v.recorded) })
		if err != nil {
			return 0, err
		}
		if v.recorded <= at {
			first = v.n
		} else {
			last = look - 1
		}
		look = last - (last-first)/2
	}
	return last, nil
}

// IndexForm is the form in which the index is filled.
func (s *Texts) IndexForm(ctx context.Context) (int, error) {
	rows, err := s.db.Query(ctx, index.FormOf)
	return sqlite.One(rows, err, sqlite.Of[int])
}

// Fill brings the index to the present form, where the folder comes from an older program.
func (s *Texts) Fill(ctx context.Context) error {
	form, err := s.IndexForm(ctx)
	if err != nil || form == index.Form {
		return err
	}
	rows, err := s.db.Query(ctx, `SELECT EXISTS (SELECT 1 FROM article)`)
	old, err := sqlite.One(rows, err, sqlite.Of[bool])
	switch {
	case err != nil:
		return err
	case old:
		return s.Reindex(ctx)
	}
	return s.db.Write(ctx, index.Filled) // there is nothing to index
}

// Reindex builds the indexes anew from the rows.
func (s *Texts) Reindex(ctx context.Context) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := reindex(tx); err != nil {
			return err
		}
		return row.Audit(tx, "reindex", "search", "")
	})
}

// IndexEntries are what the index shall say of all articles that stand, by root; nil for one that
// is damaged.
func (s *Texts) IndexEntries(ctx context.Context) iter.Seq2[int64, *index.Entry] {
	return func(yield func(int64, *index.Entry) bool) {
		for a, err := range row.Walk(ctx, s.db, selectArticles, scanArticle, func(a articleRow) int64 { return a.n }, row.At(time.Time{})) {
			v := Version{row: a}
			if err == nil {
				err = s.load(ctx, &v)
			}
			var e *index.Entry
			if err == nil {
				e = index.Of(search.NewDocument(v.Annotation, v.Document.Text))
			}
			if !yield(a.root, e) {
				return
			}
		}
	}
}
