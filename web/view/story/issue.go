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
}

// NewIssue is the page of an issue.
func NewIssue(d news.Dossier, id news.IssueID, l view.Links, now time.Time) (Issue, bool) {
	narrowed := d
	narrowed.Entries = nil
	for _, e := range d.Entries {
		if e.Issue.ID == id || e.Kind == news.Change || e.Kind == news.Difference {
			narrowed.Entries = append(narrowed.Entries, e)
		}
	}
	m := newMaker(narrowed, l, now)
	v := Issue{Story: view.Link{Text: cmp.Or(d.Story.Name, "A story without a title"), URL: l.Story(d.Story.ID)}}
	var lines []*news.Entry
	held := map[news.StatementID]bool{} // statements that a position was read in
	for i := range m.Dossier.Entries {
		e := &m.Dossier.Entries[i]
		if e.Issue.ID != id {
			continue
		}
		v.Name = cmp.Or(v.Name, e.Issue.Name)
		if e.Kind == news.Change {
			v.Changes = append(v.Changes, m.change(e))
			continue
		}
		lines = append(lines, e)
		if e.Kind == news.Position {
			for _, id := range e.Statements {
				held[id] = true
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b *news.Entry) int {
		x, _ := a.Said.When.Bounds()
		y, _ := b.Said.When.Bounds()
		if x.IsZero() != y.IsZero() {
			return b2i(x.IsZero()) - b2i(y.IsZero()) // what has no day comes last
		}
		return x.Compare(y)
	})
	for _, e := range lines {
		switch {
		case e.Kind != news.Utterance:
			v.Lines = append(v.Lines, m.Row(e))
		case !slices.ContainsFunc(e.Statements, func(id news.StatementID) bool { return held[id] }):
			v.Said = append(v.Said, m.Row(e))
		}
	}
	return v, v.Name != ""
}
