package calendar_test

import (
	"testing"
	"time"

	"dateline/annotate/when/calendar"
)

func TestDay(t *testing.T) {
	for d := calendar.Date(1899, 12, 25); d < calendar.Date(2101, 1, 10); d += 13 {
		y, m, day := d.Civil()
		at := time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC)
		if int(at.Weekday()+6)%7+1 != d.Weekday() {
			t.Fatalf("%v is not weekday %d", d, d.Weekday())
		}
		wy, w := at.ISOWeek()
		if gy, gw := d.Week(); gy != wy || gw != w {
			t.Fatalf("%v is not in week %d of %d", d, gw, gy)
		}
		for _, u := range []calendar.Unit{calendar.DayUnit, calendar.Week, calendar.Month, calendar.Quarter, calendar.Season, calendar.Half, calendar.Year, calendar.Decade, calendar.Century} {
			if r := u.Of(d); d < r.First || d > r.Last {
				t.Fatalf("%v is not in %s", d, r.Text)
			}
			if r := u.Of(d); r.Shift(1).First != r.Last+1 {
				t.Fatalf("what follows %s begins on %v", r.Text, r.Shift(1).First)
			}
		}
	}
}

func TestHolidays(t *testing.T) {
	for _, c := range []struct {
		holiday calendar.Holiday
		year    int
		want    string
	}{
		{calendar.Easter, 2024, "2024-03-31"},
		{calendar.Easter, 2025, "2025-04-20"},
		{calendar.GoodFriday, 2038, "2038-04-23"},
		{calendar.Thanksgiving, 2024, "2024-11-28"},
		{calendar.MemorialDay, 2025, "2025-05-26"},
		{calendar.LaborDay, 2025, "2025-09-01"},
		{calendar.ElectionDay, 2024, "2024-11-05"},
		{calendar.ElectionDay, 2022, "2022-11-08"},
		{calendar.MartinLutherKingDay, 2025, "2025-01-20"},
		{calendar.SuperTuesday, 2024, "2024-03-05"},
	} {
		if d, ok := c.holiday.In(c.year); !ok || d.String() != c.want {
			t.Errorf("holiday %d of %d: %v, want %s", c.holiday, c.year, d, c.want)
		}
	}
	if _, ok := calendar.ElectionDay.In(2025); ok {
		t.Error("an Election Day in an odd year")
	}
}

func TestOffset(t *testing.T) {
	for _, c := range []struct {
		zone, day string
		want      string
	}{
		{"ET", "2025-03-08", "-05:00"}, {"ET", "2025-03-09", "-04:00"}, {"ET", "2025-11-02", "-05:00"},
		{"PT", "2006-04-02", "-07:00"}, {"PT", "2006-10-29", "-08:00"}, {"ET", "2006-03-20", "-05:00"},
		{"GMT", "2025-07-01", "Z"}, {"EST", "2025-07-01", "-05:00"}, {"BST", "2025-07-01", "+01:00"},
	} {
		at, _ := time.Parse(time.DateOnly, c.day)
		minutes, ok := calendar.Offset(c.zone, calendar.Date(at.Year(), int(at.Month()), at.Day()))
		if got := calendar.OffsetText(minutes); !ok || got != c.want {
			t.Errorf("%s on %s is %s, want %s", c.zone, c.day, got, c.want)
		}
	}
}

func TestDuration(t *testing.T) {
	for _, c := range []struct {
		unit calendar.Unit
		n    float64
		want string
	}{
		{calendar.Week, 3, "P3W"}, {calendar.Fortnight, 1, "P2W"}, {calendar.Decade, 2, "P20Y"}, {calendar.Decade, -1, "PXDE"},
		{calendar.Minute, -1, "PTXM"}, {calendar.Month, -1, "PXM"}, {calendar.Hour, .5, "PT30M"}, {calendar.Year, 2.5, "P2.5Y"}, {calendar.Century, .5, "P50Y"},
	} {
		if got := c.unit.Duration(c.n); got != c.want {
			t.Errorf("%v of unit %d: %s, want %s", c.n, c.unit, got, c.want)
		}
	}
}
