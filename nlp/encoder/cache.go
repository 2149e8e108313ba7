package encoder

import (
	"dateline/nlp/lexicon"
	"dateline/nlp/tokenizer"
)

// cachedTypes is how many word types a network remembers: 3.8 kB each. News repeats itself:
// 1,500 types cover about nine tokens of ten (docs/nlp.md, section 12).
const cachedTypes = 1536

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

	at      []int32 // places of the window under way
	missing []int32 // tokens, counted from the window's first, that had no place
	inputs  []float32
	mixed   []float32
}

// An owner is a type and when it was last asked for.
type owner struct {
	word  *lexicon.Lexeme
	note  int
	round uint32 // of the last use
	used  bool   // since the hand came by
}

func newCache(n *Network, notes int) *cache { return &cache{Network: n, notes: notes} }

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
			c.owner[place].word, c.owner[place].note = t.Lexeme, note
			t.Vector[note] = place
			c.missing = append(c.missing, int32(i))
		}
		c.owner[place].round, c.owner[place].used = c.round, true
		c.at = append(c.at, place)
	}
	const batch = 48
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
		if o.round != c.round && !o.used {
			return int32(c.hand)
		}
		o.used = false
	}
}

// grow adds places, so that a worker of short texts stays small.
func (c *cache) grow() {
	n := min(max(2*len(c.owner), cachedTypes/4), cachedTypes)
	c.owner = append(make([]owner, 0, n), c.owner...)[:n]
	c.vectors = append(make([]float32, 0, n*width), c.vectors...)[:n*width]
	c.shares = append(make([]float32, 0, n*3*maxout), c.shares...)[:n*3*maxout]
}

// fill computes what the cache keeps of some tokens' types.
func (c *cache) fill(tokens []tokenizer.Token, from int, which []int32) {
	k, n := c.mix.K, len(which)
	if len(c.inputs) < n*k {
		c.inputs = make([]float32, n*k)
		c.mixed = make([]float32, n*3*maxout)
	}
	for i, t := range which {
		c.embed(c.inputs[i*k:(i+1)*k], &tokens[t])
	}
	c.kernel.Multiply(c.mixed, maxout, c.inputs, k, n, &c.mix)
	for i, t := range which {
		v := c.vector(c.at[int(t)-from])
		c.kernel.FinishAdd(v, zeros[:width], c.mixed[i*maxout:], zeros[:], zeros[:], &c.mixNorm)
		copy(c.inputs[i*width:(i+1)*width], v)
	}
	c.kernel.Multiply(c.mixed, 3*maxout, c.inputs, width, n, &c.first)
	for i, t := range which {
		place := int(c.at[int(t)-from])
		copy(c.shares[place*3*maxout:(place+1)*3*maxout], c.mixed[i*3*maxout:])
	}
}
