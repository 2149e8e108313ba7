package vector

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
	k.multiply(c, ldc, a, lda, rows, m)
}

// Scores sets y = W·x + b; y holds N floats.
func (k Kernel) Scores(y, x []float32, s *Scorer) {
	_, _ = x[s.K-1], y[s.N-1]
	if k == Portable || s.N != 80 && s.N != 112 { // the sizes of the model
		scoresPortable(y, x, s)
		return
	}
	k.scores(y, x, s)
}

// States sums the precomputed rows of one parser state, adds the bias, and keeps of each hidden
// unit the larger piece (docs/nlp.md, section 7.1).
func (k Kernel) States(hidden []float32, rows []*[State]float32, bias []float32) {
	_, _ = bias[State-1], hidden[Hidden-1]
	if k == Portable || len(rows) == 0 {
		statesPortable(hidden, rows, bias)
		return
	}
	k.states(hidden, rows, bias)
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
	k.pairs(d, x, n)
}

// FinishAdd ends a maxout layer for one row: y = x + norm(max over pieces of a + b + c + bias).
func (k Kernel) FinishAdd(y, x, a, b, c []float32, n *Norm) {
	_, _, _, _, _ = y[Width-1], x[Width-1], a[Maxout-1], b[Maxout-1], c[Maxout-1]
	if k == Portable {
		finishPortable(y, x, a, b, c, 1, n)
		return
	}
	k.finish(y, x, a, b, c, 1, n)
}

// FinishSub is FinishAdd of a + b - c.
func (k Kernel) FinishSub(y, x, a, b, c []float32, n *Norm) {
	_, _, _, _, _ = y[Width-1], x[Width-1], a[Maxout-1], b[Maxout-1], c[Maxout-1]
	if k == Portable {
		finishPortable(y, x, a, b, c, -1, n)
		return
	}
	k.finish(y, x, a, b, c, -1, n)
}

// SumFour sets y = a + b + c + d, rows of Width added in that order.
func (k Kernel) SumFour(y, a, b, c, d []float32) {
	_, _, _, _, _ = y[Width-1], a[Width-1], b[Width-1], c[Width-1], d[Width-1]
	if k == Portable {
		sumFourPortable(y, a, b, c, d)
		return
	}
	k.sumFour(y, a, b, c, d)
}
