package tokenizer

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/nlp/lexicon"
	"dateline/nlp/model"
)

func open(t testing.TB) *Tokenizer {
	t.Helper()
	f, err := model.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	tok := New(f, lexicon.New(f))
	if f.Err() != nil {
		t.Fatal(f.Err())
	}
	return tok
}

func words(tokens []Token) (all []string) {
	for _, t := range tokens {
		all = append(all, t.Text)
	}
	return all
}

const noLimit = 1 << 30

func TestTokens(t *testing.T) {
	s := open(t).Session()
	for _, c := range []struct{ what, text, want string }{
		{"contractions are special cases", "I don't", "I|do|n't"},
		{"prefixes and suffixes come off one by one", `("Yes!")`, `(|"|Yes|!|"|)`},
		{"a special case under a prefix", "(don't", "(|do|n't"},
		{"a special case under a suffix", "e.g.,", "e.g.|,"},
		{"hyphens are infixes", "state-of-the-art", "state|-|of|-|the|-|art"},
		{"a glued full stop is an infix", "Monday.Nobody", "Monday|.|Nobody"},
		{"numbers keep their commas", "1,250", "1,250"},
		{"units come off numbers", "12km", "12|km"},
		{"currencies come off", "$3.5m", "$|3.5|m"},
		{"full stops in a row are one token", "well...", "well|..."},
		{"addresses stay whole", "see https://www.alba.example/a-b?c=d.", "see|https://www.alba.example/a-b?c=d|."},
		{"mail addresses stay whole", "ana@alba.example", "ana@alba.example"},
		{"one blank belongs to no token, further ones do", "a  b", "a| |b"},
		{"other blanks are tokens", "a\u00a0b", "a|\u00a0|b"},
		{"a time of day", "10a.m.", "10|a.m."},
	} {
		if got := strings.Join(words(s.Tokens(nil, c.text, noLimit, nil)), "|"); got != c.want {
			t.Errorf("%s: %q gives %q, want %q", c.what, c.text, got, c.want)
		}
	}
}

func TestCuts(t *testing.T) {
	s := open(t).Session()
	for _, c := range []struct {
		text string
		cuts []int
		want string
	}{
		{"callWhy", []int{0, 4}, "call|Why"},
		{"a b", []int{0, 2}, "a|b"},
		{"a.m.", []int{2}, "a.|m."},
		{"call. Why", []int{0, 6, 100}, "call|.|Why"},
	} {
		got := s.Tokens(nil, c.text, noLimit, c.cuts)
		if strings.Join(words(got), "|") != c.want {
			t.Errorf("%q cut at %v gives %q, want %q", c.text, c.cuts, words(got), c.want)
		}
	}
}

func TestLimit(t *testing.T) {
	s := open(t).Session()
	all := s.Tokens(nil, "one two (three) four", noLimit, nil)
	for n := range len(all) {
		if got := s.Tokens(nil, "one two (three) four", n, nil); !slices.Equal(words(got), words(all[:n])) {
			t.Errorf("limit %d gives %q", n, words(got))
		}
	}
}

func TestAddresses(t *testing.T) {
	tok := open(t)
	for s, want := range map[string]bool{
		"alba.example": true, "www.alba.example": true, "alba.example:8080/x": true, "alba.example:8/x": false, "alba.example:123456": false,
		"http://alba.example": true, "x://alba.example": false, "²½://alba.example": true, "a\u0301b://alba.example": false, "h-t+t.p://alba.example": true,
		"user@alba.example": true, "@alba.example": false, "a:b@c@alba.example": true, "192.0.2.7": true, "192.0.2.7:80/x?y": true,
		"10.0.0.1": false, "127.0.0.1": false, "192.168.0.1": false, "169.254.1.1": false, "172.16.0.1": false, "172.32.0.1": true, "224.0.0.1": false, "223.255.255.254": true,
		"223.255.255.255": false, "0.1.1.1": false, "1.2.3": false, "alba": false, "-alba.example": false, "alba-.example": false, "al_ba.example": true,
		"a..example": false, "alba.e": false, "alba.EXAMPLE": false, "алба.рф": true, strings.Repeat("a", 64) + ".example": true, strings.Repeat("a", 65) + ".example": false,
		"alba.example/a b": true, "alba.example?": true, "alba.example!": false, "": false, ".": false,
	} {
		if got := tok.isURL(s); got != want {
			t.Errorf("isURL(%q) = %v", s, got)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"", "I don't (e.g.) know...", "http://a.bb/c?d@e", "a.m.\u00a0b\xff", "12km US$5 ½.", "rock'n'roll-y'all'd've"} {
		f.Add(s, 3)
	}
	tok := open(f)
	session := tok.Session()
	f.Fuzz(func(t *testing.T, text string, cut int) {
		tokens := session.Tokens(nil, text, noLimit, []int{cut})
		at := int32(0)
		for i, token := range tokens {
			if token.Start != at || token.End <= token.Start || text[token.Start:token.End] != token.Text {
				t.Fatalf("token %d of %q is %q at %d to %d", i, text, token.Text, token.Start, token.End)
			}
			if at = token.End; token.Blank {
				at++
			}
			if int(token.Start) < cut && cut < int(token.End) && utf8.RuneStart(text[cut]) {
				t.Fatalf("token %d of %q crosses the cut at %d", i, text, cut)
			}
		}
		if int(at) != len(text) {
			t.Fatalf("the tokens of %q end at %d", text, at)
		}
		again := tok.Session().Tokens(nil, text, noLimit, []int{cut})
		if !slices.Equal(words(tokens), words(again)) {
			t.Fatalf("%q gives %q, and %q in a new session", text, words(tokens), words(again))
		}
	})
}
