package extraction

import (
	"slices"
	"strings"

	"dateline/eval/score"
)

// shingleWords is the length of a shingle in the benchmark that Shingles follows.
const shingleWords = 4

// Shingles scores the texts of pages by the multisets of their 4-word shingles. Precision and
// recall are means over the pages that have any, F1 is that of the means.
//
// Source: Scrapinghub 2020, "Article extraction benchmark", evaluate.py.
type Shingles struct {
	Precision, Recall score.Mean
	Exact             score.Mean // pages whose words are the gold's, all and in order
}

// A ShinglePage is what one page adds to Shingles.
type ShinglePage struct {
	both, extra, missing int
	exact                bool
}

// ShinglesOf compares the text of one page.
func ShinglesOf(gold, got string) ShinglePage {
	g, p := Words(gold), Words(got)
	a, b := shingles(g), shingles(p)
	both := common(a, b)
	return ShinglePage{both, total(b) - both, total(a) - both, slices.Equal(g, p)}
}

// Add adds a page.
func (s *Shingles) Add(p ShinglePage) {
	s.Exact.Count(p.exact)
	if n := p.both + p.extra; n > 0 {
		s.Precision.Add(score.Ratio(p.both, n))
	}
	if n := p.both + p.missing; n > 0 {
		s.Recall.Add(score.Ratio(p.both, n))
	}
}

// F1 is that of the mean precision and the mean recall.
func (s *Shingles) F1() float64 { return score.F1(s.Precision.Value(), s.Recall.Value()) }

// shingles counts the shingles of a text; a text shorter than one is a shingle of its own.
func shingles(words []string) map[string]int {
	m := map[string]int{}
	if len(words) == 0 {
		return m
	}
	for i := range max(1, len(words)-shingleWords+1) {
		m[strings.Join(words[i:min(i+shingleWords, len(words))], " ")]++
	}
	return m
}

func total(m map[string]int) int {
	n := 0
	for _, k := range m {
		n += k
	}
	return n
}
