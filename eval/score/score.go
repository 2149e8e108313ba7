// Package score holds what all scores are made of: figures, means, shares.
package score

// A Figure is one number of a score.
type Figure struct {
	Suite   string  `json:"suite"`
	Set     string  `json:"set"`
	Metric  string  `json:"metric"`
	Value   float64 `json:"value"`
	N       int     `json:"n"`       // of how many pages, statements, expressions
	Seconds float64 `json:"seconds"` // that the set took, reading and comparing
}

// F1 is the harmonic mean of precision and recall, 0 if both are.
func F1(precision, recall float64) float64 {
	if precision+recall == 0 {
		return 0
	}
	return 2 * precision * recall / (precision + recall)
}

// Ratio is a/b, 0 where b is.
func Ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// A Mean adds up numbers for their mean, which is 0 of none.
type Mean struct {
	Sum float64
	N   int
}

// Add adds a number.
func (m *Mean) Add(v float64) { m.Sum, m.N = m.Sum+v, m.N+1 }

// Count adds 1 for what holds, 0 for what does not.
func (m *Mean) Count(holds bool) {
	if m.N++; holds {
		m.Sum++
	}
}

// Value is the mean.
func (m *Mean) Value() float64 {
	if m.N == 0 {
		return 0
	}
	return m.Sum / float64(m.N)
}

// Figure is the mean as a figure.
func (m *Mean) Figure(metric string) Figure {
	return Figure{Metric: metric, Value: m.Value(), N: m.N}
}
