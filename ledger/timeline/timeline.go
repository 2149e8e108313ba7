// Package timeline finds the dates that matter in a story, each with sentences of its articles.
//
// A date matters if an event of the story was on it (the opening sentence of the article that
// reported it first stands for it), if two articles or more look back on it by a full date, or if
// something is set for it. A line is a sentence of an article, byte for byte, without the
// dateline in front; nothing is written here. Of the sentences for one date those of an opening
// come first, then those of the earlier article; copies of an article give no line. A sentence
// without a day that can be told gives none.
package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/news"
	"dateline/text"
)

// A Line is a sentence that tells what happened, or shall happen, on a day.
type Line struct {
	When    news.Interval
	Article news.ArticleID
	Span    text.Span
	Reason  news.Reason
	Origins int // articles that tell of the day and are no copies: at most so many origins
}

const (
	// perDay is how many sentences one day is given.
	perDay = 2
	// opening is how many sentences of an article's body can be its opening.
	opening = 2
)

// candidate is a line before it is chosen.
type candidate struct {
	Line
	day       time.Time
	weight    int
	published time.Time
}

// Of is the timeline of a story.
func Of(b *book.Book) []Line {
	by := map[time.Time][]candidate{}
	tell := map[time.Time]map[news.ArticleID]bool{}
	for _, a := range b.Articles {
		if a.CopyOf != "" {
			continue
		}
		first := 0
		for _, x := range account.Sentences(a) {
			if x.Kind != news.Body || x.Question {
				continue
			}
			first++
			for _, c := range candidates(a, x, first) {
				by[c.day] = append(by[c.day], c)
				if tell[c.day] == nil {
					tell[c.day] = map[news.ArticleID]bool{}
				}
				tell[c.day][a.Article.ID] = true
			}
		}
	}
	var lines []Line
	for day, list := range by {
		slices.SortFunc(list, func(x, y candidate) int {
			return cmp.Or(cmp.Compare(y.weight, x.weight), x.published.Compare(y.published), cmp.Compare(x.Article, y.Article), cmp.Compare(x.Span.Start, y.Span.Start))
		})
		if list[0].weight < 2 && len(tell[day]) < 2 {
			continue
		}
		taken := map[news.ArticleID]bool{}
		for _, c := range list {
			if len(taken) < perDay && !taken[c.Article] && (len(taken) == 0 || c.weight >= 3) {
				taken[c.Article] = true
				c.Origins = len(tell[day])
				lines = append(lines, c.Line)
			}
		}
	}
	slices.SortFunc(lines, func(x, y Line) int {
		xf, _ := x.When.Bounds()
		yf, _ := y.When.Bounds()
		return cmp.Or(xf.Compare(yf), cmp.Compare(x.Article, y.Article), cmp.Compare(x.Span.Start, y.Span.Start))
	})
	return lines
}

// candidates are the days for which a sentence could stand.
func candidates(a *book.Article, x *account.Account, number int) (out []candidate) {
	add := func(day time.Time, weight int, rule, detail string) {
		when := news.At(news.Day(day.Year(), day.Month(), day.Day()))
		out = append(out, candidate{Line{when, a.Article.ID, x.Span, news.Reason{Rule: rule, Detail: detail}, 0}, day, weight, a.Published})
	}
	published := a.Day()
	var told time.Time
	for _, t := range x.Times {
		first, last := t.Days()
		if t.Lasts > 0 || first.IsZero() || !first.Equal(last) {
			continue
		}
		switch {
		case published.IsZero():
		case first.After(published):
			if x.Future {
				add(first, 2, "set-for", "the sentence says what is set for the day")
			}
			continue
		case published.Sub(first) > 14*24*time.Hour:
			weight := 1
			if strings.Contains(t.Span.Of(a.Article.Text), first.Format("2006")) {
				weight = 2 // a full date, with its year
			}
			add(first, weight, "looks-back", "the sentence looks back on the day")
			continue
		}
		if told.IsZero() {
			told = first
		}
	}
	switch {
	case number > opening:
	case !told.IsZero():
		add(told, 5-number, "opening", "the article opens with it, and tells the day")
	case number == 1 && !a.Lead.Happened.IsZero() && a.Lead.Happened.IsMoment():
		add(a.Lead.Happened.Start.First(), 4, "opening", "the article opens with it; its day is that of the news")
	case number == 1 && !published.IsZero():
		add(published, 3, "opening", "the article opens with it, and came out that day")
	}
	return out
}
