package attribution

import (
	"slices"

	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
	"dateline/news"
)

// mindedConfidence is the share of right ones among the invented paragraphs, rounded down, for
// PolNeAR marks them unevenly.
const mindedConfidence = .6

// pressing are verbs that with a particle or "for" mean to want what follows, where that is something
// done: "is looking for a withdrawal", and not "is looking for his keys".
var pressing = map[string]bool{"look": true, "push": true, "press": true, "plead": true, "lobby": true, "campaign": true, "hold": true}

// standing are what somebody holds and can let go of: "dropped that condition".
var standing = map[string]bool{
	"condition": true, "demand": true, "plan": true, "idea": true, "insistence": true, "opposition": true, "objection": true, "threat": true, "claim": true,
	"proposal": true, "call": true, "pledge": true, "promise": true, "request": true, "offer": true, "reservation": true, "resistance": true, "position": true,
}

var dropping = map[string]bool{"drop": true, "abandon": true, "scrap": true, "shelve": true, "renounce": true, "retract": true, "rescind": true}

// bare are verbs that say for or against what stands with the verb that they are joined to.
var bare = map[string]bool{"demur": true, "balk": true, "object": true, "disagree": true, "refuse": true, "decline": true, "dissent": true}

// inclined are adjectives that say how somebody is minded to what follows "to".
var inclined = map[string]bool{"open": true, "opposed": true, "averse": true, "receptive": true, "amenable": true}

// minded: narration that tells where somebody stands, by words that the trees score low because each of
// them tells of much else as well.
//
//	[Dorn] [is looking for] [the withdrawal of all soldiers].
//	She had called a truce necessary, but [she] appeared to [drop] [that condition].
//	Orvik endorsed [the plan], but [Dorn] [demurred].
//	[The ministry] [is open to] [a levy].
func (a *finder) minded(found []Found) (out []Found) {
	heads := map[int]bool{}
	for _, f := range found {
		heads[f.Head] = true
	}
	for t := range a.N {
		if heads[t] || a.Quote[t] != 0 {
			continue
		}
		cue, content := a.attitude(t)
		if content.Len() == 0 || slices.ContainsFunc(found, func(f Found) bool { return word.Has(f.Content, t) }) {
			continue // what somebody says of it is read there
		}
		who := a.minder(t)
		if who < 0 {
			who = a.parted(t, cue.Start)
		}
		if who < 0 {
			continue
		}
		f := Found{Head: t, Cue: cue, Source: a.SourceSpan(who, t), SourceHead: who, Content: []syntax.Range{content}, Within: -1, Confidence: mindedConfidence, Act: news.StanceAct}
		if f.Source.Start < content.End && content.Start < f.Source.End {
			continue
		}
		f.Mode = a.mode(f.Content)
		f.Reasons = []news.Reason{{Rule: "minded", Detail: a.Of(cue)}}
		out = append(out, f)
	}
	return out
}

// attitude is the cue that word t heads, and what it is about; no content where t is none.
func (a *finder) attitude(t int) (cue, content syntax.Range) {
	cue = word.Between(t, t+1)
	for _, c := range a.Children(t) {
		if c < t && (a.Dep[c] == syntax.DepAux || a.Dep[c] == syntax.DepNeg) && a.Lower[c] != "to" {
			cue.Start = min(cue.Start, c)
		}
	}
	object := func(of int) int {
		for _, c := range a.Children(of) {
			if a.Dep[c] == syntax.DepDobj {
				return c
			}
		}
		return -1
	}
	switch l := a.Lemma[t]; {
	case a.Pos[t] == syntax.PosVerb && pressing[l] && (a.Tag[t] == syntax.TagVbg || l != "look" && l != "hold"):
		for _, c := range a.Children(t) {
			if a.Lower[c] != "for" || a.Dep[c] != syntax.DepPrep || l == "hold" && a.Lower[c-1] != "out" {
				continue
			}
			for _, g := range a.Children(c) {
				if a.Dep[g] == syntax.DepPobj && a.done(g) {
					cue.End = c + 1
					return cue, a.Tree(g)
				}
			}
		}
	case a.Pos[t] == syntax.PosVerb && dropping[l]:
		if o := object(t); o > t && standing[a.Lemma[o]] {
			return cue, a.Tree(o)
		}
	case a.Pos[t] == syntax.PosVerb && bare[l] && a.Dep[t] == syntax.DepConj:
		for _, c := range a.Children(t) {
			switch a.Dep[c] {
			case syntax.DepDobj, syntax.DepXcomp, syntax.DepCcomp, syntax.DepPrep, syntax.DepPrt:
				return cue, syntax.Range{}
			}
		}
		if o := object(a.Head[t]); o >= 0 && o < t {
			r := a.Tree(o)
			r.End = min(r.End, cue.Start)
			return cue, r
		}
	case inclined[l] && a.Dep[t] == syntax.DepAcomp:
		for _, c := range a.Children(t) {
			if a.Lower[c] != "to" || a.Dep[c] != syntax.DepPrep {
				continue
			}
			for _, g := range a.Children(c) {
				if (a.Dep[g] == syntax.DepPobj && a.done(g) || a.Dep[g] == syntax.DepPcomp) && g > c {
					cue.End = c + 1
					return cue, a.Tree(g)
				}
			}
		}
	}
	return cue, syntax.Range{}
}

// done reports whether a noun is something that people do or agree on, not a thing or a person; a shell
// ("the idea of") is what it is of.
func (a *finder) done(t int) bool {
	if a.Pos[t] != syntax.PosNoun {
		return false
	}
	k := wordclass.Noun(a.Lemma[t])
	return k.Of(wordclass.Act)+k.Of(wordclass.Communication)+k.Of(wordclass.Event)+k.Of(wordclass.Cognition) >= .5
}

// minder is who is minded: the subject of word t, of what it is joined to or of the verb that it hangs on
// ("appeared to drop"); -1 if that is nobody.
func (a *finder) minder(t int) int {
	for k := 0; k < 4; k++ {
		for _, c := range a.Children(t) {
			if !a.Subject(c) || a.Dep[c] == syntax.DepNsubjpass {
				continue
			}
			if a.somebody(c) {
				return c
			}
			return -1
		}
		switch {
		case a.Root(t):
			return -1
		case a.Dep[t] == syntax.DepAcomp, a.Dep[t] == syntax.DepConj, a.Dep[t] == syntax.DepXcomp && (a.Lemma[a.Head[t]] == "appear" || a.Lemma[a.Head[t]] == "seem"):
			t = a.Head[t]
		default:
			return -1
		}
	}
	return -1
}

// somebody reports whether word t names or describes somebody who can be minded to do a thing.
func (a *finder) somebody(t int) bool {
	switch a.Pos[t] {
	case syntax.PosPropn:
		return a.Ent[t] == 0 || a.Ent[t] == syntax.EntPerson || a.Ent[t] == syntax.EntOrg || a.Ent[t] == syntax.EntGpe || a.Ent[t] == syntax.EntNorp
	case syntax.PosPron:
		return a.Lower[t] == "he" || a.Lower[t] == "she" || a.Lower[t] == "they"
	case syntax.PosNoun:
		k := wordclass.Noun(a.Lemma[t])
		return k.Of(wordclass.Person)+k.Of(wordclass.Group) > .4
	}
	return false
}

// parted is the subject of a verb with auxiliary whose sentence a parenthesis parts so widely that the
// parse does not join them: "Dorn, as part of a deal to end it, is looking for"; -1 if there is none.
func (a *finder) parted(t, cue int) int {
	u := a.Units[a.Unit[t]]
	if cue == t || cue-1 <= u.Start || a.Orth[cue-1] != "," {
		return -1
	}
	for i := u.Start; i < cue-1; i++ {
		if a.Orth[i] == "," {
			if i > u.Start && a.Left[i-1] == u.Start && a.somebody(i-1) {
				return i - 1
			}
			return -1
		}
		if a.Verbal(i) {
			return -1
		}
	}
	return -1
}
