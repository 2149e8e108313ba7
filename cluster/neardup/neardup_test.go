package neardup_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline/cluster/neardup"
	"dateline/cluster/sketch"
)

// prose is text of n words that no other seed gives.
func prose(seed, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "w%dx%d ", seed, i)
	}
	return b.String()
}

// words is prose without numbers in it.
func words(seed, n int) string {
	return strings.NewReplacer("0", "a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "6", "g", "7", "h", "8", "i", "9", "j").Replace(prose(seed, n))
}

func TestCompare(t *testing.T) {
	var r sketch.Reader
	of := func(text, outlet string, day float64) neardup.Article {
		s := r.Of("", text)
		return neardup.Of(&s, outlet, day)
	}
	base := words(1, 200)
	for _, c := range []struct {
		name string
		a, b neardup.Article
		copy bool
	}{
		{"the same text", of(base, "A", 1), of(base, "B", 1), true},
		{"the first quarter", of(base, "A", 1), of(base[:len(base)/4], "B", 2), true},
		{"half of each is shared, two outlets", of(base+words(2, 200), "A", 1), of(base+words(3, 200), "B", 1), true},
		{"half of each is shared, one outlet", of(base+words(2, 200), "A", 1), of(base+words(3, 200), "A", 1), false},
		{"nothing is shared", of(base, "A", 1), of(words(4, 200), "B", 1), false},
		{"only a quotation is shared", of(words(2, 100)+"\n“"+base+"”", "A", 1), of(words(3, 100)+"\n“"+base+"”", "B", 1), false},
		{"the same words with other numbers, weeks later", of(base+" 41 42 43", "A", 1), of(base+" 51 52 43", "A", 30), false},
		{"the same words and numbers, weeks later", of(base+" 41 42 43", "A", 1), of(base+" 41 42 43", "A", 30), true},
		{"nothing against nothing", of("", "A", 1), of("", "B", 1), false},
	} {
		one, two := neardup.Compare(&c.a, &c.b, false), neardup.Compare(&c.b, &c.a, false)
		if one.Copy != c.copy || two.Copy != c.copy {
			t.Errorf("%s: %v and %v, want %v (%s)", c.name, one.Copy, two.Copy, c.copy, one.Why)
		}
	}
}

// TestIndex holds that the index finds what it was told, forgets in bulk, and that identical
// articles cost no more each.
func TestIndex(t *testing.T) {
	var r sketch.Reader
	ix := neardup.NewIndex(50)
	for i := range int32(200) {
		s := r.Of("", words(int(i), 120))
		a := neardup.Of(&s, "", 1)
		if m, found := ix.Find(&a, nil); found {
			t.Fatalf("article %d is a copy of %d", i, m.Article)
		}
		ix.Add(i, &a, -1)
	}
	for _, c := range []struct {
		of    int
		found bool
	}{{199, true}, {160, true}, {10, false}} {
		s := r.Of("", words(c.of, 120))
		a := neardup.Of(&s, "", 1)
		if m, found := ix.Find(&a, nil); found != c.found || found && m.Article != int32(c.of) {
			t.Errorf("copy of %d: %v %+v, want %v", c.of, found, m, c.found)
		}
	}
}
