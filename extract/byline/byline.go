// Package byline gathers the lines of a page that may say who wrote its article: boxes that call
// themselves bylines, links to authors' pages, lines worded like a byline, and those that close
// the article.
//
// It reads a page whose blocks have their kinds (package body) and looks between the headline and
// the first paragraphs, by kind and shape beyond them. Which of the texts are names, and whose, is
// for package metadata to say.
package byline

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dateline/extract/body"
	"dateline/extract/layout"
	"dateline/extract/mark"
	"dateline/extract/markup"
	"dateline/extract/rule"
	"dateline/extract/shape"
	"dateline/news"
)

// A Finder looks for the bylines of one page.
type Finder struct {
	page     *body.Page
	from, to int // the blocks among which the byline of the main article stands
}

// In looks at a page that has been read.
func In(p *body.Page) *Finder {
	from, to := window(p)
	return &Finder{p, from, to}
}

// Texts are the pieces of text that may name the author, the likeliest first: each is the
// list of the separate texts inside one box, so that names in elements of their own stay apart.
func (f *Finder) Texts() [][]string {
	var boxes, links, lines [][]string
	for i := f.from; i < f.to; i++ {
		b := &f.page.Blocks[i]
		if b.Kind == news.Boilerplate && b.Reason != "outside" && b.Reason != string(rule.AuthorBio) || b.Kind == news.RelatedLink || b.Kind == news.Caption || b.Kind == news.Credit {
			continue
		}
		end := f.page.Tree.After(b.Node)
		taken := int32(0)
		if f.ownUp(b.Node, 3)&mark.Byline != 0 && b.Words <= 30 && !f.keeper(b.Node) {
			boxes = append(boxes, f.texts(b.Node))
			continue
		}
		for n := f.page.Tree.Nodes[b.Node].First; n != 0 && n != end; n = f.page.Tree.Following(n) {
			node := &f.page.Tree.Nodes[n]
			if node.Tag == 0 || n < taken || node.Flags&markup.Hidden != 0 {
				continue
			}
			switch {
			case f.page.Own(n)&mark.Byline != 0 && node.Flags&markup.Block == 0 && f.keeper(n):
			case f.page.Own(n)&mark.Byline != 0 && node.Flags&markup.Block == 0:
				boxes = append(boxes, f.texts(n))
				if after := f.page.Tree.After(n); after != 0 {
					taken = after
				}
			case node.Tag == atom.A && authorAddress(f.page.Tree.Attr(n, "href")):
				links = append(links, f.texts(n))
			}
		}
	}
	last := f.lastBody()
	for i := range f.page.Blocks {
		b := &f.page.Blocks[i]
		s := b.Span.Of(f.page.Text)
		inWindow := i >= f.from && i < f.to
		loose := b.Kind == news.DateKind || b.Kind == news.Boilerplate && b.Reason == "outside"
		switch {
		case i > last && b.LinkDensity() > .95 && f.underLink(i): // the teaser of another article
		case b.Kind == news.Byline && (inWindow || b.Reason != string(rule.BylineClass)), loose && shape.Byline(s):
			lines = append(lines, []string{s})
		case inWindow && loose && b.Words < 16 && strings.Contains(s, "|"):
			lines = append(lines, strings.Split(s, "|")) // "Ana Example | May 3, 2031"
		}
	}
	return append(append(boxes, links...), lines...)
}

// Runs are the boxes for bylines that stand side by side below the headline, two or more
// of one class.
func (f *Finder) Runs() [][]string {
	var runs [][]string
	var run []string
	class := ""
	for i := max(0, f.page.Title); i < f.to; i++ {
		b := &f.page.Blocks[i]
		c := f.page.Tree.Attr(b.Node, "class")
		if len(run) > 0 && (b.Kind != news.Byline || c != class) {
			if len(run) > 1 {
				runs = append(runs, run)
			}
			run = nil
		}
		if b.Kind == news.Byline {
			run, class = append(run, b.Span.Of(f.page.Text)), c
		}
	}
	return runs
}

// Closing are the short lines that end the article, its last paragraph among them.
func (f *Finder) Closing() []string {
	last := f.lastBody()
	var out []string
	for i := max(0, last); i < min(last+4, len(f.page.Blocks)); i++ {
		if b := &f.page.Blocks[i]; b.Words <= 16 && b.Span.Len() <= 120 {
			out = append(out, b.Span.Of(f.page.Text))
		}
	}
	return out
}

// underLink reports whether one of the three blocks above is the linked headline of another
// article.
func (f *Finder) underLink(i int) bool {
	for k := max(0, i-3); k < i; k++ {
		if b := &f.page.Blocks[k]; layout.IsHeading(b.Tag) && b.LinkDensity() > .8 && b.Words >= 3 {
			return true
		}
	}
	return false
}

// lastBody is the last paragraph of the main article, -1 if there is none.
func (f *Finder) lastBody() int {
	last := -1
	for i := range f.page.Blocks {
		if b := &f.page.Blocks[i]; b.Kind == news.Body && b.Reason != string(rule.NextArticle) {
			last = i
		}
	}
	return last
}

// keeper reports whether a box links to the account of whoever keeps the machine.
func (f *Finder) keeper(n int32) bool {
	end := f.page.Tree.After(n)
	for m, steps := n, 0; m != end && m != 0 && steps < 200; m, steps = f.page.Tree.Following(m), steps+1 {
		if f.page.Tree.Nodes[m].Tag == atom.A && strings.Contains(f.page.Tree.Attr(m, "href"), "/author/admin") {
			return true
		}
	}
	return false
}

// window is where the byline of the main article stands: from just above the headline to the
// first paragraphs.
func window(p *body.Page) (from, to int) {
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
func (f *Finder) NearHeadline(n int32) bool {
	return int(f.page.Lo[n]) >= f.from && int(f.page.Lo[n]) < f.to
}

func (f *Finder) ownUp(n int32, levels int) mark.Set {
	var m mark.Set
	for ; n != 0 && levels > 0 && n != f.page.Core(); levels-- {
		if f.page.WordsIn(n) > 40 {
			break
		}
		m |= f.page.Own(n)
		n = f.page.Tree.Nodes[n].Parent
	}
	return m
}

// texts are the texts of the text nodes inside n.
func (f *Finder) texts(n int32) []string {
	var out []string
	end := f.page.Tree.After(n)
	for m := n; m != end && len(out) < 40; m = f.page.Tree.Following(m) {
		node := &f.page.Tree.Nodes[m]
		if node.Tag == 0 && node.Flags&markup.Hidden == 0 {
			if s := strings.Join(strings.Fields(html.UnescapeString(f.page.Tree.Raw(m))), " "); s != "" {
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
