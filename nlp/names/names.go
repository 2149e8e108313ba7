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
	"slices"

	"dateline/nlp/model"
	"dateline/nlp/transition"
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
	network *transition.Network
	moves   []move
	types   []string
}

// A move is a class of the network: an action with the type of the name.
type move struct {
	action action
	kind   uint8
}

// New reads the names of a model.
func New(f *model.File, kernel vector.Kernel) *Tagger {
	network, classes := transition.New(f, "names", features, kernel)
	t := &Tagger{network: network, types: []string{""}}
	for _, c := range classes {
		kind := slices.Index(t.types, c.Label)
		if kind < 0 {
			kind = len(t.types)
			t.types = append(t.types, c.Label)
		}
		t.moves = append(t.moves, move{action(c.Action), uint8(kind)})
	}
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
	scorer       *transition.Scorer
	shares       []transition.Share // of the tokens of a block, of each in every place
	open, before transition.Share   // of the open name's first token, and of the token before
	state        [features]*transition.Share

	Margins func(token int, margin float32) // if set, told how far each choice won; for tests
}

// Session returns a new session.
func (t *Tagger) Session() *Session {
	return &Session{Tagger: t, scorer: t.network.Scorer()}
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
				s.open = *s.share(i-from, 1)
			case last:
				first = -1
			}
			if first >= 0 {
				s.before = *s.share(i-from, 2)
			}
		}
	}
	return nil
}

// load computes the shares of a block of n tokens.
func (s *Session) load(vectors []float32, n int) {
	if len(s.shares) < n*features {
		s.shares = make([]transition.Share, max(n, BlockTokens/4)*features)
	}
	s.scorer.Shares(s.shares, vectors, n)
}

// share returns what token i of the block adds in a place.
func (s *Session) share(i, place int) *transition.Share { return &s.shares[i*features+place] }

func (s *Session) score(i int, open bool) {
	s.state = [features]*transition.Share{s.share(i, 0), &s.scorer.Missing[1], &s.scorer.Missing[2]}
	if open {
		s.state[1], s.state[2] = &s.open, &s.before
	}
	s.scorer.Score(s.state[:])
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
		if best < 0 || s.scorer.Scores[i] > high {
			second = high
			best, high = i, s.scorer.Scores[i]
		} else {
			second = max(second, s.scorer.Scores[i])
		}
	}
	if s.Margins != nil {
		s.Margins(token, high-second)
	}
	return s.moves[best]
}
