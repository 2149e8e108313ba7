package grammar

import (
	"dateline/annotate/when/calendar"
	"dateline/annotate/when/phrase"
	"dateline/annotate/when/words"
)

// ago reads a distance from another time: "two years ago", "a week earlier", "three days later",
// "months ago", "a year ago Friday", "two days after".
func (g *Grammar) ago(i int) *phrase.Expression {
	k := g.About(i)
	if k == i && g.Has(i, words.IsAbout) && g.Is(i, "more", "less", "at", "up") {
		return nil
	}
	e, _ := g.Length(k)
	if e == nil && g.Has(k, words.IsUnit) && !g.Has(k, words.IsAbbreviation) {
		e = &phrase.Expression{N: -1, Unit: g.At(k).Word.Unit, To: k + 1, Plural: g.Has(k, words.IsPlural)}
		if !e.Plural {
			// "year-earlier", "year-ago"
			if g.Is(e.To, "-") && g.Is(e.To+1, "earlier", "ago") || g.Is(e.To, "earlier", "ago") {
				e.N = 1
			} else {
				return nil
			}
		}
	}
	if e == nil {
		return nil
	}
	e.Form, e.Rule, e.From = phrase.Ago, "ago", i
	if k == i && g.Is(i, "the") && e.N < 0 {
		return nil
	}
	to := e.To
	if g.Is(to, "-") {
		to++
	}
	after := to + 1
	closed := g.At(after).Kind == words.Mark || g.At(after).Break || g.Is(after, "and", "but", "when", "in", "to")
	switch {
	case g.Is(to, "'") && g.Is(i-1, "in") && (g.Is(to+1, "time") || g.Is(to+1, "s") && g.Is(to+2, "time")):
		e.Way, after = words.Next, to+2
		if g.Is(to+1, "s") {
			after++
		}
	case g.Is(to, "ago"):
		e.Way = words.Last
	case g.Is(to, "back") && closed && !g.Is(after, "to") || g.Is(to, "back") && g.Is(after, "that", "when"):
		e.Way = words.Last
	case g.Is(to, "earlier", "previously", "prior") && !g.Is(after, "than", "to", "than"):
		e.Way = words.Previous
	case g.Is(to, "before") && closed && !g.Is(after, "in", "to"):
		e.Way = words.Previous
	case g.Is(to, "later", "hence", "afterwards", "afterward"):
		e.Way = words.Following
	case g.Is(to, "after") && (g.At(after).Kind == words.Mark && !g.Is(after, `"`, "'", "$") || g.At(after).Break):
		e.Way = words.Following
	case g.Is(to, "from") && g.Is(to+1, "now", "today"):
		e.Way, after = words.Next, to+2
	case g.Is(to, "from") && g.Has(to+1, words.IsWeekday):
		e.Way = words.Following
		e.In, after = g.Weekday(to+1), to+2
		if e.In == nil {
			return nil
		}
		e.To = after
		return e
	default:
		return nil
	}
	e.To = after
	if e.Way == words.Following && g.Is(e.To, "than") {
		return nil
	}
	// "a year earlier" told of a period: "the year-earlier quarter", "year-ago period"
	if g.Is(e.To, "quarter", "period", "month") && e.Unit == calendar.Year && e.N == 1 && g.Near(e.To) {
		p := &phrase.Expression{Form: phrase.Period, Rule: "same-period", From: i, To: e.To + 1, In: e}
		if g.Is(i-1, "the") {
			p.From--
		}
		return p
	}
	if e.Way == words.Last && g.Near(e.To) {
		if d := g.inner(e.To, g.Weekday, g.Deictic); d != nil && d.Form != phrase.Set {
			e.In, e.To = d, d.To
		} else if d := g.inner(e.To, g.units); d != nil && d.Form == phrase.Unit && d.Way == words.This {
			e.In, e.To = d, d.To
		}
	}
	return e
}

// anniversary reads "the third anniversary" of something.
func (g *Grammar) anniversary(i int) *phrase.Expression {
	k := i
	if g.Has(k, words.IsDeterminer) {
		k++
	}
	n, to, ok := g.OrdinalAt(k)
	if !ok || n < 1 || !g.Is(to, "anniversary") {
		return nil
	}
	return &phrase.Expression{Form: phrase.Anniversary, Rule: "anniversary", From: i, To: to + 1, Nth: n}
}
