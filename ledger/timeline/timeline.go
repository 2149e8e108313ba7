// Package timeline finds the dates that matter in a story, each with sentences of its articles.
//
// A date matters if an event of the story was on it (the opening sentence of the article that
// reported it first stands for it), if two articles or more look back on it by a full date, if
// something is set for it, or if a row of the ledger has news of the day: an anonymous claim confirmed
// or denied, a change of position, an undertaking kept, broken or taken back. A line is a sentence of an article, byte for byte, without the
// dateline in front; nothing is written here. Of the sentences for one date those of an opening
// come first, then those of the earlier article; copies of an article give no line, nor do those that their outlet took back. A sentence
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
	// perDay is how many sentences one day is given by openings, byRows how many more by rows.
	perDay, byRows = 2, 2
	// opening is how many sentences of an article's body can be its opening.
	opening = 2
)

// candidate is a line before it is chosen.
type candidate struct {
	Line
	day       time.Time
	weight    int
	published time.Time
	row       bool // a row chose it
}

// Of is the timeline of a story with its rows; sentences are those of an article.
func Of(b *book.Book, sentences func(*book.Article) []*account.Sentence, rows []news.Entry) []Line {
	by := map[time.Time][]candidate{}
	tell := map[time.Time]map[news.ArticleID]bool{}
	for _, a := range b.Articles {
		if !b.Stands(a) {
			continue
		}
		first := 0
		for _, x := range sentences(a) {
			if x.Kind != news.Body || x.Question || strings.Contains(x.Text(), "|") || strings.Contains(x.Text(), "•") { // rows of headings
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
	for _, e := range rows {
		for _, c := range turns(b, e) {
			by[c.day] = append(by[c.day], c)
			if tell[c.day] == nil {
				tell[c.day] = map[news.ArticleID]bool{}
			}
			tell[c.day][c.Article] = true
		}
	}
	var lines []Line
	for day, list := range by {
		slices.SortFunc(list, func(x, y candidate) int {
			earlier := x.published.Compare(y.published)
			if x.Reason.Rule == "set-for" && y.Reason.Rule == "set-for" {
				earlier = -earlier // what was said last of what is to come
			}
			return cmp.Or(cmp.Compare(y.weight, x.weight), earlier, cmp.Compare(x.Article, y.Article), cmp.Compare(x.Span.Start, y.Span.Start))
		})
		if list[0].weight < 2 && len(tell[day]) < 2 {
			continue
		}
		taken, turned := map[news.ArticleID]bool{}, 0
		shown := map[text.Span]bool{}
		for _, c := range list {
			if c.row {
				if turned < byRows && !(taken[c.Article] && shown[c.Span]) {
					turned++
					shown[c.Span] = true
					c.Origins = len(tell[day])
					lines = append(lines, c.Line)
				}
				continue
			}
			if len(taken) < perDay && !taken[c.Article] && (len(taken) == 0 || c.weight >= 3) {
				taken[c.Article], shown[c.Span] = true, true
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

// Kinds are the kinds of rows that can have news of a day.
var Kinds = []news.EntryKind{news.Confirmation, news.Denial, news.Commitment, news.Conflict}

// Cited are the statements that the sentences of a row are shown for.
func Cited(e news.Entry) (ids []news.StatementID) {
	switch {
	case e.Withdrawn || len(e.Statements) == 0:
	case e.Kind == news.Confirmation, e.Kind == news.Denial:
		ids = e.Statements[:1]
	case e.Kind == news.Commitment:
		for _, h := range e.Undertaking.History[1:] {
			if h.Statement != "" {
				ids = append(ids, h.Statement)
			}
		}
	}
	return ids
}

// turns are the sentences of a row that has news of a day.
func turns(b *book.Book, e news.Entry) (out []candidate) {
	add := func(id news.StatementID, day time.Time, detail string) {
		t := b.Statement(id)
		if t == nil || len(t.Content) == 0 || day.IsZero() || !b.Stands(t.In) || t.In.InTitle(t) {
			return
		}
		when := news.At(news.Day(day.Year(), day.Month(), day.Day()))
		out = append(out, candidate{Line{when, t.In.Article.ID, body(t.In, t.In.Sentence(t.Content[0])), news.Reason{Rule: "row", Detail: detail}, 0}, day, 2, t.In.Published, true})
	}
	on := func(i news.Interval) time.Time {
		first, last := i.Bounds()
		if !first.Equal(last) {
			return time.Time{}
		}
		return first
	}
	if len(e.Statements) == 0 || e.Withdrawn {
		return nil
	}
	switch e.Kind {
	case news.Confirmation:
		add(e.Statements[0], on(e.Said.When), "what was told without a name is confirmed")
	case news.Denial:
		add(e.Statements[0], on(e.Said.When), "what was told is denied")
	case news.Commitment:
		for _, h := range e.Undertaking.History[1:] {
			if h.Statement != "" {
				add(h.Statement, on(h.When), "what was undertaken is "+string(h.Status))
			}
		}
	case news.Conflict:
		if e.Rule.Rule != "denied-it" {
			return nil
		}
		for _, side := range e.Dispute.Sides {
			for _, p := range side.Passages {
				if a := b.Article(p.Article); a != nil && b.Stands(a) {
					day := a.Day()
					when := news.At(news.Day(day.Year(), day.Month(), day.Day()))
					if !day.IsZero() {
						out = append(out, candidate{Line{when, p.Article, body(a, a.Sentence(p.Span)), news.Reason{Rule: "row", Detail: "what was told is denied"}, 0}, day, 2, a.Published, true})
					}
				}
			}
		}
	}
	return out
}

// body is a sentence without the dateline in front.
func body(a *book.Article, s text.Span) text.Span {
	for _, g := range a.Article.Segments {
		if g.Kind == news.Dateline && g.Span.Start <= s.Start+1 && g.Span.End > s.Start && g.Span.End < s.End {
			s.Start = g.Span.End
		}
	}
	return s.Trim(a.Article.Text)
}

// candidates are the days for which a sentence could stand.
func candidates(a *book.Article, x *account.Sentence, number int) (out []candidate) {
	add := func(day time.Time, weight int, rule, detail string) {
		when := news.At(news.Day(day.Year(), day.Month(), day.Day()))
		out = append(out, candidate{Line: Line{when, a.Article.ID, x.Span, news.Reason{Rule: rule, Detail: detail}, 0}, day: day, weight: weight, published: a.Published})
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
			if x.Future() {
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
