// Package bundle keeps the things of a story that hang together in bundles, each of which makes a row.
//
// What a thing that comes or goes touches is bundled anew, with all it hangs together with; the other
// bundles and their rows are left alone. What hangs together is asked of the caller, and must not depend
// on the order in which things came: then the bundles do not either. A Set is not safe for concurrent use.
package bundle

import (
	"cmp"
	"slices"

	"dateline/news"
)

// A Set is things in bundles.
type Set[T comparable] struct {
	of      map[T]*bundle[T]
	touched map[T]bool
	broken  map[*bundle[T]]bool
}

// A bundle is things that hang together, and the row they make; ok is false where they make none.
type bundle[T comparable] struct {
	members []T
	row     news.Entry
	ok      bool
}

// New is a set of nothing.
func New[T comparable]() *Set[T] {
	return &Set[T]{map[T]*bundle[T]{}, map[T]bool{}, map[*bundle[T]]bool{}}
}

// Touch has a thing, with what it hangs together with, bundled anew when the set is settled next.
func (s *Set[T]) Touch(x T) {
	s.touched[x] = true
	s.Remake(x)
}

// Remake has the bundle of a thing made anew when the set is settled next, with its row; a thing that is
// in none stays there.
func (s *Set[T]) Remake(x T) {
	if b := s.of[x]; b != nil {
		s.broken[b] = true
	}
}

// Drop takes a thing out.
func (s *Set[T]) Drop(x T) {
	s.Touch(x)
	delete(s.touched, x)
	delete(s.of, x)
}

// Rules are what a set asks when it is settled.
type Rules[T comparable] struct {
	Next func(x T, reach func(T))          // visits what a thing hangs together with
	In   func(x T) bool                    // whether a thing is in any bundle; nil: every one is
	Row  func([]T) (e news.Entry, ok bool) // of a bundle, whose order is Row's own to set
}

// Settle bundles anew what was touched since it was last settled. gone are rows that stood; some of them
// are made again.
func (s *Set[T]) Settle(r Rules[T]) (gone []news.EntryID, rows []news.Entry) {
	seeds := make([]T, 0, len(s.touched))
	for x := range s.touched {
		seeds = append(seeds, x)
	}
	dissolved := map[*bundle[T]]bool{}
	dissolve := func(b *bundle[T]) {
		if b == nil || dissolved[b] {
			return
		}
		if dissolved[b] = true; b.ok {
			gone = append(gone, b.row.ID)
		}
		for _, x := range b.members {
			if s.of[x] == b {
				delete(s.of, x)
				seeds = append(seeds, x)
			}
		}
	}
	for b := range s.broken {
		dissolve(b)
	}
	clear(s.touched)
	clear(s.broken)
	done := map[T]bool{}
	for i := 0; i < len(seeds); i++ { // grows as bundles are met that hang together with what was touched
		if done[seeds[i]] {
			continue
		}
		b := &bundle[T]{}
		reach := func(x T) {
			if !done[x] && (r.In == nil || r.In(x)) {
				done[x] = true
				b.members = append(b.members, x)
			}
		}
		reach(seeds[i])
		for k := 0; k < len(b.members); k++ {
			dissolve(s.of[b.members[k]])
			r.Next(b.members[k], reach)
		}
		if len(b.members) == 0 {
			continue
		}
		for _, x := range b.members {
			s.of[x] = b
		}
		if b.row, b.ok = r.Row(b.members); b.ok {
			rows = append(rows, b.row)
		}
	}
	slices.SortFunc(rows, func(x, y news.Entry) int { return cmp.Compare(x.ID, y.ID) })
	return gone, rows
}
