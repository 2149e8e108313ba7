package when

import (
	"fmt"

	"dateline/annotate/when/calendar"
	"dateline/annotate/when/phrase"
	"dateline/annotate/when/tense"
	"dateline/annotate/when/words"
)

// The names of what an expression was reckoned from.
const (
	fromPublished = "published"
	fromPrevious  = "previous"
	fromEvent     = "event"
)

// settled is a time that was reckoned: its days, and within them a part of the day or a clock
// time. The zero range is an unknown time.
type settled struct {
	calendar.Range
	anchor string
	detail string
	value  string // where it is not the name of the range
	part   string
	clock  bool
	time   phrase.Time
}

// text is the value as it is printed.
func (s settled) text() string {
	switch {
	case s.value != "":
		return s.value
	case s.clock:
		return s.Text + clockText(s.time, s.First)
	case s.IsZero():
		return ""
	}
	return s.Text + s.part
}

func clockText(t phrase.Time, day calendar.Day) string {
	out := fmt.Sprintf("T%02d:%02d", t.Hour, t.Minute)
	if t.Second >= 0 {
		out += fmt.Sprintf(":%02d", t.Second)
	}
	if t.Fixed {
		return out + calendar.OffsetText(t.Offset)
	}
	if minutes, ok := calendar.Offset(t.Zone, day); ok {
		return out + calendar.OffsetText(minutes)
	}
	return out
}

// published is a time reckoned from the day of publication.
func published(v calendar.Range, detail string) settled {
	return settled{Range: v, anchor: fromPublished, detail: detail}
}

// previous is a time reckoned from one told before.
func previous(v calendar.Range, of known) settled {
	return settled{Range: v, anchor: fromPrevious, detail: "after " + of.Text}
}

// settle reckons a stretch of the calendar, or a time of day.
func (r *reader) settle(e *phrase.Expression) settled {
	switch e.Form {
	case phrase.Calendar, phrase.Fixed:
		return r.calendar(e)
	case phrase.Weekday:
		return r.weekday(e)
	case phrase.Deictic:
		if !r.dated {
			return settled{}
		}
		return published(calendar.DayRange(r.doc+calendar.Day(e.N)), "")
	case phrase.Unit:
		return r.unit(e)
	case phrase.Ago:
		return r.ago(e)
	case phrase.Ordinal:
		return r.ordinal(e)
	case phrase.Season:
		return r.season(e)
	case phrase.Holiday:
		return r.holiday(e)
	case phrase.Decade:
		y := e.Year
		if e.TwoDigit {
			if !r.dated {
				return settled{}
			}
			if y = r.century(y); y > r.year() {
				y -= 100
			}
		}
		return settled{Range: calendar.DecadeRange(y)}
	case phrase.Century:
		return settled{Range: calendar.CenturyRange(e.Nth - 1)}
	case phrase.Part:
		return r.part(e)
	case phrase.Clock:
		return r.clock(e)
	case phrase.Edge:
		s := r.settle(e.In)
		if e.Word == "year-end" && !s.IsZero() {
			s.Range = calendar.DayRange(s.Last)
		}
		if s.detail == "" {
			s.detail = e.Word
		}
		return s
	case phrase.Period:
		return r.comparison(e)
	case phrase.Interval:
		a, b := r.settle(e.In), r.settle(e.End)
		if a.IsZero() || b.IsZero() {
			return settled{}
		}
		a.value = calendar.Between(a.Range, b.Range).Text
		a.Last = b.Last
		return a
	case phrase.Span, phrase.Duration:
		return settled{value: e.Unit.Duration(e.N)}
	}
	return settled{}
}

// century is the full year that two digits mean: at most twenty years after publication, else
// before it.
func (r *reader) century(yy int) int {
	now, _, _ := r.doc.Civil()
	y := now/100*100 + yy
	if y > now+20 {
		y -= 100
	}
	return y
}

// year is the year of the day of publication.
func (r *reader) year() int { y, _, _ := r.doc.Civil(); return y }

// holderYear is the year that an expression lies in, as the text says.
func (r *reader) holderYear(e *phrase.Expression) (y int, from settled, ok bool) {
	if e.In == nil {
		return 0, settled{}, false
	}
	s := r.settle(e.In)
	if s.IsZero() {
		return 0, s, false
	}
	y, _, _ = s.First.Civil()
	return y, s, true
}

func (r *reader) calendar(e *phrase.Expression) settled {
	y := e.Year
	s := settled{}
	if e.TwoDigit {
		if !r.dated {
			return settled{}
		}
		y = r.century(y)
		s.detail = "the century of publication"
	}
	if y == 0 && e.In != nil {
		if hy, from, ok := r.holderYear(e); ok {
			y = hy
			s.anchor = from.anchor
		}
	}
	switch {
	case y == 0 && e.Day != 0:
		return r.yearless(e, func(y int) (calendar.Range, bool) {
			return calendar.DayRange(calendar.Date(y, e.Month, e.Day)), calendar.Valid(y, e.Month, e.Day)
		}, fmt.Sprintf("XXXX-%02d-%02d", e.Month, e.Day))
	case y == 0:
		return r.yearless(e, func(y int) (calendar.Range, bool) { return calendar.MonthRange(y, e.Month), true }, fmt.Sprintf("XXXX-%02d", e.Month))
	case e.Unit == calendar.FiscalYear:
		s.Range = calendar.FiscalRange(y)
	case e.Month == 0:
		s.Range = calendar.YearRange(y)
	case e.Day == 0:
		s.Range = calendar.MonthRange(y, e.Month)
	case e.Swap:
		return r.swapped(y, e)
	case calendar.Valid(y, e.Month, e.Day):
		s.Range = calendar.DayRange(calendar.Date(y, e.Month, e.Day))
	}
	return s
}

// swapped decides which number of "7/8/07" is the month: the reading within two months of
// publication where the other is not. Where both or neither are, it is not known.
func (r *reader) swapped(y int, e *phrase.Expression) settled {
	if !r.dated {
		return settled{}
	}
	a, b := calendar.Date(y, e.Month, e.Day), calendar.Date(y, e.Day, e.Month)
	near := func(d calendar.Day) bool { return abs(int(d-r.doc)) <= 60 }
	switch {
	case a == r.doc || near(a) && !near(b):
		return settled{Range: calendar.DayRange(a), anchor: fromPublished, detail: "month first: near publication"}
	case b == r.doc || near(b) && !near(a):
		return settled{Range: calendar.DayRange(b), anchor: fromPublished, detail: "day first: near publication"}
	case abs(int(a-r.doc)) < 3:
		return settled{Range: calendar.DayRange(a), anchor: fromPublished, detail: "month first: next to publication"}
	}
	return settled{detail: "day and month may be either"}
}

func abs(n int) int { return max(n, -n) }

// faraway is from how many days on a day of a month is written with its year: of 62 such days
// in half of GUM and MEANTIME six were farther away than half a year.
const faraway = 200

// lookback is by how many days more than the next one the last one may be away and still be
// meant, where no verb says: news tells more of what has been.
const lookback = 30

// yearless reckons a month, a day of a month or a holiday without its year: the nearest one that
// "last", "next" or the tense allows.
func (r *reader) yearless(e *phrase.Expression, in func(int) (calendar.Range, bool), open string) settled {
	if !r.dated {
		return settled{value: open}
	}
	var before, on, after calendar.Range // the nearest that ends before, holds, begins after the day
	for y := r.year() - 8; y <= r.year()+8; y++ {
		v, ok := in(y)
		switch {
		case !ok:
		case e.Weekday != 0 && v.First.Weekday() != e.Weekday:
		case v.Last < r.doc:
			before = v
		case v.First > r.doc:
			if after.IsZero() {
				after = v
			}
		default:
			on = v
		}
	}
	if before.IsZero() || after.IsZero() {
		for _, v := range []calendar.Range{on, before, after} {
			if !v.IsZero() {
				return published(v, "the weekday fits")
			}
		}
		return settled{value: open}
	}
	switch e.Way {
	case words.Last, words.Past, words.Previous:
		return published(before, "last")
	case words.Next, words.Coming, words.Following:
		return published(after, "next")
	case words.This, words.That, words.Same:
		if !on.IsZero() {
			return published(on, "this")
		}
		for _, v := range []calendar.Range{before, after} {
			if y, _, _ := v.First.Civil(); y == r.year() {
				return published(v, "this year")
			}
		}
	}
	if d, ok := r.rangeStart(e); ok && e.Way == words.NoWay {
		dy, _, _ := d.First.Civil()
		for y := dy; y <= dy+1; y++ {
			if v, ok := in(y); ok && v.First >= d.First {
				return settled{Range: v, anchor: fromPrevious, detail: "the end of a stretch from " + d.Text}
			}
		}
	}
	back, ahead := int(r.doc-before.Last), int(after.First-r.doc)
	t, why := r.tense.Of(e.From, e.To)
	if !on.IsZero() {
		if before.Unit == calendar.DayUnit || t != tense.Past || back > 300 {
			return published(on, "the present one")
		}
	}
	if before.Unit == calendar.Month {
		if v := r.months[e.Month]; t != tense.Unsure {
			if t == tense.Past {
				r.months[e.Month] = before
			} else {
				r.months[e.Month] = after
			}
		} else if !v.IsZero() && e.Form == phrase.Calendar {
			return published(v, "as before")
		}
	}
	switch {
	case t == tense.Past && (before.Unit == calendar.Month || e.Form == phrase.Holiday && (ahead > 30 || r.tense.Close) || back < faraway || r.tense.Close && ahead > 14):
		return published(before, "past: "+why)
	case t == tense.Future && (before.Unit == calendar.Month || e.Form == phrase.Holiday || ahead < faraway || r.tense.Arranged(e.From)):
		return published(after, "ahead: "+why)
	}
	if w := r.tense.Word(e.To); e.Month == 11 && (w == "election" || w == "elections") {
		for y := r.year(); y <= r.year()+1; y++ {
			v, _ := in(y)
			if d, ok := calendar.ElectionDay.In(y); ok && v.First <= d && d <= v.Last && v.Last >= r.doc {
				return published(v, "the coming election")
			}
		}
	}
	if before.Unit == calendar.Month && r.last.Unit == calendar.Month && r.last.sentence == r.tense.Sentence[e.From] && t == tense.Unsure {
		// one of a list of months: the nearest to the one before it
		back, ahead = int(r.last.First-before.Last), int(after.First-r.last.Last)
		back, ahead = max(back, -back), max(ahead, -ahead)
	}
	if back <= ahead+lookback {
		return published(before, "the nearest")
	}
	return published(after, "the nearest")
}

// rangeStart is the day or month that a stretch begins with whose end e is: "from Dec. 30 to
// Jan. 5", "Monday through Friday".
func (r *reader) rangeStart(e *phrase.Expression) (known, bool) {
	switch r.tense.Word(e.From - 1) {
	case "and", "or", "then":
		// "in December and January": of months alone
		if e.Form != phrase.Calendar || e.Day != 0 || r.last.Unit != calendar.Month || r.last.First < r.doc-200 {
			return known{}, false
		}
		fallthrough
	case "to", "through", "until", "till", "into", "-", "thru":
		if r.lastTo == e.From-1 && r.lastTo > 0 && r.last.sentence == r.tense.Sentence[e.From] && r.last.Unit <= calendar.Month && !r.last.IsZero() {
			return r.last, true
		}
	}
	return known{}, false
}

func (r *reader) weekday(e *phrase.Expression) settled {
	if e.In != nil {
		w := r.settle(e.In)
		if w.IsZero() {
			return settled{}
		}
		return settled{Range: calendar.DayRange(w.First + calendar.Day((e.Weekday-w.First.Weekday()+7)%7)), anchor: w.anchor, detail: "in " + w.Text}
	}
	if e.Way == words.Every {
		return settled{detail: "which one is not told"}
	}
	base := r.doc
	switch e.Way {
	case words.Previous, words.Following, words.That, words.Same:
		if r.day.IsZero() {
			break
		}
		base := r.day.First
		back := calendar.Day((base.Weekday() - e.Weekday + 7) % 7)
		switch {
		case e.Way == words.That || e.Way == words.Same:
			return previous(calendar.DayRange(base-back), r.day)
		case e.Way == words.Previous && back == 0:
			back = 7
		case e.Way == words.Following:
			back -= 7
		}
		return previous(calendar.DayRange(base-back), r.day)
	}
	if !r.dated {
		return settled{}
	}
	if d, ok := r.rangeStart(e); ok && e.Way == words.NoWay {
		s := previous(calendar.DayRange(d.First+calendar.Day((e.Weekday-d.First.Weekday()+7)%7)), d)
		s.detail = "the end of a stretch from " + d.Text
		return s
	}
	back := (base.Weekday() - e.Weekday + 7) % 7 // days since the last one
	on := func(n int, why string) settled {
		return published(calendar.DayRange(base+calendar.Day(n)), why)
	}
	switch e.Way {
	case words.Last, words.Past, words.Previous:
		if back == 0 {
			back = 7
		}
		return on(-back, "last")
	case words.Next, words.Following:
		monday := base - calendar.Day(base.Weekday()-1)
		return published(calendar.DayRange(monday+7+calendar.Day(e.Weekday-1)), "next week's")
	case words.Coming, words.This:
		t, why := r.tense.Of(e.From, e.To)
		if e.Way == words.This && t == tense.Past && back > 0 && back < base.Weekday() {
			return on(-back, "past: "+why)
		}
		return on((7-back)%7, "the coming one")
	}
	if back == 0 {
		return on(0, "the day of publication")
	}
	t, why := r.tense.Of(e.From, e.To)
	if t == tense.Future {
		return on(7-back, "ahead: "+why)
	}
	if t == tense.Unsure && e.Clocked {
		return on(7-back, "ahead: a time of day without a verb of the past")
	}
	if t == tense.Unsure && r.tense.Bound(e.From) {
		return on(7-back, "ahead: "+r.tense.Word(e.From-1))
	}
	if why == "" {
		return on(-back, "the last one")
	}
	return on(-back, "past: "+why)
}

// before is what "the previous", "that" and "the" are reckoned from: the last time told of the
// unit or a smaller one, else the day of publication.
func (r *reader) before(u calendar.Unit) (known, bool) {
	switch {
	case r.ref.Off["told-before"]:
	case u == calendar.DayUnit && !r.day.IsZero():
		return r.day, true
	case u == calendar.DayUnit:
	case (u == calendar.Quarter || u == calendar.Month) && !r.period.IsZero() && r.period.sentence >= r.last.sentence-2:
		return r.period, true
	case !r.last.IsZero() && r.last.Unit <= u:
		return r.last, true
	}
	return known{}, false
}

func (r *reader) unit(e *phrase.Expression) settled {
	var now settled
	if r.dated {
		now = published(e.Unit.Of(r.doc), "")
	}
	shift := func(s settled, n int) settled {
		if !s.IsZero() {
			s.Range = s.Range.Shift(n)
		}
		return s
	}
	switch e.Way {
	case words.Last, words.Past:
		return shift(now, -1)
	case words.Next, words.Coming:
		return shift(now, 1)
	case words.This:
		if e.Unit == calendar.Weekend && r.dated && r.doc.Weekday() <= 3 {
			if t, why := r.tense.Of(e.From, e.To); t == tense.Past {
				now.detail = "past: " + why
				return shift(now, -1)
			}
		}
		return now
	case words.Latest:
		if e.Unit == calendar.Quarter && !r.period.IsZero() && r.period.Unit == calendar.Quarter {
			return previous(r.period.Range, r.period)
		}
		if e.Unit == calendar.Quarter || e.Unit == calendar.FiscalYear {
			return shift(now, -1)
		}
		return now
	}
	of, ok := r.before(e.Unit)
	var s settled
	if ok {
		s = previous(e.Unit.Of(of.First), of)
	}
	switch e.Way {
	case words.Previous:
		if !ok {
			s = now
		}
		return shift(s, -1)
	case words.Following:
		if !ok {
			s = now
		}
		return shift(s, 1)
	case words.That, words.Same:
		if e.In != nil {
			return r.comparison(e)
		}
		if !ok {
			return settled{detail: "which one is not told"}
		}
		return s
	case words.Bare:
		switch e.Unit {
		case calendar.DayUnit, calendar.Quarter, calendar.Month:
			if ok && (e.Unit != calendar.Month || of.sentence == r.tense.Sentence[e.From]) {
				return s
			}
			if e.Unit == calendar.Quarter {
				return shift(now, -1)
			}
		case calendar.Weekend:
			if !r.dated {
				return settled{}
			}
			t, why := r.tense.Of(e.From, e.To)
			if r.doc.Weekday() < 5 && t != tense.Future || r.doc.Weekday() == 5 && t == tense.Past {
				now.detail = "past: " + why
				return shift(now, -1)
			}
		case calendar.Year:
			if ok && of.sentence == r.tense.Sentence[e.From] && of.Unit > calendar.Week {
				return s
			}
		}
		return now
	}
	return now
}

// ago reckons a distance. It is told no finer than its unit: "two years ago" is a year, "two
// weeks ago" a week.
func (r *reader) ago(e *phrase.Expression) settled {
	sign := -1
	if e.Way == words.Next || e.Way == words.Following {
		sign = 1
	}
	if e.N < 0 {
		if sign < 0 {
			return settled{value: words.PastRef}
		}
		return settled{}
	}
	n := int(e.N)
	if e.In != nil {
		d := r.settle(e.In)
		if d.IsZero() {
			return settled{}
		}
		d.Range = move(d.Range, e.Unit, sign*n)
		return d
	}
	var base settled
	switch {
	case e.Way == words.Last || e.Way == words.Next:
		if !r.dated {
			return settled{}
		}
		base = published(calendar.DayRange(r.doc), "")
		if e.Unit == calendar.Year && n == 1 && sign < 0 {
			if p, ok := r.compared(e); ok {
				return previous(p.Range.Years(-1), p)
			}
		}
	default:
		if p, ok := r.compared(e); ok && e.Unit == calendar.Year && sign < 0 {
			return previous(p.Range.Years(-n), p)
		}
		of := r.last
		if e.Unit <= calendar.Week && !r.day.IsZero() {
			of = r.day
		}
		switch {
		case !of.IsZero():
			base = previous(of.Range, of)
		case sign < 0 && r.dated:
			base = published(calendar.DayRange(r.doc), "")
		default:
			return settled{}
		}
	}
	if e.Unit < calendar.DayUnit {
		return r.minutesAgo(e, base, sign)
	}
	y, m, _ := base.First.Civil()
	switch e.Unit {
	case calendar.DayUnit, calendar.Weekend:
		base.Range = calendar.DayRange(base.First + calendar.Day(sign*n))
	case calendar.Week, calendar.Fortnight:
		k := 7
		if e.Unit == calendar.Fortnight {
			k = 14
		}
		d := base.First + calendar.Day(sign*n*k)
		if base.Unit == calendar.DayUnit && n == 1 {
			base.Range = calendar.DayRange(d)
		} else {
			base.Range = calendar.Week.Of(d)
		}
	case calendar.Month, calendar.Quarter, calendar.Season:
		k := 1
		if e.Unit != calendar.Month {
			k = 3
		}
		base.Range = calendar.MonthRange(y, m+sign*n*k)
	default:
		k := map[calendar.Unit]int{calendar.Decade: 10, calendar.Century: 100, calendar.Millennium: 1000}[e.Unit]
		to := y + sign*int(e.N*float64(max(k, 1)))
		if to < 1 || to > 9999 {
			return settled{}
		}
		base.Range = calendar.YearRange(to)
	}
	return base
}

// compared is the quarter or month that "a year earlier" is told of: the last one named in this
// sentence or the two before it.
func (r *reader) compared(e *phrase.Expression) (known, bool) {
	if r.period.IsZero() || r.tense.Sentence[e.From]-r.period.sentence > 1 || r.ref.Off["granularity-of-comparison"] {
		return known{}, false
	}
	return r.period, true
}

// move is v a number of units away, of the same size.
func move(v calendar.Range, u calendar.Unit, n int) calendar.Range {
	switch {
	case u == calendar.Year:
		return v.Years(n)
	case u == calendar.Month && v.Unit == calendar.DayUnit:
		return calendar.DayRange(v.First.AddMonths(n))
	case u == calendar.Week && v.Unit == calendar.DayUnit:
		return calendar.DayRange(v.First + calendar.Day(7*n))
	case u == calendar.DayUnit:
		return calendar.DayRange(v.First + calendar.Day(n))
	case u == calendar.Decade:
		return v.Years(10 * n)
	}
	return v
}

// minutesAgo reckons hours and minutes from an instant. Where only the day of publication is
// known, whole days of hours can be reckoned, the rest cannot.
func (r *reader) minutesAgo(e *phrase.Expression, base settled, sign int) settled {
	if base.anchor != fromPublished {
		return settled{}
	}
	seconds := map[calendar.Unit]int{calendar.Hour: 3600, calendar.Minute: 60, calendar.Second: 1}[e.Unit]
	total := int(e.N * float64(seconds))
	if seconds == 0 || total > 400*86400 {
		return settled{}
	}
	at := r.ref.Published
	if r.ref.DayOnly {
		at = r.ref.Fetched
		if y, m, d := at.In(r.ref.Published.Location()).Date(); at.IsZero() || calendar.Date(y, int(m), d) != r.doc {
			if total%86400 == 0 && total > 0 {
				return published(calendar.DayRange(r.doc+calendar.Day(sign*total/86400)), "")
			}
			return settled{detail: "the hour of publication is not known"}
		}
		base.detail = "from the time the page was fetched"
	}
	at = at.Add(secondsLong(sign * total))
	y, m, d := at.Date()
	s := settled{Range: calendar.DayRange(calendar.Date(y, int(m), d)), anchor: fromPublished, detail: base.detail, clock: true}
	_, offset := at.Zone()
	s.time = phrase.Time{Hour: at.Hour(), Minute: at.Minute(), Second: -1, Offset: offset / 60, Fixed: true}
	return s
}

func (r *reader) ordinal(e *phrase.Expression) settled {
	if e.In == nil {
		switch {
		case e.Unit == calendar.Quarter:
			return r.nearest(e, func(y int) calendar.Range { return calendar.QuarterRange(y, e.Nth) }, 45)
		case r.dated:
			return published(e.Unit.Of(r.doc), "")
		}
		return settled{}
	}
	in := r.settle(e.In)
	if in.IsZero() {
		return settled{}
	}
	y, m, _ := in.First.Civil()
	out := settled{anchor: in.anchor, detail: "in " + in.Text}
	n := e.Nth
	switch {
	case e.Weekday != 0:
		if n < 0 {
			out.Range = calendar.DayRange(in.Last - calendar.Day((in.Last.Weekday()-e.Weekday+7)%7))
			return out
		}
		first := in.First + calendar.Day((e.Weekday-in.First.Weekday()+7)%7)
		out.Range = calendar.DayRange(first + calendar.Day(7*(n-1)))
	case e.Unit == calendar.Quarter:
		if n < 0 {
			n = 4
		}
		out.Range = calendar.QuarterRange(y, n)
	case e.Unit == calendar.Half:
		out.Range = calendar.HalfRange(y, n)
	case e.Unit == calendar.Week || e.Unit == calendar.Weekend:
		// a week belongs to the month that holds its Thursday
		first := calendar.Week.Of(in.First)
		if first.First+3 < in.First {
			first = first.Shift(1)
		}
		last := calendar.Week.Of(in.Last)
		if last.First+3 > in.Last {
			last = last.Shift(-1)
		}
		w := last
		if n > 0 {
			w = first.Shift(n - 1)
		}
		out.Range = w
		if e.Unit == calendar.Weekend {
			out.Range = calendar.Weekend.Of(w.First)
		}
	case e.Unit == calendar.DayUnit:
		d := in.Last
		if n > 0 {
			d = in.First + calendar.Day(n-1)
		}
		out.Range = calendar.DayRange(d)
	case e.Unit == calendar.Month:
		if n < 0 {
			out.Range = calendar.Month.Of(in.Last)
		} else {
			out.Range = calendar.MonthRange(y, m+n-1)
		}
	case e.Unit == calendar.Year && in.Unit == calendar.Decade || e.Unit == calendar.Decade:
		k := 1
		if e.Unit == calendar.Decade {
			k = 10
		}
		at := y + (n-1)*k
		if n < 0 {
			ly, _, _ := in.Last.Civil()
			at = ly
		}
		out.Range = e.Unit.Of(calendar.Date(at, 1, 1))
	}
	if out.First < in.First-6 || out.First > in.Last {
		return settled{}
	}
	return out
}

// nearest is the range of this, last or next year whose beginning is nearest to publication; one
// ahead must be within lead days unless the tense is a future one.
func (r *reader) nearest(e *phrase.Expression, in func(int) calendar.Range, lead int) settled {
	if !r.dated {
		return settled{}
	}
	t, why := r.tense.Of(e.From, e.To)
	switch t {
	case tense.Past:
		lead = 0
	case tense.Future:
		lead += 155
	}
	best := in(r.year() - 2)
	for y := r.year() - 1; y <= r.year()+1; y++ {
		if v := in(y); int(v.First-r.doc) <= lead {
			best = v
		}
	}
	if why != "" {
		why = "nearest, " + why
	}
	return published(best, why)
}

func (r *reader) season(e *phrase.Expression) settled {
	if y, from, ok := r.holderYear(e); ok {
		return settled{Range: calendar.SeasonRange(y, e.Nth), anchor: from.anchor}
	}
	if !r.dated {
		return settled{value: fmt.Sprintf("XXXX-%d", 20+e.Nth)}
	}
	in := func(y int) calendar.Range { return calendar.SeasonRange(y, e.Nth) }
	var before, on, after calendar.Range
	for y := r.year() - 2; y <= r.year()+2; y++ {
		switch v := in(y); {
		case v.Last < r.doc:
			before = v
		case v.First > r.doc:
			if after.IsZero() {
				after = v
			}
		default:
			on = v
		}
	}
	switch e.Way {
	case words.Last, words.Past, words.Previous:
		return published(before, "last")
	case words.Next, words.Coming, words.Following:
		return published(after, "next")
	}
	if !on.IsZero() {
		return published(on, "the present one")
	}
	t, why := r.tense.Of(e.From, e.To)
	switch {
	case e.Way == words.This:
		for _, v := range []calendar.Range{before, after} {
			if y, _, _ := v.First.Civil(); y == r.year() {
				return published(v, "this year's")
			}
		}
	case t == tense.Past:
		return published(before, "past: "+why)
	case t == tense.Future:
		return published(after, "ahead: "+why)
	}
	if r.doc-before.Last <= after.First-r.doc {
		return published(before, "the nearest")
	}
	return published(after, "the nearest")
}

func (r *reader) holiday(e *phrase.Expression) settled {
	in := func(y int) (calendar.Range, bool) {
		d, ok := e.Holiday.In(y)
		return calendar.DayRange(d), ok
	}
	if y, from, ok := r.holderYear(e); ok {
		if v, ok := in(y); ok {
			return settled{Range: v, anchor: from.anchor}
		}
		return settled{}
	}
	return r.yearless(e, in, "")
}

// base is the day that "that night" and bare clock times lie on.
func (r *reader) partDay(w words.Way) (settled, bool) {
	switch w {
	case words.That, words.Same, words.Previous, words.Following, words.Bare:
		if !r.day.IsZero() {
			n := 0
			if w == words.Previous {
				n = -1
			} else if w == words.Following {
				n = 1
			}
			return previous(calendar.DayRange(r.day.First+calendar.Day(n)), r.day), true
		}
		if w != words.Bare {
			return settled{}, false
		}
	}
	if !r.dated {
		return settled{}, false
	}
	n := 0
	switch w {
	case words.Last, words.Past:
		n = -1
	case words.Next, words.Coming:
		n = 1
	}
	return published(calendar.DayRange(r.doc+calendar.Day(n)), ""), true
}

func (r *reader) part(e *phrase.Expression) settled {
	var s settled
	if e.In != nil {
		s = r.settle(e.In)
	} else {
		w := e.Way
		if w == words.Next {
			w = words.Following
		}
		s, _ = r.partDay(w)
	}
	if s.IsZero() {
		return settled{}
	}
	if !s.clock {
		s.part = partText[e.Part]
	}
	return s
}

// clock reckons a time of day: on the day named with it, else on the last day told in the
// sentence, else the last day told at all, else the day of publication.
func (r *reader) clock(e *phrase.Expression) settled {
	var s settled
	if e.In != nil {
		e.In.Clocked, e.In.From, e.In.To = true, e.From, e.To // the verb stands outside of both
		s = r.settle(e.In)
	} else if d := r.dayAhead(e); d != nil && (r.day.IsZero() || r.day.sentence != r.tense.Sentence[e.From]) {
		s = r.settle(d)
	} else if !r.day.IsZero() && (r.day.sentence >= r.tense.Sentence[e.From]-2 || !r.dated) {
		s = previous(r.day.Range, r.day)
	} else if r.dated {
		s = published(calendar.DayRange(r.doc), "no day is told near it")
	}
	s.clock, s.part, s.value, s.time = true, "", "", e.Time
	return s
}

// dayAhead is the day told later in the sentence of a clock time, but for other clock times
// nothing between: "at 3am (0100 GMT) on Thursday".
func (r *reader) dayAhead(e *phrase.Expression) *phrase.Expression {
	for _, d := range r.ahead {
		if d.From-e.To > 8 || r.tense.Sentence[d.From] != r.tense.Sentence[e.From] {
			return nil
		}
		if d.Form == phrase.Clock && d.In == nil {
			continue
		}
		if d.Form == phrase.Clock {
			d = d.In
		}
		switch {
		case d.Form == phrase.Weekday, d.Form == phrase.Deictic, d.Form == phrase.Calendar && d.Day != 0:
			return d
		default:
			return nil
		}
	}
	return nil
}

// comparison reckons the period that another is compared with: "the same period last year", "the
// year-earlier quarter", "the 1988 quarter", "the latest period".
func (r *reader) comparison(e *phrase.Expression) settled {
	of, ok := r.period, !r.period.IsZero()
	if e.In == nil {
		if ok {
			return previous(of.Range, of)
		}
		if !r.last.IsZero() {
			return previous(r.last.Range, r.last)
		}
		return settled{}
	}
	if e.In.Form == phrase.Ago && ok {
		return previous(of.Range.Years(-int(e.In.N)), of)
	}
	in := r.settle(e.In)
	if in.IsZero() && in.value == "" {
		return settled{}
	}
	if in.IsZero() {
		in = published(calendar.YearRange(r.year()-1), "")
	}
	if !ok {
		return in
	}
	iy, _, _ := in.First.Civil()
	oy, _, _ := of.First.Civil()
	return previous(of.Range.Years(iy-oy), of)
}
