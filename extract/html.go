package extract

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/text/unicode/norm"

	"dateline/extract/body"
	"dateline/extract/byline"
	"dateline/extract/layout"
	"dateline/extract/markup"
	"dateline/extract/metadata"
	"dateline/extract/rule"
	"dateline/extract/shape"
	"dateline/news"
	"dateline/text"
)

// maxFurniture is how many bytes of boilerplate outside the article are kept: what is said
// about the article stands near it, menus and footers go on for ever.
const maxFurniture = 6000

func readHTML(p news.Page, raw []byte, d news.Document, off rule.Off) (news.Document, error) {
	dec, flags := decodeHTML(p, raw)
	d.Flags = append(d.Flags, flags...)
	tree := markup.Parse(dec.Text)
	for _, c := range tree.Cuts {
		d.Flags = append(d.Flags, cutFlag(c))
	}
	facts := metadata.Read(tree, off)
	facts.Address = p.URL
	headlines := facts.Headlines()
	titles := make([]string, len(headlines))
	for i, h := range headlines {
		titles[i] = h.Text
	}
	page := body.Read(tree, titles, facts.News(), off)
	if page.Cut > 0 {
		d.Flags = append(d.Flags, news.Flag{Name: "long-word", Detail: fmt.Sprintf("%d bytes of words longer than 1,000 bytes were left out", page.Cut)})
	}
	w := writer{page: page, decoded: dec.Alignment}
	if page.Title < 0 {
		w.headline(tree, headlines)
	}
	w.blocks()
	d.Text, d.Alignment, d.Blocks = w.finish()
	if w.left > 0 {
		d.Flags = append(d.Flags, news.Flag{Name: "furniture-left-out", Detail: fmt.Sprintf("%d blocks of menus and footers are not in the text", w.left)})
	}
	d.Meta = metadataOf(p, facts, page, &d)
	if err := verdict(facts, page); err != nil {
		return d, err
	}
	partial(facts, page, &d)
	return d, nil
}

func cutFlag(c markup.Cut) news.Flag {
	switch c.What {
	case "depth":
		return news.Flag{Name: "nesting", Detail: fmt.Sprintf("elements are nested %d deep", c.Count)}
	case "attributes":
		return news.Flag{Name: "attributes-dropped", Detail: fmt.Sprintf("%d attributes past the hundredth of a tag", c.Count)}
	case "tags":
		return news.Flag{Name: "page-cut", Detail: fmt.Sprintf("%d bytes after the last tag that is read were left out", c.Count)}
	}
	return news.Flag{Name: "page-cut", Detail: fmt.Sprintf("a piece without end: the last %d bytes were not read whole", c.Count)}
}

// A writer puts the blocks into one text and keeps account of where each byte came from.
type writer struct {
	page    *body.Page
	decoded text.Alignment // from the decoded page to its bytes
	out     []byte
	at      text.Aligner
	list    []news.Block
	run     int // index of the next run of the flow
	left    int
}

func (w *writer) blocks() {
	budget := maxFurniture
	for i := range w.page.Blocks {
		b := &w.page.Blocks[i]
		if b.Kind == news.Boilerplate && (b.Reason == "outside" || b.Reason == string(rule.Comments)) {
			if budget -= b.Span.Len(); budget < 0 {
				w.left++
				continue
			}
		}
		w.block(b)
	}
}

func (w *writer) block(b *layout.Block) {
	start := w.open()
	w.copy(b.Span)
	w.list = append(w.list, news.Block{Span: text.Span{Start: start, End: len(w.out)}, Kind: b.Kind, Heading: heading(b), Links: b.LinkDensity(), Reason: b.Reason})
}

// open parts the next block from the one before it.
func (w *writer) open() int {
	if len(w.out) > 0 {
		w.out = append(w.out, "\n\n"...)
	}
	return len(w.out)
}

func heading(b *layout.Block) int { return layout.HeadingLevel(b.Tag) }

// copy appends a stretch of the flow in NFC.
func (w *writer) copy(s text.Span) {
	f := w.page.Flow
	for w.run > 0 && f.Runs[w.run-1].At+f.Runs[w.run-1].Len > s.Start {
		w.run--
	}
	for w.run < len(f.Runs) && f.Runs[w.run].At+f.Runs[w.run].Len <= s.Start {
		w.run++
	}
	if norm.NFC.IsNormalString(s.Of(f.Text)) {
		for ; w.run < len(f.Runs) && f.Runs[w.run].At < s.End; w.run++ {
			r := f.Runs[w.run]
			from, to := max(r.At, s.Start), min(r.At+r.Len, s.End)
			src, n := r.Source, r.SourceLen
			if r.Len == r.SourceLen {
				src, n = r.Source+from-r.At, to-from
			}
			w.add(len(w.out)+from-s.Start, to-from, src, n)
		}
		w.out = append(w.out, s.Of(f.Text)...)
		return
	}
	composed, back := text.Compose(s.Of(f.Text))
	var at text.Aligner
	for ; w.run < len(f.Runs) && f.Runs[w.run].At < s.End; w.run++ {
		r := f.Runs[w.run]
		from, to := max(r.At, s.Start), min(r.At+r.Len, s.End)
		src, n := r.Source, r.SourceLen
		if r.Len == r.SourceLen {
			src, n = r.Source+from-r.At, to-from
		}
		at.Add(from-s.Start, to-from, src, n)
	}
	to := back.Through(at.Alignment())
	for i, r := range composed {
		size := len(string(r))
		if o, ok := to.Original(text.Span{Start: i, End: i + size}); ok {
			w.add(len(w.out)+i, size, o.Start, o.Len())
		}
	}
	w.out = append(w.out, composed...)
}

// add records that n bytes at the given place came from so many bytes of the decoded page.
func (w *writer) add(at, n, source, sourceLen int) { w.at.Add(at, n, source, sourceLen) }

// headline puts the headline that only the page's head tells on top of the text. Its letters
// lead back to the title element or the meta tag.
func (w *writer) headline(tree *markup.Tree, headlines []metadata.Headline) {
	for _, h := range headlines {
		if span, ok := locate(tree, h, headlines); ok {
			start := w.open()
			pos := start
			for _, piece := range layout.Unescape(tree.Source, span) {
				if len(w.out)+len(piece.Text) > start+2000 {
					break
				}
				w.add(pos, len(piece.Text), piece.Source, piece.SourceLen)
				w.out = append(w.out, piece.Text...)
				pos += len(piece.Text)
			}
			if s := string(w.out[start:]); !norm.NFC.IsNormalString(s) {
				w.out = w.out[:start]
				continue
			}
			w.list = append(w.list, news.Block{Span: text.Span{Start: start, End: len(w.out)}, Kind: news.Title, Heading: 1, Reason: h.Rule})
			return
		}
	}
}

// locate finds a headline's letters in the element that gives it, or in another that says the
// same and more.
func locate(tree *markup.Tree, h metadata.Headline, headlines []metadata.Headline) (text.Span, bool) {
	span, ok := metadata.Locate(tree, h)
	for _, other := range headlines {
		if ok {
			break
		}
		span, ok = metadata.Locate(tree, metadata.Headline{Text: h.Text, Node: other.Node})
	}
	return span, ok
}

func (w *writer) finish() (string, text.Alignment, []news.Block) {
	a := w.at.Alignment()
	return string(w.out), a.Through(w.decoded), w.list
}

// metadataOf chooses among the page's facts.
func metadataOf(p news.Page, f *metadata.Facts, page *body.Page, d *news.Document) news.Metadata {
	var m news.Metadata
	for _, b := range d.Blocks {
		if b.Kind == news.Title {
			m.Title = news.NewExcerpt(d.Text, b.Span)
			break
		}
	}
	printed := printedDates(d, f)
	lines := byline.In(page)
	for i := range f.Times {
		f.Times[i].Aside = page.Aside(f.Times[i].Node)
		f.Times[i].Near = lines.NearHeadline(f.Times[i].Node)
	}
	m.Authors, _ = f.Authors(lines.Texts(), lines.Runs(), lines.Closing())
	m.Published = f.Published(p.URL, printed, p.Fetched)
	m.Outlet = f.Outlet(p)
	m.Canonical = canonical(p, f)
	m.Language = f.Lang()
	return m
}

// printedDates are the short blocks that may print when the article came out, and its opening
// words, which may do so too ("Port Alba (May 3, 2031). The ferry ...").
func printedDates(d *news.Document, f *metadata.Facts) []metadata.Printed {
	headlines := map[string]bool{}
	for _, h := range f.Headlines() {
		headlines[news.Fold(h.Text)] = true
	}
	first, title := 0, -1 // the block above which nothing is near the article; the headline
	for i, b := range d.Blocks {
		if b.Kind == news.Title {
			first, title = i, i
			break
		}
		if b.Kind == news.Body {
			first = max(0, i-10)
			break
		}
	}
	var printed []metadata.Printed
	before := true
	for i, b := range d.Blocks {
		s := b.Span.Of(d.Text)
		if r := rule.Name(b.Reason); r == rule.NextArticle || r == rule.NextHeadline || r == rule.Cards {
			break // its dates are its own
		}
		opening := before && b.Kind == news.Body
		if opening {
			before = false
		}
		about := b.Kind == news.DateKind || b.Kind == news.Byline
		near := before && i >= first
		switch {
		case b.Kind == news.Title || headlines[news.Fold(s)]:
			// The days a headline tells of are its story's, unless one stands before it or on a
			// line of its own.
			at := 0
			for line := range strings.SplitSeq(s[:min(len(s), 400)], "\n") {
				if shape.DateFirst(line) {
					printed = append(printed, metadata.Printed{Text: line, Start: b.Span.Start + at, Near: true})
				}
				at += len(line) + 1
			}
			continue
		case b.Reason == string(rule.Comments) && !near:
			continue // comments stand below the article
		case b.Kind == news.RelatedLink && (title < 0 || i < title-2 || i > title+2):
			continue
		}
		if opening && len(s) >= openingWords {
			printed = append(printed, metadata.Printed{Text: strings.ToValidUTF8(s[:openingWords], ""), Start: b.Span.Start, Near: true, Prose: true})
		}
		if len(s) < 400 {
			printed = append(printed, metadata.Printed{Text: s, Start: b.Span.Start, Dated: about, Above: about && !near && before && i >= first-3, Near: near || opening && len(s) < openingWords, Alone: shape.Date(s, len(strings.Fields(s))), Prose: b.Kind == news.Body})
		}
	}
	return printed
}

// openingWords is within how many bytes of an article's text a date is that of its dateline.
const openingWords = 48

// canonical is the address the page gives itself, if it is of the page's own host or the
// page's host is not known.
func canonical(p news.Page, f *metadata.Facts) string {
	for _, c := range []string{f.Canonical, f.Meta("og:url")} {
		u, err := url.Parse(strings.TrimSpace(c))
		if err != nil || c == "" {
			continue
		}
		base, err := url.Parse(p.URL)
		if err == nil && base.Host != "" {
			u = base.ResolveReference(u)
			if !strings.EqualFold(strings.TrimPrefix(u.Hostname(), "www."), strings.TrimPrefix(base.Hostname(), "www.")) {
				continue
			}
		}
		if (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			return news.CleanURL(u.String())
		}
	}
	return ""
}
