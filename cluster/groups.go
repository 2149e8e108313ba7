package cluster

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

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
	Outlet    string // who puts it out; "" where it is not known
	Carried   bool   // Outlet carries what another wrote: it comes after what it carries
	Published news.Interval
	News      event.Day // when what it reports happened, where it was read
	Credits   string    // what its byline, dateline and credit lines say, where it was read
}

// A Decision says where an article belongs.
type Decision struct {
	Article news.ArticleID
	Event   news.EventID
	Story   news.StoryID
	CopyOf  news.ArticleID // "" if it is no copy
	Reason  news.Reason

	original bool // it was placed as a copy of what names it as its source
}

// Groups are articles as they were placed, one after the other. They keep what is needed to
// compare the newest with, whatever their number. They are not safe for concurrent use.
type Groups struct {
	reader  sketch.Reader
	copies  *neardup.Index
	events  *event.Index
	base    int32 // the number of placed[0]
	placed  []placed
	founded map[int32]news.EventID // the names of events and stories
	told    map[int32]news.StoryID
}

// placed is what is kept of an article that was placed.
type placed struct {
	id     news.ArticleID
	outlet string
	event  int32
	story  int32

	credits []string
}

// window is how many articles are compared with a new one, at least; at most twice as many.
const window = 8_000

// New holds no articles.
func New() *Groups {
	return &Groups{copies: neardup.NewIndex(window), events: event.New(), founded: map[int32]news.EventID{}, told: map[int32]news.StoryID{}}
}

// at is the article of a number.
func (g *Groups) at(n int32) *placed { return &g.placed[n-g.base] }

// Add places an article among those added before. It is decided from them alone.
func (g *Groups) Add(r Record) Decision {
	s := g.reader.Of(r.Title, r.Text)
	when := day(r.Published)
	n := g.base + int32(len(g.placed))
	shape := neardup.Of(&s, r.Outlet, when)
	mine := placed{id: r.ID, outlet: r.Outlet, credits: credits(&r)}
	credited := func(m int32) bool { return names(r.Text, mine.credits, g.at(m).outlet) }
	creditedBy := func(m int32) bool { return names("", g.at(m).credits, r.Outlet) }
	match, isCopy := g.copies.Find(&shape, func(m int32) bool { return credited(m) || creditedBy(m) })
	d := Decision{Article: r.ID}
	of := int32(-1)
	if isCopy {
		of = match.Article
		d.CopyOf = g.at(of).id
		d.Reason = news.Reason{Rule: "copy", Detail: match.Verdict.Why}
		switch {
		case credited(of):
			d.Reason.Detail += "; it names " + g.at(of).outlet
		case creditedBy(of):
			d.original = true
			d.Reason.Detail += "; that names " + r.Outlet
		}
	}
	if isCopy && !match.Verdict.Adds {
		// A copy goes where its original is, and is compared with nothing: it pulls nobody.
		mine.event, mine.story = g.at(of).event, g.at(of).story
	} else {
		p := g.events.Add(&event.Article{Sketch: s, Day: when, Outlet: r.Outlet, Corrects: corrects(r.Title), News: r.News})
		mine.event, mine.story = p.Event, p.Story
		if !isCopy {
			d.Reason = p.Reason
		}
		if p.New {
			g.founded[p.Event] = news.NewEventID(r.ID)
		}
		if p.NewStory {
			g.told[p.Story] = news.NewStoryID(g.founded[p.Event])
		}
	}
	g.copies.Add(n, &shape, of)
	g.placed = append(g.placed, mine)
	d.Event, d.Story = g.founded[mine.event], g.told[mine.story]
	if len(g.placed) > 6*window {
		g.forget()
	}
	return d
}

// forget drops what no new article can be compared with any more.
func (g *Groups) forget() {
	gone := len(g.placed) - 3*window
	g.base += int32(gone)
	g.placed = append([]placed(nil), g.placed[gone:]...)
	events, stories := map[int32]bool{}, map[int32]bool{}
	for _, p := range g.placed {
		events[p.event], stories[p.story] = true, true
	}
	for v := range g.founded {
		if !events[v] && !g.events.Holds(v) {
			delete(g.founded, v)
		}
	}
	for y := range g.told {
		if !stories[y] && !g.events.HoldsStory(y) {
			delete(g.told, y)
		}
	}
}

// corrects reports whether a title says that the article corrects an earlier one.
func corrects(title string) bool {
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimLeft(title, "*[( ")), " ")
	switch strings.TrimRight(first, ":-–—.])") {
	case "corrected", "correction", "corrects", "corrections":
		return true
	}
	return false
}

// credits are the words by which an article may name its source in few letters: those of its byline and dateline,
// and what stands in capitals between brackets, as after a dateline: "(VPA)".
func credits(r *Record) (words []string) {
	words = strings.FieldsFunc(r.Credits, func(v rune) bool { return !unicode.IsLetter(v) })
	opening := r.Text[:min(len(r.Text), creditBytes)]
	for {
		_, after, found := strings.Cut(opening, "(")
		if !found {
			return words
		}
		inside, rest, closed := strings.Cut(after, ")")
		if closed && len(inside) <= 5 && strings.ToUpper(inside) == inside {
			words = append(words, inside)
		}
		opening = rest
	}
}

// creditBytes is how far into a text its dateline may stand.
const creditBytes = 200

// names reports whether an article names an outlet as its source: the outlet's name stands in its text, or the
// name or its initials in its credits.
func names(text string, credits []string, outlet string) bool {
	short := initials(outlet)
	return len(outlet) > 2 && strings.Contains(text, outlet) || outlet != "" && slices.Contains(credits, outlet) || short != "" && slices.Contains(credits, short)
}

// initials are those of a name's words, without its article; "" for fewer than two.
func initials(name string) string {
	words := strings.FieldsFunc(strings.TrimPrefix(name, "The "), func(v rune) bool { return unicode.IsSpace(v) || v == '-' })
	if len(words) < 2 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		if v, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(v) {
			b.WriteRune(v)
		}
	}
	if b.Len() < 2 {
		return ""
	}
	return b.String()
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
