package resolve

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"dateline/news"
)

// Joined are articles whose entities are those of the record.
type Joined struct {
	Annotations []news.Annotation // as handed in, every id and speaker's name those of the record
	Entities    []news.Entity     // of the record, without mentions
	Mentions    []news.Resolved   // of each article all
}

// Join says which entities of a story's articles are one, and names each as the record does. It
// is pure, and the same for every order of the articles; the annotations handed in are left alone.
//
// Entities that are named are joined by these rules, the first that holds; its name stands in
// the reason of a speaker:
//
//   - same-name: the same words, but for case, marks and initials between
//   - acronym: "VPA" and the one organisation whose words begin so
//   - short-name: a last name, or the beginning of an organisation's, that one alone can be meant by
//   - spelling: names of one article each differ by a letter, and no article has both
//   - same-office: a last name and an office in common, another given name, no article with both
//   - office: who is only described, "the mayor", where one person alone holds what is said
//   - description: what is only described, "the port authority", where one organisation alone
//     has all the words in its name, or the only one of those that the article names or names
//     an office of
//
// Kept apart: whom an article speaks of as a woman and whom as a man, a Jr. and a Sr., and two
// that some article tells apart. Anonymous sources and what nobody names stay those of their
// article. A person with a full name, an organisation or a place has an id made of its name, so
// that it is one through all stories of the record; who goes by one word alone has that of the
// story's earliest article.
func Join(articles []news.Annotation) Joined {
	j := joining{articles: articles, of: map[key]*group{}, with: map[string][]*group{}}
	j.gather()
	j.merge("acronym", acronym, true)
	j.merge("short-name", shorter, true)
	j.merge("spelling", misspelt, false)
	j.merge("same-office", sameOffice, false)
	j.merge("short-name", shorter, true) // what two spellings of one name kept in doubt
	j.alone()
	j.describe()
	return j.answer()
}

// A key is an entity of one article, by the article's place among those handed in.
type key struct {
	article int
	local   news.EntityID
}

// A group is one entity of the record under way.
type group struct {
	kind     news.EntityType
	words    []string       // of the name that all rules compare
	names    map[string]int // as written -> articles that have it
	roles    map[string]bool
	gender   news.Gender
	articles map[int]bool
	first    key // its earliest member
	number   int // in the order of their earliest members
	rule     map[key]string
	into     *group // where it was merged into another
	doubted  bool   // several others may be meant by its name
}

type joining struct {
	articles []news.Annotation
	order    []int // of the articles: by publication, then id
	groups   []*group
	of       map[key]*group
	with     map[string][]*group // people and organisations of several words with this one in the name, or "#" and its initials
}

// near are the groups of several words that share one with g, or whose initials it is.
func (j *joining) near(g *group) (near []*group) {
	for _, w := range g.words {
		for _, key := range []string{w, "#" + w} {
			for _, other := range j.with[key] {
				if other != g && other.into == nil && (other.kind == g.kind || other.firm() && g.kind != news.Group) && !slices.Contains(near, other) {
					near = append(near, other)
				}
			}
		}
	}
	return near
}

// named reports whether the article names the entity, and does not only describe it.
func named(e news.Entity) bool {
	return !e.Anonymous && slices.ContainsFunc(e.Mentions, func(m news.Mention) bool { return m.Kind == news.ByName })
}

// wordsOf are the words of a name that count: without an article, and initials that stand
// between a given and a last name.
func wordsOf(e news.Entity) []string {
	w := strings.Fields(news.Fold(e.Name))
	if len(w) > 1 && w[0] == "the" {
		w = w[1:]
	}
	if e.Type == news.Person && len(w) > 2 {
		w = slices.DeleteFunc(w, func(x string) bool { return len(x) == 1 && x != w[0] })
	}
	return w
}

// gather puts entities of the same name together. The same name is the same kind of thing:
// what most articles take it for.
func (j *joining) gather() {
	for i := range j.articles {
		j.order = append(j.order, i)
	}
	slices.SortStableFunc(j.order, func(x, y int) int {
		a, b := j.articles[x].Article, j.articles[y].Article
		return cmp.Or(day(a).Compare(day(b)), cmp.Compare(a.ID, b.ID))
	})
	kinds := map[string]map[news.EntityType]int{}
	j.eachNamed(func(k key, e news.Entity, words []string) {
		name := strings.Join(words, " ")
		if kinds[name] == nil {
			kinds[name] = map[news.EntityType]int{}
		}
		kinds[name][e.Type]++
	})
	byName := map[string]*group{}
	j.eachNamed(func(k key, e news.Entity, words []string) {
		name := strings.Join(words, " ")
		kind := e.Type
		if kinds[name][kind] <= kinds[name][news.Person] && len(words) > 1 {
			kind = news.Person // the parser takes people for firms more often than firms for people
		}
		for _, other := range []news.EntityType{news.Person, news.Organisation, news.Place, news.Group, news.OtherEntity} {
			if kinds[name][other] > kinds[name][kind] {
				kind = other
			}
		}
		id := string(kind) + " " + name
		if kind == news.Person && len(words) == 1 { // whose last name it is differs by article
			id += " " + string(k.local)
		}
		if kind == news.Person && e.Gender != "" && byName[id] != nil && byName[id].gender != "" && byName[id].gender != e.Gender {
			id += " " + string(e.Gender)
		}
		g := byName[id]
		if g == nil {
			g = &group{kind: kind, words: words, names: map[string]int{}, roles: map[string]bool{}, articles: map[int]bool{}, first: k, number: len(j.groups), rule: map[key]string{}}
			byName[id] = g
			j.groups = append(j.groups, g)
			for _, w := range append(words, "#"+initials(words)) {
				if len(words) > 1 && (kind == news.Person || kind == news.Organisation) {
					j.with[w] = append(j.with[w], g)
				}
			}
		}
		g.add(k, e, "same-name")
		j.of[k] = g
	})
}

func day(a news.Article) time.Time {
	first, _ := a.Published.When.Bounds()
	return first
}

// eachNamed walks the entities that have a name, in the order of publication.
func (j *joining) eachNamed(visit func(k key, e news.Entity, words []string)) {
	for _, i := range j.order {
		for _, e := range j.articles[i].Entities {
			if words := wordsOf(e); named(e) && len(words) > 0 {
				visit(key{i, e.ID}, e, words)
			}
		}
	}
}

func (g *group) add(k key, e news.Entity, rule string) {
	g.names[e.Name]++
	for _, r := range e.Roles {
		g.roles[r] = true
	}
	g.gender = cmp.Or(g.gender, e.Gender)
	g.articles[k.article] = true
	g.rule[k] = rule
}

// end is the group that g has become part of.
func (g *group) end() *group {
	for g.into != nil {
		g = g.into
	}
	return g
}

// merge puts a group into the one that a relation says it is: into the only one, where it must
// be; else into the one with most articles. Two that an article tells apart are never one.
func (j *joining) merge(rule string, is func(short, long *group) bool, only bool) {
	type pair struct{ short, long *group }
	var pairs []pair
	for _, short := range j.groups {
		if short.into != nil {
			continue
		}
		var found, likely []*group
		for _, long := range j.near(short) {
			if is(short, long) && compatible(short, long) {
				if found = append(found, long); sharesRole(short, long) {
					likely = append(likely, long)
				}
			}
		}
		if len(likely) == 1 {
			found = likely
		}
		if len(found) == 0 || only && len(found) > 1 {
			short.doubted = len(found) > 1
			continue
		}
		best := found[0]
		for _, f := range found[1:] {
			if f.before(best) {
				best = f
			}
		}
		if only || best.before(short) {
			pairs = append(pairs, pair{short, best})
		}
	}
	for _, p := range pairs {
		short, long := p.short, p.long.end()
		if short.into != nil || short == long || !compatible(short, long) {
			continue
		}
		short.join(long, rule)
	}
}

// join makes g part of another by a rule.
func (g *group) join(other *group, rule string) {
	g.into = other
	for k := range g.rule {
		other.rule[k] = rule
	}
	for n, c := range g.names {
		other.names[n] += c
	}
	maps.Copy(other.roles, g.roles)
	maps.Copy(other.articles, g.articles)
	other.gender = cmp.Or(other.gender, g.gender)
}

// before reports whether g is rather the entity's own name than h: that of more articles.
func (g *group) before(h *group) bool {
	return cmp.Or(len(g.articles)-len(h.articles), strings.Compare(h.name(), g.name()), h.number-g.number) > 0
}

// compatible reports whether nothing tells two groups apart.
func compatible(a, b *group) bool {
	if a.gender != "" && b.gender != "" && a.gender != b.gender {
		return false
	}
	if len(a.articles) > len(b.articles) {
		a, b = b, a
	}
	for i := range a.articles {
		if b.articles[i] {
			return false
		}
	}
	return generation(a) == "" || generation(b) == "" || generation(a) == generation(b)
}

func generation(g *group) string {
	if last := g.words[len(g.words)-1]; last == "jr" || last == "sr" {
		return last
	}
	return ""
}

// name is how most articles call it, a full name where there is one.
func (g *group) name() string {
	best := ""
	full := func(n string) int { return min(1, strings.Count(strings.TrimPrefix(n, "the "), " ")) }
	for n, c := range g.names {
		if best == "" || cmp.Or(full(n)-full(best), c-g.names[best], len(n)-len(best), strings.Compare(best, n)) > 0 {
			best = n
		}
	}
	return best
}

func sharesRole(a, b *group) bool {
	for r := range a.roles {
		if b.roles[r] {
			return true
		}
	}
	return false
}

func acronym(short, long *group) bool {
	return short.kind == news.Organisation && len(short.words) == 1 && len(long.words) > 1 && short.words[0] == initials(long.words)
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if w != "of" && w != "the" && w != "and" && w != "for" {
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

// alone puts one last name of several articles together, where none gives anybody of that name a
// full one.
func (j *joining) alone() {
	first := map[string][]*group{}
	for _, g := range j.groups {
		if g.kind != news.Person || len(g.words) != 1 || g.into != nil || g.doubted {
			continue
		}
		same := first[g.words[0]]
		if i := slices.IndexFunc(same, func(h *group) bool { return compatible(g, h) }); i >= 0 {
			g.join(same[i], "same-name")
		} else {
			first[g.words[0]] = append(same, g)
		}
	}
}

// generic are words with which the names of many organisations begin.
var generic = map[string]bool{"university": true, "national": true, "international": true, "ministry": true, "department": true, "american": true, "european": true, "royal": true,
	"first": true, "new": true, "council": true, "federal": true, "state": true, "united": true, "world": true, "house": true, "city": true, "white": true}

// firms are words that end the names of firms and may be left off.
var firms = map[string]bool{"group": true, "inc": true, "corp": true, "corporation": true, "co": true, "company": true, "ltd": true, "plc": true, "ag": true, "gmbh": true, "sa": true,
	"holdings": true, "industries": true, "motors": true, "airlines": true, "airways": true}

// firm reports an organisation whose name says that it is a firm.
func (g *group) firm() bool {
	return g.kind == news.Organisation && len(g.words) > 1 && firms[g.words[len(g.words)-1]]
}

// shorter is "Ruiz" for "Ana Ruiz", "Tervane" for "Tervane Group", "Tribune" for nothing.
func shorter(short, long *group) bool {
	if len(short.words) >= len(long.words) {
		return false
	}
	switch {
	case short.kind != long.kind: // what the parser takes for a place, a person
		return len(short.words) == 1 && long.firm() && short.words[0] == long.words[0]
	case short.kind == news.Person:
		last := long.words[len(long.words)-1]
		if len(short.words) == 1 {
			return short.words[0] == last
		}
		return short.words[len(short.words)-1] == last && !slices.ContainsFunc(short.words, func(w string) bool { return !slices.Contains(long.words, w) })
	case short.kind == news.Organisation:
		n := len(short.words)
		return slices.Equal(long.words[:n], short.words) && !generic[short.words[0]] || n > 1 && slices.Equal(long.words[len(long.words)-n:], short.words)
	}
	return false
}

// leastMisspelt is the fewest letters of a name that a letter's difference leaves the same.
const leastMisspelt = 6

// misspelt is "Ana Ruizz" for "Ana Ruiz": people's full names that differ in one letter of one
// long word. Which of the two is the misspelling the number of articles tells.
func misspelt(a, b *group) bool {
	if a.kind != news.Person || b.kind != a.kind || len(a.words) != len(b.words) || len(a.words) < 2 {
		return false
	}
	differs := 0
	for i := range a.words {
		if a.words[i] != b.words[i] {
			if differs++; differs > 1 || min(len(a.words[i]), len(b.words[i])) < leastMisspelt || !near(a.words[i], b.words[i]) {
				return false
			}
		}
	}
	return differs == 1
}

// sameOffice is "Alex Olsen" for "Aleksander Olsen", where both are said to hold one office.
func sameOffice(a, b *group) bool {
	if a.kind != news.Person || b.kind != a.kind || len(a.words) < 2 || len(b.words) < 2 || a.words[len(a.words)-1] != b.words[len(b.words)-1] || a.words[0][0] != b.words[0][0] {
		return false
	}
	return sharesRole(a, b)
}

// near reports whether two words differ by one letter: another, one more, or two that changed
// places.
func near(x, y string) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) < len(y) {
		return x[i:] == y[i+1:]
	}
	return i == len(x) || x[i+1:] == y[i+1:] || i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && x[i+2:] == y[i+2:]
}

// passing are words of a description that say nothing of who is meant.
var passing = map[string]bool{"the": true, "its": true, "their": true, "new": true, "then": true, "s": true, "own": true}

// describe joins those who are only described.
func (j *joining) describe() {
	for _, i := range j.order {
		for _, e := range j.articles[i].Entities {
			k := key{i, e.ID}
			if j.of[k] != nil || e.Anonymous {
				continue
			}
			var all []*group
			for _, g := range j.groups {
				if g.into == nil && (g.kind == e.Type || g.kind == news.Organisation && e.Type == news.OtherEntity) && g.answers(e) {
					all = append(all, g)
				}
			}
			if len(all) > 1 {
				all = slices.DeleteFunc(all, func(g *group) bool { return !g.meant(j.articles[i], i, e) })
			}
			if len(all) != 1 {
				continue
			}
			found := all[0]
			j.of[k] = found
			if found.rule[k] = "description"; e.Type == news.Person {
				found.rule[k] = "office"
			}
		}
	}
}

// meant reports whether an article of some number, which speaks of "the ministry", tells that it is this one:
// it names it, or somebody in an office that has the rest of its name, "the works minister".
func (g *group) meant(a news.Annotation, number int, e news.Entity) bool {
	if g.articles[number] {
		return true
	}
	said := strings.Fields(news.Fold(e.Name))
	for _, w := range g.words {
		if len(w) > 3 && !slices.Contains(said, w) && slices.ContainsFunc(a.Entities, func(p news.Entity) bool { return p.Type == news.Person && slices.Contains(p.Roles, w) }) {
			return true
		}
	}
	return false
}

// answers reports whether all that a description says holds of a group.
func (g *group) answers(e news.Entity) bool {
	words := e.Roles
	holds := func(w string) bool { return g.roles[w] }
	if e.Type != news.Person {
		words = strings.Fields(news.Fold(e.Name))
		if len(words) < 2 || words[0] != "the" || g.kind != news.Organisation {
			return false
		}
		holds = func(w string) bool { return slices.Contains(g.words, w) }
	}
	said := 0
	for _, w := range words {
		if passing[w] {
			continue
		}
		if !holds(w) {
			return false
		}
		said++
	}
	return said > 0
}

// answer names the groups and puts their ids into the articles.
func (j *joining) answer() Joined {
	out := Joined{Annotations: make([]news.Annotation, len(j.articles))}
	type known struct {
		id   news.EntityID
		name string
	}
	record := map[*group]known{}
	taken := map[news.EntityID]bool{}
	for _, g := range j.groups {
		if g.into != nil {
			continue
		}
		name := g.name()
		id := g.first.local
		if g.kind != news.Person || strings.Contains(name, " ") {
			if id = news.NewEntityID("", string(g.kind)+" "+name); taken[id] {
				id = news.NewEntityID("", string(g.kind)+" "+name+" "+string(g.gender)+" "+string(g.first.local))
			}
		}
		taken[id] = true
		record[g] = known{id, name}
		out.Entities = append(out.Entities, news.Entity{ID: id, Name: name, Type: g.kind, Roles: sorted(g.roles), Gender: g.gender})
	}
	for i, a := range j.articles {
		active := speaking(a)
		to := map[news.EntityID]news.EntityID{}
		names := map[news.EntityID]string{}
		why := map[news.EntityID]string{}
		for _, e := range a.Entities {
			k := key{i, e.ID}
			g := j.of[k]
			if g == nil {
				if active[e.ID] {
					bare := e
					bare.Mentions = nil
					out.Entities = append(out.Entities, bare)
					out.Mentions = append(out.Mentions, news.Resolved{Article: a.Article.ID, Local: e.ID, Entity: e.ID})
				}
				continue
			}
			g = g.end()
			to[e.ID], names[e.ID], why[e.ID] = record[g].id, record[g].name, g.rule[k]
			out.Mentions = append(out.Mentions, news.Resolved{Article: a.Article.ID, Local: e.ID, Entity: record[g].id})
		}
		out.Annotations[i] = renamed(a, to, names, why)
	}
	return out
}

func sorted(set map[string]bool) (out []string) {
	for w := range set {
		out = append(out, w)
	}
	slices.Sort(out)
	return out
}

// speaking are the entities that have a part in a statement.
func speaking(a news.Annotation) map[news.EntityID]bool {
	m := map[news.EntityID]bool{}
	for _, s := range a.Statements {
		m[s.Speaker.Entity], m[s.Addressee.Entity] = true, true
		for _, r := range s.RelayedBy {
			m[r] = true
		}
	}
	return m
}

// renamed is the annotation with ids and speakers' names put for others; the one given is left
// alone, and so are the article's own names of its entities.
func renamed(a news.Annotation, to map[news.EntityID]news.EntityID, names, why map[news.EntityID]string) news.Annotation {
	if len(to) == 0 {
		return a
	}
	id := func(e news.EntityID) news.EntityID { return cmp.Or(to[e], e) }
	ids := func(list []news.EntityID) (out []news.EntityID) {
		for _, e := range list {
			if e = id(e); !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
		return out
	}
	entities := make([]news.Entity, 0, len(a.Entities))
	at := map[news.EntityID]int{}
	for _, e := range a.Entities {
		e.ID = id(e.ID)
		if i, ok := at[e.ID]; ok { // two of the article are one of the record
			entities[i].Mentions = slices.Concat(entities[i].Mentions, e.Mentions)
			continue
		}
		at[e.ID] = len(entities)
		entities = append(entities, e)
	}
	statements := slices.Clone(a.Statements)
	for i := range statements {
		s := &statements[i]
		if name := names[s.Speaker.Entity]; name != "" && name != s.Speaker.Name {
			s.Speaker.Reason.Detail = strings.TrimPrefix(s.Speaker.Reason.Detail+"; "+s.Speaker.Name+" is "+name+" by "+why[s.Speaker.Entity], "; ")
			s.Speaker.Name = name
		}
		s.Speaker.Entity, s.Addressee.Entity = id(s.Speaker.Entity), id(s.Addressee.Entity)
		s.RelayedBy = ids(s.RelayedBy)
		s.Frame = joined(s.Frame, id)
	}
	a.Entities, a.Statements = entities, statements
	a.Lead.Entities, a.Lead.Places = ids(a.Lead.Entities), ids(a.Lead.Places)
	return a
}

// joined is a frame with its entities as those of the record.
func joined(f news.Frame, id func(news.EntityID) news.EntityID) news.Frame {
	f.Subject.Entity, f.Object.Entity = id(f.Subject.Entity), id(f.Object.Entity)
	f.Oblique, f.Further = slices.Clone(f.Oblique), slices.Clone(f.Further)
	for k := range f.Oblique {
		f.Oblique[k].Entity = id(f.Oblique[k].Entity)
	}
	for k := range f.Further {
		f.Further[k] = joined(f.Further[k], id)
	}
	return f
}
