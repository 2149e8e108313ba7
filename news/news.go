// Package news is the vocabulary of the house: what its rooms hand one another.
//
// An outlet's Page is kept as Revisions, each the bytes of the page at one time. Reading a
// revision gives a Document (the readable text, in blocks), which holds one or more Articles
// (their segments, title, outlet, dates), each of which is annotated with Mentions, Times and
// Statements. From the annotations of many articles come entities, events, stories and the
// entries of the ledger.
//
// The types hold what was read, beside what was made of it and why: a Published has the
// interval and the words on the page, a Statement its spans and its Speaker, and each carries
// the Reasons. What is not known is the zero value, never a guess. Spans point into the Text
// of the document that holds them.
//
// Identifiers are derived from content (see NewPageID and its neighbours), so that doing work
// twice does it once. The package decides nothing, does no input or output and reads no clock.
package news

import (
	"errors"
	"time"

	"dateline/text"
)

// ErrNotFound reports that the record holds nothing by that name.
var ErrNotFound = errors.New("not found")

// ErrNoArticle reports a page without an article: a section front, a login wall, a video
// player. It is an answer, not a failure: it is recorded and not retried.
var ErrNoArticle = errors.New("no article on page")

// ErrUnreadable reports bytes that are no page: an image, an archive, nothing at all. Reading
// them again gives the same answer.
var ErrUnreadable = errors.New("not a readable page")

// A Page is what is handed in to be read: the bytes, and what is known of where they came
// from. It is the front door of the house.
type Page struct {
	Name      string    // the path or URL as given; it names the page in every message
	URL       string    // where it was fetched from; "" where it is a file of unknown origin
	Fetched   time.Time // when it was fetched, UTC; zero where that is not known
	MediaType string    // "text/html", "text/plain": as served or as the file's name says; "" if neither
	Charset   string    // as served; "" where the server said nothing
	Outlet    string    // whose page it is, by the word of the person who added it; "" if unsaid
	Body      []byte
}

// ID names the page by the address it was fetched from, else by its bytes. What a page says of
// its own address (its canonical URL) is not trusted with its identity: any page can say so.
func (p Page) ID() PageID {
	if p.URL != "" {
		return NewPageID(CleanURL(p.URL))
	}
	return NewPageID(string(p.Body))
}

// Revision names these bytes of the page.
func (p Page) Revision() RevisionID { return NewRevisionID(p.ID(), p.Body) }

// A Revision is the bytes of a page at one time, as the record keeps them: append-only,
// numbered from 1, each chained to the one before it.
type Revision struct {
	ID        RevisionID
	Page      PageID
	Number    int
	SHA256    string // of the body, in hexadecimal; it names the blob that holds the body
	Size      int
	MediaType string
	Charset   string
	Fetched   time.Time // zero where it is not known
	Recorded  time.Time
}

// A Flag marks a result that is less than whole: a page that was cut, a character set that
// was guessed, text past the budget. Nothing partial is shown without its flags.
type Flag struct {
	Name   string `json:"name"`   // "page-cut", "nesting", "replaced-characters": stable, lower case
	Detail string `json:"detail"` // in words, with the figures
}

// A Reason says why something is so: the rule, by name, and what it saw.
type Reason struct {
	Rule   string // "json-ld-date", "cue-after-quote"
	Detail string
}

// String is the reason in one line.
func (r Reason) String() string {
	if r.Detail == "" {
		return r.Rule
	}
	return r.Rule + ": " + r.Detail
}

// Basis says how well something is founded.
type Basis string

const (
	Stated   Basis = "stated"   // the page says so
	Relative Basis = "relative" // the page says so relative to a known time: "21 minutes ago"
	Inferred Basis = "inferred" // we conclude it; the page does not print it
)

// An Excerpt is a piece of text with its place. A nil *Excerpt is one that is not there.
type Excerpt struct {
	Text string    `json:"text"`
	Span text.Span `json:"range"`
}

// NewExcerpt is the piece of t that s marks.
func NewExcerpt(t string, s text.Span) *Excerpt { return &Excerpt{Text: s.Of(t), Span: s} }
