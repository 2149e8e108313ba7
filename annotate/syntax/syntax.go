// Package syntax is the parsed article as the rooms of annotate read it: tokens with their
// grammar, the paragraphs and sentence units they stand in, and which of them are quoted.
//
// It adds to a parse what attribution and mentions both ask for: children, the range of each
// subtree inside its unit, and the state of the quotation marks. A unit is a sentence of the
// parser, cut where a paragraph ends and after maxUnit tokens; no rule looks past a unit
// without saying so, which bounds the time of all of them.
package syntax

import (
	"sort"
	"strings"
	"unicode"

	"dateline/text"
)

// A Token is one token of a parse, in text order. Heads are indices into the same list; the
// head of a root is itself.
type Token struct {
	Span      text.Span
	Lemma     string
	Pos       string // "VERB"
	Tag       string // "VBD"
	Dep       string // "nsubj"
	Head      int
	Ent       string // "PERSON"; "" outside entities
	EntBegin  bool   // the first token of an entity
	SentStart bool
}

// maxUnit is the longest sentence unit, in tokens. The longest sentence of 923 news articles
// has 180; what is longer is a table or a list without points.
const maxUnit = 400

// maxPar is the longest paragraph, in tokens; what is longer is cut where a unit ends.
const maxPar = 2000

// A Doc is a parsed text. It is immutable once built.
type Doc struct {
	Text       string
	N          int
	Span       []text.Span
	Orth       []string
	Lower      []string
	Lemma      []string // lower case
	Pos        []Pos
	Tag        []Tag
	Dep        []Dep
	Ent        []Ent
	EntBegin   []bool
	Head       []int
	Space      []bool // white space alone
	Punct      []bool // punctuation alone
	Quote      []Quotation
	Left       []int // the subtree of token i is [Left[i], Right[i]) inside its unit
	Right      []int
	Unit       []int   // number of the unit of each token
	Units      []Range // in text order
	Par        []int   // number of the paragraph of each token, among those with words
	Pars       []Range
	Quotes     []Range // quotations in double marks, marks included
	Singles    []Range // in single marks, outside double ones
	QuoteOf    []int   // index into Quotes, -1 outside
	children   []int   // of all tokens, one after another
	firstChild []int   // children of i are children[firstChild[i]:firstChild[i+1]]
	weight     []int   // weight[i] is the size of tokens before i
	quoted     []int   // quoted[i] counts the double-quoted tokens before i
	verbs      []int
	subjects   []int
	finite     []int
}

// A Range is the tokens [Start, End).
type Range struct{ Start, End int }

// Len is the number of tokens.
func (r Range) Len() int { return r.End - r.Start }

// Has reports whether token i lies in the range.
func (r Range) Has(i int) bool { return r.Start <= i && i < r.End }

// Quotation is the state of a token with regard to quotation marks; the marks themselves
// count as quoted.
type Quotation uint8

const (
	Unquoted Quotation = iota
	Double
	Single
)

// New builds a Doc. breaks are the byte offsets at which a paragraph begins, beside those
// after a newline: the starts of segments.
func New(t string, tokens []Token, breaks ...int) *Doc {
	n := len(tokens)
	d := &Doc{Text: t, N: n, Span: make([]text.Span, n), Orth: make([]string, n), Lower: make([]string, n), Lemma: make([]string, n),
		Pos: make([]Pos, n), Tag: make([]Tag, n), Dep: make([]Dep, n), Ent: make([]Ent, n), EntBegin: make([]bool, n), Head: make([]int, n),
		Space: make([]bool, n), Punct: make([]bool, n)}
	for i, tok := range tokens {
		d.Span[i] = tok.Span
		d.Orth[i] = tok.Span.Of(t)
		d.Lower[i] = lower(d.Orth[i])
		d.Lemma[i] = lower(tok.Lemma)
		d.Pos[i], d.Tag[i], d.Dep[i], d.Ent[i] = posOf[tok.Pos], tagOf[tok.Tag], depOf[tok.Dep], entOf[tok.Ent]
		d.EntBegin[i] = tok.EntBegin
		d.Head[i] = tok.Head
		if tok.Head < 0 || tok.Head >= n {
			d.Head[i] = i
		}
		d.Space[i] = all(d.Orth[i], unicode.IsSpace)
		d.Punct[i] = all(d.Orth[i], unicode.IsPunct)
	}
	d.cutCycles()
	d.lay(tokens, breaks)
	d.hang()
	d.markQuotations()
	d.sum()
	return d
}

// sum counts what the features ask of ranges.
func (d *Doc) sum() {
	n := d.N
	d.weight, d.quoted, d.verbs, d.subjects, d.finite = make([]int, n+1), make([]int, n+1), make([]int, n+1), make([]int, n+1), make([]int, n+1)
	for i := range n {
		d.weight[i+1], d.quoted[i+1], d.verbs[i+1], d.subjects[i+1], d.finite[i+1] = d.weight[i], d.quoted[i], d.verbs[i], d.subjects[i], d.finite[i]
		if !d.Space[i] {
			d.weight[i+1] += len(d.Orth[i]) + 1
		}
		if d.Quote[i] == Double {
			d.quoted[i+1]++
		}
		if d.Subject(i) {
			d.subjects[i+1]++
		}
		if d.Verbal(i) {
			d.verbs[i+1]++
			switch d.Tag[i] {
			case TagVbd, TagVbz, TagVbp, TagMd:
				d.finite[i+1]++
			}
		}
	}
}

func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return strings.ToLower(s)
		}
	}
	return s
}

func all(s string, is func(rune) bool) bool {
	for _, r := range s {
		if !is(r) {
			return false
		}
	}
	return s != ""
}

// cutCycles makes a root of a token from which the heads lead back to itself: no parser
// writes one, but what is handed in is not ours.
func (d *Doc) cutCycles() {
	state := make([]uint8, d.N) // 1 on the present path, 2 known to end
	for i := range d.N {
		j := i
		for state[j] == 0 && d.Head[j] != j {
			state[j] = 1
			j = d.Head[j]
		}
		if state[j] == 1 {
			d.Head[j] = j
		}
		for k := i; state[k] == 1; k = d.Head[k] {
			state[k] = 2
		}
		state[j] = 2
	}
}

// lay cuts the tokens into paragraphs and units.
func (d *Doc) lay(tokens []Token, breaks []int) {
	d.Unit, d.Par = make([]int, d.N), make([]int, d.N)
	newPar, newUnit := true, true
	for i := range d.N {
		for len(breaks) > 0 && breaks[0] <= d.Span[i].Start {
			newPar, breaks = true, breaks[1:]
		}
		newUnit = newUnit || tokens[i].SentStart
		if d.Space[i] {
			newPar = newPar || strings.Contains(d.Orth[i], "\n")
		} else {
			if newPar {
				d.Pars = append(d.Pars, Range{i, i + 1})
			}
			newUnit = newUnit || newPar || i-d.Units[len(d.Units)-1].Start >= maxUnit
			if newUnit && !newPar && i-d.Pars[len(d.Pars)-1].Start >= maxPar {
				d.Pars = append(d.Pars, Range{i, i + 1})
			}
			if newUnit {
				d.Units = append(d.Units, Range{i, i + 1})
			}
			d.Units[len(d.Units)-1].End, d.Pars[len(d.Pars)-1].End = i+1, i+1
			newPar, newUnit = false, false
		}
		d.Unit[i], d.Par[i] = max(0, len(d.Units)-1), max(0, len(d.Pars)-1)
	}
}

// hang collects the children of each token and the range of its subtree.
func (d *Doc) hang() {
	n := d.N
	d.firstChild, d.children = make([]int, n+1), make([]int, n)
	for i, h := range d.Head {
		if h != i && !d.Space[i] {
			d.firstChild[h+1]++
		}
	}
	for i := range n {
		d.firstChild[i+1] += d.firstChild[i]
	}
	next := append([]int(nil), d.firstChild[:n]...)
	for i, h := range d.Head {
		if h != i && !d.Space[i] {
			d.children[next[h]] = i
			next[h]++
		}
	}
	d.Left, d.Right = make([]int, n), make([]int, n)
	waiting := make([]int, n) // children whose range is not known yet
	var ready []int
	for i := range n {
		d.Left[i], d.Right[i] = i, i+1
		if waiting[i] = d.firstChild[i+1] - d.firstChild[i]; waiting[i] == 0 {
			ready = append(ready, i)
		}
	}
	for len(ready) > 0 {
		i := ready[len(ready)-1]
		ready = ready[:len(ready)-1]
		h := d.Head[i]
		if h == i || d.Space[i] {
			continue
		}
		if d.Unit[h] == d.Unit[i] {
			d.Left[h], d.Right[h] = min(d.Left[h], d.Left[i]), max(d.Right[h], d.Right[i])
		}
		if waiting[h]--; waiting[h] == 0 {
			ready = append(ready, h)
		}
	}
}

// Children are the dependants of token i in text order, white space left out.
func (d *Doc) Children(i int) []int { return d.children[d.firstChild[i]:d.firstChild[i+1]] }

// Root reports whether token i has no head.
func (d *Doc) Root(i int) bool { return d.Head[i] == i }

// Verbal reports whether token i is a verb or an auxiliary.
func (d *Doc) Verbal(i int) bool { return d.Pos[i] == PosVerb || d.Pos[i] == PosAux }

// Subject reports whether token i is the subject of a clause.
func (d *Doc) Subject(i int) bool { return d.Dep[i] == DepNsubj || d.Dep[i] == DepNsubjpass }

// Inside reports whether token i lies in the subtree of token t.
func (d *Doc) Inside(i, t int) bool { return d.Left[t] <= i && i < d.Right[t] }

// Tree is the range of the subtree of token t.
func (d *Doc) Tree(t int) Range { return Range{d.Left[t], d.Right[t]} }

// Size is the length of a token range, in bytes of its tokens and the gaps between them.
func (d *Doc) Size(r Range) int { return d.weight[r.End] - d.weight[r.Start] }

// Quoted counts the tokens of a range that stand in double quotation marks.
func (d *Doc) Quoted(r Range) int { return d.quoted[r.End] - d.quoted[r.Start] }

// Bytes is the span of text that a range of tokens covers.
func (d *Doc) Bytes(r Range) text.Span {
	if r.Len() <= 0 {
		return text.Span{}
	}
	return text.Span{Start: d.Span[r.Start].Start, End: d.Span[r.End-1].End}
}

// Text of a range as written.
func (d *Doc) Of(r Range) string { return d.Bytes(r).Of(d.Text) }

// Verbs, Subjects and Finite count the verbs, subjects and finite verbs of a range.
func (d *Doc) Verbs(r Range) int    { return d.verbs[r.End] - d.verbs[r.Start] }
func (d *Doc) Subjects(r Range) int { return d.subjects[r.End] - d.subjects[r.Start] }
func (d *Doc) Finite(r Range) int   { return d.finite[r.End] - d.finite[r.Start] }

// Starting are the ranges of a sorted list that begin inside r.
func Starting(list []Range, r Range) []Range {
	from := sort.Search(len(list), func(i int) bool { return list[i].Start >= r.Start })
	to := sort.Search(len(list), func(i int) bool { return list[i].Start >= r.End })
	return list[from:max(from, to)]
}

// Tokens are the token ranges that byte spans cover, white space at their ends left out.
func (d *Doc) Tokens(spans []text.Span) (out []Range) {
	for _, s := range spans {
		i := sort.Search(d.N, func(i int) bool { return d.Span[i].End > s.Start })
		j := sort.Search(d.N, func(i int) bool { return d.Span[i].Start >= s.End })
		for i < j && d.Space[i] {
			i++
		}
		for j > i && d.Space[j-1] {
			j--
		}
		if j > i {
			out = append(out, Range{i, j})
		}
	}
	sort.Slice(out, func(x, y int) bool { return out[x].Start < out[y].Start })
	return out
}

// Tops are the tokens of the ranges whose heads lie outside them, in text order.
func (d *Doc) Tops(ranges []Range) (tops []int) {
	in := func(i int) bool {
		for _, r := range ranges {
			if r.Has(i) {
				return true
			}
		}
		return false
	}
	for _, r := range ranges {
		for i := r.Start; i < r.End; i++ {
			if !d.Space[i] && (d.Head[i] == i || !in(d.Head[i])) {
				tops = append(tops, i)
			}
		}
	}
	return tops
}
