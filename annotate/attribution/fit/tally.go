package fit

import (
	"cmp"
	"slices"

	"dateline/annotate/attribution"
	"dateline/annotate/attribution/decide"
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/text"
)

// A Tally counts what was found against what was marked: contents are paired one to one where
// the Jaccard index of their bytes is .5 or more, the best overlap first; a pair is right
// when the sources overlap too, or both are absent. It is the measure by which the threshold
// is chosen; a found statement nested in another counts only where it is right.
type Tally struct{ Gold, Found, Content, Right int }

// Result is one statement found, in bytes.
type Result struct {
	Source, Cue, Content []text.Span
	Score                float32
	Nested               bool
}

// Add compares one article.
func (t *Tally) Add(gold []Marked, found []Result) (right []bool) {
	type pair struct {
		j        float64
		disagree bool
		g, f     int
	}
	var pairs []pair
	for g := range gold {
		for f := range found {
			if j := byteJaccard(gold[g].Content, found[f].Content); j >= .5 {
				pairs = append(pairs, pair{j, !agree(gold[g].Source, found[f].Source), g, f})
			}
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int {
		if c := cmp.Compare(y.j, x.j); c != 0 {
			return c
		}
		if x.disagree != y.disagree {
			if y.disagree {
				return -1
			}
			return 1
		}
		return cmp.Or(x.g-y.g, x.f-y.f)
	})
	right = make([]bool, len(found))
	gs, fs := map[int]bool{}, map[int]bool{}
	for _, p := range pairs {
		if gs[p.g] || fs[p.f] {
			continue
		}
		gs[p.g], fs[p.f] = true, true
		t.Content++
		if !p.disagree {
			t.Right++
			right[p.f] = true
		}
	}
	t.Gold += len(gold)
	for f := range found {
		if !found[f].Nested || fs[f] {
			t.Found++
		}
	}
	return right
}

// WithSource is the F1 of statements whose source is right too.
func (t *Tally) WithSource() float64 { return 2 * float64(t.Right) / float64(max(1, t.Gold+t.Found)) }

// ContentOnly is the F1 of contents, whatever their source.
func (t *Tally) ContentOnly() float64 {
	return 2 * float64(t.Content) / float64(max(1, t.Gold+t.Found))
}

func agree(x, y []text.Span) bool {
	if len(x) == 0 || len(y) == 0 {
		return len(x) == 0 && len(y) == 0
	}
	return common(x, y) > 0
}

func common(x, y []text.Span) (n int) {
	for _, a := range x {
		for _, b := range y {
			n += max(0, min(a.End, b.End)-max(a.Start, b.Start))
		}
	}
	return n
}

func length(x []text.Span) (n int) {
	for _, a := range x {
		n += a.Len()
	}
	return n
}

func byteJaccard(x, y []text.Span) float64 {
	c := common(x, y)
	if c == 0 {
		return 0
	}
	return float64(c) / float64(length(x)+length(y)-c)
}

// bytes turns choices into results.
func (s *sample) bytes(all []decide.Choice) (out []Result) {
	spans := func(rs []syntax.Range) (b []text.Span) {
		for _, r := range rs {
			b = append(b, s.Bytes(r))
		}
		return b
	}
	for _, x := range all {
		out = append(out, Result{spans(word.Minus(word.Norm(slices.Clone(x.Cue.SrcSpan)), x.Content.Spans)), spans([]syntax.Range{x.Cue.Span}), spans(x.Content.Spans), x.Content.Judged, x.Nested})
	}
	return out
}

// Evaluate finds the statements of a parsed text as bare spans, for measuring.
func Evaluate(m *decide.Model, d *syntax.Doc) (out []Result) {
	spans := func(rs ...syntax.Range) (s []text.Span) {
		for _, r := range rs {
			if r.Len() > 0 {
				s = append(s, d.Bytes(r))
			}
		}
		return s
	}
	for _, f := range attribution.FindBy(m, d) {
		out = append(out, Result{spans(f.Source), spans(f.Cue), spans(f.Content...), float32(f.Confidence), f.Within >= 0})
	}
	return out
}
