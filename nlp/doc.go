package nlp

import (
	"iter"
	"slices"
	"sort"

	"dateline/nlp/names"
	"dateline/nlp/parser"
	"dateline/nlp/rules"
	"dateline/nlp/tokenizer"
)

// A Span is a range of bytes of the text, End not included.
type Span struct{ Start, End int }

// A Piece is a run of tokens: First up to but not including End, and the bytes from the start of
// the first to the end of the last.
type Piece struct {
	Span
	FirstToken, EndToken int
}

// An Entity is a name with its type, in the reference's terms: PERSON, NORP, ORG, GPE, LOC, DATE,
// MONEY and so on.
type Entity struct {
	Piece
	Type string
}

// A Doc is an analysed text. Tokens are numbered from 0. Together with the single blanks that
// follow them they tile the text as far as it was read. A Doc may be read by several goroutines.
type Doc struct {
	pipeline *Pipeline
	text     string
	read     int // bytes
	tokens   []tokenizer.Token
	tree     parser.Tree
	analyses []rules.Analysis
	names    []names.Label

	sentences []int32 // first tokens
	child     []int32 // first child of each token, or none
	sibling   []int32 // next child of the same head, or none
}

const none = -1

// link prepares what the accessors need: sentences and children.
func (d *Doc) link() {
	n := len(d.tokens)
	d.child, d.sibling = resize(d.child, n), resize(d.sibling, n)
	d.sentences = d.sentences[:0]
	for i := range d.child {
		d.child[i] = none
		if i == 0 || d.tree.Nodes[i].Start {
			d.sentences = append(d.sentences, int32(i))
		}
	}
	for i := n - 1; i >= 0; i-- {
		d.sibling[i] = none
		if h := d.tree.Nodes[i].Head; int(h) != i {
			d.sibling[i], d.child[h] = d.child[h], int32(i)
		}
	}
}

// Text is the text analysed.
func (d *Doc) Text() string { return d.text }

// Truncated tells whether Options.MaxTokens cut the analysis short; Read is how many bytes of the
// text it covers.
func (d *Doc) Truncated() bool { return d.read < len(d.text) }
func (d *Doc) Read() int       { return d.read }

// Len is the number of tokens.
func (d *Doc) Len() int { return len(d.tokens) }

// Span returns the bytes of token i.
func (d *Doc) Span(i int) Span { return Span{int(d.tokens[i].Start), int(d.tokens[i].End)} }

// Word returns token i as the text has it, Lower the same in lower case.
func (d *Doc) Word(i int) string  { return d.text[d.tokens[i].Start:d.tokens[i].End] }
func (d *Doc) Lower(i int) string { return d.tokens[i].Lower }

// Norm returns the spelling of token i that the networks read: "will" for the "wo" of "won't".
func (d *Doc) Norm(i int) string { return d.tokens[i].Norm }

// Shape returns the outline of token i: "Xxxxx", "dd:dd".
func (d *Doc) Shape(i int) string { return d.pipeline.lexicon.ShapeOf(d.tokens[i].Text) }

// Blank tells whether a single blank follows token i. Other blanks are tokens of their own, for
// which Space holds.
func (d *Doc) Blank(i int) bool { return d.tokens[i].Blank }
func (d *Doc) Space(i int) bool { return d.tokens[i].Space }

// Tag is the Penn Treebank tag of token i ("VBD"), POS its Universal Dependencies part of speech
// ("VERB"), Morph its morphology ("Tense=Past|VerbForm=Fin"), Lemma its base form.
func (d *Doc) Tag(i int) string   { return d.pipeline.rules.Tags[d.analyses[i].Tag] }
func (d *Doc) POS(i int) string   { return d.pipeline.rules.POS[d.analyses[i].POS] }
func (d *Doc) Morph(i int) string { return d.pipeline.rules.Morphs[d.analyses[i].Morph] }
func (d *Doc) Lemma(i int) string { return d.analyses[i].Lemma }

// Head is the token that token i depends on, itself for the root of a sentence; Dep says how, in
// the labels of ClearNLP ("nsubj", "ccomp", "ROOT").
func (d *Doc) Head(i int) int   { return int(d.tree.Nodes[i].Head) }
func (d *Doc) Dep(i int) string { return d.pipeline.rules.Labels[d.analyses[i].Label] }

// SentenceStart tells whether a sentence starts with token i.
func (d *Doc) SentenceStart(i int) bool { return i == 0 || d.tree.Nodes[i].Start }

// EntityType is the type of the entity token i belongs to, "" if none; EntityStart tells whether
// it is its first token.
func (d *Doc) EntityType(i int) string { return d.pipeline.names.Types()[d.names[i].Type] }
func (d *Doc) EntityStart(i int) bool  { return d.names[i].First }

// EntityIOB is "B", "I" or "O": first token of an entity, later token of one, none.
func (d *Doc) EntityIOB(i int) string {
	switch {
	case d.names[i].Type == 0:
		return "O"
	case d.names[i].First:
		return "B"
	}
	return "I"
}

// Children yields the tokens that depend on token i, from left to right.
func (d *Doc) Children(i int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for c := d.child[i]; c != none; c = d.sibling[c] {
			if !yield(int(c)) {
				return
			}
		}
	}
}

// Subtree returns the run of tokens from the first to the last that depends on token i, directly
// or not, itself included. Where arcs cross, tokens of others may lie inside.
func (d *Doc) Subtree(i int) Piece {
	n := &d.tree.Nodes[i]
	return d.Piece(int(n.Left), int(n.Right)+1)
}

// Piece returns the tokens from first up to but not including end, which must not be empty.
func (d *Doc) Piece(first, end int) Piece {
	return Piece{Span{int(d.tokens[first].Start), int(d.tokens[end-1].End)}, first, end}
}

// Sentences yields the sentences. Blanks between two of them belong to the one before, as a token
// or not at all.
func (d *Doc) Sentences() iter.Seq[Piece] {
	return func(yield func(Piece) bool) {
		for i := range d.sentences {
			if !yield(d.sentence(i)) {
				return
			}
		}
	}
}

func (d *Doc) sentence(i int) Piece {
	end := len(d.tokens)
	if i+1 < len(d.sentences) {
		end = int(d.sentences[i+1])
	}
	return d.Piece(int(d.sentences[i]), end)
}

// SentenceOf returns the sentence token i stands in.
func (d *Doc) SentenceOf(i int) Piece {
	k, found := slices.BinarySearch(d.sentences, int32(i))
	if !found {
		k--
	}
	return d.sentence(k)
}

// TokenAt returns the token that holds the byte at offset, or the next one after it; Len if there
// is none.
func (d *Doc) TokenAt(offset int) int {
	return sort.Search(len(d.tokens), func(i int) bool { return int(d.tokens[i].End) > offset })
}

// Entities yields the names, from left to right.
func (d *Doc) Entities() iter.Seq[Entity] {
	return func(yield func(Entity) bool) {
		for i := 0; i < len(d.names); {
			kind, end := d.names[i].Type, i+1
			if kind != 0 {
				for end < len(d.names) && d.names[end].Type != 0 && !d.names[end].First {
					end++
				}
				if !yield(Entity{d.Piece(i, end), d.EntityType(i)}) {
					return
				}
			}
			i = end
		}
	}
}

// chunkLabels are the labels and parts of speech noun chunks ask for, by number.
type chunkLabels struct {
	phrase, conj, nominal []bool
}

func newChunkLabels(r *rules.Rules) chunkLabels {
	in := func(list []string, members ...string) []bool {
		set := make([]bool, len(list))
		for i, s := range list {
			set[i] = slices.Contains(members, s)
		}
		return set
	}
	return chunkLabels{
		phrase:  in(r.Labels, "oprd", "nsubj", "dobj", "nsubjpass", "pcomp", "pobj", "dative", "appos", "attr", "ROOT"),
		conj:    in(r.Labels, "conj"),
		nominal: in(r.POS, "NOUN", "PROPN", "PRON"),
	}
}

// NounChunks yields the base noun phrases: each noun with what stands before it and depends on it,
// none inside another (docs/nlp.md, section 7.5).
func (d *Doc) NounChunks() iter.Seq[Piece] {
	return func(yield func(Piece) bool) {
		labels := &d.pipeline.chunks
		last := none
		for i := range d.analyses {
			left := int(d.tree.Nodes[i].Left)
			if !labels.nominal[d.analyses[i].POS] || left <= last {
				continue
			}
			h := i
			if labels.conj[d.analyses[i].Label] {
				h = d.firstConjunct(i)
			}
			if labels.phrase[d.analyses[h].Label] {
				last = i
				if !yield(d.Piece(left, i+1)) {
					return
				}
			}
		}
	}
}

// longestConjunction bounds the walk of firstConjunct: a thousand conjuncts are no sentence.
const longestConjunction = 1000

// firstConjunct returns the conjunct that token i is joined to by a chain of conjunctions.
func (d *Doc) firstConjunct(i int) int {
	labels := &d.pipeline.chunks
	h := d.Head(i)
	for range longestConjunction {
		if !labels.conj[d.analyses[h].Label] || d.Head(h) >= h {
			break
		}
		h = d.Head(h)
	}
	return h
}
