package body

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"dateline/extract/layout"
	"dateline/extract/mark"
	"dateline/extract/markup"
	"dateline/extract/rule"
	"dateline/extract/shape"
	"dateline/news"
)

// A card is one of several pieces that stand side by side under headings of one level, each in
// a box of its own or parted from the next by nothing but the heading.
type card struct {
	lo, head, hi int
	kind         string // what its box has in common with others of its kind, "" if it has none
	outlet       string // of a line that is an outlet's name
	named, dated bool   // a byline or another name, a day or an age stand beside the headline
	words        int    // of prose
	whole        bool   // more than a teaser
}

// cardWords is how many words of prose make an article of a card that names its outlet; one
// that does not needs anotherWords.
const cardWords = 30

// notCards are the marks of boxes that hold whatever else a page shows.
const notCards = mark.Comment | mark.Related | mark.Side | mark.Nav | mark.Foot | mark.Promo | mark.Ad | mark.Popup

// cards finds the articles of a page that carries several, as aggregators do: headings of one
// level side by side, each with lines about its article and with more than a teaser's prose.
//
// Where the page's own headline is one of them the others need an outlet, or a byline or a day
// in a box of the same kind. Where it stands outside, or there is none, the headings may be
// those of sections or of the entries of a live blog, which are parts of one article: then the
// page's data must not call it one, and two cards must name two outlets, or each bear a name and
// a day.
func (p *Page) cards() {
	if !p.on(rule.Cards) {
		return
	}
	for _, tag := range []markup.Tag{atom.H1, atom.H2, atom.H3, atom.H4} {
		for _, group := range p.cardGroups(tag) {
			if p.articles(group) {
				return
			}
		}
	}
}

// cardGroups are the cards under headings of one level, those together that have one parent.
func (p *Page) cardGroups(tag markup.Tag) [][]card {
	count := make([]int32, len(p.Blocks)+1)
	for i := range p.Blocks {
		count[i+1] = count[i]
		if b := &p.Blocks[i]; b.Tag == tag && b.Marks&notCards == 0 {
			count[i+1]++
		}
	}
	if count[len(p.Blocks)] < 2 {
		return nil
	}
	var parents []int32
	groups := map[int32][]card{}
	for i := range p.Blocks {
		if count[i+1] == count[i] {
			continue
		}
		box := p.Blocks[i].Node
		for up := p.Tree.Nodes[box].Parent; up != 0 && count[p.Hi[up]]-count[p.Lo[up]] == 1; up = p.Tree.Nodes[up].Parent {
			box = up
		}
		parent := p.Tree.Nodes[box].Parent
		c := card{lo: int(p.Lo[box]), head: i, hi: int(p.Hi[box])}
		if !p.anyProse(i+1, c.hi) { // the prose stands beside the heading: up to the next one
			c.hi = int(p.Hi[parent])
		} else {
			class, _, _ := strings.Cut(p.Tree.Attr(box, "class"), " ")
			c.kind = p.Tree.Nodes[box].Tag.String() + "." + class
		}
		if g := groups[parent]; len(g) == 0 {
			parents = append(parents, parent)
		} else if last := &g[len(g)-1]; last.hi > c.lo {
			// Lines about an article may stand above its heading, after the prose of the last.
			for c.lo > last.head+1 && i-c.lo < 3 && p.aboutLine(c.lo-1) {
				c.lo--
			}
			last.hi = c.lo
		}
		groups[parent] = append(groups[parent], c)
	}
	var out [][]card
	for _, n := range parents {
		if g := groups[n]; len(g) > 1 {
			for i := range g {
				p.weigh(&g[i])
			}
			out = append(out, g)
		}
	}
	return out
}

func (p *Page) anyProse(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if p.proseLike(i) {
			return true
		}
	}
	return false
}

// aboutLine reports whether a block is a line about an article: its outlet, byline or day.
func (p *Page) aboutLine(i int) bool {
	var c card
	return p.about(i, &c) != ""
}

// about is the kind of a line about an article, "" for any other; c learns what it tells.
func (p *Page) about(i int, c *card) news.Kind {
	b := &p.Blocks[i]
	s := b.Span.Of(p.Text)
	name, age := s, ""
	for _, sep := range []string{" · ", " • ", " | ", " - ", " – ", " — "} {
		if n, a, ok := strings.Cut(s, sep); ok && aged(a) {
			name, age = n, a
		} else if ok && aged(n) && news.Masthead(a) { // "an hour ago - Alba Post"
			c.outlet, c.dated = news.Fold(a), true
			return news.DateKind
		}
	}
	words := strings.Fields(name)
	named := len(words) > 0 && len(words) <= 6 && len(name) < 60 && news.NameWords(words) && !b.Ends && !layout.IsHeading(b.Tag) && !shape.Share(name) && !shape.Ad(name)
	switch {
	case shape.Byline(s):
		c.named = true
		return news.Byline
	case age == "" && aged(s):
		c.dated = true
		return news.DateKind
	case named && p.boxed(b)&mark.Source != 0 || named && news.Masthead(name):
		c.outlet, c.dated = news.Fold(name), c.dated || age != ""
		return news.Publisher
	case named && (b.Marks&mark.Byline != 0 || c.outlet != "" && len(words) > 1 && b.LinkDensity() < .5):
		c.named, c.dated = true, c.dated || age != ""
		return news.Byline
	case named && age != "":
		c.outlet, c.dated = news.Fold(name), true
		return news.Publisher
	}
	return ""
}

// aged reports whether a line tells a day or an age: "May 3, 2031", "2h", "this morning". A time
// of day alone is that of a live blog's entry.
func aged(s string) bool {
	if shape.Clock(s) || utf8.RuneCountInString(s) > 60 {
		return false
	}
	return shape.Date(s, len(strings.Fields(s))) || shape.Age(s)
}

// weigh sums up what a card has.
func (p *Page) weigh(c *card) {
	paragraphs, sentences, last := 0, 0, -1
	for i := c.lo; i < c.hi; i++ {
		if i == c.head {
			continue
		}
		if paragraphs == 0 && p.about(i, c) != "" || layout.IsHeading(p.Blocks[i].Tag) || !p.proseLike(i) {
			continue
		}
		b := &p.Blocks[i]
		c.words += b.Words
		if b.Words >= 8 {
			paragraphs++
			sentences += ends(b.Span.Of(p.Text))
			last = i
		}
	}
	if last < 0 {
		return
	}
	end := strings.TrimRight(p.Blocks[last].Span.Of(p.Text), " ]")
	cut := strings.HasSuffix(end, "…") || strings.HasSuffix(end, "...")
	c.whole = (paragraphs > 1 || sentences > 2) && !cut && !(last+1 < c.hi && p.Blocks[last+1].LinkDensity() > .5 && shape.Related(p.Blocks[last+1].Span.Of(p.Text)))
}

// ends is how many sentences end in s, about.
func ends(s string) int {
	n := strings.Count(s, ". ") + strings.Count(s, "? ") + strings.Count(s, "! ") + strings.Count(s, ".” ") + strings.Count(s, ".\" ")
	return n + 1
}

// articles makes articles of a group's cards if that is what they are.
func (p *Page) articles(group []card) bool {
	own := -1
	for i, c := range group {
		if p.Title == c.head {
			own = i
		}
	}
	if own < 0 && p.teaserList(group) {
		p.elsewhere(group[0].lo, group[len(group)-1].hi)
		return true
	}
	if own >= 0 && group[own].words < cardWords || own < 0 && p.news {
		return false
	}
	var whole []card
	outlets := map[string]bool{}
	live, dated := false, 0
	for i, c := range group {
		like := own >= 0 && group[own].kind != "" && c.kind == group[own].kind && c.words >= anotherWords
		if i == own || c.whole && c.words >= cardWords && (c.outlet != "" || own < 0 && c.named && c.dated) || like && (c.named || c.dated) {
			whole = append(whole, c)
			live = live || p.Blocks[c.head].Marks&mark.Live != 0
			if c.outlet != "" {
				outlets[c.outlet] = true
			}
			if c.dated && (c.named || c.outlet != "") {
				dated++
			}
		}
	}
	if len(whole) < 2 || own < 0 && len(outlets) < 2 && (live || dated < len(whole)) {
		return false
	}
	if own < 0 && p.Title >= 0 {
		p.Blocks[p.Title].Kind, p.Blocks[p.Title].Reason = news.Boilerplate, string(rule.Cards)
	}
	if own < 0 {
		p.Title = whole[0].head
	}
	for i := group[0].lo; i < group[len(group)-1].hi; i++ {
		if own < 0 || i < group[own].lo || i >= group[own].hi {
			p.beside(i)
		}
	}
	for _, c := range group {
		if len(whole) == 0 || c.head != whole[0].head {
			p.elsewhere(c.lo, c.hi)
			continue
		}
		p.deal(c)
		whole = whole[1:]
	}
	return true
}

// teaserList reports whether cards are a list of other pages: three or more, each with a linked
// headline and its outlet or day, none with more than a teaser's prose.
func (p *Page) teaserList(group []card) bool {
	for _, c := range group {
		if c.whole || p.Blocks[c.head].LinkDensity() < .8 || c.outlet == "" && !c.dated {
			return false
		}
	}
	return len(group) > 2
}

// elsewhere makes teasers of other pages of the blocks [lo, hi).
func (p *Page) elsewhere(lo, hi int) {
	for i := lo; i < hi; i++ {
		p.Blocks[i].Kind, p.Blocks[i].Reason = news.RelatedLink, string(rule.Teasers)
	}
}

// beside takes a block out of the article that it was held to belong to.
func (p *Page) beside(i int) {
	switch b := &p.Blocks[i]; b.Kind {
	case news.Body, news.Label, news.Dek, news.Title, news.TitleDup:
		b.Kind, b.Reason = news.Boilerplate, "outside"
	}
}

// deal gives the blocks of a card their kinds.
func (p *Page) deal(c card) {
	if c.head != p.Title || p.Blocks[c.head].Kind != news.Title {
		p.further(c.head, c.hi)
	}
	if c.head == p.Title {
		p.Blocks[c.head].Reason = "headline"
	}
	seen := card{}
	for i := c.lo; i < c.hi; i++ {
		b := &p.Blocks[i]
		if i == c.head {
			continue
		}
		if b.Words >= 8 && p.proseLike(i) {
			break
		}
		if k := p.about(i, &seen); k != "" {
			b.Kind, b.Reason = k, string(rule.Cards)
		}
	}
}
