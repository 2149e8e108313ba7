package cluster

import (
	"cmp"
	"slices"

	"dateline/cluster/sketch"
	"dateline/news"
)

const (
	// leastKept is the share of the shorter text's shingles that two articles of a page share when
	// they are one article before and after: what was rewritten more than that is told anew.
	leastKept = 0.5
	// leastAlone is that share where the page held one article before and holds one now. It is
	// next to nothing, for a page's one article is what its address names; but an address that
	// shows whatever is newest shows another article each time.
	leastAlone = 0.05
	// fewShingles is a text too short to tell that it was replaced: "more follows".
	fewShingles = 60
)

// Continued says which articles of a page's new revision are which of those before, whatever
// became of their headlines: the place of each in before, or -1 where it is new. The same id
// goes first; then a page's one article is its one article; and else the texts decide, the
// likest pair first.
func Continued(before, now []news.Article) []int {
	of := make([]int, len(now))
	taken := make([]bool, len(before))
	left := 0
	for i, a := range now {
		of[i] = -1
		for k, b := range before {
			if a.ID == b.ID && !taken[k] {
				of[i], taken[k] = k, true
				break
			}
		}
		if of[i] < 0 {
			left++
		}
	}
	if left == 0 || left > mostCompared || len(before) > mostCompared {
		return of
	}
	type pair struct {
		from, to int
		kept     float64
	}
	var pairs []pair
	alone := len(before) == 1 && len(now) == 1
	was, is := shingled(before), shingled(now)
	for i := range now {
		for k := range before {
			if of[i] >= 0 || taken[k] {
				continue
			}
			share, known := kept(was[k], is[i])
			if alone && (!known || share >= leastAlone) || known && share >= leastKept {
				pairs = append(pairs, pair{k, i, share})
			}
		}
	}
	slices.SortStableFunc(pairs, func(p, q pair) int { return cmp.Compare(q.kept, p.kept) })
	for _, p := range pairs {
		if of[p.to] < 0 && !taken[p.from] {
			of[p.to], taken[p.from] = p.from, true
		}
	}
	return of
}

// mostCompared bounds the articles of a page whose texts are compared, pair by pair.
const mostCompared = 40

// kept is the share of the shorter text's shingles that stand in the longer one; not known where
// it has too few.
func kept(a, b sketch.Sketch) (share float64, known bool) {
	level := max(a.Level, b.Level)
	one, other := shingles(a, level), shingles(b, level)
	if len(one) > len(other) {
		one, other = other, one
	}
	if len(one)<<level < fewShingles {
		return 0, false
	}
	both := 0
	for h := range one {
		if other[h] {
			both++
		}
	}
	return float64(both) / float64(len(one)), true
}

func shingled(articles []news.Article) (sketches []sketch.Sketch) {
	var r sketch.Reader
	for _, a := range articles {
		sketches = append(sketches, r.Of("", body(a)))
	}
	return sketches
}

// shingles are those of a sketch at a level, quoted or not.
func shingles(s sketch.Sketch, level uint8) map[uint32]bool {
	set := map[uint32]bool{}
	for _, part := range [][]uint32{s.Shingles, s.Quoted} {
		for _, h := range part {
			if h&(1<<level-1) == 0 {
				set[h] = true
			}
		}
	}
	return set
}
