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
	for i := range m.Dossier.Entries {
		e := &m.Dossier.Entries[i]
		if e.Issue.ID != id {
			continue
		}
		v.Name = cmp.Or(v.Name, e.Issue.Name)
		if e.Kind == news.Change {
			v.Changes = append(v.Changes, m.change(e))
		} else {
			lines = append(lines, e)
		}
	}
	slices.SortStableFunc(lines, func(a, b *news.Entry) int {
		x, _ := a.Said.When.Bounds()
		y, _ := b.Said.When.Bounds()
		return x.Compare(y)
	})
	for _, e := range lines {
		v.Lines = append(v.Lines, m.Row(e))
	}
	return v, v.Name != ""
}
