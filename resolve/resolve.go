// Package resolve says whom an article's words refer to, beyond what its own grammar tells.
//
// Within an article, package annotate has read names, offices and pronouns off the parse;
// Mentions completes what can be told by the words alone. Across the articles of a story, Join
// says which entities are one, and gives them the ids and names of the record. What is not told
// is not guessed: a last name that two may bear joins neither. Join does not know that two
// people of one full name in two stories may be two.
package resolve

import (
	"dateline/news"
	"dateline/text"
)

// Mentions completes the speakers of an article's statements: a source without one that is,
// word for word, a mention of an entity.
func Mentions(a news.Annotation) news.Annotation {
	var at map[text.Span]int
	var out []news.Statement
	for i, s := range a.Statements {
		if s.Speaker.Name != "" || s.Source.Empty() {
			continue
		}
		if at == nil {
			at = map[text.Span]int{}
			for n, e := range a.Entities {
				for _, m := range e.Mentions {
					at[m.Span] = n
				}
			}
			out = append(out, a.Statements...)
		}
		if n, ok := at[s.Source]; ok {
			e := a.Entities[n]
			out[i].Speaker = news.Speaker{Entity: e.ID, Name: e.Name, Anonymous: e.Anonymous, Reason: news.Reason{Rule: "same-words", Detail: s.Source.Of(a.Article.Text)}}
		}
	}
	if out != nil {
		a.Statements = out
	}
	return a
}
