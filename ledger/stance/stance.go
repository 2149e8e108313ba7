// Package stance reads where an actor stands on an issue off a statement: off the cue ("did not
// rule out"), the predicate of the content with its negation and modality, and its condition. It
// never asks how friendly words sound.
//
// A statement that only tells something, without a cue, a predicate or an adjective that says for
// or against, has no stance, and none is made up. What a content says elsewhere than in its main
// clause counts only where a condition or a "no" stands beside the issue.
package stance

import (
	"slices"
	"strings"

	"dateline/ledger/book"
	"dateline/ledger/words"
	"dateline/news"
)

// A Reading is the stance of a statement on an issue.
type Reading struct {
	Stance news.Stance
	Rule   news.Reason
	// Holder is the entity of the article whose stance it is, where that is not the speaker: "Putin
	// wants a deal, Trump said".
	Holder news.EntityID
	// Shared tells that the speaker holds it as well: "they agreed with us that".
	Shared bool

	place spot  // where the issue stands in the clause that was read
	class class // what its main verb says of it
}

// Of is where a statement stands on the issue whose words have the given stems; ok is false where
// it takes no stance.
//
// The main clause has the say where the issue is what it speaks of; else the first of the content's
// further clauses that speaks of it and takes a stance.
func Of(t *book.Told, about func(stem string) bool) (r Reading, ok bool) {
	if r, ok = main(t, about); ok && r.place != elsewhere {
		return r, true
	}
	if x, found := further(t, about); found {
		return x, true
	}
	return r, ok
}

// Speaks reports whether the issue is what the statement's main clause speaks of, for or against it or not.
func Speaks(t *book.Told, about func(stem string) bool) bool {
	at := where(t, about)
	return at == whole || at == object || at == verb
}

// Firm reports whether the statement takes a stance that names the issue: one demand makes an issue of what
// is demanded.
func Firm(t *book.Told, about func(stem string) bool) bool {
	r, ok := Of(t, about)
	if !ok || r.place != whole && r.place != object {
		return false
	}
	switch r.Stance {
	case news.Demands, news.Opposes, news.Supports, news.Offers:
		return r.Rule.Rule == "stance-of-cue" || r.Rule.Rule == "predicate" && (r.class == asking || r.class == against || r.class == excluding)
	}
	return false
}

// main is where the statement stands by its main clause, or by the words before the issue.
func main(t *book.Told, about func(stem string) bool) (r Reading, ok bool) {
	f := &t.Frame
	c := cueOf(t)
	place := where(t, about)
	if t.Polarity == news.Negative && c.class == none {
		return r, false // "denied that ..." is about what is denied
	}
	if f.Predicate == "" && f.Object.Head == "nothing" {
		return r, false
	}
	if c.comment || c.denies || likened(t) || asked(t.Text) || place == implied && len(t.Stems) == 0 || c.class == none && stranger(t) {
		return r, false
	}
	r.Holder, r.place, r.class = holder(t), place, verbClass(f)
	say := func(s news.Stance, rule, detail string) (Reading, bool) {
		r.Stance, r.Rule = s, news.Reason{Rule: rule, Detail: detail}
		return r, s != ""
	}
	condition := f.Condition.Of(t.In.Article.Text)
	if condition == "" {
		condition = onlyIf(t.Text)
	}
	if isCondition(condition) {
		s, rule := conditional(t, condition, about, c, place)
		if s == news.Conditional {
			if _, takes := plain(t, about, c, r); !takes {
				s = "" // "if they succeed, the prize is great": nobody would do anything
			}
		}
		if rule != "" {
			return say(s, rule, condition)
		}
	}
	return plain(t, about, c, r)
}

// plain is where the statement stands whatever its condition.
func plain(t *book.Told, about func(string) bool, c cue, r Reading) (_ Reading, ok bool) {
	f, place := &t.Frame, r.place
	say := func(s news.Stance, rule, detail string) (Reading, bool) {
		r.Stance, r.Rule = s, news.Reason{Rule: rule, Detail: detail}
		return r, s != ""
	}
	if s, what := noThing(t, about); s != "" {
		return say(s, "no-such-thing", what)
	}
	if c.class == none || c.class == asking && f.Predicate == "" {
		if s, what := held(t, about); s != "" && !c.negated {
			return say(s, "held", what)
		}
	}
	if c.class == none {
		if s, what := minded(t, about); s != "" {
			r.place = object
			return say(s, "minded", what)
		}
	}
	if place == elsewhere || place != implied && carriers[f.Predicate] {
		return r, false
	}
	if f.Predicate == "" && place == whole {
		if s, what := called(t); s != "" {
			return say(s, "called", what)
		}
	}
	if c.class != none && (f.Predicate == "" || c.governs) {
		if place == object && !furthers(f) {
			return r, false // "refused to concede the election" is not against elections
		}
		if s := c.stance(f); s != "" {
			return say(s, "stance-of-cue", c.text)
		}
	}
	if f.Predicate != "" {
		if s, what := content(t, place); s != "" {
			return say(s, "predicate", what)
		}
		// "demanded that it stop" and "stressed that it must" ask for something; "stressed that it is late",
		// "accepted that it is late" and "suggested that it was late" tell something.
		toBe := c.class == asking && !c.stresses || f.Tense == news.NoTense || f.Modality == news.Obliged || f.Modality == news.Demanded || f.Modality == news.Wished
		if place == subject && f.Object.Head != "" || place == object && !furthers(f) {
			toBe = false
		}
		if s := c.stance(f); s != "" && toBe && (c.class != favouring || f.Tense == news.NoTense && f.Subject.Head == "" && furthers(f)) {
			return say(s, "stance-of-cue", c.text)
		}
	}
	return r, false
}

// likened reports whether a content is what somebody is taken for: "condemned him as a showman".
func likened(t *book.Told) bool {
	at := t.Content[0].Start
	return t.Frame.Predicate == "" && strings.HasSuffix(strings.TrimRight(t.In.Article.Text[max(0, at-8):at], " “\"‘'"), " as")
}

// called is what an adjective behind the issue says of it: "called the plan unacceptable".
func called(t *book.Told) (news.Stance, string) {
	list := t.Words.Words
	if len(list) < 2 || t.Mode == news.Direct {
		return "", ""
	}
	last := list[len(list)-1]
	switch adjectives[last.Plain] {
	case against:
		return news.Opposes, last.Plain
	case asking:
		return news.Demands, last.Plain
	}
	return "", ""
}

// carriers are verbs whose object clause has the say.
var carriers = map[string]bool{"think": true, "believe": true, "say": true, "tell": true, "feel": true, "hope": true, "know": true, "mean": true}

// asked reports whether a content is a question: "whether the offer had been made".
func asked(s string) bool {
	list := words.Fields(s)
	if len(list) == 0 {
		return true
	}
	switch list[0] {
	case "whether", "who", "what", "how", "why", "when", "where", "which":
		return true
	}
	return strings.HasSuffix(strings.TrimRight(s, "\"'”’ "), "?") || len(list) > 2 && list[0] == "to" && list[1] == "say"
}

// spot is the place in the content.
type spot int

const (
	elsewhere spot = iota // outside of its main clause
	implied               // the content is about it without naming it
	whole                 // the content is a noun phrase that names it
	subject
	object // of the main verb, or of its preposition
	verb   // the main verb itself
)

// transparent are nouns whose complement is what matters: "the importance of guarantees".
var transparent = map[string]bool{
	"importance": true, "need": true, "necessity": true, "idea": true, "possibility": true, "prospect": true, "proposal": true, "plan": true, "demand": true, "call": true,
	"offer": true, "notion": true, "concept": true, "principle": true, "use": true, "question": true, "recognition": true, "return": true, "release": true,
}

// complement reports whether the issue is what a transparent noun is of, and does not stand deeper.
func complement(t *book.Told, about func(string) bool) bool {
	if !transparent[t.Frame.Object.Head] {
		return false
	}
	seen := false
	for _, w := range t.Words.Words {
		switch {
		case !seen:
			seen = w.Stem == words.Stem(t.Frame.Object.Head)
		case about(w.Stem):
			return true
		case limits[w.Plain], slices.Contains([]string{"in", "on", "at", "to", "with", "by", "that"}, w.Plain):
			return false
		}
	}
	return false
}

// crossing are verbs whose object is where somebody goes.
var crossing = wordSet("cross enter pass visit leave reach")

// hearing are verbs whose object is who does what follows.
var hearing = wordSet("ask tell urge order persuade invite force advise warn remind assure inform thank congratulate convince")

// shellOf reports whether the noun of a content has a clause with "that" behind it, which says what it is.
func shellOf(t *book.Told) bool {
	list := t.Words.Words
	for i := range list {
		if list[i].Start >= t.Frame.Object.Span.Start && list[i].Stem == words.Stem(t.Frame.Object.Head) {
			return i+1 < len(list) && list[i+1].Plain == "that"
		}
	}
	return false
}

// behindPreposition reports whether the issue of a content without a verb says where, when or by what.
func behindPreposition(t *book.Told, about func(string) bool) bool {
	list := t.Words.Words
	for i, w := range list {
		if about(w.Stem) {
			return slices.ContainsFunc(list[max(1, i-3):max(1, i)], func(w words.Word) bool {
				return slices.Contains([]string{"in", "on", "at", "by", "from", "with"}, w.Plain)
			})
		}
	}
	return false
}

// aiming are nouns that say of what they are of that somebody would have it; who drops them, drops it.
var aiming = wordSet("hope aspiration dream ambition desire effort attempt bid push quest goal aim plan idea proposal demand call claim request")

// through reports whether the issue stands behind a noun of aiming that is the object: "set aside its hope
// of getting the island back".
func through(t *book.Told, about func(string) bool) bool {
	o := t.Frame.Object
	if !aiming[o.Head] && !transparent[o.Head] {
		return false
	}
	head := false
	for _, w := range t.Words.Words {
		switch {
		case w.Start < o.Span.Start || w.Start >= o.Span.End:
		case !head:
			head = w.Stem == words.Stem(o.Head)
		case about(w.Stem):
			return true
		case limits[w.Plain], slices.Contains([]string{"in", "on", "at", "with", "by"}, w.Plain):
			return false
		}
	}
	return false
}

func where(t *book.Told, about func(string) bool) spot {
	f := &t.Frame
	is := func(head string) bool { return head != "" && about(words.Stem(head)) }
	named := slices.ContainsFunc(t.Stems, about)
	switch {
	case f.Predicate == "" && is(f.Object.Head) && shellOf(t):
		return elsewhere // "assurances that no soldiers will be sent" are about soldiers
	case f.Predicate == "" && (is(f.Object.Head) || named && (len(t.Stems) <= 3 && !behindPreposition(t, about) || complement(t, about))):
		return whole
	case f.Predicate == "":
	case is(f.Predicate):
		return verb
	case is(f.Object.Head) && (crossing[f.Predicate] || hearing[f.Predicate]):
		return elsewhere // what is crossed is the way, who is asked does what he is asked
	case f.Predicate == "be" && adjectives[f.Object.Head] != none && is(f.Object.Head):
		return elsewhere // "it is a mistake" is not about mistakes
	case is(f.Object.Head), verbClass(f) != none && through(t, about):
		return object
	case is(f.Subject.Head):
		return subject
	}
	for _, o := range f.Oblique {
		if f.Object.Head != "" && verbClass(f) != none {
			break // "stop work and march to the town hall" is not against that
		}
		switch o.Role {
		case "on", "in", "at", "by", "with", "since", "until", "before", "after", "during", "across", "from", "outside", "under", "over", "into", "like", "as", "than", "without":
			// where, when and by what, not on what
		default:
			if is(o.Head) {
				return object
			}
		}
	}
	switch {
	case named:
		return elsewhere
	}
	return implied
}

// turns are what a thing is said to be by more than an adjective. What says nothing when it is
// negated has no stance there.
var turns = []struct {
	words       string
	stance, not news.Stance
}{
	{"could live with", news.Open, ""}, {"can live with", news.Open, ""},
	{"on the table", news.Open, news.Opposes}, {"off the table", news.Opposes, news.Open}, {"out of the question", news.Opposes, news.Open},
	{"an option", news.Open, news.Opposes},
}

// agreed reports whether a content says that somebody agreed to do something.
func agreed(t *book.Told) bool {
	return t.Frame.Modality == news.Intended && strings.Contains(" "+news.Fold(t.Text)+" ", " agreed to ")
}

// inForce are what a thing that stands is in or on.
var inForce = wordSet("place force effect table")

// content is what the main clause of the content says of the issue, which stands at a place in it.
func content(t *book.Told, place spot) (s news.Stance, what string) {
	f := &t.Frame
	k := verbClass(f)
	if place == verb || stressing[f.Predicate] && f.Object.Head == "" {
		k = none // who "will protest" is not against protesting
	}
	what = strings.TrimSpace(f.Predicate + " " + f.Particle)
	if f.Negated {
		what = "not " + what
	}
	if f.Modality != news.Asserted {
		what = string(f.Modality) + " " + what
	}
	or := func(yes, no news.Stance) (news.Stance, string) {
		if f.Negated {
			yes = no
		}
		return yes, what
	}
	if f.Predicate == "be" || f.Predicate == "seem" || f.Predicate == "become" {
		what = strings.TrimSpace(what + " " + f.Object.Head)
		if f.Completed {
			return "", "" // "has never been worse" tells what was
		}
		switch adjectives[f.Object.Head] {
		case against:
			return or(news.Opposes, news.Open)
		case weighing:
			return or(news.Open, news.Opposes)
		case asking:
			return or(news.Demands, news.Opposes)
		case favouring:
			return or(news.Supports, news.Opposes)
		case pending:
			return news.Undecided, what
		}
		folded := " " + news.Fold(t.Text) + " "
		for _, turn := range turns {
			if strings.Contains(folded, " "+turn.words+" ") {
				if f.Negated {
					return turn.not, "not " + turn.words
				}
				return turn.stance, turn.words
			}
		}
	}
	would := slices.Contains(words.Fields(t.Text), "would") || strings.Contains(t.Text, "’d ") || strings.Contains(t.Text, "'d ")
	if place == subject {
		// A thing says nothing for or against itself by what it does; it stands or is given up, it
		// must or must not be.
		switch {
		case f.Object.Head != "":
			return "", "" // what it does to another thing
		case f.Predicate == "go" && f.Particle == "" && f.Modality == news.Obliged && len(f.Oblique) == 0:
			return or(news.Opposes, news.Supports) // "the sanctions have to go"
		case k == ending && f.Modality == news.Asserted && happening[f.Predicate]:
			return "", "" // "the gate is shut"
		case k == keeping && f.Predicate != "hold" && !f.Negated && slices.ContainsFunc(f.Oblique, func(a news.Argument) bool {
			return (a.Role == "in" || a.Role == "at" || a.Role == "on") && !inForce[a.Head]
		}):
			return "", "" // where it stands, not that it does: "the paper stays in the drawer"
		case k == keeping, k == pending, k == ending:
		case f.Modality == news.Obliged, f.Negated && (f.Modality == news.Intended || would):
		default:
			return "", ""
		}
	}
	if (k == ending || k == keeping || k == favouring) && place == object && (f.Modality == news.Asserted || f.Modality == news.Intended) && !agreed(t) && f.Subject.Head != "" && !own(t) && !attitudes[f.Predicate] && !body(t) {
		return "", "" // what somebody else does with it
	}
	switch k {
	case excluding, against:
		return or(news.Opposes, news.Open)
	case weighing:
		if f.Tense == news.Past && f.Modality == news.Asserted {
			return "", "" // that it was looked at leaves nothing open
		}
		return or(news.Open, news.Opposes)
	case pending:
		return news.Undecided, what
	case asking:
		return or(news.Demands, news.Opposes)
	case offering:
		if f.Predicate == "float" || f.Predicate == "suggest" && !own(t) || f.Negated && f.Tense == news.Past {
			return "", "" // "we never offered it" tells what was, not what they want
		}
		return or(news.Offers, news.Opposes)
	case ending:
		if f.Modality == news.Possible && !would {
			return news.Open, what
		}
		return or(news.Opposes, news.Supports)
	case keeping:
		if f.Predicate == "hold" && place != subject {
			return "", "" // "the talks were held"
		}
		return or(news.Supports, news.Opposes)
	}
	if f.Negated && f.Modality == news.Possible && !would && f.Subject.Head == "" && place != subject && f.Tense == news.Present {
		return news.Opposes, what // "it cannot be done"
	}
	switch f.Modality {
	case news.Obliged, news.Demanded:
		if f.Completed || place == object && !furthers(f) {
			return "", "" // "ought to have told it"; "the money should be used for fences" says nothing of money
		}
		return or(news.Demands, news.Opposes)
	case news.Wished:
		return or(news.Supports, news.Opposes)
	case news.Questioned:
		return "", ""
	case news.Intended, news.Possible:
		switch {
		case agreed(t) && !own(t):
			if f.Subject.Entity == "" {
				return "", "" // somebody agreed, one does not see who
			}
		case place == verb && telling[f.Predicate]:
			return "", "" // "we can confirm that"
		case f.Modality == news.Possible && f.Completed:
			return "", "" // "she would have had it sooner"
		case f.Modality == news.Possible && f.Tense == news.NoTense:
			return "", "" // "expects them to do it"
		case f.Modality == news.Possible && !would && !f.Negated && (k != none || own(t)):
			return news.Open, what
		case place != subject && f.Subject.Entity != "" && !own(t):
			return "", "" // what somebody else will do
		case k == none && !own(t):
			return "", "" // what will happen, not what somebody will do
		case place == object && !f.Negated && !furthers(f):
			return "", "" // what somebody will do with it
		}
		return or(news.Supports, news.Opposes)
	}
	if k == favouring && (f.Tense != news.Past || f.Continuing || attitudes[f.Predicate]) {
		return or(news.Supports, news.Opposes)
	}
	return "", ""
}

// furthers reports whether the main verb, if there is one, says something of its object, or brings
// it about.
func furthers(f *news.Frame) bool {
	return f.Predicate == "" || f.Predicate == "be" || verbClass(f) != none || furthering[f.Predicate]
}

func verbClass(f *news.Frame) class {
	if f.Particle != "" {
		return verbs[f.Predicate+" "+f.Particle]
	}
	for _, o := range f.Oblique {
		if k := verbs[f.Predicate+" "+o.Role]; k != none && f.Object.Head == "" { // "fought for"
			return k
		}
	}
	return verbs[f.Predicate]
}

// own reports whether the content's main clause is about what the speaker does.
func own(t *book.Told) bool {
	f := &t.Frame
	if pronouns[f.Subject.Head] && quoted(t) {
		return false // whom a pronoun of a quotation means, one does not see, and it is not who speaks
	}
	if first, _, more := strings.Cut(news.Fold(f.Subject.Span.Of(t.In.Article.Text)), " "); more && possessives[first] {
		return true // "her government needs it": she speaks for it
	}
	if f.Subject.Entity != "" {
		return f.Subject.Entity == t.Speaker.Entity || officer(t)
	}
	switch f.Subject.Head {
	case "i", "we", "he", "she", "they", "nobody":
		return true
	case "you", "one":
		return f.Predicate == "need" // "you need a ceasefire": everybody does
	case "it":
		e := t.In.Entity(t.Speaker.Entity)
		return e == nil || e.Type != news.Person
	}
	return officer(t) || body(t) && titled(t) || f.Subject.Head == "" && f.Predicate != "" && f.Tense == news.NoTense
}

// titled reports whether the speaker has an office by which one speaks for a body: "the city will not pay",
// says its treasurer.
func titled(t *book.Told) bool {
	e := t.In.Entity(t.Speaker.Entity)
	return e != nil && (slices.ContainsFunc(e.Roles, func(r string) bool { return offices[r] }) ||
		slices.ContainsFunc(strings.Fields(news.Fold(e.Name)), func(w string) bool { return offices[w] }))
}

var offices = wordSet("chairman chairwoman chair chief director president secretary spokesman spokeswoman spokesperson head manager treasurer mayor minister premier chancellor governor founder owner captain coach ambassador")

// body reports whether the subject of the content is a body without a name: who tells what "the union" does
// often speaks for it.
func body(t *book.Told) bool { return bodies[t.Frame.Subject.Head] }

var bodies = wordSet("state union government company ministry city council party board club agency firm country nation administration cabinet parliament")

var possessives = wordSet("my our his her its their")

// quoted reports whether the subject of the content stands in quotation marks.
func quoted(t *book.Told) bool {
	at := t.Frame.Subject.Span.Start
	return slices.ContainsFunc(t.Words.Words, func(w words.Word) bool { return w.Start <= at && at < w.Start+len(w.Text) && w.Quoted })
}

// stranger reports whether the content tells of the attitude of somebody whom one does not see: "he wants
// this bridge" in a quotation, "the other side was open to it".
func stranger(t *book.Told) bool {
	f := &t.Frame
	if f.Subject.Head == "" || f.Subject.Entity != "" && !(pronouns[f.Subject.Head] && quoted(t) && f.Subject.Entity == t.Speaker.Entity) || own(t) {
		return false
	}
	return f.Modality == news.Wished && !wishing[f.Under] || attitudes[strings.TrimSpace(f.Predicate+" "+f.Particle)] || f.Predicate == "be" && minds[f.Object.Head]
}

var pronouns = wordSet("he she they")

// wishing are words under which a clause is what their own subject wishes.
var wishing = wordSet("hope wish want demand insist urge")

// minds are adjectives that say how somebody is minded, not what a thing is.
var minds = wordSet("open ready willing prepared committed optimistic eager keen determined reluctant unwilling opposed")

// officer reports whether the content's subject is the body that the speaker speaks for, by what the
// article calls the speaker: "the union" of the union's chairman.
func officer(t *book.Told) bool {
	e := t.In.Entity(t.Speaker.Entity)
	return e != nil && e.Type == news.Person && len(t.RelayedBy) == 0 && t.Frame.Subject.Head != "" && slices.Contains(e.Roles, t.Frame.Subject.Head)
}

// holder is whose attitude the content tells of, where that is not the speaker's own.
func holder(t *book.Told) news.EntityID {
	f := &t.Frame
	if f.Subject.Entity == "" || f.Subject.Entity == t.Speaker.Entity || pronoun(t) {
		return ""
	}
	if agreed(t) {
		return f.Subject.Entity
	}
	switch f.Modality {
	case news.Wished:
		if wishing[f.Under] {
			return "" // "she hoped that Dorn would sign" tells her wish
		}
		return f.Subject.Entity
	case news.Asserted:
		if attitudes[strings.TrimSpace(f.Predicate+" "+f.Particle)] {
			return f.Subject.Entity
		}
	}
	return "" // "the union would never accept it", says its chairman: he speaks for it
}

// pronoun reports whether the content begins with somebody who is not the subject of its main verb:
// "he wanted them to have a meeting".
func pronoun(t *book.Told) bool {
	list := words.Fields(t.Text)
	if len(list) == 0 || t.Frame.Subject.Span.Start <= t.Content[0].Start+1 {
		return false
	}
	switch list[0] {
	case "i", "we", "he", "she", "they":
		return true
	}
	return false
}

// isCondition reports whether a clause makes what it belongs to depend on something.
func isCondition(s string) bool {
	list := words.Fields(s)
	if len(list) < 3 {
		return false
	}
	switch list[0] {
	case "if":
		for _, must := range []string{" have to ", " has to ", " had to ", " ive to ", " must ", " need be ", " necessary "} {
			if strings.Contains(" "+strings.Join(list, " ")+" ", must) {
				return false // "if I have to do it myself" makes nothing depend on it
			}
		}
		return true
	case "unless", "until", "provided", "only":
		return true
	}
	return list[0] == "on" && list[1] == "condition" || list[0] == "as" && list[1] == "long"
}

// onlyIf is the rest of a content from a word of condition on, where the frame has none.
func onlyIf(s string) string {
	folded := " " + news.Fold(s) + " "
	if would, then, ok := strings.Cut(folded, " would "); ok && !strings.Contains(would, " if ") {
		if i := strings.Index(then, " if "); i >= 0 && !strings.Contains(then[:i], " whether ") && !strings.HasSuffix(then[:i], " even") {
			return strings.TrimSpace(then[i:])
		}
	}
	for _, w := range []string{" only if ", " unless ", " until ", " provided that ", " on condition that "} {
		if i := strings.Index(folded, w); i >= 0 {
			return strings.TrimSpace(folded[i:])
		}
	}
	return ""
}

// conditional is the stance of a content with a condition: what stands in a condition that must
// be met it demands ("unless there is an exemption"); what depends on it, it holds on condition.
// A rule without a stance says that there is none; no rule, that the condition tells nothing.
func conditional(t *book.Told, condition string, about func(string) bool, c cue, place spot) (news.Stance, string) {
	list := words.Fields(condition)
	if list[0] == "until" && !slices.ContainsFunc(list[:min(len(list), 8)], func(w string) bool { return being[w] }) {
		return "", "" // "until after the election" tells when
	}
	if at := slices.IndexFunc(list, func(w string) bool { return about(words.Stem(w)) }); at >= 0 {
		if behind := list[max(0, at-2):at]; slices.ContainsFunc(behind, func(w string) bool { return w == "in" || w == "on" || w == "at" || w == "under" }) {
			return "", "only-where" // "until the exemption is in the contract" asks for no contract
		}
		if binding := own(t) || c.class == threatening || c.class == against || c.class == asking; binding && (list[0] != "if" || slices.Contains(list[max(0, at-2):at], "no")) {
			return news.Demands, "in-the-condition"
		}
		return "", "only-supposed"
	}
	if place == elsewhere || c.class == excluding || c.class == against || list[0] == "until" && !t.Frame.Negated && t.Frame.Modality == news.Asserted {
		return "", "" // "has been paying it until they agree" makes nothing depend
	}
	if list[0] == "if" && !t.Frame.Negated && (t.Frame.Modality == news.Possible || c.class == offering) {
		if c.class != offering && verbClass(&t.Frame) != favouring && !own(t) {
			return "", "" // "they would owe less if it were cut"
		}
		return news.Offers, "in-return"
	}
	return news.Conditional, "on-condition"
}

// emphatic are words that stand between "is" and "against".
var emphatic = wordSet("am strongly firmly totally absolutely completely im were hes shes theyre always not dead very")

// being are forms of verbs by which a clause tells that something is so.
var being = wordSet("is are was were be been has have had gets get does do can agrees agree accepts accept signs sign stops stop ends end comes come")

// held is the stance of a content that names one: "her demand for a ceasefire", "she had no objections
// to the levy". Where it is somebody else's ("Dorn's demand"), it is none here.
func held(t *book.Told, about func(string) bool) (s news.Stance, what string) {
	f := &t.Frame
	if f.Predicate != "" && !(f.Predicate == "have" && own(t)) {
		return "", ""
	}
	list := t.Words.Words
	for i, w := range list {
		s, names := holding[w.Plain]
		if !names || i+2 > len(list) || slices.ContainsFunc(list[max(0, i-3):i], func(w words.Word) bool { return strings.HasSuffix(w.Text, "’s") || strings.HasSuffix(w.Text, "'s") }) {
			continue
		}
		if next := list[min(i+1, len(list)-1)].Plain; next != "for" && next != "to" && next != "of" && next != "against" {
			continue
		}
		for k := i + 2; k < len(list) && k <= i+5 && !limits[list[k].Plain]; k++ {
			if !about(list[k].Stem) {
				continue
			}
			if no := slices.ContainsFunc(list[max(0, i-2):i], func(w words.Word) bool { return negations[w.Plain] }); !no && !f.Negated {
				return s, written(list[i : k+1])
			} else if s == news.Opposes {
				return news.Open, "no " + written(list[i:k+1])
			}
			return news.Opposes, "no " + written(list[i:k+1])
		}
	}
	return "", ""
}

// perceiving are verbs whose "no" tells what one knows, not what one wants.
var perceiving = wordSet("hear know see find receive get read notice recall remember")

// nearby is how many words before "without" its negation may stand.
const nearby = 6

// noThing is the stance of a content that says "no" of the issue: "no exemptions of any kind".
// "No exemption has been agreed" leaves it undecided; "no exemption, no guarantee" and "no guarantee
// without an exemption" make the one the condition of the other.
func noThing(t *book.Told, about func(string) bool) (s news.Stance, what string) {
	list := t.Words.Words
	is := func(i int, words ...string) bool {
		return i >= 0 && i < len(list) && slices.Contains(words, list[i].Plain)
	}
	for i := range list {
		// "no talks without a truce", "without a truce there will be no talks": what is negated stands close by.
		around := list[max(0, i-nearby):i]
		if i == 0 {
			around = list[:min(len(list), 2*nearby)]
		}
		if is(i, "without") && slices.ContainsFunc(around, func(w words.Word) bool { return negations[w.Plain] || w.Plain == "nothing" || w.Plain == "nobody" }) {
			for k := i + 1; k < len(list) && k <= i+3; k++ {
				if about(list[k].Stem) {
					return news.Demands, "not without " + list[k].Plain
				}
			}
		}
		k := i + 1
		for k < len(list) && k <= i+3 && !about(list[k].Stem) && !is(k, "on", "of", "in", "to", "for", "at", "by", "from", "with", "without", "no") {
			k++
		}
		if !is(i, "no", "against") || k >= len(list) || k > i+3 || !about(list[k].Stem) {
			continue
		}
		what = list[i].Plain + " " + list[k].Plain
		f := &t.Frame
		switch {
		case is(i-1, "if", "unless") || is(i-2, "if", "unless") || is(i-3, "if", "unless"):
			return news.Demands, "if " + what
		case is(i, "no") && is(i-2, "no"):
			return news.Conditional, "no " + list[i-1].Plain + ", " + what
		case is(i, "no") && is(k+1, "no") && k+2 < len(list):
			return news.Demands, what + ", no " + list[k+2].Plain
		case is(i, "no") && is(k+1, "without"):
			return news.Conditional, what + " without"
		case perceiving[f.Predicate], is(i-1, "heard", "knew", "saw", "seen", "known"), is(i-1, "of") && is(i-2, "heard", "knew", "known"):
			// "he had heard of no offer"
		case is(i, "against") && i > 0 && !being[list[i-1].Plain] && !emphatic[list[i-1].Plain]:
			// "defends himself against"
		case is(i, "no") && f.Predicate == "be" && f.Modality == news.Asserted:
			// "there was no deal" tells what is
		case is(i, "against") || f.Negated && (f.Predicate == "be" || own(t)) && f.Modality != news.Asserted || i == 0 && f.Predicate == "":
			return news.Opposes, what
		}
	}
	return "", ""
}
