package export

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"dateline/news"
)

// Calendar is an agenda as an iCalendar (RFC 5545): an all-day event each, with the row it comes
// from as its identifier, so that a calendar that is read again updates what it has. Due intervals
// without a first or last day are left out: a calendar has no place for them.
func Calendar(list []Appointment) string {
	var b strings.Builder
	line := func(name, value string) { fold(&b, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Dateline//agenda//EN")
	for _, a := range list {
		first, last := a.Due.Bounds()
		if first.IsZero() || last.IsZero() {
			continue
		}
		line("BEGIN", "VEVENT")
		line("UID", string(a.ID)+"@dateline")
		line("DTSTAMP", a.Recorded.UTC().Format("20060102T150405Z"))
		line("DTSTART;VALUE=DATE", first.Format("20060102"))
		line("DTEND;VALUE=DATE", last.AddDate(0, 0, 1).Format("20060102"))
		summary := a.What
		if a.By != "" {
			summary = a.By + ": " + a.What
		}
		line("SUMMARY", escape(summary))
		line("DESCRIPTION", escape(fmt.Sprintf("%s. %s.", a.Status, a.Why)))
		if a.Status == news.StatusWithdrawn || a.Status == news.StatusBroken {
			line("STATUS", "CANCELLED")
		} else {
			line("STATUS", "TENTATIVE")
		}
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return b.String()
}

// escape is a TEXT value (RFC 5545, section 3.3.11).
func escape(s string) string {
	return strings.NewReplacer("\\", "\\\\", ";", "\\;", ",", "\\,", "\r\n", "\\n", "\n", "\\n").Replace(strings.Join(strings.Fields(s), " "))
}

// fold breaks a content line after at most 75 bytes, between characters (section 3.1).
func fold(b *strings.Builder, s string) {
	room := 75
	for len(s) > room {
		cut := room
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		b.WriteString(s[:cut] + "\r\n ")
		s, room = s[cut:], 74
	}
	b.WriteString(s + "\r\n")
}
