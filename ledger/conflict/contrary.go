package conflict

import (
	"slices"

	"dateline/ledger/account"
	"dateline/news"
)

// contrary are words that exclude each other when they are said of one person at one time. The
// table is of what news tells of people in office and in trouble; it is short on purpose.
var contrary = [][2]string{
	{"confidence", "dismiss"}, {"confidenc", "dismiss"}, {"innocent", "guilty"}, {"alive", "die"}, {"resign", "stay"}, {"win", "lose"}, {"accept", "reject"},
}

// contraries compares what neighbouring accounts of one article, or of one event, say of a person.
func (j *judge) contraries() {
	by := map[string][]*account.Account{}
	for _, list := range j.accounts {
		for _, x := range list {
			if x.Told == nil || x.Question || x.Condition {
				continue
			}
			for k, p := range contrary {
				for s := range 2 {
					if x.Has(p[s]) {
						by[string(rune('a'+k))+string(rune('0'+s))] = append(by[string(rune('a'+k))+string(rune('0'+s))], x)
					}
				}
			}
		}
	}
	for k, p := range contrary {
		for _, a := range by[string(rune('a'+k))+"0"] {
			for _, b := range by[string(rune('a'+k))+"1"] {
				who, ok := j.ofOne(a, b)
				if !ok || a.Voice() == b.Voice() || negates(a, p[0]) || negates(b, p[1]) {
					continue
				}
				if a.In != b.In && !sameDays(a, b) {
					j.out(news.OnPolarity, a, b, "sequence", "said of different days")
					continue
				}
				j.add(pair{news.OnPolarity, a, b, "contraries", "whether: " + headline(a), []news.Reason{
					held("different_thing", "both are of %s", who), held("sequence", "both are said at one time")}, [2]string{}})
			}
		}
	}
}

// ofOne is the person both accounts name.
func (j *judge) ofOne(a, b *account.Account) (string, bool) {
	for _, n := range people(j.sentence(a)) {
		if slices.ContainsFunc(people(j.sentence(b)), func(k string) bool { return account.SameName(n, k) }) {
			return n, true
		}
	}
	return "", false
}

// sentence is an account with all that its sentence names: who a quotation is of stands before it.
func (j *judge) sentence(x *account.Account) *account.Account {
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
	return slices.ContainsFunc(x.Words, func(w account.Word) bool { return w.Stem == stem && w.Negated })
}
