package annotate

import (
	"context"
	"sync"
	"testing"

	"dateline/news"
	"dateline/nlp"
	"dateline/resolve"
	"dateline/text"
)

var pipeline = sync.OnceValue(func() *nlp.Pipeline {
	p, err := nlp.Load(nlp.Config{})
	if err != nil {
		panic(err)
	}
	return p
})

// read annotates a text whose paragraphs are its segments.
func read(t testing.TB, body string) news.Annotation {
	t.Helper()
	a := news.Article{ID: "a1", Text: body, Range: text.Span{End: len(body)}}
	for _, p := range text.Paragraphs(body, a.Range) {
		a.Segments = append(a.Segments, news.Segment{Span: p, Kind: news.Body})
	}
	out, err := Article(context.Background(), a, pipeline(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return resolve.Mentions(out)
}

func TestArticle(t *testing.T) {
	got := read(t, "PORT ALBA - \"The bridge opens in May,\" said Mayor Ana Ruiz, who paid for it.\n\n“Nobody asked us about the tolls,” Ruiz said. The \"bridge\" said little.")
	if !got.Analysed || len(got.Statements) != 2 {
		for _, s := range got.Statements {
			t.Logf("%.2f %s %q %v", s.Confidence, s.Source.Of(got.Article.Text), s.Content[0].Of(got.Article.Text), s.Reasons)
		}
		t.Fatalf("got %d statements, want 2", len(got.Statements))
	}
	for _, s := range got.Statements {
		if s.Speaker.Name != "Ana Ruiz" || s.Mode != news.Direct {
			t.Errorf("speaker %q, mode %s", s.Speaker.Name, s.Mode)
		}
	}
}

func TestOtherLanguage(t *testing.T) {
	german := "Der Bürgermeister hat gesagt, die Brücke werde im Mai eröffnet. Niemand habe die Anwohner nach der Maut gefragt, und das Geld reiche ohnehin nur für die Hälfte der Strecke, sagte er."
	if got := read(t, german); got.Analysed || got.Statements != nil {
		t.Error("another language was analysed")
	}
	a := news.Article{Language: "de", Text: "Yes.", Range: text.Span{End: 4}}
	if got, err := Article(context.Background(), a, pipeline(), Options{}); err != nil || got.Analysed {
		t.Error("a text declared German was analysed")
	}
}
