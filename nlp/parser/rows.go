package parser

import "dateline/nlp/transition"

// BlockTokens is how many tokens are encoded at once.
const BlockTokens = 256

// A session keeps fewBlocks blocks of shares (1 MB each) while it moves through a text,
// and manyBlocks once it has had to go back to one: no state looks at more, for it has no more
// features.
const (
	fewBlocks  = 2
	manyBlocks = features
)

// rows holds the shares of the tokens (docs/nlp.md, section 7.1). They are 4 kB a token, so they are
// made block by block when a state first looks at a block, the one not looked at for longest
// giving way; a block looked at again is made again. States of sane texts look at one or two.
type rows struct {
	scorer   *transition.Scorer
	vectors  Vectors
	n        int
	slotOf   []int8 // of each block; none if it is not kept
	slot     []slot
	clock    uint64 // states looked at
	made     int    // blocks made so far, without those made again
	gathered [features]*transition.Share
}

type slot struct {
	block int
	used  uint64
	data  []transition.Share // of each token in every place
}

func (r *rows) reset(n int, vectors Vectors) {
	r.vectors, r.n, r.made = vectors, n, 0
	r.slotOf = r.slotOf[:0]
	for range (n + BlockTokens - 1) / BlockTokens {
		r.slotOf = append(r.slotOf, none)
	}
	for i := range r.slot {
		r.slot[i].block, r.slot[i].used = none, 0
	}
}

// gather points to the shares of the tokens of a state.
func (r *rows) gather(tokens *[features]int) []*transition.Share {
	r.clock++
	for f, t := range tokens {
		if t == none {
			r.gathered[f] = &r.scorer.Missing[f]
			continue
		}
		i := r.slotOf[t/BlockTokens]
		if i == none {
			i = r.load(t / BlockTokens)
		}
		s := &r.slot[i]
		s.used = r.clock
		r.gathered[f] = &s.data[t%BlockTokens*features+f]
	}
	return r.gathered[:]
}

// place returns a slot for a block: a free one, a new one while more may be kept, or the one not
// used for longest.
func (r *rows) place(block int) int {
	oldest := 0
	for i := range r.slot {
		if r.slot[i].used < r.slot[oldest].used {
			oldest = i
		}
	}
	most := fewBlocks
	if block < r.made || len(r.slot) > 0 && r.slot[oldest].used == r.clock {
		most = manyBlocks // the text goes back, or this state looks at all that are kept
	}
	r.made = max(r.made, block+1)
	if free := len(r.slot) > 0 && r.slot[oldest].used == 0; !free && len(r.slot) < most {
		r.slot = append(r.slot, slot{block: none})
		return len(r.slot) - 1
	}
	return oldest
}

// load makes the shares of a block.
func (r *rows) load(block int) int8 {
	oldest := r.place(block)
	s := &r.slot[oldest]
	if s.block != none {
		r.slotOf[s.block] = none
	}
	s.block = block
	r.slotOf[block] = int8(oldest)

	from := block * BlockTokens
	to := min(from+BlockTokens, r.n)
	x := r.vectors(from, to)
	if need := features * min(BlockTokens, max(to-from, BlockTokens/4)); len(s.data) < need {
		s.data = make([]transition.Share, need)
	}
	r.scorer.Shares(s.data, x, to-from)
	return int8(oldest)
}
