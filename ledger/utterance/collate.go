// Package utterance collates the reports of one act of saying.
//
// Two reports of one actor are alike if they share a quotation of five words or more, or say the
// same in other words; they tell of one act if they can also be of one occasion. Reports that are
// alike make a family; inside it, those who say most exactly when come first, and each of the
// others goes to the act it is most like among those it fits. So the same sentence said on two
// days is two acts, and a report that tells no day joins one of them and never binds both. What is
// decided in a family depends on its reports alone, sorted, and not on the order they came in.
//
// A Collation is kept up to date: Put and Drop touch families, and Settle decides those anew.
package utterance

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dateline/ledger/book"
	"dateline/news"
)

// A Collation is the reports of a story in families.
type Collation struct {
	nodes   map[string]*node
	of      map[*book.Told]*node
	quotes  map[posting[uint64]][]*node
	stems   map[posting[string]][]*node
	touched map[*node]bool
	gone    []*Family
	serial  int
}

type posting[K comparable] struct {
	actor *book.Actor
	key   K
}

// A node is all reports that say the same word for word, of one actor and one time: the many copies
// of one text cost what one costs.
type node struct {
	key         string
	serial      int
	reports     []*book.Told // in the order of the story
	actor       *book.Actor
	first, last time.Time
	negative    bool
	question    bool
	venue       string
	quotes      []uint64
	stems       []string
	numbers     []string
	roots       map[news.ArticleID]int
	near        map[*node]how
	family      *Family
}

// A Family is reports that are alike, and the acts of saying that they tell of.
type Family struct {
	nodes []*node
	Said  []*book.Utterance
}

// New is a collation without reports.
func New() *Collation {
	return &Collation{nodes: map[string]*node{}, of: map[*book.Told]*node{}, quotes: map[posting[uint64]][]*node{}, stems: map[posting[string]][]*node{}, touched: map[*node]bool{}}
}

// root is the article of which one is a copy, itself if it is none.
func root(a *book.Article) news.ArticleID { return cmp.Or(a.CopyOf, a.Article.ID) }

func (n *node) copies(m *node) bool {
	for r := range n.roots {
		if m.roots[r] > 0 {
			return true
		}
	}
	return false
}

// Put adds a report.
func (c *Collation) Put(t *book.Told) {
	first, last := t.First, t.Last
	if last.IsZero() {
		last = t.In.Day() // what is reported was said before
	}
	negative, question := t.Polarity == news.Negative, t.Act == news.Question
	key := strings.Join([]string{t.Actor.Key, news.Fold(t.Text), first.Format(time.DateOnly), last.Format(time.DateOnly), string(t.Polarity), string(t.Act), venue(t.Venue)}, "\x00")
	n := c.nodes[key]
	if n == nil {
		c.serial++
		n = &node{
			key: key, serial: c.serial, actor: t.Actor, first: first, last: last, negative: negative, question: question, venue: venue(t.Venue), quotes: sorted(t.Quotes), stems: sorted(t.Stems),
			roots: map[news.ArticleID]int{}, near: map[*node]how{},
		}
		for _, w := range t.Words.Words {
			if w.Plain != "" && w.Plain[0] >= '0' && w.Plain[0] <= '9' {
				n.numbers = append(n.numbers, w.Plain)
			}
		}
		n.numbers = sorted(n.numbers)
		n.roots[root(t.In)]++
		c.nodes[key] = n
		c.meet(n)
		for _, k := range n.quotes {
			p := posting[uint64]{n.actor, k}
			c.quotes[p] = append(c.quotes[p], n)
		}
		for _, k := range n.stems {
			p := posting[string]{n.actor, k}
			c.stems[p] = append(c.stems[p], n)
		}
	}
	at, _ := slices.BinarySearchFunc(n.reports, t, book.InStory)
	n.reports = slices.Insert(n.reports, at, t)
	c.of[t] = n
	c.touch(n)
	if len(n.reports) > 1 {
		if n.roots[root(t.In)]++; n.roots[root(t.In)] == 1 {
			c.meet(n) // a copy makes alike what is less alike by itself
		}
	}
	for _, o := range t.In.Told {
		if m := c.of[o]; m != nil && m != n && (follows(o, t) || follows(t, o)) {
			c.join(n, m, how{quotedAfter, 1})
		}
	}
}

// meet finds the nodes that are like a new one.
func (c *Collation) meet(n *node) {
	counts := map[*node]int{}
	for _, k := range n.quotes {
		for _, m := range c.quotes[posting[uint64]{n.actor, k}] {
			counts[m] = fewShared
		}
	}
	for _, k := range n.stems {
		for _, m := range c.stems[posting[string]{n.actor, k}] {
			counts[m]++
		}
	}
	for m, shared := range counts {
		if m == n || shared < fewShared && len(m.stems) > shortContent && len(n.stems) > shortContent && !n.copies(m) {
			continue
		}
		if h := alike(n, m); h.rule == sharedQuotation || h.rule != "" && fits(h, n, m) {
			c.join(n, m, h)
		}
	}
}

func (c *Collation) join(n, m *node, h how) {
	if old := n.near[m]; old.score < h.score {
		n.near[m], m.near[n] = h, h
		c.touch(n)
		c.touch(m)
	}
}

func (c *Collation) touch(n *node) {
	c.touched[n] = true
	c.dissolve(n.family)
}

// dissolve gives up a family; its nodes are decided anew.
func (c *Collation) dissolve(f *Family) {
	if f == nil || f.nodes == nil {
		return
	}
	c.gone = append(c.gone, f)
	for _, m := range f.nodes {
		m.family = nil
		c.touched[m] = true
	}
	f.nodes = nil
}

// Drop takes a report out.
func (c *Collation) Drop(t *book.Told) {
	n := c.of[t]
	if n == nil {
		return
	}
	delete(c.of, t)
	c.touch(n)
	n.reports = slices.DeleteFunc(n.reports, func(o *book.Told) bool { return o == t })
	if r := root(t.In); n.roots[r] > 1 {
		n.roots[r]--
	} else {
		delete(n.roots, r)
	}
	// What the report alone bound together comes apart: the node meets the others anew.
	for m := range n.near {
		c.touch(m)
		delete(m.near, n)
	}
	clear(n.near)
	for _, k := range n.quotes {
		drop(c.quotes, posting[uint64]{n.actor, k}, n)
	}
	for _, k := range n.stems {
		drop(c.stems, posting[string]{n.actor, k}, n)
	}
	delete(c.nodes, n.key)
	delete(c.touched, n)
	rest := n.reports
	n.reports = nil
	for _, o := range rest {
		delete(c.of, o)
	}
	for _, o := range rest {
		if o.Actor == n.actor { // else it is somebody else's by now, and will be put
			c.Put(o)
		}
	}
}

func drop[K comparable](lists map[posting[K]][]*node, p posting[K], n *node) {
	lists[p] = slices.DeleteFunc(lists[p], func(m *node) bool { return m == n })
	if len(lists[p]) == 0 {
		delete(lists, p)
	}
}

// Settle decides the families that were touched: those that are no more, and those that are new.
func (c *Collation) Settle() (gone, made []*Family) {
	todo := make([]*node, 0, len(c.touched))
	for n := range c.touched {
		if len(n.reports) > 0 {
			todo = append(todo, n)
		}
	}
	slices.SortFunc(todo, order)
	clear(c.touched)
	for _, n := range todo {
		if n.family != nil {
			continue
		}
		f := &Family{}
		n.family = f
		for stack := []*node{n}; len(stack) > 0; {
			m := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			f.nodes = append(f.nodes, m)
			for o := range m.near {
				if o.family != f {
					if o.family != nil {
						panic("utterance: a report alike stands in a family that was not touched")
					}
					o.family = f
					stack = append(stack, o)
				}
			}
		}
		slices.SortFunc(f.nodes, order)
		f.Said = decide(f.nodes)
		made = append(made, f)
	}
	gone, c.gone = c.gone, nil
	return gone, made
}

// order puts those first that say most exactly when, then the longest, then by the story's order.
func order(x, y *node) int {
	return cmp.Or(cmp.Compare(x.width(), y.width()), cmp.Compare(len(y.stems), len(x.stems)), book.InStory(x.reports[0], y.reports[0]), strings.Compare(x.key, y.key))
}

// width is how many days the interval of a node has; an open one is wider than any other.
func (n *node) width() int {
	if n.first.IsZero() || n.last.IsZero() {
		return 1 << 30
	}
	return int(n.last.Sub(n.first) / day)
}

// act is an act of saying under way.
type act struct {
	nodes       []*node
	first, last time.Time
	venue       string
}

// decide parts a family into acts of saying.
func decide(nodes []*node) []*book.Utterance {
	var acts []*act
	for _, n := range nodes {
		var best *act
		var most float64
		for _, a := range acts {
			if !overlap(n.first, n.last, a.first, a.last) {
				continue
			}
			for _, m := range a.nodes {
				if h := n.near[m]; h.rule != "" && h.score > most && fits(h, n, m) {
					best, most = a, h.score
				}
			}
		}
		if best == nil {
			best = &act{}
			acts = append(acts, best)
		}
		best.nodes = append(best.nodes, n)
		if !n.first.IsZero() && n.first.After(best.first) {
			best.first = n.first
		}
		if !n.last.IsZero() && (best.last.IsZero() || n.last.Before(best.last)) {
			best.last = n.last
		}
	}
	var said []*book.Utterance
	for _, a := range acts {
		said = append(said, a.utterance())
	}
	slices.SortFunc(said, func(x, y *book.Utterance) int { return book.InStory(x.Reports[0], y.Reports[0]) })
	return said
}

// utterance is the act with its reports, the fullest first.
func (a *act) utterance() *book.Utterance {
	u := &book.Utterance{Actor: a.nodes[0].actor, Rule: news.Reason{Rule: "one-report"}}
	for _, n := range a.nodes {
		u.Reports = append(u.Reports, n.reports...)
	}
	slices.SortFunc(u.Reports, book.InStory)
	u.First = u.Reports[0]
	u.ID = news.NewEntryID(string(news.Utterance), string(u.First.ID))
	u.Said = a.nodes[0].reports[0].Statement.Said
	for _, n := range a.nodes { // sorted: the most exact first
		if s := n.reports[0].Statement.Said; !s.When.IsZero() {
			u.Said = s
			break
		}
	}
	rules := map[string]int{}
	for i, n := range a.nodes {
		for _, m := range a.nodes[:i] {
			if h := n.near[m]; h.rule != "" {
				rules[h.rule]++
			}
		}
		if len(n.reports) > 1 {
			rules[sameWords]++
		}
	}
	for _, rule := range []string{sharedQuotation, copied, sameWords, otherWords, quotedAfter} {
		if rules[rule] > 0 {
			if u.Rule.Rule == "one-report" {
				u.Rule = news.Reason{Rule: rule, Detail: "same speaker and time"}
			} else {
				u.Rule.Detail += ", " + rule
			}
		}
	}
	slices.SortStableFunc(u.Reports, func(x, y *book.Told) int {
		return cmp.Or(cmp.Compare(y.Words.Quote, x.Words.Quote), cmp.Compare(len(y.Words.Words), len(x.Words.Words)))
	})
	return u
}
