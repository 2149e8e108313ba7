// Package xmlfeed reads feeds that are XML, of all formats by one table (elements.go): feeds mix
// them freely, and what an element means hardly ever depends on the format.
//
// It goes over the markup once, with a stack of the elements that are open and no tree. What an
// element does when it opens and closes is in handle.go. Elements within a text (title, summary,
// content) are part of it and are written back as markup.
package xmlfeed

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/fetch/feed/fragment"
	"dateline/fetch/feed/markup"
	"dateline/fetch/feed/model"
)

// A frame is an element that is open.
type frame struct {
	name   []byte // as written
	kind   kind
	extra  string // canonical name of an Extra
	from   int    // where its characters begin in reader.buf
	base   string
	lang   string
	spaces int // how many namespaces are in scope outside of it
	attr   map[string]string
}

type namespace struct {
	prefix []byte
	name   string // canonical prefix of the vocabulary
	known  bool
}

// A text that is being read, with what its element said of it.
type construct struct {
	model.Text
	depth    int // of its frame
	base64   bool
	markup   bool // its elements are part of it
	divOpen  int  // end of the start tag of a <div> that opens it, in buf
	divClose int  // where that <div> ends; 0 if it has not
	divDepth int
}

// reader reads one document of XML.
type reader struct {
	s    *markup.Scanner
	from model.Origin
	feed model.Feed

	frames []frame
	spaces []namespace
	buf    []byte
	text   *construct
	texts  construct // what text points to

	item    model.Item
	source  model.Source
	image   *model.Image
	input   map[string]string
	inFeed  bool
	inItem  bool
	inSrc   bool
	state   struct{ author, contributor, owner, image, input, chapters bool }
	hasBody bool // the item has content: a second description is no content
	asBody  bool // the description being read is content
	title   int  // depth of the title, -1 if there is none
	depths  [kinds]int
	isLink  bool // the ID being read is an address
	stone   model.Tombstone
	inStone bool
	updates int // syndication:updateFrequency
	period  time.Duration
	name    [64]byte
}

// Parse reads a document that is UTF-8 and begins with its first character.
func Parse(text []byte, from model.Origin) (model.Feed, error) {
	r := &reader{s: markup.New(text), from: from, title: -1}
	base, lang := from.URL, strings.ReplaceAll(from.ContentLanguage, "_", "-")
	if from.ContentLocation != "" {
		if at := fragment.Resolve(base, from.ContentLocation); fragment.Harmless(at) {
			base = at
		}
	}
	r.feed.Language = lang
	err := r.read(base, lang)
	r.feed.Rhythm.Period = r.period
	if r.updates > 1 {
		r.feed.Rhythm.Period /= time.Duration(r.updates)
	}
	if over := r.feed.Served - len(r.feed.Items); over > 0 && err == nil && !r.feed.Cut {
		r.feed.Flag("feed-truncated", "%d items, the first %d are read", r.feed.Served, len(r.feed.Items))
	}
	return r.feed, err
}

func (r *reader) read(base, lang string) error {
	rooted := false
	outer := frame{base: base, lang: lang}
	for {
		t, err := r.s.Next()
		if err != nil {
			return fmt.Errorf("%w (at byte %d)", err, r.s.Offset())
		}
		switch t.Kind {
		case markup.Text:
			r.characters(t)
		case markup.Start:
			if len(r.frames) == 0 {
				if rooted {
					r.feed.Flag("feed-trailing", "something follows the feed")
					return nil
				}
				if err := r.root(t); err != nil {
					return err
				}
				rooted = true
			}
			if len(r.frames) == model.MaxDepth {
				return model.ErrTooDeep
			}
			if r.inItem && r.feed.Served > model.MaxItems && r.text != nil {
				r.text = nil
			}
			parent := &outer
			if len(r.frames) > 0 {
				parent = &r.frames[len(r.frames)-1]
			}
			r.start(t, parent)
			if t.Empty {
				r.end()
			}
		case markup.Close:
			r.close(t.Name)
		default:
			return r.finish(rooted)
		}
	}
}

// root tells whether a feed may begin with this element.
func (r *reader) root(t markup.Token) error {
	local := strings.ToLower(string(t.Name))
	if i := strings.LastIndexByte(local, ':'); i >= 0 {
		local = local[i+1:]
	}
	switch local {
	case "rss", "rdf", "feed", "channel", "entry", "item", "rss1", "rss2":
		return nil
	}
	if local == "html" || local == "head" || local == "body" || strings.Contains(strings.ToLower(r.s.Doctype), "html") {
		return fmt.Errorf("%w: an HTML page", model.ErrNotFeed)
	}
	return fmt.Errorf("%w: it begins with <%s>", model.ErrNotFeed, strings.ToValidUTF8(local[:min(len(local), 60)], ""))
}

// finish looks at what is still open when the bytes are over.
func (r *reader) finish(rooted bool) error {
	if !rooted {
		return fmt.Errorf("%w: it has no element", model.ErrNotFeed)
	}
	if len(r.frames) == 0 {
		return nil
	}
	r.feed.Cut = true
	if r.inItem && !r.inSrc {
		r.feed.Flag("feed-truncated", "the feed ends within item %d, which is left out", r.feed.Served)
	} else {
		r.feed.Flag("feed-truncated", "the feed ends early, after %d items", r.feed.Served)
	}
	for len(r.frames) > 0 { // the feed's own title and the like are kept
		if k := r.frames[len(r.frames)-1].kind; k == item {
			r.inItem = false
			r.frames = r.frames[:len(r.frames)-1]
			continue
		}
		r.end()
	}
	return nil
}

func (r *reader) characters(t markup.Token) {
	n := len(r.frames)
	if n == 0 || r.inItem && r.feed.Served > model.MaxItems {
		return
	}
	if r.text != nil && r.text.markup {
		r.buf = appendEscaped(r.buf, r.s, t)
		return
	}
	if t.Raw {
		r.buf = append(r.buf, t.Data...)
	} else {
		r.buf = r.s.AppendText(r.buf, t.Data)
	}
}

// appendEscaped appends characters of inline markup so that they stay characters.
func appendEscaped(out []byte, s *markup.Scanner, t markup.Token) []byte {
	from := len(out)
	if t.Raw {
		out = append(out, t.Data...)
	} else {
		out = s.AppendText(out, t.Data)
	}
	if bytes.IndexByte(out[from:], '&') < 0 && bytes.IndexByte(out[from:], '<') < 0 && bytes.IndexByte(out[from:], '>') < 0 {
		return out
	}
	plain := append([]byte(nil), out[from:]...)
	out = out[:from]
	for _, c := range plain {
		switch c {
		case '&':
			out = append(out, "&amp;"...)
		case '<':
			out = append(out, "&lt;"...)
		case '>':
			out = append(out, "&gt;"...)
		default:
			out = append(out, c)
		}
	}
	return out
}

// start opens an element.
func (r *reader) start(t markup.Token, parent *frame) {
	f := frame{name: t.Name, from: len(r.buf), base: parent.base, lang: parent.lang, spaces: len(r.spaces)}
	for _, a := range t.Attrs {
		r.scope(&f, a)
	}
	if r.text != nil { // an element within a text is part of it
		f.kind = inlineMarkup
		r.frames = append(r.frames, f)
		r.inline(t, &r.frames[len(r.frames)-1])
		return
	}
	canonical := r.canonical(t.Name)
	f.kind = elements[string(canonical)]
	if f.kind == other {
		f.extra = string(canonical)
	}
	r.frames = append(r.frames, f)
	r.opened(t, &r.frames[len(r.frames)-1])
}

// scope takes what an attribute says for all that is inside of its element.
func (r *reader) scope(f *frame, a markup.Attr) {
	switch n := len(a.Name); {
	case n >= 5 && a.Name[0]|0x20 == 'x' && bytes.HasPrefix(a.Name, []byte("xmlns")):
		var prefix []byte
		if n > 6 && a.Name[5] == ':' {
			prefix = a.Name[6:]
		} else if n > 5 {
			return
		}
		uri := strings.ToLower(strings.TrimSpace(string(a.Value)))
		name, known := vocabularies[uri]
		if strings.Contains(uri, "backend.userland.com/rss") {
			name, known = "", true
		}
		if uri == "" && prefix == nil {
			name, known = "", true
		}
		if r.feed.Format == "" {
			r.feed.Format = formatOf(string(prefix), uri)
		}
		r.spaces = append(r.spaces, namespace{prefix, name, known})
	case string(a.Name) == "xml:base" || string(a.Name) == "base" || string(a.Name) == "BASE":
		at := fragment.Resolve(f.base, r.value(a))
		if scheme := fragment.Scheme(at); scheme == "" && fragment.Scheme(f.base) == "" || fragment.Harmless(at) {
			f.base = at
		}
	case string(a.Name) == "xml:lang" || string(a.Name) == "lang":
		f.lang = strings.ReplaceAll(r.value(a), "_", "-")
	}
}

func (r *reader) value(a markup.Attr) string {
	if bytes.IndexByte(a.Value, '&') < 0 {
		return string(a.Value)
	}
	return string(r.s.AppendText(nil, a.Value))
}

// canonical is an element's name with the prefix of its vocabulary, in lower case, in r.name.
func (r *reader) canonical(written []byte) []byte {
	out := r.name[:0]
	colon := bytes.IndexByte(written, ':')
	var prefix []byte
	if colon >= 0 {
		prefix = written[:colon]
	}
	found := false
	for i := len(r.spaces) - 1; i >= 0; i-- {
		if s := &r.spaces[i]; bytes.Equal(s.prefix, prefix) {
			if found = s.known; found && s.name != "" {
				out = append(append(out, s.name...), ':')
			}
			break
		}
	}
	if !found && colon > 0 {
		out = append(append(out, prefix...), ':')
	}
	out = append(out, written[colon+1:]...)
	for i, c := range out {
		if 'A' <= c && c <= 'Z' {
			out[i] = c | 0x20
		}
	}
	return out
}

// inline writes the start tag of an element within a text.
func (r *reader) inline(t markup.Token, f *frame) {
	local := t.Name[bytes.IndexByte(t.Name, ':')+1:]
	c := r.text
	if !c.markup {
		if bytes.EqualFold(local, []byte("div")) && model.IsHTML(c.Type) || c.Type == "text/plain" && bytes.EqualFold(local, []byte("div")) {
			f.attr = nil
			f.name, f.extra = t.Name, "div" // a wrapper around escaped markup
			return
		}
		// It was said to be escaped, and is not.
		c.markup = true
		c.Type = "application/xhtml+xml"
	}
	first := len(bytes.TrimSpace(r.buf[r.frames[c.depth].from:])) == 0
	r.buf = append(append(r.buf, '<'), bytes.ToLower(local)...)
	for _, a := range t.Attrs {
		if bytes.HasPrefix(a.Name, []byte("xmlns")) && string(a.Name) != "xmlns:xlink" {
			continue
		}
		r.attribute(a.Name, r.value(a))
	}
	if l := strings.ToLower(string(local)); l == "svg" || l == "math" {
		name := strings.SplitN(string(r.canonical(t.Name)), ":", 2)[0]
		if name == "svg" {
			r.attribute([]byte("xmlns"), "http://www.w3.org/2000/svg")
		} else if name == "math" {
			r.attribute([]byte("xmlns"), "http://www.w3.org/1998/Math/MathML")
		}
	}
	r.buf = append(r.buf, '>')
	if first && bytes.EqualFold(local, []byte("div")) && c.divOpen == 0 {
		c.divOpen, c.divDepth = len(r.buf), len(r.frames)
	}
}

func (r *reader) attribute(name []byte, value string) {
	r.buf = append(append(append(r.buf, ' '), bytes.ToLower(name)...), '=', '"')
	for i := range len(value) {
		switch value[i] {
		case '"':
			r.buf = append(r.buf, "&quot;"...)
		case '&':
			r.buf = append(r.buf, "&amp;"...)
		case '<':
			r.buf = append(r.buf, "&lt;"...)
		case '>':
			r.buf = append(r.buf, "&gt;"...)
		default:
			r.buf = append(r.buf, value[i])
		}
	}
	r.buf = append(r.buf, '"')
}

// close ends the element of this name, and those within it that were left open. An end without
// a start is passed over.
func (r *reader) close(name []byte) {
	for i := len(r.frames) - 1; i >= 0; i-- {
		f := &r.frames[i]
		if !bytes.EqualFold(f.name, name) {
			if f.kind == item && !r.inSrc { // what closes an item's parents may not be within it
				if i > 0 && !r.closesOuter(i, name) {
					return
				}
			}
			continue
		}
		for len(r.frames) > i {
			r.end()
		}
		return
	}
}

func (r *reader) closesOuter(i int, name []byte) bool {
	for ; i >= 0; i-- {
		if bytes.EqualFold(r.frames[i].name, name) {
			return true
		}
	}
	return false
}

// end closes the innermost element.
func (r *reader) end() {
	f := &r.frames[len(r.frames)-1]
	if f.kind == inlineMarkup {
		r.endInline(f)
	} else {
		r.closed(f)
		r.buf = r.buf[:f.from]
	}
	r.spaces = r.spaces[:f.spaces]
	r.frames = r.frames[:len(r.frames)-1]
}

func (r *reader) endInline(f *frame) {
	c := r.text
	if c == nil || !c.markup || f.extra == "div" {
		return
	}
	if c.divOpen > 0 && c.divDepth == len(r.frames) {
		c.divClose = len(r.buf)
		c.divDepth = -1
	}
	local := f.name[bytes.IndexByte(f.name, ':')+1:]
	r.buf = append(append(append(r.buf, '<', '/'), bytes.ToLower(local)...), '>')
}

// context is what the innermost feed, source or item says of itself.
func (r *reader) context() *model.Meta {
	switch {
	case r.inSrc:
		return &r.source.Meta
	case r.inItem:
		return &r.item.Meta
	}
	return &r.feed.Meta
}

// open begins a text whose element may say its type.
func (r *reader) open(f *frame, t markup.Token, standard string) {
	r.texts = construct{Text: model.Text{Type: standard, Language: f.lang, Base: f.base}, depth: len(r.frames) - 1}
	mode := ""
	for _, a := range t.Attrs {
		switch strings.ToLower(string(a.Name)) {
		case "type":
			r.texts.Type = mediaType(r.value(a))
		case "mode":
			mode = r.value(a)
		case "src":
			r.texts.Src = r.value(a)
		}
	}
	r.texts.base64 = isBase64(mode, r.texts.Type)
	r.texts.markup = r.texts.Type == "application/xhtml+xml" || strings.HasSuffix(r.texts.Type, "xml")
	r.text = &r.texts
}

// take ends a text and makes it what its type says.
func (r *reader) take(f *frame) model.Text {
	c := r.text
	r.text = nil
	if c == nil {
		return model.Text{}
	}
	out := r.buf[f.from:]
	if c.divClose > 0 && r.feed.Format == "atom10" && len(bytes.TrimSpace(r.buf[c.divClose+len("</div>"):])) == 0 {
		out = r.buf[c.divOpen:c.divClose] // the <div> that XHTML content of Atom is wrapped in
	}
	value := string(bytes.TrimSpace(out))
	if c.base64 {
		if raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(value), "")); err == nil && utf8.Valid(raw) {
			value = string(raw)
		}
	}
	if c.Type == "text/plain" && !strings.HasPrefix(r.feed.Format, "atom") && fragment.LooksLikeHTML(value) {
		c.Type = "text/html"
	}
	if model.IsHTML(c.Type) {
		value = fragment.Clean(value, f.base, c.Type != "text/html")
	}
	c.Value = value
	return c.Text
}

// plain is the text of an element that has no markup.
func (r *reader) plain(f *frame) string { return string(bytes.TrimSpace(r.buf[f.from:])) }

// attributes are an element's attributes by canonical name.
func (r *reader) attributes(t markup.Token) map[string]string {
	m := make(map[string]string, len(t.Attrs))
	for _, a := range t.Attrs {
		if bytes.HasPrefix(a.Name, []byte("xmlns")) {
			continue
		}
		name, value := strings.ToLower(string(a.Name)), r.value(a)
		if strings.Contains(name, ":") {
			name = string(r.canonical(a.Name))
		}
		if name == "rel" || name == "type" {
			value = strings.ToLower(value)
		}
		m[name] = value
	}
	return m
}

// store keeps the value of an item's property if none was found less deep.
func (r *reader) store(k kind, set func()) {
	if r.inItem && !r.inSrc {
		if d := r.depths[k]; d != 0 && len(r.frames) > d {
			return
		}
		r.depths[k] = len(r.frames)
	}
	set()
}

func (r *reader) beginItem() {
	r.feed.Served++
	r.item = model.Item{}
	r.inItem, r.hasBody = true, false
	r.title = -1
	r.depths = [kinds]int{}
}

func (r *reader) endItem() {
	r.inItem = false
	if r.feed.Served > model.MaxItems {
		return
	}
	r.item.Finish()
	r.feed.Items = append(r.feed.Items, r.item)
}

func number(s string) int {
	n, _ := strconv.Atoi(strings.TrimSpace(s))
	return n
}
