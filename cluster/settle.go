package cluster

import (
	"cmp"
	"math"
	"slices"
	"time"

	"dateline/news"
)

// Settle places articles as they would have been placed had they come in the order of their
// publication, and answers in the order given. It is the repair of what came late: at rest the
// groups are the same for every order of arrival. Articles of one time go by their ids. Those
// whose day is not known come last: they find their place among those that have one, and found
// no events in which days say nothing.
func Settle(records []Record) []Decision {
	order := make([]int, len(records))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return Before(&records[a], &records[b]) })
	g := New()
	answers := make([]Decision, len(records))
	for _, i := range order {
		answers[i] = g.Add(records[i])
	}
	turn(answers)
	return answers
}

// turn points copies at their originals where a copy came first, by its time, and names who wrote it.
func turn(answers []Decision) {
	at := map[news.ArticleID]*Decision{}
	for i := range answers {
		at[answers[i].Article] = &answers[i]
	}
	for i := range answers {
		if a, b := &answers[i], at[answers[i].CopyOf]; a.original && b != nil && b.CopyOf == "" {
			a.CopyOf, b.CopyOf = "", a.Article
			b.Reason, a.Reason = a.Reason, b.Reason
		}
	}
}

// Before compares two articles in the order of repair: publication, then id.
func Before(a, b *Record) int {
	return cmp.Or(undated(a)-undated(b), start(a).Compare(start(b)), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Text, b.Text))
}

func undated(r *Record) int {
	if math.IsNaN(day(r.Published)) {
		return 1
	}
	return 0
}

// start is when an article was published at the earliest, the zero time where it is not known. Of
// a day, what carries another's article comes last: the original is not after it.
func start(r *Record) time.Time {
	if i := r.Published; i.IsMoment() && !i.Start.Instant.IsZero() {
		return i.Start.Instant
	}
	first, _ := r.Published.Bounds()
	if r.Carried && !first.IsZero() {
		first = first.Add(24*time.Hour - time.Nanosecond)
	}
	return first
}
