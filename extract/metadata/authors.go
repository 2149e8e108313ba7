package metadata

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"dateline/extract/rule"
	"dateline/extract/stamp"
	"dateline/news"
)

// Authors are the people who wrote the article, as one prints their names, and the rule that
// found them: JSON-LD, then meta tags, then the printed bylines (each given as the separate
// texts of its box), then links with rel=author. Agencies and the outlet itself are no authors.
//
// runs are bylines that stand side by side, one name in each: where the data name some of
// them, they are all meant. closing are the lines that end the article.
func (f *Facts) Authors(bylines, runs [][]string, closing []string) ([]string, string) {
	names, by := f.statedAuthors()
	var printed []string
	if f.on(rule.AuthorByByline) {
		printed = f.printedAuthors(bylines)
	}
	switch {
	case len(printed) > 0 && (len(names) == 0 || oneWord(names)):
		return printed, "byline"
	case len(names) > 0 && f.on(rule.AuthorsBeside):
		for _, run := range runs {
			if all := f.printedNames(run); len(all) == len(run) && len(all) > len(names) && holds(all, names) {
				return all, "byline-names-more"
			}
		}
	case len(names) == 0:
		var links []Name
		t := f.Tree
		for i := range t.Nodes {
			if t.Nodes[i].Tag == atom.A && strings.EqualFold(t.Attr(int32(i), "rel"), "author") && !strings.Contains(t.Attr(int32(i), "href"), "/author/admin") {
				links = append(links, Name{Text: t.Text(int32(i))})
			}
		}
		// Links on every teaser of the page say nothing about this article.
		if names := f.people(links, true); len(names) > 0 && len(names) <= 3 && f.on(rule.AuthorByLink) {
			return names, "rel-author"
		}
		for _, line := range closing {
			if marks := f.marks(line); len(marks) > 0 && f.on(rule.AuthorMarks) {
				return marks, "marks-at-end"
			}
		}
		return nil, ""
	}
	return names, by
}

// marks are the short marks by which a newsroom signs what it does not sign with names: "(obe/kru)",
// "kru, obe; photo: Ana Ruiz". Those of agencies and of the newsroom as a whole are left out; one
// with the outlet's before it is left as it is printed ("alba/obe").
func (f *Facts) marks(line string) []string {
	inner, bracketed := strings.CutPrefix(line, "(")
	inner = strings.TrimSuffix(inner, ")")
	fields := strings.Split(inner, ";")
	if !bracketed && len(fields) < 2 {
		return nil // words in lower case are no marks
	}
	var marks []string
	for _, field := range fields {
		names := strings.FieldsFunc(field, func(r rune) bool { return r == ',' || r == ' ' })
		if slices.ContainsFunc(names, func(n string) bool { return !isMark(n) }) {
			if len(fields) < 2 {
				return nil
			}
			continue // a credit, a date
		}
		for _, n := range names {
			first, second, two := strings.Cut(n, "/")
			if two && f.isOutlet(first) {
				marks = append(marks, n)
				continue
			}
			for _, mark := range []string{first, second} {
				if mark != "" && !agencies[mark] && !houseMarks[mark] && !agencies[first] {
					marks = append(marks, mark)
				}
			}
		}
	}
	return distinct(marks)
}

// isMark reports whether s is two to five small letters, or two such parted by a slash.
func isMark(s string) bool {
	for part := range strings.SplitSeq(s, "/") {
		n := utf8.RuneCountInString(part)
		if n < 2 || n > 5 || strings.ContainsFunc(part, func(r rune) bool { return !unicode.IsLower(r) }) {
			return false
		}
	}
	return strings.Count(s, "/") < 2
}

// houseMarks stand for a newsroom or a wire, not for a person.
var houseMarks = map[string]bool{"red": true, "ag": true, "ots": true, "und": true}

// holds reports whether all the names are among the printed ones.
func holds(printed, names []string) bool {
	have := map[string]bool{}
	for _, n := range printed {
		have[news.Fold(n)] = true
	}
	for _, n := range names {
		if !have[news.Fold(n)] {
			return false
		}
	}
	return true
}

// oneWord reports whether all the names are a single word in letters with capitals: an
// account's name, or an editor's mark.
func oneWord(names []string) bool {
	for _, n := range names {
		if strings.Contains(n, " ") || !cased(n) {
			return false
		}
	}
	return true
}

// statedAuthors are the authors by JSON-LD or, failing that, by meta tags.
func (f *Facts) statedAuthors() ([]string, string) {
	for _, a := range f.Articles {
		if names := f.people(a.Authors, false); len(names) > 0 && f.on(rule.AuthorByData) {
			return names, "json-ld-author"
		}
	}
	if !f.on(rule.AuthorByMeta) {
		return nil, ""
	}
	for _, key := range authorKeys {
		var names []Name
		for _, m := range f.Metas {
			if key == m.Key && !m.Prop || key == "*" && strings.HasSuffix(m.Key, "author") && !m.Prop && strings.ContainsAny(m.Key, ".:-_") && !strings.Contains(m.Key, "twitter") {
				names = append(names, Name{Text: clean(m.Value)})
			}
		}
		if names := f.people(names, true); len(names) > 0 {
			return names, "meta " + key
		}
	}
	for n := '1'; n <= '3'; n++ {
		label := strings.ToLower(f.Meta("twitter:label" + string(n)))
		for _, w := range []string{"written", "verfasst", "geschrieben", "author", "autor", "écrit", "escrito", "scritto", "by", "door", "автор", "skriv"} {
			if strings.Contains(label, w) {
				if names := f.people([]Name{{Text: clean(f.Meta("twitter:data" + string(n)))}}, true); len(names) > 0 {
					return names, "meta twitter:data"
				}
			}
		}
	}
	return nil, ""
}

// authorKeys are the meta keys that name the author; "*" is any other key that ends in "author".
var authorKeys = []string{"author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "article:byline", "cxenseparse:author",
	"article:author_name", "authors", "twitter:misc:written by", "citation_author", "*"}

// printedAuthors are the names in bylines. What is printed is less regular than data, so a name
// must look like one: two words or more, each with a capital.
func (f *Facts) printedAuthors(bylines [][]string) []string {
	for k, texts := range bylines {
		names := f.printedNames(texts)
		if len(names) == 0 {
			continue
		}
		// one box a name: the neighbours are the other authors
		for _, more := range bylines[k+1:] {
			if len(names) >= 12 || len(texts) != len(more) {
				break
			}
			names = append(names, f.printedNames(more)...)
		}
		return distinct(names)
	}
	return nil
}

func distinct(names []string) []string {
	seen := map[string]bool{}
	out := names[:0]
	for _, n := range names {
		if k := news.Fold(n); !seen[k] {
			seen[k] = true
			out = append(out, n)
		}
	}
	return out
}

func (f *Facts) printedNames(texts []string) []string {
	var names []Name
	for _, s := range texts {
		if l := strings.ToLower(s); strings.HasPrefix(l, "redaktion:") || strings.HasPrefix(l, "editor") || strings.HasPrefix(l, "edited") {
			return nil
		}
		if found := stamp.Find(s, true, 1); len(found) > 0 && found[0].Span.Start > 0 {
			s = s[:found[0].Span.Start] // "By Ana Ruiz 5/3/31"
		}
		names = append(names, Name{Text: s})
	}
	out := f.people(names, true)
	kept := out[:0]
	for _, n := range out {
		if looksPrinted(n) {
			kept = append(kept, n)
		}
	}
	return kept
}

// looksPrinted reports whether every word of a name has a capital, particles apart, or the
// name is in a script without capitals.
func looksPrinted(s string) bool {
	words := strings.Fields(s)
	if len(words) > 5 {
		return false
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(r) && !particles[w] {
			return false
		}
	}
	return true
}

var particles = map[string]bool{"de": true, "del": true, "della": true, "di": true, "da": true, "do": true, "dos": true, "das": true, "la": true, "le": true, "van": true, "von": true, "der": true, "den": true, "ten": true, "ter": true, "zu": true, "bin": true, "ibn": true, "al": true, "el": true, "y": true, "e": true, "af": true, "av": true, "du": true, "des": true, "dit": true, "vom": true, "zur": true, "und": true}

// people are the names of persons in a list of names, split, cleaned and without repeats.
// Of data that is not structured, and of print, a name in letters with capitals must have two
// words (whole).
func (f *Facts) people(names []Name, whole bool) []string {
	var out []string
	seen := map[string]bool{}
	for _, n := range names {
		if n.Organisation {
			continue
		}
		for _, s := range splitNames(n.Text) {
			s = cleanName(s)
			if !f.person(s) || seen[news.Fold(s)] || whole && !strings.ContainsAny(s, " .") && cased(s) {
				continue
			}
			seen[news.Fold(s)] = true
			out = append(out, s)
		}
	}
	return out
}

// cased reports whether s is in a script with capital letters.
func cased(s string) bool {
	for _, r := range s {
		if unicode.IsUpper(r) || unicode.IsLower(r) {
			return true
		}
	}
	return false
}

// splitNames takes a byline apart: "By Ana Ruiz, Jo Ekwueme and Li Wei".
func splitNames(s string) []string {
	for _, sep := range []string{" and ", " And ", " AND ", " & ", " und ", " et ", " y ", " e ", " og ", " och ", " en ", ";", " | ", " / ", " – ", " — ", "\n", " with ", "、", " • ", " · ", "，"} {
		s = strings.ReplaceAll(s, sep, ",")
	}
	if !strings.Contains(s, "http") {
		s = strings.ReplaceAll(s, "/", ",")
	}
	return strings.Split(s, ",")
}

// cleanName is a name without the words around it: "By", "von", a place, marks.
func cleanName(s string) string {
	s = strings.TrimLeft(s, "( ")
	if i := strings.IndexAny(s, "("); i > 0 {
		if strings.Contains(s[i:], "www.") || strings.Contains(s[i:], ".com") || strings.Contains(s[i:], ".de") {
			return "" // "Alba Courier (www.courier.example)"
		}
		s = s[:i] // "(obe)"
	}
	s = strings.Trim(strings.Join(strings.Fields(s), " "), " .,;:|-–—·•*()[]")
	for {
		word, rest, ok := strings.Cut(s, " ")
		if !ok {
			if byWords[strings.ToLower(strings.TrimRight(s, ":."))] {
				return ""
			}
			for _, p := range []string{"责编：", "记者：", "文/", "文："} {
				s = strings.TrimPrefix(s, p)
			}
			break
		}
		w := strings.ToLower(strings.TrimRight(word, ":."))
		if ok && byWords[w] {
			s = strings.TrimLeft(rest, " :")
			continue
		}
		break
	}
	return s
}

var byWords = map[string]bool{"by": true, "von": true, "par": true, "por": true, "di": true, "av": true, "af": true, "door": true, "written": true, "author": true,
	"autor": true, "text": true, "story": true, "posted": true, "reported": true, "oleh": true, "автор": true, "published": true, "words": true, "from": true, "reporting": true, "autorin/autor": true, "autorin": true, "auteur": true, "opinion": true, "reportage": true, "skrevet": true, "skriven": true, "geschreven": true, "ecrit": true, "escrito": true, "scritto": true, "kommentar": true, "commentary": true, "analysis": true, "ein": true, "eine": true}

// person reports whether s can be the name of a person: short, of letters, neither an address
// nor an agency nor the outlet.
func (f *Facts) person(s string) bool {
	if s == "" || len(s) > 80 || len(strings.Fields(s)) > 6 || strings.ContainsAny(s, "@/\\<>{}=_：#|") || strings.Contains(s, "http") || strings.Contains(s, "www.") {
		return false
	}
	letters, digits := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	if letters < 2 || digits > 0 {
		return false
	}
	if !cased(s) && utf8.RuneCountInString(s) > 8 && !strings.Contains(s, " ") {
		return false // a sentence of a script without blanks
	}
	// "mdr.de" is a host, "amw" a mark
	if !strings.Contains(s, " ") && (strings.Contains(s, ".") || cased(s) && strings.ToLower(s) == s) {
		return false
	}
	if !f.on(rule.NotPeople) {
		return true
	}
	fold := news.Fold(s)
	if f.isOutlet(s) || f.keepers[fold] {
		return false
	}
	if agencies[fold] {
		return false
	}
	own := f.outletWords()
	for w := range strings.FieldsSeq(fold) {
		if notPeople[w] || own[w] {
			return false
		}
	}
	return true
}

// agencies are news agencies under the names they are credited by.
var agencies = func() map[string]bool {
	m := map[string]bool{}
	for _, a := range []string{"reuters", "ap", "associated press", "the associated press", "afp", "agence france presse", "dpa", "pa", "pa media", "press association", "apa", "sda", "ansa", "efe", "tass", "interfax",
		"upi", "xinhua", "kyodo", "anadolu", "anadolu agency", "aa", "ians", "pti", "ani", "belga", "anp", "ntb", "tt", "ritzau", "stt", "bloomberg", "afp news", "canadian press", "the canadian press", "aap", "yonhap", "europa press", "lusa", "ria novosti", "ukrinform", "unian",
		"keystone sda", "keystone", "sid", "epd", "kna", "getty images", "afp reuters", "apa dpa", "reuters staff", "ap news", "cnn", "bbc", "news agencies", "agencies", "agency", "redaktion", "editor", "admin", "staff", "webmaster", "guest", "unknown", "none", "null", "anonymous"} {
		m[a] = true
	}
	return m
}()

// notPeople are words that no person's name has.
var notPeople = map[string]bool{"staff": true, "editors": true, "newsroom": true, "redaktion": true, "editorial": true, "team": true, "desk": true, "agencies": true, "agency": true, "agentur": true, "agenturen": true,
	"redacción": true, "redazione": true, "rédaction": true, "redactie": true, "magazine": true, "newspaper": true, "media": true, "press": true, "correspondent": true, "admin": true, "news": true, "online": true, "website": true, "service": true, "wire": true, "reporter": true, "reporters": true, "com": true, "editor": true, "image": true, "images": true, "photo": true, "foto": true, "getty": true, "nachrichtenagentur": true, "nachrichten": true, "writer": true, "twitter": true, "facebook": true, "instagram": true, "newsletter": true, "subscribe": true, "share": true, "comments": true, "minutes": true, "updated": true, "published": true, "follow": true, "agencia": true, "agencias": true,
	"journalist": true, "columnist": true, "producer": true, "contributor": true, "chief": true, "bureau": true, "university": true, "institute": true, "ltd": true, "inc": true, "gmbh": true, "articles": true, "posts": true, "email": true, "today": true, "office": true, "photographer": true, "senior": true, "lifestyle": true, "sports": true, "politics": true, "business": true, "uhr": true, "stand": true, "redakteur": true, "redakteurin": true, "presse": true, "zeitung": true, "department": true, "developer": true, "ajansı": true, "haber": true, "gazetesi": true, "developers": true, "reporting": true, "analysis": true}

// outletWords are names of the outlet that are one short word: "mdr" of mdr.de.
func (f *Facts) outletWords() map[string]bool {
	if f.words == nil {
		f.words = map[string]bool{}
		for _, n := range f.outletNames() {
			w := news.Fold(n)
			if w != "" && len(w) <= 5 && !strings.Contains(w, " ") {
				f.words[w] = true
			}
		}
	}
	return f.words
}
