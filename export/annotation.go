package export

import (
	"fmt"
	"slices"

	"dateline/news"
	"dateline/text"
)

// What was read in an article as W3C Web Annotations (Recommendation of 2017-02-23, JSON-LD form): each
// has a body that says what was read and targets that say where, by position and by quotation.
type (
	AnnotationCollection struct {
		Context string       `json:"@context"`
		ID      string       `json:"id"`
		Type    string       `json:"type"`
		Total   int          `json:"total"`
		Items   []Annotation `json:"items"`
	}
	Annotation struct {
		ID         string           `json:"id"`
		Type       string           `json:"type"`
		Motivation string           `json:"motivation"`
		Body       AnnotationBody   `json:"body"`
		Target     []AnnotationSpan `json:"target"`
	}
	AnnotationBody struct {
		Type    string  `json:"type"`
		Format  string  `json:"format"`
		Purpose string  `json:"purpose"` // statement, time, entity
		Value   string  `json:"value"`   // who says it; the time; the name
		Note    *string `json:"note"`    // why
	}
	AnnotationSpan struct {
		Source   string               `json:"source"` // the article
		Role     string               `json:"role"`   // content, cue, source, time, mention
		Selector []AnnotationSelector `json:"selector"`
	}
	// An AnnotationSelector is a TextPositionSelector, which counts characters, or a TextQuoteSelector.
	AnnotationSelector struct {
		Type   string `json:"type"`
		Start  *int   `json:"start,omitempty"`
		End    *int   `json:"end,omitempty"`
		Exact  string `json:"exact,omitempty"`
		Prefix string `json:"prefix,omitempty"`
		Suffix string `json:"suffix,omitempty"`
	}
)

// around is how much of the text stands before and after a quotation in its selector, in bytes.
const around = 32

// NewAnnotations are the statements, times and entities of an article.
func NewAnnotations(a news.Annotation) AnnotationCollection {
	article := "urn:dateline:" + string(a.Article.ID)
	points := newRunes(a.Article.Text)
	target := func(role string, spans ...text.Span) []AnnotationSpan {
		var all []AnnotationSpan
		for _, s := range spans {
			if s.Empty() {
				continue
			}
			start, end := points.before(s.Start), points.before(s.End)
			t := a.Article.Text
			all = append(all, AnnotationSpan{article, role, []AnnotationSelector{
				{Type: "TextPositionSelector", Start: &start, End: &end},
				{Type: "TextQuoteSelector", Exact: s.Of(t), Prefix: t[points.start(max(0, s.Start-around)):s.Start], Suffix: t[s.End:points.start(min(len(t), s.End+around))]},
			}})
		}
		return all
	}
	c := AnnotationCollection{Context: "http://www.w3.org/ns/anno.jsonld", ID: article + ":annotations", Type: "AnnotationCollection", Items: []Annotation{}}
	add := func(id, motivation, purpose, value, why string, targets []AnnotationSpan) {
		if len(targets) == 0 {
			return
		}
		body := AnnotationBody{"TextualBody", "text/plain", purpose, value, OrNull(why)}
		c.Items = append(c.Items, Annotation{"urn:dateline:" + id, "Annotation", motivation, body, targets})
	}
	for _, s := range a.Statements {
		targets := slices.Concat(target("content", s.Content...), target("cue", s.Cue...), target("source", s.Source))
		add(string(s.ID), "identifying", "statement", s.Speaker.Name, s.Speaker.Reason.String(), targets)
	}
	for i, t := range a.Times {
		add(fmt.Sprintf("%s:time:%d", a.Article.ID, i), "tagging", "time", t.Value, t.Reason.String(), target("time", t.Span))
	}
	for _, e := range a.Entities {
		var spans []text.Span
		for _, m := range e.Mentions {
			spans = append(spans, m.Span)
		}
		add(string(a.Article.ID)+":entity:"+string(e.ID), "identifying", "entity", e.Name, "", target("mention", spans...))
	}
	c.Total = len(c.Items)
	return c
}

// runes counts the characters before a byte; it remembers every 1024th.
type runes struct {
	t      string
	counts []int
}

const runeStep = 1024

func newRunes(t string) runes {
	r := runes{t: t}
	n := 0
	for i := range len(t) {
		if i%runeStep == 0 {
			r.counts = append(r.counts, n)
		}
		if t[i]&0xc0 != 0x80 {
			n++
		}
	}
	r.counts = append(r.counts, n)
	return r
}

func (r runes) before(offset int) int {
	n := r.counts[offset/runeStep]
	for i := offset / runeStep * runeStep; i < offset; i++ {
		if r.t[i]&0xc0 != 0x80 {
			n++
		}
	}
	return n
}

// start is the first byte of the character at an offset.
func (r runes) start(offset int) int {
	for offset > 0 && offset < len(r.t) && r.t[offset]&0xc0 == 0x80 {
		offset--
	}
	return offset
}
