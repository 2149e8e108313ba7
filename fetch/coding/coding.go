// Package coding unpacks bodies that were packed for the wire (RFC 9110, 8.4.1: gzip, deflate,
// br, zstd) under ceilings, for the client and for archives of what a client saw.
//
// The ceilings are on the bytes that come out and on how far they swell past the first MiB: HTML
// packs some ten times smaller, a bomb a thousand times. At most one coding is undone; nested
// ones are refused, for no server needs them and each multiplies the ratio.
package coding

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// Accept is what the client says it can undo.
const Accept = "gzip, deflate, br, zstd"

// freeBytes come out before the ratio is looked at: a short page of one letter packs very well.
const freeBytes = 1 << 20

// maxWindow is the largest window of zstd that a sender may use on the web (RFC 9659).
const maxWindow = 8 << 20

// Limits are the ceilings of one body.
type Limits struct {
	Bytes int64 // that may come out
	Ratio int64 // of what comes out to what went in, past the first MiB
}

// A LimitError is a body that went past a ceiling.
type LimitError struct {
	What  string // "bytes unpacked", "times swollen", "codings"
	Limit int64
}

func (e *LimitError) Error() string { return fmt.Sprintf("more than %d %s", e.Limit, e.What) }

// ErrUnknown reports a coding that is not one of ours.
var ErrUnknown = errors.New("unknown content coding")

// NewReader unpacks r as the value of its Content-Encoding header says. Reading past a ceiling
// gives a LimitError; what does not unpack, and what ends early, gives an error of its format,
// with io.ErrUnexpectedEOF among its causes for the latter. Close releases what the coding holds.
func NewReader(r io.Reader, contentEncoding string, l Limits) (io.ReadCloser, error) {
	var name string
	for c := range strings.SplitSeq(contentEncoding, ",") {
		c = strings.ToLower(strings.TrimSpace(c))
		if c == "" || c == "identity" {
			continue
		}
		if name != "" {
			return nil, &LimitError{"codings", 1}
		}
		name = c
	}
	in := &counter{r: r}
	out := &limited{in: in, limits: l, close: func() {}}
	buffered := bufio.NewReader(in)
	first, err := buffered.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	err = nil // fewer than two bytes are a body too
	switch {
	case name == "" || len(first) == 0: // an empty body is empty in every coding
		out.r = buffered
	case name == "gzip" || name == "x-gzip":
		out.r, err = newGzip(buffered)
	case name == "deflate" && len(first) == 2 && first[0]&15 == 8 && (int(first[0])<<8|int(first[1]))%31 == 0:
		out.r, err = zlib.NewReader(buffered)
	case name == "deflate": // without the envelope, as some servers read RFC 2616
		out.r = flate.NewReader(buffered)
	case name == "br":
		out.r = brotli.NewReader(buffered)
	case name == "zstd":
		var z *zstd.Decoder
		z, err = zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err == nil {
			out.r, out.close = z, z.Close
		}
	default:
		return nil, fmt.Errorf("%w %q", ErrUnknown, name)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, ended(err))
	}
	return out, nil
}

// ended is an error of reading in which the end of the input is named for what it is here.
func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

type limited struct {
	r      io.Reader
	in     *counter
	n      int64
	limits Limits
	close  func()
}

func (l *limited) Read(b []byte) (int, error) {
	// One byte past the ceiling tells a body that ends there from one that goes on.
	if left := l.limits.Bytes - l.n + 1; int64(len(b)) > left {
		b = b[:max(left, 0)]
	}
	n, err := l.r.Read(b)
	l.n += int64(n)
	switch {
	case l.n > l.limits.Bytes:
		return 0, &LimitError{"bytes unpacked", l.limits.Bytes}
	case l.limits.Ratio > 0 && l.n > freeBytes && l.n > l.limits.Ratio*l.in.n:
		return 0, &LimitError{"times swollen", l.limits.Ratio}
	}
	return n, err
}

func (l *limited) Close() error { l.close(); return nil }

// newGzip reads the members of a gzip stream. What follows the last one and is no member is
// ignored, as browsers do: servers append blanks and stray output to it.
func newGzip(r *bufio.Reader) (io.Reader, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	return &members{r, z}, nil
}

type members struct {
	r *bufio.Reader
	z *gzip.Reader
}

func (m *members) Read(b []byte) (int, error) {
	for {
		n, err := m.z.Read(b)
		if n > 0 || !errors.Is(err, io.EOF) {
			if errors.Is(err, io.EOF) {
				err = nil // the next call asks for the next member
			}
			return n, err
		}
		if magic, _ := m.r.Peek(2); string(magic) != "\x1f\x8b" {
			return 0, io.EOF
		}
		if err := m.z.Reset(m.r); err != nil {
			return 0, ended(err)
		}
		m.z.Multistream(false)
	}
}
