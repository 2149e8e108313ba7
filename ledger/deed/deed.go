// Package deed reads from an account what was done: the act, who did it and to what, on which day,
// where, and whether it is said to have been so or not.
//
// It takes the clauses that a statement asserts, as its frame has them, brings the act to one word for
// its synonyms and its contraries ("rejected" is "accepted", turned round; "received no warning" is that
// nobody warned) and tells whether two deeds are of one happening. They are if the act is the same, what
// both name of doer, thing done and other parts does not differ, and one of these is the same or the
// words around the act are. Times, places and numbers are no part of that: they are what two accounts
// may differ in.
//
// Wishes, demands, possibilities, questions and what depends on a condition are no deeds. Nor is a
// judgment ("the dam is a good idea"): of what something is, only states that are so or not so are
// read (states). Narration has no frame and tells no deed here.
package deed

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/news"
	"dateline/text"
)

// A Deed is what an account says was done, is so, or will be.
type Deed struct {
	In    *account.Account
	Act   string // the stem of the verb, with its particle; of a state, the state
	Not   bool   // it is said not to be so
	Tense news.Tense
	Doer  Party
	Done  Party
	With  []Part // the other parts, times and places aside
	Clock int    // minutes after midnight, -1 if none is given
	First time.Time
	Last  time.Time // the day on which, as its own words tell; zero if they do not
	Place Place
	By    bool             // the doer is named as such: "was signed by the mayor"
	Who   bool             // it is said who the one is: "the author of the letter was Rusk"
	Else  bool             // another one than the first: "for the second time", "again"
	Count []account.Number // what is counted in its clause
	Stems map[string]bool  // of the clause, without act, times and numbers
	begun bool             // the act is only announced: "agreed to pay", "will pay"
}

// A Party is who or what takes part in a deed.
type Party struct {
	Head   string          // the stem of its head, "" if it is not named
	Key    string          // of the entity it names
	Names  []string        // plain names in it
	Stems  map[string]bool // of all its words
	Us     map[string]bool // of the words for the speaker, where the party is "we" or "I"
	Body   bool            // of these, "we": it may be a body that the article does not name here
	Anyone bool            // "nobody", "anything": it can be any
	Loose  bool            // "he", "they", "it": whom is not told here
	Span   text.Span
}

// A Part is another complement, with its preposition.
type Part struct{ Role, Head string }

// A Place is where, by its name or its kind.
type Place struct {
	Name string // "kelby"
	Kind string // "hotel"
	Span text.Span
}

// contrary are acts and states of which one is the other turned round.
var contrary = map[string]string{
	"reject": "accept", "lose": "win", "resign": "stay",
	"unsafe": "safe", "dangerous": "safe", "incomplete": "complete", "unfinished": "complete", "illegal": "legal", "unlawful": "legal", "lawful": "legal", "innocent": "guilty",
	"untrue": "true", "false": "true", "dead": "alive", "closed": "open", "shut": "open", "unaware": "aware", "unharmed": "hurt", "invalid": "valid", "uninsured": "insured", "unarmed": "armed",
	"finished": "complete", "over": "complete", "sober": "drunk", "lifted": "in force",
}

// synonyms are verbs that news use of one act, in groups; the first stands for all.
var synonyms = func() map[string]string {
	m := map[string]string{}
	for _, group := range []string{
		"begin start commence", "end finish conclude", "inform tell notify brief", "warn alert caution", "retake recapture regain", "capture seize occupy", "arrest detain", "shoot fire",
		"strike hit", "attack raid", "destroy flatten", "injure hurt wound", "buy acquire purchase", "resign quit", "approve pass adopt ratify", "back support endorse", "reject refuse", "cancel scrap",
		"award grant", "publish release", "release free", "cut reduce slash", "raise increase", "leave depart", "arrive reach", "discover find", "close shut", "invite ask",
	} {
		words := strings.Fields(group)
		for _, w := range words[1:] {
			if m[w] == "" {
				m[w] = words[0]
			}
		}
	}
	return m
}()

// contest is what one wins or loses: to lose ten tonnes of oil is not the other side of winning.
var contest = account.Stems("election", "vote", "match", "game", "case", "appeal", "race", "war", "battle", "seat", "majority", "title", "lawsuit", "trial", "ballot", "referendum", "final")

// states are what something is or is not, whatever one thinks of it.
var states = map[string]bool{"safe": true, "complete": true, "legal": true, "guilty": true, "true": true, "alive": true, "open": true, "aware": true, "hurt": true, "valid": true, "insured": true,
	"armed": true, "drunk": true, "missing": true, "present": true, "absent": true, "pregnant": true, "bankrupt": true, "contaminated": true, "clean": true, "poisoned": true, "empty": true, "full": true,
	"under control": true, "free": true, "in prison": true, "responsible": true, "involved": true, "infected": true, "married": true, "ill": true, "licensed": true, "registered": true}

// light are verbs too common to tell a deed from another by themselves.
var light = account.Stems("be", "have", "do", "say", "tell", "go", "come", "take", "make", "get", "give", "know", "think", "see", "want", "let", "put", "keep", "hold", "use", "call", "ask", "find", "show", "need", "work", "try", "seem", "remain", "become", "become", "begin", "start", "continue", "receive", "meet", "hear", "speak", "talk")

// Of are the deeds that an account tells: one of each clause that it asserts.
func Of(x *account.Account) (out []Deed) {
	if x.Told == nil || x.Question || x.Condition || len(x.Told.Content) == 0 {
		return nil
	}
	switch x.Told.Act {
	case news.Thought, news.Question, news.StanceAct, news.Poll, news.Perception:
		return nil
	}
	f := x.Told.Frame
	if d, ok := read(x, f); ok {
		out = append(out, d)
	}
	for _, g := range f.Further {
		if d, ok := read(x, g); ok && g.Under == "" {
			out = append(out, d)
		}
	}
	return out
}

// read reads the deed of one clause; ok is false where it tells none.
func read(x *account.Account, f news.Frame) (d Deed, ok bool) {
	switch f.Modality {
	case news.Asserted, news.Intended:
	default:
		return d, false
	}
	if f.Predicate == "" || !f.Condition.Empty() || !f.Clause.Overlaps(x.Span) {
		return d, false
	}
	if h := strings.ToLower(f.Subject.Head); h == "you" || h == "one" || h == "everybody" || h == "everyone" {
		return d, false // a saying about the world
	}
	d = Deed{In: x, Not: f.Negated != denied(x), Tense: f.Tense, Clock: -1, begun: f.Modality == news.Intended}
	d.Doer, d.Done = party(x, f.Subject), party(x, f.Object)
	if nobody[strings.ToLower(f.Subject.Head)] || nobody[strings.ToLower(f.Object.Head)] {
		d.Not = !denied(x) // "found nothing", however it was parsed
	}
	word := strings.ToLower(f.Predicate)
	switch noun := strings.ToLower(f.Object.Head); {
	case carriers[word] != 0 && (ofVerb(noun) || noun != "" && (word == "receive" || word == "get" || word == "make")): // "received no warning", "there is no agreement"
		if carriers[word] == undergone {
			d.Done, d.Doer = d.Doer, Party{}
		} else {
			d.Done = Party{}
		}
		word = noun
	case word == "be" && !d.identity(x, f) && !d.state(x, f):
		return d, false
	}
	if f.Particle != "" {
		word += " " + f.Particle
	}
	if c := synonyms[word]; c != "" {
		word = c
	}
	if c, is := contrary[word]; is && (c != "win" || contest[d.Done.Head]) {
		word, d.Not = c, !d.Not
	}
	if d.Act == "" {
		d.Act = cmp.Or(account.Stem(word), word)
	}
	for _, o := range f.Oblique {
		if o.Role == "by" && d.Doer.Head == "" {
			d.Doer = party(x, o)
		}
		if d.place(x, o) || timely(x, o) {
			continue
		}
		d.With = append(d.With, Part{o.Role, account.Stem(o.Head)})
	}
	t := x.In.Article.Text
	d.By = d.Doer.Span.Start > 3 && strings.HasSuffix(strings.TrimRight(t[:d.Doer.Span.Start], " "), " by")
	for _, w := range x.Words {
		switch w.Lower {
		case "again", "second", "third", "fourth", "another", "twice", "also", "too", "repeatedly", "often":
			d.Else = true
		}
	}
	d.times(x, f.Clause)
	d.around(x, f.Clause)
	return d, true
}

var nobody = map[string]bool{"nobody": true, "none": true, "nothing": true, "neither": true}

// carriers are verbs that say little beside the noun of an act: what one undergoes by them, or does.
var carriers = map[string]int{"receive": undergone, "get": undergone, "undergo": undergone, "suffer": undergone, "give": carried, "make": carried, "have": carried, "reach": carried, "issue": carried, "be": carried, "conduct": carried, "carry out": carried}

const (
	carried = 1 + iota
	undergone
)

// ofVerb reports whether a noun is that of an act, made from its verb.
func ofVerb(noun string) bool {
	s := account.Stem(noun)
	return s != "" && len(s)+1 < len(noun) && (strings.HasSuffix(noun, "ing") || strings.HasSuffix(noun, "ment") || strings.HasSuffix(noun, "ion") || strings.HasSuffix(noun, "al"))
}

// around reads what a clause says beside its act: its words, and what it counts.
func (d *Deed) around(x *account.Account, clause text.Span) {
	d.Stems = map[string]bool{}
	for _, n := range x.Numbers {
		if clause.Overlaps(n.Span) {
			d.Count = append(d.Count, n)
		}
	}
	for _, w := range x.Words {
		timed := slices.ContainsFunc(x.Times, func(v account.Time) bool { return v.Span.Overlaps(w.Span) })
		if w.Stem != "" && w.Stem != d.Act && clause.Overlaps(w.Span) && !timed && !quantity(w.Stem) && !light[w.Stem] {
			d.Stems[w.Stem] = true
		}
	}
}

var singl = account.Stem("single")

// quantity reports whether a stem is of a number, or of how many are meant.
func quantity(s string) bool {
	return s[0] >= '0' && s[0] <= '9' || s == singl || account.Scale(s) || slices.ContainsFunc(strings.Split(s, "-"), account.Scale)
}

// denied reports whether what an account says is what its speaker denies.
func denied(x *account.Account) bool {
	for _, c := range x.Told.Cue {
		for w := range strings.FieldsSeq(strings.ToLower(c.Of(x.In.Article.Text))) {
			switch w {
			case "deny", "denies", "denied", "denying", "disputed", "disputes", "dispute", "refuted", "refutes", "rebutted", "rebuts":
				return true
			}
		}
	}
	return false
}

// identity reads who is said to be the one: "the author of the letter was Rusk", "it was he who rang".
func (d *Deed) identity(x *account.Account, f news.Frame) bool {
	who, what := d.Doer, f.Object
	if len(who.Names) == 0 {
		who, what = d.Done, f.Subject
	}
	head := strings.ToLower(what.Head)
	if len(who.Names) == 0 || !strings.HasPrefix(strings.ToLower(what.Span.Of(x.In.Article.Text)), "the ") || !ones[head] && !strings.HasSuffix(head, "er") && !strings.HasSuffix(head, "or") {
		return false
	}
	d.Act, d.Doer, d.Done, d.Who = "be the "+head, who, party(x, what), true
	return true
}

// ones are words for one who is to be named that do not end as those for doers do.
var ones = map[string]bool{"voice": true, "source": true, "culprit": true, "victim": true, "suspect": true}

// state reads what something is said to be; false where that is a judgment or a thing.
func (d *Deed) state(x *account.Account, f news.Frame) bool {
	head := strings.ToLower(f.Object.Head)
	for i := 0; f.Object.Span.Empty() && i+2 < len(x.Words); i++ { // "is far from complete"
		if x.Words[i].Lower == "far" && x.Words[i+1].Lower == "from" {
			head, d.Not = x.Words[i+2].Lower, !d.Not
			break
		}
	}
	if head == "" {
		return false
	}
	if c, is := contrary[head]; is {
		head, d.Not = c, !d.Not
	}
	if !states[head] {
		return false
	}
	d.Act, d.Done = "be "+head, Party{}
	return true
}

// party reads who or what an argument is.
func party(x *account.Account, a news.Argument) (p Party) {
	if a.Span.Empty() {
		return p
	}
	t := x.In.Article.Text
	p = Party{Head: account.Stem(strings.ToLower(a.Head)), Stems: map[string]bool{}, Span: a.Span}
	switch strings.ToLower(a.Head) {
	case "i", "we":
		p = us(x)
		p.Body = strings.EqualFold(a.Head, "we")
		return p
	case "nobody", "none", "nothing", "anybody", "anyone", "anything", "somebody", "someone", "something", "one":
		p.Anyone = true
		return p
	case "he", "she", "it", "they", "him", "her", "them", "that", "this", "those", "these", "who", "which":
		if e := x.In.Entity(a.Entity); e != nil && e.Name != "" {
			p.Key, p.Names = string(e.ID), []string{book.Plain(e.Name)}
			for w := range strings.FieldsSeq(p.Names[0]) {
				if s := account.Stem(w); s != "" {
					p.Head, p.Stems[s] = s, true
				}
			}
			return p
		}
		if strings.EqualFold(a.Head, "it") && x.Told.Mode == news.Indirect {
			p = us(x) // "the hospital said it had ..."
			p.Body = true
			return p
		}
		p.Loose = true
		return p
	}
	if owner, _, two := strings.Cut(strings.ToLower(a.Span.Of(t)), " "); two && own[owner] && bodies[p.Head] {
		return us(x) // "her company", as its head says
	}
	if e := x.In.Entity(a.Entity); e != nil {
		p.Names = append(p.Names, book.Plain(e.Name))
	}
	for _, n := range x.Names {
		if a.Span.Contains(n.Span) && (n.Type == news.Person || n.Type == news.Organisation) && !own[strings.ToLower(n.Span.Of(t))] && !strings.HasPrefix(t[n.Span.End:], "'s") && !strings.HasPrefix(t[n.Span.End:], "’s") {
			p.Names = append(p.Names, n.Key)
		}
	}
	for _, w := range account.Words(t, a.Span) {
		if w.Stem != "" {
			p.Stems[w.Stem] = true
		}
	}
	if p.Head == "" {
		p.Loose = true
	}
	return p
}

// own are words for an owner, and bodies what people speak for.
var (
	own    = map[string]bool{"her": true, "his": true, "its": true, "their": true, "my": true, "our": true}
	bodies = account.Stems("company", "firm", "union", "office", "ministry", "party", "government", "team", "club", "agency", "bank", "group", "association", "department", "country", "council", "board", "army", "organisation", "organization", "institute", "business", "client")
)

// us is the one who speaks, and whom that one speaks for as the words for the source tell.
func us(x *account.Account) Party {
	p := Party{Head: "we", Stems: map[string]bool{}, Us: map[string]bool{}}
	words := x.Told.Source.Of(x.In.Article.Text)
	if x.Told.Actor != nil {
		p.Key = x.Told.Actor.Key
		p.Names = append(p.Names, book.Plain(x.Told.Actor.Name))
		words += " " + x.Told.Actor.Name
	}
	for w := range strings.FieldsSeq(words) {
		if s := account.Stem(strings.ToLower(strings.Trim(w, ".,;:\"“”‘’'()"))); s != "" {
			p.Us[s] = true
		}
	}
	return p
}

// IsPlace reports whether a word is of a kind of place that people are in.
func IsPlace(lemma string) bool { return places[lemma] }

var places = map[string]bool{"hall": true, "office": true, "hotel": true, "house": true, "base": true, "residence": true, "palace": true, "station": true, "church": true, "school": true, "harbour": true, "harbor": true, "airport": true, "port": true,
	"court": true, "courthouse": true, "parliament": true, "ministry": true, "embassy": true, "hospital": true, "square": true, "factory": true, "headquarters": true, "barracks": true, "camp": true, "prison": true, "restaurant": true, "cafe": true, "villa": true,
	"canteen": true, "library": true, "museum": true, "stadium": true, "theatre": true, "theater": true, "bridge": true, "bank": true, "market": true, "farm": true, "mine": true, "ship": true, "plane": true, "bar": true, "pub": true, "park": true, "beach": true, "university": true, "monastery": true, "mosque": true, "garage": true}

// place takes a complement that says where.
func (d *Deed) place(x *account.Account, o news.Argument) bool {
	switch o.Role {
	case "at", "in", "inside", "outside", "near", "aboard", "to":
	default:
		return false
	}
	var p Place
	for _, n := range x.Names {
		if n.Type == news.Place && o.Span.Contains(n.Span) {
			p.Name, p.Span = n.Key, o.Span
		}
	}
	if places[o.Head] {
		p.Kind, p.Span = o.Head, o.Span
	} else if o.Role == "to" && p.Name == "" {
		return false
	}
	if p.Span.Empty() {
		return o.Role == "in" && d.Place.Span.Empty() && timely(x, o)
	}
	if d.Place.Span.Empty() {
		d.Place = p
	} else if d.Place.Name == "" {
		d.Place.Name = p.Name
	}
	return true
}

// timely reports whether a complement says when.
func timely(x *account.Account, o news.Argument) bool {
	return slices.ContainsFunc(x.Told.Frame.Times, func(s text.Span) bool { return s.Overlaps(o.Span) })
}

// times reads the day and the clock of the deed. A bound ("by Friday", "since Monday") is neither.
func (d *Deed) times(x *account.Account, clause text.Span) {
	t := x.In.Article.Text
	for _, e := range x.In.Times {
		if !x.Span.Contains(e.Span) || !clause.Overlaps(e.Span) || e.Type == news.TimeSet {
			continue
		}
		switch lastWord(t[x.Span.Start:e.Span.Start]) {
		case "by", "since", "until", "till", "before", "after", "from", "than", "for", "within", "of", "between":
			continue
		}
		if day, clock, ok := strings.Cut(e.Value, "T"); ok && len(day) == len(time.DateOnly) && len(clock) >= 5 && clock[2] == ':' && d.Clock < 0 {
			h, m := clock[:2], clock[3:5]
			d.Clock = number(h)*60 + number(m)
		}
	}
	for _, v := range x.Times {
		if !clause.Overlaps(v.Span) {
			continue
		}
		switch lastWord(t[x.Span.Start:v.Span.Start]) {
		case "by", "since", "until", "till", "before", "after", "from", "than", "for", "within", "of", "between":
			continue
		}
		first, last := v.Days()
		if v.Lasts > 0 || first.IsZero() || last.IsZero() || last.Sub(first) > 2*24*time.Hour || v.Event {
			continue
		}
		d.First, d.Last = first, last
		break
	}
}

func number(s string) (n int) {
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n
}

func lastWord(s string) string {
	f := strings.Fields(s)
	if len(f) == 0 {
		return ""
	}
	return strings.ToLower(f[len(f)-1])
}

// agree compares two parties: 1 if they can only be one, -1 if they cannot be, 0 if it is not told.
func agree(p, q Party) int {
	switch {
	case p.Head == "" || q.Head == "" || p.Loose || q.Loose || p.Anyone || q.Anyone:
		return 0
	case p.Us != nil && q.Us != nil:
		if p.Key != "" && p.Key == q.Key {
			return 1
		}
		return -1
	case p.Us != nil:
		return ofUs(q, p)
	case q.Us != nil:
		return ofUs(p, q)
	}
	for _, n := range p.Names {
		for _, m := range q.Names {
			if account.SameName(n, m) {
				return 1
			}
		}
	}
	persons := len(p.Names) > 0 && len(q.Names) > 0
	switch {
	case persons:
		return -1
	case p.Head == q.Head && told(p, q):
		return -1
	case p.Head == q.Head:
		return 1
	case p.Stems[q.Head] || q.Stems[p.Head]:
		return 0
	}
	return -1
}

// told reports whether two parties with one head are told apart: "the teachers' union", "the nurses'
// union".
func told(p, q Party) bool {
	mine, theirs := false, false
	for s := range p.Stems {
		mine = mine || !q.Stems[s] && !quantity(s)
	}
	for s := range q.Stems {
		theirs = theirs || !p.Stems[s] && !quantity(s)
	}
	return mine && theirs
}

// ofUs compares somebody named with "we", of whom the words for the speaker tell.
func ofUs(p, us Party) int {
	if us.Us[p.Head] {
		return 1
	}
	for _, n := range p.Names {
		if slices.ContainsFunc(us.Names, func(m string) bool { return account.SameName(n, m) }) {
			return 1
		}
		for f := range strings.FieldsSeq(n) {
			if us.Us[account.Stem(f)] {
				return 1
			}
		}
	}
	if len(p.Names) > 0 && !us.Body {
		return -1
	}
	return 0
}

// One is how two deeds are one.
type One struct {
	Parts int  // that both name and that agree
	Words int  // that both have beside the act
	Day   bool // both are told of one day
	Doer  int  // how the doers agree: 1, 0, -1
	Done  int
}

// Same reports whether two deeds can only be one, whoever did it, when and where: the act is the
// same, and so is what was done or who did it. Where the doers differ, One says so.
func Same(d, e Deed) (o One, ok bool) {
	// Who did a thing again, or twice, did it.
	if d.Act != e.Act || d.Else && !(e.Not && !d.Not) || e.Else && !(d.Not && !e.Not) || d.begun != e.begun || (d.Tense == news.Future) != (e.Tense == news.Future) {
		return o, false
	}
	o.Doer, o.Done = agree(d.Doer, e.Doer), agree(d.Done, e.Done)
	if mutual[d.Act] && (o.Doer < 0 || o.Done < 0) { // "Korn met Rusk", "Rusk met Korn"
		o.Doer, o.Done = agree(d.Doer, e.Done), agree(d.Done, e.Doer)
	}
	if o.Done < 0 {
		return o, false
	}
	if o.Doer > 0 {
		o.Parts++
	}
	if o.Done > 0 {
		o.Parts++
	}
	for _, p := range d.With {
		same, other := false, false
		for _, q := range e.With {
			if p.Role == q.Role {
				same, other = same || p.Head == q.Head, other || p.Head != q.Head && p.Head != "" && q.Head != ""
			}
		}
		if same {
			o.Parts++
		} else if other {
			return o, false
		}
	}
	o.Day = !d.First.IsZero() && !e.First.IsZero() && !d.First.After(e.Last) && !e.First.After(d.Last)
	for w := range d.Stems {
		if e.Stems[w] {
			o.Words++
		}
	}
	return o, true
}

// mutual are acts that two do to one another.
var mutual = account.Stems("meet", "marry", "call", "telephone", "fight", "talk", "kiss", "hug")

// Named reports whether an account names the doer of a statement, where that is told by a name.
func Named(x, in *account.Account) bool {
	p := party(x, x.Told.Frame.Subject)
	return len(p.Names) == 0 || p.Us != nil || slices.ContainsFunc(p.Names, in.Mentions)
}

// Light reports whether an act is too common to tell a deed by itself.
func (d Deed) Light() bool {
	verb, _, _ := strings.Cut(d.Act, " ")
	return light[verb] && verb == d.Act
}
