package conflict

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/conflict/tally"
	"dateline/ledger/deed"
	"dateline/ledger/dispute"
	"dateline/ledger/heading"
	"dateline/news"
	"dateline/text"
)

// contested are words by which an article says that accounts differ.
var contested = account.Stems("dispute", "account", "differ", "contradict")

// sideBySide compares accounts that an article sets next to each other: the sentence and the
// next, by two voices. That is how news tells that accounts differ, so that little agreement in
// words is needed to know that they are of one thing.
func (j *Index) sideBySide(list []*account.Account) {
	for i, a := range list {
		for _, b := range list[i+1:] {
			if b.Number > a.Number+1 {
				break
			}
			if b.Number == a.Number && !(a.Told != nil && b.Told != nil) || a.Voice() == b.Voice() || a.Question || b.Question || inside(a, b) || !telling(a) || !telling(b) {
				continue
			}
			j.nextTo(a, b)
		}
	}
}

// inside reports whether one account is a part of another.
func inside(a, b *account.Account) bool { return a.Span.Overlaps(b.Span) }

// telling reports whether an account says that something is so, rather than wishing or asking.
func telling(x *account.Account) bool {
	if x.Told == nil {
		return x.Kind == news.Body
	}
	switch x.Told.Act {
	case news.Thought, news.Question, news.StanceAct, news.Poll, news.Perception:
		return false
	}
	return x.Told.Polarity != news.Negative || x.Told.Act == news.Speech
}

func (j *Index) nextTo(a, b *account.Account) {
	j.nextNumbers(a, b)
	j.opposed(a, b, "side-by-side")
	j.opposed(b, a, "side-by-side")
	if a.Told != nil && b.Told != nil && !a.Future && !b.Future && oneMatter(a, b) {
		j.nextTimes(a, b)
		j.nextPlaces(a, b)
	}
}

// nextNumbers: "put the march at 600. The union speaks of 2,000."
func (j *Index) nextNumbers(a, b *account.Account) {
	if d, e := a.Lasting(), b.Lasting(); d.Lasts > 0 && e.Lasts > 0 && (elliptic(a, b) || elliptic(b, a) || deed.Lasting(a, d) && deed.Lasting(b, e) && (deed.Talk(a) || deed.Talk(b)) && !tally.Elsewhere(a, b)) {
		if round := min(unit(d.Lasts), unit(e.Lasts)); (d.Lasts - e.Lasts).Abs() >= round {
			j.add(dispute.Pair{Kind: news.OnNumber, A: a, B: b, Rule: "side-by-side", Values: [2]string{d.Lasts.String(), e.Lasts.String()}, Words: func() (string, []news.Reason) {
				return "how long it lasted", []news.Reason{held("rounding", "%s and %s differ by more than either is rounded", account.Lasting(d.Lasts), account.Lasting(e.Lasts)), held("sequence", "both are told in one breath")}
			}})
		}
		return
	}
	if len(a.Numbers) != 1 || len(b.Numbers) != 1 {
		return
	}
	x, y := a.Numbers[0], b.Numbers[0]
	if x.Ordinal || y.Ordinal || x.Part || y.Part || x.Money != y.Money && len(x.Units) > 0 && len(y.Units) > 0 || tally.Further(a, x) || tally.Further(b, y) {
		return
	}
	bare := len(x.Units) == 0 || len(y.Units) == 0
	same, other := tally.SameAct(a, b, x, y)
	switch {
	case other:
		return
	case bare && (pointsBack(b, y) || figures(a, x) && figures(b, y) || len(y.Units) == 0 && elliptic(b, a) || len(x.Units) == 0 && a.Kind == news.Body && elliptic(a, b)):
	case bare && same, tally.OneKind(x, y) && x.Per == y.Per && (same || disputed(a) || pointsBack(b, y) || tally.AlikeAround(a, x, b, y)) && (bare || overlap(x.Units, y.Units)):
	default:
		return
	}
	if x.Agree(y) {
		if x.Value != y.Value {
			j.out(news.OnNumber, a, b, "rounding", "%s and %s can be one number", x.Span.Of(a.In.Article.Text), y.Span.Of(b.In.Article.Text))
		}
		return
	}
	if tally.Whole(a) != tally.Whole(b) {
		j.out(news.OnNumber, a, b, "containment", "one is of the whole, and so the other of a part")
		return
	}
	if tally.Elsewhere(a, b) {
		j.out(news.OnNumber, a, b, "different_thing", "they name different places")
		return
	}
	j.add(dispute.Pair{Kind: news.OnNumber, A: a, B: b, Rule: "side-by-side", Values: [2]string{format(x.Value), format(y.Value)}, Words: func() (string, []news.Reason) {
		return "how many: " + unitWords(a, b, x, y), []news.Reason{
			held("rounding", "%s and %s differ by more than either is rounded", x.Span.Of(a.In.Article.Text), y.Span.Of(b.In.Article.Text)),
			held("sequence", "both are told in one breath")}
	}})
}

// elliptic reports whether a statement says hardly more than how much: it takes up what another says.
func elliptic(x, of *account.Account) bool {
	if x.Told == nil || of.Told == nil {
		return false
	}
	if f := x.Told.Frame; f.Predicate != "" && (!tally.Light[account.Stem(f.Predicate)] || !f.Clause.Overlaps(x.Span)) {
		return false
	}
	n := 0
	for _, w := range x.Words {
		counted := slices.ContainsFunc(x.Numbers, func(m account.Number) bool { return m.Span.Overlaps(w.Span) }) || slices.ContainsFunc(x.Times, func(v account.Time) bool { return v.Span.Overlaps(w.Span) })
		if w.Stem != "" && !counted && !tally.Light[w.Stem] {
			n++
		}
	}
	return n <= 2
}

// figures reports whether a sentence gives a number as somebody's: "put the march at 600", "speaks
// of 2,000".
func figures(x *account.Account, n account.Number) bool {
	t := x.In.Article.Text
	words := account.Words(t, text.Span{Start: x.Sentence.Start, End: n.Span.Start})
	for _, w := range words[max(0, len(words)-8):] {
		switch w.Lower {
		case "put", "puts", "speaks", "spoke", "speak", "counted", "counts", "count", "estimated", "estimates", "estimate", "reckons", "reckoned", "gave", "gives":
			return true
		}
	}
	return false
}

// pointsBack reports whether a number is given of what was counted before: "put the number at 12".
func pointsBack(x *account.Account, n account.Number) bool {
	words := account.Words(x.In.Article.Text, text.Span{Start: x.Sentence.Start, End: n.Span.Start})
	for i := max(0, len(words)-8); i < len(words); i++ {
		if i+5 < len(words) && words[i+1].Lower != "of" {
			continue // far from it, and not "the number of empty beds"
		}
		switch words[i].Lower {
		case "number", "figure", "total", "toll", "count":
			return words[len(words)-1].Lower == "at" || words[len(words)-1].Lower == "of" || words[len(words)-1].Lower == "was"
		}
	}
	return false
}

// nextTimes: "closed Gate 3 on Wednesday evening. Tervane says it was closed on Thursday morning."
func (j *Index) nextTimes(a, b *account.Account) {
	x, okX := happening(a)
	y, okY := happening(b)
	if okX && okY && x.Apart(y) {
		j.add(dispute.Pair{Kind: news.OnTime, A: a, B: b, Rule: "side-by-side", Values: [2]string{x.From.Format(time.RFC3339), y.From.Format(time.RFC3339)}, Words: func() (string, []news.Reason) {
			return "when: " + heading.Untimed(a, x.Span), []news.Reason{
				held("different_thing", "the second speaks of what the first does"),
				held("rounding", "%s and %s do not touch", x.Span.Of(a.In.Article.Text), y.Span.Of(b.In.Article.Text))}
		}})
		return
	}
	// "closed Gate 3 at 5:40. The union says nobody touched a gate before six."
	p, at, okP := a.Clock()
	q, _, okQ := b.Clock()
	if okP && okQ && (never(b) && p < q || never(a) && q < p) {
		j.add(dispute.Pair{Kind: news.OnTime, A: a, B: b, Rule: "side-by-side", Values: [2]string{fmt.Sprint(p), fmt.Sprint(q)}, Words: func() (string, []news.Reason) {
			return "when: " + heading.Untimed(a, at), []news.Reason{
				held("different_thing", "they share %s", sharedWords(a, b)),
				held("rounding", "the times differ by %d minutes", max(p-q, q-p))}
		}})
	}
}

// never reports whether an account says that nothing was done before a time.
func never(x *account.Account) bool {
	no, before := false, false
	for _, w := range x.Words {
		no = no || w.Negated
		before = before || w.Lower == "before" || w.Lower == "until"
	}
	return no && before
}

// oneMatter reports whether two neighbouring accounts tell of one happening: the second says "it" of the
// first's subject and has its verb, or says what did not happen, or the article says that accounts differ.
func oneMatter(a, b *account.Account) bool {
	f, g := a.Told.Frame, b.Told.Frame
	pronoun := taking[strings.ToLower(g.Subject.Head)] || taking[strings.ToLower(g.Object.Head)]
	switch {
	case f.Predicate != "" && f.Predicate == g.Predicate:
		return pronoun || f.Object.Head == g.Object.Head && f.Object.Head != ""
	case disputed(a):
		return true
	}
	return account.SharedCount(a, b) > 0 && (never(a) || never(b))
}

// taking are words that take up who or what was spoken of.
var taking = map[string]bool{"it": true, "he": true, "she": true, "him": true, "her": true, "they": true, "them": true, "this": true, "that": true}

// happening is the time an account gives for what happened: its first that is neither a duration
// nor as wide as a week.
func happening(x *account.Account) (account.Time, bool) {
	for _, t := range x.Times {
		if t.Lasts == 0 && !t.From.IsZero() && !t.To.IsZero() && t.To.Sub(t.From) < 7*24*time.Hour {
			return t, true
		}
	}
	return account.Time{}, false
}

// nextPlaces: "Their accounts differ. She says the minister came to its hall. He says the only meeting was
// held at the office."
func (j *Index) nextPlaces(a, b *account.Account) {
	p, q := whereabouts(a), whereabouts(b)
	if p == "" || q == "" || p == q {
		return
	}
	j.add(dispute.Pair{Kind: news.OnPlace, A: a, B: b, Rule: "side-by-side", Values: [2]string{p, q}, Words: func() (string, []news.Reason) {
		return "where: " + p + " or " + q, []news.Reason{
			held("different_thing", "the article sets them side by side as accounts of one meeting"),
			held("containment", "neither place is said to be in the other")}
	}})
}

// whereabouts is the place of an account, by the words that name it.
func whereabouts(x *account.Account) string {
	for _, o := range x.Told.Frame.Oblique {
		switch o.Role {
		case "at", "in", "to", "inside":
			if deed.IsPlace(o.Head) {
				return o.Head
			}
		}
	}
	return ""
}

// disputed reports whether one of the two sentences before an account says that accounts differ.
func disputed(x *account.Account) bool {
	s := x.In.Article.Sentences
	for n := max(0, x.Number-2); n < x.Number; n++ {
		for _, w := range strings.Fields(strings.ToLower(s[n].Of(x.In.Article.Text))) {
			if contested[account.Stem(strings.Trim(w, ".,;:"))] {
				return true
			}
		}
	}
	return false
}

// opposed notes a pair in which the second says that it did not do what the first says: "had agreed to ...
// We did not agree to an exemption." Across articles, and of narration, of
// which no deed is read, more of the two must be the same.
func (j *Index) opposed(yes, no *account.Account, rule string) {
	if yes.Future != no.Future || yes.Condition || no.Condition || yes.Voice() == no.Voice() || no.Told == nil || no.Told.Actor == nil {
		return
	}
	h := strings.ToLower(no.Told.Frame.Subject.Head)
	if h == "you" || h == "one" {
		return // a saying about the world
	}
	stem, ok := contradicted(yes, no)
	if !ok {
		return
	}
	shared := account.SharedCount(yes, no)
	if yes.In == no.In {
		// Of one doer: it is named, or "we" answers right behind it.
		if yes.Told == nil && shared < 3 || !j.concerns(yes, no) && (h != "we" || yes.Told == nil) || yes.Number+1 < no.Number && shared < 2 && h != "we" {
			return
		}
	} else if shared < 3 || 2*shared < min(no.Content(), yes.Content()) || notYet(yes, no) || !account.SameDays(yes, no) || !deed.Named(no, yes) {
		return
	}
	j.add(dispute.Pair{Kind: news.OnPolarity, A: yes, B: no, Rule: rule, Denial: no, Words: func() (string, []news.Reason) {
		return "whether: " + heading.Of(yes), []news.Reason{
			held("different_thing", "both say %q of one doer", wordOf(yes, stem)), held("sequence", "both speak of the past")}
	}})
}

// notYet reports whether what one says was so came about later than the other said that it was not.
func notYet(yes, no *account.Account) bool {
	first, _ := yes.Tells()
	_, last := no.Days()
	return !first.IsZero() && !last.IsZero() && first.After(last)
}

// contradicted is the stem of the verb that one account asserts and the other negates.
func contradicted(yes, no *account.Account) (string, bool) {
	for _, stem := range negatedVerbs(no) {
		// Who asserts it has it as a verb: the frame says so, or of narration the place where verbs stand.
		if !tally.Light[stem] && yes.Has(stem) && !slices.ContainsFunc(yes.Words, func(w account.Word) bool { return w.Stem == stem && w.Negated }) && !mild(yes, stem) &&
			(yes.Told != nil && predicates(yes.Told.Frame, stem) || leads(yes, stem)) {
			return stem, true
		}
	}
	return "", false
}

// predicates reports whether a stem is of the verb of one of a frame's clauses.
func predicates(f news.Frame, stem string) bool {
	return account.Stem(f.Predicate) == stem || slices.ContainsFunc(f.Further, func(g news.Frame) bool { return account.Stem(g.Predicate) == stem })
}

// negatedVerbs are the stems of the verbs that an account negates: the frame's, and those right behind "not".
func negatedVerbs(x *account.Account) (out []string) {
	if f := x.Told.Frame; f.Negated && f.Clause.Overlaps(x.Span) {
		out = append(out, account.Stem(f.Predicate))
	}
	for i, w := range x.Words {
		if w.Denied && i > 0 && x.Words[i-1].Lower != "no" && x.Words[i-1].Lower != "without" {
			out = append(out, w.Stem)
		}
	}
	return out
}

// mild reports whether an act is told with one that commits to little behind it: who "agreed to think"
// has not said the contrary of who did not agree.
func mild(x *account.Account, stem string) bool {
	for i, w := range x.Words {
		if w.Stem != stem || i+2 >= len(x.Words) || x.Words[i+1].Lower != "to" {
			continue
		}
		switch x.Words[i+2].Lower {
		case "think", "consider", "study", "look", "talk", "discuss", "examine", "review", "explore", "listen", "try":
			return true
		}
	}
	return false
}

// wordOf is the word of an account that has a stem.
func wordOf(x *account.Account, stem string) string {
	for _, w := range x.Words {
		if w.Stem == stem {
			return w.Lower
		}
	}
	return stem
}

// leads reports whether a stem is among the first words of an account that mean something and are
// no names: where the verb of a report stands.
func leads(x *account.Account, stem string) bool {
	k := 0
	for _, w := range x.Words {
		named := slices.ContainsFunc(x.Names, func(n account.Name) bool { return n.Span.Contains(w.Span) })
		if w.Stem == "" || named {
			continue
		}
		if w.Stem == stem {
			return true
		}
		if k++; k >= 3 {
			return false
		}
	}
	return false
}
