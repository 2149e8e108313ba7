package annotate

import (
	"testing"

	"dateline/news"
	"dateline/resolve"
	"dateline/text"
)

func TestArticle(t *testing.T) {
	body := "PORT ALBA - \"The bridge opens in May,\" said Mayor Ana Ruiz, who paid for it.\n\n“Nobody asked us about the tolls,” Ruiz said. The \"bridge\" said little."
	a := news.Article{ID: "a1", Text: body, Range: text.Span{End: len(body)}, Segments: []news.Segment{{Span: text.Span{End: len(body)}, Kind: news.Body}}}
	got := resolve.Mentions(Article(a))
	if !got.Analysed || len(got.Statements) != 2 {
		t.Fatalf("got %d statements, want 2: %+v", len(got.Statements), got.Statements)
	}
	for _, s := range got.Statements {
		if s.Speaker.Name != "Ana Ruiz" || s.Mode != news.Direct {
			t.Errorf("speaker %q, mode %s", s.Speaker.Name, s.Mode)
		}
	}
	a.Language = "de"
	if got := Article(a); got.Analysed || got.Statements != nil {
		t.Error("another language was analysed")
	}
}
