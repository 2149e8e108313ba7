package view_test

import (
	"strings"
	"testing"
	"time"

	"dateline/news"
	"dateline/search"
	"dateline/web/view"
)

var noon = time.Date(2031, 5, 10, 12, 0, 0, 0, time.UTC)

func interval(t *testing.T, s string) news.Interval {
	t.Helper()
	i, err := news.ParseInterval(s)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func TestWhen(t *testing.T) {
	for in, want := range map[string][2]string{
		"":                      {"", ""},
		"2031-05-03":            {"3 May 2031", "7 days ago"},
		"2031-05-09":            {"9 May 2031", "yesterday"},
		"2031-05-11":            {"11 May 2031", "tomorrow"},
		"2031-05-10T09:00:00Z":  {"10 May 2031, 09:00 UTC", "3 hours ago"},
		"2031-05-10T14:00:00Z":  {"10 May 2031, 14:00 UTC", "in 2 hours"},
		"2031-05":               {"May 2031", ""},
		"2031":                  {"2031", ""},
		"2031-05-03/2031-05-05": {"3 to 5 May 2031", ""},
		"2031-05-30/2031-06-02": {"30 May to 2 June 2031", ""},
		"../2031-05-03":         {"by 3 May 2031", ""},
		"2031-05-03/..":         {"from 3 May 2031", ""},
		"2031-02-24~":           {"about 24 February 2031", ""},
		"2030-05-03":            {"3 May 2030", ""},
	} {
		if w := view.NewWhen(interval(t, in), noon); w.Text != want[0] || w.Ago != want[1] || w.Exact != in {
			t.Errorf("%q is shown as %+v", in, w)
		}
	}
}

func TestOrigins(t *testing.T) {
	for want, o := range map[string]news.Origins{
		"": {}, "1 origin": {Least: 1, Most: 1}, "2 independent origins": {Least: 2, Most: 2}, "1 to 24 independent origins": {Least: 1, Most: 24},
	} {
		if got := view.Origins(o); got != want {
			t.Errorf("%+v is %q, not %q", o, got, want)
		}
	}
}

// TestCheck holds that a verdict says how much was altered, what comes nearest to what is not found, and
// that an empty record has nothing to say.
func TestCheck(t *testing.T) {
	place := search.Place{Article: "aone", Title: "Works put off", Text: "No exemption, no guarantee"}
	v := view.Check{Quote: "No exemption, no toll."}
	v.Fill(search.Verdict{Kind: search.Altered, Differences: []search.Difference{{Kind: "replaced", Asked: "toll", Is: "guarantee"}}, Places: []search.Place{place}, Covered: search.Covered{Articles: 3}}, nil, view.Links{}, time.Time{})
	if v.Verdict != "Altered: 1 word of 4" || len(v.Places) != 1 {
		t.Errorf("altered: %q, %+v", v.Verdict, v.Places)
	}
	place.Corrections = []news.Correction{{Of: "aone", By: "atwo", Whole: true}}
	v.Fill(search.Verdict{Kind: search.Exact, Places: []search.Place{place}, Covered: search.Covered{Articles: 3}}, nil, view.Links{}, time.Time{})
	if v.Verdict != "Taken back by its outlet" || !v.TakenBack || v.Places[len(v.Places)-1].Later.URL != "/article/atwo" {
		t.Errorf("taken back: %q, %+v", v.Verdict, v.Places)
	}
	v = view.Check{Quote: "No toll"}
	v.Fill(search.Verdict{Kind: search.NotFound, Nearest: &place, Covered: search.Covered{Articles: 3}}, nil, view.Links{}, time.Time{})
	if v.Nearest == nil || v.Nearest.Text != place.Text || !strings.Contains(v.Detail, "nearest") {
		t.Errorf("nearest: %+v", v)
	}
	v.Fill(search.Verdict{Kind: search.NotFound}, nil, view.Links{}, time.Time{})
	if !strings.Contains(v.Detail, "empty") {
		t.Errorf("of an empty record it says %q", v.Detail)
	}
}
