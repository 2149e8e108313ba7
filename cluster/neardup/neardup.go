// Package neardup finds the article that another is a copy of.
//
// Candidates come from an index of shingles (Broder 1997): each stored article lends it a
// sample of its shingles, at most maxIndexed, and a new one asks with all it has. A copy cut to a
// quarter still meets a quarter of the sample; a MinHash signature in bands, which asks for
// resemblance, misses three of four such copies. Every candidate is then verified shingle by
// shingle, outside quotations: two independent reports of one news conference share those.
//
// A template filled in anew ("the central bank adds reserves") is no copy. Its words are the
// same; its numbers and its day are not (see Verdict).
package neardup

import (
	"fmt"
	"math"
	"slices"

	"dateline/cluster/sketch"
)

const (
	// maxIndexed bounds the shingles that one article lends to the index.
	maxIndexed = 96
	// maxAsked bounds the shingles with which an article asks.
	maxAsked = 200
	// maxPosted is how many articles a shingle is posted for. One that more share is a phrase
	// of the house or of the trade and finds nothing.
	maxPosted = 24
	// maxVerified is how many candidates are verified, those with the most common shingles.
	maxVerified = 8
)

// What makes a copy. The figures are those with the best F1 on reprints and templates of
// Reuters wires and on made copies of news articles; see docs/grouping.md.
const (
	// leastContained is the share of the shorter article's shingles that the longer one must hold.
	leastContained = 0.57
	// elsewhereContained is that share where the two are of different outlets: within one outlet
	// two articles share background.
	elsewhereContained = 0.42
	// leastNumbers is the share of the shorter's numbers that the longer one must hold.
	leastNumbers = 0.60
	// nearDays is how far apart copies usually appear. Farther apart, or of unknown day, two
	// texts are templates unless words and numbers are the same throughout.
	nearDays        = 2.0
	farContained    = 0.90
	farNumbers      = 0.95
	leastShingles   = 10
	mostQuoted      = 0.75
	leastPlain      = 12
	creditContained = 0.30
	// asMuch is the difference in what two articles hold of a third that says nothing.
	asMuch = 0.02
	// adds is how little of an article a copy of it in a longer one may be: below, as in a digest,
	// the longer one is an article of its own.
	adds = 0.5
)

// An Article is what is compared of an article.
type Article struct {
	Shingles []uint32
	Quoted   []uint32
	Numbers  []uint32
	Level    uint8
	Words    int
	Plain    int
	Outlet   string  // "" where it is not known
	Day      float64 // of publication, in days; NaN where it is not known
}

// Of is the part of a sketch that copies are told by.
func Of(s *sketch.Sketch, outlet string, day float64) Article {
	return Article{s.Shingles, s.Quoted, s.Numbers, s.Level, s.Words, s.Plain, outlet, day}
}

// A Verdict says how two articles stand to each other.
type Verdict struct {
	Copy      bool
	Contained float64 // share of the shorter one's shingles that the longer one holds
	Held      float64 // share of the longer one's shingles that the shorter one holds
	Numbers   float64 // share of the shorter one's numbers that the longer one holds
	Adds      bool    // the first one has much that the second has not
	mine      float64 // share of the first one's shingles that the second one holds
	Why       string  // in words, with the figures
}

// Compare says whether one of two articles is a copy of the other. credited says that one
// names the other's outlet as its source.
func Compare(a, b *Article, credited bool) Verdict {
	swapped := a.Words > b.Words
	if swapped {
		a, b = b, a
	}
	level := max(a.Level, b.Level)
	in, na, nb := common(a.Shingles, b.Shingles, level)
	if float64(a.Plain) < float64(a.Words)*(1-mostQuoted) || na < leastPlain {
		// Hardly anything outside quotations: a transcript. Its quotations are its text.
		qi, qa, qb := common(a.Quoted, b.Quoted, level)
		in, na, nb = in+qi, na+qa, nb+qb
	}
	var v Verdict
	if na < leastShingles || nb < leastShingles {
		if na == nb && in == na && na > 0 && a.Words == b.Words {
			v = Verdict{Contained: 1, Held: 1}
		} else {
			return v
		}
	} else {
		v.Contained, v.Held = float64(in)/float64(na), float64(in)/float64(nb)
	}
	v.mine = v.Contained
	if swapped {
		v.mine, v.Adds = v.Held, v.Held < adds
	}
	n, of, _ := common(a.Numbers, b.Numbers, 0)
	v.Numbers = 1
	if of > 0 {
		v.Numbers = float64(n) / float64(of)
	}
	apart := math.Abs(a.Day - b.Day)
	near := apart <= nearDays // false where a day is unknown
	least := leastContained
	if a.Outlet != "" && b.Outlet != "" && a.Outlet != b.Outlet {
		least = elsewhereContained
	}
	switch {
	case v.Contained >= least && v.Numbers >= leastNumbers && near,
		v.Contained >= farContained && v.Numbers >= farNumbers && (of > 0 || v.Held >= farContained),
		credited && v.Contained >= creditContained && near:
		v.Copy = true
	}
	when := "day unknown"
	if !math.IsNaN(apart) {
		when = fmt.Sprintf("%.1f days apart", apart)
	}
	v.Why = fmt.Sprintf("%.0f %% of the shorter text is in the longer one, %d of %d numbers, %s", 100*v.Contained, n, of, when)
	return v
}

// common counts the hashes of a and of b that are multiples of 2^level, and those in both.
func common(a, b []uint32, level uint8) (both, inA, inB int) {
	mask := uint32(1)<<level - 1
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			if a[i]&mask == 0 {
				inA++
			}
			i++
		case i == len(a) || b[j] < a[i]:
			if b[j]&mask == 0 {
				inB++
			}
			j++
		default:
			if a[i]&mask == 0 {
				both++
				inA++
				inB++
			}
			i++
			j++
		}
	}
	return both, inA, inB
}

// An Index finds candidates among the articles put into it. It keeps the newest and forgets
// in bulk: at most twice the number it was made for.
type Index struct {
	most       int
	now, older generation

	first int32    // the oldest article held
	hits  []uint16 // by article, from first on; zero between calls
	found []int32  // the articles with hits
}

type generation struct {
	articles map[int32]*Article
	heads    map[uint32]int32 // into links
	links    []link
}

type link struct{ article, next int32 }

func newGeneration() generation {
	return generation{articles: make(map[int32]*Article), heads: make(map[uint32]int32), links: make([]link, 1, 1024)}
}

// NewIndex is an empty index of at least most articles, at most twice as many.
func NewIndex(most int) *Index {
	return &Index{most: most, now: newGeneration(), older: newGeneration()}
}

// A Match is a stored article and how it stands to the one asked for.
type Match struct {
	Article int32
	Verdict Verdict
}

// Find is the stored article that a is most like a copy of, the one that holds the most of it;
// of equals the first. credited says whether a names the outlet of a stored article as its source.
func (ix *Index) Find(a *Article, credited func(int32) bool) (Match, bool) {
	ix.found = ix.found[:0]
	every := uint32(1) << a.Level
	for uint32(len(a.Shingles))<<a.Level/every > maxAsked {
		every *= 2
	}
	for _, part := range [][]uint32{a.Shingles, a.Quoted} {
		for _, s := range part {
			if s&(every-1) == 0 {
				ix.count(&ix.now, s)
				ix.count(&ix.older, s)
			}
		}
	}
	type hit struct {
		article int32
		n       int
	}
	var best []hit
	least := 1
	if len(a.Shingles)+len(a.Quoted) > maxAsked/2 {
		least = 2 // one phrase in common makes no copy
	}
	for _, n := range ix.found {
		if h := int(ix.hits[n-ix.first]); h >= least {
			best = append(best, hit{n, h})
		}
		ix.hits[n-ix.first] = 0
	}
	slices.SortFunc(best, func(x, y hit) int {
		if x.n != y.n {
			return y.n - x.n
		}
		return int(x.article - y.article)
	})
	var found Match
	ok := false
	for _, h := range best[:min(len(best), maxVerified)] {
		b := ix.now.articles[h.article]
		if b == nil {
			b = ix.older.articles[h.article]
		}
		v := Compare(a, b, credited != nil && credited(h.article))
		if !v.Copy {
			continue
		}
		// The original of a copy is what holds most of it; of those that hold as much, the first.
		if !ok || v.mine > found.Verdict.mine+asMuch || v.mine > found.Verdict.mine-asMuch && h.article < found.Article {
			found, ok = Match{h.article, v}, true
		}
	}
	return found, ok
}

// count counts a hit for every article of a generation that s leads to.
func (ix *Index) count(g *generation, s uint32) {
	if len(g.heads) == 0 {
		return
	}
	for at := g.heads[s]; at != 0; at = g.links[at].next {
		n := g.links[at].article
		if ix.hits[n-ix.first]++; ix.hits[n-ix.first] == 1 {
			ix.found = append(ix.found, n)
		}
	}
}

// Add puts article n into the index; numbers grow by one. of is the article that it is a copy of, or negative: a
// copy lends the index only what its original has not.
func (ix *Index) Add(n int32, a *Article, of int32) {
	if len(ix.now.articles) >= ix.most {
		ix.older, ix.now = ix.now, newGeneration()
		ix.first = n - int32(len(ix.older.articles))
	}
	for int(n-ix.first) >= len(ix.hits) {
		ix.hits = append(ix.hits, 0)
	}
	var original *Article
	if of >= 0 {
		if original = ix.now.articles[of]; original == nil {
			original = ix.older.articles[of]
		}
	}
	ix.now.articles[n] = a
	every := uint32(1)
	for len(a.Shingles)/int(every) > maxIndexed {
		every *= 2
	}
	for _, part := range [][]uint32{a.Shingles, a.Quoted} {
		for _, s := range part {
			if s&(every<<a.Level-1) != 0 || original != nil && original.has(s) {
				continue
			}
			ix.now.post(s, n)
		}
	}
}

func (a *Article) has(s uint32) bool {
	if _, in := slices.BinarySearch(a.Shingles, s); in {
		return true
	}
	_, in := slices.BinarySearch(a.Quoted, s)
	return in
}

// post makes s lead to article n, unless it leads to too many.
func (g *generation) post(s uint32, n int32) {
	head := g.heads[s]
	long := 0
	for at := head; at != 0; at = g.links[at].next {
		long++
	}
	if long >= maxPosted {
		return
	}
	g.links = append(g.links, link{n, head})
	g.heads[s] = int32(len(g.links) - 1)
}
