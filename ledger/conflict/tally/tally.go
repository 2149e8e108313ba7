// Package tally tells whether two numbers of two accounts count one thing.
//
// It looks at what is counted, at the words of the clause around a number, at the places and times that are
// named, and at the deeds in which the numbers stand. Each function is one test; package conflict says in which
// order they are made, and what follows. Whether two numbers agree is package account's.
package tally

import (
	"slices"
	"strings"

	"dateline/ledger/account"
	"dateline/ledger/deed"
	"dateline/news"
)

// Counting are the numbers of an account that count something.
func Counting(x *account.Account) (out []account.Number) {
	if x.Question || x.Kind == news.Caption {
		return nil
	}
	for _, n := range x.Numbers {
		if !n.Ordinal && !n.Part && len(n.Units) > 0 {
			out = append(out, n)
		}
	}
	return out
}

// UnitOf is the first stem that two numbers both count, "" if there is none.
func UnitOf(x, y account.Number) string {
	for _, u := range x.Units {
		if !TimeUnit[u] && slices.Contains(y.Units, u) {
			return u
		}
	}
	return ""
}

// TimeUnit are units that a clock or a calendar counts.
var TimeUnit = account.Stems("minute", "hour", "day", "week", "month", "year", "second", "time", "night", "way", "am", "pm")

// TimesApart reports whether two accounts tell of times of which none of one can be one of the other: those
// they name, else the day on which they were given.
func TimesApart(a, b *account.Account) bool {
	n := 0
	for _, v := range times(a) {
		for _, w := range times(b) {
			if v.Lasts == 0 && w.Lasts == 0 {
				if n++; !v.Apart(w) {
					return false
				}
			}
		}
	}
	return n > 0
}

// times are those that an account names, else that from which, and till which, it was given.
func times(x *account.Account) []account.Time {
	if slices.ContainsFunc(x.Times, func(t account.Time) bool { return t.Lasts == 0 }) {
		return x.Times
	}
	first, last := x.Tells()
	if first.IsZero() || last.IsZero() {
		return nil
	}
	return []account.Time{{From: first.AddDate(0, 0, -3), To: last.AddDate(0, 0, 2)}}
}

// OneKind reports whether two numbers count things of one kind: "officers", "police officers", but not
// "French citizens" and "Australian citizens".
func OneKind(x, y account.Number) bool {
	p, q := x.Units, y.Units
	if len(p) > len(q) {
		p, q = q, p
	}
	return !slices.ContainsFunc(p, func(u string) bool { return !slices.Contains(q, u) })
}

// Further reports whether a number is of what comes to others: "another 15 people", "five more".
func Further(x *account.Account, n account.Number) bool {
	for i, w := range x.Words {
		if w.Span.Start != n.Span.Start {
			continue
		}
		for _, v := range x.Words[max(0, i-3):i] {
			switch v.Lower {
			case "another", "other", "additional", "further", "extra", "remaining":
				return true
			}
		}
		return i+1 < len(x.Words) && (x.Words[i+1].Lower == "more" || x.Words[i+1].Lower == "other" || x.Words[i+1].Lower == "others")
	}
	return false
}

// SameAct reports whether two accounts tell one deed, in whose clauses the two numbers stand; other
// whether they tell two: "closed six bakeries", "opened eleven".
func SameAct(a, b *account.Account, x, y account.Number) (same, other bool) {
	has := func(d deed.Deed, n account.Number) bool {
		return slices.ContainsFunc(d.Count, func(m account.Number) bool { return m.Span == n.Span })
	}
	for _, d := range deed.Of(a) {
		for _, e := range deed.Of(b) {
			if !has(d, x) || !has(e, y) {
				continue
			}
			if o, ok := deed.Same(d, e); ok && d.Not == e.Not && o.Doer >= 0 && o.Words >= 2 {
				same = true
			}
			if d.Act != e.Act && !d.Light() && !e.Light() && !a.Has(e.Act) && !b.Has(d.Act) {
				other = true
			}
		}
	}
	return same, other
}

// Elsewhere reports whether two accounts name places, and none is named by both.
func Elsewhere(a, b *account.Account) bool {
	places := func(x *account.Account) (out []string) {
		for _, n := range x.Names {
			if n.Type == news.Place {
				out = append(out, n.Key)
			}
		}
		return out
	}
	p, q := places(a), places(b)
	return len(p) > 0 && len(q) > 0 && !slices.ContainsFunc(p, func(n string) bool { return slices.Contains(q, n) })
}

// Whole reports whether an account says that it counts all there is: "for the whole region", "in all nine
// districts", "nationwide". Who adds that sets a whole against its part.
func Whole(x *account.Account) bool {
	return slices.ContainsFunc(x.Words, func(w account.Word) bool {
		switch w.Lower {
		case "whole", "entire", "nationwide", "countrywide", "citywide", "statewide", "worldwide", "overall", "altogether", "combined":
			return true
		}
		return false
	})
}

// SameVerb reports whether what two numbers count has, or suffers, the same right behind it: "fourteen
// passengers were injured", "22 passengers were injured when ...".
func SameVerb(a *account.Account, x account.Number, b *account.Account, y account.Number) bool {
	behind := func(z *account.Account, n account.Number) map[string]bool {
		m := map[string]bool{}
		for _, w := range z.Words {
			if w.Span.Start < n.Span.End {
				continue
			}
			if strings.ContainsAny(z.In.Article.Text[n.Span.End:w.Span.Start], ",;:.()") || others[w.Lower] {
				break
			}
			if w.Stem != "" && !Light[w.Stem] && !slices.Contains(n.Units, w.Stem) {
				m[w.Stem] = true
			}
			if len(m) > 0 {
				break
			}
		}
		return m
	}
	p, q := behind(a, x), behind(b, y)
	for s := range p {
		if q[s] {
			return true
		}
	}
	return false
}

// others are words behind what is counted that bring in something else: "officers and civilians", "inches of rain".
var others = map[string]bool{"and": true, "or": true, "of": true, "in": true, "from": true, "for": true, "with": true, "on": true, "at": true, "to": true, "by": true}

// Context are the stems two accounts share beside their numbers and what they count.
func Context(a, b *account.Account, x, y account.Number) (out []string) {
	for _, s := range account.Shared(a, b) {
		if slices.Contains(x.Units, s) || slices.Contains(y.Units, s) || s[0] >= '0' && s[0] <= '9' || Light[s] || account.Scale(s) {
			continue
		}
		out = append(out, s)
	}
	return out
}

// AlikeAround reports whether the clauses in which two numbers stand say the same: three words at least, and
// most of the shorter one.
func AlikeAround(a *account.Account, x account.Number, b *account.Account, y account.Number) bool {
	p, q := around(a, x), around(b, y)
	n := 0
	for s := range p {
		if q[s] {
			n++
		}
	}
	return n >= 3 && 3*n >= 2*min(len(p), len(q))
}

// around are the stems of the clause of a number, as far as marks and joining words tell, without what is
// counted.
func around(z *account.Account, n account.Number) map[string]bool {
	m := map[string]bool{}
	for i, w := range z.Words {
		if i > 0 && (strings.ContainsAny(z.In.Article.Text[z.Words[i-1].Span.End:w.Span.Start], ",;:()—–") || joining[w.Lower]) {
			if w.Span.Start > n.Span.Start {
				break
			}
			clear(m)
		}
		if w.Stem != "" && !Light[w.Stem] && !account.Scale(w.Stem) && !slices.Contains(n.Units, w.Stem) && (w.Stem[0] < '0' || w.Stem[0] > '9') {
			m[w.Stem] = true
		}
	}
	return m
}

// joining are words that open another clause.
var joining = map[string]bool{"and": true, "but": true, "while": true, "which": true, "who": true, "whose": true, "because": true, "although": true, "including": true, "than": true, "compared": true}

// PartOf reports whether the words around a number say that it is a part: "nine of them tankers",
// "two of 30". "80 tonnes of oil", "40 copies of the book" are wholes.
func PartOf(x *account.Account, n account.Number) bool {
	for i, w := range x.Words {
		if w.Span.Start < n.Span.Start || w.Span.Start >= n.Span.End+8 || w.Lower != "of" || i+1 == len(x.Words) {
			continue
		}
		switch next := x.Words[i+1]; next.Lower {
		case "them", "these", "those", "all", "which", "whom":
			return true
		default:
			return next.Lower[0] >= '0' && next.Lower[0] <= '9'
		}
	}
	return false
}

// Grows reports whether an account is of counts that rise as days go by.
func Grows(x *account.Account) bool {
	return x.HasWord("kill") || x.HasWord("die") || x.HasWord("injure") || x.HasWord("wound") || x.HasWord("missing") || x.HasWord("arrest") || x.HasWord("victim")
}

// Light are verbs too common to say what was done.
var Light = account.Stems("be", "have", "do", "say", "tell", "go", "come", "take", "make", "get", "give", "know", "think", "see", "want", "let", "put", "keep", "person")
