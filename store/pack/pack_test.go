package pack_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"dateline/news"
	"dateline/store/pack"
	"dateline/text"
)

func statement() news.Statement {
	return news.Statement{Source: text.Span{Start: 1411, End: 1419}, Cue: []text.Span{{Start: 1406, End: 1410}}, Content: []text.Span{{Start: 1320, End: 1405}},
		Mode: news.Direct, Act: news.Speech, Polarity: news.Positive, Speaker: news.Speaker{Entity: "eabcdefghijklmnop", Name: "Mira Halvorsen", Reason: news.Reason{Rule: "named"}},
		Confidence: 0.93, Reasons: []news.Reason{{Rule: "quote-then-cue", Detail: "said"}}}
}

func TestValueComesBack(t *testing.T) {
	want := statement()
	packed, err := pack.Value(want)
	if err != nil {
		t.Fatal(err)
	}
	var got news.Statement
	if err := pack.UnpackValue(packed, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if len(packed) > 200 {
		t.Errorf("a statement takes %d bytes", len(packed))
	}
}

// TestReadsAsTheStandardPackage holds that what one JSON package wrote the other reads to the letter,
// whatever stands in the words.
func TestReadsAsTheStandardPackage(t *testing.T) {
	for _, words := range []string{"", "plain", `"a" \ b / c`, "a <b> & c\u2028d\u2029", "tab\t, newline\n, \x01\x1f\x7f", "Półwysep 東京 🏛", "\xff\xfe not UTF-8", `\u0041 \ud83c`, strings.Repeat(`\"`, 5000)} {
		want := news.Entry{Text: words, Actor: news.Speaker{Name: words}, Statements: []news.StatementID{"s1", ""}, Of: []news.EntryID{}, Recorded: time.Date(2031, 5, 3, 9, 30, 0, 1000, time.UTC),
			Said:        news.Said{When: news.At(news.Day(2031, 5, 3)), Reason: news.Reason{Rule: words}},
			Quotes:      []news.Quote{{Text: words, Content: []text.Span{{Start: 0, End: 1 << 40}}}, {}},
			Dispute:     &news.Dispute{Sides: []news.Side{{Text: words, Passages: []news.Passage{{}}}}},
			Undertaking: &news.Undertaking{What: words, History: []news.Step{{When: news.At(news.Instant(time.Date(2031, 5, 3, 9, 30, 0, 0, time.UTC)))}}}}
		b, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var standard, got news.Entry
		if err := json.Unmarshal(b, &standard); err != nil {
			t.Fatal(err)
		}
		packed, err := pack.Value(want)
		if err != nil {
			t.Fatal(err)
		}
		if err := pack.UnpackValue(packed, &got); err != nil || !reflect.DeepEqual(got, standard) {
			t.Errorf("%q:\n%+v\n%+v\n%v", words, got, standard, err)
		}
		a := news.Article{Text: words, Title: &news.Excerpt{Text: words}, Authors: []string{words}, Sentences: []text.Span{{Start: 3, End: 9}}}
		if packed, err = pack.Value(a); err != nil {
			t.Fatal(err)
		}
		var article, again news.Article
		if b, err = json.Marshal(a); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &article); err != nil {
			t.Fatal(err)
		}
		if err := pack.UnpackValue(packed, &again); err != nil || !reflect.DeepEqual(again, article) {
			t.Errorf("%q:\n%+v\n%+v\n%v", words, again, article, err)
		}
	}
}

func TestTextComesBack(t *testing.T) {
	for _, want := range []string{"", "Półwysep", strings.Repeat("The bridge opens. ", 1000)} {
		got, err := pack.Unpack(pack.Text(want))
		if err != nil || string(got) != want {
			t.Errorf("%q, %v", got, err)
		}
	}
}

// FuzzUnpack holds that damaged bytes are an error, not a crash.
func FuzzUnpack(f *testing.F) {
	packed, _ := pack.Value(statement())
	f.Add(packed)
	f.Add(pack.Text("The bridge opens."))
	f.Fuzz(func(t *testing.T, b []byte) {
		var s news.Statement
		pack.UnpackValue(b, &s)
	})
}

func BenchmarkStatement(b *testing.B) {
	s := statement()
	size := 0
	for b.Loop() {
		packed, err := pack.Value(s)
		if err != nil {
			b.Fatal(err)
		}
		size = len(packed)
	}
	b.ReportMetric(float64(size), "B")
}
