package search

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/news"
)

// A Ranked is an article, or a statement of one, in the order of an answer.
type Ranked struct {
	Root   int64
	Place  int // of the statement; -1 for an article
	Score  float64
	Copies []Folded
	day    float64
}

// A Folded is a copy that stands behind its original.
type Folded struct {
	Root  int64
	Alike float64
}

const (
	// recencyWeight and recencyDays raise what is new among what answers as well: the newest by
	// this share, half as much after so many days.
	recencyWeight = 0.1
	recencyDays   = 14

	// A statement is shown by itself beside its article where it has this share of what the query
	// tells; most of one article, and how it is ranked against the article.
	leastCoverage  = 0.6
	mostOfArticle  = 3
	besideArticle  = 0.9
	articlesWithin = 100

	shortStatement = 0.3 // b of statements: a short one is not better for being short
)

// day is when something was published, in days; NaN where that is not known.
func day(published string) float64 {
	i, err := news.ParseInterval(published)
	if err != nil {
		return math.NaN()
	}
	if i.IsMoment() && !i.Start.Instant.IsZero() {
		return float64(i.Start.Instant.Unix()) / 86400
	}
	first, last := i.Bounds()
	if first.IsZero() {
		first = last
	}
	if first.IsZero() {
		return math.NaN()
	}
	return float64(first.Unix())/86400 + 0.5
}

// recency is what a score is multiplied by.
func recency(day, newest float64) float64 {
	if math.IsNaN(day) || math.IsInf(newest, 0) {
		return 1
	}
	return 1 + recencyWeight*math.Exp2(-(newest-day)/recencyDays)
}

// Rank orders what may be a hit, best first, and folds copies under their originals. Articles
// bring the statements that answer by themselves, unless only says otherwise. digests are those
// of all roots; what has none stands no longer and is left out.
func (r *Ranker) Rank(candidates []Ranked, digests map[int64]*Digest, only Sort) []Ranked {
	newest := math.Inf(-1)
	var all []Ranked
	for _, c := range candidates {
		d := digests[c.Root]
		if d == nil || c.Place >= len(d.Statements) {
			continue
		}
		c.day = day(d.Published)
		if c.day > newest {
			newest = c.day
		}
		if c.Place >= 0 {
			c.Score = r.statement(d, c.Place)
		} else {
			c.Score = r.Score(d)
		}
		all = append(all, c)
	}
	for i := range all {
		all[i].Score *= recency(all[i].day, newest)
	}
	slices.SortFunc(all, before)
	all = fold(all, digests)
	if only == "" && len(r.terms) > 0 {
		all = r.within(all, digests)
	}
	return all
}

// before is the order of an answer: of equals the newest, and then whatever is always the same.
func before(a, b Ranked) int {
	da, db := a.day, b.day
	if math.IsNaN(da) {
		da = math.Inf(-1)
	}
	if math.IsNaN(db) {
		db = math.Inf(-1)
	}
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(db, da), cmp.Compare(b.Root, a.Root), cmp.Compare(a.Place, b.Place))
}

// within adds the statements of the best articles that answer by themselves.
func (r *Ranker) within(all []Ranked, digests map[int64]*Digest) []Ranked {
	var said []Ranked
	for _, c := range all[:min(len(all), articlesWithin)] {
		if c.Place >= 0 {
			continue
		}
		d := digests[c.Root]
		var own []Ranked
		for i := range d.Statements {
			if share := r.Coverage(d, i); share >= leastCoverage {
				own = append(own, Ranked{Root: c.Root, Place: i, Score: c.Score * besideArticle * share, day: c.day})
			}
		}
		slices.SortFunc(own, before)
		said = append(said, own[:min(len(own), mostOfArticle)]...)
	}
	slices.SortFunc(said, before)
	all = append(all, fold(said, digests)...)
	slices.SortFunc(all, before)
	return all
}

// tally counts the terms of the query in a statement.
func (r *Ranker) tally(d *Digest, place int) []float64 {
	c := make([]float64, len(r.terms))
	for _, run := range d.Statements[place].runs {
		for i := run.start; i < run.start+run.n; i++ {
			if t := r.term(d.word(i)); t >= 0 {
				c[t]++
			}
		}
	}
	return c
}

// statement is how well a statement answers by its own words.
func (r *Ranker) statement(d *Digest, place int) float64 {
	n, score := norm(shortStatement, float64(d.Statements[place].Words), r.stats.Body), 0.0
	for i, f := range r.tally(d, place) {
		f /= n
		score += r.weight[i] * f * (saturation + 1) / (saturation + f)
	}
	return score
}

// Coverage is the share of what the query tells that a statement has.
func (r *Ranker) Coverage(d *Digest, place int) float64 {
	if r.total == 0 {
		return 0
	}
	share := 0.0
	for i, f := range r.tally(d, place) {
		if f > 0 {
			share += r.weight[i]
		}
	}
	return share / r.total
}

// Copies are found by stretches of words that two texts share (Broder 1997), of which a sample by
// hash stands for all.
const (
	shingleWords = 6
	oneShingleOf = 4
	foldAmong    = 100
	leastAlike   = 0.7
	leastSample  = 6
)

// fold puts copies behind the original among the best of a sorted list: of articles whose text is
// almost the same, and of statements of the same words, the one published first.
func fold(all []Ranked, digests map[int64]*Digest) []Ranked {
	top := all[:min(len(all), foldAmong)]
	holders := map[uint64][]int{}
	sizes := make([]int, len(top))
	original := make([]int, len(top)) // the place in top of whom one stands behind
	alike := make([]float64, len(top))
	for i := range top {
		original[i] = i
		sample := shingles(digests[top[i].Root], top[i].Place)
		sizes[i] = len(sample)
		shared := map[int]int{}
		for _, h := range sample {
			for _, k := range holders[h] {
				shared[k]++
			}
			holders[h] = append(holders[h], i)
		}
		best := -1
		for k, n := range shared {
			least := min(sizes[i], sizes[k])
			if least < leastSample && top[i].Place < 0 {
				continue
			}
			if s := float64(n) / float64(least); s >= leastAlike && (s > alike[i] || s == alike[i] && k < best) {
				best, alike[i] = k, s
			}
		}
		if best >= 0 {
			original[i] = find(original, best)
		}
	}
	groups := map[int][]int{}
	for i := range top {
		o := find(original, i)
		groups[o] = append(groups[o], i)
	}
	var folded []Ranked
	for i := range top {
		members := groups[i]
		if len(members) == 0 {
			continue
		}
		first := slices.MinFunc(members, func(a, b int) int { return earlier(top[a], top[b]) })
		shown := top[first]
		shown.Score = top[members[0]].Score // the best of them
		for _, m := range members {
			if m != first {
				shown.Copies = append(shown.Copies, Folded{top[m].Root, max(alike[m], alike[first])})
			}
		}
		folded = append(folded, shown)
	}
	return append(folded, all[len(top):]...)
}

func find(original []int, i int) int {
	for original[i] != i {
		i = original[i]
	}
	return i
}

// earlier puts first what was published first; what has no date comes last.
func earlier(a, b Ranked) int {
	da, db := a.day, b.day
	if math.IsNaN(da) {
		da = math.Inf(1)
	}
	if math.IsNaN(db) {
		db = math.Inf(1)
	}
	return cmp.Or(cmp.Compare(da, db), cmp.Compare(a.Root, b.Root))
}

// shingles are a sample of the stretches of an article's words; all the words of a statement, as
// one.
func shingles(d *Digest, place int) []uint64 {
	const prime = 1099511628211
	if place >= 0 {
		h := uint64(14695981039346656037)
		for _, run := range d.Statements[place].runs {
			for i := run.start; i < run.start+run.n; i++ {
				h = (h ^ uint64(d.word(i))) * prime
			}
		}
		if d.Statements[place].Words < 3 {
			return nil // "yes" is said by many
		}
		return []uint64{h}
	}
	var sample []uint64
	seen := map[uint64]bool{}
	for i := 0; i+shingleWords <= d.Body.len(); i++ {
		first := d.Body.at(i) * 2654435761
		if first>>8%oneShingleOf != 0 {
			continue
		}
		h := uint64(14695981039346656037)
		for k := range shingleWords {
			h = (h ^ uint64(d.Body.at(i+k))) * prime
		}
		if !seen[h] {
			seen[h] = true
			sample = append(sample, h)
		}
	}
	return sample
}

// mostCounts is how many values of a facet are told.
const mostCounts = 10

// Facets count an answer by outlet, speaker, mode, act, language and month.
func Facets(all []Ranked, digests map[int64]*Digest) []Facet {
	names := []string{"outlet", "published", "lang", "speaker", "mode", "act"}
	counts := map[string]map[string]int{}
	add := func(name, value string) {
		if value == "" {
			return
		}
		if counts[name] == nil {
			counts[name] = map[string]int{}
		}
		counts[name][value]++
	}
	for _, r := range all {
		d := digests[r.Root]
		add("outlet", d.Outlet)
		add("lang", d.Language)
		if len(d.Published) >= len("2006-01") {
			add("published", d.Published[:len("2006-01")])
		}
		if r.Place >= 0 {
			s := d.Statements[r.Place]
			add("speaker", s.Speaker)
			add("mode", string(s.Mode))
			add("act", string(s.Act))
		}
	}
	var facets []Facet
	for _, name := range names {
		f := Facet{Name: name}
		for value, n := range counts[name] {
			asks := name + ":" + value
			if name == "outlet" || name == "speaker" {
				asks = name + ":" + strconv.Quote(strings.Join(Words(value), " "))
			}
			f.Counts = append(f.Counts, Count{value, n, asks})
		}
		slices.SortFunc(f.Counts, func(a, b Count) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Value, b.Value)) })
		f.Counts = f.Counts[:min(len(f.Counts), mostCounts)]
		if len(f.Counts) > 0 {
			facets = append(facets, f)
		}
	}
	return facets
}

// WhyRanked are the reasons of a place in an answer.
func (r *Ranker) WhyRanked(x Ranked, d *Digest) []news.Reason {
	var all []news.Reason
	if x.Place < 0 {
		all = r.Why(d)
	} else {
		for i, f := range r.tally(d, x.Place) {
			if f > 0 {
				all = append(all, news.Reason{Rule: "word", Detail: fmt.Sprintf("%q %.0f times; about %.0f of %.0f have it: %.2f", r.terms[i].Word, f, r.terms[i].Have, r.stats.N, r.weight[i])})
			}
		}
	}
	if len(r.terms) == 0 {
		all = append(all, news.Reason{Rule: "newest-first", Detail: "the query has no words to rank by"})
	} else if !math.IsNaN(x.day) {
		all = append(all, news.Reason{Rule: "recent", Detail: "published " + time.Unix(int64(x.day*86400), 0).UTC().Format(time.DateOnly)})
	}
	for _, c := range x.Copies {
		all = append(all, news.Reason{Rule: "copy-folded", Detail: fmt.Sprintf("another has %.0f %% of its word sequences", 100*c.Alike)})
	}
	return all
}
