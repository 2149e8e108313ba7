// Package trees evaluates gradient boosted decision trees.
//
// A model is a sum of trees; each leads a row of numbers down to a leaf by comparing one
// column at a node, or by asking whether a category is in the node's set. The form is the
// package's own, small enough to embed: thresholds are shared in one table a column, leaves
// are 16-bit steps of the model's scale. How one is fitted does not matter here; tools/
// holds a converter from LightGBM's text form.
package trees

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
)

// A Model is a fitted ensemble. It is immutable and safe for concurrent use.
type Model struct {
	Columns int
	Roots   []int32 // index of each tree's first node; negative is a leaf, as in Node
	Nodes   []Node
	Leaves  []float32
	Sets    [][8]uint32 // categories 0 to 255

	means  []float32 // of the leaves below each node; this and the rest are filled by Read
	fast   []tree
	steps  []step
	values []float32 // of the steps that are leaves
	bits   [][32]uint8
}

// A Node compares column Column with Threshold, less or equal goes left; or, with Set >= 0,
// goes left if the category is in the set. A child below 0 is the leaf -child-1.
type Node struct {
	Threshold   float32
	Left, Right int32
	Column      uint16
	Set         int16
}

// hopeless are sums of the first part of the trees below which a row is left at that sum: the
// rest does not lift it to where it matters. Over the development articles of
// docs/attribution.md they change no figure by more than .001 and halve the time.
var hopeless = []struct{ part, sum float32 }{{.1, -3.6}, {.25, -4.2}}

// Score is the logistic of the sum of the trees for each of the rows, which lie one after
// another in x, each Columns long. out must have room for all. Rows that are hopeless after a
// part of the trees keep the sum of that part.
func (m *Model) Score(x []float32, out []float32) {
	n := len(x) / m.Columns
	out = out[:n]
	clear(out)
	cats := make([]uint8, len(x))
	for i, v := range x {
		if v > 0 {
			cats[i] = uint8(min(v, 255))
		}
	}
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(i)
	}
	const block = 256 // rows that stay in the cache while the trees pass
	for from := 0; from < n; from += block {
		part, done := rows[from:min(n, from+block)], 0
		for _, h := range hopeless {
			upTo := int(h.part * float32(len(m.fast)))
			m.sum(m.fast[done:upTo], x, cats, out, part)
			kept := part[:0]
			for _, i := range part {
				if out[i] >= h.sum {
					kept = append(kept, i)
				}
			}
			part, done = kept, upTo
		}
		m.sum(m.fast[done:], x, cats, out, part)
	}
	for i, v := range out {
		out[i] = float32(1 / (1 + math.Exp(-float64(v))))
	}
}

// A tree of the fast form: its root, and how many steps its deepest leaf takes.
type tree struct{ root, depth int32 }

// A step is a node of the fast form. The two children lie side by side: the next step is
// first, plus one if the column is above the threshold or is a category outside the set. A
// leaf leads to itself. So a walk needs no branch that a processor could guess wrong.
type step struct {
	threshold float32
	first     int32
	column    uint16
	set       uint16
	category  uint8 // 1 where the node asks for a category
}

// sum adds the trees to out for the rows given: tree by tree, so that one stays in the cache
// while the rows pass, and four rows side by side.
func (m *Model) sum(trees []tree, x []float32, cats []uint8, out []float32, rows []int32) {
	c := m.Columns
	steps, sets, values := m.steps, m.bits, m.values
	n := len(rows)
	for len(rows)%4 != 0 { // the last one again and again: its surplus is not added
		rows = append(rows[:len(rows):len(rows)], rows[len(rows)-1])
	}
	sums := make([]float32, len(rows))
	for _, t := range trees {
		for k := 0; k+4 <= len(rows); k += 4 {
			i0, i1, i2, i3 := int(rows[k])*c, int(rows[k+1])*c, int(rows[k+2])*c, int(rows[k+3])*c
			x0, x1, x2, x3 := x[i0:i0+c], x[i1:i1+c], x[i2:i2+c], x[i3:i3+c]
			c0, c1, c2, c3 := cats[i0:i0+c], cats[i1:i1+c], cats[i2:i2+c], cats[i3:i3+c]
			a0, a1, a2, a3 := t.root, t.root, t.root, t.root
			for d := int32(0); d < t.depth; d++ {
				n0, n1, n2, n3 := &steps[a0], &steps[a1], &steps[a2], &steps[a3]
				b0, b1, b2, b3 := above(x0[n0.column], n0.threshold), above(x1[n1.column], n1.threshold), above(x2[n2.column], n2.threshold), above(x3[n3.column], n3.threshold)
				b0 |= n0.category &^ (sets[n0.set][c0[n0.column]>>3] >> (c0[n0.column] & 7))
				b1 |= n1.category &^ (sets[n1.set][c1[n1.column]>>3] >> (c1[n1.column] & 7))
				b2 |= n2.category &^ (sets[n2.set][c2[n2.column]>>3] >> (c2[n2.column] & 7))
				b3 |= n3.category &^ (sets[n3.set][c3[n3.column]>>3] >> (c3[n3.column] & 7))
				a0, a1, a2, a3 = n0.first+int32(b0), n1.first+int32(b1), n2.first+int32(b2), n3.first+int32(b3)
				if d&3 == 3 && steps[a0].first == a0 && steps[a1].first == a1 && steps[a2].first == a2 && steps[a3].first == a3 {
					break
				}
			}
			sums[k] += values[a0]
			sums[k+1] += values[a1]
			sums[k+2] += values[a2]
			sums[k+3] += values[a3]
		}
	}
	for k, i := range rows[:n] {
		out[i] += sums[k]
	}
}

func above(v, threshold float32) uint8 {
	var b uint8
	if v > threshold {
		b = 1
	}
	return b
}

// speed lays the trees out in their fast form.
func (m *Model) speed() {
	m.bits = make([][32]uint8, len(m.Sets))
	for i, s := range m.Sets {
		for k, w := range s {
			binary.LittleEndian.PutUint32(m.bits[i][4*k:], w)
		}
	}
	if len(m.bits) == 0 {
		m.bits = make([][32]uint8, 1)
	}
	m.steps, m.values = nil, nil
	put := func() int32 {
		m.steps = append(m.steps, step{})
		m.values = append(m.values, 0)
		return int32(len(m.steps) - 1)
	}
	var lay func(at, to int32) int32
	lay = func(at, to int32) int32 {
		if at < 0 {
			m.steps[to] = step{threshold: float32(math.Inf(1)), first: to}
			m.values[to] = m.Leaves[-at-1]
			return 0
		}
		n := m.Nodes[at]
		first := put()
		put()
		s := step{threshold: n.Threshold, first: first, column: n.Column}
		if n.Set >= 0 {
			s.threshold, s.set, s.category = float32(math.Inf(1)), uint16(n.Set), 1
		}
		m.steps[to] = s
		return 1 + max(lay(n.Left, first), lay(n.Right, first+1))
	}
	for _, r := range m.Roots {
		root := put()
		m.fast = append(m.fast, tree{root, lay(r, root)})
	}
}

// next is the child of node n that a row goes to.
func (m *Model) next(n *Node, row []float32) int32 {
	v := row[n.Column]
	if n.Set < 0 {
		if v <= n.Threshold {
			return n.Left
		}
		return n.Right
	}
	if c := uint32(v); v >= 0 && c < 256 && m.Sets[n.Set][c>>5]>>(c&31)&1 == 1 {
		return n.Left
	}
	return n.Right
}

var errModel = errors.New("trees: damaged model")

// Contributions adds to by, for one row, how much each column moved the sum: at every node
// passed, the change of the mean value of the leaves below. It is what reasons are made of.
func (m *Model) Contributions(row []float32, by []float32) {
	for _, root := range m.Roots {
		at := root
		for at >= 0 {
			n := &m.Nodes[at]
			next := m.next(n, row)
			by[n.Column] += m.mean(next) - m.means[at]
			at = next
		}
	}
}

// mean is the plain mean of the leaves below a node, or the value of a leaf.
func (m *Model) mean(at int32) float32 {
	if at < 0 {
		return m.Leaves[-at-1]
	}
	return m.means[at]
}

// weigh computes the means of all nodes; children come after their parents.
func (m *Model) weigh() {
	m.means = make([]float32, len(m.Nodes))
	leaves := make([]float32, len(m.Nodes))
	of := func(at int32) (sum, n float32) {
		if at < 0 {
			return m.Leaves[-at-1], 1
		}
		return m.means[at] * leaves[at], leaves[at]
	}
	for i := len(m.Nodes) - 1; i >= 0; i-- {
		ls, ln := of(m.Nodes[i].Left)
		rs, rn := of(m.Nodes[i].Right)
		leaves[i] = ln + rn
		m.means[i] = (ls + rs) / (ln + rn)
	}
}

// WriteTo writes the model in its compact form.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	var b []byte
	// Thresholds, each once a column.
	edges := make([][]float32, m.Columns)
	edgeOf := make([]map[float32]int, m.Columns)
	for i := range edgeOf {
		edgeOf[i] = map[float32]int{}
	}
	for _, n := range m.Nodes {
		if n.Set < 0 {
			if _, ok := edgeOf[n.Column][n.Threshold]; !ok {
				edgeOf[n.Column][n.Threshold] = len(edges[n.Column])
				edges[n.Column] = append(edges[n.Column], n.Threshold)
			}
		}
	}
	u := func(v int) { b = binary.AppendUvarint(b, uint64(v)) }
	f := func(v float32) { b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v)) }
	u(m.Columns)
	for _, e := range edges {
		u(len(e))
		for _, v := range e {
			f(v)
		}
	}
	u(len(m.Sets))
	for _, s := range m.Sets {
		var bytes [32]byte
		for i, w := range s {
			binary.LittleEndian.PutUint32(bytes[4*i:], w)
		}
		n := len(bytes)
		for n > 0 && bytes[n-1] == 0 {
			n--
		}
		u(n)
		b = append(b, bytes[:n]...)
	}
	most := float32(0)
	for _, v := range m.Leaves {
		most = max(most, float32(math.Abs(float64(v))))
	}
	scale := most / 32767
	if scale == 0 {
		scale = 1
	}
	f(scale)
	u(len(m.Roots))
	var tree func(at int32)
	tree = func(at int32) { // pre-order: column+1 and edge or set, or 0 and the leaf
		if at < 0 {
			u(0)
			b = binary.LittleEndian.AppendUint16(b, uint16(int16(math.Round(float64(m.Leaves[-at-1]/scale)))))
			return
		}
		n := m.Nodes[at]
		if n.Set < 0 {
			u(1 + 2*int(n.Column))
			u(edgeOf[n.Column][n.Threshold])
		} else {
			u(2 + 2*int(n.Column))
			u(int(n.Set))
		}
		tree(n.Left)
		tree(n.Right)
	}
	for _, r := range m.Roots {
		tree(r)
	}
	n, err := w.Write(b)
	return int64(n), err
}

// Read reads what WriteTo wrote and returns what follows it.
func Read(b []byte) (m *Model, rest []byte, err error) {
	m = &Model{}
	bad := false
	u := func() int {
		v, n := binary.Uvarint(b)
		if n <= 0 || v > 1<<24 {
			bad = true
			return 0
		}
		b = b[n:]
		return int(v)
	}
	f := func() float32 {
		if len(b) < 4 {
			bad = true
			return 0
		}
		v := math.Float32frombits(binary.LittleEndian.Uint32(b))
		b = b[4:]
		return v
	}
	m.Columns = u()
	if bad || m.Columns > 1<<12 {
		return nil, nil, errModel
	}
	edges := make([][]float32, m.Columns)
	for i := range edges {
		for n := u(); n > 0 && !bad; n-- {
			edges[i] = append(edges[i], f())
		}
	}
	for n := u(); n > 0 && !bad; n-- {
		k := u()
		if k > 32 || k > len(b) {
			return nil, nil, errModel
		}
		var bytes [32]byte
		copy(bytes[:], b[:k])
		b = b[k:]
		var s [8]uint32
		for i := range s {
			s[i] = binary.LittleEndian.Uint32(bytes[4*i:])
		}
		m.Sets = append(m.Sets, s)
	}
	scale := f()
	var tree func(depth int) int32
	tree = func(depth int) int32 {
		k := u()
		if bad || depth > 200 {
			bad = true
			return -1
		}
		if k == 0 {
			if len(b) < 2 {
				bad = true
				return -1
			}
			m.Leaves = append(m.Leaves, float32(int16(binary.LittleEndian.Uint16(b)))*scale)
			b = b[2:]
			return int32(-len(m.Leaves))
		}
		column, which := (k-1)/2, u()
		if column >= m.Columns {
			bad = true
			return -1
		}
		at := len(m.Nodes)
		n := Node{Column: uint16(column), Set: -1}
		if k%2 == 1 {
			if which >= len(edges[column]) {
				bad = true
				return -1
			}
			n.Threshold = edges[column][which]
		} else {
			if which >= len(m.Sets) {
				bad = true
				return -1
			}
			n.Set = int16(which)
		}
		m.Nodes = append(m.Nodes, n)
		left := tree(depth + 1)
		right := tree(depth + 1)
		m.Nodes[at].Left, m.Nodes[at].Right = left, right
		return int32(at)
	}
	for n := u(); n > 0 && !bad; n-- {
		m.Roots = append(m.Roots, tree(0))
	}
	if bad {
		return nil, nil, errModel
	}
	m.weigh()
	m.speed()
	return m, b, nil
}
