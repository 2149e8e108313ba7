package search

import (
	"cmp"
	"slices"
	"strings"

	"dateline/search/ask"
)

// A Name is one that the record knows, with how many entities bear it.
type Name struct {
	Name  string
	Words []string // of it
	N     int
}

// mostMeant is how many names are proposed.
const mostMeant = 3

// Unknown are the names that a query asks for in a field, and the words it has, each as its words.
func Unknown(q Query, wanted []Wanted) [][]string {
	var all [][]string
	var walk func(ask.Node)
	walk = func(n ask.Node) {
		if n.Kind == ask.In && (n.Field == "speaker" || n.Field == "to" || n.Field == "about") {
			all = append(all, n.Words)
		}
		for _, c := range n.Nodes {
			walk(c)
		}
	}
	if q.Root != nil {
		walk(*q.Root)
	}
	for _, w := range wanted {
		if w.Have == 0 && len(w.Word) > 3 {
			all = append(all, []string{w.Word})
		}
	}
	return all
}

// Meant are the names most like a name that nobody bears: each word of it like one of theirs.
// A name that is there is not proposed: then nothing is amiss with the name.
func Meant(asked []string, names []Name) []string {
	type like struct {
		name     string
		off, n   int
		shortest int
	}
	var all []like
	for _, name := range names {
		off := 0
		for _, w := range asked {
			best := tolerance(w) + 1
			for _, o := range name.Words {
				best = min(best, apart(w, o, best))
			}
			if off += best; best > tolerance(w) {
				off = -1
				break
			}
		}
		switch {
		case off == 0:
			return nil
		case off > 0:
			all = append(all, like{name.Name, off, name.N, len(name.Words)})
		}
	}
	slices.SortFunc(all, func(a, b like) int {
		return cmp.Or(a.off-b.off, b.n-a.n, a.shortest-b.shortest, strings.Compare(a.name, b.name))
	})
	var out []string
	for _, l := range all {
		if len(out) < mostMeant && !slices.Contains(out, l.name) {
			out = append(out, l.name)
		}
	}
	return out
}

// tolerance is how many letters of a word may be wrong: Damerau 1964 found four in five misspelt
// words to differ by one.
func tolerance(w string) int {
	switch n := len([]rune(w)); {
	case n < 4:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// apart is how many letters must be added, dropped, replaced or swapped to make b of a; most if
// it is as many or more.
func apart(a, b string, most int) int {
	if d := len(a) - len(b); d >= most || -d >= most {
		return most
	}
	x, y := []rune(a), []rune(b)
	var before, last []int
	row := make([]int, len(y)+1)
	for k := range row {
		row[k] = k
	}
	for i := range x {
		before, last, row = last, row, make([]int, len(y)+1)
		row[0] = i + 1
		least := row[0]
		for k := range y {
			cost := 1
			if x[i] == y[k] {
				cost = 0
			}
			row[k+1] = min(last[k]+cost, last[k+1]+1, row[k]+1)
			if i > 0 && k > 0 && x[i] == y[k-1] && x[i-1] == y[k] {
				row[k+1] = min(row[k+1], before[k-1]+1)
			}
			least = min(least, row[k+1])
		}
		if least >= most {
			return most
		}
	}
	return min(most, row[len(y)])
}
