package sketch_test

import (
	"strings"
	"testing"

	"dateline/cluster/sketch"
)

func TestOf(t *testing.T) {
	var r sketch.Reader
	s := r.Of("Vesk bridge's toll", "The toll is 1,234.5 crowns. “Nobody will pay that here at all,” said Ruiz’s aide at 9:30.")
	has := func(list []uint32, word string) bool {
		for _, h := range list {
			if h == sketch.Hash(word) {
				return true
			}
		}
		return false
	}
	for word, in := range map[string]bool{"vesk": true, "bridge": true, "bridge's": false, "toll": true} {
		if has(s.Title, word) != in {
			t.Errorf("title has %q: %v, want %v", word, !in, in)
		}
	}
	names := map[uint32]bool{}
	for _, term := range s.Terms {
		names[term.Hash] = term.Name
	}
	if !names[sketch.Hash("ruiz")] || names[sketch.Hash("toll")] {
		t.Errorf("a capital in mid-sentence makes a name, and a possessive is not kept")
	}
	if len(s.Numbers) != 2 {
		t.Errorf("%d numbers, want 1,234.5 and 9:30", len(s.Numbers))
	}
	if len(s.Quoted) != 5 || s.Plain != s.Words-7 {
		t.Errorf("%d quoted shingles, %d of %d words plain: the seven words between the marks are quoted", len(s.Quoted), s.Plain, s.Words)
	}
}

// TestSample holds that the shingles of a part are seen as part of the whole, whatever the
// length: what both keep at the coarser level is the same.
func TestSample(t *testing.T) {
	var b strings.Builder
	for i := range 5000 {
		b.WriteString(strings.Repeat(string(rune('a'+i%26)), 1+i%7))
		b.WriteByte(byte('a' + i/26%26))
		b.WriteByte(byte('a' + i/676))
		b.WriteByte(' ')
	}
	var r sketch.Reader
	whole, part := r.Of("", b.String()), r.Of("", b.String()[:b.Len()/4])
	if len(whole.Shingles) > sketch.MaxShingles || whole.Level <= part.Level {
		t.Fatalf("%d shingles at level %d and %d", len(whole.Shingles), whole.Level, part.Level)
	}
	in := map[uint32]bool{}
	for _, h := range whole.Shingles {
		in[h] = true
	}
	for _, h := range sketch.Coarser(part.Shingles, whole.Level) {
		if !in[h] {
			t.Fatalf("shingle %x of the part is not in the whole", h)
		}
	}
}
