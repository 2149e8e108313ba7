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
	Copies   []Copy // which of its articles are copies of others
	Reason   Reason
}

// A Copy says that an article is a near-duplicate of an earlier one. Of was put out first, as far
// as the dates tell; who wrote it is another question.
type Copy struct {
	Article ArticleID
	Of      ArticleID
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

// A Head is what a list says of an article.
type Head struct {
	ID         ArticleID
	Ref        ArticleRef
	URL        string
	Title      string
	Outlet     string
	Language   string
	Published  Interval
	Statements int
	Recorded   time.Time
	Replaced   time.Time // zero while it stands
}

// A Dossier is a story with what the record holds in it at one time: what the views of the story
// are made from.
type Dossier struct {
	Story   Story
	Heads   map[ArticleID]Head // of all articles of the story
	Entries []Entry            // in the order in which they were recorded
	Damaged []error            // what could not be shown because it no longer matches its hash
	Version uint64             // the same for two that say the same
}

// A Profile is what a story is about, for telling which others are like it.
type Profile struct {
	ID       StoryID
	Name     string
	Articles int
	Traits   []Trait
}

// A Trait is somebody, something, a place or an issue that a story is about.
type Trait struct {
	Entity   EntityID // "" of an issue
	Name     string
	Kind     EntityType // IssueTrait of an issue
	Articles int        // of the story, that have it
	Common   int        // articles of the whole record, that have it; 0 of an issue
}

// A Neighbourhood is a story among those that share some of its traits.
type Neighbourhood struct {
	Story    Profile
	Others   []Profile
	Articles int // of the whole record
}

// IssueTrait is the kind of a trait that positions are about.
const IssueTrait EntityType = "issue"

// A Changed is one change of the record, as its audit has it.
type Changed struct {
	Number   int64 // grows with every change, from 1
	Act      string
	Object   string
	Recorded time.Time
}

// An OutletCount says how many articles of an outlet there are.
type OutletCount struct {
	Name     string
	Articles int
}

// Counts says how much there is.
type Counts struct {
	At                                     time.Time // when it was counted
	Pages, Removed, Revisions              int
	Articles, Statements, Stories, Entries int   // that stand
	Queued, Leased, Failed, Dead           int   // jobs
	Bytes                                  int64 // of the database
}
