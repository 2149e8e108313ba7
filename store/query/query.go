// Package query turns what a person asks for into the language of the full text index, and
// finds in a text what the index matched.
package query

import (
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

// ErrQuery reports a search that asks for nothing.
var ErrQuery = errors.New("nothing to search for")

// Parse is the query in FTS5's language, with every word quoted.
func Parse(query string) (string, error) {
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

// A Lens finds where a query's words stand in a text, by the tokenizer that indexed it: a
// table in memory that holds just the texts in question.
type Lens struct {
	mu sync.Mutex
	db *sql.DB
}

const (
	createLens = `CREATE VIRTUAL TABLE lens USING fts5 (body, tokenize = "porter unicode61 remove_diacritics 2")`

	selectMarked = `SELECT rowid, highlight(lens, 0, ?1, ?2) FROM lens WHERE lens MATCH ?3`
)

// Find are the places of what an expression of Parse matches in each of the texts.
func (l *Lens) Find(ctx context.Context, expression string, texts []string) ([][]text.Span, error) {
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
	defer func() { _ = tx.Rollback() }() // the texts are not kept
	for i, t := range texts {
		if _, err := tx.ExecContext(ctx, `INSERT INTO lens (rowid, body) VALUES (?, ?)`, i+1, t); err != nil {
			return nil, err
		}
	}
	found := make([][]text.Span, len(texts))
	from, to := marks(texts)
	rows, err := tx.QueryContext(ctx, selectMarked, from, to, expression)
	_, err = sqlite.All(sqlite.Plain(rows), err, func(r sqlite.Row) (struct{}, error) {
		var n int
		var m string
		err := r.Scan(&n, &m)
		if err == nil {
			found[n-1] = marked(m, from, to)
		}
		return struct{}{}, err
	})
	return found, err
}

// marks are two strings that none of the texts has.
func marks(texts []string) (from, to string) {
	for n := 0; ; n++ {
		from, to = fmt.Sprintf("\x02%d<", n), fmt.Sprintf("\x02%d>", n)
		if !slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(t, from) || strings.Contains(t, to) }) {
			return from, to
		}
	}
}

// marked are the places that stand between marks, in the text without them.
func marked(m, from, to string) []text.Span {
	var spans []text.Span
	at := 0
	for {
		before, rest, ok := strings.Cut(m, from)
		if !ok {
			return spans
		}
		inside, after, _ := strings.Cut(rest, to)
		at += len(before)
		spans = append(spans, text.Span{Start: at, End: at + len(inside)})
		at += len(inside)
		m = after
	}
}

// InDocument moves ranges of a body into the text from whose places it was joined.
func InDocument(ranges, places []text.Span) []text.Span {
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

// Snippet is a stretch around the first range, or the beginning of the first place, cut
// between words.
func Snippet(t string, ranges, places []text.Span) text.Span {
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

// Close frees the lens.
func (l *Lens) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.db == nil {
		return nil
	}
	return l.db.Close()
}

// AnyOf asks for any of the words of t; "" if it has none.
func AnyOf(t string) string {
	all := strings.Fields(news.Fold(t))
	for i, word := range all {
		all[i] = Quoted(word)
	}
	return strings.Join(all, " OR ")
}

// Quoted is a word that the index shall take as it is.
func Quoted(word string) string { return `"` + strings.ReplaceAll(word, `"`, "") + `"` }
