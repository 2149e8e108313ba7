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
	"sync"
)

// A Model is a fitted ensemble. It is immutable and safe for concurrent use.
type Model struct {
	Columns int
	Roots   []int32 // index of each tree's first node; negative is a leaf, as in Node
	Nodes   []Node
	Leaves  []float32
	Sets    [][8]uint32 // categories 0 to 255
	Usual   []float32   // what rows hold most often, by column; nil is zeros. It changes no score, only how soon there is one

	parts []part // filled by Read
	paths func() *paths
}

// A Node compares column Column with Threshold, less or equal goes left; or, with Set >= 0,
// goes left if the category is in the set. A child below 0 is the leaf -child-1.
type Node struct {
	Threshold   float32
	Left, Right int32
	Column      uint16
	Set         int16
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
	for i := range m.Columns {
		if m.Usual == nil {
			f(0)
		} else {
			f(m.Usual[i])
		}
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
	for range m.Columns {
		v := f()
		bad = bad || v != v
		m.Usual = append(m.Usual, v)
	}
	if bad {
		return nil, nil, errModel
	}
	if !m.speed() {
		return nil, nil, errModel
	}
	m.paths = sync.OnceValue(m.trace)
	return m, b, nil
}
