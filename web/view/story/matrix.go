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
	mostActors  = 14
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
	History []view.Row // all positions, the first one first
	Changed int        // how often the record says it changed
}

func (m *maker) matrix() Matrix {
	type key struct {
		actor string
		issue news.IssueID
	}
	cells := map[key]*Cell{}
	var issues []news.Issue
	var actors []news.Speaker
	weightIssue, weightActor := map[news.IssueID]int{}, map[string]int{}
	of := func(s news.Speaker) string { return cmp.Or(string(s.Entity), news.Fold(s.Name)) }
	positions := make([]*news.Entry, 0, len(m.Dossier.Entries))
	for i := range m.Dossier.Entries {
		if e := &m.Dossier.Entries[i]; e.Kind == news.Position && e.Issue.ID != "" {
			positions = append(positions, e)
		}
	}
	slices.SortStableFunc(positions, func(a, b *news.Entry) int {
		x, _ := a.Said.When.Bounds()
		y, _ := b.Said.When.Bounds()
		return cmp.Or(x.Compare(y), cmp.Compare(a.Said.When.String(), b.Said.When.String()))
	})
	for _, e := range positions {
		k := key{of(e.Actor), e.Issue.ID}
		if weightIssue[e.Issue.ID] == 0 {
			issues = append(issues, e.Issue)
		}
		if weightActor[k.actor] == 0 {
			actors = append(actors, e.Actor)
		}
		weightIssue[e.Issue.ID]++
		weightActor[k.actor]++
		if cells[k] == nil {
			cells[k] = &Cell{}
		}
		c := cells[k]
		c.History = append(c.History, m.Row(e))
	}
	for i := range m.Dossier.Entries {
		if e := &m.Dossier.Entries[i]; e.Kind == news.Change && len(e.Of) == 2 {
			if later := m.ByID[e.Of[1]]; later != nil {
				if c := cells[key{of(later.Actor), later.Issue.ID}]; c != nil {
					c.Changed++
				}
			}
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
		if !slices.ContainsFunc(issues, func(i news.Issue) bool { return cells[key{of(a), i.ID}] != nil }) {
			continue
		}
		if len(x.Actors) == mostActors {
			x.More++
			continue
		}
		h := Held{Actor: view.Link{Text: view.Speaker(a), URL: m.Links.Actor(a)}}
		for n, i := range issues {
			c := Cell{}
			if found := cells[key{of(a), i.ID}]; found != nil {
				c = *found
				c.Now = &c.History[len(c.History)-1]
			}
			c.Issue = x.Issues[n]
			h.Cells = append(h.Cells, c)
		}
		x.Actors = append(x.Actors, h)
	}
	return x
}
