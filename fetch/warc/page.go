package warc

import (
	"bytes"
	"crypto/md5"  //nolint:gosec // archives name it; nothing here rests on it
	"crypto/sha1" //nolint:gosec // archives name it; nothing here rests on it
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"

	"dateline/fetch"
	"dateline/fetch/coding"
	"dateline/news"
)

// PageConfig says what is taken for a page. The zero value of a field is its default.
type PageConfig struct {
	MaxBytes  int64 // 8 MB: of a body, unpacked
	BadDigest bool  // take pages whose digest does not match, with a warning
}

// A SkipError is a record that is whole and holds no page: a request, an image, a redirect.
type SkipError struct{ Why string }

func (e *SkipError) Error() string { return e.Why }

// ErrDigest reports a record that is not what its digest says: damaged, or altered.
var ErrDigest = errors.New("digest mismatch")

// Page is the page that the record holds. A SkipError says that it holds none; any other error,
// that the record must be rejected, and why. Warnings are added to those of the record.
func (r *Record) Page(c PageConfig) (news.Page, error) {
	if r.Bad != nil {
		return news.Page{}, r.Bad
	}
	if c.MaxBytes == 0 {
		c.MaxBytes = 8 << 20
	}
	kind := r.Type()
	media, charset := fetch.MediaType(r.Field("Content-Type"))
	var body []byte
	var forms [][]byte // the payload in the forms that a digest may be of
	switch {
	case kind == "response" && media == "application/http":
		head, payload, err := cutHead(r.Block)
		if err != nil {
			return news.Page{}, err
		}
		if head.status < 200 || head.status > 299 || head.status == 206 {
			return news.Page{}, &SkipError{fmt.Sprintf("status %d", head.status)}
		}
		media, charset = fetch.MediaType(head.field("Content-Type"))
		if !readable(media) {
			return news.Page{}, &SkipError{fmt.Sprintf("it is %.60q", media)}
		}
		if r.Field("WARC-Truncated") != "" {
			return news.Page{}, fmt.Errorf("the page was cut when it was archived (%.20q)", r.Field("WARC-Truncated"))
		}
		if body, forms, err = r.decode(head, payload, c.MaxBytes); err != nil {
			return news.Page{}, err
		}
	case kind == "resource" || kind == "conversion":
		if !readable(media) {
			return news.Page{}, &SkipError{fmt.Sprintf("it is %.60q", media)}
		}
		body, forms = r.Block, [][]byte{r.Block}
	case kind == "revisit":
		why := "a revisit: the page was the same as before"
		if r.Field("WARC-Refers-To-Target-URI") == r.Field("WARC-Target-URI") && (r.Field("WARC-Refers-To-Date") == "" || r.Field("WARC-Refers-To-Date") == r.Field("WARC-Date")) {
			why = "an unresolved revisit: it refers to no other record"
		}
		return news.Page{}, &SkipError{why}
	case kind == "response":
		return news.Page{}, &SkipError{fmt.Sprintf("a response of %.60q", media)}
	case kind == "":
		return news.Page{}, errors.New("no WARC-Type")
	default:
		return news.Page{}, &SkipError{fmt.Sprintf("a %.20s record", kind)}
	}
	address, err := fetch.ParseURL(r.Target(), "")
	switch scheme, _, _ := strings.Cut(r.Target(), ":"); {
	case err != nil && kind != "response" && !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https"):
		return news.Page{}, &SkipError{fmt.Sprintf("a %s that is not of the web (%.20q)", kind, scheme)} // a crawler's log, mostly
	case err != nil:
		return news.Page{}, fmt.Errorf("its address: %w", err)
	}
	if int64(len(body)) > c.MaxBytes {
		return news.Page{}, &coding.LimitError{What: "bytes unpacked", Limit: c.MaxBytes}
	}
	if err := r.checkDigest(forms); err != nil {
		if !c.BadDigest {
			return news.Page{}, err
		}
		r.Warnings = append(r.Warnings, err.Error())
	}
	address.User = nil
	return news.Page{
		Name: address.String(), URL: address.String(), Fetched: r.Date(), MediaType: media, Charset: charset, Body: body,
	}, nil
}

// readable reports media types that a page may have. No type at all may be one.
func readable(media string) bool {
	switch media {
	case "", "text/html", "application/xhtml+xml", "text/plain":
		return true
	}
	return false
}

// httpHead is the head of an archived response, which may be as wrong as servers are.
type httpHead struct {
	status int
	fields []Field
}

func (h *httpHead) field(name string) string {
	for _, f := range h.fields {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// cutHead splits a block into head and payload. Interim responses before the last are passed.
func cutHead(block []byte) (*httpHead, []byte, error) {
	for {
		if !bytes.HasPrefix(block, []byte("HTTP/")) {
			return nil, nil, errors.New("its block is no HTTP response")
		}
		end := headEnd(block)
		if end == 0 {
			end = len(block) // a response without a body, cut after its head
		}
		h := &httpHead{}
		line, rest, _ := strings.Cut(string(block[:end]), "\n")
		fields := strings.Fields(line)
		if len(fields) > 1 {
			h.status, _ = strconv.Atoi(fields[1])
		}
		if h.status < 100 || h.status > 999 {
			return nil, nil, fmt.Errorf("its status line is %.60q", strings.TrimSpace(line))
		}
		for line := range strings.SplitSeq(rest, "\n") {
			if line != "" && (line[0] == ' ' || line[0] == '\t') && len(h.fields) > 0 {
				h.fields[len(h.fields)-1].Value += " " + strings.TrimSpace(line)
			} else if name, value, found := strings.Cut(line, ":"); found {
				h.fields = append(h.fields, Field{strings.TrimSpace(name), strings.TrimSpace(value)})
			}
		}
		block = block[end:]
		if h.status >= 200 || h.status == 101 || len(block) == 0 {
			return h, block, nil
		}
	}
}

// decode joins chunks and unpacks. Archives are full of heads that announce what a tool has
// already undone: then the body is taken as it is, with a warning.
func (r *Record) decode(h *httpHead, payload []byte, limit int64) (body []byte, forms [][]byte, err error) {
	forms = append(forms, payload)
	body = payload
	if strings.EqualFold(h.field("Transfer-Encoding"), "chunked") {
		joined, err := joinChunks(payload)
		switch {
		case err == nil:
			body = joined
			forms = append(forms, body)
		case looksChunked(payload):
			return nil, nil, err
		default:
			r.Warnings = append(r.Warnings, "its head announces chunks, its body has none")
		}
	}
	packing := h.field("Content-Encoding")
	if packing == "" {
		if said, err := strconv.ParseInt(h.field("Content-Length"), 10, 64); err == nil && said > int64(len(body)) {
			r.Warnings = append(r.Warnings, fmt.Sprintf("the page was to have %d bytes and has %d", said, len(body)))
		}
		return body, forms, nil
	}
	unpacked, err := unpack(body, packing, limit)
	var tooMuch *coding.LimitError
	switch {
	case err == nil:
		return unpacked, append(forms, unpacked), nil
	case errors.As(err, &tooMuch):
		return nil, nil, err
	case looksUnpacked(body):
		r.Warnings = append(r.Warnings, fmt.Sprintf("its head announces %.20q, its body is not so packed", packing))
		return body, forms, nil
	}
	return nil, nil, err
}

func unpack(body []byte, packing string, limit int64) ([]byte, error) {
	z, err := coding.NewReader(bytes.NewReader(body), packing, coding.Limits{Bytes: limit, Ratio: 100})
	if err != nil {
		return nil, err
	}
	defer z.Close()
	return io.ReadAll(z)
}

// looksUnpacked reports a body that begins as text does.
func looksUnpacked(body []byte) bool {
	start := bytes.TrimLeft(body[:min(len(body), 512)], " \t\r\n\xef\xbb\xbf")
	return bytes.HasPrefix(start, []byte("<")) || len(body) == 0
}

// looksChunked reports a body that begins with a line that is a number in hexadecimal.
func looksChunked(body []byte) bool {
	line, _, found := bytes.Cut(body[:min(len(body), 64)], []byte("\n"))
	size, _, _ := bytes.Cut(line, []byte(";"))
	size = bytes.TrimSpace(size)
	return found && len(size) > 0 && len(bytes.Trim(size, "0123456789abcdefABCDEF")) == 0
}

// joinChunks undoes the chunked transfer coding (RFC 9112, 7.1). A last chunk that is missing is
// forgiven if all before it is whole: some tools leave it out.
func joinChunks(payload []byte) ([]byte, error) {
	body := make([]byte, 0, len(payload))
	for rest := payload; ; {
		line, after, found := bytes.Cut(rest, []byte("\n"))
		if !found {
			if len(bytes.TrimSpace(rest)) == 0 && len(body) > 0 {
				return body, nil
			}
			return nil, errors.New("its chunks end early")
		}
		digits, _, _ := bytes.Cut(line, []byte(";"))
		size, err := strconv.ParseUint(string(bytes.TrimSpace(digits)), 16, 63)
		switch {
		case err != nil:
			return nil, fmt.Errorf("its chunk of size %.20q", digits)
		case size == 0:
			return body, nil
		case size > uint64(len(after)):
			return nil, fmt.Errorf("its chunk of %d bytes has %d", size, len(after))
		}
		body = append(body, after[:size]...)
		rest = bytes.TrimPrefix(bytes.TrimPrefix(after[size:], []byte("\r")), []byte("\n"))
	}
}

// checkDigest compares the record with the digest that it names: that of its payload, for it is
// of the page, else that of its block. That of the payload is, by the tools in use, of the body as
// sent, with its chunks joined, or unpacked: one match is enough.
func (r *Record) checkDigest(forms [][]byte) error {
	said := r.Field("WARC-Payload-Digest")
	if said == "" {
		if said := r.Field("WARC-Block-Digest"); said != "" && !matchesDigest(said, r.Block) {
			return fmt.Errorf("block %w", ErrDigest)
		}
		return nil
	}
	for _, form := range forms {
		if matchesDigest(said, form) {
			return nil
		}
	}
	return fmt.Errorf("payload %w", ErrDigest)
}

// matchesDigest reports whether the digest is of b. One in an unknown algorithm cannot be checked
// and is let pass.
func matchesDigest(said string, b []byte) bool {
	name, value, _ := strings.Cut(said, ":")
	var h hash.Hash
	switch strings.ToLower(strings.ReplaceAll(name, "-", "")) {
	case "sha1":
		h = sha1.New() //nolint:gosec // see above
	case "sha256":
		h = sha256.New()
	case "sha512":
		h = sha512.New()
	case "md5":
		h = md5.New() //nolint:gosec // see above
	default:
		return true
	}
	h.Write(b)
	sum := h.Sum(nil)
	value = strings.TrimRight(value, "=")
	if len(value) == hex.EncodedLen(len(sum)) {
		return strings.EqualFold(value, hex.EncodeToString(sum))
	}
	return strings.EqualFold(value, base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum))
}
