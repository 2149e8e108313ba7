package news

import "dateline/text"

// Role is an article's place on its page.
type Role string

const (
	Main     Role = "main"     // what the page is about
	Embedded Role = "embedded" // another article that stands on the page
)

// An Article is one piece of news of a document: a title, an outlet, a body. Its spans, like
// Range, point into Text, which is the text of the whole document; segments lie in text order
// and do not overlap. The first article of a document also holds the page's furniture, the
// segments that belong to no article.
type Article struct {
	ID       ArticleID
	Page     PageID
	Revision RevisionID
	Reader   string
	Name     string // as Page.Name
	Index    int    // its place on the page, from 0
	Role     Role

	Text  string
	Range text.Span

	Title    *Excerpt
	Byline   *Excerpt
	Dateline *Excerpt

	Outlet    Outlet
	Carrier   string // who carries the copy, where it is not the outlet; "" if nobody does
	URL       string
	Canonical string
	Language  string // BCP 47; "" where it is not known
	Authors   []string
	Published Published

	Segments  []Segment
	Sentences []text.Span // of title, dek, labels, body, captions, in text order
	Flags     []Flag
}

// A Segment is a stretch of one kind.
type Segment struct {
	Span   text.Span
	Kind   Kind
	Reason string // the rule that gave the kind
}

// Body are the spans of the article's prose, in text order.
func (a Article) Body() []text.Span {
	var body []text.Span
	for _, s := range a.Segments {
		if s.Kind == Body && a.Range.Contains(s.Span) {
			body = append(body, s.Span)
		}
	}
	return body
}
