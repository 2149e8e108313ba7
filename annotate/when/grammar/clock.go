package grammar

import "dateline/annotate/when/calendar"

// clock reads a time of day: "8 a.m.", "6:30pm ET", "16:15 UTC", "1530 GMT", "noon", "9 o'clock".
func (g *Grammar) clock(i int) *Expression {
	if t := g.at(i); t.Kind != Number && t.word.is&(isCardinal|isClockWord) == 0 && t.Text != "midnight" {
		return nil
	}
	e := &Expression{Form: Clock, Rule: "clock", From: i, Time: Time{Second: -1}}
	t := g.at(i)
	if g.is(i, "noon", "midnight") {
		e.Time.Hour, e.To = 12, i+1
		if t.Text == "midnight" {
			e.Time.Hour = 24
		}
		if g.is(i-1, "high") || g.is(e.To, "-") {
			return nil
		}
		g.zone(e)
		return e
	}
	if t.Kind == Word && t.word.is&isCardinal != 0 && t.word.n <= 12 {
		if to, ok := g.oclock(i + 1); ok {
			e.Time.Hour, e.To = t.word.n, to
			return g.half(e)
		}
		if to, pm, ok := g.meridiem(i + 1); ok {
			e.Time.Hour, e.To = twelve(t.word.n, pm), to
			g.zone(e)
			return e
		}
		return nil
	}
	if t.Kind != Number || t.Value < 0 || len(t.Text) > 4 || g.at(i).Tight && !t.Break && (g.at(i-1).Kind == Word || g.is(i-1, ":", "$", "£", "€") || g.is(i-1, ".", "/", ",") && g.at(i-1).Tight) {
		return nil
	}
	if len(t.Text) == 4 {
		// "1530 GMT"
		if z := g.at(i + 1); t.Value/100 < 24 && t.Value%100 < 60 && (calendar.IsZone(upper(z)) || g.is(i+1, "hrs", "hours") && g.near(i+1) && (t.Text[0] == '0' || g.is(i-1, "at", "by", "around"))) {
			e.Time.Hour, e.Time.Minute, e.To = t.Value/100, t.Value%100, i+1
			if g.is(i+1, "hrs", "hours") {
				e.To++
			}
			g.zone(e)
			return e
		}
		return nil
	}
	if len(t.Text) > 2 {
		return nil
	}
	h, to, minutes := t.Value, i+1, false
	m, s := g.at(i+1), g.at(i+2)
	if (m.Text == ":" || m.Text == "." || m.Text == "h" && t.Value < 25) && m.Tight && s.Kind == Number && s.Tight && len(s.Text) == 2 && s.Value < 60 {
		e.Time.Minute, to, minutes = s.Value, i+3, true
		if g.is(to, ":") && g.at(to).Tight && len(g.at(to+1).Text) == 2 && g.at(to+1).Tight && g.at(to+1).Kind == Number && g.at(to+1).Value < 60 && m.Text == ":" {
			e.Time.Second = g.at(to + 1).Value
			to += 2
		}
		if g.at(to).Kind == Number && g.at(to).Tight {
			return nil
		}
	}
	if end, pm, ok := g.meridiem(to); ok && 1 <= h && h <= 12 {
		e.Time.Hour, e.To = twelve(h, pm), end
		g.zone(e)
		return e
	}
	if end, ok := g.oclock(to); ok && h <= 24 {
		e.Time.Hour, e.To = h, end
		return g.half(e)
	}
	if !minutes || h > 24 || m.Text == "." {
		return nil
	}
	e.Time.Hour, e.To = h, to
	g.zone(e)
	if e.Time.Zone == "" && (g.is(i-1, "-", "(") && g.is(to, ")") || g.is(to, "-", "/") && g.at(to).Tight && !(g.at(to+1).Kind == Number && g.is(to+2, ":")) || g.is(i-1, "record", "of", "chapter", "verse") || len(t.Text) == 1 && !g.is(i-1, "at", "by", "until", "from", "around", "about", "was", "to", "before", "after", "since") && !g.halfAfter(to)) {
		return nil
	}
	return g.half(e)
}

// twelve is the hour of the 24-hour clock.
func twelve(h int, pm bool) int {
	switch {
	case pm && h < 12:
		return h + 12
	case !pm && h == 12:
		return 0
	}
	return h
}

// meridiem reads "a.m.", "pm", "PM" at token i.
func (g *Grammar) meridiem(i int) (to int, pm, ok bool) {
	if g.at(i).Break {
		return i, false, false
	}
	switch {
	case g.is(i, "am", "pm"):
		return i + 1, g.is(i, "pm"), !g.is(i, "am") || g.at(i).Tight || g.at(i).Caps || !g.is(i-1, "i")
	case g.is(i, "a", "p") && g.is(i+1, ".") && g.is(i+2, "m") && g.at(i+2).Tight:
		to = i + 3
		if g.is(to, ".") && g.at(to).Tight {
			to++
		}
		return to, g.is(i, "p"), true
	case g.is(i, "a", "p") && g.is(i+1, "m") && g.is(i+2, "."):
		return i + 3, g.is(i, "p"), true
	}
	return i, false, false
}

func (g *Grammar) oclock(i int) (int, bool) {
	if g.is(i, "o") && g.is(i+1, "'") && g.is(i+2, "clock") {
		return i + 3, true
	}
	return i, false
}

func (g *Grammar) halfAfter(i int) bool {
	return g.is(i, "in") && g.is(i+1, "the") && g.has(i+2, isPart) || g.is(i, "at") && g.is(i+1, "night") || g.is(i, "on", "today", "yesterday", "tomorrow") || g.has(i, isWeekday)
}

// half reads "in the morning", "at night" after an hour, and turns the hour by it.
func (g *Grammar) half(e *Expression) *Expression {
	k := e.To
	part := 0
	if g.is(k, "in") && g.is(k+1, "the") && g.has(k+2, isPart) {
		part, k = g.at(k+2).word.n, k+3
	} else if g.is(k, "at") && g.is(k+1, "night") {
		part, k = Night, k+2
	}
	if part != 0 {
		e.To = k
		if (part >= Afternoon) && e.Time.Hour < 12 && !(part == Night && e.Time.Hour < 5) {
			e.Time.Hour += 12
		}
	}
	g.zone(e)
	return e
}

// zone reads the zone after a clock time: "ET", "GMT +8", "Eastern time", "local time".
func (g *Grammar) zone(e *Expression) {
	k := e.To
	paren := g.is(k, "(") && calendar.IsZone(upper(g.at(k+1)))
	if paren {
		k++
	}
	t := g.at(k)
	if t.Kind != Word || t.Break {
		if (t.Text == "+" || t.Text == "-") && t.Tight && g.at(k+1).Tight && (len(g.at(k+1).Text) == 2 || len(g.at(k+1).Text) == 4) && g.at(k+1).Kind == Number && g.is(k-2, ":") {
			g.offset(e, k)
		}
		return
	}
	name := upper(t)
	if calendar.IsZone(name) && (t.Caps || t.Text == "gmt") {
		e.Time.Zone, e.To = name, k+1
		if (name == "GMT" || name == "UTC") && g.is(e.To, "+", "-") && g.at(e.To+1).Kind == Number && g.at(e.To+1).Tight && g.at(e.To+1).Value <= 14 && len(g.at(e.To+1).Text) <= 2 {
			g.offset(e, e.To)
		}
		if paren && g.is(e.To, ")") {
			e.To++
		} else if paren {
			e.Time.Zone, e.Time.Fixed, e.To = "", false, k-1
		}
		return
	}
	if paren {
		return
	}
	long := map[string]string{"eastern": "ET", "central": "CT", "pacific": "PT", "mountain": "MT"}[t.Text]
	switch {
	case long != "" && t.Cap:
		to := k + 1
		if g.is(to, "standard", "daylight", "summer") {
			to++
		}
		if g.is(to, "time") {
			to++
		} else if t.Text == "central" || t.Text == "mountain" {
			return
		}
		e.Time.Zone, e.To = long, to
	case g.is(k, "local") && g.is(k+1, "time"):
		e.To = k + 2
	case g.is(k, "moscow", "greenwich") && g.is(k+1, "time"):
		e.Time.Zone, e.To = map[string]string{"moscow": "MSK"}[t.Text], k+2
	case g.is(k, "greenwich") && g.is(k+1, "mean") && g.is(k+2, "time"):
		e.Time.Zone, e.To = "GMT", k+3
	case g.is(k+1, "time") && t.Cap:
		e.To = k + 2 // "Kyiv time": a zone by the name of a place, not known here
	}
}

func (g *Grammar) offset(e *Expression, k int) {
	n := g.at(k + 1)
	v := n.Value * 60
	if len(n.Text) == 4 {
		v = n.Value/100*60 + n.Value%100
	}
	if g.is(k, "-") {
		v = -v
	}
	e.Time.Offset, e.Time.Fixed, e.To = v, true, k+2
	if g.is(e.To, ":") && g.at(e.To+1).Kind == Number && g.at(e.To).Tight && g.at(e.To+1).Tight && len(g.at(e.To+1).Text) == 2 {
		e.To += 2
	}
}

// upper is the token in capitals, for the table of zones.
func upper(t *Token) string {
	if len(t.Text) > 4 || t.Kind != Word {
		return ""
	}
	b := []byte(t.Text)
	for i := range b {
		if 'a' <= b[i] && b[i] <= 'z' {
			b[i] -= 'a' - 'A'
		}
	}
	return string(b)
}
