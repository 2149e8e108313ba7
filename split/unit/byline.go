package unit

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline/news"
	"dateline/split/dating"
	"dateline/split/outlet"
)

// aside reports whether what follows a date in its line is beside the point: parted from it by
// a mark, or about a later change.
func aside(s string) bool {
	s = strings.TrimSpace(s)
	return strings.IndexAny(s, "•|·(/-–—") == 0 || strings.HasPrefix(s, "Updated") || strings.HasPrefix(s, "Last ")
}

// NameWithAge cuts "Alba Post · 2 hours ago" in the name and the age.
func NameWithAge(s string, fetched time.Time) (name string, d dating.Printed, ok bool) {
	for _, sep := range []string{" · ", " • ", " | ", " - ", " – ", " — "} {
		if name, age, ok := strings.Cut(s, sep); ok {
			if d, isDate := dating.Line(age, fetched); isDate {
				return strings.TrimSpace(name), d, true
			}
		}
	}
	return "", d, false
}

// publisherWithAge reads "Alba Post · 2 hours ago": an outlet and its article's age in a line.
func (u *Unit) publisherWithAge(fetched time.Time) bool {
	name, d, ok := NameWithAge(u.Text, fetched)
	if !ok || outlet.Named(name) == "" && (!news.Masthead(name) || d.Ago == "") {
		return false
	}
	u.Outlet, u.Date = name, &d
	u.Kind, u.Reason = news.Publisher, "outlet-and-age"
	return true
}

// nameAndDate reads "Ana Ruiz, May 3, 2031", "Reuters May 3, 2031 9:05 a.m.".
func (u *Unit) nameAndDate(fetched time.Time) bool {
	words := strings.Fields(u.Text)
	at := 0
	for i := 1; i < len(words) && i <= 7; i++ {
		at += len(words[i-1])
		for u.Text[at] != words[i][0] || !strings.HasPrefix(u.Text[at:], words[i]) {
			at++
		}
		name := strings.Trim(u.Text[:at], " ,|·•-–—:\u00a0")
		name = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "published"), "Published"), "Posted"))
		d, n, ok := dating.Prefix(u.Text[at:], fetched)
		if !ok || strings.TrimSpace(u.Text[at+n:]) != "" && !aside(u.Text[at+n:]) || d.Ago == "" && !d.Full() {
			continue
		}
		for _, by := range []string{"By ", "by ", "BY ", "Von ", "Par ", "Por "} {
			name = strings.TrimPrefix(name, by)
		}
		people, org := Authors(name)
		if len(people) == 0 && org == "" {
			if i <= 3 && strings.ContainsAny(words[i-1]+words[i], "/|•·–—") && d.Full() {
				u.Date, u.Kind, u.Reason = &d, news.DateKind, "section-and-date"
				return true
			}
			return false
		}
		u.People, u.Outlet, u.Date, u.Kind, u.Reason = people, org, &d, news.Byline, "name-and-date"
		return true
	}
	return false
}

// Byline reads "By Ana Ruiz", "By Ana Ruiz and Jo Ito, Reuters", "- Alba Post".
func (u *Unit) Byline() bool {
	s := u.Text
	dash := strings.TrimLeft(s, "-–— ")
	if dash != s && u.Words <= 8 {
		name := strings.TrimSpace(dash)
		if n := outlet.Named(name); n != "" || news.Masthead(name) {
			u.Outlet, u.Kind, u.Reason = name, news.Byline, "outlet-behind-dash"
			return true
		}
	}
	for _, from := range []string{"Source: ", "SOURCE: ", "Via ", "via ", "From ", "Courtesy of ", "Published by ", "Originally published by ", "Syndicated from "} {
		if rest, ok := strings.CutPrefix(s, from); ok && u.Words <= 7 && outlet.Named(rest) != "" {
			u.Outlet, u.Kind, u.Reason = outlet.Named(rest), news.Byline, "source-line"
			return true
		}
	}
	for _, by := range []string{"By ", "BY ", "by ", "Written by ", "Story by ", "Words by ", "Reported by ", "Article by ", "Author: ", "Von ", "Par ", "Por "} {
		rest, ok := strings.CutPrefix(s, by)
		if !ok {
			continue
		}
		people, org := Authors(rest)
		if len(people) == 0 && org == "" {
			continue
		}
		u.People, u.Outlet, u.Kind, u.Reason = people, org, news.Byline, "by-line"
		return true
	}
	return false
}

// Authors reads the names of a byline, people apart from an outlet or agency; none if a part
// is neither.
func Authors(s string) (people []string, org string) {
	s = strings.Trim(s, " .|")
	s = strings.NewReplacer(" and ", ", ", " & ", ", ", " AND ", ", ", " und ", ", ", " et ", ", ", " | ", ", ", " with ", ", ", ";", ",", " - ", ", ", " – ", ", ", " · ", ", ", " • ", ", ").Replace(s)
	for i, part := range strings.Split(s, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if a := outlet.Agency(part); a != "" {
			org = a
			continue
		}
		if n := outlet.Named(part); n != "" {
			org = n
			continue
		}
		words := strings.Fields(part)
		for k := 2; k <= 4 && k < len(words); k++ { // "Ana Ruiz The Associated Press"
			behind := strings.Join(words[k:], " ")
			name := outlet.Agency(behind)
			if name == "" {
				name = outlet.Named(behind)
			}
			if name != "" && Names(words[:k]) {
				words, part, org = words[:k], strings.Join(words[:k], " "), name
				break
			}
		}
		if len(people) > 0 && org == "" && news.Masthead(part) {
			org = part
			continue
		}
		if len(words) > 0 && role(words) {
			continue
		}
		if len(words) < 2 || len(words) > 5 || !Names(words) {
			if i == 0 {
				return nil, ""
			}
			continue
		}
		people = append(people, nameCase(part))
	}
	return people, org
}

// role reports whether the words are a post, not a person: "political editor".
func role(words []string) bool {
	switch strings.ToLower(words[len(words)-1]) {
	case "editor", "correspondent", "reporter", "staff", "writer", "writers", "reporters", "desk", "bureau", "agencies", "team", "chief", "columnist", "contributor", "service", "press", "wire":
		return true
	}
	return false
}

func Names(words []string) bool {
	upper := 0
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r):
			upper++
		case particles[w]:
		default:
			return false
		}
		if strings.ContainsAny(w, "0123456789:!?\"“”") {
			return false
		}
	}
	return upper >= 1
}

var particles = map[string]bool{"de": true, "van": true, "von": true, "der": true, "den": true, "di": true, "da": true, "la": true, "le": true, "bin": true, "al": true, "el": true, "ten": true, "dos": true, "del": true, "ibn": true, "y": true, "zu": true}

// nameCase turns a name in capitals into the usual form.
func nameCase(s string) string {
	if s != strings.ToUpper(s) || !strings.ContainsFunc(s, unicode.IsUpper) {
		return s
	}
	var b strings.Builder
	start := true
	for _, r := range s {
		if start {
			b.WriteRune(unicode.ToUpper(r))
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		start = !unicode.IsLetter(r)
	}
	return b.String()
}

// opening reports whether the unit begins as lines of user interfaces do.
func (u *Unit) opening() bool {
	for _, o := range openings {
		if rest, ok := strings.CutPrefix(u.Fold, o); ok && (rest == "" || rest[0] == ' ') {
			return true
		}
	}
	return strings.HasPrefix(u.Text, "©") || strings.HasPrefix(u.Text, "(c) ") || strings.HasSuffix(u.Fold, "all rights reserved")
}

// signOff reports whether the unit says who reported, wrote and edited, as agencies end.
func (u *Unit) signOff() bool {
	if u.Words > 60 {
		return false
	}
	s := strings.TrimLeft(u.Text, "( [—–-")
	for _, p := range []string{"Reporting by ", "Additional reporting by ", "Writing by ", "Editing by ", "Compiled by ", "Reporting and writing by ", "With inputs from ", "With agency inputs", "With input from ", "With reporting by ", "With additional reporting by "} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return strings.HasSuffix(strings.TrimRight(s, "."), "contributed to this report") || strings.HasSuffix(strings.TrimRight(s, "."), "contributed to this story") || strings.HasSuffix(strings.TrimRight(s, "."), "contributed reporting")
}
