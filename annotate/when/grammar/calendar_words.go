package grammar

import (
	"strings"

	"dateline/annotate/when/calendar"
)

// way reads "last", "the past", "this coming", "that same" at token i. det is true where an
// article stands before it.
func (g *Grammar) way(i int) (w Way, to int, det, ok bool) {
	k := i
	if g.has(k, isDeterminer) && !g.is(k, "a", "an") {
		det = true
		k++
	}
	if g.is(k, "very") {
		k++
	}
	t := g.at(k)
	if t.word.is&isWay == 0 || k > i && t.Break {
		return NoWay, i, false, false
	}
	w, to = t.word.way, k+1
	if w == Following && !det {
		return NoWay, i, false, false // "following the vote"
	}
	if w == This || w == That {
		switch {
		case g.is(to, "past", "last"):
			return Last, to + 1, det, true
		case g.is(to, "coming", "next"):
			return Next, to + 1, det, true
		case g.is(to, "same", "very"):
			to++
		}
	}
	return w, to, det, true
}

// deictic reads "today", "yesterday", "the day after tomorrow".
func (g *Grammar) deictic(i int) *Expression {
	if !g.has(i, isDeictic) && !g.is(i, "the") {
		return nil
	}
	e := &Expression{Form: Deictic, Rule: "deictic-day", From: i}
	k := i
	if end, ok := g.seq(i, "the", "day", "before"); ok && g.is(end, "yesterday") {
		e.N, e.To = -2, end+1
		return e
	}
	if end, ok := g.seq(i, "the", "day", "after"); ok && g.is(end, "tomorrow") {
		e.N, e.To = 2, end+1
		return e
	}
	t := g.at(k)
	if t.Cap && !t.Caps && k > 0 && !t.Break && g.is(k-1, "usa", "russia", "india", "psychology", "christianity", "is", "world", "the", "ukraine") && !g.is(k-1, "is") {
		return nil
	}
	switch t.Text {
	case "today":
	case "yesterday":
		e.N = -1
	case "tomorrow":
		e.N = 1
	case "tonight":
		return &Expression{Form: Part, Rule: "part-of-day", From: i, To: i + 1, Part: Night, Way: This}
	default:
		return nil
	}
	e.To = k + 1
	return e
}

// units reads a unit with a way: "last week", "the past two years", "this month", "the same
// day", "the quarter", "next summer", "last September", "this morning".
func (g *Grammar) units(i int) *Expression {
	way, k, det, ok := g.way(i)
	if !ok {
		return g.bareUnit(i)
	}
	if !g.near(k) && k < len(g.Tokens) || g.is(i-1, "at", "the") && way == Last {
		return nil
	}
	e := &Expression{Form: Unit, Rule: "unit-way", From: i, Way: way}
	// "the past two years", "recent years"
	if n, to, ok := g.number(k); ok && !g.has(k, isUnit) {
		if g.is(to, "-") {
			to++
		}
		if u, plural, end, ok := g.unit(to); ok && (plural || n == 1 || n < 0) {
			e.Form, e.Rule, e.N, e.Unit, e.To, e.Plural = Span, "span", n, u, end, true
			if way == This || way == That || way == Same {
				e.Form, e.Rule = Duration, "duration"
			}
			return e
		}
		return nil
	}
	if way == That && (g.has(k, isMonth) || g.has(k, isWeekday)) {
		return nil // "said that June ..."
	}
	if m, to, ok := g.month(k); ok && !g.has(k, isAbbreviation) && way != Latest {
		return &Expression{Form: Calendar, Rule: "month-way", From: i, To: to, Month: m, Way: way}
	}
	if g.has(k, isSeason) && !g.has(k, isPlural) {
		return &Expression{Form: Season, Rule: "season", From: i, To: k + 1, Nth: g.at(k).word.n, Way: way}
	}
	if g.has(k, isPart) && !g.has(k, isPlural) && way != Latest && way != Past {
		return &Expression{Form: Part, Rule: "part-of-day", From: i, To: k + 1, Part: g.at(k).word.n, Way: way}
	}
	if g.has(k, isHoliday) {
		if h := g.holiday(k); h != nil && h.From == k {
			h.From, h.Way = i, way
			return h
		}
	}
	if g.is(k, "period") && (way == Same || way == Latest) || g.is(k, "time") && (way == Same || way == This) && g.is(k+1, "last", "next") {
		return g.tailPeriod(&Expression{Form: Period, Rule: "same-period", From: i, To: k + 1, Way: way})
	}
	if g.is(k, "time") && way == That && g.is(i-1, "by", "since", "until", "before", "from") {
		e.Unit, e.To, e.Way = calendar.DayUnit, k+1, That
		return e
	}
	u, plural, to, ok := g.unit(k)
	if !ok {
		return nil
	}
	e.Unit, e.To, e.Plural = u, to, plural
	if u < calendar.DayUnit || g.is(to, "-") && g.at(to).Tight {
		return nil
	}
	if g.is(to, "s") && g.at(to).Tight {
		return nil
	}
	switch {
	case plural:
		if way == Same || way == That || way == Latest || way == This {
			return nil
		}
		e.Form, e.Rule, e.N = Span, "span", -1
	case u == calendar.DayUnit && way == This:
		return nil // "this day" is rhetoric
	case way == Next && det && u == calendar.DayUnit:
		e.Way = Following
	case (way == Next || way == Coming) && det, way == Past, way == Last && det && u == calendar.Year && g.is(i-1, "over", "in", "during", "within"), way == Last && det && u != calendar.Year && u != calendar.Quarter && u != calendar.Century && u != calendar.DayUnit:
		e.Form, e.Rule, e.N = Span, "span", 1
		if u == calendar.Century && way == Past {
			e.Form, e.Way = Unit, Last
		}
	}
	if way == Same && u == calendar.DayUnit && !det {
		return nil // "same-day delivery"
	}
	if way == Same || way == Latest || way == Previous {
		return g.tailPeriod(e)
	}
	if (way == Last) && det && u == calendar.DayUnit {
		return nil // "the last day" of something
	}
	return e
}

// tailPeriod joins "last year", "a year earlier", "of 2008" to the period they tell.
func (g *Grammar) tailPeriod(e *Expression) *Expression {
	k := e.To
	if g.is(k, "of", "in") {
		k++
	}
	if !g.near(k) {
		return e
	}
	if h := g.inner(k, g.units, g.year, g.ago); h != nil && (h.Form == Ago && k == e.To || h.Form == Unit && h.Unit >= calendar.Month && h.Way != Bare || h.Form == Span && h.N == 1 || h.Form == Calendar && h.Month == 0) {
		e.In, e.To = h, h.To
	}
	return e
}

// bareUnit reads a unit with nothing but an article: "the day", "the weekend", "the quarter".
// Which one it is, the text before must tell.
func (g *Grammar) bareUnit(i int) *Expression {
	if !g.is(i, "the") {
		return nil
	}
	k := i + 1
	if g.is(k, "full", "entire", "whole", "fiscal", "financial") {
		k++
	}
	t := g.at(k)
	if t.word.is&isUnit == 0 || t.word.is&isPlural != 0 || t.Break || t.Cap {
		return nil
	}
	e := &Expression{Form: Unit, Rule: "bare-unit", From: i, To: k + 1, Unit: t.word.unit, Way: Bare}
	if g.is(k-1, "fiscal", "financial") && e.Unit == calendar.Year {
		e.Unit = calendar.FiscalYear
	}
	if g.is(e.To, "to") && (g.has(e.To+1, isMonth) || g.is(e.To+1, "date", "end")) {
		return nil // "the year to March"
	}
	edged := g.is(i-1, "in", "of") && (g.has(i-2, isEdge) || g.has(i-2, isEdgeNoun)) && e.Unit >= calendar.DayUnit
	if edged && !g.is(e.To, "of", "-") {
		return e
	}
	if !g.endsPhrase(e.To) && !pastForm(g.at(e.To)) || g.is(e.To, "of", "when", "that", "he", "she", "they", "we", "i", "it", "after", "before", "you", "since", "his", "her", "their") {
		return nil
	}
	switch e.Unit {
	case calendar.DayUnit, calendar.Year, calendar.Month, calendar.Week, calendar.Decade, calendar.Century:
		if g.is(i-1, "of") && !g.has(i-2, isEdgeNoun) && !(g.at(i-2).word.is&isUnit != 0) && !g.is(i-2, "most", "much", "rest", "all") {
			return nil
		}
		if g.is(i-1, "by") && e.Unit == calendar.DayUnit {
			return nil
		}
		return e
	case calendar.Quarter, calendar.Weekend:
		return e
	}
	return nil
}

// pastForm reports whether a token looks like a verb in the past.
func pastForm(t *Token) bool {
	return t.Kind == Word && !t.Cap && (strings.HasSuffix(t.Text, "ed") && len(t.Text) > 4 || t.Text == "brought" || t.Text == "saw" || t.Text == "began")
}

// adjacent reads "the day before", "the year after", "the year previous".
func (g *Grammar) adjacent(i int) *Expression {
	if !g.is(i, "the") || !(g.has(i+1, isUnit) && !g.has(i+1, isPlural) || g.is(i+1, "night")) {
		return nil
	}
	u := g.at(i + 1).word.unit
	e := &Expression{Form: Unit, Rule: "day-before", From: i, To: i + 3, Unit: u}
	n := g.at(i + 3)
	if n.Kind == Word && !n.Break && !g.is(i+3, "when", "and", "but", "by", "in", "at", "to") {
		return nil
	}
	switch {
	case g.is(i+2, "before", "previous", "earlier", "prior"):
		e.Way = Previous
	case g.is(i+2, "after", "following", "later"):
		e.Way = Following
	default:
		return nil
	}
	if u == calendar.NoUnit {
		e.Form, e.Part = Part, Night
		return e
	}
	if u < calendar.DayUnit {
		return nil
	}
	return e
}

// quarter reads quarters and halves: "the third quarter", "its fiscal first quarter of 2009",
// "Q3 2009", "the 1988 quarter", "first half of 2008".
func (g *Grammar) quarter(i int) *Expression {
	if t := g.at(i); t.Kind != Number && t.word.is&(isDeterminer|isOrdinal|isFill) == 0 && t.Text != "q" {
		return nil
	}
	e := &Expression{Form: Ordinal, Rule: "quarter", From: i, Unit: calendar.Quarter}
	k := i
	if g.has(k, isDeterminer) && !g.is(k, "a", "an") {
		k++
	}
	if y, to, ok := g.yearNumber(k); ok {
		e.In = &Expression{Form: Calendar, Rule: "year", From: k, To: to, Year: y}
		k = to
		if g.is(k, "period") && k > i+1 {
			return &Expression{Form: Period, Rule: "same-period", From: i, To: k + 1, In: e.In}
		}
		if g.is(k, "quarter") && k > i+1 {
			return &Expression{Form: Period, Rule: "same-period", From: i, To: k + 1, In: e.In, Unit: calendar.Quarter}
		}
	}
	if g.is(k, "fiscal", "financial") {
		k++
	}
	if g.is(k, "q") && g.at(k+1).Kind == Number && g.at(k+1).Tight && g.at(k+1).Value >= 1 && g.at(k+1).Value <= 4 {
		e.Nth, e.To = g.at(k+1).Value, k+2
		return g.holder(e)
	}
	n, to, ok := g.ordinal(k)
	if !ok || n > 4 || n == 0 {
		return nil
	}
	if n < 0 {
		if g.is(k, "last") && e.In == nil {
			if y, _, ok := g.tailYear(to + 1); !ok || y < 100 {
				return nil // "the last quarter" is the one before this
			}
		}
		n = 4
	}
	if g.is(to, "-") {
		to++
	}
	if g.is(to, "fiscal") {
		to++
	}
	switch {
	case g.is(to, "quarter"):
		e.Nth, e.To = n, to+1
		if (g.is(e.To, "of", "against", "with") || g.is(e.To, "touchdown", "goal")) && g.is(e.To+1, "the") && g.is(e.To+2, "game", "match", "season") || g.is(e.To, "touchdown", "goal", "final", "finals", "century") {
			return nil
		}
		return g.holder(e)
	case g.is(to, "half") && n <= 2 && (g.is(to+1, "of") || e.In != nil):
		e.Unit, e.Nth, e.To = calendar.Half, n, to+1
		if h := g.holder(e); h.In != nil && (h.In.Form == Calendar && h.In.Month == 0 || h.In.Form == Unit && h.In.Unit == calendar.Year) {
			return h
		}
	}
	return nil
}

// holder joins what a date lies in: "of this year", "2009", ", last year".
func (g *Grammar) holder(e *Expression) *Expression {
	if e.In != nil {
		return e
	}
	k := e.To
	if g.is(k, "of", "in", ",", "for", "on") {
		k++
		if g.is(k-1, "in", ",", "for", "on") && !(g.has(k, isWay) && !g.is(k, "the", "that")) && g.at(k).Kind != Number && !g.is(k, "fiscal") {
			return e
		}
	}
	if !g.near(k) || k >= len(g.Tokens) {
		return e
	}
	h := g.inner(k, g.units, g.year, g.month1)
	if h == nil || h.From != k {
		return e
	}
	switch {
	case h.Form == Calendar && h.Month == 0 && !h.TwoDigit && e.Form != Weekday:
	case h.Form == Calendar && h.Month != 0 && h.Day == 0 && g.is(k-1, "of") && (e.Form == Ordinal || e.Form == Edge):
	case h.Form == Unit && (h.Way != Bare || g.is(k-1, "of")) && (h.Unit > e.size() || h.Unit == calendar.Week && e.Form == Weekday):
		if k == e.To && (h.Way == Bare || h.Way == That) {
			return e
		}
		if g.is(k-1, ",", "for") && h.Unit != calendar.Year {
			return e
		}
	default:
		return e
	}
	e.In, e.To = h, h.To
	return e
}

// size is the unit an expression is of.
func (e *Expression) size() calendar.Unit {
	switch e.Form {
	case Calendar:
		switch {
		case e.Day != 0:
			return calendar.DayUnit
		case e.Month != 0:
			return calendar.Month
		}
		return calendar.Year
	case Weekday, Deictic, Holiday:
		return calendar.DayUnit
	case Season:
		return calendar.Season
	}
	return e.Unit
}

// month1 reads a month with or without its year, for a holder.
func (g *Grammar) month1(i int) *Expression {
	m, to, ok := g.month(i)
	if !ok {
		return nil
	}
	e := &Expression{Form: Calendar, Rule: "month", From: i, To: to, Month: m}
	if y, end, ok := g.tailYear(to); ok && y > 99 {
		e.Year, e.To = y, end
		return e
	}
	return g.holder(e)
}

// ordinalOf reads "the last week of March", "the first Monday in October", "the fourth week in a
// row".
func (g *Grammar) ordinalOf(i int) *Expression {
	k := i
	if g.has(k, isDeterminer) && !g.is(k, "a", "an") {
		k++
	}
	n, to, ok := g.ordinal(k)
	if !ok || n > 31 {
		return nil
	}
	e := &Expression{Form: Ordinal, Rule: "ordinal-of", From: i, Nth: n}
	if d, end, ok := g.weekdayName(to); ok && !g.has(to, isPlural) {
		e.Weekday, e.Unit, e.To = d, calendar.DayUnit, end
	} else if u, plural, end, ok := g.unit(to); ok && !plural && u >= calendar.DayUnit {
		e.Unit, e.To = u, end
		if end, ok := g.seq(end, "in", "a", "row"); ok {
			e.To = end
			return e
		}
	} else {
		return nil
	}
	if g.is(e.To, "of", "in") {
		if h := g.inner(e.To+1, g.month1, g.units, g.year); h != nil && (h.Form == Calendar || h.Form == Unit) {
			e.In, e.To = h, h.To
			return e
		}
	}
	return nil
}

// season reads "summer 2012", "the fall of 2012", "this spring", "the winter".
func (g *Grammar) season(i int) *Expression {
	k := i
	if g.is(k, "the") {
		k++
	}
	t := g.at(k)
	if t.word.is&isSeason == 0 || t.word.is&isPlural != 0 || k > i && t.Break {
		return nil
	}
	e := &Expression{Form: Season, Rule: "season", From: i, To: k + 1, Nth: t.word.n}
	h := *e
	if g.holder(&h); h.In != nil {
		return &h
	}
	if y, to, ok := g.tailYear(e.To); ok && y < 100 {
		e.In, e.To = &Expression{Form: Calendar, Year: y, TwoDigit: true}, to
		return e
	}
	// alone, it is a season only after a word of time, and "fall" only after "in the" or "this"
	if n := g.at(e.To); n.Kind == Word && n.Cap && !n.Break || g.is(e.To, "-") && g.at(e.To).Tight {
		return nil
	}
	switch {
	case t.Text == "fall" || t.Text == "spring":
		if !(g.is(i-1, "in", "last", "early", "late", "by", "since", "until", "during", "mid") && g.endsPhrase(e.To) && (k > i || t.Text == "spring" || g.is(i-1, "early", "late"))) {
			return nil
		}
		if g.is(e.To, "of") {
			return nil
		}
	case k == i && !g.has(i-1, isPreposition):
		return nil
	case g.is(e.To, "of"):
		return nil
	}
	if !g.endsPhrase(e.To) {
		return nil
	}
	return e
}

// holiday reads the name of a day that recurs each year.
func (g *Grammar) holiday(i int) *Expression {
	k := i
	if g.is(k, "the") {
		k++
	}
	t := g.at(k)
	if t.word.is&isHoliday == 0 || !t.Cap {
		return nil
	}
	best := -1
	e := &Expression{Form: Holiday, Rule: "holiday", From: i}
	for _, name := range holidayHeads[t.Text] {
		if to, ok := g.follows(k+1, name.rest); ok && to > best {
			best, e.Holiday, e.To = to, name.day, to
		}
	}
	if best < 0 {
		return nil
	}
	if k > i && e.Holiday != calendar.IndependenceDay && !(e.Holiday == calendar.NewYearsDay && e.To == k+2) || e.To == k+2 && e.Holiday == calendar.NewYearsDay && !g.at(k+1).Cap {
		return nil
	}
	if n := g.at(e.To); best == k+1 && n.Kind == Word && n.Cap && !n.Break {
		return nil // "Easter Island", "Christmas Carol"
	}
	if t.Text == "may" && g.starts(i) && !g.at(e.To-1).Cap {
		return nil
	}
	return g.holder(e)
}

// follows reports whether the words, parted by blanks, follow one another from token i.
func (g *Grammar) follows(i int, words string) (int, bool) {
	for words != "" {
		var w string
		w, words, _ = strings.Cut(words, " ")
		if g.at(i).Text != w || i >= len(g.Tokens) || g.Tokens[i].Break {
			return i, false
		}
		i++
	}
	return i, true
}
