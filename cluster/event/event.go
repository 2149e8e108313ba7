// Package event says which articles report the same event, as they arrive.
package event

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"dateline/cluster/sketch"
	"dateline/news"
)

// An Article is what is known of an article when it is placed.
type Article struct {
	Sketch sketch.Sketch
	Day    float64 // of publication, in days since 1970; NaN where it is not known
	Outlet string  // "" where it is not known
	// Corrects: its title says that it corrects what its outlet reported.
	Corrects bool
	News     Day
}

// A Day is when the news of an article happened, as far as its text tells.
type Day struct {
	Number  int // days since 1970; 0 where it is not told
	Weekday int // 1 to 7; 0 where that is not told either
}

// meets is 1 if two days can be one, -1 if they are not, 0 if that is not known.
func (d Day) meets(o Day) int {
	switch {
	case d.Number != 0 && o.Number != 0 && d.Number != o.Number, d.Weekday != 0 && o.Weekday != 0 && d.Weekday != o.Weekday:
		return -1
	case d.Weekday != 0 && o.Weekday != 0:
		return 1
	}
	return 0
}

// Pair is how alike two articles are.
type Pair struct {
	Body, Title, Lead, Cross, Names, Numbers float64
	Days                                     float64 // apart; -1 where either is unknown
	News                                     int     // of one day: 1; of two: -1; 0 where that is not known
}

type article struct {
	body, title, lead, names, numbers vector
	day                               float64
	event                             int32
	story                             *story // nil until it is placed
	outlet                            uint32 // hash of its name; 0 where it is not known
	length                            int
	news                              Day
}

// An Index holds the articles and their events.
type Index struct {
	words    words
	most     int
	base     int32     // the number of articles[0]
	articles []article // in the order in which they came
	events   map[int32]*group
	made     int32 // events so far
	postings map[uint32][]posting

	stories     map[int32]*story
	storiesMade int32

	score   []float32 // by place in articles
	touched []int32
}

type posting struct {
	article int32
	weight  float32
}

// A group is the articles of an event.
type group struct {
	members []int32 // in the order in which they came, those that are still held
	story   *story
}

// at is the article of a number.
func (ix *Index) at(n int32) *article { return &ix.articles[n-ix.base] }

// most is how many articles an index holds at least; at most it holds twice as many.
const most = 8_000

// New is an empty index.
func New() *Index {
	return &Index{most: most, words: newWords(), postings: map[uint32][]posting{}, events: map[int32]*group{}, stories: map[int32]*story{}}
}

// forget drops the oldest articles, down to most, and with them the events and stories whose
// articles are all gone, and the words that only one article had.
func (ix *Index) forget() {
	gone := int32(len(ix.articles) - ix.most)
	ix.base += gone
	ix.articles = append([]article(nil), ix.articles[gone:]...)
	ix.score = ix.score[:0]
	for h, p := range ix.postings {
		keep, _ := slices.BinarySearchFunc(p, ix.base, func(q posting, n int32) int { return int(q.article - n) })
		switch {
		case keep == len(p):
			delete(ix.postings, h)
		case keep > 0:
			ix.postings[h] = append([]posting(nil), p[keep:]...)
		}
	}
	for v, g := range ix.events {
		keep, _ := slices.BinarySearch(g.members, ix.base)
		g.story.articles -= keep
		if g.members = append([]int32(nil), g.members[keep:]...); len(g.members) > 0 {
			continue
		}
		delete(ix.events, v)
		if g.story.events--; g.story.events == 0 {
			delete(ix.stories, g.story.number)
		}
	}
	for h, n := range ix.words.in {
		if n <= 1 {
			delete(ix.words.in, h)
		}
	}
}

// Holds reports whether event v still has articles here.
func (ix *Index) Holds(v int32) bool { return ix.events[v] != nil }

// HoldsStory likewise.
func (ix *Index) HoldsStory(y int32) bool { return ix.stories[y] != nil }

const (
	queryTerms   = 32
	nearest      = 48
	maxPostings  = 20000
	maxEvents    = 12
	maxCompared  = 30
	minCandidate = 0.03
)

// Case is an event considered for an article.
type Case struct {
	Event   int32
	Pairs   []Pair
	members []int32
	body    float64 // mean cosine of the bodies
	Terms   [terms]float64
	Score   float64 // log odds that the article belongs to the event
	Against string  // what rules it out
}

// Prepare adds x to the index without an event and returns its number.
func (ix *Index) Prepare(x *Article) int32 {
	ix.words.add(&x.Sketch, 1)
	a := article{body: ix.words.body(&x.Sketch), title: ix.words.of(x.Sketch.Title), lead: ix.words.of(x.Sketch.Lead), numbers: ix.words.of(x.Sketch.Numbers), day: x.Day, event: -1, length: x.Sketch.Words, news: x.News}
	var names []uint32
	for _, t := range x.Sketch.Terms {
		if t.Name {
			names = append(names, t.Hash)
		}
	}
	a.names = ix.words.of(names)
	if len(ix.articles) >= 2*ix.most {
		ix.forget()
	}
	if x.Outlet != "" {
		a.outlet = sketch.Hash(x.Outlet)
	}
	ix.articles = append(ix.articles, a)
	return ix.base + int32(len(ix.articles)-1)
}

// Near are the nearest articles.
func (ix *Index) Near(n int32) []posting {
	x := ix.at(n)
	order := make([]int, len(x.body.hash))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case x.body.weight[a] > x.body.weight[b]:
			return -1
		case x.body.weight[a] < x.body.weight[b]:
			return 1
		}
		return a - b
	})
	for len(ix.score) < len(ix.articles) {
		ix.score = append(ix.score, 0)
	}
	scanned := 0
	ix.touched = ix.touched[:0]
	for _, i := range order[:min(queryTerms, len(order))] {
		p := ix.postings[x.body.hash[i]]
		if scanned += len(p); scanned > maxPostings {
			break
		}
		w := x.body.weight[i]
		for _, q := range p {
			s := &ix.score[q.article-ix.base]
			if *s == 0 {
				ix.touched = append(ix.touched, q.article)
			}
			*s += w * q.weight
		}
	}
	near := make([]posting, 0, nearest+1)
	for _, t := range ix.touched {
		s := ix.score[t-ix.base]
		ix.score[t-ix.base] = 0
		if s < minCandidate || len(near) == nearest && s <= near[nearest-1].weight {
			continue
		}
		at, _ := slices.BinarySearchFunc(near, s, func(p posting, s float32) int {
			if p.weight >= s {
				return -1
			}
			return 1
		})
		near = slices.Insert(near, at, posting{t, s})
		if len(near) > nearest {
			near = near[:nearest]
		}
	}
	return near
}

// Post makes article n findable.
func (ix *Index) Post(n int32) {
	x := ix.at(n)
	for i, h := range x.body.hash {
		ix.postings[h] = append(ix.postings[h], posting{n, x.body.weight[i]})
	}
}

// Compare two articles.
func (ix *Index) Compare(a, b int32) Pair {
	x, y := ix.at(a), ix.at(b)
	p := Pair{Body: x.body.dot(y.body), Title: x.title.dot(y.title), Lead: x.lead.dot(y.lead), Names: x.names.dot(y.names), Numbers: x.numbers.dot(y.numbers), Days: -1, News: x.news.meets(y.news)}
	p.Cross = (x.title.dot(y.lead) + y.title.dot(x.lead)) / 2
	if !math.IsNaN(x.day) && !math.IsNaN(y.day) {
		p.Days = math.Abs(x.day - y.day)
	}
	return p
}

// Cases are the events that article n may belong to, the most alike first.
func (ix *Index) Cases(n int32, near []posting) []Case {
	var cases []Case
	seen := map[int32]bool{}
	for _, p := range near {
		v := ix.at(p.article).event
		if v < 0 || seen[v] || len(cases) == maxEvents {
			continue
		}
		seen[v] = true
		c := Case{Event: v}
		c.members = ix.events[v].members
		if len(c.members) > maxCompared {
			c.members = c.members[len(c.members)-maxCompared:]
		}
		for _, m := range c.members {
			p := ix.Compare(n, m)
			c.Pairs = append(c.Pairs, p)
			c.body += p.Body
		}
		c.body /= float64(len(c.Pairs))
		cases = append(cases, c)
	}
	for i := range cases {
		ix.weigh(n, cases, i, near)
	}
	return cases
}

// Join puts article n into event v and returns it; if v is negative, into a new event of
// story y, and if that is not held, of a new story.
func (ix *Index) Join(n, v, y int32) int32 {
	if v < 0 {
		told := ix.stories[y]
		if told == nil {
			told = &story{number: ix.storiesMade, last: math.NaN()}
			ix.stories[told.number] = told
			ix.storiesMade++
		}
		told.events++
		v = ix.made
		ix.made++
		ix.events[v] = &group{story: told}
	}
	g, x := ix.events[v], ix.at(n)
	g.members = append(g.members, n)
	x.event, x.story = v, g.story
	g.story.articles++
	if !(x.day <= g.story.last) && !math.IsNaN(x.day) {
		g.story.last = x.day
	}
	return v
}

// A Placement says which event an article was put into, and why.
type Placement struct {
	Article  int32
	Event    int32
	Story    int32
	New      bool // it founded the event
	NewStory bool // and the event the story
	Reason   news.Reason
}

// Add puts an article into the event it belongs to, or into a new one.
func (ix *Index) Add(x *Article) Placement {
	n := ix.Prepare(x)
	near := ix.Near(n)
	cases := ix.Cases(n, near)
	best, second := -1, -1
	for k := range cases {
		switch {
		case best < 0 || cases[k].Score > cases[best].Score:
			best, second = k, best
		case second < 0 || cases[k].Score > cases[second].Score:
			second = k
		}
	}
	p := Placement{Article: n, Event: -1}
	corrected := int32(-1)
	if x.Corrects {
		corrected = ix.corrected(n, near)
	}
	if corrected >= 0 {
		p.Event = ix.at(corrected).event
	} else if best >= 0 && cases[best].Score > threshold {
		p.Event = cases[best].Event
	}
	p.New = p.Event < 0
	p.Reason = ix.reason(x, cases, best, second)
	story := int32(-1)
	if corrected >= 0 {
		c := ix.Compare(n, corrected)
		p.Reason = news.Reason{Rule: "correction", Detail: fmt.Sprintf("its title says that it corrects; %s like what its outlet reported %.1f days before", percent(c.Body), c.Days)}
	}
	if p.New {
		var why string
		story, why = ix.story(n, &x.Sketch, near)
		p.NewStory = story < 0
		p.Reason.Detail += "; " + why
	}
	p.Event = ix.Join(n, p.Event, story)
	p.Story = ix.events[p.Event].story.number
	ix.Post(n)
	return p
}

const (
	// correctedDays is within how many days an outlet corrects, and correctedBody how like the
	// correction is at least to what it corrects.
	correctedDays = 14
	correctedBody = 0.25
)

// corrected is the article that article n corrects: of those of its outlet the likest, if it is not
// long ago; negative if there is none.
func (ix *Index) corrected(n int32, near []posting) int32 {
	x := ix.at(n)
	for _, p := range near { // the likest first
		o := ix.at(p.article)
		if days := x.day - o.day; x.outlet != 0 && o.outlet == x.outlet && days >= 0 && days <= correctedDays && x.body.dot(o.body) >= correctedBody {
			return p.article
		}
	}
	return -1
}

// reason says why an article was put where it was: the best event, what spoke for and against
// it, and the next best.
func (ix *Index) reason(x *Article, cases []Case, best, second int) news.Reason {
	if len(x.Sketch.Terms) == 0 {
		return news.Reason{Rule: "no-words", Detail: "it has no words to compare"}
	}
	if best < 0 {
		return news.Reason{Rule: "event-new", Detail: "nothing stored is like it"}
	}
	c := &cases[best]
	r := news.Reason{Rule: "event-joined"}
	if c.Score <= threshold {
		r.Rule = "event-new"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "chance %.2f with the nearest event: %s like its %d, likest %.2f, titles %.2f", chance(c.Score), percent(c.body), len(c.members), c.Terms[bodyBest]*c.Terms[bodyBest], c.Terms[titleMean])
	if c.Pairs[0].Days >= 0 {
		days := 0.0
		for _, p := range c.Pairs {
			days += p.Days
		}
		fmt.Fprintf(&b, ", %.1f days apart", days/float64(len(c.Pairs)))
	} else {
		b.WriteString(", days unknown")
	}
	if c.Against != "" {
		b.WriteString("; " + c.Against)
	}
	if second >= 0 {
		fmt.Fprintf(&b, "; next %.2f: words %.2f, titles %.2f", chance(cases[second].Score), cases[second].body, cases[second].Terms[titleMean])
	}
	r.Detail = b.String()
	return r
}

func percent(x float64) string { return fmt.Sprintf("words %.2f", x) }

func chance(score float64) float64 { return 1 / (1 + math.Exp(-score)) }

// threshold is the score from which an article joins.
const threshold = 0
