package commitment

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/ledger/bundle"
	"dateline/news"
)

// An Index keeps the commitments of a story that grows: an article that comes is compared with
// what is known, and one that goes takes along what it told. Whether two reports are of one
// commitment, and what an account says of one, depends on the two and their articles alone, so the
// rows are the same in whatever order the articles came. It is not safe for concurrent use.
type Index struct {
	shelf  *account.Shelf
	leaves map[*book.Article]*leaf
	lines  lines
	same   map[*deed][]*deed // reports of one commitment, both ways
	signs  map[*deed][]sign
	kept   *bundle.Set[*deed]
}

type leaf struct {
	event   news.EventID
	copyOf  news.ArticleID
	tellers []teller
	offices account.Offices
	deeds   []*deed
	print   uint64 // of who says what in it, in which act of saying
}

// A teller is an account that can tell what became of a commitment: something is called off in it,
// negated, or told as past.
type teller struct {
	x              *account.Account
	off, not, past bool
	instead        bool  // something else is set in its place
	where          []int // it is called off
	at             time.Time
}

// New is an index of no article, which takes accounts from a shelf.
func New(shelf *account.Shelf) *Index {
	return &Index{shelf: shelf, leaves: map[*book.Article]*leaf{}, same: map[*deed][]*deed{}, signs: map[*deed][]sign{}, kept: bundle.New[*deed]()}
}

// Update brings the index to the state of the book. changed are the articles that came, went or were
// placed elsewhere since, moved the statements whose actor or act of saying may have changed.
func (s *Index) Update(b *book.Book, changed []*book.Article, moved map[*book.Told]bool) {
	stale := map[*book.Article]bool{}
	for t := range moved {
		if l := s.leaves[t.In]; l != nil && b.Holds(t.In) {
			if _, known := stale[t.In]; !known {
				stale[t.In] = l.print != account.Print(t.In)
			}
		}
	}
	for _, a := range changed {
		if l := s.leaves[a]; l != nil && (!b.Holds(a) || l.event != a.Event || l.copyOf != a.CopyOf) {
			stale[a] = true
		}
	}
	maps.DeleteFunc(stale, func(_ *book.Article, is bool) bool { return !is })
	s.drop(stale)
	for t := range moved {
		if l := s.leaves[t.In]; l != nil {
			l.retell(t, s.kept)
		}
	}
	for _, a := range slices.SortedFunc(slices.Values(slices.AppendSeq(slices.Clone(changed), maps.Keys(stale))), book.Order) {
		if b.Holds(a) && s.leaves[a] == nil {
			s.put(a)
		}
	}
}

// retell takes the name by which the one who made a commitment is known now.
func (l *leaf) retell(t *book.Told, kept *bundle.Set[*deed]) {
	for _, d := range l.deeds {
		if d.x.Told != t || t.Actor == nil {
			continue
		}
		if kept.Touch(d); d.ascribed.Name != "" {
			d.ascribed = t.Actor.Speaker
		} else {
			d.by = t.Actor.Speaker
		}
	}
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
			s.kept.Drop(d)
		}
		delete(s.leaves, a)
	}
	s.lines.drop(gone)
	for d, list := range s.signs {
		if n := len(list); n > 0 {
			if s.signs[d] = slices.DeleteFunc(list, func(g sign) bool { return gone[g.x.In] }); len(s.signs[d]) != n {
				s.kept.Touch(d)
			}
		}
	}
}

func (s *Index) put(a *book.Article) {
	l := &leaf{event: a.Event, copyOf: a.CopyOf, print: account.Print(a)}
	accounts, offices := s.shelf.Of(a)
	l.offices = offices
	s.leaves[a] = l
	for _, x := range accounts {
		if t := newTeller(x); t.off || t.not || t.past {
			l.tellers = append(l.tellers, t)
		}
		if d, ok := s.deed(x); ok {
			l.deeds = append(l.deeds, d)
			s.kept.Touch(d)
		}
	}
	for i, d := range l.deeds {
		for _, e := range l.deeds[:i+1] {
			s.compare(d, e)
		}
		s.lines.deedsLike(d, func(e *deed) { s.compare(d, e) })
	}
	for _, d := range l.deeds {
		s.look(d, l.tellers)
		s.lines.tellersOf(d, func(t *teller) { s.read(d, t) })
	}
	for i := range l.tellers {
		s.lines.deedsBefore(&l.tellers[i], func(d *deed) { s.read(d, &l.tellers[i]) })
	}
	s.lines.put(l)
}

// compare notes two reports that are of one commitment.
func (s *Index) compare(d, e *deed) {
	if d == e || d.x.In == e.x.In && account.InStory(e.x, d.x) > 0 || !account.MayShare(d.x, e.x, 1) {
		return
	}
	if s.isSame(d, e) {
		s.same[d] = append(s.same[d], e)
		s.same[e] = append(s.same[e], d)
	}
}

// long is how long after its day, or after it was made, news of a commitment is still of it.
const long = 180 * day

// span is from when to when accounts can tell of a commitment; zero where that is not known.
func (d *deed) span() (from, until time.Time) {
	from = d.made()
	if from.IsZero() {
		return from, from
	}
	until = d.due.To
	if until.IsZero() {
		until = from
	}
	return from, until.Add(long)
}

// least is how many stems of what is to be done an account of it has.
func (d *deed) least() int { return min(2, len(d.stems)) }

// look reads what accounts of one article say of a commitment that it tells of.
func (s *Index) look(d *deed, tellers []teller) {
	from, until := d.span()
	for i := range tellers {
		t := &tellers[i]
		if !t.at.IsZero() && !from.IsZero() && (t.at.Before(from) || t.at.After(until)) || !t.x.Shares(d.sig, d.least()) && !(t.not && d.ascribed.Name != "" && t.x.In == d.x.In) || t.x == d.x || t.x.Told != nil && t.x.Told == d.x.Told {
			continue
		}
		s.read(d, t)
	}
}

// read notes what an account says of a commitment, if it says something.
func (s *Index) read(d *deed, t *teller) {
	if t.x.In == d.x.In && t.x.Number == d.x.Number && d.ascribed.Name == "" {
		return // the sentence that tells of it does not tell what became of it
	}
	if status, why, ok := s.sign(*t, d); ok {
		at := t.at
		if first, last := t.x.Days(); status == news.StatusWithdrawn || status == news.StatusContested {
			if at = first; at.IsZero() {
				at = last // taken back on the day of saying so, whatever day that speaks of
			}
		}
		s.signs[d] = append(s.signs[d], sign{t.x, status, why, at})
		s.kept.Touch(d)
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

// Settle makes the commitments of which something was touched since it was last asked: the reports
// of one each, with what became of it. gone are rows that stood; some of them are made again.
func (s *Index) Settle(b *book.Book) (gone []news.EntryID, rows []news.Entry) {
	return s.kept.Settle(bundle.Rules[*deed]{
		Next: func(d *deed, reach func(*deed)) {
			for _, e := range s.same[d] {
				reach(e)
			}
		},
		Row: func(group []*deed) (news.Entry, bool) {
			slices.SortFunc(group, func(x, y *deed) int { return cmp.Or(account.InStory(x.x, y.x), cmp.Compare(x.rule, y.rule)) })
			return s.row(b, group), true
		},
	})
}
