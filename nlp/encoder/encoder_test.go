package encoder

import (
	"slices"
	"strings"
	"testing"

	"dateline/nlp/lexicon"
	"dateline/nlp/model"
	"dateline/nlp/tokenizer"
	"dateline/nlp/vector"
)

func open(t testing.TB, prefix string, k vector.Kernel) (*Network, *tokenizer.Session) {
	t.Helper()
	f, err := model.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	n, tok := New(f, prefix, k), tokenizer.New(f, lexicon.New(f))
	if f.Err() != nil {
		t.Fatal(f.Err())
	}
	return n, tok.Session()
}

// Check values of docs/nlp.md, section 5.1.
func TestHash(t *testing.T) {
	const apple = 8566208034543834098
	for _, c := range []struct {
		id   uint64
		seed uint32
		want [4]uint32
	}{
		{apple, 8, [4]uint32{2653853934, 3922826080, 3980780901, 3736755472}},
		{0, 13, [4]uint32{1041741114, 1039425791, 1457952615, 394743738}},
		{1, 13, [4]uint32{1266879892, 1356517611, 318478807, 3343674364}},
		{101, 13, [4]uint32{4064552542, 2650376363, 290835819, 3379679373}},
	} {
		a, b := hash(c.id, c.seed)
		if got := [4]uint32{uint32(a), uint32(a >> 32), uint32(b), uint32(b >> 32)}; got != c.want {
			t.Errorf("hash of %d with seed %d is %v", c.id, c.seed, got)
		}
	}
}

// A vector does not depend on where windows are cut, on what the cache holds, or on the document
// beyond four tokens to either side.
func TestWindowsAreCutAnywhere(t *testing.T) {
	for _, prefix := range []string{"shared", "names"} {
		net, session := open(t, prefix, vector.Best())
		text := strings.Repeat("The mayor, who paid for the bridge on May 3, said: \"It opens!\" ", 11)
		tokens := session.Tokens(nil, text, 1<<30, nil)
		tokens = tokens[:len(tokens)-1] // an odd number
		whole := slices.Clone(net.Encoder(0).Window(tokens, 0, len(tokens)))
		e := net.Encoder(0)
		for from := 0; from < len(tokens); from += 34 {
			to := min(from+34, len(tokens))
			if got := e.Window(tokens, from, to); !slices.Equal(got, whole[from*width:to*width]) {
				t.Fatalf("%s: tokens %d to %d differ from the whole", prefix, from, to)
			}
		}
		if again := e.Window(tokens, 0, len(tokens)); !slices.Equal(again, whole) {
			t.Fatalf("%s: differs once warm", prefix)
		}
	}
}

// More types than places: the cache gives places away and results stay.
func TestCacheEviction(t *testing.T) {
	net, session := open(t, "shared", vector.Best())
	e := net.Encoder(0)
	var b strings.Builder
	for i := range 3 * cachedTypes {
		b.WriteString(" w")
		b.WriteString(strings.Repeat("xyz"[i%3:i%3+1], i%5))
		b.WriteString(string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)))
	}
	many := session.Tokens(nil, b.String(), 1<<30, nil)
	few := session.Tokens(nil, "The bridge opens in May.", 1<<30, nil)
	want := slices.Clone(e.Window(few, 0, len(few)))
	for from := 0; from < len(many); from += 256 {
		e.Window(many, from, min(from+256, len(many)))
	}
	if len(e.cache.owner) != cachedTypes {
		t.Errorf("the cache has %d places", len(e.cache.owner))
	}
	if got := e.Window(few, 0, len(few)); !slices.Equal(got, want) {
		t.Error("a result changed after other words passed through the cache")
	}
}
