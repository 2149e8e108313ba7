package unit

import (
	"strings"

	"dateline/news"
	"dateline/split/dating"
	"dateline/split/outlet"
)

// addresses reports whether a text in lower case speaks of the reader or of itself.
func addresses(low string) bool {
	for _, w := range []string{"your ", "you ", "our ", "us ", "we "} {
		if strings.HasPrefix(low, w) || strings.Contains(low, " "+w) {
			return true
		}
	}
	return false
}

// pleas counts the phrases of pleas in a text in lower case.
func pleas(low string) int {
	n := 0
	for _, a := range appeals {
		n += strings.Count(low, a)
	}
	return n
}

// clockOnly reports whether a line is a time of day, as the entries of live blogs have it.
func clockOnly(s string) bool {
	f := strings.Fields(strings.ToLower(s))
	if len(f) == 0 || len(f) > 3 || len(f[0]) < 4 || f[0][0] < '0' || f[0][0] > '9' {
		return false
	}
	h, m, ok := strings.Cut(strings.TrimRight(f[0], "apm."), ":")
	if !ok {
		h, m, ok = strings.Cut(strings.TrimRight(f[0], "apm"), ".")
	}
	if !ok || len(h) > 2 || len(m) != 2 || strings.Trim(h+m, "0123456789") != "" || h > "24" && len(h) == 2 || m > "59" {
		return false
	}
	for _, w := range f[1:] {
		if w != "am" && w != "pm" && w != "a.m." && w != "p.m." && !dating.Zone(w) {
			return false
		}
	}
	return true
}

// counter reports whether the unit is a number with what an interface counts: "12 comments".
func (u *Unit) counter() bool {
	f := strings.Fields(u.Fold)
	if len(f) == 0 || u.Words > 40 {
		return false
	}
	if len(f) > 2 && strings.Trim(f[0], "0123456789") == "" && (f[1] == "thoughts" && f[2] == "on" || f[1] == "responses" && f[2] == "to" || f[1] == "replies" && f[2] == "to" || f[1] == "comments" && f[2] == "on") {
		return true
	}
	if u.Words > 5 {
		return false
	}
	digits := strings.Trim(f[0], "0123456789km") == "" && f[0] != "k" && f[0] != "m"
	if len(f) == 1 {
		return digits
	}
	switch f[len(f)-1] {
	case "comments", "comment", "shares", "share", "views", "view", "likes", "like", "read", "reads", "replies", "reactions", "followers", "votes", "retweets", "photos", "images", "min", "mins", "listen", "watch":
		return digits
	}
	return false
}

// glued reports whether the unit is a run of keywords that have lost their blanks.
func (u *Unit) glued() bool {
	for w := range strings.FieldsSeq(u.Text) {
		if len(w) > 30 && u.Words <= 3 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz0123456789") == "" {
			return true
		}
	}
	return false
}

// hashed reports whether the unit is a run of hashtags, or keywords behind a word that says so.
func (u *Unit) hashed() bool {
	n := 0
	for w := range strings.FieldsSeq(u.Text) {
		if len(w) > 1 && w[0] == '#' {
			n++
		}
	}
	if n > 0 && n*2 >= u.Words {
		return true
	}
	head, _, ok := strings.Cut(u.Text, ":")
	if !ok || u.Stop && u.Words > 30 {
		return false
	}
	switch news.Fold(head) {
	case "tags", "topics", "keywords", "filed under", "published under", "published in", "hashtags", "categories", "category", "more on", "related topics", "mots cles", "schlagworte", "etiquetas":
		return true
	}
	return false
}

// linked reports whether the unit is the headline of another article: "Bridge Opens (Alba
// Post)", "READ MORE: Bridge opens".
func (u *Unit) linked() bool {
	if u.Words > 40 {
		return false
	}
	if i := strings.LastIndexByte(u.Text, '('); i > 0 && strings.HasSuffix(u.Text, ")") && u.Words >= 4 {
		inner := u.Text[i+1 : len(u.Text)-1]
		name := outlet.Named(inner)
		if name == "" && news.Masthead(inner) {
			name = inner
		}
		if before := strings.TrimSpace(u.Text[:i]); !strings.HasSuffix(before, ".") && name != "" && !Picture(u.Fold) {
			u.Outlet = name
			return true
		}
	}
	head, _, ok := strings.Cut(u.Text, ":")
	if !ok || u.Words < 4 {
		return false
	}
	switch news.Fold(head) {
	case "read more", "read also", "also read", "read", "related", "see also", "related story", "related article", "more", "watch", "more on this", "read next", "dont miss", "recommended", "listen", "must read", "read the latest", "also see", "in pictures", "lire aussi", "lesen sie auch", "mehr zum thema":
		return true
	}
	return false
}

// appeal reports whether the unit pleads for money, an address or consent.
func (u *Unit) appeal() bool {
	if u.Words > 400 {
		return false
	}
	low := " " + strings.ToLower(u.Text)
	for _, p := range smallPrint {
		if u.Words <= 90 && strings.Contains(low, p) {
			return true
		}
	}
	hits, kinds := 0, 0
	for _, a := range appeals {
		n := strings.Count(low, a)
		hits += n
		kinds += min(n, 1)
	}
	return kinds >= 2 && addresses(low) && (hits >= 3 && u.Words <= hits*18 || u.Words <= 40)
}
