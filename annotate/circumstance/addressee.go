package circumstance

import (
	"strings"

	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
)

// takesHearer are verbs whose object is the one spoken to; speaksTo those that name the hearer
// after "to" or "with".
var (
	takesHearer = set("tell ask remind inform assure advise warn notify brief question press quiz query promise urge order instruct reassure caution implore beg lecture thank email text answer interrogate grill petition lobby give")
	speaksTo    = set("say speak write signal indicate explain reveal announce confirm suggest mention talk complain reply respond admit confess promise describe report present propose offer insist declare confide whisper shout stress emphasize emphasise vow confirm apologize apologise repeat claim appeal")
)

// Addressee is the noun phrase of whom the words were said to: "told [reporters]", "asked by
// [a senator]", "said to [the crowd]". ok is false where the sentence does not name one.
func Addressee(d *syntax.Doc, s Statement) (head int, r syntax.Range, ok bool) {
	if s.Cue < 0 {
		return 0, r, false
	}
	free := func(t int) bool {
		for _, c := range s.Content {
			if c.Has(t) {
				return false
			}
		}
		return !s.Source.Has(t) && hearer(d, t)
	}
	take := func(t int) (int, syntax.Range, bool) {
		r := d.Tree(t)
		// Without what only adds to it, and without the content that hangs on it.
		for _, c := range d.Children(t) {
			if c > t {
				switch d.Dep[c] {
				case syntax.DepRelcl, syntax.DepAcl, syntax.DepPunct, syntax.DepAppos, syntax.DepAdvcl, syntax.DepCcomp:
					r.End = min(r.End, d.Left[c])
				case syntax.DepPrep:
					if d.Lower[c] != "of" && d.Lower[c] != "from" {
						r.End = min(r.End, d.Left[c])
					}
				}
			}
		}
		for _, c := range s.Content {
			if c.Start > t {
				r.End = min(r.End, max(t+1, c.Start))
			}
		}
		r.End = max(r.End, t+1)
		return t, r, true
	}
	x := s.Cue
	passive := false
	for _, c := range d.Children(x) {
		passive = passive || d.Dep[c] == syntax.DepAuxpass
	}
	if takesHearer[d.Lemma[x]] {
		for _, c := range d.Children(x) {
			switch d.Dep[c] {
			case syntax.DepDobj, syntax.DepDative, syntax.DepNsubjpass:
				if free(c) && (d.Dep[c] != syntax.DepNsubjpass || passive) {
					return take(c)
				}
			case syntax.DepCcomp, syntax.DepXcomp: // "told Ruiz he ..." may be read as "Ruiz he"
				if c > x {
					for _, g := range d.Children(c) {
						if d.Subject(g) && g == x+1 && d.Dep[c] == syntax.DepXcomp && free(g) {
							return take(g)
						}
					}
				}
			}
		}
	}
	// hearer-after-cue: "told Ruiz she ..." where the parser saw no object.
	if takesHearer[d.Lemma[x]] && !passive {
		t := s.CueSpan.End
		for t < d.N && (d.Pos[t] == syntax.PosDet || d.Dep[t] == syntax.DepCompound || d.Dep[t] == syntax.DepPoss) && t < s.CueSpan.End+4 {
			t++
		}
		if t < d.N && d.Unit[t] == d.Unit[x] && free(t) && d.Pos[t] != syntax.PosVerb && !d.Subject(t) {
			return t, syntax.Range{Start: s.CueSpan.End, End: t + 1}, true
		}
	}
	if takesHearer[d.Lemma[x]] || speaksTo[d.Lemma[x]] || d.Pos[x] == syntax.PosNoun {
		for _, c := range d.Children(x) {
			if d.Dep[c] != syntax.DepPrep && d.Dep[c] != syntax.DepDative {
				continue
			}
			switch d.Lower[c] {
			case "to", "with", "before", "at":
				for _, g := range d.Children(c) {
					if d.Dep[g] == syntax.DepPobj && free(g) && (d.Lower[c] == "to" || personal(d, g)) {
						return take(g)
					}
				}
			}
		}
	}
	// "while speaking with Brandt", "speaking to reporters", "in an interview with Radio Alba"
	for _, c := range d.Children(x) {
		if d.Dep[c] == syntax.DepAdvcl && d.Tree(c).Len() < 25 {
			switch d.Lemma[c] {
			case "speak", "talk", "tell", "write", "address":
				for _, g := range d.Children(c) {
					if d.Dep[g] == syntax.DepDobj && free(g) {
						return take(g)
					}
					if d.Dep[g] == syntax.DepPrep && (d.Lower[g] == "to" || d.Lower[g] == "with") {
						for _, p := range d.Children(g) {
							if d.Dep[p] == syntax.DepPobj && free(p) {
								return take(p)
							}
						}
					}
				}
			}
		}
		if d.Dep[c] == syntax.DepPrep && (d.Lower[c] == "in" || d.Lower[c] == "during" || d.Lower[c] == "on") {
			for _, g := range d.Children(c) {
				if d.Dep[g] != syntax.DepPobj || !exchanges[d.Lemma[g]] {
					continue
				}
				for _, w := range d.Children(g) {
					if d.Dep[w] == syntax.DepPrep && (d.Lower[w] == "with" || d.Lower[w] == "to") {
						for _, p := range d.Children(w) {
							if d.Dep[p] == syntax.DepPobj && free(p) {
								return take(p)
							}
						}
					}
				}
			}
		}
	}
	return 0, r, false
}

// exchanges are occasions that have another side.
var exchanges = set("interview call conversation letter email message phone meeting talk chat exchange text memo statement note")

// hearer reports whether a word can stand for someone who is spoken to.
func hearer(d *syntax.Doc, t int) bool {
	if d.Pos[t] == syntax.PosPron {
		switch d.Lower[t] {
		case "it", "that", "this", "what", "which", "himself", "herself", "themselves", "something", "nothing":
			return false
		}
		return true
	}
	return personal(d, t)
}

func personal(d *syntax.Doc, t int) bool {
	switch d.Ent[t] {
	case syntax.EntPerson, syntax.EntOrg, syntax.EntGpe, syntax.EntNorp:
		return true
	}
	if d.Pos[t] == syntax.PosPropn {
		return true
	}
	c := wordclass.Noun(d.Lemma[t])
	return c.Of(wordclass.Person)+c.Of(wordclass.Group) >= .4 || crowds[d.Lemma[t]]
}

var crowds = set("reporter reporters crowd audience parliament congress court senate committee council media press lawmakers journalist newspaper magazine station network radio agency people others rally conference officer police")

// A venue is a phrase of what something was said through or at.
var venues = []struct {
	words []string // lemmas, all of which must stand in the phrase
	name  string
}{
	{[]string{"joint", "news", "conference"}, "joint news conference"}, {[]string{"joint", "press", "conference"}, "joint news conference"},
	{[]string{"news", "conference"}, "news conference"}, {[]string{"press", "conference"}, "news conference"}, {[]string{"presser"}, "news conference"},
	{[]string{"press", "briefing"}, "briefing"}, {[]string{"news", "briefing"}, "briefing"}, {[]string{"briefing"}, "briefing"}, {[]string{"gaggle"}, "briefing"},
	{[]string{"hot", "mic"}, "hot mic"}, {[]string{"open", "mic"}, "hot mic"},
	{[]string{"truth", "social"}, "Truth Social post"}, {[]string{"facebook"}, "Facebook post"}, {[]string{"twitter"}, "X post"}, {[]string{"tweet"}, "X post"}, {[]string{"instagram"}, "Instagram post"}, {[]string{"telegram"}, "Telegram post"}, {[]string{"linkedin"}, "LinkedIn post"}, {[]string{"social", "media"}, "social media post"}, {[]string{"post"}, "post"},
	{[]string{"interview"}, "interview"}, {[]string{"podcast"}, "podcast"}, {[]string{"phone", "call"}, "call"}, {[]string{"video", "call"}, "call"}, {[]string{"call"}, "call"}, {[]string{"conversation"}, "conversation"},
	{[]string{"statement"}, "statement"}, {[]string{"news", "release"}, "press release"}, {[]string{"press", "release"}, "press release"}, {[]string{"letter"}, "letter"}, {[]string{"email"}, "email"}, {[]string{"e-mail"}, "email"}, {[]string{"memo"}, "memo"}, {[]string{"filing"}, "court filing"}, {[]string{"affidavit"}, "court filing"}, {[]string{"report"}, "report"}, {[]string{"op-ed"}, "op-ed"},
	{[]string{"speech"}, "speech"}, {[]string{"address"}, "speech"}, {[]string{"rally"}, "rally"}, {[]string{"hearing"}, "hearing"}, {[]string{"court"}, "court"}, {[]string{"trial"}, "court"}, {[]string{"testimony"}, "testimony"}, {[]string{"debate"}, "debate"}, {[]string{"meeting"}, "meeting"}, {[]string{"summit"}, "summit"},
}

// Venue is what the words were said through or at, as a phrase beside the cue names it; "" if
// none does.
func Venue(d *syntax.Doc, s Statement) string {
	if s.Cue < 0 {
		return ""
	}
	heads := []int{s.Cue}
	if h := d.Head[s.Cue]; h != s.Cue && (d.Dep[s.Cue] == syntax.DepXcomp || d.Dep[s.Cue] == syntax.DepConj) && d.Verbal(h) {
		heads = append(heads, h)
	}
	for _, x := range heads {
		for _, c := range d.Children(x) {
			if d.Dep[c] != syntax.DepPrep && d.Dep[c] != syntax.DepAdvcl {
				continue
			}
			r := d.Tree(c)
			if r.Len() > 25 || inside(s.Content, c) || d.Dep[c] == syntax.DepPrep && !ways[d.Lower[c]] {
				continue
			}
			if v := venueIn(d, c, r); v != "" {
				return v
			}
		}
	}
	return ""
}

// ways are prepositions behind which stands what something is said through or at. What was before it, as in "after
// a call", or what it is about is none.
var ways = set("in at on during via through over by from to")

// venueIn is the venue that the phrase r, whose head is c, names.
func venueIn(d *syntax.Doc, c int, r syntax.Range) string {
	words := map[string]bool{}
	var list []string
	for i := r.Start; i < r.End; i++ {
		list = append(list, d.Lower[i])
		if d.Pos[i] == syntax.PosVerb {
			continue // "calling it"
		}
		h := i
		for ; h != c && r.Has(d.Head[h]) && d.Head[h] != h; h = d.Head[h] {
			if d.Dep[h] == syntax.DepPrep && !ways[d.Lower[h]] && d.Lower[h] != "of" {
				break // "in remarks after a meeting"
			}
		}
		words[d.Lemma[i]] = words[d.Lemma[i]] || h == c
	}
	if strings.Contains(" "+strings.Join(list, " ")+" ", " on x ") {
		return "X post"
	}
	for _, v := range venues {
		all := true
		for _, w := range v.words {
			all = all && words[w]
		}
		if all {
			return v.name
		}
	}
	return ""
}

func inside(spans []syntax.Range, t int) bool {
	for _, r := range spans {
		if r.Has(t) {
			return true
		}
	}
	return false
}

// Answers reports whether the cue says that the words answer others: "replied", "shot back".
func Answers(d *syntax.Doc, t int) bool {
	if t < 0 {
		return false
	}
	switch d.Lemma[t] {
	case "reply", "respond", "answer", "retort", "counter", "quip":
		return true
	case "shoot", "fire", "hit", "snap":
		for _, c := range d.Children(t) {
			if d.Lower[c] == "back" {
				return true
			}
		}
	}
	return false
}
