package body

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"dateline/extract/layout"
	"dateline/extract/mark"
	"dateline/extract/rule"
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
		if b := &p.Blocks[i]; b.Marks&(mark.Comment|mark.Nav) == 0 {
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
		if p.Title < 0 && p.on(rule.BoldHeadline) {
			p.boldHeadline(lo, hi)
		}
		p.top(lo, hi)
		p.end(lo, hi)
		p.below(hi)
		p.cards()
	}
}

// boldHeadline makes a headline of the line in bold that opens the article, on a page that has
// no heading for it, if it is the one that the page's data tell or these tell none: a title
// of a few words is the outlet's name.
func (p *Page) boldHeadline(lo, hi int) {
	i := lo
	for i < hi && p.Blocks[i].Kind != news.Body {
		i++
	}
	if i+1 >= hi {
		return
	}
	b := &p.Blocks[i]
	s := b.Span.Of(p.Text)
	if next := &p.Blocks[i+1]; !b.Bold || b.Ends || b.Words < 3 || b.Words > 20 || next.Bold || next.Kind == news.Body && !next.Ends || shape.Byline(s) || shape.Date(s, b.Words) {
		return
	}
	told, same := false, false
	for _, t := range p.Titles {
		f := fold(t)
		told = told || len(f) >= 5
		same = same || overlap(f, fold(s)) >= .6
	}
	if same || !told {
		p.Title, b.Kind, b.Reason = i, news.Title, string(rule.BoldHeadline)
	}
}

// measureBoxes adds up the words of the boxes of one class inside the core: a body that is cut
// in three by advertisements is three boxes of one class.
func (p *Page) measureBoxes() {
	p.sameClass = boxes{}
	if p.core == 0 {
		return
	}
	end := p.Tree.After(p.core)
	for n := p.core; n != end && n != 0; n = p.Tree.Following(n) {
		if p.own[n]&boxMarks != 0 {
			p.sameClass.add(p.Tree.Attr(n, "class"), p.WordsIn(n))
		}
	}
}

// boxes are the boxes of each class: how many, and their words.
type boxes map[string]struct{ words, count int }

func (x boxes) add(class string, words int) {
	if class != "" {
		of := x[class]
		of.words += words
		of.count++
		x[class] = of
	}
}

// words are those of all boxes of a class if these are as large as pieces of a body, else 0.
func (x boxes) words(class string) int {
	if of := x[class]; of.count > 1 && of.words/of.count >= pieceWords {
		return of.words
	}
	return 0
}

// pieceWords is the least average size of boxes of one class that may be pieces of a body.
const pieceWords = 80

const boxMarks = mark.Furniture | mark.Share | mark.Date | mark.Byline | mark.Dek | mark.Embed | mark.Pull

// boxed is the marks of the boxes around a block that are small enough for their class words
// to count.
func (p *Page) boxed(b *layout.Block) mark.Set {
	limit := int(share * float64(p.total))
	if !p.on(rule.SmallBoxes) {
		limit = math.MaxInt
	}
	var m mark.Set
	level := 0
	for n := b.Node; n != 0 && n != p.core && level < 64; n = p.Tree.Nodes[n].Parent {
		own := p.own[n]
		if own != 0 || level > 4 {
			if p.WordsIn(n) > limit {
				break
			}
			if own&boxMarks != 0 && p.sameClass.words(p.Tree.Attr(n, "class")) > limit {
				own &^= boxMarks
			}
		}
		if p.Tree.Nodes[n].Tag == atom.Figure && b.Tag != atom.Blockquote && b.Tag != atom.Td && b.Tag != atom.Li && b.Words < 80 {
			own |= mark.Caption
		}
		if level < 4 {
			m |= own
		} else {
			m |= own & (mark.Nav | mark.Comment | mark.Related | mark.Ad | mark.Promo | mark.Bio | mark.Foot | mark.Popup)
		}
		level++
	}
	return m
}

// A view is a block as the rules for single blocks see it.
type view struct {
	*layout.Block
	i     int      // its number
	m     mark.Set // of the boxes around it
	s     string   // its text
	links float64
	begun bool // the prose has begun: what stands only above it (a standfirst) is not below
}

func (v *view) is(m mark.Set) bool { return v.m&m != 0 }

// cell reports whether a block is one of a list or a table: short ones are no furniture there.
func (v *view) cell() bool { return v.Tag == atom.Li || v.Tag == atom.Td }

// insideRules say what a block of the core is, by the box it is in and by its shape. The first
// that holds decides; a block that none takes is prose. Package rule has an example of each.
var insideRules = []struct {
	name  rule.Name
	kind  news.Kind
	holds func(p *Page, v *view) bool
}{
	{rule.Code, news.Boilerplate, func(_ *Page, v *view) bool { return shape.Code(v.s) }},
	{rule.Comments, news.Boilerplate, func(_ *Page, v *view) bool { return v.is(mark.Comment) }},
	{rule.EmbeddedPost, news.Body, func(_ *Page, v *view) bool {
		return v.is(mark.Embed) && v.Words >= 4 && !v.is(mark.Nav|mark.Popup|mark.Ad|mark.Promo)
	}},
	{rule.CaptionClass, news.Caption, func(_ *Page, v *view) bool {
		return v.is(mark.Caption) && v.is(mark.Popup|mark.Gallery) && !v.is(mark.Nav|mark.Promo)
	}},
	{rule.JunkClass, news.Boilerplate, func(_ *Page, v *view) bool { return v.is(mark.Nav | mark.Popup | mark.Ad | mark.Promo) }},
	{rule.WallWords, news.Boilerplate, func(_ *Page, v *view) bool {
		return (v.is(mark.Wall) || v.Words < 30 && strings.Contains(strings.ToLower(v.s), "to continue reading")) && shape.Wall(v.s)
	}},
	{rule.CreditShape, news.Credit, func(_ *Page, v *view) bool { return v.is(mark.Caption) && shape.Credit(v.s) && v.Words < 12 }},
	{rule.CaptionClass, news.Caption, func(_ *Page, v *view) bool { return v.is(mark.Caption) }},
	{rule.CreditClass, news.Credit, func(_ *Page, v *view) bool { return v.is(mark.Credit) && v.Words < 25 }},
	{rule.RelatedClass, news.RelatedLink, func(_ *Page, v *view) bool { return v.is(mark.Related) }},
	{rule.ShareClass, news.Boilerplate, func(_ *Page, v *view) bool { return v.is(mark.Share) }},
	{rule.AuthorBio, news.Boilerplate, func(_ *Page, v *view) bool { return v.is(mark.Bio) }},
	{rule.TagsClass, news.Tags, func(_ *Page, v *view) bool { return v.is(mark.Tags) && (v.links > .3 || v.Words < 15) }},
	{rule.Aside, news.Boilerplate, func(_ *Page, v *view) bool { return v.is(mark.Side | mark.Foot) }},
	{rule.BylineClass, news.Byline, func(_ *Page, v *view) bool {
		return v.is(mark.Byline) && (v.Words <= 12 || v.Words < 30 && shape.Byline(v.s))
	}},
	{rule.DateClass, news.DateKind, func(_ *Page, v *view) bool { return v.is(mark.Date) && v.Words < 25 && shape.Timed(v.s) }},
	{rule.DekClass, news.Dek, func(_ *Page, v *view) bool { return v.is(mark.Dek) && !v.begun }},
	{rule.EntryTime, news.DateKind, func(_ *Page, v *view) bool {
		return !v.Ends && v.Words <= 10 && (shape.Clock(v.s) || len(stamp.Find(v.s, true, 1)) > 0 && !v.cell() && !layout.IsHeading(v.Tag))
	}},
	{rule.Counter, news.Boilerplate, func(_ *Page, v *view) bool {
		return shape.Counter(v.s) && (v.Tag == atom.P || v.Tag == atom.Div || v.Tag == atom.Section || v.Tag == atom.Figure)
	}},
	{rule.Gallery, news.Caption, func(_ *Page, v *view) bool { return v.is(mark.Gallery) && v.Words < 60 }},
	{rule.Kicker, news.Boilerplate, func(_ *Page, v *view) bool { return v.is(mark.Label) && v.Words < 8 }},
	{rule.OnlyLinks, news.RelatedLink, func(_ *Page, v *view) bool { return v.links > .85 && v.Words < 30 && !layout.IsHeading(v.Tag) }},
	{rule.RelatedWords, news.RelatedLink, func(_ *Page, v *view) bool {
		return shape.StrongRelated(v.s) && v.Words < 30 || shape.Related(v.s) && v.Words < 40 && (v.links > .4 || v.Words < 6 && !v.Ends)
	}},
	{rule.AdLabel, news.Boilerplate, func(_ *Page, v *view) bool { return shape.Ad(v.s) }},
	{rule.ConsentNotice, news.Boilerplate, func(_ *Page, v *view) bool { return shape.Consent(v.s) }},
	{rule.CaptionShape, news.Caption, func(_ *Page, v *view) bool { return shape.Caption(v.s) && v.Words < 60 }},
	{rule.CreditShape, news.Credit, func(_ *Page, v *view) bool {
		return shape.Credit(v.s) && (v.Words < 14 || strings.HasPrefix(v.s, "©") && v.Words < 35)
	}},
	{rule.TagsWords, news.Tags, func(_ *Page, v *view) bool { return shape.Tags(v.s) && v.Words < 60 }},
	{rule.LinkedHeadings, news.RelatedLink, (*Page).linkedHeading},
	{rule.Teasers, news.RelatedLink, func(p *Page, v *view) bool { return !layout.IsHeading(v.Tag) && p.teaserRun(v.i) }},
}

// inside is the kind of block i, one of the core.
func (p *Page) inside(i int, begun bool) (news.Kind, string) {
	b := &p.Blocks[i]
	v := &p.view
	*v = view{b, i, p.boxed(b), b.Span.Of(p.Text), b.LinkDensity(), begun}
	for _, r := range insideRules {
		if !p.off[r.name] && r.holds(p, v) {
			return r.kind, string(r.name)
		}
	}
	if layout.IsHeading(b.Tag) {
		return news.Label, "heading"
	}
	return news.Body, "prose"
}

// linkedHeading reports whether a heading is one of a list of linked headlines.
func (p *Page) linkedHeading(v *view) bool {
	if !layout.IsHeading(v.Tag) || v.links <= .8 || v.i+1 >= len(p.Blocks) {
		return false
	}
	next := &p.Blocks[v.i+1]
	return layout.IsHeading(next.Tag) || v.i+2 < len(p.Blocks) && layout.IsHeading(p.Blocks[v.i+2].Tag) && next.Words < 8
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
	is := func(m mark.Set, name rule.Name) bool { return b.Marks&m != 0 && !p.off[name] }
	switch {
	case is(mark.Comment, rule.Comments):
		return news.Boilerplate, string(rule.Comments)
	case is(mark.Caption, rule.CaptionClass):
		return news.Caption, string(rule.CaptionClass)
	case is(mark.Credit, rule.CreditClass) && b.Words < 25:
		return news.Credit, string(rule.CreditClass)
	case is(mark.Byline, rule.BylineClass) && b.Words < 30:
		return news.Byline, string(rule.BylineClass)
	case is(mark.Date, rule.DateClass) && b.Words < 25 && shape.Timed(b.Span.Of(p.Text)):
		return news.DateKind, string(rule.DateClass)
	case is(mark.Dek, rule.DekClass):
		return news.Dek, string(rule.DekClass)
	case is(mark.Related, rule.RelatedClass) && b.LinkDensity() > .5:
		return news.RelatedLink, string(rule.RelatedClass)
	case is(mark.Tags, rule.TagsClass):
		return news.Tags, string(rule.TagsClass)
	}
	return news.Boilerplate, "outside"
}

// top takes away what stands between the headline and the first sentence: the headline once
// more, byline, date, share bar, standfirst.
func (p *Page) top(lo, hi int) {
	seen := 0
	for i := lo; i < hi && seen < 4; i++ {
		b := &p.Blocks[i]
		if !inArticle(b) {
			continue
		}
		seen++
		if p.on(rule.HeadlineOnTop) && i != p.Title && p.isTitle(b.Span.Of(p.Text)) {
			b.Kind, b.Reason = news.TitleDup, string(rule.HeadlineOnTop)
		}
	}
	// What precedes the headline is not the article.
	if p.Title > lo && p.Title < hi && p.on(rule.AboveHeadline) && float64(p.bodyWords(lo, p.Title)) < .2*float64(p.total) {
		p.drop(lo, p.Title, rule.AboveHeadline)
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
		if !inArticle(b) {
			continue
		}
		s := b.Span.Of(p.Text)
		switch {
		case b.Kind == news.Label:
			if p.on(rule.HeadingBeforeBody) && b.Words >= 5 && !dek && i+1 < hi && p.Blocks[i+1].Tag != atom.Li && p.Blocks[i+1].Tag != atom.Td {
				dek = true
				b.Kind, b.Reason = news.Dek, string(rule.HeadingBeforeBody)
			}
			continue
		case p.on(rule.BylineShape) && shape.Byline(s):
			b.Kind, b.Reason = news.Byline, string(rule.BylineShape)
			continue
		case p.on(rule.DateShape) && (shape.Date(s, b.Words) || !b.Ends && b.Words <= 20 && len(stamp.Find(s, true, 1)) > 0):
			b.Kind, b.Reason = news.DateKind, string(rule.DateShape)
			continue
		case p.on(rule.ShareShape) && shape.Share(s):
			b.Kind, b.Reason = news.Boilerplate, string(rule.ShareShape)
			continue
		}
		if b.Ends && b.Words >= 6 || b.Words >= 12 {
			break
		}
		if p.on(rule.Signature) && signature(b, s) {
			b.Kind, b.Reason = news.Byline, string(rule.Signature)
			continue
		}
		if p.on(rule.BeforeFirstSentence) && b.Words <= 3 && !b.Ends && b.Tag != atom.Li && b.Tag != atom.Td {
			b.Kind, b.Reason = news.Boilerplate, string(rule.BeforeFirstSentence)
		}
	}
}

// end takes away what stands after the last sentence of the article.
func (p *Page) end(lo, hi int) {
	all := p.bodyWords(lo, hi)
	// after-end-heading: a heading that opens what follows articles, with hardly a paragraph
	// after it.
	rest := 0
	for i := hi - 1; i >= lo; i-- {
		b := &p.Blocks[i]
		if b.Kind == news.Body && b.Words >= 25 && b.LinkDensity() < .3 {
			rest += b.Words
		}
		if p.on(rule.AfterEndHeading) && inArticle(b) && (layout.IsHeading(b.Tag) || b.Bold || b.Words <= 5) && shape.EndHeading(b.Span.Of(p.Text)) {
			if float64(rest) < .12*float64(all) {
				p.drop(i, hi, rule.AfterEndHeading)
			} else {
				b.Kind, b.Reason = news.Boilerplate, string(rule.AfterEndHeading)
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
		if p.on(rule.CommentHeading) && words >= 80 && i > p.Title && (layout.IsHeading(b.Tag) || b.Bold) && shape.CommentHeading(b.Span.Of(p.Text)) {
			p.drop(i, hi, rule.Comments)
			break
		}
	}
	// second-headline: another h1, with a date or a byline below it, opens another article.
	if p.on(rule.NextArticle) && p.Title >= 0 && p.Title < hi && p.Blocks[p.Title].Tag == atom.H1 {
		words := 0
		for i := max(lo, p.Title+1); i < hi; i++ {
			b := &p.Blocks[i]
			if b.Kind == news.Body {
				words += b.Words
			}
			if b.Tag == atom.H1 && words >= 50 && b.Kind != news.TitleDup && p.opens(i, hi) {
				if p.another(i, hi) {
					hi = i
				} else {
					p.drop(i, hi, rule.NextArticle)
				}
				break
			}
		}
	}
	for i := hi - 1; i >= lo; i-- {
		if b := &p.Blocks[i]; b.Kind == news.Body {
			if p.on(rule.Signature) && signature(b, b.Span.Of(p.Text)) {
				b.Kind, b.Reason = news.Byline, string(rule.Signature)
			}
			break
		}
	}
	left := 12
	for i := hi - 1; i >= lo && left > 0; i-- {
		b := &p.Blocks[i]
		if !inArticle(b) {
			continue
		}
		left--
		s := b.Span.Of(p.Text)
		var reason rule.Name
		for _, r := range endRules {
			if p.on(r.name) && r.holds(p, b, s, all) {
				reason = r.name
				break
			}
		}
		if reason == "" || b.Kind == news.Body && p.bodyBlocks(lo, i) == 0 {
			break // the article is not trimmed away whole
		}
		b.Kind, b.Reason = news.Boilerplate, string(reason)
		if reason == rule.BylineAtEnd {
			b.Kind = news.Byline
		}
	}
}

// endRules say what is trimmed from the end of an article, block by block, until none holds; all
// is how many words the article has.
var endRules = []struct {
	name  rule.Name
	holds func(p *Page, b *layout.Block, s string, all int) bool
}{
	{rule.HeadingAtEnd, func(_ *Page, b *layout.Block, _ string, _ int) bool { return b.Kind == news.Label }},
	{rule.LinksAtEnd, func(p *Page, b *layout.Block, _ string, _ int) bool {
		return p.news && b.LinkDensity() >= .7 && b.Words < 30
	}},
	{rule.PromoAtEnd, func(p *Page, b *layout.Block, s string, all int) bool {
		return p.news && shape.Promo(s) && b.Words < 60 && 5*b.Words < all+100
	}},
	{rule.ShareShape, func(_ *Page, _ *layout.Block, s string, _ int) bool { return shape.Share(s) }},
	{rule.BioAtEnd, func(p *Page, b *layout.Block, s string, _ int) bool {
		return p.news && shape.Biography(s) && b.Words < 90
	}},
	{rule.DateAtEnd, func(_ *Page, b *layout.Block, s string, _ int) bool { return shape.Date(s, b.Words) }},
	{rule.BylineAtEnd, func(_ *Page, b *layout.Block, s string, _ int) bool { return shape.Byline(s) && b.Words < 8 }},
	{rule.AfterLastSentence, func(_ *Page, b *layout.Block, s string, _ int) bool {
		return !b.Ends && b.Words <= 4 && b.Tag != atom.Li && b.Tag != atom.Td && b.Tag != atom.Dd && b.Tag != atom.Blockquote && !strings.ContainsAny(s, "0123456789\"“”«»„「\"")
	}},
}

// inArticle reports whether a block is held to be prose of the article or a heading in it.
func inArticle(b *layout.Block) bool { return b.Kind == news.Body || b.Kind == news.Label }

// drop takes what is left of the article in [lo, hi) out of it.
func (p *Page) drop(lo, hi int, by rule.Name) {
	for i := lo; i < hi; i++ {
		if b := &p.Blocks[i]; inArticle(b) {
			b.Kind, b.Reason = news.Boilerplate, string(by)
		}
	}
}

// bodyWords is how many words of body stand in [lo, hi).
func (p *Page) bodyWords(lo, hi int) int {
	n := 0
	for i := lo; i < hi; i++ {
		if b := &p.Blocks[i]; b.Kind == news.Body {
			n += b.Words
		}
	}
	return n
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
		if p.proseLike(k) {
			words += p.Blocks[k].Words
		}
	}
	if words < anotherWords {
		return false
	}
	p.further(i, hi)
	return true
}

// proseLike reports whether a block reads as a paragraph, whatever stands around it.
func (p *Page) proseLike(i int) bool {
	b := &p.Blocks[i]
	return p.worth(b) > 0 && b.LinkDensity() < .5
}

// further makes a further article of the blocks [i, hi), of which the first is its headline.
func (p *Page) further(i, hi int) {
	p.Blocks[i].Kind, p.Blocks[i].Reason = news.Title, string(rule.NextHeadline)
	for k := i + 1; k < hi; k++ {
		b := &p.Blocks[k]
		free := b.Kind == news.Boilerplate && b.Reason == "outside" // no rule has taken it
		switch {
		case b.Kind == news.Body || free && p.proseLike(k) && !layout.IsHeading(b.Tag):
			b.Kind, b.Reason = news.Body, string(rule.NextArticle)
		case free && shape.Byline(b.Span.Of(p.Text)):
			b.Kind, b.Reason = news.Byline, string(rule.BylineShape)
		case free && shape.Date(b.Span.Of(p.Text), b.Words):
			b.Kind, b.Reason = news.DateKind, string(rule.DateShape)
		}
	}
}

// below finds whole articles under the core: boxes that are stories by their tag or class, not
// of another purpose, with a headline on top, a byline or a date below it and prose enough.
func (p *Page) below(hi int) {
	if p.Title < 0 || p.Title >= hi || !p.on(rule.WholeArticleBelow) {
		return
	}
	for n := p.Tree.After(p.core); n != 0; {
		lo, end := int(p.Lo[n]), int(p.Hi[n])
		if node := &p.Tree.Nodes[n]; node.Tag == 0 || lo < hi || end <= lo || p.own[n]&(mark.Story|mark.Body) == 0 || p.around[n]&(mark.Comment|mark.Related|mark.Side|mark.Nav|mark.Foot|mark.Promo|mark.Ad) != 0 || p.WordsIn(n) < anotherWords {
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
