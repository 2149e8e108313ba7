package account

import (
	"strings"

	"dateline/ledger/book"
	"dateline/news"
	"dateline/text"
)

// A Sentence is one of an article's title, standfirst, body or captions, whole, without the dateline in front.
// It is for choosing sentences, not for comparing what they say: of its words no more is read than is asked.
type Sentence struct {
	In       *book.Article
	Span     text.Span
	Kind     news.Kind // of the segment it stands in
	Question bool
	Times    []Time
}

// Sentences are those of an article that have a word that means something.
func Sentences(a *book.Article) (out []*Sentence) {
	r := reader{a: a}
	for _, s := range a.Article.Sentences {
		if !a.Article.Range.Empty() && !a.Article.Range.Contains(s) {
			continue
		}
		for _, g := range a.Article.Segments {
			if g.Span.Overlaps(s) && g.Kind == news.Dateline && g.Span.Start <= s.Start+1 && g.Span.End < s.End {
				s.Start = g.Span.End
			}
		}
		if s = s.Trim(a.Article.Text); means(a.Article.Text, s) {
			out = append(out, &Sentence{In: a, Span: s, Kind: r.kind(s), Question: asks(s.Of(a.Article.Text)), Times: r.times(s)})
		}
		if len(out) == most {
			break
		}
	}
	return out
}

// Text is the sentence in its own words.
func (s *Sentence) Text() string { return s.Span.Of(s.In.Article.Text) }

// Future reports whether it tells what is promised, planned or expected.
func (s *Sentence) Future() bool {
	x := Account{In: s.In, Span: s.Span, Kind: s.Kind, Words: plainWords(s.In.Article.Text, s.Span)}
	x.outlook()
	return x.Future
}

// means reports whether a stretch has a word that means something.
func means(t string, s text.Span) (means bool) {
	eachWord(t, s, func(w Word) bool {
		means = Stem(w.Lower) != ""
		return !means
	})
	return means
}

// asks reports whether words end with a question mark.
func asks(words string) bool {
	return strings.HasSuffix(strings.TrimRight(words, "\"'”’ "), "?")
}
