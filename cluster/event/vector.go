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

// body is the vector of an article's words.
func (w *words) body(s *sketch.Sketch) vector {
	all := make([]struct {
		hash   uint32
		weight float32
	}, len(s.Terms))
	for i, t := range s.Terms {
		all[i].hash = t.Hash
		all[i].weight = float32((1 + math.Log(float64(t.Count))) * w.weight(t.Hash))
	}
	if len(all) > keepTerms {
		slices.SortFunc(all, func(a, b struct {
			hash   uint32
			weight float32
		}) int {
			switch {
			case a.weight > b.weight:
				return -1
			case a.weight < b.weight:
				return 1
			case a.hash < b.hash:
				return -1
			}
			return 1
		})
		all = all[:keepTerms]
		slices.SortFunc(all, func(a, b struct {
			hash   uint32
			weight float32
		}) int {
			if a.hash < b.hash {
				return -1
			}
			return 1
		})
	}
	v := vector{make([]uint32, len(all)), make([]float32, len(all))}
	for i, t := range all {
		v.hash[i], v.weight[i] = t.hash, t.weight
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
