package reading

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"dateline/news"
	"dateline/store/query"
	"dateline/store/sqlite"
	"dateline/text"
)

const (
	insertArticleWords   = `INSERT INTO article_words (rowid, title, body) VALUES (?, ?, ?)`
	deleteArticleWords   = `INSERT INTO article_words (article_words, rowid, title, body) VALUES ('delete', ?, ?, ?)`
	insertStatementWords = `INSERT INTO statement_words (rowid, content) VALUES (?, ?)`
	deleteStatementWords = `INSERT INTO statement_words (statement_words, rowid, content) VALUES ('delete', ?, ?)`
)

// index brings full text search from one state of an article to the next; nil is none.
// Taking words out needs the very words that were put in.
func index(tx *sqlite.Tx, root int64, old, new *words) error {
	if old == nil || new == nil || old.title != new.title || old.body != new.body {
		if old != nil {
			if _, err := tx.Exec(deleteArticleWords, root, old.title, old.body); err != nil {
				return err
			}
		}
		if new != nil {
			if _, err := tx.Exec(insertArticleWords, root, new.title, new.body); err != nil {
				return err
			}
		}
	}
	var before, after []string
	if old != nil {
		before = old.contents
	}
	if new != nil {
		after = new.contents
	}
	for i := range max(len(before), len(after)) {
		if i < len(before) && i < len(after) && before[i] == after[i] {
			continue
		}
		if i < len(before) {
			if _, err := tx.Exec(deleteStatementWords, root<<16|int64(i), before[i]); err != nil {
				return err
			}
		}
		if i < len(after) {
			if _, err := tx.Exec(insertStatementWords, root<<16|int64(i), after[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// standingWords are the words of the articles of these readings that stand, by root.
func standingWords(tx *sqlite.Tx, readings []int64) (map[int64]*words, error) {
	all := map[int64]*words{}
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
			if all[a.root], err = wordsOfRows(reading, a, statements); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// wordsOfRows are the words of an article as it is stored.
func wordsOfRows(reading readingRow, a articleRow, statements []statementRow) (*words, error) {
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
	w := wordsOf(annotation, document.Text)
	return &w, nil
}

// A Hit is an article, or a statement, that a search found.
type Hit struct {
	Article   news.Head
	Statement news.StatementID // "" where the article's title or text was found
	Score     float64          // bm25; higher is better
	Snippet   string           // byte for byte a stretch of the text
	Span      text.Span        // where it stands in the text
	Ranges    []text.Span      // what was found, in the text
}

// Found is the answer to a search.
type Found struct {
	Hits []Hit // best first
	// Partial says that there are more matches than were ranked, and that the newest were.
	Partial bool
	// Damaged are matches that cannot be shown, because their bytes do not match their hashes.
	Damaged []error
}

// RankNewest bounds how many matches are ranked, the newest of them: ranking all 31,000
// matches of a common word among 50,000 articles took 79 ms, the newest 1,000 4.5 ms.
const RankNewest = 1000

const (
	// SelectArticleBound finds the oldest of the matches that are ranked.
	SelectArticleBound = `SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?`

	// A word in the title counts four times.
	selectArticleMatches = `
		SELECT rowid, -bm25(article_words, 4.0, 1.0) FROM article_words
		WHERE article_words MATCH ? AND rowid >= ? ORDER BY 2 DESC, 1 DESC LIMIT ?`

	selectStatementBound = `SELECT rowid FROM statement_words WHERE statement_words MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?`

	selectStatementMatches = `
		SELECT rowid, -bm25(statement_words) FROM statement_words
		WHERE statement_words MATCH ? AND rowid >= ? ORDER BY 2 DESC, 1 DESC LIMIT ?`
)

type matched struct {
	rowid     int64
	score     float64
	statement bool
}

func scanMatch(r sqlite.Row) (m matched, err error) { return m, r.Scan(&m.rowid, &m.score) }

// Search finds articles and statements. A query is words, all of which must be there;
// "quoted words" in that order; word* for its continuations; -word for what must not be
// there; OR between two words for either. English endings do not count, nor do accents.
func (s *Texts) Search(ctx context.Context, asked string, limit int) (Found, error) {
	match, err := query.Parse(asked)
	if err != nil {
		return Found{}, err
	}
	var found Found
	articles, partial, err := s.matches(ctx, SelectArticleBound, selectArticleMatches, match, limit)
	if err != nil {
		return found, err
	}
	statements, more, err := s.matches(ctx, selectStatementBound, selectStatementMatches, match, limit)
	if err != nil {
		return found, err
	}
	found.Partial = partial || more
	best := slices.Concat(articles, statements)
	for i := range statements {
		best[len(articles)+i].statement = true
	}
	slices.SortStableFunc(best, func(a, b matched) int { return cmp.Compare(b.score, a.score) })
	type place struct {
		hit  Hit
		text string
		w    words
	}
	var places []place
	for _, m := range best[:min(len(best), limit)] {
		root, i := m.rowid, 0
		if m.statement {
			root, i = m.rowid>>16, int(m.rowid&(maxStatements-1))
		}
		a, err := s.version(ctx, selectArticleByRoot, root)
		if errors.Is(err, news.ErrNotFound) {
			continue // it was replaced since
		}
		if errors.Is(err, news.ErrDamaged) {
			found.Damaged = append(found.Damaged, err)
			continue
		}
		if err != nil {
			return found, err
		}
		p := place{text: a.Document.Text, w: wordsOf(a.Annotation, a.Document.Text)}
		if p.hit, err = newHit(a.row, m.score); err != nil {
			return found, err
		}
		if m.statement {
			if i >= len(a.Annotation.Statements) {
				continue // its article was read anew since
			}
			st := a.Annotation.Statements[i]
			p.hit.Statement, p.w = st.ID, words{body: st.Words(p.text), places: st.Content}
		}
		places = append(places, p)
	}
	bodies := make([]string, len(places))
	for i, p := range places {
		bodies[i] = p.w.body
	}
	ranges, err := s.lens.Find(ctx, match, bodies)
	if err != nil {
		return found, err
	}
	for i, p := range places {
		p.hit.Ranges = query.InDocument(ranges[i], p.w.places)
		p.hit.Span = query.Snippet(p.text, p.hit.Ranges, p.w.places)
		p.hit.Snippet = p.hit.Span.Of(p.text)
		found.Hits = append(found.Hits, p.hit)
	}
	return found, nil
}

func newHit(a articleRow, score float64) (Hit, error) {
	head, err := a.head()
	return Hit{Article: head, Score: score}, err
}

func (s *Texts) matches(ctx context.Context, bound, matches, expression string, limit int) (found []matched, partial bool, err error) {
	rows, err := s.db.Query(ctx, bound, expression, RankNewest)
	oldest, err := sqlite.One(rows, err, sqlite.Of[int64])
	partial = err == nil
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return nil, false, err
	}
	rows, err = s.db.Query(ctx, matches, expression, oldest, limit)
	found, err = sqlite.All(rows, err, scanMatch)
	return found, partial, err
}
