package search

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"dateline/news"
	"dateline/search/ask"
	"dateline/search/word"
)

// Stats are what ranking must know of everything that could be found.
type Stats struct {
	N           float64 // how many articles, or statements
	Title, Body float64 // how many words one has on average
}

// A Wanted is a term of a query with how many articles have it.
type Wanted struct {
	Term string
	Word string // as it was written, for a person
	Have float64
}

// BM25F (Robertson, Zaragoza and Taylor 2004): the counts of the fields are weighted and shortened
// by length before they are added and saturate. docs/search.md tells what each setting returned.
const (
	saturation  = 1.5  // k1
	shortBody   = 0.75 // b of the body
	shortTitle  = 0.4  // b of the title: titles are of much the same length
	titleWeight = 3.0
	// pairs weighs two neighbours of the query that stand near each other in the text, after the
	// sequential dependence model (Metzler and Croft 2005).
	pairWeight = 0.2
	pairWindow = 8
)

// A Ranker scores digests for one query.
type Ranker struct {
	terms  []Wanted
	weight []float64
	stats  Stats
	slots  [slotCount]int16 // the term whose hash ends so, counted from 1; negative for the first of several
	hashes []uint32
	next   []int16 // the next term of the same slot
	total  float64
}

const slotCount = 1 << 12

// NewRanker is for the terms of a query, in its order, each once.
func NewRanker(terms []Wanted, stats Stats) *Ranker {
	r := &Ranker{terms: terms, stats: stats, next: make([]int16, len(terms)+1)}
	for i, t := range terms {
		r.hashes = append(r.hashes, hash(t.Term))
		r.weight = append(r.weight, Weight(t, stats))
		r.total += r.weight[i]
		slot := &r.slots[r.hashes[i]%slotCount]
		r.next[i+1] = *slot
		*slot = int16(i + 1)
	}
	return r
}

// term is the number of the term with this hash, -1 for none.
func (r *Ranker) term(h uint32) int {
	for i := r.slots[h%slotCount]; i > 0; i = r.next[i] {
		if r.hashes[i-1] == h {
			return int(i - 1)
		}
	}
	return -1
}

// counts is how often each term stands in the fields of a digest.
type counts struct {
	title, body []float64
	pair        []float64 // of term i and the next, near each other
}

func (r *Ranker) count(d *Digest) counts {
	n := len(r.terms)
	all := make([]float64, 3*n)
	c := counts{all[:n], all[n : 2*n], all[2*n:]}
	for i := range d.Title.len() {
		if t := r.term(d.Title.at(i)); t >= 0 {
			c.title[t]++
		}
	}
	last := make([]int, n) // where the term stood last, counted from 1
	for i := range d.Body.len() {
		t := r.term(d.Body.at(i))
		if t < 0 {
			continue
		}
		c.body[t]++
		last[t] = i + 1
		if t > 0 && last[t-1] > 0 && i+1-last[t-1] < pairWindow {
			c.pair[t-1]++
		}
		if t+1 < n && last[t+1] > 0 && i+1-last[t+1] < pairWindow {
			c.pair[t]++
		}
	}
	return c
}

func norm(b, length, average float64) float64 {
	if average <= 0 {
		return 1
	}
	return 1 - b + b*length/average
}

// Score is how well an article answers the query.
func (r *Ranker) Score(d *Digest) float64 {
	score := 0.0
	c := r.count(d)
	nt, nb := norm(shortTitle, float64(d.Title.len()), r.stats.Title), norm(shortBody, float64(d.Body.len()), r.stats.Body)
	for i := range r.terms {
		if f := titleWeight*c.title[i]/nt + c.body[i]/nb; f > 0 {
			score += r.weight[i] * f * (saturation + 1) / (saturation + f)
		}
		if f := c.pair[i] / nb; f > 0 {
			score += pairWeight * min(r.weight[i], r.weight[i+1]) * f * (saturation + 1) / (saturation + f)
		}
	}
	return score
}

// Why are the reasons of an article's score.
func (r *Ranker) Why(d *Digest) []news.Reason {
	var all []news.Reason
	c := r.count(d)
	nt, nb := norm(shortTitle, float64(d.Title.len()), r.stats.Title), norm(shortBody, float64(d.Body.len()), r.stats.Body)
	type part struct {
		reason news.Reason
		score  float64
	}
	var parts []part
	for i, t := range r.terms {
		f := titleWeight*c.title[i]/nt + c.body[i]/nb
		if f == 0 {
			continue
		}
		s := r.weight[i] * f * (saturation + 1) / (saturation + f)
		parts = append(parts, part{news.Reason{Rule: "word", Detail: fmt.Sprintf("%q %.0f times in the title, %.0f in the text; about %.0f of %.0f articles have it: %.2f",
			t.Word, c.title[i], c.body[i], t.Have, r.stats.N, s)}, s})
		if f := c.pair[i] / nb; f > 0 {
			s := pairWeight * min(r.weight[i], r.weight[i+1]) * f * (saturation + 1) / (saturation + f)
			parts = append(parts, part{news.Reason{Rule: "near", Detail: fmt.Sprintf("%q and %q near each other %.0f times: %.2f", t.Word, r.terms[i+1].Word, c.pair[i], s)}, s})
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.score, a.score) })
	for _, p := range parts {
		all = append(all, p.reason)
	}
	return all
}

// Weight is how much a term tells: the logarithm of how few have it.
func Weight(w Wanted, s Stats) float64 {
	return math.Log(1 + max(0, s.N-w.Have+0.5)/(w.Have+0.5))
}

// WantedOf are the terms that rank what a query finds, in its order, each once: its words and
// phrases, and what it asks to be told about. Function words are among them only where there is
// nothing else.
func WantedOf(n ask.Node) []Wanted {
	all := wantedOf(n, false)
	if len(all) == 0 {
		all = wantedOf(n, true)
	}
	return all
}

func wantedOf(n ask.Node, stops bool) []Wanted {
	var all []Wanted
	seen := map[string]bool{}
	var walk func(ask.Node)
	walk = func(n ask.Node) {
		if n.Kind == ask.Not || n.Kind == ask.Is || n.Kind == ask.In && n.Field != "about" {
			return
		}
		for _, w := range n.Words {
			if t := Term(w); !seen[t] && (stops || !word.Stop(w)) && n.Kind != ask.Prefix {
				seen[t] = true
				all = append(all, Wanted{Term: t, Word: w})
			}
		}
		for _, c := range n.Nodes {
			walk(c)
		}
	}
	walk(n)
	return all
}
