package account

import "dateline/ledger/book"

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

// Forget takes off what is of no article of the book any more.
func (s *Shelf) Forget(b *book.Book) {
	if len(s.read) <= len(b.Articles) {
		return
	}
	here := map[*book.Article]bool{}
	for _, a := range b.Articles {
		here[a] = true
	}
	for a := range s.read {
		if !here[a] {
			delete(s.read, a)
		}
	}
}
