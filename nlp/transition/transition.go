// Package transition is the network that the parser and the names share: it scores the moves of a
// transition system from the vectors of a few tokens (docs/nlp.md, section 7.1).
//
// Most of the work does not depend on the state: what a token adds to the hidden layer when it
// stands in a certain place of a state, its share, is computed for many tokens at once. A state
// then costs a sum of shares and one small layer. What the moves are, and which are valid, is the
// callers' business.
package transition

import (
	"unsafe"

	"dateline/nlp/model"
	"dateline/nlp/vector"
)

// A Share is what a token in one place adds to the hidden layer.
type Share = [vector.State]float32

// A Network holds the weights. It is immutable.
type Network struct {
	Features int     // places of a state
	Missing  []Share // shares of no token, by place

	kernel vector.Kernel
	token  vector.Matrix // a token's vector -> hidden
	shares vector.Matrix // hidden -> its share in every place
	bias   []float32     // of a state
	upper  vector.Scorer // state -> moves
}

// A Class is a move as the model numbers it: an action with its label.
type Class struct {
	Action uint8
	Label  string
}

// New reads the network whose sections start with prefix, and its classes in their order.
func New(f *model.File, prefix string, features int, kernel vector.Kernel) (*Network, []Class) {
	const width, hidden, state = vector.Width, vector.Hidden, vector.State
	actions, labels := f.Uint32s(prefix+".actions", -1), f.Strings(prefix+".labels")
	var classes []Class
	for i := range min(len(actions), labels.Len()) {
		classes = append(classes, Class{uint8(actions[i]), labels.At(i)})
	}
	scores := (len(classes) + vector.Columns - 1) / vector.Columns * vector.Columns
	n := &Network{
		Features: features, Missing: make([]Share, features), kernel: kernel,
		token:  vector.Matrix{K: width, N: hidden, Panel: f.Floats(prefix+".token.weights", hidden*width), Bias: f.Floats(prefix+".token.bias", hidden)},
		shares: vector.Matrix{K: hidden, N: features * state, Panel: f.Floats(prefix+".lower.weights", features*state*hidden), Bias: make([]float32, features*state)},
		bias:   f.Floats(prefix+".lower.bias", state),
		upper:  vector.Scorer{K: hidden, N: scores, Row: f.Floats(prefix+".upper.weights", scores*hidden), Bias: f.Floats(prefix+".upper.bias", scores)},
	}
	missing := f.Floats(prefix+".lower.missing", features*state)
	for i := range n.Missing {
		n.Missing[i] = Share(missing[i*state:])
	}
	return n, classes
}

// A Scorer runs a network for one worker.
type Scorer struct {
	*Network
	Scores []float32 // of the classes in the state last scored; some more at the end mean nothing

	hidden []float32
	unit   [vector.Hidden]float32
}

// Scorer returns a new scorer.
func (n *Network) Scorer() *Scorer { return &Scorer{Network: n, Scores: make([]float32, n.upper.N)} }

// Shares fills rows with the shares of n tokens, of each in every place, from their vectors.
func (s *Scorer) Shares(rows []Share, vectors []float32, n int) {
	if n == 0 {
		return
	}
	if len(s.hidden) < n*vector.Hidden {
		s.hidden = make([]float32, n*vector.Hidden)
	}
	s.kernel.Multiply(s.hidden, vector.Hidden, vectors, vector.Width, n, &s.token)
	s.kernel.Multiply(flat(rows[:n*s.Features]), s.Features*vector.State, s.hidden, vector.Hidden, n, &s.shares)
}

// Score sets Scores for the state whose places have these shares.
func (s *Scorer) Score(state []*Share) {
	s.kernel.States(s.unit[:], state, s.bias)
	s.kernel.Scores(s.Scores, s.unit[:], &s.upper)
}

// flat views rows as the floats they are made of.
func flat(rows []Share) []float32 {
	return unsafe.Slice(&rows[0][0], len(rows)*vector.State)
}
