package coding_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"dateline/fetch/coding"
)

// pack packs with each coding, by the name that a server would give it.
func pack(t testing.TB, name string, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch name {
	case "gzip", "x-gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw deflate":
		w, _ = flate.NewWriter(&b, 6)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, _ = zstd.NewWriter(&b)
	default:
		return body
	}
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unpack(packed []byte, name string, l coding.Limits) ([]byte, error) {
	r, err := coding.NewReader(bytes.NewReader(packed), strings.TrimPrefix(name, "raw "), l)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

var page = []byte(strings.Repeat("<p>The bridge of Port Alba opens in May.</p>\n", 200))

func TestCodings(t *testing.T) {
	wide := coding.Limits{Bytes: 1 << 20, Ratio: 100}
	for _, name := range []string{"", "identity", "gzip", "x-gzip", "GZIP", "gzip, identity", "deflate", "raw deflate", "br", "zstd"} {
		base, _, _ := strings.Cut(strings.ToLower(name), ",")
		packed := pack(t, base, page)
		if got, err := unpack(packed, name, wide); err != nil || !bytes.Equal(got, page) {
			t.Errorf("%q: %d bytes, %v", name, len(got), err)
		}
		if got, err := unpack(nil, name, wide); err != nil || len(got) != 0 {
			t.Errorf("%q of nothing: %q, %v", name, got, err)
		}
		// At the ceiling it is whole, one byte past it is too much.
		if got, err := unpack(packed, name, coding.Limits{Bytes: int64(len(page))}); err != nil || len(got) != len(page) {
			t.Errorf("%q at the ceiling: %d bytes, %v", name, len(got), err)
		}
		var limit *coding.LimitError
		if _, err := unpack(packed, name, coding.Limits{Bytes: int64(len(page)) - 1}); !errors.As(err, &limit) {
			t.Errorf("%q past the ceiling: %v", name, err)
		}
		if base == "" || base == "identity" {
			continue
		}
		if _, err := unpack(packed[:len(packed)-3], name, wide); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%q cut short: %v", name, err)
		}
		if _, err := unpack(page, name, wide); err == nil {
			t.Errorf("%q that is none was read", name)
		}
		bomb := pack(t, base, make([]byte, 8<<20))
		if got, err := unpack(bomb, name, coding.Limits{Bytes: 1 << 30, Ratio: 100}); !errors.As(err, &limit) || len(got) > 4<<20 {
			t.Errorf("%q swollen: %d bytes, %v", name, len(got), err)
		}
	}
	if _, err := unpack(page, "gzip, br", wide); err == nil {
		t.Error("two codings were undone")
	}
	if _, err := unpack(page, "sdch", wide); !errors.Is(err, coding.ErrUnknown) {
		t.Error(err)
	}
	// What servers append to a gzip body: another member counts, blanks and stray output do not.
	twice := append(pack(t, "gzip", page), pack(t, "gzip", page)...)
	for _, more := range []string{"", "\r\n", "\x00\x00\x00", "<!-- served -->"} {
		if got, err := unpack(append(bytes.Clone(twice), more...), "gzip", wide); err != nil || len(got) != 2*len(page) {
			t.Errorf("followed by %q: %d bytes, %v", more, len(got), err)
		}
	}
	if _, err := unpack(twice[:len(twice)-5], "gzip", wide); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a second member cut short: %v", err)
	}
}

func FuzzReader(f *testing.F) {
	names := []string{"", "gzip", "deflate", "br", "zstd"}
	for i, name := range names {
		f.Add(byte(i), pack(f, name, page[:200]))
	}
	f.Fuzz(func(t *testing.T, which byte, packed []byte) {
		const most = 8 << 20
		if got, err := unpack(packed, names[int(which)%len(names)], coding.Limits{Bytes: most, Ratio: 100}); len(got) > most || err == nil && len(got) > 1<<20 && len(got) > 100*len(packed) {
			t.Errorf("%d bytes of %d: %v", len(got), len(packed), err)
		}
	})
}
