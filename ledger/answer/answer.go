// Package answer finds what became of anonymous claims: who confirmed them on record, and who
// denied them.
//
// A claim is a statement that rests on somebody without a name: an official says it, or says that
// somebody said it. An answer is a statement by somebody with a name, not told by an anonymous
// source, not before the claim. It answers the claim if it says so ("confirmed", "denied") and
// speaks of the same, if one whom the claim is about says that what was written is true, or if it
// says the very same and comes from one whom the claim is about. A denial also answers what somebody with a name claimed of the one who denies.
//
// Words are compared, not meanings: an answer in wholly other words is not found.
package answer

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"dateline/ledger/book"
	"dateline/ledger/origin"
	"dateline/ledger/words"
	"dateline/news"
)

// An Index is the claims and answers of a story. It is kept up to date.
type Index struct {
	hearsay, claims shelf                    // that rest on somebody without a name, and those of others
	answers         map[news.EntryKind]shelf // by what they say that they are, "" of those that say nothing
	bearing         shelf                    // confirmations that what was written is true
	says            map[*book.Told]reply
	on              map[*book.Told][]shelf // those on which a statement stands
	pairs           map[pair]group
	of              map[*book.Told]map[pair]bool
	groups          map[group]map[pair]bool
	linked          map[*book.Told]map[pair]bool // denials that were found elsewhere, of either statement
	touched         map[group]bool
	seen            map[*book.Told]bool // with which a statement that comes was compared
	rows            map[group]news.EntryID
}

// A shelf is statements by their stems, each list in the order of the story.
type shelf map[string][]*book.Told

func (s shelf) put(t *book.Told) {
	for _, w := range t.Stems {
		at, _ := slices.BinarySearchFunc(s[w], t, book.InStory)
		s[w] = slices.Insert(s[w], at, t)
	}
}

func (s shelf) drop(t *book.Told) {
	for _, w := range t.Stems {
		if at, found := slices.BinarySearchFunc(s[w], t, book.InStory); found {
			if s[w] = slices.Delete(s[w], at, at+1); len(s[w]) == 0 {
				delete(s, w)
			}
		}
	}
}

// share visits, once each, the statements that came out from a time to another and may share least
// stems with one, as noted in seen: who shares so many stands also under others than its least-1 most frequent.
func (s shelf) share(t *book.Told, least int, from, to time.Time, seen map[*book.Told]bool, visit func(*book.Told)) {
	lists := make([][]*book.Told, 0, len(t.Stems))
	for _, w := range t.Stems {
		if list := s[w]; len(list) > 0 {
			lists = append(lists, list)
		}
	}
	if len(lists) < least {
		return
	}
	slices.SortFunc(lists, func(a, b []*book.Told) int { return cmp.Compare(len(a), len(b)) })
	clear(seen)
	seen[t] = true
	for _, list := range lists[:len(lists)-least+1] {
		first, _ := slices.BinarySearchFunc(list, from, func(o *book.Told, at time.Time) int { return o.In.Published.Compare(at) })
		for _, o := range list[first:] {
			if o.In.Published.After(to) {
				break
			}
			if !seen[o] {
				seen[o] = true
				visit(o)
			}
		}
	}
}

// A group is pairs of reports of one claim and of one answer to it.
type group struct {
	claim, answer news.EntryID
	kind          news.EntryKind
}

type pair struct{ claim, answer *book.Told }

// New is an index without statements.
func New() *Index {
	return &Index{
		hearsay: shelf{}, claims: shelf{}, answers: map[news.EntryKind]shelf{"": {}, news.Confirmation: {}, news.Denial: {}}, bearing: shelf{}, says: map[*book.Told]reply{}, on: map[*book.Told][]shelf{},
		pairs: map[pair]group{}, of: map[*book.Told]map[pair]bool{},
		linked: map[*book.Told]map[pair]bool{}, groups: map[group]map[pair]bool{}, touched: map[group]bool{}, seen: map[*book.Told]bool{}, rows: map[group]news.EntryID{},
	}
}

// A reply is what a statement says of itself by its own words, whoever is known to say it.
type reply struct {
	kind  news.EntryKind // of answer, "" if it does not say
	bears bool           // on what was written, that it was true
}

// reply is what a statement says it is; it is read once.
func (x *Index) reply(t *book.Told) reply {
	r, known := x.says[t]
	if !known {
		r = reply{answers(t), bearsOut(t)}
		x.says[t] = r
	}
	return r
}

// anonymous reports whether a statement rests on somebody without a name.
func anonymous(t *book.Told) bool {
	if t.Actor.Anonymous {
		return true
	}
	return slices.ContainsFunc(t.RelayedBy, func(r news.EntityID) bool {
		e := t.In.Entity(r)
		return e != nil && e.Anonymous
	})
}

var says = map[string]news.EntryKind{
	"confirmed": news.Confirmation, "confirms": news.Confirmation, "confirming": news.Confirmation, "acknowledged": news.Confirmation, "acknowledges": news.Confirmation,
	"admitted": news.Confirmation, "admits": news.Confirmation, "conceded": news.Confirmation, "concedes": news.Confirmation, "accept": news.Confirmation, "accepts": news.Confirmation, "accepted": news.Confirmation,
	"denied": news.Denial, "denies": news.Denial, "denying": news.Denial, "disputed": news.Denial, "disputes": news.Denial, "rejected": news.Denial, "rejects": news.Denial,
	"refuted": news.Denial, "rebutted": news.Denial,
}

// answers is the kind of answer that a statement's cue says it is, "" if it does not say.
func answers(t *book.Told) news.EntryKind {
	negated := false
	var kind news.EntryKind
	for _, c := range t.Cue {
		for _, w := range words.Fields(t.In.Text(c)) {
			negated = negated || w == "not" || w == "neither" || w == "nor" || w == "never"
			kind = cmp.Or(says[w], kind)
		}
	}
	if negated {
		return ""
	}
	switch {
	case kind == "" && untrue(t):
		return news.Denial
	case kind == "" && bearsOut(t):
		return news.Confirmation
	}
	if kind == "" && t.Frame.Negated && t.Frame.Tense == news.Past && t.Mode == news.Direct && own(t) {
		return news.Denial // "I never offered that"
	}
	return kind
}

// bearsOut reports whether somebody says of what was written that it was true.
func bearsOut(t *book.Told) bool {
	plain := " " + news.Fold(t.Text) + " "
	has := func(list ...string) bool {
		return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(plain, " "+w+" ") })
	}
	return has("what was written", "what was reported", "the report", "the reports", "the account", "that report") && has("correct", "true", "accurate") &&
		!has("not", "never", "no", "untrue", "isnt", "wasnt", "if", "whether")
}

// untrue reports whether somebody opens by saying that something is not true: "It is simply untrue
// that we plan to close branches."
func untrue(t *book.Told) bool {
	opening := words.Fields(t.Text)
	not := false
	for k, w := range opening[:min(len(opening), 7)] {
		switch w {
		case "not", "never":
			not = true
		case "untrue", "false", "lie", "nonsense", "fiction", "invention":
			return !not && k > 0
		case "true":
			return not
		case "that":
			if k > 0 {
				return false
			}
		}
	}
	return false
}

func own(t *book.Told) bool { return t.Frame.Subject.Head == "i" || t.Frame.Subject.Head == "we" }

// Put adds a statement.
func (x *Index) Put(t *book.Told) {
	if t.Actor == nil || t.Act == news.Question || len(t.Stems) == 0 {
		return
	}
	say := x.reply(t)
	kind := say.kind
	anon := anonymous(t)
	at := t.In.Published
	if kind != news.Denial { // what is denied is claimed by others
		x.place(t, anon)
		ask := func(s shelf, least int, until time.Time) {
			s.share(t, least, at, until, x.seen, func(o *book.Told) { x.try(t, o) })
		}
		ask(x.answers[news.Denial], 2, ever)
		if anon {
			ask(x.answers[news.Confirmation], 2, ever)
			ask(x.bearing, 1, at.Add(soon+day))
			ask(x.answers[""], ownWords, at.Add(soon+day))
		}
	}
	if !anon {
		x.put(t, x.shelf(say))
		ask := func(s shelf, least int, since time.Time) {
			s.share(t, least, since, at, x.seen, func(o *book.Told) { x.try(o, t) })
		}
		switch {
		case kind == news.Denial:
			ask(x.claims, 2, time.Time{})
			ask(x.hearsay, 2, time.Time{})
		case kind == "":
			ask(x.hearsay, ownWords, at.Add(-soon-day))
		case say.bears:
			ask(x.hearsay, 1, at.Add(-soon-day))
		default:
			ask(x.hearsay, 2, time.Time{})
		}
	}
	for p := range x.linked[t] {
		if _, known := x.pairs[p]; !known {
			x.join(p, news.Denial)
		}
	}
}

// place puts a claim where its answers look for it.
func (x *Index) place(t *book.Told, anon bool) {
	if anon {
		x.put(t, x.hearsay)
	} else {
		x.put(t, x.claims)
	}
}

func (x *Index) put(t *book.Told, s shelf) {
	s.put(t)
	x.on[t] = append(x.on[t], s)
}

// shelf is where an answer of a kind stands.
func (x *Index) shelf(r reply) shelf {
	if r.kind == news.Confirmation && r.bears {
		return x.bearing
	}
	return x.answers[r.kind]
}

// soon is within what time the same words answer a claim without saying so.
const (
	day  = 24 * time.Hour
	soon = 30 * day
)

// ever is behind all dates.
var ever = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// sameWords is how many stems an answer that does not say so shares with its claim; ownWords, how
// many where it tells by the same verb what its speaker does.
const sameWords, ownWords = 4, 3

// kind is what somebody with a name says, on record, that a statement is.
func (x *Index) kind(t *book.Told) news.EntryKind {
	if len(t.Stems) == 0 || anonymous(t) {
		return ""
	}
	return x.reply(t).kind
}

// try pairs a claim and an answer if the one answers the other.
func (x *Index) try(claim, answer *book.Told) {
	kind := x.kind(answer)
	bears := kind == news.Confirmation && x.reply(answer).bears
	if claim.Actor == answer.Actor && len(claim.RelayedBy) == 0 || claim.Of != nil && claim.Of == answer.Of || !later(claim, answer) {
		return
	}
	shared := 0
	for _, w := range answer.Stems { // names tell of whom, not of what
		if slices.Contains(claim.Stems, w) && !claim.In.Party(w) && !days[w] {
			shared++
		}
	}
	if shared < 2 && !bears {
		return
	}
	anon := anonymous(claim)
	if anonymous(answer) || !anon && kind != news.Denial || x.kind(claim) == kind && kind != "" || answer.Within == claim.ID || claim.Within == answer.ID {
		return
	}
	part := float64(shared) / float64(min(len(claim.Stems), len(answer.Stems)))
	about := func() bool { return mentions(claim, answer.Actor) }
	switch kind {
	case news.Denial:
		if shared < 3 && part < .5 || !anon && !about() {
			return
		}
	case news.Confirmation:
		if bears { // one who was written about says that it was true
			if soon < answer.In.Day().Sub(claim.In.Day()) || !about() {
				return
			}
			break
		}
		if shared < 3 && (part < .2 || len(answer.Stems) > 8) {
			return
		}
	default:
		least := sameWords
		if own(answer) && answer.Frame.Predicate == claim.Frame.Predicate {
			least = ownWords // "I will leave the cabinet in June", of whom it was told
		}
		// What others tell that one said is no word on record.
		if !anon || len(answer.RelayedBy) > 0 || answer.Within != "" || shared < least || part < .75 || claim.In == answer.In || claim.Frame.Negated != answer.Frame.Negated || claim.Polarity != answer.Polarity || soon < answer.In.Day().Sub(claim.In.Day()) || !about() {
			return
		}
		kind = news.Confirmation
	}
	x.join(pair{claim, answer}, kind)
}

// join notes that one answers the other.
func (x *Index) join(p pair, kind news.EntryKind) {
	g := group{unit(p.claim), unit(p.answer), kind}
	if g.claim == g.answer || x.pairs[p] == g {
		return
	}
	x.leave(p)
	x.pairs[p] = g
	if x.groups[g] == nil {
		x.groups[g] = map[pair]bool{}
	}
	x.groups[g][p], x.touched[g] = true, true
	for _, t := range []*book.Told{p.claim, p.answer} {
		if x.of[t] == nil {
			x.of[t] = map[pair]bool{}
		}
		x.of[t][p] = true
	}
}

// Link notes a denial that was found by comparing accounts, until it is unlinked.
func (x *Index) Link(claim, answer *book.Told) {
	p := pair{claim, answer}
	for _, t := range []*book.Told{claim, answer} {
		if x.linked[t] == nil {
			x.linked[t] = map[pair]bool{}
		}
		x.linked[t][p] = true
	}
	if _, known := x.pairs[p]; !known {
		x.join(p, news.Denial)
	}
}

// Unlink takes a denial back, unless the two statements answer each other by their words too.
func (x *Index) Unlink(claim, answer *book.Told) {
	p := pair{claim, answer}
	for _, t := range []*book.Told{claim, answer} {
		if delete(x.linked[t], p); len(x.linked[t]) == 0 {
			delete(x.linked, t)
		}
	}
	x.leave(p)
	for _, t := range []*book.Told{claim, answer} {
		delete(x.of[t], p)
	}
	if claim.Actor != nil && answer.Actor != nil && x.reply(claim).kind != news.Denial && claim.Act != news.Question && answer.Act != news.Question {
		x.try(claim, answer)
	}
}

// days tell when, not what. They are stems.
var days = map[string]bool{"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true, "today": true, "yesterday": true}

// later reports whether an answer can follow a claim: it did not come out before it, and was not
// said before it.
func later(claim, answer *book.Told) bool {
	if answer.In.Published.Before(claim.In.Published) && answer.In != claim.In {
		return false
	}
	return answer.Last.IsZero() || claim.First.IsZero() || !answer.Last.Before(claim.First)
}

// mentions reports whether a claim speaks of somebody: in its content, or as the one who is told to
// have said it.
func mentions(claim *book.Told, who *book.Actor) bool {
	is := func(a news.Argument) bool { return a.Entity != "" && a.Entity == who.Entity }
	if is(claim.Frame.Subject) || is(claim.Frame.Object) || slices.ContainsFunc(claim.Frame.Oblique, is) {
		return true
	}
	e := claim.In.Entity(who.Entity)
	if claim.Actor == who {
		return true
	}
	if e == nil || e.Type != news.Person {
		return false
	}
	name := words.Fields(who.Name)
	return len(name) > 0 && slices.Contains(words.Fields(claim.Text), name[len(name)-1])
}

// Drop takes a statement out.
func (x *Index) Drop(t *book.Told) {
	for _, s := range x.on[t] {
		s.drop(t)
	}
	delete(x.on, t)
	if t.Actor == nil {
		delete(x.says, t) // it is gone
	}
	for p := range x.of[t] {
		x.leave(p)
		delete(x.of[p.claim], p)
		delete(x.of[p.answer], p)
	}
	delete(x.of, t)
}

// leave takes a pair out of its group.
func (x *Index) leave(p pair) {
	g, known := x.pairs[p]
	if !known {
		return
	}
	x.touched[g] = true
	delete(x.pairs, p)
	if delete(x.groups[g], p); len(x.groups[g]) == 0 {
		delete(x.groups, g)
	}
}

// unit is the act of saying that a statement tells of, or the statement itself.
func unit(t *book.Told) news.EntryID {
	if t.Of != nil {
		return t.Of.ID
	}
	return news.EntryID(t.ID)
}

// Settle makes anew the rows of which something was touched: one for each answer and utterance that
// it answers. gone are rows that stood; some of them are made again.
func (x *Index) Settle() (gone []news.EntryID, made []news.Entry) {
	for g := range x.touched {
		if id, stood := x.rows[g]; stood {
			gone = append(gone, id)
			delete(x.rows, g)
		}
		if list := x.groups[g]; len(list) > 0 {
			e := row(g.kind, list)
			x.rows[g] = e.ID
			made = append(made, e)
		}
	}
	clear(x.touched)
	return gone, made
}

func row(kind news.EntryKind, list map[pair]bool) news.Entry {
	claims, answers := map[*book.Told]bool{}, map[*book.Told]bool{}
	for p := range list {
		claims[p.claim], answers[p.answer] = true, true
	}
	claimed, answered := slices.SortedFunc(maps.Keys(claims), book.InStory), slices.SortedFunc(maps.Keys(answers), book.InStory)
	first := answered[0]
	e := news.Entry{Kind: kind, Actor: first.Actor.Speaker, Text: first.Text, Said: first.Statement.Said, Venue: first.Venue, Chain: origin.Chain(answered), Origins: origin.Of(answered)}
	if first.Of != nil {
		e.Said = first.Of.Said
	}
	for _, t := range append(answered, claimed...) {
		e.Statements = append(e.Statements, t.ID)
		if t.Of != nil && !slices.Contains(e.Of, t.Of.ID) {
			e.Of = append(e.Of, t.Of.ID)
		}
	}
	slices.Reverse(e.Of) // the claim, then its answer
	e.ID = news.NewEntryID(string(kind), string(claimed[0].ID), string(first.ID))
	e.Rule = news.Reason{Rule: "confirmed-on-record", Detail: lag(claimed[0], first)}
	if kind == news.Denial {
		e.Rule.Rule = "denied-on-record"
	}
	return e
}

// lag is how long the answer took, in words.
func lag(claim, answer *book.Told) string {
	from, to := claim.Last, answer.Last
	if from.IsZero() || to.IsZero() {
		from, to = claim.In.Day(), answer.In.Day()
	}
	if from.IsZero() || to.IsZero() {
		return "how long after the claim is not known"
	}
	days := int(to.Sub(from) / (24 * time.Hour))
	switch {
	case days <= 0:
		return "the same day"
	case days == 1:
		return "a day later"
	}
	return strings.TrimSpace(fmt.Sprintf("%d days later", days))
}
