package model

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
)

// A Writer lays out a model file. Names must be new; the order of calls is the order of sections.
type Writer struct {
	body bytes.Buffer
	dir  directory
}

// NewWriter starts a file made from the named originals, each with its SHA-256.
func NewWriter(sources map[string]string) *Writer {
	w := &Writer{dir: directory{Sources: sources, Sections: map[string]section{}}}
	w.body.Write(make([]byte, headerLen))
	return w
}

func (w *Writer) section(name, kind string, count int, values any) {
	if _, twice := w.dir.Sections[name]; twice {
		panic("model: section " + name + " written twice")
	}
	w.body.Write(make([]byte, (align-w.body.Len()%align)%align))
	w.dir.Sections[name] = section{kind, w.body.Len(), count}
	if err := binary.Write(&w.body, binary.LittleEndian, values); err != nil {
		panic(fmt.Sprintf("model: section %s: %v", name, err)) // a type that has no fixed size
	}
}

func (w *Writer) Floats(name string, v []float32) { w.section(name, "f32", len(v), v) }
func (w *Writer) Uint32s(name string, v []uint32) { w.section(name, "u32", len(v), v) }
func (w *Writer) Uint64s(name string, v []uint64) { w.section(name, "u64", len(v), v) }
func (w *Writer) Text(name string, v string)      { w.section(name, "bytes", len(v), []byte(v)) }

// Strings writes a list.
func (w *Writer) Strings(name string, list []string) {
	var ends []uint32
	var text bytes.Buffer
	for _, s := range list {
		text.WriteString(s)
		ends = append(ends, uint32(text.Len()))
	}
	w.Uint32s(name+".ends", ends)
	w.Text(name+".text", text.String())
}

// Table writes a list whose strings differ, to be found by their text.
func (w *Writer) Table(name string, list []string) {
	size := 4
	for size < 2*len(list) {
		size *= 2
	}
	slots := make([]uint32, size)
	for i, s := range list {
		h := hash(s) & uint32(size-1)
		for slots[h] != 0 {
			if list[slots[h]-1] == s {
				panic("model: table " + name + " holds " + s + " twice")
			}
			h = (h + 1) & uint32(size-1)
		}
		slots[h] = uint32(i + 1)
	}
	w.Strings(name, list)
	w.Uint32s(name+".slots", slots)
}

// Bytes returns the finished file.
func (w *Writer) Bytes() ([]byte, error) {
	directory, err := json.Marshal(w.dir)
	if err != nil {
		return nil, fmt.Errorf("model directory: %w", err)
	}
	data := slices.Clone(w.body.Bytes())
	copy(data, magic)
	binary.LittleEndian.PutUint32(data[16:], Version)
	binary.LittleEndian.PutUint64(data[24:], uint64(len(data)))
	data = append(data, directory...)
	sum := sha256.Sum256(data[headerLen:])
	copy(data[32:], sum[:])
	return data, nil
}
