package feed

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"dateline/fetch/feed/markup"
)

func parse(t *testing.T, body string) Feed {
	t.Helper()
	f, err := Parse([]byte(body), Origin{URL: "https://courier.example/feed"})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       error
	}{
		{"nothing", " \n", ErrEmpty},
		{"an HTML page", "<!DOCTYPE html><title>Error</title>", ErrNotFeed},
		{"plain text", "Service unavailable", ErrNotFeed},
		{"JSON null", "null", ErrNotFeed},
		{"deep JSON", strings.Repeat("[", 200_000), ErrNotFeed},
		{"deep elements", "<rss><channel><item><description>" + strings.Repeat("<a>", 100_000), ErrTooDeep},
		{"many attributes", "<rss " + strings.Repeat("a='b' ", 100_000) + ">", markup.ErrTooManyAttributes},
		{"large", "<rss>" + strings.Repeat(" ", MaxBytes), ErrTooLarge},
	} {
		start := time.Now()
		if _, err := Parse([]byte(c.body), Origin{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s: %v", c.name, took)
		}
	}
}

func TestNothingExpands(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE rss [<!ENTITY a0 "ha"><!ENTITY c "(&#169;)"><!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY % p SYSTEM "http://dtd.example/x">`)
	for i := range 12 {
		fmt.Fprintf(&b, `<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	b.WriteString(`]><rss><channel><title>&c; &a12; &x; &p; &nbsp;&eacute;</title></channel></rss>`)
	if got := parse(t, b.String()).Title.Value; got != "(©) &a12; &x; &p; \u00a0é" {
		t.Errorf("%q", got)
	}
}

func TestCutOff(t *testing.T) {
	body := string(newsFeed(4))
	cut := strings.LastIndex(body, "<description>") + 40
	f := parse(t, body[:cut])
	if len(f.Items) != 3 || f.Served != 4 || !f.Cut || len(f.Flags) != 1 || f.Flags[0].Name != "feed-truncated" {
		t.Errorf("%d of %d items, cut %v, %v", len(f.Items), f.Served, f.Cut, f.Flags)
	}
	f = parse(t, strings.TrimSuffix(strings.TrimSpace(body), "</channel></rss>"))
	if len(f.Items) != 4 || !f.Cut {
		t.Errorf("without its end: %d items, cut %v", len(f.Items), f.Cut)
	}
}

func TestLimits(t *testing.T) {
	f := parse(t, string(newsFeed(MaxItems+200)))
	if len(f.Items) != MaxItems || f.Served != MaxItems+200 || len(f.Flags) != 1 || f.Flags[0].Name != "feed-truncated" {
		t.Errorf("%d of %d, %v", len(f.Items), f.Served, f.Flags)
	}
	f = parse(t, "<rss><channel><item><title>"+strings.Repeat("é", MaxTitleBytes)+"</title></item></channel></rss>")
	if n := len(f.Items[0].Title.Value); n > MaxTitleBytes || n < MaxTitleBytes-4 || len(f.Items[0].Flags) != 1 {
		t.Errorf("a title of %d bytes, %v", n, f.Items[0].Flags)
	}
}

func TestRhythm(t *testing.T) {
	f := parse(t, `<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><ttl>90</ttl><skipHours><hour>0</hour><hour>23</hour><hour>24</hour></skipHours>
		<skipDays><day>Sunday</day></skipDays><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel></rss>`)
	r := f.Rhythm
	if r.TTL != 90*time.Minute || r.Period != 6*time.Hour || !r.SkipHours[0] || !r.SkipHours[23] || r.SkipHours[1] || !r.SkipDays[time.Sunday] || r.SkipDays[time.Monday] {
		t.Errorf("%+v", r)
	}
}

func TestDates(t *testing.T) {
	for printed, want := range map[string]string{
		"Tue, 03 Mar 2026 09:00:00 GMT":            "2026-03-03T09:00:00Z",
		"Tue, 03 Mar 2026 09:00:00 EST":            "2026-03-03T14:00:00Z",
		"Tue, 03 Mar 2026 09:00:00":                "2026-03-03T09:00:00Z",
		"2026-03-03T09:00:00":                      "2026-03-03T09:00:00Z",
		"2026-03-03 09:00":                         "2026-03-03T09:00:00Z",
		"2026-03-03T09:00:00.25+05:30":             "2026-03-03T03:30:00.25Z",
		"2026-062":                                 "2026-03-03T00:00:00Z",
		"20260303":                                 "2026-03-03T00:00:00Z",
		"20260303T0900Z":                           "2026-03-03T09:00:00Z",
		"1772528400":                               "2026-03-03T09:00:00Z",
		"1772528400000":                            "2026-03-03T09:00:00Z",
		"Tue, 3 March 2026 24:00:00 +0000":         "2026-03-04T00:00:00Z",
		"Fri, 31 Mar 2023 20:19:00 America/Denver": "2023-04-01T02:19:00Z",
		"mar, 03 mars 2026 09:00:00 +0100":         "2026-03-03T08:00:00Z",
		"mer., 02 oct. 2024 10:00:00 +0200":        "2024-10-02T08:00:00Z",
		"Tue, 03 Mar 2026 09:00:00 (CET)":          "2026-03-03T08:00:00Z",
		"Tue, 03 Mar 2026 09:00:00 GMT+0100":       "2026-03-03T08:00:00Z",
		"Thu Jan 1 19:48:21 2004":                  "2004-01-01T19:48:21Z",
		"Thu Jan 1 19:48:21 CET 2004":              "2004-01-01T18:48:21Z",
		"2016-12-31T23:59:60Z":                     "2017-01-01T00:00:00Z",
		"March 3, 2026 9:05 PM":                    "2026-03-03T21:05:00Z",
		"3 March 2026":                             "2026-03-03T00:00:00Z",
		"13/04/2026 08:00":                         "2026-04-13T08:00:00Z",
		"Sun, 11 Ιούλ 2004 12:00:00 EST":           "2004-07-11T17:00:00Z",
		"2004-július-13T9:15-05:00":                "2004-07-13T14:15:00Z",
		"2004년 05월 28일  01:31:15":                  "2004-05-27T16:31:15Z",
		"2004-05-25 오후 11:23:17":                   "2004-05-25T14:23:17Z",
		// What cannot be told stays unknown.
		"03/04/2026": "", "Sun, 30 Feb 2026 09:00:00 GMT": "", "0000-00-00 00:00:00": "", "Tue, 03 Mar 2026 09:00:00 +9900": "",
		"-0001-01-01T00:00:00Z": "", "soon": "", "": "", "1970-01-01T00:00:00Z": "", "0": "", "12:00": "", "2026-13-01": "", "2026-366": "",
	} {
		got := ""
		if d := ParseDate(printed); !d.Time.IsZero() {
			got = d.Time.Format(time.RFC3339Nano)
		}
		if got != want {
			t.Errorf("%q is %q, not %q", printed, got, want)
		}
	}
}

func FuzzDate(f *testing.F) {
	f.Add("Tue, 03 Mar 2026 09:00:00 EST")
	f.Add("2026-03-03T09:00:00.5+05:30")
	f.Add("2004년 05월 28일 01:31:15")
	f.Fuzz(func(t *testing.T, s string) {
		if d := ParseDate(s); !d.Time.IsZero() && (d.Time.Year() < 1899 || d.Time.Year() > 10000) {
			t.Fatal(d)
		}
	})
}

func TestTombstones(t *testing.T) {
	f := parse(t, `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns:fh="http://purl.org/syndication/history/1.0">
		<fh:complete/><link rel="prev-archive" href="/2"/><link rel="hub" href="https://hub.example/"/>
		<at:deleted-entry ref="urn:x:e1" when="2026-03-04T08:00:00Z"><at:by><name>Desk</name></at:by><at:comment>Retracted</at:comment></at:deleted-entry></feed>`)
	if len(f.Deleted) != 1 || f.Deleted[0].Ref != "urn:x:e1" || f.Deleted[0].Comment != "Retracted" || f.Deleted[0].By != "Desk" || f.Deleted[0].When.Time.IsZero() {
		t.Errorf("%+v", f.Deleted)
	}
	if !f.Complete || f.Related("prev-archive")[0] != "https://courier.example/2" || f.Related("hub")[0] != "https://hub.example/" {
		t.Errorf("%+v", f.Links)
	}
}

func TestDiscover(t *testing.T) {
	page := `<!doctype html><html><head><base href="https://courier.example/news/"><link rel="stylesheet" href="x.css">
		<link rel=alternate type="application/rss+xml" title="All &amp; more" href="feed.xml"><LINK REL="Alternate" TYPE="application/atom+xml; charset=utf-8" HREF="/atom">
		<link rel="alternate" hreflang="de" href="/de"><link rel="alternate" type="application/rss+xml" href="javascript:x"></head></html>`
	found := Discover([]byte(page), "https://www.courier.example/")
	if len(found) != 2 || found[0] != (Found{"https://courier.example/news/feed.xml", "All & more", "application/rss+xml"}) || found[1].URL != "https://courier.example/atom" {
		t.Errorf("%+v", found)
	}
}
