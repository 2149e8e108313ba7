package extraction

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/news"
	"dateline/text"
)

func about(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s: %.6f, want %.6f", what, got, want)
	}
}

func TestShingles(t *testing.T) {
	var s Shingles
	// 3 shingles of 6 words against 2 of 5: two in common.
	s.Add(ShinglesOf("The bridge opens in May, says", "the bridge"))               // other case: nothing in common
	s.Add(ShinglesOf("a b c d e f", "a b c d e"))                                  // 2 of 2 right, 2 of 3 found
	s.Add(ShinglesOf("the bridge opens in May", "the bridge: opens -- in  (May)")) // equal in words
	s.Add(ShinglesOf("", ""))                                                      // neither precision nor recall, but exact
	about(t, "precision", s.Precision.Value(), (0+1+1)/3.)
	about(t, "recall", s.Recall.Value(), (0+2./3+1)/3)
	about(t, "exact", s.Exact.Value(), 2./4)
	about(t, "F1", s.F1(), 2*(2./3)*(5./9)/(2./3+5./9))
}

func TestParagraphF1(t *testing.T) {
	gold := Reference{Paragraphs: []string{"One.", "Two.", "Editor's note."}, Optional: []int{2}}
	about(t, "with the note", ParagraphF1(gold, "One.\n\nTwo.\n\nEditor's  note."), 1)
	about(t, "without", ParagraphF1(gold, "One.\n\nTwo."), 1)
	about(t, "half of it", ParagraphF1(gold, "One.\n\nTwo, and more."), .5)
	about(t, "nothing", ParagraphF1(gold, ""), 0)
	many := Reference{Paragraphs: []string{"a", "b", "c", "d", "e", "f"}, Optional: []int{0, 1, 2, 3, 4}}
	if n := len(many.readings()); n != 2 {
		t.Errorf("%d readings of five optional paragraphs, want all or none", n)
	}
}

func TestRougeLSum(t *testing.T) {
	gold := Reference{Paragraphs: []string{"The ferry sails tonight."}}
	same := RougeLSum(gold, "The ferry sails tonight.")
	about(t, "same", same.F1, 1)
	// ferry, sails in order: 2 of 3 words right, 2 of 4 found.
	r := RougeLSum(gold, "Ferry sails. No!")
	about(t, "precision", r.Precision, 2./3)
	about(t, "recall", r.Recall, 2./4)
	// The union over two sentences of the text: "the ferry" and "sails tonight".
	about(t, "union", RougeLSum(gold, "The ferry. Sails tonight.").F1, 1)
	// Order matters inside a sentence, but a word counts once only.
	about(t, "reversed", RougeLSum(gold, "tonight sails ferry the").Recall, 1./4)
	about(t, "nothing", RougeLSum(gold, "").F1, 0)
}

func TestSentences(t *testing.T) {
	got := sentences("Mr. Ruiz spoke at 8 a.m. today. \"It opens.\" (Then?) Who paid? J. Kessel did. the end")
	want := []string{"Mr. Ruiz spoke at 8 a.m. today.", "\"It opens.\"", "(Then?)", "Who paid?", "J. Kessel did. the end"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestBody(t *testing.T) {
	page := "Menu\n\nFerry sails\n\nPORT ALBA - It sails.\n\nWhy\n\nNobody paid.\n\nCredit: EV\n\nNot ours."
	a := news.Article{Text: page, Range: text.Span{Start: 6, End: len(page) - 11}}
	for _, s := range []struct {
		words string
		kind  news.Kind
	}{{"Menu", news.Boilerplate}, {"Ferry sails", news.Title}, {"PORT ALBA -", news.Dateline}, {"It sails.", news.Body}, {"Why", news.Label}, {"Nobody paid.", news.Body}, {"Credit: EV", news.Label}, {"Not ours.", news.Body}} {
		i := strings.Index(page, s.words)
		a.Segments = append(a.Segments, news.Segment{Span: text.Span{Start: i, End: i + len(s.words)}, Kind: s.kind})
	}
	if got, want := Body(&a), "PORT ALBA - It sails.\n\nWhy\n\nNobody paid."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if Body(nil) != "" {
		t.Error("an article that is not there has a body")
	}
	if m := Main([]news.Article{{Index: 0, Role: news.Embedded}, {Index: 1, Role: news.Main}}); m.Index != 1 {
		t.Error("the main article is not the one that says so")
	}
}

func TestNamesAndTitles(t *testing.T) {
	if Fold(" ‘Mayor’ ANA\u00a0Ruiz—spoke ") != "mayor ana ruiz spoke" {
		t.Errorf("%q", Fold(" ‘Mayor’ ANA\u00a0Ruiz—spoke "))
	}
	if !NamesOf([]string{"By Ana Ruiz", "Bram Kessel"}).Equal(NamesOf([]string{"bram kessel", "Ana Ruiz", ""})) {
		t.Error("order, case and a word for by should not matter")
	}
	if NamesOf([]string{"Ana Ruiz"}).Equal(NamesOf([]string{"Ana Ruiz", "Bram Kessel"})) || NamesOf(nil).Equal(NamesOf([]string{"Ana"})) {
		t.Error("a name too few was not seen")
	}
}

func TestDays(t *testing.T) {
	for value, want := range map[string]string{
		"2031-05-03": "2031-05-03", "2031-05-03T23:30:00Z": "2031-05-03", "2031-05-03~": "2031-05-03", "2031-05-03 10:00": "2031-05-03",
		"2031-05": "", "2031-05-03/2031-05-05": "", "": "", "2031-02-30": "", "nan": "",
	} {
		day, ok := Day(value)
		if ok != (want != "") || ok && day.Format(time.DateOnly) != want {
			t.Errorf("%q: %v %v, want %q", value, day, ok, want)
		}
	}
	at := time.Date(2031, 5, 3, 1, 30, 0, 0, time.UTC)
	a := &news.Article{Published: news.Published{When: news.At(news.Instant(at))}}
	if !SameDay(a, "2031-05-03") || SameDay(a, "2031-05-02") || !SameDay(a, "2031-05-02T21:30:00-04:00") || !SameDay(a, "2031-05-02 21:30:00-04:00") {
		t.Error("a time is compared in the gold's zone too, and a day is not")
	}
	a.Published.Local = "2031-05-02T21:30-04:00"
	if !SameDay(a, "2031-05-02") {
		t.Error("the day as printed counts")
	}
	if SameDay(nil, "2031-05-03") || SameDay(&news.Article{}, "2031-05-03") {
		t.Error("an unknown day is no day")
	}
}
