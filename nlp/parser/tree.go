package parser

import "strings"

// A Tree is the outcome for one document.
type Tree struct {
	Nodes []Node
}

// A Node is a token's place in the tree.
type Node struct {
	Head        int32 // itself for the head of a sentence
	Left, Right int32 // first and last token of its subtree
	Label       uint8 // index of Parser.Labels
	Start       bool  // starts a sentence
}

// treeScratch is memory for build.
type treeScratch struct {
	first, next []int32 // children of each token in ascending order, as lists
	queue       []int32
}

// build turns the arcs of the state into a tree (docs/nlp.md, section 7.4). If the sentences were
// given they stay as they are; else one starts at the first token of each root's subtree.
func (s *Session) build(t *Tree, blank func(i int) bool, given bool) {
	lifted := false
	for i := range t.Nodes {
		n := &s.state.node[i]
		t.Nodes[i] = Node{Head: n.head, Label: n.label}
		if n.head == none {
			t.Nodes[i].Head, t.Nodes[i].Label = int32(i), 0
		} else if strings.Contains(s.labels[n.label], liftMark) {
			lifted = true
		}
	}
	t.spans()
	if lifted {
		s.lower(t, blank)
		t.spans()
	}
	if given {
		for i := range t.Nodes {
			t.Nodes[i].Start = s.state.node[i].start
		}
		return
	}
	t.startAtRoots()
}

// startAtRoots lets a sentence start where a root's subtree does.
func (t *Tree) startAtRoots() {
	for i := range t.Nodes {
		t.Nodes[i].Start = false
	}
	for i, n := range t.Nodes {
		if int(n.Head) == i {
			t.Nodes[n.Left].Start = true
		}
	}
}

// spans sets the first and last token of every subtree. A pass to the right and one to the left
// settle projective trees; others take more, and the reference gives up after twelve.
func (t *Tree) spans() {
	for i := range t.Nodes {
		t.Nodes[i].Left, t.Nodes[i].Right = int32(i), int32(i)
	}
	const rounds = 12
	for range rounds {
		for i := range t.Nodes {
			t.widen(i)
		}
		for i := len(t.Nodes) - 1; i >= 0; i-- {
			t.widen(i)
		}
		if t.settled() {
			return
		}
	}
}

func (t *Tree) widen(i int) {
	n := &t.Nodes[i]
	h := &t.Nodes[n.Head]
	h.Left, h.Right = min(h.Left, n.Left), max(h.Right, n.Right)
}

// settled tells whether every head lies between the root starts around its token. The last token
// ends its sentence even where it starts one; that is how the reference looks.
func (t *Tree) settled() bool {
	t.startAtRoots()
	from := 0
	for i := range t.Nodes {
		if i > 0 && t.Nodes[i].Start || i == len(t.Nodes)-1 {
			for _, n := range t.Nodes[from:i] {
				if int(n.Head) < from || int(n.Head) > i {
					return false
				}
			}
			from = i
		}
	}
	return true
}

// liftMark parts the label of an arc that was lifted to make the tree projective from the label
// of the head it was lifted from.
const liftMark = "||"

// stepsAToken bounds the search of lower over a whole document, so that hostile texts (one
// sentence of a million tokens) take linear time. Texts of sentences are far below it.
const stepsAToken = 64

// lower gives lifted arcs their head back: the first token below the present head, breadth
// first, that bears the label of the head lifted from (docs/nlp.md, section 7.4; Nivre and
// Nilsson 2005, "Pseudo-projective dependency parsing").
func (s *Session) lower(t *Tree, blank func(i int) bool) {
	sc := &s.tree
	sc.link(t)
	steps := stepsAToken*len(t.Nodes) + 1000
	for i := range t.Nodes {
		label, lifted, ok := strings.Cut(s.labels[t.Nodes[i].Label], liftMark)
		if !ok {
			continue
		}
		if head := s.search(t, i, lifted, blank, &steps); head != none {
			sc.move(t, i, head)
		}
		t.Nodes[i].Label = s.labelNamed(label)
	}
}

// search looks below the head of i for a token labelled lifted.
func (s *Session) search(t *Tree, i int, lifted string, blank func(i int) bool, steps *int) int {
	sc := &s.tree
	sc.queue = append(sc.queue[:0], t.Nodes[i].Head)
	for at := 0; at < len(sc.queue); at++ {
		q := sc.queue[at]
		for c := sc.first[q]; c != none; c = sc.next[c] {
			if *steps--; *steps < 0 {
				return none
			}
			if c < t.Nodes[q].Left || c > t.Nodes[q].Right || int(c) == i || blank(int(c)) {
				continue
			}
			if s.labels[t.Nodes[c].Label] == lifted {
				return int(c)
			}
			sc.queue = append(sc.queue, c)
		}
	}
	return none
}

func (s *Session) labelNamed(label string) uint8 {
	for i, l := range s.labels {
		if l == label {
			return uint8(i)
		}
	}
	panic("parser: no label " + label) // New adds those behind the marks
}

// link lists the children of every token.
func (sc *treeScratch) link(t *Tree) {
	n := len(t.Nodes)
	if cap(sc.first) < n {
		sc.first, sc.next = make([]int32, n+n/4), make([]int32, n+n/4)
	}
	sc.first, sc.next = sc.first[:n], sc.next[:n]
	for i := range sc.first {
		sc.first[i] = none
	}
	for i := n - 1; i >= 0; i-- {
		if h := t.Nodes[i].Head; int(h) != i {
			sc.next[i], sc.first[h] = sc.first[h], int32(i)
		}
	}
}

// move makes head the head of i.
func (sc *treeScratch) move(t *Tree, i, head int) {
	at := &sc.first[t.Nodes[i].Head]
	for int(*at) != i {
		at = &sc.next[*at]
	}
	*at = sc.next[i]
	t.Nodes[i].Head = int32(head)
	at = &sc.first[head]
	for *at != none && int(*at) < i {
		at = &sc.next[*at]
	}
	sc.next[i], *at = *at, int32(i)
}
