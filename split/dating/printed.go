// Package dating tells when an article was published: from a date as a page prints it, from an
// age ("21 minutes ago") and the time of fetching, or, failing both, from what the text says of
// the days around it.
//
// It reads lines, not prose: the time expressions of an article's sentences are another room's
// work. What it concludes is as exact as the evidence, an interval where a day would be a guess,
// and always with the rule that led there.
package dating

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"dateline/news"
)

// A Printed is a date as a page prints it.
type Printed struct {
	Year    int // 0 where none is printed
	Month   time.Month
	Day     int
	Clock   bool // whether Hour and Minute are printed
	Hour    int
	Minute  int
	Second  int
	Zoned   bool
	Offset  int        // minutes east of UTC
	Age     *time.Time // for an age, what it comes to; nil where it cannot be reckoned
	Ago     string     // the age as printed, "21 minutes ago"; "" for a date
	Updated bool       // the line tells when the article was changed, not published
	Unit    string     // of the age: "minute", "hour", "day", "week", "month", "year"
}

// Full reports whether the date names a day of a year.
func (p Printed) Full() bool { return p.Year > 0 && p.Month > 0 && p.Day > 0 }

// Published is the date as a publication time. The zero When is given for an age whose
// reckoning needs a time of fetching that is not known, and for a date without a year.
func (p Printed) Published(line string) news.Published {
	line = strings.Join(strings.Fields(line), " ")
	if p.Ago != "" {
		out := news.Published{Basis: news.Relative, Reason: news.Reason{Rule: "age", Detail: fmt.Sprintf("%q, and the time of fetching is not known", p.Ago)}}
		if p.Age == nil {
			return out
		}
		out.Reason.Detail = fmt.Sprintf("%q before the time of fetching", p.Ago)
		m := news.Instant(*p.Age)
		switch p.Unit {
		case "minute", "second":
		case "hour":
			m.Approximate = true
		case "month":
			m = news.Day(m.Year, m.Month, 0)
			m.Approximate = true
		case "year":
			m = news.Day(m.Year, 0, 0)
			m.Approximate = true
		default:
			m = news.Day(m.Year, m.Month, m.Day)
			m.Approximate = p.Unit == "week"
		}
		out.When = news.At(m)
		return out
	}
	if !p.Full() {
		return news.Published{}
	}
	out := news.Published{Basis: news.Stated, Reason: news.Reason{Rule: "date-line", Detail: fmt.Sprintf("%q", line)}}
	out.Local = fmt.Sprintf("%04d-%02d-%02d", p.Year, p.Month, p.Day)
	out.When = news.At(news.Day(p.Year, p.Month, p.Day))
	if p.Clock {
		out.Local += fmt.Sprintf("T%02d:%02d", p.Hour, p.Minute)
		if p.Second > 0 {
			out.Local += fmt.Sprintf(":%02d", p.Second)
		}
		if p.Zoned {
			t := time.Date(p.Year, p.Month, p.Day, p.Hour, p.Minute, p.Second, 0, time.FixedZone("", p.Offset*60))
			out.When = news.At(news.Instant(t))
			out.Local += t.Format("Z07:00")
		}
	}
	return out
}

// Line reads a line that holds a date or an age and nothing else, with or without a word that
// says so ("Published", "Updated").
func Line(line string, fetched time.Time) (Printed, bool) {
	if long := spelled(line); long != "" {
		p, n := age(long, fetched)
		p.Ago = strings.TrimSpace(line)
		return p, n > 0
	}
	p, n, ok := Prefix(line, fetched)
	if !ok || strings.TrimSpace(line[n:]) != "" {
		return Printed{}, false
	}
	return p, true
}

// spelled writes out an age that only a line of its own can be: "5h", "this morning".
func spelled(line string) string {
	switch s := strings.ToLower(strings.TrimSpace(line)); s {
	case "this morning", "this afternoon", "this evening", "tonight":
		return "today"
	default:
		n := strings.TrimLeft(s, "0123456789")
		if digits := len(s) - len(n); digits > 0 && digits < 3 && (n == "h" || n == "m" || n == "d") {
			return s + " ago"
		}
	}
	return ""
}

// Prefix reads the date or age that a line begins with, and where it ends.
func Prefix(line string, fetched time.Time) (p Printed, end int, ok bool) {
	if len(line) > 400 {
		line = line[:400]
	}
	if first := fieldsOf(line, 1); len(first) == 0 || !opens(first[0].text) {
		return p, 0, false
	}
	if p, n := age(line, fetched); n > 0 {
		return p, n, true
	}
	r := reader{p: Printed{}}
	fields := fieldsOf(line, 24)
	for i, f := range fields {
		if len(f.text) == 0 || !r.take(f.text, rest(fields, i)) {
			break
		}
		// Words that only announce a date, and marks, belong to one that follows them.
		if r.complete() && !r.announced {
			end, ok, p = f.end, true, r.p
		}
	}
	return p, end, ok
}

type field struct {
	text string
	end  int
}

// opens reports whether a date or age can begin with the word: most lines are done with here.
func opens(w string) bool {
	if w[0] >= '0' && w[0] <= '9' || len(w) > 24 {
		return len(w) <= 40
	}
	w = strings.ToLower(strings.Trim(w, ".:·•-–—/@"))
	return w == "" || weekdays[w] || Months[w] > 0 || numbers[w] > 0 || announcing[w]
}

var announcing = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`published posted date dated on at first of issued created le am publié veröffentlicht updated modified last update mis jour aktualisiert
		edited yesterday today just about over almost nearly`) {
		m[w] = true
	}
	return m
}()

func fieldsOf(s string, most int) []field {
	var out []field
	for i := 0; i < len(s) && len(out) < most; {
		for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '|' || s[i] == ',' || s[i] == '(' || s[i] == ')') {
			i++
		}
		j := i
		for j < len(s) && !strings.ContainsRune(" \t|,()", rune(s[j])) {
			j++
		}
		for k := i + glued(s[i:j]); k > i; k = i + glued(s[i:j]) {
			out = append(out, field{s[i:k], k})
			i = k
		}
		if j > i {
			out = append(out, field{s[i:j], j})
		}
		i = j
	}
	return out
}

// glued is the length of a word that says "published" or "updated" with a figure glued to it.
func glued(s string) int {
	if n := strings.IndexAny(s, "UPL"); n == 4 && strings.Trim(s[:4], "0123456789") == "" { // "2031Updated"
		return 4
	}
	n := strings.IndexAny(s, "0123456789")
	if i := strings.IndexByte(s, ':'); n == 0 && i >= 5 && i <= 6 && strings.HasPrefix(s, "20") { // "20312:23"
		return 4
	}
	if n < 4 {
		return 0
	}
	switch strings.ToLower(strings.TrimRight(s[:n], ":")) {
	case "updated", "published", "posted", "date", "modified":
		return n
	}
	return 0
}

func rest(f []field, i int) string {
	if i+1 < len(f) {
		return f[i+1].text
	}
	return ""
}

// A reader takes a date word by word, in whatever order pages print its parts.
type reader struct {
	p         Printed
	pending   int  // a number that may be the day
	announced bool // the last word only announced what follows
}

func (r *reader) complete() bool {
	return r.p.Month > 0 && r.p.Day > 0
}

// take reads one word, and reports whether it can belong to a date.
func (r *reader) take(w, next string) bool {
	low := strings.ToLower(strings.Trim(w, ".:·•-–—/@"))
	r.announced = false
	if low == "" {
		r.announced = true
		return true
	}
	switch low {
	case "published", "posted", "date", "dated", "on", "at", "first", "of", "issued", "created", "le", "am", "publié", "veröffentlicht":
		if low == "am" && r.p.Clock {
			return r.meridiem("am")
		}
		r.announced = true
		return true
	case "updated", "modified", "last", "update", "mis", "jour", "aktualisiert", "edited":
		r.announced = true
		r.p.Updated = r.p.Updated || !r.complete()
		return !r.complete()
	case "pm", "a.m", "p.m":
		return r.meridiem(low)
	case "uhr", "hrs", "h":
		return r.p.Clock
	}
	if weekdays[low] {
		return true
	}
	if m := Months[low]; m > 0 && r.p.Month == 0 {
		r.p.Month = m
		if r.pending > 0 && r.p.Day == 0 {
			r.p.Day, r.pending = r.pending, 0
		}
		return true
	}
	if off, ok := zone(low, r.p); ok && r.p.Clock {
		if !r.p.Zoned {
			r.p.Zoned, r.p.Offset = true, off
		}
		return true
	}
	if r.iso(strings.TrimRight(w, ".:")) || r.clock(low) {
		return true
	}
	if n := strings.ToLower(strings.Trim(next, ".")); (n == "am" || n == "pm" || n == "a.m" || n == "p.m") && !r.p.Clock {
		if h, err := strconv.Atoi(low); err == nil && h >= 1 && h <= 12 {
			r.p.Clock, r.p.Hour = true, h
			return true
		}
	}
	return r.number(low, next)
}

func (r *reader) meridiem(w string) bool {
	if !r.p.Clock || r.p.Hour > 12 {
		return false
	}
	if w[0] == 'p' && r.p.Hour < 12 {
		r.p.Hour += 12
	} else if w[0] == 'a' && r.p.Hour == 12 {
		r.p.Hour = 0
	}
	return true
}

// iso reads 2025-08-18, 2025/08/18, 2025-08-18T09:05:00+02:00, and 18.08.2025 or 18/08/2025
// where only one order of day and month is possible.
func (r *reader) iso(w string) bool {
	if r.p.Month > 0 {
		return false
	}
	for _, layout := range []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02", "2006/01/02", "20060102"} {
		t, err := time.Parse(layout, w)
		if err != nil || t.Year() < 1600 {
			continue
		}
		r.p.Year, r.p.Month, r.p.Day = t.Year(), t.Month(), t.Day()
		if strings.Contains(layout, "T15") {
			r.p.Clock, r.p.Hour, r.p.Minute, r.p.Second = true, t.Hour(), t.Minute(), t.Second()
		}
		if strings.HasSuffix(layout, "Z07:00") {
			_, off := t.Zone()
			r.p.Zoned, r.p.Offset = true, off/60
		}
		return true
	}
	parts := strings.FieldsFunc(w, func(c rune) bool { return c == '/' || c == '.' || c == '-' })
	if len(parts) != 3 || len(parts[2]) != 4 {
		return false
	}
	a, err1 := strconv.Atoi(parts[0])
	b, err2 := strconv.Atoi(parts[1])
	y, err3 := strconv.Atoi(parts[2])
	if err1 != nil || err2 != nil || err3 != nil || y < 1900 || a < 1 || b < 1 || a > 31 || b > 31 {
		return false
	}
	switch {
	case strings.Contains(w, "."), a > 12 && b <= 12, a == b: // stops are only used day first
		return r.civil(y, b, a)
	case b > 12 && a <= 12:
		return r.civil(y, a, b)
	}
	return false
}

func (r *reader) civil(y, m, d int) bool {
	if m < 1 || m > 12 || !validDay(y, time.Month(m), d) {
		return false
	}
	r.p.Year, r.p.Month, r.p.Day = y, time.Month(m), d
	return true
}

func validDay(y int, m time.Month, d int) bool {
	if y == 0 {
		y = 2000
	}
	return d >= 1 && time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Day() == d
}

// clock reads 9:05, 09.05, 21h05, 9:05pm, 9am, 09:05:30.
func (r *reader) clock(w string) bool {
	if r.p.Clock {
		return false
	}
	body, meridiem := w, ""
	for _, m := range []string{"a.m", "p.m", "am", "pm"} {
		if strings.HasSuffix(w, m) {
			body, meridiem = strings.TrimSuffix(w, m), m
			break
		}
	}
	body = strings.TrimSuffix(body, "z")
	parts := strings.FieldsFunc(body, func(c rune) bool { return c == ':' || c == 'h' || c == '.' })
	if len(parts) == 0 || len(parts) > 3 || len(parts) == 1 && meridiem == "" || strings.Trim(body, "0123456789:h.") != "" {
		return false
	}
	var v [3]int
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || i > 0 && len(p) != 2 || n > 59 || i == 0 && n > 24 {
			return false
		}
		v[i] = n
	}
	r.p.Clock, r.p.Hour, r.p.Minute, r.p.Second = true, v[0]%24, v[1], v[2]
	return meridiem == "" || r.meridiem(meridiem)
}

// number reads a day or a year.
func (r *reader) number(w, next string) bool {
	for _, s := range []string{"st", "nd", "rd", "th", "er"} {
		if len(w) > 2 && strings.HasSuffix(w, s) {
			w = strings.TrimSuffix(w, s)
			break
		}
	}
	n, err := strconv.Atoi(w)
	if err != nil || n < 1 || strings.ContainsFunc(w, func(c rune) bool { return !unicode.IsDigit(c) }) {
		return false
	}
	switch {
	case len(w) == 4 && n >= 1600 && n < 2200 && r.p.Year == 0 && (r.p.Month > 0 || Months[strings.ToLower(next)] > 0):
		r.p.Year = n
		return r.p.Day == 0 || validDay(n, r.p.Month, r.p.Day)
	case n <= 31 && r.p.Day == 0 && r.p.Month > 0:
		r.p.Day = n
		return validDay(r.p.Year, r.p.Month, n)
	case n <= 31 && r.pending == 0 && r.p.Day == 0 && Months[strings.ToLower(strings.Trim(next, "."))] > 0:
		r.pending = n
		return true
	}
	return false
}

var weekdays = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
		montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
		lunes martes miércoles jueves viernes sábado domingo`) {
		m[w] = true
	}
	return m
}()

// Months are the names of the months and their short forms, in lower case.
var Months = func() map[string]time.Month {
	m := map[string]time.Month{}
	for i, names := range []string{
		"january jan januar janvier enero gennaio", "february feb februar février febrero febbraio", "march mar märz mars marzo",
		"april apr avril abril aprile", "may mai mayo maggio", "june jun juni juin junio giugno", "july jul juli juillet julio luglio",
		"august aug août agosto", "september sep sept septembre septiembre settembre", "october oct oktober octobre octubre ottobre",
		"november nov novembre noviembre", "december dec dezember décembre diciembre dicembre",
	} {
		for w := range strings.FieldsSeq(names) {
			m[w] = time.Month(i + 1)
		}
	}
	return m
}()

// zone is the offset in minutes of a time zone as printed. "ET" and its like follow the
// American rule of summer time on the printed day.
func zone(w string, p Printed) (int, bool) {
	if off, ok := zones[w]; ok {
		return off, true
	}
	if off, ok := american[w]; ok {
		if p.Full() && summer(p) {
			off += 60
		}
		return off, true
	}
	for _, base := range []string{"gmt", "utc"} {
		if rest, ok := strings.CutPrefix(w, base); ok && len(rest) > 1 && (rest[0] == '+' || rest[0] == '-') {
			h, m, _ := strings.Cut(rest[1:], ":")
			hours, err := strconv.Atoi(h)
			minutes, err2 := strconv.Atoi(m)
			if err != nil || hours > 14 || m != "" && err2 != nil {
				return 0, false
			}
			off := hours*60 + minutes
			if rest[0] == '-' {
				off = -off
			}
			return off, true
		}
	}
	if len(w) >= 5 && (w[0] == '+' || w[0] == '-') {
		if t, err := time.Parse("Z07:00", w); err == nil {
			_, off := t.Zone()
			return off / 60, true
		}
		if t, err := time.Parse("-0700", w); err == nil {
			_, off := t.Zone()
			return off / 60, true
		}
	}
	return 0, false
}

// Zone reports whether w names a time zone: "GMT", "ET".
func Zone(w string) bool {
	_, ok := zone(strings.ToLower(w), Printed{})
	return ok
}

// summer reports whether American summer time holds: from the second Sunday of March to the
// first of November, since 2007.
func summer(p Printed) bool {
	sunday := func(m time.Month, n int) int {
		first := time.Date(p.Year, m, 1, 0, 0, 0, 0, time.UTC).Weekday()
		return 1 + (7-int(first))%7 + 7*(n-1)
	}
	switch {
	case p.Month > time.March && p.Month < time.November:
		return true
	case p.Month == time.March:
		return p.Day >= sunday(time.March, 2)
	case p.Month == time.November:
		return p.Day < sunday(time.November, 1)
	}
	return false
}

var american = map[string]int{"et": -300, "ct": -360, "mt": -420, "pt": -480}

var zones = map[string]int{
	"utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180, "msk": 180,
	"sast": 120, "eat": 180, "gst": 240, "pkt": 300, "ist": 330, "ict": 420, "wib": 420, "sgt": 480, "hkt": 480, "awst": 480, "jst": 540, "kst": 540,
	"aest": 600, "aedt": 660, "acst": 570, "nzst": 720, "nzdt": 780, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
	"pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "brt": -180, "art": -180,
}

// age reads "21 minutes ago", "an hour ago", "2h ago", "yesterday", and where it ends.
func age(line string, fetched time.Time) (Printed, int) {
	fields := fieldsOf(line, 8)
	i := 0
	p := Printed{}
	for i < len(fields) && i < 3 {
		switch strings.ToLower(strings.Trim(fields[i].text, ".:·•")) {
		case "updated", "modified", "last":
			p.Updated = true
			i++
			continue
		case "published", "posted", "about", "over", "almost", "nearly":
			i++
			continue
		}
		break
	}
	if i >= len(fields) {
		return p, 0
	}
	first := strings.ToLower(strings.Trim(fields[i].text, ".:·•"))
	start := fields[i].end - len(fields[i].text)
	var n int
	var unit string
	last := i
	switch first {
	case "yesterday":
		n, unit = 1, "day"
	case "today":
		n, unit = 0, "day"
	case "just":
		if strings.ToLower(rest(fields, i)) != "now" {
			return p, 0
		}
		n, unit, last = 0, "minute", i+1
	default:
		var digits string
		digits = first[:len(first)-len(strings.TrimLeft(first, "0123456789"))]
		switch {
		case digits != "" && len(digits) < 5:
			n, _ = strconv.Atoi(digits)
		case numbers[first] > 0:
			n, digits = numbers[first], first
		default:
			return p, 0
		}
		word := first[len(digits):]
		if word == "" {
			last++
			word = strings.ToLower(strings.Trim(rest(fields, i), "."))
		}
		if unit = units[word]; unit == "" {
			return p, 0
		}
		last++
		if last >= len(fields) || strings.ToLower(strings.Trim(fields[last].text, ".")) != "ago" {
			return p, 0
		}
	}
	p.Ago, p.Unit = strings.TrimRight(line[start:fields[last].end], "."), unit
	if !fetched.IsZero() {
		t := fetched.UTC()
		switch unit {
		case "second":
			t = t.Add(-time.Duration(n) * time.Second)
		case "minute":
			t = t.Add(-time.Duration(n) * time.Minute)
		case "hour":
			t = t.Add(-time.Duration(n) * time.Hour)
		case "day":
			t = t.AddDate(0, 0, -n)
		case "week":
			t = t.AddDate(0, 0, -7*n)
		case "month":
			t = t.AddDate(0, -n, 0)
		case "year":
			t = t.AddDate(-n, 0, 0)
		}
		p.Age = &t
	}
	return p, fields[last].end
}

var numbers = map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

var units = map[string]string{
	"s": "second", "sec": "second", "secs": "second", "second": "second", "seconds": "second",
	"m": "minute", "min": "minute", "mins": "minute", "minute": "minute", "minutes": "minute",
	"h": "hour", "hr": "hour", "hrs": "hour", "hour": "hour", "hours": "hour",
	"d": "day", "day": "day", "days": "day", "w": "week", "week": "week", "weeks": "week", "wk": "week",
	"mo": "month", "month": "month", "months": "month", "y": "year", "yr": "year", "year": "year", "years": "year",
}
