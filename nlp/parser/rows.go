package parser

import "dateline/nlp/vector"

// BlockTokens is how many tokens are encoded at once.
const BlockTokens = 256

// keptBlocks is how many blocks of precomputed rows (1 MB each) a session keeps. A state looks at
// most at as many blocks as it has features.
const keptBlocks = features

// rows holds, for each token and each feature, what the token adds to the hidden layer when it
// stands in that place (docs/nlp.md, section 7.1). That is 4 kB a token, so rows are made block
// by block when a state first looks at a block, the one not looked at for longest giving way; a
// block looked at again is made again. A state of a sane text looks at one or two.
type rows struct {
	*Parser
	vectors  Vectors
	n        int
	slotOf   []int8 // of each block; none if it is not kept
	slot     [keptBlocks]slot
	clock    uint64
	hidden   []float32
	gathered [features]*[vector.State]float32
}

type slot struct {
	block int
	used  uint64
	data  []float32
}

func newRows(p *Parser) rows { return rows{Parser: p} }

func (r *rows) reset(n int, vectors Vectors) {
	r.vectors, r.n = vectors, n
	r.slotOf = r.slotOf[:0]
	for range (n + BlockTokens - 1) / BlockTokens {
		r.slotOf = append(r.slotOf, none)
	}
	for i := range r.slot {
		r.slot[i].block, r.slot[i].used = none, 0
	}
}

// gather points to the rows of the tokens of a state.
func (r *rows) gather(tokens *[features]int) {
	r.clock++
	for f, t := range tokens {
		if t == none {
			r.gathered[f] = &r.missing[f]
			continue
		}
		i := r.slotOf[t/BlockTokens]
		if i == none {
			i = r.load(t / BlockTokens)
		}
		s := &r.slot[i]
		s.used = r.clock
		r.gathered[f] = (*[vector.State]float32)(s.data[(t%BlockTokens*features+f)*vector.State:])
	}
}

// load makes the rows of a block in the place of those not used for longest.
func (r *rows) load(block int) int8 {
	oldest := 0
	for i := range r.slot {
		if r.slot[i].used < r.slot[oldest].used {
			oldest = i
		}
	}
	s := &r.slot[oldest]
	if s.block != none {
		r.slotOf[s.block] = none
	}
	s.block = block
	r.slotOf[block] = int8(oldest)

	from := block * BlockTokens
	to := min(from+BlockTokens, r.n)
	x := r.vectors(from, to)
	size := features * vector.State
	if need := min(BlockTokens, max(to-from, 64)); len(s.data) < need*size {
		s.data = make([]float32, need*size)
	}
	if len(r.hidden) < (to-from)*vector.Hidden {
		r.hidden = make([]float32, BlockTokens*vector.Hidden)
	}
	r.kernel.Multiply(r.hidden, vector.Hidden, x, vector.Width, to-from, &r.token)
	r.kernel.Multiply(s.data, size, r.hidden, vector.Hidden, to-from, &r.shares)
	return int8(oldest)
}
