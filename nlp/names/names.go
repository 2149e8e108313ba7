// Package names finds the names of people, places, organisations and the like, with dates and
// amounts: a greedy transition model that gives each token one of begin, inside, last, unit and
// out (docs/nlp.md, section 9; Ratinov and Roth 2009, "Design challenges and misconceptions in
// named entity recognition", for the scheme).
//
// It has token vectors of its own and needs to know where sentences start: no name crosses into
// the next one. A Tagger is immutable; a Session belongs to one worker.
package names

import (
	"context"

	"dateline/nlp/model"
	"dateline/nlp/vector"
)

// features is the number of tokens a state shows the network: the token itself, the first token
// of the open name, and the token before if a name is open.
const features = 3

// BlockTokens is how many tokens are encoded at once.
const BlockTokens = 256

// An action is what becomes of a token.
type action uint8

const (
	begin action = iota + 1
	inside
	last
	unit
	out
)

// A Tagger holds the network and its moves.
type Tagger struct {
	kernel  vector.Kernel
	token   vector.Matrix
	shares  vector.Matrix
	bias    []float32
	missing [features][vector.State]float32
	upper   vector.Scorer

	moves []move
	types []string
}

// A move is a class of the network: an action with the type of the name.
type move struct {
	action action
	kind   uint8
}

// New reads the names of a model.
func New(f *model.File, kernel vector.Kernel) *Tagger {
	t := &Tagger{kernel: kernel, types: []string{""}}
	actionOf, labels := f.Uint32s("names.actions", -1), f.Strings("names.labels")
	seen := map[string]uint8{"": 0}
	for i, a := range actionOf {
		label := labels.At(i)
		kind, ok := seen[label]
		if !ok {
			kind = uint8(len(t.types))
			seen[label], t.types = kind, append(t.types, label)
		}
		t.moves = append(t.moves, move{action(a), kind})
	}
	const hidden, state = vector.Hidden, vector.State
	t.token = vector.Matrix{K: vector.Width, N: hidden, Panel: f.Floats("names.token.weights", hidden*vector.Width), Bias: f.Floats("names.token.bias", hidden)}
	t.shares = vector.Matrix{K: hidden, N: features * state, Panel: f.Floats("names.lower.weights", features*state*hidden), Bias: make([]float32, features*state)}
	t.bias = f.Floats("names.lower.bias", state)
	for i := range t.missing {
		copy(t.missing[i][:], f.Floats("names.lower.missing", features*state)[i*state:])
	}
	n := (len(t.moves) + vector.Columns - 1) / vector.Columns * vector.Columns
	t.upper = vector.Scorer{K: hidden, N: n, Row: f.Floats("names.upper.weights", n*hidden), Bias: f.Floats("names.upper.bias", n)}
	return t
}

// Types lists the types of Label.Type; the first is none.
func (t *Tagger) Types() []string { return t.types }

// A Label says whether a token belongs to a name.
type Label struct {
	Type  uint8 // index of Tagger.Types; 0: no name
	First bool  // first token of its name
}

// A Session tags for one worker.
type Session struct {
	*Tagger
	hidden, rows []float32
	open, before [vector.State]float32 // rows of the open name's first token and of the token before
	state        [features]*[vector.State]float32
	unit         [vector.Hidden]float32
	scores       []float32

	Margins func(token int, margin float32) // if set, told how far each choice won; for tests
}

// Session returns a new session.
func (t *Tagger) Session() *Session {
	return &Session{Tagger: t, scores: make([]float32, t.upper.N)}
}

// Text is what the tagger asks about a document.
type Text interface {
	Vectors(from, to int) []float32 // one after another, valid until the next call
	Blank(i int) bool               // token i is nothing but blanks
	Start(i int) bool               // token i starts a sentence
}

// Tag fills labels, one a token.
func (s *Session) Tag(ctx context.Context, labels []Label, text Text) error {
	first, kind := -1, uint8(0) // the open name, if first >= 0
	for from := 0; from < len(labels); from += BlockTokens {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		to := min(from+BlockTokens, len(labels))
		s.load(text.Vectors(from, to), to-from)
		for i := from; i < to; i++ {
			s.score(i-from, first >= 0)
			mustEnd := i == len(labels)-1 || text.Start(i+1)
			m := s.choose(i, first >= 0, kind, mustEnd, text.Blank(i))
			labels[i] = Label{m.kind, m.action == begin || m.action == unit}
			switch m.action {
			case begin:
				first, kind = i, m.kind
				s.open = *s.row(i-from, 1)
			case last:
				first = -1
			}
			if first >= 0 {
				s.before = *s.row(i-from, 2)
			}
		}
	}
	return nil
}

// load computes what n tokens add to a state in each place (docs/nlp.md, section 7.1).
func (s *Session) load(vectors []float32, n int) {
	if len(s.rows) < n*features*vector.State {
		size := max(n, BlockTokens/4)
		s.hidden, s.rows = make([]float32, size*vector.Hidden), make([]float32, size*features*vector.State)
	}
	s.kernel.Multiply(s.hidden, vector.Hidden, vectors, vector.Width, n, &s.token)
	s.kernel.Multiply(s.rows, features*vector.State, s.hidden, vector.Hidden, n, &s.shares)
}

func (s *Session) row(i, feature int) *[vector.State]float32 {
	return (*[vector.State]float32)(s.rows[(i*features+feature)*vector.State:])
}

func (s *Session) score(i int, open bool) {
	s.state = [features]*[vector.State]float32{s.row(i, 0), &s.missing[1], &s.missing[2]}
	if open {
		s.state[1], s.state[2] = &s.open, &s.before
	}
	s.kernel.States(s.unit[:], s.state[:], s.bias)
	s.kernel.Scores(s.scores, s.unit[:], &s.upper)
}

// choose returns the valid move of the highest score, the first among equals (docs/nlp.md,
// section 9).
func (s *Session) choose(token int, open bool, kind uint8, mustEnd, blank bool) move {
	best, high, second := -1, float32(0), float32(-1e9)
	for i, m := range s.moves {
		var valid bool
		switch m.action {
		case begin:
			valid = !open && !mustEnd && !blank
		case inside:
			valid = open && m.kind == kind && !mustEnd
		case last:
			valid = open && m.kind == kind
		case unit:
			valid = !open && !blank && m.kind != 0
		case out:
			valid = !open
		}
		if !valid {
			continue
		}
		if best < 0 || s.scores[i] > high {
			second = high
			best, high = i, s.scores[i]
		} else {
			second = max(second, s.scores[i])
		}
	}
	if s.Margins != nil {
		s.Margins(token, high-second)
	}
	return s.moves[best]
}
