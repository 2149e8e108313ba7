package account

import (
	"fmt"
	"strings"
	"time"

	"dateline/news"
	"dateline/text"
)

// A Time is a time expression of an account, as the stretch of time it can mean, or a duration.
type Time struct {
	Span     text.Span
	From, To time.Time     // To is the first instant behind it; zero for a duration
	Lasts    time.Duration // of a duration, else 0
	Event    bool          // it names a happening by its time
}

// parts of the day, in hours.
var parts = map[string][2]int{"TMO": {5, 12}, "TAF": {12, 18}, "TEV": {17, 24}, "TNI": {18, 30}, "TMI": {11, 14}}

// parseTime reads the value of a time expression: EDTF, a clock time, a part of a day, a week, a
// weekend, a quarter or a season's name as TIMEX3 has them, or a duration. What depends on the
// reader ("now", "soon") and what has no year is not read.
func parseTime(e news.TimeExpression) (Time, bool) {
	v := Time{Span: e.Span, Event: e.Type == news.TimeEvent}
	s := e.Value
	if e.Type == news.TimeSet {
		return v, false
	}
	if strings.HasPrefix(s, "P") && !strings.Contains(s, "_REF") {
		d, ok := duration(s)
		v.Lasts = d
		return v, ok
	}
	if day, clock, ok := strings.Cut(s, "T"); ok && len(day) == len("2006-01-02") {
		d, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return v, false
		}
		if p, ok := parts["T"+clock]; ok {
			v.From, v.To = d.Add(time.Duration(p[0])*time.Hour), d.Add(time.Duration(p[1])*time.Hour)
			return v, true
		}
		var h, m int
		if n, _ := fmt.Sscanf(clock, "%d:%d", &h, &m); n < 1 || h > 24 || m > 59 {
			return v, false
		}
		v.From = d.Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute)
		v.To = v.From.Add(time.Minute)
		if !strings.Contains(clock, ":") {
			v.To = v.From.Add(time.Hour)
		}
		return v, true
	}
	if year, week, ok := strings.Cut(s, "-W"); ok && len(year) == 4 && len(week) >= 2 && digit(week[0]) {
		var y, w int
		if _, err := fmt.Sscanf(year+" "+week[:2], "%d %d", &y, &w); err != nil {
			return v, false
		}
		monday := isoMonday(y, w)
		v.From, v.To = monday, monday.AddDate(0, 0, 7)
		if strings.HasSuffix(week, "-WE") {
			v.From = monday.AddDate(0, 0, 5)
		}
		return v, true
	}
	if year, season, ok := strings.Cut(s, "-"); ok && len(year) == 4 && seasons[season] > 0 {
		var y int
		if _, err := fmt.Sscanf(year, "%d", &y); err != nil {
			return v, false
		}
		v.From = time.Date(y, seasons[season], 1, 0, 0, 0, 0, time.UTC)
		v.To = v.From.AddDate(0, 3, 0)
		return v, true
	}
	i, err := news.ParseInterval(s)
	if err != nil || i.IsZero() {
		return v, false
	}
	first, last := i.Bounds()
	v.From = first
	if !last.IsZero() {
		v.To = last.AddDate(0, 0, 1)
	}
	return v, true
}

// seasons are the months in which those of EDTF begin, as the weather services of the north reckon them.
var seasons = map[string]time.Month{"21": time.March, "22": time.June, "23": time.September, "24": time.December}

func isoMonday(y, w int) time.Time {
	fourth := time.Date(y, time.January, 4, 0, 0, 0, 0, time.UTC)
	return fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7+(w-1)*7)
}

// duration reads an ISO 8601 duration of one unit; those of no definite length ("PXD") are none.
func duration(s string) (time.Duration, bool) {
	s = strings.TrimPrefix(s, "P")
	clock := strings.HasPrefix(s, "T")
	s = strings.TrimPrefix(s, "T")
	var n float64
	var unit string
	if k, _ := fmt.Sscanf(s, "%g%s", &n, &unit); k != 2 || n <= 0 || n > 1e6 {
		return 0, false
	}
	of := map[string]time.Duration{"Y": 8766 * time.Hour, "M": 730 * time.Hour, "W": 168 * time.Hour, "D": 24 * time.Hour}
	if clock {
		of = map[string]time.Duration{"H": time.Hour, "M": time.Minute, "S": time.Second}
	}
	return time.Duration(n * float64(of[unit])), of[unit] > 0
}

// Days are the first and the last day of a time, as midnights UTC.
func (v Time) Days() (first, last time.Time) {
	const day = 24 * time.Hour
	if !v.From.IsZero() {
		first = v.From.Truncate(day)
	}
	if !v.To.IsZero() {
		last = v.To.Add(-time.Nanosecond).Truncate(day)
	}
	return first, last
}

// Interval is a time as an interval of days.
func (v Time) Interval() news.Interval {
	first, last := v.Days()
	moment := func(t time.Time) news.Moment { return news.Day(t.Year(), t.Month(), t.Day()) }
	switch {
	case first.IsZero() && last.IsZero():
		return news.Interval{}
	case last.IsZero():
		return news.Interval{Start: moment(first), OpenEnd: true}
	case first.IsZero():
		return news.Interval{End: moment(last), OpenStart: true}
	case first.Equal(last):
		return news.At(moment(first))
	}
	return news.Between(moment(first), moment(last))
}

// Apart reports whether two times cannot be one: both are known, and neither touches the other.
func (v Time) Apart(o Time) bool {
	if v.Lasts > 0 || o.Lasts > 0 {
		return false
	}
	return !v.To.IsZero() && !o.From.IsZero() && !v.To.After(o.From) || !o.To.IsZero() && !v.From.IsZero() && !o.To.After(v.From)
}

// Lasting is a length of time in words: "1 hour 30 minutes".
func Lasting(d time.Duration) string {
	var parts []string
	for _, u := range []struct {
		name string
		of   time.Duration
	}{{"day", 24 * time.Hour}, {"hour", time.Hour}, {"minute", time.Minute}, {"second", time.Second}} {
		n := int(d / u.of)
		d -= time.Duration(n) * u.of
		switch {
		case n == 1:
			parts = append(parts, "1 "+u.name)
		case n > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", n, u.name))
		}
	}
	return strings.Join(parts, " ")
}
