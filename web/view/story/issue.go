package story

import (
	"cmp"
	"slices"
	"time"

	"dateline/news"
	"dateline/web/view"
)

// An Issue is the page of an issue of one story: who held what on it, over time.
type Issue struct {
	Name    string
	Story   view.Link
	Lines   []view.Row // positions and what is made of them, the first one first
	Said    []view.Row // what else was said on it, likewise
	Changes []Change
	Earlier int    // rows that are not shown
	All     string // where all are
}

// mostLines bounds how many positions the page of an issue shows, the last ones.
const mostLines = 200

// NewIssue is the page of an issue.
func NewIssue(y *Laid, id news.IssueID, l view.Links, now time.Time) (Issue, bool) {
	m, d := y.maker(l, now), y.rows.Dossier
	v := Issue{Story: view.Link{Text: cmp.Or(d.Story.Name, "A story without a title"), URL: l.Story(d.Story.ID)}}
	var lines, undated, changes []*news.Entry
	held := map[news.StatementID]bool{} // statements that a position was read in
	for _, e := range slices.Backward(m.newest) {
		if e.Issue.ID != id {
			continue
		}
		v.Name = cmp.Or(v.Name, e.Issue.Name)
		from, _ := e.Said.When.Bounds()
		switch {
		case e.Kind == news.Change:
			changes = append(changes, e)
			continue
		case from.IsZero():
			undated = append(undated, e)
		default:
			lines = append(lines, e)
		}
		if e.Kind == news.Position {
			for _, id := range e.Statements {
				held[id] = true
			}
		}
	}
	lines = slices.DeleteFunc(append(lines, undated...), func(e *news.Entry) bool { // told by its position
		return e.Kind == news.Utterance && slices.ContainsFunc(e.Statements, func(id news.StatementID) bool { return held[id] })
	})
	v.Earlier = max(0, len(lines)-mostLines) + max(0, len(changes)-mostChanges)
	for _, e := range lines[max(0, len(lines)-mostLines):] {
		if e.Kind == news.Utterance {
			v.Said = append(v.Said, m.Row(e))
		} else {
			v.Lines = append(v.Lines, m.Row(e))
		}
	}
	changes = changes[max(0, len(changes)-mostChanges):]
	slices.SortStableFunc(changes, func(a, b *news.Entry) int { return cmp.Compare(a.Actor.Name, b.Actor.Name) }) // each one's course together
	for _, e := range changes {
		v.Changes = append(v.Changes, m.change(e))
	}
	v.All = l.To("/story/"+string(d.Story.ID), "issue", v.Name) + "#ledger"
	return v, v.Name != ""
}
