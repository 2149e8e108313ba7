package wordclass

import "testing"

func TestClasses(t *testing.T) {
	for _, c := range []struct {
		word  string
		verb  bool
		class Class
	}{
		{"minister", false, Person}, {"ministry", false, Group}, {"claim", false, Communication},
		{"say", true, Communicate}, {"think", true, DoCognition}, {"admire", true, Feel}, {"qwrtz", false, None},
	} {
		got := Noun(c.word)
		if c.verb {
			got = Verb(c.word)
		}
		if got[0].Class != c.class {
			t.Errorf("%s: class %d, want %d", c.word, got[0].Class, c.class)
		}
	}
}
