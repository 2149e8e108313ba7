package lexicon

import (
	"testing"

	"dateline/nlp/model"
)

func open(t testing.TB) *Lexicon {
	t.Helper()
	f, err := model.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	l := New(f)
	if f.Err() != nil {
		t.Fatal(f.Err())
	}
	return l
}

func TestIDs(t *testing.T) {
	l := open(t)
	for s, want := range map[string]uint64{
		"apple": 8566208034543834098, "coffee": 3197928453018144401, "Hello": 15777305708150031551, "Xxxxx": 16072095006890171862,
		"'s": 16428057658620181782, "é": 16256712947286012828,
		"": 0, "X": 101, "agent": 401, "punct": 445, "DATE": 391, "_": 456, // symbols are no hashes
	} {
		if got := l.ID(s); got != want {
			t.Errorf("id of %q is %d, want %d", s, got, want)
		}
	}
	if l.ID("date") == 391 {
		t.Error("the symbol DATE is found in lower case")
	}
}

func TestShapes(t *testing.T) {
	l := open(t)
	for word, want := range map[string]string{
		"Ruiz": "Xxxx", "Lindqvar": "Xxxxx", "10:30": "dd:dd", "1250000": "dddd", "U.S.": "X.X.", "Київ": "Xxxx", "m²": "xd", "--": "--", "......": "....",
		"É": "X", "北京": "xx", "don’t": "xxx’x",
	} {
		if got := l.ShapeOf(word); got != want {
			t.Errorf("shape of %q is %q, want %q", word, got, want)
		}
	}
	long := make([]byte, 100)
	for i := range long {
		long[i] = 'a'
	}
	if got := l.ShapeOf(string(long)); got != "LONG" {
		t.Errorf("100 letters have shape %q", got)
	}
	if got := l.ShapeOf(string(long[1:])); got != "xxxx" {
		t.Errorf("99 letters have shape %q", got)
	}
}

func TestLowerIsPythons(t *testing.T) {
	l := open(t)
	for word, want := range map[string]string{
		"ABC": "abc", "ΟΔΟΣ": "οδος", "Σ": "σ", "ΣΑΣ": "σας", "Σ'Α": "σ'α", "ΑΣ'": "ας'", "İstanbul": "i̇stanbul", "ÉTAT": "état", "Ⓥ": "ⓥ",
	} {
		if got := l.Lower(word); got != want {
			t.Errorf("lower case of %q is %q, want %q", word, got, want)
		}
	}
}

func TestNorms(t *testing.T) {
	l := open(t)
	for word, want := range map[string]string{"“": `"`, "…": "...", "€": "$", "—": "-", "Bridge": "bridge", "cos": "because"} {
		if got := l.Lexeme(word, "").Norm; got != want {
			t.Errorf("norm of %q is %q, want %q", word, got, want)
		}
	}
	if x := l.Lexeme("wo", "will"); x.Norm != "will" || x.NormID != l.ID("will") {
		t.Errorf("a norm of its own is lost: %+v", x)
	}
}

func TestPrefixAndSuffixAreCodePoints(t *testing.T) {
	l := open(t)
	x := l.Lexeme("Éclair", "")
	if x.Prefix != l.ID("É") || x.Suffix != l.ID("air") {
		t.Error("prefix or suffix of Éclair")
	}
	if x := l.Lexeme("né", ""); x.Suffix != l.ID("né") {
		t.Error("the suffix of a short word is the word")
	}
}

func TestBlankIsPythons(t *testing.T) {
	for _, r := range "\t\n\v\f\r\x1c\x1d\x1e\x1f \u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000" {
		if !Blank(r) {
			t.Errorf("%U is no blank", r)
		}
	}
	for _, r := range "a\u200b\u180e\ufeff\x00" {
		if Blank(r) {
			t.Errorf("%U is a blank", r)
		}
	}
}

func TestCacheForgetsWhatIsNotAskedFor(t *testing.T) {
	c := NewCache[int](10)
	c.Put("kept", 1)
	for i := range 100 {
		c.Put(string(rune('a'+i)), i)
		if v, ok := c.Get("kept"); !ok || v != 1 {
			t.Fatalf("forgot a value asked for after %d others", i+1)
		}
	}
	if _, ok := c.Get("a"); ok {
		t.Error("remembers the first of a hundred")
	}
	if n := len(c.young) + len(c.old); n > 20 {
		t.Errorf("holds %d values", n)
	}
}
