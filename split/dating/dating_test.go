package dating_test

import (
	"testing"
	"time"

	"dateline/split/dating"
)

var fetched = time.Date(2031, 5, 7, 10, 30, 0, 0, time.UTC)

func TestLine(t *testing.T) {
	for _, c := range []struct{ in, when, local string }{
		{"6 May 2031", "2031-05-06", "2031-05-06"},
		{"May 6, 2031", "2031-05-06", "2031-05-06"},
		{"date 2031-05-06", "2031-05-06", "2031-05-06"},
		{"Published: Tuesday, May 6th, 2031", "2031-05-06", "2031-05-06"},
		{"6. Mai 2031, 18:20 Uhr", "2031-05-06", "2031-05-06T18:20"},
		{"06.05.2031", "2031-05-06", "2031-05-06"},
		{"26/05/2031", "2031-05-26", "2031-05-26"},
		{"2031-05-06T18:20:00+02:00", "2031-05-06T16:20:00Z", "2031-05-06T18:20+02:00"},
		{"May 6, 2031 9:05 AM ET", "2031-05-06T13:05:00Z", "2031-05-06T09:05-04:00"},
		{"Jan. 6, 2031 9:05 p.m. ET", "2031-01-07T02:05:00Z", "2031-01-06T21:05-05:00"},
		{"12:40 BST, 6 May 2031", "2031-05-06T11:40:00Z", "2031-05-06T12:40+01:00"},
		{"6 May 2031 5 PM GMT+2", "2031-05-06T15:00:00Z", "2031-05-06T17:00+02:00"},
		{"Published Tue, May 6 203112:23 PM EDT", "2031-05-06T16:23:00Z", "2031-05-06T12:23-04:00"},
		{"21 minutes ago", "2031-05-07T10:09:00Z", ""},
		{"an hour ago", "2031-05-07T09:30:00Z~", ""},
		{"Updated 3h ago", "2031-05-07T07:30:00Z~", ""},
		{"2 days ago", "2031-05-05", ""},
		{"yesterday", "2031-05-06", ""},
		{"3 months ago", "2031-02~", ""},
		{"5h", "2031-05-07T05:30:00Z~", ""},
		{"this morning", "2031-05-07", ""},
	} {
		d, ok := dating.Line(c.in, fetched)
		if !ok {
			t.Errorf("%q is no date", c.in)
			continue
		}
		p := d.Published(c.in)
		if p.When.String() != c.when || p.Local != c.local {
			t.Errorf("%q: %s %q, want %s %q", c.in, p.When, p.Local, c.when, c.local)
		}
	}
	for _, bad := range []string{"", "May", "2031", "May 2031 was warm", "31 February 2031", "05/06/2031", "He left 3 hours ago", "10 years", "5k", "This morning it rained", "Sunday", "99:99", "1.2.3"} {
		if d, ok := dating.Line(bad, fetched); ok {
			t.Errorf("%q was read as %+v", bad, d)
		}
	}
}

func TestPrefix(t *testing.T) {
	const line = "date 2031-05-06 Your support helps us"
	d, n, ok := dating.Prefix(line, time.Time{})
	if !ok || line[:n] != "date 2031-05-06" || !d.Full() {
		t.Errorf("%+v, %q", d, line[:n])
	}
}

func TestInfer(t *testing.T) {
	for _, c := range []struct {
		name, dateline, when, rule string
		sentences                  []string
		fetched                    time.Time
	}{
		{"an anniversary", "", "2025-02-24/2025-02-25", "anniversary", []string{"They met on the third anniversary of the Russian invasion of Ukraine."}, time.Time{}},
		{"an anniversary that is past or to come is no present day", "", "", "", []string{"Since the third anniversary of the invasion of Ukraine much has changed."}, time.Time{}},
		{"to the day", "", "2031-11-09/2031-11-10", "anniversary", []string{"It opened 42 years to the day after the Berlin Wall fell."}, time.Time{}},
		{"of a battle of many days, the one on the weekday told", "", "2025-08-13/2025-08-14", "anniversary", []string{"The council met on Wednesday.", "He spoke of the Battle of Warsaw, exactly 105 years ago."}, time.Time{}},
		{"a battle of many days without a weekday", "", "", "", []string{"He spoke of the Battle of Warsaw, exactly 105 years ago."}, time.Time{}},
		{"a dateline, before the fetching", "PORT ALBA, May 6 (AP) -", "2031-05-06/2031-05-07", "dateline-date", nil, fetched},
		{"a dateline of the day of the fetching", "PORT ALBA, May 7 (AP) -", "2031-05-07", "dateline-date", nil, fetched},
		{"a dateline of the year before", "PORT ALBA, Dec. 6 -", "2030-12-06/2030-12-07", "dateline-date", nil, fetched},
		{"a dateline and an unknown time of fetching", "PORT ALBA, May 6 -", "", "", nil, time.Time{}},
		{"a weekday and its day", "", "2031-04-30?/2031-05-12?", "weekday-and-day", []string{"The bridge closed in 2030.", "It opens on Tuesday, May 6, they said."}, time.Time{}},
		{"a weekday that does not agree", "", "", "", []string{"The bridge closed in 2030.", "It opens on Sunday, May 6, they said."}, time.Time{}},
		{"the first since the last", "", "2031~", "first-since", []string{"They met for the first time in six years.", "The two last met in 2025 at the harbour."}, time.Time{}},
		{"nothing", "", "", "", []string{"It rained."}, fetched},
	} {
		p := dating.Infer(c.dateline, c.sentences, c.fetched)
		if p.When.String() != c.when || p.Reason.Rule != c.rule {
			t.Errorf("%s: %s by %s, want %q by %q", c.name, p.When, p.Reason, c.when, c.rule)
		}
	}
}

func TestYearOf(t *testing.T) {
	for line, want := range map[string]string{
		"Tuesday 6 May": "2031-05-06", "6 May": "2031-05-06", "9 May": "2030-05-09", "29 Feb": "2028-02-29",
		"Sunday 6 May": "", // no 6 May before the fetching that is the last was one
	} {
		p, ok := dating.Line(line, fetched)
		if !ok {
			t.Fatalf("%q is no date", line)
		}
		if got := dating.YearOf(p, line, fetched).When.String(); got != want {
			t.Errorf("%q: %s, want %s", line, got, want)
		}
		if got := dating.YearOf(p, line, time.Time{}); !got.When.IsZero() {
			t.Errorf("%q of a page fetched nobody knows when: %s", line, got.When)
		}
	}
	late := time.Date(2031, 5, 6, 23, 0, 0, 0, time.UTC) // 7 May in the east
	if p, _ := dating.Line("7 May", late); dating.YearOf(p, "7 May", late).When.String() != "2031-05-07" {
		t.Errorf("the day of a page fetched late is %s", dating.YearOf(p, "7 May", late).When)
	}
}

func FuzzPrefix(f *testing.F) {
	f.Add("Published Tue, May 6 203112:23 PM EDT")
	f.Add("3 minutes ago")
	f.Fuzz(func(t *testing.T, s string) {
		d, n, ok := dating.Prefix(s, fetched)
		if n < 0 || n > len(s) || ok && n == 0 {
			t.Fatalf("%q ends at %d", s, n)
		}
		if ok {
			d.Published(s[:n])
		}
	})
}
