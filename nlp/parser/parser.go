// Package parser finds the head of every token: a greedy arc-eager transition parser with the
// reference's extensions, breaking sentences as it goes and moving tokens back to the buffer when
// a sentence ends too early (docs/nlp.md, section 7; Nivre 2008, "Algorithms for deterministic
// incremental dependency parsing", for arc-eager; Honnibal and Johnson 2014, "Joint incremental
// disfluency detection and dependency parsing", for moving back).
//
// parser.go holds the moves and the loop (the network is that of package transition), state.go the
// transition system, rows.go the precomputed shares in bounded memory, tree.go what turns arcs into a tree and sentences.
//
// A Parser is immutable; a Session belongs to one worker.
package parser

import (
	"context"
	"slices"
	"strings"

	"dateline/nlp/model"
	"dateline/nlp/transition"
	"dateline/nlp/vector"
)

// features is the number of tokens a state shows the network (docs/nlp.md, section 7.2).
const features = 8

// A Parser holds the network and its moves.
type Parser struct {
	network *transition.Network
	moves   []move
	spans   [actions]struct{ first, end int } // the moves of each action
	labels  []string
}

// A move is a class of the network: an action with the label of its arc.
type move struct {
	action action
	label  uint8
}

// New reads the parser of a model.
func New(f *model.File, kernel vector.Kernel) *Parser {
	network, classes := transition.New(f, "parser", features, kernel)
	p := &Parser{network: network}
	label := func(s string) uint8 {
		i := slices.Index(p.labels, s)
		if i < 0 {
			i = len(p.labels)
			p.labels = append(p.labels, s)
		}
		return uint8(i)
	}
	label(RootLabel)
	for i, c := range classes {
		s := &p.spans[c.Action]
		if s.end == 0 {
			s.first = i
		}
		s.end = i + 1
		p.moves = append(p.moves, move{action(c.Action), label(c.Label)})
	}
	for _, l := range p.labels {
		plain, _, _ := strings.Cut(l, liftMark)
		label(plain)
	}
	return p
}

// RootLabel is the label of a token that heads its sentence.
const RootLabel = "ROOT"

// Labels lists the labels of Tree.Label. Those that hold "||" are only used while parsing.
func (p *Parser) Labels() []string { return p.labels }

// A Session parses for one worker.
type Session struct {
	*Parser
	scorer *transition.Scorer
	state  state
	rows   rows
	tree   treeScratch

	Margins func(token int, margin float32) // if set, told how far each choice won; for tests
}

// Session returns a new session.
func (p *Parser) Session() *Session {
	scorer := p.network.Scorer()
	return &Session{Parser: p, scorer: scorer, rows: rows{scorer: scorer}}
}

// Vectors returns the vectors of tokens from to to, one after another, valid until the next call.
// A Session asks for multiples of BlockTokens, in order, and again for one it has dropped.
type Vectors func(from, to int) []float32

// Parse fills heads and labels of t, whose length is the number of tokens. If starts is not nil
// it marks the tokens that start a sentence, and the tree has one root in each of these
// sentences; if it is nil the parser finds the sentences.
func (s *Session) Parse(ctx context.Context, t *Tree, vectors Vectors, blank func(i int) bool, starts []bool) error {
	st := &s.state
	st.reset(len(t.Nodes), starts)
	s.rows.reset(len(t.Nodes), vectors)
	fresh := false // the scores are those of the present features
	for step := 0; !st.final(); step++ {
		if step%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if !fresh {
			s.score()
		}
		best := s.choose()
		m := s.moves[best]
		st.apply(m.action, m.label)
		fresh = m.action == breakAt // it moves no token, and so changes no feature
	}
	s.build(t, blank, starts != nil)
	return nil
}

// score computes the scores of all moves in the present state (docs/nlp.md, section 7.1).
func (s *Session) score() {
	tokens := s.state.features()
	s.scorer.Score(s.rows.gather(&tokens))
}

// choose returns the valid move of the highest score, the first among equals.
func (s *Session) choose() int {
	valid := s.state.valid()
	best, high := -1, float32(0)
	for a, span := range s.spans {
		if valid&(1<<a) == 0 {
			continue
		}
		for i, score := range s.scorer.Scores[span.first:span.end] {
			if best < 0 || score > high {
				best, high = span.first+i, score
			}
		}
	}
	if best < 0 {
		panic("parser: a state without a valid move") // section 7.3: there always is one
	}
	if s.Margins != nil {
		second := float32(-1e9)
		for a, span := range s.spans {
			for i := span.first; valid&(1<<a) != 0 && i < span.end; i++ {
				if i != best {
					second = max(second, s.scorer.Scores[i])
				}
			}
		}
		s.Margins(s.state.buffer(0), high-second)
	}
	return best
}
