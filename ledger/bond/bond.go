// Package bond tells by which words an account binds the one who gives it: the cue that reports it, the noun
// that names it ("offered assurances that"), or a clause about what the speaker will do itself ("she would
// send them"), means to do ("hopes to arrange") or threatens with ("will face sanctions if").
//
// It looks at the words of one account and knows nothing of the story. A wish, a forecast, and what would be
// if the world were another bind nobody.
package bond

import (
	"slices"
	"strings"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/news"
	"dateline/text"
)

// Cues by which one binds oneself, and what they make of it.
var Cues = map[string]string{
	"promise": "promise", "promised": "promise", "promises": "promise", "promising": "promise", "pledged": "promise", "pledges": "promise", "pledge": "promise", "vowed": "promise", "vows": "promise",
	"swore": "promise", "swears": "promise", "sworn": "", "undertook": "promise", "guaranteed": "promise", "committed": "promise", "assured": "promise", "word": "promise",
	"threatened": "threat", "threaten": "threat", "threatens": "threat", "threatening": "threat", "warned": "threat", "warns": "threat", "warn": "threat",
	"plans": "plan", "planned": "plan", "plan": "plan", "intends": "plan", "intended": "plan", "means": "plan", "mean": "plan", "prepared": "plan", "prepares": "plan", "decided": "plan", "aims": "plan", "aimed": "plan",
	"agreed": "agreement", "agrees": "agreement", "agree": "agreement", "invited": "invitation", "invites": "invitation", "announced": "announcement", "announces": "announcement",
}

// telling are cues that report a saying and nothing about how the speaker is bound.
var telling = map[string]bool{"said": true, "says": true, "say": true, "told": true, "tells": true, "added": true, "adds": true, "wrote": true, "writes": true, "confirmed": true, "confirms": true,
	"reiterated": true, "repeated": true, "repeats": true, "insisted": true, "declared": true, "replied": true, "stated": true, "reaffirmed": true, "noted": true, "revealed": true, "announced": true, "": true}

// Cue is what a statement's cue says about being bound: a rule, "telling", or "".
func Cue(t *book.Told) string {
	if len(t.Cue) == 0 {
		return "telling"
	}
	kind := ""
	for _, c := range t.Cue {
		passive := false
		for _, w := range strings.FieldsFunc(strings.ToLower(c.Of(t.In.Article.Text)), func(r rune) bool { return r < 'a' || r > 'z' }) {
			if passive && Cues[w] == "promise" {
				return "" // who was promised something promises nothing
			}
			passive = account.IsBe(w)
			if k := Cues[w]; k != "" {
				return k
			}
			if telling[w] {
				kind = "telling"
			}
		}
	}
	return kind
}

// Nominal is how one is bound whose words are told by a noun: "offered assurances that", "made a
// threat to", "gave his word that"; "" for any other content. The noun stands behind the cue, whether it
// is read as part of what was said or not.
func Nominal(x *account.Account) string {
	const between = 40 // bytes from the cue to the content
	at := x.Span
	if n := len(x.Told.Cue); n > 0 {
		if end := x.Told.Cue[n-1].End; end < at.Start && at.Start-end < between {
			at.Start = end
		}
	}
	ws := account.Words(x.In.Article.Text, at)
	for i, w := range ws[:max(0, min(len(ws)-1, 4))] {
		kind := nouns[w.Lower]
		if kind == "" {
			if w.Stem != "" && i > 0 {
				return ""
			}
			continue
		}
		if next := ws[i+1].Lower; i > 0 && ws[i-1].Lower == "no" || next != "that" && next != "to" {
			return ""
		}
		return kind
	}
	return ""
}

var nouns = map[string]string{
	"assurance": "promise", "assurances": "promise", "pledge": "promise", "pledges": "promise", "promise": "promise", "promises": "promise", "vow": "promise", "undertaking": "promise",
	"guarantee": "promise", "guarantees": "promise", "word": "promise", "threat": "threat", "threats": "threat",
}

// clause is an account's words behind its subject, if that is the one who speaks: "I", "we", or the
// pronoun that a report puts in its place. A clause may stand behind "that": "on the call that he
// would".
func clause(x *account.Account, what text.Span) []account.Word {
	at := slices.IndexFunc(x.Words, func(w account.Word) bool { return what.Contains(w.Span) })
	if at < 0 {
		return nil
	}
	ws := x.Words[at:]
	for _, v := range x.Times { // "said on Monday he hopes": of the saying
		if k := slices.IndexFunc(ws, func(w account.Word) bool { return w.Span.Start >= v.Span.End }); k > 0 && v.Span.Start <= ws[0].Span.End+1 {
			ws = ws[k:]
		}
	}
	for k, w := range ws[:min(len(ws), 5)] {
		if w.Lower == "that" {
			ws = ws[k+1:]
			break
		}
	}
	if len(ws) < 3 {
		return nil
	}
	subject, modal := ws[0].Lower, ""
	for _, short := range []string{"'ll", "’ll", "'d", "’d"} {
		if cut, ok := strings.CutSuffix(subject, short); ok {
			subject, modal = cut, "will"
		}
	}
	switch subject {
	case "i", "we":
	case "he", "she", "they", "it":
		if x.Told.Mode == news.Direct || x.Told.Speaker.Entity == "" || !refers(x.In, ws[0].Span, x.Told.Speaker.Entity) {
			return nil
		}
	default:
		return nil
	}
	if modal != "" {
		ws = slices.Clone(ws)
		ws[0].Lower, ws[0].Stem = modal, ""
		return ws
	}
	return ws[1:]
}

// refers reports whether a mention of an entity begins where a word does.
func refers(a *book.Article, at text.Span, id news.EntityID) bool {
	for _, e := range a.Entities {
		if e.ID == id {
			return slices.ContainsFunc(e.Mentions, func(m news.Mention) bool { return m.Span.Start == at.Start && m.Span.End <= at.End })
		}
	}
	return false
}

// Speaks reports whether the subject of a statement's content is the one who speaks, or the body that one
// speaks for: "we", "his country".
func Speaks(t *book.Told) bool {
	f := &t.Frame
	if f.Subject.Entity != "" {
		return f.Subject.Entity == t.Speaker.Entity
	}
	first, _, more := strings.Cut(strings.ToLower(f.Subject.Span.Of(t.In.Article.Text)), " ")
	switch first {
	case "i", "we":
		return true
	case "he", "she", "they", "it":
		return t.Mode != news.Direct
	case "my", "our", "his", "her", "its", "their":
		return more
	}
	return false
}

// Own is the verb of what the speaker says that it will do itself, whenever that be: "I'll bring it",
// "she would give them an answer". What will only come to pass for the speaker is none of it, and a
// refusal ("we will not pay") says where one stands; nil then.
func Own(x *account.Account, what text.Span) *account.Word {
	ws := unadverbed(clause(x, what))
	if len(ws) < 2 || ws[0].Lower != "will" && ws[0].Lower != "would" && ws[0].Lower != "shall" {
		return nil
	}
	if ws = unadverbed(ws[1:]); len(ws) < 2 || ws[0].Negated || ws[0].Stem == "" || !does(ws[0].Lower) || x.Told.Mode == news.Direct && speaks[ws[0].Lower] {
		return nil
	}
	return &ws[0]
}

// speaks are verbs by which one goes on speaking: "I'll tell you this".
var speaks = map[string]bool{"say": true, "tell": true, "ask": true, "admit": true, "repeat": true, "add": true, "put": true, "let": true}

// Aim is the verb of what the speaker says that it means to do itself: "he hopes to broker a second
// meeting", "she is looking forward to signing". One hopes for what one does not do as well ("to win",
// "to see", "that it rains"): that is a wish.
func Aim(x *account.Account, what text.Span) *account.Word {
	ws := clause(x, what)
	for len(ws) > 0 && (account.IsBe(ws[0].Lower) || ws[0].Lower == "also" || ws[0].Lower == "still") {
		ws = ws[1:]
	}
	for _, turn := range aiming {
		n := len(turn)
		if len(ws) < n+2 || !slices.EqualFunc(turn, ws[:n], func(w string, a account.Word) bool { return w == a.Lower }) {
			continue
		}
		verb := ws[n].Lower
		if turn[n-2] == "forward" {
			var ok bool
			if verb, ok = strings.CutSuffix(verb, "ing"); !ok || !does(verb) || !does(verb+"e") {
				return nil
			}
		}
		if ws[0].Negated || !does(verb) {
			return nil
		}
		return &ws[n]
	}
	return nil
}

// aiming are the turns behind which stands what somebody means to do.
var aiming = func() (turns [][]string) {
	for _, t := range []string{"hope to", "hopes to", "hoped to", "hoping to", "aim to", "aims to", "aimed to", "aiming to", "intend to", "intends to", "intended to", "plan to", "plans to", "planned to", "planning to", "looking forward to", "determined to", "going to", "prepared to", "preparing to", "set to"} {
		turns = append(turns, strings.Fields(t))
	}
	return turns
}()

// does reports whether a verb is of what one does by one's own will, not of what one is, has, feels or
// meets with.
func does(verb string) bool { return !Idle[verb] && !fortune[verb] }

// Fortune reports whether a verb is of what comes to one rather than is done.
func Fortune(verb string) bool { return fortune[verb] }

// fortune are verbs of what comes to one rather than is done.
var fortune = map[string]bool{
	"win": true, "lose": true, "get": true, "find": true, "reach": true, "achieve": true, "have": true, "receive": true, "gain": true, "learn": true, "enjoy": true, "benefit": true, "survive": true, "face": true, "die": true,
	"like": true, "love": true, "prefer": true, "rather": true, "want": true, "need": true, "feel": true, "understand": true, "mean": true, "consider": true, "miss": true, "forget": true, "regret": true, "fail": true, "succeed": true,
	"welcome": true, "appreciate": true, "expect": true, "wait": true, "continue": true, "keep": true, "stay": true, "live": true,
}

// Idle are verbs of a future that binds nobody: "we will see".
var Idle = map[string]bool{"see": true, "know": true, "think": true, "hear": true, "believe": true, "remember": true, "hope": true, "be": true,
	// What comes about by itself: a forecast.
	"rain": true, "snow": true, "freeze": true, "thaw": true, "rise": true, "fall": true, "drop": true, "grow": true, "shrink": true, "happen": true, "cost": true, "last": true, "remain": true, "become": true, "suffer": true, "worsen": true, "improve": true}

// unadverbed are words without the adverbs in front.
func unadverbed(ws []account.Word) []account.Word {
	for len(ws) > 0 && (strings.HasSuffix(ws[0].Lower, "ly") || ws[0].Lower == "also" || ws[0].Lower == "always" || ws[0].Lower == "soon" || ws[0].Lower == "now" || ws[0].Lower == "then" || ws[0].Lower == "still" || ws[0].Lower == "even") {
		ws = ws[1:]
	}
	return ws
}

// Counterfactual reports whether a condition is of what is not so: "if I were mayor", "if we had known".
func Counterfactual(x *account.Account, condition text.Span) bool {
	return slices.ContainsFunc(x.Words, func(w account.Word) bool {
		return condition.Contains(w.Span) && (w.Lower == "were" || w.Lower == "had" || w.Lower == "could")
	})
}

// Retribution reports whether an account threatens with something ill on a condition: "the town will
// face consequences if", "there would be sanctions unless".
func Retribution(x *account.Account, condition text.Span) bool {
	if condition.Empty() || Counterfactual(x, condition) {
		return false
	}
	coming := false
	for i, w := range x.Words {
		if condition.Contains(w.Span) {
			continue
		}
		switch w.Lower {
		case "will", "would", "shall":
			coming = i+1 < len(x.Words) && x.Words[i+1].Lower != "not" && x.Words[i+1].Lower != "never"
		case "could", "may", "might", "should":
			return false
		case "consequences", "retaliation", "reprisals", "sanctions", "tariffs", "penalties", "retribution":
			if coming && !w.Negated {
				return true
			}
		}
	}
	return false
}

// Addressee reports whether what is said to be promised is but the one to whom ("what he promised the
// president"), or a pronoun of which only what stands before tells what it is ("promised it when she
// took office").
func Addressee(x *account.Account) bool {
	if slices.ContainsFunc(x.Words, func(w account.Word) bool { return w.Lower == "to" || w.Lower == "that" && w.Span != x.Words[0].Span }) {
		return false
	}
	switch x.Words[0].Lower {
	case "it", "that", "this", "them", "so":
		return len(x.Words) == 1 || since[x.Words[1].Lower]
	}
	ws := x.Words
	for len(ws) > 1 && (ws[0].Stem == "" || ws[0].Lower == "prime") {
		ws = ws[1:]
	}
	t := x.In.Article.Text
	if rest := strings.Fields(t[ws[0].Span.End:x.Span.End]); account.IsOffice(ws[0].Lower) && (len(rest) == 0 || rest[0] == "of") {
		return true
	}
	for _, n := range x.Names {
		if rest := strings.TrimSpace(t[n.Span.End:x.Span.End]); n.Span.Contains(ws[0].Span) && rest == "" && (n.Type == news.Person || n.Type == news.Organisation) {
			return true
		}
	}
	return false
}

// since are words that open a clause about when or why.
var since = map[string]bool{"when": true, "as": true, "before": true, "after": true, "while": true, "because": true, "last": true, "in": true, "on": true}
