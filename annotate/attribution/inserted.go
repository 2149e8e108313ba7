package attribution

import (
	"dateline/annotate/attribution/bound"
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/news"
)

// insertedConfidence: nearly all are right; what goes wrong are the boundaries of the sentence.
const insertedConfidence = .85

// farSubject is how many tokens may name who says it.
const farSubject = 12

// inserted: a verb of speaking and its subject between two commas, with the rest of the sentence around
// them. The parser mostly takes what stands before for the subject.
//
//	[The bridge], [said] [Ruiz], [will open in May].
func (a *finder) inserted() (out []Found) {
	for v := 2; v < a.N-3; v++ {
		if a.Orth[v-1] != "," || a.Pos[v] != syntax.PosVerb || a.Tag[v] != syntax.TagVbd && a.Tag[v] != syntax.TagVbz && a.Tag[v] != syntax.TagVbn || a.PC[v] < word.AnotherCue || bound.Hears(a.Lemma[v]) || a.Quote[v-2] != 0 {
			continue
		}
		u := a.Units[a.Unit[v]]
		end := v + 1
		for end < min(u.End-2, v+farSubject) && a.Orth[end] != "," && !a.Verbal(end) && a.Quote[end] == 0 {
			end++
		}
		src := word.Between(v+1, end)
		if a.Orth[end] != "," || src.Len() == 0 || a.Quote[end+1] != 0 || !a.names(src) || !a.finite(word.Between(end+1, u.End)) {
			continue
		}
		before, ok := a.CloseUp(word.Between(u.Start, v-1))
		after, fine := a.CloseUp(word.Between(end+1, u.End))
		if !ok || !fine || a.Verbs(before) > 0 {
			continue
		}
		content := []syntax.Range{before, after}
		out = append(out, Found{Head: v, Cue: word.Between(v, v+1), Source: src, SourceHead: a.headOf(src), Content: content, Mode: a.mode(content), Within: -1, Confidence: insertedConfidence,
			Reasons: []news.Reason{{Rule: "inserted", Detail: a.Of(word.Between(v, end))}}})
	}
	return out
}

// names reports whether a range is one noun phrase: it begins as one does and ends in a noun.
func (a *finder) names(r syntax.Range) bool {
	switch a.Pos[r.Start] {
	case syntax.PosDet, syntax.PosPropn, syntax.PosPron, syntax.PosNoun, syntax.PosAdj:
	default:
		return false
	}
	return word.Nounish(a.Pos[r.End-1])
}

// finite reports whether a range begins with a verb that agrees with something before it, but for adverbs.
func (a *finder) finite(r syntax.Range) bool {
	for i := r.Start; i < min(r.End, r.Start+3); i++ {
		switch a.Tag[i] {
		case syntax.TagVbd, syntax.TagVbz, syntax.TagVbp, syntax.TagMd:
			return true
		}
		if a.Pos[i] != syntax.PosAdv {
			return false
		}
	}
	return false
}
