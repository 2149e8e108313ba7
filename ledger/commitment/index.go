package commitment

import (
	"cmp"
	"slices"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/news"
)

// An Index keeps the commitments of a story that grows: an article that comes is compared with
// what is known, and one that goes takes along what it told. Whether two reports are of one
// commitment, and what an account says of one, depends on the two and their articles alone, so the
// rows are the same in whatever order the articles came. It is not safe for concurrent use.
type Index struct {
	shelf  *account.Shelf
	leaves map[*book.Article]*leaf
	same   map[*deed][]*deed // reports of one commitment, both ways
	signs  map[*deed][]sign
	dirty  map[*deed]bool // what is told of them changed since rows were made
	made   map[*deed]made // by the first deed
}

type leaf struct {
	event   news.EventID
	copyOf  news.ArticleID
	tellers []teller
	offices account.Offices
	deeds   []*deed
}

// A teller is an account that can tell what became of a commitment: something is called off in it,
// negated, or told as past.
type teller struct {
	x              *account.Account
	off, not, past bool
	instead        bool // something else is set in its place
	at             time.Time
}

type made struct {
	group []*deed
	row   news.Entry
}

// New is an index of no article, which takes accounts from a shelf.
func New(shelf *account.Shelf) *Index {
	return &Index{shelf: shelf, leaves: map[*book.Article]*leaf{}, same: map[*deed][]*deed{}, signs: map[*deed][]sign{}, dirty: map[*deed]bool{}, made: map[*deed]made{}}
}

// Update brings the index to the state of the book. moved are statements whose actor or act of
// saying changed since. It reports whether a row can have changed.
func (s *Index) Update(b *book.Book, moved map[*book.Told]bool) (changed bool) {
	stale := map[*book.Article]bool{}
	for t := range moved {
		stale[t.In] = true
	}
	here := map[*book.Article]bool{}
	for _, a := range b.Articles {
		here[a] = true
	}
	gone := map[*book.Article]bool{}
	for a, l := range s.leaves {
		if !here[a] || stale[a] || l.event != a.Event || l.copyOf != a.CopyOf {
			gone[a] = true
		}
	}
	s.drop(gone)
	for _, a := range b.Articles {
		if s.leaves[a] == nil {
			s.put(a)
			changed = true
		}
	}
	return changed || len(gone) > 0
}

func (s *Index) drop(gone map[*book.Article]bool) {
	if len(gone) == 0 {
		return
	}
	for a := range gone {
		for _, d := range s.leaves[a].deeds {
			for _, e := range s.same[d] {
				s.same[e] = slices.DeleteFunc(s.same[e], func(x *deed) bool { return x == d })
			}
			delete(s.same, d)
			delete(s.signs, d)
		}
		delete(s.leaves, a)
	}
	for d, list := range s.signs {
		if n := len(list); n > 0 {
			s.signs[d] = slices.DeleteFunc(list, func(g sign) bool { return gone[g.x.In] })
			s.dirty[d] = s.dirty[d] || len(s.signs[d]) != n
		}
	}
}

func (s *Index) put(a *book.Article) {
	l := &leaf{event: a.Event, copyOf: a.CopyOf}
	accounts, offices := s.shelf.Of(a)
	l.offices = offices
	s.leaves[a] = l
	for _, x := range accounts {
		if t := newTeller(x); t.off || t.not || t.past {
			l.tellers = append(l.tellers, t)
		}
		if d, ok := s.deed(x); ok {
			l.deeds = append(l.deeds, d)
		}
	}
	for other, o := range s.leaves {
		for _, d := range l.deeds {
			for _, e := range o.deeds {
				if d == e || other == a && account.InStory(e.x, d.x) > 0 || !account.MayShare(d.x, e.x, 1) {
					continue
				}
				if s.isSame(d, e) {
					s.same[d] = append(s.same[d], e)
					s.same[e] = append(s.same[e], d)
				}
			}
			s.look(d, o.tellers)
		}
		if other == a {
			continue
		}
		for _, d := range o.deeds {
			s.look(d, l.tellers)
		}
	}
}

// long is how long after its day, or after it was made, news of a commitment is still of it.
const long = 180 * day

// look reads what accounts say of a commitment.
func (s *Index) look(d *deed, tellers []teller) {
	least := min(2, len(d.stems))
	from, to := d.made(), d.due.To
	if to.IsZero() {
		to = from
	}
	for _, t := range tellers {
		if !t.x.Shares(d.sig, least) && !(t.not && d.ascribed.Name != "" && t.x.In == d.x.In) || !t.at.IsZero() && !from.IsZero() && (t.at.Before(from) || t.at.After(to.Add(long))) || t.x == d.x || t.x.Told != nil && t.x.Told == d.x.Told {
			continue
		}
		if status, why, ok := s.sign(t, d); ok {
			s.signs[d] = append(s.signs[d], sign{t.x, status, why, t.at})
			s.dirty[d] = true
		}
	}
}

// speaksFor reports whether an actor is the one named, or its officer as the article of one of two
// accounts tells.
func (s *Index) speaksFor(actor, name string, x, y *account.Account) bool {
	if account.SameName(actor, name) {
		return true
	}
	for _, z := range []*account.Account{x, y} {
		if l := s.leaves[z.In]; l != nil && l.offices.SpeaksFor(actor, name) {
			return true
		}
	}
	return false
}

// Rows are the commitments: the reports of one each, with what became of it. fresh are those made
// since they were last asked for.
func (s *Index) Rows(b *book.Book) (rows []news.Entry, fresh map[news.EntryID]bool) {
	var all []*deed
	for _, a := range b.Articles {
		if l := s.leaves[a]; l != nil {
			all = append(all, l.deeds...)
		}
	}
	seen := map[*deed]bool{}
	next := map[*deed]made{}
	fresh = map[news.EntryID]bool{}
	for _, d := range all {
		if seen[d] {
			continue
		}
		group := []*deed{d}
		seen[d] = true
		for i := 0; i < len(group); i++ {
			for _, e := range s.same[group[i]] {
				if !seen[e] {
					seen[e] = true
					group = append(group, e)
				}
			}
		}
		slices.SortFunc(group, func(x, y *deed) int { return cmp.Or(account.InStory(x.x, y.x), cmp.Compare(x.rule, y.rule)) })
		m, known := s.made[group[0]]
		if !known || !slices.Equal(m.group, group) || slices.ContainsFunc(group, func(d *deed) bool { return s.dirty[d] }) {
			m = made{group, s.row(b, group)}
			fresh[m.row.ID] = true
		}
		next[group[0]] = m
		rows = append(rows, m.row)
	}
	s.made = next
	clear(s.dirty)
	slices.SortFunc(rows, func(x, y news.Entry) int { return cmp.Compare(x.ID, y.ID) })
	return rows, fresh
}
