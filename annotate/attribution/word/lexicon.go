package word

import (
	"dateline/annotate/syntax"
)

// A Lexicon holds what was counted of single lemmas: how often a lemma is the head of a cue,
// by what hangs on it, how often the head of a source, and by which edge its content joins
// it. Every question is answered by additive smoothing towards the next coarser count.
type Lexicon struct {
	IDs    map[string]int32 // lemmas that are counted, numbered from 1
	Counts map[Key]Count
	Own    map[Key]Count // while fitting: the counts of the article itself, taken off
}

// smoothing is the weight of the coarser value, in occurrences.
const smoothing = 4

// A Count is how often something was so, of how many times it was seen.
type Count struct{ Hit, N float32 }

// A Key names a count. Lemma 0 stands for "any". The bytes come last: a map hashes a key without
// gaps at one go.
type Key struct {
	Lemma int32
	Arg   uint32
	Kind  Kind
	Pos   syntax.Pos
	Shape Shape
}

// A Kind is what a count is of.
type Kind uint8

// The kinds of counts.
const (
	CueHead     Kind = iota + 1 // cue head, by lemma and part of speech, and shape where it is not 0
	CuePair                     // cue head, by lemma and its particle or first preposition
	CueObject                   // cue head, by the lemma of its object
	SourceHead                  // source head, by lemma, or by entity type of a proper noun
	ContentEdge                 // relation of the content to the cue head of this lemma
)

func (l *Lexicon) count(k Key) Count {
	c, ok := l.Counts[k]
	if ok && l.Own != nil {
		o := l.Own[k]
		c.Hit, c.N = c.Hit-o.Hit, c.N-o.N
	}
	return c
}

// lemmaCount is the count of a lemma that may be unknown.
func (l *Lexicon) lemmaCount(k Key) Count {
	if k.Lemma == 0 {
		return Count{}
	}
	return l.count(k)
}

// cue is the chance that the word is the head of a cue, by its lemma alone, and how often the
// lemma was seen.
func (l *Lexicon) cue(lemma int32, pos syntax.Pos) (p, n float32) {
	any := l.count(Key{Kind: CueHead, Pos: pos})
	c := l.lemmaCount(Key{Kind: CueHead, Pos: pos, Lemma: lemma})
	return (c.Hit + smoothing*(any.Hit+.1)/(any.N+5)) / (c.N + smoothing), c.N
}

// cueShape is the same given what hangs on the word too; p is the value to smooth towards.
func (l *Lexicon) cueShape(lemma int32, pos syntax.Pos, s Shape, p float32) float32 {
	c := l.lemmaCount(Key{Kind: CueHead, Pos: pos, Lemma: lemma, Shape: s})
	return (c.Hit + smoothing*p) / (c.N + smoothing)
}

// bareShape is the chance given what hangs on the word, whatever the word.
func (l *Lexicon) bareShape(pos syntax.Pos, s Shape) float32 {
	c := l.count(Key{Kind: CueHead, Pos: pos, Shape: s})
	return (c.Hit + .1) / (c.N + 5)
}

// CuePair is the chance that the word is a cue given its particle too, by category; p as above.
func (l *Lexicon) CuePair(lemma int32, pos syntax.Pos, particle uint32, p float32) float32 {
	c := l.lemmaCount(Key{Kind: CuePair, Pos: pos, Lemma: lemma, Arg: particle})
	return (c.Hit + smoothing*p) / (c.N + smoothing)
}

// CueObject is the chance that a word with this object is a cue.
func (l *Lexicon) CueObject(lemma int32) float32 {
	c := l.lemmaCount(Key{Kind: CueObject, Lemma: lemma})
	return (c.Hit + smoothing*.1) / (c.N + smoothing)
}

// SourceHead is the chance that the word of a SourceKey heads a source.
func (l *Lexicon) SourceHead(k Key) float32 {
	any := l.count(Key{Kind: SourceHead})
	var c Count
	if k.Lemma != 0 || k.Arg != 0 {
		c = l.count(k)
	}
	return (c.Hit + smoothing*any.Hit/max(1, any.N)) / (c.N + smoothing)
}

// Relation is the share of a cue's contents that have this relation to it.
func (l *Lexicon) Relation(lemma int32, r Rel) float32 {
	any := l.count(Key{Kind: ContentEdge, Arg: uint32(r)}).Hit / max(1, l.count(Key{Kind: ContentEdge}).N)
	hit := l.lemmaCount(Key{Kind: ContentEdge, Lemma: lemma, Arg: uint32(r)}).Hit
	n := l.lemmaCount(Key{Kind: ContentEdge, Lemma: lemma}).N
	return (hit + smoothing*any) / (n + smoothing)
}

// A Shape says what hangs on a word: its strongest complement, and whether a quotation stands
// within three tokens. 0 is no shape, so that a key without one is the coarser count.
type Shape uint8

const (
	bare Shape = iota + 1
	clauseRight
	clauseLeft
	openClause
	adnominal
	withObject
	withPrep
	nearQuote Shape = 8 // added to one of the others
)

// Shape is the shape of a word.
func (a *Table) Shape(t int) Shape {
	s := bare
	rank := func(x Shape, r int, best *int) {
		if r < *best {
			s, *best = x, r
		}
	}
	best := 9
	for _, c := range a.Children(t) {
		switch a.Dep[c] {
		case syntax.DepCcomp:
			if c > t {
				rank(clauseRight, 0, &best)
			} else {
				rank(clauseLeft, 1, &best)
			}
		case syntax.DepXcomp:
			rank(openClause, 2, &best)
		case syntax.DepAcl:
			rank(adnominal, 3, &best)
		case syntax.DepDobj:
			rank(withObject, 4, &best)
		case syntax.DepPrep:
			rank(withPrep, 5, &best)
		}
	}
	if a.Quote[t] != syntax.Double {
		for j := max(0, t-3); j < min(a.N, t+4); j++ {
			if a.Quote[j] == syntax.Double {
				return s + nearQuote
			}
		}
	}
	return s
}

// Particle is the first particle of a word, else its first preposition to the right; -1 if
// it has neither.
func (a *Table) Particle(t int) int {
	prep := -1
	for _, c := range a.Children(t) {
		if a.Dep[c] == syntax.DepPrt {
			return c
		}
		if prep < 0 && c > t && a.Dep[c] == syntax.DepPrep {
			prep = c
		}
	}
	return prep
}

// Object is the first object or predicate of a word if that is a noun or adjective, else -1.
func (a *Table) Object(t int) int {
	for _, c := range a.Children(t) {
		switch a.Dep[c] {
		case syntax.DepDobj, syntax.DepAttr, syntax.DepAcomp:
			if a.Pos[c] == syntax.PosNoun || a.Pos[c] == syntax.PosAdj {
				return c
			}
			return -1
		}
	}
	return -1
}

// SourceKey is the count that tells how often a word heads a source.
func (a *Table) SourceKey(t int) Key {
	if a.Pos[t] == syntax.PosPropn {
		return Key{Kind: SourceHead, Arg: uint32(a.Ent[t]) + 1}
	}
	return Key{Kind: SourceHead, Lemma: a.LemmaID[t]}
}
