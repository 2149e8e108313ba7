package commitment

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/news"
	"dateline/text"
)

// A sign is what an account says of a commitment.
type sign struct {
	x      *account.Account
	status news.Status
	why    news.Reason
	at     time.Time
}

// follow reads from the story what became of a commitment.
func (s *Index) follow(group []*deed, u *news.Undertaking) {
	made := time.Time{}
	var signs []*sign
	reports, told, n := map[*account.Account]bool{}, make(map[*book.Told]bool, len(group)), 0
	for _, d := range group {
		if n += len(s.signs[d]); d.x.Told != nil {
			told[d.x.Told] = true
		} else {
			reports[d.x] = true
		}
		if f := d.made(); !f.IsZero() && (made.IsZero() || f.Before(made)) {
			made = f
		}
	}
	signs = make([]*sign, 0, n)
	for _, d := range group {
		for i := range s.signs[d] {
			if g := &s.signs[d][i]; (made.IsZero() || g.at.IsZero() || !g.at.Before(made)) && !reports[g.x] && !told[g.x.Told] {
				signs = append(signs, g)
			}
		}
	}
	first := group[0]
	u.History = append(u.History, news.Step{Status: news.StatusOpen, When: moment(made), Statement: id(first.x), Reason: news.Reason{Rule: first.rule, Detail: ruleWords[first.rule]}})
	slices.SortFunc(signs, inStory)
	for _, g := range signs {
		last := u.History[len(u.History)-1]
		if last.Status == g.status || last.Status == news.StatusDone && g.status != news.StatusContested && g.status != news.StatusOverdue || last.Status == news.StatusWithdrawn || last.Status == news.StatusBroken && g.status != news.StatusDone ||
			last.Status == news.StatusContested && (g.status == news.StatusBroken || g.status == news.StatusOverdue) {
			continue
		}
		step := news.Step{Status: g.status, When: moment(g.at), Statement: id(g.x), Reason: g.why}
		if step.Statement == "" {
			step.Event = g.x.In.Event
			step.Reason.Detail += fmt.Sprintf(": “%s”", clipped(g.x.Text()))
		}
		u.History = append(u.History, step)
		u.Status = g.status
	}
}

// inStory is the order of signs: of the days they tell of, then of the story.
func inStory(a, b *sign) int {
	if by := a.at.Compare(b.at); by != 0 {
		return by
	}
	return cmp.Or(account.InStory(a.x, b.x), cmp.Compare(a.status, b.status), cmp.Compare(a.why.Rule, b.why.Rule), cmp.Compare(id(a.x), id(b.x)))
}

func clipped(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return s
}

func (d *deed) made() time.Time {
	if !d.first.IsZero() {
		return d.first
	}
	return d.last
}

func id(x *account.Account) news.StatementID {
	if x.Told == nil {
		return ""
	}
	return x.Told.ID
}

// when is the day an account tells of: that of its first time, else that on which it was given.
func when(x *account.Account) time.Time {
	for _, v := range x.Times {
		if v.Lasts == 0 && !v.From.IsZero() && !v.To.IsZero() && v.To.Sub(v.From) <= 7*day {
			return v.From.Truncate(day)
		}
	}
	first, last := x.Days()
	if first.IsZero() {
		return last
	}
	return first
}

func moment(t time.Time) news.Interval {
	if t.IsZero() {
		return news.Interval{}
	}
	return news.At(news.Day(t.Year(), t.Month(), t.Day()))
}

// off are words by which something is called off or put off.
var off = account.Stems("drop", "cancel", "scrap", "abandon", "withdraw", "delay", "revoke", "shelve", "suspend")

// newTeller reads what of an account can tell of commitments.
func newTeller(x *account.Account) teller {
	t := teller{x: x, at: when(x)}
	if x.Question {
		return t
	}
	lower := strings.ToLower(x.Text())
	for _, w := range []string{"called off", "put off", "calling off", "backed down", "not bound by"} {
		if at := strings.Index(lower, w); at >= 0 {
			t.off, t.where = true, append(t.where, x.Span.Start+at)
		}
	}
	t.instead = instead(strings.ToLower(x.Sentence.Of(x.In.Article.Text)))
	t.off = t.off || t.instead
	negated := slices.ContainsFunc(x.Words, func(w account.Word) bool { return w.Negated }) || strings.Contains(lower, "rule out") || strings.Contains(lower, "ruled out")
	for _, w := range x.Words {
		if off[w.Stem] && !negated {
			t.off, t.where = true, append(t.where, w.Span.Start)
		}
	}
	t.not = x.Told != nil && denied(x) || slices.ContainsFunc(x.Words, func(w account.Word) bool { return w.Negated })
	t.past = !x.Future && past(x)
	return t
}

// instead reports whether a sentence sets another time: "not on 1 June but on 1 September", "by March 20
// and not by this Friday".
func instead(sentence string) bool {
	if at := strings.Index(sentence, " not "); at >= 0 {
		for _, w := range []string{" but on ", " but in ", " but by ", " but not before ", " but from "} {
			if strings.Contains(sentence[at:], w) {
				return true
			}
		}
	}
	for _, w := range []string{" and not by ", " and not on ", " rather than on ", " rather than by ", " instead of on "} {
		if strings.Contains(sentence, w) {
			return true
		}
	}
	return false
}

// sign reads what an account says about a commitment; ok is false where it says nothing.
func (s *Index) sign(t teller, d *deed) (status news.Status, why news.Reason, ok bool) {
	x := t.x
	shared, doing := 0, false
	for st := range d.stems {
		if x.Has(st) {
			shared++
			doing = doing || st == d.doing // a common verb is not among the stems
		}
	}
	if shared == 0 && !(d.ascribed.Name != "" && x.In == d.x.In) {
		return "", why, false
	}
	enough := shared >= 2 || shared >= len(d.stems)
	off := t.off && t.reaches(d) && (!t.instead || !confirms(x, d))
	own := d.key != "" && (x.Told != nil && x.Told.Actor != nil && s.speaksFor(x.Told.Actor.Key, d.key, x, d.x) || s.names(x, d))
	made := d.made()
	beside := !t.at.After(made) && (x.In == d.x.In || !made.IsZero() && t.at.IsZero()) // on its day, in its article: how it came about
	switch {
	case !beside && off && enough && (own || (x.Told == nil || d.key == "") && (doing || shared >= 3) || t.instead && shared >= 2) && !x.Condition:
		return news.StatusWithdrawn, news.Reason{Rule: "called-off", Detail: "called off or put off"}, true
	case d.ascribed.Name != "" && x.Told != nil && (own || x.In == d.x.In && strings.EqualFold(x.Told.Frame.Subject.Head, "we")) && (denied(x) || notDone(x, d) || unbound(x)):
		return news.StatusContested, news.Reason{Rule: "denied", Detail: "the one who is said to be bound denies it"}, true
	}
	if !enough || x.Condition || beside {
		return "", why, false
	}
	dueFirst, dueLast := d.due.Days()
	if d.no { // that it will not be, or was not, bears it out
		return "", why, false
	}
	if notDone(x, d) {
		switch {
		case (willNot(x) || own && cannot(x)) && (own || x.Told == nil || doing):
			if !lies(t.at, dueFirst, dueLast, 2) {
				return "", why, false
			}
			if _, said := x.Days(); own && x.Told != nil && !said.IsZero() && said.Before(dueFirst) {
				return news.StatusWithdrawn, news.Reason{Rule: "taken-back", Detail: "the one who is bound says before its time that it will not be"}, true
			}
			return news.StatusBroken, news.Reason{Rule: "will-not", Detail: "it is said that it will not be"}, true
		case (own || undone(x, d)) && !x.Future && !dueLast.IsZero() && !t.at.IsZero() && !t.at.Before(dueFirst):
			return news.StatusOverdue, news.Reason{Rule: "was-not", Detail: "told as not done when it was due"}, true
		}
		return "", why, false
	}
	if len(d.stems) == 1 && !own || x.Kind == news.Caption {
		return "", why, false
	}
	if !t.past || !(doing && (own || x.Told == nil && 3*shared >= len(d.stems))) && (3*shared < 2*len(d.stems) || d.words != "" && !doing) || !lies(t.at, dueFirst, dueLast, 3) {
		return "", why, false
	}
	return news.StatusDone, news.Reason{Rule: "told-as-done", Detail: "what was to be done is told as done"}, true
}

// nearby is how many words may stand between the word that calls off and a word of what is called off:
// "dropped its plan to strike", "the strike was called off". Farther ones are of something else.
const nearby = 8

// reaches reports whether what is called off in an account can be what is to be done: a word of it
// stands close by.
func (t *teller) reaches(d *deed) bool {
	if t.instead {
		return true
	}
	ws := t.x.Words
	for _, at := range t.where {
		i := slices.IndexFunc(ws, func(w account.Word) bool { return w.Span.End > at })
		for k := max(0, i-nearby); i >= 0 && k < min(len(ws), i+nearby+1); k++ {
			if k != i && (d.stems[ws[k].Stem] || ws[k].Stem == d.doing && d.doing != "") && !slices.ContainsFunc(t.x.Names, func(n account.Name) bool { return n.Span.Contains(ws[k].Span) }) {
				return true
			}
		}
	}
	return false
}

// confirms reports whether an account that sets one time for another sets the one of a commitment.
func confirms(x *account.Account, d *deed) bool {
	if x.In == d.x.In && x.Number == d.x.Number {
		return true
	}
	return slices.ContainsFunc(x.Times, func(v account.Time) bool {
		return v.From.Equal(d.due.From) && !elsewhere(x, v.Span, v.Span.Of(x.In.Article.Text))
	})
}

// names reports whether an account names the one who is bound, or a body for which it speaks.
func (s *Index) names(x *account.Account, d *deed) bool {
	return slices.ContainsFunc(x.Names, func(n account.Name) bool { return s.speaksFor(d.key, n.Key, x, d.x) })
}

// lies reports whether a day lies in a stretch, or up to slack days behind it; a day that is not
// known lies in none.
func lies(at, first, last time.Time, slack int) bool {
	if at.IsZero() {
		return false
	}
	if last.IsZero() {
		return true
	}
	return !at.Before(first.Add(-day)) && !at.After(last.AddDate(0, 0, slack))
}

// willNot reports whether an account says that something will not be, rather than could not.
func willNot(x *account.Account) bool {
	return slices.ContainsFunc(x.Words, func(w account.Word) bool {
		return w.Lower == "will" || w.Lower == "would" || strings.HasPrefix(w.Lower, "won'") || strings.HasPrefix(w.Lower, "won’") || strings.HasPrefix(w.Lower, "wouldn")
	})
}

// cannot reports whether an account says that something is not possible.
func cannot(x *account.Account) bool {
	return slices.ContainsFunc(x.Words, func(w account.Word) bool {
		return w.Lower == "cannot" || w.Lower == "can't" || w.Lower == "can’t"
	})
}

// unbound reports whether an account says that something was not agreed or promised.
func unbound(x *account.Account) bool {
	return slices.ContainsFunc(x.Words, func(w account.Word) bool {
		return w.Negated && (w.Stem == account.Stem("agree") || w.Stem == account.Stem("promise"))
	})
}

// notDone reports whether an account negates a word of the doing.
func notDone(x *account.Account, d *deed) bool {
	for _, w := range x.Words {
		if w.Negated && (d.stems[w.Stem] || w.Stem == d.doing) {
			return true
		}
	}
	return false
}

// undone reports whether an account negates the doing itself, and not only something that it is done with.
func undone(x *account.Account, d *deed) bool {
	return slices.ContainsFunc(x.Words, func(w account.Word) bool { return w.Negated && w.Stem == d.doing })
}

func denied(x *account.Account) bool {
	for _, c := range x.Told.Cue {
		if strings.Contains(strings.ToLower(c.Of(x.In.Article.Text)), "den") {
			return true
		}
	}
	return false
}

// past reports whether an account tells of what happened: its frame is in the past or perfect, or
// one of its first words is a verb's past form.
func past(x *account.Account) bool {
	if x.Told != nil && x.Told.Frame.Predicate != "" && framed(x) {
		return x.Told.Frame.Tense == news.Past || x.Told.Frame.Completed
	}
	for _, w := range x.Words[:min(len(x.Words), 14)] {
		if strings.HasSuffix(w.Lower, "ed") || irregular[w.Lower] {
			return true
		}
	}
	return false
}

var irregular = map[string]bool{"met": true, "went": true, "came": true, "began": true, "left": true, "gave": true, "took": true, "said": true, "told": true, "made": true, "sent": true, "held": true, "spoke": true, "was": true, "were": true, "had": true, "has": true, "have": true, "paid": true, "built": true, "broke": true, "won": true, "lost": true, "fell": true, "rose": true, "stood": true, "sat": true, "wrote": true, "kept": true, "drove": true}

// scheduled reads an event that is set from a sentence of narration.
func (s *Index) scheduled(x *account.Account) (*deed, bool) {
	if x.Kind != news.Body || x.Question || hedged(x) || slices.ContainsFunc(x.Words, func(w account.Word) bool { return w.Lower == "i" || w.Lower == "we" || w.Lower == "you" }) {
		return nil, false
	}
	set, dated := false, false // dated: the words themselves say that it is planned
	var at []int               // where
	for i, w := range x.Words {
		if set && at == nil {
			at = append(at, i-1)
		}
		next := func(k int) string {
			if i+k < len(x.Words) {
				return x.Words[i+k].Lower
			}
			return ""
		}
		switch w.Lower {
		case "is", "are":
			dated = dated || next(1) == "to" || next(1) == "set" || next(1) == "scheduled" || next(1) == "due"
			set = set || next(1) == "to" || (next(1) == "set" || next(1) == "scheduled" || next(1) == "due") && (next(2) == "for" || next(2) == "to" || next(2) == "on")
		case "will":
			set = set || next(1) != "not"
		case "plans", "intends":
			set, dated = set || next(1) == "to", dated || next(1) == "to"
		case "invited", "invites":
			set = true
		}
	}
	d := &deed{x: x, rule: "scheduled", first: x.In.Day(), last: x.In.Day()}
	d.what, d.condition = conditional(x)
	if !set || slices.ContainsFunc(x.Words, func(w account.Word) bool { return w.Negated && !d.condition.Contains(w.Span) }) {
		return nil, false
	}
	s.due(d)
	if len(at) == 0 || !oneClause(x, at[0], d.due.Span) {
		return nil, false
	}
	if d.due.To.IsZero() || d.due.To.Sub(d.due.From) > 8*day && !(dated && d.due.To.Sub(d.due.From) <= 31*day) || !d.last.IsZero() && !d.due.To.After(d.last) {
		return nil, false
	}
	for _, n := range x.Names {
		if n.Span.Start <= x.Span.Start+6 && (n.Type == news.Person || n.Type == news.Organisation) {
			d.key = n.Key
			d.by = news.Speaker{Name: nameOf(x, n.Key), Reason: news.Reason{Rule: "subject", Detail: "the sentence begins with the name"}}
			break
		}
	}
	d.read()
	return d, len(d.stems) > 1
}

// oneClause reports whether a time belongs to the clause of a word: no word that opens a clause stands
// between the two.
func oneClause(x *account.Account, at int, s text.Span) bool {
	from, to := x.Words[at].Span.Start, s.Start
	if from > to {
		from, to = to, from
	}
	return !slices.ContainsFunc(x.Words, func(w account.Word) bool {
		if w.Span.Start <= from || w.Span.Start >= to {
			return false
		}
		switch w.Lower {
		case "that", "which", "who", "whom", "whose", "when", "because", "as", "while", "after", "before", "if", "but", "though", "although":
			return true
		}
		return false
	})
}

// AsOf is a commitment as the calendar makes it on a day: one that is open is due while its time
// lasts, and overdue when that is over and nothing was told of it.
func AsOf(e news.Entry, today time.Time) news.Entry {
	if e.Undertaking == nil || e.Undertaking.Status != news.StatusOpen || e.Undertaking.Due.IsZero() || today.IsZero() {
		return e
	}
	first, last := e.Undertaking.Due.Bounds()
	today = today.UTC().Truncate(day)
	u := *e.Undertaking
	u.History = slices.Clone(u.History)
	step := news.Step{Reason: news.Reason{Rule: "calendar", Detail: "nothing was told of it by then"}}
	switch {
	case !last.IsZero() && today.After(last):
		step.Status, step.When = news.StatusOverdue, moment(last.Add(day))
	case !first.IsZero() && !today.Before(first):
		step.Status, step.When = news.StatusDue, moment(first)
		step.Reason.Detail = "its time has come"
	default:
		return e
	}
	u.Status = step.Status
	u.History = append(u.History, step)
	e.Undertaking = &u
	return e
}
