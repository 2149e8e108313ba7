package query_test

import (
	"errors"
	"testing"

	"dateline/store/query"
	"dateline/text"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"words", `bridge opens`, `"bridge" AND "opens"`},
		{"a phrase", `"the bridge" opens`, `"the bridge" AND "opens"`},
		{"either", `bridge OR ferry opens`, `("bridge" OR "ferry") AND "opens"`},
		{"not", `bridge -ferry -"by night"`, `("bridge") NOT ("ferry" OR "by night")`},
		{"continuations", `brid*`, `"brid"*`},
		{"the language of the index is only words here", `NEAR(a b) title:x ^y AND`, `"NEAR(a" AND "b)" AND "title:x" AND "^y" AND "AND"`},
		{"an open quotation", `"the bridge`, `"the bridge"`},
		{"marks alone are nothing", `- — bridge ...`, `"bridge"`},
	} {
		if got, err := query.Parse(c.in); err != nil || got != c.want {
			t.Errorf("%s: %s gives %s, %v", c.name, c.in, got, err)
		}
	}
	for _, nothing := range []string{"", "  ", "-bridge", `""`, "OR", "..."} {
		if got, err := query.Parse(nothing); !errors.Is(err, query.ErrQuery) {
			t.Errorf("%q gives %q, %v", nothing, got, err)
		}
	}
}

func TestFind(t *testing.T) {
	var lens query.Lens
	defer lens.Close()
	for _, c := range []struct {
		name, query, text string
		want              []string
	}{
		{"endings do not count", "bridge", "Bridges and a bridge.", []string{"Bridges", "bridge"}},
		{"accents do not count", "cafe", "The Café opens", []string{"Café"}},
		{"a phrase", `"a bridge"`, "bridge, a bridge", []string{"a bridge"}},
		{"text that has the marks in it", "bridge", "\x02a\x03 \x02bridge\x03", []string{"bridge"}},
	} {
		expression, err := query.Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		found, err := lens.Find(t.Context(), expression, []string{c.text})
		if err != nil || len(found[0]) != len(c.want) {
			t.Errorf("%s: %v, %v", c.name, found, err)
			continue
		}
		for i, s := range found[0] {
			if s.Of(c.text) != c.want[i] {
				t.Errorf("%s: found %q, not %q", c.name, s.Of(c.text), c.want[i])
			}
		}
	}
}

// FuzzQuery holds that whatever is asked is understood by the index or refused with ErrQuery,
// and that what is found lies in the text.
func FuzzQuery(f *testing.F) {
	f.Add(`"a b" -c* OR d`, "a b c d")
	f.Add("NEAR(x", "\x02x\x03")
	var lens query.Lens
	f.Fuzz(func(t *testing.T, asked, body string) {
		expression, err := query.Parse(asked)
		if err != nil {
			if !errors.Is(err, query.ErrQuery) {
				t.Fatal(err)
			}
			return
		}
		found, err := lens.Find(t.Context(), expression, []string{body})
		if err != nil {
			t.Fatalf("%q became %q: %v", asked, expression, err)
		}
		for _, s := range found[0] {
			if s.Start < 0 || s.End > len(body) || s.Empty() {
				t.Fatalf("%v of %d bytes", s, len(body))
			}
		}
		query.Snippet(body, query.InDocument(found[0], []text.Span{{Start: 0, End: len(body)}}), []text.Span{{Start: 0, End: len(body)}})
	})
}
