// Package mention finds the names in an article.
package mention

import (
	"regexp"
	"strings"

	"dateline/news"
	"dateline/text"
)

// name is a run of capitalised words, with the particles that stand inside names; a title
// before it is told off later.
var name = regexp.MustCompile(`\p{Lu}[\p{L}'’.-]*(?: (?:(?:de|del|der|di|la|van|von|bin|al|du) )?\p{Lu}[\p{L}'’.-]*)+`)

// titles stand before a person's name and make a lone last name one.
var titles = map[string]bool{
	"Mr": true, "Mrs": true, "Ms": true, "Dr": true, "Sir": true, "Lord": true, "Lady": true, "Prof": true, "Professor": true, "President": true,
	"Vice": true, "Prime": true, "Minister": true, "Chancellor": true, "Senator": true, "Sen": true, "Rep": true, "Representative": true, "Governor": true,
	"Gov": true, "Mayor": true, "Secretary": true, "General": true, "Gen": true, "Judge": true, "Justice": true, "King": true, "Queen": true, "Prince": true,
	"Princess": true, "Pope": true, "Councilwoman": true, "Councilman": true, "Councillor": true, "Captain": true, "Chief": true, "Foreign": true, "State": true, "Press": true,
}

// Names finds people whose full name or title is written out. Each is one entity; the later
// lone last names join it.
func Names(a news.Article, prose []text.Span) []news.Entity {
	var found []news.Entity
	byLast := map[string]int{}
	for _, p := range prose {
		for _, m := range name.FindAllStringIndex(p.Of(a.Text), -1) {
			s := text.Span{Start: p.Start + m[0], End: p.Start + m[1]}
			s = trimName(a.Text, s)
			words := strings.Fields(s.Of(a.Text))
			titled := false
			for len(words) > 1 && titles[strings.TrimSuffix(words[0], ".")] {
				s.Start += strings.Index(s.Of(a.Text), words[1])
				words, titled = words[1:], true
			}
			if len(words) == 0 || len(words) == 1 && !titled || len(words) > 4 || notName[strings.ToLower(words[0])] {
				continue
			}
			last := words[len(words)-1]
			i, known := byLast[last]
			if !known {
				i = len(found)
				byLast[last] = i
				found = append(found, news.Entity{ID: news.NewEntityID(string(a.ID), s.Of(a.Text)), Name: s.Of(a.Text), Type: news.Person})
			}
			found[i].Mentions = append(found[i].Mentions, news.Mention{Span: s, Kind: news.ByName})
			if len(s.Of(a.Text)) > len(found[i].Name) {
				found[i].Name = s.Of(a.Text)
			}
		}
	}
	return found
}

// notName are words that open a sentence with a capital and are no part of a name.
var notName = map[string]bool{"the": true, "a": true, "an": true, "in": true, "on": true, "at": true, "but": true, "and": true, "for": true, "as": true, "when": true, "after": true, "before": true, "if": true, "this": true, "that": true, "while": true, "new": true, "north": true, "south": true, "west": true, "east": true, "white": true}

func trimName(t string, s text.Span) text.Span {
	w := s.Of(t)
	for _, tail := range []string{"'s", "’s", ".", "'", "’", "-"} {
		w = strings.TrimSuffix(w, tail)
	}
	s.End = s.Start + len(w)
	return s
}
