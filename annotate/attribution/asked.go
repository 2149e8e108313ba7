package attribution

import (
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/news"
)

// askedConfidence is the share of such passages that PolNeAR's training articles mark, 28 of 45 and 26 of 42.
const askedConfidence = .6

// asked: what was asked about, and what was not answered.
//
//	[Asked about] [the toll], Ruiz shrugged.
//	[Tervane] [did not respond] to [questions about the piers].
func (a *finder) asked(found []Found) (out []Found) {
	heads := headsOf(found)
	for t := range a.N {
		if a.Pos[t] != syntax.PosVerb || heads[t] || a.Quote[t] != 0 {
			continue
		}
		source, object := -1, -1
		switch {
		case a.Lemma[t] == "ask" && a.Tag[t] == syntax.TagVbn:
			object = a.objectOf(t, "about")
		case answering[a.Lemma[t]] && a.negated(t):
			if object = a.objectOf(t, "to"); object < 0 {
				object = a.objectOf(t, "")
			}
			if object >= 0 && !request[a.Lemma[object]] {
				object = -1
			}
			if source = a.SubjectOf(t).Token; source < 0 || source > t {
				continue
			}
		}
		if object < 0 {
			continue
		}
		k, ok := a.CloseUp(a.Tree(object))
		if !ok || k.Start <= t {
			continue
		}
		f := Found{Head: t, Cue: a.CueSpan(t, []syntax.Range{k}), SourceHead: source, Content: []syntax.Range{k}, Within: -1, Confidence: askedConfidence}
		if source >= 0 {
			f.Source = a.SourceSpan(source, t)
		}
		if a.crossed(found, f.Content) || word.Overlap([]syntax.Range{f.Cue}, []syntax.Range{f.Source}) > 0 || f.Cue.End > k.Start {
			continue
		}
		f.Mode = a.mode(f.Content)
		f.Reasons = []news.Reason{{Rule: "asked", Detail: a.Of(f.Cue)}}
		out = append(out, f)
	}
	return out
}

// answering are verbs for what is done with a question, request what they are done with.
var (
	answering = map[string]bool{"respond": true, "reply": true, "return": true, "answer": true}
	request   = map[string]bool{"request": true, "question": true, "inquiry": true, "enquiry": true, "query": true, "call": true, "message": true, "email": true, "e-mail": true, "letter": true}
)

// objectOf is the object of a verb, or of its preposition; -1 if there is none.
func (a *finder) objectOf(t int, preposition string) int {
	for _, c := range a.Children(t) {
		switch {
		case preposition == "" && a.Dep[c] == syntax.DepDobj:
			return c
		case preposition != "" && a.Lower[c] == preposition:
			for _, o := range a.Children(c) {
				if a.Dep[o] == syntax.DepPobj {
					return o
				}
			}
		}
	}
	return -1
}

// negated reports whether "not" hangs on a verb.
func (a *finder) negated(t int) bool {
	for _, c := range a.Children(t) {
		if a.Dep[c] == syntax.DepNeg {
			return true
		}
	}
	return false
}

// ultimatumConfidence is the share of right ones of its few finds.
const ultimatumConfidence = .7

// farDeadline is how many tokens may stand between "gave" and "until": those who are given it.
const farDeadline = 16

// ultimatums: until when somebody is given to do something.
//
//	[The union] [gave] the city [until Friday to exempt its members].
func (a *finder) ultimatums(found []Found) (out []Found) {
	heads := headsOf(found)
	timed := func(i int) bool { return a.Ent[i] == syntax.EntDate || a.Ent[i] == syntax.EntTime }
	for t := range a.N {
		if a.Lemma[t] != "give" || a.Pos[t] != syntax.PosVerb || heads[t] || a.Quote[t] != 0 {
			continue
		}
		s := a.SubjectOf(t)
		u := a.Units[a.Unit[t]]
		for i := t + 1; i < min(u.End-1, t+farDeadline); i++ {
			if a.Lower[i] != "until" && a.Lower[i] != "till" || !timed(i+1) || s.Token < 0 || s.Token > t {
				continue
			}
			r := word.Between(i, i+1)
			for n := r.End; n < u.End && (timed(n) || n+1 < u.End && a.Lower[n] == "on" && timed(n+1)); n++ {
				r.End = n + 1
			}
			if n := r.End; n+1 < u.End && a.Lower[n] == "to" && a.Tag[n+1] == syntax.TagVb {
				r.End = max(r.End, min(u.End, a.Tree(n+1).End))
			}
			k, ok := a.CloseUp(r)
			src, head := a.SourceSpan(s.Token, t), s.Token
			for _, o := range found { // said that the toll would rise and gave them until Friday
				if end := o.Content[len(o.Content)-1].End; o.SourceHead >= 0 && o.Head >= 0 && o.Head < s.Token && a.Tag[o.Head] == a.Tag[t] && (end == t || end == t-1) {
					src, head = o.Source, o.SourceHead
				}
			}
			f := Found{Head: t, Cue: a.CueSpan(t, []syntax.Range{k}), Source: src, SourceHead: head, Content: []syntax.Range{k}, Within: -1, Confidence: ultimatumConfidence}
			if !ok || a.crossed(found, f.Content) || f.Cue.End > k.Start || word.Overlap([]syntax.Range{f.Cue}, []syntax.Range{f.Source}) > 0 {
				break
			}
			f.Mode = a.mode(f.Content)
			f.Reasons = []news.Reason{{Rule: "ultimatum", Detail: a.Of(k)}}
			out = append(out, f)
			break
		}
	}
	return out
}
