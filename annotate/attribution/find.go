package attribution

import (
	"cmp"
	"slices"

	"dateline/annotate/attribution/trees"
	"dateline/annotate/syntax"
)

// A Model is what was fitted: the lexicon, the vocabulary of categories, the four ensembles
// of trees and the score from which a statement is given.
type Model struct {
	lexicon    *lexicon
	vocabulary *vocabulary

	cue, source, content, judge *trees.Model

	threshold float32
}

const (
	innerSure   = .6  // the same for a verb on which no clause hangs
	innerFloor  = .3  // lexicon's number from which a verb inside a content is tried as a cue
	relayFloor  = .5  // score from which a statement that holds others is given beside them
	cueFloor    = .05 // score from which a word is tried as a cue
	readFloor   = .1  // the same when reading: lower ones were never chosen, and cost as much
	sourceFloor = .3  // score from which a word is taken for the source
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
	score = make([]float32, len(r.v)/m.source.Columns)
	m.source.Score(r.v, score)
	for i, c := range a.frames {
		a.setSource(c, sources[i], score[:len(sources[i])])
		score = score[len(sources[i]):]
	}
	r.v = r.v[:0]
	for _, c := range a.frames {
		c.contents = a.candidates(c)
		a.contentRows(&r, c)
	}
	score = make([]float32, len(r.v)/m.content.Columns)
	m.content.Score(r.v, score)
	for _, c := range a.frames {
		n := len(c.contents)
		c.rank(score[:n])
		if score = score[n:]; c.inner {
			c.contents = c.contents[:min(judgedContents, n)]
		}
	}
	r.v = r.v[:0]
	all := a.rivals()
	for n := range all {
		a.judgeRows(&r, all, n)
	}
	score = make([]float32, len(r.v)/m.judge.Columns)
	m.judge.Score(r.v, score)
	for _, x := range all {
		n := min(judgedContents, len(x.c.contents))
		x.c.judge(score[:n])
		score = score[n:]
	}
}

// cueTable are the candidate cue heads and their rows.
func (a *article) cueTable(names *[]string) ([]int, []float32) {
	var heads []int
	var r row
	for t := range a.N {
		if a.candidate(t) {
			heads = append(heads, t)
			if len(heads) == 1 {
				r.names = names
			}
			a.cueRow(&r, t)
			r.names = nil
		}
	}
	return heads, r.v
}

// setCues takes the scores of the candidates and keeps those above the floor.
func (a *article) setCues(heads []int, x []float32, score []float32, floor float32) {
	if len(heads) == 0 {
		return
	}
	columns := len(x) / len(heads)
	for i, t := range heads {
		a.score[t] = score[i]
		if likely := score[i] >= floor; likely || a.innerCue(t) {
			a.frames = append(a.frames, &cue{head: t, score: score[i], features: x[i*columns : (i+1)*columns], subject: a.subjectOf(t), source: -1, inner: !likely})
		}
	}
}

// sourceRows adds the rows of the candidate source heads of a cue and returns these.
func (a *article) sourceRows(r *row, c *cue) []int {
	heads := a.sourceHeads(c.head, nil)
	for _, t := range heads {
		a.sourceRow(r, c, t)
		r.names = nil // named once
	}
	return heads
}

// setSource takes the best of the source heads, if it is good enough, and with it the extent
// of source and cue.
func (a *article) setSource(c *cue, heads []int, score []float32) {
	best := -1
	for i := range heads {
		if best < 0 || score[i] > score[best] {
			best = i
		}
	}
	c.source, c.srcScore, c.second = -1, 1, 0
	if best >= 0 {
		c.srcScore = 1 - score[best]
		if score[best] >= sourceFloor {
			c.source, c.srcScore = heads[best], score[best]
			c.srcSpan = []syntax.Range{a.sourceSpan(heads[best], c.head)}
		}
		for i := range heads {
			if heads[i] != c.source {
				c.second = max(c.second, score[i])
			}
		}
	}
	c.span = a.cueSpan(c.head, c.srcSpan)
}

// rank sorts the contents by the ranker's scores.
func (c *cue) rank(score []float32) {
	for i, k := range c.contents {
		k.score = score[i]
	}
	slices.SortStableFunc(c.contents, func(x, y *content) int { return cmp.Compare(y.score, x.score) })
}

// judge takes the judge's scores of the best contents and sorts those anew. The judge says
// whether the cue speaks at all, and before whom; which content it has is said by both, for
// the ranker knows better where words begin and end.
func (c *cue) judge(score []float32) {
	best := c.contents[:len(score)]
	top := float32(0)
	for i, k := range best {
		k.judged = score[i]
		top = max(top, score[i])
	}
	slices.SortStableFunc(best, func(x, y *content) int { return cmp.Compare(y.judged+2*y.score, x.judged+2*x.score) })
	for i, k := range best {
		k.judged = top - 1e-6*float32(i)
	}
	c.contents = best
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
func (a *article) choose(threshold float32) []choice {
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
	return a.around(all, out, done)
}

// inside are further statements that lie wholly in the content of one that was found: "[a
// source] said [Ruiz told them so]". The trees learned from texts marked in one layer and
// score such cues low, so the lexicon is asked instead: a verb with a subject of its own that
// is a cue more often than not with what hangs on it here, and of its contents the best
// ranked. Its source is inside too.
func (a *article) inside(found []Found) (out []choice) {
	done := map[int]bool{}
	for i := range found {
		done[found[i].Head] = true
	}
	for _, c := range a.frames {
		if done[c.head] || !a.innerCue(c.head) {
			continue
		}
		for i := range found {
			outer := found[i].Content
			if !has(outer, c.head) {
				continue
			}
			if !a.innerSource(c, outer) {
				continue
			}
			var best *content
			for _, k := range c.contents {
				if covers(outer, k.spans) && overlap(k.spans, c.srcSpan) == 0 && (best == nil || k.score > best.score) {
					best = k
				}
			}
			if best != nil {
				best.judged = max(best.judged, .8*a.pc[c.head])
				out = append(out, choice{c, best, true})
				done[c.head] = true
				break
			}
		}
	}
	return out
}

// innerSource gives a cue inside the content of another statement a source that is inside it
// too, its subject; it reports whether there is one.
func (a *article) innerSource(c *cue, outer []syntax.Range) bool {
	if c.source >= 0 && has(outer, c.source) {
		return true
	}
	if c.subject.token < 0 || !has(outer, c.subject.token) {
		return false
	}
	c.source, c.srcScore = c.subject.token, sourceFloor
	c.srcSpan = []syntax.Range{a.sourceSpan(c.source, c.head)}
	return true
}

// innerCue reports whether a verb is likely a cue by the lexicon alone: one of speaking or
// thinking, with a subject of its own and a clause or quotation hanging on it.
func (a *article) innerCue(t int) bool {
	if a.pc[t] < innerFloor || a.Pos[t] != syntax.PosVerb || a.pc[t] < .5 && !a.speaks(t) {
		return false
	}
	if sh := a.shape(t); a.pc[t] < innerSure && sh != clauseRight && sh != clauseLeft && sh < nearQuote {
		return false
	}
	s := a.subjectOf(t)
	return s.token >= 0 && (s.steps == 0 || s.steps == 1 && a.Dep[t] == syntax.DepConj)
}

// around adds the statements that hold others whole: "[Two officials] said that [Ruiz] told
// him so" is one of the officials and one of Ruiz, whichever is surer.
func (a *article) around(all, taken []choice, done []bool) []choice {
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
