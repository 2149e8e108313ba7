package attribution

import (
	"slices"

	"dateline/annotate/attribution/bound"
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
	"dateline/news"
)

// possessedConfidence is between the shares of right ones among the invented paragraphs (21 of 22) and in
// PolNeAR's articles (some half, for it marks few nouns).
const possessedConfidence = .7

// possessed: a noun of saying or thinking, whose it is, and a clause that tells what: the trees score most
// of these low, for each noun is rare.
//
//	[Her] [conviction] that [the slope had moved] was not shared.
//	[The mayor's] [promise] [to reopen the river] stands.
//	[Its] [explanation] is that [rain takes a season].
func (a *finder) possessed(found []Found) (out []Found) {
	heads := headsOf(found)
	for t := range a.N {
		if a.Pos[t] != syntax.PosNoun || heads[t] || a.Class[t].Of(wordclass.Communication)+a.Class[t].Of(wordclass.Cognition) < tellingNoun {
			continue
		}
		whose, clause := -1, a.clauseOf(t, syntax.DepAcl)
		if be := a.Head[t]; clause < 0 && a.Dep[t] == syntax.DepNsubj && a.Lemma[be] == "be" && be > t {
			clause = a.clauseOf(be, syntax.DepCcomp, syntax.DepXcomp)
		}
		for _, c := range a.Children(t) {
			if a.Dep[c] == syntax.DepPoss && c < t {
				whose = c
			}
		}
		if whose < 0 || clause < 0 || a.Lower[whose] == "whose" {
			continue
		}
		k, ok := a.CloseUp(a.Tree(clause))
		if !ok || k.Len() < 2 {
			continue
		}
		f := Found{Head: t, Cue: word.Between(t, t+1), Source: a.SourceSpan(whose, t), SourceHead: whose, Content: []syntax.Range{k}, Within: -1, Confidence: possessedConfidence}
		if f.Source.End > t {
			continue
		}
		bound.Shear(&a.Article, &bound.Parts{Head: f.Head, Content: f.Content})
		if a.crossed(found, f.Content) {
			continue
		}
		f.Mode = a.mode(f.Content)
		f.Reasons = []news.Reason{{Rule: "possessed", Detail: a.Of(word.Between(f.Source.Start, t+1))}}
		out = append(out, f)
	}
	return out
}

// headsOf are the words that head the cues of statements: they report nothing else.
func headsOf(found []Found) map[int]bool {
	heads := make(map[int]bool, len(found))
	for _, f := range found {
		heads[f.Head] = true
	}
	return heads
}

// clauseOf is the dependant of h that is a clause with "that" or "to" in front, -1 if there is none.
func (a *finder) clauseOf(h int, labels ...syntax.Dep) int {
	for _, c := range a.Children(h) {
		if c <= h || !slices.Contains(labels, a.Dep[c]) {
			continue
		}
		switch first := a.Left[c]; {
		case a.Lower[first] == "that" && a.Dep[first] == syntax.DepMark, a.Lower[first] == "to" && a.Dep[first] == syntax.DepAux:
			return c
		}
	}
	return -1
}

// tellingNoun is the share of a noun's uses that must be ones of communication or cognition.
const tellingNoun = .25

// crossed reports whether a content cuts that of another statement, or holds half of it and more.
func (a *finder) crossed(found []Found, content []syntax.Range) bool {
	for i := range found {
		o := found[i].Content
		if n := word.Overlap(o, content); n > 0 && (!word.Covers(o, content) || a.Jaccard(o, content) >= .5) {
			return true
		}
	}
	return false
}
