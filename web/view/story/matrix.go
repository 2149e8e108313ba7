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

// A stand is an actor on an issue.
type stand struct {
	actor string
	issue news.IssueID
}

// standing is who holds what in a story.
type standing struct {
	held    map[stand][]*news.Entry
	changed map[stand]int
	issues  []news.Issue // those with most positions first
	actors  []news.Speaker
}

// actorKey is one and the same for what one actor holds.
func actorKey(s news.Speaker) string { return cmp.Or(string(s.Entity), news.Fold(s.Name)) }

func (y *Laid) stands() (x standing) {
	x.held, x.changed = map[stand][]*news.Entry{}, map[stand]int{}
	weightIssue, weightActor := map[news.IssueID]int{}, map[string]int{}
	for _, e := range y.positions {
		k := stand{actorKey(e.Actor), e.Issue.ID}
		if weightIssue[e.Issue.ID] == 0 {
			x.issues = append(x.issues, e.Issue)
		}
		if weightActor[k.actor] == 0 {
			x.actors = append(x.actors, e.Actor)
		}
		weightIssue[e.Issue.ID]++
		weightActor[k.actor]++
		x.held[k] = append(x.held[k], e)
	}
	for _, e := range y.changes {
		if later := y.later(e); later != nil {
			x.changed[stand{actorKey(later.Actor), later.Issue.ID}]++
		}
	}
	slices.SortStableFunc(x.issues, func(a, b news.Issue) int { return weightIssue[b.ID] - weightIssue[a.ID] })
	slices.SortStableFunc(x.actors, func(a, b news.Speaker) int { return weightActor[actorKey(b)] - weightActor[actorKey(a)] })
	return x
}

func (m *maker) matrix() Matrix {
	issues, held := m.standing.issues, m.standing.held
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
	for _, a := range m.standing.actors {
		actor := actorKey(a)
		if !slices.ContainsFunc(issues, func(i news.Issue) bool { return held[stand{actor, i.ID}] != nil }) {
			continue
		}
		if len(x.Actors) == mostActors {
			x.More++
			continue
		}
		h := Held{Actor: view.Link{Text: view.Speaker(a), URL: m.Links.Actor(a)}}
		for n, i := range issues {
			k := stand{actor, i.ID}
			c := Cell{Issue: x.Issues[n], Changed: m.standing.changed[k], Held: len(held[k])}
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
