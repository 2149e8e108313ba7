package ledger

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/news"
)

// A Likeness is a story that is about some of the same.
type Likeness struct {
	Story news.StoryID
	Name  string
	Score float64  // in (0,1]
	Both  []string // what both are about, what says most first
}

const (
	// fewestShared is how many traits two stories must share: one name alone is in stories of all
	// kinds.
	fewestShared = 2
	// leastAlike parts stories of one matter from those that share two names. In the 50 stories of
	// 70 articles of NewsCluster, which Giveme5W (Hamborg 2018) is measured on, the least of the former was
	// 0.13, the most of the latter 0.12.
	leastAlike = 0.125
	mostAlike  = 5
	// unseen is how many articles without a trait are taken to be outside the record: in a record of
	// one story everybody in it would else count for nothing.
	unseen = 1000
)

// Alike are the stories that are like one, the likest first: those that are about the same people,
// organisations, places and issues.
//
// A trait weighs by its rarity, the logarithm of the share of articles that do without it, times the
// root of its share in the story's own articles, so that no story is long by name alone. The score is
// the cosine of these weights (Salton and Buckley 1988). It is pure.
func Alike(n news.Neighbourhood) []Likeness {
	mine := weights(n.Story, n.Articles)
	var out []Likeness
	for _, o := range n.Others {
		theirs := weights(o, n.Articles)
		var product float64
		var shared []string
		for name, w := range mine {
			if v := theirs[name]; w > 0 && v > 0 {
				product += w * v
				shared = append(shared, name)
			}
		}
		score := product / (length(mine) * length(theirs))
		if len(shared) < fewestShared || score < leastAlike {
			continue
		}
		slices.SortFunc(shared, func(a, b string) int {
			return cmp.Or(cmp.Compare(mine[b]*theirs[b], mine[a]*theirs[a]), cmp.Compare(a, b))
		})
		l := Likeness{Story: o.ID, Name: o.Name, Score: score}
		for _, name := range shared {
			l.Both = append(l.Both, called(n.Story, name))
		}
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b Likeness) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Story, b.Story)) })
	return out[:min(len(out), mostAlike)]
}

// Tags are the traits that tell a story from others, what says most first, at most so many.
func Tags(n news.Neighbourhood, most int) []news.Trait {
	own, w := n.Story, weights(n.Story, n.Articles)
	seen := map[string]bool{}
	tags := slices.DeleteFunc(slices.Clone(own.Traits), func(t news.Trait) bool {
		name := news.Fold(t.Name)
		if t.Kind != news.IssueTrait && !isName(t.Name) {
			return true
		}
		again := seen[name]
		seen[name] = true
		return again || 2*t.Articles < min(own.Articles, 4)
	})
	slices.SortStableFunc(tags, func(a, b news.Trait) int { return cmp.Compare(w[news.Fold(b.Name)], w[news.Fold(a.Name)]) })
	return tags[:min(len(tags), most)]
}

// weights are those of a story's traits, by the words of their names.
func weights(p news.Profile, articles int) map[string]float64 {
	w := map[string]float64{}
	for _, t := range p.Traits {
		if t.Kind != news.IssueTrait && !isName(t.Name) {
			continue
		}
		common := t.Common
		if common == 0 {
			common = p.Articles // an issue is known in its own story alone
		}
		rare := math.Log(float64(1+unseen+max(articles, common)) / float64(1+common))
		share := float64(min(t.Articles, p.Articles)) / float64(max(1, p.Articles))
		name := news.Fold(t.Name)
		w[name] = max(w[name], rare*math.Sqrt(share))
	}
	return w
}

func length(w map[string]float64) float64 {
	var sum float64
	for _, v := range w {
		sum += v * v
	}
	return math.Sqrt(max(sum, math.SmallestNonzeroFloat64))
}

// called is a trait's name as the story has it.
func called(p news.Profile, folded string) string {
	for _, t := range p.Traits {
		if news.Fold(t.Name) == folded {
			return t.Name
		}
	}
	return folded
}

// longestName is how many words a name has; what is longer describes.
const longestName = 5

// isName tells a name from a description, such as "the company".
func isName(s string) bool {
	words := strings.Fields(s)
	if len(words) > 1 && (words[0] == "The" || words[0] == "the") {
		words = words[1:]
	}
	if len(words) == 0 || len(words) > longestName {
		return false
	}
	first, _ := utf8.DecodeRuneInString(words[0])
	return unicode.IsUpper(first) || unicode.IsDigit(first)
}
