package export_test

import (
	"strings"
	"testing"
	"time"

	"dateline/export"
	"dateline/news"
)

func TestCalendar(t *testing.T) {
	due, err := news.ParseInterval("2031-05-12/2031-05-14")
	if err != nil {
		t.Fatal(err)
	}
	open, _ := news.ParseInterval("../2031-05-12")
	c := export.Calendar([]export.Appointment{
		{ID: "l1", What: "publish the contract; all of it, with notes — and every page of the longest annex that anybody has ever seen, in two languages", By: "Ana Ruiz", Due: due, Why: "“by May 14”", Status: news.StatusOpen, Recorded: time.Date(2031, 5, 3, 9, 0, 0, 0, time.UTC)},
		{ID: "l2", What: "no day", Due: open, Status: news.StatusOpen},
		{ID: "l3", What: "sail", Due: due, Status: news.StatusWithdrawn},
	})
	for _, want := range []string{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "UID:l1@dateline\r\n", "DTSTART;VALUE=DATE:20310512\r\n", "DTEND;VALUE=DATE:20310515\r\n", `contract\; all of it\, with`, "STATUS:CANCELLED\r\n", "DTSTAMP:20310503T090000Z\r\n"} {
		if !strings.Contains(c, want) {
			t.Errorf("%q is not in\n%s", want, c)
		}
	}
	if strings.Contains(c, "l2@") {
		t.Error("an entry without a first day is in the calendar")
	}
	for _, line := range strings.Split(c, "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	unfolded := strings.ReplaceAll(c, "\r\n ", "")
	if !strings.Contains(unfolded, "that anybody has ever seen") {
		t.Error("unfolding does not give the words back")
	}
}
