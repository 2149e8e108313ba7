// Package charset turns the bytes of a feed into UTF-8 that XML allows.
//
// The order is: a byte order mark (UTF-8, 16, 32), the pattern that "<?xml" makes in UTF-16 and
// UTF-32, bytes that are valid UTF-8 whatever is declared (no legacy text of any length is by
// accident), the label of the HTTP header, the label of the XML declaration, and for bytes that
// none of them explains a guess by how a legacy encoding would read (guess.go). What was
// overruled or repaired is said in Flags. UTF-7 and the encodings the WHATWG standard forbids
// are never decoded.
//
// Control characters and noncharacters that XML forbids are left out, invalid bytes become
// U+FFFD and are flagged.
package charset

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"mime"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	htmlcharset "golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"

	"dateline/news"
)

// A Text is a decoded document.
type Text struct {
	UTF8  []byte
	Label string // of the encoding it was read in, as declared where that was followed
	Flags []news.Flag
}

// Decode decodes raw, which was served with this Content-Type ("" if unknown).
func Decode(raw []byte, contentType string) Text {
	if t, ok := decodeWide(raw); ok {
		return t
	}
	bom := bytes.HasPrefix(raw, []byte("\xef\xbb\xbf"))
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	served, declared := label(contentType), prolog(raw)
	if i := nonASCII(raw); i == len(raw) { // any encoding that is not wide reads it alike
		if e := stateful(first(served, declared)); e != nil {
			if t, ok := decodeLegacy(e, raw, strings.ToLower(first(served, declared))); ok {
				return t
			}
		}
		t := Text{UTF8: clean(raw), Label: strings.ToLower(first(served, declared, "utf-8"))}
		if served == "" && strings.HasPrefix(strings.TrimSpace(strings.ToLower(contentType)), "text/") {
			t.Label = "us-ascii" // what text/* without a charset is (RFC 2046), and the bytes are
		}
		if t.Label == "gb2312" {
			t.Label = "gb18030"
		}
		return t
	}
	if bom || utf8.Valid(raw) {
		t := Text{Label: "utf-8"}
		t.UTF8 = clean(repairUTF8(raw, &t))
		if named := first(served, declared); !bom && named != "" && !isUTF8(named) {
			t.Flags = append(t.Flags, news.Flag{Name: "charset-repaired", Detail: fmt.Sprintf("declared %q, the bytes are UTF-8", named)})
		}
		return t
	}
	for _, named := range []string{served, declared} {
		if e, _ := lookup(named); e != nil && !isUTF8(named) {
			if t, ok := decodeLegacy(e, raw, strings.ToLower(named)); ok {
				if named != first(served, declared) {
					t.Flags = append(t.Flags, news.Flag{Name: "charset-repaired", Detail: fmt.Sprintf("served as %q, read as %q", served, declared)})
				}
				return t
			}
		}
	}
	return undeclared(raw, first(served, declared))
}

// undeclared reads bytes that no declaration explains: mostly UTF-8 with some bad bytes, or a
// legacy encoding to be guessed.
func undeclared(raw []byte, declared string) Text {
	good, bad := tally(raw)
	if good > 0 && good >= bad { // characters of several bytes that fit are no accident
		t := Text{Label: "utf-8"}
		t.UTF8 = clean(repairUTF8(raw, &t))
		return t
	}
	name, e := Guess(raw)
	t, _ := decodeLegacy(e, raw, name)
	what := "nothing is declared"
	if declared != "" {
		what = fmt.Sprintf("declared %q, which the bytes are not", declared)
	}
	t.Flags = append(t.Flags, news.Flag{Name: "charset-repaired", Detail: what + ", read as " + name})
	return t
}

func tally(raw []byte) (good, bad int) {
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good, bad
}

func first(names ...string) string {
	for _, n := range names {
		if n != "" {
			return n
		}
	}
	return ""
}

// nonASCII is where the first byte beyond ASCII stands, len(raw) if there is none.
func nonASCII(raw []byte) int {
	i := 0
	for ; i+8 <= len(raw) && binary.LittleEndian.Uint64(raw[i:])&high == 0; i += 8 {
	}
	for ; i < len(raw); i++ {
		if raw[i] >= utf8.RuneSelf {
			return i
		}
	}
	return len(raw)
}

// Of eight bytes at once: their high bits, and their lowest ones.
const high, low = 0x8080808080808080, 0x0101010101010101

// unsuspicious tells whether none of eight bytes is a control, DEL, or beyond ASCII.
func unsuspicious(w uint64) bool {
	return (w|(w-0x20*low)|(w+low))&high == 0
}

// lookup is the encoding of a label, nil where there is none that may be decoded.
func lookup(label string) (encoding.Encoding, string) {
	if label == "" {
		return nil, ""
	}
	e, name := htmlcharset.Lookup(label)
	if e == nil || name == "replacement" || name == "x-user-defined" || strings.HasPrefix(name, "utf-16") {
		if e := further[strings.ToLower(label)]; e != nil {
			return e, label
		}
		return nil, ""
	}
	return e, name
}

func isUTF8(label string) bool {
	_, name := htmlcharset.Lookup(label)
	return name == "utf-8"
}

// stateful is the encoding if it hides characters behind escapes in ASCII.
func stateful(label string) encoding.Encoding {
	if e, name := lookup(label); name == "iso-2022-jp" {
		return e
	}
	return nil
}

// label is the charset parameter of a Content-Type.
func label(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		_, after, ok := strings.Cut(strings.ToLower(contentType), "charset=")
		if !ok {
			return ""
		}
		after, _, _ = strings.Cut(after, ";")
		return strings.Trim(strings.TrimSpace(after), `"'`)
	}
	return strings.Trim(params["charset"], `"'`)
}

// prolog is the encoding that the XML declaration names.
func prolog(raw []byte) string {
	head := raw[:min(len(raw), 1024)]
	i := bytes.Index(head, []byte("<?xml"))
	if i < 0 {
		return ""
	}
	end := bytes.IndexByte(head[i:], '>')
	if end < 0 {
		return ""
	}
	_, after, ok := strings.Cut(string(head[i:i+end]), "encoding")
	if !ok {
		return ""
	}
	after = strings.TrimLeft(after, " \t\r\n=")
	if after == "" || after[0] != '"' && after[0] != '\'' {
		return ""
	}
	value, _, ok := strings.Cut(after[1:], after[:1])
	if !ok {
		return ""
	}
	return strings.TrimSpace(value)
}

// decodeLegacy decodes by e; not ok if much of it means nothing there.
func decodeLegacy(e encoding.Encoding, raw []byte, name string) (Text, bool) {
	out, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return Text{}, false
	}
	t := Text{Label: name}
	if n := bytes.Count(out, []byte("\uFFFD")); n > 0 {
		if n > 3 && n > (len(raw)-nonASCIICount(raw))/50 && n*4 > nonASCIICount(raw) {
			return Text{}, false
		}
		t.Flags = append(t.Flags, news.Flag{Name: "charset-replaced", Detail: fmt.Sprintf("%d places mean nothing in %s", n, name)})
	}
	if name == "gb2312" || name == "gbk" {
		t.Label = "gb18030"
	}
	t.UTF8 = clean(out)
	return t, true
}

func nonASCIICount(raw []byte) int {
	n := 0
	for _, c := range raw {
		if c >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// decodeWide decodes UTF-16 and UTF-32, by their mark or by how "<?" or "<r" looks in them.
func decodeWide(raw []byte) (Text, bool) {
	if len(raw) < 4 {
		return Text{}, false
	}
	var order binary.ByteOrder = binary.BigEndian
	var size, skip int
	var name string
	a, b, c, d := raw[0], raw[1], raw[2], raw[3]
	switch {
	case a == 0 && b == 0 && c == 0xfe && d == 0xff:
		size, skip, name = 4, 4, "utf-32be"
	case a == 0xff && b == 0xfe && c == 0 && d == 0:
		size, skip, name, order = 4, 4, "utf-32le", binary.LittleEndian
	case a == 0xfe && b == 0xff:
		size, skip, name = 2, 2, "utf-16be"
	case a == 0xff && b == 0xfe:
		size, skip, name, order = 2, 2, "utf-16le", binary.LittleEndian
	case a == 0 && b == 0 && c == 0 && d == '<':
		size, name = 4, "utf-32be"
	case a == '<' && b == 0 && c == 0 && d == 0:
		size, name, order = 4, "utf-32le", binary.LittleEndian
	case a == 0 && b == '<' && c == 0:
		size, name = 2, "utf-16be"
	case a == '<' && b == 0 && d == 0:
		size, name, order = 2, "utf-16le", binary.LittleEndian
	case a == 0x4c && b == 0x6f && c == 0xa7 && d == 0x94: // <?xm in EBCDIC
		out, err := further["cp037"].NewDecoder().Bytes(raw)
		return Text{UTF8: clean(out), Label: "cp037"}, err == nil
	default:
		return Text{}, false
	}
	raw = raw[skip:]
	out := make([]byte, 0, len(raw))
	bad := 0
	if len(raw)%size != 0 {
		bad++
	}
	for i := 0; i+size <= len(raw); i += size {
		var r rune
		if size == 4 {
			r = rune(order.Uint32(raw[i:])) //nolint:gosec // values beyond Unicode become U+FFFD below
		} else if r = rune(order.Uint16(raw[i:])); utf16.IsSurrogate(r) && i+4 <= len(raw) {
			if whole := utf16.DecodeRune(r, rune(order.Uint16(raw[i+2:]))); whole != utf8.RuneError {
				r, i = whole, i+2
			}
		}
		if !utf8.ValidRune(r) {
			r = utf8.RuneError
			bad++
		}
		out = utf8.AppendRune(out, r)
	}
	t := Text{UTF8: clean(out), Label: name}
	if bad > 0 {
		t.Flags = append(t.Flags, news.Flag{Name: "charset-replaced", Detail: fmt.Sprintf("%d places mean nothing in %s", bad, name)})
	}
	return t, true
}

func repairUTF8(raw []byte, t *Text) []byte {
	if utf8.Valid(raw) {
		return raw
	}
	out := make([]byte, 0, len(raw)+16)
	bad := 0
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		}
		out = utf8.AppendRune(out, r)
		i += n
	}
	t.Flags = append(t.Flags, news.Flag{Name: "charset-replaced", Detail: fmt.Sprintf("%d bytes are not UTF-8", bad)})
	return out
}

// forbidden marks the first bytes that clean must look at: controls, and the first byte of the
// noncharacters U+FFFE, U+FFFF and of C1 controls.
var forbidden = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = c != '\t' && c != '\n' && c != '\r'
	}
	t[0x7f], t[0xef], t[0xc2] = true, true, true
	return
}()

// clean leaves out what XML forbids, and turns the C1 controls into what windows-1252 has in
// their place. Bytes that need no cleaning are not copied.
func clean(b []byte) []byte {
	for i := 0; i < len(b); {
		if i+8 <= len(b) && unsuspicious(binary.LittleEndian.Uint64(b[i:])) {
			i += 8
			continue
		}
		for end := min(i+8, len(b)); i < end; i++ {
			if forbidden[b[i]] && !harmless(b[i:]) {
				return cleanFrom(b, i)
			}
		}
	}
	return b
}

func harmless(b []byte) bool {
	switch b[0] {
	case 0xc2:
		return len(b) > 1 && b[1] >= 0xa0
	case 0xef:
		return len(b) < 3 || b[1] != 0xbf || b[2] < 0xbe
	}
	return false
}

func cleanFrom(b []byte, i int) []byte {
	out := append(make([]byte, 0, len(b)), b[:i]...)
	for i < len(b) {
		c := b[i]
		switch {
		case !forbidden[c] || harmless(b[i:]):
			out = append(out, c)
		case c == 0xc2 && i+1 < len(b):
			i++
			out = append(out, windows1252[b[i]-0x80]...)
		case c == 0xef:
			i += 2
		}
		i++
	}
	return out
}
