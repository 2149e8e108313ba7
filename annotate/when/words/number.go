package words

import (
	"dateline/annotate/when/calendar"
)

// Number reads a count at token i: "3", "1,000", "2.5", "2 1/2", "twenty-two", "two and a half",
// "a couple of", "several" (-1: more than one, how many is not told). to is the token after it.
// "two to three" counts as its lower end.
func (g *Text) Number(i int) (n float64, to int, ok bool) {
	n, to, ok = g.Count(i)
	if !ok {
		return
	}
	if g.Is(to, "to", "or", "-") && g.Near(to+1) && n >= 0 {
		if _, end, ok := g.Count(to + 1); ok && !g.Is(to+1, "a", "an", "half") {
			return n, end, true
		}
	}
	return n, to, true
}

func (g *Text) Count(i int) (n float64, to int, ok bool) {
	t := g.At(i)
	switch {
	case t.Kind == Number:
		n, to, ok = g.Digits(i)
	case t.Word.Is&IsCardinal != 0:
		n, to, ok = g.Spelled(i)
	case g.Is(i, "a", "an") && g.Near(i+1):
		switch {
		case g.Is(i+1, "few"):
			return -1, i + 2, true
		case g.Is(i+1, "couple"):
			if g.Is(i+2, "of") {
				return 2, i + 3, true
			}
			return 2, i + 2, true
		case g.Is(i+1, "dozen"):
			return 12, i + 2, true
		case g.Is(i+1, "hundred"):
			return 100, i + 2, true
		case g.Is(i+1, "thousand"):
			return 1000, i + 2, true
		case g.Is(i+1, "half"):
			return .5, i + 2, true
		case g.Is(i+1, "quarter") && g.Is(i+2, "century", "-") && g.Is(i+3, "century", "hour", "of", "later", "ago") || g.Is(i+1, "quarter") && g.Is(i+2, "century"):
			return .25, i + 2, true
		case g.Is(i+1, "quarter") && g.Is(i+2, "of") && g.Is(i+3, "a", "an") && g.Is(i+4, "century"):
			return .25, i + 4, true
		case g.Is(i+1, "number") && g.Is(i+2, "of"):
			return -1, i + 3, true
		}
		return 0, i, false
	case g.Is(i, "half") && g.Is(i+1, "a", "an", "-"):
		return .5, i + 2, true
	case g.Is(i, "quarter") && g.Is(i+1, "-") && g.Is(i+2, "century", "hour"):
		return .25, i + 1, true
	case g.Is(i, "single") && g.Is(i+1, "-"):
		return 1, i + 1, true
	case g.Is(i, "couple") && g.Is(i+1, "of"):
		return 2, i + 2, true
	case g.Is(i, "dozens", "hundreds", "thousands") && g.Is(i+1, "of"):
		return -1, i + 2, true
	case g.Is(i, "many") && g.Is(i-1, "as", "so", "how", "too"):
		return 0, i, false
	case g.Is(i, "several", "many", "few", "countless", "numerous", "some"):
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
		if g.Is(k, "-") {
			k++
		}
	}
	skip()
	if g.Is(k, "and") {
		k++
		skip()
		if g.Is(k, "a") {
			k++
			skip()
			if g.Is(k, "half") {
				return n + .5, k + 1, true
			}
		}
	}
	return n, to, true
}

// Digits reads a number in figures.
func (g *Text) Digits(i int) (n float64, to int, ok bool) {
	t := g.At(i)
	if t.Value < 0 || g.Is(i-1, "$", "€", "£", "¥", "#", ".", ",", "/") && t.Tight && g.At(i-1).Tight && !g.At(i-1).Break {
		return 0, i, false
	}
	if g.Is(i-1, "$", "€", "£", "¥", "#") {
		return 0, i, false
	}
	n, to = float64(t.Value), i+1
	for g.Is(to, ",") && g.At(to).Tight && g.At(to+1).Kind == Number && g.At(to+1).Tight && len(g.At(to+1).Text) == 3 && n < 1e9 {
		n = n*1000 + float64(g.At(to+1).Value)
		to += 2
	}
	switch k := g.At(to + 1); {
	case g.Is(to, ".") && g.At(to).Tight && k.Kind == Number && k.Tight && k.Value >= 0:
		scale := 1.0
		for range k.Text {
			scale *= 10
		}
		return n + float64(k.Value)/scale, to + 2, true
	case g.At(to).Kind == Number && !g.At(to).Tight && g.Is(to+1, "/") && k.Tight && g.At(to+2).Value > g.At(to).Value:
		return n + float64(g.At(to).Value)/float64(g.At(to+2).Value), to + 3, true
	case g.Is(to, "½"):
		return n + .5, to + 1, true
	case g.Is(to, "/") && g.At(to).Tight:
		return 0, i, false
	}
	if g.Has(to, IsScale) {
		return n * float64(g.At(to).Word.N), to + 1, true
	}
	return n, to, true
}

// Spelled reads a number in words, up to thousands.
func (g *Text) Spelled(i int) (n float64, to int, ok bool) {
	v := g.At(i).Word.N
	to = i + 1
	if v >= 20 {
		k := to
		if g.Is(k, "-") {
			k++
		}
		if g.Has(k, IsCardinal) && g.At(k).Word.N < 10 {
			v, to = v+g.At(k).Word.N, k+1
		}
	}
	n = float64(v)
	for g.Has(to, IsScale) && g.Near(to) && n < 1e6 {
		n *= float64(g.At(to).Word.N)
		to++
		k := to
		if g.Is(k, "and") {
			k++
		}
		if g.Has(k, IsCardinal) {
			n += float64(g.At(k).Word.N)
			to = k + 1
		}
	}
	return n, to, true
}

// UnitAt reads a unit of time at token i: "weeks", "trading days", "school year".
func (g *Text) UnitAt(i int) (u calendar.Unit, plural bool, to int, ok bool) {
	for k := 0; k < 2 && g.Has(i, IsFill) && g.Near(i+1); k++ {
		i++
		if g.Is(i, ",") {
			i++
		}
	}
	t := g.At(i)
	if t.Word.Is&IsUnit == 0 {
		return 0, false, i, false
	}
	if g.Is(i-1, "fiscal", "financial") && t.Word.Unit == calendar.Year {
		return calendar.FiscalYear, t.Word.Is&IsPlural != 0, i + 1, true
	}
	return t.Word.Unit, t.Word.Is&IsPlural != 0, i + 1, true
}

// OrdinalAt reads "third", "3rd", "last" at token i.
func (g *Text) OrdinalAt(i int) (n, to int, ok bool) {
	t := g.At(i)
	if t.Word.Is&IsOrdinal != 0 {
		return t.Word.N, i + 1, true
	}
	if t.Kind == Number && t.Value > 0 && g.At(i+1).Tight && g.Is(i+1, "st", "nd", "rd", "th") {
		return t.Value, i + 2, true
	}
	if t.Word.Is&IsCardinal != 0 && t.Word.N >= 20 && g.Is(i+1, "-") && g.Has(i+2, IsOrdinal) && g.At(i+2).Word.N < 10 && g.At(i+2).Word.N > 0 {
		return t.Word.N + g.At(i+2).Word.N, i + 3, true
	}
	return 0, i, false
}
