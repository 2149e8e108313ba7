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
	Named    string // what its id was made of, where that is a headline or an opening it had before; "" where it is its own
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

// Opening is what names an article: its title, else the first words of its body.
func (a Article) Opening() string {
	if a.Title != nil {
		return a.Title.Text
	}
	for _, s := range a.Body() {
		return s.Of(a.Text)[:min(s.Len(), 200)]
	}
	return ""
}

// Whole is what names an article whose opening another article of its page has too.
func (a Article) Whole() string { return a.Opening() + " " + a.Range.Of(a.Text) }

// NamedBy is what the article's id was made of; ok is false where it was made of nothing that is
// known of it.
func (a Article) NamedBy() (named string, ok bool) {
	for _, named := range []string{a.Named, a.Opening(), a.Whole()} {
		if a.ID == NewArticleID(a.Page, named) {
			return named, true
		}
	}
	return "", false
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
