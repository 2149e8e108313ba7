package vector

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// Available lists the kernels this processor can run, the fastest last.
func Available() []Kernel {
	all := []Kernel{Portable}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		all = append(all, AVX2)
		if cpu.X86.HasAVX512F && cpu.X86.HasAVX512VL {
			all = append(all, AVX512)
		}
	}
	return all
}

//go:noescape
func tile6x16AVX2(a *float32, lda uintptr, w *float32, k uintptr, bias *float32, c *float32, ldc uintptr)

//go:noescape
func tile1x32AVX2(a *float32, lda uintptr, w *float32, k uintptr, bias *float32, c *float32, ldc uintptr)

//go:noescape
func tile12x32AVX512(a *float32, lda uintptr, w *float32, k uintptr, bias *float32, c *float32, ldc uintptr)

//go:noescape
func scores80AVX2(x, w *float32, k uintptr, bias, y *float32)

//go:noescape
func scores112AVX2(x, w *float32, k uintptr, bias, y *float32)

//go:noescape
func scores80AVX512(x, w *float32, k uintptr, bias, y *float32)

//go:noescape
func scores112AVX512(x, w *float32, k uintptr, bias, y *float32)

//go:noescape
func statesAVX2(rows **float32, n uintptr, bias, hidden *float32)

//go:noescape
func pairsAVX2(x *float32, n uintptr, d *float32, stride uintptr)

//go:noescape
func finishAddAVX2(y, x, a, b, c, bias, scale, shift *float32)

//go:noescape
func finishSubAVX2(y, x, a, b, c, bias, scale, shift *float32)

//go:noescape
func sumFourAVX2(y, a, b, c, d *float32)

// tileFunc multiplies some rows of a with some columns of W; lda and ldc are in bytes.
type tileFunc func(a *float32, lda uintptr, w *float32, k uintptr, bias *float32, c *float32, ldc uintptr)

func (k Kernel) multiply(c []float32, ldc int, a []float32, lda, rows int, m *Matrix) {
	from := 0
	if k == AVX512 {
		if whole := rows - rows%12; whole > 0 {
			m.tiles(c, ldc, a, lda, 0, whole, 12, 32, tile12x32AVX512)
			from = whole
		}
		if rest := rows - from; rest > 6 && from > 0 { // one more, over rows done already
			m.tiles(c, ldc, a, lda, rows-12, rows, 12, 32, tile12x32AVX512)
			return
		}
	}
	switch {
	case from == rows:
	case rows >= 6:
		m.tiles(c, ldc, a, lda, min(from, rows-6), rows, 6, 16, tile6x16AVX2)
	default:
		m.tiles(c, ldc, a, lda, 0, rows, 1, 32, tile1x32AVX2)
	}
}

// tiles covers rows from to to with tiles of height rows and width columns. Where they do not
// come out even the last tile overlaps the one before it and repeats some of its work.
func (m *Matrix) tiles(c []float32, ldc int, a []float32, lda, from, to, height, width int, tile tileFunc) {
	for column := 0; column < m.N; column += width {
		w, bias := &m.Panel[column*m.K], &m.Bias[column]
		for r := from; r < to; r += height {
			r = min(r, to-height)
			tile(&a[r*lda], uintptr(lda*4), w, uintptr(m.K), bias, &c[r*ldc+column], uintptr(ldc*4))
		}
	}
}

func (k Kernel) scores(y, x []float32, s *Scorer) {
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

func (k Kernel) states(hidden []float32, rows []*[State]float32, bias []float32) {
	statesAVX2((**float32)(unsafe.Pointer(&rows[0])), uintptr(len(rows)), &bias[0], &hidden[0])
}

func (k Kernel) pairs(d, x []float32, n int) {
	pairsAVX2(&x[0], uintptr(n), &d[0], uintptr(n*Width*4))
}

func (k Kernel) finish(y, x, a, b, c []float32, sign float32, n *Norm) {
	if sign > 0 {
		finishAddAVX2(&y[0], &x[0], &a[0], &b[0], &c[0], &n.Bias[0], &n.Scale[0], &n.Shift[0])
	} else {
		finishSubAVX2(&y[0], &x[0], &a[0], &b[0], &c[0], &n.Bias[0], &n.Scale[0], &n.Shift[0])
	}
}

func (k Kernel) sumFour(y, a, b, c, d []float32) { sumFourAVX2(&y[0], &a[0], &b[0], &c[0], &d[0]) }
