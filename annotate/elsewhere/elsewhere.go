// Package elsewhere finds names outside of the prose that is parsed: in headlines told twice, bylines,
// datelines, credits, tags and links.
//
// It knows no grammar. It looks for names that the prose has made known, word for word, for the
// outlet's and for the authors', who are known by other means. A name that stands nowhere else is not found.
package elsewhere

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/news"
	"dateline/text"
)

// Names adds the places outside the parsed prose, in headlines told twice, credits, tags
// and links, where names already known stand word for word, places in capitals too, as
// datelines print them; the outlet's own name or initials wherever the article prints them; and
// those who wrote it, by their names.
func Names(entities []news.Entity, scope, t string, prose, whole []text.Span, outlet string, authors []string) []news.Entity {
	for _, a := range authors {
		if !named(entities, a) && strings.Contains(t, a) {
			entities = append(entities, news.Entity{ID: news.NewEntityID(scope, a+" person"), Name: a, Type: news.Person})
		}
	}
	if outlet != "" && !named(entities, outlet) && strings.Contains(t, outlet) {
		entities = append(entities, news.Entity{ID: news.NewEntityID(scope, outlet+" organisation"), Name: outlet, Type: news.Organisation})
	}
	type form struct {
		e int
		w string
	}
	// Forms by their first word: one pass over the text finds them all.
	forms := map[string][]form{}
	for i, e := range entities {
		if e.Type == news.Group || e.Anonymous {
			continue
		}
		seen := map[string]bool{}
		add := func(w string) {
			if !seen[w] && len(w) > 1 {
				seen[w] = true
				first := firstWord(w)
				forms[first] = append(forms[first], form{i, w})
			}
		}
		for _, m := range e.Mentions {
			if m.Kind == news.ByName {
				add(m.Span.Of(t))
				if e.Type == news.Place {
					add(strings.ToUpper(m.Span.Of(t)))
				}
			}
		}
		if slices.Contains(authors, e.Name) {
			add(e.Name)
		}
		if e.Name == outlet {
			add(outlet)
			if short := acronym(outlet); len(short) > 2 {
				add(short)
			}
		}
	}
	for _, list := range forms {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].w) > len(list[j].w) })
	}
	taken := map[int]bool{}
	for _, e := range entities {
		for _, m := range e.Mentions {
			taken[m.Span.Start] = true
		}
	}
	added := false
	for _, s := range whole {
		for i := s.Start; i < s.End; {
			r, n := utf8.DecodeRuneInString(t[i:s.End])
			if !unicode.IsLetter(r) || i > s.Start && letterBefore(t, i) {
				i += n
				continue
			}
			w := firstWord(t[i:s.End])
			next := i + max(len(w), n)
			if list := forms[w]; list != nil && !taken[i] && (!within(prose, i) || entities[list[0].e].Name == outlet) {
				for _, f := range list {
					end := i + len(f.w)
					if end <= s.End && t[i:end] == f.w && (end == len(t) || !letterAt(t, end)) {
						entities[f.e].Mentions = append(entities[f.e].Mentions, news.Mention{Span: text.Span{Start: i, End: end}, Kind: news.ByName})
						next, added = end, true
						break
					}
				}
			}
			i = next
		}
	}
	if added {
		for i := range entities {
			m := entities[i].Mentions
			sort.SliceStable(m, func(x, y int) bool { return m[x].Span.Start < m[y].Span.Start })
		}
	}
	kept := entities[:0]
	for _, e := range entities {
		if len(e.Mentions) > 0 {
			kept = append(kept, e)
		}
	}
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].Mentions[0].Span.Start < kept[j].Mentions[0].Span.Start })
	return kept
}

// acronym are the capitals of a name: "AVP" of "Alba Valley Press".
func acronym(name string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(name) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) && w != "The" {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func named(entities []news.Entity, name string) bool {
	for _, e := range entities {
		if news.Fold(e.Name) == news.Fold(name) {
			return true
		}
	}
	return false
}

// firstWord are the letters and digits that a text begins with, points inside included.
func firstWord(s string) string {
	end := 0
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return strings.TrimRight(s[:end], ".")
}

func letterBefore(t string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(t[:i])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func letterAt(t string, i int) bool {
	r, _ := utf8.DecodeRuneInString(t[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func within(spans []text.Span, i int) bool {
	k := sort.Search(len(spans), func(k int) bool { return spans[k].End > i })
	return k < len(spans) && spans[k].Start <= i
}
