package body

import (
	"strings"

	"golang.org/x/net/html/atom"

	"dateline/news"
)

// classify gives every block its kind.
func (p *Page) classify() {
	lo, hi := 0, 0
	if p.core != 0 {
		lo, hi = int(p.lo[p.core]), int(p.hi[p.core])
	}
	for i := lo; i < hi; i++ {
		if b := &p.Blocks[i]; b.marks&(commentMark|navMark) == 0 {
			p.total += b.Words
		}
	}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if i >= lo && i < hi {
			b.Kind, b.Reason = p.inside(b)
		} else {
			b.Kind, b.Reason = p.outside(b)
		}
	}
	if p.Title >= 0 {
		p.Blocks[p.Title].Kind, p.Blocks[p.Title].Reason = news.Title, "headline"
	}
	p.trim(lo, hi)
}

// boxed is the marks of the boxes around a block that are small enough for their class words
// to count.
func (p *Page) boxed(b *Block) mark {
	limit := int(share * float64(p.total))
	var m mark
	level := 0
	for n := b.Node; n != 0 && n != p.core; n = p.Tree.Nodes[n].Parent {
		if p.WordsIn(n) > limit {
			break
		}
		if level < 4 {
			m |= p.own[n]
		} else {
			m |= p.own[n] & (navMark | commentMark | relatedMark | adMark | promoMark | bioMark | footMark | popupMark)
		}
		level++
	}
	return m
}

func (p *Page) inside(b *Block) (news.Kind, string) {
	m := p.boxed(b)
	ld := b.LinkDensity()
	switch {
	case m&commentMark != 0:
		return news.Boilerplate, "comments"
	case m&(navMark|popupMark|wallMark|adMark|promoMark) != 0:
		return news.Boilerplate, "junk-class"
	case m&(captionMark) != 0:
		return news.Caption, "caption-class"
	case m&creditMark != 0 && b.Words < 25:
		return news.Credit, "credit-class"
	case m&relatedMark != 0:
		return news.RelatedLink, "related-class"
	case m&shareMark != 0:
		return news.Boilerplate, "share-class"
	case m&bioMark != 0:
		return news.Boilerplate, "author-bio"
	case m&tagsMark != 0 && (ld > .3 || b.Words < 15):
		return news.Tags, "tags-class"
	case m&(sideMark|footMark) != 0:
		return news.Boilerplate, "aside"
	case m&bylineMark != 0 && b.Words < 30:
		return news.Byline, "byline-class"
	case m&dateMark != 0 && b.Words < 25:
		return news.DateKind, "date-class"
	case m&dekMark != 0:
		return news.Dek, "dek-class"
	case b.Words > 0 && ld > .85 && b.Words < 30 && b.Tag != atom.P:
		return news.RelatedLink, "only-links"
	case isHeading(b.Tag):
		return news.Label, "heading"
	}
	return news.Body, "prose"
}

func (p *Page) outside(b *Block) (news.Kind, string) {
	switch {
	case b.marks&commentMark != 0:
		return news.Boilerplate, "comments"
	case b.marks&captionMark != 0:
		return news.Caption, "caption-class"
	case b.marks&creditMark != 0 && b.Words < 25:
		return news.Credit, "credit-class"
	case b.marks&bylineMark != 0 && b.Words < 30:
		return news.Byline, "byline-class"
	case b.marks&dateMark != 0 && b.Words < 25:
		return news.DateKind, "date-class"
	case b.marks&dekMark != 0:
		return news.Dek, "dek-class"
	case b.marks&relatedMark != 0 && b.LinkDensity() > .5:
		return news.RelatedLink, "related-class"
	case b.marks&tagsMark != 0:
		return news.Tags, "tags-class"
	}
	return news.Boilerplate, "outside"
}

// trim takes away, at both ends of the body, what repeats the headline or is no prose.
func (p *Page) trim(lo, hi int) {
	// headline-on-top: one of the first blocks says the headline again.
	seen := 0
	for i := lo; i < hi && seen < 4; i++ {
		b := &p.Blocks[i]
		if b.Kind != news.Body && b.Kind != news.Label {
			continue
		}
		seen++
		if i != p.Title && p.isTitle(b.Span.Of(p.Text)) {
			b.Kind, b.Reason = news.TitleDup, "headline-on-top"
		}
	}
	// The body begins with its first sentence and ends with its last.
	for i := lo; i < hi; i++ {
		b := &p.Blocks[i]
		if b.Kind == news.Body && (b.Ends || b.Words >= 12) {
			break
		}
		if b.Kind == news.Body {
			b.Kind, b.Reason = news.Boilerplate, "before-first-sentence"
		}
	}
	for i := hi - 1; i >= lo; i-- {
		b := &p.Blocks[i]
		if b.Kind == news.Body && (b.Ends && b.LinkDensity() < .8 || b.Words >= 12) {
			break
		}
		if b.Kind == news.Label || b.Kind == news.Body {
			b.Kind, b.Reason = news.Boilerplate, "after-last-sentence"
		}
	}
}

func (p *Page) isTitle(s string) bool {
	f := news.Fold(s)
	if f == "" {
		return false
	}
	if p.Title >= 0 && f == news.Fold(p.Blocks[p.Title].Span.Of(p.Text)) {
		return true
	}
	for _, t := range p.Titles {
		g := news.Fold(t)
		if f == g || len(f) > 25 && strings.HasPrefix(g, f) {
			return true
		}
	}
	return false
}
