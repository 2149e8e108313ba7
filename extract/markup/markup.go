// Package markup reads HTML into a light tree whose every piece knows its place in the source.
//
// The tokens are those of golang.org/x/net/html, in one pass; the tree is ours, because a
// browser's tree has no offsets, moves misnested content about, and costs quadratic time on
// some pages. Ours is made for reading, not for showing: elements that HTML closes by
// implication are closed (p, li, td, option and their like), misnested formatting tags are
// ignored, nothing is moved. Nodes lie in one slice and point to each other by index; nothing
// recurses, so depth costs nothing.
//
// Work and memory are linear in the source and bounded by the limits below; what they cut is
// told by Tree.Cuts. Scripts, styles and what the page hides are in the tree, marked Hidden.
package markup

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits. Of 1,519 real pages the largest has 2.2 MB and 9,748 elements, the deepest 52 levels;
// no tag has more than 64 attributes, no token more than 1.4 MB.
const (
	maxTags  = 250_000
	maxAttrs = 100
	maxToken = 3 << 20
	maxDepth = 512 // past it nothing is lost, but the page is flagged
	maxScan  = 128 // how far up the open elements an end tag looks for its start
)

// Tag names an element: an atom of HTML, or a number of the tree's own for a custom element.
type Tag = atom.Atom

const customTag Tag = 1 << 31

// Flags of a node.
const (
	Hidden uint8 = 1 << iota // not shown: script, template, display:none, the hidden attribute
	Space                    // text: white space stood before it
	Block                    // element: begins on a line of its own
)

// A Node is an element or a run of text.
type Node struct {
	Tag                 Tag // 0 for text
	Parent, First, Next int32
	last                int32
	Start, End          int32 // text: its place in Source; element: that of its start tag
	Close               int32 // element: where its content ends in Source
	Link                int32 // text: the a element it is link text of, 0 if none
	attr                int32
	attrs               uint8
	Flags               uint8
}

// An Attr is one attribute of an element, of the few the house reads.
type Attr struct {
	Key, Value string
}

// A Cut says what the limits left out.
type Cut struct {
	What  string // "tags", "token", "attributes", "depth"
	Count int
}

// A Tree is a page. Node 0 is the root and has no tag.
type Tree struct {
	Source string
	Nodes  []Node
	Cuts   []Cut
	attrs  []Attr
	custom map[string]Tag
}

// kept are the attributes that some rule reads.
var kept = map[string]bool{
	"class": true, "id": true, "itemprop": true, "itemtype": true, "rel": true, "href": true, "content": true,
	"name": true, "property": true, "datetime": true, "role": true, "type": true, "lang": true, "title": true,
	"http-equiv": true, "charset": true, "data-testid": true, "data-component": true, "pubdate": true,
	"data-timestamp": true, "data-time": true, "data-date": true, "data-published": true, "value": true, "src": true,
}

// Attr is the value of the attribute, "" if the element has none of that name or we do not keep it.
func (t *Tree) Attr(n int32, key string) string {
	node := &t.Nodes[n]
	for _, a := range t.attrs[node.attr : node.attr+int32(node.attrs)] {
		if a.Key == key {
			return a.Value
		}
	}
	return ""
}

// Attrs are the attributes that were kept.
func (t *Tree) Attrs(n int32) []Attr {
	node := &t.Nodes[n]
	return t.attrs[node.attr : node.attr+int32(node.attrs)]
}

// After is the node that follows n and all that n contains, in document order; 0 at the end.
func (t *Tree) After(n int32) int32 {
	for n != 0 {
		if next := t.Nodes[n].Next; next != 0 {
			return next
		}
		n = t.Nodes[n].Parent
	}
	return 0
}

// Following is the node after n in document order, its first child if it has one.
func (t *Tree) Following(n int32) int32 {
	if first := t.Nodes[n].First; first != 0 {
		return first
	}
	return t.After(n)
}

// Raw is the text of n as it stands in the source; for an element, that of its content.
func (t *Tree) Raw(n int32) string {
	node := &t.Nodes[n]
	if node.Tag == 0 {
		return t.Source[node.Start:node.End]
	}
	return t.Source[node.End:max(node.Close, node.End)]
}

// Text is the words inside n, unescaped, its white space folded, hidden text left out.
func (t *Tree) Text(n int32) string {
	var b strings.Builder
	end := t.After(n)
	for m := n; m != end; m = t.Following(m) {
		node := &t.Nodes[m]
		if node.Tag != 0 {
			if node.Flags&Block != 0 || node.Tag == atom.Br {
				b.WriteByte(' ')
			}
		} else if node.Flags&Hidden == 0 {
			if node.Flags&Space != 0 {
				b.WriteByte(' ')
			}
			b.WriteString(html.UnescapeString(t.Source[node.Start:node.End]))
		}
		if m == 0 && t.Nodes[0].First == 0 {
			break
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Parse reads source. It never fails: a page of nonsense is a tree with little in it.
func Parse(source string) *Tree {
	p := parser{classes: map[string]class{}, t: &Tree{Source: source}, z: html.NewTokenizer(strings.NewReader(source))}
	p.z.SetMaxBuf(maxToken)
	p.t.Nodes = make([]Node, 1, len(source)/40+16)
	p.t.attrs = make([]Attr, 0, len(source)/120+16)
	p.open = append(p.open, 0)
	p.run()
	return p.t
}

type parser struct {
	t     *Tree
	z     *html.Tokenizer
	open  []int32 // the open elements, the root first
	link  int32   // the a element that text is inside of
	space bool    // white space since the last text

	tags, dropped, deep int
	sawBody             bool
	classes             map[string]class
}

func (p *parser) run() {
	offset := 0
	for {
		kind := p.z.Next()
		if kind == html.ErrorToken {
			if !errors.Is(p.z.Err(), io.EOF) {
				p.cut("token", len(p.t.Source)-offset)
				p.text(offset, min(offset+maxToken, len(p.t.Source)))
			}
			break
		}
		size := len(p.z.Raw())
		switch kind {
		case html.TextToken:
			p.text(offset, offset+size)
		case html.StartTagToken, html.SelfClosingTagToken:
			if p.tags++; p.tags > maxTags {
				p.cut("tags", len(p.t.Source)-offset)
				p.finish(offset)
				return
			}
			p.start(offset, offset+size, kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := p.z.TagName()
			p.end(p.tag(name, false), offset)
		}
		offset += size
	}
	p.finish(len(p.t.Source))
}

func (p *parser) finish(offset int) {
	for len(p.open) > 1 {
		p.pop(offset)
	}
	p.t.Nodes[0].Close = int32(offset)
	if p.dropped > 0 {
		p.cut("attributes", p.dropped)
	}
	if p.deep > maxDepth {
		p.cut("depth", p.deep)
	}
}

func (p *parser) cut(what string, count int) { p.t.Cuts = append(p.t.Cuts, Cut{what, count}) }

// tag is the tag of that name; a custom one gets a number if add is set, else 0 if it is new.
func (p *parser) tag(name []byte, add bool) Tag {
	if a := atom.Lookup(name); a != 0 {
		return a
	}
	if t, ok := p.t.custom[string(name)]; ok || !add {
		return t
	}
	if p.t.custom == nil {
		p.t.custom = map[string]Tag{}
	}
	t := customTag | Tag(len(p.t.custom)+1)
	p.t.custom[string(name)] = t
	return t
}

func (p *parser) top() int32 { return p.open[len(p.open)-1] }

func (p *parser) pop(offset int) {
	n := p.top()
	node := &p.t.Nodes[n]
	node.Close = int32(offset)
	if node.Flags&Block != 0 {
		p.space = false
	}
	if n == p.link {
		p.link = 0
	}
	p.open = p.open[:len(p.open)-1]
}

// add appends a node as the last child of the innermost open element.
func (p *parser) add(n Node) int32 {
	parent := p.top()
	n.Parent = parent
	n.Flags |= p.t.Nodes[parent].Flags & (Hidden)
	i := int32(len(p.t.Nodes))
	p.t.Nodes = append(p.t.Nodes, n)
	if last := p.t.Nodes[parent].last; last != 0 {
		p.t.Nodes[last].Next = i
	} else {
		p.t.Nodes[parent].First = i
	}
	p.t.Nodes[parent].last = i
	return i
}

func (p *parser) text(start, end int) {
	if blank(p.t.Source[start:end]) {
		p.space = true
		return
	}
	if p.t.Nodes[p.top()].Tag == atom.Head {
		p.pop(start)
	}
	n := Node{Start: int32(start), End: int32(end), Link: p.link}
	if p.space {
		n.Flags = Space
	}
	p.space = false
	p.add(n)
}

func blank(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ' ', '\n', '\t', '\r', '\f':
		default:
			return false
		}
	}
	return true
}

func (p *parser) start(start, end int, selfClosing bool) {
	name, more := p.z.TagName()
	tag := p.tag(name, true)
	if tag == atom.Html || tag == atom.Body {
		// A page has one of each; what repeats them is not ours to merge. The first of each
		// keeps its attributes.
		if tag == atom.Body {
			for len(p.open) > 1 && p.t.Nodes[p.top()].Tag == atom.Head {
				p.pop(start)
			}
			if p.sawBody {
				return
			}
			p.sawBody = true
		} else if len(p.t.Nodes) > 1 {
			return
		}
	}
	if !inHead[tag] {
		if n := p.top(); p.t.Nodes[n].Tag == atom.Head {
			p.pop(start)
		}
	}
	p.implyEnds(tag, start)
	n := Node{Tag: tag, Start: int32(start), End: int32(end), Close: int32(end), attr: int32(len(p.t.attrs))}
	if blocks[tag] {
		n.Flags |= Block
		p.space = false
	}
	if hiddenTags[tag] {
		n.Flags |= Hidden
	}
	count := 0
	streamed := false
	var key, value []byte
	for more {
		key, value, more = p.z.TagAttr()
		if count++; count > maxAttrs {
			p.dropped++
			continue
		}
		n.Flags |= p.hides(tag, key, value)
		streamed = streamed || tag == atom.Div && string(key) == "id" && streamID(value)
		if k, ok := keptKey(key); ok && n.attrs < 255 {
			if len(value) > maxValue && k != "content" {
				value = bytes.ToValidUTF8(value[:maxValue], nil)
			}
			var v string
			if k == "class" {
				v = p.class(value).name
			} else {
				v = string(value)
			}
			p.t.attrs = append(p.t.attrs, Attr{k, v})
			n.attrs++
		}
	}
	if tag == atom.Html || tag == atom.Body || streamed {
		n.Flags &^= Hidden // a page that shows itself by script hides itself first
	}
	i := p.add(n)
	if voids[tag] || selfClosing && p.inForeign() {
		p.z.NextIsNotRawText()
		return
	}
	p.open = append(p.open, i)
	if p.inForeign() {
		p.z.NextIsNotRawText() // a title or style of a drawing holds markup, and "<title/>" ends at once
	}
	if d := len(p.open); d > p.deep {
		p.deep = d
	}
	if tag == atom.A && p.t.Attr(i, "href") != "" {
		p.link = i
	}
}

// maxValue bounds what is kept of an attribute; only a meta tag's content may be longer.
const maxValue = 2000

func keptKey(key []byte) (string, bool) {
	for k := range kept1[keySlot(key)] {
		if kept1[keySlot(key)][k] == string(key) {
			return kept1[keySlot(key)][k], true
		}
	}
	return "", false
}

func keySlot(key []byte) int { return min(len(key), len(kept1)-1) }

// kept1 is kept by length, so that a key costs no allocation.
var kept1 = func() (by [16][]string) {
	for k := range kept {
		by[min(len(k), 15)] = append(by[min(len(k), 15)], k)
	}
	return by
}()

// implyEnds closes what the start of tag closes (HTML Living Standard, 13.2.6.4.7).
func (p *parser) implyEnds(tag Tag, offset int) {
	if foreignBreak[tag] {
		p.leaveForeign(offset)
	}
	switch tag {
	case atom.Li:
		p.closeUpTo(offset, isTag(atom.Li), isAny(atom.Ul, atom.Ol, atom.Menu, atom.Table, atom.Td))
	case atom.Dd, atom.Dt:
		p.closeUpTo(offset, isAny(atom.Dd, atom.Dt), isAny(atom.Dl, atom.Table, atom.Td))
	case atom.Option, atom.Optgroup:
		p.closeUpTo(offset, isTag(atom.Option), isAny(atom.Select))
	case atom.Tr:
		p.closeUpTo(offset, isTag(atom.Tr), isAny(atom.Table))
	case atom.Td, atom.Th:
		p.closeUpTo(offset, isAny(atom.Td, atom.Th), isAny(atom.Tr, atom.Table))
	case atom.Tbody, atom.Thead, atom.Tfoot:
		p.closeUpTo(offset, isAny(atom.Tbody, atom.Thead, atom.Tfoot), isAny(atom.Table))
	case atom.A:
		if p.link != 0 {
			p.closeInline(atom.A, offset)
			p.link = 0
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if n := p.top(); isHeading(p.t.Nodes[n].Tag) {
			p.pop(offset)
		}
	}
	if blocks[tag] && tag != atom.Br {
		p.closeInline(atom.P, offset)
	}
}

type test func(Tag) bool

func isTag(want Tag) test { return func(t Tag) bool { return t == want } }
func isAny(want ...Tag) test {
	return func(t Tag) bool {
		for _, w := range want {
			if t == w {
				return true
			}
		}
		return false
	}
}

func isHeading(t Tag) bool {
	switch t {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// closeUpTo closes the nearest open element that match takes, unless one that stop takes is nearer.
func (p *parser) closeUpTo(offset int, match, stop test) {
	for i := len(p.open) - 1; i > 0 && i > len(p.open)-maxScan; i-- {
		tag := p.t.Nodes[p.open[i]].Tag
		if match(tag) {
			for len(p.open) > i {
				p.pop(offset)
			}
			return
		}
		if stop(tag) {
			return
		}
	}
}

// closeInline closes the nearest open element of the tag if only inline ones are nearer.
func (p *parser) closeInline(want Tag, offset int) {
	for i := len(p.open) - 1; i > 0 && i > len(p.open)-maxScan; i-- {
		node := &p.t.Nodes[p.open[i]]
		if node.Tag == want {
			for len(p.open) > i {
				p.pop(offset)
			}
			return
		}
		if node.Flags&Block != 0 || node.Tag == atom.Button || node.Tag == atom.Template {
			return
		}
	}
}

func (p *parser) end(tag Tag, offset int) {
	switch {
	case tag == 0 || tag == atom.Html || tag == atom.Body || voids[tag]:
		return
	case tag == atom.A:
		p.closeInline(tag, offset)
		p.link = 0
	case isHeading(tag):
		p.closeUpTo(offset, isHeading, isAny(atom.Td, atom.Table, atom.Body))
	case inlines[tag]:
		p.closeInline(tag, offset)
	case cells[tag]:
		p.closeUpTo(offset, isTag(tag), isAny(atom.Table))
	case tag == atom.Table || tag == atom.Svg || tag == atom.Template:
		p.closeUpTo(offset, isTag(tag), isAny(atom.Body))
	default:
		p.closeUpTo(offset, isTag(tag), isAny(atom.Td, atom.Th, atom.Table, atom.Body))
	}
}

// inForeign reports whether the innermost open elements are SVG or MathML.
func (p *parser) inForeign() bool {
	for i := len(p.open) - 1; i > 0 && i > len(p.open)-16; i-- {
		switch p.t.Nodes[p.open[i]].Tag {
		case atom.Svg, atom.Math:
			return true
		case atom.Foreignobject, atom.Body, atom.Div:
			return false
		}
	}
	return false
}

func (p *parser) leaveForeign(offset int) {
	for i := len(p.open) - 1; i > 0 && i > len(p.open)-16; i-- {
		switch p.t.Nodes[p.open[i]].Tag {
		case atom.Svg, atom.Math:
			for len(p.open) > i {
				p.pop(offset)
			}
			return
		case atom.Foreignobject, atom.Body:
			return
		}
	}
}

// A class is a value of the attribute that was met before: pages repeat a few hundred.
type class struct {
	name   string
	unseen bool
}

func (p *parser) class(value []byte) class {
	c, known := p.classes[string(value)]
	if !known {
		c = class{string(value), len(value) >= 7 && len(value) <= 300 && unseenClass(value)}
		p.classes[c.name] = c
	}
	return c
}

// streamID reports whether an id is of the form S:1f, with which React marks content that
// comes after its place in the page and that a script moves there at once: it is hidden for
// no reader.
func streamID(id []byte) bool {
	if len(id) < 3 || len(id) > 8 || id[0] != 'S' || id[1] != ':' {
		return false
	}
	for _, c := range id[2:] {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f') {
			return false
		}
	}
	return true
}

// hides is what an attribute says about being seen.
func (p *parser) hides(tag Tag, key, value []byte) uint8 {
	switch string(key) {
	case "hidden":
		if !bytes.EqualFold(value, []byte("until-found")) {
			return Hidden
		}
	case "aria-hidden":
		if bytes.EqualFold(bytes.TrimSpace(value), []byte("true")) {
			return Hidden
		}
	case "style":
		if hidingStyle(value) {
			return Hidden
		}
	case "class":
		if tag != atom.H1 && p.class(value).unseen {
			return Hidden
		}
	}
	return 0
}

// unseenWords are in the classes that style sheets give to text for screen
// readers, whatever the build adds before and after them.
var unseenWords = [][]byte{[]byte("sr-only"), []byte("visually-hidden"), []byte("visuallyhidden"), []byte("screen-reader"), []byte("screenreader"), []byte("visually_hidden"),
	[]byte("element-invisible"), []byte("offscreen"), []byte("off-screen"), []byte("show-for-sr"), []byte("assistive-text"), []byte("a11y-hidden"), []byte("accessibly-hidden"), []byte("u-hiddenvisually"), []byte("visuallyHidden")}

func unseenClass(value []byte) bool {
	for field := range bytes.FieldsSeq(value) {
		for _, w := range unseenWords {
			if bytes.Contains(field, w) && !bytes.HasPrefix(field, []byte("not-")) && !bytes.Contains(field, []byte("container")) && !bytes.Contains(field, []byte(":")) {
				return true
			}
		}
	}
	return false
}

// hidingStyle reports whether a style attribute takes its element out of sight.
func hidingStyle(style []byte) bool {
	if len(style) > 2000 {
		style = style[:2000]
	}
	for decl := range bytes.SplitSeq(style, []byte(";")) {
		name, value, ok := bytes.Cut(decl, []byte(":"))
		if !ok {
			continue
		}
		name, value = bytes.TrimSpace(name), bytes.TrimSpace(value)
		value = bytes.TrimSpace(bytes.TrimSuffix(bytes.ToLower(value), []byte("!important")))
		switch strings.ToLower(string(name)) {
		case "display":
			if string(value) == "none" {
				return true
			}
		case "visibility":
			if string(value) == "hidden" || string(value) == "collapse" {
				return true
			}
		case "font-size":
			if zeroLength(value) {
				return true
			}
		case "left", "top", "right", "text-indent", "margin-left":
			// "-9999px" and its like
			if len(value) >= 6 && value[0] == '-' && value[1] >= '1' && value[2] >= '0' && value[2] <= '9' && value[3] >= '0' && value[3] <= '9' && value[4] >= '0' && value[4] <= '9' {
				return true
			}
		}
	}
	return false
}

// zeroLength reports whether a CSS length is nothing: "0", "0px", "0.0em".
func zeroLength(v []byte) bool {
	digits := false
	for _, c := range v {
		switch {
		case c >= '1' && c <= '9':
			return false
		case c == '0':
			digits = true
		}
	}
	return digits
}

// Inner is the text of an element whose content is hidden by nature, such as title.
func (t *Tree) Inner(n int32) string {
	return strings.Join(strings.Fields(html.UnescapeString(t.Raw(n))), " ")
}
