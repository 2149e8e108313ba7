package grammar

import "dateline/annotate/when/calendar"

// point is a place in the calendar without a time of day.
func (g *Grammar) point(i int) *Expression {
	e := g.best(i, g.numeric, g.written, g.weekday, g.deictic, g.units, g.quarter, g.ordinalOf, g.season, g.holiday, g.decade, g.century, g.year, g.adjacent, g.halfWords)
	if e == nil {
		return nil
	}
	switch {
	case e.Form == Calendar && e.Month != 0 && e.Day == 0 && e.Year == 0 && e.Way == NoWay, e.Form == Weekday && e.Way == NoWay:
		e = g.holder(e)
	case e.Form == Calendar && e.Day != 0 && e.Year == 0:
		h := *e
		if g.holder(&h); h.In != nil && h.In.Form == Unit && h.In.Way != Bare {
			e = &h
		}
	}
	return g.possessive(e)
}

// possessive reads "this year's third quarter", "last year's quarter", "last year's fourth".
func (g *Grammar) possessive(e *Expression) *Expression {
	if !g.is(e.To, "'") || !g.is(e.To+1, "s") || !g.at(e.To+1).Tight || !(e.Form == Unit && e.Unit == calendar.Year || e.Form == Calendar && e.Month == 0) {
		return e
	}
	k := e.To + 2
	if !g.near(k) {
		return e
	}
	if g.is(k, "quarter", "period") {
		p := &Expression{Form: Period, Rule: "same-period", From: e.From, To: k + 1, In: e}
		if g.is(k, "quarter") {
			p.Unit = calendar.Quarter
		}
		return p
	}
	if g.is(k, "end") {
		return &Expression{Form: Edge, Rule: "edge", From: e.From, To: k + 1, In: e, Word: "end"}
	}
	if q := g.inner(k, g.quarter, g.season); q != nil && q.In == nil && (q.Form == Ordinal || q.Form == Season) {
		q.In, q.From = e, e.From
		return q
	}
	return e
}

// halfWords reads the odd ones: "year-end", "year end", "these days", "the weeks ahead".
func (g *Grammar) halfWords(i int) *Expression {
	k := i
	if g.is(k, "the") {
		k++
	}
	if g.is(k, "year", "month", "quarter") {
		u := g.at(k).word.unit
		to := k + 1
		if g.is(to, "-", "'") {
			to++
			if g.is(to, "s") && g.is(to-1, "'") {
				to++
			}
		}
		if g.is(to, "end") && g.near(to) {
			return &Expression{Form: Edge, Rule: "edge", From: i, To: to + 1, Word: "year-end", In: &Expression{Form: Unit, Unit: u, Way: This, From: i, To: to + 1}}
		}
	}
	return nil
}

// pointed is a point with what may follow it: a part of the day, a time of day.
func (g *Grammar) pointed(i int) *Expression {
	e := g.point(i)
	if e == nil {
		return nil
	}
	return g.tail(e)
}

// dayLike reports whether an expression can carry a part of the day.
func dayLike(e *Expression) bool {
	switch e.Form {
	case Weekday, Deictic, Holiday, Fixed:
		return true
	case Calendar:
		return e.Day != 0
	case Unit:
		return e.Unit == calendar.DayUnit && !e.Plural
	case Ordinal:
		return e.Unit == calendar.DayUnit
	case Part:
		return true
	}
	return false
}

func (g *Grammar) tail(e *Expression) *Expression {
	if !dayLike(e) {
		return e
	}
	k := e.To
	if g.has(k, isPart) && g.near(k) && !g.has(k, isPlural) && e.Form != Part && !g.is(k, "tonight", "overnight") {
		if n := g.at(k + 1); !(n.Kind == Word && n.Cap && g.at(k).Cap && !n.Break) {
			e = &Expression{Form: Part, Rule: "part-of-day", From: e.From, To: k + 1, Part: g.at(k).word.n, In: e}
		}
	} else if (g.is(k, "at") && g.is(k+1, "noon", "midnight")) || g.is(k, "noon", "midnight") && g.near(k) {
		if !g.is(k, "at") {
			k--
		}
	}
	k = e.To
	for k < e.To+2 && g.is(k, ",", "at", "around", "about") {
		k++
	}
	if g.near(k) && !g.is(k, "noon", "midnight") || k > e.To && g.near(k) {
		if c := g.clock(k); c != nil && (k > e.To || c.Time.Zone != "" || c.To-c.From > 1) {
			c.In, c.From = e, e.From
			return c
		}
	}
	return e
}

// clocked is a time of day with the day that may follow it: "12:00 UTC Monday", "5 p.m. EST, Nov.
// 6", "2:30 the next day"; and "the morning of Aug. 3", "early Tuesday morning".
func (g *Grammar) clocked(i int) *Expression {
	e := g.clock(i)
	if e == nil {
		return g.partOf(i)
	}
	k := g.comma(e.To)
	if g.is(k, "on", "of") {
		k++
	}
	if !g.near(k) || k >= len(g.Tokens) {
		return e
	}
	if d := g.point(k); d != nil && dayLike(d) && !(d.Form == Calendar && d.Year == 0 && k == e.To && d.Day == 0) {
		e.In, e.To = d, d.To
		if g.has(e.To, isPart) && g.near(e.To) && !g.has(e.To, isPlural) {
			e.To++
		}
		return e
	}
	return e
}

// partOf reads a part of the day with its day after it: "the morning of Aug. 3", "the night
// before", "morning" after "the", "mid-afternoon yesterday", "overnight".
func (g *Grammar) partOf(i int) *Expression {
	k := i
	det := g.is(k, "the")
	if det {
		k++
	}
	if g.is(k, "early", "late", "mid") {
		k++
		if g.is(k, "-") {
			k++
		}
	}
	t := g.at(k)
	if t.word.is&isPart == 0 || t.word.is&isPlural != 0 || k > i && t.Break || t.Text == "tonight" {
		return nil
	}
	e := &Expression{Form: Part, Rule: "part-of-day", From: i, To: k + 1, Part: t.word.n}
	to := k + 1
	of := g.is(to, "of", "on")
	if of {
		to++
	}
	if g.near(to) && (of || !det) {
		if d := g.point(to); d != nil && dayLike(d) && !(d.Form == Unit && d.Way == Bare) {
			e.In, e.To = d, d.To
			return e
		}
	}
	if t.Text == "overnight" && k == i && !g.is(i+1, "-") && (g.endsPhrase(i+1) || g.is(i-1, "at", "by", "held", "on", "ran")) {
		e.Way = Last
		return e
	}
	if k == i && g.is(k+1, "trading") && g.is(i-1, "in", "of") {
		e.Way = Bare
		return e
	}
	if det && g.endsPhrase(k+1) && !g.is(k+1, "of", "before", "after", "that", "when", "he", "she", "i") && g.is(i-1, "in", "during", "through", "of", "later", "earlier", "for", "into") {
		e.Way = Bare
		return e
	}
	return nil
}

// edge reads a part of a stretch: "late March", "the end of last year", "early in 2016", "mid-
// November", "earlier this week", "the rest of the year".
func (g *Grammar) edge(i int) *Expression {
	k := i
	word := ""
	if g.is(k, "the") && !g.has(k+1, isEdge) && !g.is(k+1, "very") && !g.has(k+1, isEdgeNoun) && !g.is(k+1, "latter", "first", "second", "early", "late") {
		return nil
	}
	if g.is(k, "the") {
		k++
	}
	if g.is(k, "very", "much", "more") {
		k++
	}
	t := g.at(k)
	switch {
	case t.word.is&isEdge != 0:
		word = t.Text
		k++
		if g.is(k, "-") {
			k++
		}
		if g.is(k, "on", "in", "of", "into") && !(g.is(k, "on") && !g.is(i, "early", "late", "later", "earlier")) {
			k++
		} else if g.is(k, "or") && g.is(k+1, "mid", "early", "late") {
			k += 2
			if g.is(k, "-") {
				k++
			}
		}
	case t.word.is&isEdgeNoun != 0 && g.is(k+1, "of"):
		word = t.Text
		if (t.Text == "half" || t.Text == "part") && !g.is(k-1, "early", "latter", "first", "second") && k > i {
			return nil
		}
		k += 2
	case t.Text == "end" && g.is(k+1, "-"):
		word = "end"
		k += 2
	case (t.Text == "latter" || t.Text == "first" || t.Text == "second" || t.Text == "early") && g.is(k+1, "half", "part") && g.is(k+2, "of"):
		word = t.Text
		k += 3
	default:
		return nil
	}
	if !g.near(k) || k >= len(g.Tokens) {
		return nil
	}
	in := g.pointed(k)
	if in == nil && g.is(k, "the") {
		if d := g.decade(k); d != nil {
			in = d
		}
	}
	if in == nil {
		// "the early 1980s", "mid 1990s", "the late sixties"
		if d := g.decadeAt(k, i); d != nil {
			in = d
		}
	}
	if in == nil || in.Form == Unit && in.Unit < calendar.DayUnit || in.Form == Span || in.Form == Event || in.Form == Set {
		return nil
	}
	if in.Form == Calendar && in.TwoDigit && in.Month == 0 && !g.is(k, "'") {
		return nil
	}
	if word == "rest" && in.Form == Deictic {
		return nil
	}
	return &Expression{Form: Edge, Rule: "edge", From: i, To: in.To, In: in, Word: word}
}

// decadeAt reads a decade whose article stands before "early" or "late".
func (g *Grammar) decadeAt(k, i int) *Expression {
	if d := g.decade(k); d != nil {
		return d
	}
	t := g.at(k)
	article := g.is(i, "the") || g.is(i-1, "the") || g.is(i-1, "his", "her", "their")
	switch {
	case article && t.Kind == Word && t.word.is&isOther != 0 && t.word.n >= 20 && t.word.n%10 == 0 && !g.is(i-1, "his", "her", "their"):
		return &Expression{Form: Decade, Rule: "decade", From: k, To: k + 1, Year: t.word.n, TwoDigit: true}
	case t.Kind == Number && len(t.Text) == 2 && t.Value%10 == 0 && g.is(k+1, "s") && g.at(k+1).Tight && article && !g.is(i-1, "his", "her", "their"):
		return &Expression{Form: Decade, Rule: "decade", From: k, To: k + 2, Year: t.Value, TwoDigit: true}
	}
	return nil
}
