package attribution

import (
	"slices"

	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
	"dateline/news"
)

// citingConfidence is low: few are marked, for most corpora have one layer.
const citingConfidence = .7

// citing: whoever a report names as its own source says what it says. The outer source relays it.
//
//	[The Herald], citing [two clerks], reported that [the tolls would rise].
func (a *finder) citing(found []Found) (out []Found) {
	for i := range found {
		f := &found[i]
		if f.Head < 0 || f.Source.Len() == 0 {
			continue
		}
		u := a.Units[a.Unit[f.Head]]
		for t := u.Start; t < u.End; t++ {
			if a.Lower[t] != "citing" || word.Has(f.Content, t) || a.Quote[t] != 0 || !a.under(t, f.Head) && !a.under(t, f.SourceHead) {
				continue
			}
			s := -1
			for _, c := range a.Children(t) {
				if a.Dep[c] == syntax.DepDobj && c > t {
					s = c
				}
			}
			if s < 0 || !a.canTell(s) {
				continue
			}
			src := a.SourceSpan(s, t)
			if word.Overlap([]syntax.Range{src}, f.Content) > 0 {
				continue
			}
			if f.Source.Has(t) { // "The Herald, citing two clerks,": they are no part of its name
				f.Source.End = t
				for f.Source.Len() > 1 && (a.Punct[f.Source.End-1] || a.Space[f.Source.End-1]) {
					f.Source.End--
				}
			}
			told := Found{Head: t, Cue: word.Between(t, t+1), Source: src, SourceHead: s, Content: slices.Clone(f.Content), Mode: f.Mode, Within: -1,
				Via: 1 + i, Confidence: min(citingConfidence, f.Confidence), Reasons: []news.Reason{{Rule: "citing", Detail: a.Of(src)}}}
			if k := slices.IndexFunc(found, func(x Found) bool { return x.Head == t }); k >= 0 { // taken for the content before
				found[k] = told
			} else {
				out = append(out, told)
			}
			break
		}
	}
	return out
}

// records are things that tell what is written in them.
var records = map[string]bool{"source": true, "report": true, "document": true, "memo": true, "prospectus": true, "letter": true, "statement": true, "study": true, "survey": true,
	"filing": true, "record": true, "newspaper": true, "outlet": true, "official": true}

// canTell reports whether a noun is somebody or something that says what a report cites: one also cites
// reasons and figures.
func (a *finder) canTell(t int) bool {
	if !word.Nounish(a.Pos[t]) {
		return false
	}
	c := a.Class[t]
	return a.Ent[t] == syntax.EntPerson || a.Ent[t] == syntax.EntOrg || records[a.Lemma[t]] || c.Of(wordclass.Person) > .4 || c.Of(wordclass.Group) > .5
}

// under reports whether token t hangs on h, through no other verb.
func (a *finder) under(t, h int) bool {
	for k := 0; k < 4 && t >= 0 && !a.Root(t); k++ {
		if t = a.Head[t]; t == h {
			return true
		}
	}
	return false
}
