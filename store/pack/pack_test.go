package pack_test

import (
	"reflect"
	"strings"
	"testing"

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
