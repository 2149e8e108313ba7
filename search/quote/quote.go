// Package quote tells whether somebody said what is ascribed to them.
package quote

import (
	"slices"
	"time"

	"dateline/news"
	"dateline/text"
)

// Kind is a verdict.
type Kind string

const (
	Exact        Kind = "exact"         // in these very words, by this speaker
	Marks        Kind = "marks"         // the same words; punctuation, case, brackets or ellipses differ
	Altered      Kind = "altered"       // some words differ; see Differences
	Paraphrase   Kind = "paraphrase"    // the same in other words
	OtherSpeaker Kind = "other_speaker" // said, but by somebody else
	NotFound     Kind = "not_found"     // the record does not hold it
)

// A Verdict is the answer to "did they really say that?".
type Verdict struct {
	Kind        Kind
	Quote       string       // as asked
	Asked       string       // the speaker as asked; "" if nobody was named
	Speaker     news.Speaker // who said it in truth; zero where that is not known
	Said        news.Said
	Differences []Difference // word by word, between the quotation as asked and the first place
	Places      []Place      // where it stands, best first
	Nearest     *Place       // of what is not found: what comes nearest to it, nil where nothing is near
	Covered     Covered
	Why         []news.Reason
}

// A Difference is a stretch of words that differs.
type Difference struct {
	Kind  string    // "replaced", "added" (only in the quotation asked about), "left out" (only in the record), "case", "punctuation", "brackets", "tense"
	Asked string    // words of the quotation; "" where something was left out
	Is    string    // words of the record; "" where something was added
	At    text.Span // in the quotation as asked
	Span  text.Span // in the article's text; empty where something was added
}

// A Place is a stretch of an article that has the words.
type Place struct {
	Article   news.ArticleID
	Ref       news.ArticleRef
	URL       string
	Title     string
	Outlet    string
	Published news.Interval
	Statement *news.Statement // nil where no statement holds the words
	Kind      Kind            // the verdict on this place alone
	Spans     []text.Span     // the words in the text; several where an ellipsis joins them
	Text      string          // those words, byte for byte; an ellipsis between spans
	Likeness  float64         // in [0,1]

	Corrections []news.Correction // of the article, by its own outlet
}

// TakenBack reports whether the outlet took the whole article back.
func (p Place) TakenBack() bool {
	return slices.ContainsFunc(p.Corrections, func(c news.Correction) bool { return c.Whole })
}

// Covered is what part of the world the record knows: what is not found may have been said
// elsewhere.
type Covered struct {
	Articles int
	Outlets  int
	From, To time.Time // days of publication; zero where none is known
}
