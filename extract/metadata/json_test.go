package metadata

import "testing"

func TestParseJSON(t *testing.T) {
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
		for _, v := range parseJSON(c.in) {
			got += v.get("headline").text
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzParseJSON(f *testing.F) {
	for _, s := range []string{`{"a":[{"b":"c"}]}`, `[[[[`, `{"a":"\u12`, `{"a" "b"}`, `}{`, `{"@graph":[{"@type":"NewsArticle"}]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		facts := &Facts{}
		facts.structured(s)
		for _, v := range parseJSON(s) {
			v.get("a")
			v.all()
		}
	})
}
