// Package attribution measures who said what against gold: contents matched one to one,
// sources compared, spans compared to the byte.
//
// The ledger metric: gold and found statements are matched one to one where the bytes of their
// contents have a Jaccard index of at least a half, the best pairs first; a matched pair is
// right when the sources agree too. Two people who annotated the same articles of PolNeAR agree
// by it at .793 of the contents and .753 with the source, which is as far as it can mean
// anything.
package attribution

import (
	"cmp"
	"math"
	"slices"

	"dateline/news"
	"dateline/text"
)

// LeastOverlap is the Jaccard index of their contents from which two statements are one.
const LeastOverlap = .5

// Spans are ranges of one text, in order, apart from one another.
type Spans []text.Span

// Merge makes any ranges Spans: in order, empty ones left out, touching ones joined.
func Merge(ranges ...text.Span) Spans {
	sorted := slices.SortedFunc(slices.Values(ranges), func(a, b text.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	var out Spans
	for _, s := range sorted {
		if s.Empty() {
			continue
		}
		if last := len(out) - 1; last >= 0 && s.Start <= out[last].End {
			out[last].End = max(out[last].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// Size is the number of bytes.
func (a Spans) Size() int {
	n := 0
	for _, s := range a {
		n += s.Len()
	}
	return n
}

// Common is the number of bytes that both hold.
func (a Spans) Common(b Spans) int {
	n := 0
	for _, s := range a {
		for _, t := range b {
			n += max(0, min(s.End, t.End)-max(s.Start, t.Start))
		}
	}
	return n
}

// Jaccard is the share of the bytes of either that both hold, in [0,1].
func (a Spans) Jaccard(b Spans) float64 {
	both := a.Common(b)
	if both == 0 {
		return 0
	}
	return float64(both) / float64(a.Size()+b.Size()-both)
}

// A Found statement is one of ours, with the names it refers to.
type Found struct {
	Content, Cue, Source Spans
	Mode                 news.Mode
	Spoken               bool   // a speaker is known
	Name                 string // of the speaker; "" if unknown
	Anonymous            bool
	Addressee            Spans
	AddresseeName        string
	Said                 string // EDTF, "" if unknown
	Relayed              int    // how many relay it
	Nested               bool   // lies in the content of another statement of ours
	Confidence           float64
}

// A Gold statement is what an annotator marked.
type Gold struct {
	Content, Cue, Source Spans
	Type                 news.Mode
	Speaker              string // name of the speaker; "" if there is none to compare
}

// nestedShare is how much of a content must lie inside another for it to be nested there.
const nestedShare = .9

// FoundIn are the statements of the annotated articles of one page, in their order.
func FoundIn(page []news.Annotation) []Found {
	var out []Found
	for _, a := range page {
		entities := map[news.EntityID]news.Entity{}
		for _, e := range a.Entities {
			entities[e.ID] = e
		}
		contents := map[news.StatementID]Spans{}
		for _, s := range a.Statements {
			contents[s.ID] = Merge(s.Clause(a.Article.Text)...)
		}
		for _, s := range a.Statements {
			f := Found{
				Content: contents[s.ID], Cue: Merge(s.Cue...), Source: Merge(s.Source), Mode: s.Mode,
				Spoken: s.Speaker.Name != "", Addressee: Merge(s.Addressee.Span), Said: s.Said.When.String(), Relayed: len(s.RelayedBy), Confidence: s.Confidence,
			}
			if f.Spoken {
				f.Name = s.Speaker.Name
				f.Anonymous = s.Speaker.Anonymous || entities[s.Speaker.Entity].Anonymous
			}
			if len(f.Addressee) > 0 {
				f.AddresseeName = entities[s.Addressee.Entity].Name
			}
			if outer := contents[s.Within]; s.Within != "" {
				f.Nested = float64(outer.Common(f.Content)) >= nestedShare*float64(f.Content.Size()) && outer.Size() > f.Content.Size()
			}
			out = append(out, f)
		}
	}
	return out
}

// Pairs matches gold and found contents one to one: best overlap first; of equals the pair
// whose sources agree, then the earlier. It returns for each gold statement the number of its
// partner, or -1.
func Pairs(gold, found []Spans, agree func(gold, found int) bool) []int {
	type pair struct {
		overlap float64
		agree   bool
		i, j    int
	}
	var pairs []pair
	for i, g := range gold {
		for j, f := range found {
			if v := g.Jaccard(f); v >= LeastOverlap {
				pairs = append(pairs, pair{math.Round(v * 1e6), agree(i, j), i, j})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		if c := cmp.Compare(b.overlap, a.overlap); c != 0 {
			return c
		}
		if a.agree != b.agree {
			if a.agree {
				return -1
			}
			return 1
		}
		return cmp.Or(a.i-b.i, a.j-b.j)
	})
	of := make([]int, len(gold))
	for i := range of {
		of[i] = -1
	}
	used := make([]bool, len(found))
	for _, p := range pairs {
		if of[p.i] < 0 && !used[p.j] {
			of[p.i] = p.j
			used[p.j] = true
		}
	}
	return of
}

// SourcesAgree reports whether the sources overlap, or both have none.
func SourcesAgree(g Gold, f Found) bool {
	if len(g.Source) == 0 || len(f.Source) == 0 {
		return len(g.Source) == len(f.Source)
	}
	return g.Source.Common(f.Source) > 0
}

// A Score is precision, recall and F1 by counts.
type Score struct{ Right, Found, Gold int }

// Precision is the share of what was found that is right.
func (s Score) Precision() float64 { return ratio(s.Right, s.Found) }

// Recall is the share of the gold that was found.
func (s Score) Recall() float64 { return ratio(s.Right, s.Gold) }

// F1 is the harmonic mean of the two.
func (s Score) F1() float64 { return ratio(2*s.Right, s.Found+s.Gold) }

// Add adds the counts of o.
func (s *Score) Add(o Score) {
	s.Right, s.Found, s.Gold = s.Right+o.Right, s.Found+o.Found, s.Gold+o.Gold
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}
