package grammar

import "dateline/annotate/when/calendar"

// about steps over the words that make a number less than exact: "about", "more than", "nearly",
// "up to", "at least".
func (g *Grammar) about(i int) int {
	k := i
	for n := 0; n < 2; n++ {
		switch {
		case g.is(k, "more", "less", "fewer") && g.is(k+1, "than"):
			k += 2
		case g.is(k, "at") && g.is(k+1, "least", "most"):
			k += 2
		case g.is(k, "up") && g.is(k+1, "to"):
			k += 2
		case g.is(k, "about", "around", "nearly", "almost", "approximately", "roughly", "over", "under", "barely", "just", "only", "some", "circa", "well", "exactly") && g.near(k+1):
			k++
		default:
			return k
		}
	}
	return k
}

// length reads a number of units: "three weeks", "a year and a half", "27-year". article is true
// where the number is only "a" or "an".
func (g *Grammar) length(i int) (e *Expression, article bool) {
	if t := g.at(i); t.Kind != Number && t.word.is&(isCardinal|isOpen|isDeterminer|isOrdinal) == 0 && !g.is(i, "another", "half", "quarter", "single") {
		return nil, false
	}
	k := i
	if g.is(k, "the") {
		k++
		if g.is(k, "first", "final", "opening", "initial", "closing", "remaining", "additional") {
			k++
		}
	} else if g.is(k, "another", "first") {
		k++
	}
	e = &Expression{Form: Duration, Rule: "duration", From: i}
	n, to, ok := g.number(k)
	if ok && k == i+1 && g.is(i, "the") && g.is(to, "-") {
		return nil, false // "the three-week strike": the article is the strike's
	}
	switch {
	case ok && k > i && g.is(k, "few") && g.is(i, "the"):
	case ok:
	case g.is(k, "a", "an") && k == i:
		n, to, article = 1, k+1, true
	case g.is(i, "another") && k == i+1:
		n, to = 1, k
	default:
		return nil, false
	}
	hyphen := g.is(to, "-") && g.near(to+1)
	if hyphen {
		to++
	}
	if g.is(to, "full", "whole", "entire", "good", "long", "unusually") && article {
		to++
	}
	if to == k && !g.is(i, "another") {
		return nil, false
	}
	if g.is(to, "]") && g.is(k-1, "[") {
		to++ // a number put in by an editor: "[Ten] years ago"
	}
	u, plural, end, ok := g.unit(to)
	if !ok {
		// "weeks or months"
		return nil, false
	}
	if g.has(end-1, isAbbreviation) && !hyphen && g.at(to-1).Kind != Number {
		return nil, false
	}
	if last := g.at(end - 1); last.Cap && !last.Caps && !hyphen && !article {
		return nil, false // "Four More Years"
	}
	if _, ok := g.seq(end, "-", "at", "-", "a", "-", "time"); ok {
		return nil, false
	}
	if g.has(end-1, isAbbreviation) && g.is(end, ".") && g.at(end).Tight && !g.at(end+1).Cap {
		end++
	}
	e.N, e.Unit, e.Plural, e.To = n, u, plural, end
	if article && plural {
		return nil, false
	}
	if !plural && !hyphen && n > 1000 {
		return nil, false // "2018 day"
	}
	if !plural && !article && n != 1 && n != .5 && !hyphen && !g.is(end, "-") && !(g.at(end).Kind == Word && !g.endsPhrase(end)) {
		return nil, false // "four day" only before a noun
	}
	if g.is(end, "and") && g.is(end+1, "a") && g.is(end+2, "half") && n >= 0 {
		e.N, e.To = n+.5, end+3
	} else if g.is(end, "and") && n >= 0 && !article {
		// "two years and three months", "9 years and 10 months"
		if m, to, ok := g.count(end + 1); ok && m >= 0 {
			if u2, _, end2, ok := g.unit(to); ok && u2 < u && u == calendar.Year && u2 == calendar.Month {
				e.Unit, e.N, e.To = calendar.Month, n*12+m, end2
			} else if ok && u2 < u {
				e.To = end2
				e.Value = sum(u.Duration(n), u2.Duration(m))
			}
		}
	} else if g.is(end, "or") && g.is(end+1, "so") {
		e.To = end + 2
	} else if g.is(end, "or") && g.has(end+1, isUnit) && g.has(end+1, isPlural) {
		e.To = end + 2
	}
	return e, article
}

// sum joins two ISO durations, "PT1H" and "PT30M", "P1D" and "PT6H".
func sum(a, b string) string {
	if len(a) > 1 && a[1] == 'T' && len(b) > 2 && b[1] == 'T' {
		return a + b[2:]
	}
	return a + b[1:]
}

// ago reads a distance from another time: "two years ago", "a week earlier", "three days later",
// "months ago", "a year ago Friday", "two days after".
func (g *Grammar) ago(i int) *Expression {
	k := g.about(i)
	if k == i && g.has(i, isAbout) && g.is(i, "more", "less", "at", "up") {
		return nil
	}
	e, _ := g.length(k)
	if e == nil && g.has(k, isUnit) && !g.has(k, isAbbreviation) {
		e = &Expression{N: -1, Unit: g.at(k).word.unit, To: k + 1, Plural: g.has(k, isPlural)}
		if !e.Plural {
			// "year-earlier", "year-ago"
			if g.is(e.To, "-") && g.is(e.To+1, "earlier", "ago") || g.is(e.To, "earlier", "ago") {
				e.N = 1
			} else {
				return nil
			}
		}
	}
	if e == nil {
		return nil
	}
	e.Form, e.Rule, e.From = Ago, "ago", i
	if k == i && g.is(i, "the") && e.N < 0 {
		return nil
	}
	to := e.To
	if g.is(to, "-") {
		to++
	}
	after := to + 1
	closed := g.at(after).Kind == Mark || g.at(after).Break || g.is(after, "and", "but", "when", "in", "to")
	switch {
	case g.is(to, "ago"):
		e.Way = Last
	case g.is(to, "back") && closed && !g.is(after, "to") || g.is(to, "back") && g.is(after, "that", "when"):
		e.Way = Last
	case g.is(to, "earlier", "previously", "prior") && !g.is(after, "than", "to", "than"):
		e.Way = Previous
	case g.is(to, "before") && closed && !g.is(after, "in", "to"):
		e.Way = Previous
	case g.is(to, "later", "hence", "afterwards", "afterward"):
		e.Way = Following
	case g.is(to, "after") && (g.at(after).Kind == Mark && !g.is(after, `"`, "'", "$") || g.at(after).Break):
		e.Way = Following
	case g.is(to, "from") && g.is(to+1, "now", "today"):
		e.Way, after = Next, to+2
	case g.is(to, "from") && g.has(to+1, isWeekday):
		e.Way = Following
		e.In, after = g.weekday(to+1), to+2
		if e.In == nil {
			return nil
		}
		e.To = after
		return e
	default:
		return nil
	}
	e.To = after
	if e.Way == Following && g.is(e.To, "than") {
		return nil
	}
	// "a year earlier" told of a period: "the year-earlier quarter", "year-ago period"
	if g.is(e.To, "quarter", "period", "month") && e.Unit == calendar.Year && e.N == 1 && g.near(e.To) {
		p := &Expression{Form: Period, Rule: "same-period", From: i, To: e.To + 1, In: e}
		if g.is(i-1, "the") {
			p.From--
		}
		return p
	}
	if e.Way == Last && g.near(e.To) {
		if d := g.inner(e.To, g.weekday, g.deictic); d != nil && d.Form != Set {
			e.In, e.To = d, d.To
		} else if d := g.inner(e.To, g.units); d != nil && d.Form == Unit && d.Way == This {
			e.In, e.To = d, d.To
		}
	}
	return e
}

// duration reads a length of time: "three weeks", "27-year", "more than four hours", "a decade"
// after "over", "years" after "for".
func (g *Grammar) duration(i int) *Expression {
	k := g.about(i)
	if e := g.between(i); e != nil {
		return e
	}
	e, article := g.length(k)
	if e != nil {
		if g.age(e) {
			return nil
		}
		e.From = i
		if article {
			if !g.articleCounts(i, k, e) {
				return nil
			}
		}
		if k > i && !article && g.is(i, "just", "only", "some", "well", "exactly") {
			e.From = i + 1
			if g.is(i, "some") {
				e.From = i
			}
		}
		if e.Unit == calendar.Second && !e.Plural && !g.is(e.To-2, "-") || e.Unit == calendar.Quarter && g.is(k, "the") {
			return nil
		}
		if end, ok := g.seq(e.To, "in", "a", "row"); ok {
			e.To = end
		}
		if e.Unit == calendar.PartOfDay {
			return nil
		}
		return e
	}
	if u, ok := longWords[g.at(i).Text]; ok {
		return &Expression{Form: Duration, Rule: "duration", From: i, To: i + 1, N: 1, Unit: u}
	}
	if g.is(i, "a", "some") && (g.is(i+1, "long") && g.is(i+2, "time") || g.is(i, "some") && g.is(i+1, "time")) && g.is(i-1, "for", "in", "after", "quite", "took", "take") {
		to := i + 2
		if g.is(i+1, "long") {
			to++
		}
		if g.endsPhrase(to) {
			return &Expression{Form: Duration, Rule: "duration", From: i, To: to, Value: "PXX"}
		}
		return nil
	}
	// a plural without a number
	t := g.at(i)
	k = i
	if g.is(i, "the") && g.is(i-1, "over", "through", "in") && g.has(i+1, isPlural) {
		k++
		t = g.at(k)
	}
	if t.word.is&isUnit == 0 || t.word.is&isPlural == 0 || t.word.is&isAbbreviation != 0 || t.word.unit == calendar.Second || t.word.unit == calendar.Quarter || t.Cap && !g.starts(i) {
		return nil
	}
	e = &Expression{Form: Duration, Rule: "plural-duration", From: i, To: k + 1, N: -1, Unit: t.word.unit, Plural: true}
	if g.is(e.To, "ahead") {
		e.To++
		return e
	}
	if g.is(e.To, "-") && g.at(e.To).Tight {
		if g.is(e.To+1, "long") && k == i {
			return e // "months-long"
		}
		return nil
	}
	if g.is(e.To, "or") && g.has(e.To+1, isUnit) && g.has(e.To+1, isPlural) {
		e.To += 2
	}
	if g.is(e.To, "of") && k == i && g.at(e.To+1).Kind == Word && !g.at(e.To+1).Cap && !g.is(e.To+1, "the", "his", "her", "their", "age", "our", "its") {
		return e // "hours of talks"
	}
	if g.is(i-1, "in", "for", "within", "after", "over", "just", "lasted", "lasting", "last", "of", "through", "take", "took", "taken") && g.endsPhrase(e.To) && !g.is(i-2, "dozens", "hundreds", "thousands", "millions") {
		return e
	}
	return nil
}

// longWords are lengths written as one word.
var longWords = map[string]calendar.Unit{"daylong": calendar.DayUnit, "weeklong": calendar.Week, "monthlong": calendar.Month, "yearlong": calendar.Year, "decadelong": calendar.Decade, "hourlong": calendar.Hour}

// age reports whether a length is somebody's age.
func (g *Grammar) age(e *Expression) bool {
	if g.is(e.From-1, "aged", "age") {
		return true
	}
	k := e.To
	if g.is(k, "-") {
		k++
	}
	if g.is(k, "old", "olds", "older", "younger") {
		return true
	}
	return g.is(k, "of") && g.is(k+1, "age")
}

// articleCounts reports whether "a week" is a length: after a word that measures, or before one.
func (g *Grammar) articleCounts(i, k int, e *Expression) bool {
	if e.Unit == calendar.Quarter {
		return false // a quarter of what
	}
	if e.N != 1 || k > i && !g.is(i, "just", "only") {
		return e.Unit != calendar.Second || g.has(k-1, isAbout)
	}
	if g.is(e.To, "-") {
		return g.is(e.To+1, "long") || false
	}
	if e.Unit == calendar.Second && !g.is(i-1, "for", "per", "within") {
		return false
	}
	if g.is(i-1, "for", "in", "within", "than", "over", "nearly", "about", "around", "almost", "after", "under", "take", "took", "lasted", "half", "every", "less", "through", "quarter") {
		return g.endsPhrase(e.To) && !(g.is(i-1, "for", "in", "after", "about", "than") && g.is(e.To, "of", "that", "when", "in") && !g.is(e.To, "in"))
	}
	return g.is(e.To, "after", "before", "later", "earlier", "long") && g.endsPhrase(e.To+1) || g.is(e.To, "after", "before")
}

// set reads what recurs: "every week", "each July", "annual", "twice a day", "$5 a year".
func (g *Grammar) set(i int) *Expression {
	if t := g.at(i); t.word.is&(isSet|isDeterminer) == 0 && !g.is(i, "every", "each", "once", "twice", "per", "weekdays", "weekends", "weeknights") {
		return nil
	}
	t := g.at(i)
	e := &Expression{Form: Set, Rule: "set", From: i, Way: Every}
	switch {
	case g.is(i, "every", "each"):
		k := i + 1
		if g.is(k, "other") {
			if u, plural, to, ok := g.unit(k + 1); ok && !plural {
				e.N, e.Unit, e.To = 2, u, to
				return e
			}
			return nil
		}
		if g.is(k, "single") {
			k++
		}
		if n, to, ok := g.number(k); ok && g.is(i, "every") {
			if u, _, end, ok := g.unit(to); ok {
				e.N, e.Unit, e.To = n, u, end
				return e
			}
		}
		if d, to, ok := g.weekdayName(k); ok {
			e.Weekday, e.To = d, to
			return e
		}
		if m, to, ok := g.month(k); ok {
			e.Month, e.To = m, to
			return e
		}
		if g.has(k, isSeason) {
			e.Nth, e.To = g.at(k).word.n, k+1
			return e
		}
		if g.has(k, isPart) {
			e.Part, e.Unit, e.N, e.To = g.at(k).word.n, calendar.DayUnit, 1, k+1
			return e
		}
		if u, plural, to, ok := g.unit(k); ok && !plural {
			if u == calendar.Second {
				return nil
			}
			e.N, e.Unit, e.To = 1, u, to
			return e
		}
	case g.is(i, "weekdays", "weekends", "weeknights") && (g.is(i-1, "on", "at") || g.starts(i)):
		e.N, e.Unit, e.To = 1, calendar.Weekend, i+1
		if t.Text != "weekends" {
			e.Unit = calendar.DayUnit
		}
		return e
	case t.word.is&isSet != 0:
		if g.is(i-1, "-") && t.Tight {
			return nil // "semi-annual"
		}
		if t.Cap && (g.at(i+1).Cap && !g.at(i+1).Break || !g.starts(i)) {
			return nil
		}
		e.N, e.Unit, e.To = 1, t.word.unit, i+1
		return e
	case g.is(i, "once", "twice") && g.is(i+1, "a", "every", "each", "per"):
		if u, plural, to, ok := g.unit(i + 2); ok && !plural {
			e.N, e.Unit, e.To = 1, u, to
			return e
		}
	case g.is(i, "a", "an", "per") && g.has(i+1, isUnit) && !g.has(i+1, isPlural) && i > 0 && g.at(i+1).word.unit != calendar.Second:
		if !g.endsPhrase(i + 2) {
			return nil
		}
		u := g.at(i + 1).word.unit
		p := g.at(i - 1)
		money := p.Kind == Number || g.is(i-1, "million", "billion", "trillion", "thousand", "times", "percent", "%", "dollars", "euros", "pounds", "people", "once", "twice", "barrels", "tons", "tonnes", "cents")
		if g.is(i, "per") || money && !g.is(i+2, "ago", "after", "later", "before", "earlier") {
			e.N, e.Unit, e.To = 1, u, i+2
			if p.Kind == Number && len(p.Text) == 4 && !g.is(i-2, "$", ",") {
				return nil
			}
			return e
		}
	}
	return nil
}

// ref reads the words that tell a time without a place in the calendar: "now", "recently",
// "soon", "in the past".
func (g *Grammar) ref(i int) *Expression {
	if t := g.at(i); t.word.is&isRef == 0 && !refHeads[t.Text] {
		return nil
	}
	e := &Expression{Form: Ref, Rule: "reference-word", From: i, To: i + 1}
	t := g.at(i)
	k := i
	if g.is(i, "once") {
		// the adverb: "that once was", "was once", "he once said"
		if g.is(i+1, "again", "more", "and", "-", "the", "a", "an", "every", "per", "he", "she", "they", "it", "we", "i", "you", ",", ".") {
			return nil
		}
		if g.is(i-1, "was", "were", "had", "that", "which", "who", "has", "have", "he", "she", "they", "it", "is", "are") || g.is(i+1, "was", "were", "had", "said", "told", "called") {
			e.Value = PastRef
			return e
		}
		return nil
	}
	if g.is(k, "more", "most", "very", "just") && g.has(k+1, isRef) {
		k++
		t = g.at(k)
		e.To = k + 1
	}
	for _, p := range fixedRefs {
		if p.words[0] == g.at(i).Text {
			to := i
			ok := true
			for _, w := range p.words {
				if g.at(to).Text != w || to > i && g.at(to).Break {
					ok = false
					break
				}
				to++
			}
			if ok && (!p.closed || g.endsPhrase(to) && !g.is(to, "of", "and", "or") || g.is(to-1, "term", "run") && g.is(i-1, "in", "over", "for")) {
				e.Value, e.To = p.value, to
				return e
			}
		}
	}
	if t.word.is&isRef == 0 {
		return nil
	}
	if t.Cap && !g.starts(i) {
		return nil
	}
	switch t.Text {
	case "now":
		if g.is(k+1, "that", "-") || g.is(i-1, "-") {
			return nil
		}
	case "current":
		if g.is(k+1, "and", "-") || g.is(i-1, "a", "-") {
			return nil
		}
	case "soon":
		if g.is(i-1, "as", "so", "too", "how") || g.is(k+1, "after", "-", "as") {
			return nil
		}
	case "shortly":
		if g.is(k+1, "after", "before", "afterwards", "thereafter") {
			return nil
		}
	case "recent":
		if g.has(k+1, isUnit) && g.has(k+1, isPlural) && g.near(k+1) {
			e.Form, e.Rule, e.N, e.Unit, e.To, e.Plural = Duration, "recent-units", -1, g.at(k+1).word.unit, k+2, true
			return e
		}
	}
	e.Value = t.word.ref
	return e
}

// refHeads are the words that begin a reference word of several words, or may.
var refHeads = map[string]bool{"once": true, "more": true, "most": true, "very": true, "just": true, "right": true, "at": true, "the": true, "these": true, "as": true, "of": true, "long": true, "a": true}

var fixedRefs = []struct {
	words  []string
	value  string
	closed bool
}{
	{[]string{"right", "now"}, Present, false},
	{[]string{"at", "present"}, Present, true},
	{[]string{"at", "the", "moment"}, Present, false},
	{[]string{"the", "time", "being"}, Present, true},
	{[]string{"these", "days"}, Present, true},
	{[]string{"the", "present", "day"}, Present, true},
	{[]string{"the", "past"}, PastRef, true},
	{[]string{"the", "recent", "past"}, PastRef, true},
	{[]string{"the", "other", "day"}, PastRef, false},
	{[]string{"the", "future"}, FutureRef, true},
	{[]string{"the", "near", "future"}, FutureRef, false},
	{[]string{"the", "foreseeable", "future"}, FutureRef, false},
	{[]string{"the", "near", "term"}, FutureRef, true},
	{[]string{"the", "short", "term"}, FutureRef, true},
	{[]string{"the", "long", "term"}, FutureRef, true},
	{[]string{"the", "long", "run"}, FutureRef, true},
	{[]string{"as", "of", "late"}, PastRef, true},
	{[]string{"of", "late"}, PastRef, true},
	{[]string{"long", "ago"}, PastRef, true},
	{[]string{"at", "the", "time"}, PastRef, true},
	{[]string{"at", "that", "time"}, PastRef, true},
	{[]string{"a", "later", "date"}, FutureRef, true},
}

// between reads the first number of "between 60 and 90 days", which takes its unit from the
// second.
func (g *Grammar) between(i int) *Expression {
	if !g.is(i-1, "between") {
		return nil
	}
	n, to, ok := g.count(i)
	if !ok || !g.is(to, "and") {
		return nil
	}
	if _, k, ok := g.count(to + 1); ok {
		if u, plural, _, ok := g.unit(k); ok && plural {
			return &Expression{Form: Duration, Rule: "duration", From: i, To: to, N: n, Unit: u, Plural: true}
		}
	}
	return nil
}
