package conflict

import (
	"slices"
	"strings"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/conflict/tally"
	"dateline/ledger/dispute"
	"dateline/ledger/heading"
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
		if w.Negated && !tally.Light[w.Stem] {
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
			return "whether: " + heading.Of(a), []news.Reason{
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

// moment is where an account gives the time of what it tells; empty where it gives none.
func moment(x *account.Account) text.Span {
	if _, at, ok := x.Clock(); ok {
		return at
	}
	t, _ := happening(x)
	return t.Span
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
		return "whether " + x.Told.Actor.Name + " said: " + heading.Of(y), []news.Reason{
			held("different_thing", "they share %s", sharedWords(x, y)), held("sequence", "it was reported before it was denied")}
	}})
}

// denied compares what x denies with an account of it.
func (j *Index) denied(x, y *account.Account) {
	if y == x || x.Told.Actor == nil || y.Told == nil || account.SharedCount(x, y) < 3 || denies(y) || negatedByWords(y) || y.Question || y.Told.Polarity == news.Negative || y.In == x.In && inside(x, y) {
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
		return "whether: " + heading.Of(claim), []news.Reason{
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
				return "whether: " + heading.Of(x), []news.Reason{
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
