// Package extract reads a page: its bytes become a document, the readable text in blocks with
// their kinds, and what the page says of itself.
//
// An HTML page is decoded (charset.go), parsed once into a light tree (markup), laid out in
// blocks among which the main article is found (body), and asked for headline, outlet,
// authors and dates (metadata). The text holds the article and what stands around it:
// headline, standfirst, byline, captions, related links; long menus are cut and the cut is
// flagged. What the page hides is never in the text. A plain text is taken byte for byte.
//
// Every character of the text leads back to the bytes of the page through
// Document.Alignment. Pages without an article (walls, error pages, section fronts) are
// reported as news.ErrNoArticle, bytes that are no page as news.ErrUnreadable.
//
// Where one article ends and the next begins, and what each block of a plain text is, is left
// to package split.
package extract

import (
	"bytes"
	"fmt"
	"strings"

	"dateline/extract/rule"
	"dateline/news"
)

// Reader names these rules. It changes whenever the same page would give another document.
const Reader = "extract/2"

// MaxPageBytes is how much of a page is read; the largest of 1,519 real pages has 2.2 MB.
const MaxPageBytes = 6_000_000

// Page reads one page. With news.ErrNoArticle the document is still given: it has the text and
// the flags, and no title.
func Page(p news.Page) (news.Document, error) { return PageWithout(p) }

// Rules are the rules by which HTML is read.
func Rules() []rule.Rule { return rule.All }

// PageWithout reads a page as Page does, but for the rules named: what a rule is worth is the
// difference.
func PageWithout(p news.Page, rules ...rule.Name) (news.Document, error) {
	var off rule.Off
	for _, r := range rules {
		if off == nil {
			off = rule.Off{}
		}
		off[r] = true
	}
	d := news.Document{Page: p.ID(), Reader: Reader, Name: p.Name, URL: p.URL, Outlet: p.Outlet, Fetched: p.Fetched}
	d.Revision = news.NewRevisionID(d.Page, p.Body) // as p.Revision, which names the page once more
	body := p.Body
	if len(body) > MaxPageBytes {
		d.Flags = append(d.Flags, news.Flag{Name: "page-cut", Detail: fmt.Sprintf("the first %d of %d bytes were read", MaxPageBytes, len(body))})
		body = body[:MaxPageBytes]
		if cut := bytes.LastIndexByte(body, '<'); cut > MaxPageBytes-64<<10 {
			body = body[:cut] // not in the middle of a tag
		}
	}
	if err := Readable(p); err != nil {
		return d, err
	}
	if isHTML(p, body) {
		d.MediaType = "text/html"
		return readHTML(p, body, d, off)
	}
	d.MediaType = "text/plain"
	return readPlain(p, body, d)
}

// Readable reports bytes that are no page, as Page would, without reading the page: it is what
// the front door asks before a page is kept.
func Readable(p news.Page) error {
	if what := unreadable(p.Body); what != "" {
		return fmt.Errorf("%w: %s", news.ErrUnreadable, what)
	}
	return nil
}

// magics are the first bytes of files that are no text.
var magics = []struct{ prefix, what string }{
	{"%PDF-", "a PDF"}, {"\x89PNG", "a PNG image"}, {"\xff\xd8\xff", "a JPEG image"}, {"GIF8", "a GIF image"}, {"PK\x03\x04", "a ZIP archive"},
	{"\x1f\x8b", "gzip data"}, {"Rar!", "a RAR archive"}, {"7z\xbc\xaf", "a 7z archive"}, {"OggS", "an Ogg file"}, {"ID3", "an MP3 file"},
	{"\x7fELF", "a program"}, {"MZ\x90", "a program"}, {"wOFF", "a font"}, {"wOF2", "a font"}, {"\x00\x00\x01\x00", "an icon"}, {"SQLite format 3", "a database"},
	{"\xd0\xcf\x11\xe0", "an Office document"}, {"{\\rtf", "an RTF document"},
}

// unreadable says what the bytes are if they are no page, else "".
func unreadable(body []byte) string {
	if len(bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))) == 0 {
		return "empty"
	}
	for _, m := range magics {
		if bytes.HasPrefix(body, []byte(m.prefix)) {
			return m.what
		}
	}
	if len(body) > 12 && string(body[:4]) == "RIFF" || len(body) > 12 && string(body[4:8]) == "ftyp" {
		return "an image or a video"
	}
	if bytes.HasPrefix(body, []byte("\xff\xfe")) || bytes.HasPrefix(body, []byte("\xfe\xff")) {
		return "" // UTF-16
	}
	// A few NULs may be slips in a page; a file full of them is no text.
	head := body[:min(len(body), 64<<10)]
	if nul := bytes.Count(head, []byte{0}); nul > 8 && nul > len(head)/100 {
		return "binary data"
	}
	controls := 0
	for _, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b { // escape shifts some encodings
			controls++
		}
	}
	if controls > 8 && controls > len(head)/20 {
		return "binary data"
	}
	return ""
}

// isHTML goes by what the page is served as, unless the bytes say otherwise.
func isHTML(p news.Page, body []byte) bool {
	kind, _, _ := strings.Cut(strings.ToLower(p.MediaType), ";")
	kind = strings.TrimSpace(kind)
	switch kind {
	case "text/html", "application/xhtml+xml":
		return true
	case "text/plain", "text/markdown":
		return false
	}
	head := bytes.ToLower(body[:min(len(body), 4096)])
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<title", "<meta ", "<p>", "<div", "<article", "<script"} {
		if bytes.Contains(head, []byte(tag)) {
			return true
		}
	}
	return bytes.Contains(bytes.ReplaceAll(head, []byte{0}, nil), []byte("<html"))
}
