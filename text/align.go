package text

import (
	"encoding/binary"
	"errors"
	"sort"
)

// An Alignment leads from derived text back to the original it was made from. It is a list of
// runs in the order of the derived text: so many derived bytes come from so many original
// bytes. A run whose two sides are equally long was copied byte for byte; one whose sides
// differ (an entity, a character of another encoding, folded white space) is atomic and maps
// as a whole. Derived bytes without a run, such as the blank line between two paragraphs,
// come from nowhere.
//
// The zero Alignment maps nothing. An Alignment is immutable once built.
type Alignment struct{ runs []run }

type run struct{ derived, derivedLen, original, originalLen int }

// Identity is the alignment of a text of n bytes that was taken over as it is.
func Identity(n int) Alignment {
	if n == 0 {
		return Alignment{}
	}
	return Alignment{[]run{{0, n, 0, n}}}
}

// Original is the smallest range of original bytes from which the derived span came. ok is
// false, and the range empty, if no byte of the span has an origin.
func (a Alignment) Original(s Span) (original Span, ok bool) {
	i := sort.Search(len(a.runs), func(i int) bool { return a.runs[i].derived+a.runs[i].derivedLen > s.Start })
	if i == len(a.runs) || a.runs[i].derived >= s.End {
		return Span{}, false
	}
	// Runs follow the derived text; the originals of neighbouring runs may stand in another
	// order (a headline moved up), so the range must cover them all.
	for ; i < len(a.runs) && a.runs[i].derived < s.End; i++ {
		original = original.Cover(a.runs[i].within(s))
	}
	return original, !original.Empty()
}

// within is the part of the run's original from which its bytes inside s came.
func (r run) within(s Span) Span {
	if r.derivedLen != r.originalLen {
		return Span{r.original, r.original + r.originalLen}
	}
	from, to := max(s.Start, r.derived), min(s.End, r.derived+r.derivedLen)
	return Span{r.original + from - r.derived, r.original + to - r.derived}
}

// Through chains two alignments: a leads from a text to an intermediate one, b from that to
// its original; the result leads from the text to b's original.
func (a Alignment) Through(b Alignment) Alignment {
	var out Aligner
	for _, r := range a.runs {
		if r.derivedLen != r.originalLen {
			if o, ok := b.Original(Span{r.original, r.original + r.originalLen}); ok {
				out.Add(r.derived, r.derivedLen, o.Start, o.Len())
			}
			continue
		}
		end := r.original + r.originalLen
		i := sort.Search(len(b.runs), func(i int) bool { return b.runs[i].derived+b.runs[i].derivedLen > r.original })
		for ; i < len(b.runs) && b.runs[i].derived < end; i++ {
			from, to := max(r.original, b.runs[i].derived), min(end, b.runs[i].derived+b.runs[i].derivedLen)
			o := b.runs[i].within(Span{from, to})
			out.Add(r.derived+from-r.original, to-from, o.Start, o.Len())
		}
	}
	return out.Alignment()
}

// An Aligner builds an Alignment run by run. The zero value is ready for use.
type Aligner struct{ runs []run }

// Add says that derivedLen bytes of derived text at derived come from originalLen bytes at
// original. Runs are added in the order of the derived text and must not overlap there; an
// empty run is left out, one that goes on where the last ended is joined to it.
func (b *Aligner) Add(derived, derivedLen, original, originalLen int) {
	if derivedLen <= 0 || originalLen <= 0 {
		return
	}
	if n := len(b.runs); n > 0 && derivedLen == originalLen {
		last := &b.runs[n-1]
		if last.derivedLen == last.originalLen && last.derived+last.derivedLen == derived && last.original+last.originalLen == original {
			last.derivedLen += derivedLen
			last.originalLen += originalLen
			return
		}
	}
	b.runs = append(b.runs, run{derived, derivedLen, original, originalLen})
}

// Alignment is what was built. The Aligner must not be used afterwards.
func (b *Aligner) Alignment() Alignment { return Alignment{b.runs} }

// MarshalBinary writes the runs as varints of their differences: some three bytes a run for
// plain pages. The form is part of the data folder; its first byte is its version.
func (a Alignment) MarshalBinary() ([]byte, error) {
	out := []byte{1}
	derived, original := 0, 0
	for _, r := range a.runs {
		out = binary.AppendUvarint(out, uint64(r.derived-derived))
		out = binary.AppendUvarint(out, uint64(r.derivedLen))
		out = binary.AppendVarint(out, int64(r.original-original))
		out = binary.AppendVarint(out, int64(r.originalLen-r.derivedLen))
		derived, original = r.derived+r.derivedLen, r.original+r.originalLen
	}
	return out, nil
}

var errAlignment = errors.New("alignment: damaged bytes")

// UnmarshalBinary reads what MarshalBinary wrote and refuses runs that overlap, are empty or
// reach past any text that fits in memory.
func (a *Alignment) UnmarshalBinary(data []byte) error {
	if len(data) == 0 || data[0] != 1 {
		return errAlignment
	}
	const limit = 1 << 40
	data = data[1:]
	var runs []run
	derived, original := 0, 0
	for len(data) > 0 {
		gap, n1 := binary.Uvarint(data)
		if n1 <= 0 {
			return errAlignment
		}
		length, n2 := binary.Uvarint(data[n1:])
		if n2 <= 0 {
			return errAlignment
		}
		jump, n3 := binary.Varint(data[n1+n2:])
		if n3 <= 0 {
			return errAlignment
		}
		more, n4 := binary.Varint(data[n1+n2+n3:])
		if n4 <= 0 || gap > limit || length == 0 || length > limit || jump < -limit || jump > limit || more < -limit || more > limit {
			return errAlignment
		}
		data = data[n1+n2+n3+n4:]
		r := run{derived + int(gap), int(length), original + int(jump), int(length) + int(more)}
		if r.original < 0 || r.originalLen <= 0 || r.derived > limit || r.original > limit {
			return errAlignment
		}
		runs = append(runs, r)
		derived, original = r.derived+r.derivedLen, r.original+r.originalLen
	}
	a.runs = runs
	return nil
}
