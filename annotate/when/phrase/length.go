package phrase

import (
	"strings"

	"dateline/annotate/when/calendar"
	"dateline/annotate/when/words"
)

// About steps over the words that make a number less than exact: "about", "more than", "nearly",
// "up to", "at least".
func (g *Rules) About(i int) int {
	k := i
	for n := 0; n < 2; n++ {
		switch {
		case g.Is(k, "more", "less", "fewer") && g.Is(k+1, "than"):
			k += 2
		case g.Is(k, "at") && g.Is(k+1, "least", "most"):
			k += 2
		case g.Is(k, "up") && g.Is(k+1, "to"):
			k += 2
		case g.Is(k, "about", "around", "nearly", "almost", "approximately", "roughly", "over", "under", "barely", "just", "only", "some", "circa", "well", "exactly") && g.Near(k+1):
			k++
		default:
			return k
		}
	}
	return k
}

// Length reads a number of units: "three weeks", "a year and a half", "27-year". article is true
// where the number is only "a" or "an".
func (g *Rules) Length(i int) (e *Expression, article bool) {
	if t := g.At(i); t.Kind != words.Number && t.Word.Is&(words.IsCardinal|words.IsOpen|words.IsDeterminer|words.IsOrdinal) == 0 && !g.Is(i, "another", "half", "quarter", "single") {
		return nil, false
	}
	k := i
	if g.Is(k, "the") {
		k++
		if g.Is(k, "first", "final", "opening", "initial", "closing", "remaining", "additional") {
			k++
		}
	} else if g.Is(k, "another", "first") {
		k++
	}
	e = &Expression{Form: Duration, Rule: "duration", From: i}
	n, to, ok := g.Number(k)
	if ok && k == i+1 && g.Is(i, "the") && g.Is(to, "-") {
		return nil, false // "the three-week strike": the article is the strike's
	}
	switch {
	case ok && k > i && g.Is(k, "few") && g.Is(i, "the"):
	case ok:
	case g.Is(k, "a", "an") && k == i:
		n, to, article = 1, k+1, true
	case g.Is(i, "another") && k == i+1:
		n, to = 1, k
	default:
		return nil, false
	}
	hyphen := g.Is(to, "-") && g.Near(to+1)
	if hyphen {
		to++
	}
	if g.Is(to, "full", "whole", "entire", "good", "long", "unusually") && article {
		to++
	}
	if to == k && !g.Is(i, "another") {
		return nil, false
	}
	if g.Is(to, "]") && g.Is(k-1, "[") {
		to++ // a number put in by an editor: "[Ten] years ago"
	}
	u, plural, end, ok := g.UnitAt(to)
	if !ok {
		// "weeks or months"
		return nil, false
	}
	if g.Has(end-1, words.IsAbbreviation) && !hyphen && g.At(to-1).Kind != words.Number {
		return nil, false
	}
	if last := g.At(end - 1); last.Cap && !last.Caps && !hyphen && !article {
		return nil, false // "Four More Years"
	}
	if _, ok := g.Seq(end, "-", "at", "-", "a", "-", "time"); ok {
		return nil, false
	}
	if g.Has(end-1, words.IsAbbreviation) && g.Is(end, ".") && g.At(end).Tight && !g.At(end+1).Cap {
		end++
	}
	e.N, e.Unit, e.Plural, e.To = n, u, plural, end
	if article && plural {
		return nil, false
	}
	if !plural && !hyphen && n > 1000 {
		return nil, false // "2018 day"
	}
	if !plural && !article && n != 1 && n != .5 && !hyphen && !g.Is(end, "-") && !(g.At(end).Kind == words.Word && !g.EndsPhrase(end)) {
		return nil, false // "four day" only before a noun
	}
	if g.Is(end, "and") && g.Is(end+1, "a") && g.Is(end+2, "half") && n >= 0 {
		e.N, e.To = n+.5, end+3
	} else if g.Is(end, "and") && n >= 0 && !article {
		// "two years and three months", "9 years and 10 months"
		if m, to, ok := g.Count(end + 1); ok && m >= 0 {
			if u2, _, end2, ok := g.UnitAt(to); ok && u2 < u && u == calendar.Year && u2 == calendar.Month {
				e.Unit, e.N, e.To = calendar.Month, n*12+m, end2
			} else if ok && u2 < u {
				e.To = end2
				e.Value = sum(u.Duration(n), u2.Duration(m))
			}
		}
	} else if g.Is(end, "or") && g.Is(end+1, "so") {
		e.To = end + 2
	} else if g.Is(end, "or") && g.Has(end+1, words.IsUnit) && g.Has(end+1, words.IsPlural) {
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

// Duration reads a length of time: "three weeks", "27-year", "more than four hours", "a decade"
// after "over", "years" after "for".
func (g *Rules) Duration(i int) *Expression {
	k := g.About(i)
	if e := g.between(i); e != nil {
		return e
	}
	e, article := g.Length(k)
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
		if k > i && !article && g.Is(i, "just", "only", "some", "well", "exactly") {
			e.From = i + 1
			if g.Is(i, "some") {
				e.From = i
			}
		}
		if e.Unit == calendar.Second && !e.Plural && !g.Is(e.To-2, "-") || e.Unit == calendar.Quarter && g.Is(k, "the") {
			return nil
		}
		if end, ok := g.Seq(e.To, "in", "a", "row"); ok {
			e.To = end
		}
		if e.Unit == calendar.PartOfDay {
			return nil
		}
		return e
	}
	if u, ok := longWords[g.At(i).Text]; ok {
		return &Expression{Form: Duration, Rule: "duration", From: i, To: i + 1, N: 1, Unit: u}
	}
	if g.Is(i, "a", "some") && (g.Is(i+1, "while") || g.Is(i+1, "long") && g.Is(i+2, "time") || g.Is(i, "some") && g.Is(i+1, "time")) && g.Is(i-1, "for", "in", "after", "quite", "took", "take") {
		to := i + 2
		if g.Is(i+1, "long") {
			to++
		}
		if g.EndsPhrase(to) {
			return &Expression{Form: Duration, Rule: "long-time", From: i, To: to}
		}
		return nil
	}
	// a plural without a number
	t := g.At(i)
	k = i
	if g.Is(i, "the") && g.Is(i-1, "over", "through", "in") && g.Has(i+1, words.IsPlural) {
		k++
		t = g.At(k)
	}
	if t.Word.Is&words.IsUnit == 0 || t.Word.Is&words.IsPlural == 0 || t.Word.Is&words.IsAbbreviation != 0 || t.Word.Unit == calendar.Second || t.Word.Unit == calendar.Quarter || t.Cap && !g.Starts(i) {
		return nil
	}
	e = &Expression{Form: Duration, Rule: "plural-duration", From: i, To: k + 1, N: -1, Unit: t.Word.Unit, Plural: true}
	if g.Is(e.To, "ahead") {
		e.To++
		return e
	}
	if g.Is(e.To, "-") && g.At(e.To).Tight {
		if g.Is(e.To+1, "long") && k == i {
			e.To += 2
			return e // "months-long"
		}
		return nil
	}
	if g.Is(e.To, "or") && g.Has(e.To+1, words.IsUnit) && g.Has(e.To+1, words.IsPlural) {
		e.To += 2
	}
	if g.Is(e.To, "of") && k == i && (g.Starts(i) || g.At(i-1).Kind == words.Mark || g.Is(i-1, "after", "for", "in", "by", "with", "through", "over", "held", "following", "despite", "spent", "amid", "and", "took", "had", "have", "spend", "during", "from") || strings.HasSuffix(g.At(i-1).Text, "ed")) && g.At(e.To+1).Kind == words.Word && !g.At(e.To+1).Cap && !g.Is(e.To+1, "the", "his", "her", "their", "age", "our", "its") {
		return e // "hours of talks"
	}
	if g.Is(i-1, "in", "for", "within", "after", "over", "just", "lasted", "lasting", "last", "of", "through", "take", "took", "taken") && g.EndsPhrase(e.To) && !g.Is(i-2, "dozens", "hundreds", "thousands", "millions") {
		return e
	}
	return nil
}

// longWords are lengths written as one word.
var longWords = map[string]calendar.Unit{"daylong": calendar.DayUnit, "weeklong": calendar.Week, "monthlong": calendar.Month, "yearlong": calendar.Year, "decadelong": calendar.Decade, "hourlong": calendar.Hour}

// age reports whether a length is somebody's age.
func (g *Rules) age(e *Expression) bool {
	if g.Is(e.From-1, "aged", "age") {
		return true
	}
	k := e.To
	if g.Is(k, "-") {
		k++
	}
	if g.Is(k, "old", "olds", "older", "younger") {
		return true
	}
	return g.Is(k, "of") && g.Is(k+1, "age")
}

// articleCounts reports whether "a week" is a length: after a word that measures, or before one.
func (g *Rules) articleCounts(i, k int, e *Expression) bool {
	if e.Unit == calendar.Quarter {
		return false // a quarter of what
	}
	if e.N != 1 || k > i && !g.Is(i, "just", "only") {
		return e.Unit != calendar.Second || g.Has(k-1, words.IsAbout)
	}
	if g.Is(e.To, "-") {
		return g.Is(e.To+1, "long") || false
	}
	if e.Unit == calendar.Second && !g.Is(i-1, "for", "per", "within") {
		return false
	}
	if g.Is(e.To, "'") && g.Is(e.To+1, "s") && g.At(e.To+1).Tight && g.Is(e.To+2, "pay", "wages", "wage", "rent", "work", "notice", "leave", "rest", "income", "salary", "supply", "worth", "delay", "earnings", "journey", "march", "walk", "drive", "ride", "sail", "delays", "training", "imports", "exports", "revenue", "profit", "production", "output", "grace") {
		return true // "a week's pay"
	}
	if g.Is(i-1, "for", "in", "within", "than", "over", "nearly", "about", "around", "almost", "after", "under", "take", "took", "lasted", "half", "every", "less", "through", "quarter") {
		return g.EndsPhrase(e.To) && !(g.Is(i-1, "for", "in", "after", "about", "than") && g.Is(e.To, "of", "that", "when", "in") && !g.Is(e.To, "in"))
	}
	return g.Is(e.To, "after", "before", "later", "earlier", "long") && g.EndsPhrase(e.To+1) || g.Is(e.To, "after", "before")
}

// Set reads what recurs: "every week", "each July", "annual", "twice a day", "$5 a year".
func (g *Rules) Set(i int) *Expression {
	if t := g.At(i); t.Word.Is&(words.IsSet|words.IsDeterminer) == 0 && !g.Is(i, "every", "each", "once", "twice", "per", "weekdays", "weekends", "weeknights") {
		return nil
	}
	t := g.At(i)
	e := &Expression{Form: Set, Rule: "set", From: i, Way: words.Every}
	switch {
	case g.Is(i, "every", "each"):
		k := i + 1
		if g.Is(k, "other") {
			if u, plural, to, ok := g.UnitAt(k + 1); ok && !plural {
				e.N, e.Unit, e.To = 2, u, to
				return e
			}
			return nil
		}
		if g.Is(k, "single") {
			k++
		}
		if n, to, ok := g.Number(k); ok && g.Is(i, "every") {
			if u, _, end, ok := g.UnitAt(to); ok {
				e.N, e.Unit, e.To = n, u, end
				return e
			}
		}
		if d, to, ok := g.WeekdayName(k); ok {
			e.Weekday, e.To = d, to
			return e
		}
		if m, to, ok := g.Month(k); ok {
			e.Month, e.To = m, to
			return e
		}
		if g.Has(k, words.IsSeason) {
			e.Nth, e.To = g.At(k).Word.N, k+1
			return e
		}
		if g.Has(k, words.IsPart) {
			e.Part, e.Unit, e.N, e.To = g.At(k).Word.N, calendar.DayUnit, 1, k+1
			return e
		}
		if u, plural, to, ok := g.UnitAt(k); ok && !plural {
			if u == calendar.Second {
				return nil
			}
			e.N, e.Unit, e.To = 1, u, to
			return e
		}
	case g.Is(i, "weekdays", "weekends", "weeknights") && (g.Is(i-1, "on", "at") || g.Starts(i)):
		e.N, e.Unit, e.To = 1, calendar.Weekend, i+1
		if t.Text != "weekends" {
			e.Unit = calendar.DayUnit
		}
		return e
	case t.Word.Is&words.IsSet != 0:
		if g.Is(i-1, "-") && t.Tight {
			return nil // "semi-annual"
		}
		if t.Cap && (g.At(i+1).Cap && !g.At(i+1).Break || !g.Starts(i)) {
			return nil
		}
		e.N, e.Unit, e.To = 1, t.Word.Unit, i+1
		return e
	case g.Is(i, "once", "twice") && g.Is(i+1, "a", "every", "each", "per"):
		if u, plural, to, ok := g.UnitAt(i + 2); ok && !plural {
			e.N, e.Unit, e.To = 1, u, to
			return e
		}
	case g.Is(i, "a", "an", "per") && g.Has(i+1, words.IsUnit) && !g.Has(i+1, words.IsPlural) && i > 0 && g.At(i+1).Word.Unit != calendar.Second:
		if !g.EndsPhrase(i + 2) {
			return nil
		}
		u := g.At(i + 1).Word.Unit
		p := g.At(i - 1)
		money := p.Kind == words.Number || g.Is(i-1, "million", "billion", "trillion", "thousand", "times", "percent", "%", "dollars", "euros", "pounds", "people", "once", "twice", "barrels", "tons", "tonnes", "cents") ||
			// "a million marks a year", "three days a week"
			i > 1 && strings.HasSuffix(p.Text, "s") && (g.At(i-2).Kind == words.Number || g.At(i-2).Word.Is&words.IsCardinal != 0 || g.Is(i-2, "million", "billion", "thousand", "hundred", "few", "many"))
		if g.Is(i, "per") || money && !g.Is(i+2, "ago", "after", "later", "before", "earlier") {
			e.N, e.Unit, e.To = 1, u, i+2
			if p.Kind == words.Number && len(p.Text) == 4 && !g.Is(i-2, "$", ",") {
				return nil
			}
			return e
		}
	}
	return nil
}

// Ref reads the words that tell a time without a place in the calendar: "now", "recently",
// "soon", "in the past".
func (g *Rules) Ref(i int) *Expression {
	if t := g.At(i); t.Word.Is&words.IsRef == 0 && !refHeads[t.Text] {
		return nil
	}
	e := &Expression{Form: Ref, Rule: "reference-word", From: i, To: i + 1}
	t := g.At(i)
	k := i
	if g.Is(i, "once") {
		// the adverb: "that once was", "was once", "he once said"
		if g.Is(i+1, "again", "more", "and", "-", "the", "a", "an", "every", "per", "he", "she", "they", "it", "we", "i", "you", ",", ".") {
			return nil
		}
		if g.Is(i-1, "was", "were", "had", "that", "which", "who", "has", "have", "he", "she", "they", "it", "is", "are") || g.Is(i+1, "was", "were", "had", "said", "told", "called") {
			e.Value = words.PastRef
			return e
		}
		return nil
	}
	if g.Is(k, "more", "most", "very", "just") && g.Has(k+1, words.IsRef) {
		k++
		t = g.At(k)
		e.To = k + 1
	}
	for _, p := range fixedRefs {
		if p.words[0] == g.At(i).Text {
			to := i
			ok := true
			for _, w := range p.words {
				if g.At(to).Text != w || to > i && g.At(to).Break {
					ok = false
					break
				}
				to++
			}
			if ok && (!p.closed || g.EndsPhrase(to) && !g.Is(to, "of", "and", "or") || g.Is(to-1, "term", "run") && g.Is(i-1, "in", "over", "for")) {
				e.Value, e.To = p.value, to
				return e
			}
		}
	}
	if t.Word.Is&words.IsRef == 0 {
		return nil
	}
	if t.Cap && !g.Starts(i) {
		return nil
	}
	switch t.Text {
	case "now":
		if g.Is(k+1, "that", "-") || g.Is(i-1, "-") {
			return nil
		}
	case "current":
		if g.Is(k+1, "and", "-") || g.Is(i-1, "a", "-") {
			return nil
		}
	case "soon":
		if g.Is(i-1, "as", "so", "too", "how") || g.Is(k+1, "after", "-", "as") {
			return nil
		}
	case "shortly":
		if g.Is(k+1, "after", "before", "afterwards", "thereafter") {
			return nil
		}
	case "recent":
		if g.Has(k+1, words.IsUnit) && g.Has(k+1, words.IsPlural) && g.Near(k+1) {
			e.Form, e.Rule, e.N, e.Unit, e.To, e.Plural = Duration, "recent-units", -1, g.At(k+1).Word.Unit, k+2, true
			return e
		}
	}
	e.Value = t.Word.Ref
	return e
}

// refHeads are the words that begin a reference word of several words, or may.
var refHeads = map[string]bool{"once": true, "more": true, "most": true, "very": true, "just": true, "right": true, "at": true, "the": true, "these": true, "as": true, "of": true, "long": true, "a": true}

var fixedRefs = []struct {
	words  []string
	value  string
	closed bool
}{
	{[]string{"right", "now"}, words.Present, false},
	{[]string{"at", "present"}, words.Present, true},
	{[]string{"at", "the", "moment"}, words.Present, false},
	{[]string{"the", "time", "being"}, words.Present, true},
	{[]string{"these", "days"}, words.Present, true},
	{[]string{"the", "present", "day"}, words.Present, true},
	{[]string{"the", "past"}, words.PastRef, true},
	{[]string{"the", "recent", "past"}, words.PastRef, true},
	{[]string{"the", "other", "day"}, words.PastRef, false},
	{[]string{"the", "future"}, words.FutureRef, true},
	{[]string{"the", "near", "future"}, words.FutureRef, false},
	{[]string{"the", "foreseeable", "future"}, words.FutureRef, false},
	{[]string{"the", "near", "term"}, words.FutureRef, true},
	{[]string{"the", "short", "term"}, words.FutureRef, true},
	{[]string{"the", "long", "term"}, words.FutureRef, true},
	{[]string{"the", "long", "run"}, words.FutureRef, true},
	{[]string{"as", "of", "late"}, words.PastRef, true},
	{[]string{"of", "late"}, words.PastRef, true},
	{[]string{"long", "ago"}, words.PastRef, true},
	{[]string{"at", "the", "time"}, words.PastRef, true},
	{[]string{"at", "that", "time"}, words.PastRef, true},
	{[]string{"a", "later", "date"}, words.FutureRef, true},
}

// between reads the first number of "between 60 and 90 days", which takes its unit from the
// second.
func (g *Rules) between(i int) *Expression {
	if !g.Is(i-1, "between") {
		return nil
	}
	n, to, ok := g.Count(i)
	if !ok || !g.Is(to, "and") {
		return nil
	}
	if _, k, ok := g.Count(to + 1); ok {
		if u, plural, _, ok := g.UnitAt(k); ok && plural {
			return &Expression{Form: Duration, Rule: "duration", From: i, To: to, N: n, Unit: u, Plural: true}
		}
	}
	return nil
}
