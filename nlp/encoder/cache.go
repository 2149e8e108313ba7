package encoder

import (
	"dateline/nlp/lexicon"
	"dateline/nlp/tokenizer"
)

// cachedTypes is how many word types a network remembers, 3.8 kB each. On news three tokens of
// four find their type; with twice as many it would be five of six (docs/nlp.md, section 12).
const cachedTypes = 1280

// mostUses is how many times round the clock a type can earn to stay.
const mostUses = 7

// A cache keeps, for the word types met last, the mixed vector (docs/nlp.md, section 5.2) and its
// products with the three places of the first window layer. Both depend on the word, and in the
// shared network on whether a blank follows; never on the neighbours.
//
// Where a type lies is noted in its lexeme. Places are handed out by the clock algorithm; those
// of the window under way are not given away.
type cache struct {
	*Network
	notes   int
	vectors []float32 // one mixed vector a place
	shares  []float32 // three rows of maxout a place
	owner   []owner
	taken   int // places ever handed out
	hand    int // where the clock stands
	round   uint32

	parts [features]parts // what values of features add to the mix layer; none for norm

	at       []int32 // places of the window under way
	missing  []int32 // its tokens that had no place
	inputs   []float32
	outputs  []float32
	embedded [width]float32
}

// parts remembers a feature's share in the mix layer for values met lately: 1.2 kB each, found by
// the low bits of the value's id. Words differ in their norms; their prefixes, suffixes and
// shapes are few.
type parts struct {
	ids  []uint64
	full []bool
	rows []float32
}

// partValues is how many values of each feature are kept, a power of two.
var partValues = [features]int{prefix: 128, suffix: 1024, shape: 256, blankAfter: 2, allBlank: 2}

// An owner is a type and when it was last asked for.
type owner struct {
	word  *lexicon.Lexeme
	note  int
	round uint32 // of the last use
	uses  uint8  // found again so often, less one each time the hand came by
}

// batch is how many types are computed at once.
const batch = 48

func newCache(n *Network, notes int) *cache {
	c := &cache{Network: n, notes: notes, inputs: make([]float32, batch*width), outputs: make([]float32, batch*3*maxout)}
	for f := range c.parts {
		k := partValues[f]
		if f >= len(n.tables) {
			k = 0
		}
		c.parts[f] = parts{make([]uint64, k), make([]bool, k), make([]float32, k*maxout)}
	}
	return c
}

// vector returns the mixed vector of a place; -1 is padding.
func (c *cache) vector(place int32) []float32 {
	if place < 0 {
		return zeros[:width]
	}
	return c.vectors[int(place)*width : (int(place)+1)*width]
}

// share returns what the type at place adds to a row whose window it stands in, before (0), at
// (1) or after (2) its middle.
func (c *cache) share(place int32, in int) []float32 {
	if place < 0 {
		return zeros[:]
	}
	at := (int(place)*3 + in) * maxout
	return c.shares[at : at+maxout]
}

// places finds the places of tokens[from:to] and fills those of types not met.
func (c *cache) places(tokens []tokenizer.Token, from, to int) []int32 {
	c.round++
	c.at, c.missing = c.at[:0], c.missing[:0]
	for i := from; i < to; i++ {
		t := &tokens[i]
		note := c.notes
		if c.blank && t.Blank {
			note++
		}
		place := t.Vector[note]
		if int(place) >= len(c.owner) || c.owner[place].word != t.Lexeme || c.owner[place].note != note {
			place = c.take()
			c.owner[place] = owner{word: t.Lexeme, note: note}
			t.Vector[note] = place
			c.missing = append(c.missing, int32(i))
		} else if o := &c.owner[place]; o.uses < mostUses {
			o.uses++
		}
		c.owner[place].round = c.round
		c.at = append(c.at, place)
	}
	for i := 0; i < len(c.missing); i += batch {
		c.fill(tokens, from, c.missing[i:min(i+batch, len(c.missing))])
	}
	return c.at
}

// take returns a place that is free, or the next one in turn that was not used lately.
func (c *cache) take() int32 {
	if c.taken < cachedTypes {
		if c.taken == len(c.owner) {
			c.grow()
		}
		c.taken++
		return int32(c.taken - 1)
	}
	for {
		c.hand = (c.hand + 1) % cachedTypes
		o := &c.owner[c.hand]
		if o.uses > 0 {
			o.uses--
		} else if o.round != c.round {
			return int32(c.hand)
		}
	}
}

// grow adds places, so that a worker of short texts stays small.
func (c *cache) grow() {
	n := min(max(2*len(c.owner), cachedTypes/4), cachedTypes)
	c.owner = append(make([]owner, 0, n), c.owner...)[:n]
	c.vectors = append(make([]float32, 0, n*width), c.vectors...)[:n*width]
	c.shares = append(make([]float32, 0, n*3*maxout), c.shares...)[:n*3*maxout]
}

// fill computes what the cache keeps of some tokens' types. The mix layer is a sum over features:
// that of the norms is multiplied out, the others are mostly known.
func (c *cache) fill(tokens []tokenizer.Token, from int, which []int32) {
	n := len(which)
	for i, t := range which {
		c.embed(c.inputs[i*width:(i+1)*width], norm, tokens[t].NormID)
	}
	c.kernel.Multiply(c.outputs, maxout, c.inputs, width, n, &c.mix[norm])
	for i, t := range which {
		ids := featuresOf(&tokens[t])
		sum := c.outputs[i*maxout : (i+1)*maxout]
		pre, suf, shp := c.part(prefix, ids[prefix]), c.part(suffix, ids[suffix]), c.part(shape, ids[shape])
		for at := 0; at < maxout; at += width {
			c.kernel.SumFour(sum[at:], sum[at:], pre[at:], suf[at:], shp[at:])
		}
		v := c.vector(c.at[int(t)-from])
		c.kernel.FinishAdd(v, zeros[:width], sum, c.part(blankAfter, ids[blankAfter]), c.part(allBlank, ids[allBlank]), &c.mixNorm)
		copy(c.inputs[i*width:(i+1)*width], v)
	}
	c.kernel.Multiply(c.outputs, 3*maxout, c.inputs, width, n, &c.first)
	for i, t := range which {
		place := int(c.at[int(t)-from])
		copy(c.shares[place*3*maxout:(place+1)*3*maxout], c.outputs[i*3*maxout:])
	}
}

// part returns the share of a feature's value in the mix layer, nothing for a feature the network
// does not see.
func (c *cache) part(feature int, id uint64) []float32 {
	p := &c.parts[feature]
	if len(p.ids) == 0 {
		return zeros[:]
	}
	at := int(id) & (len(p.ids) - 1)
	row := p.rows[at*maxout : (at+1)*maxout]
	if !p.full[at] || p.ids[at] != id {
		p.full[at], p.ids[at] = true, id
		c.embed(c.embedded[:], feature, id)
		c.kernel.Multiply(row, maxout, c.embedded[:], width, 1, &c.mix[feature])
	}
	return row
}
