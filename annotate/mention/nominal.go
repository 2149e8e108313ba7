package mention

import (
	"slices"
	"strings"

	"dateline/annotate/mention/names"
	"dateline/annotate/mention/noun"
	"dateline/annotate/mention/span"
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
	"dateline/news"
)

// learnRoles collects what the article says its people are: appositions ("Ana Ruiz, the mayor
// of Port Alba") and predicates ("Ruiz is the mayor").
func (f *Finder) learnRoles() {
	d := f.d
	for n, e := range f.all {
		if e.kind == news.Organisation && !f.provenPerson(e) {
			f.learnBusiness(n)
			continue
		}
		if e.kind != news.Person && !f.provenPerson(e) {
			continue
		}
		e.kind = news.Person
		for _, m := range e.mentions {
			for _, c := range d.Children(m.head) {
				if d.Dep[c] == syntax.DepAppos && f.at[c] < 0 {
					f.learn(n, c)
				}
				if d.Dep[c] == syntax.DepPoss && names.Country(d.Orth[c]) != "" { // "Valdmark's Ana Ruiz"
					e.roles[d.Lower[c]] = true
				}
			}
			switch h := d.Head[m.head]; {
			case d.Dep[m.head] == syntax.DepAppos && f.at[h] < 0 && noun.Person(d, h): // "the mayor, Ana Ruiz,"
				f.learn(n, h)
				if d.Tag[h] != syntax.TagNns {
					f.add(n, mention{f.phrase(h, m.r.Start), h, news.ByNominal})
				}
			case d.Subject(m.head) && d.Lemma[h] == "be":
				for _, c := range d.Children(h) {
					if d.Dep[c] == syntax.DepAttr && noun.Person(d, c) {
						f.learn(n, c)
					}
				}
			}
		}
	}
}

// learnBusiness collects what an organisation is said to be: "Tervane Group, a builder of bridges",
// "the airline Vesk Air".
func (f *Finder) learnBusiness(n int) {
	d, e := f.d, f.all[n]
	for _, m := range e.mentions {
		for _, c := range d.Children(m.head) {
			if d.Dep[c] == syntax.DepAppos && f.at[c] < 0 && d.Tag[c] == syntax.TagNn {
				e.roles[d.Lemma[c]] = true
			}
		}
		if h := d.Head[m.head]; d.Dep[m.head] == syntax.DepAppos && f.at[h] < 0 && d.Tag[h] == syntax.TagNn {
			e.roles[d.Lemma[h]] = true
		}
	}
}

// provenPerson reports whether the article says of a full name, taken for something else by the
// parser, what kind of person it is: "Dewi Probert is a mathematician".
func (f *Finder) provenPerson(e *entity) bool {
	d := f.d
	if len(e.words) < 2 || len(e.words) > 4 || e.kind == news.Group || names.Country(e.name) != "" {
		return false
	}
	for _, m := range e.mentions {
		if m.kind != news.ByName || m.r.Len() < 2 {
			continue
		}
		h := d.Head[m.head]
		if d.Subject(m.head) && d.Lemma[h] == "be" {
			for _, c := range d.Children(h) {
				if d.Dep[c] == syntax.DepAttr && d.Tag[c] == syntax.TagNn && noun.Person(d, c) {
					return true
				}
			}
		}
		if d.Dep[m.head] == syntax.DepDobj && d.Lemma[h] == "interview" {
			return true
		}
		if d.Dep[m.head] == syntax.DepAppos && d.Tag[h] == syntax.TagNn && (names.Titles[d.Lower[h]] || names.Gendered[d.Lemma[h]] != names.Unknown) && m.r.Len() < 4 && d.Orth[m.r.Start-1] == "," {
			return true // "the manager, Dewi Probert"
		}
		if f.goesOn(m) {
			return true
		}
	}
	return false
}

// goesOn reports a name that begins with a woman's or a man's and of which the text goes on as of her or him:
// "the works boss Celia Marsh", "Celia Marsh, who", "Celia Marsh gave her word", "Celia Marsh came. She", where
// nobody else was spoken of. "Marsh" alone might end the name of a place.
func (f *Finder) goesOn(m mention) bool {
	d := f.d
	g := names.Given(d.Orth[m.r.Start])
	last := d.Lower[m.r.End-1]
	if g == names.Unknown || m.r.Len() > 3 || wordclass.Noun(last).Of(wordclass.Group)+wordclass.Noun(last).Of(wordclass.Location) > 0 {
		return false
	}
	for t := m.r.Start; t < m.r.End; t++ {
		if !span.Capital(d.Orth[t]) {
			return false // "Reed & Vidal"
		}
	}
	if i := m.r.Start - 1; i >= 0 && (m.r.Has(d.Head[i]) || d.Head[m.head] == i) && d.Pos[i] == syntax.PosNoun && (names.Gendered[d.Lemma[i]] == g || heads[d.Lemma[i]] && noun.Person(d, i)) {
		return true
	}
	if i := m.r.End + 1; i < d.N && d.Orth[i-1] == "," && d.Lower[i] == "who" {
		return true
	}
	alone := true // nobody else was named just before
	for t := m.r.Start - 1; t >= 0 && d.Par[t] == d.Par[m.head] && d.Unit[m.head]-d.Unit[t] <= 1; t-- {
		alone = alone && !f.human(t)
	}
	for t := m.r.End; t < d.N && d.Par[t] == d.Par[m.head] && d.Unit[t]-d.Unit[m.head] <= 1 && !f.human(t); t++ {
		if p, ok := pronounOf[d.Lower[t]]; ok && p.person && d.Quote[t] == d.Quote[m.head] {
			own := d.Subject(m.head) && d.Dep[t] == syntax.DepPoss && d.Head[d.Head[t]] == d.Head[m.head]
			return p.gender == g && (alone || own)
		}
	}
	return false
}

// human reports whether a token is of a person's name or is a noun for a person.
func (f *Finder) human(t int) bool {
	return f.at[t] >= 0 && f.all[f.at[t]].kind == news.Person || f.d.Pos[t] == syntax.PosNoun && noun.Person(f.d, t)
}

// learn adds the words of a noun phrase to the roles of entity n.
func (f *Finder) learn(n, head int) {
	d, e := f.d, f.all[n]
	if !noun.Person(d, head) {
		return
	}
	e.roles[d.Lemma[head]] = true
	if g := names.Gendered[d.Lemma[head]]; g != names.Unknown && e.gender == names.Unknown {
		e.gender = g
	}
	for _, c := range d.Children(head) {
		switch d.Dep[c] {
		case syntax.DepAmod, syntax.DepCompound, syntax.DepNmod, syntax.DepPoss:
			e.roles[d.Lower[c]] = true
			f.belongs(n, c)
		case syntax.DepPrep:
			if w := d.Lower[c]; w == "of" || w == "for" || w == "at" {
				for _, o := range d.Children(c) {
					f.belongs(n, o)
				}
			}
		}
	}
}

// belongs notes that the person n holds a role of what token t stands for.
func (f *Finder) belongs(n, t int) {
	e, o := f.all[n], f.At(t)
	if e.of == nil {
		e.of, e.body = map[string]bool{}, -1
	}
	if o < 0 || o == n {
		e.of[news.Fold(f.d.Lower[t])] = true
		return
	}
	for _, w := range strings.Fields(news.Fold(f.all[o].name)) {
		e.of[strings.TrimSuffix(w, "s")] = true
	}
	if f.all[o].kind == news.Organisation {
		e.body = o
	}
}

// bodyOf is the organisation that somebody has a role in, -1 if it is not told.
func (f *Finder) bodyOf(n int) int {
	e := f.all[n]
	if e.of == nil {
		return -1
	}
	if e.body >= 0 {
		return e.body
	}
	found := -1
	for w := range e.of {
		for k, o := range f.all {
			if o.kind == news.Organisation && k != n && wordclass.Noun(w).Of(wordclass.Group) > .5 && slices.Contains(strings.Fields(news.Fold(o.name)), w) {
				if found >= 0 && found != k {
					return -1
				}
				found = k
			}
		}
	}
	return found
}

// phrase is the noun phrase of a head, without what follows the head, at most up to end.
func (f *Finder) phrase(head, end int) syntax.Range {
	return syntax.Range{Start: min(f.d.Left[head], head), End: min(head+1, max(end, head+1))}
}

// Distances, in units, within which a nominal or a pronoun looks for whom it means.
const (
	nominalReach = 400
	pronounReach = 6
)

// leaders are heads that any head of state or government may be called by.
var leaders = map[string]bool{"president": true, "premier": true, "chancellor": true, "king": true, "queen": true, "minister": true, "emir": true, "prince": true}

// nominal leads "the president", "the Russian leader", "his Hungarian counterpart" back to a
// person whose roles hold the head and every adjective, the nearest before it; -1 if there is
// none.
func (f *Finder) nominal(t int) int {
	d := f.d
	if d.Pos[t] != syntax.PosNoun && d.Pos[t] != syntax.PosPropn || d.Tag[t] == syntax.TagNns || d.Tag[t] == syntax.TagNnps || !noun.Person(d, t) {
		return -1
	}
	definite := d.Pos[t] == syntax.PosPropn || f.headline(t)
	var with []string
	for _, c := range d.Children(t) {
		switch d.Dep[c] {
		case syntax.DepDet:
			w := d.Lower[c]
			if w != "the" && w != "this" && w != "that" {
				return -1
			}
			definite = true
		case syntax.DepPoss:
			definite = definite || d.Pos[c] == syntax.PosPron
			if d.Pos[c] == syntax.PosPropn || d.Pos[c] == syntax.PosNoun {
				with = append(with, d.Lower[c])
				definite = true
			}
		case syntax.DepAmod, syntax.DepCompound, syntax.DepNmod:
			with = append(with, d.Lower[c])
		case syntax.DepRelcl, syntax.DepAppos:
			return -1
		case syntax.DepPrep:
			if d.Lower[c] == "of" {
				for _, g := range d.Children(c) {
					if names.Country(d.Orth[g]) != "" || d.Pos[g] == syntax.PosNoun {
						with = append(with, d.Lower[g])
					}
				}
			}
		}
	}
	if !definite {
		return -1
	}
	head := d.Lemma[t]
	best, bestWeight := -1, 0
	for n, e := range f.all {
		if e.kind != news.Person || e.described || !f.holds(e, head, with) {
			continue
		}
		at := f.lastBefore(e, t)
		if at < 0 && d.Par[t] <= 2 { // a title and a lead name in full only further down
			at = e.mentions[0].head
		}
		if at < 0 || d.Unit[t]-d.Unit[at] > nominalReach {
			continue
		}
		// The one named most, for "the president" of an article is who it is about; the
		// nearest where two are named alike; not one of another country.
		w := min(len(e.mentions), 12)
		if d.Par[at] == d.Par[t] {
			w += 3
		}
		if len(with) == 0 && f.foreign(e) {
			w -= 6
		}
		if best < 0 || w > bestWeight {
			best, bestWeight = n, w
		}
	}
	switch {
	case best >= 0 && len(with) == 0 && leaders[head] && f.foreign(f.all[best]):
		return f.untitled(best, t)
	case best < 0 && (head == "leader" || leaders[head]) && len(with) == 1 && country(with[0]) != "" && !home[with[0]]:
		return f.passing(t)
	}
	return best
}

// headline reports somebody or some body that acts and stands without an article: only headlines leave it out,
// and they mean the known one, "Union vows to strike".
func (f *Finder) headline(t int) bool {
	d := f.d
	return (d.Subject(t) || f.spoken.Heads[t]) && (d.Tag[t] == syntax.TagNn || d.Tag[t] == syntax.TagNnp) &&
		!slices.ContainsFunc(d.Children(t), func(c int) bool {
			return d.Dep[c] == syntax.DepDet || d.Dep[c] == syntax.DepPoss || d.Dep[c] == syntax.DepNummod
		})
}

// untitled is whom "the president" means where the one who has that title is said to be of another country
// and somebody else is named half as often again without any: a paper gives its own president none. It is
// the foreign one if there is nobody like that.
func (f *Finder) untitled(foreign, t int) int {
	best, most := foreign, len(f.all[foreign].mentions)*3/2
	for n, e := range f.all {
		if e.kind == news.Person && !e.described && !titled(e) && len(e.mentions) > most && f.lastBefore(e, t) >= 0 {
			best, most = n, len(e.mentions)
		}
	}
	return best
}

// passing is whom "the Russian leader" means where nobody is said to be that: the one named last in the
// sentence before, if the article gives him neither office nor country; -1 if there is none.
func (f *Finder) passing(t int) int {
	d := f.d
	best, bestAt := -1, -1
	for n, e := range f.all {
		if e.kind != news.Person || e.described {
			continue
		}
		if at := f.lastBefore(e, t); at > bestAt && d.Unit[at] == d.Unit[t] {
			best, bestAt = n, at
		}
	}
	if best < 0 || titled(f.all[best]) || f.foreign(f.all[best]) || d.Subject(bestAt) {
		return -1 // who says it does not call himself so
	}
	return best
}

// titled reports whether the article says of somebody what office he holds.
func titled(e *entity) bool {
	for r := range e.roles {
		if leaders[r] || names.Titles[r] {
			return true
		}
	}
	return false
}

// body leads "the union", "the port authority", "the builder" back to the organisation named last
// before that has the noun and all that stands with it in its name, or is said to be one; -1 if
// there is none.
func (f *Finder) body(t int) int {
	d := f.d
	if d.Tag[t] != syntax.TagNn && d.Tag[t] != syntax.TagNnp || noun.Person(d, t) && wordclass.Noun(d.Lemma[t]).Of(wordclass.Group) == 0 {
		return -1
	}
	var with []string
	definite := f.headline(t) && wordclass.Noun(d.Lemma[t]).Of(wordclass.Group) > .5
	for _, c := range d.Children(t) {
		switch d.Dep[c] {
		case syntax.DepDet:
			if w := d.Lower[c]; w != "the" && w != "this" && w != "that" {
				return -1
			}
			definite = true
		case syntax.DepPoss, syntax.DepAmod, syntax.DepCompound, syntax.DepNmod:
			with = append(with, news.Fold(d.Lower[c]))
		case syntax.DepRelcl, syntax.DepAppos, syntax.DepPrep:
			if c > t && c == t+1 {
				return -1
			}
		}
	}
	if !definite {
		return -1
	}
	head := news.Fold(d.Lemma[t])
	best, bestAt := -1, -1
	for n, e := range f.all {
		if e.kind != news.Organisation || e.described || !e.roles[d.Lemma[t]] && (len(e.words) < 2 || !slices.Contains(e.words, head)) {
			continue
		}
		holds := true
		for _, w := range with {
			holds = holds && (e.roles[w] || slices.Contains(e.words, w))
		}
		at := f.lastBefore(e, t)
		if at < 0 && d.Par[t] <= 2 { // as in nominal
			at = 0
		}
		if holds && at > bestAt && d.Unit[t]-d.Unit[at] <= nominalReach {
			best, bestAt = n, at
		}
	}
	return best
}

// apposed is the one named in apposition to a description: "the works minister, [Ana Ruiz]", "a
// spokesman for the ministry, [Tom Reed]", "the agency [VPA]"; -1 if nobody is.
func (f *Finder) apposed(t int, r syntax.Range) int {
	d := f.d
	if d.Pos[t] != syntax.PosNoun {
		return -1
	}
	for i := t + 1; i < r.End; i++ {
		n := f.head[i]
		if n < 0 || f.all[n].described {
			continue
		}
		start := i
		for start > t+1 && f.at[start-1] == n {
			start--
		}
		person := f.all[n].kind == news.Person
		if d.Dep[i] == syntax.DepAppos && d.Head[i] == t && (person == noun.Person(d, t) || f.all[n].kind == news.Organisation || person && i-start > 0 && heads[d.Lemma[t]]) {
			return n
		}
		if start == t+1 && f.all[n].kind == news.Organisation && !noun.Person(d, t) && d.Pos[t] == syntax.PosNoun {
			return n
		}
		for start > t+1 && (span.Title(d, start-1) || d.Dep[start-1] == syntax.DepCompound) {
			start--
		}
		if !person || start <= t+1 || d.Orth[start-1] != "," || !noun.Person(d, t) {
			continue
		}
		// The nearest word for a person before the comma is the one that is named.
		k := start - 2
		for k > t && !(noun.Person(d, k) && d.Pos[k] == syntax.PosNoun) {
			k--
		}
		if k == t {
			return n
		}
	}
	return -1
}

// foreign reports whether some role of e names a country: "Ukrainian President".
func (f *Finder) foreign(e *entity) bool {
	for r := range e.roles {
		if c := country(r); c != "" && !home[r] {
			return true
		}
	}
	return false
}

// home are the adjectives by which papers call their own: whoever has an office and no
// country answers to them.
var home = map[string]bool{"u.s.": true, "us": true, "american": true, "british": true, "uk": true, "irish": true, "canadian": true, "australian": true, "indian": true}

// holds reports whether an entity's roles answer to a description.
func (f *Finder) holds(e *entity, head string, with []string) bool {
	match := e.roles[head]
	if !match && (head == "leader" || head == "counterpart") {
		for r := range e.roles {
			match = match || leaders[r]
		}
		// "the leader" alone may be of any party; with a country it is of that country.
		match = match && len(with) > 0
	}
	if !match && heads[head] && len(with) > 0 {
		for r := range e.roles {
			match = match || heads[r]
		}
	}
	if !match {
		return false
	}
	for _, w := range with {
		if w == "former" || w == "then" || w == "first" {
			continue
		}
		if home[w] && !f.foreign(e) {
			continue
		}
		if !e.roles[w] && !f.sameCountry(e, w) && !e.of[strings.TrimSuffix(news.Fold(w), "s")] {
			return false
		}
	}
	return true
}

// heads are by whatever word one calls who is at the head of a body.
var heads = map[string]bool{"head": true, "leader": true, "boss": true, "chief": true, "chairman": true, "chairwoman": true, "chair": true, "president": true, "executive": true, "director": true, "secretary": true}

// sameCountry reports whether some role of e is of the country that adjective or name w is of.
func (f *Finder) sameCountry(e *entity, w string) bool {
	c := country(w)
	if c == "" {
		return false
	}
	for r := range e.roles {
		if country(r) == c {
			return true
		}
	}
	return false
}

func country(w string) string {
	for _, s := range []string{w, strings.ToUpper(w), title(w)} {
		if c := names.Belonging(s); c != "" {
			return c
		}
		if c := names.Country(s); c != "" {
			return c
		}
	}
	return ""
}

func title(w string) string {
	if w == "" {
		return w
	}
	return strings.ToUpper(w[:1]) + w[1:]
}

// lastBefore is the head of the last mention of e before token t, -1 if there is none.
func (f *Finder) lastBefore(e *entity, t int) int {
	best := -1
	for _, m := range e.mentions {
		if m.r.End <= t && m.head > best {
			best = m.head
		}
	}
	return best
}

// Describe is the entity that the noun phrase headed by t stands for: the one it mentions, or
// a new one, described by the words in r. A person or group without a name is anonymous.
func (f *Finder) Describe(t int, r syntax.Range) int {
	d := f.d
	if e := f.At(t); e >= 0 {
		return e
	}
	for r.Len() > 1 && (d.Pos[r.Start] == syntax.PosAdp || d.Punct[r.Start]) {
		r.Start++
	}
	quantifier := d.Pos[t] == syntax.PosNum || noun.Anonymous(d.Lower[t]) && d.Pos[t] != syntax.PosNoun
	if (d.Pos[t] == syntax.PosPron || d.Pos[t] == syntax.PosDet) && !quantifier || d.Pos[t] == syntax.PosVerb || r.Len() <= 0 {
		return -1
	}
	if n := f.apposed(t, r); n >= 0 {
		f.learn(n, t)
		f.add(n, mention{f.phrase(t, t+1), t, news.ByNominal})
		return n
	}
	r = noun.Bare(d, t, r)
	e := &entity{name: strings.Join(strings.Fields(d.Of(r)), " "), described: true, roles: map[string]bool{}, plural: d.Tag[t] == syntax.TagNns || d.Tag[t] == syntax.TagNnps}
	class := wordclass.Noun(d.Lemma[t])
	switch {
	case noun.Person(d, t) && !e.plural:
		// "The mayor" is somebody the reader can name, "a mayor" and "the official" are not.
		office := names.Titles[d.Lower[t]] && (noun.Definite(d, t) || d.Pos[t] == syntax.PosPropn)
		e.kind, e.anonymous = news.Person, !office
	case noun.Person(d, t) || noun.Anonymous(d.Lemma[t]):
		e.kind, e.anonymous = news.Group, true
	case class[0].Class == wordclass.Group:
		e.kind = news.Organisation
	case class[0].Class == wordclass.Location && !e.plural:
		e.kind = news.Place
	default:
		e.kind = news.OtherEntity
	}
	if quantifier {
		e.kind, e.anonymous = news.Group, true
		if noun.Single(d.Lower[t]) {
			e.kind = news.Person
		}
	}
	if e.kind == news.OtherEntity && noun.Many(d, t) {
		e.kind, e.anonymous = news.Group, true
	}
	e.anonymous = e.anonymous || noun.Anonymous(d.Lemma[t]) || e.kind != news.OtherEntity && noun.Counted(d, t)
	// The same description again is the same one: "the source", "police".
	key := news.Fold(strings.TrimPrefix(strings.ToLower(e.name), "the "))
	for n, o := range f.all {
		if o.described && o.kind == e.kind && !quantifier && news.Fold(strings.TrimPrefix(strings.ToLower(o.name), "the ")) == key && !noun.Indefinite(d, t) {
			f.add(n, mention{r, t, news.ByNominal})
			return n
		}
	}
	// "the source", "the official": the last one described so.
	if noun.Definite(d, t) && len(d.Children(t)) == 1 {
		for n := len(f.all) - 1; n >= 0; n-- {
			o := f.all[n]
			if o.described && len(o.mentions) > 0 && d.Lemma[o.mentions[0].head] == d.Lemma[t] && o.plural == e.plural {
				f.add(n, mention{r, t, news.ByNominal})
				return n
			}
		}
	}
	f.all = append(f.all, e)
	f.add(len(f.all)-1, mention{r, t, news.ByNominal})
	f.learn(len(f.all)-1, t)
	return len(f.all) - 1
}
