package trees

import (
	"bytes"
	"math"
	"math/rand/v2"
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
		x := make([]float32, 5*rows)
		for i := range x {
			x[i] = float32(r.IntN(8) - 1)
			if i%5 == 0 {
				x[i] = float32(r.IntN(250))
			}
		}
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
		x := make([]float32, 5*rows)
		for i := range x {
			x[i] = float32(r.IntN(8) - 1)
			if i%5 == 0 {
				x[i] = float32(r.IntN(250))
			}
		}
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

func TestContributionsAddUp(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	m := model(r, 10)
	var b bytes.Buffer
	m.WriteTo(&b)
	got, _, err := Read(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	row := []float32{17, 1, 2, 3, 4}
	by := make([]float32, 5)
	got.Contributions(row, by)
	moved, mean := 0.0, 0.0
	for _, v := range by {
		moved += float64(v)
	}
	for _, root := range got.Roots {
		mean += float64(got.mean(root))
	}
	if d := math.Abs(mean + moved - plain(got, row)); d > 1e-3 {
		t.Errorf("mean and contributions miss the sum by %g", d)
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
