package attribution

import (
	"math"
	"testing"

	"dateline/news"
	"dateline/text"
)

func span(start, end int) text.Span { return text.Span{Start: start, End: end} }

func spans(ends ...int) (s Spans) {
	for i := 0; i < len(ends); i += 2 {
		s = append(s, span(ends[i], ends[i+1]))
	}
	return s
}

func about(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s: %.6f, want %.6f", what, got, want)
	}
}

func TestSpans(t *testing.T) {
	merged := Merge(span(8, 9), span(0, 4), span(3, 6), span(6, 7), span(2, 2))
	if len(merged) != 2 || merged[0] != span(0, 7) || merged[1] != span(8, 9) {
		t.Errorf("merged to %v", merged)
	}
	about(t, "apart", spans(0, 5).Jaccard(spans(5, 9)), 0)
	about(t, "same", spans(0, 5, 7, 9).Jaccard(spans(0, 5, 7, 9)), 1)
	about(t, "4 of 8 bytes", spans(0, 6).Jaccard(spans(2, 8)), .5)
	about(t, "over two pieces", spans(0, 2, 4, 6).Jaccard(spans(0, 6)), 4./6)
}

func TestPairsTakeTheBestFirst(t *testing.T) {
	gold := []Spans{spans(0, 10), spans(10, 20)}
	found := []Spans{spans(2, 10), spans(0, 10), spans(14, 30)}
	never := func(int, int) bool { return false }
	if of := Pairs(gold, found, never); of[0] != 1 || of[1] != -1 { // 6 of 20 bytes are less than a half
		t.Errorf("paired %v", of)
	}
	twins := []Spans{spans(0, 10), spans(0, 10)}
	if of := Pairs(gold[:1], twins, func(_, j int) bool { return j == 1 }); of[0] != 1 {
		t.Errorf("of two equal contents that whose source agrees was not taken: %v", of)
	}
}

func TestTally(t *testing.T) {
	gold := []Gold{
		{Content: spans(0, 100), Source: spans(100, 110), Type: news.Direct},
		{Content: spans(200, 300), Type: news.Indirect},
		{Content: spans(400, 500), Source: spans(500, 510), Type: news.Indirect},
	}
	found := []Found{
		{Content: spans(0, 90), Source: spans(105, 110), Mode: news.Direct},      // right
		{Content: spans(200, 300), Source: spans(300, 310), Mode: news.Indirect}, // a source where there is none
		{Content: spans(600, 700), Mode: news.Direct},                            // nothing there
		{Content: spans(10, 40), Mode: news.Indirect, Nested: true},              // inside the first: excused
		{Content: spans(50, 80), Mode: news.Indirect, Nested: true},              // likewise, but past a quarter of 5
	}
	var tally Tally
	if of := tally.Add(gold, found); of[0] != 0 || of[1] != 1 || of[2] != -1 {
		t.Errorf("paired %v", of)
	}
	if tally.Content != (Score{Right: 2, Found: 4, Gold: 3}) || tally.Sourced != (Score{Right: 1, Found: 4, Gold: 3}) {
		t.Errorf("content %+v, with source %+v", tally.Content, tally.Sourced)
	}
	about(t, "F1", tally.Sourced.F1(), 2./7)
	about(t, "direct", tally.ByMode[news.Direct].F1(), 2./3) // 1 of 1 found, 1 of 2 right
	about(t, "indirect", tally.ByMode[news.Indirect].F1(), 0)
}

func TestExact(t *testing.T) {
	gold := []Gold{{Content: spans(0, 10, 20, 30), Cue: spans(12, 16)}}
	found := []Found{{Content: spans(0, 10, 20, 29), Cue: spans(12, 16)}, {Content: spans(22, 28), Nested: true}}
	var e Exact
	e.Add(gold, found)
	if e.Content != (Score{Right: 1, Found: 2, Gold: 2}) || e.Cue != (Score{Right: 1, Found: 1, Gold: 1}) || e.Source != (Score{}) {
		t.Errorf("%+v", e)
	}
}

func TestWithCues(t *testing.T) {
	gold := []Gold{{Content: spans(100, 200)}}
	found := []Found{
		{Content: spans(0, 10), Cue: spans(11, 15)}, {Content: spans(20, 30), Cue: spans(31, 35)}, {Content: spans(40, 50), Cue: spans(51, 55)},
		{Content: spans(60, 70)},   // no cue, not in the gold: one of four is excused
		{Content: spans(100, 200)}, // past the quarter of 5: counts
	}
	if kept := WithCues(found, gold); len(kept) != 4 || kept[3].Content[0] != span(100, 200) {
		t.Errorf("kept %+v", kept)
	}
	if kept := WithCues(found[:4], []Gold{{Content: spans(60, 70)}}); len(kept) != 4 {
		t.Errorf("one without a cue that the gold has was left out")
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Mayor Ana Ruiz", "Ruiz", true},
		{"Ana Ruiz", "Mr Ana RUIZ", true},
		{"Ana Ruiz", "Ana", false}, // a first name alone says little
		{"Ana Ruiz", "Eva Ruiz", false},
		{"José Peña", "Jose Pena", true},
		{"Lev Oransky", "Oranskyy", true},
		{"", "Ruiz", false},
		{"the", "The", false},
	} {
		if SameName(c.a, c.b) != c.same || SameName(c.b, c.a) != c.same {
			t.Errorf("%q and %q: same is not %v", c.a, c.b, c.same)
		}
	}
	if !NameWithin("Ruiz", "Mayor Ana Ruiz of Port Alba") || NameWithin("Ruiz", "Rui Z") || NameWithin("", "Ruiz") {
		t.Error("a part of a name is not told")
	}
}

func TestCalibration(t *testing.T) {
	gold := []Gold{{Content: spans(0, 10)}, {Content: spans(20, 30)}}
	found := []Found{
		{Content: spans(0, 10), Confidence: .95}, {Content: spans(20, 30), Confidence: .85}, {Content: spans(40, 50), Confidence: .85},
		{Content: spans(60, 70), Confidence: .1, Nested: true},
	}
	var c Calibration
	c.Add(gold, found, []int{0, 1})
	// .05 off for one; 1.7 said, 1 right for two: .7; over three statements.
	about(t, "error", c.Error(), .75/3)
	if classes := c.Classes(); len(classes) != 2 || classes[0].N != 2 || classes[0].Right != .5 || classes[1].From != .9 {
		t.Errorf("classes %+v", classes)
	}
}

func TestFoundIn(t *testing.T) {
	a := news.Annotation{
		Entities: []news.Entity{{ID: "e1", Name: "Ana Ruiz"}, {ID: "e2", Name: "an official", Anonymous: true}},
		Statements: []news.Statement{
			{ID: "s1", Content: []text.Span{span(0, 50)}, Speaker: news.Speaker{Entity: "e2", Name: "an official"}, Addressee: news.Addressee{Span: span(60, 65), Entity: "e1"}},
			{ID: "s2", Content: []text.Span{span(10, 40)}, Within: "s1"},
			{ID: "s3", Content: []text.Span{span(45, 80)}, Within: "s1"},
		},
	}
	found := FoundIn([]news.Annotation{a})
	if !found[0].Anonymous || !found[0].Spoken || found[0].AddresseeName != "Ana Ruiz" {
		t.Errorf("first: %+v", found[0])
	}
	if found[0].Nested || !found[1].Nested || found[2].Nested || found[1].Spoken {
		t.Errorf("nested: %+v", found)
	}
}
