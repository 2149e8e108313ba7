package dispute

import (
	"fmt"
	"slices"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/ledger/bundle"
	"dateline/news"
)

// most is how many pairs of one voice in one kind of conflict stand: the first in the order of the
// story. A pair stands if it is among the first of both its voices, so that a matter told a
// thousand times over is a row of the first who told it and not of half a million pairs, and which
// they are does not depend on the order of arrival. The pairs beyond are known and in no row; a row
// that leaves some out says so (rule "many").
const most = 40

// A node is a voice in a matter: the statements of one utterance are one, and so are those of
// narration in one sentence.
type node struct {
	name  voice
	pairs []*Pair // in the order of the story
}

type voice struct {
	kind news.DisputeKind
	key  string
}

type couple struct {
	kind news.DisputeKind
	a, b *account.Account
}

// Groups are the pairs of a story as they hang together. What is touched is made anew, and what it
// hangs together with; all else is left alone.
type Groups struct {
	found   map[couple]*Pair
	nodes   map[voice]*node
	alike   map[[2]string][]*Pair // of numbers, by the two that they set against each other
	matters *bundle.Set[*Pair]
	denied  map[Denial]int  // pairs in which one answers the other
	changed map[Denial]bool // since it was last asked
}

// New are no pairs.
func New() *Groups {
	return &Groups{map[couple]*Pair{}, map[voice]*node{}, map[[2]string][]*Pair{}, bundle.New[*Pair](), map[Denial]int{}, map[Denial]bool{}}
}

// A Denial is a statement by which somebody, on record, says that another is not so.
type Denial struct{ Claim, Answer *book.Told }

// answers is the denial that a pair is, if it is one.
func (p *Pair) answers() (d Denial, ok bool) {
	if p.Denial == nil || p.Denial.Told == nil || p.Denial.Told.Actor == nil || p.Denial.Told.Actor.Anonymous {
		return d, false
	}
	claim := p.A
	if claim == p.Denial {
		claim = p.B
	}
	if claim.Told == nil || claim.Told.Actor == nil {
		return d, false
	}
	return Denial{claim.Told, p.Denial.Told}, true
}

// Denials are the denials that came, or went, since they were last asked for.
func (g *Groups) Denials() (came, went []Denial) {
	for d := range g.changed {
		if g.denied[d] > 0 {
			came = append(came, d)
		} else {
			went = append(went, d)
		}
	}
	clear(g.changed)
	return came, went
}

// key is the voice of one of a pair's accounts. Of wordings, each is one: two of one act of saying
// are what the matter is about.
func (p *Pair) key(i int) string {
	if p.Kind == news.OnWording {
		return "q" + p.Values[i]
	}
	return keyOf([2]*account.Account{p.A, p.B}[i])
}

func keyOf(x *account.Account) string {
	if x.Told != nil {
		if u := x.Told.Of; u != nil {
			return "u" + string(u.ID)
		}
		return "s" + string(x.Told.ID)
	}
	return fmt.Sprintf("p%s %d", x.In.Article.ID, x.Sentence.Start)
}

// Put adds a pair; of two that set the same accounts against each other the first in order stays.
func (g *Groups) Put(p *Pair) {
	if account.InStory(p.B, p.A) < 0 {
		p.A, p.B = p.B, p.A
		p.Values[0], p.Values[1] = p.Values[1], p.Values[0]
	}
	c := couple{p.Kind, p.A, p.B}
	if q := g.found[c]; q != nil {
		if inStory(p, q) >= 0 {
			return
		}
		g.Drop(q)
	}
	g.found[c] = p
	if d, ok := p.answers(); ok {
		p.answered = d
		g.denied[d]++
		g.changed[d] = true
	}
	for i := range p.ends {
		v := voice{p.Kind, p.key(i)}
		n := g.nodes[v]
		if n == nil {
			n = &node{name: v}
			g.nodes[v] = n
		}
		p.ends[i] = n
		if i == 1 && n == p.ends[0] {
			break
		}
		at, _ := slices.BinarySearchFunc(n.pairs, p, inStory)
		n.pairs = slices.Insert(n.pairs, at, p)
		g.shift(n, at)
	}
	if p.Kind == news.OnNumber {
		g.alike[p.numbers()] = append(g.alike[p.numbers()], p)
	}
	g.matters.Touch(p)
}

// Drop takes a pair out, if it is one that stayed.
func (g *Groups) Drop(p *Pair) {
	if g.found[couple{p.Kind, p.A, p.B}] != p {
		return
	}
	g.matters.Drop(p)
	delete(g.found, couple{p.Kind, p.A, p.B})
	if d := p.answered; d.Claim != nil {
		if g.denied[d]--; g.denied[d] == 0 {
			delete(g.denied, d)
		}
		g.changed[d] = true
	}
	for i, n := range p.ends {
		if i == 1 && n == p.ends[0] {
			break
		}
		at := slices.Index(n.pairs, p)
		n.pairs = slices.Delete(n.pairs, at, at+1)
		if len(n.pairs) == 0 {
			delete(g.nodes, n.name)
		}
		g.shift(n, at)
	}
	if p.Kind == news.OnNumber {
		k := p.numbers()
		if g.alike[k] = slices.DeleteFunc(g.alike[k], func(q *Pair) bool { return p == q }); len(g.alike[k]) == 0 {
			delete(g.alike, k)
		}
	}
}

// shift touches the pair that has come to stand, or stands no longer, since one came or went.
func (g *Groups) shift(n *node, at int) {
	if at < most {
		for _, p := range n.pairs[min(most-1, len(n.pairs)):min(most+1, len(n.pairs))] {
			g.matters.Touch(p)
		}
	}
	if len(n.pairs) >= most && len(n.pairs) <= most+1 {
		for _, p := range n.pairs[:most] {
			g.matters.Touch(p) // its row says whether some are left out
		}
	}
}

// Remake has the row that a pair is in made anew, for what is told of its accounts is another now; a
// pair that is in none stays there.
func (g *Groups) Remake(p *Pair) { g.matters.Remake(p) }

// Retell has the rows made anew of a statement of which other reports are known now.
func (g *Groups) Retell(t *book.Told) {
	key := "s" + string(t.ID)
	if t.Of != nil {
		key = "u" + string(t.Of.ID)
	}
	for _, k := range kinds {
		if n := g.nodes[voice{k, key}]; n != nil {
			for _, p := range n.pairs[:min(most, len(n.pairs))] {
				g.Remake(p)
			}
		}
	}
}

var kinds = []news.DisputeKind{news.OnNumber, news.OnTime, news.OnPlace, news.OnParticipants, news.OnPolarity, news.OnAttribution, news.OnWording}

func (g *Groups) stands(p *Pair) bool {
	for _, n := range p.ends {
		if len(n.pairs) > most && !slices.Contains(n.pairs[:most], p) {
			return false
		}
	}
	return true
}

// Settle makes the rows of what was touched; gone are rows that were made of it before.
func (g *Groups) Settle() (gone []news.EntryID, rows []news.Entry) {
	visited, met := map[*node]bool{}, map[*Pair]bool{}
	return g.matters.Settle(bundle.Rules[*Pair]{
		In: func(p *Pair) bool { return g.found[couple{p.Kind, p.A, p.B}] == p && g.stands(p) },
		Next: func(p *Pair, reach func(*Pair)) {
			for _, n := range p.ends {
				if visited[n] {
					continue
				}
				visited[n] = true
				for _, q := range n.pairs[:min(most, len(n.pairs))] {
					met[q] = true
					reach(q)
				}
			}
			// Two pairs that set the same two numbers against each other, of the same thing and days,
			// are one conflict though no account is in both.
			if p.Kind == news.OnNumber {
				for _, q := range g.alike[p.numbers()] {
					if !met[q] && isAlike(p, q) {
						met[q] = true
						reach(q)
					}
				}
			}
		},
		Row: func(pairs []*Pair) (news.Entry, bool) {
			slices.SortFunc(pairs, inStory)
			return row(pairs)
		},
	})
}

// isAlike reports whether two pairs with the same numbers are of one thing and the same days. The
// later in order is compared with the earlier.
func isAlike(p, q *Pair) bool {
	if !account.SameDays(p.A, q.A) {
		return false
	}
	if inStory(p, q) < 0 {
		p, q = q, p
	}
	return account.SharedCount(p.A, q.A)+account.SharedCount(p.A, q.B) > 0
}

// numbers are the two that a pair sets against each other, in one order.
func (p *Pair) numbers() [2]string {
	if p.Values[1] < p.Values[0] {
		return [2]string{p.Values[1], p.Values[0]}
	}
	return p.Values
}
