package story

import (
	"cmp"
	"slices"

	"dateline/news"
	"dateline/web/view"
)

// A Matrix is who holds what: actors by issues.
type Matrix struct {
	Issues []view.Link
	Actors []Held
	Others []view.Link // issues that have no column
	More   int         // actors that have no row
}

// A table wider or longer than this is no longer read. The issues that are left out have pages of
// their own.
const (
	mostColumns = 6
	mostActors  = 10
	mostHistory = 4 // positions in a cell, the last ones; the page of the issue has more
)

// A Held is what one actor holds, a cell an issue.
type Held struct {
	Actor view.Link
	Cells []Cell
}

// A Cell is what an actor holds on one issue; Now is zero where nothing is known.
type Cell struct {
	Issue   view.Link
	Now     *view.Row
	History []view.Row // positions, the first one first
	Held    int        // how many positions there are
	Changed int        // how often the record says it changed
}

func (m *maker) matrix() Matrix {
	type key struct {
		actor string
		issue news.IssueID
	}
	held := map[key][]*news.Entry{}
	changed := map[key]int{}
	var issues []news.Issue
	var actors []news.Speaker
	weightIssue, weightActor := map[news.IssueID]int{}, map[string]int{}
	of := func(s news.Speaker) string { return cmp.Or(string(s.Entity), news.Fold(s.Name)) }
	for _, e := range m.positions {
		k := key{of(e.Actor), e.Issue.ID}
		if weightIssue[e.Issue.ID] == 0 {
			issues = append(issues, e.Issue)
		}
		if weightActor[k.actor] == 0 {
			actors = append(actors, e.Actor)
		}
		weightIssue[e.Issue.ID]++
		weightActor[k.actor]++
		held[k] = append(held[k], e)
	}
	for _, e := range m.changes {
		if later := m.later(e); later != nil {
			changed[key{of(later.Actor), later.Issue.ID}]++
		}
	}
	slices.SortStableFunc(issues, func(a, b news.Issue) int { return weightIssue[b.ID] - weightIssue[a.ID] })
	slices.SortStableFunc(actors, func(a, b news.Speaker) int { return weightActor[of(b)] - weightActor[of(a)] })
	var x Matrix
	for n, i := range issues {
		link := view.Link{Text: i.Name, URL: m.Issue(m.Dossier.Story.ID, i)}
		if n < mostColumns {
			x.Issues = append(x.Issues, link)
		} else {
			x.Others = append(x.Others, link)
		}
	}
	issues = issues[:len(x.Issues)]
	for _, a := range actors {
		if !slices.ContainsFunc(issues, func(i news.Issue) bool { return held[key{of(a), i.ID}] != nil }) {
			continue
		}
		if len(x.Actors) == mostActors {
			x.More++
			continue
		}
		h := Held{Actor: view.Link{Text: view.Speaker(a), URL: m.Links.Actor(a)}}
		for n, i := range issues {
			k := key{of(a), i.ID}
			c := Cell{Issue: x.Issues[n], Changed: changed[k], Held: len(held[k])}
			for _, e := range held[k][max(0, c.Held-mostHistory):] {
				c.History = append(c.History, m.Row(e))
			}
			if n := len(c.History); n > 0 {
				c.Now = &c.History[n-1]
			}
			h.Cells = append(h.Cells, c)
		}
		x.Actors = append(x.Actors, h)
	}
	return x
}
