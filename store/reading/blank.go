package reading

import (
	"context"
	"errors"
	"strings"

	"dateline/news"
	"dateline/store/index"
	"dateline/store/pack"
	"dateline/store/row"
	"dateline/store/sqlite"
)

const (
	selectReadingsOf = `SELECT reading.n FROM reading JOIN revision ON revision.n = reading.revision WHERE revision.page = ?`

	blankReading = `
		UPDATE reading SET reader = ?, failure = '', flags = '[]', text = ?, alignment = ?, hash = ?, replaced = coalesce(replaced, ?) WHERE n = ?`

	blankArticle = `
		UPDATE article SET title = '', statements = 0, data = ?, hash = ?, replaced = coalesce(replaced, ?) WHERE n = ?`

	deleteStatements = `DELETE FROM statement WHERE n BETWEEN ? AND ?`

	deleteStatementIDs = `INSERT INTO statement_ids (statement_ids, rowid, ids) VALUES ('delete', ?, ?)`
)

// Emptied is what went with the text of readings.
type Emptied struct {
	Roots  []int64  // of their articles
	Titles []string // of the articles, in all versions
}

// EmptyPage destroys the text of every reading of a page. What is left are rows without words,
// which tell that there was something. Where the index cannot be told what to forget, because
// the words are damaged, it is built anew.
func EmptyPage(tx *sqlite.Tx, page int64) (Emptied, error) {
	rows, err := tx.Query(selectReadingsOf, page)
	readings, err := sqlite.All(rows, err, sqlite.Of[int64])
	if err != nil {
		return Emptied{}, err
	}
	var all Emptied
	gone, damage := standingEntries(tx, readings)
	if damage != nil && !errors.Is(damage, news.ErrDamaged) {
		return all, damage
	}
	if damage == nil {
		for root, entry := range gone {
			if err := index.Change(tx, root, entry, nil); err != nil {
				return all, err
			}
		}
	}
	for _, n := range readings {
		if err := empty(tx, n, "", &all); err != nil {
			return all, err
		}
	}
	if damage != nil {
		return all, reindex(tx)
	}
	return all, nil
}

// empty destroys the text of one reading, and marks its reader, so that the same one can read
// the revision again.
func empty(tx *sqlite.Tx, n int64, mark string, all *Emptied) error {
	rows, err := tx.Query(selectReading, n)
	r, err := sqlite.One(rows, err, scanReading)
	if err != nil {
		return err
	}
	rows, err = tx.Query(selectArticlesOf, n)
	articles, err := sqlite.All(rows, err, scanArticle)
	if err != nil {
		return err
	}
	now := tx.Now()
	r.reader, r.failure, r.flags, r.text, r.alignment = r.reader+mark, "", "[]", pack.Text(""), pack.Bytes([]byte{1})
	if _, err := tx.Exec(blankReading, r.reader, r.text, r.alignment, r.seal(), now, n); err != nil {
		return err
	}
	nothing, err := pack.Value(articleData{})
	if err != nil {
		return err
	}
	for _, a := range articles {
		all.Roots = append(all.Roots, a.root)
		all.Titles = append(all.Titles, a.title)
		rows, err := tx.Query(selectStatementsOf, a.n<<16, a.n<<16|(maxStatements-1))
		statements, err := sqlite.All(rows, err, scanStatement)
		if err != nil {
			return err
		}
		ids := make([]string, len(statements))
		for i, s := range statements {
			ids[i] = string(s.id)
		}
		if mark == "" && len(ids) > 0 {
			if _, err := tx.Exec(deleteStatementIDs, a.n, strings.Join(ids, " ")); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(deleteStatements, a.n<<16, a.n<<16|(maxStatements-1)); err != nil {
			return err
		}
		a.reader, a.title, a.statements, a.data = r.reader, "", 0, nothing
		if _, err := tx.Exec(blankArticle, a.data, a.seal(), now, a.n); err != nil {
			return err
		}
	}
	return nil
}

const (
	emptyStatementIDs = `INSERT INTO statement_ids (statement_ids) VALUES ('delete-all')`

	selectArticlesAfter = articleColumns + `WHERE article.n > ? ORDER BY article.n LIMIT 200`
)

// reindex builds the indexes anew from the rows. Damaged rows are left out.
func reindex(tx *sqlite.Tx) error {
	if err := index.Empty(tx); err != nil {
		return err
	}
	if _, err := tx.Exec(emptyStatementIDs); err != nil {
		return err
	}
	last := int64(0)
	for {
		rows, err := tx.Query(selectArticlesAfter, last)
		articles, err := sqlite.All(rows, err, scanArticle)
		if err != nil {
			return err
		}
		if len(articles) == 0 {
			return index.Filled(tx)
		}
		for _, a := range articles {
			last = a.n
			rows, err := tx.Query(selectStatementsOf, a.n<<16, a.n<<16|(maxStatements-1))
			statements, err := sqlite.All(rows, err, scanStatement)
			if err != nil {
				return err
			}
			if len(statements) > 0 {
				ids := make([]string, len(statements))
				for i, s := range statements {
					ids[i] = string(s.id)
				}
				if _, err := tx.Exec(insertStatementIDs, a.n, strings.Join(ids, " ")); err != nil {
					return err
				}
			}
			if a.replaced != nil {
				continue
			}
			rows, err = tx.Query(selectReading, a.reading)
			reading, err := sqlite.One(rows, err, scanReading)
			if err != nil {
				return err
			}
			entry, err := entryOfRows(reading, a, statements)
			if errors.Is(err, news.ErrDamaged) {
				continue
			}
			if err != nil {
				return err
			}
			if err := index.Change(tx, a.root, nil, entry); err != nil {
				return err
			}
		}
	}
}

const selectRevisionOfReading = `SELECT revision FROM reading WHERE n = ?`

// Damaged are the numbers of the readings that do not match their hashes.
func (s *Texts) Damaged(ctx context.Context) ([]int64, error) {
	var damaged []int64
	for found, err := range row.Walk(ctx, s.db, selectReadings, scanReading, func(r readingRow) int64 { return r.n }) {
		if err == nil {
			_, err = s.reading(ctx, found)
		}
		switch {
		case errors.Is(err, news.ErrDamaged):
			damaged = append(damaged, found.n)
		case err != nil:
			return nil, err
		}
	}
	return damaged, nil
}

// Discard destroys damaged readings and returns the numbers of their revisions, which are to be
// read again. The index is built anew.
func Discard(tx *sqlite.Tx, damaged []int64) (revisions []int64, err error) {
	for _, n := range damaged {
		rows, err := tx.Query(selectRevisionOfReading, n)
		revision, err := sqlite.One(rows, err, sqlite.Of[int64])
		if err != nil {
			return nil, err
		}
		if err := empty(tx, n, " (damaged)", &Emptied{}); err != nil {
			return nil, err
		}
		revisions = append(revisions, revision)
	}
	return revisions, reindex(tx)
}
