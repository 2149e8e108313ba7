package cluster_test

import (
	"testing"

	"dateline/cluster"
	"dateline/news"
	"dateline/text"
)

func TestAssign(t *testing.T) {
	const page = "Bridge opens. The bridge at Port Alba opened. Crowds came."
	a := news.Annotation{Article: news.Article{
		ID: "a1", Text: page,
		Segments:  []news.Segment{{Span: text.Span{Start: 14, End: len(page)}, Kind: news.Body}},
		Sentences: []text.Span{{Start: 0, End: 13}, {Start: 14, End: 45}, {Start: 46, End: len(page)}},
		Range:     text.Span{Start: 0, End: len(page)},
		Published: news.Published{When: news.At(news.Day(2031, 5, 3))},
	}}
	untitled := cluster.Assign([]news.Annotation{a}, nil, nil)[0]
	if want := "The bridge at Port Alba opened."; untitled.Name != want {
		t.Errorf("an untitled article names its story %q, want its first sentence %q", untitled.Name, want)
	}
	a.Article.Title = news.NewExcerpt(page, text.Span{Start: 0, End: 12})
	titled := cluster.Assign([]news.Annotation{a}, nil, nil)[0]
	if titled.Name != "Bridge opens" || titled.ID != untitled.ID {
		t.Errorf("story %s %q; the title names it and leaves its id alone (%s)", titled.ID, titled.Name, untitled.ID)
	}
	if e := titled.Events; len(e) != 1 || e[0].Reason.Rule == "" || e[0].Date.String() != "2031-05-03" {
		t.Errorf("events %+v: one, dated, with its reason", e)
	}
}
