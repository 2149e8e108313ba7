package event

import (
	"math"
	"slices"

	"dateline/cluster/sketch"
)

// A vector is an article as compared with others: words with weights, of length one.
type vector struct {
	hash   []uint32 // in order
	weight []float32
}

// dot is the cosine of two vectors.
func (v vector) dot(w vector) float64 {
	sum := float32(0)
	a, b := v.hash, w.hash
	for i, j := 0, 0; i < len(a) && j < len(b); {
		x, y := a[i], b[j]
		if x == y {
			sum += v.weight[i] * w.weight[j]
			i++
			j++
			continue
		}
		if x < y {
			i++
		} else {
			j++
		}
	}
	return float64(sum)
}

// within is the share of the weight of v's words that stand in w.
func (v vector) within(w vector) float64 {
	in, all := float32(0), float32(0)
	j := 0
	for i, h := range v.hash {
		all += v.weight[i]
		for j < len(w.hash) && w.hash[j] < h {
			j++
		}
		if j < len(w.hash) && w.hash[j] == h {
			in += v.weight[i]
		}
	}
	if all == 0 {
		return 0
	}
	return float64(in / all)
}

// scale makes the vector's length one.
func (v vector) scale() {
	sum := 0.0
	for _, w := range v.weight {
		sum += float64(w) * float64(w)
	}
	if sum == 0 {
		return
	}
	by := float32(1 / math.Sqrt(sum))
	for i := range v.weight {
		v.weight[i] *= by
	}
}

const (
	// keepTerms is how many of an article's words are compared, the weightiest.
	keepTerms = 128
)

// body is the vector of an article's words, of the weightiest where there are many.
func (w *words) body(s *sketch.Sketch) vector {
	weights := make([]float32, len(s.Terms))
	for i, t := range s.Terms {
		weights[i] = float32((1 + math.Log(float64(t.Count))) * w.weight(t.Hash))
	}
	least, ties := float32(math.Inf(-1)), 0
	if len(weights) > keepTerms {
		sorted := slices.Clone(weights)
		slices.Sort(sorted)
		least = sorted[len(sorted)-keepTerms]
		for _, x := range sorted[len(sorted)-keepTerms:] {
			if x == least {
				ties++ // so many of those with just this weight are kept
			}
		}
	}
	most := min(len(weights), keepTerms)
	v := vector{make([]uint32, 0, most), make([]float32, 0, most)}
	for i, t := range s.Terms {
		x := weights[i]
		if x < least || x == least && ties == 0 {
			continue
		}
		if x == least {
			ties--
		}
		v.hash, v.weight = append(v.hash, t.Hash), append(v.weight, x)
	}
	v.scale()
	return v
}

// of is the vector of a set of words.
func (w *words) of(hashes []uint32) vector {
	v := vector{hashes, make([]float32, len(hashes))}
	for i, h := range hashes {
		v.weight[i] = float32(w.weight(h))
	}
	v.scale()
	return v
}
