package feature

import "testing"

// Every feature that can stand in a reason has words.
func TestInWords(t *testing.T) {
	for _, name := range ColumnNames()[0] {
		for _, v := range []float32{-1, 0, .5, 1, 30} {
			if InWords(name, "said", v) == "" {
				t.Errorf("%q has no words at %g", name, v)
			}
		}
	}
	if got, want := InWords("pc", "said", .943), `"said" reports speech in 94 of 100 cases with what hangs on it here`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
