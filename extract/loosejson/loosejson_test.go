package loosejson_test

import (
	"testing"

	"dateline/extract/loosejson"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", `{"headline":"a"}`, "a"},
		{"a raw line break in a string", "{\"headline\":\"a\nb\"}", "a\nb"},
		{"a comma too many", `{"x":[1,2,],"headline":"a",}`, "a"},
		{"a comma too few", `{"x":1 "headline":"a"}`, "a"},
		{"CDATA around it", `//<![CDATA[` + "\n" + `{"headline":"a"}` + "\n//]]>", "a"},
		{"escapes", `{"headline":"\u00e9 \ud83d\ude00 \"q\" \/"}`, `é 😀 "q" /`},
		{"half a pair", `{"headline":"\ud83d x"}`, "\uFFFD x"},
		{"an end that is missing", `{"headline":"a`, "a"},
		{"letters of another case", `{"Headline":"a"}`, "a"},
	} {
		got := ""
		for _, v := range loosejson.Parse(c.in) {
			got += v.Get("headline").Text
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`{"a":[{"b":"c"}]}`, `[[[[`, `{"a":"\u12`, `{"a" "b"}`, `}{`, `{"@graph":[{"@type":"NewsArticle"}]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, v := range loosejson.Parse(s) {
			v.Get("a")
			v.All()
		}
	})
}
