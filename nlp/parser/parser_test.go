package parser

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// play runs the transition system with moves drawn at random among the valid ones.
func play(t *testing.T, r *rand.Rand, n int, starts []bool, labels int) *state {
	t.Helper()
	s := &state{}
	s.reset(n, starts)
	for steps := 0; !s.final(); steps++ {
		valid := s.valid()
		if valid == 0 {
			t.Fatalf("no valid move: stack %v, back %v, next %d of %d", s.stack, s.back, s.next, n)
		}
		if steps > 8*n+8 {
			t.Fatalf("%d tokens are not parsed after %d moves", n, steps)
		}
		a := action(r.IntN(int(actions)))
		for valid&(1<<a) == 0 {
			a = action(r.IntN(int(actions)))
		}
		s.apply(a, uint8(r.IntN(labels)))
	}
	return s
}

func TestThereAlwaysIsAMove(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		n := r.IntN(40)
		play(t, r, n, nil, 3)
		if n == 0 {
			continue
		}
		starts := make([]bool, n)
		starts[0] = true
		for i := range starts {
			starts[i] = starts[i] || r.IntN(6) == 0
		}
		s := play(t, r, n, starts, 3)
		roots := 0
		for i := range n {
			if s.node[i].start != starts[i] {
				t.Fatal("a given start was changed")
			}
			if starts[i] && i > 0 && roots != 1 {
				t.Fatalf("a given sentence has %d roots", roots)
			}
			if starts[i] {
				roots = 0
			}
			if h := s.node[i].head; h == none {
				roots++
			} else {
				for k := min(i, int(h)) + 1; k <= max(i, int(h)); k++ {
					if starts[k] {
						t.Fatalf("the arc from %d to %d crosses a given start", h, i)
					}
				}
			}
		}
		if roots != 1 {
			t.Fatalf("the last given sentence has %d roots", roots)
		}
	}
}

// labelled returns a session that knows nothing but labels.
func labelled(labels ...string) *Session {
	return &Session{Parser: &Parser{labels: labels}}
}

// Building a tree leaves no mark of lifted arcs and keeps it a tree, whatever the moves.
func TestBuildKeepsTrees(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	labels := []string{RootLabel, "nsubj", "dobj", "conj||dobj", "conj", "prep||nsubj", "prep"}
	for range 2000 {
		n := 1 + r.IntN(40)
		s := labelled(labels...)
		s.state = *play(t, r, n, nil, len(labels))
		tree := &Tree{Nodes: make([]Node, n)}
		s.build(tree, func(i int) bool { return i%7 == 6 }, false)
		for i, node := range tree.Nodes {
			if strings.Contains(labels[node.Label], liftMark) {
				t.Fatalf("token %d keeps the label %s", i, labels[node.Label])
			}
			steps := 0
			for at := i; int(tree.Nodes[at].Head) != at; at = int(tree.Nodes[at].Head) {
				if steps++; steps > n {
					t.Fatalf("token %d goes in circles", i)
				}
			}
			if int(node.Left) > i || int(node.Right) < i {
				t.Fatalf("token %d has subtree %d to %d", i, node.Left, node.Right)
			}
		}
		if !tree.Nodes[0].Start {
			t.Fatal("no sentence starts at the first token")
		}
	}
}

func TestLiftedArcFindsItsHead(t *testing.T) {
	// "A hearing is scheduled on the issue today": "on" was lifted from "hearing" to "scheduled".
	s := labelled(RootLabel, "det", "nsubj", "aux", "prep||nsubj", "prep", "pobj", "npadvmod")
	heads := []int{1, 3, 3, none, 3, 6, 4, 3}
	label := []uint8{1, 2, 3, 0, 4, 1, 6, 7}
	s.state.reset(len(heads), nil)
	for i := range heads {
		s.state.node[i].head, s.state.node[i].label = int32(heads[i]), label[i]
	}
	tree := &Tree{Nodes: make([]Node, len(heads))}
	s.build(tree, func(int) bool { return false }, false)
	if on := tree.Nodes[4]; on.Head != 1 || s.labels[on.Label] != "prep" {
		t.Errorf("on has head %d, label %s", on.Head, s.labels[on.Label])
	}
	if h := tree.Nodes[1]; h.Left != 0 || h.Right != 6 {
		t.Errorf("the subtree of hearing is %d to %d", h.Left, h.Right)
	}
}
