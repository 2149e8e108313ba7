package text

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// ErrEncoding reports an encoding label that the WHATWG Encoding Standard does not know, or
// that it forbids to decode (UTF-7, ISO-2022-KR and the other shift codes that hide markup).
var ErrEncoding = errors.New("unknown character encoding")

// Decoded is the text of some bytes.
type Decoded struct {
	Text      string
	Alignment Alignment // leads from Text to the bytes
	Encoding  string    // the standard's name of the encoding, "utf-8"
	Replaced  int       // how often bytes that mean nothing became U+FFFD
}

// Decode reads raw as text in the encoding that label names, by the labels of the WHATWG
// Encoding Standard ("latin1" and "iso-8859-1" are windows-1252). A byte order mark wins over
// the label and is left out. Bytes that are no character become U+FFFD and are counted; the
// time is linear in the input.
func Decode(raw []byte, label string) (Decoded, error) {
	if bom, size := byteOrderMark(raw); bom != "" {
		return decode(raw, size, bom)
	}
	return decode(raw, 0, label)
}

// byteOrderMark is the encoding that the first bytes of raw declare, and their number.
func byteOrderMark(raw []byte) (label string, size int) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return "utf-8", 3
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return "utf-16be", 2
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return "utf-16le", 2
	}
	return "", 0
}

func decode(raw []byte, skip int, label string) (Decoded, error) {
	e, name := charset.Lookup(strings.TrimSpace(label))
	if e == nil || name == "replacement" || name == "x-user-defined" {
		return Decoded{}, fmt.Errorf("%w %q", ErrEncoding, label)
	}
	if name == "utf-8" {
		return decodeUTF8(raw, skip), nil
	}
	if name == "utf-16le" {
		e = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	}
	return decodeBy(e, name, raw, skip), nil
}

func decodeUTF8(raw []byte, skip int) Decoded {
	d := Decoded{Encoding: "utf-8"}
	var at Aligner
	if utf8.Valid(raw[skip:]) {
		at.Add(0, len(raw)-skip, skip, len(raw)-skip)
		d.Text, d.Alignment = string(raw[skip:]), at.Alignment()
		return d
	}
	var out strings.Builder
	out.Grow(len(raw))
	for i := skip; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			d.Replaced++
			at.Add(out.Len(), len("\uFFFD"), i, 1)
		} else {
			at.Add(out.Len(), n, i, n)
		}
		out.WriteRune(r)
		i += n
	}
	d.Text, d.Alignment = out.String(), at.Alignment()
	return d
}

// decodeBy drives a decoder a character at a time, so that each one's bytes are known: a
// decoder consumes no more than it has room to write, and gets just the room it asks for.
func decodeBy(e encoding.Encoding, name string, raw []byte, skip int) Decoded {
	d := Decoded{Encoding: name}
	var at Aligner
	var out strings.Builder
	out.Grow(len(raw))
	dec := e.NewDecoder()
	var room [utf8.UTFMax]byte
	for i := skip; i < len(raw); {
		var wrote, read int
		var err error
		for size := 1; size <= len(room) && wrote == 0 && read == 0; size++ {
			wrote, read, err = dec.Transform(room[:size], raw[i:], true)
		}
		if read == 0 && wrote == 0 {
			if err != nil && !errors.Is(err, transform.ErrShortDst) {
				wrote, read = copy(room[:], "\uFFFD"), 1
			} else {
				break // the decoder has swallowed a shift sequence at the end
			}
		}
		d.Replaced += strings.Count(string(room[:wrote]), "\uFFFD")
		at.Add(out.Len(), wrote, i, read)
		out.Write(room[:wrote])
		i += read
	}
	d.Text, d.Alignment = out.String(), at.Alignment()
	return d
}

// Compose is t in normalisation form C (UAX #15), with the way back to t. News pages are in
// NFC but for names typed on some keyboards, so the common case copies nothing.
func Compose(t string) (string, Alignment) {
	if norm.NFC.IsNormalString(t) {
		return t, Identity(len(t))
	}
	var at Aligner
	out := make([]byte, 0, len(t))
	for i := 0; i < len(t); {
		n := norm.NFC.NextBoundaryInString(t[i:], true)
		if n <= 0 {
			n = len(t) - i
		}
		before := len(out)
		out = norm.NFC.AppendString(out, t[i:i+n])
		at.Add(before, len(out)-before, i, n)
		i += n
	}
	return string(out), at.Alignment()
}
