package phrase

import (
	"dateline/annotate/when/calendar"
	"dateline/annotate/when/words"
)

// Clock reads a time of day: "8 a.m.", "6:30pm ET", "16:15 UTC", "1530 GMT", "noon", "9 o'clock".
func (g *Rules) Clock(i int) *Expression {
	if t := g.At(i); t.Kind != words.Number && t.Word.Is&(words.IsCardinal|words.IsClockWord) == 0 && t.Text != "midnight" {
		return nil
	}
	e := &Expression{Form: Clock, Rule: "clock", From: i, Time: Time{Second: -1}}
	t := g.At(i)
	if g.Is(i, "noon", "midnight") {
		e.Time.Hour, e.To = 12, i+1
		if t.Text == "midnight" {
			e.Time.Hour = 24
		}
		if g.Is(i-1, "high") || g.Is(e.To, "-") {
			return nil
		}
		g.zone(e)
		return e
	}
	if t.Kind == words.Word && t.Word.Is&words.IsCardinal != 0 && t.Word.N <= 12 {
		if to, ok := g.oclock(i + 1); ok {
			e.Time.Hour, e.To = t.Word.N, to
			return g.half(e)
		}
		if to, pm, ok := g.meridiem(i + 1); ok {
			e.Time.Hour, e.To = twelve(t.Word.N, pm), to
			g.zone(e)
			return e
		}
		if pm, ok := g.ofPart(i+1, t.Word.N); ok {
			e.Time.Hour, e.To = twelve(t.Word.N, pm), i+1
			if g.Is(i+1, "in") {
				e.To = i + 4
			}
			return e
		}
		return nil
	}
	if t.Kind != words.Number || t.Value < 0 || len(t.Text) > 4 || g.At(i).Tight && !t.Break && (g.At(i-1).Kind == words.Word || g.Is(i-1, ":", "$", "£", "€") || g.Is(i-1, ".", "/", ",") && g.At(i-1).Tight) {
		return nil
	}
	if len(t.Text) == 4 {
		// "1530 GMT"
		if z := g.At(i + 1); t.Value/100 < 24 && t.Value%100 < 60 && (calendar.IsZone(upper(z)) || g.Is(i+1, "hrs", "hours") && g.Near(i+1) && (t.Text[0] == '0' || g.Is(i-1, "at", "by", "around"))) {
			e.Time.Hour, e.Time.Minute, e.To = t.Value/100, t.Value%100, i+1
			if g.Is(i+1, "hrs", "hours") {
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
	m, s := g.At(i+1), g.At(i+2)
	if (m.Text == ":" || m.Text == "." || m.Text == "h" && t.Value < 25) && m.Tight && s.Kind == words.Number && s.Tight && len(s.Text) == 2 && s.Value < 60 {
		e.Time.Minute, to, minutes = s.Value, i+3, true
		if g.Is(to, ":") && g.At(to).Tight && len(g.At(to+1).Text) == 2 && g.At(to+1).Tight && g.At(to+1).Kind == words.Number && g.At(to+1).Value < 60 && m.Text == ":" {
			e.Time.Second = g.At(to + 1).Value
			to += 2
		}
		if g.At(to).Kind == words.Number && g.At(to).Tight {
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
	if e.Time.Zone == "" && (g.Is(i-1, "-", "(") && g.Is(to, ")") || g.Is(to, "-", "/") && g.At(to).Tight && !(g.At(to+1).Kind == words.Number && g.Is(to+2, ":")) || g.Is(i-1, "record", "of", "chapter", "verse") || g.Is(to, "mark") || len(t.Text) == 1 && !g.Is(i-1, "at", "by", "until", "from", "around", "about", "was", "to", "before", "after", "since") && !g.halfAfter(to)) {
		return nil
	}
	return g.half(e)
}

// ofPart reports whether a bare hour at token i-1 is told with the part of a day that it falls in, and
// whether that is in the second half: "six on Saturday morning", "eight in the evening".
func (g *Rules) ofPart(i, hour int) (pm, ok bool) {
	if !g.Is(i-2, "at", "by", "until", "from", "around", "about", "before", "after", "since") {
		return false, false
	}
	k := i
	switch {
	case g.Is(k, "on") && g.Has(k+1, words.IsWeekday):
		k += 2
	case g.Is(k, "in") && g.Is(k+1, "the"):
		k += 2
	case g.Is(k, "this", "tomorrow", "yesterday") || g.Has(k, words.IsWeekday):
		k++
	default:
		return false, false
	}
	switch {
	case g.Is(k, "morning"):
		return false, hour <= 12
	case g.Is(k, "afternoon"):
		return true, hour <= 6 || hour == 12
	case g.Is(k, "evening"):
		return true, hour >= 4 && hour <= 11
	case g.Is(k, "night"):
		return hour >= 6 && hour < 12, hour != 12
	}
	return false, false
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
func (g *Rules) meridiem(i int) (to int, pm, ok bool) {
	if g.At(i).Break {
		return i, false, false
	}
	switch {
	case g.Is(i, "am", "pm"):
		return i + 1, g.Is(i, "pm"), !g.Is(i, "am") || g.At(i).Tight || g.At(i).Caps || !g.Is(i-1, "i")
	case g.Is(i, "a", "p") && g.Is(i+1, ".") && g.Is(i+2, "m") && g.At(i+2).Tight:
		to = i + 3
		if g.Is(to, ".") && g.At(to).Tight {
			to++
		}
		return to, g.Is(i, "p"), true
	case g.Is(i, "a", "p") && g.Is(i+1, "m") && g.Is(i+2, "."):
		return i + 3, g.Is(i, "p"), true
	}
	return i, false, false
}

func (g *Rules) oclock(i int) (int, bool) {
	if g.Is(i, "o") && g.Is(i+1, "'") && g.Is(i+2, "clock") {
		return i + 3, true
	}
	return i, false
}

func (g *Rules) halfAfter(i int) bool {
	return g.Is(i, "in") && g.Is(i+1, "the") && g.Has(i+2, words.IsPart) || g.Is(i, "at") && g.Is(i+1, "night") || g.Is(i, "on", "today", "yesterday", "tomorrow") || g.Has(i, words.IsWeekday)
}

// half reads "in the morning", "at night" after an hour, and turns the hour by it.
func (g *Rules) half(e *Expression) *Expression {
	k := e.To
	part := 0
	if g.Is(k, "in") && g.Is(k+1, "the") && g.Has(k+2, words.IsPart) {
		part, k = g.At(k+2).Word.N, k+3
	} else if g.Is(k, "at") && g.Is(k+1, "night") {
		part, k = words.Night, k+2
	}
	if part != 0 {
		e.To = k
		if (part >= words.Afternoon) && e.Time.Hour < 12 && !(part == words.Night && e.Time.Hour < 5) {
			e.Time.Hour += 12
		}
	}
	g.zone(e)
	return e
}

// zone reads the zone after a clock time: "ET", "GMT +8", "Eastern time", "local time".
func (g *Rules) zone(e *Expression) {
	k := e.To
	paren := g.Is(k, "(") && calendar.IsZone(upper(g.At(k+1)))
	if paren {
		k++
	}
	t := g.At(k)
	if t.Kind != words.Word || t.Break {
		if (t.Text == "+" || t.Text == "-") && t.Tight && g.At(k+1).Tight && (len(g.At(k+1).Text) == 2 || len(g.At(k+1).Text) == 4) && g.At(k+1).Kind == words.Number && g.Is(k-2, ":") {
			g.offset(e, k)
		}
		return
	}
	name := upper(t)
	if calendar.IsZone(name) && (t.Caps || t.Text == "gmt") {
		e.Time.Zone, e.To = name, k+1
		if (name == "GMT" || name == "UTC") && g.Is(e.To, "+", "-") && g.At(e.To+1).Kind == words.Number && g.At(e.To+1).Tight && g.At(e.To+1).Value <= 14 && len(g.At(e.To+1).Text) <= 2 {
			g.offset(e, e.To)
		}
		if paren && g.Is(e.To, ")") {
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
		if g.Is(to, "standard", "daylight", "summer") {
			to++
		}
		if g.Is(to, "time") {
			to++
		} else if t.Text == "central" || t.Text == "mountain" {
			return
		}
		e.Time.Zone, e.To = long, to
	case g.Is(k, "local") && g.Is(k+1, "time"):
		e.To = k + 2
	case g.Is(k, "moscow", "greenwich") && g.Is(k+1, "time"):
		e.Time.Zone, e.To = map[string]string{"moscow": "MSK"}[t.Text], k+2
	case g.Is(k, "greenwich") && g.Is(k+1, "mean") && g.Is(k+2, "time"):
		e.Time.Zone, e.To = "GMT", k+3
	case g.Is(k+1, "time") && t.Cap:
		e.To = k + 2 // "Kyiv time": a zone by the name of a place, not known here
	}
}

func (g *Rules) offset(e *Expression, k int) {
	n := g.At(k + 1)
	v := n.Value * 60
	if len(n.Text) == 4 {
		v = n.Value/100*60 + n.Value%100
	}
	if g.Is(k, "-") {
		v = -v
	}
	e.Time.Offset, e.Time.Fixed, e.To = v, true, k+2
	if g.Is(e.To, ":") && g.At(e.To+1).Kind == words.Number && g.At(e.To).Tight && g.At(e.To+1).Tight && len(g.At(e.To+1).Text) == 2 {
		e.To += 2
	}
}

// upper is the token in capitals, for the table of zones.
func upper(t *words.Token) string {
	if len(t.Text) > 4 || t.Kind != words.Word {
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
