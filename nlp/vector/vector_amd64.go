package vector

import "unsafe"

// Multiply sets c = a·Wᵀ + b for rows rows of a. Rows of a start lda floats apart and may
// overlap, rows of c ldc floats apart. c must not share memory with a.
func (k Kernel) Multiply(c []float32, ldc int, a []float32, lda, rows int, m *Matrix) {
	if rows == 0 {
		return
	}
	_, _ = a[(rows-1)*lda+m.K-1], c[(rows-1)*ldc+m.N-1] // the assembly checks no bounds
	if k == Portable {
		multiplyPortable(c, ldc, a, lda, rows, m)
		return
	}
	if k == AVX512 && rows >= 12 {
		m.tiles(c, ldc, a, lda, rows, 12, 32, tile12x32AVX512)
		return
	}
	if rows >= 6 {
		m.tiles(c, ldc, a, lda, rows, 6, 16, tile6x16AVX2)
		return
	}
	m.tiles(c, ldc, a, lda, rows, 1, 32, tile1x32AVX2)
}

// tiles covers c with tiles of height rows and width columns. Where the rows do not come out
// even the last tile overlaps the one before it and repeats some of its work.
func (m *Matrix) tiles(c []float32, ldc int, a []float32, lda, rows, height, width int, tile func(a *float32, lda uintptr, w *float32, k uintptr, bias *float32, c *float32, ldc uintptr)) {
	for column := 0; column < m.N; column += width {
		w, bias := &m.Panel[column*m.K], &m.Bias[column]
		for r := 0; r < rows; r += height {
			r = min(r, rows-height)
			tile(&a[r*lda], uintptr(lda*4), w, uintptr(m.K), bias, &c[r*ldc+column], uintptr(ldc*4))
		}
	}
}

// Scores sets y = W·x + b; y holds N floats.
func (k Kernel) Scores(y, x []float32, s *Scorer) {
	if k == Portable || s.N != 80 && s.N != 112 {
		scoresPortable(y, x, s)
		return
	}
	_, _ = x[s.K-1], y[s.N-1]
	switch {
	case k == AVX512 && s.N == 80:
		scores80AVX512(&x[0], &s.Row[0], uintptr(s.K), &s.Bias[0], &y[0])
	case k == AVX512:
		scores112AVX512(&x[0], &s.Row[0], uintptr(s.K), &s.Bias[0], &y[0])
	case s.N == 80:
		scores80AVX2(&x[0], &s.Row[0], uintptr(s.K), &s.Bias[0], &y[0])
	default:
		scores112AVX2(&x[0], &s.Row[0], uintptr(s.K), &s.Bias[0], &y[0])
	}
}

// States sums the precomputed rows of one parser state, adds the bias, and keeps of each hidden
// unit the larger piece (docs/nlp.md, section 7.1).
func (k Kernel) States(hidden []float32, rows []*[State]float32, bias []float32) {
	if k == Portable {
		statesPortable(hidden, rows, bias)
		return
	}
	_, _ = bias[State-1], hidden[Hidden-1]
	statesAVX2((**float32)(unsafe.Pointer(&rows[0])), uintptr(len(rows)), &bias[0], &hidden[0])
}

// Pairs prepares the window layers (docs/nlp.md, section 5.5): for each of n pairs of rows
// (2p+1, 2p+2) of x, with their neighbours, it writes row p of four matrices that follow each
// other in d: x[2p]-x[2p+2], x[2p+1]+x[2p+2], x[2p+2]-x[2p+1], x[2p+3]-x[2p+1].
func (k Kernel) Pairs(d, x []float32, n int) {
	if n == 0 {
		return
	}
	_, _ = x[(2*n+2)*Width-1], d[4*n*Width-1]
	if k == Portable {
		pairsPortable(d, x, n)
		return
	}
	pairsAVX2(&x[0], uintptr(n), &d[0], uintptr(n*Width*4))
}

// FinishAdd ends a maxout layer for one row: y = x + norm(max over pieces of a + b + c + bias).
func (k Kernel) FinishAdd(y, x, a, b, c []float32, n *Norm) {
	_, _, _, _, _ = y[Width-1], x[Width-1], a[Maxout-1], b[Maxout-1], c[Maxout-1]
	if k == Portable {
		finishPortable(y, x, a, b, c, 1, n)
		return
	}
	finishAddAVX2(&y[0], &x[0], &a[0], &b[0], &c[0], &n.Bias[0], &n.Scale[0], &n.Shift[0])
}

// FinishSub is FinishAdd of a + b - c.
func (k Kernel) FinishSub(y, x, a, b, c []float32, n *Norm) {
	_, _, _, _, _ = y[Width-1], x[Width-1], a[Maxout-1], b[Maxout-1], c[Maxout-1]
	if k == Portable {
		finishPortable(y, x, a, b, c, -1, n)
		return
	}
	finishSubAVX2(&y[0], &x[0], &a[0], &b[0], &c[0], &n.Bias[0], &n.Scale[0], &n.Shift[0])
}

// SumFour sets y = a + b + c + d, rows of Width added in that order.
func (k Kernel) SumFour(y, a, b, c, d []float32) {
	_, _, _, _, _ = y[Width-1], a[Width-1], b[Width-1], c[Width-1], d[Width-1]
	if k == Portable {
		sumFourPortable(y, a, b, c, d)
		return
	}
	sumFourAVX2(&y[0], &a[0], &b[0], &c[0], &d[0])
}
