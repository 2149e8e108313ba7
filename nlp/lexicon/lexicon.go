// Package lexicon knows what can be said of a word without its context: its ids, its norm, its
// shape, whether it is blank. The networks see nothing of a token but these.
//
// Words are spelt as the reference (spaCy, in Python) spells them, so lower case, digits and
// blanks follow Python's rules where Go's differ (docs/nlp.md, sections 2 and 3).
//
// A Lexicon is immutable. The Lexemes it makes belong to one worker, which keeps notes in them.
package lexicon

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/nlp/model"
)

// A Lexicon makes lexemes.
type Lexicon struct {
	symbols    model.Table
	symbolIDs  []uint64
	normIDs    []uint64 // ascending
	norms      model.Strings
	digits     []uint32 // ascending: digits that are not decimal
	wordRanges []uint32 // first and last of each range of word characters, ascending
	words      model.Table
}

// New reads the vocabulary of a model.
func New(f *model.File) *Lexicon {
	l := &Lexicon{symbols: f.Table("symbols"), normIDs: f.Uint64s("norms.ids", -1), norms: f.Strings("norms"), digits: f.Uint32s("digits", -1), wordRanges: f.Uint32s("class.word", -1), words: f.Table("ruler.words")}
	l.symbolIDs = f.Uint64s("symbols.ids", l.symbols.Len())
	return l
}

// A Lexeme is a word: everything about a token that does not depend on where it stands.
type Lexeme struct {
	Text  string
	Lower string // Text in lower case
	Norm  string // the spelling the networks read: "wo" of "won't" is "will"

	ID, NormID, Prefix, Suffix, Shape uint64 // string ids of Text, Norm and so on

	Space bool   // nothing but blanks
	Word  uint16 // Lower among the words that rules ask for, counted from 1; 0 if none does

	Notes
}

// Notes are a worker's: where it keeps what it has computed for a lexeme. They are hints, to be
// checked against the place they point to.
type Notes struct {
	Vector [3]int32 // places in the type caches of package encoder
	Lemma  [2]Lemma // lemmas last asked for
	Phrase bool     // a special case of several tokens may start here
}

// A Lemma is a lemma under a part of speech and a morphology (their ids, in Key).
type Lemma struct {
	Key  uint32 // 0: none
	Text string
}

// Lexeme describes the word text. A norm that is not empty takes the place of the word's own, as
// it does in tokens of the tokenizer's special cases.
func (l *Lexicon) Lexeme(text, norm string) *Lexeme {
	x := &Lexeme{Text: text, Lower: l.Lower(text), Norm: norm, ID: l.ID(text)}
	if x.Norm == "" {
		x.Norm = l.norm(x)
	}
	x.NormID = l.ID(x.Norm)
	x.Prefix = l.ID(prefix(text))
	x.Suffix = l.ID(suffix(text))
	x.Shape = l.ID(l.ShapeOf(text))
	x.Space = !strings.ContainsFunc(text, func(r rune) bool { return !Blank(r) })
	x.Word = uint16(l.words.Find(x.Lower) + 1)
	return x
}

// norm returns the norm of a word: the model's, else the word in lower case.
func (l *Lexicon) norm(x *Lexeme) string {
	if i, ok := slices.BinarySearch(l.normIDs, x.ID); ok {
		return l.norms.At(i)
	}
	return x.Lower
}

// WordNumber returns the number a word of the rules has in Lexeme.Word.
func (l *Lexicon) WordNumber(word string) uint16 { return uint16(l.words.Find(word) + 1) }

// Words is one more than the largest number of a word.
func (l *Lexicon) Words() int { return l.words.Len() + 1 }

// ID returns the id of a string: a small number for the symbols of the reference's vocabulary,
// a hash for all others (docs/nlp.md, section 2).
func (l *Lexicon) ID(s string) uint64 {
	if s == "" {
		return 0
	}
	if i := l.symbols.Find(s); i >= 0 {
		return l.symbolIDs[i]
	}
	return Hash(s)
}

// prefix is the first code point.
func prefix(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// suffix is the last three code points.
func suffix(s string) string {
	at := len(s)
	for range 3 {
		_, n := utf8.DecodeLastRuneInString(s[:at])
		at -= n
	}
	return s[at:]
}

// longShape is the shape of words of 100 code points and more.
const longShape = "LONG"

// ShapeOf returns the shape of a word: x, X and d for letters and digits, other characters as
// they are, and of a run of equal ones the first four.
func (l *Lexicon) ShapeOf(s string) string {
	if len(s) >= 100 && utf8.RuneCountInString(s) >= 100 {
		return longShape
	}
	var b strings.Builder
	last, run := rune(-1), 0
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf && 'a' <= r && r <= 'z':
			r = 'x'
		case l.Letter(r) && unicode.IsUpper(r):
			r = 'X'
		case l.Letter(r):
			r = 'x'
		case l.digit(r):
			r = 'd'
		}
		if r != last {
			last, run = r, 0
		}
		if run++; run <= 4 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// digit tells whether Python's isdigit holds: decimal digits, and ² or ⑦.
func (l *Lexicon) digit(r rune) bool {
	if r < utf8.RuneSelf {
		return '0' <= r && r <= '9'
	}
	_, ok := slices.BinarySearch(l.digits, uint32(r))
	return ok || unicode.IsDigit(r) && l.known(r)
}
