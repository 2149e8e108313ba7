package conflict

import (
	"slices"

	"dateline/ledger/account"
	"dateline/ledger/deed"
	"dateline/ledger/dispute"
	"dateline/news"
)

// contrary are words that exclude each other when they are said of one person at one time. The
// table is of what news tells of people in office and in trouble; it is short on purpose.
var contrary = [][2]string{
	{"confidence", "dismiss"}, {"innocent", "guilty"}, {"alive", "die"}, {"resign", "stay"}, {"win", "lose"}, {"accept", "reject"},
}

// excluding are the places in the table of an account's words: pair and side.
func excluding(x *account.Account) (out [][2]int) {
	if x.Told == nil || x.Question || x.Condition {
		return nil
	}
	for k, p := range contrary {
		for s := range 2 {
			if x.HasWord(p[s]) && !negates(x, p[s]) {
				out = append(out, [2]int{k, s})
			}
		}
	}
	return out
}

// exclude compares what two accounts say of a person in words that exclude each other.
func (j *Index) exclude(a, b *account.Account) {
	who, ok := ofOne(a, b)
	if !ok || a.Voice() == b.Voice() {
		return
	}
	if a.In != b.In && !account.SameDays(a, b) {
		j.out(news.OnPolarity, a, b, "sequence", "said of different days")
		return
	}
	if account.InStory(b, a) < 0 {
		a, b = b, a
	}
	j.add(dispute.Pair{Kind: news.OnPolarity, A: a, B: b, Rule: "contraries", Words: func() (string, []news.Reason) {
		return "whether: " + headline(a), []news.Reason{
			held("different_thing", "both are of %s", who), held("sequence", "both are said at one time")}
	}})
}

// ofOne is the person both accounts name.
func ofOne(a, b *account.Account) (string, bool) {
	for _, n := range deed.People(sentence(a)) {
		if slices.ContainsFunc(deed.People(sentence(b)), func(k string) bool { return account.SameName(n, k) }) {
			return n, true
		}
	}
	return "", false
}

// sentence is an account with all that its sentence names: who a quotation is of stands before it.
func sentence(x *account.Account) *account.Account {
	y := *x
	y.Names = slices.Clone(x.Names)
	for _, e := range x.In.Entities {
		for _, m := range e.Mentions {
			if x.Sentence.Contains(m.Span) && !x.Span.Contains(m.Span) && (x.Told == nil || !x.Told.Source.Contains(m.Span)) {
				y.Names = append(y.Names, account.NameOf(e, m.Span))
			}
		}
	}
	return &y
}

func negates(x *account.Account, stem string) bool {
	return slices.ContainsFunc(x.Words, func(w account.Word) bool { return w.Stem == account.Stem(stem) && w.Negated })
}
