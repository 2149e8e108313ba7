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

// nounAndVerb compares "600 marchers" in a with "two thousand dockers marched" in b.
func (j *Index) nounAndVerb(a, b *account.Account, stem string) {
	if a == b || a.In == b.In && a.Number == b.Number || len(b.Numbers) == 0 || b.Question || b.Kind == news.Caption {
		return
	}
	y := b.Numbers[0]
	if y.Ordinal || y.Part || y.Money || y.Per != "" || !verbBehind(b, y, stem) {
		return
	}
	for _, x := range counting(a) {
		if slices.Contains(x.Units, stem) {
			j.sameCount(a, b, x, y, stem)
			return
		}
	}
}

var timeUnit = account.Stems("minute", "hour", "day", "week", "month", "year", "second", "time", "night", "way", "am", "pm")

// agent reports whether a stem is the word of those who do something: "marchers", "voters".
func agent(x *account.Account, stem string) bool {
	return slices.ContainsFunc(x.Words, func(w account.Word) bool {
		return w.Stem == stem && (strings.HasSuffix(w.Lower, "ers") || strings.HasSuffix(w.Lower, "ors") || strings.HasSuffix(w.Lower, "ants"))
	})
}

// verbBehind reports whether a stem stands, as a verb, within four words behind a number and not
// behind a comma: "two thousand furious dockers marched".
func verbBehind(x *account.Account, n account.Number, stem string) bool {
	k := 0
	for i, w := range x.Words {
		if w.Span.Start <= n.Span.Start {
			continue
		}
		if i > 0 && strings.ContainsAny(x.In.Article.Text[x.Words[i-1].Span.End:w.Span.Start], ",;:.()") {
			return false
		}
		if w.Stem == stem {
			return !strings.HasSuffix(w.Lower, "ers") && !strings.HasSuffix(w.Lower, "ors")
		}
		if k++; k > 4 {
			return false
		}
	}
	return false
}

func (j *Index) compare(a, b *account.Account, x, y account.Number) {
	if x.Money != y.Money || x.Per != y.Per || x.Value == y.Value || !account.MayShare(a, b, 3) {
		return
	}
	corrected, sameDays := j.corrects(a, b), account.SameDays(a, b)
	if !j.keep && !corrected && !sameDays {
		return // whatever they count, a sequence
	}
	// The same thing: what surrounds the two numbers is the same as well.
	// A sum of money is of anything: there more has to agree.
	least := 1
	if x.Money && !share(x) {
		least = 2
	}
	shared := context(a, b, x, y)
	told := len(shared) >= 2 && len(near4(a, x, b, y)) >= least
	if timesApart(a, b) && !corrected {
		j.out(news.OnNumber, a, b, "sequence", "told of different times")
		return
	}
	same, other := sameAct(a, b, x, y)
	if other {
		j.out(news.OnNumber, a, b, "different_thing", "what is told of the two numbers is not one act")
		return
	}
	if !told && !same && !(unitFirst(x, y) && together(a, b) && sameVerb(a, x, b, y)) {
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
	if x.Agree(y) {
		j.out(news.OnNumber, a, b, "rounding", "%s and %s can be one number", x.Span.Of(a.In.Article.Text), y.Span.Of(b.In.Article.Text))
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

// timesApart reports whether two accounts name times, of which none of one can be one of the other.
func timesApart(a, b *account.Account) bool {
	n := 0
	for _, v := range a.Times {
		for _, w := range b.Times {
			if v.Lasts == 0 && w.Lasts == 0 {
				if n++; !v.Apart(w) {
					return false
				}
			}
		}
	}
	return n > 0
}

// share reports whether a number is a part of a hundred.
func share(n account.Number) bool { return n.Units[0] == account.Stem("percent") }

// unitFirst reports whether two numbers count the same by the noun right behind them.
func unitFirst(x, y account.Number) bool {
	return !x.Money && !y.Money && len(x.Units) > 0 && len(y.Units) > 0 && x.Units[0] == y.Units[0]
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

// sameVerb reports whether what two numbers count has, or suffers, the same right behind it: "fourteen
// passengers were injured", "22 passengers were injured when ...".
func sameVerb(a *account.Account, x account.Number, b *account.Account, y account.Number) bool {
	behind := func(z *account.Account, n account.Number) map[string]bool {
		m := map[string]bool{}
		for _, w := range z.Words {
			if w.Span.Start < n.Span.End || w.Stem == "" {
				continue
			}
			if strings.ContainsAny(z.In.Article.Text[n.Span.End:w.Span.Start], ",;:.()") {
				break
			}
			if !light[w.Stem] && !slices.Contains(n.Units, w.Stem) {
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
	// The verb may be read as a unit: "passengers injured".
	return len(x.Units) > 1 && len(y.Units) > 1 && x.Units[1] == y.Units[1]
}

// sameCount compares a count by a noun with one by a verb; the happening must be of one day.
func (j *Index) sameCount(a, b *account.Account, x, y account.Number, stem string) {
	if !account.SameDays(a, b) {
		j.out(news.OnNumber, a, b, "sequence", "told of different days")
		return
	}
	if x.Agree(y) {
		if x.Value != y.Value {
			j.out(news.OnNumber, a, b, "rounding", "%s and %s can be one number", x.Span.Of(a.In.Article.Text), y.Span.Of(b.In.Article.Text))
		}
		return
	}
	j.add(dispute.Pair{Kind: news.OnNumber, A: a, B: b, Rule: "one-count", Values: [2]string{format(x.Value), format(y.Value)}, Words: func() (string, []news.Reason) {
		return "how many: " + wordOf(a, stem), []news.Reason{
			held("different_thing", "one counts who %s, the other tells that so many did", stem),
			held("rounding", "%s and %s differ by more than either is rounded", x.Span.Of(a.In.Article.Text), y.Span.Of(b.In.Article.Text)),
			held("sequence", "both are told of the same day")}
	}})
}

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

// near4 are the stems within four words of both numbers, besides what they count.
func near4(a *account.Account, x account.Number, b *account.Account, y account.Number) (out []string) {
	around := func(z *account.Account, n account.Number) map[string]bool {
		m := map[string]bool{}
		for i, w := range z.Words {
			if w.Span.Start < n.Span.Start || w.Span.Start >= n.Span.End {
				continue
			}
			for _, v := range z.Words[max(0, i-4):min(len(z.Words), i+5)] {
				if v.Stem != "" && !light[v.Stem] && !account.Scale(v.Stem) && !slices.Contains(n.Units, v.Stem) {
					m[v.Stem] = true
				}
			}
		}
		return m
	}
	p, q := around(a, x), around(b, y)
	for s := range p {
		if q[s] && (s[0] < '0' || s[0] > '9') {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

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
