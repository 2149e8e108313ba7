package export_test

import (
	"strings"
	"testing"

	"dateline/demo"
	"dateline/export"
	"dateline/news"
	"dateline/text"
)

// TestGoldCase holds that a case is what the demo's own notation reads back: the same words, the
// same parts.
func TestGoldCase(t *testing.T) {
	const words = "A title\n\n\"It opens in May,\" said Mayor Ruiz [of Alba] on Monday. \"Nobody pays.\" The end.\n\nMore."
	at := func(s string) text.Span {
		i := strings.Index(words, s)
		return text.Span{Start: i, End: i + len(s)}
	}
	a := news.Annotation{Article: news.Article{Name: "a.html", Text: words, Sentences: []text.Span{at("A title"), at("\"It opens in May,\" said Mayor Ruiz [of Alba] on Monday."), at("\"Nobody pays.\""), at("The end."), at("More.")}}}
	s := news.Statement{ID: "sabc", Content: []text.Span{at("\"It opens in May,\""), at("\"Nobody pays.\"")}, Cue: []text.Span{at("said")}, Source: at("Mayor Ruiz"), Mode: news.Direct, Act: news.Speech}
	got := export.GoldCase(a, s, []news.Decision{{Kind: news.FixSpeaker, Value: "Ana Ruiz", By: "an\neditor"}})
	articles, err := demo.ParseGold(got)
	if err != nil || len(articles) != 1 {
		t.Fatalf("%v\n%s", err, got)
	}
	if want := "\"It opens in May,\" said Mayor Ruiz [of Alba] on Monday. \"Nobody pays.\" The end."; strings.TrimSpace(articles[0].Text) != want {
		t.Errorf("%q is not the paragraph", articles[0].Text)
	}
	if len(articles[0].Statements) != 1 {
		t.Fatalf("%d statements in\n%s", len(articles[0].Statements), got)
	}
	st := articles[0].Statements[0]
	if st.Speaker != "ana-ruiz" || len(st.Content) != 2 {
		t.Errorf("read back as %+v", st)
	}
	corrected := export.GoldCase(a, s, []news.Decision{{Kind: news.FixBoundary, Value: "It opens … Nobody pays"}})
	for _, marked := range []string{`"[content1 It opens] in May,"`, `"[content1 Nobody pays]."`} {
		if !strings.Contains(corrected, marked) {
			t.Errorf("the brackets are not where a person put them: no %s in\n%s", marked, corrected)
		}
	}
}
