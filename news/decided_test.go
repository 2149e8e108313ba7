package news_test

import (
	"strings"
	"testing"

	"dateline/news"
	"dateline/text"
)

func TestBoundary(t *testing.T) {
	const words = "It opens, he said. We open the bridge, she said, in\nMay. It opens."
	last := strings.LastIndex(words, "It opens")
	s := news.Statement{ID: "s", Content: []text.Span{{Start: last, End: last + 8}}}
	for _, c := range []struct {
		name, value, want string
	}{
		{"one part", "We open the bridge", "We open the bridge"},
		{"line ends are blanks", "in May", "in\nMay"},
		{"two parts", "We open … in May", "We open|in\nMay"},
		{"the nearest of two places", "It opens", "It opens@60"},
		{"parts out of order", "in May … We open", ""},
		{"other words", "We close the bridge", ""},
		{"nothing", " ", ""},
		{"nothing after a gap", "We open … ", ""},
	} {
		content, ok := news.Decision{Value: c.value}.Boundary(s, words)
		var parts []string
		for _, p := range content {
			parts = append(parts, p.Of(words))
		}
		want, near := strings.CutSuffix(c.want, "@60")
		if got := strings.Join(parts, "|"); ok != (want != "") || ok && got != want || near && content[0].Start != last {
			t.Errorf("%s: %q, %v", c.name, got, ok)
		}
	}
}

func TestPassages(t *testing.T) {
	if places := news.Passages("aa aa  aa", "aa aa"); len(places) != 2 || places[1] != (text.Span{Start: 3, End: 9}) {
		t.Errorf("%v", places)
	}
	if places := news.Passages("a\xffé b", "\xffé b"); len(places) != 1 {
		t.Errorf("%v", places)
	}
}

func TestAbout(t *testing.T) {
	a := news.Annotation{Article: news.Article{ID: "a", Text: "She said it opens."}, Statements: []news.Statement{{ID: "snew", Content: []text.Span{{Start: 9, End: 17}}}}}
	d := news.Decision{Object: "sold", Anchor: news.Anchor{Article: "a", Exact: "it opens"}}
	if d.About(a) != 0 {
		t.Error("a statement that has another id by now is not known by its words")
	}
	d.Anchor.Article = "other"
	if d.About(a) >= 0 {
		t.Error("the same words in another article are taken for the statement")
	}
	d.Anchor = news.Anchor{Article: "a", Exact: "She said"}
	if d.About(a) >= 0 {
		t.Error("other words of the article are taken for the statement")
	}
}
