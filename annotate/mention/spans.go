package mention

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/annotate/mention/names"
	"dateline/annotate/syntax"
	"dateline/annotate/wordclass"
	"dateline/news"
)

// A span is a name as it stands, before it is put together with others.
type span struct {
	r      syntax.Range
	kind   news.EntityType
	roles  []string // titles and nationality before it
	gender names.Gender
	titled bool
}

// kindOf are the types of the parser's entities that are someone or something.
var kindOf = map[syntax.Ent]news.EntityType{
	syntax.EntPerson: news.Person, syntax.EntOrg: news.Organisation, syntax.EntGpe: news.Place, syntax.EntLoc: news.Place, syntax.EntFac: news.Place,
	syntax.EntNorp: news.Group, syntax.EntEvent: news.OtherEntity, syntax.EntProduct: news.OtherEntity, syntax.EntLaw: news.OtherEntity, syntax.EntWorkOfArt: news.OtherEntity,
}

// spans are the parser's names, cleaned up, and the capitalised words after a title that it
// did not take for one.
func (f *Finder) spans() (out []span) {
	d := f.d
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
			if s, ok := f.clean(span{r: syntax.Range{Start: i, End: end}, kind: kind}); ok {
				out = append(out, s)
				for k := s.r.Start; k < s.r.End; k++ {
					taken[k] = true
				}
			}
		}
		i = end - 1
	}
	// titled-name: "Mayor Ana Ruiz" where the parser saw no person.
	for i := 0; i+1 < d.N; i++ {
		if taken[i] || taken[i+1] || !f.title(i) || !capital(d.Orth[i]) || d.Pos[i+1] != syntax.PosPropn || f.title(i+1) || !capital(d.Orth[i+1]) {
			continue
		}
		end := i + 1
		for end < d.N && end < i+5 && d.Pos[end] == syntax.PosPropn && capital(d.Orth[end]) && !taken[end] {
			end++
		}
		if s, ok := f.clean(span{r: syntax.Range{Start: i, End: end}, kind: news.Person}); ok && (names.Known(d.Orth[s.r.Start]) || hasHonorific(d, s.r.Start)) {
			out = append(out, s)
			for k := s.r.Start; k < s.r.End; k++ {
				taken[k] = true
			}
		}
	}
	// named-kind: "the website Albaline" where the parser saw no name, or a person's.
	for i := 1; i < d.N; i++ {
		if !kinds[d.Lower[i-1]] || d.Pos[i-1] != syntax.PosNoun || d.Pos[i] != syntax.PosPropn || !capital(d.Orth[i]) || names.Known(d.Orth[i]) || d.Unit[i] != d.Unit[i-1] {
			continue
		}
		end := i + 1
		for end < d.N && end < i+4 && d.Pos[end] == syntax.PosPropn && capital(d.Orth[end]) && taken[end] == taken[i] {
			end++
		}
		if !taken[i] {
			out = append(out, span{r: syntax.Range{Start: i, End: end}, kind: news.Organisation})
			for k := i; k < end; k++ {
				taken[k] = true
			}
			continue
		}
		for k := range out {
			if out[k].r.Start == i && out[k].kind != news.Group && !out[k].titled {
				out[k].kind = news.Organisation
			}
		}
	}
	return f.unlabelled(taken, out)
}

// kinds are nouns after which an organisation is named.
var kinds = map[string]bool{"website": true, "site": true, "agency": true, "newspaper": true, "paper": true, "daily": true, "weekly": true, "magazine": true, "broadcaster": true, "station": true, "channel": true,
	"company": true, "firm": true, "builder": true, "airline": true, "airlines": true, "charity": true, "bank": true, "retailer": true, "carmaker": true, "automaker": true, "startup": true, "start-up": true, "union": true, "tracker": true, "pollster": true}

// unlabelled adds names that the parser took for no entity: one that something is in, and two to four capitalised
// proper nouns in a row whose first is a given name, whose last stands alone elsewhere, or of
// which the article says what kind of person it is.
func (f *Finder) unlabelled(taken []bool, out []span) []span {
	d := f.d
	alone := map[string]int{}
	proper := func(i int) bool {
		return i >= 0 && i < d.N && d.Pos[i] == syntax.PosPropn && !taken[i] && d.Ent[i] == 0 && capital(d.Orth[i]) && d.Orth[i] != strings.ToUpper(d.Orth[i])
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
		for r.Len() > 1 && (f.title(r.Start) || names.Belonging(d.Orth[r.Start]) != "") {
			r.Start++
		}
		i = end
		if r.Len() == 1 && !common(d.Lower[r.Start]) && !f.title(r.Start) && f.within(r) {
			out = append(out, span{r: r, kind: news.Place}) // "in Sandholm"
			taken[r.Start] = true
			continue
		}
		if r.Len() < 2 || r.Len() > 4 || f.title(r.End-1) {
			continue
		}
		head := f.headOf(r)
		is := names.Known(d.Orth[r.Start]) || alone[d.Orth[r.End-1]] > 1
		for _, c := range d.Children(head) {
			is = is || d.Dep[c] == syntax.DepAppos && isPerson(d, c)
		}
		is = is || d.Dep[head] == syntax.DepDobj && d.Lemma[d.Head[head]] == "interview" || r.Start > 0 && d.Lower[r.Start-1] == "interviews"
		if h := d.Head[head]; d.Subject(head) && d.Lemma[h] == "be" {
			for _, c := range d.Children(h) {
				is = is || d.Dep[c] == syntax.DepAttr && isPerson(d, c)
			}
		}
		if !is {
			continue
		}
		if s, ok := f.clean(span{r: r, kind: news.Person}); ok {
			out = append(out, s)
			for k := s.r.Start; k < s.r.End; k++ {
				taken[k] = true
			}
		}
	}
	return out
}

// givenBefore reports whether a given name that the parser leaves out stands before the last name at t.
func (f *Finder) givenBefore(t int) bool {
	d, i := f.d, t-1
	return i >= 0 && d.Ent[i] == 0 && d.Dep[i] == syntax.DepCompound && d.Head[i] == t && capital(d.Orth[i]) && !f.title(i) && !common(d.Lower[i]) &&
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
	if r.Len() != 2 || !names.Known(d.Orth[r.Start]) || !capital(d.Orth[r.Start+1]) || names.Country(d.Of(r)) != "" {
		return false
	}
	last := d.Lower[r.Start+1]
	return !names.Titles[last] && !common(last) && !common(strings.TrimSuffix(last, "s"))
}

// calledPerson reports a name of two words or three that stands before a noun for a woman, a man or an
// office: "Valeska Alba, an Australian woman". A builder or a carrier may be a firm.
func (f *Finder) calledPerson(r syntax.Range) bool {
	d := f.d
	if r.Len() < 2 || r.Len() > 3 || names.Country(d.Of(r)) != "" {
		return false
	}
	for _, c := range d.Children(f.headOf(r)) {
		if d.Dep[c] == syntax.DepAppos && c > r.End && d.Pos[c] == syntax.PosNoun && (names.Gendered[d.Lemma[c]] != names.Unknown || names.Titles[d.Lower[c]]) {
			return true
		}
	}
	return false
}

func capital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// title reports whether token i is a title or an honorific.
func (f *Finder) title(i int) bool {
	w := f.d.Lower[i]
	_, honorific := names.Honorifics[w]
	return honorific || names.Titles[w]
}

// clean trims a name at both ends and takes titles off a person's.
func (f *Finder) clean(s span) (span, bool) {
	d := f.d
	r := s.r
	for i := r.Start; i < r.End; i++ { // what reaches over a line or into a quotation is two things
		if i > r.Start && (d.Space[i] && strings.Contains(d.Orth[i], "\n") || d.Orth[i] == "\"" || d.Orth[i] == "“" || d.Orth[i] == "”" || d.Orth[i] == "(" || d.Orth[i] == ":" || d.Par[i] != d.Par[r.Start]) {
			r.End = i
			break
		}
	}
	if i := r.Start + 2; i+1 < r.End && (d.Lower[i] == "for" || d.Lower[i] == "of" || d.Lower[i] == "from") && givenAndLast(d, syntax.Range{Start: r.Start, End: i}) {
		r.End, s.kind = i, news.Person // "Lydia Olin for Vesk Air": who, and whom for
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
		if honorific || s.kind == news.Person && names.Titles[d.Lower[i]] && r.End-i > 2 {
			for k := r.Start; k <= i; k++ {
				s.addRole(d.Lower[k])
			}
			s.kind, r.Start = news.Person, i+1
			break
		}
	}
	for s.kind == news.Person && r.Len() > 1 && d.Pos[r.Start] == syntax.PosAdp { // "Inside Ruiz's campaign"
		r.Start++
	}
	if s.kind != news.Person && s.kind != news.Group && (givenAndLast(d, r) || f.calledPerson(r)) {
		s.kind = news.Person
	}
	if (s.kind == news.OtherEntity || s.kind == news.Place) && r.Len() > 1 && names.Country(d.Of(r)) == "" && wordclass.Noun(d.Lower[r.End-1]).Of(wordclass.Group) > .5 {
		s.kind = news.Organisation // "Port Alba Dockers' Union"
	}
	if s.kind == news.Person || s.kind == news.Organisation || s.kind == news.Place {
		// "President Ruiz" may be taken for anything: a title at the front makes a person of it.
		for i := r.Start; i < r.End-1 && (f.title(i) || i == r.Start && names.Belonging(d.Orth[i]) != "" && s.kind == news.Person); {
			if s.kind != news.Person && !(r.Len() <= 3 && (names.Honorifics[d.Lower[i]] != names.Unknown || d.Lower[i] == "president" || names.Known(d.Orth[i+1]))) {
				break
			}
			s.kind = news.Person
			s.addRole(d.Lower[i])
			r.Start++
			i = r.Start
			for r.Start < r.End-1 && (d.Lower[r.Start] == "of" || d.Punct[r.Start]) {
				r.Start++
				i = r.Start
			}
		}
		if s.kind == news.Person && r.Len() == 1 && f.title(r.Start) && len(s.roles) == 0 {
			return s, false
		}
	}
	if r.Len() <= 0 || r.Len() > 12 {
		return s, false
	}
	s.r = r
	if s.kind == news.Person && r.Len() == 1 && f.givenBefore(r.Start) {
		r.Start--
		s.r = r
	}
	if s.kind == news.Person && r.Len() == 1 && r.Start > 1 && d.Lower[r.Start-1] == "of" && f.title(r.Start-2) && !names.Known(d.Orth[r.Start]) {
		s.kind = news.Place // "the mayor of Port": what somebody holds an office of
	}
	text := d.Of(r)
	if names.Country(text) != "" && s.kind != news.Group {
		s.kind = news.Place
	}
	if s.kind == news.Person {
		if !capital(d.Orth[r.Start]) || strings.ContainsAny(text, "@#/0123456789") {
			return s, false
		}
		for i := r.Start - 1; i >= max(0, r.Start-5) && d.Par[i] == d.Par[r.Start]; i-- {
			if i == r.Start-1 && d.Lower[i] == "of" || !f.title(i) && names.Belonging(d.Orth[i]) == "" && d.Ent[i] != syntax.EntNorp && d.Lower[i] != "of" && d.Lower[i] != "and" {
				if d.Dep[i] == syntax.DepCompound && d.Head[i] == i+1 && f.title(i+1) { // "union chairman Ana Ruiz"
					s.addRole(d.Lemma[i])
				}
				break
			}
			s.addRole(d.Lower[i])
		}
	} else if s.kind == news.Group && d.Pos[r.End-1] == syntax.PosAdj {
		return s, false // "Ukrainian" says what something is like
	}
	return s, true
}

func (s *span) addRole(w string) {
	if g, ok := names.Honorifics[w]; ok {
		s.titled = true
		if g != names.Unknown {
			s.gender = g
		}
	}
	if g := names.Gendered[w]; g != names.Unknown {
		s.gender = g
	}
	s.titled = s.titled || names.Titles[w]
	s.roles = append(s.roles, strings.TrimSuffix(w, "."))
}
