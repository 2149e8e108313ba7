// Package search is what one can ask of the record, and what is answered.
//
// A query is written in one language wherever one asks (package ask, inner); words are cut and
// stemmed in one way wherever they stand (package word). What is asked for is first found by an
// index, which is the store's; this package says what to look for (Plan), ranks what was found
// (Rank: BM25 by field), folds copies under their original, cuts snippets that are spans of the
// text, and says why. The same query is matched against one article that just came in by Match,
// with no index at all: that is what alerts ask.
//
// A quotation is checked by Check (package quote): aligned word by word with what the record
// holds, for a verdict with the differences.
//
// It is pure: no input or output, no clock. It does not know what words mean: what is said in
// other words is found only where enough of the words are the same.
package search

import (
	"errors"
	"time"

	"dateline/news"
	"dateline/search/ask"
	"dateline/search/quote"
	"dateline/text"
)

// The language.
type (
	Query  = ask.Query
	Node   = ask.Node
	Notice = ask.Notice
)

// The kinds of a query's nodes.
const (
	Word   = ask.Word
	Prefix = ask.Prefix
	Phrase = ask.Phrase
	In     = ask.In
	Is     = ask.Is
	When   = ask.When
	All    = ask.All
	Any    = ask.Any
	Not    = ask.Not
	List   = ask.List
)

// Parse reads a query; the notices say what was not taken as it was written.
func Parse(q string) (Query, []Notice) { return ask.Parse(q) }

// The quote check.
type (
	Verdict    = quote.Verdict
	Kind       = quote.Kind
	Difference = quote.Difference
	Place      = quote.Place
	Covered    = quote.Covered
	Source     = quote.Source
)

// The verdicts.
const (
	Exact        = quote.Exact
	Marks        = quote.Marks
	Altered      = quote.Altered
	Paraphrase   = quote.Paraphrase
	OtherSpeaker = quote.OtherSpeaker
	NotFound     = quote.NotFound
)

// Check tells whether somebody said what is ascribed to them: see package quote.
func Check(asked, speaker string, sources []Source, weight func(string) float64, covered Covered) Verdict {
	return quote.Check(asked, speaker, sources, weight, covered)
}

// QuoteWords are the words of a quotation as an index of triples has them, in the parts that its
// ellipses leave.
func QuoteWords(asked string) [][]string { return quote.Words(asked) }

// ErrCursor reports a cursor that is none of ours.
var ErrCursor = errors.New("it is not a cursor that a search gave")

// A Page says which part of the answer is wanted. The zero Page is the first of Limit.
type Page struct {
	Limit  int    // how many hits at the most; 20 if 0
	Cursor string // Next of the page before
	Only   Sort   // articles or statements alone; "" for both
	Facets bool   // count what was found by outlet, speaker, ...
	Why    bool   // give the reasons of each score
}

// Sort is what a hit is.
type Sort string

const (
	Articles   Sort = "articles"
	Statements Sort = "statements"
)

// Results is the answer to a query.
type Results struct {
	Query   string   // as it was understood: Parse reads the same from it
	Notices []Notice // what the searcher should know of the query; At is a byte of it as it was written
	Hits    []Hit    // best first
	Next    string   // cursor of the page that follows; "" if there is none
	// Matches is how many were found, at least; More says that there are more, of which the newest
	// were ranked.
	Matches int
	More    bool
	Facets  []Facet
	// Meant are names that the record knows and that look like one it does not know.
	Meant []string
	// Damaged are matches that cannot be shown, because their bytes do not match their hashes.
	Damaged []error
}

// A Hit is an article, or a statement, that was found.
type Hit struct {
	Article   news.ArticleID
	Ref       news.ArticleRef
	URL       string
	Title     string
	Outlet    string
	Language  string
	Published news.Interval
	Recorded  time.Time

	Statement *news.Statement // nil where the article was found

	Score   float64
	Snippet string      // byte for byte a stretch of the text
	Span    text.Span   // where it stands in the text
	Ranges  []text.Span // what was found, in the text
	Why     []news.Reason
	Copies  []Copy // the same text at other outlets

	Corrections []news.Correction // of the article, by its own outlet
}

// A Copy is an article that is folded under the one it is almost the same as.
type Copy struct {
	Article   news.ArticleID
	Ref       news.ArticleRef
	Outlet    string
	Published news.Interval
	Alike     float64 // share of the word sequences that both have
}

// A Facet counts the hits by one of their properties.
type Facet struct {
	Name   string // "outlet", "speaker", "mode", "act", "published"
	Counts []Count
}

// A Count is one value of a facet; Query asks for just that.
type Count struct {
	Value string
	N     int
	Query string // "speaker:\"ana ruiz\""
}
