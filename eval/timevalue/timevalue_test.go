package timevalue

import (
	"testing"

	"dateline/news"
	"dateline/text"
)

func TestEqual(t *testing.T) {
	const published = "2031-05-03" // a Saturday
	for _, c := range []struct {
		name  string
		q     Question
		equal bool
	}{
		{"letters", Question{Gold: "2031-05-03", Ours: "2031-05-03"}, true},
		{"another day", Question{Gold: "2031-05-03", Ours: "2031-05-04"}, false},
		{"marks", Question{Gold: "2031-05-03", Ours: "2031-05-03~"}, true},
		{"a basic date", Question{Gold: "20310503", Ours: "2031-05-03"}, true},
		{"a week and its days", Question{Gold: "2031-W18", Ours: "2031-04-28/2031-05-04"}, true},
		{"a weekend", Question{Gold: "2031-W18-WE", Ours: "2031-05-03/2031-05-04"}, true},
		{"no week 53", Question{Gold: "2031-W53", Ours: "2031-12-29/2032-01-04"}, false},
		{"a quarter", Question{Gold: "2031-Q1", Ours: "2031-33"}, true},
		{"a quarter's months", Question{Gold: "2031-Q1", Ours: "2031-01/2031-03"}, true},
		{"a half", Question{Gold: "2031-H2", Ours: "2031-41"}, true},
		{"a decade", Question{Gold: "203", Ours: "2030/2039"}, true},
		{"a century", Question{Gold: "20XX", Ours: "2000/2099"}, true},
		{"summer", Question{Gold: "2031-SU", Ours: "2031-22"}, true},
		{"summer's months", Question{Gold: "2031-SU", Ours: "2031-06/2031-09"}, true},
		{"winter ends in the next year", Question{Gold: "2031-WI", Ours: "2031-12/2032-02"}, true},
		{"the past", Question{Gold: "PAST_REF", Ours: "../2031-05-01", Published: published}, true},
		{"not the future", Question{Gold: "PAST_REF", Ours: "../2031-06-01", Published: published}, false},
		{"the future", Question{Gold: "FUTURE_REF", Ours: "2031-05-03/..", Published: published}, true},
		{"now", Question{Gold: "PRESENT_REF", Ours: "2031-05-03", Published: published}, true},
		{"unknown", Question{Gold: "XXXX-XX-XX", Ours: ""}, true},
		{"unknown is no guess", Question{Gold: "", Ours: "2031"}, false},
		{"a guess is not unknown", Question{Gold: "2031", Ours: ""}, false},
		{"a week in days", Question{Gold: "P1W", Ours: "P7D"}, true},
		{"a year in months", Question{Gold: "P1Y", Ours: "P12M"}, true},
		{"an hour in minutes", Question{Gold: "PT60M", Ours: "PT1H"}, true},
		{"minutes are not months", Question{Gold: "PT1M", Ours: "P1M"}, false},
		{"some days", Question{Gold: "PXD", Ours: "PXD"}, true},
		{"some days are not some weeks", Question{Gold: "PXD", Ours: "PXW"}, false},
		{"a duration and its interval", Question{Gold: "P3D", Ours: "2031-05-01/2031-05-03"}, true},
		{"a duration and a longer one", Question{Gold: "P3D", Ours: "2031-05-01/2031-05-09"}, false},
		{"a duration and a day", Question{Gold: "P1D", Ours: "2031-05-01"}, false},
		{"an open duration", Question{Gold: "PXY", Ours: "2025/.."}, true},
		{"eight o'clock", Question{Gold: "2031-05-03T08:00", Ours: "2031-05-03T08"}, true},
		{"nine o'clock", Question{Gold: "2031-05-03T08:00", Ours: "2031-05-03T09:00"}, false},
		{"one instant", Question{Gold: "2031-05-03T08:00-04:00", Ours: "2031-05-03T12:00Z"}, true},
		{"one instant on two days", Question{Gold: "2031-05-03T22:00-04:00", Ours: "2031-05-04T02:00Z"}, true},
		{"a wall clock", Question{Gold: "2031-05-03T08:00", Ours: "2031-05-03T08:00-04:00"}, true},
		{"a zone in the words", Question{Gold: "2031-05-03T08:00", Ours: "2031-05-03T12:00Z", Words: "8 a.m. EDT"}, true},
		{"a clock of any day", Question{Gold: "T08:00", Ours: "2031-05-03T08:00"}, true},
		{"the evening", Question{Gold: "2031-05-03TEV", Ours: "2031-05-03TEV"}, true},
		{"the evening's hours", Question{Gold: "2031-05-03TEV", Ours: "2031-05-03T18:00/2031-05-03T22:00"}, true},
		{"not the evening's hours", Question{Gold: "2031-05-03TEV", Ours: "2031-05-03T08:00/2031-05-03T22:00"}, false},
		{"a time of a gold day", Question{Gold: "2031-05-03", Ours: "2031-05-03T08:00", Type: "TIME"}, true},
		{"a day is no time", Question{Gold: "2031-05-03", Ours: "2031-05-03T08:00", Type: "DATE"}, false},
		{"the day in more words", Question{Gold: "2031-05-03", Ours: "2031-05-03TNI", Words: "Saturday", OurWords: "Saturday night"}, true},
		{"a month of any year", Question{Gold: "XXXX-10", Ours: "2030-10"}, true},
		{"another month of any year", Question{Gold: "--10", Ours: "2030-11"}, false},
		{"a day of any year", Question{Gold: "--10-04", Ours: "2030-10-04"}, true},
		{"a bound", Question{Gold: "../2031-03", Ours: "2031-02"}, true},
		{"late in the year", Question{Gold: "2031", Ours: "2031-10/2031-12", Words: "late 2031"}, true},
		{"in the year", Question{Gold: "2031", Ours: "2031-10/2031-12", Words: "in 2031"}, false},
		{"an uncertain gold", Question{Gold: "2031-05-03", Ours: "2031-05", Loose: true}, true},
		{"no value at all", Question{Gold: "2031-13", Ours: "2031-14"}, false},
	} {
		if c.q.Equal() != c.equal {
			t.Errorf("%s: %q and %q: equal is not %v", c.name, c.q.Gold, c.q.Ours, c.equal)
		}
	}
}

func TestCompare(t *testing.T) {
	span := func(a, b int) text.Span { return text.Span{Start: a, End: b} }
	d := Document{Text: "It sailed on Friday and takes two days, he said. It is late now.", Times: []Gold{
		{span(13, 19), "DATE", "2031-05-02"}, {span(30, 38), "DURATION", "P2D"},
	}}
	found := []news.TimeExpression{
		{Span: span(10, 19), Type: news.TimeDate, Value: "2031-05-02"},    // overlaps, right value
		{Span: span(30, 38), Type: news.TimeDuration, Value: "P48D"},      // same span, wrong value
		{Span: span(59, 63), Type: news.TimeDate, Value: "PRESENT_REF"},   // too many, unless the gold marks dates only
		{Span: span(3, 9), Type: news.TimeEvent, Value: "2031-05-02"},     // never counts
		{Span: span(20, 23), Type: news.TimeDate, Value: "2031-05-03/.."}, // as PRESENT_REF
		{Span: span(42, 44), Type: news.TimeDate, Value: "2031-05-04"},    // too many
	}
	if s := Compare(d, found, false); s != (Score{Gold: 2, Found: 5, Relaxed: 2, Strict: 1, Type: 2, Value: 1, Letter: 1}) {
		t.Errorf("%+v", s)
	}
	s := Compare(d, found, true)
	if s.Found != 3 || s.F1(s.Relaxed) != 4./5 || s.F1(s.Value) != 2./5 || s.F1(0) != 0 {
		t.Errorf("dates only: %+v", s)
	}
}
