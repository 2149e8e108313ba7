package account

import (
	"math"
	"strconv"
	"strings"

	"dateline/text"
)

// A Number is a number of an account with what it counts and how far it may be rounded.
type Number struct {
	Span  text.Span
	Value float64
	// Low and High bound what was counted, as far as the number's form tells: "nearly 30" is at
	// most 30, "412 million" is between 411.5 and 412.5 million, "19" is 19.
	Low, High float64
	Units     []string // stems of the words it counts, the nearest first
	Money     bool     // of a currency, or a rate or percentage
	Per       string   // "day", "year": what it is counted by; "" for a plain count
	Part      bool     // "nine of them": a part of something
	Ordinal   bool     // names a thing and counts none: "Gate 3", "page nine", "number 10"
}

var cardinal = map[string]float64{"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
	"fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12, "dozens": 24}

var scale = map[string]float64{"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9}

// below and above are words in front of a number that say on which side of it the truth lies.
var below = map[string]bool{"nearly": true, "almost": true, "under": true, "below": true}
var above = map[string]bool{"over": true, "above": true}
var about = map[string]bool{"about": true, "around": true, "roughly": true, "some": true, "approximately": true, "estimated": true, "barely": true, "scarcely": true, "hardly": true}

// numbered are things that a number names rather than counts, in front of it.
var numbered = map[string]bool{"gate": true, "page": true, "count": true, "day": true, "phase": true, "group": true, "number": true, "no": true, "chapter": true, "article": true, "section": true, "room": true, "route": true, "line": true, "pier": true, "g": true}

func value(w string) (float64, bool) {
	if v, ok := cardinal[w]; ok {
		return v, true
	}
	if !digit(w[0]) || strings.ContainsAny(w, ":-") {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(w, ",", ""), 64)
	return v, err == nil && v < 1e15
}

// numbers are the numbers of a run of words.
func numbers(t string, ws []Word) (out []Number) {
	for i := 0; i < len(ws); i++ {
		first, rest, hyphen := strings.Cut(ws[i].Lower, "-")
		v, ok := value(first)
		if !ok {
			continue
		}
		n := Number{Span: ws[i].Span, Value: v}
		step := granularity(ws[i].Lower, v)
		end := i + 1
		if hyphen && rest != "" { // "three-hour", "twenty-seven"
			if more, ok := value(rest); (ok || rest == "one") && v >= 20 && more < 10 {
				n.Value += max(more, 1)
				step = 1
			} else {
				n.Units = append(n.Units, Stem(rest))
			}
		}
		for end < len(ws) && adjoining(t, ws[end-1], ws[end]) {
			s, ok := scale[ws[end].Lower]
			if !ok {
				break
			}
			n.Value *= s
			step *= s
			n.Span.End = ws[end].Span.End
			end++
		}
		n.bounds(ws[:i], step)
		for k := end; k < len(ws) && k < end+4 && len(n.Units) < 3; k++ {
			w := ws[k]
			if !adjoining(t, ws[k-1], w) {
				break
			}
			if w.Lower == "of" && k == end {
				if k+1 < len(ws) && (ws[k+1].Lower == "them" || ws[k+1].Lower == "these" || ws[k+1].Lower == "those") {
					n.Part = true
					continue
				}
				break
			}
			if w.Lower == "them" && n.Part {
				continue
			}
			if w.Stem == "" || k > end && stopsUnit(ws[k]) {
				break
			}
			n.Units = append(n.Units, w.Stem)
			n.Span.End = w.Span.End
		}
		if len(n.Units) == 0 {
			n.Units = figureOf(t, ws[:i])
		}
		n.Ordinal = i > 0 && numbered[ws[i-1].Lower] || len(n.Units) == 0 && i > 0 && strings.Contains(ws[i].Lower, ".") && end == len(ws)
		for _, u := range n.Units {
			n.Money = n.Money || currency[u]
		}
		if i > 0 && ws[i].Span.Start > 0 && strings.HasSuffix(t[:ws[i].Span.Start], "$") || strings.HasSuffix(t[:ws[i].Span.Start], "€") || strings.HasSuffix(t[:ws[i].Span.Start], "£") || strings.HasPrefix(t[ws[end-1].Span.End:], "%") {
			n.Money = true
		}
		for k := end; k+1 < len(ws) && k < end+4; k++ {
			if (ws[k].Lower == "a" || ws[k].Lower == "an" || ws[k].Lower == "per" || ws[k].Lower == "each" || ws[k].Lower == "every") && period[ws[k+1].Lower] {
				n.Per = ws[k+1].Lower
			}
		}
		out = append(out, n)
		i = end - 1
	}
	return out
}

// figureOf is what a bare number counts that words before it say is the number of something: "put the number
// of empty beds at 40". The noun counted is the last word, as behind a number it is among the first.
func figureOf(t string, before []Word) (units []string) {
	if len(before) < 4 {
		return nil
	}
	switch before[len(before)-1].Lower {
	case "at", "was", "is", "to", "as":
	default:
		return nil
	}
	for i := len(before) - 2; i >= max(1, len(before)-7) && adjoining(t, before[i], before[i+1]); i-- {
		if before[i].Lower == "of" {
			if before[i-1].Lower != "number" && before[i-1].Lower != "total" {
				return nil
			}
			for _, w := range before[i+1 : len(before)-1] {
				if w.Stem == "" {
					return nil // "the number of people in the hall at 200"
				}
				units = append(units, w.Stem)
			}
			return units[max(0, len(units)-3):]
		}
	}
	return nil
}

// stopsUnit are words behind the first that no longer belong to what is counted.
func stopsUnit(w Word) bool {
	return strings.HasSuffix(w.Lower, "ed") || strings.HasSuffix(w.Lower, "ly") || notUnit[w.Lower]
}

// notUnit are words behind what is counted that tell when.
var notUnit = map[string]bool{"due": true, "ago": true, "yesterday": true, "today": true, "last": true, "next": true, "earlier": true, "later": true, "late": true, "early": true}

var currency = Stems("mark", "dollar", "euro", "pound", "yen", "rupee", "franc", "cent", "penny", "pc", "percent", "percentage")
var period = map[string]bool{"day": true, "week": true, "month": true, "year": true, "hour": true, "night": true, "minute": true}

// adjoining reports whether nothing but blanks stands between two words.
func adjoining(t string, a, b Word) bool {
	return strings.TrimSpace(t[a.Span.End:b.Span.Start]) == ""
}

// granularity is the unit of the last figure of a number that is not a nought.
func granularity(w string, v float64) float64 {
	if _, spelled := cardinal[w]; spelled || v == 0 {
		if v >= 20 && math.Mod(v, 10) == 0 {
			return 10
		}
		return 1
	}
	if _, decimals, ok := strings.Cut(w, "."); ok {
		return math.Pow(10, -float64(len(decimals)))
	}
	step := 1.0
	for math.Mod(v, step*10) == 0 && step < v {
		step *= 10
	}
	return step
}

// bounds reads how far a number is rounded from the words in front of it and from its noughts.
// A number of which only the first figure is not a nought may be rounded to it.
func (n *Number) bounds(before []Word, step float64) {
	n.Low, n.High = n.Value, n.Value
	if step > 1 {
		n.Low, n.High = n.Value-step/2, n.Value+step/2
	}
	word := func(back int) string {
		if len(before) < back {
			return ""
		}
		return before[len(before)-back].Lower
	}
	one, two := word(1), word(2)
	switch {
	case below[one]:
		n.Low, n.High = n.Value*0.8, n.Value
	case above[one] || one == "than" && two == "more" || one == "least" && two == "at":
		n.Low, n.High = n.Value, n.Value*1.25
		if one == "least" {
			n.High = math.Inf(1)
		}
	case one == "than" && (two == "fewer" || two == "less"):
		n.Low, n.High = n.Value*0.8, n.Value
	case one == "to" && two == "up" || one == "most" && two == "at":
		n.Low, n.High = 0, n.Value
	case about[one]:
		n.Low, n.High = min(n.Low, n.Value*0.85), max(n.High, n.Value*1.15)
	}
}

// Agree reports whether two numbers can be of one count.
func (n Number) Agree(o Number) bool { return n.Low <= o.High && o.Low <= n.High }

// Scale reports whether a stem is a word of the numbers themselves: "million", "dozen".
func Scale(stem string) bool { return scales[stem] }

var scales = func() map[string]bool {
	m := map[string]bool{}
	for w := range cardinal {
		m[Stem(w)] = true
	}
	for w := range scale {
		m[Stem(w)] = true
	}
	return m
}()

// Clock is the time of day an account gives in words, as minutes after midnight or noon, and where it
// stands: "at 5:40", "before six". ok is false where it gives none.
func (x *Account) Clock() (minutes int, at text.Span, ok bool) {
	for i, w := range x.Words[min(1, len(x.Words)):] {
		switch x.Words[i].Lower {
		case "at", "before", "until", "till", "after", "by", "since", "from":
		default:
			continue
		}
		if i+2 < len(x.Words) && adjoining(x.In.Article.Text, w, x.Words[i+2]) && x.Words[i+2].Stem != "" && x.Words[i+2].Lower != "sharp" && x.Words[i+2].Lower != "o'clock" {
			continue // "at six gates"
		}
		if h, m, ok := strings.Cut(w.Lower, ":"); ok {
			hour, err1 := strconv.Atoi(h)
			minute, err2 := strconv.Atoi(m)
			if err1 == nil && err2 == nil && hour < 24 && minute < 60 {
				return hour%12*60 + minute, w.Span, true
			}
		}
		if v, ok := cardinal[w.Lower]; ok && v <= 12 {
			return int(v) % 12 * 60, w.Span, true
		}
	}
	return 0, at, false
}
