// Package resolve says whom an article's words refer to: the sources of its statements become
// speakers.
package resolve

import (
	"strings"

	"dateline/news"
	"dateline/text"
)

// Mentions names the speakers of an article's statements. A source that is no name and whose
// referent the article does not make plain keeps the zero Speaker.
func Mentions(a news.Annotation) news.Annotation {
	out := a
	out.Entities = append([]news.Entity(nil), a.Entities...)
	out.Statements = append([]news.Statement(nil), a.Statements...)
	for i := range out.Statements {
		s := &out.Statements[i]
		if s.Source.Empty() {
			continue
		}
		s.Speaker = speaker(a, s.Source)
	}
	return out
}

// speaker is the entity named by the source's words, or by their last one.
func speaker(a news.Annotation, source text.Span) news.Speaker {
	for _, e := range a.Entities {
		for _, m := range e.Mentions {
			if source.Contains(m.Span) {
				return news.Speaker{Entity: e.ID, Name: e.Name, Anonymous: e.Anonymous, Reason: news.Reason{Rule: "named", Detail: m.Span.Of(a.Article.Text)}}
			}
		}
	}
	words := strings.Fields(news.Fold(source.Of(a.Article.Text)))
	if len(words) != 1 {
		return news.Speaker{}
	}
	for _, e := range a.Entities {
		name := strings.Fields(news.Fold(e.Name))
		if len(name) > 0 && name[len(name)-1] == words[0] {
			return news.Speaker{Entity: e.ID, Name: e.Name, Reason: news.Reason{Rule: "last-name", Detail: source.Of(a.Article.Text)}}
		}
	}
	return news.Speaker{}
}
