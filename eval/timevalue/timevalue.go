// Package timevalue compares the values of time expressions by what they mean, and counts the
// figures of TempEval-3.
//
// Treated as equal are, beside equal letters:
//
//   - calendar values that cover the same days: 2025-W31 and 2025-07-28/2025-08-03, 2013-Q1 and
//     2013-33 and 2013-01/2013-03, 198X and 1980/1989. The marks ~ ? % do not count, for TIMEX3
//     has them elsewhere;
//   - seasons and the three or four months from their first;
//   - PAST_REF and what ends by the day of publication, FUTURE_REF and what begins with it,
//     PRESENT_REF and the day itself;
//   - durations of one length; a duration and an interval that is as long, give or take one of
//     its unit; one of an open number of units and an interval with an open end;
//   - clock times in one zone; where only ours has a zone, by its wall clock, or, if the
//     expression names a zone, at the same instant; parts of the day and hours within them; a day
//     of a gold TIME and any time of that day;
//   - a month of an open year and that month of any year; a gold bound and what ends by then;
//   - for "early", "mid", "late" and their like, the whole unit and any part of it.
//
// A value that is unknown equals only an unknown one.
package timevalue

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Question is a pair of values with what is needed to compare them.
type Question struct {
	Gold, Ours string // "" where unknown
	Words      string // of the gold's expression
	OurWords   string // of ours, where they differ; "" if that shall not matter
	Published  string // day or time of publication, "" if unknown
	Type       string // of the gold: "TIME"
	Loose      bool   // the gold is not certain: a value that holds it or lies in it will do
}

var (
	marks        = regexp.MustCompile(`[~?%]`)
	slipUnit     = regexp.MustCompile(`^P(T?)([A-Z])(\d+)$`)     // PM6, a slip in one gold set
	slipOrder    = regexp.MustCompile(`^(\d\d)-(\d\d)-(\d{4})$`) // 03-02-2009, likewise
	basicDate    = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)(T.*)?$`)
	slipSign     = regexp.MustCompile(`^-(\d{4}-\d\d-\d\d)$`)
	unknownForm  = regexp.MustCompile(`^(?:X{4}(?:-XX(?:-XX)?)?|PXX|PX|P)$`)
	dayForm      = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	openMonth    = regexp.MustCompile(`^(?:--|XXXX-)(\d\d)(?:-XX)?$`)
	anyMonth     = regexp.MustCompile(`^(?:\d{4}|XXXX|-)-(\d\d)(?:-XX)?$`)
	anyYear      = regexp.MustCompile(`^(\d{4}|XXXX|-)-`)
	anySeason    = regexp.MustCompile(`^(?:\d{4}|XXXX)-(SP|SU|FA|WI|21|22|23|24)$`)
	monthOnly    = regexp.MustCompile(`^(?:\d{4}|XXXX)-(\d\d)$`)
	yearSeason   = regexp.MustCompile(`^(\d{4})-(SP|SU|FA|WI|21|22|23|24)$`)
	goldSeason   = regexp.MustCompile(`^(\d{4})-(SP|SU|FA|WI)$`)
	endsInPart   = regexp.MustCompile(`T[A-Z]{2}$`)
	edgeWords    = regexp.MustCompile(`(?i)\b(early|earlier|mid|middle|late|later|end|beginning|start|turn|first|last)\b|^mid-`)
	clockForm    = regexp.MustCompile(`^(?:(.*)T)?(\d\d)(?::?(\d\d))?(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d(?::?\d\d)?)?$`)
	partForm     = regexp.MustCompile(`^(.*)T(MO|MI|AF|EV|NI|DT)$`)
	zoneWords    = regexp.MustCompile(`\b[A-Z]{2,4}\b`)
	references   = []string{"PAST_REF", "PRESENT_REF", "FUTURE_REF"}
	seasonNumber = map[string]string{"21": "SP", "22": "SU", "23": "FA", "24": "WI"}
)

// zones are the hours from UTC that a zone's letters may mean.
var zones = map[string][]float64{
	"ET": {-4, -5}, "EDT": {-4}, "EST": {-5}, "CT": {-5, -6}, "CDT": {-5}, "CST": {-6}, "MT": {-6, -7}, "PT": {-7, -8}, "PDT": {-7}, "PST": {-8},
	"GMT": {0}, "UTC": {0}, "BST": {1}, "CET": {1}, "CEST": {2},
}

// hours are those within which a part of the day lies; the night ends in the next.
var hours = map[string][2]float64{"MO": {4, 12}, "MI": {11, 14}, "AF": {12, 18}, "EV": {16, 24}, "NI": {17, 30}, "DT": {6, 20}}

// Clean is a value without marks of doubt, in the extended form; "" stays unknown.
func Clean(v string) string {
	v = marks.ReplaceAllString(strings.TrimSpace(v), "")
	v = slipUnit.ReplaceAllString(v, "P$1$3$2")
	v = slipOrder.ReplaceAllString(v, "$3-$2-$1")
	v = basicDate.ReplaceAllString(v, "$1-$2-$3$4")
	return slipSign.ReplaceAllString(v, "$1")
}

// Equal reports whether the two values mean the same time.
func (q Question) Equal() bool {
	g, s := Clean(q.Gold), Clean(q.Ours)
	wider := q.OurWords != "" && q.Words != "" && q.Words != q.OurWords && strings.Contains(q.OurWords, q.Words)
	switch {
	case wider && dayForm.MatchString(g) && strings.HasPrefix(s, g+"T"): // "Thursday" in "Thursday night"
		return true
	case g == s:
		return true
	case isUnknown(g):
		return isUnknown(s)
	case s == "":
		return false
	}
	ig, igOK := interval(g)
	is, isOK := interval(s)
	if slices.Contains(references, g) {
		own, known := daysOf(firstBytes(Clean(q.Published), 10))
		return known && isOK && refersTo(g, is, own)
	}
	lg, lgOK := lengthOf(g)
	ls, lsOK := lengthOf(s)
	switch {
	case lgOK && lsOK:
		return lg == ls
	case lgOK:
		return isOK && strings.Contains(s, "/") && lasts(lg, is)
	case lsOK:
		return igOK && strings.Contains(g, "/") && lasts(ls, ig)
	}
	if m := openMonth.FindStringSubmatch(g); m != nil {
		k := anyMonth.FindStringSubmatch(s)
		return k != nil && k[1] == m[1]
	}
	if strings.HasPrefix(g, "--") {
		return sameYearless(g, s, q.Words)
	}
	if sameClock(g, s, q.Words) || samePart(g, s) {
		return true
	}
	if _, ok := clockOf(g); ok || endsInPart.MatchString(g) {
		return false
	}
	if q.Type == "TIME" && strings.Contains(s, "T") && igOK { // the gold says the day, we also the time
		from, _, _ := strings.Cut(s, "/")
		d, ok := daysOf(beforeT(from))
		return ok && d.equal(ig)
	}
	if strings.HasPrefix(g, "../") && igOK && (s == "PAST_REF" || isOK && !is.openLast && !ig.openLast && !is.last.After(ig.last.AddDate(0, 0, 1))) {
		return true
	}
	return igOK && isOK && sameDays(g, s, ig, is, q)
}

// sameDays compares calendar values and intervals.
func sameDays(g, s string, ig, is span, q Question) bool {
	if ig.equal(is) {
		return true
	}
	season := func(months span) bool {
		n := months.days() - 1
		return is.first.Equal(ig.first) && !is.openFirst && !ig.openFirst && 80 <= n && n <= 123
	}
	if yearSeason.MatchString(s) && !ig.open() && strings.Contains(g, "/") && season(ig) {
		return true
	}
	if goldSeason.MatchString(g) && !is.open() && season(is) {
		return true
	}
	if ig.open() || is.open() {
		return false
	}
	if !q.Loose && !edgeWords.MatchString(q.Words) {
		return false
	}
	return ig.contains(is) && (strings.Contains(s, "/") || q.Loose) || is.contains(ig) && (strings.Contains(g, "/") || q.Loose)
}

// refersTo reports whether an interval is what a reference to past, present or future means on
// the day of publication.
func refersTo(ref string, is, own span) bool {
	switch ref {
	case "PAST_REF":
		return is.openFirst && !is.openLast && !is.last.After(own.first)
	case "FUTURE_REF":
		return is.openLast && !is.openFirst && !is.first.Before(own.first)
	}
	return is.equal(own)
}

// lasts reports whether an interval is as long as a duration, give or take one of its unit; one
// of an open number of units is any interval with an open end.
func lasts(l length, i span) bool {
	if l.open != "" || i.open() {
		return l.open != "" && i.open()
	}
	unit := 7
	if l.seconds%604800 != 0 {
		unit = 1
	}
	if l.months != 0 {
		unit = 31
		if math.Mod(l.months, 12) == 0 {
			unit = 366
		}
	}
	return math.Abs(float64(i.days())-(l.months*30.4369+float64(l.seconds)/86400)) <= float64(unit+1)
}

// sameYearless compares with a gold value that leaves the year open by month and day.
func sameYearless(g, s, words string) bool {
	strip := func(v string) []string {
		parts := strings.Split(v, "/")
		for i, x := range parts {
			parts[i] = anyYear.ReplaceAllString(x, "")
		}
		return parts
	}
	want := strip(g)
	if slices.Equal(want, strip(s)) {
		return true
	}
	if k := anySeason.FindStringSubmatch(s); k != nil {
		name := k[1]
		if n, ok := seasonNumber[name]; ok {
			name = n
		}
		first := seasons[name][0]
		return number(want[0]) == first && len(want[0]) == 2
	}
	k := monthOnly.FindStringSubmatch(s)
	if k == nil || !edgeWords.MatchString(words) {
		return false
	}
	return !slices.ContainsFunc(want, func(x string) bool { return !strings.HasPrefix(x, k[1]) })
}

func isUnknown(v string) bool { return v == "" || unknownForm.MatchString(v) }

func firstBytes(v string, n int) string { return v[:min(n, len(v))] }

// A clock is a value with a clock time.
type clock struct {
	day          string // "" where it has none
	hour, minute int
	zone         float64 // hours from UTC
	zoned        bool
}

func clockOf(v string) (clock, bool) {
	m := clockForm.FindStringSubmatchIndex(v)
	if m == nil || m[2] < 0 && !strings.Contains(v, ":") {
		return clock{}, false
	}
	part := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return v[m[2*i]:m[2*i+1]]
	}
	c := clock{day: part(1), hour: number(part(2)), minute: number(part(3))}
	if z := part(5); z != "" {
		c.zoned = true
		if z != "Z" {
			c.zone = float64(number(strings.TrimPrefix(z[:3], "+")))
			if len(z) > 3 {
				c.zone += float64(number(z[len(z)-2:])) / 60
			}
		}
	}
	return c, c.minute < 60
}

func sameClock(g, s, words string) bool {
	a, okA := clockOf(g)
	b, okB := clockOf(s)
	if !okA || !okB {
		return false
	}
	if a.zoned && b.zoned {
		return a.is(b, a.zone-b.zone)
	}
	if a.is(b, 0) {
		return true
	}
	if b.zoned {
		for _, z := range zoneWords.FindAllString(words, -1) {
			for _, offset := range zones[z] {
				if a.is(b, offset-b.zone) {
					return true
				}
			}
		}
	}
	return false
}

// is reports whether b, so many hours later, is a.
func (c clock) is(b clock, later float64) bool {
	noon := time.Date(2000, 6, 15, 0, 0, 0, 0, time.UTC)
	t := time.Date(2000, 6, 15, b.hour%24, b.minute, 0, 0, time.UTC).Add(time.Duration(later * float64(time.Hour)))
	if t.Hour() != c.hour%24 || t.Minute() != c.minute {
		return false
	}
	if c.day == "" || strings.Contains(c.day, "XX") {
		return true
	}
	dc, okC := daysOf(c.day)
	db, okB := daysOf(b.day)
	moved := int(t.Truncate(24*time.Hour).Sub(noon).Hours()) / 24
	return okC && okB && dc.first.Equal(db.first.AddDate(0, 0, moved))
}

// samePart compares with a part of a day.
func samePart(g, s string) bool {
	m := partForm.FindStringSubmatch(g)
	if m == nil {
		return false
	}
	from, to, ranged := strings.Cut(s, "/")
	if !ranged {
		k := partForm.FindStringSubmatch(s)
		return k != nil && k[2] == m[2] && Question{Gold: m[1], Ours: k[1]}.Equal()
	}
	day, ok := daysOf(m[1])
	a, okA := clockOf(from)
	b, okB := clockOf(to)
	if !ok || !okA || !okB {
		return false
	}
	hour := func(c clock) (float64, bool) {
		d, ok := daysOf(c.day)
		return d.first.Sub(day.first).Hours() + float64(c.hour) + float64(c.minute)/60, ok
	}
	start, okA := hour(a)
	end, okB := hour(b)
	within := hours[m[2]]
	return okA && okB && within[0] <= start && start < end && end <= within[1]
}
