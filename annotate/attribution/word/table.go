// Package word tells what is known of each word of a parsed text before anything is decided:
// what the lexicon counted of its lemma, its class, its category, its subject, what kind of
// phrase it heads, how far a source or cue around it reaches. It also does arithmetic on sets
// of token ranges. It scores nothing and chooses nothing.
package word

import (
	"unicode/utf8"

	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
)

// A Table is a parsed text with what is known of each of its words.
type Table struct {
	*syntax.Doc
	Lex     *Lexicon // as it is asked for this text
	Vocab   *Vocabulary
	LemmaID []int32  // number of each token's lemma in the lexicon, 0 if it is not there
	Closed  []uint16 // category of each token: a closed-class word or mark by itself, others by part of speech

	Class []wordclass.Classes // of nouns and verbs

	// The lexicon's numbers of each token that can be a cue: the chance that it is one by its
	// lemma, by its lemma and what hangs on it, by what hangs on it alone; how often it was seen.
	P, PC, SH, Seen []float32
	PL, PR          []float32 // largest P before, and after, each token in its unit
}

// CuePos are the parts of speech that a cue head may have, beside the colon.
var CuePos = [32]bool{syntax.PosVerb: true, syntax.PosAux: true, syntax.PosNoun: true, syntax.PosAdj: true, syntax.PosAdp: true, syntax.PosSconj: true, syntax.PosAdv: true, syntax.PosPropn: true}

// ClosedPos are the parts of speech whose words are categories by themselves.
var ClosedPos = [32]bool{syntax.PosPunct: true, syntax.PosSconj: true, syntax.PosAdp: true, syntax.PosPart: true, syntax.PosCconj: true}

// A Vocabulary numbers the closed-class words, the paths and the relations that were seen
// often enough when the trees were fitted. What is not in it is category 0.
type Vocabulary struct {
	Words     map[string]uint16
	Paths     map[uint64]uint16
	Relations map[Rel]uint16
}

// closedFrom is the first number of a closed-class word: parts of speech come before it.
const closedFrom = 20

// New looks up every word of a text.
func New(d *syntax.Doc, lex *Lexicon, vocab *Vocabulary) Table {
	a := Table{Doc: d, Lex: lex, Vocab: vocab}
	n := d.N
	a.LemmaID, a.Closed, a.Class = make([]int32, n), make([]uint16, n), make([]wordclass.Classes, n)
	for i := range n {
		if d.Pos[i] != syntax.PosPropn {
			a.LemmaID[i] = lex.IDs[d.Lemma[i]]
		}
		switch d.Pos[i] {
		case syntax.PosNoun:
			a.Class[i] = wordclass.Noun(d.Lemma[i])
		case syntax.PosVerb, syntax.PosAux:
			a.Class[i] = wordclass.Verb(d.Lemma[i])
		}
		if ClosedPos[d.Pos[i]] {
			a.Closed[i] = closedFrom - 1
			if w, ok := vocab.Words[d.Lower[i]]; ok {
				a.Closed[i] = closedFrom + w
			}
		} else {
			a.Closed[i] = uint16(d.Pos[i])
		}
	}
	a.weigh()
	return a
}

// weigh looks up what the lexicon says of each token.
func (a *Table) weigh() {
	n := a.N
	numbers := make([]float32, 6*n)
	take := func() []float32 { s := numbers[:n:n]; numbers = numbers[n:]; return s }
	a.P, a.PC, a.SH, a.Seen, a.PL, a.PR = take(), take(), take(), take(), take(), take()
	for t := range n {
		if a.Space[t] || !CuePos[a.Pos[t]] && a.Orth[t] != ":" {
			continue
		}
		s := a.Shape(t)
		a.P[t], a.Seen[t] = a.Lex.cue(a.LemmaID[t], a.Pos[t])
		a.PC[t] = a.Lex.cueShape(a.LemmaID[t], a.Pos[t], s, a.P[t])
		a.SH[t] = a.Lex.bareShape(a.Pos[t], s)
	}
	for _, u := range a.Units {
		m := float32(0)
		for t := u.Start; t < u.End; t++ {
			a.PL[t], m = m, max(m, a.P[t])
		}
		m = 0
		for t := u.End - 1; t >= u.Start; t-- {
			a.PR[t], m = m, max(m, a.P[t])
		}
	}
}

// Candidate reports whether token t may head a cue: its lemma, or what hangs on it, did so
// often enough.
func (a *Table) Candidate(t int) bool {
	switch {
	case a.Space[t]:
		return false
	case a.Orth[t] == ":":
		return t+1 < a.N
	}
	return CuePos[a.Pos[t]] && (a.P[t] >= .02 || a.PC[t] >= .04 || a.SH[t] >= .1)
}

// A Subject is who does what a word tells: its own subject, or that of a clause above it.
type Subject struct {
	Token int   // -1 if there is none
	Steps int   // edges climbed
	Kind  uint8 // the label of its edge, or one of those below
}

// Kinds of subject beside the edge that was climbed to.
const (
	noSubject  uint8 = 0
	possessive uint8 = 100 + iota
	modified         // the noun that an adnominal clause hangs on
	climbed
)

// climbs are the edges that lead from a word to a clause whose subject may be its own.
var climbs = DepSet(syntax.DepConj, syntax.DepXcomp, syntax.DepAdvcl, syntax.DepCcomp, syntax.DepAcl, syntax.DepDobj, syntax.DepAttr, syntax.DepAcomp,
	syntax.DepPrep, syntax.DepPobj, syntax.DepPcomp, syntax.DepOprd, syntax.DepAdvmod, syntax.DepDep, syntax.DepRelcl)

// DepSet is a table of the labels that are in a set.
func DepSet(deps ...syntax.Dep) (s [64]bool) {
	for _, d := range deps {
		s[d] = true
	}
	return s
}

// SubjectOf finds the subject of word h, climbing at most four edges.
func (a *Table) SubjectOf(h int) Subject {
	for _, c := range a.Children(h) {
		if a.Subject(c) {
			return Subject{c, 0, uint8(a.Dep[c])}
		}
	}
	if !a.Verbal(h) {
		for _, c := range a.Children(h) {
			if a.Dep[c] == syntax.DepPoss {
				return Subject{c, 0, possessive}
			}
		}
	}
	x := h
	for k := 1; k <= 4 && !a.Root(x); k++ {
		e, p := a.Dep[x], a.Head[x]
		if (e == syntax.DepAcl || e == syntax.DepRelcl) && Nounish(a.Pos[p]) {
			return Subject{p, k, modified}
		}
		if !climbs[e] {
			break
		}
		x = p
		for _, c := range a.Children(x) {
			if a.Subject(c) && !a.Inside(h, c) {
				return Subject{c, k, climbed + uint8(e)}
			}
		}
	}
	return Subject{Token: -1}
}

// Nounish reports whether a part of speech is that of a noun, a name or a pronoun.
func Nounish(p syntax.Pos) bool {
	return p == syntax.PosNoun || p == syntax.PosPropn || p == syntax.PosPron
}

// Phrase is what kind of noun phrase a word heads: a person, "he", an organisation.
func (a *Table) Phrase(t int) float32 {
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

// A Rel is the relation of a content to its cue head: the edge between them, or how they lie.
type Rel uint32

const (
	relUp   Rel = 1 // the cue hangs inside the content
	relSide Rel = 2
	relFar  Rel = 3       // in another unit
	relEdge Rel = 1 << 8  // plus the label of the edge
	relPrep Rel = 1 << 16 // plus the preposition between them
	relTwo  Rel = 1 << 24 // plus the labels of two edges
)

// RelationTo is the relation of the largest of the spans to cue head h.
func (a *Table) RelationTo(h int, spans []syntax.Range) Rel {
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
		return relEdge + Rel(a.Dep[top])
	case a.Head[p] == h && (a.Dep[p] == syntax.DepPrep || a.Dep[p] == syntax.DepAgent || a.Dep[p] == syntax.DepDative):
		return relPrep + Rel(a.Closed[p])
	case a.Head[p] == h:
		return relTwo + Rel(a.Dep[p])<<8 + Rel(a.Dep[top])
	}
	x := h
	for k := 0; k < 4 && !a.Root(x); k++ {
		if x = a.Head[x]; r.Has(x) {
			return relUp
		}
	}
	return relSide
}

// Speaks reports whether a word is one of speaking or thinking, as wordclass has it.
func (a *Table) Speaks(t int) bool {
	c := a.Class[t]
	return c.Of(wordclass.Communicate)+c.Of(wordclass.DoCognition)+c.Of(wordclass.Communication)+c.Of(wordclass.Cognition) > .4 || a.Lower[t] == "according" || a.Punct[t]
}

// CueBetween reports whether an unquoted word that is likely to be a cue stands in a range.
func (a *Table) CueBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if a.PC[i] >= .3 && a.Quote[i] != syntax.Double {
			return true
		}
	}
	return false
}

// innerFloor is the lexicon's number from which a verb inside a content is tried as a cue,
// innerSure the same for a verb on which no clause hangs.
const (
	innerFloor = .3
	innerSure  = .6
)

// InnerCue reports whether a verb is likely a cue by the lexicon alone: one of speaking or
// thinking, with a subject of its own and a clause or quotation hanging on it.
func (a *Table) InnerCue(t int) bool {
	if a.PC[t] < innerFloor || a.Pos[t] != syntax.PosVerb || a.PC[t] < .5 && !a.Speaks(t) {
		return false
	}
	if sh := a.Shape(t); a.PC[t] < innerSure && sh != clauseRight && sh != clauseLeft && sh < nearQuote {
		return false
	}
	s := a.SubjectOf(t)
	return s.Token >= 0 && (s.Steps == 0 || s.Steps == 1 && a.Dep[t] == syntax.DepConj)
}

// AnotherCue is the lexicon's number from which a verb beside a statement is the cue of another.
const AnotherCue = .5

// First is the first letter of a word.
func First(w string) rune { r, _ := utf8.DecodeRuneInString(w); return r }
