package score

import "testing"

func TestMeans(t *testing.T) {
	var m Mean
	if m.Value() != 0 {
		t.Error("the mean of nothing is not 0")
	}
	m.Add(.5)
	m.Count(true)
	m.Count(false)
	if f := m.Figure("x"); f.Value != .5 || f.N != 3 || f.Metric != "x" {
		t.Errorf("%+v", f)
	}
	if F1(0, 0) != 0 || F1(1, .5) != 2./3 || Ratio(1, 0) != 0 || Ratio(1, 4) != .25 {
		t.Error("F1 or ratio")
	}
}
