package news

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/text"
)

// Faults are the places where a reading breaks what must hold of every reading, whatever page
// it is of: nothing if it is whole. The record refuses a reading with faults, and doctor looks
// for them in what is stored.
//
//	I4   every span lies in the text, between characters; a statement has content; an excerpt
//	     is byte for byte the text of its span; ids are those of the content
//	I2   no two articles of a page, no two statements of an article have one id
//	I11  the text is valid UTF-8 without NUL
//	I24  a reading without an article says why, one that was cut carries a flag
//	L7   what has a value has a basis or a reason
func (r Reading) Faults() []Finding {
	c := &checker{reading: r, text: r.Document.Text}
	c.document()
	seen := map[ArticleID]bool{}
	for _, a := range r.Annotations {
		c.object = fmt.Sprintf("article %s of %s", a.Article.ID, r.Document.Name)
		if seen[a.Article.ID] {
			c.add("I2", "two articles of the page have this id")
		}
		seen[a.Article.ID] = true
		c.article(a)
	}
	return c.findings
}

type checker struct {
	reading  Reading
	text     string
	object   string
	findings []Finding
}

func (c *checker) add(invariant, format string, args ...any) {
	c.findings = append(c.findings, Finding{invariant, c.object, fmt.Sprintf(format, args...), "read the page again with \"dateline reread\""})
}

func (c *checker) document() {
	c.object = fmt.Sprintf("reading of %s by %s", c.reading.Document.Name, c.reading.Document.Reader)
	if !utf8.ValidString(c.text) || strings.Contains(c.text, "\x00") {
		c.add("I11", "its text is not valid UTF-8 without NUL")
	}
	if (len(c.reading.Annotations) == 0) != (c.reading.Failure != "") {
		c.add("I24", "it has %d articles and the failure %q", len(c.reading.Annotations), c.reading.Failure)
	}
	for _, f := range c.reading.Document.Flags {
		if f.Name == "" {
			c.add("I24", "it has a flag without a name")
		}
	}
}

// span reports whether s is a place in the text; an empty one is not.
func (c *checker) span(what string, s text.Span) bool {
	if s.Empty() || !s.Valid(c.text) {
		c.add("I4", "%s [%d,%d) is no stretch of its text of %d bytes", what, s.Start, s.End, len(c.text))
		return false
	}
	return true
}

func (c *checker) excerpt(what string, e *Excerpt) {
	if e != nil && c.span(what, e.Span) && e.Span.Of(c.text) != e.Text {
		c.add("I4", "%s is not the text of its span", what)
	}
}

func (c *checker) article(a Annotation) {
	c.excerpt("title", a.Article.Title)
	c.excerpt("byline", a.Article.Byline)
	c.excerpt("dateline", a.Article.Dateline)
	if a.Article.Range != (text.Span{}) {
		c.span("range", a.Article.Range)
	}
	end := 0
	for _, s := range a.Article.Segments {
		if c.span("segment", s.Span) && s.Span.Start < end {
			c.add("I4", "segment [%d,%d) overlaps the one before or stands before it", s.Span.Start, s.Span.End)
		}
		end = max(end, s.Span.End)
	}
	for _, s := range a.Article.Sentences {
		c.span("sentence", s)
	}
	for _, t := range a.Times {
		c.span("time expression", t.Span)
	}
	for _, s := range slices.Concat(a.Lead.Spans, a.Lead.Times) {
		c.span("lead", s)
	}
	for _, e := range a.Entities {
		for _, m := range e.Mentions {
			c.span("mention of "+e.Name, m.Span)
		}
	}
	if a.Article.Outlet.Name != "" && a.Article.Outlet.Basis == "" {
		c.add("L7", "its outlet %q has no basis", a.Article.Outlet.Name)
	}
	if !a.Article.Published.When.IsZero() && a.Article.Published.Basis == "" {
		c.add("L7", "its publication date %s has no basis", a.Article.Published.When)
	}
	object := c.object
	seen := map[StatementID]bool{}
	for _, s := range a.Statements {
		c.object = fmt.Sprintf("statement %s of %s", s.ID, c.reading.Document.Name)
		if seen[s.ID] {
			c.add("I2", "two statements of the article have this id")
		}
		seen[s.ID] = true
		c.statement(s)
	}
	c.object = object
}

func (c *checker) statement(s Statement) {
	if len(s.Content) == 0 {
		c.add("I4", "it has no content")
	}
	for _, content := range s.Content {
		c.span("content", content)
	}
	for _, cue := range s.Cue {
		c.span("cue", cue)
	}
	for _, o := range []struct {
		what string
		span text.Span
	}{{"source", s.Source}, {"addressee", s.Addressee.Span}, {"time", s.Said.Span}, {"condition", s.Frame.Condition}} {
		if o.span != (text.Span{}) {
			c.span(o.what, o.span)
		}
	}
	if (s.Speaker.Entity != "" || s.Speaker.Name != "") && s.Speaker.Reason.Rule == "" && s.Source.Empty() {
		c.add("L7", "its speaker %q has neither a source nor a reason", s.Speaker.Name)
	}
	if !s.Said.When.IsZero() && s.Said.Reason.Rule == "" {
		c.add("L7", "the time it was said, %s, has no reason", s.Said.When)
	}
}

// Words are the words of a statement's content, its parts joined by a blank.
func (s Statement) Words(t string) string {
	parts := make([]string, len(s.Content))
	for i, c := range s.Content {
		parts[i] = c.Of(t)
	}
	return strings.Join(parts, " ")
}
