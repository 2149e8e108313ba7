package grouping

import (
	"math"
	"testing"
)

// Five documents, two events: {a b c} and {d e}. We put {a b} and {c d} together and lost e.
func TestBCubedAndPairs(t *testing.T) {
	items := []Item{{"1", "x", true}, {"1", "x", true}, {"1", "y", true}, {"2", "y", true}, {"2", "", true}}
	b := BCubed(items)
	precision := (1 + 1 + .5 + .5) / 4      // of the found ones
	recall := (2./3 + 2./3 + 1./3 + .5) / 5 // of all
	if math.Abs(b.Precision-precision) > 1e-9 || math.Abs(b.Recall-recall) > 1e-9 {
		t.Errorf("B3 %+v, want %v %v", b, precision, recall)
	}
	p := Pairs([]Item{{"1", "x", true}, {"1", "x", true}, {"1", "y", true}, {"2", "y", true}, {"2", "z", true}})
	if p.Precision != 1./2 || p.Recall != 1./4 { // ab of ab, cd; ab of ab, ac, bc, de
		t.Errorf("pairs %+v", p)
	}
	if math.Abs(p.F1()-1./3) > 1e-9 {
		t.Errorf("F1 %v", p.F1())
	}
}

func TestCompanyCountsButIsNotAsked(t *testing.T) {
	b := BCubed([]Item{{"1", "x", true}, {"1", "x", true}, {"2", "x", false}})
	if math.Abs(b.Precision-2./3) > 1e-9 || b.Recall != 1 {
		t.Errorf("%+v", b)
	}
	if s := BCubed(nil); s.F1() != 0 {
		t.Errorf("of nothing %+v", s)
	}
	if s := Pairs([]Item{{"1", "x", true}, {"2", "y", true}}); s.F1() != 1 {
		t.Errorf("where there is no pair nothing is wrong: %+v", s)
	}
}
