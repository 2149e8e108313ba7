package grammar

import "dateline/annotate/when/calendar"

// month reads the name of a month at token i, with the full stop of an abbreviation.
func (g *Grammar) month(i int) (m, to int, ok bool) {
	t := g.at(i)
	if t.word.is&isMonth == 0 {
		return 0, i, false
	}
	if !t.Cap && (t.word.is&isAbbreviation != 0 || t.Text == "may" || t.Text == "march") {
		return 0, i, false
	}
	to = i + 1
	if t.word.is&isAbbreviation != 0 && g.is(to, ".") && g.at(to).Tight {
		to++
	}
	return t.word.n, to, true
}

// dayNumber reads a day of the month at token i: "3", "3rd", "the 3rd".
func (g *Grammar) dayNumber(i int) (d, to int, ok bool) {
	if g.is(i, "the") {
		if d, to, ok := g.ordinal(i + 1); ok && 1 <= d && d <= 31 {
			return d, to, true
		}
		return 0, i, false
	}
	t := g.at(i)
	if t.Kind != Number || t.Value < 1 || t.Value > 31 || len(t.Text) > 2 {
		return 0, i, false
	}
	to = i + 1
	if g.is(to, "st", "nd", "rd", "th") && g.at(to).Tight {
		return t.Value, to + 1, true
	}
	if g.at(to).Tight && (g.at(to).Kind == Word || g.is(to, ":", "%") || g.is(to, ".", ",") && g.at(to+1).Tight && g.at(to+1).Kind == Number) {
		return 0, i, false
	}
	return t.Value, to, true
}

// yearNumber reads a year of four digits at token i.
func (g *Grammar) yearNumber(i int) (y, to int, ok bool) {
	t := g.at(i)
	if t.Kind != Number || len(t.Text) != 4 || t.Value < 1000 || t.Value > 2100 {
		return 0, i, false
	}
	if n := g.at(i + 1); n.Tight && (n.Kind == Word && n.Text != "s" || n.Text == "%" || (n.Text == "." || n.Text == "," || n.Text == ":") && g.at(i+2).Tight && g.at(i+2).Kind == Number) {
		return 0, i, false
	}
	return t.Value, i + 1, true
}

// tailYear reads the year after a month or a day and a month: "2015", ", 2015", "of 2015", "'15".
func (g *Grammar) tailYear(i int) (y, to int, ok bool) {
	k := g.comma(i)
	if k == i && g.is(i, "of", "in") {
		k = i + 1
	}
	if !g.near(k) {
		return 0, i, false
	}
	if y, to, ok := g.yearNumber(k); ok {
		return y, to, true
	}
	if g.is(k, "'") && g.at(k+1).Tight && len(g.at(k+1).Text) == 2 && g.at(k+1).Value >= 0 {
		return g.at(k + 1).Value, k + 2, true
	}
	return 0, i, false
}

// written reads dates in words: "March 13", "13 March 2009", "Friday, Oct. 13", "May 3-5",
// "October 1982", "September".
func (g *Grammar) written(i int) *Expression {
	if t := g.at(i); t.Kind != Number && t.word.is&(isMonth|isWeekday) == 0 && t.Text != "the" {
		return nil
	}
	e := &Expression{Form: Calendar, Rule: "month-day", From: i}
	k := i
	if d, to, ok := g.weekdayName(k); ok && !g.has(k, isPlural) {
		k = to
		if g.is(k, "the") {
			k++
			if n, to, ok := g.ordinal(k); ok && n > 0 && n <= 31 && g.is(to, "of") {
				if m, end, ok := g.month(to + 1); ok {
					e.Weekday, e.Day, e.Month, e.To = d, n, m, end
					return g.withYear(e)
				}
			}
			return nil
		}
		k = g.comma(k)
		if !g.near(k) {
			return nil
		}
		e.Weekday = d
	}
	if m, to, ok := g.month(k); ok {
		e.Month = m
		if d, end, ok := g.dayNumber(to); ok && g.near(to) {
			e.Day, e.To = d, end
			if r := g.dayRange(e); r != nil {
				return r
			}
			return g.withYear(e)
		}
		if e.Weekday != 0 {
			return nil
		}
		e.Rule = "month"
		if y, end, ok := g.tailYear(to); ok && y > 99 {
			e.Year, e.To, e.Rule = y, end, "month-year"
			return e
		}
		if g.is(to, "-") && g.at(to).Tight == g.at(to+1).Tight {
			if m2, end, ok := g.month(to + 1); ok && m2 > m {
				if g.is(end, "quarter", "period") && g.near(end) {
					end++
				}
				if _, _, day := g.dayNumber(end); !day {
					last := &Expression{Form: Calendar, Month: m2, From: i, To: end}
					if y, to, ok := g.tailYear(end); ok && y > 99 {
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
	if d, to, ok := g.dayNumber(k); ok && !g.is(k-1, "$", "€", "£") {
		first := Expression{Form: Calendar, Day: d, From: i, To: to}
		last := 0
		if g.is(to, "-", "to", "and") {
			if d2, end, ok := g.dayNumber(to + 1); ok && d2 > d {
				last, to = d2, end
			}
		}
		if g.is(to, "of") {
			to++
		}
		if m, end, ok := g.month(to); ok && g.near(to) && !g.has(to, isAbbreviation) || ok && g.at(to).Cap {
			e.Day, e.Month, e.To = d, m, end
			if last > 0 {
				e.Day = last
				g.withYear(e)
				first.Month, first.Year = m, e.Year
				return &Expression{Form: Interval, Rule: "day-range", From: e.From, To: e.To, In: &first, End: e}
			}
			return g.withYear(e)
		}
	}
	return nil
}

// dayRange reads the second day of "May 3-5".
func (g *Grammar) dayRange(e *Expression) *Expression {
	if !g.is(e.To, "-") || !g.near(e.To+1) {
		return nil
	}
	d, to, ok := g.dayNumber(e.To + 1)
	if !ok || d <= e.Day {
		return nil
	}
	if _, _, isMonth := g.month(to); isMonth {
		return nil
	}
	last := &Expression{Form: Calendar, Month: e.Month, Day: d, From: e.From, To: to}
	g.withYear(last)
	first := &Expression{Form: Calendar, Month: e.Month, Day: e.Day, Year: last.Year, From: e.From, To: last.To}
	return &Expression{Form: Interval, Rule: "day-range", From: e.From, To: last.To, In: first, End: last}
}

// secondDay reads the 27 of "March 26 and 27", which takes its month from the day before it.
func (g *Grammar) secondDay(i int) *Expression {
	if !g.is(i-1, "and", "or", "to", "through") || g.at(i-2).Kind != Number || g.at(i-2).Value > 31 || g.at(i).Break {
		return nil
	}
	k := i - 3
	if g.is(k, ".") {
		k--
	}
	m, _, ok := g.month(k)
	d, to, number := g.dayNumber(i)
	if !ok || !number || d <= g.at(i-2).Value || !g.endsPhrase(to) && !g.is(to, ",") {
		return nil
	}
	return g.withYear(&Expression{Form: Calendar, Rule: "second-day", From: i, To: to, Month: m, Day: d})
}

func (g *Grammar) withYear(e *Expression) *Expression {
	if y, to, ok := g.tailYear(e.To); ok {
		e.TwoDigit = y < 100
		e.Year, e.To, e.Rule = y, to, "full-date"
	}
	return e
}

// bareMonth reports whether a month's name that stands alone is meant as a month: not the verb
// "may", not a march, not somebody called June.
func (g *Grammar) bareMonth(i, to int) bool {
	t := g.at(i)
	after := g.at(to)
	before := g.has(i-1, isPreposition) && !g.at(i).Break
	if t.word.is&isAbbreviation != 0 {
		return before && (g.is(to-1, ".") || t.Text == "sept") && !g.has(to, isMonth)
	}
	switch t.Text {
	case "may":
		return before && !g.is(i-1, "for", "to", "at", "and", "or", "by", "around", "about") || g.is(i-1, "by", "to", "and", "-", "or") && (g.has(i-2, isMonth) || g.endsPhrase(to) && after.Kind == Mark)
	case "march":
		if g.is(i-1, "the", "a", "s", "long", "his", "their") || after.Text == "on" && !before || after.Text == "for" && !before {
			return false
		}
		return before || !g.starts(i) && !g.at(i-1).Cap || g.at(i-1).Kind == Mark && after.Kind == Mark
	case "april", "june", "august":
		if !before && after.Kind == Word && after.Cap && !after.Break && after.word.is == 0 {
			return false
		}
	}
	return true
}

// numeric reads dates in figures: "2013-03-22", "22/03/2013", "7/8/07", "22.03.2013".
func (g *Grammar) numeric(i int) *Expression {
	a, b, c := g.at(i), g.at(i+2), g.at(i+4)
	sep := g.at(i + 1).Text
	if a.Kind != Number || b.Kind != Number || sep != "-" && sep != "/" && sep != "." || !g.at(i+1).Tight || !b.Tight {
		return nil
	}
	e := &Expression{Form: Calendar, Rule: "numeric", From: i}
	if g.at(i+3).Text != sep || !g.at(i+3).Tight || c.Kind != Number || !c.Tight {
		if sep == "/" && a.Text == "9" && b.Text == "11" && !g.at(i+3).Tight || sep == "/" && a.Text == "9" && b.Text == "11" && g.is(i+3, "-", ".", ",", ")", "'") {
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

// year reads a year that stands alone: "2012", "the year 2000", "'82", "08" in a list of years,
// "nineteen ninety-six", "fiscal 2009".
func (g *Grammar) year(i int) *Expression {
	if t := g.at(i); t.Kind != Number && t.word.is&(isCardinal|isFill) == 0 && !g.is(i, "'", "the", "fy") {
		return nil
	}
	e := &Expression{Form: Calendar, Rule: "year", From: i}
	k := i
	if g.is(k, "the") {
		k++
	}
	if g.is(k, "calendar") {
		k++
	}
	if g.is(k, "fiscal", "financial") {
		k++
		if g.is(k, "year") {
			k++
		}
		if y, to, ok := g.yearNumber(k); ok {
			return &Expression{Form: Calendar, Rule: "fiscal-year", From: i, To: to, Year: y, Unit: calendar.FiscalYear}
		}
		return nil
	}
	if g.is(k, "fy") {
		if y, to, ok := g.yearNumber(k + 1); ok {
			return &Expression{Form: Calendar, Rule: "fiscal-year", From: i, To: to, Year: y, Unit: calendar.FiscalYear}
		}
		return nil
	}
	if g.is(k, "year") && k > i {
		k++
		if y, to, ok := g.yearNumber(k); ok {
			e.Year, e.To = y, to
			return e
		}
		if n, to, ok := g.spelled(k); ok && n >= 1000 && n <= 2100 {
			e.Year, e.To = int(n), to
			return e
		}
		return nil
	}
	if k > i {
		return nil
	}
	if y, to, ok := g.yearNumber(i); ok && g.bareYear(i, to) {
		e.Year, e.To = y, to
		return e
	} else if n := g.at(to + 1); ok && g.is(to, "/") && g.at(to).Tight && n.Tight && len(n.Text) == 2 && n.Value == (y+1)%100 {
		return &Expression{Form: Interval, Rule: "year-range", From: i, To: to + 2, In: &Expression{Form: Calendar, Year: y}, End: &Expression{Form: Calendar, Year: y + 1}}
	}
	if y, to, ok := g.spelledYear(i); ok {
		e.Year, e.To, e.Rule = y, to, "spelled-year"
		return e
	}
	return g.shortYear(i)
}

// bareYear reports whether a number of four digits is a year, and not a count or a name.
func (g *Grammar) bareYear(i, to int) bool {
	y := g.at(i).Value
	p := g.at(i - 1)
	if !g.at(i).Break && i > 0 {
		if g.is(i-1, "$", "€", "£", "¥", "#", "+") || g.at(i).Tight && (p.Kind == Word || p.Text == "." || p.Text == "/" || p.Text == ":" || p.Text == "," || p.Text == "_" || p.Text == "=") {
			return false
		}
		if g.is(i-1, "no", "number", "page", "room", "flight", "than", "boeing", "airbus", "highway", "route", "model", "windows", "least", "some", "nearly", "almost", "every", "of") && (p.Text != "of" || countNouns[g.at(to).Text]) {
			return false
		}
	}
	if countNouns[g.at(to).Text] && !g.at(to).Break {
		return false
	}
	if n := g.at(to); n.Text == "/" && n.Tight || n.Text == "-" && n.Tight && g.at(to+1).Tight && g.at(to+1).Kind == Number && len(g.at(to+1).Text) > 4 {
		return false
	}
	if y == 2000 && p.Kind == Word && p.Cap && p.word.is == 0 && !g.starts(i-1) {
		return false // "Russell 2000"
	}
	if 1900 <= y && y <= 2049 {
		return true
	}
	if n := g.at(to); p.Text == "of" && n.Kind == Word && !n.Break && !smallWords[n.Text] {
		return false
	}
	if n := g.at(to); y >= 1500 && (p.Text == "(" || n.Text == ")" || n.Text == "-" || p.Text == "-" || n.Text == ",") && (n.Kind == Mark) {
		return true
	}
	return y >= 1300 && g.is(i-1, "in", "since", "until", "by", "from", "of", "before", "after", "circa", "the", "(", "-", "and", "to", "between", "c", ".") && !countNouns[g.at(to).Text]
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
func (g *Grammar) spelledYear(i int) (y, to int, ok bool) {
	t := g.at(i)
	if t.word.is&isCardinal == 0 {
		return 0, i, false
	}
	if t.word.n >= 15 && t.word.n <= 20 && g.near(i+1) {
		if n, end, ok := g.spelled(i + 1); ok && n >= 10 && n <= 99 && g.has(i+1, isCardinal) && g.at(i+1).word.n >= 10 && !g.has(end, isUnit) && !g.is(end, "-") {
			return t.word.n*100 + int(n), end, true
		}
	}
	if g.is(i-1, "in", "since", "until", "by") {
		if n, end, ok := g.spelled(i); ok && n >= 1900 && n <= 2100 && g.endsPhrase(end) {
			return int(n), end, true
		}
	}
	return 0, i, false
}

// shortYear reads a year of two digits: with an apostrophe, or where the words around it leave
// no other reading ("in 80 and 84,", "from 1984 to 88", "1890-91").
func (g *Grammar) shortYear(i int) *Expression {
	if g.at(i).Kind != Number && !g.is(i, "'") {
		return nil
	}
	e := &Expression{Form: Calendar, Rule: "two-digit-year", From: i, TwoDigit: true}
	if g.is(i, "'") && g.at(i+1).Tight && len(g.at(i+1).Text) == 2 && g.at(i+1).Value >= 0 && !g.at(i+2).Tight || g.is(i, "'") && g.at(i+1).Tight && len(g.at(i+1).Text) == 2 && g.at(i+1).Value >= 0 && g.at(i+2).Kind == Mark {
		if g.at(i).Tight && !g.is(i-1, "(", "-", "since", "in", "of", "/") {
			return nil
		}
		e.Year, e.To = g.at(i+1).Value, i+2
		return e
	}
	t := g.at(i)
	if t.Kind != Number || len(t.Text) != 2 || t.Break || g.at(i+1).Tight && !g.is(i+1, ",", ".", "?", "!", ";", ")", ":", "]") || g.at(i+1).Tight && g.at(i+2).Tight && g.at(i+2).Kind == Number {
		return nil
	}
	e.Year, e.To = t.Value, i+1
	if g.is(i-1, "to", "-", "and", "/") {
		if y, _, ok := g.yearNumber(i - 2); ok && y%100 < t.Value && (g.is(i-1, "-", "/") || g.is(i-3, "from", "between")) && !g.is(i+1, "-", "/") {
			e.Year, e.TwoDigit = y/100*100+t.Value, false
			return e
		}
	}
	after := g.is(i-1, "and", ",") && g.at(i-2).Kind == Number && len(g.at(i-2).Text) == 2 && g.is(i-3, "in") && (g.at(i-2).Value >= 50 || g.at(i - 2).Text[0] == '0')
	list := g.is(i-1, "in") || after
	follows := g.at(i + 1)
	closed := follows.Break || follows.Text == "," || follows.Text == "." || follows.Text == "?" || follows.Text == "and" && len(g.at(i+2).Text) == 2 && g.at(i+2).Kind == Number && g.at(i+3).Kind == Mark
	if list && closed && (t.Value >= 50 || after || t.Text[0] == '0') && !g.at(i+1).Tight == (follows.Text == "and" || follows.Break) {
		return e
	}
	return nil
}

// decade reads "the 1930s", "1930's", "the sixties", "the '60s".
func (g *Grammar) decade(i int) *Expression {
	if g.at(i).Kind != Number && !g.is(i, "the", "'", "nineteen") {
		return nil
	}
	k := i
	if g.is(k, "the") {
		k++
	}
	e := &Expression{Form: Decade, Rule: "decade", From: i}
	if g.is(k, "mid", "early", "late") && k > i {
		return nil
	}
	if g.is(k, "'") && g.at(k+1).Kind == Number {
		k++
	}
	t := g.at(k)
	switch {
	case t.Kind == Number && (len(t.Text) == 4 || len(t.Text) == 2) && t.Value%10 == 0:
		to := k + 1
		if g.is(to, "'") && g.at(to).Tight {
			to++
		}
		if !g.is(to, "s") || !g.at(to).Tight {
			return nil
		}
		e.Year, e.To = t.Value, to+1
		if len(t.Text) == 2 {
			e.TwoDigit = true
			if k == i && !(g.is(i-1, "and", "or") && g.is(i-2, "s") && g.at(i-3).Kind == Number) || g.is(i-1, "in") && g.is(i-2, "his", "her", "their") {
				return nil
			}
		} else if t.Value < 1000 || t.Value > 2100 {
			return nil
		} else if t.Value%100 == 0 && t.Value < 1900 {
			e.Form, e.Nth, e.Rule = Century, t.Value/100+1, "century"
		}
		return e
	case t.Kind == Word && t.word.is&isOther != 0 && t.word.n >= 20 && t.word.n%10 == 0 && k > i:
		e.Year, e.To, e.TwoDigit = t.word.n, k+1, true
		return e
	case g.is(k, "nineteen") && g.at(k+1).word.n >= 20 && g.has(k+1, isOther):
		e.Year, e.To = 1900+g.at(k+1).word.n, k+2
		return e
	}
	return nil
}

// century reads "the 20th century", "the nineteenth century".
func (g *Grammar) century(i int) *Expression {
	k := i
	if g.is(k, "the") {
		k++
	}
	n, to, ok := g.ordinal(k)
	if !ok || n < 1 || n > 30 {
		return nil
	}
	if g.is(to, "-") {
		to++
	}
	if g.is(to, "and", "to") {
		if m, end, ok := g.ordinal(to + 1); ok && m > n && g.is(end, "centuries", "century") {
			return &Expression{Form: Interval, Rule: "century", From: i, To: end + 1, In: &Expression{Form: Century, Nth: n}, End: &Expression{Form: Century, Nth: m}}
		}
	}
	if !g.is(to, "century") {
		return nil
	}
	return &Expression{Form: Century, Rule: "century", From: i, To: to + 1, Nth: n}
}

// weekdayName reads the name of a day of the week at token i.
func (g *Grammar) weekdayName(i int) (d, to int, ok bool) {
	t := g.at(i)
	if t.word.is&isWeekday == 0 {
		return 0, i, false
	}
	to = i + 1
	if t.word.is&isAbbreviation == 0 {
		return t.word.n, to, t.Cap || len(t.Text) > 6
	}
	if !t.Cap {
		return 0, i, false
	}
	if g.is(to, ".") && g.at(to).Tight {
		to++
	}
	k := g.comma(to)
	_, _, month := g.month(k)
	_, _, day := g.dayNumber(k)
	switch {
	case month, day && g.has(k+1, isMonth):
		return t.word.n, to, true
	case len(t.Text) > 3 || t.Text == "tue" || t.Text == "thu" || t.Text == "fri":
		return t.word.n, to, g.is(i-1, "on", "(", "last", "next") || to > i+1
	}
	return 0, i, false
}

// weekday reads a day of the week that stands alone or with "last", "next", "this"; names that
// only sound like one (newspapers, bands, Black Friday) are left.
func (g *Grammar) weekday(i int) *Expression {
	if !g.has(i, isWeekday|isWay|isDeterminer) {
		return nil
	}
	e := &Expression{Form: Weekday, Rule: "weekday", From: i}
	k := i
	if way, to, _, ok := g.way(i); ok {
		e.Way, k = way, to
	}
	d, to, ok := g.weekdayName(k)
	if !ok && g.is(i, "the") {
		if d, to, ok := g.weekdayName(i + 1); ok && g.is(to, "before", "after") && (g.at(to+1).Kind == Mark || g.is(to+1, "and", "but")) {
			e.Weekday, e.To, e.Way = d, to+1, Previous
			if g.is(to, "after") {
				e.Way = Following
			}
			return e
		}
	}
	if !ok || e.Way == That {
		return nil
	}
	if g.has(to, isPart) && g.has(to, isPlural) && e.Way == NoWay && g.near(to) {
		return &Expression{Form: Set, Rule: "weekday-set", From: i, To: to + 1, Weekday: d, Part: g.at(to).word.n}
	}
	if g.has(k, isPlural) {
		if e.Way != NoWay {
			return nil
		}
		return &Expression{Form: Set, Rule: "weekday-set", From: i, To: to, Weekday: d}
	}
	if k == i && g.is(i-1, "black", "bloody", "sheffield", "ruby", "freaky", "casual", "giving", "good", "easter", "fat", "clean") && g.at(i-1).Cap {
		return nil
	}
	if n := g.at(to); n.Kind == Word && n.Cap && !n.Break && (notDay[n.Text] || n.Text == "night" && g.at(to+1).Cap) {
		return nil
	}
	if g.is(k-1, "on") && g.is(k-2, "mail") {
		return nil
	}
	e.Weekday, e.To = d, to
	if g.is(to, "last") && e.Way == NoWay && g.endsPhrase(to+1) {
		e.Way, e.To = Last, to+1
	}
	return e
}

var notDay = map[string]bool{"times": true, "telegraph": true, "mirror": true, "mail": true, "express": true, "herald": true, "post": true, "business": true, "people": true, "live": true, "independent": true}
