package parser

// An action is what a move does (docs/nlp.md, section 7.3).
type action uint8

const (
	shift   action = iota // the next token goes on the stack
	reduce                // the top leaves the stack, or goes back to the buffer
	left                  // the next token is the head of the top
	right                 // the top is the head of the next token
	breakAt               // a sentence starts after the next token
	actions
)

// A state is a stack, a buffer and the arcs so far. Tokens are numbers, none is -1.
type state struct {
	n     int
	next  int     // first token never taken from the buffer
	stack []int32 // the top is last
	back  []int32 // tokens moved back from the stack; the next is last
	given bool    // sentence starts come from the caller and are not to be added to
	node  []node
}

// A node is what a state knows of a token.
type node struct {
	head      int32
	lastLeft  int32 // the left child found last
	lastRight int32
	beforeMe  int32 // the child of my head, on the same side, found before me
	label     uint8
	start     bool // starts a sentence
	back      bool // was moved back, and may not be shifted again
}

const none = -1

func (s *state) reset(n int, starts []bool) {
	s.n, s.next, s.given = n, 0, starts != nil
	s.stack, s.back = s.stack[:0], s.back[:0]
	if cap(s.node) < n {
		s.node = make([]node, n+n/4)
	}
	s.node = s.node[:n]
	for i := range s.node {
		s.node[i] = node{head: none, lastLeft: none, lastRight: none, beforeMe: none}
		if s.given {
			s.node[i].start = starts[i]
		}
	}
}

// top returns the token i below the top of the stack.
func (s *state) top(i int) int {
	if i >= len(s.stack) {
		return none
	}
	return int(s.stack[len(s.stack)-1-i])
}

// buffer returns the token i places ahead.
func (s *state) buffer(i int) int {
	if i < len(s.back) {
		return int(s.back[len(s.back)-1-i])
	}
	if t := s.next + i - len(s.back); t < s.n {
		return t
	}
	return none
}

func (s *state) left() int { return s.n - s.next + len(s.back) }

func (s *state) final() bool { return len(s.stack) == 0 && s.left() == 0 }

// features lists the tokens the network sees: the next two, the top three of the stack, and the
// newest children of the next and the top.
func (s *state) features() [features]int {
	f := [features]int{s.buffer(0), s.buffer(1), s.top(0), s.top(1), s.top(2), none, none, none}
	if f[0] != none {
		f[5] = int(s.node[f[0]].lastLeft)
	}
	if f[2] != none {
		f[6] = int(s.node[f[2]].lastLeft)
		f[7] = int(s.node[f[2]].lastRight)
	}
	return f
}

// valid returns the actions that may be taken, bit by bit.
func (s *state) valid() (set uint8) {
	next, left_ := s.buffer(0), s.left()
	starts := next != none && s.node[next].start
	if len(s.stack) == 0 {
		set |= 1 << shift
	} else {
		if left_ >= 2 && !starts && !s.node[next].back {
			set |= 1 << shift
		}
		if left_ >= 1 && !starts {
			set |= 1<<left | 1<<right
		}
		// Inside a given sentence its only token on the stack must find a head, or stay.
		if !s.given || len(s.stack) > 1 || left_ == 0 || starts || s.node[s.top(0)].head != none {
			set |= 1 << reduce
		}
	}
	if left_ >= 2 && !s.given {
		if after := s.buffer(1); after == next+1 && !s.node[after].start {
			set |= 1 << breakAt
		}
	}
	return set
}

func (s *state) apply(a action, label uint8) {
	switch a {
	case shift:
		s.push()
	case reduce:
		top := s.top(0)
		if s.node[top].head == none && len(s.stack) > 1 {
			s.node[top].back = true
			s.back = append(s.back, int32(top))
		}
		s.pop()
	case left:
		next := s.buffer(0)
		s.arc(next, s.top(0), label)
		s.node[next].back = false
		s.pop()
	case right:
		s.arc(s.top(0), s.buffer(0), label)
		s.push()
	case breakAt:
		s.node[s.buffer(1)].start = true
	}
}

func (s *state) push() {
	t := s.next
	if n := len(s.back); n > 0 {
		t = int(s.back[n-1])
		s.back = s.back[:n-1]
	} else {
		s.next++
	}
	s.stack = append(s.stack, int32(t))
}

func (s *state) pop() { s.stack = s.stack[:len(s.stack)-1] }

// arc makes head the head of child, in place of any it had.
func (s *state) arc(head, child int, label uint8) {
	c := &s.node[child]
	if c.head != none {
		newest := &s.node[c.head].lastLeft
		if int(c.head) < child {
			newest = &s.node[c.head].lastRight
		}
		if int(*newest) != child {
			panic("parser: an arc replaced that is not its head's newest") // section 7.2
		}
		*newest = c.beforeMe
	}
	newest := &s.node[head].lastLeft
	if head < child {
		newest = &s.node[head].lastRight
	}
	c.head, c.label, c.beforeMe = int32(head), label, *newest
	*newest = int32(child)
}
