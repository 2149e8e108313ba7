// Package origin counts independent roots of knowledge.
//
// Reports collapse into one origin where something on the page says that they have one root: one
// is a copy of the other, both credit one agency, both are of one outlet, both rest on one post,
// interview or document, or one cites the other's outlet. What is left is the most that there can
// be. The least is how many of these show that they had the words for themselves: the speaker
// spoke to that outlet, or it alone quotes words at length that no other has. Two outlets that
// were both there and print the same sentence cannot be told from one that has it from the other,
// so the least is 1 there.
package origin

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dateline/ledger/book"
	"dateline/ledger/words"
	"dateline/news"
)

// Of is the range of origins of what the reports tell.
func Of(reports []*book.Told) news.Origins {
	if len(reports) == 0 {
		return news.Origins{}
	}
	if !slices.ContainsFunc(reports, func(t *book.Told) bool { return t.In != reports[0].In }) {
		return news.Origins{Least: 1, Most: 1, Reasons: []news.Reason{{Rule: "one-article", Detail: "read in one article"}}}
	}
	s := newSet(reports)
	s.collapse()
	groups := map[int][]*book.Told{}
	for _, t := range reports {
		r := s.root(s.at[t.In])
		groups[r] = append(groups[r], t)
	}
	o := news.Origins{Most: len(groups), Reasons: s.reasons}
	own := 0
	if len(groups) > 1 {
		quoting := map[uint64]int{} // how many groups have a quotation
		for _, group := range groups {
			for k := range quotes(group) {
				quoting[k]++
			}
		}
		for _, group := range groups {
			if why := ownAccess(group, quoting); why != "" {
				own++
				o.Reasons = append(o.Reasons, news.Reason{Rule: "own-access", Detail: why})
			}
		}
	}
	if o.Least = max(1, own); o.Most > o.Least {
		o.Reasons = append(o.Reasons, news.Reason{Rule: "may-share-a-source", Detail: "nothing tells that the others have it from elsewhere"})
	}
	slices.SortStableFunc(o.Reasons, func(a, b news.Reason) int {
		return cmp.Or(strings.Compare(a.Rule, b.Rule), strings.Compare(a.Detail, b.Detail))
	})
	return o
}

// set is the articles of the reports, joined where they have one root.
type set struct {
	articles []*book.Article
	at       map[*book.Article]int
	reports  [][]*book.Told // of each
	parent   []int
	reasons  []news.Reason
}

func newSet(reports []*book.Told) *set {
	n := len(reports)
	s := &set{at: make(map[*book.Article]int, n), articles: make([]*book.Article, 0, n), reports: make([][]*book.Told, 0, n), parent: make([]int, 0, n)}
	sorted := slices.Clone(reports)
	slices.SortFunc(sorted, book.InStory)
	for i := 0; i < n; {
		a, from := sorted[i].In, i
		for i < n && sorted[i].In == a {
			i++
		}
		s.at[a] = len(s.articles)
		s.articles = append(s.articles, a)
		s.parent = append(s.parent, len(s.parent))
		s.reports = append(s.reports, sorted[from:i])
	}
	return s
}

func (s *set) root(i int) int {
	for s.parent[i] != i {
		i = s.parent[i]
	}
	return i
}

func (s *set) join(i, k int, rule, detail string) {
	a, b := s.root(i), s.root(k)
	if a == b {
		return
	}
	s.parent[max(a, b)] = min(a, b)
	s.reasons = append(s.reasons, news.Reason{Rule: rule, Detail: detail})
}

// collapse joins articles of one root, by the first article with each mark: the work is linear in
// the articles, times the outlets that a sentence can cite.
func (s *set) collapse() {
	byMark := make(map[[2]string]int, 2*len(s.articles))
	outlets := map[string]int{}
	for i, a := range s.articles {
		if Outlet(a) != "" {
			if _, known := outlets[a.OutletKey()]; !known {
				outlets[a.OutletKey()] = i
			}
		}
	}
	var marks []mark
	for i, a := range s.articles {
		marks = s.marks(i, marks[:0])
		for _, m := range marks {
			key := [2]string{m.rule, m.key}
			if k, known := byMark[key]; known {
				if s.root(k) != s.root(i) {
					s.join(k, i, m.rule, m.before+m.name)
				}
			} else {
				byMark[key] = i
			}
		}
		for _, t := range s.reports[i] {
			for _, cited := range Cited(t) {
				if k, known := outlets[book.Plain(cited)]; known && k != i {
					s.join(k, i, "cites", fmt.Sprintf("%s cites %s", orPage(a), cited))
				}
			}
		}
	}
}

// A mark is what an article shares with others: before and name say in words what.
type mark struct{ rule, key, before, name string }

// marks are what an article shares with others of its root, appended to a list.
func (s *set) marks(i int, m []mark) []mark {
	a := s.articles[i]
	of := a.CopyOf
	if of == "" {
		of = a.Article.ID
	}
	m = append(m, mark{"copy", string(of), orPage(a), " is a copy"})
	if name := Outlet(a); name != "" {
		m = append(m, mark{"same-outlet", a.OutletKey(), "two articles of ", name})
	}
	for _, agency := range a.Agencies() {
		m = append(m, mark{"same-agency", agency, "both credit ", agency})
	}
	for _, t := range s.reports[i] {
		for _, r := range t.RelayedBy {
			if e := a.Entity(r); e != nil && !e.Anonymous {
				m = append(m, mark{"same-relay", book.Plain(e.Name), "both have it from ", e.Name})
			}
		}
		if kind := document(t.Venue); kind != "" {
			m = append(m, mark{"one-" + kind, kind, "one ", kind})
		}
		for _, cited := range Cited(t) {
			m = append(m, mark{"same-credit", book.Plain(cited), "both credit ", cited})
		}
	}
	return m
}

// document is the kind of a place of saying that everybody has the words from: one post, one
// letter, one interview. A news conference is heard by many.
func document(venue string) string {
	if venue == "" {
		return ""
	}
	for _, w := range words.Fields(venue) {
		switch w {
		case "post", "tweet", "letter", "interview", "prospectus", "report", "document", "book", "filing":
			return w
		}
	}
	return ""
}

// Outlet is who wrote the article.
func Outlet(a *book.Article) string { return a.Article.Outlet.Name }

func orPage(a *book.Article) string {
	if name := Outlet(a); name != "" {
		return name
	}
	return a.Article.Name
}

// Cited are the outlets and agencies that the sentence of a report gives as its source: it tells
// them (“told Axios”) or has it from them (“Reuters reported”, “according to”, “citing”).
func Cited(t *book.Told) []string {
	var out []string
	add := func(name string) {
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	if t.Addressee.Entity != "" {
		if e := t.In.Entity(t.Addressee.Entity); e != nil && e.Type == news.Organisation {
			add(e.Name)
		}
	}
	for _, r := range t.RelayedBy {
		if e := t.In.Entity(r); e != nil && e.Type == news.Organisation {
			add(e.Name)
		}
	}
	return out
}

// quotes are the quotations of some reports.
func quotes(reports []*book.Told) map[uint64]bool {
	all := map[uint64]bool{}
	for _, t := range reports {
		for _, k := range t.Quotes {
			all[k] = true
		}
	}
	return all
}

// ownAccess says how one sees that a group of reports had the words for itself; quoting is how many
// groups have a quotation.
func ownAccess(group []*book.Told, quoting map[uint64]int) string {
	for _, t := range group {
		if name := Outlet(t.In); name != "" && slices.ContainsFunc(Cited(t), func(c string) bool { return book.Plain(c) == book.Plain(name) }) {
			return "told " + name + " itself"
		}
	}
	for _, t := range group {
		alone := 0
		for _, k := range t.Quotes {
			if quoting[k] == 1 {
				alone++
			}
		}
		if alone > words.QuotedRun {
			return orPage(t.In) + " quotes words that no other has"
		}
	}
	return ""
}

// Chain is the way of the words from the outlet to the speaker in the report that is nearest to
// the speaker: the one with the fewest hands between, then the fullest.
func Chain(reports []*book.Told) []news.Link {
	if len(reports) == 0 {
		return nil
	}
	t := reports[0]
	for _, o := range reports[1:] {
		if len(o.RelayedBy) < len(t.RelayedBy) {
			t = o
		}
	}
	a := t.In
	chain := []news.Link{{Name: orPage(a), Article: a.Article.ID}}
	outer := map[news.EntityID]*book.Told{}
	for _, o := range a.Told {
		if o.Speaker.Entity != "" && o != t && slices.Contains(t.RelayedBy, o.Speaker.Entity) {
			if known := outer[o.Speaker.Entity]; known == nil || o.ID == t.Within {
				outer[o.Speaker.Entity] = o
			}
		}
	}
	for _, r := range t.RelayedBy {
		link := news.Link{Entity: r, Article: a.Article.ID}
		if e := a.Entity(r); e != nil {
			link.Name = e.Name
			if len(e.Mentions) > 0 {
				link.Span = e.Mentions[0].Span
			}
		}
		if o := outer[r]; o != nil && !o.Source.Empty() {
			link.Span = o.Source
		}
		chain = append(chain, link)
	}
	return append(chain, news.Link{Name: t.Actor.Name, Entity: t.Actor.Entity, Article: a.Article.ID, Span: t.Source})
}
