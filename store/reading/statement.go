package reading

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"dateline/news"
	"dateline/store/index"
	"dateline/store/pack"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// A statementRow is a row of the table.
type statementRow struct {
	n          int64 // article's n << 16 | place
	id         news.StatementID
	data, hash []byte
}

// sealStatement binds a statement to its place, so that rows cannot trade places unnoticed.
func sealStatement(a articleRow, place int, id news.StatementID, data []byte) []byte {
	return row.Seal(a.revision, a.reader, a.ord, place, string(id), data)
}

func packStatement(a articleRow, place int, s news.Statement) (packed statementRow, err error) {
	packed.id = s.ID
	s.ID, s.Article = "", ""
	packed.data, err = pack.Value(s)
	packed.hash = sealStatement(a, place, packed.id, packed.data)
	return packed, err
}

const (
	insertStatement    = `INSERT INTO statement (n, id, data, hash) VALUES (?, ?, ?, ?)`
	insertStatementIDs = `INSERT INTO statement_ids (rowid, ids) VALUES (?, ?)`
)

func saveStatements(tx *sqlite.Tx, a *packedArticle) error {
	if len(a.statementRows) == 0 {
		return nil
	}
	ids := make([]string, len(a.statementRows))
	for i, s := range a.statementRows {
		if _, err := tx.Exec(insertStatement, a.n<<16|int64(i), string(s.id), s.data, s.hash); err != nil {
			return fmt.Errorf("statement %s: %w", s.id, err)
		}
		ids[i] = string(s.id)
	}
	_, err := tx.Exec(insertStatementIDs, a.n, strings.Join(ids, " "))
	return err
}

const selectStatementsOf = `SELECT n, id, data, hash FROM statement WHERE n BETWEEN ? AND ? ORDER BY n`

func scanStatement(r sqlite.Row) (s statementRow, err error) {
	return s, r.Scan(&s.n, &s.id, &s.data, &s.hash)
}

func (s *Texts) statementsOf(ctx context.Context, a articleRow) ([]news.Statement, error) {
	rows, err := s.db.Query(ctx, selectStatementsOf, a.n<<16, a.n<<16|(maxStatements-1))
	found, err := sqlite.All(rows, err, scanStatement)
	if err != nil {
		return nil, err
	}
	return unpackStatements(a, found)
}

func unpackStatements(a articleRow, rows []statementRow) ([]news.Statement, error) {
	if len(rows) != int(a.statements) {
		return nil, a.damaged(fmt.Sprintf("it has %d statements, not %d", len(rows), a.statements))
	}
	var all []news.Statement
	for i, found := range rows {
		s, err := found.unpack(a, i)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

func (r statementRow) unpack(a articleRow, place int) (s news.Statement, err error) {
	damaged := func(cause any) error {
		return fmt.Errorf("statement %s of %s: %w: %v", r.id, a.name, news.ErrDamaged, cause)
	}
	if r.n != a.n<<16|int64(place) || !bytes.Equal(r.hash, sealStatement(a, place, r.id, r.data)) {
		return s, damaged("its row does not match its hash")
	}
	if err := pack.UnpackValue(r.data, &s); err != nil {
		return s, damaged(err)
	}
	s.ID, s.Article = r.id, a.id
	return s, nil
}

const selectStatementArticle = `SELECT rowid FROM statement_ids WHERE statement_ids MATCH ? ORDER BY rowid DESC`

// Statement is a statement as it stands, else as it last stood, with the article it stands in.
func (s *Texts) Statement(ctx context.Context, id news.StatementID) (news.Statement, news.Annotation, error) {
	statement, v, err := s.StatementVersion(ctx, id)
	return statement, v.Annotation, err
}

// StatementVersion is Statement with the document.
func (s *Texts) StatementVersion(ctx context.Context, id news.StatementID) (news.Statement, Version, error) {
	statement, v, err := s.statement(ctx, id)
	if err != nil {
		err = fmt.Errorf("statement %s: %w", id, err)
	}
	return statement, v, err
}

func (s *Texts) statement(ctx context.Context, id news.StatementID) (news.Statement, Version, error) {
	var best Version
	if !id.Valid() { // the index would cut it into words
		return news.Statement{}, best, news.ErrNotFound
	}
	rows, err := s.db.Query(ctx, selectStatementArticle, index.Quoted(string(id)))
	versions, err := sqlite.All(rows, err, sqlite.Of[int64])
	if err != nil {
		return news.Statement{}, best, err
	}
	for _, n := range versions {
		rows, err := s.db.Query(ctx, selectArticleByN, n)
		a, err := sqlite.One(rows, err, scanArticle)
		if err != nil {
			return news.Statement{}, best, err
		}
		if best.row.n == 0 || best.row.replaced != nil && a.replaced == nil {
			best.row = a
		}
	}
	if best.row.n != 0 {
		if err := s.load(ctx, &best); err != nil {
			return news.Statement{}, best, err
		}
		for _, st := range best.Annotation.Statements {
			if st.ID == id {
				return st, best, nil
			}
		}
	}
	return news.Statement{}, best, news.ErrNotFound
}

// Statements are the statements that stood at a time, all that stand for the zero time, each with
// its article, in the order in which their articles were recorded. A damaged article is an error
// that does not end the walk.
func (s *Texts) Statements(ctx context.Context, asOf time.Time) iter.Seq2[StatementIn, error] {
	return func(yield func(StatementIn, error) bool) {
		for a, err := range row.Walk(ctx, s.db, selectArticles, scanArticle, func(a articleRow) int64 { return a.n }, row.At(asOf)) {
			v := Version{row: a}
			if err == nil {
				err = s.load(ctx, &v)
			}
			if err != nil && !yield(StatementIn{}, err) {
				return
			}
			for _, st := range v.Annotation.Statements {
				if err == nil && !yield(StatementIn{st, v.Annotation.Article}, nil) {
					return
				}
			}
		}
	}
}

// A StatementIn is a statement with the article it stands in.
type StatementIn struct {
	Statement news.Statement
	Article   news.Article
}
