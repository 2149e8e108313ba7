// Package mention finds who and what an article names, and every place where it does so.
//
// Names come from package span, the parser's and their clean-up; they are put together
// by their words alone (cluster.go): the last name joins the fullest one, a second pass finds
// every further place of a name already known. Then nominals ("the mayor", "the Russian
// leader") and pronouns are led back to names by office, nationality, gender, number and
// nearness (nominal.go, pronoun.go; package noun says what a noun tells by itself). What leads
// nowhere is not guessed.
//
// Entities are of one article; package resolve joins them across articles.
package mention

import (
	"maps"
	"slices"
	"strings"

	"dateline/annotate/mention/names"
	"dateline/annotate/mention/span"
	"dateline/annotate/syntax"
	"dateline/news"
)

// A Finder holds the entities of one parsed article.
type Finder struct {
	d      *syntax.Doc
	all    []*entity
	at     []int // entity of the mention that covers each token, -1 if none
	head   []int // entity of the mention that each token heads, -1 if none
	spoken Spoken
}

// An entity is what is known of someone or something in this article.
type entity struct {
	kind      news.EntityType
	name      string   // the fullest form
	words     []string // of it, folded
	gender    names.Gender
	guessed   bool            // the gender is that of a pronoun that was led to it
	roles     map[string]bool // lower-case words of its titles and appositions: "president", "russian"
	of        map[string]bool // words of what one holds them of: "the Port Authority", "Port Alba"
	body      int             // the organisation among that, -1 if there is none
	plural    bool
	anonymous bool
	described bool // has no name in the article
	mentions  []mention
}

type mention struct {
	r    syntax.Range
	head int
	kind news.MentionKind
}

// Spoken is what is known of the statements of a text before it is known who makes them: who spoke last is
// likely to be meant by the next "he said", and nobody who is quoted calls himself "he".
type Spoken struct {
	Heads map[int]bool // tokens that head the source of a statement
	By    []int        // for each token the head of the source in whose quoted words it stands, -1 for none
}

// Find finds the entities of a parsed text. dateline is the place that the article is from, "" where it does
// not say.
func Find(d *syntax.Doc, spoken Spoken, dateline string) *Finder {
	f := &Finder{d: d, at: make([]int, d.N), head: make([]int, d.N), spoken: spoken}
	for i := range f.at {
		f.at[i], f.head[i] = -1, -1
	}
	f.cluster(span.Find(d), news.Fold(dateline))
	f.again()
	f.learnRoles()
	f.again() // of those who only now are known for people
	f.walk()
	return f
}

// add puts a mention into entity e.
func (f *Finder) add(e int, m mention) {
	f.all[e].mentions = append(f.all[e].mentions, m)
	for i := m.r.Start; i < m.r.End; i++ {
		f.at[i] = e
	}
	f.head[m.head] = e
}

// Entities are the entities found, in the order of their first mentions. scope makes their ids.
func (f *Finder) Entities(scope string) []news.Entity {
	var out []news.Entity
	for i := range f.all {
		if len(f.all[i].mentions) > 0 {
			out = append(out, f.Entity(scope, i))
		}
	}
	slices.SortStableFunc(out, func(x, y news.Entity) int { return x.Mentions[0].Span.Start - y.Mentions[0].Span.Start })
	return out
}

// Entity is the n-th entity.
func (f *Finder) Entity(scope string, n int) news.Entity {
	e := f.all[n]
	out := news.Entity{ID: f.ID(scope, n), Name: e.name, Type: e.kind, Anonymous: e.anonymous, Roles: slices.Sorted(maps.Keys(e.roles))}
	if !e.guessed {
		out.Gender = genders[e.gender]
	}
	for _, m := range e.mentions {
		out.Mentions = append(out.Mentions, news.Mention{Span: f.d.Bytes(m.r), Kind: m.kind})
	}
	slices.SortStableFunc(out.Mentions, func(x, y news.Mention) int { return x.Span.Start - y.Span.Start })
	return out
}

var genders = map[names.Gender]news.Gender{names.Female: news.Female, names.Male: news.Male}

// ID names an entity: by its name, and one without a name by the place of its description too,
// for two "officials" are not the same.
func (f *Finder) ID(scope string, n int) news.EntityID {
	e := f.all[n]
	if e.described && len(e.mentions) > 0 {
		return news.NewEntityID(scope, e.name+" @"+itoa(f.ordinal(n)))
	}
	return news.NewEntityID(scope, e.name+" "+string(e.kind))
}

// ordinal counts the described entities of the same name before the n-th.
func (f *Finder) ordinal(n int) (k int) {
	for _, e := range f.all[:n] {
		if e.described && e.name == f.all[n].name {
			k++
		}
	}
	return k
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// At is the entity whose mention is headed by token t, -1 if there is none.
func (f *Finder) At(t int) int {
	if t < 0 {
		return -1
	}
	if e := f.head[t]; e >= 0 {
		return e
	}
	return f.at[t]
}

// Len is the number of entities.
func (f *Finder) Len() int { return len(f.all) }

// Name, Type, Anonymous, Named and Person tell of the n-th entity.
func (f *Finder) Name(n int) string          { return f.all[n].name }
func (f *Finder) Type(n int) news.EntityType { return f.all[n].kind }
func (f *Finder) Anonymous(n int) bool       { return f.all[n].anonymous }
func (f *Finder) Named(n int) bool           { return !f.all[n].described }
func (f *Finder) Person(n int) bool          { return f.all[n].kind == news.Person }

// Mentions counts the places where the n-th entity is named.
func (f *Finder) Mentions(n int) int { return len(f.all[n].mentions) }

func fold(words []string) []string {
	var out []string
	for _, w := range words {
		if w = news.Fold(w); w != "" {
			out = append(out, strings.Fields(w)...)
		}
	}
	return out
}
