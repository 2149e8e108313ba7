package event

import (
	"fmt"
	"math"
)

const (
	// storyAlike is how alike an event must be to the likest articles of a story.
	storyAlike = 0.205
	// storyNearest is how many of the nearest articles speak for their stories.
	storyNearest = 24
	// storyMembers is how many of the likest articles of a story are asked.
	storyMembers = 2
	// storyFade is over how many days a story half fades from memory; what is as like and
	// nearer in time goes before. Best of 10, 30, 90, 365 on dated event briefs.
	storyFade = 90
)

// A candidate is a story that an event may belong to.
type candidate struct {
	story int32
	rank  float64   // sum of the squares of the likenesses, faded: many like articles count
	like  []float64 // the likest, in order
}

// candidates are the stories near article n, likest first.
func (ix *Index) candidates(n int32, near []posting) []candidate {
	var all []candidate
	at := map[int32]int{}
	x := ix.at(n)
	for _, p := range near[:min(len(near), storyNearest)] {
		y := ix.at(p.article)
		g := ix.events[ix.at(p.article).event]
		if g == nil {
			continue
		}
		i, seen := at[g.story]
		if !seen {
			i = len(all)
			at[g.story] = i
			all = append(all, candidate{story: g.story})
		}
		c := &all[i]
		body := x.body.dot(y.body)
		like := (body + x.names.dot(y.names)) / 2
		if days := math.Abs(x.day - y.day); !math.IsNaN(days) {
			body *= .3 + .7*math.Exp(-days/storyFade)
		}
		c.rank += body * body
		if len(c.like) < storyMembers {
			c.like = append(c.like, like)
		} else if worst := storyMembers - 1; like > c.like[worst] {
			c.like[worst] = like
		}
		for k := len(c.like) - 1; k > 0 && c.like[k] > c.like[k-1]; k-- {
			c.like[k], c.like[k-1] = c.like[k-1], c.like[k]
		}
	}
	for i := 1; i < len(all); i++ {
		for k := i; k > 0 && all[k].rank > all[k-1].rank; k-- {
			all[k], all[k-1] = all[k-1], all[k]
		}
	}
	return all
}

// story is the story that an event founded by article n belongs to, or a negative number, and
// why. The first candidate is the one; it must be like enough.
func (ix *Index) story(n int32, near []posting) (int32, string) {
	all := ix.candidates(n, near)
	if len(all) == 0 {
		return -1, "no story is near"
	}
	sum := 0.0
	for _, l := range all[0].like {
		sum += l
	}
	sum /= float64(len(all[0].like))
	if sum < storyAlike {
		return -1, fmt.Sprintf("the nearest story is %.2f like it, less than %.2f", sum, storyAlike)
	}
	return all[0].story, fmt.Sprintf("the story is %.2f like it", sum)
}
