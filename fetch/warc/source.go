package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"dateline/fetch/coding"
)

// A source is the archive cut into stretches that are read by themselves: the members of a gzip
// file, or all of a file that is plain or zstd.
type source struct {
	raw    *bufio.Reader
	read   int64 // bytes given to raw
	ratio  int64
	packed bool // gzip
	zip    *gzip.Reader
	begun  bool
	buf    []byte // of the stretch that was last closed, for the next
}

func newSource(r io.Reader, ratio int64) *source {
	s := &source{ratio: ratio}
	s.raw = bufio.NewReaderSize(readerFunc(func(b []byte) (int, error) {
		n, err := r.Read(b)
		s.read += int64(n)
		return n, err
	}), 128<<10)
	return s
}

type readerFunc func(b []byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

// at is how far the archive has been taken in.
func (s *source) at() int64 { return s.read - int64(s.raw.Buffered()) }

var (
	gzipMagic = []byte("\x1f\x8b\x08")
	zstdMagic = []byte("\x28\xb5\x2f\xfd")
)

// errNoMember reports bytes where a gzip member should begin.
var errNoMember = errors.New("no gzip member")

// next opens the next stretch; io.EOF when there is none, errNoMember if what follows is none.
func (s *source) next() (*stretch, error) {
	first, err := s.raw.Peek(4)
	if len(first) == 0 {
		if err == nil || errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		return nil, err
	}
	at := s.at()
	switch {
	case !s.begun && bytes.HasPrefix(first, zstdMagic):
		s.begun = true
		z, err := zstd.NewReader(s.raw, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(64<<20))
		if err != nil {
			return nil, fmt.Errorf("zstd: %w", err)
		}
		return &stretch{r: s.guard(z), offset: at}, nil
	case !s.begun && !bytes.HasPrefix(first, gzipMagic[:2]):
		s.begun = true
		return &stretch{r: s.raw, offset: at, plain: true}, nil
	case !s.begun:
		s.packed = true
	case !s.packed:
		return nil, io.EOF // the one stretch was given up; its rest is told by whoever did
	}
	s.begun = true
	if !bytes.HasPrefix(first, gzipMagic) {
		return nil, errNoMember
	}
	if s.zip == nil {
		s.zip = new(gzip.Reader)
	}
	if err := s.zip.Reset(s.raw); err != nil {
		return nil, errNoMember
	}
	s.zip.Multistream(false)
	return &stretch{r: s.guard(s.zip), offset: at, made: s.buf}, nil
}

// guard stops a stretch that swells too far.
func (s *source) guard(r io.Reader) io.Reader {
	from, out := s.at(), int64(0)
	return readerFunc(func(b []byte) (int, error) {
		n, err := r.Read(b)
		out += int64(n)
		if out > 1<<20 && out > s.ratio*(s.at()-from) {
			return 0, &coding.LimitError{What: "times swollen", Limit: s.ratio}
		}
		return n, err
	})
}

// seek goes on to the next gzip member that holds a record, past what is damaged.
func (s *source) seek() error {
	for {
		window, err := s.raw.Peek(64 << 10)
		if len(window) < 18 { // the shortest member
			_, _ = s.raw.Discard(len(window))
			if err == nil || errors.Is(err, io.EOF) {
				return io.EOF
			}
			return err
		}
		i := bytes.Index(window, gzipMagic)
		switch {
		case i < 0:
			_, _ = s.raw.Discard(len(window) - len(gzipMagic) + 1)
		case i > 0 && len(window)-i < 4<<10:
			_, _ = s.raw.Discard(i) // to see enough of it
		case beginsRecord(window[i:]):
			_, err := s.raw.Discard(i)
			return err
		default:
			_, _ = s.raw.Discard(i + 1)
		}
	}
}

// Begins reports whether an archive begins as b does; 4 KB of it tell.
func Begins(b []byte) bool {
	return bytes.HasPrefix(b, []byte("WARC/")) || bytes.HasPrefix(b, gzipMagic) && beginsRecord(b)
}

// beginsRecord unpacks the first bytes of what may be a member.
func beginsRecord(packed []byte) bool {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return false
	}
	first := make([]byte, 16)
	n, _ := io.ReadFull(z, first)
	return bytes.HasPrefix(bytes.TrimLeft(first[:n], "\r\n"), []byte("WARC/"))
}

// A stretch is read forwards, with a look ahead and a step back.
type stretch struct {
	r      io.Reader
	offset int64 // of the stretch in the archive
	plain  bool  // the stretch is the archive, which is not packed

	buf  []byte // read ahead
	pos  int64  // of buf in the stretch
	err  error  // after buf
	made []byte // what buf is cut from
}

// peek is what comes next: n bytes, or fewer and the error that ends them.
func (s *stretch) peek(n int) ([]byte, error) {
	for len(s.buf) < n && s.err == nil {
		if cap(s.buf)-len(s.buf) < n-len(s.buf) || cap(s.buf) == len(s.buf) {
			if cap(s.made) < 2*n {
				s.made = make([]byte, max(64<<10, 2*n))
			}
			s.buf = s.made[:copy(s.made, s.buf)]
		}
		var got int
		got, s.err = s.r.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+got]
	}
	if len(s.buf) >= n {
		return s.buf[:n], nil
	}
	return s.buf, s.err
}

// skip passes n bytes that were seen.
func (s *stretch) skip(n int) { s.buf, s.pos = s.buf[n:], s.pos+int64(n) }

// back steps back over bytes that were read.
func (s *stretch) back(b []byte) {
	s.made = append(append(make([]byte, 0, len(b)+len(s.buf)+64<<10), b...), s.buf...)
	s.buf, s.pos = s.made, s.pos-int64(len(b))
}

// take reads n bytes and keeps the first keep of them. It grows with what comes, not with what
// is promised. The error is nil, io.ErrUnexpectedEOF, or that of the stretch.
func (s *stretch) take(n, keep int64) (block []byte, got int64, err error) {
	block = make([]byte, 0, min(n, keep, 64<<10))
	for got < n {
		seen, err := s.peek(1)
		if len(seen) == 0 {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return block, got, err
		}
		seen = s.buf[:min(int64(len(s.buf)), n-got)]
		if room := keep - int64(len(block)); room > 0 {
			block = append(block, seen[:min(int64(len(seen)), room)]...)
		}
		got += int64(len(seen))
		s.skip(len(seen))
		if len(s.buf) == 0 && s.err == nil {
			s.buf = s.made[:0]
		}
	}
	return block, got, nil
}

// find passes everything up to the next line that begins a record and tells how much that was.
// A record is looked for after a line end, or where the stretch stands if here is true.
func (s *stretch) find(here bool) (passed int64, err error) {
	if here {
		if seen, _ := s.peek(5); string(seen) == "WARC/" {
			return 0, nil
		}
	}
	for {
		seen, err := s.peek(64 << 10)
		if i := recordStart(seen); i >= 0 {
			s.skip(i)
			return passed + int64(i), nil
		}
		if err != nil {
			passed += int64(len(seen))
			s.skip(len(seen))
			return passed, err
		}
		n := len(seen) - len("\nWARC/1.") // which may be cut in two
		passed += int64(n)
		s.skip(n)
	}
}

// recordStart is where in b a line begins a record: -1 if none does.
func recordStart(b []byte) int {
	from := 0
	for {
		i := bytes.Index(b[from:], []byte("\nWARC/"))
		if i < 0 {
			return -1
		}
		at := from + i + 1
		if v := b[at+len("WARC/"):]; len(v) >= 2 && '0' <= v[0] && v[0] <= '9' && v[1] == '.' {
			return at
		}
		from = at
	}
}
