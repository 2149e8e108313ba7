package decide

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"dateline/annotate/attribution/feature"
	"dateline/annotate/attribution/trees"
	"dateline/annotate/attribution/word"
	"dateline/annotate/syntax"
)

const magic = "dateline attribution 2\n"

var errModel = errors.New("attribution: damaged model")

// WriteTo writes the model, compressed. Counts are rounded to three digits.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	b := []byte(magic)
	u := func(v uint64) { b = binary.AppendUvarint(b, v) }
	str := func(s string) { u(uint64(len(s))); b = append(b, s...) }
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.Threshold))
	u(uint64(len(m.Vocabulary.Words)))
	for _, k := range byNumber(m.Vocabulary.Words) {
		str(k)
	}
	u(uint64(len(m.Vocabulary.Paths)))
	for _, k := range byNumber(m.Vocabulary.Paths) {
		b = binary.LittleEndian.AppendUint64(b, k)
	}
	u(uint64(len(m.Vocabulary.Relations)))
	for _, k := range byNumber(m.Vocabulary.Relations) {
		u(uint64(k))
	}
	lemmas, keys := list(m.Lexicon)
	u(uint64(len(lemmas)))
	renumber := map[int32]int32{}
	for i, l := range lemmas {
		str(l)
		renumber[m.Lexicon.IDs[l]] = int32(i + 1)
	}
	u(uint64(len(keys)))
	for _, k := range keys {
		c := m.Lexicon.Counts[k]
		b = append(b, byte(k.Kind), byte(k.Pos), byte(k.Shape))
		u(uint64(renumber[k.Lemma]))
		u(uint64(k.Arg))
		u(Rounded(c.Hit))
		u(Rounded(c.N))
	}
	for _, t := range []*trees.Model{m.Cue, m.Source, m.Content, m.Judge} {
		var buf bytes.Buffer
		if _, err := t.WriteTo(&buf); err != nil {
			return 0, err
		}
		b = append(b, buf.Bytes()...)
	}
	z, _ := gzip.NewWriterLevel(w, gzip.BestCompression)
	n, err := z.Write(b)
	return int64(n), cmp.Or(err, z.Close())
}

func byNumber[K comparable](m map[K]uint16) []K {
	var keys []K
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(x, y K) int { return int(m[x]) - int(m[y]) })
	return keys
}

// list are the lemmas that some count is of, and all keys, in a fixed order.
func list(l *word.Lexicon) (lemmas []string, keys []word.Key) {
	used := map[int32]bool{}
	for k := range l.Counts {
		used[k.Lemma] = true
		keys = append(keys, k)
	}
	name := map[int32]string{}
	for w, id := range l.IDs {
		if used[id] {
			lemmas = append(lemmas, w)
			name[id] = w
		}
	}
	slices.Sort(lemmas)
	slices.SortFunc(keys, func(x, y word.Key) int {
		return cmp.Or(cmp.Compare(name[x.Lemma], name[y.Lemma]), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Pos, y.Pos), cmp.Compare(x.Shape, y.Shape), cmp.Compare(x.Arg, y.Arg))
	})
	return lemmas, keys
}

// Rounded is a count to three digits.
func Rounded(f float32) uint64 {
	v, step := uint64(math.Round(float64(f))), uint64(1)
	for v/step >= 1000 {
		step *= 10
	}
	return (v + step/2) / step * step
}

// Read reads a model that WriteTo wrote.
func Read(compressed []byte) (*Model, error) {
	z, err := gzip.NewReader(bytes.NewReader(compressed))
	if err != nil {
		return nil, errModel
	}
	b, err := io.ReadAll(z)
	if err != nil || !bytes.HasPrefix(b, []byte(magic)) || len(b) < len(magic)+4 {
		return nil, errModel
	}
	b = b[len(magic):]
	m := New()
	m.Threshold = math.Float32frombits(binary.LittleEndian.Uint32(b))
	b = b[4:]
	bad := false
	u := func() int {
		v, n := binary.Uvarint(b)
		if n <= 0 || v > 1<<32 {
			bad = true
			return 0
		}
		b = b[n:]
		return int(v)
	}
	take := func(n int) []byte {
		if n > len(b) {
			bad = true
			return make([]byte, n&15|15)
		}
		s := b[:n]
		b = b[n:]
		return s
	}
	for i, n := 0, u(); i < n && !bad; i++ {
		m.Vocabulary.Words[string(take(u()))] = uint16(i + 1)
	}
	for i, n := 0, u(); i < n && !bad; i++ {
		m.Vocabulary.Paths[binary.LittleEndian.Uint64(take(8))] = uint16(i + 1)
	}
	for i, n := 0, u(); i < n && !bad; i++ {
		m.Vocabulary.Relations[word.Rel(u())] = uint16(i + 1)
	}
	for i, n := 0, u(); i < n && !bad; i++ {
		m.Lexicon.IDs[string(take(u()))] = int32(i + 1)
	}
	for i, n := 0, u(); i < n && !bad; i++ {
		h := take(3)
		k := word.Key{Kind: word.Kind(h[0]), Pos: syntax.Pos(h[1]), Shape: word.Shape(h[2]), Lemma: int32(u()), Arg: uint32(u())}
		m.Lexicon.Counts[k] = word.Count{Hit: float32(u()), N: float32(u())}
	}
	if bad {
		return nil, errModel
	}
	for i, t := range []**trees.Model{&m.Cue, &m.Source, &m.Content, &m.Judge} {
		if *t, b, err = trees.Read(b); err != nil {
			return nil, errModel
		}
		// A model fitted to other features than these would give nonsense.
		if (*t).Columns != len(feature.ColumnNames()[i]) {
			return nil, fmt.Errorf("%w: fitted to %d features, not %d", errModel, (*t).Columns, len(feature.ColumnNames()[i]))
		}
	}
	return m, nil
}
