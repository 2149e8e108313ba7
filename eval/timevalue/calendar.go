package timevalue

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A span of days is what a calendar value covers; a side may be open.
type span struct {
	first, last         time.Time
	openFirst, openLast bool
}

func (s span) equal(o span) bool {
	return s.openFirst == o.openFirst && s.openLast == o.openLast && s.first.Equal(o.first) && s.last.Equal(o.last)
}

func (s span) open() bool { return s.openFirst || s.openLast }

// days is the number of days of a span that is not open.
func (s span) days() int { return int(s.last.Sub(s.first).Hours())/24 + 1 }

func (s span) contains(o span) bool { return !o.first.Before(s.first) && !o.last.After(s.last) }

// seasons are the first and last month of the northern seasons; winter ends in the next year.
var seasons = map[string][2]int{"SP": {3, 5}, "SU": {6, 8}, "FA": {9, 11}, "WI": {12, 2}}

// edtfSeasons are the months of EDTF that name a season.
var edtfSeasons = map[int]string{21: "SP", 22: "SU", 23: "FA", 24: "WI"}

// calendarForms are the forms of calendar values, tried in this order.
var calendarForms = []struct {
	form *regexp.Regexp
	days func(m []string) (span, bool)
}{
	{regexp.MustCompile(`^(\d{4})-(\d\d)-(\d\d)$`), func(m []string) (span, bool) {
		d, ok := date(number(m[1]), number(m[2]), number(m[3]))
		return span{first: d, last: d}, ok
	}},
	{regexp.MustCompile(`^(\d{4})(?:-XX(?:-XX)?)?$`), func(m []string) (span, bool) { return months(number(m[1]), 1, number(m[1]), 12) }},
	{regexp.MustCompile(`^(\d{4})-(\d\d)(?:-XX)?$`), func(m []string) (span, bool) {
		y, k := number(m[1]), number(m[2])
		switch season, named := edtfSeasons[k]; {
		case 1 <= k && k <= 12:
			return months(y, k, y, k)
		case 33 <= k && k <= 36:
			return months(y, 3*(k-32)-2, y, 3*(k-32))
		case 40 <= k && k <= 41:
			return months(y, 6*(k-39)-5, y, 6*(k-39))
		case named:
			return seasonOf(y, season)
		}
		return span{}, false
	}},
	{regexp.MustCompile(`^(\d{4})-W(\d\d)(?:-(\d|WE))?$`), func(m []string) (span, bool) {
		monday, ok := isoWeek(number(m[1]), number(m[2]))
		switch m[3] {
		case "":
			return span{first: monday, last: monday.AddDate(0, 0, 6)}, ok
		case "WE":
			return span{first: monday.AddDate(0, 0, 5), last: monday.AddDate(0, 0, 6)}, ok
		}
		d := monday.AddDate(0, 0, number(m[3])-1)
		return span{first: d, last: d}, ok
	}},
	{regexp.MustCompile(`^(\d{4})-Q(\d)$`), func(m []string) (span, bool) {
		y, q := number(m[1]), number(m[2])
		return months(y, 3*q-2, y, 3*q)
	}},
	{regexp.MustCompile(`^(\d{4})-H(\d)$`), func(m []string) (span, bool) {
		y, h := number(m[1]), number(m[2])
		return months(y, 6*h-5, y, 6*h)
	}},
	{regexp.MustCompile(`^(\d{4})-(SP|SU|FA|WI)$`), func(m []string) (span, bool) { return seasonOf(number(m[1]), m[2]) }},
	{regexp.MustCompile(`^(\d{3})X?(?:-XX-XX)?$`), func(m []string) (span, bool) { return months(number(m[1])*10, 1, number(m[1])*10+9, 12) }},
	{regexp.MustCompile(`^(\d\d)(?:XX)?$`), func(m []string) (span, bool) { return months(number(m[1])*100, 1, number(m[1])*100+99, 12) }},
}

// daysOf are the days that a calendar value without a time of day covers.
func daysOf(v string) (span, bool) {
	for _, c := range calendarForms {
		if m := c.form.FindStringSubmatch(v); m != nil {
			return c.days(m)
		}
	}
	return span{}, false
}

// interval are the days that a calendar value or an interval of two covers.
func interval(v string) (span, bool) {
	from, to, ranged := strings.Cut(v, "/")
	if !ranged {
		return daysOf(v)
	}
	var s span
	if from = strings.TrimSpace(from); from == ".." || from == "" {
		s.openFirst = true
	} else {
		d, ok := daysOf(beforeT(from))
		if !ok {
			return span{}, false
		}
		s.first = d.first
	}
	if to = strings.TrimSpace(to); to == ".." || to == "" {
		s.openLast = true
	} else {
		d, ok := daysOf(beforeT(to))
		if !ok {
			return span{}, false
		}
		s.last = d.last
	}
	return s, true
}

func beforeT(v string) string {
	day, _, _ := strings.Cut(v, "T")
	return day
}

func date(y, m, d int) (time.Time, bool) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, y >= 1 && int(t.Month()) == m && t.Day() == d
}

// months are the days from one month to the end of another.
func months(y, m, lastY, lastM int) (span, bool) {
	if y < 1 || m < 1 || m > 12 || lastM < 1 || lastM > 12 {
		return span{}, false
	}
	return span{first: time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC), last: time.Date(lastY, time.Month(lastM)+1, 0, 0, 0, 0, 0, time.UTC)}, true
}

func seasonOf(y int, name string) (span, bool) {
	s := seasons[name]
	last := y
	if s[1] < s[0] {
		last++
	}
	return months(y, s[0], last, s[1])
}

// isoWeek is the Monday of a week of ISO 8601.
func isoWeek(y, w int) (time.Time, bool) {
	fourth := time.Date(y, time.January, 4, 0, 0, 0, 0, time.UTC)
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7+7*(w-1))
	iy, iw := monday.ISOWeek()
	return monday, y >= 1 && iy == y && iw == w
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// A length is a duration: months and seconds, and the units of which there are an open number
// ("PXD", some days).
type length struct {
	months  float64
	seconds int
	open    string
}

var (
	durationForm = regexp.MustCompile(`^P((?:[\dX.]+(?:DE|CE|ML|WE|[YQMWDC]))*)(?:T((?:[\dX.]+[HMS])*))?$`)
	durationPart = regexp.MustCompile(`([\dX.]+)(DE|CE|ML|WE|[YQMWDCHS])`)
	monthsOf     = map[string]float64{"Y": 12, "Q": 3, "M": 1, "DE": 120, "CE": 1200, "C": 1200, "ML": 12000}
	daysIn       = map[string]float64{"W": 7, "D": 1, "WE": 2}
	secondsOf    = map[string]float64{"H": 3600, "M": 60, "S": 1}
)

// lengthOf reads a duration.
func lengthOf(v string) (length, bool) {
	m := durationForm.FindStringSubmatch(v)
	if m == nil || v == "P" {
		return length{}, false
	}
	var l length
	seconds := 0.0
	var open []string
	for i, part := range m[1:] {
		clock := i == 1
		for _, p := range durationPart.FindAllStringSubmatch(part, -1) {
			unit := p[2]
			if strings.Contains(p[1], "X") {
				if unit == "C" {
					unit = "CE"
				}
				if clock {
					unit = "T" + unit
				}
				if !slices.Contains(open, unit) {
					open = append(open, unit)
				}
				continue
			}
			x, err := strconv.ParseFloat(p[1], 64)
			switch {
			case err != nil:
				return length{}, false
			case clock:
				seconds += x * secondsOf[unit]
			case daysIn[unit] > 0:
				seconds += x * daysIn[unit] * 86400
			default:
				l.months += x * monthsOf[unit]
			}
		}
	}
	slices.Sort(open)
	l.open = strings.Join(open, " ")
	l.months = math.Round(l.months*100) / 100
	l.seconds = int(math.RoundToEven(seconds))
	return l, true
}
