package phrase

import (
	"dateline/annotate/when/calendar"
	"dateline/annotate/when/words"
)

// Month reads the name of a month at token i, with the full stop of an abbreviation.
func (g *Rules) Month(i int) (m, to int, ok bool) {
	t := g.At(i)
	if t.Word.Is&words.IsMonth == 0 {
		return 0, i, false
	}
	if !t.Cap && (t.Word.Is&words.IsAbbreviation != 0 || t.Text == "may" || t.Text == "march") {
		return 0, i, false
	}
	to = i + 1
	if t.Word.Is&words.IsAbbreviation != 0 && g.Is(to, ".") && g.At(to).Tight {
		to++
	}
	return t.Word.N, to, true
}

// DayNumber reads a day of the month at token i: "3", "3rd", "the 3rd".
func (g *Rules) DayNumber(i int) (d, to int, ok bool) {
	if g.Is(i, "the") {
		if d, to, ok := g.OrdinalAt(i + 1); ok && 1 <= d && d <= 31 {
			return d, to, true
		}
		return 0, i, false
	}
	t := g.At(i)
	if t.Kind != words.Number || t.Value < 1 || t.Value > 31 || len(t.Text) > 2 {
		return 0, i, false
	}
	to = i + 1
	if g.Is(to, "st", "nd", "rd", "th") && g.At(to).Tight {
		return t.Value, to + 1, true
	}
	if g.At(to).Tight && (g.At(to).Kind == words.Word || g.Is(to, ":", "%") || g.Is(to, ".", ",") && g.At(to+1).Tight && g.At(to+1).Kind == words.Number) {
		return 0, i, false
	}
	return t.Value, to, true
}

// YearNumber reads a year of four digits at token i.
func (g *Rules) YearNumber(i int) (y, to int, ok bool) {
	t := g.At(i)
	if t.Kind != words.Number || len(t.Text) != 4 || t.Value < 1000 || t.Value > 2100 {
		return 0, i, false
	}
	if n := g.At(i + 1); n.Tight && (n.Kind == words.Word && n.Text != "s" || n.Text == "%" || (n.Text == "." || n.Text == "," || n.Text == ":") && g.At(i+2).Tight && g.At(i+2).Kind == words.Number) {
		return 0, i, false
	}
	return t.Value, i + 1, true
}

// TailYear reads the year after a month or a day and a month: "2015", ", 2015", "of 2015", "'15".
func (g *Rules) TailYear(i int) (y, to int, ok bool) {
	k := g.Comma(i)
	if k == i && g.Is(i, "of", "in") {
		k = i + 1
	}
	if !g.Near(k) {
		return 0, i, false
	}
	if y, to, ok := g.YearNumber(k); ok {
		return y, to, true
	}
	if g.Is(k, "'") && g.At(k+1).Tight && len(g.At(k+1).Text) == 2 && g.At(k+1).Value >= 0 {
		return g.At(k + 1).Value, k + 2, true
	}
	return 0, i, false
}

// Written reads dates in words: "March 13", "13 March 2009", "Friday, Oct. 13", "May 3-5",
// "October 1982", "September".
func (g *Rules) Written(i int) *Expression {
	if t := g.At(i); t.Kind != words.Number && t.Word.Is&(words.IsMonth|words.IsWeekday) == 0 && t.Text != "the" {
		return nil
	}
	e := &Expression{Form: Calendar, Rule: "month-day", From: i}
	k := i
	if d, to, ok := g.WeekdayName(k); ok && !g.Has(k, words.IsPlural) {
		k = to
		if g.Is(k, "the") {
			k++
			if n, to, ok := g.OrdinalAt(k); ok && n > 0 && n <= 31 && g.Is(to, "of") {
				if m, end, ok := g.Month(to + 1); ok {
					e.Weekday, e.Day, e.Month, e.To = d, n, m, end
					return g.WithYear(e)
				}
			}
			return nil
		}
		k = g.Comma(k)
		if !g.Near(k) {
			return nil
		}
		e.Weekday = d
	}
	if m, to, ok := g.Month(k); ok {
		e.Month = m
		if d, end, ok := g.DayNumber(to); ok && g.Near(to) {
			e.Day, e.To = d, end
			if r := g.dayRange(e); r != nil {
				return r
			}
			if m == 9 && d == 11 && e.Weekday == 0 && (g.Is(end, "attacks", "attack", "hijackings", "hijackers") || g.Is(end, "terrorist", "terror") && g.Is(end+1, "attacks", "attack")) {
				e.Form, e.Rule, e.Year = Fixed, "known-day", 2001
				return e
			}
			return g.WithYear(e)
		}
		if n := g.At(to); n.Word.Is&words.IsOrdinal != 0 && n.Word.N > 0 && g.Near(to) && g.EndsPhrase(to+1) && !g.Is(to+1, "of") {
			e.Day, e.To = n.Word.N, to+1 // "March eighth"
			return g.WithYear(e)
		}
		if e.Weekday != 0 {
			return nil
		}
		e.Rule = "month"
		if y, end, ok := g.TailYear(to); ok && y > 99 {
			e.Year, e.To, e.Rule = y, end, "month-year"
			return e
		}
		if g.Is(to, "-") && g.At(to).Tight == g.At(to+1).Tight {
			if m2, end, ok := g.Month(to + 1); ok && m2 > m {
				if g.Is(end, "quarter", "period") && g.Near(end) {
					end++
				}
				if _, _, day := g.DayNumber(end); !day {
					last := &Expression{Form: Calendar, Month: m2, From: i, To: end}
					if y, to, ok := g.TailYear(end); ok && y > 99 {
						last.Year, last.To = y, to
					}
					return &Expression{Form: Interval, Rule: "month-range", From: i, To: last.To, In: &Expression{Form: Calendar, Month: m, Year: last.Year, From: i, To: last.To}, End: last}
				}
			}
		}
		if !g.bareMonth(i, to) {
			return nil
		}
		e.To = to
		return e
	}
	if e := g.secondDay(i); e != nil {
		return e
	}
	// the day first: "13 March", "the 13th of March"
	if d, to, ok := g.DayNumber(k); ok && !g.Is(k-1, "$", "€", "£") {
		first := Expression{Form: Calendar, Day: d, From: i, To: to}
		last := 0
		if g.Is(to, "-", "to", "and") {
			if d2, end, ok := g.DayNumber(to + 1); ok && d2 > d {
				last, to = d2, end
			}
		}
		if g.Is(to, "of") {
			to++
		}
		if m, end, ok := g.Month(to); ok && g.Near(to) && !g.Has(to, words.IsAbbreviation) || ok && g.At(to).Cap {
			e.Day, e.Month, e.To = d, m, end
			if last > 0 {
				e.Day = last
				g.WithYear(e)
				first.Month, first.Year = m, e.Year
				return &Expression{Form: Interval, Rule: "day-range", From: e.From, To: e.To, In: &first, End: e}
			}
			return g.WithYear(e)
		}
	}
	return nil
}

// dayRange reads the second day of "May 3-5".
func (g *Rules) dayRange(e *Expression) *Expression {
	if !g.Is(e.To, "-") || !g.Near(e.To+1) {
		return nil
	}
	d, to, ok := g.DayNumber(e.To + 1)
	if !ok || d <= e.Day {
		return nil
	}
	if _, _, named := g.Month(to); named {
		return nil
	}
	last := &Expression{Form: Calendar, Month: e.Month, Day: d, From: e.From, To: to}
	g.WithYear(last)
	first := &Expression{Form: Calendar, Month: e.Month, Day: e.Day, Year: last.Year, From: e.From, To: last.To}
	return &Expression{Form: Interval, Rule: "day-range", From: e.From, To: last.To, In: first, End: last}
}

// secondDay reads the 27 of "March 26 and 27", which takes its month from the day before it.
func (g *Rules) secondDay(i int) *Expression {
	if !g.Is(i-1, "and", "or", "to", "through") || g.At(i-2).Kind != words.Number || g.At(i-2).Value > 31 || g.At(i).Break {
		return nil
	}
	k := i - 3
	if g.Is(k, ".") {
		k--
	}
	m, _, ok := g.Month(k)
	d, to, number := g.DayNumber(i)
	if !ok || !number || d <= g.At(i-2).Value || !g.EndsPhrase(to) && !g.Is(to, ",") {
		return nil
	}
	return g.WithYear(&Expression{Form: Calendar, Rule: "second-day", From: i, To: to, Month: m, Day: d})
}

func (g *Rules) WithYear(e *Expression) *Expression {
	if y, to, ok := g.TailYear(e.To); ok {
		e.TwoDigit = y < 100
		e.Year, e.To, e.Rule = y, to, "full-date"
	}
	return e
}

// bareMonth reports whether a month's name that stands alone is meant as a month: not the verb
// "may", not a march, not somebody called June.
func (g *Rules) bareMonth(i, to int) bool {
	t := g.At(i)
	after := g.At(to)
	before := g.Has(i-1, words.IsPreposition) && !g.At(i).Break
	if t.Word.Is&words.IsAbbreviation != 0 {
		return before && (g.Is(to-1, ".") || t.Text == "sept") && !g.Has(to, words.IsMonth)
	}
	switch t.Text {
	case "may":
		return before && !g.Is(i-1, "for", "to", "at", "and", "or", "by", "around", "about") || g.Is(i-1, "by", "to", "and", "-", "or") && (g.Has(i-2, words.IsMonth) || g.EndsPhrase(to) && after.Kind == words.Mark)
	case "march":
		if g.Is(i-1, "the", "a", "s", "long", "his", "their") || after.Text == "on" && !before || after.Text == "for" && !before {
			return false
		}
		return before || !g.Starts(i) && !g.At(i-1).Cap || g.At(i-1).Kind == words.Mark && after.Kind == words.Mark
	case "april", "june", "august":
		if !before && after.Kind == words.Word && after.Cap && !after.Break && after.Word.Is == 0 {
			return false
		}
	}
	return true
}

// Numeric reads dates in figures: "2013-03-22", "22/03/2013", "7/8/07", "22.03.2013".
func (g *Rules) Numeric(i int) *Expression {
	a, b, c := g.At(i), g.At(i+2), g.At(i+4)
	sep := g.At(i + 1).Text
	if a.Kind != words.Number || b.Kind != words.Number || sep != "-" && sep != "/" && sep != "." || !g.At(i+1).Tight || !b.Tight {
		return nil
	}
	e := &Expression{Form: Calendar, Rule: "numeric", From: i}
	if g.At(i+3).Text != sep || !g.At(i+3).Tight || c.Kind != words.Number || !c.Tight {
		if sep == "/" && a.Text == "9" && b.Text == "11" && !g.At(i+3).Tight || sep == "/" && a.Text == "9" && b.Text == "11" && g.Is(i+3, "-", ".", ",", ")", "'") {
			return &Expression{Form: Fixed, Rule: "known-day", From: i, To: i + 3, Year: 2001, Month: 9, Day: 11}
		}
		return nil
	}
	e.To = i + 5
	switch {
	case len(a.Text) == 4:
		e.Year, e.Month, e.Day = a.Value, b.Value, c.Value
	case len(c.Text) == 4 || len(c.Text) == 2 && sep == "/":
		e.Year, e.Month, e.Day, e.TwoDigit = c.Value, a.Value, b.Value, len(c.Text) == 2
		e.Swap = a.Value <= 12 && b.Value <= 12 && a.Value != b.Value
		if a.Value > 12 || sep == "." {
			e.Month, e.Day, e.Swap = b.Value, a.Value, false
		}
	default:
		return nil
	}
	if e.Month > 12 || e.Day > 31 || e.Month < 1 || e.Day < 1 {
		return nil
	}
	return e
}

// Year reads a year that stands alone: "2012", "the year 2000", "'82", "08" in a list of years,
// "nineteen ninety-six", "fiscal 2009".
func (g *Rules) Year(i int) *Expression {
	if t := g.At(i); t.Kind != words.Number && t.Word.Is&(words.IsCardinal|words.IsFill) == 0 && !g.Is(i, "'", "the", "fy") {
		return nil
	}
	e := &Expression{Form: Calendar, Rule: "year", From: i}
	k := i
	if g.Is(k, "the") {
		k++
	}
	if g.Is(k, "calendar") {
		k++
	}
	if g.Is(k, "fiscal", "financial") {
		k++
		if g.Is(k, "year") {
			k++
		}
		if y, to, ok := g.YearNumber(k); ok {
			return &Expression{Form: Calendar, Rule: "fiscal-year", From: i, To: to, Year: y, Unit: calendar.FiscalYear}
		}
		return nil
	}
	if g.Is(k, "fy") {
		if y, to, ok := g.YearNumber(k + 1); ok {
			return &Expression{Form: Calendar, Rule: "fiscal-year", From: i, To: to, Year: y, Unit: calendar.FiscalYear}
		}
		return nil
	}
	if g.Is(k, "year") && k > i {
		k++
		if y, to, ok := g.YearNumber(k); ok {
			e.Year, e.To = y, to
			return e
		}
		if n, to, ok := g.Spelled(k); ok && n >= 1000 && n <= 2100 {
			e.Year, e.To = int(n), to
			return e
		}
		return nil
	}
	if k > i {
		return nil
	}
	if y, to, ok := g.YearNumber(i); ok && g.bareYear(i, to) {
		e.Year, e.To = y, to
		return e
	} else if n := g.At(to + 1); ok && g.Is(to, "/") && g.At(to).Tight && n.Tight && len(n.Text) == 2 && n.Value == (y+1)%100 {
		return &Expression{Form: Interval, Rule: "year-range", From: i, To: to + 2, In: &Expression{Form: Calendar, Year: y}, End: &Expression{Form: Calendar, Year: y + 1}}
	}
	if y, to, ok := g.spelledYear(i); ok {
		e.Year, e.To, e.Rule = y, to, "spelled-year"
		return e
	}
	return g.shortYear(i)
}

// bareYear reports whether a number of four digits is a year, and not a count or a name.
func (g *Rules) bareYear(i, to int) bool {
	y := g.At(i).Value
	p := g.At(i - 1)
	if !g.At(i).Break && i > 0 {
		if g.Is(i-1, "$", "€", "£", "¥", "#", "+") || g.At(i).Tight && (p.Kind == words.Word || p.Text == "." || p.Text == "/" || p.Text == ":" || p.Text == "," || p.Text == "_" || p.Text == "=") {
			return false
		}
		if g.Is(i-1, "no", "number", "page", "room", "flight", "than", "boeing", "airbus", "highway", "route", "model", "windows", "least", "some", "nearly", "almost", "every", "of") && (p.Text != "of" || countNouns[g.At(to).Text]) {
			return false
		}
	}
	if countNouns[g.At(to).Text] && !g.At(to).Break {
		return false
	}
	if n := g.At(to); n.Text == "/" && n.Tight || n.Text == "-" && n.Tight && g.At(to+1).Tight && g.At(to+1).Kind == words.Number && len(g.At(to+1).Text) > 4 {
		return false
	}
	if y == 2000 && p.Kind == words.Word && p.Cap && p.Word.Is == 0 && !g.Starts(i-1) {
		return false // "Russell 2000"
	}
	if 1900 <= y && y <= 2049 {
		return true
	}
	if n := g.At(to); p.Text == "of" && n.Kind == words.Word && !n.Break && !words.Small[n.Text] {
		return false
	}
	if n := g.At(to); y >= 1500 && (p.Text == "(" || n.Text == ")" || n.Text == "-" || p.Text == "-" || n.Text == ",") && (n.Kind == words.Mark) {
		return true
	}
	return y >= 1300 && g.Is(i-1, "in", "since", "until", "by", "from", "of", "before", "after", "circa", "the", "(", "-", "and", "to", "between", "c", ".") && !countNouns[g.At(to).Text]
}

var countNouns = map[string]bool{
	"people": true, "troops": true, "men": true, "women": true, "soldiers": true, "children": true, "jobs": true, "euros": true, "dollars": true, "pounds": true, "yen": true, "points": true,
	"miles": true, "km": true, "kilometers": true, "kilometres": true, "meters": true, "metres": true, "feet": true, "m": true, "tonnes": true, "tons": true, "acres": true, "hectares": true,
	"votes": true, "words": true, "homes": true, "houses": true, "employees": true, "workers": true, "students": true, "members": true, "cases": true, "deaths": true, "civilians": true,
	"protesters": true, "calories": true, "units": true, "copies": true, "rpm": true, "mph": true, "species": true, "pages": true, "residents": true, "pilgrims": true, "passengers": true,
	"users": true, "volts": true, "watts": true, "degrees": true, "years": true, "days": true, "hours": true, "months": true, "weeks": true, "minutes": true, "seconds": true, "million": true,
	"billion": true, "hundred": true, "percent": true, "per": true, "ft": true, "kg": true, "kilograms": true, "liters": true, "litres": true, "participants": true, "respondents": true,
	"adults": true, "voters": true, "year": true, "hrs": true, "gmt": true, "utc": true, "calls": true, "families": true, "officers": true, "police": true, "visitors": true,
}

// spelledYear reads "nineteen ninety-six", "two thousand and eight".
func (g *Rules) spelledYear(i int) (y, to int, ok bool) {
	t := g.At(i)
	if t.Word.Is&words.IsCardinal == 0 {
		return 0, i, false
	}
	if t.Word.N >= 15 && t.Word.N <= 20 && g.Near(i+1) {
		if n, end, ok := g.Spelled(i + 1); ok && n >= 10 && n <= 99 && g.Has(i+1, words.IsCardinal) && g.At(i+1).Word.N >= 10 && !g.Has(end, words.IsUnit) && !g.Is(end, "-") {
			return t.Word.N*100 + int(n), end, true
		}
	}
	if g.Is(i-1, "in", "since", "until", "by") {
		if n, end, ok := g.Spelled(i); ok && n >= 1900 && n <= 2100 && g.EndsPhrase(end) {
			return int(n), end, true
		}
	}
	return 0, i, false
}

// shortYear reads a year of two digits: with an apostrophe, or where the words around it leave
// no other reading ("in 80 and 84,", "from 1984 to 88", "1890-91").
func (g *Rules) shortYear(i int) *Expression {
	if g.At(i).Kind != words.Number && !g.Is(i, "'") {
		return nil
	}
	e := &Expression{Form: Calendar, Rule: "two-digit-year", From: i, TwoDigit: true}
	if g.Is(i, "'") && g.At(i+1).Tight && len(g.At(i+1).Text) == 2 && g.At(i+1).Value >= 0 && !g.At(i+2).Tight || g.Is(i, "'") && g.At(i+1).Tight && len(g.At(i+1).Text) == 2 && g.At(i+1).Value >= 0 && g.At(i+2).Kind == words.Mark {
		if g.At(i).Tight && !g.Is(i-1, "(", "-", "since", "in", "of", "/") {
			return nil
		}
		e.Year, e.To = g.At(i+1).Value, i+2
		return e
	}
	t := g.At(i)
	if t.Kind != words.Number || len(t.Text) != 2 || t.Break || g.At(i+1).Tight && !g.Is(i+1, ",", ".", "?", "!", ";", ")", ":", "]") || g.At(i+1).Tight && g.At(i+2).Tight && g.At(i+2).Kind == words.Number {
		return nil
	}
	e.Year, e.To = t.Value, i+1
	if g.Is(i-1, "to", "-", "and", "/") {
		if y, _, ok := g.YearNumber(i - 2); ok && y%100 < t.Value && (g.Is(i-1, "-", "/") || g.Is(i-3, "from", "between")) && !g.Is(i+1, "-", "/") {
			e.Year, e.TwoDigit = y/100*100+t.Value, false
			return e
		}
	}
	after := g.Is(i-1, "and", ",") && g.At(i-2).Kind == words.Number && len(g.At(i-2).Text) == 2 && g.Is(i-3, "in") && (g.At(i-2).Value >= 50 || g.At(i - 2).Text[0] == '0')
	list := g.Is(i-1, "in") || after
	follows := g.At(i + 1)
	closed := follows.Break || follows.Text == "," || follows.Text == "." || follows.Text == "?" || follows.Text == "and" && len(g.At(i+2).Text) == 2 && g.At(i+2).Kind == words.Number && g.At(i+3).Kind == words.Mark
	if list && closed && (t.Value >= 50 || after || t.Text[0] == '0') && !g.At(i+1).Tight == (follows.Text == "and" || follows.Break) {
		return e
	}
	return nil
}

// Decade reads "the 1930s", "1930's", "the sixties", "the '60s".
func (g *Rules) Decade(i int) *Expression {
	if g.At(i).Kind != words.Number && !g.Is(i, "the", "'", "nineteen") {
		return nil
	}
	k := i
	if g.Is(k, "the") {
		k++
	}
	e := &Expression{Form: Decade, Rule: "decade", From: i}
	if g.Is(k, "mid", "early", "late") && k > i {
		return nil
	}
	if g.Is(k, "'") && g.At(k+1).Kind == words.Number {
		k++
	}
	t := g.At(k)
	switch {
	case t.Kind == words.Number && (len(t.Text) == 4 || len(t.Text) == 2) && t.Value%10 == 0:
		to := k + 1
		if g.Is(to, "'") && g.At(to).Tight {
			to++
		}
		if !g.Is(to, "s") || !g.At(to).Tight {
			return nil
		}
		e.Year, e.To = t.Value, to+1
		if len(t.Text) == 2 {
			e.TwoDigit = true
			if k == i && !(g.Is(i-1, "and", "or") && g.Is(i-2, "s") && g.At(i-3).Kind == words.Number) || g.Is(i-1, "in") && g.Is(i-2, "his", "her", "their") {
				return nil
			}
		} else if t.Value < 1000 || t.Value > 2100 {
			return nil
		} else if t.Value%100 == 0 && t.Value < 1900 {
			e.Form, e.Nth, e.Rule = Century, t.Value/100+1, "century"
		}
		return e
	case t.Kind == words.Word && t.Word.Is&words.IsOther != 0 && t.Word.N >= 20 && t.Word.N%10 == 0 && k > i:
		e.Year, e.To, e.TwoDigit = t.Word.N, k+1, true
		return e
	case g.Is(k, "nineteen") && g.At(k+1).Word.N >= 20 && g.Has(k+1, words.IsOther):
		e.Year, e.To = 1900+g.At(k+1).Word.N, k+2
		return e
	}
	return nil
}

// Century reads "the 20th century", "the nineteenth century".
func (g *Rules) Century(i int) *Expression {
	k := i
	if g.Is(k, "the") {
		k++
	}
	n, to, ok := g.OrdinalAt(k)
	if !ok || n < 1 || n > 30 {
		return nil
	}
	if g.Is(to, "-") {
		to++
	}
	if g.Is(to, "and", "to") {
		if m, end, ok := g.OrdinalAt(to + 1); ok && m > n && g.Is(end, "centuries", "century") {
			return &Expression{Form: Interval, Rule: "century", From: i, To: end + 1, In: &Expression{Form: Century, Nth: n}, End: &Expression{Form: Century, Nth: m}}
		}
	}
	if !g.Is(to, "century") {
		return nil
	}
	return &Expression{Form: Century, Rule: "century", From: i, To: to + 1, Nth: n}
}

// WeekdayName reads the name of a day of the week at token i.
func (g *Rules) WeekdayName(i int) (d, to int, ok bool) {
	t := g.At(i)
	if t.Word.Is&words.IsWeekday == 0 {
		return 0, i, false
	}
	to = i + 1
	if t.Word.Is&words.IsAbbreviation == 0 {
		return t.Word.N, to, t.Cap || len(t.Text) > 6
	}
	if !t.Cap {
		return 0, i, false
	}
	if g.Is(to, ".") && g.At(to).Tight {
		to++
	}
	k := g.Comma(to)
	_, _, month := g.Month(k)
	_, _, day := g.DayNumber(k)
	switch {
	case month, day && g.Has(k+1, words.IsMonth):
		return t.Word.N, to, true
	case len(t.Text) > 3 || t.Text == "tue" || t.Text == "thu" || t.Text == "fri":
		return t.Word.N, to, g.Is(i-1, "on", "(", "last", "next") || to > i+1
	}
	return 0, i, false
}

// Weekday reads a day of the week that stands alone or with "last", "next", "this"; names that
// only sound like one (newspapers, bands, Black Friday) are left.
func (g *Rules) Weekday(i int) *Expression {
	if !g.Has(i, words.IsWeekday|words.IsWay|words.IsDeterminer) {
		return nil
	}
	e := &Expression{Form: Weekday, Rule: "weekday", From: i}
	k := i
	if way, to, _, ok := g.Way(i); ok {
		e.Way, k = way, to
	}
	d, to, ok := g.WeekdayName(k)
	if !ok && g.Is(i, "the") {
		if d, to, ok := g.WeekdayName(i + 1); ok && g.Is(to, "before", "after") && (g.At(to+1).Kind == words.Mark || g.Is(to+1, "and", "but")) {
			e.Weekday, e.To, e.Way = d, to+1, words.Previous
			if g.Is(to, "after") {
				e.Way = words.Following
			}
			return e
		}
	}
	if !ok || e.Way == words.That {
		return nil
	}
	if g.Has(to, words.IsPart) && g.Has(to, words.IsPlural) && e.Way == words.NoWay && g.Near(to) {
		return &Expression{Form: Set, Rule: "weekday-set", From: i, To: to + 1, Weekday: d, Part: g.At(to).Word.N}
	}
	if g.Has(k, words.IsPlural) {
		if e.Way != words.NoWay {
			return nil
		}
		return &Expression{Form: Set, Rule: "weekday-set", From: i, To: to, Weekday: d}
	}
	if k == i && g.Is(i-1, "news") && g.At(i-1).Cap {
		return nil // "Fox News Sunday"
	}
	if k == i && (g.Is(i-1, "one", "another", "any", "some") || g.Is(i-1, "a") && g.EndsPhrase(to)) {
		e.Way = words.Every // some Sunday or other
	}
	if k == i && g.Is(i-1, "black", "bloody", "sheffield", "ruby", "freaky", "casual", "giving", "good", "easter", "fat", "clean") && g.At(i-1).Cap {
		return nil
	}
	if n := g.At(to); n.Kind == words.Word && n.Cap && !n.Break && (notDay[n.Text] || n.Text == "night" && g.At(to+1).Cap) {
		return nil
	}
	if g.Is(k-1, "on") && g.Is(k-2, "mail") {
		return nil
	}
	e.Weekday, e.To = d, to
	if g.Is(to, "last") && e.Way == words.NoWay && g.EndsPhrase(to+1) {
		e.Way, e.To = words.Last, to+1
	}
	return e
}

var notDay = map[string]bool{"times": true, "telegraph": true, "mirror": true, "mail": true, "express": true, "herald": true, "post": true, "business": true, "people": true, "live": true, "independent": true}

// Deictic reads "today", "yesterday", "the day after tomorrow".
func (g *Rules) Deictic(i int) *Expression {
	if !g.Has(i, words.IsDeictic) && !g.Is(i, "the") {
		return nil
	}
	e := &Expression{Form: Deictic, Rule: "deictic-day", From: i}
	k := i
	if end, ok := g.Seq(i, "the", "day", "before"); ok && g.Is(end, "yesterday") {
		e.N, e.To = -2, end+1
		return e
	}
	if end, ok := g.Seq(i, "the", "day", "after"); ok && g.Is(end, "tomorrow") {
		e.N, e.To = 2, end+1
		return e
	}
	t := g.At(k)
	if t.Cap && k > 0 && !t.Break && (g.Is(k-1, "usa", "russia", "india", "psychology", "christianity", "world", "the", "ukraine") || g.Is(k-1, "'", "\"") && g.Is(k+1, "'", "\"")) {
		return nil // "USA Today", the "Today" programme
	}
	switch t.Text {
	case "today":
	case "yesterday":
		e.N = -1
	case "tomorrow":
		e.N = 1
	case "tonight":
		return &Expression{Form: Part, Rule: "part-of-day", From: i, To: i + 1, Part: words.Night, Way: words.This}
	default:
		return nil
	}
	e.To = k + 1
	return e
}
