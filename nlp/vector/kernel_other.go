//go:build !amd64 && !arm64

package vector

// Available lists the kernels this processor can run, the fastest last.
func Available() []Kernel { return []Kernel{Portable} }

func (k Kernel) multiply(c []float32, ldc int, a []float32, lda, rows int, m *Matrix) {
	multiplyPortable(c, ldc, a, lda, rows, m)
}
func (k Kernel) scores(y, x []float32, s *Scorer) { scoresPortable(y, x, s) }
func (k Kernel) states(hidden []float32, rows []*[State]float32, bias []float32) {
	statesPortable(hidden, rows, bias)
}
func (k Kernel) pairs(d, x []float32, n int) { pairsPortable(d, x, n) }
func (k Kernel) finish(y, x, a, b, c []float32, sign float32, n *Norm) {
	finishPortable(y, x, a, b, c, sign, n)
}
func (k Kernel) sumFour(y, a, b, c, d []float32) { sumFourPortable(y, a, b, c, d) }
