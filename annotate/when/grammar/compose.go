package grammar

import (
	"dateline/annotate/when/calendar"
	"dateline/annotate/when/phrase"
	"dateline/annotate/when/words"
)

// point is a place in the calendar without a time of day.
func (g *Grammar) point(i int) *phrase.Expression {
	e := g.best(i, g.Numeric, g.Written, g.Weekday, g.Deictic, g.units, g.quarter, g.ordinalOf, g.season, g.holiday, g.Decade, g.Century, g.Year, g.adjacent, g.halfWords)
	if e == nil {
		return nil
	}
	switch {
	case e.Form == phrase.Calendar && e.Month != 0 && e.Day == 0 && e.Year == 0 && e.Way == words.NoWay, e.Form == phrase.Weekday && e.Way == words.NoWay:
		e = g.holder(e)
	case e.Form == phrase.Calendar && e.Day != 0 && e.Year == 0:
		h := *e
		if g.holder(&h); h.In != nil && h.In.Form == phrase.Unit && h.In.Way != words.Bare {
			e = &h
		}
	}
	return g.possessive(e)
}

// possessive reads "this year's third quarter", "last year's quarter", "last year's fourth".
func (g *Grammar) possessive(e *phrase.Expression) *phrase.Expression {
	if !g.Is(e.To, "'") || !g.Is(e.To+1, "s") || !g.At(e.To+1).Tight || !(e.Form == phrase.Unit && e.Unit == calendar.Year || e.Form == phrase.Calendar && e.Month == 0) {
		return e
	}
	k := e.To + 2
	if !g.Near(k) {
		return e
	}
	if g.Is(k, "quarter", "period") {
		p := &phrase.Expression{Form: phrase.Period, Rule: "same-period", From: e.From, To: k + 1, In: e}
		if g.Is(k, "quarter") {
			p.Unit = calendar.Quarter
		}
		return p
	}
	if g.Is(k, "end") {
		return &phrase.Expression{Form: phrase.Edge, Rule: "edge", From: e.From, To: k + 1, In: e, Word: "end"}
	}
	if q := g.inner(k, g.quarter, g.season); q != nil && q.In == nil && (q.Form == phrase.Ordinal || q.Form == phrase.Season) {
		q.In, q.From = e, e.From
		return q
	}
	return e
}

// halfWords reads the odd ones: "year-end", "year end", "these days", "the weeks ahead".
func (g *Grammar) halfWords(i int) *phrase.Expression {
	k := i
	if g.Is(k, "the") {
		k++
	}
	if g.Is(k, "year", "month", "quarter") {
		u := g.At(k).Word.Unit
		to := k + 1
		if g.Is(to, "-", "'") {
			to++
			if g.Is(to, "s") && g.Is(to-1, "'") {
				to++
			}
		}
		if g.Is(to, "end") && g.Near(to) {
			return &phrase.Expression{Form: phrase.Edge, Rule: "edge", From: i, To: to + 1, Word: "year-end", In: &phrase.Expression{Form: phrase.Unit, Unit: u, Way: words.This, From: i, To: to + 1}}
		}
	}
	return nil
}

// pointed is a point with what may follow it: a part of the day, a time of day.
func (g *Grammar) pointed(i int) *phrase.Expression {
	e := g.point(i)
	if e == nil {
		return nil
	}
	return g.tail(e)
}

// dayLike reports whether an expression can carry a part of the day.
func dayLike(e *phrase.Expression) bool {
	switch e.Form {
	case phrase.Weekday, phrase.Deictic, phrase.Holiday, phrase.Fixed:
		return true
	case phrase.Calendar:
		return e.Day != 0
	case phrase.Unit:
		return e.Unit == calendar.DayUnit && !e.Plural
	case phrase.Ordinal:
		return e.Unit == calendar.DayUnit
	case phrase.Part:
		return true
	}
	return false
}

func (g *Grammar) tail(e *phrase.Expression) *phrase.Expression {
	if !dayLike(e) {
		return e
	}
	k := e.To
	if g.Has(k, words.IsPart) && g.Near(k) && !g.Has(k, words.IsPlural) && e.Form != phrase.Part && !g.Is(k, "tonight", "overnight") {
		if n := g.At(k + 1); !(n.Kind == words.Word && n.Cap && g.At(k).Cap && !n.Break) {
			e = &phrase.Expression{Form: phrase.Part, Rule: "part-of-day", From: e.From, To: k + 1, Part: g.At(k).Word.N, In: e}
		}
	}
	k = e.To
	for k < e.To+2 && g.Is(k, ",", "at", "around", "about") {
		k++
	}
	if g.Near(k) && !g.Is(k, "noon", "midnight") || k > e.To && g.Near(k) {
		if c := g.Clock(k); c != nil && (k > e.To || c.Time.Zone != "" || c.To-c.From > 1) {
			c.In, c.From = e, e.From
			return c
		}
	}
	return e
}

// clocked is a time of day with the day that may follow it: "12:00 UTC Monday", "5 p.m. EST, Nov.
// 6", "2:30 the next day"; and "the morning of Aug. 3", "early Tuesday morning".
func (g *Grammar) clocked(i int) *phrase.Expression {
	e := g.Clock(i)
	if e == nil {
		return g.partOf(i)
	}
	k := g.Comma(e.To)
	if g.Is(k, "on", "of") {
		k++
	}
	if !g.Near(k) || k >= len(g.Tokens) {
		return e
	}
	if d := g.point(k); d != nil && dayLike(d) && !(d.Form == phrase.Calendar && d.Year == 0 && k == e.To && d.Day == 0) {
		e.In, e.To = d, d.To
		if g.Has(e.To, words.IsPart) && g.Near(e.To) && !g.Has(e.To, words.IsPlural) {
			e.To++
		}
		return e
	}
	return e
}

// partOf reads a part of the day with its day after it: "the morning of Aug. 3", "the night
// before", "morning" after "the", "mid-afternoon yesterday", "overnight".
func (g *Grammar) partOf(i int) *phrase.Expression {
	k := i
	det := g.Is(k, "the")
	if det {
		k++
	}
	if g.Is(k, "early", "late", "mid") {
		k++
		if g.Is(k, "-") {
			k++
		}
	}
	t := g.At(k)
	if t.Word.Is&words.IsPart == 0 || t.Word.Is&words.IsPlural != 0 || k > i && t.Break || t.Text == "tonight" {
		return nil
	}
	e := &phrase.Expression{Form: phrase.Part, Rule: "part-of-day", From: i, To: k + 1, Part: t.Word.N}
	to := k + 1
	of := g.Is(to, "of", "on")
	if of {
		to++
	}
	if g.Near(to) && (of || !det) {
		if d := g.point(to); d != nil && dayLike(d) && !(d.Form == phrase.Unit && d.Way == words.Bare) {
			e.In, e.To = d, d.To
			return e
		}
	}
	if t.Text == "overnight" && k == i && !g.Is(i+1, "-") && (g.EndsPhrase(i+1) || g.Is(i-1, "at", "by", "held", "on", "ran")) {
		e.Way = words.Last
		return e
	}
	if k == i && g.Is(k+1, "trading") && g.Is(i-1, "in", "of") {
		e.Way = words.Bare
		return e
	}
	if det && g.EndsPhrase(k+1) && !g.Is(k+1, "of", "before", "after", "that", "when", "he", "she", "i") && g.Is(i-1, "in", "during", "through", "of", "later", "earlier", "for", "into") {
		e.Way = words.Bare
		return e
	}
	return nil
}

// edge reads a part of a stretch: "late March", "the end of last year", "early in 2016", "mid-
// November", "earlier this week", "the rest of the year".
func (g *Grammar) edge(i int) *phrase.Expression {
	k := i
	var word string
	if g.Is(k, "the") && !g.Has(k+1, words.IsEdge) && !g.Is(k+1, "very") && !g.Has(k+1, words.IsEdgeNoun) && !g.Is(k+1, "latter", "first", "second", "early", "late") {
		return nil
	}
	if g.Is(k, "the") {
		k++
	}
	if g.Is(k, "very", "much", "more") {
		k++
	}
	t := g.At(k)
	switch {
	case t.Word.Is&words.IsEdge != 0:
		word = t.Text
		k++
		if g.Is(k, "-") {
			k++
		}
		if g.Is(k, "on", "in", "of", "into") && !(g.Is(k, "on") && !g.Is(i, "early", "late", "later", "earlier")) {
			k++
		} else if g.Is(k, "or") && g.Is(k+1, "mid", "early", "late") {
			k += 2
			if g.Is(k, "-") {
				k++
			}
		}
	case t.Word.Is&words.IsEdgeNoun != 0 && g.Is(k+1, "of"):
		word = t.Text
		if (t.Text == "half" || t.Text == "part") && !g.Is(k-1, "early", "latter", "first", "second") && k > i {
			return nil
		}
		k += 2
	case t.Text == "end" && g.Is(k+1, "-"):
		word = "end"
		k += 2
	case (t.Text == "latter" || t.Text == "first" || t.Text == "second" || t.Text == "early") && g.Is(k+1, "half", "part") && g.Is(k+2, "of"):
		word = t.Text
		k += 3
	default:
		return nil
	}
	if !g.Near(k) || k >= len(g.Tokens) {
		return nil
	}
	in := g.pointed(k)
	if in == nil && g.Is(k, "the") {
		if d := g.Decade(k); d != nil {
			in = d
		}
	}
	if in == nil {
		// "the early 1980s", "mid 1990s", "the late sixties"
		if d := g.decadeAt(k, i); d != nil {
			in = d
		}
	}
	if in == nil || in.Form == phrase.Unit && in.Unit < calendar.DayUnit || in.Form == phrase.Span || in.Form == phrase.Event || in.Form == phrase.Set {
		return nil
	}
	if in.Form == phrase.Calendar && in.TwoDigit && in.Month == 0 && !g.Is(k, "'") {
		return nil
	}
	if word == "rest" && in.Form == phrase.Deictic {
		return nil
	}
	return &phrase.Expression{Form: phrase.Edge, Rule: "edge", From: i, To: in.To, In: in, Word: word}
}

// decadeAt reads a decade whose article stands before "early" or "late".
func (g *Grammar) decadeAt(k, i int) *phrase.Expression {
	if d := g.Decade(k); d != nil {
		return d
	}
	t := g.At(k)
	article := g.Is(i, "the") || g.Is(i-1, "the") || g.Is(i-1, "his", "her", "their")
	switch {
	case article && t.Kind == words.Word && t.Word.Is&words.IsOther != 0 && t.Word.N >= 20 && t.Word.N%10 == 0 && !g.Is(i-1, "his", "her", "their"):
		return &phrase.Expression{Form: phrase.Decade, Rule: "decade", From: k, To: k + 1, Year: t.Word.N, TwoDigit: true}
	case t.Kind == words.Number && len(t.Text) == 2 && t.Value%10 == 0 && g.Is(k+1, "s") && g.At(k+1).Tight && article && !g.Is(i-1, "his", "her", "their"):
		return &phrase.Expression{Form: phrase.Decade, Rule: "decade", From: k, To: k + 2, Year: t.Value, TwoDigit: true}
	}
	return nil
}
