// Package model holds the numbers and words the engine of package nlp runs on: one flat file,
// compiled into the binary, read in place.
//
// The file is made by the program in convert from the published English pipeline
// en_core_web_sm 3.8.0 (Explosion, MIT; LICENSE and LICENSES_SOURCES lie beside it). It is a
// header, sections aligned to 64 bytes, and a directory of names at the end (docs/nlp.md,
// section 1). Sections are views into the binary: nothing is decoded and nothing is copied, so
// opening the model costs microseconds and the system shares its pages between processes.
//
// The package knows sections, lists and tables of strings; what they mean is known to the rooms
// that ask for them by name.
package model

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"unsafe"
)

//go:generate go run ./convert -o en_core_web_sm.bin $EN_CORE_WEB_SM

//go:embed en_core_web_sm.bin
var embedded string

//go:embed LICENSE
var license string

//go:embed LICENSES_SOURCES
var sources string

// Licences returns the licence of the model and those of the data it was trained on, as their
// authors wrote them.
func Licences() (model, trainingData string) { return license, sources }

// Version is the layout this package reads; a file of another layout is refused.
const Version = 1

const (
	magic     = "dateline-nlp\n"
	headerLen = 64 // magic 16, version 4, reserved 4, directory offset 8, SHA-256 of the rest 32
	align     = 64
)

// ErrFile reports bytes that are not a model of this version.
var ErrFile = errors.New("not a model of this version")

type section struct {
	Kind   string `json:"kind"` // "f32", "u32", "u64" or "bytes"
	Offset int    `json:"offset"`
	Count  int    `json:"count"` // elements
}

type directory struct {
	Sources  map[string]string  `json:"sources"` // SHA-256 of each original file
	Sections map[string]section `json:"sections"`
}

// A File is an opened model. Its methods return views that must not be written to.
//
// A section that is missing or of another shape is remembered, not returned as an error from
// every call: who reads a model asks for all it needs and then looks at Err once.
type File struct {
	data string
	dir  directory
	err  error
}

// Embedded opens the model compiled into the binary.
func Embedded() (*File, error) { return Open(embedded) }

// Open reads the header and directory of a model. Like the views it hands out it relies on the
// machine being little-endian, as all are that Go's amd64 and arm64 run on.
func Open(data string) (*File, error) {
	if len(data) < headerLen || data[:len(magic)] != magic {
		return nil, ErrFile
	}
	if one := uint16(1); *(*byte)(unsafe.Pointer(&one)) != 1 {
		return nil, errors.New("the model needs a little-endian machine")
	}
	header := []byte(data[:headerLen])
	version, at := binary.LittleEndian.Uint32(header[16:]), binary.LittleEndian.Uint64(header[24:])
	if version != Version || at < headerLen || at > uint64(len(data)) {
		return nil, fmt.Errorf("%w: layout %d, this program reads %d", ErrFile, version, Version)
	}
	f := &File{data: data}
	if err := json.Unmarshal([]byte(data[at:]), &f.dir); err != nil {
		return nil, fmt.Errorf("%w: directory: %w", ErrFile, err)
	}
	for name, s := range f.dir.Sections {
		size, known := map[string]int{"f32": 4, "u32": 4, "u64": 8, "bytes": 1}[s.Kind]
		if !known || s.Offset < headerLen || s.Offset%align != 0 || s.Count < 0 || s.Count > (int(at)-s.Offset)/size {
			return nil, fmt.Errorf("%w: section %s lies outside the file", ErrFile, name)
		}
	}
	return f, nil
}

// Hash is the SHA-256 the header states for everything after it: the name of these weights.
func (f *File) Hash() string { return hex.EncodeToString([]byte(f.data[32:headerLen])) }

// Verify reads the whole file and compares it with Hash.
func (f *File) Verify() error {
	if got := sha256.Sum256([]byte(f.data[headerLen:])); string(got[:]) != f.data[32:headerLen] {
		return errors.New("the model's bytes do not match its hash")
	}
	return nil
}

// Sources names the original files and their SHA-256.
func (f *File) Sources() map[string]string { return f.dir.Sources }

// Err returns the first section that was asked for and not found as asked.
func (f *File) Err() error { return f.err }

// view returns the address of a section's first element, or nil and a remembered error.
func (f *File) view(name, kind string, count int) (unsafe.Pointer, int) {
	s, ok := f.dir.Sections[name]
	switch {
	case !ok:
		f.fail(name, "missing")
	case s.Kind != kind:
		f.fail(name, "has kind "+s.Kind+", not "+kind)
	case count >= 0 && s.Count != count:
		f.fail(name, fmt.Sprintf("has %d elements, not %d", s.Count, count))
	case s.Count > 0:
		return unsafe.Pointer(unsafe.StringData(f.data[s.Offset:])), s.Count
	}
	return nil, 0
}

func (f *File) fail(name, why string) {
	if f.err == nil {
		f.err = fmt.Errorf("model section %s %s", name, why)
	}
}

// elements views a section as values of T, or copies it where the linker put the file at an
// address T cannot be read from (it does not on the systems we test).
func elements[T any](f *File, name, kind string, count int) []T {
	p, n := f.view(name, kind, count)
	if p == nil {
		return make([]T, max(count, 0)) // all zero, and Err tells
	}
	var t T
	if uintptr(p)%unsafe.Alignof(t) != 0 {
		copied := make([]T, n)
		copy(unsafe.Slice((*byte)(unsafe.Pointer(&copied[0])), n*int(unsafe.Sizeof(t))), unsafe.Slice((*byte)(p), n*int(unsafe.Sizeof(t))))
		return copied
	}
	return unsafe.Slice((*T)(p), n)
}

// Floats returns a section of count float32s; a negative count takes any number.
func (f *File) Floats(name string, count int) []float32 {
	return elements[float32](f, name, "f32", count)
}

// Uint32s returns a section of count numbers; a negative count takes any number.
func (f *File) Uint32s(name string, count int) []uint32 {
	return elements[uint32](f, name, "u32", count)
}

// Uint64s returns a section of count numbers; a negative count takes any number.
func (f *File) Uint64s(name string, count int) []uint64 {
	return elements[uint64](f, name, "u64", count)
}

// Text returns a section of bytes.
func (f *File) Text(name string) string {
	p, n := f.view(name, "bytes", -1)
	return unsafe.String((*byte)(p), n)
}

// Strings is a list of strings that share one section of text.
type Strings struct {
	ends []uint32
	text string
}

// Strings returns the list of that name.
func (f *File) Strings(name string) Strings {
	s := Strings{f.Uint32s(name+".ends", -1), f.Text(name + ".text")}
	last := uint32(0)
	for _, e := range s.ends {
		if e < last || int(e) > len(s.text) {
			f.fail(name, "is not a list of strings")
			return Strings{}
		}
		last = e
	}
	return s
}

func (s Strings) Len() int { return len(s.ends) }

// At returns string i.
func (s Strings) At(i int) string {
	start := uint32(0)
	if i > 0 {
		start = s.ends[i-1]
	}
	return s.text[start:s.ends[i]]
}

// All copies the headers of the list.
func (s Strings) All() []string {
	all := make([]string, s.Len())
	for i := range all {
		all[i] = s.At(i)
	}
	return all
}

// A Table finds strings of a list by their text: a hash table with open addressing that was laid
// out when the file was made.
type Table struct {
	Strings
	slots []uint32 // position in the list plus one, or 0; a power of two of them
}

// Table returns the table of that name.
func (f *File) Table(name string) Table {
	t := Table{f.Strings(name), f.Uint32s(name+".slots", -1)}
	if n := len(t.slots); n == 0 || n&(n-1) != 0 || n <= t.Len() {
		f.fail(name, "is not a table")
		return Table{slots: make([]uint32, 1)}
	}
	for _, s := range t.slots {
		if int(s) > t.Len() {
			f.fail(name, "is not a table")
			return Table{slots: make([]uint32, 1)}
		}
	}
	return t
}

// Find returns the position of key in the list, or -1.
func (t Table) Find(key string) int {
	mask := uint32(len(t.slots) - 1)
	for h := hash(key) & mask; ; h = (h + 1) & mask {
		s := t.slots[h]
		if s == 0 {
			return -1
		}
		if t.At(int(s)-1) == key {
			return int(s) - 1
		}
	}
}

// hash is FNV-1a, 32 bits, its upper half folded into the lower.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h ^ h>>15
}
