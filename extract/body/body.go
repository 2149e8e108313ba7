// Package body finds a page's main article among its blocks and says what every block is.
//
// It takes the shown text in blocks (package layout), weighs each by words, links, punctuation
// and the marks of the elements around it (package mark), and looks for the element that gathers
// most prose at the least furniture (core). Inside it, named rules take away what is not the
// article's prose: the headline once more, byline, date and share bar, captions, related links,
// the author's biography, what stands after the end. Class words count only for boxes that hold
// less than 35 % of the core's words, because templates name the body itself "time" or "author".
//
// There is no rule for any one outlet.
package body

import (
	"strings"

	"golang.org/x/net/html/atom"

	"dateline/extract/layout"
	"dateline/extract/mark"
	"dateline/extract/markup"
	"dateline/extract/rule"
	"dateline/extract/shape"
	"dateline/news"
)

// share is the part of the core's words that a box must stay under for its class words to
// count. Shares below lose (.25: -.0009 4-gram F1 on 181 pages); up to .5 nothing changes
// there, but templates that name the body itself become likelier.
const share = .35

// innermost is how much of an element's worth one of its children must have to be taken in its
// place: .85 gains .0009 on those pages and loses as much on 80 others.
const innermost = .92

// A Page is what the rules see.
type Page struct {
	*layout.Flow
	Tree   *markup.Tree
	Titles []string // what the page says its headline is, best first

	own       []mark.Set // by node
	around    []mark.Set // by node: its own and those of all around it
	sameClass boxes
	news      bool // see Read
	off       rule.Off
	view      view  // of the block that is looked at; one for all, for each would be an allocation
	most      int   // how many of Titles agree at most
	core      int32 // the element chosen
	total     int   // its words of prose
	Title     int   // the block that is the headline, -1 if none
}

// Read lays the page out and gives every block a kind. news says that the page's data call it
// an article: then what outlets put below their articles is looked for and taken away.
// Elsewhere a closing "Contact us" may well be the text. off are the rules not to read by.
func Read(t *markup.Tree, titles []string, news bool, off rule.Off) *Page {
	p := &Page{Flow: layout.Lay(t), Tree: t, Titles: titles, Title: -1, news: news, off: off}
	p.mark()
	p.core = p.findCore()
	if (p.core == 0 || p.prose(p.core) < 25) && p.on(rule.SecondLook) {
		// A second look, without the marks that may be wrong: better furniture than nothing.
		own := p.own
		p.own = append([]mark.Set(nil), own...)
		for n := range p.own {
			p.own[n] &^= mark.Furniture &^ (mark.Comment | mark.Nav | mark.Foot)
		}
		p.spread()
		if core := p.findCore(); core != 0 && p.prose(core) >= 50 {
			p.core = core
		} else {
			p.own = own
			p.spread()
		}
	}
	if p.core == 0 && p.on(rule.LastResort) {
		p.core = p.lastResort()
	}
	p.classify()
	return p
}

// on reports whether the page is read by a rule.
func (p *Page) on(name rule.Name) bool { return !p.off[name] }

// lastResort is the element to read as the article where nothing looks like prose: the
// paragraphs below the headline ("The harbour authority said on Tuesday that ferry", where a
// wall cut it off), or all of a page that is nothing but a few words without a link.
func (p *Page) lastResort() int32 {
	links, words := 0, 0
	for i := range p.Blocks {
		b := &p.Blocks[i]
		links += b.Links
		words += b.Words
		if p.Title >= 0 && i > p.Title && b.Tag == atom.P && b.Words >= 5 && b.LinkDensity() < .3 && b.Marks&mark.Furniture == 0 && !shape.Wall(b.Span.Of(p.Text)) {
			return p.Tree.Nodes[b.Node].Parent
		}
	}
	if links == 0 && words >= 4 && len(p.Blocks) <= 3 && p.Title < 0 {
		return p.Tree.Nodes[p.Blocks[0].Node].Parent
	}
	return 0
}

func (p *Page) mark() {
	p.own, p.around = make([]mark.Set, len(p.Tree.Nodes)), make([]mark.Set, len(p.Tree.Nodes))
	cache := map[string]mark.Set{}
	for n := range p.Tree.Nodes {
		if node := &p.Tree.Nodes[n]; node.Tag != 0 && node.Tag != atom.Html && node.Tag != atom.Body && node.Flags&markup.Hidden == 0 && p.Hi[n] > p.Lo[n] {
			p.own[n] = mark.Of(p.Tree, int32(n), cache)
		}
	}
	raw := append([]mark.Set(nil), p.own...)
	p.unmark()
	p.spread()
	p.findTitle()
	p.own = raw
	if p.Title >= 0 {
		// What holds the headline is no furniture, whatever it is called.
		for n := p.Tree.Nodes[p.Blocks[p.Title].Node].Parent; n != 0; n = p.Tree.Nodes[n].Parent {
			if p.WordsIn(n) > 2*p.Blocks[p.Title].Words {
				p.own[n] &^= mark.Furniture
			}
		}
	}
	p.unmark()
	p.spread()
}

// unmark takes the marks of furniture off boxes that hold too much of the page's prose to be it.
func (p *Page) unmark() {
	p.spread()
	// What the page has of prose outside its comments, whatever else its boxes are called; with
	// them if there is next to none outside.
	prose := make([]float64, len(p.Blocks)+1)
	for _, comments := range []bool{false, true} {
		for i := range p.Blocks {
			b := &p.Blocks[i]
			prose[i+1] = prose[i]
			if m := b.Marks; comments || m&mark.Comment == 0 {
				b.Marks = 0
				prose[i+1] += max(0, p.worth(b))
				b.Marks = m
			}
		}
		if prose[len(p.Blocks)] >= 60 {
			break
		}
	}
	all := prose[len(p.Blocks)]
	// below is how many words of unmarked prose stand between the headline and a block: where
	// there are some, the article has begun, and a box that begins there is not its body.
	below := make([]int, len(p.Blocks)+1)
	for i := range p.Blocks {
		below[i+1] = below[i]
		if b := &p.Blocks[i]; p.Title >= 0 && i > p.Title && b.Marks&mark.Furniture == 0 && p.worth(b) > 0 {
			below[i+1] += b.Words
		}
	}
	// A body that advertisements cut in pieces is several boxes of one class.
	pieces := boxes{}
	for n := range p.own {
		if p.own[n]&mark.Furniture != 0 {
			pieces.add(p.Tree.Attr(int32(n), "class"), int(prose[p.Hi[n]]-prose[p.Lo[n]]))
		}
	}
	for n := range p.own {
		if p.own[n] == 0 {
			continue
		}
		if p.Tree.Nodes[n].Tag == atom.P {
			p.own[n] &^= paragraphLies
		}
		part := max(prose[p.Hi[n]]-prose[p.Lo[n]], float64(pieces.words(p.Tree.Attr(int32(n), "class"))))
		if part > share*all && below[p.Lo[n]] < 50 {
			p.own[n] &^= mark.Furniture &^ (mark.Comment | mark.Foot | mark.Nav)
		}
		if part > .6*all && below[p.Lo[n]] < 50 {
			p.own[n] &^= mark.Furniture &^ mark.Comment
		}
		if part > .8*all {
			p.own[n] &^= mark.Furniture
		}
		if p.own[n]&mark.Wall != 0 && (part < share*all || p.WordsIn(int32(n)) < 60) && p.wall(int32(n)) {
			p.own[n] |= mark.Popup
		}
	}
}

// spread gives every block the marks of the elements around it. Parents come before their
// children, so one pass does.
func (p *Page) spread() {
	for n := range p.around {
		node := &p.Tree.Nodes[n]
		p.around[n] = p.own[n]
		if node.Tag != atom.Body && n != 0 {
			p.around[n] |= p.around[node.Parent]
		}
	}
	for i := range p.Blocks {
		p.Blocks[i].Marks = p.around[p.Blocks[i].Node]
	}
}

// wall reports whether a box asks to subscribe or to log in.
func (p *Page) wall(n int32) bool {
	for i := p.Lo[n]; i < p.Hi[n] && i < p.Lo[n]+20; i++ {
		if shape.Wall(p.Blocks[i].Span.Of(p.Text)) {
			return true
		}
	}
	return false
}

// paragraphLies are the marks that a paragraph cannot have by its own class: it is in a box of
// that kind or it is not.
const paragraphLies = mark.Nav | mark.Side | mark.Foot | mark.Popup | mark.Ad | mark.Wall | mark.Gallery | mark.Comment | mark.Tags

// worth is what a block adds to an element's claim to be the article.
func (p *Page) worth(b *layout.Block) float64 {
	ld := b.LinkDensity()
	w := float64(b.Words)
	switch {
	case b.Marks&(mark.Comment|mark.Nav) != 0:
		return -w / 4
	case b.Marks&mark.Furniture != 0:
		return -2
	case layout.IsHeading(b.Tag) && ld > .8 && b.Words >= 3:
		return -2 // the headline of another article
	case layout.IsHeading(b.Tag):
		return 0
	case ld > .5:
		return -3 - float64(b.LinkWords)/2
	case b.Words >= 8 && (b.Ends || b.Commas > 0) || b.Words >= 20:
		return min(w, 120) * (1 - ld)
	case b.Ends && b.Words >= 3:
		return w / 2
	case ld < .3 && b.Tag == atom.Li:
		return w / 4 // a list; menus are lists of links
	case ld < .3 && (b.Tag == atom.P || b.Tag == atom.Td || b.Tag == atom.Dd || b.Tag == atom.Blockquote):
		return 0 // a list, a table, a line of dialogue
	default:
		return -1
	}
}

// prose is how many words of prose stand inside n.
func (p *Page) prose(n int32) int {
	words := 0
	for i := p.Lo[n]; i < p.Hi[n]; i++ {
		if b := &p.Blocks[i]; p.worth(b) > 0 {
			words += b.Words
		}
	}
	return words
}

// findCore is the element whose blocks are worth most together. Among nested elements of
// nearly the same worth the innermost is taken.
func (p *Page) findCore() int32 {
	sum := make([]float64, len(p.Blocks)+1)
	for i := range p.Blocks {
		w := p.worth(&p.Blocks[i])
		if w > 0 && i < p.Title {
			w /= 2 // an article stands below its headline
		}
		if w > 0 && p.on(rule.TeasersAreNoCore) && p.teaser(i) {
			w = 0
		}
		sum[i+1] = sum[i] + w
	}
	best, bestWorth := int32(0), 0.0
	for n := range p.Tree.Nodes {
		node := &p.Tree.Nodes[n]
		if n == 0 || node.Tag == 0 || node.Flags&markup.Block == 0 || node.Flags&markup.Hidden != 0 || p.Hi[n] <= p.Lo[n] {
			continue
		}
		w := sum[p.Hi[n]] - sum[p.Lo[n]]
		switch {
		case !p.on(rule.BodyClass):
		case p.own[n]&mark.Body != 0:
			w *= 1.25
		case p.own[n]&mark.Story != 0 || node.Tag == atom.Main:
			w *= 1.1
		}
		if w >= bestWorth && w > 0 {
			best, bestWorth = int32(n), w
		}
	}
	// down to the innermost of nearly the same worth
	for n := best; n != 0; {
		w := sum[p.Hi[n]] - sum[p.Lo[n]]
		next := int32(0)
		for c := p.Tree.Nodes[n].First; c != 0; c = p.Tree.Nodes[c].Next {
			node := &p.Tree.Nodes[c]
			if node.Tag != 0 && p.Hi[c] > p.Lo[c] && node.Flags&markup.Hidden == 0 && sum[p.Hi[c]]-sum[p.Lo[c]] >= innermost*w {
				next = c
			}
		}
		if next == 0 || p.Tree.Nodes[next].Flags&markup.Block == 0 || p.Tree.Nodes[next].Tag == atom.P {
			break
		}
		n, best = next, next
	}
	return best
}

// teaser reports whether a block is the summary under the linked headline of another article,
// with another such headline after it.
func (p *Page) teaser(i int) bool {
	if i == 0 || i+1 >= len(p.Blocks) || p.Blocks[i].Words > 70 {
		return false
	}
	head := func(step int) bool {
		for k := i + step; k >= 0 && k < len(p.Blocks) && k != i+5*step; k += step {
			b := &p.Blocks[k]
			if b.LinkDensity() > .8 && b.Words >= 4 && b.Words < 30 {
				return true
			}
			if b.Words >= 8 {
				return false
			}
		}
		return false
	}
	return head(-1) && head(1)
}

// findTitle chooses the block that is the headline: a heading (h1 first) that shares most
// words with what the metadata call it.
func (p *Page) findTitle() {
	h1s := 0
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Tag == atom.H1 && b.Marks&(mark.Nav|mark.Foot) == 0 {
			h1s++
		}
	}
	titles := make([]folded, len(p.Titles))
	for k, t := range p.Titles {
		titles[k] = fold(t)
	}
	for _, t := range titles {
		p.most = max(p.most, votes(t, titles))
	}
	bestScore := 0.0
	for i := range p.Blocks {
		b := &p.Blocks[i]
		heading := layout.IsHeading(b.Tag)
		if !heading && (b.Marks&mark.Title == 0 || b.Words > 40) || b.LinkDensity() > .9 && b.Tag != atom.H1 && b.Tag != atom.H2 {
			continue
		}
		if b.Words > 60 {
			continue
		}
		s := fold(b.Span.Of(p.Text))
		score := 0.0
		for k, t := range titles {
			score = max(score, overlap(s, t)-float64(k)*.02)
		}
		if (b.Tag != atom.H1 || b.Marks&mark.Nav != 0) && (score < .8 || p.on(rule.HeadlineByVotes) && 2*votes(s, titles) <= p.most) {
			continue // another headline than the one the page's data agree on
		}
		switch {
		case b.Tag == atom.H1:
			score += .35
		case b.Tag == atom.H2:
			score += .1
		}
		if b.Tag == atom.H1 && b.Words >= 2 && (h1s == 1 || len(p.Titles) == 0) {
			score += .3 // the only one
		}
		if b.Marks&(mark.Nav|mark.Foot|mark.Side|mark.Related|mark.Comment) != 0 {
			score -= .3
		}
		if score >= .6 && score > bestScore {
			bestScore, p.Title = score, i
		}
	}
}

// votes is how many of the titles say the same as s.
func votes(s folded, titles []folded) int {
	n := 0
	for _, t := range titles {
		if overlap(s, t) >= .9 {
			n++
		}
	}
	return n
}

// A folded string is its words, see news.Fold.
type folded []string

func fold(s string) folded { return strings.Fields(news.Fold(s)) }

// overlap is the Dice coefficient of the words of two strings.
func overlap(x, y folded) float64 {
	if len(x) == 0 || len(y) == 0 || len(x) > 10*len(y) || len(y) > 10*len(x) {
		return 0
	}
	var used [64]bool
	same := 0
	for _, w := range x {
		for k, v := range y {
			if k < len(used) && !used[k] && v == w {
				used[k] = true
				same++
				break
			}
		}
	}
	return 2 * float64(same) / float64(len(x)+len(y))
}

// Own is what an element itself is marked as, less what it is too large to be.
func (p *Page) Own(n int32) mark.Set { return p.own[n] }

// Core is the element that holds the article, 0 if there is none.
func (p *Page) Core() int32 { return p.core }

// Aside reports whether an element stands in a box for something else than the article.
func (p *Page) Aside(n int32) bool {
	return p.around[n]&(mark.Comment|mark.Related|mark.Side|mark.Foot|mark.Nav) != 0
}
