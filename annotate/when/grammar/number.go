package grammar

import "dateline/annotate/when/calendar"

// number reads a count at token i: "3", "1,000", "2.5", "2 1/2", "twenty-two", "two and a half",
// "a couple of", "several" (-1: more than one, how many is not told). to is the token after it.
// "two to three" counts as its lower end.
func (g *Grammar) number(i int) (n float64, to int, ok bool) {
	n, to, ok = g.count(i)
	if !ok {
		return
	}
	if g.is(to, "to", "or", "-") && g.near(to+1) && n >= 0 {
		if _, end, ok := g.count(to + 1); ok && !g.is(to+1, "a", "an", "half") {
			return n, end, true
		}
	}
	return n, to, true
}

func (g *Grammar) count(i int) (n float64, to int, ok bool) {
	t := g.at(i)
	switch {
	case t.Kind == Number:
		n, to, ok = g.digits(i)
	case t.word.is&isCardinal != 0:
		n, to, ok = g.spelled(i)
	case g.is(i, "a", "an") && g.near(i+1):
		switch {
		case g.is(i+1, "few"):
			return -1, i + 2, true
		case g.is(i+1, "couple"):
			if g.is(i+2, "of") {
				return 2, i + 3, true
			}
			return 2, i + 2, true
		case g.is(i+1, "dozen"):
			return 12, i + 2, true
		case g.is(i+1, "hundred"):
			return 100, i + 2, true
		case g.is(i+1, "thousand"):
			return 1000, i + 2, true
		case g.is(i+1, "half"):
			return .5, i + 2, true
		case g.is(i+1, "quarter") && g.is(i+2, "century", "-") && g.is(i+3, "century", "hour", "of", "later", "ago") || g.is(i+1, "quarter") && g.is(i+2, "century"):
			return .25, i + 2, true
		case g.is(i+1, "quarter") && g.is(i+2, "of") && g.is(i+3, "a", "an") && g.is(i+4, "century"):
			return .25, i + 4, true
		case g.is(i+1, "number") && g.is(i+2, "of"):
			return -1, i + 3, true
		}
		return 0, i, false
	case g.is(i, "half") && g.is(i+1, "a", "an", "-"):
		return .5, i + 2, true
	case g.is(i, "quarter") && g.is(i+1, "-") && g.is(i+2, "century", "hour"):
		return .25, i + 1, true
	case g.is(i, "single") && g.is(i+1, "-"):
		return 1, i + 1, true
	case g.is(i, "couple") && g.is(i+1, "of"):
		return 2, i + 2, true
	case g.is(i, "dozens", "hundreds", "thousands") && g.is(i+1, "of"):
		return -1, i + 2, true
	case g.is(i, "many") && g.is(i-1, "as", "so", "how", "too"):
		return 0, i, false
	case g.is(i, "several", "many", "few", "countless", "numerous", "some"):
		return -1, i + 1, true
	default:
		return 0, i, false
	}
	if !ok {
		return
	}
	// "two and a half", "two-and-a-half"
	k := to
	skip := func() {
		if g.is(k, "-") {
			k++
		}
	}
	skip()
	if g.is(k, "and") {
		k++
		skip()
		if g.is(k, "a") {
			k++
			skip()
			if g.is(k, "half") {
				return n + .5, k + 1, true
			}
		}
	}
	return n, to, true
}

// digits reads a number in figures.
func (g *Grammar) digits(i int) (n float64, to int, ok bool) {
	t := g.at(i)
	if t.Value < 0 || g.is(i-1, "$", "€", "£", "¥", "#", ".", ",", "/") && t.Tight && g.at(i-1).Tight && !g.at(i-1).Break {
		return 0, i, false
	}
	if g.is(i-1, "$", "€", "£", "¥", "#") {
		return 0, i, false
	}
	n, to = float64(t.Value), i+1
	for g.is(to, ",") && g.at(to).Tight && g.at(to+1).Kind == Number && g.at(to+1).Tight && len(g.at(to+1).Text) == 3 && n < 1e9 {
		n = n*1000 + float64(g.at(to+1).Value)
		to += 2
	}
	switch k := g.at(to + 1); {
	case g.is(to, ".") && g.at(to).Tight && k.Kind == Number && k.Tight && k.Value >= 0:
		scale := 1.0
		for range k.Text {
			scale *= 10
		}
		return n + float64(k.Value)/scale, to + 2, true
	case g.at(to).Kind == Number && !g.at(to).Tight && g.is(to+1, "/") && k.Tight && g.at(to+2).Value > g.at(to).Value:
		return n + float64(g.at(to).Value)/float64(g.at(to+2).Value), to + 3, true
	case g.is(to, "½"):
		return n + .5, to + 1, true
	case g.is(to, "/") && g.at(to).Tight:
		return 0, i, false
	}
	if g.has(to, isScale) {
		return n * float64(g.at(to).word.n), to + 1, true
	}
	return n, to, true
}

// spelled reads a number in words, up to thousands.
func (g *Grammar) spelled(i int) (n float64, to int, ok bool) {
	v := g.at(i).word.n
	to = i + 1
	if v >= 20 {
		k := to
		if g.is(k, "-") {
			k++
		}
		if g.has(k, isCardinal) && g.at(k).word.n < 10 {
			v, to = v+g.at(k).word.n, k+1
		}
	}
	n = float64(v)
	for g.has(to, isScale) && g.near(to) && n < 1e6 {
		n *= float64(g.at(to).word.n)
		to++
		k := to
		if g.is(k, "and") {
			k++
		}
		if g.has(k, isCardinal) {
			n += float64(g.at(k).word.n)
			to = k + 1
		}
	}
	return n, to, true
}

// unit reads a unit of time at token i: "weeks", "trading days", "school year".
func (g *Grammar) unit(i int) (u calendar.Unit, plural bool, to int, ok bool) {
	for k := 0; k < 2 && g.has(i, isFill) && g.near(i+1); k++ {
		i++
		if g.is(i, ",") {
			i++
		}
	}
	t := g.at(i)
	if t.word.is&isUnit == 0 {
		return 0, false, i, false
	}
	if g.is(i-1, "fiscal", "financial") && t.word.unit == calendar.Year {
		return calendar.FiscalYear, t.word.is&isPlural != 0, i + 1, true
	}
	return t.word.unit, t.word.is&isPlural != 0, i + 1, true
}

// ordinal reads "third", "3rd", "last" at token i.
func (g *Grammar) ordinal(i int) (n, to int, ok bool) {
	t := g.at(i)
	if t.word.is&isOrdinal != 0 {
		return t.word.n, i + 1, true
	}
	if t.Kind == Number && t.Value > 0 && g.at(i+1).Tight && g.is(i+1, "st", "nd", "rd", "th") {
		return t.Value, i + 2, true
	}
	if t.word.is&isCardinal != 0 && t.word.n >= 20 && g.is(i+1, "-") && g.has(i+2, isOrdinal) && g.at(i+2).word.n < 10 && g.at(i+2).word.n > 0 {
		return t.word.n + g.at(i+2).word.n, i + 3, true
	}
	return 0, i, false
}
