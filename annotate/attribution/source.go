package attribution

import (
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
)

// sourceFloor is the score from which a word is taken for the source.
const sourceFloor = .3

// nominal reports whether a word can head a source.
func (a *article) nominal(t int) bool {
	if nounish(a.Pos[t]) {
		return true
	}
	switch a.Dep[t] {
	case syntax.DepNsubj, syntax.DepNsubjpass, syntax.DepPobj, syntax.DepPoss:
		return a.Pos[t] == syntax.PosNum || a.Pos[t] == syntax.PosAdj || a.Pos[t] == syntax.PosDet || a.Pos[t] == syntax.PosVerb
	}
	return false
}

// reach bounds the words of a unit that are tried as the source of one cue.
const reach = 120

// sourceHeads are the words that may head the source of cue h: the nominal words of its unit,
// without the front parts of proper names, and the subjects of the unit before.
func (a *article) sourceHeads(h int, into []int) []int {
	u := a.Units[a.Unit[h]]
	for t := max(u.Start, h-reach); t < min(u.End, h+reach); t++ {
		front := (a.Dep[t] == syntax.DepCompound || a.Dep[t] == syntax.DepNmod) && a.Pos[t] == syntax.PosPropn && a.Pos[a.Head[t]] == syntax.PosPropn
		if t != h && !front && a.nominal(t) {
			into = append(into, t)
		}
	}
	if n := a.Unit[h]; n > 0 {
		b := a.Units[n-1]
		for t := max(b.Start, b.End-reach); t < b.End; t++ {
			if a.Subject(t) && a.Quote[t] != syntax.Double {
				into = append(into, t)
			}
		}
	}
	return into
}

// A path is the way from a cue head to another word: edges up, then edges down.
type path struct {
	up, down [8]syntax.Dep
	nup, nd  int
	ok       bool
}

func (a *article) path(h, t int) (p path) {
	var above [9]int
	n := 1
	above[0] = h
	for x := h; !a.Root(x) && n < len(above); n++ {
		x = a.Head[x]
		above[n] = x
	}
	for y := t; ; y = a.Head[y] {
		for i := range n {
			if above[i] == y {
				for k := range i {
					p.up[k] = a.Dep[above[k]]
				}
				p.nup, p.ok = i, true
				return p
			}
		}
		if p.nd == len(p.down) || a.Root(y) {
			return p
		}
		p.down[p.nd] = a.Dep[y]
		p.nd++
	}
}

// code tells one path from another (FNV-1a of its labels).
func (p path) code() uint64 {
	h := uint64(14695981039346656037)
	add := func(b byte) { h = (h ^ uint64(b)) * 1099511628211 }
	for _, d := range p.up[:p.nup] {
		add(byte(d))
	}
	add(255)
	for _, d := range p.down[:p.nd] {
		add(byte(d))
	}
	return h
}

// sourceRow adds the features by which word t is judged to head the source of cue c.
func (a *article) sourceRow(r *row, c *cue, t int) {
	h := c.head
	p := a.path(h, t)
	steps, up0, d0 := 9, float32(0), float32(0)
	if p.ok {
		steps = p.nup + p.nd
		if p.nup > 0 {
			up0 = float32(p.up[0])
		}
		if p.nd > 0 {
			d0 = float32(p.down[p.nd-1])
		}
		r.cat("#path", float32(a.vocab.paths[p.code()]))
		r.count("up", p.nup)
		r.count("down", p.nd)
	} else {
		r.cat("#path", 0)
		r.count("up", -1)
		r.count("down", -1)
	}
	r.num("style", a.style)
	r.count("steps", steps)
	r.cat("#first up", up0)
	r.cat("#first down", d0)
	r.cat("#dep", float32(a.Dep[t]))
	r.cat("#class", a.phrase(t))
	r.cat("#pos", float32(a.Pos[t]))
	r.classOf("word", a, t)
	r.num("person", a.class[t].Of(wordclass.Person))
	r.num("group", a.class[t].Of(wordclass.Group)+a.class[t].Of(wordclass.Location))
	r.num("lex", a.lex.sourceHead(a.sourceKey(t)))
	r.count("offset", t-h)
	r.count("distance", max(t-h, h-t))
	r.flag("same unit", a.Unit[t] == a.Unit[h])
	r.flag("is subject", t == c.subject.token)
	r.count("subject steps", c.subject.steps)
	r.cat("#subject kind", float32(c.subject.kind))
	r.flag("own subject", c.subject.token >= 0 && c.subject.steps == 0)
	r.count("quoted", int(a.Quote[t]))
	r.count("cue quoted", int(a.Quote[h]))
	r.count("tree", a.Tree(t).Len())
	r.flag("holds cue", a.Inside(h, t))
	lo, hi := min(t, h), max(t, h)
	subjects := 0
	for j := lo + 1; j < hi; j++ {
		if a.Subject(j) {
			subjects++
		}
	}
	r.num("pc between", largest(a.pc, lo+1, hi))
	r.count("subjects between", subjects)
	if a.Dep[t] == syntax.DepPobj {
		r.cat("#prep", float32(a.closed[a.Head[t]]))
	} else {
		r.cat("#prep", 0)
	}
	r.num("cue p", a.p[h])
	r.num("cue pc", a.pc[h])
	r.num("cue score", c.score)
	r.cat("#cue pos", float32(a.Pos[h]))
	r.cat("#cue tag", float32(a.Tag[h]))
	r.cat("#cue dep", float32(a.Dep[h]))
	r.num("head pc", a.pc[a.Head[t]])
	r.flag("of cue", a.Head[t] == h)
	clause, passive, within := false, false, false
	for _, k := range a.Children(h) {
		switch a.Dep[k] {
		case syntax.DepCcomp:
			clause = true
			within = within || a.Inside(t, k)
		case syntax.DepAuxpass, syntax.DepAgent:
			passive = true
		case syntax.DepXcomp, syntax.DepAdvcl, syntax.DepAcl, syntax.DepDobj:
			within = within || a.Inside(t, k)
		}
	}
	r.flag("cue clause", clause)
	r.flag("cue passive", passive)
	r.flag("in complement", within)
	r.count("place", t-a.Units[a.Unit[t]].Start)
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
