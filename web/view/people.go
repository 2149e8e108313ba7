package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/news"
)

// An Actor is the page of somebody who speaks or acts.
type Actor struct {
	Name      string
	Anonymous bool
	Rows      []Row // the last said first
	Positions []Row // the last on each issue
	Changes   []Row
	Promises  []Row
	Stories   []Link
	Outlets   []Choice      // who tells of them, and how often
	Articles  []ArticleLine // that name them, the last first
	Partial   bool          // there are more rows than are shown
	Search    string        // for the name, where no row is by it: an article may call somebody by half a name
}

// NewActor is the page of an actor; entries are its rows, in any order, and in the articles that name it.
func NewActor(name string, entries []news.Entry, in []news.ArticleID, heads map[news.ArticleID]news.Head, stories map[news.StoryID]string, partial bool, l Links, now time.Time) Actor {
	m := NewMaker(news.Dossier{Heads: heads, Entries: entries}, l, now)
	a := Actor{Name: name, Partial: partial}
	for _, id := range in {
		if _, known := heads[id]; known {
			a.Articles = append(a.Articles, m.Line(id))
		}
	}
	if len(entries) == 0 && len(in) == 0 {
		a.Search = l.To("/search", "q", news.Fold(name))
	}
	sorted := make([]*news.Entry, len(entries))
	for i := range m.Dossier.Entries {
		sorted[i] = &m.Dossier.Entries[i]
	}
	slices.SortStableFunc(sorted, func(x, y *news.Entry) int {
		p, _ := x.Said.When.Bounds()
		q, _ := y.Said.When.Bounds()
		return q.Compare(p)
	})
	issues, seen, outlets := map[news.IssueID]bool{}, map[news.StoryID]bool{}, Counts{}
	for _, e := range sorted {
		a.Name = cmp.Or(a.Name, e.Actor.Name)
		a.Anonymous = a.Anonymous || e.Actor.Anonymous
		if !seen[e.Story] && stories[e.Story] != "" {
			seen[e.Story] = true
			a.Stories = append(a.Stories, Link{stories[e.Story], l.Story(e.Story)})
		}
		r := m.Row(e)
		for _, q := range e.Quotes {
			if o := heads[q.Article].Outlet; o != "" && e.Kind == news.Utterance {
				outlets[o]++
			}
		}
		switch e.Kind {
		case news.Position:
			if !issues[e.Issue.ID] {
				issues[e.Issue.ID] = true
				a.Positions = append(a.Positions, r)
			}
		case news.Change:
			a.Changes = append(a.Changes, r)
		case news.Commitment:
			a.Promises = append(a.Promises, r)
		case news.Utterance, news.Confirmation, news.Denial:
			a.Rows = append(a.Rows, r)
		}
	}
	a.Outlets = outlets.Choices("", nil)
	return a
}

// An Outlet is the page of an outlet: what it published and how it works, in figures with what they
// count. There is no score.
type Outlet struct {
	Name     string
	Articles []ArticleLine // the newest first
	Stories  []Link
	Figures  []Figure
	Partial  bool
	Days     []Bar  // articles a day
	Chart    string // the same for the chart: "2026-03-02:4 2026-03-03:1"
}

// A Figure is a count of so many, and what it counts.
type Figure struct {
	N, Of int
	What  string
	Why   string
}

// NewOutlet is the page of an outlet: its articles, and its part in stories.
func NewOutlet(name string, heads []news.Head, dossiers []news.Dossier, partial bool, l Links, now time.Time) Outlet {
	o := Outlet{Name: name, Partial: partial}
	byID := map[news.ArticleID]news.Head{}
	for _, h := range heads {
		byID[h.ID] = h
	}
	m := NewMaker(news.Dossier{Heads: byID}, l, now)
	sorted := slices.Clone(heads)
	slices.SortStableFunc(sorted, func(a, b news.Head) int { return cmp.Compare(b.Published.String(), a.Published.String()) })
	for _, h := range sorted {
		o.Articles = append(o.Articles, m.Line(h.ID))
	}
	o.Days, o.Chart = perDay(heads)
	first, copies, copied, said, unnamed, wordings, altered := 0, 0, 0, 0, 0, 0, 0
	events, own := 0, 0
	for _, d := range dossiers {
		o.Stories = append(o.Stories, Link{cmp.Or(d.Story.Name, "A story without a title"), l.Story(d.Story.ID)})
		for _, v := range d.Story.Events {
			mine, earliest := false, news.ArticleID("")
			for _, a := range v.Articles {
				h := d.Heads[a]
				if h.Outlet == name {
					mine = true
					own++
				}
				if !h.Published.IsZero() && (earliest == "" || h.Published.String() < d.Heads[earliest].Published.String()) {
					earliest = a
				}
			}
			if mine {
				events++
				if earliest != "" && d.Heads[earliest].Outlet == name {
					first++
				}
			}
			for _, c := range v.Copies {
				if d.Heads[c.Article].Outlet == name {
					copies++
				}
				if d.Heads[c.Of].Outlet == name && d.Heads[c.Article].Outlet != name {
					copied++
				}
			}
		}
		for i := range d.Entries {
			e := &d.Entries[i]
			if e.Kind != news.Utterance {
				continue
			}
			for k, q := range e.Quotes {
				if d.Heads[q.Article].Outlet != name {
					continue
				}
				said++
				if e.Actor.Anonymous {
					unnamed++
				}
				if k >= len(e.Statements) {
					continue
				}
				for n, w := range e.Wordings {
					if n > 0 && w.Statement == e.Statements[k] {
						wordings++
						if slices.ContainsFunc(w.Pieces, func(p news.Piece) bool { return p.Kind == news.AlteredPiece }) {
							altered++
						}
					}
				}
			}
		}
	}
	o.Figures = []Figure{
		{first, events, "events it was the first to report", "of the events it reports, by the time of publication that the pages give"},
		{copies, own, "of its articles are copies of another’s text", "near-duplicates of an article that was put out earlier"},
		{copied, own, "times others carry its text", "articles of other outlets that are copies of one of its own"},
		{unnamed, said, "statements by somebody it does not name", "of the statements it reports"},
		{altered, wordings, "wordings that differ from the fullest report", "of the utterances that another outlet reports more fully"},
	}
	return o
}

// perDay counts articles by day of publication, for a chart where there are enough days.
func perDay(heads []news.Head) (days []Bar, chart string) {
	n := map[time.Time]int{}
	for _, h := range heads {
		if first, last := h.Published.Bounds(); !first.IsZero() && first.Equal(last) {
			n[first]++
		}
	}
	for day, k := range n {
		days = append(days, Bar{Time: day.UnixMilli(), N: k, Day: day.Format("2 January 2006")})
	}
	slices.SortFunc(days, func(a, b Bar) int { return cmp.Compare(a.Time, b.Time) })
	if len(days) < 3 {
		return days, ""
	}
	var b strings.Builder
	for _, d := range days {
		fmt.Fprintf(&b, "%d:%d ", d.Time/1000, d.N)
	}
	return days, strings.TrimSpace(b.String())
}

// A Bar is how much was said on a day.
type Bar struct {
	X      float64
	Time   int64
	Y      int
	Height int
	N      int
	Day    string
}
