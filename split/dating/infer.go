package dating

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"dateline/news"
)

// Infer concludes when a text was published from what it says, the strongest evidence first: an
// anniversary of a known day that the text reports as present, the month and day of its
// dateline, a day that it names with its weekday. Without evidence the zero value comes back.
func Infer(dateline string, sentences []string, fetched time.Time) news.Published {
	for _, s := range sentences {
		if p, ok := anniversary(s, sentences); ok {
			return p
		}
	}
	if p, ok := datelineDay(dateline, fetched); ok {
		return p
	}
	if p, ok := weekdayDate(sentences, fetched); ok {
		return p
	}
	if p, ok := firstSince(sentences); ok {
		return p
	}
	return news.Published{}
}

// anniversary reads "on the third anniversary of the Alba flood", "exactly 105 years ago", "ten
// years to the day after" where the day of what is remembered is known. The report is of that
// day, or of the day before the paper.
func anniversary(s string, all []string) (news.Published, bool) {
	fold := " " + news.Fold(s) + " "
	years, phrase := 0, ""
	words := strings.Fields(fold)
	for i, w := range words {
		switch {
		case w == "anniversary" && i > 0 && present(words[:i]):
			years, phrase = ordinal(words[i-1]), "the "+words[i-1]+" anniversary"
		case w == "exactly" && i+3 < len(words) && (words[i+2] == "years" || words[i+2] == "year") && words[i+3] == "ago":
			years, phrase = cardinal(words[i+1]), "exactly "+words[i+1]+" years ago"
		case (w == "years" || w == "year") && i > 0 && strings.Contains(fold, " to the day "):
			years, phrase = cardinal(words[i-1]), words[i-1]+" years to the day"
		}
		if years > 0 {
			break
		}
	}
	if years == 0 {
		return news.Published{}, false
	}
	for _, e := range remembered {
		name := ""
		for _, n := range e.names {
			if strings.Contains(fold, " "+n) {
				name = n
			}
		}
		if name == "" {
			continue
		}
		first := time.Date(e.year+years, e.month, e.day, 0, 0, 0, 0, time.UTC)
		weekday, said := "", false
		for d := range max(e.days, 1) { // of a happening of several days, the first on a weekday the text tells of
			at := first.AddDate(0, 0, d)
			if mentions(all, at.Weekday()) {
				first, weekday, said = at, at.Weekday().String(), true
				break
			}
		}
		if e.days > 1 && !said {
			continue
		}
		detail := fmt.Sprintf("%s of %q, which was on %d %s %d", phrase, name, e.day, e.month, e.year)
		if said {
			detail += "; the text tells of a " + weekday
		}
		return inferred(first, first.AddDate(0, 0, 1), "anniversary", detail), true
	}
	return news.Published{}, false
}

// present reports whether words before "anniversary" make it the day that is told of.
func present(before []string) bool {
	for _, w := range before {
		switch w {
		case "on", "marks", "marked", "mark", "marking", "observed", "commemorated", "commemorates", "commemorating", "celebrated", "celebrates", "today", "coincided", "coincides":
			return true
		}
	}
	return false
}

func mentions(sentences []string, day time.Weekday) bool {
	for _, s := range sentences {
		if strings.Contains(s, day.String()) {
			return true
		}
	}
	return false
}

func inferred(from, to time.Time, rule, detail string) news.Published {
	start, end := news.Day(from.Year(), from.Month(), from.Day()), news.Day(to.Year(), to.Month(), to.Day())
	p := news.Published{When: news.Between(start, end), Basis: news.Inferred, Reason: news.Reason{Rule: rule, Detail: detail}}
	if from.Equal(to) {
		p.When = news.At(start)
	}
	return p
}

// datelineDay takes the month and day of a dateline, with the last year in which that day came
// before the page was fetched.
func datelineDay(dateline string, fetched time.Time) (news.Published, bool) {
	_, after, ok := strings.Cut(dateline, ",")
	if !ok {
		return news.Published{}, false
	}
	fields := strings.FieldsFunc(after, func(r rune) bool { return strings.ContainsRune(" ,.()-–—:", r) })
	for i, f := range fields {
		m := Months[strings.ToLower(f)]
		if m == 0 || i+1 >= len(fields) {
			continue
		}
		day, err := strconv.Atoi(fields[i+1])
		if err != nil || !validDay(2000, m, day) {
			continue
		}
		if i+2 < len(fields) {
			if y, err := strconv.Atoi(fields[i+2]); err == nil && y > 1600 && y < 2200 {
				at := time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
				return inferred(at, at.AddDate(0, 0, 1), "dateline-date", strings.TrimSpace(dateline)), true
			}
		}
		if fetched.IsZero() {
			return news.Published{}, false
		}
		at := lastBefore(m, day, fetched)
		to := at.AddDate(0, 0, 1) // the paper of the day after, unless the page was there before it
		if to.After(fetched.UTC()) {
			to = at
		}
		return inferred(at, to, "dateline-date", fmt.Sprintf("%q, and the last such day before the time of fetching", strings.TrimSpace(dateline))), true
	}
	return news.Published{}, false
}

// lastBefore is the last day of the given month and number up to when the page was fetched, in
// the zone that is farthest ahead.
func lastBefore(m time.Month, day int, fetched time.Time) time.Time {
	for y := fetched.UTC().Year() + 1; ; y-- {
		at := time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
		if at.Day() == day && !at.After(fetched.UTC().Add(14*time.Hour)) { // a 29 February is not in every year
			return at
		}
	}
}

// YearOf is the publication time by a line that prints a day without its year ("Wednesday 17
// Feb"): the last such day before the page was fetched. A weekday that is printed with it must
// be that of the day.
func YearOf(p Printed, line string, fetched time.Time) news.Published {
	if fetched.IsZero() || !validDay(2000, p.Month, p.Day) {
		return news.Published{}
	}
	at := lastBefore(p.Month, p.Day, fetched)
	for w := range strings.FieldsSeq(line) {
		if day, ok := weekdayNames[strings.Trim(w, ",.")]; ok && day != at.Weekday() {
			return news.Published{}
		}
	}
	return inferred(at, at, "day-and-month", fmt.Sprintf("%q, and the last such day before the time of fetching", strings.TrimSpace(line)))
}

// weekdayDate takes a day that the text names with its weekday but no year ("Wednesday, Aug.
// 13"). Papers do so for days within a week. The year is the latest that the text names or the
// one after it, if the two agree in one of them; chance would have it so in two of seven cases,
// so the result is uncertain.
func weekdayDate(sentences []string, fetched time.Time) (news.Published, bool) {
	latest := 0
	limit := 2200
	if !fetched.IsZero() {
		limit = fetched.UTC().Year()
	}
	type named struct {
		weekday time.Weekday
		month   time.Month
		day     int
		words   string
	}
	var found []named
	for _, s := range sentences {
		f := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,.()-–—:;'\"“”’", r) })
		for i, w := range f {
			if y, err := strconv.Atoi(w); err == nil && len(w) == 4 && y >= 1900 && y <= limit && i > 0 && (f[i-1] == "in" || f[i-1] == "since" || Months[strings.ToLower(f[i-1])] > 0) {
				latest = max(latest, y)
			}
			day, ok := weekdayNames[w]
			if !ok || i+2 >= len(f) {
				continue
			}
			a, b := strings.ToLower(f[i+1]), strings.ToLower(f[i+2])
			m, d := Months[a], b
			if m == 0 {
				m, d = Months[b], a
			}
			n, err := strconv.Atoi(strings.TrimRight(d, "stndrh"))
			if m == 0 || err != nil || !validDay(2000, m, n) {
				continue
			}
			if i+3 < len(f) {
				if _, err := strconv.Atoi(f[i+3]); err == nil && len(f[i+3]) == 4 {
					continue // a day of a named year
				}
			}
			found = append(found, named{day, m, n, strings.Join(f[i:i+3], " ")})
		}
	}
	if latest == 0 || len(found) == 0 {
		return news.Published{}, false
	}
	n := found[0]
	for y := latest; y <= latest+1 && y <= limit; y++ {
		at := time.Date(y, n.month, n.day, 0, 0, 0, 0, time.UTC)
		if at.Weekday() != n.weekday {
			continue
		}
		p := inferred(at.AddDate(0, 0, -6), at.AddDate(0, 0, 6), "weekday-and-day",
			fmt.Sprintf("%q agrees in %d, and the text names %d last; a weekday is told of a day within a week", n.words, y, latest))
		p.When.Start.Uncertain, p.When.End.Uncertain = true, true
		return p, true
	}
	return news.Published{}, false
}

// firstSince adds up "for the first time in six years" and "they last met in 2019": the year of
// the report, about.
func firstSince(sentences []string) (news.Published, bool) {
	years, last := 0, 0
	var told string
	for _, s := range sentences {
		words := strings.Fields(news.Fold(s))
		for i, w := range words {
			switch {
			case w == "first" && i+4 < len(words) && words[i+2] == "in" && words[i+4] == "years" && years == 0:
				years, told = cardinal(words[i+3]), strings.Join(words[i:i+5], " ")
			case w == "last" && last == 0:
				for j := i + 1; j+1 < len(words) && j <= i+3; j++ {
					y, err := strconv.Atoi(words[j+1])
					if words[j] == "in" && err == nil && y >= 1900 && y < 2200 {
						last = y
					}
				}
			}
		}
	}
	if years == 0 || last == 0 {
		return news.Published{}, false
	}
	m := news.Moment{Year: last + years, Approximate: true}
	return news.Published{When: news.At(m), Basis: news.Inferred, Reason: news.Reason{Rule: "first-since", Detail: fmt.Sprintf("%q, and the last was in %d", told, last)}}, true
}

var weekdayNames = map[string]time.Weekday{
	"Monday": time.Monday, "Tuesday": time.Tuesday, "Wednesday": time.Wednesday, "Thursday": time.Thursday,
	"Friday": time.Friday, "Saturday": time.Saturday, "Sunday": time.Sunday,
}

var ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twentieth": 20, "fiftieth": 50}

func ordinal(w string) int {
	if n := ordinals[w]; n > 0 {
		return n
	}
	n, err := strconv.Atoi(strings.TrimRight(w, "stndrh"))
	if err != nil || n > 500 || w[len(w)-1] <= '9' {
		return 0
	}
	return n
}

func cardinal(w string) int {
	if n := numbers[w]; n > 0 {
		return n
	}
	if n, err := strconv.Atoi(w); err == nil && n > 0 && n <= 500 {
		return n
	}
	return 0
}

// remembered are days whose anniversaries the news keeps: general history, no news of the
// moment. Names are folded as news.Fold does, and are long enough to mean nothing else.
var remembered = func() []happening {
	var out []happening
	for _, line := range strings.Split(strings.TrimSpace(history), "\n") {
		day, names, _ := strings.Cut(strings.TrimSpace(line), " ")
		day, days, _ := strings.Cut(day, "+")
		t, err := time.Parse(time.DateOnly, day)
		if err != nil {
			panic("dating: " + line)
		}
		n, _ := strconv.Atoi(days)
		out = append(out, happening{t.Year(), t.Month(), t.Day(), n + 1, strings.Split(names, "|")})
	}
	return out
}()

// A happening began on a day and lasted some.
type happening struct {
	year  int
	month time.Month
	day   int
	days  int
	names []string
}

const history = `
1776-07-04 declaration of independence
1789-07-14 storming of the bastille
1912-04-15 sinking of the titanic|titanic sank
1915-04-24 armenian genocide
1918-11-11 armistice that ended|end of world war i|end of the first world war
1920-08-12+13 battle of warsaw
1939-09-01 outbreak of world war ii|outbreak of the second world war|invasion of poland
1941-12-07 attack on pearl harbor|pearl harbor attack|bombing of pearl harbor
1943-04-19 warsaw ghetto uprising
1944-06-06 d day|normandy landings
1944-08-01 warsaw uprising
1945-01-27 liberation of auschwitz
1945-05-08 victory in europe day|ve day|end of world war ii in europe|end of the second world war in europe
1945-08-06 bombing of hiroshima|atomic bombing of hiroshima|attack on hiroshima
1945-08-09 bombing of nagasaki|attack on nagasaki
1945-08-15 vj day|victory over japan|japans surrender
1947-08-15 partition of india|indias independence
1956-10-23 hungarian uprising|hungarian revolution
1961-08-13 building of the berlin wall|construction of the berlin wall
1963-08-28 march on washington|i have a dream
1963-11-22 assassination of president kennedy|assassination of john f kennedy|kennedy assassination
1968-04-04 assassination of martin luther king|martin luther kings assassination
1968-08-21 invasion of czechoslovakia|crushing of the prague spring
1969-07-20 moon landing|apollo 11
1972-01-30 bloody sunday
1973-01-22 roe v wade
1973-09-11 coup in chile|chilean coup|pinochets coup
1973-10-06 yom kippur war
1974-04-25 carnation revolution
1974-07-20 turkish invasion of cyprus|turkeys invasion of cyprus
1979-02-11 iranian revolution|islamic revolution
1982-04-02 invasion of the falkland|falklands war
1984-12-03 bhopal
1986-01-28 challenger disaster|challenger explosion
1986-04-26 chernobyl
1988-12-21 lockerbie
1989-06-04 tiananmen
1989-11-09 fall of the berlin wall|berlin wall fell|berlin walls fall
1990-10-03 german reunification|german unity
1991-08-19 soviet coup
1994-04-07 rwandan genocide|genocide in rwanda
1995-04-19 oklahoma city bombing
1995-07-11 srebrenica
1997-07-01 handover of hong kong|hong kongs handover|hong kongs return
1997-08-31 death of princess diana|princess dianas death
1998-04-10 good friday agreement
1999-04-20 columbine
2001-09-11 september 11 attacks|9 11 attacks|sept 11 attacks|september 11th attacks|9 11 terrorist attacks|september 11 terrorist attacks|sept 11 2001
2004-03-11 madrid train bombings|madrid bombings
2004-12-26 indian ocean tsunami|boxing day tsunami
2005-07-07 london bombings|7 7 attacks|7 7 bombings
2005-08-29 hurricane katrina
2008-11-26 mumbai attacks|mumbai terror attacks|26 11 attacks
2010-01-12 haiti earthquake|earthquake in haiti
2011-03-11 fukushima|tohoku earthquake
2012-12-14 sandy hook
2013-04-15 boston marathon bombing
2014-03-18 annexation of crimea|crimeas annexation
2014-07-17 downing of flight mh17|downing of mh17|mh17 disaster
2015-01-07 charlie hebdo
2015-11-13 bataclan|paris attacks
2016-06-23 brexit referendum|brexit vote
2017-06-14 grenfell
2019-03-15 christchurch mosque
2020-05-25 killing of george floyd|murder of george floyd|death of george floyd|george floyds death|george floyds murder
2020-08-04 beirut port explosion|beirut port blast|beirut blast|beirut explosion
2021-01-06 attack on the capitol|capitol attack|capitol riot|jan 6 attack|january 6 attack|january 6th attack
2021-02-01 coup in myanmar|myanmars coup|myanmar coup
2021-08-15 talibans takeover|taliban takeover|fall of kabul|talibans return to power
2022-02-24 invasion of ukraine|russia invaded ukraine|war in ukraine
2023-02-06 earthquake in turkey|turkey syria earthquake
2023-10-07 october 7 attack|oct 7 attack|october 7th attack|hamas attack on israel|hamass attack`
