package trees

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// model makes a random one of a few columns, the first of which is a category.
func model(r *rand.Rand, trees int) *Model {
	m := &Model{Columns: 5}
	var grow func(depth int) int32
	grow = func(depth int) int32 {
		if depth == 0 || r.IntN(5) == 0 {
			m.Leaves = append(m.Leaves, float32(r.NormFloat64()))
			return int32(-len(m.Leaves))
		}
		at := len(m.Nodes)
		n := Node{Column: uint16(r.IntN(5)), Threshold: float32(r.IntN(6)), Set: -1}
		if n.Column == 0 {
			n.Set = int16(len(m.Sets))
			m.Sets = append(m.Sets, [8]uint32{r.Uint32(), r.Uint32(), 0, 0, 0, 0, 0, r.Uint32()})
		}
		m.Nodes = append(m.Nodes, n)
		left := grow(depth - 1)
		right := grow(depth - 1)
		m.Nodes[at].Left, m.Nodes[at].Right = left, right
		return int32(at)
	}
	for range trees {
		m.Roots = append(m.Roots, grow(5))
	}
	return m
}

// table makes random rows for a model.
func table(r *rand.Rand, rows int) []float32 {
	x := make([]float32, 5*rows)
	for i := range x {
		x[i] = float32(r.IntN(8) - 1)
		if i%5 == 0 {
			x[i] = float32(r.IntN(250))
		}
	}
	return x
}

// plain is the sum of the trees for one row by the nodes themselves.
func plain(m *Model, row []float32) (sum float64) {
	for _, at := range m.Roots {
		for at >= 0 {
			at = m.next(&m.Nodes[at], row)
		}
		sum += float64(m.Leaves[-at-1])
	}
	return sum
}

func TestWrittenModelScoresAsThePlainOne(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	m := model(r, 40)
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	got, rest, err := Read(append(b.Bytes(), 7))
	if err != nil || len(rest) != 1 {
		t.Fatalf("read: %v, %d bytes left", err, len(rest))
	}
	for rows := 1; rows < 11; rows++ {
		x := table(r, rows)
		out := make([]float32, rows)
		new(Scorer).Score(got, x, out)
		for i := range rows {
			sum := plain(m, x[5*i:5*i+5])
			want := 1 / (1 + math.Exp(-sum))
			if out[i] < .06 {
				continue // given up as hopeless
			}
			if math.Abs(float64(out[i])-want) > .002 {
				t.Errorf("row %d of %d: %.4f, want %.4f", i, rows, out[i], want)
			}
		}
	}
}

// Rivals that fall behind may be given up, the best of them keeps its score.
func TestScoreRivals(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var b bytes.Buffer
	model(r, 60).WriteTo(&b)
	m, _, err := Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var sc Scorer
	for range 50 {
		const rows = 20
		x := table(r, rows)
		whole, some := make([]float32, rows), make([]float32, rows)
		sc.Score(m, x, whole)
		sc.ScoreRivals(m, x, some, 20)
		best := 0
		for i, v := range whole {
			if v > whole[best] {
				best = i
			}
		}
		if some[best] != whole[best] {
			t.Errorf("the best of %d rows scores %g among rivals, %g alone", rows, some[best], whole[best])
		}
	}
}

// Rows score the same alone as together with others that have columns in common, and whatever the usual
// row is.
func TestScoresDependOnNoOtherRow(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	written := model(r, 60)
	read := func(usual []float32) *Model {
		written.Usual = usual
		var b bytes.Buffer
		written.WriteTo(&b)
		m, _, err := Read(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	var s Scorer
	plain, other := read(nil), read(table(r, 1))
	for rows := 1; rows < 40; rows++ {
		x := table(r, rows)
		for i := range x {
			if c := i % 5; c < 3 && r.IntN(10) > 0 {
				x[i] = x[c]
			}
			if r.IntN(50) == 0 {
				x[i] = float32(math.NaN())
			}
			if i%5 == 0 && x[i] != x[i] {
				x[i] = 300
			}
		}
		out, alone := make([]float32, rows), make([]float32, 1)
		s.ScoreRivals(other, x, out, float32(math.Inf(1)))
		for i := range rows {
			if s.Score(plain, x[5*i:5*i+5], alone); alone[0] != out[i] {
				t.Errorf("row %d of %d, %v: %g together, %g alone", i, rows, x[5*i:5*i+5], out[i], alone[0])
			}
		}
	}
}

// contributions are those of a row by the nodes themselves.
func contributions(m *Model, row, by []float32) {
	means := m.means()
	for _, at := range m.Roots {
		for at >= 0 {
			n, from := &m.Nodes[at], means[at]
			if at = m.next(n, row); at < 0 {
				by[n.Column] += m.Leaves[-at-1] - from
			} else {
				by[n.Column] += means[at] - from
			}
		}
	}
}

func TestContributions(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var b bytes.Buffer
	written := model(r, 40)
	written.Usual = []float32{17, 2, 0, 3, 1}
	written.WriteTo(&b)
	m, _, err := Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var s Scorer
	for range 50 {
		row := table(r, 1)
		got, want := make([]float32, 5), make([]float32, 5)
		s.Contributions(m, row, got)
		contributions(m, row, want)
		if !slices.Equal(got, want) {
			t.Errorf("%v moved the sum by %v, by the nodes themselves %v", row, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	model(rand.New(rand.NewPCG(5, 6)), 3).WriteTo(&b)
	f.Add(b.Bytes())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, _, err := Read(data); err == nil && m.Columns > 0 && m.Columns < 100 {
			new(Scorer).Score(m, make([]float32, m.Columns), make([]float32, 1))
		}
	})
}
