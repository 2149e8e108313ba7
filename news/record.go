package news

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
	Copies   map[ArticleID]ArticleID // those of its articles that are copies, and of what
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
