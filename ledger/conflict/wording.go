package conflict

import (
	"strings"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/ledger/dispute"
	"dateline/ledger/quotation"
	"dateline/news"
)

// speaker is the name under which the quotations of an actor are compared: "Sorrenholm Mayor Ilse
// Marran" and "Ilse Marran" are one.
func speaker(a *book.Actor) string {
	if a.Anonymous {
		return a.Key
	}
	f := strings.Fields(a.Key)
	return strings.Join(f[max(0, len(f)-2):], " ")
}

// twoWordings compares two sentences quoted of one speaker, most of which a glance tells apart. An altered one has most of its words in one
// order, and others for some of them; who only cuts a quotation alters nothing.
func (j *Index) twoWordings(p, q *quotation.Quotation) {
	if p.Told.In == q.Told.In || !p.MayShare(q, 3) || !j.keep && !q.OneOccasion(p) {
		return
	}
	j.altered(*p, *q)
}

// altered compares two quotations that can be of one sentence.
func (j *Index) altered(p, q quotation.Quotation) {
	if len(q.Words) < len(p.Words) {
		p, q = q, p
	}
	shared := 0
	for s := range p.Stems {
		if q.Stems[s] {
			shared++
		}
	}
	if shared == 0 || shared < 2 && len(p.Stems) > 2 {
		return // "a meeting of the two presidents" is in many a sentence
	}
	common, replaced := quotation.Align(p.Words, q.Words)
	short, long := len(p.Words), len(q.Words)
	rule := "one-quotation"
	switch {
	case 5*common >= 3*short && 2*common >= long:
	case 3*common >= short && shared >= 3 && 5*shared >= 3*len(p.Stems) && 2*long <= 3*short:
		rule = "retold-quotation"
	default:
		return
	}
	a, b := j.whole(p), j.whole(q)
	switch {
	case !replaced && common < long:
		j.out(news.OnWording, a, b, "containment", "one report cuts the quotation and alters nothing")
		return
	case !replaced:
		return
	case !q.OneOccasion(&p):
		j.out(news.OnWording, a, b, "sequence", "said on different days: restated, not altered")
		return
	}
	j.add(dispute.Pair{Kind: news.OnWording, A: a, B: b, Rule: rule, Values: [2]string{p.Plain(), q.Plain()}, Words: func() (string, []news.Reason) {
		return "the words of " + p.Told.Actor.Name, []news.Reason{
			held("sequence", "both can be of one occasion"),
			held("containment", "each has words that the other has not")}
	}})
}

// whole is a quotation's account, for a row's side.
func (j *Index) whole(q quotation.Quotation) *account.Account {
	for _, x := range j.leaves[q.Told.In].accounts {
		if x.Told == q.Told && x.Span.Overlaps(q.Words[0].Span) {
			return x
		}
	}
	return account.Whole(q.Told)
}
