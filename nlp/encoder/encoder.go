// Package encoder turns tokens into vectors: what the tagger, the parser and the names see of a
// text (docs/nlp.md, section 5).
//
// A word's features are hashed into tables whose rows are added; a maxout layer mixes them; four
// layers then let each token look at one neighbour on either side, so that a vector depends on
// four tokens before and four after. Three things make it fast without changing its result:
// the mixed vector of a word and its share in the first window layer are kept in a cache (cache.go);
// the other window layers compute two tokens with four products and not six (vector.Window); and
// bias, maximum, normalisation and residual are one pass over a row in registers.
//
// A Network is immutable; an Encoder belongs to one worker.
package encoder

import (
	"fmt"
	"math/bits"

	"dateline/nlp/model"
	"dateline/nlp/tokenizer"
	"dateline/nlp/vector"
)

const (
	width  = vector.Width
	maxout = vector.Maxout

	// reach is how far a vector sees: one token a window layer. The reference pads a document
	// with as many rows at either end.
	reach  = 4
	layers = 4 // window layers

	// blockPairs is how many pairs of rows go through a layer at a time: their products (110 kB)
	// stay in the second-level cache beside the layer's weights.
	blockPairs = 24
)

// A Network holds the weights of one token-to-vector network.
type Network struct {
	kernel vector.Kernel
	tables []table
	blank  bool // the network also sees whether a blank follows and whether the word is one

	mix                []vector.Matrix // a feature's share in the mix layer
	first              vector.Matrix
	mixNorm, firstNorm vector.Norm
	window             [layers - 1]struct {
		product [4]vector.Matrix
		norm    vector.Norm
	}
}

// A table is one hashed embedding.
type table struct {
	seed, rows uint32
	data       []float32
}

var zeros [maxout]float32 // a row of nothing; never written

// New reads the network whose sections start with prefix.
func New(f *model.File, prefix string, kernel vector.Kernel) *Network {
	n := &Network{kernel: kernel}
	seeds := f.Uint32s(prefix+".seeds", -1)
	rows := f.Uint32s(prefix+".rows", len(seeds))
	for i := range seeds {
		data := f.Floats(fmt.Sprintf("%s.embed.%d", prefix, i), int(rows[i])*width)
		n.tables = append(n.tables, table{seeds[i], rows[i], data})
	}
	n.blank = len(n.tables) > 4
	none := make([]float32, 3*maxout) // products that get their bias later
	layer := func(i int) (string, vector.Norm) {
		name := fmt.Sprintf("%s.layer.%d", prefix, i)
		return name + ".weights", vector.Norm{Bias: f.Floats(name+".bias", maxout), Scale: f.Floats(name+".scale", width), Shift: f.Floats(name+".shift", width)}
	}
	matrix := func(w []float32, k, n int) vector.Matrix { return vector.Matrix{K: k, N: n, Panel: w, Bias: none[:n]} }

	name, n0 := layer(0)
	const size = width * maxout
	w := f.Floats(name, len(n.tables)*size)
	for i := range n.tables {
		n.mix = append(n.mix, matrix(w[i*size:(i+1)*size], width, maxout))
	}
	n.mixNorm = n0
	name, n.firstNorm = layer(1)
	n.first = matrix(f.Floats(name, width*3*maxout), width, 3*maxout)
	for i := range n.window {
		name, n.window[i].norm = layer(2 + i)
		w := f.Floats(name, 4*size)
		for p := range 4 {
			n.window[i].product[p] = matrix(w[p*size:(p+1)*size], width, maxout)
		}
	}
	return n
}

// Features of a token, in the order of the tables. The last two are only seen by a network that
// sees blanks.
const (
	norm = iota
	prefix
	suffix
	shape
	blankAfter
	allBlank
	features
)

// featuresOf returns the ids the tables of a network are asked for.
func featuresOf(t *tokenizer.Token) (ids [features]uint64) {
	ids = [features]uint64{norm: t.NormID, prefix: t.Prefix, suffix: t.Suffix, shape: t.Shape}
	if t.Blank {
		ids[blankAfter] = 1
	}
	if t.Space {
		ids[allBlank] = 1
	}
	return ids
}

// embed fills x with the sum of the four rows that a feature is hashed to (docs/nlp.md, section
// 5.1).
func (n *Network) embed(x []float32, feature int, id uint64) {
	tab := &n.tables[feature]
	a, b := hash(id, tab.seed)
	row := func(h uint64) []float32 {
		at := int(uint32(h)%tab.rows) * width
		return tab.data[at : at+width]
	}
	n.kernel.SumFour(x, row(a), row(a>>32), row(b), row(b>>32))
}

// hash is MurmurHash3 x64-128 of one 8-byte key (Appleby 2011); the reference takes its four
// halves.
func hash(id uint64, seed uint32) (h1, h2 uint64) {
	const size = 8
	h1 = bits.RotateLeft64(id*0x87c37b91114253d5, 31) * 0x4cf5ad432745937f
	h1 ^= uint64(seed) ^ size
	h2 = uint64(seed) ^ size
	h1 += h2
	h2 += h1
	h1, h2 = mixBits(h1), mixBits(h2)
	h1 += h2
	h2 += h1
	return h1, h2
}

func mixBits(h uint64) uint64 {
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// An Encoder runs a network for one worker.
type Encoder struct {
	*Network
	cache *cache
	rows  [2][]float32 // the rows of a window before and after a layer
	sums  []float32    // blockPairs rows of each product's input
	prods []float32    // and of its output
}

// Encoder returns a new encoder that keeps its notes in place number notes of lexicon.Notes (and
// the next, for a network that sees blanks).
func (n *Network) Encoder(notes int) *Encoder {
	return &Encoder{Network: n, cache: newCache(n, notes), sums: make([]float32, 4*blockPairs*width), prods: make([]float32, 4*blockPairs*maxout)}
}

// Window returns the vectors of tokens[from:to], one after another, valid until the next call.
// from is even. The result does not depend on where windows are cut.
func (e *Encoder) Window(tokens []tokenizer.Token, from, to int) []float32 {
	// Row i of the window is token from-reach+i; beyond the document it is the reference's padding.
	// Each layer is computed only as far around the tokens asked for as the layers after it reach.
	// Pairs start at even rows, so that a token has the same partner in every window; rows of
	// pairs that nobody asked for hold numbers of no meaning.
	n := to - from
	for i := range e.rows {
		if size := (n + 2*reach) * width; cap(e.rows[i]) < size {
			e.rows[i] = make([]float32, size)
		} else {
			e.rows[i] = e.rows[i][:size]
		}
	}
	x, y := e.rows[0], e.rows[1]
	e.firstLayer(x, tokens, from, n)
	for i := range e.window {
		beyond := layers - 2 - i // rows needed to either side: 2, 1, none
		first := (reach - beyond) &^ 1
		e.windowLayer(y, x, i, first, (reach+n+beyond-first+1)/2)
		x, y = y, x
	}
	return x[reach*width : (reach+n)*width]
}

// firstLayer adds up, for each row the later layers reach, the shares of three neighbouring words
// in the first window layer, and finishes it.
func (e *Encoder) firstLayer(y []float32, tokens []tokenizer.Token, from, n int) {
	low, high := max(0, from-reach), min(len(tokens), from+n+reach)
	at := e.cache.places(tokens, low, high)
	place := func(row int) int32 {
		t := from - reach + row
		if t < low || t >= high {
			return -1
		}
		return at[t-low]
	}
	before, here := place(0), place(1)
	for row := 1; row < n+2*reach-1; row++ {
		after := place(row + 1)
		e.kernel.FinishAdd(y[row*width:], e.cache.vector(here), e.cache.share(before, 0), e.cache.share(here, 1), e.cache.share(after, 2), &e.firstNorm)
		before, here = here, after
	}
}

// windowLayer computes rows of y from x in the product form, some pairs from row first, block by
// block.
func (e *Encoder) windowLayer(y, x []float32, layer, first, pairs int) {
	l := &e.window[layer]
	for p := 0; p < pairs; p += blockPairs {
		n := min(blockPairs, pairs-p)
		in := x[(first+2*p-1)*width:]
		e.kernel.Pairs(e.sums, in, n)
		for i := range l.product {
			e.kernel.Multiply(e.prods[i*n*maxout:], maxout, e.sums[i*n*width:], width, n, &l.product[i])
		}
		in, out := in[width:], y[(first+2*p)*width:]
		for r := range n {
			m1, m2, m3, m4 := e.prods[r*maxout:], e.prods[(n+r)*maxout:], e.prods[(2*n+r)*maxout:], e.prods[(3*n+r)*maxout:]
			at := 2 * r * width
			e.kernel.FinishAdd(out[at:], in[at:], m1, m2, m3, &l.norm)
			e.kernel.FinishSub(out[at+width:], in[at+width:], m2, m4, m3, &l.norm)
		}
	}
}
