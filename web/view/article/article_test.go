package article_test

import (
	"strings"
	"testing"
	"time"

	"dateline/news"
	"dateline/text"
	"dateline/web/view"
	"dateline/web/view/article"
)

var noon = time.Date(2031, 5, 10, 12, 0, 0, 0, time.UTC)

// TestBlocks holds that the runs of an article's page are its text, in order and whole, with marks
// where the statements stand, one inside the other.
func TestBlocks(t *testing.T) {
	const words = "Menu\n\nThe bridge\n\nRuiz said the port said it opens.\n\nThe end."
	at := func(s string) text.Span {
		i := strings.Index(words, s)
		return text.Span{Start: i, End: i + len(s)}
	}
	a := news.Annotation{Analysed: true, Article: news.Article{ID: "a", Text: words, Range: text.Span{Start: 6, End: len(words)}, Title: news.NewExcerpt(words, at("The bridge")),
		Segments: []news.Segment{{Span: at("Menu"), Kind: news.Boilerplate}, {Span: at("The bridge"), Kind: news.Title}, {Span: at("Ruiz said the port said it opens.\n\nThe end."), Kind: news.Body}}},
		Statements: []news.Statement{
			{ID: "sin", Content: []text.Span{at("it opens")}, Source: at("the port"), Within: "sout"},
			{ID: "sout", Content: []text.Span{at("the port said it opens")}, Source: at("Ruiz"), Cue: []text.Span{at("said")}},
		}}
	v := article.New(a, nil, nil, view.Links{}, noon)
	var all []string
	for _, b := range v.Blocks {
		var s strings.Builder
		for _, r := range b.Runs {
			s.WriteString(r.Text)
		}
		all = append(all, s.String())
	}
	if got := strings.Join(all, "\n\n"); got != words {
		t.Errorf("the runs are %q", got)
	}
	if !v.Blocks[0].Aside || v.Blocks[1].Aside || !v.Blocks[1].Heading || len(v.Cards) != 2 || v.Cards[1].Within == nil || v.Cards[1].Within.Number != 1 {
		t.Errorf("%+v", v)
	}
	for _, r := range v.Blocks[2].Runs {
		if r.Text == "it opens" && (r.Cards != "sout sin" || r.Class != "content") {
			t.Errorf("the inner statement is marked %+v", r)
		}
	}
}
