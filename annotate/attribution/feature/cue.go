package feature

import (
	"slices"

	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
)

// children counted among the features of a cue head.
var countedDeps = []syntax.Dep{syntax.DepCcomp, syntax.DepXcomp, syntax.DepDobj, syntax.DepAcl, syntax.DepAdvcl, syntax.DepPrt, syntax.DepAgent, syntax.DepNeg, syntax.DepAux,
	syntax.DepAuxpass, syntax.DepConj, syntax.DepPrep, syntax.DepAdvmod, syntax.DepMark, syntax.DepOprd, syntax.DepDative, syntax.DepParataxis, syntax.DepPoss, syntax.DepDet,
	syntax.DepNpadvmod, syntax.DepAcomp, syntax.DepAttr, syntax.DepCompound}

var countedNames = func() (names []string) {
	for _, d := range countedDeps {
		names = append(names, "child "+d.String())
	}
	return names
}()

// cueRow adds the features by which a word is judged to be the head of a cue.
func (a *Article) cueRow(r *Row, t int) {
	r.num("style", a.Style)
	r.num("p", a.P[t])
	r.num("pc", a.PC[t])
	r.num("sh", a.SH[t])
	r.num("seen", min(a.Seen[t], 200))
	pp, po, dop := a.P[t], float32(-1), float32(-1)
	if k := a.Particle(t); k >= 0 {
		pp = a.Lex.CuePair(a.LemmaID[t], a.Pos[t], uint32(a.Closed[k]), a.P[t])
	}
	if k := a.Object(t); k >= 0 {
		po = a.Lex.CueObject(a.LemmaID[k])
	}
	r.num("pp", pp)
	r.num("po", po)
	r.classOf(&wordClasses, a, t)
	r.num("says", a.Class[t].Of(wordclass.Communicate)+a.Class[t].Of(wordclass.Communication))
	r.num("thinks", a.Class[t].Of(wordclass.DoCognition)+a.Class[t].Of(wordclass.Cognition))
	r.cat("#pos", float32(a.Pos[t]))
	r.cat("#tag", float32(a.Tag[t]))
	r.cat("#dep", float32(a.Dep[t]))
	h := a.Head[t]
	if h != t {
		r.num("head p", a.P[h])
		r.num("head pc", a.PC[h])
		r.cat("#head pos", float32(a.Pos[h]))
		r.cat("#head dep", float32(a.Dep[h]))
	} else {
		r.num("head p", -1)
		r.num("head pc", -1)
		r.cat("#head pos", 0)
		r.cat("#head dep", 0)
	}
	r.count("head side", compare(h, t))

	var deps [64]uint8
	clauseR, clauseL, openR, objR, objectClass := 0, 0, 0, 0, float32(-1)
	obj := -1
	that, finite, wh, prep := false, false, 0, float32(0)
	var modal, to, have, be bool
	kp := float32(0)
	for _, c := range a.Children(t) {
		deps[a.Dep[c]]++
		kp = max(kp, a.PC[c])
		switch a.Dep[c] {
		case syntax.DepCcomp:
			if c > t {
				clauseR = a.Tree(c).Len()
			} else {
				clauseL = a.Tree(c).Len()
			}
			for _, g := range a.Children(c) {
				that = that || a.Dep[g] == syntax.DepMark && a.Lower[g] == "that"
				if a.Lower[g] == "whether" || a.Lower[g] == "if" {
					wh = 1
				}
				if a.Tag[g] == syntax.TagWrb || a.Tag[g] == syntax.TagWp || a.Tag[g] == syntax.TagWdt {
					wh = 2
				}
				finite = finite || a.Subject(g)
			}
		case syntax.DepXcomp:
			openR = a.Tree(c).Len()
		case syntax.DepDobj:
			obj = c
			objR, dop, objectClass = a.Tree(c).Len(), a.P[c], a.Phrase(c)
		case syntax.DepPrep:
			if prep == 0 {
				prep = float32(a.Closed[c])
			}
		case syntax.DepAux, syntax.DepAuxpass:
			modal = modal || a.Tag[c] == syntax.TagMd
			to = to || a.Lower[c] == "to"
			have = have || a.Lemma[c] == "have"
			be = be || a.Lemma[c] == "be"
		}
	}
	for i, d := range countedDeps {
		r.num(countedNames[i], float32(deps[d]))
	}
	r.count("clause right", clauseR)
	r.count("clause left", clauseL)
	r.count("open clause", openR)
	r.count("object", objR)
	r.flag("that", that)
	r.count("wh", wh)
	r.flag("clause finite", finite)
	r.num("object p", dop)
	r.cat("#object class", objectClass+1)
	r.classOf(&objectClasses, a, obj)
	r.cat("#prep", prep)

	s := a.SubjectOf(t)
	r.cat("#subject class", a.Phrase(s.Token))
	r.count("subject steps", s.Steps)
	r.cat("#subject kind", float32(s.Kind))
	if s.Token >= 0 {
		r.count("subject side", compare(s.Token, t))
		r.count("subject distance", min(30, max(s.Token-t, t-s.Token)))
		r.num("subject lex", a.Lex.SourceHead(a.SourceKey(s.Token)))
		r.count("subject quoted", int(a.Quote[s.Token]))
	} else {
		r.count("subject side", 0)
		r.count("subject distance", 0)
		r.num("subject lex", -1)
		r.count("subject quoted", -1)
	}
	r.classOf(&subjectClasses, a, s.Token)
	r.flag("modal", modal)
	r.flag("to", to)
	r.flag("have", have)
	r.flag("be", be)

	u, par := a.Units[a.Unit[t]], a.Pars[a.Par[t]]
	r.count("quoted", int(a.Quote[t]))
	next, prev := 30, 30
	for j := t + 1; j < min(par.End, t+30); j++ {
		if a.Quote[j] != 0 && a.Quote[j-1] == 0 {
			next = j - t
			break
		}
	}
	for j := t - 1; j >= max(par.Start, t-30); j-- {
		if a.Quote[j] != 0 && a.Quote[j+1] == 0 {
			prev = t - j
			break
		}
	}
	r.count("quote next", next)
	r.count("quote before", prev)
	r.num("unit quoted", float32(a.Quoted(u))/float32(u.Len()))
	r.num("paragraph quoted", float32(a.Quoted(par))/float32(par.Len()))
	r.cat("#next", a.neighbour(t+1, u))
	r.cat("#before", a.neighbour(t-1, u))
	r.count("place", t-u.Start)
	r.count("left", u.End-t)
	r.count("unit length", u.Len())
	r.count("paragraph", min(a.Par[t], 20))
	r.flag("first unit", a.Unit[t] == a.Unit[par.Start])
	r.count("units", a.Unit[par.End-1]-a.Unit[par.Start]+1)
	if a.Punct[u.End-1] {
		r.cat("#end", float32(a.Closed[u.End-1]))
	} else {
		r.cat("#end", 1)
	}
	r.num("p left", a.PL[t])
	r.num("p right", a.PR[t])
	r.num("pc left", largest(a.PC, max(u.Start, t-4), t))
	r.num("pc right", largest(a.PC, t+1, min(u.End, t+5)))
	r.num("child pc", kp)
	r.count("tree", a.Tree(t).Len())
	r.count("tree right", a.Right[t]-t)

	// Under which other cue-like word it hangs, and by which edge.
	up, upP, upK := float32(0), float32(0), 0
	for x, k := t, 1; !a.Root(x) && k <= 10; k++ {
		e := a.Dep[x]
		if x = a.Head[x]; a.PC[x] >= .2 {
			up, upP, upK = float32(e), a.PC[x], k
			break
		}
	}
	r.cat("#above", up)
	r.num("above pc", upP)
	r.count("above steps", upK)
	r.flag("capital", t > u.Start && a.Orth[t] != a.Lower[t] && a.Orth[t][0] != a.Lower[t][0])
	r.flag("according", a.Lower[t] == "according")
}

// neighbour is the category of the token beside another, if it is in the unit.
func (a *Article) neighbour(i int, u syntax.Range) float32 {
	if !u.Has(i) {
		return 19
	}
	return float32(a.Closed[i])
}

func compare(a, b int) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func largest(v []float32, from, to int) float32 {
	m := float32(0)
	for i := from; i < to; i++ {
		m = max(m, v[i])
	}
	return m
}

// CueTable are the candidate cue heads and their rows.
func (a *Article) CueTable(names *[]string) ([]int, []float32) {
	var heads []int
	for t := range a.N {
		if a.Candidate(t) {
			heads = append(heads, t)
		}
	}
	r := Row{Names: names}
	for i, t := range heads {
		a.cueRow(&r, t)
		if i == 0 {
			r.Values = slices.Grow(r.Values, (len(heads)-1)*len(r.Values))
		}
		r.Names = nil
	}
	return heads, r.Values
}

// SetCues takes the scores of the candidates and keeps those above the floor.
func (a *Article) SetCues(heads []int, x []float32, score []float32, floor float32) {
	if len(heads) == 0 {
		return
	}
	columns := len(x) / len(heads)
	for i, t := range heads {
		a.score[t] = score[i]
		if likely := score[i] >= floor; likely || a.InnerCue(t) {
			a.Frames = append(a.Frames, &Cue{Head: t, Score: score[i], Features: x[i*columns : (i+1)*columns], Subject: a.SubjectOf(t), Source: -1, Inner: !likely})
		}
	}
}
