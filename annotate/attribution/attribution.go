package attribution

import (
	_ "embed"
	"fmt"
	"sync"

	"dateline/annotate/syntax"
	"dateline/news"
)

//go:embed model.bin
var packed []byte

var embedded = sync.OnceValue(func() *Model {
	m, err := Read(packed)
	if err != nil {
		panic("attribution: embedded model: " + err.Error())
	}
	return m
})

// Found is one statement, in tokens of the parsed text.
type Found struct {
	ID         int          // its place in the list as found; Within names another's
	Head       int          // the word that heads the cue, -1 if there is no cue
	Cue        syntax.Range // empty if there is no cue
	Source     syntax.Range // empty if there is no source
	SourceHead int          // -1 if there is none
	Content    []syntax.Range
	Mode       news.Mode
	Within     int // ID of the statement in whose content it lies, -1 if none
	Confidence float64
	Reasons    []news.Reason
}

// Find finds the statements of a parsed text.
func Find(d *syntax.Doc) []Found {
	m := embedded()
	a := newArticle(d, m.lexicon, m.vocabulary)
	m.decide(a)
	var out []Found
	for i, x := range a.choose(m.threshold) {
		f := Found{ID: i, Head: x.cue.head, Cue: x.cue.span, SourceHead: x.cue.source, Content: x.content.spans, Mode: a.mode(x.content.spans), Within: -1, Confidence: float64(x.content.judged)}
		if x.cue.source >= 0 {
			if left := minus(x.cue.srcSpan, x.content.spans); len(left) > 0 {
				f.Source = left[0]
			} else {
				f.Source = x.cue.srcSpan[0]
			}
		}
		if x.nested {
			for _, o := range out {
				if o.Within < 0 && covers(o.Content, x.content.spans) {
					f.Within = o.ID
				}
			}
		}
		f.Reasons = []news.Reason{{Rule: "cue", Detail: fmt.Sprintf("%q, %.2f", a.Lower[x.cue.head], x.cue.score)}}
		out = append(out, f)
	}
	return out
}

// mode is direct if all but a few tokens of the content stand in quotation marks, mixed if
// some do.
func (a *article) mode(spans []syntax.Range) news.Mode {
	n, quoted := 0, 0
	for _, r := range spans {
		for i := r.Start; i < r.End; i++ {
			n++
			if a.Quote[i] != 0 {
				quoted++
			}
		}
	}
	switch {
	case float64(quoted) > .9*float64(n):
		return news.Direct
	case quoted > 0:
		return news.Mixed
	}
	return news.Indirect
}
