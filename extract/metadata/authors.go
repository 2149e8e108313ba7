package metadata

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"dateline/news"
)

// Authors are the people who wrote the article, as one prints their names, and the rule that
// found them: JSON-LD, then meta tags, then links with rel=author, then the printed byline.
// Agencies and the outlet itself are no authors.
func (f *Facts) Authors(bylines []string) ([]string, string) {
	for _, a := range f.Articles {
		if names := f.people(a.Authors); len(names) > 0 {
			return names, "json-ld-author"
		}
	}
	for _, k := range []string{"author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "cxenseparse:author", "article:author_name", "authors", "twitter:data1"} {
		var names []Name
		for _, m := range f.Metas {
			if m.Key == k {
				if k == "twitter:data1" && !strings.Contains(strings.ToLower(f.Meta("twitter:label1")), "written") {
					continue
				}
				names = append(names, Name{Text: clean(m.Value)})
			}
		}
		if names := f.people(names); len(names) > 0 {
			return names, "meta " + k
		}
	}
	var names []Name
	t := f.Tree
	for i := range t.Nodes {
		if t.Nodes[i].Tag == atom.A && strings.EqualFold(t.Attr(int32(i), "rel"), "author") && len(names) < 8 {
			names = append(names, Name{Text: t.Text(int32(i))})
		}
	}
	if names := f.people(names); len(names) > 0 {
		return names, "rel-author"
	}
	for _, b := range bylines {
		if names := f.people([]Name{{Text: b}}); len(names) > 0 {
			return names, "byline"
		}
	}
	return nil, ""
}

// people are the names of persons in a list of names, split, cleaned and without repeats.
func (f *Facts) people(names []Name) []string {
	var out []string
	seen := map[string]bool{}
	for _, n := range names {
		for _, s := range splitNames(n.Text) {
			s = cleanName(s)
			if !f.person(s) || seen[news.Fold(s)] {
				continue
			}
			seen[news.Fold(s)] = true
			out = append(out, s)
		}
	}
	return out
}

// splitNames takes a byline apart: "By Ana Ruiz, Jo Ekwueme and Li Wei".
func splitNames(s string) []string {
	for _, sep := range []string{" and ", " And ", " AND ", " & ", " und ", " et ", " y ", " e ", " og ", " och ", " en ", ";", " | ", " / ", " – ", " — ", "\n", " with "} {
		s = strings.ReplaceAll(s, sep, ",")
	}
	return strings.Split(s, ",")
}

// cleanName is a name without the words around it: "By", "von", a place, marks.
func cleanName(s string) string {
	s = strings.Trim(strings.Join(strings.Fields(s), " "), " .,;:|-–—·•*()[]")
	for {
		word, rest, ok := strings.Cut(s, " ")
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
	"autor": true, "text": true, "story": true, "posted": true, "reported": true, "oleh": true, "автор": true, "published": true, "words": true, "from": true, "reporting": true}

// person reports whether s can be the name of a person: short, of letters, neither an address
// nor an agency nor the outlet.
func (f *Facts) person(s string) bool {
	if s == "" || len(s) > 80 || len(strings.Fields(s)) > 6 || strings.ContainsAny(s, "@/\\<>{}=_") || strings.Contains(s, "http") || strings.Contains(s, "www.") {
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
	if f.isOutlet(s) {
		return false
	}
	fold := news.Fold(s)
	if agencies[fold] {
		return false
	}
	for w := range strings.FieldsSeq(fold) {
		if notPeople[w] {
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
	"redacción": true, "redazione": true, "rédaction": true, "redactie": true, "magazine": true, "newspaper": true, "media": true, "press": true, "correspondent": true, "admin": true, "news": true, "online": true, "website": true, "service": true, "wire": true, "reporter": true, "reporters": true, "com": true, "editor": true}
