package word

import (
	"slices"
	"strings"

	"dateline/annotate/syntax"
)

// IsOne reports whether token w is one of the marks in set.
func IsOne(w, set string) bool { return w != "" && strings.Contains(set, w) }

// IsMark reports whether token w is a quotation mark.
func IsMark(w string) bool {
	switch w {
	case `"`, "“", "”", "‟", "``", "''", "'", "‘", "’", "«", "»", "„", "‚", "‹", "›", "「", "」":
		return true
	}
	return false
}

// Between is the range from s up to, not including, e.
func Between(s, e int) syntax.Range { return syntax.Range{Start: s, End: e} }

// Norm sorts ranges and joins those that touch.
func Norm(spans []syntax.Range) []syntax.Range {
	slices.SortFunc(spans, func(x, y syntax.Range) int {
		if x.Start != y.Start {
			return x.Start - y.Start
		}
		return x.End - y.End
	})
	out := spans[:0]
	for _, r := range spans {
		switch {
		case r.Len() <= 0:
		case len(out) > 0 && r.Start <= out[len(out)-1].End:
			out[len(out)-1].End = max(out[len(out)-1].End, r.End)
		default:
			out = append(out, r)
		}
	}
	return out
}

// Minus is what of the ranges lies outside cut.
func Minus(from []syntax.Range, cut []syntax.Range) []syntax.Range {
	out := slices.Clone(from)
	for _, c := range cut {
		if !slices.ContainsFunc(out, func(r syntax.Range) bool { return c.End > r.Start && c.Start < r.End }) {
			continue
		}
		next := make([]syntax.Range, 0, len(out)+1)
		for _, r := range out {
			if c.End <= r.Start || c.Start >= r.End {
				next = append(next, r)
				continue
			}
			if r.Start < c.Start {
				next = append(next, syntax.Range{Start: r.Start, End: c.Start})
			}
			if c.End < r.End {
				next = append(next, syntax.Range{Start: c.End, End: r.End})
			}
		}
		out = next
	}
	return out
}

// Overlap counts the tokens that two sets of ranges share.
func Overlap(x, y []syntax.Range) (n int) {
	for _, r := range x {
		for _, s := range y {
			n += max(0, min(r.End, s.End)-max(r.Start, s.Start))
		}
	}
	return n
}

// Covers reports whether each of the ranges y lies inside one of x.
func Covers(x, y []syntax.Range) bool {
	for _, s := range y {
		in := false
		for _, r := range x {
			in = in || r.Start <= s.Start && s.End <= r.End
		}
		if !in {
			return false
		}
	}
	return true
}

// Has reports whether token i lies in one of the ranges.
func Has(spans []syntax.Range, i int) bool {
	for _, s := range spans {
		if s.Has(i) {
			return true
		}
	}
	return false
}

// CloseUp trims a range at both ends, and takes in the quotation mark on either side where
// the edge lies inside that quotation, also past a final point or comma.
func (a *Table) CloseUp(r syntax.Range) (syntax.Range, bool) {
	s, e := r.Start, r.End
	for s < e && (a.Space[s] || IsOne(a.Orth[s], ",.;:)—–-")) {
		s++
	}
	for e > s && (a.Space[e-1] || IsOne(a.Orth[e-1], ",;:(—–-")) {
		e--
	}
	if e <= s {
		return r, false
	}
	if s > 0 && IsMark(a.Orth[s-1]) && a.sameQuotation(s-1, s) {
		s--
	}
	if a.Quote[e-1] != 0 && e < a.N {
		if IsMark(a.Orth[e]) && a.sameQuotation(e-1, e) {
			e++
		} else if e+1 < a.N && a.Punct[e] && IsMark(a.Orth[e+1]) && a.sameQuotation(e-1, e+1) {
			e += 2
		}
	}
	if a.Orth[e-1] == "." && a.Quote[e-1] == 0 {
		e--
	}
	if e > s && a.Quote[e-1] == 0 && a.Orth[e-1] == "," {
		e--
	}
	return syntax.Range{Start: s, End: e}, e > s
}

// sameQuotation reports whether two neighbouring tokens are quoted and no quotation ends between them:
// the mark that ends a paragraph and the one that opens the next stand side by side too.
func (a *Table) sameQuotation(i, j int) bool {
	return a.Quote[i] != 0 && a.Quote[j] != 0 && a.QuoteOf[i] == a.QuoteOf[j] && a.Par[i] == a.Par[j]
}

// SizeOf is the length of the words of the ranges.
func (a *Table) SizeOf(spans []syntax.Range) (n int) {
	for _, r := range spans {
		n += a.Size(r)
	}
	return n
}

// Jaccard is the share of words that two sets of spans have in common, by their length.
func (a *Table) Jaccard(x, y []syntax.Range) float32 {
	common := 0
	for _, r := range x {
		for _, s := range y {
			if lo, hi := max(r.Start, s.Start), min(r.End, s.End); lo < hi {
				common += a.Size(syntax.Range{Start: lo, End: hi})
			}
		}
	}
	if common == 0 {
		return 0
	}
	return float32(common) / float32(a.SizeOf(x)+a.SizeOf(y)-common)
}
