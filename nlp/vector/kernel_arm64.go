package vector

import "unsafe"

// Available lists the kernels this processor can run, the fastest last. Every 64-bit ARM that Go
// runs on has NEON.
func Available() []Kernel { return []Kernel{Portable, NEON} }

//go:noescape
func tile4x16NEON(a *float32, lda uintptr, w *float32, k uintptr, bias *float32, c *float32, ldc uintptr)

//go:noescape
func tile1x32NEON(a *float32, lda uintptr, w *float32, k uintptr, bias *float32, c *float32, ldc uintptr)

//go:noescape
func scores80NEON(x, w *float32, k uintptr, bias, y *float32)

//go:noescape
func scores112NEON(x, w *float32, k uintptr, bias, y *float32)

//go:noescape
func statesNEON(rows **float32, n uintptr, bias, hidden *float32)

//go:noescape
func pairsNEON(x *float32, n uintptr, d *float32, stride uintptr)

//go:noescape
func finishAddNEON(y, x, a, b, c, bias, scale, shift *float32)

//go:noescape
func finishSubNEON(y, x, a, b, c, bias, scale, shift *float32)

//go:noescape
func sumFourNEON(y, a, b, c, d *float32)

func (k Kernel) multiply(c []float32, ldc int, a []float32, lda, rows int, m *Matrix) {
	height, width, tile := 1, 32, tile1x32NEON
	if rows >= 4 {
		height, width, tile = 4, 16, tile4x16NEON
	}
	// Where the rows do not come out even the last tile overlaps the one before it and repeats
	// some of its work.
	for column := 0; column < m.N; column += width {
		w, bias := &m.Panel[column*m.K], &m.Bias[column]
		for r := 0; r < rows; r += height {
			r = min(r, rows-height)
			tile(&a[r*lda], uintptr(lda*4), w, uintptr(m.K), bias, &c[r*ldc+column], uintptr(ldc*4))
		}
	}
}

func (k Kernel) scores(y, x []float32, s *Scorer) {
	if s.N == 80 {
		scores80NEON(&x[0], &s.Row[0], uintptr(s.K), &s.Bias[0], &y[0])
	} else {
		scores112NEON(&x[0], &s.Row[0], uintptr(s.K), &s.Bias[0], &y[0])
	}
}

func (k Kernel) states(hidden []float32, rows []*[State]float32, bias []float32) {
	statesNEON((**float32)(unsafe.Pointer(&rows[0])), uintptr(len(rows)), &bias[0], &hidden[0])
}

func (k Kernel) pairs(d, x []float32, n int) {
	pairsNEON(&x[0], uintptr(n), &d[0], uintptr(n*Width*4))
}

func (k Kernel) finish(y, x, a, b, c []float32, sign float32, n *Norm) {
	if sign > 0 {
		finishAddNEON(&y[0], &x[0], &a[0], &b[0], &c[0], &n.Bias[0], &n.Scale[0], &n.Shift[0])
	} else {
		finishSubNEON(&y[0], &x[0], &a[0], &b[0], &c[0], &n.Bias[0], &n.Scale[0], &n.Shift[0])
	}
}

func (k Kernel) sumFour(y, a, b, c, d []float32) { sumFourNEON(&y[0], &a[0], &b[0], &c[0], &d[0]) }
