package attribution

import (
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
)

// An article is a parsed text with what the deciders made of it so far.
type article struct {
	table
	style  float32   // by whose conventions statements are marked, see ownStyle
	score  []float32 // cue score, 0 for what is no candidate
	frames []*cue    // cues that reached the score, in text order
}

func newArticle(d *syntax.Doc, lex *lexicon, vocab *vocabulary) article {
	return article{table: newTable(d, lex, vocab), score: make([]float32, d.N)}
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

// ownStyle is the style in which statements are found.
const ownStyle = 0

// A row collects the features of one candidate. Every feature is defined where it is added,
// and nowhere else: the order of the calls is the order of the columns. Fitting keeps their
// names too.
type row struct {
	values []float32
	names  *[]string
}

// num adds a number.
func (r *row) num(name string, v float32) {
	r.values = append(r.values, v)
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
