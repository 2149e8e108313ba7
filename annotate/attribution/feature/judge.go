package feature

import (
	"cmp"
	"slices"

	"dateline/annotate/attribution/content"
	"dateline/annotate/attribution/word"
)

// JudgedContents is how many of a cue's contents, best first, are judged; window how far, in tokens,
// a cue looks for rivals.
const (
	JudgedContents = 4
	window         = 150
)

// A Rival is a cue with its best content, as its neighbours see it.
type Rival struct {
	Cue  *Cue
	best *content.Content
}

// Rivals are the cues that have a content, in text order.
func (a *Article) Rivals() (all []Rival) {
	for _, c := range a.Frames {
		if len(c.Contents) > 0 && !c.Inner {
			all = append(all, Rival{c, c.Contents[0]})
		}
	}
	return all
}

// JudgeRows adds a row for each of the best contents of the n-th rival: its own scores, the
// runners-up, and what other cues want with the same words.
func (a *Article) JudgeRows(r *Row, all []Rival, n int) {
	c := all[n].Cue
	lo, hi := n, n+1
	for lo > 0 && c.Head-all[lo-1].Cue.Head < window {
		lo--
	}
	for hi < len(all) && all[hi].Cue.Head-c.Head < window {
		hi++
	}
	mean, of := float32(0), 0
	for _, x := range all[max(0, n-3):min(len(all), n+4)] {
		mean += x.best.Score
		of++
	}
	mean /= float32(of)
	for rank, k := range c.Contents[:min(JudgedContents, len(c.Contents))] {
		a.judgeRow(r, c, k, rank, all[lo:hi], mean, float32(len(all))/float32(max(1, len(a.Units))))
		if r.Names != nil {
			return
		}
	}
}

func (a *Article) judgeRow(r *Row, c *Cue, k *content.Content, rank int, near []Rival, mean, density float32) {
	var others []*content.Content
	for _, o := range c.Contents[:min(JudgedContents, len(c.Contents))] {
		if o != k {
			others = append(others, o)
		}
	}
	second, third, agreeing := float32(0), float32(0), float32(0)
	for i, o := range others {
		switch i {
		case 0:
			second = o.Score
		case 1:
			third = o.Score
		}
		agreeing += o.Score * a.Jaccard(o.Spans, k.Spans)
	}
	first, last := k.Spans[0].Start, k.Spans[len(k.Spans)-1].End
	var inScore, outScore, inCue, outCue, mostOver, bestOver, sumOver float32
	for _, x := range near {
		if x.Cue == c {
			continue
		}
		if word.Has(k.Spans, x.Cue.Head) {
			inScore, inCue = max(inScore, x.best.Score), max(inCue, x.Cue.Score)
		}
		if word.Has(x.best.Spans, c.Head) {
			outScore, outCue = max(outScore, x.best.Score), max(outCue, x.Cue.Score)
		}
		if x.best.Spans[0].Start < last && x.best.Spans[len(x.best.Spans)-1].End > first {
			j := a.Jaccard(k.Spans, x.best.Spans)
			mostOver = max(mostOver, j)
			if j > .3 {
				bestOver = max(bestOver, x.best.Score)
				sumOver += x.best.Score
			}
		}
	}
	words, quoted, srcWords := 0, 0, 0
	for _, s := range k.Spans {
		words += s.Len()
		quoted += a.Quoted(s)
	}
	for _, s := range c.SrcSpan {
		srcWords += s.Len()
	}
	r.num("style", a.Style)
	r.num("score", k.Score)
	r.num("second", second)
	r.num("third", third)
	r.count("rank", rank)
	r.num("agreeing", agreeing)
	r.num("cue score", c.Score)
	r.num("source score", c.SrcScore)
	r.flag("source", c.Source >= 0)
	r.num("second source", c.second)
	r.num("content of cue inside", inScore)
	r.num("content around", outScore)
	r.num("cue inside", inCue)
	r.num("cue around", outCue)
	r.num("most overlap", mostOver)
	r.num("best overlapping", bestOver)
	r.num("sum overlapping", sumOver)
	r.count("pieces", len(k.Spans))
	r.count("size", k.Size)
	r.num("quoted", float32(quoted)/float32(max(1, words)))
	r.count("cue quoted", int(a.Quote[c.Head]))
	r.count("source words", srcWords)
	r.count("units before", a.Unit[first]-a.Unit[c.Head])
	r.count("units after", a.Unit[last-1]-a.Unit[c.Head])
	r.num("source class", a.Phrase(c.Source))
	r.num("p", a.P[c.Head])
	r.num("pc", a.PC[c.Head])
	r.num("density", density)
	r.num("mean nearby", mean)
}

// Judge takes the judge's scores of the best contents and sorts those anew. The judge says
// whether the cue speaks at all, and before whom; which content it has is said by both, for
// the ranker knows better where words begin and end.
func (c *Cue) Judge(score []float32) {
	best := c.Contents[:len(score)]
	top := float32(0)
	for i, k := range best {
		k.Judged = score[i]
		top = max(top, score[i])
	}
	slices.SortStableFunc(best, func(x, y *content.Content) int { return cmp.Compare(y.Judged+2*y.Score, x.Judged+2*x.Score) })
	for i, k := range best {
		k.Judged = top - 1e-6*float32(i)
	}
	c.Contents = best
}
