package trees

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// hopeless are sums of the first part of the trees below which a row is left at that sum: the
// rest does not lift it to where it matters. Over the development articles of
// docs/attribution.md they change no figure by more than .001 and halve the time.
var hopeless = []struct{ part, sum float32 }{{.1, -3.6}, {.25, -4.2}}

// mostLeaves is how many leaves a tree may have: the bits of a word.
const mostLeaves = 32

// A part is some of the trees, laid out so that a row is led through all of them at once, column by
// column (QuickScorer: Lucchese et al. 2015). The leaves of a tree are numbered from the left; a
// node that sends the row to the right rules out the leaves to its left; the first leaf that is
// left is the row's. So only nodes that send to the right are visited, one after another in
// memory.
type part struct {
	columns    []column
	categories []category
	all        []uint32 // of each tree the bits of its leaves
	leaves     [][mostLeaves]float32
}

// A column has the nodes that compare it, by rising threshold.
type column struct {
	at         int
	thresholds []float32
	rules      []rule
}

// A category has, for each value from 0 to 255, the nodes that send it to the right: the rules from
// starts[value] to starts[value+1].
type category struct {
	at     int
	starts []int32
	rules  []rule
}

// A rule keeps of a tree the leaves that a node has not ruled out.
type rule struct {
	tree uint32
	keep uint32
}

// Score is the logistic of the sum of the trees for each of the rows, which lie one after
// another in x, each Columns long. out must have room for all. Rows that are hopeless after a
// part of the trees keep the sum of that part.
func (m *Model) Score(x []float32, out []float32) {
	m.ScoreRivals(x, out, len(out), float32(math.Inf(1)))
}

// ScoreRivals is Score for the first n rows, which are rivals: one that falls behind the best
// of them by more than a margin after a part of the trees is hopeless too.
func (m *Model) ScoreRivals(x []float32, out []float32, n int, margin float32) {
	c := m.Columns
	n = min(n, len(out), len(x)/c)
	sums := out[:n]
	clear(sums)
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(i)
	}
	var left []uint32
	for k := range m.parts {
		p := &m.parts[k]
		best := float32(math.Inf(-1))
		for _, i := range rows {
			left = append(left[:0], p.all...)
			sums[i] += p.sum(x[int(i)*c:int(i+1)*c:int(i+1)*c], left)
			best = max(best, sums[i])
		}
		if k == len(hopeless) {
			break
		}
		rows = slices.DeleteFunc(rows, func(i int32) bool { return sums[i] < max(hopeless[k].sum, best-margin) })
	}
	for i, v := range sums {
		sums[i] = float32(1 / (1 + math.Exp(-float64(v))))
	}
}

// sum is the sum of the part's trees for a row; left are the bits of all leaves.
func (p *part) sum(row []float32, left []uint32) float32 {
	for i := range p.columns {
		c := &p.columns[i]
		v := row[c.at]
		rules := c.rules[:len(c.thresholds)]
		for k, t := range c.thresholds {
			if v <= t {
				break
			}
			left[rules[k].tree] &= rules[k].keep
		}
	}
	for i := range p.categories {
		c := &p.categories[i]
		v := int(max(0, min(row[c.at], 255)))
		for _, r := range c.rules[c.starts[v]:c.starts[v+1]] {
			left[r.tree] &= r.keep
		}
	}
	sum := float32(0)
	leaves := p.leaves[:len(left)]
	for t, l := range left {
		sum += leaves[t][bits.TrailingZeros32(l)&(mostLeaves-1)]
	}
	return sum
}

// speed lays the trees out in parts; false where one has too many leaves.
func (m *Model) speed() bool {
	m.parts = nil
	from := 0
	for _, h := range hopeless {
		to := int(h.part * float32(len(m.Roots)))
		m.parts = append(m.parts, part{})
		if !m.lay(&m.parts[len(m.parts)-1], m.Roots[from:to]) {
			return false
		}
		from = to
	}
	m.parts = append(m.parts, part{})
	return m.lay(&m.parts[len(m.parts)-1], m.Roots[from:])
}

// lay fills a part with trees.
func (m *Model) lay(p *part, roots []int32) bool {
	type node struct {
		threshold float32
		set       int16
		rule
	}
	nodes := make([][]node, m.Columns)
	p.leaves = make([][mostLeaves]float32, len(roots))
	for t, root := range roots {
		leaves := 0
		var walk func(at int32) bool
		walk = func(at int32) bool {
			if at < 0 {
				if leaves == mostLeaves {
					return false
				}
				p.leaves[t][leaves] = m.Leaves[-at-1]
				leaves++
				return true
			}
			n := &m.Nodes[at]
			first := leaves
			if !walk(n.Left) {
				return false
			}
			ruledOut := uint32(1)<<leaves - uint32(1)<<first
			nodes[n.Column] = append(nodes[n.Column], node{n.Threshold, n.Set, rule{uint32(t), ^ruledOut}})
			return walk(n.Right)
		}
		if !walk(root) {
			return false
		}
		p.all = append(p.all, uint32(uint64(1)<<leaves-1))
	}
	for at, list := range nodes {
		var c column
		var k category
		slices.SortStableFunc(list, func(x, y node) int { return cmp.Compare(x.threshold, y.threshold) })
		for _, n := range list {
			if n.set < 0 {
				c.thresholds, c.rules = append(c.thresholds, n.threshold), append(c.rules, n.rule)
			}
		}
		if len(c.rules) > 0 {
			c.at = at
			p.columns = append(p.columns, c)
		}
		list = slices.DeleteFunc(list, func(n node) bool { return n.set < 0 })
		if len(list) == 0 {
			continue
		}
		slices.SortStableFunc(list, func(x, y node) int { return cmp.Compare(x.tree, y.tree) })
		k.at, k.starts = at, make([]int32, 257)
		for v := range 256 {
			k.starts[v] = int32(len(k.rules))
			for _, n := range list {
				if m.Sets[n.set][v>>5]>>(v&31)&1 == 1 {
					continue
				}
				if last := len(k.rules) - 1; last >= int(k.starts[v]) && k.rules[last].tree == n.tree {
					k.rules[last].keep &= n.keep
				} else {
					k.rules = append(k.rules, n.rule)
				}
			}
		}
		k.starts[256] = int32(len(k.rules))
		p.categories = append(p.categories, k)
	}
	return true
}
