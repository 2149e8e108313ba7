package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"dateline/extract/layout"
	"dateline/extract/shape"
	"dateline/extract/stamp"
	"dateline/news"
)

// classify gives every block its kind.
func (p *Page) classify() {
	lo, hi := 0, 0
	if p.core != 0 {
		lo, hi = int(p.Lo[p.core]), int(p.Hi[p.core])
	}
	for i := lo; i < hi; i++ {
		if b := &p.Blocks[i]; b.Marks&(commentMark|navMark) == 0 {
			p.total += b.Words
		}
	}
	p.measureBoxes()
	begun := false
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if i >= lo && i < hi {
			b.Kind, b.Reason = p.inside(i, begun)
			begun = begun || b.Kind == news.Body && b.Words >= 12
		} else {
			b.Kind, b.Reason = p.outside(b)
		}
	}
	if p.Title >= 0 {
		p.Blocks[p.Title].Kind, p.Blocks[p.Title].Reason = news.Title, "headline"
	}
	if hi > lo {
		p.top(lo, hi)
		p.end(lo, hi)
		p.below(hi)
	}
}

// measureBoxes adds up the words of the boxes of one class inside the core: a body that is cut
// in three by advertisements is three boxes of one class.
func (p *Page) measureBoxes() {
	p.sameClass = map[string]box{}
	if p.core == 0 {
		return
	}
	end := p.Tree.After(p.core)
	for n := p.core; n != end && n != 0; n = p.Tree.Following(n) {
		if p.own[n]&boxMarks != 0 {
			if c := p.Tree.Attr(n, "class"); c != "" {
				x := p.sameClass[c]
				x.words += p.WordsIn(n)
				x.count++
				p.sameClass[c] = x
			}
		}
	}
}

type box struct{ words, count int }

// boxWords is how many words the box counts for: its own, or those of all boxes of its class
// if these are as large as pieces of a body.
func (p *Page) boxWords(n int32) int {
	words := p.WordsIn(n)
	if x := p.sameClass[p.Tree.Attr(n, "class")]; x.count > 1 && x.words/x.count >= pieceWords {
		words = max(words, x.words)
	}
	return words
}

// pieceWords is the least average size of boxes of one class that may be pieces of a body.
const pieceWords = 80

const boxMarks = furniture | shareMark | dateMark | bylineMark | dekMark | embedMark | pullMark

// boxed is the marks of the boxes around a block that are small enough for their class words
// to count.
func (p *Page) boxed(b *layout.Block) mark {
	limit := int(share * float64(p.total))
	var m mark
	level := 0
	for n := b.Node; n != 0 && n != p.core && level < 64; n = p.Tree.Nodes[n].Parent {
		own := p.own[n]
		if own != 0 || level > 4 {
			if p.WordsIn(n) > limit {
				break
			}
			if own&boxMarks != 0 && p.boxWords(n) > limit {
				own &^= boxMarks
			}
		}
		if p.Tree.Nodes[n].Tag == atom.Figure && b.Tag != atom.Blockquote && b.Tag != atom.Td && b.Tag != atom.Li && b.Words < 80 {
			own |= captionMark
		}
		if level < 4 {
			m |= own
		} else {
			m |= own & (navMark | commentMark | relatedMark | adMark | promoMark | bioMark | footMark | popupMark)
		}
		level++
	}
	return m
}

// inside is the kind of a block of the core, by the box it is in and by its shape. begun tells
// that the prose has begun: what stands only above it (a standfirst) is not below.
func (p *Page) inside(i int, begun bool) (news.Kind, string) {
	b := &p.Blocks[i]
	m := p.boxed(b)
	s := b.Span.Of(p.Text)
	ld := b.LinkDensity()
	switch {
	case shape.Code(s):
		return news.Boilerplate, "code"
	case m&commentMark != 0:
		return news.Boilerplate, "comments"
	case m&embedMark != 0 && b.Words >= 4 && m&(navMark|popupMark|adMark|promoMark) == 0:
		return news.Body, "embedded-post"
	case m&captionMark != 0 && m&(popupMark|galleryMark) != 0 && m&(navMark|promoMark) == 0:
		return news.Caption, "caption-class"
	case m&(navMark|popupMark|adMark|promoMark) != 0:
		return news.Boilerplate, "junk-class"
	case (m&wallMark != 0 || b.Words < 30 && strings.Contains(strings.ToLower(s), "to continue reading")) && shape.Wall(s):
		return news.Boilerplate, "wall-words"
	case m&captionMark != 0:
		if shape.Credit(s) && b.Words < 12 {
			return news.Credit, "credit-shape"
		}
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
	case m&bylineMark != 0 && (b.Words <= 12 || b.Words < 30 && shape.Byline(s)):
		return news.Byline, "byline-class"
	case m&dateMark != 0 && b.Words < 25 && shape.Timed(s):
		return news.DateKind, "date-class"
	case m&dekMark != 0 && !begun:
		return news.Dek, "dek-class"
	case !b.Ends && b.Words <= 10 && (shape.Clock(s) || len(stamp.Find(s, true, 1)) > 0 && b.Tag != atom.Li && b.Tag != atom.Td && !layout.IsHeading(b.Tag)):
		return news.DateKind, "entry-time"
	case shape.Counter(s) && (b.Tag == atom.P || b.Tag == atom.Div || b.Tag == atom.Section || b.Tag == atom.Figure):
		return news.Boilerplate, "counter"
	case m&galleryMark != 0 && b.Words < 60:
		return news.Caption, "gallery"
	case m&labelMark != 0 && b.Words < 8:
		return news.Boilerplate, "kicker"
	case ld > .85 && b.Words < 30 && !layout.IsHeading(b.Tag):
		return news.RelatedLink, "only-links"
	case shape.StrongRelated(s) && b.Words < 30:
		return news.RelatedLink, "related-words"
	case shape.Related(s) && b.Words < 40 && (ld > .4 || b.Words < 6 && !b.Ends):
		return news.RelatedLink, "related-words"
	case shape.Ad(s):
		return news.Boilerplate, "ad-label"
	case shape.Consent(s):
		return news.Boilerplate, "consent-notice"
	case shape.Caption(s) && b.Words < 60:
		return news.Caption, "caption-shape"
	case shape.Credit(s) && (b.Words < 14 || strings.HasPrefix(s, "©") && b.Words < 35):
		return news.Credit, "credit-shape"
	case shape.Tags(s) && b.Words < 60:
		return news.Tags, "tags-words"
	case layout.IsHeading(b.Tag):
		if ld > .8 && i+1 < len(p.Blocks) && (layout.IsHeading(p.Blocks[i+1].Tag) || i+2 < len(p.Blocks) && layout.IsHeading(p.Blocks[i+2].Tag) && p.Blocks[i+1].Words < 8) {
			return news.RelatedLink, "linked-headings"
		}
		return news.Label, "heading"
	case p.teaserRun(i):
		return news.RelatedLink, "teasers"
	}
	return news.Body, "prose"
}

// teaserRun reports whether block i is one of at least three summaries, each under a linked
// headline.
func (p *Page) teaserRun(i int) bool {
	summary := func(k int) bool {
		return k > 0 && k < len(p.Blocks) && p.Blocks[k].Words < 45 && p.Blocks[k].LinkDensity() < .5 &&
			p.Blocks[k-1].LinkDensity() > .8 && p.Blocks[k-1].Words >= 2
	}
	if !summary(i) {
		return false
	}
	n := 1
	for k := i - 2; summary(k); k -= 2 {
		n++
	}
	for k := i + 2; summary(k); k += 2 {
		n++
	}
	return n >= 3
}

func (p *Page) outside(b *layout.Block) (news.Kind, string) {
	switch {
	case b.Marks&commentMark != 0:
		return news.Boilerplate, "comments"
	case b.Marks&captionMark != 0:
		return news.Caption, "caption-class"
	case b.Marks&creditMark != 0 && b.Words < 25:
		return news.Credit, "credit-class"
	case b.Marks&bylineMark != 0 && b.Words < 30:
		return news.Byline, "byline-class"
	case b.Marks&dateMark != 0 && b.Words < 25 && shape.Timed(b.Span.Of(p.Text)):
		return news.DateKind, "date-class"
	case b.Marks&dekMark != 0:
		return news.Dek, "dek-class"
	case b.Marks&relatedMark != 0 && b.LinkDensity() > .5:
		return news.RelatedLink, "related-class"
	case b.Marks&tagsMark != 0:
		return news.Tags, "tags-class"
	}
	return news.Boilerplate, "outside"
}

// top takes away what stands between the headline and the first sentence: the headline once
// more, byline, date, share bar, standfirst.
func (p *Page) top(lo, hi int) {
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
	// What precedes the headline is not the article.
	if p.Title > lo && p.Title < hi {
		before := 0
		for i := lo; i < p.Title; i++ {
			if p.Blocks[i].Kind == news.Body {
				before += p.Blocks[i].Words
			}
		}
		if float64(before) < .2*float64(p.total) {
			for i := lo; i < p.Title; i++ {
				if b := &p.Blocks[i]; b.Kind == news.Body || b.Kind == news.Label {
					b.Kind, b.Reason = news.Boilerplate, "above-headline"
				}
			}
		}
	}
	// Of an interview the first question is no standfirst.
	questions := 0
	for i := lo; i < hi; i++ {
		if b := &p.Blocks[i]; layout.IsHeading(b.Tag) && strings.HasSuffix(b.Span.Of(p.Text), "?") {
			questions++
		}
	}
	dek := questions >= 3
	for i := lo; i < hi; i++ {
		b := &p.Blocks[i]
		if b.Kind != news.Body && b.Kind != news.Label {
			continue
		}
		s := b.Span.Of(p.Text)
		switch {
		case b.Kind == news.Label:
			if b.Words >= 5 && !dek && i+1 < hi && p.Blocks[i+1].Tag != atom.Li && p.Blocks[i+1].Tag != atom.Td {
				dek = true
				b.Kind, b.Reason = news.Dek, "heading-before-body"
			}
			continue
		case shape.Byline(s):
			b.Kind, b.Reason = news.Byline, "byline-shape"
			continue
		case shape.Date(s, b.Words) || !b.Ends && b.Words <= 20 && len(stamp.Find(s, true, 1)) > 0:
			b.Kind, b.Reason = news.DateKind, "date-shape"
			continue
		case shape.Share(s):
			b.Kind, b.Reason = news.Boilerplate, "share-shape"
			continue
		}
		if b.Ends && b.Words >= 6 || b.Words >= 12 {
			break
		}
		if signature(b, s) {
			b.Kind, b.Reason = news.Byline, "signature"
			continue
		}
		if b.Words <= 3 && !b.Ends && b.Tag != atom.Li && b.Tag != atom.Td {
			b.Kind, b.Reason = news.Boilerplate, "before-first-sentence"
		}
	}
}

// end takes away what stands after the last sentence of the article.
func (p *Page) end(lo, hi int) {
	done := 0
	for i := lo; i < hi; i++ {
		b := &p.Blocks[i]
		if b.Kind == news.Body {
			done += b.Words
		}
	}
	all := done
	// after-end-heading: a heading that opens what follows articles, with hardly a paragraph
	// after it.
	rest := 0
	for i := hi - 1; i >= lo; i-- {
		b := &p.Blocks[i]
		if b.Kind == news.Body && b.Words >= 25 && b.LinkDensity() < .3 {
			rest += b.Words
		}
		if (b.Kind == news.Label || b.Kind == news.Body) && (layout.IsHeading(b.Tag) || b.Bold || b.Words <= 5) && shape.EndHeading(b.Span.Of(p.Text)) {
			if float64(rest) < .12*float64(all) {
				for k := i; k < hi; k++ {
					if c := &p.Blocks[k]; c.Kind == news.Body || c.Kind == news.Label {
						c.Kind, c.Reason = news.Boilerplate, "after-end-heading"
					}
				}
			} else {
				b.Kind, b.Reason = news.Boilerplate, "related-heading"
			}
		}
	}
	// comments: whatever follows their heading is theirs, however much it is.
	words := 0
	for i := lo; i < hi; i++ {
		b := &p.Blocks[i]
		if b.Kind == news.Body {
			words += b.Words
		}
		if words >= 80 && i > p.Title && (layout.IsHeading(b.Tag) || b.Bold) && shape.CommentHeading(b.Span.Of(p.Text)) {
			for k := i; k < hi; k++ {
				if c := &p.Blocks[k]; c.Kind == news.Body || c.Kind == news.Label {
					c.Kind, c.Reason = news.Boilerplate, "comments"
				}
			}
			break
		}
	}
	// second-headline: another h1, with a date or a byline below it, opens another article.
	if p.Title >= 0 && p.Title < hi && p.Blocks[p.Title].Tag == atom.H1 {
		words := 0
		for i := max(lo, p.Title+1); i < hi; i++ {
			b := &p.Blocks[i]
			if b.Kind == news.Body {
				words += b.Words
			}
			if b.Tag == atom.H1 && words >= 50 && b.Kind != news.TitleDup && p.opens(i, hi) {
				if p.another(i, hi) {
					hi = i
					break
				}
				for k := i; k < hi; k++ {
					if c := &p.Blocks[k]; c.Kind == news.Body || c.Kind == news.Label {
						c.Kind, c.Reason = news.Boilerplate, "next-article"
					}
				}
				break
			}
		}
	}
	for i := hi - 1; i >= lo; i-- {
		if b := &p.Blocks[i]; b.Kind == news.Body {
			if signature(b, b.Span.Of(p.Text)) {
				b.Kind, b.Reason = news.Byline, "signature"
			}
			break
		}
	}
	left := 12
	for i := hi - 1; i >= lo && left > 0; i-- {
		b := &p.Blocks[i]
		if b.Kind != news.Label && b.Kind != news.Body {
			continue
		}
		left--
		s := b.Span.Of(p.Text)
		reason := ""
		switch {
		case b.Kind == news.Label:
			reason = "heading-at-end"
		case p.news && b.LinkDensity() >= .7 && b.Words < 30:
			reason = "links-at-end"
		case p.news && shape.Promo(s) && b.Words < 60 && 5*b.Words < all+100:
			reason = "promo-at-end"
		case shape.Share(s):
			reason = "share-shape"
		case p.news && shape.Biography(s) && b.Words < 90:
			reason = "bio-at-end"
		case shape.Date(s, b.Words):
			reason = "date-at-end"
		case shape.Byline(s) && b.Words < 8:
			reason = "byline-at-end"
		case !b.Ends && b.Words <= 4 && b.Tag != atom.Li && b.Tag != atom.Td && b.Tag != atom.Dd && b.Tag != atom.Blockquote && !strings.ContainsAny(s, "0123456789\"“”«»„「"):
			reason = "after-last-sentence"
		}
		if reason == "" || b.Kind == news.Body && p.bodyBlocks(lo, i) == 0 {
			break // the article is not trimmed away whole
		}
		b.Kind, b.Reason = news.Boilerplate, reason
		if reason == "byline-at-end" {
			b.Kind = news.Byline
		}
	}
}

// bodyBlocks is how many blocks of body stand in [lo, hi).
func (p *Page) bodyBlocks(lo, hi int) int {
	n := 0
	for i := lo; i < hi; i++ {
		if p.Blocks[i].Kind == news.Body {
			n++
		}
	}
	return n
}

// signature: a name alone on a line, in bold, above the first sentence or below the last.
func signature(b *layout.Block, s string) bool {
	if !b.Bold || b.Ends || b.Words < 2 || b.Words > 6 || layout.IsHeading(b.Tag) || strings.ContainsAny(s, "0123456789:") {
		return false
	}
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '/' || r == ',' }) {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) && w != "and" && w != "&" {
			return false
		}
	}
	return true
}

// anotherWords is how many words of prose make an article of its own out of what is appended
// to another; teasers had up to 90.
const anotherWords = 100

// another makes an article of its own of the blocks [i, hi), of which the first is a headline
// with a byline or a date below it, if it has prose enough. It does so by kind: a second title,
// and body. Where one article ends and the next begins is for package split to say.
func (p *Page) another(i, hi int) bool {
	words := 0
	for k := i + 1; k < hi; k++ {
		if b := &p.Blocks[k]; p.worth(b) > 0 && b.LinkDensity() < .5 {
			words += b.Words
		}
	}
	if words < anotherWords {
		return false
	}
	p.Blocks[i].Kind, p.Blocks[i].Reason = news.Title, "next-headline"
	for k := i + 1; k < hi; k++ {
		b := &p.Blocks[k]
		switch {
		case b.Kind == news.Body || b.Kind == news.Boilerplate && b.Reason == "outside" && p.worth(b) > 0 && b.LinkDensity() < .5:
			b.Kind, b.Reason = news.Body, "next-article"
		case b.Kind == news.Boilerplate && b.Reason == "outside" && shape.Byline(b.Span.Of(p.Text)):
			b.Kind, b.Reason = news.Byline, "byline-shape"
		case b.Kind == news.Boilerplate && b.Reason == "outside" && shape.Date(b.Span.Of(p.Text), b.Words):
			b.Kind, b.Reason = news.DateKind, "date-shape"
		}
	}
	return true
}

// below finds whole articles under the core: boxes that are stories by their tag or class, not
// of another purpose, with a headline on top, a byline or a date below it and prose enough.
func (p *Page) below(hi int) {
	if p.Title < 0 || p.Title >= hi {
		return
	}
	for n := p.Tree.After(p.core); n != 0; {
		lo, end := int(p.Lo[n]), int(p.Hi[n])
		if node := &p.Tree.Nodes[n]; node.Tag == 0 || lo < hi || end <= lo || p.own[n]&(storyMark|hintMark) == 0 || p.around[n]&(commentMark|relatedMark|sideMark|navMark|footMark|promoMark|adMark) != 0 || p.WordsIn(n) < anotherWords {
			n = p.Tree.Following(n)
			continue
		}
		done := false
		for k := lo; k < min(lo+6, end) && !done; k++ {
			if b := &p.Blocks[k]; (b.Tag == atom.H1 || b.Tag == atom.H2) && b.LinkDensity() < .8 && p.opens(k, end) {
				done = p.another(k, end)
			}
		}
		if done {
			n = p.Tree.After(n)
		} else {
			n = p.Tree.Following(n)
		}
	}
}

// opens reports whether a byline or a date stands just below block i.
func (p *Page) opens(i, hi int) bool {
	for k := i + 1; k < min(i+5, hi); k++ {
		b := &p.Blocks[k]
		s := b.Span.Of(p.Text)
		if b.Kind == news.Byline || b.Kind == news.DateKind || shape.Byline(s) || shape.Date(s, b.Words) {
			return true
		}
	}
	return false
}

func (p *Page) isTitle(s string) bool {
	if len(s) > 500 {
		return false
	}
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
