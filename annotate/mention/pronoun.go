package mention

import (
	"math"
	"slices"
	"strings"

	"dateline/annotate/mention/names"
	"dateline/annotate/mention/noun"
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
	"dateline/news"
)

// pronounOf is what a third-person pronoun asks for.
var pronounOf = map[string]struct {
	gender names.Gender
	person bool
	plural bool
}{
	"he": {names.Male, true, false}, "him": {names.Male, true, false}, "his": {names.Male, true, false}, "himself": {names.Male, true, false},
	"she": {names.Female, true, false}, "her": {names.Female, true, false}, "hers": {names.Female, true, false}, "herself": {names.Female, true, false},
	"it": {names.Unknown, false, false}, "its": {names.Unknown, false, false}, "itself": {names.Unknown, false, false},
}

// walk goes through the text and leads nominals and pronouns back to what stands before them.
func (f *Finder) walk() {
	d := f.d
	for t := range d.N {
		if f.at[t] >= 0 || d.Space[t] {
			continue
		}
		if p, ok := pronounOf[d.Lower[t]]; ok && d.Pos[t] == syntax.PosPron {
			if e := f.pronoun(t, p.gender, p.person); e >= 0 {
				f.add(e, mention{syntax.Range{Start: t, End: t + 1}, t, news.ByPronoun})
			}
			continue
		}
		if plurals[d.Lower[t]] && d.Pos[t] == syntax.PosPron {
			if e := f.Plural(t); e >= 0 {
				f.add(e, mention{syntax.Range{Start: t, End: t + 1}, t, news.ByPronoun})
			}
			continue
		}
		e := f.apposed(t, d.Tree(t))
		if e >= 0 {
			f.learn(e, t)
		} else if e = f.nominal(t); e < 0 {
			e = f.body(t)
		}
		if e >= 0 {
			f.add(e, mention{f.phrase(t, t+1), t, news.ByNominal})
		}
	}
}

var plurals = map[string]bool{"they": true, "them": true, "their": true, "theirs": true, "themselves": true}

// first are the pronouns by which whoever is quoted speaks of himself.
var first = map[string]bool{"i": true, "me": true, "my": true, "mine": true, "myself": true}

// ours are those by which he speaks of himself with others.
var ours = map[string]bool{"we": true, "us": true, "our": true, "ours": true, "ourselves": true}

// Speaks leads "I" and "my" in the quoted words of r back to entity n, whose words they are, and "we" to the
// body for which n speaks.
func (f *Finder) Speaks(n int, r syntax.Range) {
	body := -1
	if e := f.all[n]; e.kind == news.Organisation || e.kind == news.Group {
		body = n
	} else if e.kind == news.Person {
		body = f.bodyOf(n)
	}
	for t := r.Start; t < r.End; t++ {
		if f.at[t] >= 0 || f.d.Quote[t] == syntax.Unquoted || f.d.Pos[t] != syntax.PosPron {
			continue
		}
		switch m := (mention{syntax.Range{Start: t, End: t + 1}, t, news.ByPronoun}); {
		case first[f.d.Lower[t]]:
			f.add(n, m)
		case ours[f.d.Lower[t]] && body >= 0:
			f.add(body, m)
		}
	}
}

// Author is the entity of the one who wrote the article.
func (f *Finder) Author(name string) int {
	words := fold(strings.Fields(name))
	n := slices.IndexFunc(f.all, func(e *entity) bool { return e.kind == news.Person && slices.Equal(e.words, words) })
	if n < 0 {
		n = len(f.all)
		f.all = append(f.all, &entity{kind: news.Person, name: name, words: words, roles: map[string]bool{}})
	}
	return n
}

// Writes leads "I" and "my" outside of quotations back to entity n, who wrote them.
func (f *Finder) Writes(n int) {
	for t := range f.d.N {
		if f.at[t] < 0 && f.d.Quote[t] == syntax.Unquoted && first[f.d.Lower[t]] && f.d.Pos[t] == syntax.PosPron {
			f.add(n, mention{syntax.Range{Start: t, End: t + 1}, t, news.ByPronoun})
		}
	}
}

// Recur leads further descriptions by one noun alone back to those who were described by it: after
// "divers said", "the divers"; and those whom a text takes for known: bodies, "the ministry", and people spoken
// of again and again, "residents". It comes when the sources are known.
func (f *Finder) Recur() {
	d := f.d
	described := map[string]int{} // the last one described by a noun
	for n, e := range f.all {
		if !e.described || len(e.mentions) == 0 {
			continue
		}
		head := e.mentions[0].head
		if _, alone := noun.Alone(d, head); alone && (e.plural || e.kind == news.Organisation) || e.kind == news.Person && !e.plural && d.Pos[head] == syntax.PosNoun {
			described[d.Lower[head]] = n
		}
	}
	type again struct {
		t      int
		plural bool
	}
	var nouns []again
	count := map[string]int{}
	for t := range d.N {
		if f.at[t] >= 0 || d.Pos[t] != syntax.PosNoun || d.Dep[t] == syntax.DepCompound {
			continue
		}
		definite, alone := noun.Alone(d, t)
		if plural := d.Tag[t] == syntax.TagNns; alone && (plural || definite && d.Tag[t] == syntax.TagNn) {
			nouns = append(nouns, again{t, plural})
			count[d.Lower[t]]++
		}
	}
	for _, x := range nouns {
		word := d.Lower[x.t]
		n, known := described[word]
		if known && f.all[n].plural != x.plural {
			continue
		}
		if !known {
			kind := news.Organisation
			class := wordclass.Group
			if x.plural {
				kind, class = news.Group, wordclass.Person
			}
			// One "the ministry" is a body that readers know, one "the meeting" is none.
			if count[word] < 2 && (x.plural || strings.HasSuffix(word, "ing")) || noun.Anonymous(d.Lemma[x.t]) || wordclass.Noun(d.Lemma[x.t]).Of(class) < .5 {
				continue
			}
			n = len(f.all)
			f.all = append(f.all, &entity{kind: kind, name: d.Of(f.phrase(x.t, x.t+1)), described: true, plural: x.plural, anonymous: x.plural, roles: map[string]bool{}})
			described[word] = n
		}
		f.add(n, mention{f.phrase(x.t, x.t+1), x.t, news.ByNominal})
	}
}

// pronoun is the entity that a third-person pronoun at t means: of those of the right kind and
// gender before it, the one that weighs most; -1 if nothing weighs enough, or if a noun that no entity
// stands behind weighs more. Of a person who is only described, "a captain", it makes an entity.
func (f *Finder) pronoun(t int, g names.Gender, person bool) int {
	if !person && f.pleonastic(t) {
		return -1
	}
	best, bestWeight := -1, 0.0
	quoted := f.quoted(t)
	for n, e := range f.all {
		if person != (e.kind == news.Person) || e.kind == news.Group || n == quoted {
			continue
		}
		if person && e.gender != names.Unknown && g != names.Unknown && e.gender != g {
			continue
		}
		w := 0.0
		for _, m := range e.mentions {
			if m.r.Start >= t {
				// cataphora: "When he arrived, Ruiz said"
				continue
			}
			x := f.weight(m.head, t)
			w = max(w, x) + min(w, x)*repeated
		}
		if person && e.gender == names.Unknown {
			w *= .8
		}
		if w > bestWeight {
			best, bestWeight = n, w
		}
	}
	if rival, weight := f.rival(t, g, person); weight > bestWeight {
		if !person || weight < surePerson {
			return -1
		}
		best = f.Describe(rival, f.phrase(rival, rival+1))
	} else if person && bestWeight < leastPerson || !person && bestWeight < leastThing {
		return -1
	}
	if e := f.all[best]; person && e.gender == names.Unknown {
		e.gender, e.guessed = g, true
	}
	return best
}

// quoted is the entity in whose quoted words token t stands, -1 if it is not known.
func (f *Finder) quoted(t int) int {
	if by := f.spoken.By[t]; by >= 0 {
		return f.At(by)
	}
	return -1
}

// weight is how near at hand a mention is for a pronoun at t. Subjects weigh more than others, near
// mentions more than far ones, those in the same quotation more than across marks.
func (f *Finder) weight(head, t int) float64 {
	d := f.d
	units := d.Unit[t] - d.Unit[head]
	if units > pronounReach || d.Head[head] == d.Head[t] && d.Dep[t] != syntax.DepPoss {
		return 0 // one clause does not name its subject and object alike: "Ruiz told him"
	}
	x := atHand / math.Pow(float64(1+units), fading)
	if d.Subject(head) {
		x *= subject
	} else if d.Dep[head] == syntax.DepPoss || d.Dep[head] == syntax.DepCompound {
		x *= inside
	} else {
		x *= noSubject
	}
	if f.spoken.Heads[head] && f.spoken.Heads[t] && d.Quote[t] != syntax.Double {
		x *= speakers
	}
	if d.Quote[head] != d.Quote[t] && d.Quote[head] == syntax.Double {
		x *= acrossMarks
	}
	if d.Par[head] == d.Par[t] {
		x *= sameParagraph
	}
	return x
}

// rival is the noun before a pronoun at t that is no entity's, of the right kind and gender, that weighs most.
func (f *Finder) rival(t int, g names.Gender, person bool) (best int, most float64) {
	d := f.d
	for i := t - 1; i >= 0 && d.Unit[t]-d.Unit[i] <= rivalReach; i-- {
		if f.at[i] >= 0 || d.Pos[i] != syntax.PosNoun || d.Tag[i] != syntax.TagNn || d.Dep[i] == syntax.DepCompound || person != noun.Person(d, i) || person && noun.Definite(d, i) {
			continue
		}
		class := wordclass.Noun(d.Lemma[i])
		if person && (class.Of(wordclass.Person) < .6 || g != names.Unknown && names.Gendered[d.Lemma[i]] != names.Unknown && names.Gendered[d.Lemma[i]] != g) || class[0].Class == wordclass.Time {
			continue
		}
		x := f.weight(i, t)
		if person {
			x *= describedFor
		}
		if !person && f.spoken.Heads[t] && class.Of(wordclass.Group)+class.Of(wordclass.Communication) < .3 {
			continue
		}
		if x > most {
			best, most = i, x
		}
	}
	return best, most
}

// rivalReach is how many sentences back a noun may be for which a pronoun stands.
const rivalReach = 1

// pleonastic reports an "it" that stands for nothing but a clause: "it is clear that".
func (f *Finder) pleonastic(t int) bool {
	d := f.d
	h := d.Head[t]
	if d.Lower[t] != "it" || !d.Subject(t) {
		return false
	}
	for _, c := range d.Children(h) {
		if c > t && (d.Dep[c] == syntax.DepCcomp || d.Dep[c] == syntax.DepXcomp || d.Dep[c] == syntax.DepAdvcl) && (d.Lemma[h] == "be" || d.Lemma[h] == "seem" || d.Lemma[h] == "become" || d.Lemma[h] == "appear") {
			return true
		}
	}
	return false
}

// Weights, picked on the pronouns of GUM's news, interviews, biographies and travel guides and on those of
// the demo's first part.
const (
	atHand        = 3.  // a mention in the same sentence
	fading        = 1.3 // the power by which it weighs less from sentence to sentence
	subject       = 1.8
	noSubject     = .8
	inside        = .5  // a possessor, or part of a longer name
	speakers      = 1.4 // both head sources
	acrossMarks   = .25
	sameParagraph = 1.6

	repeated     = .15 // what a further mention adds
	describedFor = .7  // a person who is only described, against one with a name
	surePerson   = 2   // from which such a person becomes an entity
	leastPerson  = .3  // less means nobody
	leastThing   = 3   // "it" stands for many things that are no entity
	theyBody     = .7  // most bodies take "it"
	leastPlural  = 1.5 // of "they"
)

// Resume leads a pronoun at t, of which nothing said before whom it means, back to entity n, who spoke last;
// it reports whether it may be n's.
func (f *Finder) Resume(n, t int) bool {
	p, ok := pronounOf[f.d.Lower[t]]
	e := f.all[n]
	switch {
	case !ok || f.at[t] >= 0 || e.plural:
		return false
	case p.person != (e.kind == news.Person), e.kind == news.Group:
		return false
	case p.person && e.gender != names.Unknown && e.gender != p.gender:
		return false
	}
	if p.person && e.gender == names.Unknown {
		e.gender, e.guessed = p.gender, true
	}
	f.add(n, mention{syntax.Range{Start: t, End: t + 1}, t, news.ByPronoun})
	return true
}

// Plural is the entity that "they" at t means: of the groups and organisations before it the one that weighs
// most; people who were not spoken of before, "Three witnesses came. They said", become one. -1 if there is
// none, or if things in the plural weigh more: "the ships left when their cargo was in".
func (f *Finder) Plural(t int) int {
	d := f.d
	best, most := -1, 0.0
	for n, e := range f.all {
		if e.kind != news.Group && e.kind != news.Organisation {
			continue
		}
		w := 0.0
		for _, m := range e.mentions {
			if m.r.Start < t {
				w = max(w, f.weight(m.head, t))
			}
		}
		if e.kind == news.Organisation {
			w *= theyBody // most take "it"
		}
		if w > most {
			best, most = n, w
		}
	}
	rival := -1
	for i := t - 1; i >= 0 && d.Unit[t]-d.Unit[i] <= rivalReach; i-- {
		if f.at[i] >= 0 || d.Tag[i] != syntax.TagNns || d.Dep[i] == syntax.DepCompound || wordclass.Noun(d.Lemma[i])[0].Class == wordclass.Time {
			continue
		}
		w := f.weight(i, t)
		if f.spoken.Heads[t] && !noun.Person(d, i) {
			continue
		}
		if w > most {
			rival, most = i, w
		}
	}
	switch {
	case rival >= 0 && noun.Person(d, rival):
		return f.Describe(rival, f.phrase(rival, rival+1))
	case rival >= 0 || most < leastPlural:
		return -1
	}
	return best
}

// Outlet is the entity of the outlet itself, which token t stands for: "we", "this newspaper".
func (f *Finder) Outlet(name string, t int) int {
	words := fold(strings.Fields(name))
	n := slices.IndexFunc(f.all, func(e *entity) bool { return slices.Equal(e.words, words) })
	if n < 0 {
		n = len(f.all)
		f.all = append(f.all, &entity{kind: news.Organisation, name: name, words: words, roles: map[string]bool{}})
	}
	kind := news.ByNominal
	if f.d.Pos[t] == syntax.PosPron {
		kind = news.ByPronoun
	}
	f.add(n, mention{syntax.Range{Start: t, End: t + 1}, t, kind})
	return n
}
