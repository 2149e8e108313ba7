package attribution

import (
	"dateline/eval/score"
	"dateline/news"
	"dateline/text"
)

// A Tally adds up the ledger metric over documents.
//
// A found statement inside the content of another that is matched is no error where the gold
// has no layer for it: up to a quarter of a document's statements are left out so.
type Tally struct {
	Content Score // contents alone
	Sourced Score // contents and sources
	ByMode  map[news.Mode]ModeScore
}

// A ModeScore looks at one mode of saying: recall over the gold of that type, precision over
// what we say is of it.
type ModeScore struct{ Gold, Found Score }

// F1 is the harmonic mean of the two.
func (m ModeScore) F1() float64 {
	p, r := m.Found.Precision(), m.Gold.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// Add compares the statements of one document and returns the partner of each gold statement,
// or -1.
func (t *Tally) Add(gold []Gold, found []Found) []int {
	of := Pairs(contentsOf(gold), contentsFound(found), func(i, j int) bool { return SourcesAgree(gold[i], found[j]) })
	counts := kept(found, of)
	doc := Score{Gold: len(gold)}
	for j := range found {
		if counts[j] {
			doc.Found++
		}
	}
	sourced := doc
	if t.ByMode == nil {
		t.ByMode = map[news.Mode]ModeScore{}
	}
	mode := func(m news.Mode, gold, found Score) {
		sum := t.ByMode[m]
		sum.Gold.Add(gold)
		sum.Found.Add(found)
		t.ByMode[m] = sum
	}
	for _, g := range gold {
		mode(g.Type, Score{Gold: 1}, Score{})
	}
	for j, f := range found {
		if counts[j] {
			mode(f.Mode, Score{}, Score{Found: 1})
		}
	}
	for i, j := range of {
		if j < 0 {
			continue
		}
		doc.Right++
		if SourcesAgree(gold[i], found[j]) {
			sourced.Right++
			mode(gold[i].Type, Score{Right: 1}, Score{})
			mode(found[j].Mode, Score{}, Score{Right: 1})
		}
	}
	t.Content.Add(doc)
	t.Sourced.Add(sourced)
	return of
}

// Figures are those of the ledger metric; prefix tells apart the parts of a set.
func (t *Tally) Figures(prefix string) []score.Figure {
	return []score.Figure{
		{Metric: prefix + "F1 with source", Value: t.Sourced.F1(), N: t.Sourced.Gold},
		{Metric: prefix + "precision with source", Value: t.Sourced.Precision(), N: t.Sourced.Found},
		{Metric: prefix + "recall with source", Value: t.Sourced.Recall(), N: t.Sourced.Gold},
		{Metric: prefix + "F1 content only", Value: t.Content.F1(), N: t.Content.Gold},
	}
}

// kept tells which found statements count.
func kept(found []Found, of []int) []bool {
	matched := map[int]bool{}
	for _, j := range of {
		if j >= 0 {
			matched[j] = true
		}
	}
	counts := make([]bool, len(found))
	excused := 0
	for j, f := range found {
		counts[j] = true
		if matched[j] || !f.Nested || excused == len(found)/4 {
			continue
		}
		for k := range matched {
			if float64(found[k].Content.Common(f.Content)) >= nestedShare*float64(f.Content.Size()) {
				counts[j] = false
				excused++
				break
			}
		}
	}
	return counts
}

func contentsOf(gold []Gold) []Spans {
	out := make([]Spans, len(gold))
	for i, g := range gold {
		out[i] = g.Content
	}
	return out
}

func contentsFound(found []Found) []Spans {
	out := make([]Spans, len(found))
	for i, f := range found {
		out[i] = f.Content
	}
	return out
}

// An Exact score compares the spans of each part by themselves, to the byte: no matching of
// statements, no linking of parts. Nested statements of ours are left out, for the published
// figures come from a form that gives a token one label.
//
// Source: Wang et al. 2021, "CofeNet: Context and former-label enhanced net for complicated
// quotation extraction", whose figures compare first and last token.
type Exact struct{ Source, Cue, Content Score }

// Add compares the spans of one document.
func (e *Exact) Add(gold []Gold, found []Found) {
	for _, part := range []struct {
		sum  *Score
		gold func(Gold) Spans
		ours func(Found) Spans
	}{
		{&e.Source, func(g Gold) Spans { return g.Source }, func(f Found) Spans { return f.Source }},
		{&e.Cue, func(g Gold) Spans { return g.Cue }, func(f Found) Spans { return f.Cue }},
		{&e.Content, func(g Gold) Spans { return g.Content }, func(f Found) Spans { return f.Content }},
	} {
		want, got := map[text.Span]bool{}, map[text.Span]bool{}
		for _, g := range gold {
			for _, s := range part.gold(g) {
				want[s] = true
			}
		}
		for _, f := range found {
			if f.Nested {
				continue
			}
			for _, s := range part.ours(f) {
				got[s] = true
			}
		}
		n := Score{Gold: len(want), Found: len(got)}
		for s := range got {
			if want[s] {
				n.Right++
			}
		}
		part.sum.Add(n)
	}
}

// cuelessShare is how many of the statements without a cue may be no error on gold that marks
// only those with one.
const cuelessShare = 4

// WithCues are the found statements as gold counts them that marks only what has a cue: a
// speaker's turn and a free-standing quotation are statements too, so those without a cue are
// left out unless the gold has them, up to a quarter of the number of those with one.
//
// Source: the attributions of GUM (Zeldes 2017), drawn from its discourse trees.
func WithCues(found []Found, gold []Gold) []Found {
	var with, bare []Found
	for _, f := range found {
		if len(f.Cue) > 0 {
			with = append(with, f)
		} else {
			bare = append(bare, f)
		}
	}
	free := min(len(bare), len(found)/cuelessShare)
	with = append(with, bare[free:]...)
	for _, f := range bare[:free] {
		for _, g := range gold {
			if f.Content.Jaccard(g.Content) >= LeastOverlap {
				with = append(with, f)
				break
			}
		}
	}
	return with
}
