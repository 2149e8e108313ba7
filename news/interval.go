package news

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Moment is a point of time as exactly as it is known: a year, a month, a civil day, or an
// instant. The zero Moment is an unknown one.
//
// A civil day stays a day: it belongs to the zone in which it was printed and is not turned
// into 24 hours of UTC.
type Moment struct {
	Year        int        // 0 where the moment is unknown
	Month       time.Month // 0 where only the year is known
	Day         int        // 0 where only the month is known
	Instant     time.Time  // UTC, to the second; zero where only the day is known
	Approximate bool       // "about": EDTF ~
	Uncertain   bool       // the text leaves doubt: EDTF ?
}

// Day is the civil day y-m-d.
func Day(year int, month time.Month, day int) Moment {
	return Moment{Year: year, Month: month, Day: day}
}

// Instant is t, in UTC, to the second. Its day is the UTC day.
func Instant(t time.Time) Moment {
	t = t.UTC().Truncate(time.Second)
	return Moment{Year: t.Year(), Month: t.Month(), Day: t.Day(), Instant: t}
}

// IsZero reports whether the moment is unknown.
func (m Moment) IsZero() bool { return m.Year == 0 }

// String is the moment in EDTF, "" if it is unknown.
func (m Moment) String() string {
	var b strings.Builder
	switch {
	case m.IsZero():
		return ""
	case !m.Instant.IsZero():
		b.WriteString(m.Instant.Format("2006-01-02T15:04:05Z"))
	case m.Month == 0:
		fmt.Fprintf(&b, "%04d", m.Year)
	case m.Day == 0:
		fmt.Fprintf(&b, "%04d-%02d", m.Year, m.Month)
	default:
		fmt.Fprintf(&b, "%04d-%02d-%02d", m.Year, m.Month, m.Day)
	}
	switch {
	case m.Approximate && m.Uncertain:
		b.WriteByte('%')
	case m.Approximate:
		b.WriteByte('~')
	case m.Uncertain:
		b.WriteByte('?')
	}
	return b.String()
}

// AsOf is the time that a view "as of" the moment looks from: the instant, or the end of the civil day
// in UTC; the zero time, which means now, for an unknown one.
func (m Moment) AsOf() time.Time {
	if m.IsZero() || !m.Instant.IsZero() {
		return m.Instant
	}
	return m.First().AddDate(0, 0, 1).Add(-time.Millisecond)
}

// First is the first civil day that the moment can mean, as midnight UTC.
func (m Moment) First() time.Time {
	return time.Date(m.Year, max(m.Month, 1), max(m.Day, 1), 0, 0, 0, 0, time.UTC)
}

// Last is the last civil day that the moment can mean, as midnight UTC.
func (m Moment) Last() time.Time {
	switch {
	case m.Month == 0:
		return time.Date(m.Year, time.December, 31, 0, 0, 0, 0, time.UTC)
	case m.Day == 0:
		return time.Date(m.Year, m.Month+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return m.First()
}

// An Interval says when something was, as exactly as that is known: at one moment, or
// between two, either of which may be open. The zero Interval is an unknown time.
//
// Its text form is EDTF (ISO 8601-2:2019, levels 0 and 1 less seasons and unspecified
// digits): "2025-08", "2025-08-13/2025-08-15", "../2025-08-13", "2025-02-24~".
type Interval struct {
	Start, End         Moment // End is zero where the interval is one moment
	OpenStart, OpenEnd bool   // "no later than End", "no earlier than Start"
}

// At is the interval of one moment.
func At(m Moment) Interval { return Interval{Start: m} }

// Between is the interval from one moment to another, both included.
func Between(from, to Moment) Interval { return Interval{Start: from, End: to} }

// IsZero reports whether nothing is known.
func (i Interval) IsZero() bool { return i.Start.IsZero() && i.End.IsZero() }

// IsMoment reports whether the interval is a single moment.
func (i Interval) IsMoment() bool {
	return !i.Start.IsZero() && i.End.IsZero() && !i.OpenStart && !i.OpenEnd
}

// String is the interval in EDTF, "" if it is unknown.
func (i Interval) String() string {
	switch {
	case i.IsZero():
		return ""
	case i.IsMoment():
		return i.Start.String()
	}
	start, end := i.Start.String(), i.End.String()
	if i.OpenStart {
		start = ".."
	}
	if i.OpenEnd {
		end = ".."
	}
	return start + "/" + end
}

// Bounds are the first and the last civil day of the interval, as midnights UTC; an open or
// unknown side is the zero time.
func (i Interval) Bounds() (first, last time.Time) {
	if !i.Start.IsZero() && !i.OpenStart {
		first = i.Start.First()
	}
	switch {
	case i.OpenEnd:
	case !i.End.IsZero():
		last = i.End.Last()
	case i.IsMoment():
		last = i.Start.Last()
	}
	return first, last
}

// MarshalJSON writes EDTF, null for an unknown time.
func (i Interval) MarshalJSON() ([]byte, error) {
	if i.IsZero() {
		return []byte("null"), nil
	}
	return strconv.AppendQuote(nil, i.String()), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (i *Interval) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*i = Interval{}
		return nil
	}
	s, err := strconv.Unquote(string(b))
	if err != nil {
		return errEDTF
	}
	*i, err = ParseInterval(s)
	return err
}

var errEDTF = errors.New("not an EDTF date or interval")

// ParseInterval reads EDTF as String writes it; instants may carry any offset and are turned
// into UTC. The empty string is the unknown time.
func ParseInterval(s string) (Interval, error) {
	if s == "" {
		return Interval{}, nil
	}
	from, to, ranged := strings.Cut(s, "/")
	if !ranged {
		m, err := ParseMoment(s)
		return At(m), err
	}
	var i Interval
	var err error
	if from == ".." {
		i.OpenStart = true
	} else if i.Start, err = ParseMoment(from); err != nil {
		return Interval{}, err
	}
	if to == ".." {
		i.OpenEnd = true
	} else if i.End, err = ParseMoment(to); err != nil {
		return Interval{}, err
	}
	if i.IsZero() || !i.OpenStart && !i.OpenEnd && i.End.Last().Before(i.Start.First()) {
		return Interval{}, fmt.Errorf("%w: %q", errEDTF, s)
	}
	return i, nil
}

// ParseMoment reads one EDTF date or date and time.
func ParseMoment(s string) (Moment, error) {
	bad := func() (Moment, error) { return Moment{}, fmt.Errorf("%w: %q", errEDTF, s) }
	body := strings.TrimRight(s, "~?%")
	mark := s[len(body):]
	if len(mark) > 1 {
		return bad()
	}
	var m Moment
	if strings.Contains(body, "T") {
		t, err := time.Parse(time.RFC3339, body)
		if err != nil || t.Year() < 1 || t.UTC().Year() < 1 || t.UTC().Year() > 9999 {
			return bad()
		}
		m = Instant(t)
	} else {
		layout := map[int]string{4: "2006", 7: "2006-01", 10: "2006-01-02"}[len(body)]
		t, err := time.Parse(layout, body)
		if layout == "" || err != nil || t.Year() < 1 {
			return bad()
		}
		m.Year = t.Year()
		if len(body) > 4 {
			m.Month = t.Month()
		}
		if len(body) > 7 {
			m.Day = t.Day()
		}
	}
	m.Approximate = mark == "~" || mark == "%"
	m.Uncertain = mark == "?" || mark == "%"
	return m, nil
}
