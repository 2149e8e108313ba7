package extraction

import (
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"dateline/news"
)

// Fold reduces a title or a name to its words: NFKC, case folded, marks and blanks made one
// blank.
func Fold(s string) string {
	return strings.Join(Words(cases.Fold().String(norm.NFKC.String(s))), " ")
}

var byWord = regexp.MustCompile(`(?i)^(by|von|par|por|di|av|af)\s+`)

// Names is a set of folded names, without a word for "by" before them. Two lists of authors
// agree where their sets are equal.
type Names map[string]bool

// NamesOf is the set of a list.
func NamesOf(list []string) Names {
	n := Names{}
	for _, x := range list {
		if x = Fold(byWord.ReplaceAllString(strings.TrimFunc(x, isSpace), "")); x != "" {
			n[x] = true
		}
	}
	return n
}

// Equal reports whether both sets hold the same names.
func (n Names) Equal(o Names) bool {
	if len(n) != len(o) {
		return false
	}
	for x := range n {
		if !o[x] {
			return false
		}
	}
	return true
}

var startsWithDay = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)(?:$|[T ~?%])`)

// Day is the civil day that a value in ISO 8601 or EDTF names, as midnight UTC; ok is false
// where the value is less exact than a day, an interval or no date.
func Day(value string) (day time.Time, ok bool) {
	m := startsWithDay.FindStringSubmatch(value)
	if m == nil {
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, m[1])
	return day, err == nil
}

// Published is the day on which the article came out: as the page prints it, in the page's own
// zone, else as it is known.
func Published(a *news.Article) (day time.Time, ok bool) {
	if a == nil {
		return time.Time{}, false
	}
	if day, ok = Day(a.Published.Local); ok {
		return day, true
	}
	return Day(a.Published.When.String())
}

// SameDay reports whether the article came out on the gold's day, a day or a time. A time is
// also compared in the gold's own zone.
func SameDay(a *news.Article, gold string) bool {
	got, known := Published(a)
	if !known {
		return false
	}
	if day, ok := Day(gold); ok && day.Equal(got) {
		return true
	}
	instant := a.Published.When.Start.Instant
	if instant.IsZero() || !a.Published.When.IsMoment() {
		return false
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04Z07:00", "2006-01-02 15:04Z07:00"} {
		if t, err := time.Parse(layout, gold); err == nil {
			y, m, d := t.Date()
			gy, gm, gd := instant.In(t.Location()).Date()
			return y == gy && m == gm && d == gd
		}
	}
	return false
}
