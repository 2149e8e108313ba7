package vector

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// numbers draws n floats of the size the networks use.
func numbers(r *rand.Rand, n int) []float32 {
	s := make([]float32, n)
	for i := range s {
		s[i] = float32(r.NormFloat64())
	}
	return s
}

// near fails unless two results agree to the rounding of sums of that many terms.
func near(t *testing.T, what string, got, want []float32, terms int) {
	t.Helper()
	limit := 4e-7 * float64(terms+10)
	for i := range want {
		if d := math.Abs(float64(got[i] - want[i])); d > limit || math.IsNaN(d) {
			t.Fatalf("%s: element %d is %g, plain loops say %g (off by %g, limit %g)", what, i, got[i], want[i], d, limit)
		}
	}
}

// each runs a test under every kernel of this processor, the oracle included.
func each(t *testing.T, f func(t *testing.T, k Kernel)) {
	for _, k := range Available() {
		t.Run(k.String(), func(t *testing.T) { f(t, k) })
	}
}

func TestMultiplyAgreesWithPlainLoops(t *testing.T) {
	each(t, func(t *testing.T, k Kernel) {
		r := rand.New(rand.NewPCG(1, 2))
		for _, shape := range [][2]int{{96, 288}, {96, 864}, {96, 64}, {64, 1024}, {64, 384}, {576, 288}, {4, 32}} {
			for _, rows := range []int{1, 2, 5, 6, 7, 11, 12, 13, 24, 61} {
				m := &Matrix{K: shape[0], N: shape[1], Bias: numbers(r, shape[1])}
				w := numbers(r, m.K*m.N)
				m.Panel = Pack(w, m.N, m.K)
				lda := min(m.K, Width) // rows may overlap
				a := numbers(r, (rows-1)*lda+m.K)
				ldc := m.N + 3
				got, want := numbers(r, rows*ldc), make([]float32, rows*ldc)
				copy(want, got)
				k.Multiply(got, ldc, a, lda, rows, m)
				for i := range rows {
					for o := range m.N {
						var sum float64
						for j := range m.K {
							sum += float64(a[i*lda+j]) * float64(w[o*m.K+j])
						}
						want[i*ldc+o] = float32(sum) + m.Bias[o]
					}
				}
				near(t, fmt.Sprintf("K=%d N=%d rows=%d", m.K, m.N, rows), got, want, m.K)
			}
		}
	})
}

func TestScoresAgreeWithPlainLoops(t *testing.T) {
	each(t, func(t *testing.T, k Kernel) {
		r := rand.New(rand.NewPCG(3, 4))
		for _, n := range []int{16, 80, 112} {
			s := &Scorer{K: Hidden, N: n, Bias: numbers(r, n)}
			w := numbers(r, n*Hidden)
			s.Row = Transpose(w, n, Hidden)
			x := numbers(r, Hidden)
			got, want := numbers(r, n), make([]float32, n)
			k.Scores(got, x, s)
			for o := range want {
				for j, v := range x {
					want[o] += v * w[o*Hidden+j]
				}
				want[o] += s.Bias[o]
			}
			near(t, fmt.Sprint("N=", n), got, want, Hidden)
		}
	})
}

func TestRowOperationsAgreeWithPlainLoops(t *testing.T) {
	each(t, func(t *testing.T, k Kernel) {
		r := rand.New(rand.NewPCG(5, 6))
		for range 20 {
			rows := make([]*[State]float32, 1+r.IntN(8))
			for i := range rows {
				rows[i] = (*[State]float32)(numbers(r, State))
			}
			bias := numbers(r, State)
			got, want := make([]float32, Hidden), make([]float32, Hidden)
			k.States(got, rows, bias)
			statesPortable(want, rows, bias)
			near(t, "States", got, want, 8)

			n := 1 + r.IntN(5)
			x := numbers(r, (2*n+2)*Width)
			got, want = make([]float32, 4*n*Width), make([]float32, 4*n*Width)
			k.Pairs(got, x, n)
			pairsPortable(want, x, n)
			near(t, "Pairs", got, want, 1)

			a, b, c, res := numbers(r, Maxout), numbers(r, Maxout), numbers(r, Maxout), numbers(r, Width)
			norm := &Norm{Bias: numbers(r, Maxout), Scale: numbers(r, Width), Shift: numbers(r, Width)}
			got, want = make([]float32, Width), make([]float32, Width)
			k.FinishAdd(got, res, a, b, c, norm)
			finishPortable(want, res, a, b, c, 1, norm)
			near(t, "FinishAdd", got, want, 30)
			k.FinishSub(got, res, a, b, c, norm)
			finishPortable(want, res, a, b, c, -1, norm)
			near(t, "FinishSub", got, want, 30)

			k.SumFour(got, a, b, c, res)
			sumFourPortable(want, a, b, c, res)
			near(t, "SumFour", got, want, 4)
		}
	})
}

// A maxout layer over a window equals its product form: what Pairs and the four products
// compute is the sum of three products (docs/nlp.md, section 5.5).
func TestPairsEqualAWindow(t *testing.T) {
	each(t, func(t *testing.T, k Kernel) {
		r := rand.New(rand.NewPCG(7, 8))
		const n = 13
		x := numbers(r, (2*n+2)*Width)
		w := numbers(r, Maxout*3*Width)
		for i := range w {
			w[i] /= 10
		}
		var products [4]Matrix
		for i, g := range Window(w) {
			products[i] = Matrix{K: Width, N: Maxout, Panel: Pack(g, Maxout, Width), Bias: make([]float32, Maxout)}
		}
		d, m := make([]float32, 4*n*Width), make([]float32, 4*n*Maxout)
		k.Pairs(d, x, n)
		for i := range products {
			k.Multiply(m[i*n*Maxout:], Maxout, d[i*n*Width:], Width, n, &products[i])
		}
		at := func(i, p, o int) float32 { return m[(i*n+p)*Maxout+o] }
		for p := range n {
			for o := range Maxout {
				var even, odd float64
				for j := range 3 * Width {
					even += float64(w[o*3*Width+j]) * float64(x[2*p*Width+j])
					odd += float64(w[o*3*Width+j]) * float64(x[(2*p+1)*Width+j])
				}
				got := []float32{at(0, p, o) + at(1, p, o) + at(2, p, o), at(1, p, o) + at(3, p, o) - at(2, p, o)}
				near(t, "window", got, []float32{float32(even), float32(odd)}, 100)
			}
		}
	})
}

func TestNamed(t *testing.T) {
	for _, k := range Available() {
		if got, err := Named(k.String()); err != nil || got != k {
			t.Errorf("Named(%q) = %v, %v", k, got, err)
		}
	}
	if _, err := Named("abacus"); err == nil {
		t.Error("an unknown kernel was found")
	}
	if k, err := Named(""); err != nil || k != Best() {
		t.Errorf("no name gives %v, %v; want the best, %v", k, err, Best())
	}
}

func BenchmarkMultiply(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	const rows = 24
	m := &Matrix{K: Width, N: Maxout, Bias: numbers(r, Maxout), Panel: numbers(r, Maxout*Width)}
	a, c := numbers(r, rows*Width), make([]float32, rows*Maxout)
	for _, k := range Available() {
		b.Run(k.String(), func(b *testing.B) {
			for b.Loop() {
				k.Multiply(c, Maxout, a, Width, rows, m)
			}
			b.ReportMetric(2*rows*Width*Maxout*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
		})
	}
}

func BenchmarkRows(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	norm := &Norm{Bias: numbers(r, Maxout), Scale: numbers(r, Width), Shift: numbers(r, Width)}
	a, x, y := numbers(r, Maxout), numbers(r, Width), make([]float32, Width)
	s := &Scorer{K: Hidden, N: 112, Row: numbers(r, 112*Hidden), Bias: numbers(r, 112)}
	scores := make([]float32, 112)
	for _, k := range Available() {
		b.Run("finish/"+k.String(), func(b *testing.B) {
			for b.Loop() {
				k.FinishAdd(y, x, a, a, a, norm)
			}
		})
		b.Run("scores/"+k.String(), func(b *testing.B) {
			for b.Loop() {
				k.Scores(scores, x, s)
			}
		})
	}
}
