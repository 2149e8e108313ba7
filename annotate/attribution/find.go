package attribution

import (
	"cmp"
	"slices"

	"dateline/annotate/attribution/trees"
)

// A Model is what was fitted: the lexicon, the vocabulary of categories, the four ensembles
// of trees and the score from which a statement is given.
type Model struct {
	lexicon    *lexicon
	vocabulary *vocabulary

	cue, source, content, judge *trees.Model

	threshold float32
}

// SetThreshold sets the score from which a statement is given.
func (m *Model) SetThreshold(score float32) { m.threshold = score }

// newModel is a model that knows nothing.
func newModel() *Model {
	return &Model{lexicon: &lexicon{ids: map[string]int32{}, counts: map[key]count{}}, vocabulary: &vocabulary{words: map[string]uint16{}, paths: map[uint64]uint16{}, relations: map[rel]uint16{}}}
}

// Scores from which something is tried or given.
const (
	relayFloor = .5 // score from which a statement that holds others is given beside them
	readFloor  = .1 // score from which a word is tried as a cue: lower ones, see fit, were never chosen, and cost as much
)

// decide runs the four deciders over an article.
func (m *Model) decide(a *article) {
	heads, x := a.cueTable(nil)
	score := make([]float32, len(heads))
	m.cue.Score(x, score)
	a.setCues(heads, x, score, readFloor)
	// One table for all cues of the article: the trees are walked over many rows at a time.
	var sources [][]int
	var r row
	for _, c := range a.frames {
		sources = append(sources, a.sourceRows(&r, c))
	}
	score = make([]float32, len(r.values)/m.source.Columns)
	m.source.Score(r.values, score)
	for i, c := range a.frames {
		a.setSource(c, sources[i], score[:len(sources[i])])
		score = score[len(sources[i]):]
	}
	r.values = r.values[:0]
	for _, c := range a.frames {
		c.contents = candidates(&a.table, c.head, c.span, c.srcSpan)
		a.contentRows(&r, c)
	}
	score = make([]float32, len(r.values)/m.content.Columns)
	m.content.Score(r.values, score)
	for _, c := range a.frames {
		n := len(c.contents)
		c.rank(score[:n])
		if score = score[n:]; c.inner {
			c.contents = c.contents[:min(judgedContents, n)]
		}
	}
	r.values = r.values[:0]
	all := a.rivals()
	for n := range all {
		a.judgeRows(&r, all, n)
	}
	score = make([]float32, len(r.values)/m.judge.Columns)
	m.judge.Score(r.values, score)
	for _, x := range all {
		n := min(judgedContents, len(x.cue.contents))
		x.cue.judge(score[:n])
		score = score[n:]
	}
}

// A choice is a cue with the content it got.
type choice struct {
	cue     *cue
	content *content
	nested  bool // lies inside the content of another
}

// choose gives out contents, the surest pair of cue and content first: a cue gets one, no two
// share a word, none holds a cue that was taken, unless that stands in quotation marks.
// Statements wholly inside another's content are kept as nested.
func choose(a *article, threshold float32) []choice {
	var all []choice
	for _, c := range a.frames {
		for _, k := range c.contents {
			if k.judged >= threshold {
				all = append(all, choice{cue: c, content: k})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y choice) int { return cmp.Compare(y.content.judged, x.content.judged) })
	const free, said, cued = 0, 1, 2
	used := make([]uint8, a.N)
	done := make([]bool, a.N)
	var out []choice
	for _, x := range all {
		h := x.cue.head
		if done[h] || used[h] == cued {
			continue
		}
		n, over, inCue := 0, 0, false
		for _, s := range x.content.spans {
			n += s.Len()
			for i := s.Start; i < s.End; i++ {
				if used[i] == said {
					over++
				}
				inCue = inCue || used[i] == cued && a.Quote[i] == 0
			}
		}
		switch {
		case over == 0 && !inCue && used[h] == free:
			for _, s := range x.content.spans {
				for i := s.Start; i < s.End; i++ {
					used[i] = said
				}
			}
			for i := x.cue.span.Start; i < x.cue.span.End; i++ {
				used[i] = cued
			}
		case used[h] == said && over == n:
			x.nested = true
		default:
			continue
		}
		done[h] = true
		out = append(out, x)
	}
	return around(all, out, done)
}

// around adds the statements that hold others whole: "[Two officials] said that [Ruiz] told
// him so" is one of the officials and one of Ruiz, whichever is surer.
func around(all, taken []choice, done []bool) []choice {
	for _, x := range all {
		if done[x.cue.head] || x.content.judged < relayFloor {
			continue
		}
		holds, cuts := 0, false
		for _, y := range taken {
			inner := append(slices.Clone(y.content.spans), y.cue.span)
			n := 0
			for _, s := range inner {
				n += s.Len()
			}
			switch o := overlap(x.content.spans, inner); {
			case x.cue.span.Has(y.cue.head) || has(y.content.spans, x.cue.head) && !covers(y.content.spans, x.content.spans):
				cuts = true
			case o == 0:
			case o == n:
				holds++
			default:
				cuts = true
			}
			if cuts {
				break
			}
		}
		if holds > 0 && !cuts {
			done[x.cue.head] = true
			taken = append(taken, x)
		}
	}
	return taken
}
