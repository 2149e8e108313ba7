package news

import "time"

// A Reading is a page as the reader left it: what one version of the rules made of one
// revision. It is what the record keeps of the work of reading.
type Reading struct {
	Document    Document
	Annotations []Annotation // one an article, in page order; none where Failure says why
	Failure     string       // why there is no article, in words; "" if there is one
}

// An ArticleRef names an article the way the outside does.
type ArticleRef struct {
	Page    string `json:"page"` // path or URL as added
	Article int    `json:"article"`
}

// An Event is one happening, as its articles report it.
type Event struct {
	ID       EventID
	Title    string
	Date     Interval // when it happened or, failing that, was first reported
	Articles []ArticleID
	Reason   Reason
}

// A Story is the course of events over time.
type Story struct {
	ID     StoryID
	Name   string
	Events []Event
}

// An Origins is the range in which the number of independent roots of knowledge lies. The
// upper bound is never shown as a count.
type Origins struct {
	Least   int
	Most    int
	Reasons []Reason
}

// EntryKind is what a ledger row records.
type EntryKind string

const (
	Utterance    EntryKind = "utterance"
	Position     EntryKind = "position"
	Change       EntryKind = "change"
	Confirmation EntryKind = "confirmation"
	Denial       EntryKind = "denial"
)

// An Entry is a row of the ledger. Everything in it is derived from the statements it stands
// on, by the rule it names.
type Entry struct {
	ID         EntryID
	Kind       EntryKind
	Story      StoryID
	Actor      Speaker
	Text       string // the words of the first statement: Statement.Words
	Said       Said
	Venue      string
	Statements []StatementID
	Origins    Origins
	Rule       Reason
	Recorded   time.Time // when our reading entered the ledger
	Replaced   time.Time // when a later reading took its place; zero while it stands
	Withdrawn  bool      // no article that it rests on stands any longer: they were corrected or retracted
	Removed    string    // why what it rested on was removed: its words are gone; "" if they are there
}
