package timevalue

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"dateline/news"
	"dateline/text"
)

// A Gold expression is one that an annotator marked.
type Gold struct {
	Span  text.Span `json:"span"`
	Type  string    `json:"type"`
	Value string    `json:"value"` // "" where it was left open
}

// A Document is a text with its expressions.
type Document struct {
	ID        string `json:"id"`
	Genre     string `json:"genre"`
	Text      string `json:"text"`
	Published string `json:"dct"`
	Times     []Gold `json:"timexes"`
}

// A Score has the counts behind the figures of TempEval-3.
//
// Source: UzZaman et al. 2013, "SemEval-2013 Task 1: TempEval-3": relaxed matches overlap,
// strict ones have the same span; the F1 of values is their accuracy on relaxed matches times
// the relaxed F1. Values are compared by Question, not by letters.
type Score struct {
	Gold, Found                          int
	Relaxed, Strict, Type, Value, Letter int
}

// F1 is the harmonic mean of precision and recall of so many right ones.
func (s Score) F1(right int) float64 {
	if right == 0 {
		return 0
	}
	return 2 * float64(right) / float64(s.Gold+s.Found)
}

// Add adds the counts of o.
func (s *Score) Add(o Score) {
	s.Gold += o.Gold
	s.Found += o.Found
	s.Relaxed += o.Relaxed
	s.Strict += o.Strict
	s.Type += o.Type
	s.Value += o.Value
	s.Letter += o.Letter
}

var openEnded = regexp.MustCompile(`^\.\./|^.*/\.\.$`)

// Compare scores the expressions found in a document. An event, which TIMEX3 does not have,
// that overlaps no gold expression does not count; neither do, where the gold marks only dates
// (datesOnly), durations, sets, references and what has no value.
func Compare(d Document, found []news.TimeExpression, datesOnly bool) Score {
	var goldSpans, ourSpans []text.Span
	for _, g := range d.Times {
		goldSpans = append(goldSpans, g.Span)
	}
	for _, f := range found {
		ourSpans = append(ourSpans, f.Span)
	}
	of := Match(goldSpans, ourSpans)
	s := Score{Gold: len(d.Times)}
	for k, f := range found {
		if slices.Contains(of, k) || f.Type != news.TimeEvent && (!datesOnly || isDate(f)) {
			s.Found++
		}
	}
	for i, k := range of {
		if k < 0 {
			continue
		}
		g, f := d.Times[i], found[k]
		s.Relaxed++
		for _, c := range []struct {
			n    *int
			same bool
		}{
			{&s.Strict, g.Span == f.Span}, {&s.Type, g.Type == string(f.Type)}, {&s.Letter, g.Value == f.Value},
			{&s.Value, Question{Gold: g.Value, Ours: f.Value, Words: g.Span.Of(d.Text), OurWords: f.Span.Of(d.Text), Published: d.Published, Type: g.Type}.Equal()},
		} {
			if c.same {
				*c.n++
			}
		}
	}
	return s
}

func isDate(f news.TimeExpression) bool {
	return f.Type != news.TimeDuration && f.Type != news.TimeSet && f.Value != "" && !slices.Contains(references, f.Value) &&
		!strings.HasPrefix(f.Value, "P") && !strings.HasPrefix(f.Value, "XXXX") && !openEnded.MatchString(f.Value)
}

// Match pairs spans one to one by the largest overlap, of equals the earlier, and returns for
// each of the gold the number of its partner, or -1.
func Match(gold, ours []text.Span) []int {
	type pair struct{ overlap, i, k int }
	var pairs []pair
	for i, g := range gold {
		for k, o := range ours {
			if n := min(g.End, o.End) - max(g.Start, o.Start); n > 0 {
				pairs = append(pairs, pair{n, i, k})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Or(b.overlap-a.overlap, a.i-b.i, a.k-b.k) })
	of := slices.Repeat([]int{-1}, len(gold))
	used := make([]bool, len(ours))
	for _, p := range pairs {
		if of[p.i] < 0 && !used[p.k] {
			of[p.i], used[p.k] = p.k, true
		}
	}
	return of
}
