package body

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dateline/extract/layout"
	"dateline/extract/markup"
	"dateline/extract/rule"
	"dateline/extract/shape"
	"dateline/news"
)

// Bylines are the pieces of text that may name the author, the likeliest first: each is the
// list of the separate texts inside one box, so that names in elements of their own stay apart.
func (p *Page) Bylines() [][]string {
	from, to := p.window()
	var boxes, links, lines [][]string
	for i := from; i < to; i++ {
		b := &p.Blocks[i]
		if b.Kind == news.Boilerplate && b.Reason != "outside" && b.Reason != string(rule.AuthorBio) || b.Kind == news.RelatedLink || b.Kind == news.Caption || b.Kind == news.Credit {
			continue
		}
		end := p.Tree.After(b.Node)
		taken := int32(0)
		if p.ownUp(b.Node, 3)&bylineMark != 0 && b.Words <= 30 && !p.keeper(b.Node) {
			boxes = append(boxes, p.texts(b.Node))
			continue
		}
		for n := p.Tree.Nodes[b.Node].First; n != 0 && n != end; n = p.Tree.Following(n) {
			node := &p.Tree.Nodes[n]
			if node.Tag == 0 || n < taken || node.Flags&markup.Hidden != 0 {
				continue
			}
			switch {
			case p.own[n]&bylineMark != 0 && node.Flags&markup.Block == 0 && p.keeper(n):
			case p.own[n]&bylineMark != 0 && node.Flags&markup.Block == 0:
				boxes = append(boxes, p.texts(n))
				if after := p.Tree.After(n); after != 0 {
					taken = after
				}
			case node.Tag == atom.A && authorAddress(p.Tree.Attr(n, "href")):
				links = append(links, p.texts(n))
			}
		}
	}
	last := p.lastBody()
	for i := range p.Blocks {
		b := &p.Blocks[i]
		s := b.Span.Of(p.Text)
		switch {
		case i > last && b.LinkDensity() > .95 && p.underLink(i): // the teaser of another article
		case b.Kind == news.Byline && b.Reason != string(rule.BylineClass):
			lines = append(lines, []string{s})
		case i >= from && i < to && b.Kind == news.Byline:
			lines = append(lines, []string{s})
		case (b.Kind == news.DateKind || b.Kind == news.Boilerplate && b.Reason == "outside") && shape.Byline(s):
			lines = append(lines, []string{s})
		case i >= from && i < to && (b.Kind == news.DateKind || b.Kind == news.Boilerplate && b.Reason == "outside") && b.Words < 16 && strings.Contains(s, "|"):
			lines = append(lines, strings.Split(s, "|")) // "Ana Example | May 3, 2031"
		}
	}
	return append(append(boxes, links...), lines...)
}

// BylineRuns are the boxes for bylines that stand side by side below the headline, two or more
// of one class.
func (p *Page) BylineRuns() [][]string {
	var runs [][]string
	var run []string
	class := ""
	_, to := p.window()
	for i := max(0, p.Title); i < to; i++ {
		b := &p.Blocks[i]
		c := p.Tree.Attr(b.Node, "class")
		if len(run) > 0 && (b.Kind != news.Byline || c != class) {
			if len(run) > 1 {
				runs = append(runs, run)
			}
			run = nil
		}
		if b.Kind == news.Byline {
			run, class = append(run, b.Span.Of(p.Text)), c
		}
	}
	return runs
}

// Closing are the short lines that end the article, its last paragraph among them.
func (p *Page) Closing() []string {
	last := p.lastBody()
	var out []string
	for i := max(0, last); i < min(last+4, len(p.Blocks)); i++ {
		if b := &p.Blocks[i]; b.Words <= 16 && b.Span.Len() <= 120 {
			out = append(out, b.Span.Of(p.Text))
		}
	}
	return out
}

// underLink reports whether one of the three blocks above is the linked headline of another
// article.
func (p *Page) underLink(i int) bool {
	for k := max(0, i-3); k < i; k++ {
		if b := &p.Blocks[k]; layout.IsHeading(b.Tag) && b.LinkDensity() > .8 && b.Words >= 3 {
			return true
		}
	}
	return false
}

// lastBody is the last paragraph of the main article, -1 if there is none.
func (p *Page) lastBody() int {
	last := -1
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Kind == news.Body && b.Reason != string(rule.NextArticle) {
			last = i
		}
	}
	return last
}

// keeper reports whether a box links to the account of whoever keeps the machine.
func (p *Page) keeper(n int32) bool {
	end := p.Tree.After(n)
	for m, steps := n, 0; m != end && m != 0 && steps < 200; m, steps = p.Tree.Following(m), steps+1 {
		if p.Tree.Nodes[m].Tag == atom.A && strings.Contains(p.Tree.Attr(m, "href"), "/author/admin") {
			return true
		}
	}
	return false
}

// window is where the byline of the main article stands: from just above the headline to the
// first paragraphs.
func (p *Page) window() (from, to int) {
	if !p.windowed {
		p.from, p.to = p.findWindow()
		p.windowed = true
	}
	return p.from, p.to
}

func (p *Page) findWindow() (from, to int) {
	first := -1
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Kind == news.Body && b.Words >= 12 {
			first = i
			break
		}
	}
	if first < 0 {
		return 0, 0
	}
	from = max(0, first-12)
	if p.Title >= 0 && p.Title < first {
		from = max(0, max(p.Title-6, first-40))
	}
	return from, min(first+2, len(p.Blocks))
}

// NearHeadline reports whether an element stands where bylines and dates do.
func (p *Page) NearHeadline(n int32) bool {
	from, to := p.window()
	return int(p.Lo[n]) >= from && int(p.Lo[n]) < to
}

func (p *Page) ownUp(n int32, levels int) mark {
	var m mark
	for ; n != 0 && levels > 0 && n != p.core; levels-- {
		if p.WordsIn(n) > 40 {
			break
		}
		m |= p.own[n]
		n = p.Tree.Nodes[n].Parent
	}
	return m
}

// texts are the texts of the text nodes inside n.
func (p *Page) texts(n int32) []string {
	var out []string
	end := p.Tree.After(n)
	for m := n; m != end && len(out) < 40; m = p.Tree.Following(m) {
		node := &p.Tree.Nodes[m]
		if node.Tag == 0 && node.Flags&markup.Hidden == 0 {
			if s := strings.Join(strings.Fields(html.UnescapeString(p.Tree.Raw(m))), " "); s != "" {
				out = append(out, s)
			}
		}
		if m == 0 {
			break
		}
	}
	return out
}

// authorAddress reports whether a link leads to the page of an author.
func authorAddress(href string) bool {
	h := strings.ToLower(href)
	for _, w := range []string{"/author/", "/authors/", "/autor/", "/autoren/", "/autores/", "/auteur/", "/auteurs/", "/autore/", "/profile/", "/profil/", "/people/", "/by/", "/journalist/", "/journalists/", "/staff/", "/contributor/", "/contributors/", "/redakteur/", "/reporter/", "/writer/", "/writers/", "/columnist/", "/firmas/", "/autori/", "/penulis/", "/yazar/", "/byline/", "author="} {
		if strings.Contains(h, w) {
			return true
		}
	}
	return false
}
