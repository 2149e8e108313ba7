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
	"dateline/ledger/words"
	"dateline/news"
)

// A Collation is the reports of a story in families.
type Collation struct {
	nodes   map[string]*node
	of      map[*book.Told]*node
	quotes  map[posting[uint64]][]*node
	stems   map[posting[string]][]*node
	roots   map[posting[news.ArticleID]][]*node
	touched map[*node]bool
	gone    []*Family
	fresh   map[*book.Told]bool // reports that were put since it was last settled

	counts []int32 // by the number of a node, while one meets the others
	met    []*node
	free   []int32 // numbers of nodes that are no more
}

type posting[K comparable] struct {
	actor *book.Actor
	key   K
}

// A node is all reports that say the same word for word, of one actor and one time: the many copies
// of one text cost what one costs.
type node struct {
	key         string
	number      int32
	reports     []*book.Told // in the order of the story
	actor       *book.Actor
	first, last time.Time
	negative    bool
	question    bool
	venue       string
	quotes      []uint64
	stems       []string
	words       []string // all of them, stemmed, in order
	does        string   // stem of the word that tells what it says of its matter; "" if that is not known
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
	return &Collation{nodes: map[string]*node{}, of: map[*book.Told]*node{}, quotes: map[posting[uint64]][]*node{}, stems: map[posting[string]][]*node{}, roots: map[posting[news.ArticleID]][]*node{}, touched: map[*node]bool{}, fresh: map[*book.Told]bool{}}
}

// root is the article of which one is a copy, itself if it is none.
func root(a *book.Article) news.ArticleID { return cmp.Or(a.CopyOf, a.Article.ID) }

// copies reports whether the article of one node's report is a copy of that of another's: two statements
// of one article copy nothing of each other.
func (n *node) copies(m *node) bool {
	for r := range n.roots {
		if m.roots[r] == 0 {
			continue
		}
		var one *book.Article
		for _, list := range [][]*book.Told{n.reports, m.reports} {
			for _, t := range list {
				switch {
				case root(t.In) != r:
				case one == nil:
					one = t.In
				case one != t.In:
					return true
				}
			}
		}
	}
	return false
}

// second reports whether a report comes from the second of the articles of one root that tell of a node:
// from then on what the first tells as well may be copied.
func (n *node) second(t *book.Told) bool {
	var one *book.Article
	for _, o := range n.reports {
		switch {
		case root(o.In) != root(t.In):
		case o.In == t.In || one != nil && one != o.In:
			return false
		default:
			one = o.In
		}
	}
	return one != nil
}

// Put adds a report.
func (c *Collation) Put(t *book.Told) {
	c.fresh[t] = true
	c.put(t)
}

func (c *Collation) put(t *book.Told) {
	first, last := t.First, t.Last
	if last.IsZero() {
		last = t.In.Day() // what is reported was said before
	}
	negative, question := t.Polarity == news.Negative, t.Act == news.Question
	key := strings.Join([]string{t.Actor.Key, news.Fold(t.Text), first.Format(time.DateOnly), last.Format(time.DateOnly), string(t.Polarity), string(t.Act), venue(t.Venue), tells(t)}, "\x00")
	n := c.nodes[key]
	if n == nil {
		n = &node{
			key: key, number: c.take(), actor: t.Actor, first: first, last: last, negative: negative, question: question, venue: venue(t.Venue), does: tells(t), quotes: sorted(t.Quotes), stems: sorted(t.Stems),
			roots: map[news.ArticleID]int{}, near: map[*node]how{},
		}
		n.numbers = numbers(t)
		for _, w := range t.Words.Words {
			n.words = append(n.words, w.Stem)
		}
		c.nodes[key] = n
		c.rooted(n, root(t.In))
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
	second := n.second(t)
	at, _ := slices.BinarySearchFunc(n.reports, t, book.InStory)
	n.reports = slices.Insert(n.reports, at, t)
	c.of[t] = n
	c.touch(n)
	if len(n.reports) > 1 && (c.rooted(n, root(t.In)) || second) {
		c.meet(n) // a copy makes alike what is less alike by itself
	}
	for _, o := range t.In.Told {
		m := c.of[o]
		switch {
		case m == nil || m == n:
		case follows(o, t) || follows(t, o):
			c.join(n, m, how{quotedAfter, 1})
		case heads(o, t) || heads(t, o):
			c.join(n, m, how{headlined, 1})
		}
	}
}

// tells is the stem of the verb of a report, or of what its subject is said to be.
func tells(t *book.Told) string {
	word := strings.ToLower(t.Frame.Predicate)
	if word == "be" {
		word = strings.ToLower(t.Frame.Object.Head)
	}
	if words.Common(word) {
		return ""
	}
	return words.Stem(word)
}

// numbers are those a report says, as written.
func numbers(t *book.Told) (list []string) {
	for _, w := range t.Words.Words {
		if w.Plain != "" && w.Plain[0] >= '0' && w.Plain[0] <= '9' {
			list = append(list, w.Plain)
		}
	}
	return sorted(list)
}

// take is a number for a node.
func (c *Collation) take() int32 {
	if last := len(c.free) - 1; last >= 0 {
		n := c.free[last]
		c.free = c.free[:last]
		return n
	}
	c.counts = append(c.counts, 0)
	return int32(len(c.counts) - 1)
}

// rooted notes that a report of the node is of an article that is, or copies, another; fresh is
// whether none was before.
func (c *Collation) rooted(n *node, r news.ArticleID) (fresh bool) {
	if n.roots[r]++; n.roots[r] > 1 {
		return false
	}
	p := posting[news.ArticleID]{n.actor, r}
	c.roots[p] = append(c.roots[p], n)
	return true
}

// meet finds the nodes that are like one.
func (c *Collation) meet(n *node) {
	const quoted, copied = 1 << 20, 1 << 10
	add := func(list []*node, by int32) {
		for _, m := range list {
			if c.counts[m.number] == 0 {
				c.met = append(c.met, m)
			}
			c.counts[m.number] += by
		}
	}
	for _, k := range n.quotes {
		add(c.quotes[posting[uint64]{n.actor, k}], quoted)
	}
	for r := range n.roots {
		add(c.roots[posting[news.ArticleID]{n.actor, r}], copied)
	}
	for _, k := range n.stems {
		add(c.stems[posting[string]{n.actor, k}], 1)
	}
	for _, m := range c.met {
		count := c.counts[m.number]
		c.counts[m.number] = 0
		switch {
		case m == n:
		case count >= quoted:
			c.join(n, m, alike(n, m))
		case count < fewShared && len(m.stems) > shortContent && len(n.stems) > shortContent, !overlap(n.first, n.last, m.first, m.last):
		default:
			if h := alike(n, m); h.rule != "" && fits(h, n, m) {
				c.join(n, m, h)
			}
		}
	}
	clear(c.met)
	c.met = c.met[:0]
}

func (c *Collation) join(n, m *node, h how) {
	if old := n.near[m]; h.rule != "" && old.score < h.score {
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
	for r := range n.roots {
		drop(c.roots, posting[news.ArticleID]{n.actor, r}, n)
	}
	delete(c.nodes, n.key)
	delete(c.touched, n)
	c.free = append(c.free, n.number)
	rest := n.reports
	n.reports = nil
	for _, o := range rest {
		delete(c.of, o)
	}
	for _, o := range rest {
		if o.Actor == n.actor { // else it is somebody else's by now, and will be put
			c.put(o)
		}
	}
}

func drop[K comparable](lists map[posting[K]][]*node, p posting[K], n *node) {
	lists[p] = slices.DeleteFunc(lists[p], func(m *node) bool { return m == n })
	if len(lists[p]) == 0 {
		delete(lists, p)
	}
}

// Settle decides the families that were touched: the utterances that are no more, and those that
// are new or told by other reports than before.
func (c *Collation) Settle() (gone, made []*book.Utterance) {
	old := map[news.EntryID]*book.Utterance{}
	for _, f := range c.gone {
		for _, u := range f.Said {
			old[u.ID] = u
		}
	}
	c.gone = nil
	for n := range c.touched {
		if len(n.reports) == 0 || n.family != nil {
			continue
		}
		f := c.family(n)
		for i, u := range f.Said {
			if was := old[u.ID]; was != nil && was.Said == u.Said && was.Rule == u.Rule && slices.Equal(was.Reports, u.Reports) && !slices.ContainsFunc(u.Reports, func(t *book.Told) bool { return c.fresh[t] }) {
				f.Said[i] = was
				delete(old, u.ID)
			} else {
				made = append(made, u)
			}
		}
	}
	clear(c.touched)
	clear(c.fresh)
	for _, u := range old {
		gone = append(gone, u)
	}
	return gone, made
}

// family is all that is like a node, and like what is like it.
func (c *Collation) family(n *node) *Family {
	f := &Family{}
	n.family = f
	for stack := []*node{n}; len(stack) > 0; {
		m := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		f.nodes = append(f.nodes, m)
		for o := range m.near {
			if o.family == f {
				continue
			}
			if o.family != nil {
				panic("utterance: a report alike stands in a family that was not touched")
			}
			o.family = f
			stack = append(stack, o)
		}
	}
	slices.SortFunc(f.nodes, order)
	f.Said = decide(f.nodes)
	return f
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
	u := &book.Utterance{Actor: a.nodes[0].actor, Rule: news.Reason{Rule: "one-report", Detail: "nothing else tells of it"}}
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
	for _, rule := range []string{sharedQuotation, copied, sameWords, sameOrder, otherWords, headlined, quotedAfter} {
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
