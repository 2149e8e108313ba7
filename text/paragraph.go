package text

import (
	"unicode/utf8"

	"dateline/text/layout"
)

// Paragraphs are the paragraphs inside a span, without white space at their ends, in text
// order. Every line break parts paragraphs, but for those that a program has put in to keep
// lines short: see layout.Wrapped.
func Paragraphs(t string, within Span) []Span {
	var out []Span
	var block []Span // the lines since the last blank one
	flush := func() {
		if len(block) > 1 && layout.Wrapped(texts(t, block)) {
			out = append(out, Span{block[0].Start, block[len(block)-1].End})
		} else {
			out = append(out, block...)
		}
		block = block[:0]
	}
	for _, line := range Lines(t, within) {
		if line.Empty() {
			flush()
			continue
		}
		block = append(block, line)
	}
	flush()
	return out
}

// Lines are the lines inside a span, without white space at their ends; a blank line is an
// empty span.
func Lines(t string, within Span) []Span {
	var out []Span
	start := within.Start
	for i := within.Start; i < within.End; {
		r, n := utf8.DecodeRuneInString(t[i:within.End])
		if lineBreak(r) && !(r == '\r' && i+1 < within.End && t[i+1] == '\n') {
			out = append(out, Span{start, i}.Trim(t))
			start = i + n
		}
		i += n
	}
	if start < within.End {
		out = append(out, Span{start, within.End}.Trim(t))
	}
	return out
}

func lineBreak(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

func texts(t string, spans []Span) []string {
	out := make([]string, len(spans))
	for i, s := range spans {
		out[i] = s.Of(t)
	}
	return out
}
