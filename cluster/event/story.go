package event

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"dateline/cluster/sketch"
)

// A story is what its events have in common as a candidate for the next one.
type story struct {
	number           int32
	events, articles int
	last             float64 // the newest day of its articles, NaN where none has one

	// What is counted while an article is compared; zero between.
	in       int // its articles that have the word in hand
	names    float64
	likeness float64
	likest   [storyMembers]float64
	likes    int
	seen     bool
}

const (
	// storyAlike is how alike an event must be at least to the likest articles of a story, and
	// storyEnough what the share of its names that the story knows and storyLike times the root of that
	// likeness must come to. A market report shares the capitals of a story, not its people, and few of
	// its words; two meetings of the same people half a year apart share few names of the day. Best of
	// those that keep the first apart and the second together; docs/grouping.md has the curve.
	storyAlike, storyLike, storyEnough = 0.14, 3.0, 1.55
	// storyMembers is how many of the likest articles of a story are asked.
	storyMembers = 2
	// storyFade is over how many days the likeness of an article fades. Best of 10, 30, 90, 365.
	storyFade = 90

	// The rank of a story, fitted as a conditional choice among the stories that are there on the
	// even ones of the events of Wikipedia's current events; docs/grouping.md has the figures.
	rankNames = 0.42  // of the names that both tell, by BM25 over the story's articles as one
	rankLike  = 4.05  // of the likeness of its nearest articles
	rankDays  = -0.32 // of the logarithm of the days since it was last told
	// usualDays stands for the days where an article has none.
	usualDays = 30

	// Of BM25 (Robertson and Zaragoza 2009), with the articles of a story that have a word for
	// how often it has it: a story of nameNorm articles is of usual length.
	nameSaturation, nameLength, nameNorm = 0.4, 0.75, 4.0
	// maxNamed is how many postings are walked for names, the rarest first; a word that more than
	// maxNamedIn articles have tells no story from another.
	maxNamed, maxNamedIn = 8000, 2000
)

// candidates are the stories that article n may continue, the first first: those of the nearest
// articles and those whose articles have its names. told is the weight of its names,
// those that no story has among them.
func (ix *Index) candidates(n int32, s *sketch.Sketch, near []posting) (all []*story, told float64) {
	x := ix.at(n)
	meet := func(y *story) {
		if !y.seen {
			y.seen = true
			all = append(all, y)
		}
	}
	type name struct {
		hash   uint32
		weight float64
	}
	var names []name
	for _, t := range s.Terms {
		if p := len(ix.postings[t.Hash]); t.Capital && p <= maxNamedIn {
			w := ix.words.weight(t.Hash)
			told += w
			if p > 0 {
				names = append(names, name{t.Hash, w})
			}
		}
	}
	slices.SortFunc(names, func(a, b name) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.hash, b.hash)) })
	walked := 0
	var holders []*story
	for _, w := range names {
		p := ix.postings[w.hash]
		if walked += len(p); walked > maxNamed {
			break
		}
		holders = holders[:0]
		for _, q := range p {
			y := ix.at(q.article).story
			if y.in++; y.in == 1 {
				holders = append(holders, y)
			}
		}
		for _, y := range holders {
			meet(y)
			in := float64(y.in)
			y.names += w.weight * in / (in + nameSaturation*(1-nameLength+nameLength*float64(y.articles)/nameNorm))
			y.in = 0
		}
	}
	for _, p := range near {
		o := ix.at(p.article)
		y := o.story
		meet(y)
		body := x.body.dot(o.body)
		like := (body + x.names.dot(o.names)) / 2
		if days := math.Abs(x.day - o.day); !math.IsNaN(days) {
			body *= math.Exp(-days / storyFade)
		}
		y.likeness += body * body
		y.likes++
		for k := range y.likest {
			if like > y.likest[k] {
				like, y.likest[k] = y.likest[k], like
			}
		}
	}
	rank := func(y *story) float64 {
		days := math.Abs(x.day - y.last)
		if math.IsNaN(days) {
			days = usualDays
		}
		return rankNames*y.names + rankLike*math.Sqrt(math.Sqrt(y.likeness)) + rankDays*math.Log1p(days)
	}
	slices.SortFunc(all, func(a, b *story) int { return cmp.Or(cmp.Compare(rank(b), rank(a)), cmp.Compare(a.number, b.number)) })
	return all, told
}

// alike is how like an article is to the likest of the story's that are near it.
func (y *story) alike() float64 {
	sum := 0.0
	for _, l := range y.likest {
		sum += l
	}
	return sum / float64(max(1, min(y.likes, storyMembers)))
}

func forgetCandidates(all []*story) {
	for _, y := range all {
		*y = story{number: y.number, events: y.events, articles: y.articles, last: y.last}
	}
}

// story is the story that an event founded by article n belongs to, or a negative number, and
// why. The first candidate is the one; it must be like enough.
func (ix *Index) story(n int32, s *sketch.Sketch, near []posting) (int32, string) {
	all, told := ix.candidates(n, s, near)
	defer forgetCandidates(all)
	if len(all) == 0 {
		return -1, "no story is near"
	}
	alike, share := all[0].alike(), 0.0
	if told > 0 {
		share = min(1, all[0].names/told)
	}
	switch {
	case alike < storyAlike:
		return -1, fmt.Sprintf("the nearest story is %.2f like it, less than %.2f", alike, storyAlike)
	case storyLike*math.Sqrt(alike)+share < storyEnough:
		return -1, fmt.Sprintf("the nearest story is %.2f like it and knows %.2f of its names: too little of both", alike, share)
	}
	return all[0].number, fmt.Sprintf("the story is %.2f like it and knows %.2f of its names", alike, share)
}

// Continue places an article as an event of its own in story y, or in a new one if that is not held,
// whatever it is like. first is the story that was the first candidate for it, negative if there was none.
func (ix *Index) Continue(x *Article, y int32) (first, story int32) {
	n := ix.Prepare(x)
	all, _ := ix.candidates(n, &x.Sketch, ix.Near(n))
	first = -1
	if len(all) > 0 {
		first = all[0].number
	}
	forgetCandidates(all)
	v := ix.Join(n, -1, y)
	ix.Post(n)
	return first, ix.events[v].story.number
}
