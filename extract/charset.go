package extract

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"dateline/news"
	"dateline/text"
)

// decodeHTML turns a page's bytes into text. A byte order mark decides, then what the server
// said, then what the page says of itself (anywhere, not only in its first 1,024 bytes). But a
// page whose bytes are valid UTF-8 and more than ASCII is UTF-8 whatever it is called: no text
// of another encoding looks like it by chance. What is declared nowhere and is not UTF-8 is
// read as windows-1252, and flagged.
func decodeHTML(p news.Page, body []byte) (text.Decoded, []news.Flag) {
	var flags []news.Flag
	label := ""
	if !bytes.HasPrefix(body, []byte("\xfe\xff")) && !bytes.HasPrefix(body, []byte("\xff\xfe")) {
		switch {
		case validUTF8(body):
			label = "utf-8"
		case known(served(p)):
			label = served(p)
		default:
			label = declared(body)
		}
		if e := strings.ToLower(label); e == "utf-16" || e == "utf-16le" || e == "utf-16be" {
			label = "utf-8" // a declaration that could be read is not in UTF-16
		}
		if label == "" {
			label = "windows-1252"
			flags = append(flags, news.Flag{Name: "charset-guessed", Detail: "no encoding is declared and the bytes are not UTF-8: read as windows-1252"})
		}
	}
	d, err := text.Decode(body, label)
	if err != nil {
		d, _ = text.Decode(body, "utf-8")
	}
	if d.Replaced > 0 {
		flags = append(flags, news.Flag{Name: "replaced-characters", Detail: fmt.Sprintf("%d places are no character in %s", d.Replaced, d.Encoding)})
	}
	return d, flags
}

// validUTF8 reports whether the bytes are UTF-8, but for a character cut at the very end.
func validUTF8(b []byte) bool {
	if utf8.Valid(b) {
		return true
	}
	for cut := 1; cut < utf8.UTFMax && cut < len(b); cut++ {
		if utf8.RuneStart(b[len(b)-cut]) {
			return !utf8.FullRune(b[len(b)-cut:]) && utf8.Valid(b[:len(b)-cut])
		}
	}
	return false
}

// served is the encoding that the server named, in a field of its own or with the media type.
func served(p news.Page) string {
	if p.Charset != "" {
		return p.Charset
	}
	_, parameters, _ := strings.Cut(p.MediaType, ";")
	return labelAfter([]byte(strings.ToLower(parameters)), "charset")
}

func known(label string) bool {
	if label == "" {
		return false
	}
	e, name := charset.Lookup(strings.TrimSpace(label))
	return e != nil && name != "replacement" && name != "x-user-defined"
}

// declared is the encoding that the page names in a meta tag or an XML declaration, wherever
// it stands; the first known one if there are several.
func declared(body []byte) string {
	lower := bytes.ToLower(body)
	if bytes.HasPrefix(bytes.TrimSpace(lower), []byte("<?xml")) {
		if end := bytes.Index(lower, []byte("?>")); end > 0 && end < 400 {
			if l := labelAfter(lower[:end], "encoding"); known(l) {
				return l
			}
		}
	}
	for rest := lower; ; {
		i := bytes.Index(rest, []byte("<meta"))
		if i < 0 {
			return ""
		}
		rest = rest[i+5:]
		tag := rest[:min(len(rest), 1000)]
		if end := bytes.IndexByte(tag, '>'); end >= 0 {
			tag = tag[:end]
		}
		if l := labelAfter(tag, "charset"); known(l) {
			return l
		}
	}
}

// labelAfter is the word after name and an equals sign: charset="utf-8".
func labelAfter(tag []byte, name string) string {
	i := bytes.Index(tag, []byte(name))
	if i < 0 {
		return ""
	}
	rest := bytes.TrimLeft(tag[i+len(name):], " \t\n\r")
	if len(rest) == 0 || rest[0] != '=' {
		return ""
	}
	rest = bytes.TrimLeft(rest[1:], " \t\n\r\"'")
	end := bytes.IndexAny(rest, " \t\n\r\"';/>")
	if end < 0 {
		end = len(rest)
	}
	return string(rest[:end])
}
