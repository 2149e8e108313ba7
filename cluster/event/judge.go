package event

import (
	"math"
)

// The terms of the judgement, in the order of Case.Terms.
const (
	constant = iota
	bodyMean
	bodyWorst
	bodyBest
	titleMean
	titleBest
	leadMean
	leadBest
	cross
	names
	numbers
	near
	apart
	rival
	neighbours
	cohesion
	length
	elsewhere
	sameNews
	otherNews
	terms
)

// weigh fills in the terms of cases[k] and its score.
func (ix *Index) weigh(n int32, cases []Case, k int, nearest []posting) {
	c := &cases[k]
	t := &c.Terms
	t[constant] = 1
	worst, best, dated := 1.0, 0.0, 0.0
	words := 0 // of the longest member, or of the article where that is shorter
	for i, p := range c.Pairs {
		worst, best = min(worst, p.Body), max(best, p.Body)
		t[titleMean] += p.Title
		t[titleBest] = max(t[titleBest], p.Title)
		t[leadMean] += p.Lead
		t[leadBest] = max(t[leadBest], p.Lead)
		t[cross] += p.Cross
		t[names] += p.Names
		t[numbers] += p.Numbers
		if p.Days >= 0 {
			t[near] += math.Exp(-p.Days / 2)
			t[apart] += math.Log1p(p.Days)
			dated++
		}
		switch p.News {
		case 1:
			t[sameNews]++
		case -1:
			t[otherNews]++
		}
		words = max(words, min(ix.at(c.members[i]).length, ix.at(n).length))
		t[length] += math.Abs(math.Log(float64(ix.at(c.members[i]).length+20) / float64(ix.at(n).length+20)))
	}
	of := float64(len(c.Pairs))
	for _, i := range []int{titleMean, leadMean, cross, names, numbers, length, sameNews, otherNews} {
		t[i] /= of
	}
	if dated > 0 { // a member without a day says nothing of the others' days
		t[near], t[apart] = t[near]/dated, t[apart]/dated
	}
	t[bodyMean], t[bodyWorst], t[bodyBest] = math.Sqrt(c.body), math.Sqrt(worst), math.Sqrt(best)
	for j := range cases {
		if j != k {
			t[rival] = max(t[rival], math.Sqrt(cases[j].body))
		}
	}
	sum, others := 0.0, 0
	for _, p := range nearest {
		if o := ix.at(p.article); others < maxOthers && o.event != c.Event {
			sum += float64(p.weight)
			others++
			t[elsewhere] = max(t[elsewhere], ix.at(n).title.within(o.body))
		}
	}
	// Where few articles are near there is no measure of how alike neighbours are: the usual one.
	if others < maxOthers {
		t[rival] = max(t[rival], math.Sqrt(fewRival))
	}
	t[neighbours] = math.Sqrt((sum + float64(maxOthers-others)*fewOthers) / maxOthers)
	if m := c.members; len(m) > 1 {
		m = m[max(0, len(m)-6):]
		pairs := 0.0
		for i := range m {
			for _, o := range m[:i] {
				t[cohesion] += ix.at(m[i]).body.dot(ix.at(o).body)
				pairs++
			}
		}
		t[cohesion] /= pairs
	}
	weights := &nearWeights
	switch {
	case dated == 0:
		weights = &undatedWeights
	case t[apart] > farApart:
		weights = &farWeights
	}
	c.Score = 0
	for i, w := range weights {
		c.Score += w * t[i]
	}
	least := leastBody
	if words >= longWords {
		least = leastLong
	}
	if t[bodyBest] < math.Sqrt(least) && t[titleBest] < farTitle {
		c.Against = "hardly a word in common"
		c.Score = min(c.Score, -1)
	}
	if t[apart] > vetoApart && t[titleBest] < farTitle && t[leadBest] < farLead {
		// Weeks apart, and neither title nor lead tells the same: the same people and place again.
		c.Against = "far apart, and neither titles nor leads are alike"
		c.Score = min(c.Score, -1)
	}
}

// farApart is ln(1+days) from which articles are far apart: a week.
const farApart = 2.08

const (
	// vetoApart is ln(1+days) from which titles or leads must be alike: three weeks.
	vetoApart = 3.09
	farTitle  = 0.25
	farLead   = 0.35
	// leastBody is the least that two articles of one event have in common, leastLong where both have
	// longWords: of the joins between the two, 22 of 29 were wrong where a folder held six articles.
	leastBody, leastLong = 0.10, 0.12
	longWords            = 100
	// fewRival and fewOthers are how alike an article and its neighbours usually are.
	fewRival  = 0.11
	fewOthers = 0.10
)

// maxOthers is how many of the nearest articles outside an event make its neighbourhood.
const maxOthers = 10
