package commitment

import (
	"cmp"
	"fmt"
	"slices"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/ledger/origin"
	"dateline/news"
)

// groups are the reports of one commitment each.
func (s *study) groups() [][]*deed {
	parent := make([]int, len(s.deeds))
	for i := range parent {
		parent[i] = i
	}
	var root func(i int) int
	root = func(i int) int {
		for parent[i] != i {
			i = parent[i]
		}
		return i
	}
	for i, d := range s.deeds {
		for k, e := range s.deeds[:i] {
			if root(i) != root(k) && s.same(d, e) {
				a, b := root(i), root(k)
				parent[max(a, b)] = min(a, b)
			}
		}
	}
	by := map[int][]*deed{}
	var order []int
	for i, d := range s.deeds {
		r := root(i)
		if by[r] == nil {
			order = append(order, r)
		}
		by[r] = append(by[r], d)
	}
	var out [][]*deed
	for _, r := range order {
		out = append(out, by[r])
	}
	return out
}

// same reports whether two reports are of one commitment.
func (s *study) same(d, e *deed) bool {
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
	oneDay := !d.due.To.IsZero() && d.interval() == e.interval()
	actor := d.key != "" && (s.offices.SpeaksFor(d.key, e.key) || s.offices.SpeaksFor(e.key, d.key))
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

func shared(d, e *deed) (n int) {
	for s := range d.stems {
		if e.stems[s] {
			n++
		}
	}
	return n
}

// row is the commitment that some reports tell of.
func (s *study) row(group []*deed) news.Entry {
	slices.SortStableFunc(group, func(a, b *deed) int { return account.InStory(a.x, b.x) })
	best := group[0]
	for _, d := range group[1:] {
		if better(d, best) {
			best = d
		}
	}
	u := &news.Undertaking{What: best.what.Of(best.x.In.Article.Text), Due: best.interval(), DueReason: best.dueWhy, Status: news.StatusOpen}
	e := news.Entry{Kind: news.Commitment, Actor: best.by, AscribedBy: best.ascribed, Text: u.What, Undertaking: u, Rule: news.Reason{Rule: best.rule, Detail: ruleWords[best.rule]}}
	var told []*book.Told
	from := []string{}
	for _, d := range group {
		if !d.condition.Empty() && u.Condition == "" {
			u.Condition = trim(d.x.In.Article.Text, d.condition).Of(d.x.In.Article.Text)
		}
		if t := d.x.Told; t != nil && !slices.Contains(e.Statements, t.ID) {
			e.Statements = append(e.Statements, t.ID)
			told = append(told, t)
			if !t.Addressee.Span.Empty() && u.To == "" {
				u.To = t.Hearer()
			}
			if e.Said.When.IsZero() && !t.Said.When.IsZero() {
				e.Said = t.Said
			}
			from = append(from, string(t.ID))
		} else if t == nil {
			from = append(from, string(d.x.In.Article.ID), fmt.Sprint(d.x.Span.Start))
			e.Passages = append(e.Passages, news.Passage{Article: d.x.In.Article.ID, Span: d.x.Span})
		}
	}
	e.To = u.To
	e.Origins = origin.Of(told)
	e.ID = news.NewEntryID(string(news.Commitment), from...)
	s.follow(group, best, u)
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
	"invitation":   "the cue says that somebody was invited to it",
	"announcement": "the speaker says that it will be done, and when",
	"scheduled":    "the article says that it is set for a time",
}
