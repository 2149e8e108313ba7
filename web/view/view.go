// Package view makes of the record what the pages show: view types, made from the types of package
// news by pure functions. A view holds words, addresses and places on a drawing; a template only
// lays them out. The pages of a story are made in the inner room story, that of an article and the
// way from it down to the bytes in article.
//
// Two voices are kept apart in every view: what somebody's article says, always a stretch of it or
// a name in it, and what Dateline says about it. The style sets them in two typefaces.
package view

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline/news"
)

// Links makes the addresses of a page. Those of a page as of a time keep that time.
type Links struct {
	AsOf string // in EDTF; "" for now
}

// To is the address of a path with parameters, name and value by turns; those without a value are
// left out.
func (l Links) To(path string, parameters ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(parameters); i += 2 {
		if parameters[i+1] != "" {
			q.Set(parameters[i], parameters[i+1])
		}
	}
	if l.AsOf != "" {
		q.Set("as-of", l.AsOf)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (l Links) Story(id news.StoryID) string     { return l.To("/story/" + string(id)) }
func (l Links) Article(id news.ArticleID) string { return l.To("/article/" + string(id)) }
func (l Links) Why(id string) string             { return l.To("/why/" + id) }
func (l Links) Outlet(name string) string        { return l.To("/outlet", "name", name) }

// Statement is its place in the text of its article.
func (l Links) Statement(a news.ArticleID, id news.StatementID) string {
	return l.Article(a) + "#" + string(id)
}

// Actor is the page of whoever is named; "" where nobody is.
func (l Links) Actor(s news.Speaker) string {
	switch {
	case s.Entity != "":
		return l.To("/actor/" + string(s.Entity))
	case s.Name != "":
		return l.To("/actor", "name", s.Name)
	}
	return ""
}

// Named is the page of whoever goes by a name: an article knows its people by ids of its own, which
// are not those of the record.
func (l Links) Named(name string) string { return l.Actor(news.Speaker{Name: name}) }

// Known is whoever an article calls by a name, an entity of its own, as the record knows them: by the name
// that most articles use, on their own page. Whom the record does not know is looked for by the name.
func (l Links) Known(known map[news.EntityID]news.Entity, id news.EntityID, name string) Link {
	if e, ok := known[id]; ok {
		return Link{e.Name, l.Actor(news.Speaker{Entity: e.ID})}
	}
	return Link{name, l.Named(name)}
}

// Issue is the page of an issue, which belongs to one story.
func (l Links) Issue(y news.StoryID, i news.Issue) string {
	if i.ID == "" {
		return ""
	}
	return l.To("/issue/"+string(i.ID), "story", string(y))
}

// A Link is a name and where it leads; URL is "" where it leads nowhere.
type Link struct {
	Text, URL string
}

// A When is a time for people: in words, exact, and how long ago.
type When struct {
	Text  string // "2 March 2026", "" where it is not known
	Exact string // in EDTF: what is known, no more
	Ago   string // "3 hours ago", "in 2 days"; "" where it is more than a week away
	Day   string // the day alone, for machines; "" where it is not known to the day
}

// NewWhen is an interval for people.
func NewWhen(i news.Interval, now time.Time) When {
	w := When{Text: words(i), Exact: i.String()}
	if i.IsMoment() {
		w.Day, _, _ = strings.Cut(strings.TrimRight(i.Start.String(), "~?%"), "T")
		w.Ago = ago(i.Start, now)
	}
	return w
}

// NewInstant is a time of our own, such as when a row was recorded.
func NewInstant(t, now time.Time) When {
	if t.IsZero() {
		return When{}
	}
	return NewWhen(news.At(news.Instant(t)), now)
}

// shortAgo is up to when people count back: after it a date says more.
const shortAgo = 7 * 24 * time.Hour

func ago(m news.Moment, now time.Time) string {
	if m.Day == 0 || now.IsZero() {
		return ""
	}
	if m.Instant.IsZero() {
		switch days := int(now.Truncate(24*time.Hour).Sub(m.First()) / (24 * time.Hour)); {
		case days == 0:
			return "today"
		case days == 1:
			return "yesterday"
		case days == -1:
			return "tomorrow"
		case days > 1 && days <= 7:
			return fmt.Sprintf("%d days ago", days)
		case days < -1 && days >= -7:
			return fmt.Sprintf("in %d days", -days)
		}
		return ""
	}
	d := now.Sub(m.Instant)
	if d.Abs() > shortAgo {
		return ""
	}
	s := Span(d.Abs())
	switch {
	case s == "":
		return "just now"
	case d < 0:
		return "in " + s
	}
	return s + " ago"
}

// Span is a length of time in its largest whole unit.
func Span(d time.Duration) string {
	for _, u := range []struct {
		d    time.Duration
		name string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		if n := int(d / u.d); n > 0 {
			return Plural(n, u.name)
		}
	}
	return ""
}

// Plural is "1 day", "2 days"; -y becomes -ies.
func Plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	if stem, y := strings.CutSuffix(one, "y"); y && !strings.HasSuffix(one, "day") {
		return Thousands(n) + " " + stem + "ies"
	}
	return Thousands(n) + " " + one + "s"
}

// Thousands is a number with thin blanks between its thousands.
func Thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

func words(i news.Interval) string {
	switch {
	case i.IsZero():
		return ""
	case i.IsMoment():
		return momentWords(i.Start)
	case i.OpenStart:
		return "by " + momentWords(i.End)
	case i.OpenEnd:
		return "from " + momentWords(i.Start)
	case i.End.IsZero():
		return "from " + momentWords(i.Start)
	}
	from, to := momentWords(i.Start), momentWords(i.End)
	if a, b := i.Start, i.End; a.Instant.IsZero() && b.Instant.IsZero() && a.Year == b.Year && !a.Approximate && !a.Uncertain && !b.Approximate && !b.Uncertain {
		switch {
		case a.Day > 0 && b.Day > 0 && a.Month == b.Month:
			from = fmt.Sprint(a.Day)
		case a.Day > 0 && b.Day > 0:
			from = fmt.Sprintf("%d %s", a.Day, a.Month)
		case a.Month > 0 && b.Month > 0 && a.Day == 0 && b.Day == 0:
			from = a.Month.String()
		}
	}
	return from + " to " + to
}

func momentWords(m news.Moment) string {
	var s string
	switch {
	case m.IsZero():
		return "an unknown day"
	case !m.Instant.IsZero():
		s = m.Instant.Format("2 January 2006, 15:04 UTC")
	case m.Month == 0:
		s = fmt.Sprint(m.Year)
	case m.Day == 0:
		s = fmt.Sprintf("%s %d", m.Month, m.Year)
	default:
		s = fmt.Sprintf("%d %s %d", m.Day, m.Month, m.Year)
	}
	if m.Approximate {
		s = "about " + s
	}
	if m.Uncertain {
		s += ", perhaps"
	}
	return s
}

// Speaker is a name for people.
func Speaker(s news.Speaker) string { return cmp.Or(s.Name, "somebody the article does not name") }

// Upper is s with its first letter as at the beginning of a sentence.
func Upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// Clip is at most n characters of s, cut between words.
func Clip(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	cut := string(runes[:n])
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + "…"
}

// Origins is a range of origins in words. An upper bound is never shown as a count.
func Origins(o news.Origins) string {
	switch {
	case o.Most == 0:
		return ""
	case o.Most == 1:
		return "1 origin"
	case o.Least == o.Most:
		return Plural(o.Least, "independent origin")
	}
	return fmt.Sprintf("%d to %d independent origins", o.Least, o.Most)
}
