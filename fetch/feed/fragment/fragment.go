// Package fragment makes a piece of HTML from a feed safe to show, and its addresses absolute.
//
// It reads the piece tag by tag and writes anew what the lists of allowed.go allow: elements
// and attributes of HTML, MathML and SVG without scripts, styles of harmless properties,
// addresses of harmless schemes. What stands in a script, a style or an applet is left out,
// of other elements only the tags. Characters that could begin a tag are escaped, so that
// nothing left out can make a tag of what stays. Entities stay as written.
//
// It builds no tree: ends without a start stay, as do starts without an end. Who shows a
// fragment inside a page closes it there. The form is that of feedparser, whose test suite it
// was held against; where safety asked for more, it differs (allowed.go).
package fragment

import (
	"bytes"
	"slices"
	"strings"

	"dateline/fetch/feed/markup"
)

// Clean is src made safe. Relative addresses are resolved against base where it is not "". With
// xhtml, an element that closes itself ends at once, as XML has it.
func Clean(src, base string, xhtml bool) string {
	src = strings.TrimSpace(src)
	if strings.IndexByte(src, '<') < 0 && strings.IndexByte(src, '&') < 0 && strings.IndexByte(src, '\r') < 0 {
		return src
	}
	c := cleaner{base: base, xhtml: xhtml, out: make([]byte, 0, len(src)+len(src)/16)}
	c.read(src)
	out := strings.TrimSpace(string(c.out))
	if strings.Contains(out, "\r\n") {
		out = strings.ReplaceAll(out, "\r\n", "\n")
	}
	return out
}

type attribute struct{ name, value string }

type cleaner struct {
	base   string
	xhtml  bool
	out    []byte
	hidden int // how many open elements hide their content
	svg    int
	math   int
	attrs  []attribute
}

func (c *cleaner) read(s string) {
	for len(s) > 0 {
		i := strings.IndexAny(s, "<&")
		if i < 0 {
			c.text(s)
			return
		}
		c.text(s[:i])
		s = s[i:]
		if s[0] == '&' {
			s = s[c.reference(s):]
			continue
		}
		s = s[c.markup(s):]
	}
}

func (c *cleaner) text(s string) {
	if c.hidden == 0 {
		c.out = append(c.out, s...)
	}
}

// reference keeps a reference that s begins with, or escapes its ampersand.
func (c *cleaner) reference(s string) int {
	n := referenceLength(s)
	switch {
	case n == 0:
		c.text("&amp;")
		return 1
	case s[1] == '#':
		ref := strings.ToLower(s[:n])
		switch {
		case ref == "&#39;":
			c.text("'")
		case ref == "&#34;":
			c.text(`"`)
		default:
			c.text(windows(ref))
		}
	default:
		c.text(s[:n])
	}
	return n
}

// referenceLength is the length of the reference that s begins with, 0 if it is none.
func referenceLength(s string) int {
	end := strings.IndexByte(s[:min(len(s), 34)], ';')
	if end < 2 {
		return 0
	}
	name := s[1:end]
	if name[0] == '#' {
		digits := name[1:]
		hex := len(digits) > 1 && (digits[0] == 'x' || digits[0] == 'X')
		if hex {
			digits = digits[1:]
		}
		for _, r := range digits {
			if !('0' <= r && r <= '9' || hex && ('a' <= r|0x20 && r|0x20 <= 'f')) {
				return 0
			}
		}
		if digits == "" {
			return 0
		}
		return end + 1
	}
	switch name {
	case "amp", "lt", "gt", "quot", "apos":
	default:
		if markup.Named(name) == "" {
			return 0
		}
	}
	return end + 1
}

// markup handles what begins with "<" and is how long it is.
func (c *cleaner) markup(s string) int {
	if len(s) < 2 {
		c.text("&lt;")
		return 1
	}
	switch d := s[1]; {
	case strings.HasPrefix(s, "<!--"):
		if end := strings.Index(s[4:], "-->"); end >= 0 {
			return end + 7 // a comment says nothing to a reader
		}
		if end := strings.IndexByte(s, '>'); end >= 0 && strings.Contains(s[4:], "--") {
			return end + 1
		}
		return len(s)
	case d == '!' && len(s) > 9 && strings.EqualFold(s[2:9], "doctype"), d == '?':
		if end := strings.IndexByte(s, '>'); end >= 0 {
			return end + 1
		}
		return len(s)
	case d == '/' && len(s) > 2 && letter(s[2]):
		end := strings.IndexAny(s[1:], "<>") + 1
		if end == 0 {
			end = len(s)
		}
		name, _, _ := strings.Cut(s[2:end], " ")
		c.end(strings.ToLower(strings.TrimSpace(name)))
		if end < len(s) && s[end] == '>' {
			end++
		}
		return end
	case letter(d):
		return c.start(s)
	}
	c.text("&lt;")
	return 1
}

func letter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

func blank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == '\f' }

// start reads a start tag and is how long it is.
func (c *cleaner) start(s string) int {
	i := 1
	for i < len(s) && !blank(s[i]) && s[i] != '>' && s[i] != '/' && s[i] != '<' {
		i++
	}
	name := strings.ToLower(s[1:i])
	c.attrs = c.attrs[:0]
	empty := false
	for {
		for i < len(s) && (blank(s[i]) || s[i] == '/') {
			empty = s[i] == '/'
			i++
		}
		if i >= len(s) || s[i] == '<' {
			break
		}
		if s[i] == '>' {
			i++
			break
		}
		empty = false
		from := i
		for i < len(s) && !blank(s[i]) && s[i] != '=' && s[i] != '>' && s[i] != '/' && s[i] != '<' {
			i++
		}
		a := attribute{name: strings.ToLower(s[from:i])}
		for i < len(s) && blank(s[i]) {
			i++
		}
		if i < len(s) && s[i] == '=' {
			for i++; i < len(s) && blank(s[i]); i++ {
			}
			if i < len(s) && (s[i] == '"' || s[i] == '\'') {
				end := strings.IndexByte(s[i+1:], s[i])
				if end < 0 {
					end = len(s) - i - 1
				}
				a.value = s[i+1 : i+1+end]
				i = min(i+end+2, len(s))
			} else {
				from = i
				for i < len(s) && !blank(s[i]) && s[i] != '>' {
					i++
				}
				a.value = s[from:i]
			}
		} else if a.name == "" {
			i++
			continue
		} else {
			a.value = a.name // <input checked>
		}
		if len(c.attrs) < markup.MaxAttributes {
			c.attrs = append(c.attrs, a)
		}
	}
	bare := len(c.attrs) == 0
	c.open(name)
	if empty && !void[name] && (c.xhtml || bare) {
		c.end(name)
	}
	return i
}

func (c *cleaner) get(name string) string {
	for _, a := range c.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

const (
	svgSpace  = "http://www.w3.org/2000/svg"
	mathSpace = "http://www.w3.org/1998/Math/MathML"
	linkSpace = "http://www.w3.org/1999/xlink"
)

// open writes a start tag if it is allowed here.
func (c *cleaner) open(name string) {
	allowed := attributes
	if !elements[name] || c.svg > 0 {
		if withContent[name] {
			c.hidden++
		}
		space := map[string]string{"svg": svgSpace, "math": mathSpace}[name]
		if space != "" && !c.xhtml && c.get("xmlns") == "" {
			c.attrs = append(c.attrs, attribute{"xmlns", space})
		}
		if space != "" && c.get("xmlns") == space {
			if name == "svg" {
				c.svg++
			} else {
				c.math++
			}
		}
		switch {
		case c.math > 0 && mathElements[name]:
			allowed = mathAttributes
		case c.svg > 0 && svgElements[name]:
			allowed = svgAttributes
			if m := mixed[name]; m != "" {
				name = m
			}
		case !elements[name]:
			return
		}
	}
	if c.hidden > 0 {
		return
	}
	if c.svg+c.math > 0 && c.get("xmlns:xlink") != linkSpace &&
		slices.ContainsFunc(c.attrs, func(a attribute) bool { return strings.HasPrefix(a.name, "xlink:") }) {
		c.attrs = append(c.attrs, attribute{"xmlns:xlink", linkSpace})
	}
	c.out = append(append(c.out, '<'), name...)
	for _, a := range c.sorted() {
		if allowed[a.name] {
			c.attribute(name, a)
		}
	}
	if void[name] {
		c.out = append(c.out, " />"...)
	} else {
		c.out = append(c.out, '>')
	}
}

// sorted are the attributes by name; of two with one name the last counts.
func (c *cleaner) sorted() []attribute {
	if len(c.attrs) < 2 {
		return c.attrs
	}
	slices.SortStableFunc(c.attrs, func(a, b attribute) int { return strings.Compare(a.name, b.name) })
	kept := c.attrs[:0]
	for i, a := range c.attrs {
		if i+1 == len(c.attrs) || c.attrs[i+1].name != a.name {
			kept = append(kept, a)
		}
	}
	return kept
}

func (c *cleaner) attribute(element string, a attribute) {
	name, value := a.name, a.value
	switch {
	case name == "style":
		if value = c.style(value); value == "" {
			return
		}
	case addresses[name]:
		value = c.address(element, name, value)
	case name == "rel" || name == "type":
		value = strings.ToLower(value)
	}
	if c.svg > 0 {
		if m := mixed[name]; m != "" {
			name = m
		}
	}
	c.out = append(append(append(c.out, ' '), name...), '=', '"')
	for {
		i := strings.IndexAny(value, `<>"&`)
		if i < 0 {
			break
		}
		c.out = append(c.out, value[:i]...)
		n := 1
		switch value[i] {
		case '<':
			c.out = append(c.out, "&lt;"...)
		case '>':
			c.out = append(c.out, "&gt;"...)
		case '"':
			c.out = append(c.out, "&quot;"...)
		default:
			if n = referenceLength(value[i:]); n > 0 {
				c.out = append(c.out, value[i:i+n]...)
			} else {
				c.out, n = append(c.out, "&amp;"...), 1
			}
		}
		value = value[i+n:]
	}
	c.out = append(append(c.out, value...), '"')
}

// address is an address made absolute where its element has one to follow, "" if its scheme is
// none that a reader may follow.
func (c *cleaner) address(element, name, value string) string {
	printed := strings.TrimSpace(value)
	plain := printed
	if strings.IndexByte(plain, '&') >= 0 { // how a browser would read it
		plain = string(new(markup.Scanner).AppendText(nil, []byte(plain)))
	}
	plain = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, plain)
	if scheme := Scheme(plain); scheme != "" {
		if !schemes[scheme] {
			return ""
		}
		return printed
	}
	if i := strings.IndexByte(plain, ':'); i >= 0 && !strings.ContainsAny(plain[:i], "/?#") && i > 0 && letter(plain[0]) {
		return "" // what calls itself a scheme and is none
	}
	if c.base != "" && printed != "" && resolved[element+" "+name] {
		return Resolve(c.base, printed)
	}
	return value
}

// end writes an end tag if its element is allowed here.
func (c *cleaner) end(name string) {
	if !elements[name] {
		if withContent[name] && c.hidden > 0 {
			c.hidden--
		}
		switch {
		case c.math > 0 && mathElements[name]:
			if name == "math" {
				c.math--
			}
		case c.svg > 0 && svgElements[name]:
			if name == "svg" {
				c.svg--
			}
			if m := mixed[name]; m != "" {
				name = m
			}
		default:
			return
		}
	}
	if !void[name] && c.hidden == 0 {
		c.out = append(append(append(c.out, '<', '/'), name...), '>')
	}
}

// windows turns a reference to a C1 control into the character of windows-1252 that was meant.
func windows(ref string) string {
	var n int
	for _, d := range ref[2 : len(ref)-1] {
		if d < '0' || d > '9' || n > 0xff {
			return ref
		}
		n = n*10 + int(d-'0')
	}
	if n < 0x80 || n > 0x9f {
		return ref
	}
	for _, r := range markup.Char(rune(n)) {
		if r >= 0xa0 {
			return "&#x" + strings.ToLower(hex(r)) + ";"
		}
	}
	return ref
}

func hex(r rune) string {
	const digits = "0123456789abcdef"
	var b []byte
	for ; r > 0; r >>= 4 {
		b = append(b, digits[r&15])
	}
	slices.Reverse(b)
	return string(b)
}

// LooksLikeHTML tells whether a text that should be plain is HTML: it has an end tag or a
// reference, all its tags are harmless ones of HTML, and all its references name something. It
// errs towards plain text.
func LooksLikeHTML(s string) bool {
	if strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '&') < 0 {
		return false
	}
	qualified := false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '&':
			j := i + 1
			for j < len(s) && (s[j] == '#' && j == i+1 || wordByte(s[j])) {
				j++
			}
			if j < len(s) && s[j] == ';' && j > i+1 {
				if s[i+1] != '#' && referenceLength(s[i:]) == 0 {
					return false
				}
				qualified = true
			}
		case '<':
			j := i + 1
			closing := j < len(s) && s[j] == '/'
			if closing {
				j++
			}
			from := j
			for j < len(s) && wordByte(s[j]) {
				j++
			}
			if j == from {
				continue
			}
			if !elements[strings.ToLower(s[from:j])] {
				return false
			}
			if closing && j < len(s) && s[j] == '>' {
				qualified = true
			}
		}
	}
	return qualified
}

func wordByte(b byte) bool { return letter(b) || '0' <= b && b <= '9' || b == '_' || b >= 0x80 }

// Plain is the text of a fragment that Clean made, without its tags, references resolved,
// blanks joined.
func Plain(s string) string {
	if strings.IndexByte(s, '<') >= 0 {
		var b strings.Builder
		for {
			i := strings.IndexByte(s, '<')
			if i < 0 {
				break
			}
			b.WriteString(s[:i])
			end := strings.IndexByte(s[i:], '>')
			if end < 0 {
				s = ""
				break
			}
			if tag := s[i+1 : i+end]; !inline[strings.Trim(strings.ToLower(firstWord(tag)), "/")] {
				b.WriteByte(' ')
			}
			s = s[i+end+1:]
		}
		b.WriteString(s)
		s = b.String()
	}
	if strings.IndexByte(s, '&') >= 0 {
		s = string(new(markup.Scanner).AppendText(nil, []byte(s)))
	}
	return string(bytes.Join(bytes.Fields([]byte(s)), []byte(" ")))
}

func firstWord(s string) string {
	if i := strings.IndexAny(s, " \t\n"); i >= 0 {
		return s[:i]
	}
	return s
}

var inline = set("a abbr b big cite code em font i kbd mark q s samp small span strike strong sub sup tt u var")
