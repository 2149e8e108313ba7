package annotate

import (
	"slices"
	"strings"

	"dateline/annotate/frame"
	"dateline/annotate/mention"
	"dateline/annotate/syntax"
	"dateline/news"
	"dateline/text"
)

// The opening of a report is its first paragraph and, where that is short, as in papers that
// give every sentence a paragraph, what follows up to leadWords words. A third sentence tells
// background more often than news.
const (
	leadWords     = 30
	leadSentences = 3
)

// leadSpans is where the article tells its news: its title, its dek, its opening sentences.
func leadSpans(a news.Article) (spans []text.Span) {
	sentences := a.Sentences
	words, taken := 0, 0
	for _, s := range a.Segments {
		if !a.Range.Contains(s.Span) {
			continue
		}
		switch s.Kind {
		case news.Title, news.Dek:
			spans = append(spans, s.Span)
		case news.Body:
			for len(sentences) > 0 && sentences[0].Start < s.Span.Start {
				sentences = sentences[1:]
			}
			for len(sentences) > 0 && s.Span.Contains(sentences[0]) && taken < leadSentences && words < leadWords {
				spans = append(spans, sentences[0])
				words += len(strings.Fields(sentences[0].Of(a.Text)))
				taken++
				sentences = sentences[1:]
			}
		}
	}
	return spans
}

// lead is what the article reports as news.
func (r *reading) lead(out *news.Annotation, dates []dated) news.Lead {
	d := r.d
	l := news.Lead{Spans: leadSpans(r.a)}
	ranges := d.Tokens(l.Spans)
	in := func(s text.Span) bool {
		return slices.ContainsFunc(l.Spans, func(x text.Span) bool { return x.Contains(s) })
	}
	l.Quantities, l.Heads = frame.Quantities(d, ranges), distinct(frame.Heads(d, ranges))
	for _, x := range ranges {
		for i := x.Start; i < x.End; i++ {
			if d.Pos[i] == syntax.PosVerb && !slices.Contains(l.Predicates, d.Lemma[i]) {
				l.Predicates = append(l.Predicates, d.Lemma[i])
			}
		}
	}
	for _, t := range out.Times {
		if in(t.Span) {
			l.Times = append(l.Times, t.Span)
		}
	}
	type first struct {
		e  news.Entity
		at int
	}
	var named []first
	for _, e := range out.Entities {
		byName := slices.ContainsFunc(e.Mentions, func(m news.Mention) bool { return m.Kind == news.ByName })
		if i := slices.IndexFunc(e.Mentions, func(m news.Mention) bool { return in(m.Span) }); byName && i >= 0 {
			named = append(named, first{e, e.Mentions[i].Span.Start})
		}
	}
	slices.SortStableFunc(named, func(x, y first) int { return x.at - y.at })
	for _, n := range named {
		l.Entities = append(l.Entities, n.e.ID)
		if n.e.Type == news.Place {
			l.Places = append(l.Places, n.e.ID)
		}
	}
	if published := r.publishedBy(); !published.IsZero() {
		if day := r.leadDay(dates, published); day != nil {
			l.Happened = day.when
		}
	}
	return l
}

func distinct(words []string) (out []string) {
	for _, w := range words {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// named tells what a mention names, for package issue.
func named(f *mention.Finder) func(head int) (string, news.EntityType) {
	return func(head int) (string, news.EntityType) {
		if e := f.At(head); e >= 0 && f.Named(e) {
			return f.Name(e), f.Type(e)
		}
		return "", ""
	}
}
