package conflict

import (
	"slices"
	"strings"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/dispute"
	"dateline/news"
	"dateline/text"
)

// denying are cues that turn down a claim. "Rejected", "dismissed" and "ruled out" are not among
// them: they turn down a demand as often.
var denying = map[string]bool{"deny": true, "denied": true, "denies": true, "denying": true, "dispute": true, "disputes": true, "disputed": true, "refute": true, "refuted": true, "refutes": true,
	"contradict": true, "contradicts": true, "contradicted": true, "rebutted": true, "rebuts": true}

// falsehood are words by which one calls an account untrue.
var falsehood = map[string]bool{"invention": true, "false": true, "untrue": true, "lie": true, "lies": true, "fiction": true, "fabrication": true, "nonsense": true, "baseless": true, "baselessly": true, "falsely": true, "wrongly": true, "fabricated": true, "invented": true}

// denies reports whether an account turns down what its content says.
func denies(x *account.Account) bool {
	if x.Told == nil {
		return false
	}
	for _, c := range x.Told.Cue {
		for _, w := range strings.Fields(strings.ToLower(c.Of(x.In.Article.Text))) {
			if denying[w] {
				return true
			}
		}
	}
	return false
}

// negatedByWords reports whether an account says that something was not so: "I never offered
// that", "We did not agree".
func negatedByWords(x *account.Account) bool {
	for _, w := range x.Words {
		if w.Negated && !light[w.Stem] {
			return true
		}
	}
	return false
}

// denials looks, in an article, for who denies what stands right before.
func (j *Index) denials(list []*account.Account) {
	for i, x := range list {
		switch {
		case denies(x) && x.Content() >= 2:
		case x.Told == nil && deniesIt(x) || denies(x) && x.Content() < 2 || brands(x):
			j.deniedBefore(list[:i], x)
		}
		// A claim and its negation a few sentences apart.
		if x.Told != nil && negatedByWords(x) {
			for k := i - 1; k >= 0 && list[k].Number >= x.Number-6; k-- {
				if list[k].Number < x.Number && list[k].Number+1 != x.Number && !list[k].Question && !x.Question && telling(list[k]) && telling(x) {
					j.opposed(list[k], x, "negated")
				}
			}
		}
	}
}

// brands reports whether somebody calls what was said before untrue, and says no more: "called the
// report false", "‘That is a lie,’".
func brands(x *account.Account) bool {
	if x.Told == nil || x.Content() > 4 {
		return false
	}
	untrue, it := false, false
	for i, w := range x.Words {
		switch w.Lower {
		case "false", "untrue", "lie", "lies", "fiction", "invention", "nonsense", "fabrication", "baseless", "rubbish", "fabricated", "invented", "slander":
			untrue = untrue || !w.Negated
		case "true", "correct", "right", "happened":
			untrue = untrue || w.Negated
		case "report", "reports", "claim", "claims", "allegation", "allegations", "account", "story", "accusation", "accusations", "charge", "rumour", "rumor", "rumours":
			it = true
		case "it", "that", "this", "these", "they", "it's", "that's", "it’s", "that’s":
			it = it || i < 2
		}
	}
	return untrue && (it || x.Content() <= 1)
}

// deniesIt reports whether a sentence says that somebody denies what was said before: "Tervane
// denied it", "all deny the report".
func deniesIt(x *account.Account) bool {
	for i, w := range x.Words {
		if denying[w.Lower] && i+1 < len(x.Words) {
			rest := x.Words[i+1:]
			switch rest[0].Lower {
			case "it", "this", "that":
				return len(rest) == 1 || rest[0].Lower == "it"
			case "the":
				return len(rest) > 1 && (rest[1].Lower == "report" || rest[1].Lower == "claim" || rest[1].Lower == "allegation" || rest[1].Lower == "account" || rest[1].Lower == "accusation" || rest[1].Lower == "charge")
			}
		}
	}
	return false
}

// deniedBefore joins a denial to the account before it, by somebody else.
func (j *Index) deniedBefore(before []*account.Account, x *account.Account) {
	for k := len(before) - 1; k >= 0 && before[k].Number >= x.Number-2; k-- {
		a := before[k]
		if a.Told == nil || a.Question || a.Number == x.Number || !telling(a) || denies(a) || x.Told != nil && a.Voice() == x.Voice() || !j.ofDenier(a, x) {
			continue
		}
		// What one says of a question, or a demand, is no claim.
		kind := news.OnPolarity
		if attends(a) {
			kind = news.OnParticipants
		}
		j.add(dispute.Pair{Kind: kind, A: a, B: x, Rule: "denied-it", Denial: x, Words: func() (string, []news.Reason) {
			return "whether: " + headline(a), []news.Reason{
				held("different_thing", "the denial stands right behind the account"), held("sequence", "both are told at one time")}
		}})
		return
	}
}

// ofDenier reports whether an account is of whoever denies it: it names them, or a body they speak for.
func (j *Index) ofDenier(a, x *account.Account) bool {
	if x.Told != nil {
		return x.Told.Actor != nil && j.concerns(a, x)
	}
	for i, w := range x.Words {
		if denying[w.Lower] && i > 0 {
			return slices.ContainsFunc(x.Names, func(n account.Name) bool { return n.Span.Start < w.Span.Start && a.Mentions(n.Key) })
		}
	}
	return false
}

// attends reports whether an account is about somebody having been at a meeting.
func attends(x *account.Account) bool {
	return x.HasWord("sit") && x.HasWord("table") || x.HasWord("attend") || x.HasWord("present") && x.HasWord("meet")
}

// headline is the beginning of what an account tells, for a line that says what is in dispute. What
// stands before its clause is left out ("from the platform that ..."), and where it opens with a
// pronoun that the article explains, the name stands for it in brackets.
func headline(x *account.Account) string { return heading(x, x.Text()) }

func heading(x *account.Account, words string) string {
	f := clause(strings.Fields(words))
	if len(f) > 0 {
		if name := subject(x, f[0]); name != "" {
			f = append([]string{"[" + name + "]"}, f[1:]...)
		} else if w := strings.ToLower(f[0]); lowered[w] {
			f = append([]string{w}, f[1:]...)
		}
	}
	if len(f) <= 12 {
		return strings.Join(f, " ")
	}
	for f = f[:12]; len(f) > 1 && (lowered[f[len(f)-1]] || adjuncts[f[len(f)-1]] || f[len(f)-1] == "of" || f[len(f)-1] == "for"); {
		f = f[:len(f)-1]
	}
	return strings.Join(f, " ") + " …"
}

// lowered are words that are large only where they begin a sentence.
var lowered = map[string]bool{"the": true, "a": true, "an": true, "this": true, "that": true, "these": true, "those": true, "his": true, "her": true, "its": true, "their": true, "our": true, "my": true,
	"he": true, "she": true, "it": true, "they": true, "we": true, "you": true, "there": true, "no": true, "nobody": true, "nothing": true, "some": true, "many": true, "most": true, "all": true, "both": true}

// adjuncts are words that open what may stand before the clause that is told.
var adjuncts = map[string]bool{"from": true, "on": true, "at": true, "in": true, "to": true, "after": true, "before": true, "during": true, "over": true, "through": true, "with": true, "by": true, "late": true, "early": true, "again": true, "that": true}

// clause are the words of a content without what stands before the clause: of "on Monday that the
// bridge is safe", and of "citing an aide, that it is", what follows "that".
func clause(f []string) []string {
	if len(f) == 0 {
		return f
	}
	first := strings.ToLower(f[0])
	if !adjuncts[first] && !(len(first) > 5 && strings.HasSuffix(first, "ing")) {
		return f
	}
	for i, w := range f[:min(len(f), 8)] {
		if w == "that" && len(f)-i > 3 {
			return f[i+1:]
		}
	}
	return f
}

// subject is who a pronoun stands for that opens what an account tells; "" where that is not known.
func subject(x *account.Account, word string) string {
	if x.Told == nil {
		return ""
	}
	switch strings.ToLower(word) {
	case "i":
		if x.Told.Actor != nil {
			return x.Told.Actor.Name
		}
	case "he", "she", "it", "they":
		for _, e := range x.In.Entities {
			if e.ID == x.Told.Frame.Subject.Entity && e.ID != "" {
				return e.Name
			}
		}
	}
	return ""
}

// moment is where an account gives the time of what it tells; empty where it gives none.
func moment(x *account.Account) text.Span {
	if _, at, ok := x.Clock(); ok {
		return at
	}
	t, _ := happening(x)
	return t.Span
}

// untimed is headline without the time that is in dispute, where enough stands before it.
func untimed(x *account.Account, time text.Span) string {
	before := strings.Fields(text.Span{Start: x.Span.Start, End: max(x.Span.Start, time.Start)}.Of(x.In.Article.Text))
	for n := len(before); n > 0; n = len(before) {
		switch strings.ToLower(before[n-1]) {
		case "on", "at", "in", "by", "before", "after", "since", "until", "from", "about", "around", "shortly", "the", "only":
			before = before[:n-1]
			continue
		}
		break
	}
	if len(before) < 3 {
		return headline(x)
	}
	return heading(x, strings.Join(before, " "))
}

// unsaid reports whether an account says that its speaker did not say something: "She never said that".
func unsaid(x *account.Account) bool {
	if x.Told == nil || x.Told.Actor == nil || !slices.ContainsFunc(negatedVerbs(x), saying) {
		return false
	}
	switch s := x.Told.Frame.Subject; strings.ToLower(s.Head) {
	case "i", "we", "he", "she", "it":
		return true
	default:
		return s.Entity != "" && s.Entity == x.Told.Speaker.Entity
	}
}

func saying(stem string) bool { return says[stem] }

var says = account.Stems("say", "tell", "call", "promise", "claim", "threaten", "describe", "suggest", "utter")

// unsaidOf compares who did not say a thing with a report that it was said.
func (j *Index) unsaidOf(x, y *account.Account) {
	if x.In == y.In || y.Told == nil || y.Told.Actor != x.Told.Actor || y.Question || unsaid(y) || denies(y) || y.Told.Polarity == news.Negative || later(y, x) || !near(x, y) {
		return
	}
	shared := 0
	for _, s := range account.Shared(x, y) {
		if !says[s] {
			shared++
		}
	}
	if shared < 2 || 3*shared < 2*min(x.Content()-1, y.Content()) {
		return
	}
	j.add(dispute.Pair{Kind: news.OnAttribution, A: y, B: x, Rule: "unsaid", Denial: x, Words: func() (string, []news.Reason) {
		return "whether " + x.Told.Actor.Name + " said: " + headline(y), []news.Reason{
			held("different_thing", "they share %s", sharedWords(x, y)), held("sequence", "it was reported before it was denied")}
	}})
}

// denied compares what x denies with an account of it.
func (j *Index) denied(x, y *account.Account) {
	if y == x || x.Told.Actor == nil || y.Told == nil || denies(y) || negatedByWords(y) || y.Question || y.Told.Polarity == news.Negative || y.In == x.In && inside(x, y) {
		return
	}
	claim := core(x)
	shared := account.SharedCount(claim, y)
	if shared < 3 || 2*shared < min(claim.Content(), y.Content()) {
		return
	}
	// The claim is of the one who denies it, told by somebody else.
	own := y.Voice() == x.Voice()
	if own && len(y.Told.RelayedBy) == 0 && y.Told.Within == "" || !own && !j.concerns(y, x) {
		return
	}
	if later(y, x) {
		j.out(news.OnPolarity, y, x, "sequence", "said after the denial")
		return
	}
	j.add(dispute.Pair{Kind: news.OnPolarity, A: y, B: x, Rule: "denied", Denial: x, Words: func() (string, []news.Reason) {
		return "whether: " + headline(claim), []news.Reason{
			held("different_thing", "they share %s", sharedWords(claim, y)), held("sequence", "the claim is not later than the denial")}
	}})
}

// core is an account as far as the first comma, where that leaves enough of it: what follows
// ("as the union prepared to ...") is no part of what is denied.
func core(x *account.Account) *account.Account {
	t := x.Text()
	i := strings.IndexByte(t, ',')
	if i < 0 {
		return x
	}
	if y := account.Cut(x, text.Span{Start: x.Span.Start, End: x.Span.Start + i}); y != nil && y.Content() >= 4 {
		return y
	}
	return x
}

// later reports whether an account was certainly given after another.
func later(y, x *account.Account) bool {
	first, _ := y.Days()
	_, last := x.Days()
	return !first.IsZero() && !last.IsZero() && first.After(last)
}

// near reports whether two accounts were given within days of each other, or of one event where
// the days are not known.
func near(x, y *account.Account) bool {
	const week = 7 * 24 * time.Hour
	xf, xl := x.Days()
	yf, yl := y.Days()
	if xl.IsZero() || yl.IsZero() || xf.IsZero() && yf.IsZero() {
		return x.In.Event != "" && x.In.Event == y.In.Event
	}
	if xf.IsZero() {
		xf = xl
	}
	if yf.IsZero() {
		yf = yl
	}
	return !xf.After(yl.Add(week)) && !yf.After(xl.Add(week))
}

// branded looks for claims that the article itself calls false: "has baselessly claimed".
func (j *Index) branded(list []*account.Account) {
	for i, x := range list {
		if x.Told == nil || !brandedCue(x) {
			continue
		}
		for _, y := range list[i+1:] {
			if y.Number > x.Number+1 {
				break
			}
			if y.Number == x.Number || y.Voice() == x.Voice() || account.SharedCount(x, y) == 0 {
				continue
			}
			j.add(dispute.Pair{Kind: news.OnPolarity, A: x, B: y, Rule: "branded-false", Words: func() (string, []news.Reason) {
				return "whether: " + headline(x), []news.Reason{
					held("different_thing", "the next sentence speaks of the same: %s", sharedWords(x, y))}
			}})
			break
		}
	}
}

func brandedCue(x *account.Account) bool {
	for _, c := range x.Told.Cue {
		for _, w := range strings.Fields(strings.ToLower(c.Of(x.In.Article.Text))) {
			if falsehood[w] {
				return true
			}
		}
	}
	return false
}
