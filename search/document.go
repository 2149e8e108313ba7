package search

import (
	"slices"
	"strings"

	"dateline/news"
	"dateline/search/ask"
	"dateline/search/word"
	"dateline/text"
)

// A Document is an article as it is searched: its words and those of its statements, each
// under the field that finds it.
type Document struct {
	Title     []word.Token // in the document's text, like Body
	Body      []word.Token // of its prose; of all its range where nothing was taken for prose
	Places    []text.Span  // of the prose
	Outlet    []string
	About     []string // the words of the names it is about: in its title, or told more than once
	Language  string
	Published news.Interval

	OutletName string
	Statements []Said
}

// A Said is a statement as it is searched.
type Said struct {
	Content   []word.Token
	Speaker   []string // name and source
	Name      string   // of the speaker, as one prints it; "" if unknown
	To        []string
	About     []string // names inside the content, she and he by their names
	Issues    []string
	Mode      news.Mode
	Act       news.Act
	Anonymous bool
	When      news.Interval
}

// NewDocument is what is searched of an article in a text.
func NewDocument(a news.Annotation, t string) Document {
	d := Document{Language: a.Article.Language, Published: a.Article.Published.When,
		OutletName: a.Article.Outlet.Name, Outlet: word.Words(a.Article.Outlet.Name)}
	title := text.Span{}
	if a.Article.Title != nil {
		title = a.Article.Title.Span
		d.Title = word.Tokens(t, title)
	}
	d.Places = Prose(a.Article)
	for _, p := range d.Places {
		d.Body = append(d.Body, word.Tokens(t, p)...)
	}
	names := map[news.EntityID]string{}
	for _, e := range a.Entities {
		names[e.ID] = e.Name
		named, titled := 0, false
		for _, m := range e.Mentions {
			named++
			titled = titled || title.Contains(m.Span)
		}
		if !e.Anonymous && (named > 1 || titled) {
			d.About = append(d.About, word.Words(e.Name)...)
		}
	}
	d.About = distinct(d.About)
	for _, s := range a.Statements {
		d.Statements = append(d.Statements, said(a, t, s, names))
	}
	return d
}

// Prose is what a reader would call the article. Where nothing was taken for prose, it is all of
// the article's range.
func Prose(a news.Article) []text.Span {
	var places []text.Span
	for _, s := range a.Segments {
		if (s.Kind == news.Body || s.Kind == news.Dek || s.Kind == news.Caption) && a.Range.Contains(s.Span) {
			places = append(places, s.Span)
		}
	}
	if len(places) == 0 && !a.Range.Empty() {
		places = []text.Span{a.Range}
	}
	return places
}

func said(a news.Annotation, t string, s news.Statement, names map[news.EntityID]string) Said {
	d := Said{Name: s.Speaker.Name, Mode: s.Mode, Act: s.Act, Anonymous: s.Speaker.Anonymous, When: s.Said.When, Issues: s.Issues}
	for _, c := range s.Content {
		d.Content = append(d.Content, word.Tokens(t, c)...)
	}
	d.Speaker = word.Words(s.Speaker.Name)
	for _, k := range word.Tokens(t, s.Source) {
		if !word.Stop(k.Word) {
			d.Speaker = append(d.Speaker, k.Word)
		}
	}
	d.Speaker = distinct(d.Speaker)
	if name := names[s.Addressee.Entity]; name != "" {
		d.To = word.Words(name)
	}
	for _, k := range word.Tokens(t, s.Addressee.Span) {
		d.To = append(d.To, k.Word)
	}
	d.To = distinct(d.To)
	for _, e := range a.Entities {
		if slices.ContainsFunc(e.Mentions, func(m news.Mention) bool {
			return slices.ContainsFunc(s.Content, func(c text.Span) bool { return c.Contains(m.Span) })
		}) {
			d.About = append(d.About, word.Words(e.Name)...)
		}
	}
	d.About = distinct(d.About)
	return d
}

// distinct are the words of a list, each once, where it stood first.
func distinct(words []string) []string {
	var all []string
	for _, w := range words {
		if !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	return all
}

// Term is the form of a word in an index: its stem, without a mark.
func Term(w string) string { return strings.ReplaceAll(word.Stem(w), ".", "p") }

// What package word gives, for who imports only this one.
type Token = word.Token

// Words are the words of a text.
func Words(t string) []string { return word.Words(t) }

// Tokens are the words of t within a span, with their places.
func Tokens(t string, within text.Span) []Token { return word.Tokens(t, within) }

// TokensOf are the words of t.
func TokensOf(t string) []Token { return word.Tokens(t, text.Span{Start: 0, End: len(t)}) }

// ValuesOf are the values, as words, that a query gives for a field.
func ValuesOf(q Query, field string) [][]string {
	var all [][]string
	var walk func(ask.Node)
	walk = func(n ask.Node) {
		if n.Kind == ask.In && n.Field == field {
			all = append(all, n.Words)
		}
		for _, c := range n.Nodes {
			walk(c)
		}
	}
	if q.Root != nil {
		walk(*q.Root)
	}
	return all
}
