// Package span finds the names that stand in a parsed text, one by one: where each begins and
// ends, what kind of thing it names, and which titles stand before it.
//
// It takes the parser's entities, trims them at both ends and mends their kinds, and adds names
// that the parser saw none in: a title and the capitalised words after it, a noun for a kind of
// body and its name, capitalised words of which the article says what kind of person they are.
//
// It needs the parse alone. Which names are of one and the same, package mention says.
package span

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/annotate/mention/names"
	"dateline/annotate/mention/noun"
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
	"dateline/news"
)

// A Name is a name as it stands, before it is put together with others.
type Name struct {
	Range  syntax.Range
	Kind   news.EntityType
	Roles  []string // titles and nationality before it
	Gender names.Gender
	Titled bool // a title stands before it
}

// kindOf are the types of the parser's entities that are someone or something.
var kindOf = map[syntax.Ent]news.EntityType{
	syntax.EntPerson: news.Person, syntax.EntOrg: news.Organisation, syntax.EntGpe: news.Place, syntax.EntLoc: news.Place, syntax.EntFac: news.Place,
	syntax.EntNorp: news.Group, syntax.EntEvent: news.OtherEntity, syntax.EntProduct: news.OtherEntity, syntax.EntLaw: news.OtherEntity, syntax.EntWorkOfArt: news.OtherEntity,
}

// Find returns the parser's names, cleaned up, and those that it did not take for one.
func Find(d *syntax.Doc) (out []Name) {
	taken := make([]bool, d.N)
	for i := 0; i < d.N; i++ {
		if d.Ent[i] == 0 {
			continue
		}
		end := i + 1
		for end < d.N && d.Ent[end] == d.Ent[i] && !d.EntBegin[end] {
			end++
		}
		if kind, ok := kindOf[d.Ent[i]]; ok {
			if s, ok := clean(d, Name{Range: syntax.Range{Start: i, End: end}, Kind: kind}); ok {
				out = append(out, s)
				for k := s.Range.Start; k < s.Range.End; k++ {
					taken[k] = true
				}
			}
		}
		i = end - 1
	}
	// titled-name: "Mayor Ana Ruiz" where the parser saw no person.
	for i := 0; i+1 < d.N; i++ {
		if taken[i] || taken[i+1] || !Title(d, i) || !Capital(d.Orth[i]) || d.Pos[i+1] != syntax.PosPropn || Title(d, i+1) || !Capital(d.Orth[i+1]) {
			continue
		}
		end := i + 1
		for end < d.N && end < i+5 && d.Pos[end] == syntax.PosPropn && Capital(d.Orth[end]) && !taken[end] {
			end++
		}
		if s, ok := clean(d, Name{Range: syntax.Range{Start: i, End: end}, Kind: news.Person}); ok && (names.Known(d.Orth[s.Range.Start]) || hasHonorific(d, s.Range.Start)) {
			out = append(out, s)
			for k := s.Range.Start; k < s.Range.End; k++ {
				taken[k] = true
			}
		}
	}
	// named-kind: "the website Albaline" where the parser saw no name, or a person's.
	for i := 1; i < d.N; i++ {
		if !kinds[d.Lower[i-1]] || d.Pos[i-1] != syntax.PosNoun || d.Pos[i] != syntax.PosPropn || !Capital(d.Orth[i]) || names.Known(d.Orth[i]) || d.Unit[i] != d.Unit[i-1] {
			continue
		}
		end := i + 1
		for end < d.N && end < i+4 && d.Pos[end] == syntax.PosPropn && Capital(d.Orth[end]) && taken[end] == taken[i] {
			end++
		}
		if !taken[i] {
			out = append(out, Name{Range: syntax.Range{Start: i, End: end}, Kind: news.Organisation})
			for k := i; k < end; k++ {
				taken[k] = true
			}
			continue
		}
		for k := range out {
			if out[k].Range.Start == i && out[k].Kind != news.Group && !out[k].Titled {
				out[k].Kind = news.Organisation
			}
		}
	}
	return unlabelled(d, taken, out)
}

// kinds are nouns after which an organisation is named.
var kinds = map[string]bool{"website": true, "site": true, "agency": true, "newspaper": true, "paper": true, "daily": true, "weekly": true, "magazine": true, "broadcaster": true, "station": true, "channel": true,
	"company": true, "firm": true, "builder": true, "airline": true, "airlines": true, "charity": true, "bank": true, "retailer": true, "carmaker": true, "automaker": true, "startup": true, "start-up": true, "union": true, "tracker": true, "pollster": true}

// unlabelled adds names that the parser took for no entity: one that something is in, and two to four capitalised
// proper nouns in a row whose first is a given name, whose last stands alone elsewhere, or of
// which the article says what kind of person it is.
func unlabelled(d *syntax.Doc, taken []bool, out []Name) []Name {
	alone := map[string]int{}
	proper := func(i int) bool {
		return i >= 0 && i < d.N && d.Pos[i] == syntax.PosPropn && !taken[i] && d.Ent[i] == 0 && Capital(d.Orth[i]) && d.Orth[i] != strings.ToUpper(d.Orth[i])
	}
	for i := range d.N {
		if proper(i) && !proper(i-1) && !proper(i+1) {
			alone[d.Orth[i]]++
		}
	}
	for i := 0; i < d.N; i++ {
		if !proper(i) {
			continue
		}
		end := i + 1
		for end < d.N && (proper(end) || d.Orth[end] == "-") && d.Unit[end] == d.Unit[i] {
			end++
		}
		r := syntax.Range{Start: i, End: end}
		for r.Len() > 1 && (Title(d, r.Start) || names.Belonging(d.Orth[r.Start]) != "") {
			r.Start++
		}
		i = end
		if r.Len() == 1 && !Common(d.Lower[r.Start]) && !Title(d, r.Start) && Within(d, r) {
			out = append(out, Name{Range: r, Kind: news.Place}) // "in Sandholm"
			taken[r.Start] = true
			continue
		}
		if r.Len() < 2 || r.Len() > 4 || Title(d, r.End-1) {
			continue
		}
		head := Head(d, r)
		is := names.Known(d.Orth[r.Start]) || alone[d.Orth[r.End-1]] > 1
		for _, c := range d.Children(head) {
			is = is || d.Dep[c] == syntax.DepAppos && noun.Person(d, c)
		}
		is = is || d.Dep[head] == syntax.DepDobj && d.Lemma[d.Head[head]] == "interview" || r.Start > 0 && d.Lower[r.Start-1] == "interviews"
		if h := d.Head[head]; d.Subject(head) && d.Lemma[h] == "be" {
			for _, c := range d.Children(h) {
				is = is || d.Dep[c] == syntax.DepAttr && noun.Person(d, c)
			}
		}
		if !is {
			continue
		}
		if s, ok := clean(d, Name{Range: r, Kind: news.Person}); ok {
			out = append(out, s)
			for k := s.Range.Start; k < s.Range.End; k++ {
				taken[k] = true
			}
		}
	}
	return out
}

// GivenBefore reports whether a given name that the parser leaves out stands before the last name at t.
func GivenBefore(d *syntax.Doc, t int) bool {
	i := t - 1
	return i >= 0 && d.Ent[i] == 0 && d.Dep[i] == syntax.DepCompound && d.Head[i] == t && Capital(d.Orth[i]) && !Title(d, i) && !Common(d.Lower[i]) &&
		names.Belonging(d.Orth[i]) == "" && names.Country(d.Orth[i]) == "" && d.Orth[i] != strings.ToUpper(d.Orth[i])
}

func hasHonorific(d *syntax.Doc, at int) bool {
	if at == 0 {
		return false
	}
	_, ok := names.Honorifics[d.Lower[at-1]]
	return ok
}

// givenAndLast reports a given name with a last name that is no English word: "Ana Ruiz", not
// "Virginia Beach". The parser takes many for organisations.
func givenAndLast(d *syntax.Doc, r syntax.Range) bool {
	if r.Len() != 2 || !names.Known(d.Orth[r.Start]) || !Capital(d.Orth[r.Start+1]) || names.Country(d.Of(r)) != "" {
		return false
	}
	last := d.Lower[r.Start+1]
	return !names.Titles[last] && !Common(last) && !Common(strings.TrimSuffix(last, "s"))
}

// calledPerson reports a name of two words or three that stands before a noun for a woman, a man or an
// office: "Valeska Alba, an Australian woman". A builder or a carrier may be a firm.
func calledPerson(d *syntax.Doc, r syntax.Range) bool {
	if r.Len() < 2 || r.Len() > 3 || names.Country(d.Of(r)) != "" {
		return false
	}
	for _, c := range d.Children(Head(d, r)) {
		if d.Dep[c] == syntax.DepAppos && c > r.End && d.Pos[c] == syntax.PosNoun && (names.Gendered[d.Lemma[c]] != names.Unknown || names.Titles[d.Lower[c]]) {
			return true
		}
	}
	return false
}

// Capital reports whether a word begins with a capital letter.
func Capital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// Title reports whether token i is a title or an honorific.
func Title(d *syntax.Doc, i int) bool {
	w := d.Lower[i]
	_, honorific := names.Honorifics[w]
	return honorific || names.Titles[w]
}

// clean trims a name at both ends and takes titles off a person's.
func clean(d *syntax.Doc, s Name) (Name, bool) {
	r := s.Range
	for i := r.Start; i < r.End; i++ { // what reaches over a line or into a quotation is two things
		if i > r.Start && (d.Space[i] && strings.Contains(d.Orth[i], "\n") || d.Orth[i] == "\"" || d.Orth[i] == "“" || d.Orth[i] == "”" || d.Orth[i] == "(" || d.Orth[i] == ":" || d.Par[i] != d.Par[r.Start]) {
			r.End = i
			break
		}
	}
	if i := r.Start + 2; i+1 < r.End && (d.Lower[i] == "for" || d.Lower[i] == "of" || d.Lower[i] == "from") && givenAndLast(d, syntax.Range{Start: r.Start, End: i}) {
		r.End, s.Kind = i, news.Person // "Lydia Olin for Vesk Air": who, and whom for
	}
	for r.Len() > 0 {
		if w := d.Lower[r.Start]; d.Punct[r.Start] || d.Space[r.Start] || w == "the" || w == "a" || w == "an" || w == "'s" || w == "’s" {
			r.Start++
			continue
		}
		if w := d.Lower[r.End-1]; (d.Punct[r.End-1] && d.Orth[r.End-1] != ".") || d.Space[r.End-1] || w == "'s" || w == "’s" || w == "the" || w == "s" && r.Len() > 1 {
			r.End--
			continue
		}
		break
	}
	for i := r.End - 2; i > r.Start; i-- { // "Port Alba Mayor Ana Ruiz", "Council Mr Ruiz": two things run together
		_, honorific := names.Honorifics[d.Lower[i]]
		if honorific || s.Kind == news.Person && names.Titles[d.Lower[i]] && r.End-i > 2 {
			for k := r.Start; k <= i; k++ {
				s.addRole(d.Lower[k])
			}
			s.Kind, r.Start = news.Person, i+1
			break
		}
	}
	for s.Kind == news.Person && r.Len() > 1 && d.Pos[r.Start] == syntax.PosAdp { // "Inside Ruiz's campaign"
		r.Start++
	}
	if s.Kind != news.Person && s.Kind != news.Group && (givenAndLast(d, r) || calledPerson(d, r)) {
		s.Kind = news.Person
	}
	if (s.Kind == news.OtherEntity || s.Kind == news.Place) && r.Len() > 1 && names.Country(d.Of(r)) == "" && wordclass.Noun(d.Lower[r.End-1]).Of(wordclass.Group) > .5 {
		s.Kind = news.Organisation // "Port Alba Dockers' Union"
	}
	if s.Kind == news.Person || s.Kind == news.Organisation || s.Kind == news.Place {
		// "President Ruiz" may be taken for anything: a title at the front makes a person of it.
		for i := r.Start; i < r.End-1 && (Title(d, i) || i == r.Start && names.Belonging(d.Orth[i]) != "" && s.Kind == news.Person); {
			if s.Kind != news.Person && !(r.Len() <= 3 && (names.Honorifics[d.Lower[i]] != names.Unknown || d.Lower[i] == "president" || names.Known(d.Orth[i+1]))) {
				break
			}
			s.Kind = news.Person
			s.addRole(d.Lower[i])
			r.Start++
			i = r.Start
			for r.Start < r.End-1 && (d.Lower[r.Start] == "of" || d.Punct[r.Start]) {
				r.Start++
				i = r.Start
			}
		}
		if s.Kind == news.Person && r.Len() == 1 && Title(d, r.Start) && len(s.Roles) == 0 {
			return s, false
		}
	}
	if r.Len() <= 0 || r.Len() > 12 {
		return s, false
	}
	s.Range = r
	if s.Kind == news.Person && r.Len() == 1 && GivenBefore(d, r.Start) {
		r.Start--
		s.Range = r
	}
	if s.Kind == news.Person && r.Len() == 1 && r.Start > 1 && d.Lower[r.Start-1] == "of" && Title(d, r.Start-2) && !names.Known(d.Orth[r.Start]) {
		s.Kind = news.Place // "the mayor of Port": what somebody holds an office of
	}
	text := d.Of(r)
	if names.Country(text) != "" && s.Kind != news.Group {
		s.Kind = news.Place
	}
	if s.Kind == news.Person {
		if !Capital(d.Orth[r.Start]) || strings.ContainsAny(text, "@#/0123456789") {
			return s, false
		}
		for i := r.Start - 1; i >= max(0, r.Start-5) && d.Par[i] == d.Par[r.Start]; i-- {
			if i == r.Start-1 && d.Lower[i] == "of" || !Title(d, i) && names.Belonging(d.Orth[i]) == "" && d.Ent[i] != syntax.EntNorp && d.Lower[i] != "of" && d.Lower[i] != "and" {
				if d.Dep[i] == syntax.DepCompound && d.Head[i] == i+1 && Title(d, i+1) { // "union chairman Ana Ruiz"
					s.addRole(d.Lemma[i])
				}
				break
			}
			s.addRole(d.Lower[i])
		}
	} else if s.Kind == news.Group && d.Pos[r.End-1] == syntax.PosAdj {
		return s, false // "Ukrainian" says what something is like
	}
	return s, true
}

func (s *Name) addRole(w string) {
	if g, ok := names.Honorifics[w]; ok {
		s.Titled = true
		if g != names.Unknown {
			s.Gender = g
		}
	}
	if g := names.Gendered[w]; g != names.Unknown {
		s.Gender = g
	}
	s.Titled = s.Titled || names.Titles[w]
	s.Roles = append(s.Roles, strings.TrimSuffix(w, "."))
}

// Within reports whether something is told to be in what a word names: "in Port", "near Port", but
// not "in Port's view".
func Within(d *syntax.Doc, r syntax.Range) bool {
	if r.Start == 0 || r.End < d.N && (d.Lower[r.End] == "'s" || d.Lower[r.End] == "’s") || names.Known(d.Orth[r.Start]) {
		return false
	}
	switch d.Lower[r.Start-1] {
	case "in", "near", "outside", "off", "across", "throughout":
		return d.Dep[r.Start] == syntax.DepPobj && !d.Verbal(d.Head[d.Head[r.Start]]) || d.Verbal(d.Head[d.Head[r.Start]]) && !trusts[d.Lemma[d.Head[d.Head[r.Start]]]]
	}
	return false
}

// trusts are verbs whose "in" leads to people.
var trusts = map[string]bool{"believe": true, "trust": true, "confide": true, "delight": true, "find": true, "see": true}

// Head is the token of a range that the others hang on.
func Head(d *syntax.Doc, r syntax.Range) int {
	for i := r.Start; i < r.End; i++ {
		if !r.Has(d.Head[i]) || d.Head[i] == i {
			return i
		}
	}
	return r.End - 1
}

// Common reports whether a word is an English noun or verb.
func Common(w string) bool {
	return wordclass.Noun(w)[0].Class != wordclass.None || wordclass.Verb(w)[0].Class != wordclass.None
}
