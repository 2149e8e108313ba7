package feature

import (
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
)

// SourceFloor is the score from which a word is taken for the source.
const SourceFloor = .3

// nominal reports whether a word can head a source.
func (a *Article) nominal(t int) bool {
	if word.Nounish(a.Pos[t]) {
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

// SourceHeads are the words that may head the source of cue h: the nominal words of its unit,
// without the front parts of proper names, and the subjects of the unit before.
func (a *Article) SourceHeads(h int, into []int) []int {
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

// A Path is the way from a cue head to another word: edges up, then edges down.
type Path struct {
	up, down [8]syntax.Dep
	nup, nd  int
	OK       bool // it is that short
}

// Path is the way from h to t.
func (a *Article) Path(h, t int) (p Path) {
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
				p.nup, p.OK = i, true
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

// Code tells one path from another (FNV-1a of its labels).
func (p Path) Code() uint64 {
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
func (a *Article) sourceRow(r *Row, c *Cue, t int) {
	h := c.Head
	p := a.Path(h, t)
	steps, up0, d0 := 9, float32(0), float32(0)
	if p.OK {
		steps = p.nup + p.nd
		if p.nup > 0 {
			up0 = float32(p.up[0])
		}
		if p.nd > 0 {
			d0 = float32(p.down[p.nd-1])
		}
		r.cat("#path", float32(a.Vocab.Paths[p.Code()]))
		r.count("up", p.nup)
		r.count("down", p.nd)
	} else {
		r.cat("#path", 0)
		r.count("up", -1)
		r.count("down", -1)
	}
	r.num("style", a.Style)
	r.count("steps", steps)
	r.cat("#first up", up0)
	r.cat("#first down", d0)
	r.cat("#dep", float32(a.Dep[t]))
	r.cat("#class", a.Phrase(t))
	r.cat("#pos", float32(a.Pos[t]))
	r.classOf(&wordClasses, a, t)
	r.num("person", a.Class[t].Of(wordclass.Person))
	r.num("group", a.Class[t].Of(wordclass.Group)+a.Class[t].Of(wordclass.Location))
	r.num("lex", a.Lex.SourceHead(a.SourceKey(t)))
	r.count("offset", t-h)
	r.count("distance", max(t-h, h-t))
	r.flag("same unit", a.Unit[t] == a.Unit[h])
	r.flag("is subject", t == c.Subject.Token)
	r.count("subject steps", c.Subject.Steps)
	r.cat("#subject kind", float32(c.Subject.Kind))
	r.flag("own subject", c.Subject.Token >= 0 && c.Subject.Steps == 0)
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
	r.num("pc between", largest(a.PC, lo+1, hi))
	r.count("subjects between", subjects)
	if a.Dep[t] == syntax.DepPobj {
		r.cat("#prep", float32(a.Closed[a.Head[t]]))
	} else {
		r.cat("#prep", 0)
	}
	r.num("cue p", a.P[h])
	r.num("cue pc", a.PC[h])
	r.num("cue score", c.Score)
	r.cat("#cue pos", float32(a.Pos[h]))
	r.cat("#cue tag", float32(a.Tag[h]))
	r.cat("#cue dep", float32(a.Dep[h]))
	r.num("head pc", a.PC[a.Head[t]])
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

// SourceRows adds the rows of the candidate source heads of a cue and returns these.
func (a *Article) SourceRows(r *Row, c *Cue) []int {
	heads := a.SourceHeads(c.Head, nil)
	for _, t := range heads {
		a.sourceRow(r, c, t)
		r.Names = nil // named once
	}
	return heads
}

// SetSource takes the best of the source heads, if it is good enough, and with it the extent
// of source and cue.
func (a *Article) SetSource(c *Cue, heads []int, score []float32) {
	best := -1
	for i := range heads {
		if best < 0 || score[i] > score[best] {
			best = i
		}
	}
	c.Source, c.SrcScore, c.second = -1, 1, 0
	if best >= 0 {
		c.SrcScore = 1 - score[best]
		if score[best] >= SourceFloor {
			c.Source, c.SrcScore = heads[best], score[best]
			c.SrcSpan = []syntax.Range{a.SourceSpan(heads[best], c.Head)}
		}
		for i := range heads {
			if heads[i] != c.Source {
				c.second = max(c.second, score[i])
			}
		}
	}
	c.Span = a.CueSpan(c.Head, c.SrcSpan)
}
