package conflict

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/ledger/conflict/tally"
	"dateline/ledger/deed"
	"dateline/ledger/dispute"
	"dateline/ledger/heading"
	"dateline/ledger/quotation"
	"dateline/news"
)

// deeds compares what two accounts say was done, if it can only be one thing that was done: whether
// it was, when, where, and by whom.
func (j *Index) deeds(d, e deed.Deed) {
	a, b := d.In, e.In
	if farApart(a, b) || a == b || a.Voice() == b.Voice() || a.In == b.In && inside(a, b) || !near(a, b) || !account.MayShare(a, b, 1) {
		return
	}
	o, ok := deed.Same(d, e)
	if !ok {
		return
	}
	// Close by, "it" is enough to take up what was done; else a part agrees. That is enough for an
	// act that is not common if the two are of one day or event; else two parts or words have to agree.
	close := a.In == b.In && max(a.Number-b.Number, b.Number-a.Number) <= 3
	if o.Parts == 0 && !(close && (d.Done.Loose || e.Done.Loose || d.Doer.Loose || e.Doer.Loose)) {
		return
	}
	if o.Words < 2 && o.Parts < 2 && (d.Light() || !o.Day && !close && !together(a, b)) {
		j.out(news.OnPolarity, a, b, "different_thing", "only one part of what was done is the same")
		return
	}
	if account.InStory(b, a) < 0 {
		d, e, a, b = e, d, b, a
	}
	one := held("different_thing", "both are of one act, %q, and %s", d.Act, what(o))
	if d.Not != e.Not {
		if o.Doer >= 0 {
			j.whether(d, e, o, one)
		}
		return
	}
	if d.Not || d.Tense == news.Future || a.Future || b.Future {
		return
	}
	if o.Doer >= 0 {
		j.when(d, e, o, one)
		j.where(d, e, one)
	}
	j.byWhom(d, e, o, one)
}

func what(o deed.One) string {
	var parts []string
	if o.Doer > 0 {
		parts = append(parts, "of one doer")
	}
	if o.Done > 0 {
		parts = append(parts, "done to one thing")
	}
	if o.Day {
		parts = append(parts, "told of one day")
	}
	if len(parts) == 0 {
		return "alike in all that is told of it"
	}
	return strings.Join(parts, ", ")
}

// whether: one says that it was so, the other that it was not. What was not so yet may have come
// about since.
func (j *Index) whether(d, e deed.Deed, o deed.One, one news.Reason) {
	yes, no := d, e
	if d.Not {
		yes, no = e, d
	}
	if !yes.First.IsZero() && !no.First.IsZero() && !o.Day {
		j.out(news.OnPolarity, d.In, e.In, "sequence", "told of different days")
		return
	}
	done, _ := yes.In.Days()
	if !yes.First.IsZero() {
		done = yes.First
	}
	_, then := no.In.Days()
	if !done.IsZero() && !then.IsZero() && done.After(then) {
		j.out(news.OnPolarity, d.In, e.In, "sequence", "what was not so on %s was so on %s", then.Format(time.DateOnly), done.Format(time.DateOnly))
		return
	}
	// What somebody will do, or means to, that one knows best: others' word for it stands against its own.
	if yes.Tense == news.Future && (no.Doer.Us == nil || yes.Doer.Us != nil || then.Sub(done) > 2*24*time.Hour) {
		j.out(news.OnPolarity, d.In, e.In, "sequence", "plans may change, and be seen differently")
		return
	}
	kind := news.OnPolarity
	if d.Who {
		kind = news.OnAttribution
	}
	j.add(dispute.Pair{Kind: kind, A: d.In, B: e.In, Rule: "one-deed", Denial: no.In, Words: func() (string, []news.Reason) {
		return "whether: " + heading.Of(yes.In), []news.Reason{one, held("sequence", "what one says was so is not later than what the other says was not")}
	}})
}

// when: two clocks of one day, or two days of what was done once.
func (j *Index) when(d, e deed.Deed, o deed.One, one news.Reason) {
	var x, y string
	switch apart := !d.First.IsZero() && !e.First.IsZero() && !o.Day; {
	case apart:
		if o.Words < 2 && o.Parts < 2 || !together(d.In, e.In) || tally.Elsewhere(d.In, e.In) {
			j.out(news.OnTime, d.In, e.In, "different_thing", "told of different days")
			return
		}
		x, y = d.First.Format(time.DateOnly), e.First.Format(time.DateOnly)
	case d.Clock >= 0 && e.Clock >= 0 && max(d.Clock-e.Clock, e.Clock-d.Clock) >= 5:
		x, y = clock(d.Clock), clock(e.Clock)
	case d.Clock >= 0 && e.Clock >= 0 && d.Clock != e.Clock:
		j.out(news.OnTime, d.In, e.In, "rounding", "%s and %s can be one time", clock(d.Clock), clock(e.Clock))
		return
	default:
		return
	}
	j.add(dispute.Pair{Kind: news.OnTime, A: d.In, B: e.In, Rule: "one-deed", Values: [2]string{x, y}, Words: func() (string, []news.Reason) {
		return "when: " + heading.Untimed(d.In, moment(d.In)), []news.Reason{one, held("rounding", "%s and %s do not touch", x, y), held("sequence", "both are reported within days, and neither speaks of a second time")}
	}})
}

func clock(minutes int) string { return fmt.Sprintf("%d:%02d", minutes/60, minutes%60) }

// farApart reports whether two accounts are of articles that came out more than two weeks apart: most
// of a long story is, and this is told at a glance.
func farApart(a, b *account.Account) bool {
	return a.In.Published.Sub(b.In.Published).Abs() > far
}

const far = 14 * 24 * time.Hour

// together reports whether two accounts are of reports of one event, published within three days.
func together(a, b *account.Account) bool {
	const three = 3 * 24 * time.Hour
	if a.In == b.In {
		return true
	}
	return a.In.Event != "" && a.In.Event == b.In.Event && a.In.Published.Sub(b.In.Published).Abs() <= three
}

// where: two kinds of place, or two names of places of which neither is in the other.
func (j *Index) where(d, e deed.Deed, one news.Reason) {
	p, q := d.Place, e.Place
	if p.Span.Empty() || q.Span.Empty() || !d.First.IsZero() && !e.First.IsZero() && (d.First.After(e.Last) || e.First.After(d.Last)) {
		return
	}
	var x, y string
	switch {
	case p.Kind != "" && q.Kind != "" && p.Kind != q.Kind:
		x, y = p.Kind, q.Kind
		in := func(kind string, span string) bool { return strings.Contains(strings.ToLower(span), kind) }
		if in(x, q.Span.Of(e.In.In.Article.Text)) || in(y, p.Span.Of(d.In.In.Article.Text)) {
			j.out(news.OnPlace, d.In, e.In, "containment", "one place is part of the other")
			return
		}
	case p.Kind == "" && q.Kind == "" && p.Name != q.Name && !account.SameName(p.Name, q.Name):
		x, y = p.Name, q.Name
		if !d.First.IsZero() && !e.First.IsZero() || together(d.In, e.In) {
			break
		}
		return
	default:
		return
	}
	if nested(d.In, x, y) || nested(e.In, x, y) {
		j.out(news.OnPlace, d.In, e.In, "containment", "one place is named as part of the other")
		return
	}
	j.add(dispute.Pair{Kind: news.OnPlace, A: d.In, B: e.In, Rule: "one-deed", Values: [2]string{x, y}, Words: func() (string, []news.Reason) {
		return "where: " + x + " or " + y, []news.Reason{one, held("containment", "neither place is said to be in the other")}
	}})
}

// nested reports whether an article names one place next to the other: "Kelby, Marrow Valley", "the
// Valdmark port Sorrenholm".
func nested(x *account.Account, p, q string) bool {
	t := strings.ToLower(x.In.Article.Text)
	for _, w := range [][2]string{{p, q}, {q, p}} {
		for _, between := range []string{", ", " in ", " port ", " city ", " town ", "'s ", "’s ", " near ", " ("} {
			if strings.Contains(t, w[0]+between+w[1]) {
				return true
			}
		}
	}
	return false
}

// byWhom: what was done once is said to have been done by one, and by another. Somebody is named, or one
// thing of which there is but one ("the fatal shot") was done.
func (j *Index) byWhom(d, e deed.Deed, o deed.One, one news.Reason) {
	if d.Who && o.Doer < 0 && o.Done > 0 {
		j.add(dispute.Pair{Kind: news.OnAttribution, A: d.In, B: e.In, Rule: "one-deed", Values: [2]string{d.Doer.Names[0], e.Doer.Names[0]}, Words: func() (string, []news.Reason) {
			return "who: " + heading.Of(d.In), []news.Reason{one}
		}})
		return
	}
	if !d.By || !e.By || o.Doer >= 0 || o.Done <= 0 || !together(d.In, e.In) || !d.First.IsZero() && !e.First.IsZero() && !o.Day {
		return
	}
	t, u := d.In.In.Article.Text, e.In.In.Article.Text
	x, y := d.Doer.Span.Of(t), e.Doer.Span.Of(u)
	if len(d.Doer.Names) == 0 || len(e.Doer.Names) == 0 {
		only := func(t string, p deed.Party) bool { return strings.HasPrefix(strings.ToLower(p.Span.Of(t)), "the ") }
		if !only(t, d.Done) || !only(u, e.Done) {
			return
		}
	}
	j.add(dispute.Pair{Kind: news.OnParticipants, A: d.In, B: e.In, Rule: "one-deed", Values: [2]string{x, y}, Words: func() (string, []news.Reason) {
		return "by whom: " + heading.Of(d.In), []news.Reason{one, held("containment", "%s and %s are named as the one who did it", x, y)}
	}})
}

// sameQuotation compares quotations of two speakers: one of them did not say it. A saying that both
// use, or one quoting the other, is neither: the words are many, of one week, and each is reported as
// the speaker's own.
func (j *Index) sameQuotation(p, q quotation.Quotation) {
	if p.Told.Actor == q.Told.Actor || p.Told.In == q.Told.In || !named(p) || !named(q) || !q.OneOccasion(&p) {
		return
	}
	a, b := j.whole(p), j.whole(q)
	if !near(a, b) {
		return
	}
	short := min(len(p.Words), len(q.Words))
	if common, _ := quotation.Align(p.Words, q.Words); 10*common < 9*short || oneName(p.Told.Actor.Name, q.Told.Actor.Name) {
		return
	}
	j.add(dispute.Pair{Kind: news.OnAttribution, A: a, B: b, Rule: "two-speakers", Words: func() (string, []news.Reason) {
		return "who said: " + heading.Of(a), []news.Reason{
			held("different_thing", "the words are the same"), held("older_state", "neither is reported as quoting the other")}
	}})
}

// ownWords is how long a quotation is that two do not say by chance, and ownStems how many of its words tell
// something: "it is what it is" is anybody's.
const ownWords, ownStems = 5, 3

// oneName reports whether two names can be written of one: all words of one are in the other, whatever
// marks the letters bear ("Ricardo Rosselló", "Rossello").
func oneName(a, b string) bool {
	letters := func(s string) []string {
		return strings.FieldsFunc(strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(strings.ToLower(s))), func(r rune) bool { return !unicode.IsLetter(r) })
	}
	mine, theirs := letters(a), letters(b)
	if len(mine) > len(theirs) {
		mine, theirs = theirs, mine
	}
	return !slices.ContainsFunc(mine, func(w string) bool { return !slices.Contains(theirs, w) })
}

// named reports whether a quotation is reported as somebody's own words, the speaker by name.
func named(q quotation.Quotation) bool {
	t := q.Told
	if t.Mode != news.Direct || t.Within != "" || len(t.RelayedBy) > 0 || t.Actor.Anonymous || t.Speaker.Reason.Rule != "named" && t.Speaker.Reason.Rule != "editor" {
		return false
	}
	return !slices.ContainsFunc(t.In.Told, func(o *book.Told) bool { return o.Within == t.ID && o.Actor != t.Actor })
}
