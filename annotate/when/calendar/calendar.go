// Package calendar reckons with civil days: weeks, months, quarters, seasons, holidays and the
// offsets of named zones.
//
// It knows the Gregorian calendar alone, carried back before its time (as ISO 8601 does), needs
// no zone database and reads no clock. Words are none of its business: package grammar turns
// them into the numbers that are handed in here.
package calendar

import (
	"fmt"
	"time"
)

// A Day is a civil day, counted from 1970-01-01, which is 0. It belongs to no zone.
type Day int

// Date is the civil day y-m-d; months and days outside their range roll over, so that the 0th
// of a month is the last day of the one before.
func Date(y, m, d int) Day {
	return Day(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (d Day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Civil is the day's year, month and day of the month.
func (d Day) Civil() (y, m, day int) {
	year, month, day := d.time().Date()
	return year, int(month), day
}

// Weekday is 1 for Monday to 7 for Sunday, as in ISO 8601.
func (d Day) Weekday() int { return (int(d)%7+7+3)%7 + 1 }

// Week is the day's week and the year the week belongs to (ISO 8601: week 1 holds 4 January).
func (d Day) Week() (year, week int) { return d.time().ISOWeek() }

// String is the day as yyyy-mm-dd.
func (d Day) String() string {
	y, m, day := d.Civil()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
}

// Valid reports whether y-m-d is a day of the calendar.
func Valid(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 {
		return false
	}
	_, month, day := Date(y, m, d).Civil()
	return month == m && day == d
}

// AddMonths is the same day n months on, or the last day of that month where it has no such day.
func (d Day) AddMonths(n int) Day {
	y, m, day := d.Civil()
	return min(Date(y, m+n, day), Date(y, m+n+1, 0))
}

// A Unit is a length of calendar time, from small to large.
type Unit int

// The units of time expressions. A Season is a quarter of a year by the weather, a Half is half
// a calendar year.
const (
	NoUnit Unit = iota
	Second
	Minute
	Hour
	PartOfDay
	DayUnit
	Weekend
	Week
	Fortnight
	Month
	Quarter
	Season
	Half
	Year
	FiscalYear
	Decade
	Century
	Millennium
)

// Duration is n of the unit as ISO 8601 writes it, "P3M"; a negative n is an unknown number,
// "PXM". Decades are years, as ISO 8601 has no letter for them; an unknown number of decades
// or centuries is TIMEX3's PXDE, PXCE.
func (u Unit) Duration(n float64) string {
	var letter string
	factor := 1.0
	switch {
	case n == .5 && u == Hour:
		return "PT30M"
	case n == .5 && u == DayUnit:
		return "PT12H"
	}
	switch u {
	case Second:
		letter = "S"
	case Minute:
		letter = "M"
	case Hour:
		letter = "H"
	case DayUnit, PartOfDay:
		letter = "D"
	case Weekend:
		letter = "WE"
	case Week:
		letter = "W"
	case Fortnight:
		letter, factor = "W", 2
	case Month:
		letter = "M"
	case Quarter, Season:
		letter = "Q"
	case Half:
		letter, factor = "M", 6
	case Year, FiscalYear:
		letter = "Y"
	case Decade:
		letter, factor = "Y", 10
		if n < 0 {
			letter = "DE"
		}
	case Century:
		letter, factor = "Y", 100
		if n < 0 {
			letter = "CE"
		}
	case Millennium:
		letter, factor = "Y", 1000
		if n < 0 {
			letter = "ML"
		}
	default:
		return ""
	}
	head := "P"
	if u == Second || u == Minute || u == Hour {
		head = "PT"
	}
	if n < 0 {
		return head + "X" + letter
	}
	return head + fmt.Sprintf("%g", n*factor) + letter
}

// A Range is a stretch of whole days with the name it has by its unit: 2025-08, 2025-W31.
type Range struct {
	First, Last Day
	Unit        Unit
	Text        string
}

// IsZero reports whether the range is unknown.
func (r Range) IsZero() bool { return r.Unit == NoUnit }

// DayRange is the range of one day.
func DayRange(d Day) Range { return Range{d, d, DayUnit, d.String()} }

// Between is the EDTF interval from the first day of one range to the last of another.
func Between(a, b Range) Range {
	if a.Unit == b.Unit && a.First == b.First {
		return a
	}
	return Range{a.First, b.Last, a.Unit, a.Text + "/" + b.Text}
}

// Of is the range of the unit that holds d.
func (u Unit) Of(d Day) Range {
	y, m, _ := d.Civil()
	switch u {
	case Week, Fortnight:
		monday := d - Day(d.Weekday()-1)
		wy, w := d.Week()
		return Range{monday, monday + 6, Week, fmt.Sprintf("%04d-W%02d", wy, w)}
	case Weekend:
		monday := d - Day(d.Weekday()-1)
		wy, w := d.Week()
		return Range{monday + 5, monday + 6, Weekend, fmt.Sprintf("%04d-W%02d-WE", wy, w)}
	case Month:
		return MonthRange(y, m)
	case Quarter:
		return QuarterRange(y, (m+2)/3)
	case Half:
		return HalfRange(y, (m+5)/6)
	case Season:
		if m < 3 {
			return SeasonRange(y-1, 4)
		}
		return SeasonRange(y, m/3)
	case Year:
		return YearRange(y)
	case FiscalYear:
		return FiscalRange(y)
	case Decade:
		return DecadeRange(y)
	case Century:
		return CenturyRange(y / 100)
	case Millennium:
		return Range{Date(y/1000*1000, 1, 1), Date(y/1000*1000+999, 12, 31), Millennium, fmt.Sprintf("%dXXX", y/1000)}
	}
	return DayRange(d)
}

// MonthRange is month m of year y; m may roll over.
func MonthRange(y, m int) Range {
	first := Date(y, m, 1)
	y, m, _ = first.Civil()
	return Range{first, Date(y, m+1, 0), Month, fmt.Sprintf("%04d-%02d", y, m)}
}

// QuarterRange is quarter q of the calendar year y; q may roll over.
func QuarterRange(y, q int) Range {
	first := Date(y, 3*q-2, 1)
	y, m, _ := first.Civil()
	return Range{first, Date(y, m+3, 0), Quarter, fmt.Sprintf("%04d-Q%d", y, (m+2)/3)}
}

// HalfRange is half h of the calendar year y.
func HalfRange(y, h int) Range {
	return Range{Date(y, 6*h-5, 1), Date(y, 6*h+1, 0), Half, fmt.Sprintf("%04d-H%d", y, h)}
}

// SeasonRange is season s of year y, 1 for spring to 4 for winter, in EDTF (2025-22 is summer).
// Its days are those of the meteorologist in the northern half of the world; winter reaches into
// the year after.
func SeasonRange(y, s int) Range {
	return Range{Date(y, 3*s, 1), Date(y, 3*s+3, 0), Season, fmt.Sprintf("%04d-%d", y, 20+s)}
}

// YearRange is the calendar year y.
func YearRange(y int) Range {
	return Range{Date(y, 1, 1), Date(y, 12, 31), Year, fmt.Sprintf("%04d", y)}
}

// FiscalRange is the fiscal year named y. Whose it is and when it begins is not known, so its
// days are taken from the calendar year.
func FiscalRange(y int) Range {
	return Range{Date(y, 1, 1), Date(y, 12, 31), FiscalYear, fmt.Sprintf("FY%04d", y)}
}

// DecadeRange is the decade that holds year y, 1980 to 1989: EDTF 198X.
func DecadeRange(y int) Range {
	y = y / 10 * 10
	return Range{Date(y, 1, 1), Date(y+9, 12, 31), Decade, fmt.Sprintf("%03dX", y/10)}
}

// CenturyRange is the century whose years begin with c: EDTF 19XX, said "the 20th century".
func CenturyRange(c int) Range {
	return Range{Date(c*100, 1, 1), Date(c*100+99, 12, 31), Century, fmt.Sprintf("%02dXX", c)}
}

// Shift is the range n of its own units later; a range of days and weekends moves by weeks and
// days, a season by whole seasons. Ranges with no unit of their own stay.
func (r Range) Shift(n int) Range {
	y, m, _ := r.First.Civil()
	switch r.Unit {
	case DayUnit:
		return DayRange(r.First + Day(n))
	case Week, Fortnight, Weekend:
		return r.Unit.Of(r.First + Day(7*n))
	case Month:
		return MonthRange(y, m+n)
	case Quarter:
		return QuarterRange(y, (m+2)/3+n)
	case Half:
		return Half.Of(r.First.AddMonths(6 * n))
	case Season:
		return Season.Of(r.First.AddMonths(3 * n))
	case Year:
		return YearRange(y + n)
	case FiscalYear:
		return FiscalRange(y + n)
	case Decade:
		return DecadeRange(y + 10*n)
	case Century:
		return CenturyRange(y/100 + n)
	}
	return r
}

// Years is the range n years later, of the same name within its year.
func (r Range) Years(n int) Range {
	switch r.Unit {
	case DayUnit:
		return DayRange(r.First.AddMonths(12 * n))
	case Week, Weekend:
		return r.Unit.Of(r.First + Day(364*n))
	case Month:
		return r.Shift(12 * n)
	case Quarter, Season:
		return r.Shift(4 * n)
	case Half:
		return r.Shift(2 * n)
	}
	return r.Shift(n)
}
