package commitment

import (
	"cmp"
	"fmt"
	"slices"

	"dateline/ledger/book"
	"dateline/ledger/origin"
	"dateline/news"
)

// isSame reports whether two reports are of one commitment.
func (s *Index) isSame(d, e *deed) bool {
	if d.x.Told != nil && e.x.Told != nil {
		if d.x.Told == e.x.Told {
			return d.interval() == e.interval() || d.due.To.IsZero() || e.due.To.IsZero()
		}
		if d.x.Told.Of != nil && d.x.Told.Of == e.x.Told.Of && (d.interval() == e.interval() || shared(d, e) >= 2) {
			return true
		}
	}
	n := shared(d, e)
	if n == 0 || d.no != e.no {
		return false
	}
	if n >= sameWords && 3*n >= 2*max(len(d.stems), len(e.stems)) && (d.due.To.IsZero() || e.due.To.IsZero() || d.interval() == e.interval()) {
		return true // the very same words, whoever is taken to have given them
	}
	oneDay := !d.due.To.IsZero() && d.interval() == e.interval()
	actor := d.key != "" && (s.speaksFor(d.key, e.key, d.x, e.x) || s.speaksFor(e.key, d.key, d.x, e.x))
	switch {
	case oneDay && actor:
		return true
	case oneDay && (d.key == "" || e.key == ""):
		return n >= 2
	case oneDay:
		// A body and one who speaks for it without an article saying so: the same words for the
		// same day, told of the same days.
		return n >= 2 || n >= 1 && (d.rule == "threat" || e.rule == "threat")
	case actor && (d.due.To.IsZero() || e.due.To.IsZero()):
		return n >= 2 && 2*n >= min(len(d.stems), len(e.stems)) && d.rule != "scheduled" && e.rule != "scheduled"
	}
	return false
}

// sameWords is how many words make the wording of an undertaking one that nobody else has.
const sameWords = 4

func shared(d, e *deed) (n int) {
	for s := range d.stems {
		if e.stems[s] {
			n++
		}
	}
	return n
}

// row is the commitment that some reports tell of.
func (s *Index) row(b *book.Book, group []*deed) news.Entry {
	// Whose it is, is what most reports say; one that reads its pronoun wrongly does not decide.
	count := map[string]int{}
	for _, d := range group {
		count[d.key]++
	}
	best := group[0]
	for _, d := range group[1:] {
		if count[d.key] > count[best.key] || count[d.key] == count[best.key] && better(d, best) {
			best = d
		}
	}
	u := &news.Undertaking{What: best.what.Of(best.x.In.Article.Text), Due: best.interval(), DueReason: best.dueWhy, Status: news.StatusOpen}
	e := news.Entry{Kind: news.Commitment, Actor: best.by, AscribedBy: best.ascribed, Undertaking: u, Rule: news.Reason{Rule: best.rule, Detail: ruleWords[best.rule]}}
	var told []*book.Told
	from, has := make([]string, 0, len(group)), make(map[news.StatementID]bool, len(group))
	for _, d := range group {
		if !d.condition.Empty() && u.Condition == "" {
			u.Condition = trim(d.x.In.Article.Text, d.condition).Of(d.x.In.Article.Text)
		}
		if t := d.x.Told; t != nil && !has[t.ID] {
			has[t.ID] = true
			e.Statements = append(e.Statements, t.ID)
			told = append(told, t)
			if !t.Addressee.Span.Empty() && u.To == "" {
				u.To = t.Hearer()
			}
			if e.Said.When.IsZero() && !t.Said.When.IsZero() {
				e.Said = t.Said
			}
			from = append(from, string(t.ID))
			if at := d.x.Span.Start - t.Content[0].Start; at > len("“") { // a later sentence of it binds on its own
				from = append(from, fmt.Sprint(at))
			}
		} else if t == nil {
			from = append(from, string(d.x.In.Article.ID), fmt.Sprint(d.x.Span.Start))
			e.Passages = append(e.Passages, news.Passage{Article: d.x.In.Article.ID, Span: d.x.Span})
		}
	}
	if len(told) > 0 {
		e.Text = told[0].Text
	}
	e.To = u.To
	// What an account newly says of a commitment leaves its reports, and their origins, as they are.
	if first := group[0]; !slices.Equal(first.group, group) {
		first.group, first.origins = group, origin.Of(told)
	}
	e.Origins = group[0].origins
	e.ID = news.NewEntryID(string(news.Commitment), from...)
	if a := b.Actor(best.key); a != nil {
		e.Actor = a.Speaker
	}
	s.follow(group, u)
	return e
}

// better reports whether a report tells more of a commitment than another: when it is due, by
// whom, in whole words.
func better(d, e *deed) bool {
	score := func(d *deed) int {
		n := min(len(d.stems), 8)
		if !d.due.To.IsZero() {
			n += 20
		}
		if d.key != "" {
			n += 10
		}
		if !d.by.Anonymous && d.by.Name != "" {
			n += 5
		}
		if d.rule != "announcement" && d.rule != "scheduled" {
			n += 3
		}
		return n
	}
	return cmp.Compare(score(d), score(e)) > 0
}

var ruleWords = map[string]string{
	"promise":      "the cue says that it was promised",
	"threat":       "the cue says that it was threatened",
	"plan":         "the cue says that it is planned",
	"agreement":    "it is said that somebody agreed to it",
	"aim":          "the speaker says that it means to do it",
	"invitation":   "the cue says that somebody was invited to it",
	"announcement": "the speaker says that it will be done, and when",
	"scheduled":    "the article says that it is set for a time",
}
