package cluster

import (
	"fmt"
	"math"
	"strings"
	"time"

	"dateline/cluster/event"
	"dateline/cluster/neardup"
	"dateline/cluster/sketch"
	"dateline/news"
)

// A Record is an article as it is compared with others.
type Record struct {
	ID        news.ArticleID
	Title     string
	Text      string
	Outlet    string // "" where it is not known
	Published news.Interval
}

// A Decision says where an article belongs.
type Decision struct {
	Article news.ArticleID
	Event   news.EventID
	Story   news.StoryID
	CopyOf  news.ArticleID // "" if it is no copy
	Reason  news.Reason
}

// Groups are articles as they were placed, one after the other. They are not safe for
// concurrent use.
type Groups struct {
	reader   sketch.Reader
	copies   *neardup.Index
	events   *event.Index
	placed   []placed
	stories  []news.StoryID   // by event
	founders []news.ArticleID // by event
}

// placed is what is kept of an article that was placed.
type placed struct {
	id     news.ArticleID
	outlet string
	event  int32
}

// window is how many articles are compared with a new one, at least; at most twice as many.
const window = 16_000

// New holds no articles.
func New() *Groups {
	return &Groups{copies: neardup.NewIndex(window), events: event.New()}
}

// Add places an article among those added before.
func (g *Groups) Add(r Record) Decision {
	s := g.reader.Of(r.Title, r.Text)
	day := day(r.Published)
	n := int32(len(g.placed))
	shape := neardup.Of(&s, day)
	match, isCopy := g.copies.Find(&shape, func(m int32) bool { return credits(r.Text, g.placed[m].outlet) })
	d := Decision{Article: r.ID}
	v := int32(-1)
	of := int32(-1)
	if isCopy {
		of = match.Article
		d.CopyOf = g.placed[of].id
		d.Reason = news.Reason{Rule: "copy", Detail: fmt.Sprintf("of %s: %s", d.CopyOf, match.Verdict.Why)}
	}
	if isCopy && !match.Verdict.Adds {
		v = g.placed[of].event
	} else {
		placed := g.events.Add(&event.Article{Sketch: s, Day: day})
		v = placed.Event
		if !isCopy {
			d.Reason = placed.Reason
		}
		if placed.New {
			g.founders = append(g.founders, r.ID)
		}
	}
	g.copies.Add(n, &shape, of)
	g.placed = append(g.placed, placed{r.ID, r.Outlet, v})
	d.Event = news.NewEventID(g.founders[v])
	d.Story = news.NewStoryID(d.Event)
	return d
}

// credits reports whether a text names an outlet as its source: its name stands in it.
func credits(text, outlet string) bool {
	return len(outlet) > 2 && strings.Contains(text, outlet)
}

// day is when an article was published, in days since 1970, NaN where it is not known to three
// days. A civil day counts by its noon.
func day(i news.Interval) float64 {
	if i.IsMoment() && !i.Start.Instant.IsZero() {
		return float64(i.Start.Instant.Unix()) / secondsOfDay
	}
	first, last := i.Bounds()
	if first.IsZero() || last.IsZero() || last.Sub(first) > 2*24*time.Hour {
		return math.NaN()
	}
	return (float64(first.Unix())/secondsOfDay + float64(last.Unix())/secondsOfDay + 1) / 2
}

const secondsOfDay = 24 * 60 * 60
