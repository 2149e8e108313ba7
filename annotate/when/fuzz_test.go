package when_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dateline/annotate/when"
	"dateline/news"
	"dateline/text"
)

// FuzzExpressions holds that spans are valid, sorted, apart from one another and inside the
// regions they were looked for in, and that the same text gives the same answer.
func FuzzExpressions(f *testing.F) {
	for _, s := range []string{
		"On Tuesday, May 3-5, 2031, at 5 p.m. ET, two and a half years ago.",
		"the the the last next this past few weeks of of of the last year's third quarter",
		"'82 in 08 and 12, 1990-91/92 24:60 99:99 7/8/07 2031-13-40 31/31/31",
		"nineteen ninety-six hundred thousand million and a half half half years",
		"noon midnight o'clock a.m. p.m. GMT +8 (GMT +99) UTC-12:30",
		"early late mid mid- the end of the end of the end of the end of May",
		"every other other every each single year once a twice a",
		"Łódź — “Friday”’s ½ years\u00a0ago\u2028in\u200bMay",
		"[Ten] years ago as of late the day before yesterday the year before",
		strings.Repeat("9", 400) + " years ago in " + strings.Repeat("1", 12),
		"the 99th century, 0000-00-00, 30 February 2031, February 29, 2031, 10000000000 decades ago",
	} {
		f.Add(s, 11)
	}
	ref := when.Reference{Published: time.Date(2031, 5, 2, 9, 30, 0, 0, time.FixedZone("", -4*3600))}
	f.Fuzz(func(t *testing.T, s string, cut int) {
		if len(s) > 1<<16 {
			return
		}
		regions := []text.Span{{Start: 0, End: len(s)}}
		if 0 < cut && cut < len(s) && (text.Span{Start: 0, End: cut}).Valid(s) {
			regions = []text.Span{{Start: 0, End: cut}, {Start: cut, End: len(s)}}
		}
		got := when.Expressions(s, regions, ref)
		if !utf8.ValidString(s) {
			return // a text is UTF-8; what is not must only do no harm
		}
		check(t, s, regions, got)
		again := when.Expressions(s, regions, ref)
		if len(again) != len(got) {
			t.Fatal("the second reading differs")
		}
		for i := range got {
			if got[i] != again[i] {
				t.Fatalf("the second reading differs: %v, %v", got[i], again[i])
			}
		}
		when.Expressions(s, nil, when.Reference{})
	})
}

func check(t *testing.T, s string, regions []text.Span, got []news.TimeExpression) {
	t.Helper()
	last := 0
	for _, x := range got {
		if !x.Span.Valid(s) || x.Span.Empty() || x.Span.Start < last {
			t.Fatalf("span %v in a text of %d bytes, after %d", x.Span, len(s), last)
		}
		last = x.Span.End
		inside := false
		for _, r := range regions {
			inside = inside || r.Contains(x.Span)
		}
		if !inside {
			t.Fatalf("span %v lies in no region", x.Span)
		}
		if x.Type == "" || x.Reason.Rule == "" {
			t.Fatalf("%q has no type or no rule", x.Span.Of(s))
		}
		if strings.ContainsAny(x.Value, " \n") || len(x.Value) > 60 {
			t.Fatalf("%q has the value %q", x.Span.Of(s), x.Value)
		}
	}
}

// TestLinear reads texts made of one thing over and over: eight times the text must not take
// much more than eight times the memory, which every step of a rule that reads too far takes.
func TestLinear(t *testing.T) {
	ref := when.Reference{Published: time.Date(2031, 5, 2, 0, 0, 0, 0, time.UTC), DayOnly: true}
	for _, piece := range []string{"the ", "two and a half ", "'", "9 ", "1 000,000,", "Friday ", "the end of ", "early ", "in 80 and ", "the first quarter of ", "May 3 and ", "8:30 ", "was to be ", "after the ", "a ", "word ", "\n", "last year's ", "May of ", "May this ", "the same period ", "the last week of ", "the previous year ", "a year ago last "} {
		took := func(n int) float64 {
			s := strings.Repeat(piece, n)
			return testing.AllocsPerRun(1, func() { when.Expressions(s, nil, ref) })
		}
		if small, large := took(200), took(1_600); large > 10*small+100 {
			t.Errorf("%q: %.0f allocations for 200 times, %.0f for 1,600", piece, small, large)
		}
	}
}

// TestLong reads 24,000 tokens and more of each kind of trouble. Quadratic time would take minutes.
func TestLong(t *testing.T) {
	ref := when.Reference{Published: time.Date(2031, 5, 2, 0, 0, 0, 0, time.UTC), DayOnly: true}
	for _, piece := range []string{"was to be ", "'", "1,000,", "the end of "} {
		at := time.Now()
		when.Expressions(strings.Repeat(piece, 8_000), nil, ref)
		if d := time.Since(at); d > 20*time.Second {
			t.Errorf("%q: %v", piece, d)
		}
	}
}

func BenchmarkExpressions(b *testing.B) {
	s := strings.Repeat("The mayor said on Tuesday that the bridge, which had been closed for more than three weeks, would open by the end of May. "+
		"It was built in 1998 at a cost of $12 million and has carried some 20,000 cars a day since last year.\n", 50)
	ref := when.Reference{Published: time.Date(2031, 5, 2, 0, 0, 0, 0, time.UTC), DayOnly: true}
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		when.Expressions(s, nil, ref)
	}
	b.ReportMetric(float64(len(strings.Fields(s)))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
