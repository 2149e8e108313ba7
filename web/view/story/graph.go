package story

import (
	"cmp"
	"fmt"
	"slices"

	"dateline/news"
	"dateline/web/view"
)

// A Graph is who carries whom: on the left whose text it is, on the right who carries it.
type Graph struct {
	Left, Right []Node
	Edges       []Edge
	Height      int
}

// A Node is an outlet.
type Node struct {
	view.Link
	Y int
	N int // articles
}

// An Edge is how often one carries another's text.
type Edge struct {
	From, To string
	N        int
	Path     string // an SVG path on a drawing 1000 wide
	Width    int
	FromURL  string
	ToURL    string
}

const (
	nodeHeight = 30
	leftEdge   = 330 // where the lines leave the names
	rightEdge  = 670
)

func (m *maker) carriers() Graph {
	type pair struct{ from, to string }
	n := map[pair]int{}
	unknown := "an outlet not known"
	for _, v := range m.Dossier.Story.Events {
		for _, c := range v.Copies {
			from, to := cmp.Or(m.Dossier.Heads[c.Of].Outlet, unknown), cmp.Or(m.Dossier.Heads[c.Article].Outlet, unknown)
			if from != to {
				n[pair{from, to}]++
			}
		}
	}
	// What one outlet tells on another's word is carried too.
	for i := range m.Dossier.Entries {
		e := &m.Dossier.Entries[i]
		if e.Kind != news.Utterance {
			continue
		}
		for k := 1; k < len(e.Chain); k++ {
			if e.Chain[k].Entity == "" && e.Chain[k-1].Entity == "" && e.Chain[k].Name != e.Chain[k-1].Name && e.Chain[k].Name != "" && e.Chain[k-1].Name != "" {
				n[pair{e.Chain[k].Name, e.Chain[k-1].Name}]++
			}
		}
	}
	left, right := view.Counts{}, view.Counts{}
	for p, k := range n {
		left[p.from] += k
		right[p.to] += k
	}
	var g Graph
	place := func(c view.Counts) ([]Node, map[string]int) {
		var nodes []Node
		at := map[string]int{}
		for i, choice := range c.Choices("", nil) {
			y := i*nodeHeight + nodeHeight/2
			at[choice.Value] = y
			nodes = append(nodes, Node{view.Link{Text: choice.Text, URL: m.Outlet(choice.Text)}, y, choice.N})
		}
		return nodes, at
	}
	var fromY, toY map[string]int
	g.Left, fromY = place(left)
	g.Right, toY = place(right)
	g.Height = max(len(g.Left), len(g.Right)) * nodeHeight
	for p, k := range n {
		a, shown := fromY[p.from]
		b, both := toY[p.to]
		if !shown || !both {
			continue
		}
		g.Edges = append(g.Edges, Edge{p.from, p.to, k, fmt.Sprintf("M%d %dC%d %d %d %d %d %d", leftEdge, a, (leftEdge+rightEdge)/2, a, (leftEdge+rightEdge)/2, b, rightEdge, b),
			min(12, 1+k), m.Outlet(p.from), m.Outlet(p.to)})
	}
	slices.SortFunc(g.Edges, func(a, b Edge) int { return cmp.Or(b.N-a.N, cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return g
}
