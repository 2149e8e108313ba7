// Package feature makes the rows of features by which the four deciders score cues, sources,
// contents and whole statements, and keeps what they decided about each cue. Every feature is
// a count, a flag or a small category, defined in the one place where its row is made. It
// neither holds trees nor chooses.
package feature

import (
	"slices"

	"dateline/annotate/attribution/content"
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
)

// An Article is a parsed text with what the deciders made of it so far.
type Article struct {
	word.Table
	Style  float32   // by whose conventions statements are marked, see OwnStyle
	score  []float32 // cue score, 0 for what is no candidate
	Frames []*Cue    // cues that reached the score, in text order
}

// New is an article of which nothing is decided yet.
func New(d *syntax.Doc, lex *word.Lexicon, vocab *word.Vocabulary) Article {
	return Article{Table: word.New(d, lex, vocab), score: make([]float32, d.N)}
}

// A Cue is a word that may head a cue, with all that was decided about it.
type Cue struct {
	Head     int       // the word
	Score    float32   // of the decider of cues
	Features []float32 // its row of cueRow
	Subject  word.Subject
	Source   int     // head word of the source, -1 if none
	SrcScore float32 // of the source, or of there being none
	second   float32 // score of the second best source
	SrcSpan  []syntax.Range
	Span     syntax.Range       // of the cue itself
	Contents []*content.Content // best first once ranked
	Inner    bool               // tried only as a cue inside another's content
}

// OwnStyle is the style in which statements are found.
const OwnStyle = 0

// A Row collects the features of one candidate. Every feature is defined where it is added,
// and nowhere else: the order of the calls is the order of the columns. Fitting keeps their
// names too.
type Row struct {
	Values []float32
	Names  *[]string // where the names are wanted, nil elsewhere
}

// num adds a number.
func (r *Row) num(name string, v float32) {
	r.Values = append(r.Values, v)
	if r.Names != nil {
		*r.Names = append(*r.Names, name)
	}
}

func (r *Row) count(name string, n int) { r.num(name, float32(n)) }

func (r *Row) flag(name string, b bool) {
	if b {
		r.num(name, 1)
	} else {
		r.num(name, 0)
	}
}

// flags adds flags that are not set and returns their values, to set some.
func (r *Row) flags(names []string) []float32 {
	at := len(r.Values)
	r.Values = slices.Grow(r.Values, len(names))[:at+len(names)]
	clear(r.Values[at:])
	if r.Names != nil {
		*r.Names = append(*r.Names, names...)
	}
	return r.Values[at:]
}

// cat adds a category: a small number without order, 0 where there is none. Its name begins
// with #.
func (r *Row) cat(name string, v float32) { r.num(name, v) }

// classNames are the names of the columns that classOf adds, by the word's.
type classNames struct{ first, share, second string }

func classesOf(word string) classNames {
	return classNames{"#" + word + " class 1", word + " share 1", "#" + word + " class 2"}
}

var wordClasses, objectClasses, subjectClasses, topClasses = classesOf("word"), classesOf("object"), classesOf("subject"), classesOf("top")

// classOf adds the classes of a word; t may be -1.
func (r *Row) classOf(names *classNames, a *Article, t int) {
	var c wordclass.Classes
	if t >= 0 {
		c = a.Class[t]
	}
	r.cat(names.first, float32(c[0].Class))
	r.num(names.share, float32(c[0].Share))
	r.cat(names.second, float32(c[1].Class))
}
