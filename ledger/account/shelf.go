package account

import (
	"hash/fnv"

	"dateline/ledger/book"
)

// A Shelf keeps the accounts of the articles that a story holds, so that each is read once.
type Shelf struct{ read map[*book.Article]reading }

type reading struct {
	accounts []*Account
	offices  Offices
}

// NewShelf is an empty shelf.
func NewShelf() *Shelf { return &Shelf{map[*book.Article]reading{}} }

// Of are an article's accounts and the offices it tells.
func (s *Shelf) Of(a *book.Article) ([]*Account, Offices) {
	r, known := s.read[a]
	if !known {
		r = reading{Of(a), OfficesOf(a)}
		s.read[a] = r
	}
	return r.accounts, r.offices
}

// Forget takes off those of articles that the book no longer holds.
func (s *Shelf) Forget(b *book.Book, changed []*book.Article) {
	for _, a := range changed {
		if !b.Holds(a) {
			delete(s.read, a)
		}
	}
}

// Print tells states of an article apart in which its statements are other people's, or people's of
// other names, or of other acts of saying. How many reports an act of saying has is no part of it.
func Print(a *book.Article) uint64 {
	h := fnv.New64a()
	for _, t := range a.Told {
		if t.Actor != nil {
			_, _ = h.Write([]byte(t.Actor.Key))
			_, _ = h.Write([]byte(t.Actor.Known()))
			if t.Actor.Anonymous {
				_, _ = h.Write([]byte{1})
			}
		}
		_, _ = h.Write([]byte{0})
		if t.Of != nil {
			_, _ = h.Write([]byte(t.Of.ID))
		}
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64()
}
