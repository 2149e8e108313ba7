// Package date reads the times that feeds print.
package date

import (
	"strings"
	"time"
	"unicode"

	"dateline/fetch/feed/model"
)

// Parse understands the times of feeds: RFC 822 and 2822 with their usual mistakes, ISO 8601
// and W3CDTF, asctime, Unix seconds and milliseconds, names of months in thirteen languages,
// the Korean forms. A time without a zone is taken as UTC, as RSS readers do.
//
// What could be two days (03/04/2026), is none (30 February), has no zone that exists (+9900) or
// is the clock of a machine that has none (1970-01-01) stays unknown: Printed tells it, Time is
// zero.
func Parse(s string) model.Date {
	s = strings.TrimSpace(s)
	d := model.Date{Printed: s}
	if s == "" || len(s) > 120 {
		return d
	}
	t, ok := parseTime(s)
	if ok && t.Year() >= 1900 && t.Year() <= 9999 && !(t.Year() == 1970 && t.YearDay() == 1) {
		d.Time = t.UTC()
	}
	return d
}

// korean turns 2026년 03월 03일 into 2026-03-03.
var korean = strings.NewReplacer("년 ", "-", "년", "-", "월 ", "-", "월", "-", "일", "")

// A moment is a time in parts, as far as they were found.
type moment struct {
	year, month, day     int
	hour, minute, second int
	nanos                int
	zone                 *time.Location
	clock                bool // a time of the day was found
	pm, am               bool
}

func parseTime(s string) (time.Time, bool) {
	if n, ok := digits(s); ok {
		switch {
		case len(s) == 10:
			return time.Unix(n, 0), true
		case len(s) == 13:
			return time.UnixMilli(n), true
		case len(s) == 8:
			return moment{year: int(n / 10000), month: int(n / 100 % 100), day: int(n % 100)}.time()
		case len(s) == 4:
			return moment{year: int(n), month: 1, day: 1}.time()
		}
		return time.Time{}, false
	}
	var m moment
	if strings.Contains(s, "년") {
		s, m.zone = korean.Replace(s), time.FixedZone("KST", 9*3600)
	}
	if rest, ok := m.iso(s); ok {
		if !m.rest(rest) {
			return time.Time{}, false
		}
		return m.time()
	}
	if !m.words(s) {
		return time.Time{}, false
	}
	return m.time()
}

func digits(s string) (n int64, ok bool) {
	if len(s) > 15 {
		return 0, false
	}
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, s != ""
}

func (m moment) time() (time.Time, bool) {
	if m.month < 1 || m.month > 12 || m.day < 1 || m.day > 31 || m.hour > 24 || m.minute > 59 || m.second > 60 {
		return time.Time{}, false
	}
	if m.hour == 24 && m.minute+m.second > 0 || m.pm && m.hour > 12 && m.hour > 23 {
		return time.Time{}, false
	}
	if day := time.Date(m.year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC); int(day.Month()) != m.month {
		return time.Time{}, false // 30 February
	}
	switch {
	case m.pm && m.hour < 12:
		m.hour += 12
	case m.am && m.hour == 12:
		m.hour = 0
	}
	if m.zone == nil {
		m.zone = time.UTC
	}
	return time.Date(m.year, time.Month(m.month), m.day, m.hour, m.minute, m.second, m.nanos, m.zone), true
}

// lead takes the number that s begins with, of at most size digits.
func lead(s string, size int) (n, used int) {
	for used < len(s) && used < size && '0' <= s[used] && s[used] <= '9' {
		n = n*10 + int(s[used]-'0')
		used++
	}
	return n, used
}

// iso reads a date that begins with its year: 2026, 2026-03, 2026-03-03, 2026-062, 20260303T09,
// 2026/3/3, 2026-március-3, 2026년 03월 03일. rest is what follows the day.
func (m *moment) iso(s string) (rest string, ok bool) {
	year, n := lead(s, 4)
	if n != 4 || len(s) < 6 {
		return "", false
	}
	m.year, m.month, m.day = year, 1, 1
	rest = s[4:]
	if month, n := lead(rest, 4); n == 4 { // 20260303
		m.month, m.day = month/100, month%100
		return rest[4:], true
	}
	sep := rest[0]
	if sep != '-' && sep != '/' && sep != '.' {
		return "", false
	}
	rest = rest[1:]
	month, n := lead(rest, 3)
	switch {
	case n == 3: // day of the year
		day := time.Date(year, 1, month, 0, 0, 0, 0, time.UTC)
		if month < 1 || day.Year() != year {
			m.month = 0 // no such day
			return "", true
		}
		m.month, m.day = int(day.Month()), day.Day()
		return rest[3:], true
	case n == 0:
		word, after, _ := strings.Cut(rest, "-")
		if m.month = months[strings.ToLower(word)]; m.month == 0 {
			return "", false
		}
		rest = "-" + after
	default:
		m.month, rest = month, rest[n:]
	}
	if rest != "" && rest[0] == sep || rest != "" && rest[0] == '-' && sep == '-' {
		day, n := lead(rest[1:], 2)
		if n > 0 {
			m.day, rest = day, rest[1+n:]
		}
	}
	return rest, true
}

// rest reads what follows the day of an ISO date: a clock and a zone.
func (m *moment) rest(s string) bool {
	s = strings.TrimLeft(s, "Tt ,")
	for _, half := range []struct {
		word string
		pm   bool
	}{{"오전", false}, {"오후", true}} {
		if after, ok := strings.CutPrefix(s, half.word); ok {
			s, m.pm, m.am = strings.TrimSpace(after), half.pm, !half.pm
			m.zone = time.FixedZone("KST", 9*3600)
		}
	}
	if s == "" {
		return true
	}
	if s, ok := m.readClock(s); ok {
		return m.readZone(strings.TrimSpace(s))
	}
	return m.readZone(s)
}

// readClock reads 9:00, 09:00:00, 090000, 09:00:00.123, 9:00 PM.
func (m *moment) readClock(s string) (rest string, ok bool) {
	hour, n := lead(s, 2)
	if n == 0 || m.clock {
		return s, false
	}
	colon := n < len(s) && (s[n] == ':' || s[n] == '.' && n+1 < len(s) && s[n+1] >= '0' && s[n+1] <= '9')
	if !colon && (n != 2 || len(s) < 4) && !(n == 2 && len(s) == 2) {
		return s, false
	}
	m.hour, m.clock = hour, true
	s = s[n:]
	for i, part := range []*int{&m.minute, &m.second} {
		if s == "" {
			return s, true
		}
		t := s
		if t[0] == ':' || t[0] == '.' && i == 0 {
			t = t[1:]
		}
		value, n := lead(t, 2)
		if n == 0 {
			break
		}
		*part = value
		s = t[n:]
	}
	if s != "" && (s[0] == '.' || s[0] == ',') {
		i := 1
		unit := 100_000_000
		for i < len(s) && '0' <= s[i] && s[i] <= '9' {
			m.nanos += int(s[i]-'0') * unit
			unit /= 10
			i++
		}
		s = s[i:]
	}
	return s, true
}

// readZone reads Z, +01:00, -0500, +1, GMT, EST, (CET), GMT+2, America/New_York; "" is no zone.
func (m *moment) readZone(s string) bool {
	s = strings.Trim(s, " ()[]")
	if s == "" {
		return true
	}
	half, after, _ := strings.Cut(s, " ")
	switch strings.ReplaceAll(strings.ToLower(half), ".", "") {
	case "pm":
		m.pm = true
		return m.readZone(after)
	case "am":
		m.am = true
		return m.readZone(after)
	}
	word := s
	if i := strings.IndexAny(s, " ("); i > 0 {
		word = s[:i] // "+0100 (CET)"
	}
	if name, offset, ok := cutOffset(word); ok {
		if name == "" || name == "gmt" || name == "utc" || name == "z" {
			m.zone = offset
			return offset != nil
		}
	}
	if hours, ok := zones[strings.ToLower(word)]; ok {
		m.zone = time.FixedZone(word, int(hours*3600))
		return true
	}
	if strings.Contains(word, "/") {
		zone, err := time.LoadLocation(word)
		m.zone = zone
		return err == nil
	}
	return false
}

// cutOffset cuts an offset from UTC off the end of a word; its zone is nil if there is none such.
func cutOffset(word string) (name string, zone *time.Location, ok bool) {
	i := strings.IndexAny(word, "+-")
	if i < 0 {
		return "", nil, false
	}
	sign := 1
	if word[i] == '-' {
		sign = -1
	}
	number := strings.ReplaceAll(word[i+1:], ":", "")
	n, isNumber := digits(number)
	if !isNumber {
		return "", nil, false
	}
	if len(number) <= 2 {
		n *= 100
	}
	if len(number) == 6 {
		n /= 100
	}
	if n/100 > 14 || n%100 > 59 {
		return strings.ToLower(word[:i]), nil, true
	}
	return strings.ToLower(word[:i]), time.FixedZone("", sign*int(n/100*3600+n%100*60)), true
}

// words reads a date in words: weekday, day, month, year, clock and zone in any order that
// leaves no doubt.
func (m *moment) words(s string) bool {
	s = strings.NewReplacer(",", " ", "\u00a0", " ", "\n", " ", "\t", " ").Replace(s)
	var numbers []int
	var wide []bool
	fields := strings.Fields(s)
	for i, w := range fields {
		lower := strings.ToLower(strings.Trim(w, "."))
		if n := months[lower]; n > 0 && m.month == 0 {
			m.month = n
			continue
		}
		if _, offset, ok := cutOffset(lower); ok && m.clock && (strings.IndexAny(lower, "+-") == 0 || zones[lower[:strings.IndexAny(lower, "+-")]] == 0 && len(lower) > 3) {
			if offset == nil {
				return false
			}
			m.zone = offset
			continue
		}
		if strings.IndexByte(w, ':') > 0 && !m.clock {
			rest, ok := m.readClock(w)
			if !ok || !m.readZone(rest) {
				return false
			}
			continue
		}
		if parts := strings.FieldsFunc(lower, func(r rune) bool { return r == '-' || r == '/' || r == '.' }); len(parts) == 3 && i < 2 && !m.clock {
			if !m.triple(parts, &numbers, &wide) {
				return false
			}
			continue
		}
		if n, ok := digits(strings.TrimRight(lower, "stndrhºª.")); ok {
			numbers = append(numbers, int(n))
			wide = append(wide, len(lower) >= 4 && lower[3] >= '0' && lower[3] <= '9')
			continue
		}
		switch lower {
		case "am", "a.m":
			m.am = true
			continue
		case "pm", "p.m":
			m.pm = true
			continue
		case "de", "del", "at", "of", "the", "um", "uhr", "à", "a", "às", "kl":
			continue
		}
		if m.clock && (m.readZone(w)) {
			continue
		}
		if isZone(lower) && m.readZone(w) {
			continue
		}
		if i == 0 || !m.clock && weekdayLike(lower) {
			continue // the weekday, in whatever language
		}
		return false
	}
	return m.order(numbers, wide)
}

func isZone(w string) bool { _, ok := zones[w]; return ok }

func weekdayLike(w string) bool {
	for _, r := range w {
		if !unicode.IsLetter(r) && r != '-' && r != '.' {
			return false
		}
	}
	return len(w) >= 2
}

// triple reads 03-Mar-2026, 03/04/2026, 03.04.2026, 13/04/2026.
func (m *moment) triple(parts []string, numbers *[]int, wide *[]bool) bool {
	for _, p := range parts {
		if n := months[p]; n > 0 {
			m.month = n
			continue
		}
		n, ok := digits(p)
		if !ok {
			return false
		}
		*numbers = append(*numbers, int(n))
		*wide = append(*wide, len(p) == 4)
	}
	if m.month == 0 && len(*numbers) == 3 {
		a, b := (*numbers)[0], (*numbers)[1]
		if (*wide)[0] {
			m.year, m.month, m.day = a, b, (*numbers)[2]
			*numbers = nil
			return true
		}
		switch {
		case a > 12 && b <= 12:
			m.day, m.month = a, b
		case b > 12 && a <= 12, a == b:
			m.day, m.month = b, a
		default:
			return false // 03/04/2026: April or March
		}
		m.year = century((*numbers)[2], (*wide)[2])
		*numbers = nil
	}
	return true
}

// order tells which number is the day and which the year.
func (m *moment) order(numbers []int, wide []bool) bool {
	switch {
	case m.day > 0 && len(numbers) == 0:
		return true
	case m.month == 0 || len(numbers) < 2:
		return false
	}
	if wide[0] {
		m.year, m.day = numbers[0], numbers[1]
		return len(numbers) == 2
	}
	m.day, m.year = numbers[0], century(numbers[1], wide[1])
	if len(numbers) > 2 {
		if len(numbers) != 3 || m.clock {
			return false
		}
		m.hour = numbers[2]
	}
	return true
}

func century(n int, wide bool) int {
	switch {
	case wide || n > 99:
		return n
	case n < 70: // RFC 2822, section 4.3, has 50; feeds begin in 1999
		return 2000 + n
	}
	return 1900 + n
}

var zones = map[string]float64{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
	"akst": -9, "akdt": -8, "hst": -10, "ast": -4, "adt": -3, "nst": -3.5, "ndt": -2.5, "brt": -3, "art": -3,
	"bst": 1, "ist": 5.5, "west": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "sast": 2, "trt": 3,
	"pkt": 5, "ict": 7, "wib": 7, "hkt": 8, "sgt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
	"et": -5, "ct": -6, "mt": -7, "pt": -8, "a": 1, "n": -1, "m": 12, "y": -12,
}

// months are the names of months, whole and short, of English, French, German, Spanish, Italian,
// Portuguese, Dutch, Swedish, Danish, Polish, Russian, Greek and Hungarian.
var months = func() map[string]int {
	m := map[string]int{}
	for i, names := range []string{
		"jan january janv janvier januar jän jänner enero ene gennaio gen janeiro januari styczeń stycznia sty января янв ιαν ιανουαρίου január",
		"feb february févr fév février februar febrero febbraio fevereiro fev februari luty lutego lut февраля фев φεβ φεβρουαρίου február februári febr",
		"mar march mars märz mär mrz marzo março maart mrt marts marzec marca марта мар μάρ μαρ μάρτιος μαρτίου μάρ μάώ μαώ március márc",
		"apr april avril avr abril abr aprile kwiecień kwietnia kwi апреля апр απρ απριλίου április ápr",
		"may mai mayo maggio mag maio mei maj maja мая май μάι μαϊ μαι μαΐου május máj májujus májujus máujus",
		"jun june juin juni junio giugno giu junho czerwiec czerwca cze июня июн ιούν ιουν ιον ιουνίου június jún",
		"jul july juillet juil juli julio luglio lug julho lipiec lipca lip июля июл ιούλ ιουλ ιολ ιουλίου július júl",
		"aug august août aoû agosto ago augustus augusti sierpień sierpnia sie августа авг αύγ αυγ αυγούστου augusztus",
		"sep sept september septembre septiembre settembre set setembro wrzesień września wrz сентября сен σεπ σεπτεμβρίου szeptember szept",
		"oct october octobre oktober okt octubre ottobre ott outubro out październik października paź октября окт οκτ οκτωβρίου október",
		"nov november novembre noviembre novembro listopad listopada lis ноября ноя νοέ νοε νοεμβρίου",
		"dec december décembre déc dezember dez diciembre dic dicembre dezembro desember grudzień grudnia gru декабря дек δεκ δεκεμβρίου",
	} {
		for _, name := range strings.Fields(names) {
			m[name] = i + 1
		}
	}
	return m
}()
