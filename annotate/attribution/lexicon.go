package attribution

import (
	"dateline/annotate/syntax"
)

// A lexicon holds what was counted of single lemmas: how often a lemma is the head of a cue,
// by what hangs on it, how often the head of a source, and by which edge its content joins
// it. Every question is answered by additive smoothing towards the next coarser count.
type lexicon struct {
	ids    map[string]int32 // lemmas that are counted, numbered from 1
	counts map[key]count
	own    map[key]count // while fitting: the counts of the article itself, taken off
}

// smoothing is the weight of the coarser value, in occurrences.
const smoothing = 4

type count struct{ hit, n float32 }

// A key names a count. Lemma 0 stands for "any".
type key struct {
	kind  kind
	pos   syntax.Pos
	shape shape
	lemma int32
	arg   uint32
}

type kind uint8

const (
	word     kind = iota + 1 // cue head, by lemma and part of speech, and shape where it is not 0
	pair                     // cue head, by lemma and its particle or first preposition
	object                   // cue head, by the lemma of its object
	source                   // source head, by lemma, or by entity type of a proper noun
	relation                 // relation of the content to the cue head of this lemma
)

func (l *lexicon) count(k key) count {
	c, ok := l.counts[k]
	if ok && l.own != nil {
		o := l.own[k]
		c.hit, c.n = c.hit-o.hit, c.n-o.n
	}
	return c
}

// lemmaCount is the count of a lemma that may be unknown.
func (l *lexicon) lemmaCount(k key) count {
	if k.lemma == 0 {
		return count{}
	}
	return l.count(k)
}

// cue is the chance that the word is the head of a cue, by its lemma alone, and how often the
// lemma was seen.
func (l *lexicon) cue(lemma int32, pos syntax.Pos) (p, n float32) {
	any := l.count(key{kind: word, pos: pos})
	c := l.lemmaCount(key{kind: word, pos: pos, lemma: lemma})
	return (c.hit + smoothing*(any.hit+.1)/(any.n+5)) / (c.n + smoothing), c.n
}

// cueShape is the same given what hangs on the word too; p is the value to smooth towards.
func (l *lexicon) cueShape(lemma int32, pos syntax.Pos, s shape, p float32) float32 {
	c := l.lemmaCount(key{kind: word, pos: pos, lemma: lemma, shape: s})
	return (c.hit + smoothing*p) / (c.n + smoothing)
}

// bareShape is the chance given what hangs on the word, whatever the word.
func (l *lexicon) bareShape(pos syntax.Pos, s shape) float32 {
	c := l.count(key{kind: word, pos: pos, shape: s})
	return (c.hit + .1) / (c.n + 5)
}

func (l *lexicon) cuePair(lemma int32, pos syntax.Pos, particle uint32, p float32) float32 {
	c := l.lemmaCount(key{kind: pair, pos: pos, lemma: lemma, arg: particle})
	return (c.hit + smoothing*p) / (c.n + smoothing)
}

func (l *lexicon) cueObject(lemma int32) float32 {
	c := l.lemmaCount(key{kind: object, lemma: lemma})
	return (c.hit + smoothing*.1) / (c.n + smoothing)
}

func (l *lexicon) sourceHead(k key) float32 {
	any := l.count(key{kind: source})
	var c count
	if k.lemma != 0 || k.arg != 0 {
		c = l.count(k)
	}
	return (c.hit + smoothing*any.hit/max(1, any.n)) / (c.n + smoothing)
}

func (l *lexicon) relation(lemma int32, r rel) float32 {
	any := l.count(key{kind: relation, arg: uint32(r)}).hit / max(1, l.count(key{kind: relation}).n)
	hit := l.lemmaCount(key{kind: relation, lemma: lemma, arg: uint32(r)}).hit
	n := l.lemmaCount(key{kind: relation, lemma: lemma}).n
	return (hit + smoothing*any) / (n + smoothing)
}

// A shape says what hangs on a word: its strongest complement, and whether a quotation stands
// within three tokens. 0 is no shape, so that a key without one is the coarser count.
type shape uint8

const (
	bare shape = iota + 1
	clauseRight
	clauseLeft
	openClause
	adnominal
	withObject
	withPrep
	nearQuote shape = 8 // added to one of the others
)

func (a *table) shape(t int) shape {
	s := bare
	rank := func(x shape, r int, best *int) {
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

// particle is the first particle of a word, else its first preposition to the right; -1 if
// it has neither. object is its first object or predicate, where that is a noun or adjective.
func (a *table) particle(t int) int {
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

func (a *table) object(t int) int {
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

// sourceKey is the count that tells how often a word heads a source.
func (a *table) sourceKey(t int) key {
	if a.Pos[t] == syntax.PosPropn {
		return key{kind: source, arg: uint32(a.Ent[t]) + 1}
	}
	return key{kind: source, lemma: a.lemma[t]}
}
