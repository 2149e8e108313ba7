// Package index is what search finds things by: words by field, and three words in a row.
//
// article_words and statement_words are FTS5 tables of words that package search has cut and
// stemmed. A row is an article that stands, by its root, or a statement of one, by root and
// place. article_digest is the same article as ranking reads it, and quote_grams the triples of
// words by which a quotation is found. All are brought from one state of an article to the next
// in the transaction that changes it (Change), and can be made anew from the rows.
//
// The package knows no article: it is handed search.Document.
package index

import (
	"encoding/base32"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/news"
	"dateline/search"
	"dateline/store/sqlite"
)

// Form is the number of the form in which the index holds words: a folder whose index has
// another is indexed anew. It changes with whatever changes what Change writes.
const Form = 1

// MaxStatements is how many statements an article can have: their place is 16 bits of a number.
const MaxStatements = 1 << 16

const (
	insertArticle = `INSERT INTO article_words (rowid, title, body, outlet, about, keys) VALUES (?, ?, ?, ?, ?, ?)`
	deleteArticle = `INSERT INTO article_words (article_words, rowid, title, body, outlet, about, keys) VALUES ('delete', ?, ?, ?, ?, ?, ?)`

	insertStatement = `INSERT INTO statement_words (rowid, content, speaker, hearer, about, issue, outlet, keys) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	deleteStatement = `INSERT INTO statement_words (statement_words, rowid, content, speaker, hearer, about, issue, outlet, keys) VALUES ('delete', ?, ?, ?, ?, ?, ?, ?, ?)`

	insertGrams = `INSERT INTO quote_grams (rowid, grams) VALUES (?, ?)`
	deleteGrams = `INSERT INTO quote_grams (quote_grams, rowid, grams) VALUES ('delete', ?, ?)`

	insertDigest = `INSERT INTO article_digest (root, data) VALUES (?, ?)`
	deleteDigest = `DELETE FROM article_digest WHERE root = ?`
)

// An Entry is what the index says of an article: a row of each table.
type Entry struct {
	article    [5]string // title, body, outlet, about, keys
	statements [][7]string
	grams      string
	digest     []byte
}

// Of is what the index says of a document.
func Of(d search.Document) *Entry {
	e := &Entry{}
	outlet := terms(d.Outlet)
	keys := []string{"all"}
	if l := language(d.Language); l != "" {
		keys = append(keys, "l"+l)
	}
	keys = append(keys, dayKeys("p", d.Published)...)
	e.article = [5]string{tokens(d.Title), tokens(d.Body), outlet, terms(d.About), strings.Join(keys, " ")}
	for _, s := range d.Statements {
		own := append(slices.Clone(keys), "m"+string(s.Mode), "a"+string(s.Act), "n"+yes(s.Anonymous))
		own = append(own, dayKeys("s", s.When)...)
		var issues []string
		for _, i := range s.Issues {
			issues = append(issues, terms(search.Words(i)))
		}
		e.statements = append(e.statements, [7]string{tokens(s.Content), terms(s.Speaker), terms(s.To), terms(s.About),
			strings.Join(issues, " "), outlet, strings.Join(own, " ")})
	}
	e.grams = strings.Join(gramsOf(d), " ")
	e.digest = search.NewDigest(d)
	return e
}

// Change brings the index from one state of an article to the next; nil is none. Taking words
// out needs the very words that were put in.
func Change(tx *sqlite.Tx, root int64, old, new *Entry) error {
	own := " " + rootKey(root)
	if old == nil {
		old = &Entry{}
	} else if new == nil || old.article != new.article {
		a := old.article
		if _, err := tx.Exec(deleteArticle, root, a[0], a[1], a[2], a[3], a[4]+own); err != nil {
			return err
		}
	}
	had := old.digest != nil
	if new == nil {
		new = &Entry{}
	} else if !had || old.article != new.article {
		a := new.article
		if _, err := tx.Exec(insertArticle, root, a[0], a[1], a[2], a[3], a[4]+own); err != nil {
			return err
		}
	}
	for i := range max(len(old.statements), len(new.statements)) {
		if i < len(old.statements) && i < len(new.statements) && old.statements[i] == new.statements[i] {
			continue
		}
		n := root<<16 | int64(i)
		if i < len(old.statements) {
			s := old.statements[i]
			if _, err := tx.Exec(deleteStatement, n, s[0], s[1], s[2], s[3], s[4], s[5], s[6]+own); err != nil {
				return err
			}
		}
		if i < len(new.statements) {
			s := new.statements[i]
			if _, err := tx.Exec(insertStatement, n, s[0], s[1], s[2], s[3], s[4], s[5], s[6]+own); err != nil {
				return err
			}
		}
	}
	if had && (new.digest == nil || old.grams != new.grams) {
		if _, err := tx.Exec(deleteGrams, root, old.grams); err != nil {
			return err
		}
	}
	if new.digest != nil && (!had || old.grams != new.grams) {
		if _, err := tx.Exec(insertGrams, root, new.grams); err != nil {
			return err
		}
	}
	if string(old.digest) == string(new.digest) {
		return nil
	}
	if had {
		if _, err := tx.Exec(deleteDigest, root); err != nil {
			return err
		}
	}
	if new.digest == nil {
		return nil
	}
	_, err := tx.Exec(insertDigest, root, new.digest)
	return err
}

// Empty takes everything out of the index.
func Empty(tx *sqlite.Tx) error {
	for _, q := range []string{
		`INSERT INTO article_words (article_words) VALUES ('delete-all')`,
		`INSERT INTO statement_words (statement_words) VALUES ('delete-all')`,
		`INSERT INTO quote_grams (quote_grams) VALUES ('delete-all')`,
		`DELETE FROM article_digest`,
	} {
		if _, err := tx.Exec(q); err != nil {
			return err
		}
	}
	return nil
}

// Filled notes that the index holds all that stands, in the present form.
func Filled(tx *sqlite.Tx) error {
	_, err := tx.Exec(`UPDATE search_form SET form = ?`, Form)
	return err
}

// FormOf reads the form in which a folder's index is.
const FormOf = `SELECT form FROM search_form`

// tokens are the terms of a text, for FTS5 to take as they are.
func tokens(all []search.Token) string {
	var b strings.Builder
	for i, k := range all {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(search.Term(k.Word))
	}
	return b.String()
}

func terms(words []string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(search.Term(w))
	}
	return b.String()
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// rootKey finds an article, and all statements of one.
func rootKey(root int64) string { return "r" + strconv.FormatInt(root, 36) }

// language is the first part of a code.
func language(code string) string {
	l, _, _ := strings.Cut(strings.ToLower(code), "-")
	return l
}

// How exactly a time is told decides what finds it: days that are told by day, months that are
// told by month, years that are told by year; besides, the months and years of all.
const (
	mostDays   = 62
	mostMonths = 36
	mostYears  = 30
)

// dayKeys are the keys of a time. A time that is open on one side is found by its other end.
func dayKeys(field string, when news.Interval) []string {
	first, last := when.Bounds()
	switch {
	case first.IsZero() && last.IsZero():
		return nil
	case first.IsZero():
		first = last
	case last.IsZero():
		last = first
	}
	var keys []string
	add := func(level, layout string, step func(time.Time) time.Time, from time.Time) {
		for t := from; !t.After(last); t = step(t) {
			keys = append(keys, field+level+t.Format(layout))
		}
	}
	month := time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC)
	year := time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	days := int(last.Sub(first).Hours()/24) + 1
	switch {
	case days <= mostDays:
		add("d", "20060102", nextDay, first)
		add("m", "200601", nextMonth, month)
	case days <= 31*mostMonths:
		add("q", "200601", nextMonth, month)
		add("m", "200601", nextMonth, month)
	default:
		last = minTime(last, year.AddDate(mostYears, 0, 0))
		add("r", "2006", nextYear, year)
	}
	add("y", "2006", nextYear, year)
	return keys
}

func nextDay(t time.Time) time.Time   { return t.AddDate(0, 0, 1) }
func nextMonth(t time.Time) time.Time { return t.AddDate(0, 1, 0) }
func nextYear(t time.Time) time.Time  { return t.AddDate(1, 0, 0) }

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// The years that a record of news can speak of; an open side of a span ends there.
const (
	firstYear = 1900
	lastYear  = 2100
)

// spanKeys are the keys of all times that share a day with a span.
func spanKeys(field string, from, to time.Time) []string {
	if from.IsZero() || from.Year() < firstYear {
		from = time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if to.IsZero() || to.Year() > lastYear {
		to = time.Date(lastYear, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	var keys []string
	for t := from; !t.After(to); {
		yearEnd := time.Date(t.Year(), 12, 31, 0, 0, 0, 0, time.UTC)
		monthEnd := time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC)
		switch {
		case t.YearDay() == 1 && !yearEnd.After(to):
			keys = append(keys, field+"y"+t.Format("2006"))
			t = nextDay(yearEnd)
			continue
		case t.Day() == 1 && !monthEnd.After(to):
			keys = append(keys, field+"m"+t.Format("200601"), field+"r"+t.Format("2006"))
			t = nextDay(monthEnd)
			continue
		}
		keys = append(keys, field+"d"+t.Format("20060102"), field+"q"+t.Format("200601"), field+"r"+t.Format("2006"))
		t = nextDay(t)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Triples of words. Of every window of neighbouring triples the one with the smallest hash is
// kept (winnowing: Schleimer, Wilkerson and Aiken 2003), so that half of them are enough to find
// every stretch of five words in a row.
const (
	gramWords  = 3
	gramWindow = 3
)

var gramText = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// hashes are those of every triple of words in a row.
func hashes(words []string) []uint32 {
	if len(words) < gramWords {
		return nil
	}
	all := make([]uint32, 0, len(words)-gramWords+1)
	for i := 0; i+gramWords <= len(words); i++ {
		h := fnv.New32a()
		for _, w := range words[i : i+gramWords] {
			_, _ = h.Write([]byte(w)) // a hash never fails
			_, _ = h.Write([]byte{0})
		}
		all = append(all, h.Sum32())
	}
	return all
}

func gram(h uint32) string {
	var b [5]byte
	binary.BigEndian.PutUint32(b[1:], h)
	return "g" + gramText.EncodeToString(b[1:])
}

// gramsOf are the triples by which a document is found, each once, in no order that matters.
func gramsOf(d search.Document) []string {
	var kept []uint32
	keep := func(all []search.Token) {
		h := hashes(quoteWords(all))
		for i := range h {
			window := h[i:min(i+gramWindow, len(h))]
			if i > 0 && len(window) < gramWindow {
				break
			}
			kept = append(kept, slices.Min(window))
		}
	}
	keep(d.Title)
	keep(d.Body)
	for _, s := range d.Statements {
		if !inside(s.Content, d.Body) {
			keep(s.Content)
		}
	}
	slices.Sort(kept)
	kept = slices.Compact(kept)
	all := make([]string, len(kept))
	for i, h := range kept {
		all[i] = gram(h)
	}
	return all
}

// inside reports whether tokens are a stretch of others.
func inside(part, whole []search.Token) bool {
	if len(part) == 0 {
		return true
	}
	i, found := slices.BinarySearchFunc(whole, part[0], func(a, b search.Token) int { return a.Span.Start - b.Span.Start })
	return found && i+len(part) <= len(whole) && whole[i+len(part)-1] == part[len(part)-1]
}

// quoteWords are words as a quotation is compared: an apostrophe is none.
func quoteWords(all []search.Token) []string {
	words := make([]string, len(all))
	for i, k := range all {
		words[i] = strings.ReplaceAll(k.Word, "'", "")
	}
	return words
}

// Grams are the triples of a quotation, in its order.
func Grams(words []string) []string {
	var all []string
	for _, h := range hashes(words) {
		all = append(all, gram(h))
	}
	return all
}
