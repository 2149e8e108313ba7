package story

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/news"
	"dateline/web/view"
)

// A Today is the first page: stories, the one that changed last first.
type Today struct {
	Since   view.When // the last visit; zero where there was none
	Stories []Glance
	Next    string // the page that follows; "" if there is none
	First   bool   // it is the first page
	Damaged []string
}

// A Glance is a story in a list.
type Glance struct {
	ID, URL, Name string
	Line          string // one line of it, in an article's own words
	Speaker       string
	Cue           string
	Source        view.Report
	Articles      int
	Outlets       int
	Origins       string
	From, To      view.When
	Changed       view.When
	New           int // rows since the last visit
	Changes       int
	Disputes      int
	Due           int
	Spark         string // an SVG path of articles a day, 100 wide and 24 high
	SparkWords    string
	ChangesURL    string
	DisputesURL   string
	DueURL        string
	changed       time.Time
}

// NewGlance is a story in a list; since is the last visit.
func NewGlance(y *Laid, since time.Time, l view.Links, now time.Time) Glance {
	m, d := y.maker(l, now), y.rows.Dossier
	g := Glance{ID: string(d.Story.ID), URL: l.Story(d.Story.ID), Name: cmp.Or(d.Story.Name, "A story without a title"), Outlets: len(m.outletLinks()), Origins: view.Origins(y.origins)}
	g.From, g.To = m.bounds()
	for _, v := range d.Story.Events {
		g.Articles += len(v.Articles)
	}
	var newest *news.Entry
	for i := range d.Entries {
		e := &d.Entries[i]
		if e.Recorded.After(g.changed) {
			g.changed = e.Recorded
		}
		if !since.IsZero() && e.Recorded.After(since) {
			g.New++
		}
		switch e.Kind {
		case news.Change:
			g.Changes++
		case news.Conflict:
			g.Disputes++
		case news.Commitment:
			if e.Undertaking != nil {
				if _, last := e.Undertaking.Due.Bounds(); !last.IsZero() && !last.Before(now.Truncate(24*time.Hour)) {
					g.Due++
				}
			}
		case news.Utterance:
			if e.Removed == "" && len(e.Text) >= 40 && e.Actor.Name != "" && !e.Actor.Anonymous && (newest == nil || saidLater(e, newest)) {
				newest = e
			}
		}
	}
	for _, h := range d.Heads {
		if h.Recorded.After(g.changed) {
			g.changed = h.Recorded
		}
	}
	g.Changed = view.NewInstant(g.changed, now)
	if newest != nil {
		r := m.Row(newest)
		g.Line, g.Speaker, g.Cue = view.Clip(r.Text, 220), r.Actor.Text, r.Cue
		if len(r.Reports) > 0 {
			g.Source = r.Reports[0]
		}
	}
	g.ChangesURL, g.DisputesURL, g.DueURL = g.URL+"#changes", g.URL+"#differ", g.URL+"#promises"
	g.Spark, g.SparkWords = spark(d.Heads)
	return g
}

func saidLater(a, b *news.Entry) bool {
	x, _ := a.Said.When.Bounds()
	y, _ := b.Said.When.Bounds()
	return x.After(y)
}

// Rank puts the story that changed last first.
func Rank(all []Glance) {
	slices.SortStableFunc(all, func(a, b Glance) int { return cmp.Or(b.changed.Compare(a.changed), cmp.Compare(a.ID, b.ID)) })
}

// spark is how many articles a day, over the story's days, as a line.
func spark(heads map[news.ArticleID]news.Head) (path, words string) {
	perDay := map[time.Time]int{}
	for _, h := range heads {
		if first, last := h.Published.Bounds(); !first.IsZero() && first.Equal(last) {
			perDay[first]++
		}
	}
	if len(perDay) < 2 {
		return "", ""
	}
	var days []time.Time
	most := 0
	for day, n := range perDay {
		days = append(days, day)
		most = max(most, n)
	}
	slices.SortFunc(days, time.Time.Compare)
	// A day far before all others would leave the rest of the line a stroke.
	for len(days) > 3 && days[1].Sub(days[0]) > days[len(days)-1].Sub(days[1])*2 {
		days = days[1:]
	}
	first, whole := days[0], int(days[len(days)-1].Sub(days[0])/(24*time.Hour))
	bins := min(whole+1, 60)
	count := make([]int, bins)
	for _, day := range days {
		at := int(day.Sub(first)/(24*time.Hour)) * (bins - 1) / max(1, whole)
		count[at] += perDay[day]
		most = max(most, count[at])
	}
	var b strings.Builder
	for i, n := range count {
		step := 'L' // a line to
		if i == 0 {
			step = 'M' // the beginning
		}
		fmt.Fprintf(&b, "%c%.1f %.1f", step, 100*float64(i)/float64(max(1, bins-1)), 22-20*float64(n)/float64(most))
	}
	return b.String(), fmt.Sprintf("articles a day, %d at most", most)
}
