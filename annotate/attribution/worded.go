package attribution

import (
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
	"dateline/news"
)

// worded: a noun for words, a colon and the words in quotation marks: what stands before the colon says
// whose they are and what is done with them.
//
//	[Vidal] had to [change his answer]: [“Of course I pay.”]
//	[The paper] took one of her lines for [a headline]: [“Finally, a bridge.”]
func (a *finder) worded(q syntax.Range) (f Found, ok bool) {
	n := a.wording(q)
	if n < 0 {
		return f, false
	}
	s := a.SubjectOf(n).Token
	if v := a.governing(n); v >= 0 { // rather who does it than whose it is: he changed his answer
		if sub := a.SubjectOf(v); sub.Token >= 0 && sub.Steps <= 1 {
			s = sub.Token
		}
	}
	if s < 0 || s == n || s >= q.Start || a.Quote[s] == syntax.Double || a.Unit[s] != a.Unit[n] {
		return f, false
	}
	src := a.SourceSpan(s, n)
	cue := word.Between(n, n+1)
	if word.Overlap([]syntax.Range{src}, []syntax.Range{q, cue}) > 0 {
		return f, false
	}
	return Found{Head: n, Cue: cue, Source: src, SourceHead: s, Content: []syntax.Range{q}, Mode: news.Direct, Within: -1, Confidence: freeConfidence,
		Reasons: []news.Reason{{Rule: "worded", Detail: a.Of(word.Between(src.Start, n+1))}}}, true
}

// farWords is how many tokens may name the one whose words follow.
const farWords = 14

// inTheWords: "in the words of" somebody, and the words.
//
//	In [the words of] [the prosecutor, Marta Olin], [“the boy spent his last months crying.”]
func (a *finder) inTheWords(q syntax.Range) (f Found, ok bool) {
	p := q.Start - 1
	for i := p - 2; i >= max(a.Pars[a.Par[q.Start]].Start+2, p-farWords); i-- {
		if a.Lower[i] != "words" || a.Lower[i-1] != "the" || a.Lower[i-2] != "in" || a.Lower[i+1] != "of" || a.Quote[i] != 0 {
			continue
		}
		src := a.trimMarks(word.Between(i+2, p+1))
		if a.Orth[p] == "," {
			src = a.trimMarks(word.Between(i+2, p))
		}
		if src.Len() == 0 || a.Verbs(src) > 0 {
			return f, false
		}
		cue := word.Between(i-2, i+2)
		return Found{Head: i, Cue: cue, Source: src, SourceHead: a.nameHead(src), Content: []syntax.Range{q}, Mode: news.Direct, Within: -1, Confidence: freeConfidence,
			Reasons: []news.Reason{{Rule: "in the words of", Detail: a.Of(src)}}}, true
	}
	return f, false
}

// wording is the noun for words before the colon that a quotation stands behind, -1 if there is none.
func (a *finder) wording(q syntax.Range) int {
	p := q.Start - 1
	for p > 0 && a.Space[p] {
		p--
	}
	if p < 2 || a.Orth[p] != ":" || a.Par[p] != a.Par[q.Start] {
		return -1
	}
	if n := p - 1; a.Pos[n] == syntax.PosNoun && a.Quote[n] == 0 && a.Class[n].Of(wordclass.Communication) >= wordingNoun {
		return n
	}
	return -1
}

// wordingNoun is the share of a noun's uses that must be ones of communication.
const wordingNoun = .5

// governing is the verb that a noun is an object of, through prepositions; -1 if there is none.
func (a *finder) governing(n int) int {
	for k := 0; k < 4 && !a.Root(n); k++ {
		switch a.Dep[n] {
		case syntax.DepDobj, syntax.DepPobj, syntax.DepPrep, syntax.DepAttr, syntax.DepOprd:
		default:
			return -1
		}
		if n = a.Head[n]; a.Verbal(n) {
			return n
		}
	}
	return -1
}

// onlyTheWords takes the noun for words off a content that ends in the words themselves.
//
//	Ruiz is rolling out [a new message: “It's about the river.”]
func (a *finder) onlyTheWords(f *Found) {
	r := f.Content[len(f.Content)-1]
	for _, q := range a.Touching(r) {
		if n := a.wording(q); q.Start > r.Start && q.End >= r.End-1 && q.Start-r.Start <= 8 && r.Has(n) && a.words(q) >= leastFree && f.Head < r.Start {
			f.Content = []syntax.Range{q}
			return
		}
	}
}
