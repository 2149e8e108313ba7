// Package pack turns values of the vocabulary into few bytes, and text too.
//
// A value is JSON with its field names, compressed by zstd against a dictionary of those
// names and of the words that the values use most. So a row that was written before a type
// gained a field is still read, and a statement takes some 200 bytes. The first byte of every
// packing names its form: dictionaries are never changed, new ones get the next number.
package pack

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"

	fast "github.com/goccy/go-json"
	"github.com/klauspost/compress/zstd"
)

// maxUnpacked bounds what damaged bytes can unpack to.
const maxUnpacked = 1 << 30

const (
	plain = 1 // a zstd frame, no dictionary
	first = 2 // a zstd frame, against dictionary1
)

//go:embed dictionary1.jsonl
var dictionary1 []byte

var coders = sync.OnceValue(func() (c struct {
	plain, first *zstd.Encoder
	decoder      *zstd.Decoder
}) {
	common := []zstd.EOption{zstd.WithEncoderCRC(false), zstd.WithEncoderConcurrency(2), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(1 << 18), zstd.WithSingleSegment(true)}
	c.plain = must(zstd.NewWriter(nil, common...))
	// The fastest level: the others bring a megabyte of tables back to the dictionary's state before
	// each value, which takes three to six times as long, and spare 1 to 3 % of the bytes.
	c.first = must(zstd.NewWriter(nil, append(common, zstd.WithEncoderDictRaw(first, dictionary1), zstd.WithEncoderLevel(zstd.SpeedFastest))...))
	c.decoder = must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(4), zstd.WithDecoderMaxMemory(maxUnpacked),
		zstd.WithDecoderDictRaw(first, dictionary1)))
	return c
})

// must holds for options that are fixed above.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Text packs s.
func Text(s string) []byte { return coders().plain.EncodeAll([]byte(s), []byte{plain}) }

// Bytes packs b.
func Bytes(b []byte) []byte { return coders().plain.EncodeAll(b, []byte{plain}) }

// Value packs v, which must be fit for JSON.
func Value(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("pack %T: %w", v, err)
	}
	return coders().first.EncodeAll(b, []byte{first}), nil
}

// Unpack is what Text or Bytes packed.
func Unpack(packed []byte) ([]byte, error) { return unpack(packed, nil) }

func unpack(packed, into []byte) ([]byte, error) {
	if len(packed) == 0 || packed[0] != plain && packed[0] != first {
		return nil, fmt.Errorf("unpack: unknown form")
	}
	return coders().decoder.DecodeAll(packed[1:], into)
}

// unpacked is room for what values are read from; the reading takes a copy.
var unpacked = sync.Pool{New: func() any { return new([]byte) }}

// mostKept bounds how much room is kept.
const mostKept = 1 << 16

// UnpackValue reads what Value packed into v. Reading JSON is most of what a row costs: the package that
// does it here takes a quarter of the time of the standard one, which writes it.
func UnpackValue(packed []byte, v any) error {
	room := unpacked.Get().(*[]byte)
	defer unpacked.Put(room)
	b, err := unpack(packed, (*room)[:0])
	if err != nil {
		return err
	}
	if cap(b) <= mostKept {
		*room = b
	}
	if err := fast.Unmarshal(b, v); err != nil {
		return fmt.Errorf("unpack %T: %w", v, err)
	}
	return nil
}
