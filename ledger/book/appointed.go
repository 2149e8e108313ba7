package book

import (
	"slices"
	"strings"
	"time"

	"dateline/news"
	"dateline/text"
)

// An appointment is a sentence that sets people and a place to a weekday: "Ruiz meets Dorn in Port Alba on
// Friday". In an article with a date one knows which Friday that is.
type appointment struct {
	weekday time.Weekday
	day     time.Time // the zero time where the article has no date
	who     []news.EntityID
	where   []news.EntityID
}

// opening is how many sentences of an article without a date are looked at: what it reports.
const opening = 8

// leastAlike is how many people and places two appointments must share, one of them a place.
const leastAlike = 3

// undated reports whether the article's own date says less than a month.
func undated(a news.Article) bool {
	first, last := a.Published.When.Bounds()
	return first.IsZero() || last.IsZero() || last.Sub(first) > 31*24*time.Hour
}

// appointments are those of an article, which are looked for once somebody asks.
func (a *Article) appointments() []appointment {
	if !a.sought {
		a.sought, a.meets = true, appointments(a.read)
	}
	return a.meets
}

// appointments are those of an article: all that have a day, or of one without a date those of its opening.
func appointments(a news.Annotation) (out []appointment) {
	vague := undated(a.Article)
	n := 0
	for _, s := range a.Article.Sentences {
		if !a.Article.Range.Contains(s) {
			continue
		}
		if n++; vague && n > opening {
			break
		}
		words := s.Of(a.Article.Text)
		if !strings.Contains(words, "day") {
			continue
		}
		for w := time.Sunday; w <= time.Saturday; w++ {
			if !strings.Contains(words, w.String()) {
				continue
			}
			x := appointment{weekday: w}
			if !vague {
				if x.day = dayOf(a, s, w); x.day.IsZero() {
					continue
				}
			}
			if x.name(a, s); len(x.who)+len(x.where) >= leastAlike && len(x.where) > 0 {
				out = append(out, x)
			}
		}
	}
	return out
}

// dayOf is the day that a weekday of a sentence stands for, the zero time if it is not known.
func dayOf(a news.Annotation, s text.Span, w time.Weekday) time.Time {
	for _, t := range a.Times {
		if !s.Contains(t.Span) || !strings.Contains(t.Span.Of(a.Article.Text), w.String()) {
			continue
		}
		value, _, _ := strings.Cut(t.Value, "T")
		if m, err := news.ParseMoment(value); err == nil && m.Day > 0 && m.First().Weekday() == w {
			return m.First()
		}
	}
	return time.Time{}
}

// name fills in whom and where the sentence names.
func (x *appointment) name(a news.Annotation, s text.Span) {
	for _, e := range a.Entities {
		if e.Anonymous || !slices.ContainsFunc(e.Mentions, func(m news.Mention) bool { return m.Kind != news.ByPronoun && s.Contains(m.Span) }) {
			continue
		}
		switch e.Type {
		case news.Person:
			x.who = append(x.who, e.ID)
		case news.Place:
			x.where = append(x.where, e.ID)
		}
	}
}

// appointed is the day that an article without a date reports, by what it says of a weekday and articles
// with a date say of the same people at the same place; the zero time where there is none or more than one.
func (b *Book) appointed(a *Article) (day time.Time) {
	for _, x := range a.appointments() {
		for _, o := range b.Articles {
			for _, y := range o.appointments() {
				if x.weekday != y.weekday || y.day.IsZero() {
					continue
				}
				if places := shared(x.where, y.where); places == 0 || places+shared(x.who, y.who) < leastAlike {
					continue
				}
				if !day.IsZero() && !day.Equal(y.day) {
					return time.Time{}
				}
				day = y.day
			}
		}
	}
	if first, last := a.Article.Published.When.Bounds(); !first.IsZero() && day.Before(first) || !last.IsZero() && day.After(last) {
		return time.Time{}
	}
	return day
}

func shared(a, b []news.EntityID) (n int) {
	for _, id := range a {
		if slices.Contains(b, id) {
			n++
		}
	}
	return n
}
