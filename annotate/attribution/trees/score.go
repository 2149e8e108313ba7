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
// column (QuickScorer: Lucchese et al. 2015). Each node has a likely side, the one that the model's usual
// row goes to. The leaves of a tree are numbered from the likely ones on; a node that sends the row to
// the other side rules out the leaves of the likely one; the first leaf that is left is the row's. So only
// nodes are visited at which the row parts from the usual one, one after another in memory.
type part struct {
	columns    []column
	categories []category
	all        []uint32 // of each tree the bits of its leaves
	leaves     [][mostLeaves]float32
	numbers    [][mostLeaves]int32 // of the leaves in the model
}

// A column has the nodes that compare it. Those that a usual row passes on the right, whose thresholds lie
// below it, are visited by a row that holds no more than they do, the highest first; the others by a row
// that holds more, the lowest first.
type column struct {
	at           int
	usual        float32
	low, high    float32 // a number above low and not above high visits none
	below, above []step
}

// A step is the rule of a node with the threshold that it compares.
type step struct {
	threshold float32
	rule
}

// A category has, for each value from 0 to 255, the nodes that send it to the unlikely side. Values that are
// in no set share one list.
type category struct {
	at    int
	rules [256][]rule
}

// A rule keeps of a tree the leaves that a node has not ruled out.
type rule struct {
	tree uint32
	keep uint32
}

// A Scorer scores rows by models. It keeps the room that scoring needs from one call to the next; the
// zero Scorer is ready. It is not safe for concurrent use.
type Scorer struct {
	rows    []int32  // those that are not hopeless
	differs []uint32 // of each column: 0 if the rows have one number in it
	columns []edges  // of the part: those in which the rows differ
	visited []int32  // those of them that have something to rule out for a row
	special []int32  // the same of its categories
	common  []uint32 // of each tree: the leaves that the columns leave in which the rows agree
	left    []uint32 // the same of a row by all columns
}

// edges are what tells of a column whether a row visits a node of it.
type edges struct {
	column    int32
	at        int32
	low, high float32
}

// neighbours is how many rows of Score are looked at together: words that stand side by side have
// much in common, but not all words of an article.
const neighbours = 12

// Score is the logistic of the sum of a model's trees for each of the rows, as many as out has room
// for; they lie one after another in x, each Columns long. Rows that are hopeless after a part of
// the trees keep the sum of that part.
func (s *Scorer) Score(m *Model, x []float32, out []float32) {
	for len(out) > 0 {
		n := min(neighbours, len(out))
		s.ScoreRivals(m, x[:n*m.Columns], out[:n], float32(math.Inf(1)))
		x, out = x[n*m.Columns:], out[n:]
	}
}

// ScoreRivals is Score for rows that are rivals: one that falls behind the best of them by more than a
// margin after a part of the trees is hopeless too.
//
// Rivals have many columns in common, all that tell of what they are rivals for, and most flags. What these
// rule out is found once.
func (s *Scorer) ScoreRivals(m *Model, x []float32, out []float32, margin float32) {
	clear(out)
	s.rows = s.rows[:0]
	for i := range out {
		s.rows = append(s.rows, int32(i))
	}
	row := func(i int32) []float32 { return x[int(i)*m.Columns : int(i+1)*m.Columns] }
	for k := range m.parts {
		if len(s.rows) == 0 {
			break
		}
		p := &m.parts[k]
		s.compare(row)
		s.agree(p, row(s.rows[0]))
		best := float32(math.Inf(-1))
		for rest := s.rows; len(rest) > 0; {
			n := min(block, len(rest))
			s.sum(p, x, m.Columns, rest[:n], out)
			for _, i := range rest[:n] {
				best = max(best, out[i])
			}
			rest = rest[n:]
		}
		if k < len(hopeless) {
			s.rows = slices.DeleteFunc(s.rows, func(i int32) bool { return out[i] < max(hopeless[k].sum, best-margin) })
		}
	}
	for i, v := range out {
		out[i] = float32(1 / (1 + math.Exp(-float64(v))))
	}
}

// compare finds the columns in which the rows differ.
func (s *Scorer) compare(row func(int32) []float32) {
	first := row(s.rows[0])
	s.differs = slices.Grow(s.differs[:0], len(first))[:len(first)]
	clear(s.differs)
	for _, i := range s.rows[1:] {
		other, differs := row(i)[:len(first)], s.differs[:len(first)]
		for j, v := range first {
			differs[j] |= math.Float32bits(v) ^ math.Float32bits(other[j])
		}
	}
}

// agree rules out leaves of a part by the columns in which the rows agree, and keeps the others.
func (s *Scorer) agree(p *part, row []float32) {
	s.common, s.columns, s.special = append(s.common[:0], p.all...), s.columns[:0], s.special[:0]
	for i := range p.columns {
		if c := &p.columns[i]; s.differs[c.at] == 0 {
			c.narrow(s.common, row[c.at])
		} else {
			s.columns = append(s.columns, edges{int32(i), int32(c.at), c.low, c.high})
		}
	}
	for i := range p.categories {
		if c := &p.categories[i]; s.differs[c.at] == 0 {
			c.narrow(s.common, row[c.at])
		} else {
			s.special = append(s.special, int32(i))
		}
	}
}

// block is how many rows are led through a part together: so many have their leaves and
// a column's rules in the nearest cache.
const block = 16

// sum adds the sums of the part's trees for some rows to out, by what the columns have left in which all
// rows agree.
func (s *Scorer) sum(p *part, x []float32, columns int, rows []int32, out []float32) {
	n := len(p.all)
	s.left = s.left[:0]
	for range rows {
		s.left = append(s.left, s.common...)
	}
	for j, i := range rows {
		row, left := x[int(i)*columns:int(i+1)*columns], s.left[j*n:(j+1)*n]
		for _, k := range s.visits(row) {
			c := &p.columns[k]
			c.narrow(left, row[c.at])
		}
	}
	for _, k := range s.special {
		c := &p.categories[k]
		for j, i := range rows {
			c.narrow(s.left[j*n:(j+1)*n], x[int(i)*columns+c.at])
		}
	}
	left := s.left
	for ; len(rows) >= 4; rows = rows[4:] {
		a, b, c, d := p.add4(left[:n], left[n:2*n], left[2*n:3*n], left[3*n:4*n])
		out[rows[0]] += a
		out[rows[1]] += b
		out[rows[2]] += c
		out[rows[3]] += d
		left = left[4*n:]
	}
	for _, i := range rows {
		out[i] += p.add(left[:n])
		left = left[n:]
	}
}

// visits are the columns in which a row differs from others and visits a node: half of them. They are told
// apart without a branch, which nothing could foresee.
func (s *Scorer) visits(row []float32) []int32 {
	s.visited = slices.Grow(s.visited[:0], len(s.columns))[:len(s.columns)]
	n := 0
	for _, e := range s.columns {
		v := row[e.at]
		above, within := 0, 0
		if v > e.low {
			above = 1
		}
		if v <= e.high {
			within = 1
		}
		s.visited[n] = e.column
		n += 1 - above&within
	}
	return s.visited[:n]
}

// add is the sum of the first leaves that are left.
func (p *part) add(left []uint32) (sum float32) {
	leaves := p.leaves[:len(left)]
	for t, l := range left {
		sum += leaves[t][bits.TrailingZeros32(l)&(mostLeaves-1)]
	}
	return sum
}

// add4 is add for four rows: their sums do not wait for one another.
func (p *part) add4(l0, l1, l2, l3 []uint32) (s0, s1, s2, s3 float32) {
	for t := range p.leaves {
		leaves := &p.leaves[t]
		s0 += leaves[bits.TrailingZeros32(l0[t])&(mostLeaves-1)]
		s1 += leaves[bits.TrailingZeros32(l1[t])&(mostLeaves-1)]
		s2 += leaves[bits.TrailingZeros32(l2[t])&(mostLeaves-1)]
		s3 += leaves[bits.TrailingZeros32(l3[t])&(mostLeaves-1)]
	}
	return s0, s1, s2, s3
}

// narrow rules out the leaves that a number in the column does.
func (c *column) narrow(left []uint32, v float32) {
	if v <= c.usual {
		for i := range c.below {
			r := &c.below[i]
			if v > r.threshold {
				break
			}
			left[r.tree] &= r.keep
		}
		return
	}
	for i := range c.above { // and what is no number, as at the nodes themselves
		r := &c.above[i]
		if v <= r.threshold {
			break
		}
		left[r.tree] &= r.keep
	}
}

func (c *category) narrow(left []uint32, v float32) {
	k := int(max(0, min(v, 255)))
	for _, r := range c.rules[k] {
		left[r.tree] &= r.keep
	}
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
		*Node
		step
		right bool // the usual row goes to the right
	}
	nodes := make([][]node, m.Columns)
	p.leaves, p.numbers = make([][mostLeaves]float32, len(roots)), make([][mostLeaves]int32, len(roots))
	for t, root := range roots {
		leaves := 0
		var walk func(at int32) bool
		walk = func(at int32) bool {
			if at < 0 {
				if leaves == mostLeaves {
					return false
				}
				p.leaves[t][leaves], p.numbers[t][leaves] = m.Leaves[-at-1], -at-1
				leaves++
				return true
			}
			n := &m.Nodes[at]
			likely, other := n.Left, n.Right
			right := m.next(n, m.Usual) == n.Right
			if right {
				likely, other = other, likely
			}
			first := leaves
			if !walk(likely) {
				return false
			}
			ruledOut := uint32(1)<<leaves - uint32(1)<<first
			nodes[n.Column] = append(nodes[n.Column], node{n, step{n.Threshold, rule{uint32(t), ^ruledOut}}, right})
			return walk(other)
		}
		if !walk(root) {
			return false
		}
		p.all = append(p.all, uint32(uint64(1)<<leaves-1))
	}
	for at, list := range nodes {
		c := column{at: at, usual: m.Usual[at]}
		var sets []node
		for _, n := range list {
			switch {
			case n.Set >= 0:
				sets = append(sets, n)
			case n.right:
				c.below = append(c.below, n.step)
			default:
				c.above = append(c.above, n.step)
			}
		}
		if len(c.below)+len(c.above) > 0 {
			slices.SortStableFunc(c.below, func(x, y step) int { return cmp.Compare(y.threshold, x.threshold) })
			slices.SortStableFunc(c.above, func(x, y step) int { return cmp.Compare(x.threshold, y.threshold) })
			if c.low, c.high = float32(math.Inf(-1)), float32(math.Inf(1)); len(c.below) > 0 {
				c.low = c.below[0].threshold
			}
			if len(c.above) > 0 {
				c.high = c.above[0].threshold
			}
			p.columns = append(p.columns, c)
		}
		if len(sets) == 0 {
			continue
		}
		k := category{at: at}
		var shared []rule
		for v := range k.rules {
			var rules []rule
			some := false
			for _, n := range sets { // tree by tree
				in := m.Sets[n.Set][v>>5]>>(v&31)&1 == 1
				some = some || in
				if in != n.right {
					continue
				}
				if last := len(rules) - 1; last >= 0 && rules[last].tree == n.tree {
					rules[last].keep &= n.keep
				} else {
					rules = append(rules, n.rule)
				}
			}
			if !some {
				if shared == nil {
					shared = rules
				}
				rules = shared
			}
			k.rules[v] = rules
		}
		p.categories = append(p.categories, k)
	}
	return true
}
