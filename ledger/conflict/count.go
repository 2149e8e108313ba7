package conflict

import (
	"strings"

	"dateline/ledger/account"
	"dateline/ledger/conflict/tally"
	"dateline/ledger/dispute"
	"dateline/news"
)

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
			if tally.UnitOf(x, y) != "" {
				j.compare(a.Account, b.Account, x, y)
			}
		}
	}
}

func (j *Index) compare(a, b *account.Account, x, y account.Number) {
	if x.Money != y.Money || x.Per != y.Per || x.Value == y.Value || !tally.OneKind(x, y) || tally.Further(a, x) || tally.Further(b, y) {
		return
	}
	if x.Agree(y) {
		if j.keep && len(tally.Context(a, b, x, y)) > 1 {
			j.out(news.OnNumber, a, b, "rounding", "%s and %s can be one number", x.Span.Of(a.In.Article.Text), y.Span.Of(b.In.Article.Text))
		}
		return
	}
	corrected, sameDays := j.corrects(a, b), account.SameDays(a, b)
	if !corrected && (!j.keep && !sameDays || a.Voice() == b.Voice()) {
		return // a sequence, whatever they count; nobody contradicts himself
	}
	if !corrected && tally.TimesApart(a, b) {
		j.out(news.OnNumber, a, b, "sequence", "told of different times")
		return
	}
	same, other := tally.SameAct(a, b, x, y)
	if other {
		j.out(news.OnNumber, a, b, "different_thing", "what is told of the two numbers is not one act")
		return
	}
	// The same thing: one act, or what stands around the two numbers.
	shared := tally.Context(a, b, x, y)
	if !same && !tally.AlikeAround(a, x, b, y) && !(len(shared) > 0 && (corrected || !x.Money && together(a, b) && tally.SameVerb(a, x, b, y))) {
		if len(shared) > 0 {
			j.out(news.OnNumber, a, b, "different_thing", "around the numbers they share no more than %s", strings.Join(shared, ", "))
		}
		return
	}
	if !corrected && tally.Elsewhere(a, b) {
		j.out(news.OnNumber, a, b, "different_thing", "they name different places")
		return
	}
	coming := func(z *account.Account) bool { return z.Future || z.HasWord("agree") || z.HasWord("promise") }
	if !corrected && coming(a) != coming(b) {
		j.out(news.OnNumber, a, b, "sequence", "one is to come, the other was")
		return
	}
	if tally.PartOf(a, x) || tally.PartOf(b, y) {
		j.out(news.OnNumber, a, b, "containment", "one counts a part of the other")
		return
	}
	if !corrected && !sameDays {
		j.out(news.OnNumber, a, b, "sequence", "told of different days")
		return
	}
	if !x.Money && (tally.Grows(a) || tally.Grows(b)) {
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
