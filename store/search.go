package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"dateline/news"
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
			document, err := reading.document()
			if err != nil {
				return nil, err
			}
			annotation, err := a.unpack(document.Text)
			if err != nil {
				return nil, err
			}
			rows, err = tx.Query(selectStatementsOf, a.n<<16, a.n<<16|(maxStatements-1))
			statements, err := sqlite.All(rows, err, scanStatement)
			if err != nil {
				return nil, err
			}
			if annotation.Statements, err = unpackStatements(a, statements); err != nil {
				return nil, err
			}
			w := wordsOf(annotation, document.Text)
			all[a.root] = &w
		}
	}
	return all, nil
}

// ErrQuery reports a search that asks for nothing.
var ErrQuery = errors.New("nothing to search for")

// A Hit is an article, or a statement, that a search found.
type Hit struct {
	Article   Head
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
}

// rankNewest bounds how many matches are ranked, the newest of them: ranking all 31,000
// matches of a common word among 50,000 articles took 79 ms, the newest 1,000 4.5 ms.
const rankNewest = 1000

const (
	selectArticleBound = `SELECT rowid FROM article_words WHERE article_words MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?`

	// A word in the title counts four times.
	selectArticleMatches = `
		SELECT rowid, -bm25(article_words, 4.0, 1.0) FROM article_words
		WHERE article_words MATCH ? AND rowid >= ? ORDER BY 2 DESC, 1 DESC LIMIT ?`

	selectStatementBound = `SELECT rowid FROM statement_words WHERE statement_words MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?`

	selectStatementMatches = `
		SELECT rowid, -bm25(statement_words) FROM statement_words
		WHERE statement_words MATCH ? AND rowid >= ? ORDER BY 2 DESC, 1 DESC LIMIT ?`
)

type match struct {
	rowid int64
	score float64
}

func scanMatch(r sqlite.Row) (m match, err error) { return m, r.Scan(&m.rowid, &m.score) }

// Search finds articles and statements. A query is words, all of which must be there;
// "quoted words" in that order; word* for its continuations; -word for what must not be
// there; OR between two words for either. English endings do not count, nor do accents.
func (s *Store) Search(ctx context.Context, query string, limit int) (Found, error) {
	match, err := matchExpression(query)
	if err != nil {
		return Found{}, err
	}
	var found Found
	articles, partial, err := s.matches(ctx, selectArticleBound, selectArticleMatches, match, limit)
	if err != nil {
		return found, err
	}
	statements, more, err := s.matches(ctx, selectStatementBound, selectStatementMatches, match, limit)
	if err != nil {
		return found, err
	}
	found.Partial = partial || more
	type place struct {
		hit  Hit
		text string
		w    words
	}
	var places []place
	for _, m := range articles {
		a, err := s.articleVersion(ctx, selectArticleByRoot, m.rowid)
		if err != nil {
			return found, err
		}
		h, err := newHit(a.row, m.score)
		if err != nil {
			return found, err
		}
		places = append(places, place{h, a.document.Text, wordsOf(a.annotation, a.document.Text)})
	}
	for _, m := range statements {
		a, err := s.articleVersion(ctx, selectArticleByRoot, m.rowid>>16)
		if err != nil {
			return found, err
		}
		i := int(m.rowid & (maxStatements - 1))
		if i >= len(a.annotation.Statements) {
			return found, a.row.damaged("the search index is not of this version: run \"dateline doctor --repair\"")
		}
		h, err := newHit(a.row, m.score)
		if err != nil {
			return found, err
		}
		statement := a.annotation.Statements[i]
		h.Statement = statement.ID
		places = append(places, place{h, a.document.Text, words{body: statement.Words(a.document.Text), places: statement.Content}})
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(b.hit.Score, a.hit.Score) })
	places = places[:min(len(places), limit)]
	bodies := make([]string, len(places))
	for i, p := range places {
		bodies[i] = p.w.body
	}
	ranges, err := s.lens.find(ctx, match, bodies)
	if err != nil {
		return found, err
	}
	for i, p := range places {
		p.hit.Ranges = inDocument(ranges[i], p.w.places)
		p.hit.Span = snippet(p.text, p.hit.Ranges, p.w.places)
		p.hit.Snippet = p.hit.Span.Of(p.text)
		found.Hits = append(found.Hits, p.hit)
	}
	return found, nil
}

// anyOf asks for any of the words of t.
func anyOf(t string) (string, error) {
	expression, err := matchExpression(t)
	return strings.ReplaceAll(expression, " AND ", " OR "), err
}

func newHit(a articleRow, score float64) (Hit, error) {
	head, err := a.head()
	return Hit{Article: head, Score: score}, err
}

func (s *Store) matches(ctx context.Context, bound, query, expression string, limit int) (found []match, partial bool, err error) {
	rows, err := s.db.Query(ctx, bound, expression, rankNewest)
	oldest, err := sqlite.One(rows, err, sqlite.Of[int64])
	partial = err == nil
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return nil, false, s.db.Explain(err)
	}
	rows, err = s.db.Query(ctx, query, expression, oldest, limit)
	found, err = sqlite.All(rows, err, scanMatch)
	return found, partial, s.db.Explain(err)
}

// matchExpression is the query in FTS5's language, with every word quoted.
func matchExpression(query string) (string, error) {
	var wanted, unwanted []string
	or := false
	for rest := strings.TrimSpace(query); rest != ""; rest = strings.TrimSpace(rest) {
		not := strings.HasPrefix(rest, "-")
		if not {
			rest = rest[1:]
		}
		var word, star string
		if strings.HasPrefix(rest, `"`) {
			word, rest, _ = strings.Cut(rest[1:], `"`)
		} else {
			end := strings.IndexAny(rest+" ", " \t\n\"")
			word, rest = rest[:end], rest[end:]
			if w, ok := strings.CutSuffix(word, "*"); ok {
				word, star = w, "*"
			}
			if word == "OR" && !not {
				or = len(wanted) > 0
				continue
			}
		}
		if news.Fold(word) == "" {
			continue
		}
		quoted := `"` + strings.NewReplacer(`"`, " ", "\x00", " ").Replace(word) + `"` + star
		switch {
		case not:
			unwanted = append(unwanted, quoted)
		case or:
			wanted[len(wanted)-1] = "(" + wanted[len(wanted)-1] + " OR " + quoted + ")"
			or = false
		default:
			wanted = append(wanted, quoted)
		}
	}
	if len(wanted) == 0 {
		return "", fmt.Errorf("search %q: %w: give a word that must be there", query, ErrQuery)
	}
	expression := strings.Join(wanted, " AND ")
	if len(unwanted) > 0 {
		expression = "(" + expression + ") NOT (" + strings.Join(unwanted, " OR ") + ")"
	}
	return expression, nil
}

// A lens finds where a query's words stand in a text, by the tokenizer that indexed it: a
// table in memory that holds just the texts in question.
type lens struct {
	mu sync.Mutex
	db *sql.DB
}

const (
	createLens = `CREATE VIRTUAL TABLE lens USING fts5 (body, tokenize = "porter unicode61 remove_diacritics 2")`

	// The marks cannot be mistaken for the text: see marked.
	selectMarked = `SELECT rowid, highlight(lens, 0, char(2), char(3)) FROM lens WHERE lens MATCH ?`
)

func (l *lens) find(ctx context.Context, expression string, texts []string) ([][]text.Span, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.db == nil {
		db, err := sqlite.Memory(createLens)
		if err != nil {
			return nil, err
		}
		l.db = db
	}
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	for i, t := range texts {
		if _, err := tx.ExecContext(ctx, `INSERT INTO lens (rowid, body) VALUES (?, ?)`, i+1, t); err != nil {
			return nil, err
		}
	}
	found := make([][]text.Span, len(texts))
	rows, err := tx.QueryContext(ctx, selectMarked, expression)
	_, err = sqlite.All(rows, err, func(r sqlite.Row) (struct{}, error) {
		var n int
		var m string
		err := r.Scan(&n, &m)
		if err == nil {
			found[n-1] = marked(m, texts[n-1])
		}
		return struct{}{}, err
	})
	return found, err
}

// marked are the places of t that are marked in m, which is t with marks put in.
func marked(m, t string) []text.Span {
	var spans []text.Span
	start, j := 0, 0
	for i := 0; i < len(m); i++ {
		switch {
		case j < len(t) && m[i] == t[j] && len(m)-i == len(t)-j:
			j++ // no marks are left
		case m[i] == 2 && len(m)-i > len(t)-j:
			start = j
		case m[i] == 3 && len(m)-i > len(t)-j:
			spans = append(spans, text.Span{Start: start, End: j})
		default:
			j++
		}
	}
	return spans
}

// inDocument moves ranges of a body into the text from whose places it was joined.
func inDocument(ranges, places []text.Span) []text.Span {
	var out []text.Span
	at := 0
	for _, p := range places {
		for _, r := range ranges {
			from, to := max(r.Start, at), min(r.End, at+p.Len())
			if from < to {
				out = append(out, text.Span{Start: from - at + p.Start, End: to - at + p.Start})
			}
		}
		at += p.Len() + 1
	}
	return out
}

// snippetBytes is about two lines of a terminal.
const snippetBytes = 160

// snippet is a stretch around the first range, or the beginning of the first place, cut
// between words.
func snippet(t string, ranges, places []text.Span) text.Span {
	if len(places) == 0 {
		return text.Span{}
	}
	around, start := places[0], places[0].Start
	if len(ranges) > 0 {
		for _, p := range places {
			if p.Contains(ranges[0]) {
				around = p
			}
		}
		start = max(around.Start, ranges[0].Start-snippetBytes/3)
	}
	end := min(around.End, start+snippetBytes)
	if i := strings.IndexAny(t[start:end], " \n"); start > around.Start && i >= 0 {
		start += i + 1
	}
	if i := strings.LastIndexAny(t[start:end], " \n"); end < around.End && i > 0 {
		end = start + i
	}
	s := text.Span{Start: start, End: end}
	for !s.Valid(t) && s.Start < s.End { // a text without blanks
		if !(text.Span{Start: s.Start, End: s.Start}).Valid(t) {
			s.Start++
		} else {
			s.End--
		}
	}
	return s
}

func (l *lens) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.db == nil {
		return nil
	}
	return l.db.Close()
}
