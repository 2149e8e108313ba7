package grammar

import (
	"strings"

	"dateline/annotate/when/calendar"
	"dateline/annotate/when/phrase"
	"dateline/annotate/when/words"
)

// units reads a unit with a way: "last week", "the past two years", "this month", "the same
// day", "the quarter", "next summer", "last September", "this morning".
func (g *Grammar) units(i int) *phrase.Expression {
	way, k, det, ok := g.Way(i)
	if !ok {
		return g.bareUnit(i)
	}
	if !g.Near(k) && k < len(g.Tokens) || g.Is(i-1, "at", "the") && way == words.Last {
		return nil
	}
	e := &phrase.Expression{Form: phrase.Unit, Rule: "unit-way", From: i, Way: way}
	// "the past two years", "recent years"
	if n, to, ok := g.Number(k); ok && !g.Has(k, words.IsUnit) {
		if g.Is(to, "-") {
			to++
		}
		if u, plural, end, ok := g.UnitAt(to); ok && (plural || n == 1 || n < 0) {
			e.Form, e.Rule, e.N, e.Unit, e.To, e.Plural = phrase.Span, "span", n, u, end, true
			if way == words.This || way == words.That || way == words.Same {
				e.Form, e.Rule = phrase.Duration, "duration"
			}
			return e
		}
		return nil
	}
	if way == words.That && (g.Has(k, words.IsMonth) || g.Has(k, words.IsWeekday)) {
		return nil // "said that June ..."
	}
	if m, to, ok := g.Month(k); ok && !g.Has(k, words.IsAbbreviation) && way != words.Latest {
		return &phrase.Expression{Form: phrase.Calendar, Rule: "month-way", From: i, To: to, Month: m, Way: way}
	}
	if g.Has(k, words.IsSeason) && !g.Has(k, words.IsPlural) {
		return &phrase.Expression{Form: phrase.Season, Rule: "season", From: i, To: k + 1, Nth: g.At(k).Word.N, Way: way}
	}
	if g.Has(k, words.IsPart) && !g.Has(k, words.IsPlural) && way != words.Latest && way != words.Past {
		return &phrase.Expression{Form: phrase.Part, Rule: "part-of-day", From: i, To: k + 1, Part: g.At(k).Word.N, Way: way}
	}
	if g.Has(k, words.IsHoliday) {
		if h := g.holiday(k); h != nil && h.From == k {
			h.From, h.Way = i, way
			return h
		}
	}
	if g.Is(k, "period") && (way == words.Same || way == words.Latest) || g.Is(k, "time") && (way == words.Same || way == words.This) && g.Is(k+1, "last", "next") {
		return g.tailPeriod(&phrase.Expression{Form: phrase.Period, Rule: "same-period", From: i, To: k + 1, Way: way})
	}
	if g.Is(k, "time") && way == words.That && g.Is(i-1, "by", "since", "until", "before", "from") {
		e.Unit, e.To, e.Way = calendar.DayUnit, k+1, words.That
		return e
	}
	u, plural, to, ok := g.UnitAt(k)
	if !ok {
		return nil
	}
	e.Unit, e.To, e.Plural = u, to, plural
	if u < calendar.DayUnit || g.Is(to, "-") && g.At(to).Tight {
		return nil
	}
	if g.Is(to, "s") && g.At(to).Tight {
		return nil
	}
	switch {
	case plural:
		if way == words.Same || way == words.That || way == words.Latest || way == words.This {
			return nil
		}
		e.Form, e.Rule, e.N = phrase.Span, "span", -1
	case u == calendar.DayUnit && way == words.This:
		return nil // "this day" is rhetoric
	case way == words.Next && det && u == calendar.DayUnit:
		e.Way = words.Following
	case (way == words.Next || way == words.Coming) && det, way == words.Past, way == words.Last && det && u == calendar.Year && g.Is(i-1, "over", "in", "during", "within"), way == words.Last && det && u != calendar.Year && u != calendar.Quarter && u != calendar.Century && u != calendar.DayUnit:
		e.Form, e.Rule, e.N = phrase.Span, "span", 1
		if u == calendar.Century && way == words.Past {
			e.Form, e.Way = phrase.Unit, words.Last
		}
	}
	if way == words.Same && u == calendar.DayUnit && !det {
		return nil // "same-day delivery"
	}
	if way == words.Same || way == words.Latest || way == words.Previous {
		return g.tailPeriod(e)
	}
	if (way == words.Last) && det && u == calendar.DayUnit {
		return nil // "the last day" of something
	}
	return e
}

// tailPeriod joins "last year", "a year earlier", "of 2008" to the period they tell.
func (g *Grammar) tailPeriod(e *phrase.Expression) *phrase.Expression {
	k := e.To
	if g.Is(k, "of", "in") {
		k++
	}
	if !g.Near(k) {
		return e
	}
	if h := g.inner(k, g.units, g.Year, g.ago); h != nil && (h.Form == phrase.Ago && k == e.To || h.Form == phrase.Unit && h.Unit >= calendar.Month && h.Way != words.Bare || h.Form == phrase.Span && h.N == 1 || h.Form == phrase.Calendar && h.Month == 0) {
		e.In, e.To = h, h.To
	}
	return e
}

// bareUnit reads a unit with nothing but an article: "the day", "the weekend", "the quarter".
// Which one it is, the text before must tell.
func (g *Grammar) bareUnit(i int) *phrase.Expression {
	if !g.Is(i, "the") {
		return nil
	}
	k := i + 1
	if g.Is(k, "full", "entire", "whole", "fiscal", "financial") {
		k++
	}
	t := g.At(k)
	if t.Word.Is&words.IsUnit == 0 || t.Word.Is&words.IsPlural != 0 || t.Break || t.Cap {
		return nil
	}
	e := &phrase.Expression{Form: phrase.Unit, Rule: "bare-unit", From: i, To: k + 1, Unit: t.Word.Unit, Way: words.Bare}
	if g.Is(k-1, "fiscal", "financial") && e.Unit == calendar.Year {
		e.Unit = calendar.FiscalYear
	}
	if g.Is(e.To, "to") && (g.Has(e.To+1, words.IsMonth) || g.Is(e.To+1, "date", "end")) {
		return nil // "the year to March"
	}
	if g.Is(i-1, "is", "was") && g.Is(e.To, "to", "for") || g.Is(i-1, "in") && g.Is(i-2, "back") {
		return nil // "this is the year to win", "back in the day"
	}
	if e.Unit == calendar.DayUnit && (g.Is(i-1, "carry", "carried", "win", "won", "wins", "save", "saved", "saves", "seize", "rule", "ruled", "rules", "carries") || g.Is(e.To, "in") && g.Is(e.To+1, "and")) {
		return nil // "to carry the day"
	}
	edged := g.Is(i-1, "in", "of") && (g.Has(i-2, words.IsEdge) || g.Has(i-2, words.IsEdgeNoun)) && e.Unit >= calendar.DayUnit
	if edged && !g.Is(e.To, "of", "-") {
		return e
	}
	if !g.EndsPhrase(e.To) && !pastForm(g.At(e.To)) || g.Is(e.To, "of", "when", "that", "he", "she", "they", "we", "i", "it", "after", "before", "you", "since", "his", "her", "their", "the", "a", "an", "between") {
		return nil
	}
	switch e.Unit {
	case calendar.DayUnit, calendar.Year, calendar.Month, calendar.Week, calendar.Decade, calendar.Century:
		if g.Is(i-1, "of") && !g.Has(i-2, words.IsEdgeNoun) && !(g.At(i-2).Word.Is&words.IsUnit != 0) && !g.Is(i-2, "most", "much", "rest", "all") {
			return nil
		}
		if g.Is(i-1, "by") && e.Unit == calendar.DayUnit {
			return nil
		}
		return e
	case calendar.Quarter:
		if h := g.tailPeriod(e); h.In != nil && h.In.Form == phrase.Ago {
			h.Form, h.Rule, h.Way = phrase.Period, "same-period", words.Same
			return h
		}
		return e
	case calendar.Weekend:
		return e
	}
	return nil
}

// pastForm reports whether a token looks like a verb in the past.
func pastForm(t *words.Token) bool {
	return t.Kind == words.Word && !t.Cap && (strings.HasSuffix(t.Text, "ed") && len(t.Text) > 4 || t.Text == "brought" || t.Text == "saw" || t.Text == "began")
}

// adjacent reads "the day before", "the year after", "the year previous".
func (g *Grammar) adjacent(i int) *phrase.Expression {
	if !g.Is(i, "the") || !(g.Has(i+1, words.IsUnit) && !g.Has(i+1, words.IsPlural) || g.Is(i+1, "night")) {
		return nil
	}
	u := g.At(i + 1).Word.Unit
	e := &phrase.Expression{Form: phrase.Unit, Rule: "day-before", From: i, To: i + 3, Unit: u}
	n := g.At(i + 3)
	if n.Kind == words.Word && !n.Break && !g.Is(i+3, "when", "and", "but", "by", "in", "at", "to") {
		return nil
	}
	switch {
	case g.Is(i+2, "before", "previous", "earlier", "prior"):
		e.Way = words.Previous
	case g.Is(i+2, "after", "following", "later"):
		e.Way = words.Following
	default:
		return nil
	}
	if u == calendar.NoUnit {
		e.Form, e.Part = phrase.Part, words.Night
		return e
	}
	if u < calendar.DayUnit {
		return nil
	}
	return e
}

// quarter reads quarters and halves: "the third quarter", "its fiscal first quarter of 2009",
// "Q3 2009", "the 1988 quarter", "first half of 2008".
func (g *Grammar) quarter(i int) *phrase.Expression {
	if t := g.At(i); t.Kind != words.Number && t.Word.Is&(words.IsDeterminer|words.IsOrdinal|words.IsFill) == 0 && t.Text != "q" {
		return nil
	}
	e := &phrase.Expression{Form: phrase.Ordinal, Rule: "quarter", From: i, Unit: calendar.Quarter}
	k := i
	if g.Has(k, words.IsDeterminer) && !g.Is(k, "a", "an") {
		k++
	}
	if y, to, ok := g.YearNumber(k); ok {
		e.In = &phrase.Expression{Form: phrase.Calendar, Rule: "year", From: k, To: to, Year: y}
		k = to
		if g.Is(k, "period") && k > i+1 {
			return &phrase.Expression{Form: phrase.Period, Rule: "same-period", From: i, To: k + 1, In: e.In}
		}
		if g.Is(k, "quarter") && k > i+1 {
			return &phrase.Expression{Form: phrase.Period, Rule: "same-period", From: i, To: k + 1, In: e.In, Unit: calendar.Quarter}
		}
	}
	if g.Is(k, "fiscal", "financial") {
		k++
	}
	if g.Is(k, "q") && g.At(k+1).Kind == words.Number && g.At(k+1).Tight && g.At(k+1).Value >= 1 && g.At(k+1).Value <= 4 {
		e.Nth, e.To = g.At(k+1).Value, k+2
		return g.holder(e)
	}
	n, to, ok := g.OrdinalAt(k)
	if !ok || n > 4 || n == 0 {
		return nil
	}
	if n < 0 {
		if g.Is(to, "half") {
			n = 2
		} else if g.Is(k, "last") && e.In == nil {
			if y, _, ok := g.TailYear(to + 1); !ok || y < 100 {
				return nil // "the last quarter" is the one before this
			}
		}
		if n < 0 {
			n = 4
		}
	}
	if g.Is(to, "-") {
		to++
	}
	if g.Is(to, "fiscal") {
		to++
	}
	switch {
	case g.Is(to, "quarter"):
		e.Nth, e.To = n, to+1
		if (g.Is(e.To, "of", "against", "with") || g.Is(e.To, "touchdown", "goal")) && g.Is(e.To+1, "the") && g.Is(e.To+2, "game", "match", "season") || g.Is(e.To, "touchdown", "goal", "final", "finals", "century") {
			return nil
		}
		return g.holder(e)
	case g.Is(to, "half") && n <= 2 && (g.Is(to+1, "of") || e.In != nil):
		e.Unit, e.Nth, e.To = calendar.Half, n, to+1
		if h := g.holder(e); h.In != nil && (h.In.Form == phrase.Calendar && h.In.Month == 0 || h.In.Form == phrase.Unit && h.In.Unit == calendar.Year) {
			return h
		}
	}
	return nil
}

// holder joins what a date lies in: "of this year", "2009", ", last year".
func (g *Grammar) holder(e *phrase.Expression) *phrase.Expression {
	if e.In != nil {
		return e
	}
	k := e.To
	if g.Is(k, "of", "in", ",", "for", "on") {
		k++
		if g.Is(k-1, "in", ",", "for", "on") && !(g.Has(k, words.IsWay) && !g.Is(k, "the", "that")) && g.At(k).Kind != words.Number && !g.Is(k, "fiscal") {
			return e
		}
	}
	if !g.Near(k) || k >= len(g.Tokens) {
		return e
	}
	h := g.inner(k, g.units, g.Year, g.month1)
	if h == nil || h.From != k {
		return e
	}
	switch {
	case h.Form == phrase.Calendar && h.Month == 0 && !h.TwoDigit && e.Form != phrase.Weekday:
	case h.Form == phrase.Calendar && h.Month != 0 && h.Day == 0 && g.Is(k-1, "of") && (e.Form == phrase.Ordinal || e.Form == phrase.Edge):
	case h.Form == phrase.Unit && (h.Way != words.Bare || g.Is(k-1, "of")) && (h.Unit > e.Size() || h.Unit == calendar.Week && e.Form == phrase.Weekday):
		if k == e.To && (h.Way == words.Bare || h.Way == words.That) {
			return e
		}
		if g.Is(k-1, ",", "for") && h.Unit != calendar.Year {
			return e
		}
	default:
		return e
	}
	e.In, e.To = h, h.To
	return e
}

// month1 reads a month with or without its year, for a holder.
func (g *Grammar) month1(i int) *phrase.Expression {
	m, to, ok := g.Month(i)
	if !ok {
		return nil
	}
	e := &phrase.Expression{Form: phrase.Calendar, Rule: "month", From: i, To: to, Month: m}
	if y, end, ok := g.TailYear(to); ok && y > 99 {
		e.Year, e.To = y, end
		return e
	}
	return g.holder(e)
}

// ordinalOf reads "the last week of March", "the first Monday in October", "the fourth week in a
// row".
func (g *Grammar) ordinalOf(i int) *phrase.Expression {
	k := i
	if g.Has(k, words.IsDeterminer) && !g.Is(k, "a", "an") {
		k++
	}
	n, to, ok := g.OrdinalAt(k)
	if !ok || n > 31 {
		return nil
	}
	e := &phrase.Expression{Form: phrase.Ordinal, Rule: "ordinal-of", From: i, Nth: n}
	if d, end, ok := g.WeekdayName(to); ok && !g.Has(to, words.IsPlural) {
		e.Weekday, e.Unit, e.To = d, calendar.DayUnit, end
	} else if u, plural, end, ok := g.UnitAt(to); ok && !plural && u >= calendar.DayUnit {
		e.Unit, e.To = u, end
		if end, ok := g.Seq(end, "in", "a", "row"); ok {
			e.To = end
			return e
		}
	} else {
		return nil
	}
	if g.Is(e.To, "of", "in") {
		if h := g.inner(e.To+1, g.month1, g.units, g.Year); h != nil && (h.Form == phrase.Calendar || h.Form == phrase.Unit) {
			e.In, e.To = h, h.To
			return e
		}
	}
	return nil
}

// season reads "summer 2012", "the fall of 2012", "this spring", "the winter".
func (g *Grammar) season(i int) *phrase.Expression {
	k := i
	if g.Is(k, "the") {
		k++
	}
	t := g.At(k)
	if t.Word.Is&words.IsSeason == 0 || t.Word.Is&words.IsPlural != 0 || k > i && t.Break {
		return nil
	}
	e := &phrase.Expression{Form: phrase.Season, Rule: "season", From: i, To: k + 1, Nth: t.Word.N}
	h := *e
	if g.holder(&h); h.In != nil {
		if n := g.At(h.To + 1); h.In.Form == phrase.Calendar && g.Is(h.To, "-", "/") && g.At(h.To).Tight && n.Tight && (len(n.Text) == 2 || len(n.Text) == 4) && n.Value%100 == (h.In.Year+1)%100 {
			h.To += 2 // "the winter of 2022-23"
		}
		return &h
	}
	if y, to, ok := g.TailYear(e.To); ok && y < 100 {
		e.In, e.To = &phrase.Expression{Form: phrase.Calendar, Year: y, TwoDigit: true}, to
		return e
	}
	// alone, it is a season only after a word of time, and "fall" only after "in the" or "this"
	if n := g.At(e.To); n.Kind == words.Word && n.Cap && !n.Break || g.Is(e.To, "-") && g.At(e.To).Tight {
		return nil
	}
	switch {
	case t.Text == "fall" || t.Text == "spring":
		if !(g.Is(i-1, "in", "last", "early", "late", "by", "since", "until", "during", "mid") && g.EndsPhrase(e.To) && (k > i || t.Text == "spring" || g.Is(i-1, "early", "late"))) {
			return nil
		}
		if g.Is(e.To, "of") {
			return nil
		}
	case k == i && !g.Has(i-1, words.IsPreposition):
		return nil
	case g.Is(e.To, "of"):
		return nil
	}
	if !g.EndsPhrase(e.To) {
		return nil
	}
	return e
}

// festive are the things that a holiday only lends its name to.
var festive = map[string]bool{"tree": true, "trees": true, "carol": true, "carols": true, "gift": true, "gifts": true, "shopping": true, "sales": true, "card": true, "cards": true, "party": true, "parties": true, "season": true, "present": true, "presents": true, "song": true, "songs": true, "decorations": true, "market": true, "markets": true, "lights": true, "story": true, "dinner": true, "lunch": true, "egg": true, "eggs": true, "costume": true, "mask": true, "masks": true, "costumes": true, "turkey": true}

// holiday reads the name of a day that recurs each year.
func (g *Grammar) holiday(i int) *phrase.Expression {
	k := i
	if g.Is(k, "the") {
		k++
	}
	t := g.At(k)
	if t.Word.Is&words.IsHoliday == 0 || !t.Cap {
		return nil
	}
	best := -1
	e := &phrase.Expression{Form: phrase.Holiday, Rule: "holiday", From: i}
	for _, name := range words.Holidays[t.Text] {
		if to, ok := g.Follows(k+1, name.Rest); ok && to > best {
			best, e.Holiday, e.To = to, name.Day, to
		}
	}
	if best < 0 {
		return nil
	}
	if k > i && e.Holiday != calendar.IndependenceDay && !(e.Holiday == calendar.NewYearsDay && e.To == k+2) || e.To == k+2 && e.Holiday == calendar.NewYearsDay && !g.At(k+1).Cap {
		return nil
	}
	if n := g.At(e.To); best == k+1 && n.Kind == words.Word && n.Cap && !n.Break {
		return nil // "Easter Island", "Christmas Carol"
	}
	if best == k+1 && (festive[g.At(e.To).Text] || g.At(i-1).Kind == words.Word && g.At(i-1).Cap && !g.Starts(i-1)) {
		return nil // "Christmas tree", "Stole Christmas"
	}
	if t.Text == "may" && g.Starts(i) && !g.At(e.To-1).Cap {
		return nil
	}
	return g.holder(e)
}
