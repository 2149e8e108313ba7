package news_test

import (
	"encoding/json"
	"testing"
	"time"

	"dateline/news"
)

func TestIntervalText(t *testing.T) {
	noon := time.Date(2031, 5, 3, 14, 5, 0, 0, time.FixedZone("", 2*3600))
	for _, c := range []struct {
		name string
		in   news.Interval
		want string
	}{
		{"unknown", news.Interval{}, ""},
		{"a civil day stays a day", news.At(news.Day(2031, 5, 3)), "2031-05-03"},
		{"a month", news.At(news.Day(2031, 5, 0)), "2031-05"},
		{"a year", news.At(news.Day(2031, 0, 0)), "2031"},
		{"an instant is in UTC", news.At(news.Instant(noon)), "2031-05-03T12:05:00Z"},
		{"two days", news.Between(news.Day(2031, 5, 3), news.Day(2031, 5, 5)), "2031-05-03/2031-05-05"},
		{"no later than", news.Interval{OpenStart: true, End: news.Day(2031, 5, 3)}, "../2031-05-03"},
		{"no earlier than", news.Interval{Start: news.Day(2031, 5, 3), OpenEnd: true}, "2031-05-03/.."},
		{"about", news.At(news.Moment{Year: 2031, Month: 2, Day: 24, Approximate: true}), "2031-02-24~"},
		{"about, and in doubt", news.At(news.Moment{Year: 2031, Approximate: true, Uncertain: true}), "2031%"},
	} {
		if got := c.in.String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		back, err := news.ParseInterval(c.want)
		if err != nil || back != c.in {
			t.Errorf("%s: %q read back as %+v, %v", c.name, c.want, back, err)
		}
		b, _ := json.Marshal(c.in)
		var again news.Interval
		if err := json.Unmarshal(b, &again); err != nil || again != c.in {
			t.Errorf("%s: JSON %s read back as %+v, %v", c.name, b, again, err)
		}
	}
}

func TestParseIntervalRefuses(t *testing.T) {
	for _, bad := range []string{"2031-13", "2031-02-30", "yesterday", "2031-5-3", "2031-05-05/2031-05-03", "/", "../..", "2031~~", "0000"} {
		if got, err := news.ParseInterval(bad); err == nil {
			t.Errorf("%q was read as %+v", bad, got)
		}
	}
}

func TestBounds(t *testing.T) {
	i, err := news.ParseInterval("2028-02/2028-02")
	if err != nil {
		t.Fatal(err)
	}
	first, last := i.Bounds()
	if first.Format(time.DateOnly) != "2028-02-01" || last.Format(time.DateOnly) != "2028-02-29" {
		t.Errorf("%s to %s", first, last)
	}
	if first, last := (news.Interval{OpenStart: true, End: news.Day(2031, 5, 3)}).Bounds(); !first.IsZero() || last.IsZero() {
		t.Errorf("an open start has bounds %s, %s", first, last)
	}
}

func TestCleanURL(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"trackers and fragment go", "https://Alba.example/a?utm_source=x&id=7&fbclid=1#top", "https://alba.example/a?id=7"},
		{"default ports go", "http://alba.example:80", "http://alba.example/"},
		{"other ports stay", "https://alba.example:8443/a", "https://alba.example:8443/a"},
		{"the order of parameters stays", "https://alba.example/a?b=2&a=1", "https://alba.example/a?b=2&a=1"},
		{"other schemes are left alone", "urn:nbn:de:101", "urn:nbn:de:101"},
		{"nonsense is left alone", "http://[::1", "http://[::1"},
	} {
		if got := news.CleanURL(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"“It opens in May,” she said.": "it opens in may she said",
		"don't / don’t":                "dont dont",
		"  ŁÓDŹ—2031  ":                "łódź 2031",
		"...":                          "",
	} {
		if got := news.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestIDsAreOfTheirContent holds what ids must do: the same content, the same name; parts do
// not run together.
func TestIDsAreOfTheirContent(t *testing.T) {
	page := news.NewPageID("https://alba.example/a")
	if page != news.NewPageID("https://alba.example/a") {
		t.Error("one address, two ids")
	}
	if news.NewArticleID(page, "The bridge opens") != news.NewArticleID(page, "The Bridge opens.") {
		t.Error("case and marks of a title change the article's id")
	}
	if news.NewEntryID("utterance", "ab", "c") == news.NewEntryID("utterance", "a", "bc") {
		t.Error("parts of an id run together")
	}
	a := news.NewArticleID(page, "x")
	if news.NewStatementID(a, "we won", 0) == news.NewStatementID(a, "we won", 1) {
		t.Error("a repeated statement has the id of the first")
	}
	with := news.Page{URL: "https://alba.example/a?utm_source=feed", Body: []byte("one")}
	other := news.Page{URL: "https://ALBA.example/a", Body: []byte("two")}
	if with.ID() != other.ID() || with.Revision() == other.Revision() {
		t.Error("a page is its address, a revision its bytes")
	}
}

func FuzzParseInterval(f *testing.F) {
	for _, s := range []string{"2031-05-03", "../2031", "2031-05-03T10:00:00+02:00/..", "2031%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		i, err := news.ParseInterval(s)
		if err != nil {
			return
		}
		back, err := news.ParseInterval(i.String())
		if err != nil || back != i {
			t.Fatalf("%q became %q became %+v, %v", s, i, back, err)
		}
		i.Bounds()
	})
}

func FuzzCleanURL(f *testing.F) {
	f.Add("https://Alba.example:443/a?utm_source=x&b#c")
	f.Fuzz(func(t *testing.T, s string) {
		once := news.CleanURL(s)
		if twice := news.CleanURL(once); twice != once {
			t.Fatalf("%q, then %q", once, twice)
		}
	})
}
