package trees

import "math/bits"

// Contributions adds to by, for one row, how much each column moved the sum: at every node
// passed, the change of the mean value of the leaves below. It is what reasons are made of.
func (s *Scorer) Contributions(m *Model, row []float32, by []float32) {
	paths := m.paths()
	for k := range m.parts {
		p := &m.parts[k]
		s.left = append(s.left[:0], p.all...)
		for i := range p.columns {
			p.columns[i].narrow(s.left, row[p.columns[i].at])
		}
		for i := range p.categories {
			p.categories[i].narrow(s.left, row[p.categories[i].at])
		}
		for t, l := range s.left {
			for _, x := range paths.to(p.numbers[t][bits.TrailingZeros32(l)&(mostLeaves-1)]) {
				by[x.column] += x.by
			}
		}
	}
}

// paths are, for each leaf of a model, the nodes on the way to it.
type paths struct {
	starts []int32
	moves  []move
}

// A move is what passing a node changes: the mean value of the leaves that can still be reached.
type move struct {
	column uint16
	by     float32
}

// to is the way to a leaf.
func (p *paths) to(leaf int32) []move { return p.moves[p.starts[leaf]:p.starts[leaf+1]] }

// trace follows the ways to all leaves. Leaves are numbered tree by tree from the left, as Read numbers them.
func (m *Model) trace() *paths {
	p := &paths{starts: make([]int32, 0, len(m.Leaves)+1)}
	means := m.means()
	mean := func(at int32) float32 {
		if at < 0 {
			return m.Leaves[-at-1]
		}
		return means[at]
	}
	var way []move
	var walk func(at int32)
	walk = func(at int32) {
		if at < 0 {
			p.starts = append(p.starts, int32(len(p.moves)))
			p.moves = append(p.moves, way...)
			return
		}
		n := &m.Nodes[at]
		for _, next := range []int32{n.Left, n.Right} {
			way = append(way, move{n.Column, mean(next) - means[at]})
			walk(next)
			way = way[:len(way)-1]
		}
	}
	for _, root := range m.Roots {
		walk(root)
	}
	p.starts = append(p.starts, int32(len(p.moves)))
	return p
}

// means are the plain means of the leaves below each node; children come after their parents.
func (m *Model) means() []float32 {
	means := make([]float32, len(m.Nodes))
	leaves := make([]float32, len(m.Nodes))
	of := func(at int32) (sum, n float32) {
		if at < 0 {
			return m.Leaves[-at-1], 1
		}
		return means[at] * leaves[at], leaves[at]
	}
	for i := len(m.Nodes) - 1; i >= 0; i-- {
		ls, ln := of(m.Nodes[i].Left)
		rs, rn := of(m.Nodes[i].Right)
		leaves[i] = ln + rn
		means[i] = (ls + rs) / (ln + rn)
	}
	return means
}
