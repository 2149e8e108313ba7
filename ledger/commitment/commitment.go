// Package commitment finds what actors bind themselves to or announce, and what became of it.
//
// A commitment is a promise, a threat, a plan, an agreement to do something, an announcement of
// what the speaker will do, or an event that is set. It comes from a statement whose cue says so
// ("promised to publish"), from one that says what will be done ("will be driven by June 1"), from
// an account that somebody agreed to something, or from a sentence that sets a date ("talks are
// set for"). What stands behind "if" or "unless" is its condition. When it is due is the time that
// is told of the doing, reckoned forward from the day of saying: a Friday in a promise is the next
// one. A time that no rule reads stays unknown, and so do a condition and an addressee.
//
// Reports of one commitment are one row: of one act of saying, or of one actor (or the body it
// speaks for) with the same day due or mostly the same words. What became of it is read from what
// was reported on or after the day it was made: words of the doing told as done, as not done, as
// called off or put off, or denied by the one who is said to have bound itself. What the calendar
// alone does (a day has come, a day has passed) is no part of the row, for it depends on the day
// one looks: AsOf adds it.
//
// Forecasts ("would cost", "expects") and demands on others are none.
package commitment

import (
	"slices"
	"strings"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/bond"
	"dateline/ledger/book"
	"dateline/news"
	"dateline/text"
)

const day = 24 * time.Hour

// A deed is one report of a commitment.
type deed struct {
	x         *account.Account
	rule      string
	words     string       // by which words of the content the speaker is bound: "own", "aim", "threat"; "" if by none
	by        news.Speaker // who is bound; zero for an event that is set
	key       string       // the plain name of by
	ascribed  news.Speaker // who says that by is bound, if it is not by
	what      text.Span
	condition text.Span
	due       account.Time
	dueWhy    news.Reason
	first     time.Time // day it was made; zero if not known
	last      time.Time
	stems     map[string]bool // of what is to be done
	sig       account.Signature
	doing     string // stem of the verb
	no        bool   // what is promised is that something will not be

	group   []*deed      // of the row that was made last, where the deed is the first of its reports
	origins news.Origins // of them
}

// Find are the commitments of a story, as rows of the ledger.
func Find(b *book.Book) []news.Entry {
	x := New(account.NewShelf())
	x.Update(b, b.Articles, nil)
	_, rows := x.Settle(b)
	return rows
}

// deed reads a commitment from an account.
func (s *Index) deed(x *account.Account) (*deed, bool) {
	if x.Told == nil {
		return s.scheduled(x)
	}
	t := x.Told
	if t.Actor == nil || x.Question || t.Polarity == news.Negative || t.Act == news.Thought || t.Act == news.Poll || t.Act == news.Perception {
		return nil, false
	}
	d := &deed{x: x, by: t.Actor.Speaker, key: t.Actor.Key, first: t.First, last: t.Last}
	if d.last.IsZero() {
		d.last = x.In.Day()
	}
	d.what, d.condition = conditional(x)
	kind := bond.Cue(t)
	if named := bond.Nominal(x); named != "" {
		kind = named
	}
	d.words = d.bindsItself()
	if who, verb, ok := s.agreed(x, d.condition); ok && kind == "telling" || ok && kind == "announcement" {
		if who == "" || s.speaksFor(t.Actor.Key, who, x, x) || account.SameName(who, t.Actor.Key) {
			kind = bond.Cues[verb]
		} else {
			// The speaker tells that somebody else is bound.
			d.ascribed, d.by, d.key = t.Actor.Speaker, news.Speaker{Name: nameOf(x, who), Reason: news.Reason{Rule: "subject", Detail: "the content says who " + verb}}, who
			kind = bond.Cues[verb]
		}
	} else if !s.binds(x, d, kind) {
		return nil, false
	}
	s.due(d)
	if d.rule = kind; kind == "telling" {
		switch {
		case d.words == "threat" || d.words == "aim":
			d.rule = d.words
		case d.words == "own" || !d.due.To.IsZero():
			d.rule = "announcement"
		default:
			return nil, false // of what will be, and not when
		}
	}
	d.read()
	if len(d.stems) == 0 || hedged(x) {
		return nil, false
	}
	return d, true
}

// binds reports whether an account says what its speaker will do, or see done.
func (s *Index) binds(x *account.Account, d *deed, kind string) bool {
	t := x.Told
	f := t.Frame
	switch kind {
	case "promise", "plan", "invitation":
		return x.Content() >= 2 && !others(t) && !bond.Addressee(x)
	case "agreement": // "agreed to pay"; who agrees that it is late, or with a report, is bound to nothing
		return x.Content() >= 2 && !others(t) && (infinitival(x) || ahead(x))
	case "threat": // "threatened to strike", "warned that we would"; that a flood may come is no threat
		return x.Content() >= 2 && (f.Predicate == "" && !warns(t) || infinitival(x) || f.Subject.Head != "" && ahead(x) && !s.ofOthers(x, d) && bond.Speaks(t))
	case "":
		return t.Act == news.Plan && x.Content() >= 2 && len(x.Times) > 0 && f.Predicate != "" && f.Tense != news.Past
	}
	if d.words != "" {
		return true
	}
	if kind == "announcement" && f.Predicate == "" && !slices.ContainsFunc(x.Words, func(w account.Word) bool { return w.Stem == account.Stem("plan") }) {
		return false // "announced the figures on Sunday"
	}
	if conjecture(x) || framed(x) && f.Object.Head == "" && f.Subject.Head != "" && bond.Fortune(f.Predicate) || framed(x) && (f.Predicate == "need" || f.Modality == news.Obliged) || framed(x) && bond.Idle[f.Predicate] && !x.Future || framed(x) && f.Predicate != "be" && bond.Idle[f.Predicate] {
		return false
	}
	coming := x.Future && ahead(x)
	if !coming && !d.condition.Empty() {
		coming = true // "If there is no exemption, the cranes stop."
	}
	if !coming && framed(x) && !bond.Fortune(f.Predicate) && (f.Tense == news.Present || f.Predicate == "") {
		// "The night ferry sails again from Wednesday."
		for _, v := range x.Times {
			coming = coming || !v.To.IsZero() && !d.last.IsZero() && v.From.After(d.last)
		}
	}
	return coming && !s.ofOthers(x, d)
}

// bindsItself finds by which words of its own an account binds its speaker, whatever the cue: "own", "aim" or
// "threat", "" if by none. Of the first two it says what is to be done, which begins with its verb.
func (d *deed) bindsItself() string {
	kind, verb := "own", bond.Own(d.x, d.what)
	if verb == nil || bond.Counterfactual(d.x, d.condition) {
		kind, verb = "aim", bond.Aim(d.x, d.what)
	}
	switch {
	case verb != nil:
		d.what.Start = verb.Span.Start
		d.doing = verb.Lower
		return kind
	case bond.Retribution(d.x, d.condition):
		return "threat"
	}
	return ""
}

// infinitival reports whether an account is an infinitive: "to pay by Friday".
func infinitival(x *account.Account) bool {
	return len(x.Words) > 1 && (x.Words[0].Lower == "to" || x.Words[0].Lower == "not" && x.Words[1].Lower == "to")
}

// ahead reports whether the main clause of an account is about what will be: its modal stands before any word
// that opens another clause ("worried how it will go on when people return on Monday" is about a worry).
func ahead(x *account.Account) bool {
	for i, w := range x.Words {
		switch w.Lower {
		case "will", "would", "shall", "won't", "won’t", "wouldn't", "wouldn’t":
			return true
		case "going":
			return i+1 < len(x.Words) && x.Words[i+1].Lower == "to"
		case "that", "which", "who", "whom", "how", "when", "because", "as", "and", "but", "so", "while", "if", "unless":
			joins := (w.Lower == "and" || w.Lower == "but" || w.Lower == "so") && i > 0 && strings.Contains(x.In.Article.Text[x.Words[i-1].Span.End:w.Span.Start], ",")
			if i > 0 && !joins { // ", and the bridge will open" is a main clause of its own
				return false
			}
		}
		if strings.HasSuffix(w.Lower, "'ll") || strings.HasSuffix(w.Lower, "’ll") || strings.HasSuffix(w.Lower, "'d") || strings.HasSuffix(w.Lower, "’d") {
			return true
		}
	}
	return false
}

// warns reports whether a cue is of warning, which is of what others do or suffer as well.
func warns(t *book.Told) bool {
	return slices.ContainsFunc(t.Cue, func(c text.Span) bool { return strings.Contains(strings.ToLower(c.Of(t.In.Article.Text)), "warn") })
}

// others reports whether a promise is of what some other body will do: "the council would vote".
func others(t *book.Told) bool {
	switch t.Frame.Subject.Head {
	case "council", "government", "parliament", "court", "board", "committee", "minister", "president", "police", "party", "union":
		return t.Frame.Subject.Entity != "" && t.Frame.Subject.Entity != t.Speaker.Entity || strings.HasPrefix(strings.ToLower(t.Frame.Subject.Span.Of(t.In.Article.Text)), "the ")
	}
	return false
}

// conjecture reports whether "would" or "could" stands for what would be, not what will be done.
func conjecture(x *account.Account) bool {
	for i, w := range x.Words {
		switch w.Lower {
		case "will", "shall":
			return false // the first of them is that of the main clause
		case "could", "may", "might", "should", "must", "can":
			return true
		case "would":
			for _, v := range x.Words[i+1 : min(len(x.Words), i+3)] {
				switch v.Lower {
				case "cost", "have", "be", "make", "mean", "bring", "take", "hold", "rather", "like", "never":
					if v.Lower != "be" || i+2 < len(x.Words) && !participle(x.Words[i+2].Lower) {
						return true
					}
				}
			}
			return false
		}
	}
	return false
}

func participle(w string) bool {
	return strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "en") || strings.HasSuffix(w, "ut") || w == "held" || w == "made" || w == "built" || w == "sent"
}

// ofOthers reports whether an account tells what somebody else will do: its subject is a person or
// a body that the speaker does not speak for.
func (s *Index) ofOthers(x *account.Account, d *deed) bool {
	f := x.Told.Frame
	if f.Subject.Head == "" || !framed(x) {
		return false
	}
	switch strings.ToLower(f.Subject.Head) {
	case "i", "we", "he", "she", "they", "it":
		return false
	case "you", "nobody", "one", "everybody", "somebody":
		return true
	}
	// "The union will strike, its chairwoman said": who it is of stands in the words for the source.
	if source := strings.ToLower(x.Told.Source.Of(x.In.Article.Text)); strings.HasPrefix(source, "its ") || strings.HasPrefix(source, "their ") {
		return false
	}
	for _, n := range x.Names {
		if f.Subject.Span.Contains(n.Span) && n.Type != news.Place && n.Type != news.OtherEntity {
			// "the ferry to Lunsay", "the contract with Tervane": not the subject's own name.
			if head := book.Plain(f.Subject.Span.Of(x.In.Article.Text)); (strings.HasPrefix(head, n.Key) || strings.HasSuffix(n.Key, " "+head)) && !s.speaksFor(d.key, n.Key, x, x) {
				return true
			}
		}
	}
	return false
}

// framed reports whether the statement's frame is of this sentence of it: a frame is of one clause.
func framed(x *account.Account) bool {
	f := x.Told.Frame
	return x.Span.Contains(f.Subject.Span) && !f.Subject.Span.Empty() || x.Span.Contains(f.Object.Span) && !f.Object.Span.Empty() || f.Subject.Span.Empty() && f.Object.Span.Empty()
}

// hedged reports whether an account leaves open whether it will be so.
func hedged(x *account.Account) bool {
	for _, w := range x.Words {
		switch w.Lower {
		case "maybe", "perhaps", "probably", "likely", "hopefully", "expected", "expects", "forecast":
			return true
		}
	}
	return x.Told != nil && x.Told.Hedge != "" && x.Told.Hedge != "will"
}

// agreed reads "X had agreed to ...", "X has promised ..." inside an account. who is the plain name
// of X, "" for a pronoun.
func (s *Index) agreed(x *account.Account, condition text.Span) (who, verb string, ok bool) {
	for i, w := range x.Words {
		if !strings.HasSuffix(w.Lower, "ed") || bond.Cues[w.Lower] != "agreement" && bond.Cues[w.Lower] != "promise" || w.Negated || i == 0 || w.Quoted && x.Told.Mode == news.Indirect || condition.Contains(w.Span) || infinitive(x.Words, i) {
			continue
		}
		if i+1 >= len(x.Words) || x.Words[i+1].Lower != "to" && x.Words[i+1].Lower != "that" {
			continue
		}
		at := text.Span{Start: x.Span.Start, End: w.Span.Start}
		for k := len(x.Names) - 1; k >= 0; k-- {
			if n := x.Names[k]; at.Contains(n.Span) && n.Type != news.OtherEntity {
				return n.Key, w.Lower, true
			}
		}
		switch x.Words[0].Lower {
		case "it", "he", "she", "we", "they", "i":
			return "", w.Lower, i <= 3
		}
		// "The dairy has agreed to pay": the subject, as it is called.
		if f := x.Told.Frame; !f.Subject.Span.Empty() && at.Contains(f.Subject.Span) && f.Subject.Head != "" {
			return book.Plain(f.Subject.Span.Of(x.In.Article.Text)), w.Lower, true
		}
		return "", "", false
	}
	return "", "", false
}

// infinitive reports whether a verb is one: "does not ultimately agree", "will promise", "to agree".
func infinitive(words []account.Word, i int) bool {
	for k := i - 1; k >= max(0, i-3); k-- {
		switch w := words[k].Lower; {
		case auxiliary[w] || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t"):
			return true
		case w != "not" && w != "never" && !strings.HasSuffix(w, "ly"):
			return false
		}
	}
	return false
}

// auxiliary are words behind which a verb is an infinitive.
var auxiliary = map[string]bool{"to": true, "do": true, "does": true, "did": true, "will": true, "would": true, "can": true, "could": true, "may": true, "might": true, "must": true, "should": true, "shall": true}

func nameOf(x *account.Account, key string) string {
	for _, e := range x.In.Entities {
		if book.Plain(e.Name) == key {
			return e.Name
		}
	}
	return key
}

// conditional parts an account into what is to be done and on what condition.
func conditional(x *account.Account) (what, condition text.Span) {
	t := x.In.Article.Text
	what = x.Span
	for i, w := range x.Words {
		switch w.Lower {
		case "if", "unless", "until", "provided", "once":
		default:
			continue
		}
		if (w.Lower == "until" || w.Lower == "once") && i+2 < len(x.Words) && x.Words[i+1].Stem == "" && x.Words[i+2].Stem == "" || w.Lower == "once" && i > 0 && x.Words[i-1].Lower != "only" {
			continue
		}
		start := w.Span.Start
		if i > 0 && x.Words[i-1].Lower == "only" {
			start = x.Words[i-1].Span.Start
		}
		end := x.Span.End
		for k := i + 1; k < len(x.Words); k++ {
			if gap := t[x.Words[k-1].Span.End:x.Words[k].Span.Start]; strings.Contains(gap, ",") && k-i > 2 {
				end = x.Words[k-1].Span.End
				break
			}
		}
		condition = text.Span{Start: start, End: end}
		if i <= 1 || strings.ContainsAny(t[x.Words[i-1].Span.End:w.Span.Start], ":;") { // "If there is no exemption, the cranes stop."
			what = text.Span{Start: end, End: x.Span.End}
		} else {
			what = text.Span{Start: x.Span.Start, End: start}
		}
		break
	}
	what = trim(t, what)
	return what, condition
}

// trim takes marks and blanks off the ends of a stretch.
func trim(t string, s text.Span) text.Span {
	s.Start = min(s.Start, s.End)
	for !s.Empty() && strings.ContainsRune(" ,;:\"'\n\t", rune(t[s.Start])) {
		s.Start++
	}
	for !s.Empty() && strings.ContainsRune(" ,;:\"'\n\t.", rune(t[s.End-1])) {
		s.End--
	}
	for _, mark := range []string{"“", "”", "‘", "’"} {
		if strings.HasPrefix(s.Of(t), mark) {
			s.Start += len(mark)
		}
		for strings.HasSuffix(s.Of(t), mark) {
			s.End -= len(mark)
		}
	}
	for !s.Empty() && strings.ContainsRune(" ,;:.", rune(t[s.End-1])) {
		s.End--
	}
	return s
}

// read takes the words of what is to be done.
func (d *deed) read() {
	d.stems = map[string]bool{}
	for _, w := range d.x.Words {
		if !d.what.Contains(w.Span) || w.Stem == "" || common[w.Stem] {
			continue
		}
		if slices.ContainsFunc(d.x.Names, func(n account.Name) bool {
			return (n.Type == news.Person || n.Type == news.Organisation) && n.Span.Contains(w.Span)
		}) {
			continue
		}
		if d.due.Span.Contains(w.Span) || slices.ContainsFunc(d.x.Times, func(v account.Time) bool { return v.Span.Contains(w.Span) }) {
			continue
		}
		d.stems[w.Stem] = true
	}
	d.sig = account.Sign(d.stems)
	switch {
	case d.doing != "":
		d.doing = account.Stem(d.doing)
	case d.x.Told != nil && framed(d.x):
		d.doing = account.Stem(strings.ToLower(d.x.Told.Frame.Predicate))
	}
	if d.x.Told != nil {
		d.no = framed(d.x) && d.x.Told.Frame.Negated && d.x.Told.Frame.Tense != news.Past || willNotBe(d.x, d.what)
	}
}

// willNotBe reports whether a stretch of an account says of something that it will not be.
func willNotBe(x *account.Account, what text.Span) bool {
	for i, w := range x.Words {
		if !what.Contains(w.Span) {
			continue
		}
		switch w.Lower {
		case "won't", "won’t", "wouldn't", "wouldn’t":
			return true
		case "not", "never":
			if i > 0 && auxiliary[x.Words[i-1].Lower] {
				return true
			}
		}
	}
	return false
}

// common are stems that do not tell one commitment from another.
var common = account.Stems("be", "have", "do", "say", "tell", "go", "take", "make", "get", "give", "let", "put", "plan", "promise", "agree", "new", "first", "last", "way", "thing", "person", "night", "day", "week", "month", "year", "hour", "minute")
