package story

import (
	"dateline/ledger"
	"dateline/news"
	"dateline/web/view"
)

// mostTags is about two lines of them.
const mostTags = 8

// A Similar is another story that is about some of the same.
type Similar struct {
	view.Link
	Both []string // what both are about, what says most first
}

// SetAlike tells what the story is about, and which other stories are about the same.
func (s *Story) SetAlike(n news.Neighbourhood, l view.Links) {
	for _, a := range ledger.Alike(n) {
		s.Similar = append(s.Similar, Similar{view.Link{Text: a.Name, URL: l.Story(a.Story)}, a.Both[:min(len(a.Both), mostBoth)]})
	}
	known := map[string]bool{}
	for _, t := range s.Tags {
		known[news.Fold(t.Text)] = true
	}
	for _, t := range ledger.Tags(n, 2*mostTags) { // issues among them, of which the story has its own
		if name := news.Fold(t.Name); t.Kind != news.IssueTrait && !known[name] && len(s.Tags) < mostTags {
			known[name] = true
			s.Tags = append(s.Tags, view.Link{Text: t.Name, URL: l.To("/search", "q", `"`+t.Name+`"`)})
		}
	}
}

// mostBoth is how many reasons are shown.
const mostBoth = 5
