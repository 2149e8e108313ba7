package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"dateline/extract/stamp"
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
func (p *Page) boxed(b *Block) mark {
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
	case looksLikeCode(s):
		return news.Boilerplate, "code"
	case m&commentMark != 0:
		return news.Boilerplate, "comments"
	case m&embedMark != 0 && b.Words >= 4 && m&(navMark|popupMark|adMark|promoMark) == 0:
		return news.Body, "embedded-post"
	case m&captionMark != 0 && m&(popupMark|galleryMark) != 0 && m&(navMark|promoMark) == 0:
		return news.Caption, "caption-class"
	case m&(navMark|popupMark|adMark|promoMark) != 0:
		return news.Boilerplate, "junk-class"
	case (m&wallMark != 0 || b.Words < 30 && strings.Contains(strings.ToLower(s), "to continue reading")) && wallWords(s):
		return news.Boilerplate, "wall-words"
	case m&captionMark != 0:
		if creditShape(s) && b.Words < 12 {
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
	case m&bylineMark != 0 && (b.Words <= 12 || b.Words < 30 && bylineShape(s)):
		return news.Byline, "byline-class"
	case m&dateMark != 0 && b.Words < 25 && timed(s):
		return news.DateKind, "date-class"
	case m&dekMark != 0 && !begun:
		return news.Dek, "dek-class"
	case !b.Ends && b.Words <= 10 && (clockShape(s) || len(stamp.Find(s, true, 1)) > 0 && b.Tag != atom.Li && b.Tag != atom.Td && !isHeading(b.Tag)):
		return news.DateKind, "entry-time"
	case counterShape(s) && (b.Tag == atom.P || b.Tag == atom.Div || b.Tag == atom.Section || b.Tag == atom.Figure):
		return news.Boilerplate, "counter"
	case m&galleryMark != 0 && b.Words < 60:
		return news.Caption, "gallery"
	case m&labelMark != 0 && b.Words < 8:
		return news.Boilerplate, "kicker"
	case ld > .85 && b.Words < 30 && !isHeading(b.Tag):
		return news.RelatedLink, "only-links"
	case strongRelated(s) && b.Words < 30:
		return news.RelatedLink, "related-words"
	case relatedWords(s) && b.Words < 40 && (ld > .4 || b.Words < 6 && !b.Ends):
		return news.RelatedLink, "related-words"
	case adWords(s):
		return news.Boilerplate, "ad-label"
	case captionShape(s) && b.Words < 60:
		return news.Caption, "caption-shape"
	case creditShape(s) && (b.Words < 14 || strings.HasPrefix(s, "©") && b.Words < 35):
		return news.Credit, "credit-shape"
	case tagsShape(s) && b.Words < 60:
		return news.Tags, "tags-words"
	case isHeading(b.Tag):
		if ld > .8 && i+1 < len(p.Blocks) && (isHeading(p.Blocks[i+1].Tag) || i+2 < len(p.Blocks) && isHeading(p.Blocks[i+2].Tag) && p.Blocks[i+1].Words < 8) {
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

// timed reports whether a line tells a time.
func timed(s string) bool {
	return clockShape(s) || stamp.Relative(s) || len(stamp.Find(s, true, 1)) > 0 || shareShape(s) || hasAnyPrefix(lowerHead(s, 24), []string{"published", "updated", "posted", "last updated", "veröffentlicht", "aktualisiert", "publié", "publicado", "today", "yesterday"})
}

// clockShape: "9:41PM", a time of day and nothing else.
func clockShape(s string) bool {
	if len(s) > 16 || len(s) < 3 {
		return false
	}
	digits := 0
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		d := strings.TrimLeft(w, "0123456789")
		digits += len(w) - len(d)
		if d != "" && d != "am" && d != "pm" && d != "h" && d != "uhr" && d != "et" && d != "gmt" && d != "bst" && d != "a" && d != "p" && d != "m" {
			return false
		}
	}
	return digits >= 2 && digits <= 6 && strings.ContainsAny(s, ":.hpmPM")
}

// counterShape: "2", "Image 1 of 5".
func counterShape(s string) bool {
	if len(s) > 30 {
		return false
	}
	f := strings.Fields(news.Fold(s))
	switch {
	case len(s) <= 2:
		return len(strings.Trim(s, "0123456789")) == 0
	case len(f) == 4 && f[2] == "of" || len(f) == 3 && f[1] == "of":
		return strings.Trim(f[len(f)-1], "0123456789") == "" && strings.Trim(f[len(f)-3], "0123456789") == ""
	}
	return false
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
	case b.marks&dateMark != 0 && b.Words < 25 && timed(b.Span.Of(p.Text)):
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
		if b := &p.Blocks[i]; isHeading(b.Tag) && strings.HasSuffix(b.Span.Of(p.Text), "?") {
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
		case bylineShape(s):
			b.Kind, b.Reason = news.Byline, "byline-shape"
			continue
		case dateShape(s, b.Words) || !b.Ends && b.Words <= 20 && len(stamp.Find(s, true, 1)) > 0:
			b.Kind, b.Reason = news.DateKind, "date-shape"
			continue
		case shareShape(s):
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
		if (b.Kind == news.Label || b.Kind == news.Body) && (isHeading(b.Tag) || b.Bold || b.Words <= 5) && endHeading(b.Span.Of(p.Text)) {
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
	// second-headline: another h1, with a date or a byline below it, opens another article.
	if p.Title >= 0 && p.Title < hi && p.Blocks[p.Title].Tag == atom.H1 {
		words := 0
		for i := max(lo, p.Title+1); i < hi; i++ {
			b := &p.Blocks[i]
			if b.Kind == news.Body {
				words += b.Words
			}
			if b.Tag == atom.H1 && words >= 50 && b.Kind != news.TitleDup && p.opens(i, hi) {
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
		case b.LinkDensity() > .8 && b.Words < 30:
			reason = "links-at-end"
		case promoWords(s) && b.Words < 60 && 5*b.Words < all+100:
			reason = "promo-at-end"
		case shareShape(s):
			reason = "share-shape"
		case bioShape(s) && b.Words < 90:
			reason = "bio-at-end"
		case dateShape(s, b.Words) || bylineShape(s) && b.Words < 8:
			reason = "date-at-end"
		case !b.Ends && b.Words <= 4 && b.Tag != atom.Li && b.Tag != atom.Td && b.Tag != atom.Dd && b.Tag != atom.Blockquote && !strings.ContainsAny(s, "0123456789\"“”«»„「"):
			reason = "after-last-sentence"
		}
		if reason == "" || b.Kind == news.Body && p.bodyBlocks(lo, i) == 0 {
			break // the article is not trimmed away whole
		}
		b.Kind, b.Reason = news.Boilerplate, reason
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
func signature(b *Block, s string) bool {
	if !b.Bold || b.Ends || b.Words < 2 || b.Words > 6 || isHeading(b.Tag) || strings.ContainsAny(s, "0123456789:") {
		return false
	}
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '/' || r == ',' }) {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) && w != "and" && w != "&" {
			return false
		}
	}
	return true
}

// opens reports whether a byline or a date stands just below block i.
func (p *Page) opens(i, hi int) bool {
	for k := i + 1; k < min(i+5, hi); k++ {
		b := &p.Blocks[k]
		s := b.Span.Of(p.Text)
		if b.Kind == news.Byline || b.Kind == news.DateKind || bylineShape(s) || dateShape(s, b.Words) {
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

// looksLikeCode: markup that was escaped once too often, or a script in the text.
func looksLikeCode(s string) bool {
	if len(s) < 8 {
		return false
	}
	if strings.HasPrefix(s, "http") && strings.Contains(s, "://") {
		words, addresses := 0, 0
		for w := range strings.FieldsSeq(s) {
			words++
			if strings.Contains(w, "://") {
				addresses++
			}
		}
		return words >= 3 && addresses*4 >= words
	}
	if s[0] == '[' && strings.Contains(s, "]") && strings.Contains(s, "=”") {
		return true
	}
	return s[0] == '<' && strings.Contains(s, ">") && (strings.Contains(s, "=\"") || strings.Contains(s, "</")) ||
		strings.Contains(s, "function(") && strings.Contains(s, ";") || strings.HasPrefix(s, "window.") || strings.HasPrefix(s, "var ") && strings.Contains(s, "=") && strings.Contains(s, ";")
}

// lowerHead is the first n bytes of s in lower case, without marks before the first letter.
func lowerHead(s string, n int) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(s) > n {
		s = s[:n]
	}
	return strings.ToLower(strings.ReplaceAll(s, "’", "'"))
}

func hasAnyPrefix(s string, list []string) bool {
	for _, p := range list {
		if strings.HasPrefix(s, p) {
			// a whole word
			if len(s) == len(p) {
				return true
			}
			r, _ := utf8.DecodeRuneInString(s[len(p):])
			if !unicode.IsLetter(r) {
				return true
			}
		}
	}
	return false
}

var relatedOpenings = []string{"read more", "read also", "also read", "read next", "read:", "read the full", "see also", "see more", "related", "more:", "more on this", "more from", "don't miss", "recommended", "watch:", "watch now", "watch the", "listen:",
	"you may also", "you might also", "also on", "click here", "more stories", "more news", "further reading", "must read", "trending", "most read", "in case you missed", "up next", "next:", "what to read", "keep reading", "continue reading", "explore more",
	"lesen sie auch", "lesen sie hier", "mehr zum thema", "mehr dazu", "auch interessant", "lesetipp", "lire aussi", "à lire aussi", "a lire aussi", "voir aussi", "leer más", "lea también", "lee también", "te puede interesar", "leia também", "leia mais", "veja também", "saiba mais",
	"leggi anche", "lees ook", "zie ook", "läs också", "læs også", "les også", "czytaj też", "czytaj także", "zobacz też", "читайте также", "читайте також", "baca juga", "ayrıca okuyun"}

// relatedWords: "READ MORE: Harbour reopens".
func relatedWords(s string) bool { return hasAnyPrefix(lowerHead(s, 40), relatedOpenings) }

// strongRelated: "Related video: Harbour reopens".
func strongRelated(s string) bool {
	return hasAnyPrefix(lowerHead(s, 40), []string{"related video", "related article", "related stories", "related story", "related:", "read more:", "read also:", "also read:", "see also:", "see more:", "watch:", "more:", "lesen sie auch:", "mehr zum thema:", "à lire aussi", "lea también:", "leia também:", "leggi anche:", "lees ook:", "don't miss:"})
}

var adLabels = map[string]bool{"advertisement": true, "advert": true, "ad": true, "ads": true, "sponsored": true, "sponsored content": true, "anzeige": true, "werbung": true, "publicité": true, "publicidad": true, "pubblicità": true, "publicidade": true, "advertentie": true, "reklama": true, "реклама": true, "annonce": true, "annons": true, "reklam": true,
	"story continues below advertisement": true, "article continues below advertisement": true, "advertisement story continues below": true, "article continues after advertisement": true, "story continues below": true, "article continues below": true, "story continues": true, "continue reading the main story": true,
	"scroll to continue": true, "scroll to continue with content": true, "loading": true, "skip advertisement": true, "advertisement scroll to continue": true, "continue reading below": true, "close": true, "play video": true, "video": true, "image": true, "show more": true, "read more": true, "this video can not be played": true,
	"this content is not available due to your privacy preferences": true, "embed": true, "watch": true, "enlarge image": true, "view gallery": true, "open image in gallery": true, "advertisement continue reading": true, "advertising": true, "- advertisement -": true, "print": true, "share": true, "supported by": true, "caption": true, "this slideshow requires javascript": true, "your browser does not support the video tag": true, "play": true, "fullscreen": true, "view comments": true}

// adWords: a line that says that an advertisement or a player stands here.
func adWords(s string) bool { return len(s) < 80 && adLabels[news.Fold(s)] }

var captionEnds = []string{"(image:", "(photo:", "(picture:", "(pic:", "(photo by", "(image by", "(photo credit", "(ap photo", "(reuters photo", "(photograph:", "(credit:", "(foto:", "(bild:", "(source:", "photo by", "getty images)", "/getty)", "image source", "image credit", "photo credit", "(courtesy"}

// captionShape: "The harbour at dawn (Image: AGENCY)".
func captionShape(s string) bool {
	if len(s) > 500 || !strings.HasSuffix(s, ")") && !strings.HasSuffix(s, "]") {
		return false
	}
	i := strings.LastIndexAny(s, "([")
	if i < 0 || len(s)-i > 90 {
		return false
	}
	tail := strings.ToLower(s[i:])
	for _, c := range captionEnds {
		if strings.HasPrefix(tail, c) {
			return true
		}
	}
	return strings.Contains(tail, "getty") || strings.Contains(tail, "photo/") || strings.HasPrefix(tail, "(nasa")
}

var creditOpenings = []string{"photo:", "photos:", "photo by", "photos by", "photograph by", "photograph:", "image:", "images:", "image by", "image credit", "image source", "image caption", "photo credit", "photo courtesy", "picture:", "credit:", "credits:", "source:", "foto:", "fotos:", "bild:", "getty images", "ap photo", "copyright", "illustration by", "illustration:", "quelle:", "crédit", "bildquelle", "video:"}

// creditShape: "Photo: Ana Ruiz".
func creditShape(s string) bool {
	return hasAnyPrefix(lowerHead(s, 40), creditOpenings) && !strings.Contains(s, ". ") || strings.HasPrefix(s, "©") && len(s) < 250
}

var tagOpenings = []string{"tags", "tag:", "tagged", "keywords", "filed under", "published under", "posted under", "filed in", "topics:", "posted in", "categories", "category:", "themen", "schlagworte", "schlagwörter", "etiquetas", "temas", "mots-clés", "теги", "метки"}

// tagsShape: "Tags: harbour, ferry".
func tagsShape(s string) bool {
	h := lowerHead(s, 24)
	if !hasAnyPrefix(h, tagOpenings) {
		return false
	}
	return strings.Contains(s, ":") || strings.Contains(s, "\n") || strings.Count(s, ",") > 2
}

var bylineOpenings = []string{"by ", "von ", "par ", "por ", "di ", "door ", "av ", "af ", "text: ", "text by ", "written by", "posted by", "published by", "words by", "story by", "reported by", "oleh ", "autor:", "autorin/autor ", "autorin:", "author:", "автор", "责编", "记者", "文/", "文："}

// bylineShape: "By Ana Ruiz and Jo Ekwueme", "By ANA RUIZ | Port Alba Courier".
func bylineShape(s string) bool {
	if len(s) > 160 {
		return false
	}
	s = strings.TrimLeft(s, "(")
	h := strings.ToLower(s[:min(len(s), 16)])
	for _, o := range bylineOpenings {
		if strings.HasPrefix(h, o) {
			rest := strings.TrimLeft(s[min(len(o), len(s)):], " :")
			r, _ := utf8.DecodeRuneInString(rest)
			return (unicode.IsUpper(r) || r == '@' || unspaced(r)) && !strings.HasSuffix(s, ".") && len(strings.Fields(s)) <= 16
		}
	}
	return false
}

// dateShape: "Published: May 3, 2031, 9:05 a.m.", "3 hours ago", nothing but a date and the words around it.
func dateShape(s string, words int) bool {
	if len(s) > 160 || words > 18 {
		return false
	}
	found := stamp.Find(s, true, 2)
	if len(found) == 0 {
		return stamp.Relative(s) && words <= 6
	}
	rest := s
	for k := len(found) - 1; k >= 0; k-- {
		rest = rest[:found[k].Span.Start] + " " + rest[found[k].Span.End:]
	}
	return len(strings.Fields(news.Fold(rest))) <= 5 && !strings.HasSuffix(s, ".")
}

var shareLabels = map[string]bool{"share": true, "tweet": true, "facebook": true, "twitter": true, "email": true, "e": true, "mail": true, "print": true, "whatsapp": true, "linkedin": true, "pinterest": true, "reddit": true, "copy": true, "link": true, "save": true, "comments": true, "comment": true, "on": true, "this": true,
	"article": true, "x": true, "via": true, "telegram": true, "pin": true, "it": true, "post": true, "story": true, "flipboard": true, "messenger": true, "sms": true, "more": true, "like": true, "shares": true, "follow": true, "teilen": true, "drucken": true, "partager": true, "compartir": true, "to": true, "with": true, "your": true, "friends": true, "tumblr": true, "google": true, "plus": true, "bluesky": true, "threads": true, "icon": true, "url": true, "click": true, "viber": true, "vk": true, "instagram": true, "a": true, "min": true, "read": true, "minute": true, "minutes": true, "listen": true, "gift": true}

// shareShape: "Share Tweet Email", "4 min read".
func shareShape(s string) bool {
	if len(s) > 160 {
		return false
	}
	n := 0
	for w := range strings.FieldsSeq(news.Fold(s)) {
		if !shareLabels[w] && strings.Trim(w, "0123456789k") != "" {
			return false
		}
		n++
	}
	return n > 0
}

var promoPhrases = []string{"sign up for", "sign up to", "sign up here", "sign up now", "subscribe to", "subscribe now", "subscribe here", "please subscribe", "our newsletter", "newsletters", "this newsletter", "newsletter here", "follow us", "follow me", "follow him on", "follow her on", "follow them on", "follow @", "on twitter @", "on twitter at", "on facebook at",
	"download our", "download the app", "our app", "support independent", "donate to", "donate now", "donate here", "make a donation", "all rights reserved", "copyright 20", "copyright ©", "have a tip", "got a tip", "click here", "join us on", "like us on", "join our", "contact us", "email us", "get in touch", "become a member", "join the conversation",
	"article was originally", "story was originally", "post was originally", "originally appeared", "originally published", "was first published", "first appeared on", "republished", "contact the author", "contact the reporter", "may be reached at", "can be reached at", "can be contacted at", "send tips", "send us", "privacy policy", "terms of use", "terms of service", "for more information", "for more news", "for more stories",
	"read the original", "story has been updated", "article has been updated", "post has been updated", "get the latest", "stay up to date", "check out our", "leave a comment", "in the comments", "share your thoughts", "let us know", "earn a commission", "receive a commission", "affiliate link", "affiliate commission", "your inbox", "listen to our", "our podcast", "full coverage", "more ap", "subject to copyright", "citation:", "for information purposes only", "listen back",
	"like this story", "did you like", "enjoyed this", "our standards:", "newsletter anmelden", "newsletter abonnieren", "folgen sie uns", "unterstützen sie", "abonnez-vous", "inscrivez-vous", "suivez-nous", "suscríbete", "síguenos", "inscreva-se", "iscriviti", "seguici", "schrijf je in", "подписывайтесь"}

// promoWords: what outlets ask of their readers. Counts only after the end of the article.
func promoWords(s string) bool {
	l := strings.ToLower(s)
	for _, w := range promoPhrases {
		if strings.Contains(l, w) {
			return true
		}
	}
	return strings.HasPrefix(l, "©") || len(s) < 160 && (strings.Contains(l, "@") || strings.Contains(l, "https://"))
}

var bioJobs = []string{"reporter", "writer", "editor", "correspondent", "columnist", "author of", "journalist", "contributor", "professor", "director of", "fellow", "freelance", "covers ", "producer", "host of", "analyst", "founder", "writes about", "reporting by", "additional reporting", "editing by", "contributed to this", "contributed reporting", "translated by", "photographer", "blogger"}

// bioShape: "Ana Ruiz is a reporter for the Courier.", "(Reporting by Ana Ruiz)".
func bioShape(s string) bool {
	l := strings.ToLower(s)
	job := false
	for _, j := range bioJobs {
		job = job || strings.Contains(l, j)
	}
	if !job {
		return false
	}
	if hasAnyPrefix(lowerHead(s, 40), []string{"reporting by", "additional reporting", "editing by", "writing by", "reporting and", "with reporting", "associated press", "translated by", "about the author"}) || strings.Contains(l, "contributed to this") || strings.Contains(l, "contributed reporting") {
		return true
	}
	// a name of two words or more, then "is", then the job
	words := strings.Fields(s)
	for i := 1; i < min(len(words), 6); i++ {
		switch strings.ToLower(words[i]) {
		case "is", "was", "covers", "writes":
			if i < 2 && len(words) > 25 {
				return false
			}
			head := strings.ToLower(strings.Join(words[i:min(len(words), i+14)], " ") + " ")
			for _, j := range bioJobs {
				if strings.Contains(head, j) {
					return true
				}
			}
			return false
		}
		if r, _ := utf8.DecodeRuneInString(words[i]); !unicode.IsUpper(r) {
			return false
		}
	}
	return false
}

var wallPhrases = []string{"subscribe", "subscriber", "log in", "sign in", "register", "sign up", "already a member", "free trial", "continue reading", "abonn", "anmelden", "suscr"}

// wallWords: "Subscribe to continue reading. Already a subscriber? Log in."
func wallWords(s string) bool {
	l := strings.ToLower(s)
	for _, w := range wallPhrases {
		if strings.Contains(l, w) {
			return len(s) < 400
		}
	}
	return false
}

var endHeadings = []string{"related", "more from", "more on", "more stories", "more news", "read more", "read next", "about the author", "about the writer", "about author", "comments", "leave a comment", "leave a reply", "share this", "share", "tags", "sign up", "subscribe", "recommended", "you may also like", "you might also like", "popular",
	"most read", "most popular", "trending", "latest", "latest news", "up next", "also read", "see also", "further reading", "related articles", "related stories", "related posts", "related topics", "related content", "related coverage", "related links", "newsletter", "follow us", "contact", "contact us", "about us", "what to read next", "editor's picks", "editors' picks", "our picks", "recent posts", "advertisement", "post navigation",
	"top stories", "around the web", "from our partners", "sponsored", "join the conversation", "similar articles", "keep reading", "mehr zum thema", "das könnte sie auch interessieren", "kommentare", "à lire aussi", "sur le même sujet", "también te puede interesar", "noticias relacionadas", "leia também", "leggi anche", "lees ook", "don't miss", "discover more", "explore more", "view comments", "media contact", "media contacts", "for media"}

// endHeading: "Related stories", "Comments".
func endHeading(s string) bool {
	if len(s) > 60 {
		return false
	}
	f := strings.TrimRight(lowerHead(s, 60), " :.…!")
	if strings.HasPrefix(f, "more ") && (strings.HasSuffix(f, " stories") || strings.HasSuffix(f, " news") || strings.HasSuffix(f, " articles") || strings.HasSuffix(f, " coverage")) {
		return true
	}
	for _, h := range endHeadings {
		if f == h || strings.HasPrefix(f, h+" ") && len(strings.Fields(f)) <= len(strings.Fields(h))+3 && (strings.HasPrefix(h, "more ") || strings.HasPrefix(h, "related") || strings.HasPrefix(h, "about the")) {
			return true
		}
	}
	return false
}
