package attribution

import (
	"cmp"
	"slices"
)

// judged is how many of a cue's contents, best first, are judged; window how far, in tokens,
// a cue looks for rivals.
const (
	judgedContents = 4
	window         = 150
)

// A rival is a cue with its best content, as its neighbours see it.
type rival struct {
	cue  *cue
	best *content
}

// rivals are the cues that have a content, in text order.
func (a *article) rivals() (all []rival) {
	for _, c := range a.frames {
		if len(c.contents) > 0 && !c.inner {
			all = append(all, rival{c, c.contents[0]})
		}
	}
	return all
}

// judgeRows adds a row for each of the best contents of the n-th rival: its own scores, the
// runners-up, and what other cues want with the same words.
func (a *article) judgeRows(r *row, all []rival, n int) {
	c := all[n].cue
	lo, hi := n, n+1
	for lo > 0 && c.head-all[lo-1].cue.head < window {
		lo--
	}
	for hi < len(all) && all[hi].cue.head-c.head < window {
		hi++
	}
	mean, of := float32(0), 0
	for _, x := range all[max(0, n-3):min(len(all), n+4)] {
		mean += x.best.score
		of++
	}
	mean /= float32(of)
	for rank, k := range c.contents[:min(judgedContents, len(c.contents))] {
		a.judgeRow(r, c, k, rank, all[lo:hi], mean, float32(len(all))/float32(max(1, len(a.Units))))
		if r.names != nil {
			return
		}
	}
}

func (a *article) judgeRow(r *row, c *cue, k *content, rank int, near []rival, mean, density float32) {
	var others []*content
	for _, o := range c.contents[:min(judgedContents, len(c.contents))] {
		if o != k {
			others = append(others, o)
		}
	}
	second, third, agreeing := float32(0), float32(0), float32(0)
	for i, o := range others {
		switch i {
		case 0:
			second = o.score
		case 1:
			third = o.score
		}
		agreeing += o.score * a.jaccard(o.spans, k.spans)
	}
	first, last := k.spans[0].Start, k.spans[len(k.spans)-1].End
	var inScore, outScore, inCue, outCue, mostOver, bestOver, sumOver float32
	for _, x := range near {
		if x.cue == c {
			continue
		}
		if has(k.spans, x.cue.head) {
			inScore, inCue = max(inScore, x.best.score), max(inCue, x.cue.score)
		}
		if has(x.best.spans, c.head) {
			outScore, outCue = max(outScore, x.best.score), max(outCue, x.cue.score)
		}
		if x.best.spans[0].Start < last && x.best.spans[len(x.best.spans)-1].End > first {
			j := a.jaccard(k.spans, x.best.spans)
			mostOver = max(mostOver, j)
			if j > .3 {
				bestOver = max(bestOver, x.best.score)
				sumOver += x.best.score
			}
		}
	}
	words, quoted, srcWords := 0, 0, 0
	for _, s := range k.spans {
		words += s.Len()
		quoted += a.Quoted(s)
	}
	for _, s := range c.srcSpan {
		srcWords += s.Len()
	}
	r.num("style", a.style)
	r.num("score", k.score)
	r.num("second", second)
	r.num("third", third)
	r.count("rank", rank)
	r.num("agreeing", agreeing)
	r.num("cue score", c.score)
	r.num("source score", c.srcScore)
	r.flag("source", c.source >= 0)
	r.num("second source", c.second)
	r.num("content of cue inside", inScore)
	r.num("content around", outScore)
	r.num("cue inside", inCue)
	r.num("cue around", outCue)
	r.num("most overlap", mostOver)
	r.num("best overlapping", bestOver)
	r.num("sum overlapping", sumOver)
	r.count("pieces", len(k.spans))
	r.count("size", k.size)
	r.num("quoted", float32(quoted)/float32(max(1, words)))
	r.count("cue quoted", int(a.Quote[c.head]))
	r.count("source words", srcWords)
	r.count("units before", a.Unit[first]-a.Unit[c.head])
	r.count("units after", a.Unit[last-1]-a.Unit[c.head])
	r.num("source class", a.phrase(c.source))
	r.num("p", a.p[c.head])
	r.num("pc", a.pc[c.head])
	r.num("density", density)
	r.num("mean nearby", mean)
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
