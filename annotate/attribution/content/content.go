// Package content generates what a cue may report: stretches of the text around it, read off the
// parse and the quotation marks, each with the names of the generators that found it. It
// proposes freely and does not say which is right; the scores are filled in by the deciders.
package content

import (
	"slices"

	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
)

// A Content is one candidate for what a cue reports.
type Content struct {
	Spans      []syntax.Range
	Generators []Generator
	Size       int     // length of its words
	Score      float32 // of the ranker
	Judged     float32 // score of the judge
}

// tidy cuts spans, closes them up and drops crumbs of one word beside something larger.
func tidy(a *word.Table, spans, cut []syntax.Range) []syntax.Range {
	var out []syntax.Range
	for _, r := range word.Minus(word.Norm(spans), cut) {
		r, ok := a.CloseUp(r)
		if !ok {
			continue
		}
		for i := r.Start; i < r.End; i++ {
			if !a.Punct[i] && !a.Space[i] {
				out = append(out, r)
				break
			}
		}
	}
	if out = word.Norm(out); len(out) > 1 {
		big := 0
		for _, r := range out {
			big = max(big, a.Size(r))
		}
		out = slices.DeleteFunc(out, func(r syntax.Range) bool { return r.Len() <= 1 && a.Size(r)*8 <= big })
	}
	return out
}

// A Generator is a way to find a candidate content. Its name tells what of the sentence it
// takes; the examples are in docs/attribution.md.
type Generator uint8

// GeneratorNames are the names by number. The trees were fitted to this order.
var GeneratorNames = []string{
	// k: a dependant of the cue, whole; by its label.
	"k:ccomp", "k:xcomp", "k:dobj", "k:prep", "k:advcl", "k:nsubj", "k:nsubjpass", "k:acl", "k:oprd", "k:pobj", "k:advmod", "k:conj", "k:relcl", "k:attr", "k:acomp",
	"k:npadvmod", "k:pcomp", "k:parataxis", "k:dep", "k:appos", "k:poss", "k:compound", "k:amod", "k:agent", "k:dative", "k",
	// kr, ke: from a dependant to the end of the cue's subtree, of the unit; kt: cut short.
	"kr", "ke", "kt:conj", "kt:cc", "kt:punct", "kt:advcl", "kt:prep", "kt:relcl", "kt",
	// g: a dependant of a dependant, by the label of the first; gt: cut short; gg: one deeper.
	"gt", "g:prep", "g:dobj", "g:xcomp", "g:ccomp", "g:acomp", "g:attr", "g:agent", "g:advcl", "g:conj", "g", "gg",
	// sides of the cue in its subtree and in its unit; _s from the source on.
	"R", "Lft", "after", "before", "around", "after_s", "before_s", "R_s",
	// anc: an ancestor's subtree less the cue's; ancall: less cue and source; ap: an argument of a governing verb.
	"anc1", "anc2", "anc3", "anc4", "ancall1", "ancall2", "ancall3", "ancall4", "ap",
	// quotations of the paragraph and its neighbours.
	"q", "qs", "qp", "qa", "qb", "kq", "bq", "aq", "qspan", "apar", "q+run", "q+1", "q+later", "cc+later", "nq", "q+n", "bqp", "sq", "ksq",
	// after a colon, and the units beside.
	"colon", "colonp", "colonb", "nexts", "prevs", "prevs+",
	// two dependants together, "call X Y"; the quotations of the following paragraphs.
	"two", "q+more",
}

var generatorOf = func() map[string]Generator {
	m := map[string]Generator{}
	for i, n := range GeneratorNames {
		m[n] = Generator(i)
	}
	return m
}()

// gen is the generator of a name; a label that has none of its own counts as its kind.
func gen(name string, d syntax.Dep) Generator {
	if g, ok := generatorOf[name+":"+d.String()]; ok {
		return g
	}
	return generatorOf[name]
}

// Tables of the generators by dependency label, and of labels that take part in one.
var (
	genK, genKt, genG = genTable("k"), genTable("kt"), genTable("g")

	notContent = word.DepSet(syntax.DepPunct, syntax.DepAux, syntax.DepAuxpass, syntax.DepNeg, syntax.DepCc)
	cuttable   = word.DepSet(syntax.DepCcomp, syntax.DepXcomp, syntax.DepDobj, syntax.DepAdvcl, syntax.DepAcl, syntax.DepOprd, syntax.DepPrep, syntax.DepNsubjpass, syntax.DepNsubj, syntax.DepConj, syntax.DepAttr, syntax.DepRelcl)
	cutBefore  = word.DepSet(syntax.DepConj, syntax.DepCc, syntax.DepAdvcl, syntax.DepPrep, syntax.DepRelcl, syntax.DepAcl, syntax.DepParataxis, syntax.DepNpadvmod, syntax.DepPunct, syntax.DepAppos, syntax.DepCcomp, syntax.DepDep)
	opened     = word.DepSet(syntax.DepPrep, syntax.DepAgent, syntax.DepDative, syntax.DepDobj, syntax.DepAttr, syntax.DepAcomp, syntax.DepXcomp, syntax.DepAdvcl, syntax.DepOprd, syntax.DepCcomp, syntax.DepAdvmod, syntax.DepConj, syntax.DepPrt)
	inner      = word.DepSet(syntax.DepPobj, syntax.DepPcomp, syntax.DepCcomp, syntax.DepXcomp, syntax.DepAcl, syntax.DepRelcl, syntax.DepDobj, syntax.DepPrep, syntax.DepAdvcl, syntax.DepAppos, syntax.DepConj, syntax.DepAttr, syntax.DepAcomp, syntax.DepNsubj, syntax.DepOprd)
	notInner   = word.DepSet(syntax.DepNsubj, syntax.DepAttr, syntax.DepAcomp, syntax.DepPrep)
	innerCut   = word.DepSet(syntax.DepPobj, syntax.DepPcomp, syntax.DepCcomp, syntax.DepXcomp, syntax.DepDobj)
	innerBound = word.DepSet(syntax.DepConj, syntax.DepCc, syntax.DepAdvcl, syntax.DepRelcl, syntax.DepAcl, syntax.DepPunct, syntax.DepAppos, syntax.DepPrep)
	argument   = word.DepSet(syntax.DepNsubj, syntax.DepNsubjpass, syntax.DepDobj, syntax.DepPobj, syntax.DepCcomp, syntax.DepPrep)
)

func genTable(name string) (t [64]Generator) {
	for d := range syntax.Dep(46) {
		t[d] = gen(name, d)
	}
	return t
}

// maxContents bounds the candidates of one cue; nearQuotes the quotations tried for it on
// either side.
const (
	maxContents = 200
	nearQuotes  = 8
)

// A collector gathers the candidate contents of one cue.
type collector struct {
	a     *word.Table
	cue   syntax.Range   // the words of the cue
	src   []syntax.Range // those of its source, if it has one
	cut   []syntax.Range // cue and source
	bare  []syntax.Range // the cue alone
	found []*Content
}

// put adds a candidate: spans less cue and source.
func (k *collector) put(g Generator, spans ...syntax.Range) { k.add(g, k.cut, spans) }

// putWhole adds a candidate that may hold the source.
func (k *collector) putWhole(g Generator, spans ...syntax.Range) { k.add(g, k.bare, spans) }

func (k *collector) add(g Generator, cut, spans []syntax.Range) {
	s := tidy(k.a, slices.Clone(spans), cut)
	if len(s) == 0 {
		return
	}
	for _, c := range k.found {
		if slices.Equal(c.Spans, s) {
			c.Generators = append(c.Generators, g)
			return
		}
	}
	if len(k.found) < maxContents {
		k.found = append(k.found, &Content{Spans: s, Generators: []Generator{g}, Size: k.a.SizeOf(s)})
	}
}

// Candidates are the contents that a cue with this head, these words and this source may have,
// each with the generators that found it.
func Candidates(a *word.Table, h int, cue syntax.Range, src []syntax.Range) []*Content {
	k := &collector{a: a, cue: cue, src: src, bare: []syntax.Range{cue}}
	k.cut = word.Norm(append([]syntax.Range{cue}, src...))
	k.dependants(h)
	k.sides(h)
	k.ancestors(h)
	k.quotations(h)
	k.neighbours(h)
	return k.found
}

// dependants: the clauses and phrases that hang on the cue, whole, prolonged and cut short.
func (k *collector) dependants(h int) {
	a := k.a
	u, right := a.Units[a.Unit[h]], a.Right[h]
	children := a.Children(h)
	if len(children) > 24 {
		children = children[:24]
	}
	for _, c := range children {
		e := a.Dep[c]
		if notContent[e] {
			continue
		}
		tree := a.Tree(c)
		k.put(genK[e], tree)
		if c > h {
			if right > tree.End {
				k.put(generatorOf["kr"], word.Between(tree.Start, right))
			}
			if u.End > right && u.End > tree.End {
				k.put(generatorOf["ke"], word.Between(tree.Start, u.End))
			}
		}
		grand := a.Children(c)
		if len(grand) > 24 {
			grand = grand[:24]
		}
		if cuttable[e] {
			for _, g := range grand {
				if g > c && cutBefore[a.Dep[g]] && a.Left[g] > tree.Start+1 && a.Left[g] < tree.End-1 {
					k.put(genKt[a.Dep[g]], word.Between(tree.Start, a.Left[g]))
				}
			}
		}
		if !opened[e] {
			continue
		}
		for _, g := range grand {
			f := a.Dep[g]
			if !inner[f] || e == syntax.DepCcomp && notInner[f] {
				continue
			}
			k.put(genG[e], a.Tree(g))
			if innerCut[f] {
				for _, x := range a.Children(g) {
					if x > g && innerBound[a.Dep[x]] && a.Left[x] > a.Left[g]+1 && a.Left[x] < a.Right[g]-1 {
						k.put(generatorOf["gt"], word.Between(a.Left[g], a.Left[x]))
					}
				}
			}
			if f == syntax.DepPrep {
				for _, x := range a.Children(g) {
					if a.Dep[x] == syntax.DepPobj || a.Dep[x] == syntax.DepPcomp {
						k.put(generatorOf["gg"], a.Tree(x))
					}
				}
			}
		}
	}
	// two neighbouring dependants to the right: "called the plan a disgrace".
	for i, c := range children {
		if c < h || notContent[a.Dep[c]] || i+1 >= len(children) || notContent[a.Dep[children[i+1]]] {
			continue
		}
		if end := a.Right[children[i+1]]; end < right {
			k.put(generatorOf["two"], word.Between(a.Left[c], end))
		}
	}
}

// sides: what stands left and right of the cue, in its subtree and in its unit.
func (k *collector) sides(h int) {
	a, cue := k.a, k.cue
	u, right := a.Units[a.Unit[h]], a.Right[h]
	k.put(generatorOf["R"], word.Between(cue.End, right))
	k.put(generatorOf["Lft"], word.Between(a.Left[h], cue.Start))
	k.put(generatorOf["after"], word.Between(cue.End, u.End))
	k.put(generatorOf["before"], word.Between(u.Start, cue.Start))
	k.put(generatorOf["around"], u)
	for _, s := range k.src {
		if s.Start >= cue.End {
			k.put(generatorOf["after_s"], word.Between(s.End, u.End))
			k.put(generatorOf["R_s"], word.Between(s.End, right))
		}
		if s.End <= cue.Start {
			k.put(generatorOf["before_s"], word.Between(u.Start, s.Start))
		}
	}
}

// ancestors: what the cue hangs in, "X, he said", and the arguments of its governing verbs.
func (k *collector) ancestors(h int) {
	a := k.a
	own := []syntax.Range{a.Tree(h)}
	x := h
	for n := range Generator(4) {
		if a.Root(x) {
			break
		}
		x = a.Head[x]
		k.put(generatorOf["anc1"]+n, word.Minus([]syntax.Range{a.Tree(x)}, own)...)
		k.put(generatorOf["ancall1"]+n, a.Tree(x))
		if n < 2 && a.Verbal(x) {
			for _, c := range a.Children(x) {
				if argument[a.Dep[c]] && !a.Inside(h, c) {
					k.put(generatorOf["ap"], a.Tree(c))
				}
			}
		}
	}
}

// quotations: those of the paragraph, alone, in runs, and joined to what the cue's own unit
// gives; the first of the next paragraph after a colon, the last of the one before.
func (k *collector) quotations(h int) {
	a, cue := k.a, k.cue
	u, par := a.Units[a.Unit[h]], a.Pars[a.Par[h]]
	all := quotesIn(a, par, h)
	if a.QuoteOf[h] < 0 {
		var in, after, before []syntax.Range
		for _, q := range all {
			k.putWhole(generatorOf["q"], q)
			if q.Start < u.End && q.End > u.Start {
				in = append(in, q)
			}
			if q.End > u.Start {
				after = append(after, q)
			}
			if q.Start < u.End {
				before = append(before, q)
			}
		}
		if len(in) > 1 {
			k.putWhole(generatorOf["qs"], in...)
		}
		if len(all) > 1 {
			k.putWhole(generatorOf["qp"], all...)
			if len(after) < len(all) {
				k.putWhole(generatorOf["qa"], after...)
			}
			if len(before) < len(all) {
				k.putWhole(generatorOf["qb"], before...)
			}
		}
		if len(in) > 0 {
			first, last := in[0].Start, in[len(in)-1].End
			if first > h {
				for _, c := range a.Children(h) {
					if c > h && a.Dep[c] != syntax.DepPunct && a.Dep[c] != syntax.DepPrt {
						k.put(generatorOf["kq"], word.Between(a.Left[c], last))
					}
				}
				k.put(generatorOf["kq"], word.Between(cue.End, last))
			}
			if last <= h {
				k.put(generatorOf["bq"], word.Between(u.Start, last))
			}
			k.put(generatorOf["aq"], word.Between(cue.End, max(last, u.End)))
			k.put(generatorOf["qspan"], word.Between(first, last))
			if last > h && par.End > last {
				k.put(generatorOf["apar"], word.Between(cue.End, par.End))
			}
		}
		k.later(h, all, in)
		k.paragraphs(h, all, in)
	}
	for _, q := range syntax.Starting(a.Singles, u) {
		if !q.Has(h) {
			k.putWhole(generatorOf["sq"], q)
			if q.Start > h {
				k.put(generatorOf["ksq"], word.Between(cue.End, q.End))
			}
		}
	}
}

// quotesIn are the quotations that begin in a paragraph, at most nearQuotes on either side of h.
func quotesIn(a *word.Table, par syntax.Range, h int) []syntax.Range {
	list := syntax.Starting(a.Quotes, par)
	at := len(syntax.Starting(list, word.Between(par.Start, h)))
	return list[max(0, at-nearQuotes):min(len(list), at+nearQuotes)]
}

// leastLater is the fewest tokens of a quotation, marks included, that goes on with an earlier
// one: shorter ones are words picked out.
const leastLater = 5

// later: "A," he said. "B." - the quotations of the following sentences belong to it too.
func (k *collector) later(h int, all, in []syntax.Range) {
	a, cue := k.a, k.cue
	u := a.Units[a.Unit[h]]
	var later []syntax.Range
	for _, q := range all {
		if q.Start >= u.End && q.Len() >= leastLater {
			later = append(later, q)
		}
	}
	if len(later) == 0 {
		return
	}
	base := in
	if len(in) == 0 {
		base = []syntax.Range{word.Between(u.Start, cue.Start), word.Between(cue.End, u.End)}
	}
	with := func(g Generator, more []syntax.Range) { k.put(g, append(slices.Clone(base), more...)...) }
	with(generatorOf["q+later"], later)
	run, from := 0, u.End
	for _, q := range later {
		if a.CueBetween(from, q.Start) {
			break
		}
		run, from = run+1, q.End
	}
	if run > 0 && run < len(later) {
		with(generatorOf["q+run"], later[:run])
	}
	if run > 1 {
		with(generatorOf["q+1"], later[:1])
	}
	for _, c := range a.Children(h) {
		if a.Dep[c] == syntax.DepCcomp {
			k.put(generatorOf["cc+later"], append([]syntax.Range{a.Tree(c)}, later...)...)
			break
		}
	}
}

// paragraphs: a quotation that opens the next paragraph after a colon or a cue at the end, one
// that goes on unclosed in it, and the last one of the paragraph before.
func (k *collector) paragraphs(h int, all, in []syntax.Range) {
	a := k.a
	par := a.Pars[a.Par[h]]
	if n := a.Par[h] + 1; n < len(a.Pars) {
		next := a.Pars[n]
		if q := quotesIn(a, next, next.Start); len(q) > 0 && q[0].Start == next.Start {
			if a.Orth[par.End-1] == ":" || par.End-h < 6 {
				k.putWhole(generatorOf["nq"], q[0])
			}
			if len(all) > 0 {
				if last := all[len(all)-1]; last.End >= par.End-1 && !word.IsMark(a.Orth[last.End-1]) {
					base := in
					if len(in) == 0 {
						base = all
					}
					k.put(generatorOf["q+n"], append(slices.Clone(base), q[0])...)
				}
			}
		}
	}
	if n := a.Par[h]; n > 0 && h-par.Start < 6 {
		before := a.Pars[n-1]
		if q := quotesIn(a, before, before.End); len(q) > 0 {
			k.putWhole(generatorOf["bqp"], q[len(q)-1])
		}
	}
}

// neighbours: what follows a colon, and the units beside the cue's.
func (k *collector) neighbours(h int) {
	a, cue := k.a, k.cue
	n := a.Unit[h]
	u, par := a.Units[n], a.Pars[a.Par[h]]
	if a.Orth[h] == ":" || u.End-h <= 3 && a.Orth[u.End-1] == ":" {
		if u.End < par.End {
			k.put(generatorOf["colon"], word.Between(u.End, par.End))
		}
		k.put(generatorOf["colonp"], word.Between(h+1, par.End))
		k.put(generatorOf["colonb"], word.Between(u.Start, h))
	}
	if n+1 < len(a.Units) && a.Units[n+1].Start < par.End {
		k.put(generatorOf["nexts"], a.Units[n+1])
	}
	if n > 0 && a.Units[n-1].Start >= par.Start {
		k.put(generatorOf["prevs"], a.Units[n-1])
		k.put(generatorOf["prevs+"], a.Units[n-1], word.Between(u.Start, cue.Start))
	}
}
