// Package vector holds the arithmetic the networks of package nlp spend their time in: a matrix
// product, the scores of one parser state, and the few row operations between two layers.
//
// Every operation has up to four implementations. Portable is plain Go and the oracle of the
// tests; AVX2 and AVX512 run on amd64, NEON on arm64. Their assembly is printed by the program
// in gen (go generate), because a kernel is a loop over registers and reads best as one. Best
// picks what the processor has; a Kernel is a value, so a test runs each in turn.
//
// All weights are packed once, by the program that makes the model, in an order that suits all
// four (see Pack), so that no kernel needs a copy of its own. Sums run over k in ascending order
// in every kernel; they differ in whether a product is rounded before it is added, which moves
// the last bits of a result and not the decisions taken on it (docs/nlp.md, section 10).
//
// The widths of the model are constants here. It is not a general linear algebra package.
package vector

//go:generate go run ./gen

import (
	"errors"
	"fmt"
	"strings"
)

// Sizes of the networks (docs/nlp.md, sections 5 and 7).
const (
	Width   = 96 // floats that describe one token
	Pieces  = 3  // pieces of a maxout unit in the encoder
	Maxout  = Width * Pieces
	Hidden  = 64 // units of a transition model's hidden layer, of two pieces each
	State   = 2 * Hidden
	Columns = 16 // columns of a panel, see Pack
)

// A Kernel is one implementation of the operations of this package.
type Kernel uint8

const (
	Portable Kernel = iota
	AVX2            // amd64 with AVX2 and FMA
	AVX512          // amd64 with AVX-512 F and VL, AVX2 where 512 bits gain nothing
	NEON            // arm64
)

var names = [...]string{"portable", "avx2", "avx512", "neon"}

func (k Kernel) String() string { return names[k] }

// ErrKernel reports a kernel that is unknown or that this processor cannot run.
var ErrKernel = errors.New("no such kernel on this processor")

// Named returns the kernel of that name, as String prints it; "" asks for Best.
func Named(name string) (Kernel, error) {
	if name == "" {
		return Best(), nil
	}
	for _, k := range Available() {
		if k.String() == strings.ToLower(name) {
			return k, nil
		}
	}
	return Portable, fmt.Errorf("kernel %q: %w", name, ErrKernel)
}

// Best is the fastest kernel this processor can run.
func Best() Kernel {
	all := Available()
	return all[len(all)-1]
}

// A Matrix is a layer y = W·x + b whose rows are many: N outputs of K inputs each.
type Matrix struct {
	K, N  int       // K is a multiple of 4, N of 32
	Panel []float32 // W as Pack leaves it
	Bias  []float32 // N floats
}

// A Scorer is a layer y = W·x + b applied to one row at a time.
type Scorer struct {
	K, N int       // N is a multiple of 16
	Row  []float32 // W transposed: K rows of N
	Bias []float32 // N floats
}

// A Norm is what follows the product in a maxout layer: bias, then the scale and shift of the
// layer normalisation (docs/nlp.md, section 5.3).
type Norm struct {
	Bias         []float32 // Maxout floats, piece by piece
	Scale, Shift []float32 // Width floats
}

// Pack orders the weights of a layer for Multiply: panels of 16 outputs, in each the 16 weights
// of input 0, then those of input 1, and so on. w holds n rows of k weights.
func Pack(w []float32, n, k int) []float32 {
	packed := make([]float32, 0, n*k)
	for column := 0; column < n; column += Columns {
		for i := range k {
			for c := range Columns {
				packed = append(packed, w[(column+c)*k+i])
			}
		}
	}
	return packed
}

// Transpose orders the weights of a layer for Scores: the n weights of input 0, then of input 1.
func Transpose(w []float32, n, k int) []float32 {
	t := make([]float32, 0, n*k)
	for i := range k {
		for o := range n {
			t = append(t, w[o*k+i])
		}
	}
	return t
}
