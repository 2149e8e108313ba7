package attribution

import "math"

// bins is into how many classes of confidence statements are sorted.
const bins = 10

// A Calibration compares how sure we say we are with how often we are right.
//
// Statements are sorted by confidence into ten classes of equal width; the expected calibration
// error is the mean, over all statements, of the distance of a class's mean confidence from the
// share of it that is right.
//
// Source: Naeini et al. 2015, "Obtaining well calibrated probabilities using Bayesian binning".
type Calibration struct {
	said, right [bins]float64
	n           [bins]int
}

// Add looks at the statements of one document, of being the partners Tally.Add returned. Nested
// statements are left out, for the gold has no layer for them.
func (c *Calibration) Add(gold []Gold, found []Found, of []int) {
	right := make([]bool, len(found))
	for i, k := range of {
		if k >= 0 {
			right[k] = SourcesAgree(gold[i], found[k])
		}
	}
	for k, f := range found {
		if f.Nested {
			continue
		}
		b := max(0, min(bins-1, int(f.Confidence*bins)))
		c.n[b]++
		c.said[b] += f.Confidence
		if right[k] {
			c.right[b]++
		}
	}
}

// Error is the expected calibration error, in [0,1].
func (c *Calibration) Error() float64 {
	sum, n := 0.0, 0
	for b := range c.n {
		sum += math.Abs(c.said[b] - c.right[b])
		n += c.n[b]
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// A Class is the statements of about one confidence.
type Class struct {
	From, To float64
	Right    float64 // the share that is right
	N        int
}

// Classes are those that hold any statement, the least sure first.
func (c *Calibration) Classes() []Class {
	var out []Class
	for b, n := range c.n {
		if n > 0 {
			out = append(out, Class{float64(b) / bins, float64(b+1) / bins, c.right[b] / float64(n), n})
		}
	}
	return out
}
