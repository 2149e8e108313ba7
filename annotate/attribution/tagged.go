package attribution

import (
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/news"
)

// taggedConfidence is between the shares of right ones in PolNeAR's articles (5 of 8) and on the demo's
// pages, where the verbs are more of the kind.
const taggedConfidence = .75

// farTag is how many tokens after a quotation its verb may stand.
const farTag = 10

// tagged: a quotation that breaks off in a comma, or ends in a question or a cry, with a verb
// and its subject right after, whatever the verb: papers have hundreds for it, and no lexicon
// has them all.
//
//	[“Four marks? I'd pay ten,”] [growled] [a lorry driver].
//	[“Let them swim,”] [the boss] [cackled].
func (a *finder) tagged(q syntax.Range) (f Found, ok bool) {
	p := a.Pars[a.Par[q.Start]]
	at := q.End
	comma := at < p.End && a.Orth[at] == ","
	if comma {
		at++
	}
	if !comma && !breaksOff(a, q) || at >= p.End {
		return f, false
	}
	v, s := -1, -1
	for i := at; i < min(p.End, at+farTag) && a.Quote[i] == 0; i++ {
		if a.Pos[i] == syntax.PosVerb && (a.Tag[i] == syntax.TagVbd || a.Tag[i] == syntax.TagVbz || a.Tag[i] == syntax.TagVbp || a.Tag[i] == syntax.TagVbn && i == at) {
			v = i
			break
		}
		if a.Punct[i] && a.Orth[i] != "-" {
			return f, false
		}
		if word.Nounish(a.Pos[i]) {
			s = i
		}
	}
	switch {
	case v < 0:
		return f, false
	case v == at: // “...,” growled a driver
		s = -1
		for i := v + 1; i < min(p.End, v+farTag) && !a.Punct[i] && !a.Verbal(i) && a.Pos[i] != syntax.PosAdp; i++ {
			if word.Nounish(a.Pos[i]) {
				s = i
			}
		}
	case s < 0: // no one who does it
		return f, false
	default: // “...,” the boss cackled
		if sub := a.SubjectOf(v); sub.Steps == 0 && sub.Token >= at && sub.Token < v {
			s = sub.Token
		}
		for _, c := range a.Children(v) {
			if a.Dep[c] == syntax.DepDobj && c > v && !a.Inside(q.Start, c) {
				return f, false // “A,” and the boss raised the toll
			}
		}
	}
	if s < 0 {
		return f, false
	}
	src := a.SourceSpan(s, v)
	if v == at {
		src.Start = max(src.Start, v+1)
	} else {
		src.Start = max(src.Start, at)
	}
	cue := word.Between(v, v+1)
	if src.Len() <= 0 || word.Overlap([]syntax.Range{q}, []syntax.Range{src}) > 0 {
		return f, false
	}
	return Found{Head: v, Cue: cue, Source: src, SourceHead: s, Content: []syntax.Range{q}, Mode: news.Direct, Within: -1, Confidence: taggedConfidence,
		Reasons: []news.Reason{{Rule: "tagged", Detail: a.Of(cue)}}}, true
}

// breaksOff reports whether a quotation ends in a comma, a question or a cry.
func breaksOff(a *finder, q syntax.Range) bool {
	for i := q.End - 1; i > q.Start && i > q.End-4; i-- {
		if word.IsOne(a.Orth[i], ",!?") || a.Orth[i] == "?!" {
			return true
		}
		if !word.IsMark(a.Orth[i]) {
			return false
		}
	}
	return false
}
