package attribution

import (
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
)

// An article is a parsed text with what the deciders know of each of its words.
type article struct {
	*syntax.Doc
	lex    *lexicon
	vocab  *vocabulary
	style  float32  // by whose conventions statements are marked: see Sample
	lemma  []int32  // number of each token's lemma in the lexicon, 0 if it is not there
	closed []uint16 // category of each token: a closed-class word or mark by itself, others by part of speech

	class []wordclass.Classes

	p, pc, sh, seen []float32 // the lexicon's numbers of each token that can be a cue
	pL, pR          []float32 // largest p before, and after, each token in its unit
	score           []float32 // cue score, 0 for what is no candidate
	frames          []*cue    // cues that reached the score, in text order
}

// A cue is a word that may head a cue, with all that was decided about it.
type cue struct {
	head     int
	score    float32
	features []float32 // its row of cueRow
	subject  subject
	source   int // head word of the source, -1 if none
	srcScore float32
	second   float32 // score of the second best source
	srcSpan  []syntax.Range
	span     syntax.Range // of the cue itself
	contents []*content   // best first once ranked
	inner    bool         // tried only as a cue inside another's content
}

// A content is one candidate for what a cue reports.
type content struct {
	spans      []syntax.Range
	generators []generator
	size       int
	score      float32 // of the ranker
	judged     float32
}

// cuePos are the parts of speech that a cue head may have, beside the colon.
var cuePos = [32]bool{syntax.PosVerb: true, syntax.PosAux: true, syntax.PosNoun: true, syntax.PosAdj: true, syntax.PosAdp: true, syntax.PosSconj: true, syntax.PosAdv: true, syntax.PosPropn: true}

// closedPos are the parts of speech whose words are categories by themselves.
var closedPos = [32]bool{syntax.PosPunct: true, syntax.PosSconj: true, syntax.PosAdp: true, syntax.PosPart: true, syntax.PosCconj: true}

// A vocabulary numbers the closed-class words, the paths and the relations that were seen
// often enough when the trees were fitted. What is not in it is category 0.
type vocabulary struct {
	words     map[string]uint16
	paths     map[uint64]uint16
	relations map[rel]uint16
}

// closedFrom is the first number of a closed-class word: parts of speech come before it.
const closedFrom = 20

func newArticle(d *syntax.Doc, lex *lexicon, vocab *vocabulary) *article {
	a := &article{Doc: d, lex: lex, vocab: vocab}
	n := d.N
	a.lemma, a.closed, a.class = make([]int32, n), make([]uint16, n), make([]wordclass.Classes, n)
	for i := range n {
		if d.Pos[i] != syntax.PosPropn {
			a.lemma[i] = lex.ids[d.Lemma[i]]
		}
		switch d.Pos[i] {
		case syntax.PosNoun:
			a.class[i] = wordclass.Noun(d.Lemma[i])
		case syntax.PosVerb, syntax.PosAux:
			a.class[i] = wordclass.Verb(d.Lemma[i])
		}
		if closedPos[d.Pos[i]] {
			a.closed[i] = closedFrom - 1
			if w, ok := vocab.words[d.Lower[i]]; ok {
				a.closed[i] = closedFrom + w
			}
		} else {
			a.closed[i] = uint16(d.Pos[i])
		}
	}
	a.weigh()
	return a
}

// weigh looks up what the lexicon says of each token.
func (a *article) weigh() {
	n := a.N
	numbers := make([]float32, 7*n)
	take := func() []float32 { s := numbers[:n:n]; numbers = numbers[n:]; return s }
	a.p, a.pc, a.sh, a.seen, a.pL, a.pR, a.score = take(), take(), take(), take(), take(), take(), take()
	for t := range n {
		if a.Space[t] || !cuePos[a.Pos[t]] && a.Orth[t] != ":" {
			continue
		}
		s := a.shape(t)
		a.p[t], a.seen[t] = a.lex.cue(a.lemma[t], a.Pos[t])
		a.pc[t] = a.lex.cueShape(a.lemma[t], a.Pos[t], s, a.p[t])
		a.sh[t] = a.lex.bareShape(a.Pos[t], s)
	}
	for _, u := range a.Units {
		m := float32(0)
		for t := u.Start; t < u.End; t++ {
			a.pL[t], m = m, max(m, a.p[t])
		}
		m = 0
		for t := u.End - 1; t >= u.Start; t-- {
			a.pR[t], m = m, max(m, a.p[t])
		}
	}
}

// candidate reports whether token t may head a cue: its lemma, or what hangs on it, did so
// often enough.
func (a *article) candidate(t int) bool {
	switch {
	case a.Space[t]:
		return false
	case a.Orth[t] == ":":
		return t+1 < a.N
	}
	return cuePos[a.Pos[t]] && (a.p[t] >= .02 || a.pc[t] >= .04 || a.sh[t] >= .1)
}

// A subject is who does what a word tells: its own subject, or that of a clause above it.
type subject struct {
	token int // -1 if there is none
	steps int // edges climbed
	kind  uint8
}

// Kinds of subject beside the edge that was climbed to.
const (
	noSubject  uint8 = 0
	possessive uint8 = 100 + iota
	modified         // the noun that an adnominal clause hangs on
	climbed
)

// climbs are the edges that lead from a word to a clause whose subject may be its own.
var climbs = depSet(syntax.DepConj, syntax.DepXcomp, syntax.DepAdvcl, syntax.DepCcomp, syntax.DepAcl, syntax.DepDobj, syntax.DepAttr, syntax.DepAcomp,
	syntax.DepPrep, syntax.DepPobj, syntax.DepPcomp, syntax.DepOprd, syntax.DepAdvmod, syntax.DepDep, syntax.DepRelcl)

func depSet(deps ...syntax.Dep) (s [64]bool) {
	for _, d := range deps {
		s[d] = true
	}
	return s
}

// subjectOf finds the subject of word h, climbing at most four edges.
func (a *article) subjectOf(h int) subject {
	for _, c := range a.Children(h) {
		if a.Subject(c) {
			return subject{c, 0, uint8(a.Dep[c])}
		}
	}
	if !a.Verbal(h) {
		for _, c := range a.Children(h) {
			if a.Dep[c] == syntax.DepPoss {
				return subject{c, 0, possessive}
			}
		}
	}
	x := h
	for k := 1; k <= 4 && !a.Root(x); k++ {
		e, p := a.Dep[x], a.Head[x]
		if (e == syntax.DepAcl || e == syntax.DepRelcl) && nounish(a.Pos[p]) {
			return subject{p, k, modified}
		}
		if !climbs[e] {
			break
		}
		x = p
		for _, c := range a.Children(x) {
			if a.Subject(c) && !a.Inside(h, c) {
				return subject{c, k, climbed + uint8(e)}
			}
		}
	}
	return subject{token: -1}
}

func nounish(p syntax.Pos) bool {
	return p == syntax.PosNoun || p == syntax.PosPropn || p == syntax.PosPron
}

// phrase is what kind of noun phrase a word heads: a person, "he", an organisation.
func (a *article) phrase(t int) float32 {
	if t < 0 {
		return 0
	}
	switch a.Lower[t] {
	case "i", "we":
		return 1
	case "you":
		return 2
	case "he", "she", "they":
		return 3
	case "it", "this", "that", "these", "those", "which", "there", "what":
		return 4
	case "who":
		return 5
	}
	switch a.Ent[t] {
	case syntax.EntPerson:
		return 6
	case syntax.EntOrg, syntax.EntNorp:
		return 7
	case syntax.EntGpe, syntax.EntLoc, syntax.EntFac:
		return 8
	case 0:
	default:
		return 9
	}
	switch {
	case a.Pos[t] == syntax.PosPropn:
		return 10
	case a.Pos[t] == syntax.PosNoun && a.Tag[t] == syntax.TagNn:
		return 11
	case a.Pos[t] == syntax.PosNoun:
		return 12
	}
	return 13
}

// A rel is the relation of a content to its cue head: the edge between them, or how they lie.
type rel uint32

const (
	relUp   rel = 1 // the cue hangs inside the content
	relSide rel = 2
	relFar  rel = 3       // in another unit
	relEdge rel = 1 << 8  // plus the label of the edge
	relPrep rel = 1 << 16 // plus the preposition between them
	relTwo  rel = 1 << 24 // plus the labels of two edges
)

// relationTo is the relation of the largest of the spans to cue head h.
func (a *article) relationTo(h int, spans []syntax.Range) rel {
	var r syntax.Range
	for _, s := range spans {
		if s.Len() > r.Len() {
			r = s
		}
	}
	top := -1
	for i := r.Start; i < r.End; i++ {
		if a.Punct[i] || a.Space[i] || r.Has(a.Head[i]) && a.Head[i] != i || a.Unit[i] != a.Unit[h] {
			continue
		}
		if top < 0 || a.Head[i] == h {
			top = i
		}
	}
	if top < 0 {
		return relFar
	}
	p := a.Head[top]
	switch {
	case p == h:
		return relEdge + rel(a.Dep[top])
	case a.Head[p] == h && (a.Dep[p] == syntax.DepPrep || a.Dep[p] == syntax.DepAgent || a.Dep[p] == syntax.DepDative):
		return relPrep + rel(a.closed[p])
	case a.Head[p] == h:
		return relTwo + rel(a.Dep[p])<<8 + rel(a.Dep[top])
	}
	x := h
	for k := 0; k < 4 && !a.Root(x); k++ {
		if x = a.Head[x]; r.Has(x) {
			return relUp
		}
	}
	return relSide
}

// A row collects the features of one candidate. Every feature is defined where it is added,
// and nowhere else: the order of the calls is the order of the columns. Fitting keeps their
// names too.
type row struct {
	v     []float32
	names *[]string
}

// num adds a number.
func (r *row) num(name string, v float32) {
	r.v = append(r.v, v)
	if r.names != nil {
		*r.names = append(*r.names, name)
	}
}

func (r *row) count(name string, n int) { r.num(name, float32(n)) }

func (r *row) flag(name string, b bool) {
	if b {
		r.num(name, 1)
	} else {
		r.num(name, 0)
	}
}

// cat adds a category: a small number without order, 0 where there is none. Its name begins
// with #.
func (r *row) cat(name string, v float32) { r.num(name, v) }

// classOf adds the classes of a word; t may be -1.
func (r *row) classOf(name string, a *article, t int) {
	var c wordclass.Classes
	if t >= 0 {
		c = a.class[t]
	}
	r.cat("#"+name+" class 1", float32(c[0].Class))
	r.num(name+" share 1", float32(c[0].Share))
	r.cat("#"+name+" class 2", float32(c[1].Class))
}
