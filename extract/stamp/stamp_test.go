package stamp_test

import (
	"testing"
	"time"

	"dateline/extract/stamp"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, in   string
		monthFirst bool
		local      string
	}{
		{"a day", "2031-05-03", false, "2031-05-03"},
		{"an instant", "2031-05-03T09:05:00Z", false, "2031-05-03T09:05Z"},
		{"a zone is kept", "2031-05-03T09:05:07-04:00", false, "2031-05-03T09:05:07-04:00"},
		{"a zone without colon", "2031-05-03T09:05:00.000+0200", false, "2031-05-03T09:05+02:00"},
		{"a blank for the T", "2031-05-03 09:05:00", false, "2031-05-03T09:05"},
		{"digits alone", "20310503", false, "2031-05-03"},
		{"seconds since 1970", "1935479100", false, "2031-05-02T09:05Z"},
		{"milliseconds", "1935479100000", false, "2031-05-02T09:05Z"},
		{"mail's form", "Sat, 03 May 2031 09:05:00 GMT", false, "2031-05-03T09:05Z"},
		{"America writes the month first", "5/3/2031", true, "2031-05-03"},
		{"others the day", "3/5/2031", false, "2031-05-03"},
		{"unless it cannot be", "5/23/2031", false, "2031-05-23"},
		{"afternoon", "May 3, 2031, 9:05 p.m. ET", true, "2031-05-03T21:05"},
		{"American zones", "May 3, 2031 9:05 AM EDT", true, "2031-05-03T09:05-04:00"},
		{"German", "3. Mai 2031, 9:05 Uhr", false, "2031-05-03T09:05"},
		{"Spanish", "3 de mayo de 2031", false, "2031-05-03"},
		{"Japanese", "2031年5月3日 9時5分", false, "2031-05-03"},
		{"Polish", "3 maja 2031", false, "2031-05-03"},
		{"Arabic digits", "٣ مايو ٢٠٣١", false, "2031-05-03"},
		{"boxes without a blank between", "May 032031", false, "2031-05-03"},
		{"two names of one month", "3 نيسان / أبريل 2031", false, "2031-04-03"},
		{"no such day", "2031-02-30", false, ""},
		{"no such month", "2099-13-45", false, ""},
		{"no date", "version 1.2.3", false, ""},
		{"a phone number", "01-02-03-04-05", false, ""},
		{"long ago", "1812-05-03", false, ""},
	} {
		got, ok := stamp.Parse(c.in, c.monthFirst)
		if ok != (c.local != "") || ok && got.Local() != c.local {
			t.Errorf("%s: %q is %v %s, want %q", c.name, c.in, ok, got.Local(), c.local)
		}
	}
}

func TestAgo(t *testing.T) {
	for _, c := range []struct {
		in    string
		ago   time.Duration
		exact bool
		ok    bool
	}{
		{"21 minutes ago", 21 * time.Minute, true, true},
		{"an hour ago", time.Hour, true, true},
		{"vor 3 Stunden", 3 * time.Hour, true, true},
		{"il y a 2 jours", 48 * time.Hour, false, true},
		{"hace 5 minutos", 5 * time.Minute, true, true},
		{"Yesterday", 24 * time.Hour, false, true},
		{"Publié hier à 9 h 30", 24 * time.Hour, false, true},
		{"hier mache ich mit", 0, false, false},
		{"in 3 minutes", 0, false, false},
		{"3 min read", 0, false, false},
	} {
		ago, exact, ok := stamp.Ago(c.in)
		if ago != c.ago || exact != c.exact || ok != c.ok {
			t.Errorf("%q: %v %v %v", c.in, ago, exact, ok)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"3 May 2031 at 9:05 p.m.", "2031-05-03T09:05:00+02:00", "10:30 - 3.5.2031", "2031年5月3日", "19 tháng 11, 2031"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, us bool) {
		last := 0
		for _, d := range stamp.Find(s, us, 50) {
			if d.Span.Start < last || d.Span.End > len(s) || d.Span.Empty() {
				t.Fatalf("%v after %d in %d bytes", d.Span, last, len(s))
			}
			last = d.Span.End
			again, ok := stamp.Parse(d.Local(), false)
			if !ok || again.Local() != d.Local() {
				t.Fatalf("%s read back as %s", d.Local(), again.Local())
			}
			d.When()
		}
		stamp.Ago(s)
	})
}
