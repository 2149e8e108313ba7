package mention

import (
	"slices"
	"strings"

	"dateline/annotate/mention/names"
	"dateline/annotate/mention/span"
	"dateline/annotate/syntax"
	"dateline/news"
)

// cluster puts names together that name the same, by their words.
func (f *Finder) cluster(all []span.Name, dateline string) {
	d := f.d
	words := make([][]string, len(all))
	kinds := map[string]map[news.EntityType]int{} // the same words are the same kind of thing
	part := map[string]bool{}                     // first and last words of people's full names
	for i, s := range all {
		words[i] = nameWords(d, s.Range)
		key := strings.Join(words[i], " ")
		if kinds[key] == nil {
			kinds[key] = map[news.EntityType]int{}
		}
		kinds[key][s.Kind]++
		switch {
		case s.Titled:
			kinds[key][s.Kind] += 2
		case key == dateline:
			kinds[key][news.Place] += sure
		case s.Range.Len() == 1 && (s.Kind == news.Person || s.Kind == news.OtherEntity || s.Kind == news.Organisation && !span.Common(d.Lower[s.Range.Start])) && span.Within(d, s.Range):
			kinds[key][news.Place] += 3
		}
		if s.Kind == news.Person && len(words[i]) > 1 {
			part[words[i][len(words[i])-1]] = true
			if names.Known(d.Orth[s.Range.Start]) {
				part[words[i][0]] = true
			}
		}
	}
	for i := range all {
		votes := kinds[strings.Join(words[i], " ")]
		if len(words[i]) == 1 && part[words[i][0]] && all[i].Kind != news.Group {
			votes[news.Person] += 1 + votes[news.Organisation] + votes[news.Place]
		}
		for _, k := range []news.EntityType{news.Person, news.Organisation, news.Place, news.OtherEntity} {
			if votes[k] > votes[all[i].Kind] && all[i].Kind != news.Group {
				all[i].Kind = k
			}
		}
	}
	// Full names first: the short ones join them wherever they stand.
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		return min(1, len(words[y])-1) - min(1, len(words[x])-1)
	})
	for _, i := range order {
		if len(words[i]) > 0 {
			f.join(all[i], words[i])
		}
	}
	for _, e := range f.all {
		slices.SortStableFunc(e.mentions, func(x, y mention) int { return x.r.Start - y.r.Start })
	}
}

// sure is a vote that no count of what the parser takes a name for outweighs.
const sure = 1000

// nameWords are the words of a name, folded, without what follows it ("Jr").
func nameWords(d *syntax.Doc, r syntax.Range) []string {
	var w []string
	for i := r.Start; i < r.End; i++ {
		if !d.Space[i] && !d.Punct[i] {
			w = append(w, d.Orth[i])
		}
	}
	if n := names.Country(d.Of(r)); n != "" {
		return []string{news.Fold(n)}
	}
	w = fold(w)
	for len(w) > 2 && (w[len(w)-1] == "jr" || w[len(w)-1] == "sr" || w[len(w)-1] == "ii" || w[len(w)-1] == "iii") {
		w = w[:len(w)-1]
	}
	return w
}

// join adds a name to the entity it names, or makes a new one.
func (f *Finder) join(s span.Name, words []string) {
	best, bestScore := -1, 0
	for i, e := range f.all {
		if score := f.same(e, s, words); score > bestScore {
			best, bestScore = i, score
		}
	}
	if best >= 0 && s.Kind == news.Person && len(words) == 1 {
		best = f.namesake(words[0], s.Range.Start, best, func(e *entity) bool { return f.same(e, s, words) > 0 })
	}
	text := f.d.Of(s.Range)
	if best < 0 {
		best = len(f.all)
		e := &entity{kind: s.Kind, name: text, words: words, roles: map[string]bool{}}
		if n := names.Country(text); n != "" {
			e.name = n
		}
		f.all = append(f.all, e)
	}
	e := f.all[best]
	if len(words) > len(e.words) || len(words) == len(e.words) && len(words) > 1 && len(text) > len(e.name) && names.Country(e.name) == "" {
		e.words, e.name = words, text
	}
	for _, r := range s.Roles {
		e.roles[r] = true
	}
	if e.gender == names.Unknown {
		e.gender = s.Gender
	}
	if e.gender == names.Unknown && s.Kind == news.Person && len(words) > 1 {
		e.gender = names.Given(f.d.Orth[s.Range.Start])
	}
	f.add(best, mention{s.Range, span.Head(f.d, s.Range), news.ByName})
}

// namesake is whom a last name alone means at a token, of several people who have it: who is named much more
// often than the others, else who was named last before it. e is the one it is taken for where it has no namesake.
func (f *Finder) namesake(last string, at, e int, may func(*entity) bool) int {
	latest, before := e, -1
	for i, x := range f.all {
		if x.kind != news.Person || len(x.words) < 2 || x.words[len(x.words)-1] != last || !may(x) {
			continue
		}
		if i != e && muchMore*len(x.mentions) <= len(f.all[e].mentions) {
			continue
		}
		for _, m := range x.mentions[max(0, len(x.mentions)-mostLooked):] {
			if m.r.Start < at && m.r.Start > before {
				latest, before = i, m.r.Start
			}
		}
	}
	return latest
}

const (
	// muchMore is how many times as often one must be named as a namesake to be meant wherever the name stands.
	muchMore = 3
	// mostLooked bounds how many mentions of each are looked at: a page may be one name over and over.
	mostLooked = 200
)

// same scores how surely a name with these words is of entity e; 0 is not.
func (f *Finder) same(e *entity, s span.Name, words []string) int {
	if slices.Equal(e.words, words) && (e.kind == s.Kind || len(words) > 1) {
		return 100
	}
	if e.kind == news.Organisation && s.Kind != news.Group && len(words) == 1 && len(e.words) > 1 && words[0] == e.words[0] && firms[e.words[len(e.words)-1]] {
		return 30 // "Tervane" for "Tervane Group", whatever the parser took it for
	}
	if e.kind != s.Kind {
		return 0
	}
	short, long := words, e.words
	if len(short) > len(long) {
		short, long = long, short
	}
	last := long[len(long)-1]
	switch s.Kind {
	case news.Person:
		if s.Gender != names.Unknown && e.gender != names.Unknown && s.Gender != e.gender && len(short) == 1 {
			return 0
		}
		n := min(20, 2*len(e.mentions))
		if len(e.roles) > 0 {
			n += 10
		}
		switch {
		case len(short) == 1 && short[0] == last:
			return 10 + n
		case len(short) > 1 && short[len(short)-1] == last && subset(short, long):
			return 60 + n
		case len(short) > 1 && len(long) > 1 && alike(short, long):
			return 50
		case len(short) == 2 && len(long) == 2 && short[1] == long[1] && len(short[0]) >= 3 && len(long[0]) >= 3 && (strings.HasPrefix(long[0], short[0]) || strings.HasPrefix(short[0], long[0])):
			return 55 // "Tom Reed" for "Thomas Reed" is not told, "Alex" for "Alexander" is
		case len(short) == 1 && len(long) > 1 && len(short[0]) > 6 && near(short[0], last):
			return 5 + n
		case len(short) == 1 && len(long) > 1 && short[0] == long[0] && len(words) == 1:
			return 1 // a first name alone
		}
	case news.Organisation:
		// The acronym, and the beginning or the end of the full name.
		if len(short) == 1 && len(long) > 1 && short[0] == initials(long) {
			return 40
		}
		if len(long) > len(short) && (slices.Equal(long[:len(short)], short) || len(short) > 1 && slices.Equal(long[len(long)-len(short):], short)) && !generic[short[0]] {
			return 20
		}
	}
	return 0
}

// firms are words that end the names of firms and may be left off.
var firms = map[string]bool{"group": true, "inc": true, "corp": true, "corporation": true, "co": true, "company": true, "ltd": true, "plc": true, "ag": true, "gmbh": true, "sa": true, "holdings": true, "industries": true, "motors": true, "airlines": true, "airways": true}

// generic are words that begin the names of many organisations.
var generic = map[string]bool{"university": true, "national": true, "international": true, "ministry": true, "department": true, "american": true, "european": true, "royal": true, "first": true, "new": true, "council": true, "federal": true, "state": true, "united": true, "world": true, "house": true, "city": true, "white": true}

func subset(short, long []string) bool {
	for _, w := range short {
		if !slices.Contains(long, w) {
			return false
		}
	}
	return true
}

// alike reports whether two full names differ only as spellings do.
func alike(x, y []string) bool {
	return x[0] == y[0] && near(x[len(x)-1], y[len(y)-1]) && len(x[len(x)-1]) > 5
}

// near reports whether two words differ in one letter at most.
func near(x, y string) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 || x == "" || x[0] != y[0] {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) == len(y) {
		return i == len(x) || x[i+1:] == y[i+1:]
	}
	return x[i:] == y[i+1:]
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

// again finds every further place of a name already known: its words in a row, and the last
// name of a person.
func (f *Finder) again() {
	d := f.d
	type form struct {
		words []string
		e     int
		count int
	}
	forms := map[string][]form{}
	put := func(words []string, e, count int) {
		if len(words) == 0 || len(words[0]) < 2 && len(words) < 2 || !span.Capital(words[0]) {
			return
		}
		list := forms[words[0]]
		for i, x := range list {
			if slices.Equal(x.words, words) {
				if count > x.count {
					list[i].e, list[i].count = e, count
				}
				return
			}
		}
		forms[words[0]] = append(list, form{words, e, count})
	}
	for n, e := range f.all {
		if e.kind == news.Group {
			continue
		}
		for _, other := range names.Aliases(e.name) {
			put([]string{other}, n, 1)
		}
		for _, m := range e.mentions {
			words := d.Orth[m.r.Start:m.r.End]
			put(words, n, len(e.mentions)+100)
			if i := m.r.End; e.kind == news.Organisation && i+2 < d.N && d.Orth[i] == "(" && d.Orth[i+2] == ")" && len(words) > 1 && initials(fold(words)) == news.Fold(d.Orth[i+1]) {
				put(d.Orth[i+1:i+2], n, len(e.mentions)+100) // "the World Harbour Organisation (WHO)"
			}
			if e.kind == news.Person && len(words) > 1 {
				if last := words[len(words)-1]; len(last) > 2 && last != "." && !names.Titles[strings.ToLower(last)] {
					put(words[len(words)-1:], n, len(e.mentions))
				}
			}
		}
	}
	for i := 0; i < d.N; i++ {
		if f.at[i] >= 0 || d.Ent[i] == syntax.EntDate || d.Ent[i] == syntax.EntTime {
			continue
		}
		best := form{e: -1}
		for _, x := range forms[d.Orth[i]] {
			if len(x.words) > len(best.words) && i+len(x.words) <= d.N && slices.Equal(d.Orth[i:i+len(x.words)], x.words) && d.Par[i] == d.Par[i+len(x.words)-1] {
				best = x
			}
		}
		if best.e < 0 {
			continue
		}
		r := syntax.Range{Start: i, End: i + len(best.words)}
		if len(best.words) == 1 && f.partOfOther(i) {
			continue
		}
		if len(best.words) == 1 && f.all[best.e].kind == news.Person {
			best.e = f.namesake(news.Fold(best.words[0]), i, best.e, func(*entity) bool { return true })
		}
		if e := f.all[best.e]; e.kind == news.Person && r.Len() == 1 && span.GivenBefore(d, i) {
			r.Start--
			switch full := nameWords(d, r); {
			case len(e.words) == 1:
				e.words, e.name = full, d.Of(r)
			case !subset(full, e.words):
				continue // somebody else of that name
			}
		}
		f.add(best.e, mention{r, span.Head(d, r), news.ByName})
		i = r.End - 1
	}
}

// partOfOther reports whether a single word stands in a longer name of something else, as
// "Ruiz" in "Ruiz Tower".
func (f *Finder) partOfOther(i int) bool {
	d := f.d
	return i+1 < d.N && d.Dep[i] == syntax.DepCompound && d.Head[i] == i+1 && d.Pos[i+1] == syntax.PosPropn && span.Capital(d.Orth[i+1]) && f.at[i+1] < 0 && !span.Title(d, i+1)
}
