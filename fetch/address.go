package fetch

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// maxURLBytes is the longest address that is called. Browsers and servers give up between 8 and
// 64 KB; a longer one is a trap or a mistake.
const maxURLBytes = 16 << 10

// ErrURL reports an address that is none.
var ErrURL = errors.New("not a web address")

// ParseURL reads an address as browsers do (the WHATWG URL standard), relative to base where
// that is not "". So what a feed writes with blanks around it, back slashes, a host in capitals,
// in Unicode or as one large number is the address that a browser would open, and there is one
// reading for the check and for the call. The result is absolute, http or https, and without
// fragment.
func ParseURL(raw, base string) (*url.URL, error) {
	if len(raw) > maxURLBytes {
		return nil, fmt.Errorf("%w: %d bytes", ErrURL, len(raw))
	}
	var parsed *whatwg.Url
	var err error
	raw = escapeInvalid(raw)
	if base == "" {
		parsed, err = whatwg.Parse(raw)
	} else {
		parsed, err = whatwg.ParseRef(base, raw)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %q: %w", ErrURL, raw, err)
	}
	if s := parsed.Scheme(); s != "http" && s != "https" {
		return nil, fmt.Errorf("%w: %q: scheme %q is not http or https", ErrURL, raw, s)
	}
	u, err := url.Parse(escapeSigns(parsed.Href(true)))
	if err != nil {
		return nil, fmt.Errorf("%w: %q: %w", ErrURL, raw, err)
	}
	if u.Host == "" {
		return nil, fmt.Errorf("%w: %q has no host", ErrURL, raw)
	}
	return u, nil
}

// escapeSigns writes per cent signs of the path that begin no escape as %25. Browsers send them as
// they are; the standard library sends none such, and what a server makes of them is what they
// stand for: themselves.
func escapeSigns(address string) string {
	path, query, more := strings.Cut(address, "?")
	if !strings.Contains(path, "%") {
		return address
	}
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		b.WriteByte(path[i])
		if path[i] == '%' && (i+2 >= len(path) || !isHex(path[i+1]) || !isHex(path[i+2])) {
			b.WriteString("25")
		}
	}
	if more {
		b.WriteString("?" + query)
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// escapeInvalid writes bytes that are no UTF-8 as %XX: a Location header may be in any encoding,
// and the server that wrote it wants its own bytes back.
func escapeInvalid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, "%%%02X", s[0])
		} else {
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return b.String()
}
