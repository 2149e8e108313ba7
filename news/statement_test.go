package news_test

import (
	"strings"
	"testing"

	"dateline/news"
	"dateline/text"
)

// The word "that" between cue and words belongs to the clause, nothing else does.
func TestClause(t *testing.T) {
	for _, c := range []struct{ name, in, cue, content, want string }{
		{"that of the clause", "Ruiz said that the bridge opens.", "said", "the bridge opens", "that the bridge opens"},
		{"words between", "Ruiz told them on Monday that it opens.", "told", "it opens", "that it opens"},
		{"no that", "Ruiz said the bridge opens.", "said", "the bridge opens", "the bridge opens"},
		{"that stands before the cue", "a letter that says the bridge opens", "says", "the bridge opens", "the bridge opens"},
		{"an ending that looks like it", "She said of the xthat the bridge opens.", "said", "the bridge opens", "the bridge opens"},
		{"words first", "It opens, Ruiz said that day.", "said", "It opens", "It opens"},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := func(w string) text.Span {
				i := strings.Index(c.in, w)
				return text.Span{Start: i, End: i + len(w)}
			}
			s := news.Statement{Cue: []text.Span{at(c.cue)}, Content: []text.Span{at(c.content)}}
			if got := s.Clause(c.in)[0].Of(c.in); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if got := s.Words(c.in); got != c.content {
				t.Errorf("words %q, want %q", got, c.content)
			}
		})
	}
}
