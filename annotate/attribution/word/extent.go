package word

import (
	"dateline/annotate/syntax"
)

// SourceSpan is the whole phrase of a source head, less the side on which the cue stands.
func (a *Table) SourceSpan(t, h int) syntax.Range {
	r := a.Tree(t)
	if !a.Root(t) && a.Dep[a.Head[t]] == syntax.DepAgent {
		r.Start = min(r.Start, a.Head[t])
	}
	for _, c := range a.Children(t) {
		switch a.Dep[c] {
		case syntax.DepRelcl, syntax.DepAcl, syntax.DepConj, syntax.DepAppos, syntax.DepAdvcl, syntax.DepCcomp, syntax.DepCc, syntax.DepPunct, syntax.DepParataxis:
			if c > t && a.Inside(h, c) {
				r.End = min(r.End, a.Left[c])
			}
		}
	}
	if r.Has(h) {
		if h > t {
			r.End = h
		} else {
			r.Start = h + 1
		}
	}
	for r.End-1 > t && IsOne(a.Orth[r.End-1], ",;:.—–-") {
		r.End--
	}
	for r.Start < t && a.Punct[r.Start] && !IsOne(a.Orth[r.Start], `“"(`) {
		r.Start++
	}
	return r
}

// CueSpan is the cue around its head: auxiliaries, negation, particles and short adverbs beside it.
func (a *Table) CueSpan(h int, src []syntax.Range) syntax.Range {
	if a.Lower[h] == "according" && h+1 < a.N && a.Lower[h+1] == "to" {
		return syntax.Range{Start: h, End: h + 2}
	}
	taken := func(i int) bool { return len(src) > 0 && src[0].Has(i) }
	beside := func(i int) bool {
		if i < 0 || i >= a.N || a.Head[i] != h || i == h || taken(i) || a.Tree(i).Len() > 2 || a.Pos[i] == syntax.PosPropn {
			return false
		}
		switch a.Dep[i] {
		case syntax.DepAux, syntax.DepAuxpass, syntax.DepNeg, syntax.DepPrt, syntax.DepAdvmod:
			return true
		}
		return false
	}
	r := syntax.Range{Start: h, End: h + 1}
	for beside(r.Start - 1) {
		r.Start--
	}
	for beside(r.End) && a.Dep[r.End] != syntax.DepAux && a.Dep[r.End] != syntax.DepAuxpass {
		r.End++
	}
	return r
}

// Touching are the quotations that share a token with r.
func (a *Table) Touching(r syntax.Range) []syntax.Range {
	first := len(syntax.Starting(a.Quotes, Between(0, r.Start)))
	if first > 0 && a.Quotes[first-1].End > r.Start {
		first--
	}
	last := len(syntax.Starting(a.Quotes, Between(0, r.End)))
	return a.Quotes[first:max(first, last)]
}
