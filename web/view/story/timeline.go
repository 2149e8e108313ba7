package story

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"dateline/news"
	"dateline/web/view"
)

// A Timeline is a drawing of a story in time. Places along it are percentages of its width, so
// that it fits any screen; the script that zooms moves the places, and needs nothing else.
type Timeline struct {
	Points  []Point
	Ticks   []Tick
	Days    []view.Bar // what was said, by day
	LeftOut int        // points that are not drawn
	Now     *Tick      // nil where now lies outside
	Height  int
	Axis    int // where the statements stand
	LabelAt int // the height of the days' names
	Start   int64
	End     int64 // milliseconds: what the script reckons with
}

// A Point is a thing on a timeline.
type Point struct {
	X      float64 // percent of the width
	Y      int
	Time   int64 // milliseconds
	Kind   string
	Label  string // as much as there is room for; "" where there is none
	Anchor string // which end of the label stands at X
	Title  string
	When   view.When
	URL    string
	Ahead  bool
	when   news.Interval
}

// A Tick is a day, month or year marked below.
type Tick struct {
	X     float64
	Time  int64
	Label string
}

const (
	timelineRows  = 5   // of labels; below them one of points without
	rowHeight     = 26  // of a label
	barsHeight    = 44  // of the tallest bar
	labelWidth    = 760 // pixels that labels reckon with: a timeline on a laptop
	letterWidth   = 6.6
	maxLabel      = 44
	maxPoints     = 90
	timelineInset = 2.0 // percent left free at both ends
)

// pointsInTime are what a timeline could show, the first one first.
func (y *Laid) pointsInTime() (points []Point) {
	add := func(i news.Interval, kind, title, url string) {
		first, _ := i.Bounds()
		if first.IsZero() {
			return
		}
		if i.IsMoment() && !i.Start.Instant.IsZero() {
			first = i.Start.Instant
		}
		points = append(points, Point{Time: first.UnixMilli(), Kind: kind, Title: title, URL: url, when: i})
	}
	for _, v := range y.rows.Dossier.Story.Events {
		add(v.Date, "event", cmp.Or(v.Title, "An event without a title"), "#"+string(v.ID))
	}
	for _, e := range y.changes {
		when := e.Said.When
		if later := y.later(e); later != nil {
			when = later.Said.When
		}
		add(when, "change", view.Speaker(e.Actor)+" changed position", "#"+string(e.ID))
	}
	for _, e := range y.promises {
		if u := e.Undertaking; u != nil {
			add(u.Due, "due", cmp.Or(u.What, e.Text), "#"+string(e.ID))
		}
	}
	slices.SortStableFunc(points, func(a, b Point) int { return cmp.Compare(a.Time, b.Time) })
	return points
}

func (m *maker) timeline() Timeline {
	if len(m.points) == 0 {
		return Timeline{}
	}
	whole, points := len(m.points), slices.Clone(near(m.points))
	t := Timeline{Points: points, LeftOut: whole - len(points), LabelAt: (timelineRows+1)*rowHeight + barsHeight + 28}
	t.Height, t.Axis = t.LabelAt+10, (timelineRows+1)*rowHeight+8+barsHeight
	day := (24 * time.Hour).Milliseconds()
	t.Start, t.End = points[0].Time, points[len(points)-1].Time
	if t.End-t.Start < 2*day {
		t.Start, t.End = t.Start-day, t.End+day
	}
	at := func(ms int64) float64 {
		return timelineInset + (100-2*timelineInset)*float64(ms-t.Start)/float64(t.End-t.Start)
	}
	free := make([]float64, timelineRows) // up to where each row is taken
	for i := range t.Points {
		p := &t.Points[i]
		p.X, p.When = at(p.Time), view.NewWhen(p.when, m.Now)
		p.Ahead = p.Time >= m.Now.UnixMilli()
		p.Anchor = "start"
		label := view.Clip(p.Title, maxLabel)
		width := (float64(len([]rune(label)))*letterWidth + 18) / labelWidth * 100
		row, from := -1, p.X
		if p.X+width > 100 { // no room to the right: it ends at the point
			from, p.Anchor = p.X-width, "end"
		}
		for r := range free {
			if free[r] <= from {
				row = r
				break
			}
		}
		if row < 0 {
			p.Y = timelineRows*rowHeight + rowHeight/2
			continue
		}
		p.Label, p.Y = label, row*rowHeight+rowHeight/2
		free[row] = max(p.X, from+width)
	}
	t.Days = bars(m.said, at, t.Start, t.End)
	t.Ticks = ticks(t.Start, t.End, at)
	if now := m.Now.UnixMilli(); now >= t.Start && now <= t.End {
		t.Now = &Tick{at(now), now, "now"}
	}
	return t
}

// near leaves out points so far from most others that they would press those into one line; the
// lists have them all.
func near(points []Point) []Point {
	if len(points) > maxPoints {
		points = points[len(points)-maxPoints:]
	}
	for len(points) > 4 {
		widest, at := int64(0), 0
		for i := 1; i < len(points); i++ {
			if gap := points[i].Time - points[i-1].Time; gap > widest {
				widest, at = gap, i
			}
		}
		few := min(at, len(points)-at)
		if widest <= (points[len(points)-1].Time-points[0].Time)/2 || few > len(points)/4 {
			break
		}
		if at == few {
			points = points[at:]
		} else {
			points = points[:at]
		}
	}
	return points
}

func bars(said map[time.Time]int, at func(int64) float64, start, end int64) []view.Bar {
	most := 0
	for day, n := range said {
		if ms := day.UnixMilli(); ms >= start-86400000 && ms <= end {
			most = max(most, n)
		}
	}
	var out []view.Bar
	for day, n := range said {
		if ms := day.UnixMilli(); ms >= start-86400000 && ms <= end {
			h := max(2, barsHeight*n/most)
			out = append(out, view.Bar{X: max(0, at(ms)), Time: ms, Y: (timelineRows+1)*rowHeight + 8 + barsHeight - h, Height: h, N: n, Day: day.Format("2 January 2006")})
		}
	}
	slices.SortFunc(out, func(a, b view.Bar) int { return cmp.Compare(a.Time, b.Time) })
	return out
}

// ticks are days, months or years, about eight of them.
func ticks(start, end int64, at func(int64) float64) []Tick {
	from, to := time.UnixMilli(start).UTC(), time.UnixMilli(end).UTC()
	days := int(to.Sub(from)/(24*time.Hour)) + 1
	var out []Tick
	put := func(t time.Time, label string) {
		if x := at(t.UnixMilli()); x >= 0 && x <= 97 {
			out = append(out, Tick{x, t.UnixMilli(), label})
		}
	}
	switch {
	case days <= 70:
		step := max(1, (days+7)/8)
		for t := from.Truncate(24 * time.Hour); !t.After(to); t = t.AddDate(0, 0, step) {
			put(t, t.Format("2 Jan"))
		}
	case days <= 900:
		step := max(1, days/30/7)
		for t := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC); !t.After(to); t = t.AddDate(0, step, 0) {
			put(t, t.Format("Jan 2006"))
		}
	default:
		step := max(1, days/365/8)
		for y := from.Year(); y <= to.Year(); y += step {
			put(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC), fmt.Sprint(y))
		}
	}
	return out
}
