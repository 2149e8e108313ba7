package conflict

import (
	"slices"
	"strings"

	"dateline/ledger/account"
	"dateline/ledger/deed"
	"dateline/ledger/dispute"
	"dateline/news"
)

// counting are the numbers of an account that count something.
func counting(x *account.Account) (out []account.Number) {
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

// unit is the first stem that two numbers both count, "" if there is none.
func unitOf(x, y account.Number) string {
	for _, u := range x.Units {
		if !timeUnit[u] && slices.Contains(y.Units, u) {
			return u
		}
	}
	return ""
}

// oneThing compares the numbers of two accounts that count the same.
func (j *Index) oneThing(a, b *line) {
	if a.Account == b.Account || a.In == b.In && a.Number == b.Number {
		return
	}
	if account.InStory(b.Account, a.Account) < 0 {
		a, b = b, a // whichever came first
	}
	for _, x := range a.counts {
		for _, y := range b.counts {
			if unitOf(x, y) != "" {
				j.compare(a.Account, b.Account, x, y)
			}
		}
	}
}

var timeUnit = account.Stems("minute", "hour", "day", "week", "month", "year", "second", "time", "night", "way", "am", "pm")

func (j *Index) compare(a, b *account.Account, x, y account.Number) {
	if x.Money != y.Money || x.Per != y.Per || x.Value == y.Value || !oneKind(x, y) || further(a, x) || further(b, y) {
		return
	}
	if x.Agree(y) {
		if j.keep && len(context(a, b, x, y)) > 1 {
			j.out(news.OnNumber, a, b, "rounding", "%s and %s can be one number", x.Span.Of(a.In.Article.Text), y.Span.Of(b.In.Article.Text))
		}
		return
	}
	corrected, sameDays := j.corrects(a, b), account.SameDays(a, b)
	if !corrected && (!j.keep && !sameDays || a.Voice() == b.Voice()) {
		return // a sequence, whatever they count; nobody contradicts himself
	}
	if !corrected && timesApart(a, b) {
		j.out(news.OnNumber, a, b, "sequence", "told of different times")
		return
	}
	same, other := sameAct(a, b, x, y)
	if other {
		j.out(news.OnNumber, a, b, "different_thing", "what is told of the two numbers is not one act")
		return
	}
	// The same thing: one act, or what stands around the two numbers.
	shared := context(a, b, x, y)
	if !same && !alikeAround(a, x, b, y) && !(len(shared) > 0 && (corrected || !x.Money && together(a, b) && sameVerb(a, x, b, y))) {
		if len(shared) > 0 {
			j.out(news.OnNumber, a, b, "different_thing", "around the numbers they share no more than %s", strings.Join(shared, ", "))
		}
		return
	}
	if !corrected && elsewhere(a, b) {
		j.out(news.OnNumber, a, b, "different_thing", "they name different places")
		return
	}
	coming := func(z *account.Account) bool { return z.Future || z.HasWord("agree") || z.HasWord("promise") }
	if !corrected && coming(a) != coming(b) {
		j.out(news.OnNumber, a, b, "sequence", "one is to come, the other was")
		return
	}
	if partOf(a, x) || partOf(b, y) {
		j.out(news.OnNumber, a, b, "containment", "one counts a part of the other")
		return
	}
	if !corrected && !sameDays {
		j.out(news.OnNumber, a, b, "sequence", "told of different days")
		return
	}
	if !x.Money && (grows(a) || grows(b)) {
		if !a.In.Published.Equal(b.In.Published) && !corrected {
			j.out(news.OnNumber, a, b, "older_state", "a count that goes on growing")
			return
		}
	}
	rule := "one-count"
	if corrected {
		rule = "corrected"
	}
	j.add(dispute.Pair{Kind: news.OnNumber, A: a, B: b, Rule: rule, Values: [2]string{format(x.Value), format(y.Value)}, Words: func() (string, []news.Reason) {
		return "how many: " + unitWords(a, b, x, y), []news.Reason{
			held("different_thing", "they share %s", sharedWords(a, b)),
			held("rounding", "%s and %s differ by more than either is rounded", x.Span.Of(a.In.Article.Text), y.Span.Of(b.In.Article.Text)),
			held("sequence", "both are told of the same days, or one takes the other back")}
	}})
}

// timesApart reports whether two accounts tell of times of which none of one can be one of the other: those
// they name, else the day on which they were given.
func timesApart(a, b *account.Account) bool {
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

// oneKind reports whether two numbers count things of one kind: "officers", "police officers", but not
// "French citizens" and "Australian citizens".
func oneKind(x, y account.Number) bool {
	p, q := x.Units, y.Units
	if len(p) > len(q) {
		p, q = q, p
	}
	return !slices.ContainsFunc(p, func(u string) bool { return !slices.Contains(q, u) })
}

// further reports whether a number is of what comes to others: "another 15 people", "five more".
func further(x *account.Account, n account.Number) bool {
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

// sameAct reports whether two accounts tell one deed, in whose clauses the two numbers stand; otherAct
// whether they tell two: "closed six bakeries", "opened eleven".
func sameAct(a, b *account.Account, x, y account.Number) (same, other bool) {
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

// elsewhere reports whether two accounts name places, and none is named by both.
func elsewhere(a, b *account.Account) bool {
	places := func(x *account.Account) (out []string) {
		for _, n := range x.Names {
			if n.Type == news.Place {
				out = append(out, n.Key)
			}
		}
		return out
	}
	p, q := places(a), places(b)
	return len(p) > 0 && len(q) > 0 && !overlap(p, q)
}

// all reports whether an account says that it counts all there is: "for the whole region", "in all nine
// districts", "nationwide". Who adds that sets a whole against its part.
func all(x *account.Account) bool {
	return slices.ContainsFunc(x.Words, func(w account.Word) bool {
		switch w.Lower {
		case "whole", "entire", "nationwide", "countrywide", "citywide", "statewide", "worldwide", "overall", "altogether", "combined":
			return true
		}
		return false
	})
}

// sameVerb reports whether what two numbers count has, or suffers, the same right behind it: "fourteen
// passengers were injured", "22 passengers were injured when ...".
func sameVerb(a *account.Account, x account.Number, b *account.Account, y account.Number) bool {
	behind := func(z *account.Account, n account.Number) map[string]bool {
		m := map[string]bool{}
		for _, w := range z.Words {
			if w.Span.Start < n.Span.End {
				continue
			}
			if strings.ContainsAny(z.In.Article.Text[n.Span.End:w.Span.Start], ",;:.()") || others[w.Lower] {
				break
			}
			if w.Stem != "" && !light[w.Stem] && !slices.Contains(n.Units, w.Stem) {
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

// context are the stems two accounts share beside their numbers and what they count.
func context(a, b *account.Account, x, y account.Number) (out []string) {
	for _, s := range account.Shared(a, b) {
		if slices.Contains(x.Units, s) || slices.Contains(y.Units, s) || s[0] >= '0' && s[0] <= '9' || light[s] || account.Scale(s) {
			continue
		}
		out = append(out, s)
	}
	return out
}

// alikeAround reports whether the clauses in which two numbers stand say the same: three words at least, and
// most of the shorter one.
func alikeAround(a *account.Account, x account.Number, b *account.Account, y account.Number) bool {
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
		if w.Stem != "" && !light[w.Stem] && !account.Scale(w.Stem) && !slices.Contains(n.Units, w.Stem) && (w.Stem[0] < '0' || w.Stem[0] > '9') {
			m[w.Stem] = true
		}
	}
	return m
}

// joining are words that open another clause.
var joining = map[string]bool{"and": true, "but": true, "while": true, "which": true, "who": true, "whose": true, "because": true, "although": true, "including": true, "than": true, "compared": true}

// partOf reports whether the words around a number say that it is a part: "nine of them tankers",
// "two of 30". "80 tonnes of oil", "40 copies of the book" are wholes.
func partOf(x *account.Account, n account.Number) bool {
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

// growing are counts that rise as days go by.
func grows(x *account.Account) bool {
	return x.HasWord("kill") || x.HasWord("die") || x.HasWord("injure") || x.HasWord("wound") || x.HasWord("missing") || x.HasWord("arrest") || x.HasWord("victim")
}

// corrects reports whether an article takes one of two numbers back for the other: "120, not
// 1,200", a correction's title, or a report that says what the earlier figure was.
func (j *Index) corrects(a, b *account.Account) bool {
	return j.leaves[a.In].corrects && !a.In.Published.Before(b.In.Published) || j.leaves[b.In].corrects && !b.In.Published.Before(a.In.Published)
}

// correction reports whether a title says that the article corrects another.
func correction(title string) bool {
	f := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return r < 'a' || r > 'z' })
	if len(f) == 0 {
		return false
	}
	switch f[0] {
	case "corrected", "correction", "corrects", "clarification", "refile", "apology":
		return true
	}
	return f[len(f)-1] == "correction" || f[len(f)-1] == "apology"
}
