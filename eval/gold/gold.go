// Package gold is the notation of the tests: text whose spans an editor marks by hand.
//
// A span is a pair of brackets round the words it covers. After the opening bracket stand
// a label, a number and one space; the number ties together what belongs together:
//
//	"[content1 The bridge opens in May]," [cue1 said] [source1 Mayor Ana Ruiz].
//
// Spans nest: [content1 [source2 she] [cue2 fears] [content2 a strike]]. A label and number
// may stand several times, for a content that its cue cuts in half. A bracket or backslash
// of the text itself is written with a backslash before it: \[sic\]. Nothing else may follow
// a backslash, so a text with its spans is written in one way only.
//
// Spans that cross and spans without a byte have no notation. Only tests import this
// package: it registers the flag -update.
package gold

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Span is a labelled range [Start, End) of bytes.
type Span struct {
	Label      string // lower case, with - and _ inside: "content", "section_label"
	Number     int    // 1 and above
	Start, End int
}

// maxNumber keeps the digits of a number few enough to fit an int anywhere.
const maxNumber = 999_999

// Of returns the spans of one label and number, in the order given.
func Of(spans []Span, label string, number int) []Span {
	var found []Span
	for _, s := range spans {
		if s.Label == label && s.Number == number {
			found = append(found, s)
		}
	}
	return found
}

// Parse takes the brackets off a marked text. Spans come in the order of their opening
// brackets, so an outer span stands before an inner one.
func Parse(marked string) (text string, spans []Span, err error) {
	var plain strings.Builder
	var open []int // indices into spans
	for i := 0; i < len(marked); i++ {
		switch marked[i] {
		case '\\':
			i++
			if i == len(marked) || !isSpecial(marked[i]) {
				return "", nil, fmt.Errorf("%s: a backslash stands only before [, ] or another", place(marked, i-1))
			}
			plain.WriteByte(marked[i])
		case '[':
			label, number, size := parseHead(marked[i+1:])
			if size == 0 {
				return "", nil, fmt.Errorf("%s: no label, number and space after [ (a bracket of the text is \\[)", place(marked, i))
			}
			open = append(open, len(spans))
			spans = append(spans, Span{Label: label, Number: number, Start: plain.Len()})
			i += size
		case ']':
			if len(open) == 0 {
				return "", nil, fmt.Errorf("%s: ] closes nothing (a bracket of the text is \\])", place(marked, i))
			}
			s := &spans[open[len(open)-1]]
			open = open[:len(open)-1]
			s.End = plain.Len()
			if s.Start == s.End {
				return "", nil, fmt.Errorf("%s: %s%d covers nothing", place(marked, i), s.Label, s.Number)
			}
		default:
			plain.WriteByte(marked[i])
		}
	}
	if len(open) > 0 {
		s := spans[open[len(open)-1]]
		return "", nil, fmt.Errorf("%s%d is never closed", s.Label, s.Number)
	}
	return plain.String(), spans, nil
}

// Render puts spans into a text as brackets. Of two spans over the same bytes the one given
// first becomes the outer one, so Render undoes Parse byte for byte.
func Render(text string, spans []Span) (string, error) {
	sorted := slices.Clone(spans)
	slices.SortStableFunc(sorted, byExtent)
	var marked strings.Builder
	var open []Span
	at := 0
	// advance copies the text up to end and closes the spans that end on the way.
	advance := func(end int) {
		for len(open) > 0 && open[len(open)-1].End <= end {
			s := open[len(open)-1]
			open = open[:len(open)-1]
			writeEscaped(&marked, text[at:s.End])
			marked.WriteByte(']')
			at = s.End
		}
		writeEscaped(&marked, text[at:end])
		at = end
	}
	for _, s := range sorted {
		if s.Start < 0 || s.Start >= s.End || s.End > len(text) {
			return "", fmt.Errorf("%s%d: no range [%d, %d) in a text of %d bytes", s.Label, s.Number, s.Start, s.End, len(text))
		}
		head := s.Label + strconv.Itoa(s.Number) + " "
		if label, number, _ := parseHead(head); label != s.Label || number != s.Number {
			return "", fmt.Errorf("%q is no label and number", head)
		}
		advance(s.Start)
		if len(open) > 0 && open[len(open)-1].End < s.End {
			o := open[len(open)-1]
			return "", fmt.Errorf("%s%d %q crosses %s%d %q", o.Label, o.Number, text[o.Start:o.End], s.Label, s.Number, text[s.Start:s.End])
		}
		marked.WriteString("[" + head)
		open = append(open, s)
	}
	advance(len(text))
	return marked.String(), nil
}

// parseHead reads "content1 " and returns its length, 0 if s begins otherwise.
func parseHead(s string) (label string, number, size int) {
	n := 0
	for n < len(s) && (isLower(s[n]) || n > 0 && (s[n] == '-' || s[n] == '_')) {
		n++
	}
	d := n
	for d < len(s) && '0' <= s[d] && s[d] <= '9' {
		d++
	}
	if n == 0 || !isLower(s[n-1]) || n == d || s[n] == '0' || d == len(s) || s[d] != ' ' {
		return "", 0, 0
	}
	number, err := strconv.Atoi(s[n:d])
	if err != nil || number > maxNumber {
		return "", 0, 0
	}
	return s[:n], number, d + 1
}

func isLower(b byte) bool   { return 'a' <= b && b <= 'z' }
func isSpecial(b byte) bool { return b == '[' || b == ']' || b == '\\' }

func writeEscaped(w *strings.Builder, s string) {
	for i := range len(s) {
		if isSpecial(s[i]) {
			w.WriteByte('\\')
		}
		w.WriteByte(s[i])
	}
}

// byExtent orders spans by their start, the longer one first.
func byExtent(a, b Span) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
}

// place names byte i of a marked text as an editor counts: line and byte in the line, from 1.
func place(marked string, i int) string {
	line := 1 + strings.Count(marked[:i], "\n")
	return fmt.Sprintf("%d:%d", line, i-strings.LastIndexByte(marked[:i], '\n'))
}
