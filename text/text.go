// Package text knows what a character is, but not what news is: spans, the way back from
// derived text to the bytes it came from, character encodings, sentences and quotation marks.
//
// Every position in this house is a byte offset into UTF-8, and every range is half open,
// [start, end). Text that was derived from a page (decoded, unescaped, normalised to NFC,
// its white space folded) carries an Alignment, which maps each of its spans back to the
// bytes of the page. Text that was not derived, a plain file in valid UTF-8, is left byte
// for byte as it is, NFC or not: its alignment is the identity, and whoever compares words
// folds them first.
//
// The package holds no language model and no list of outlets. It reads no files and keeps no
// state; all of its functions are safe for concurrent use.
package text

import (
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// A Span is the half-open range of bytes [Start, End) of some text. The text is named by
// whatever holds the span. The zero Span is empty and stands for "no place" where a field
// says so.
type Span struct{ Start, End int }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether the span holds no byte.
func (s Span) Empty() bool { return s.End <= s.Start }

// Of is the piece of t that the span marks. It panics if the span lies outside t: spans are
// checked where they enter the house (see Valid), so a bad one is a fault of ours.
func (s Span) Of(t string) string { return t[s.Start:s.End] }

// Contains reports whether o lies wholly inside s. Every span contains itself.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether the two spans share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Cover is the smallest span that holds both; an empty one counts for nothing.
func (s Span) Cover(o Span) Span {
	switch {
	case s.Empty():
		return o
	case o.Empty():
		return s
	}
	return Span{min(s.Start, o.Start), max(s.End, o.End)}
}

// Valid reports whether the span lies inside t and begins and ends between characters.
func (s Span) Valid(t string) bool {
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(t) && boundary(t, s.Start) && boundary(t, s.End)
}

func boundary(t string, i int) bool { return i == len(t) || utf8.RuneStart(t[i]) }

// Trim is the span without the white space at its ends. A span of white space alone becomes
// the empty span at its start.
func (s Span) Trim(t string) Span {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(t[s.Start:s.End])
		if !IsSpace(r) {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(t[s.Start:s.End])
		if !IsSpace(r) {
			break
		}
		s.End -= n
	}
	return s
}

// MarshalJSON writes the span as [start, end], the form of every range the program prints.
func (s Span) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, 24), '[')
	b = append(strconv.AppendInt(b, int64(s.Start), 10), ',')
	return append(strconv.AppendInt(b, int64(s.End), 10), ']'), nil
}

// UnmarshalJSON reads [start, end]. A story is read with a hundred thousand of them, so those that
// MarshalJSON wrote are not parsed as any JSON may be.
func (s *Span) UnmarshalJSON(b []byte) error {
	if start, rest := digits(b, '['); rest != nil {
		if end, rest := digits(rest, ','); len(rest) == 1 && rest[0] == ']' && start <= end {
			s.Start, s.End = start, end
			return nil
		}
	}
	var pair []int
	if err := json.Unmarshal(b, &pair); err != nil {
		return fmt.Errorf("span: %w", err)
	}
	if len(pair) != 2 || pair[0] < 0 || pair[1] < pair[0] {
		return fmt.Errorf("span: %s is not [start, end]", b)
	}
	s.Start, s.End = pair[0], pair[1]
	return nil
}

// digits is the number behind a sign, and what follows it; nil where there is none of up to 18 digits, or
// one that JSON would write otherwise.
func digits(b []byte, sign byte) (n int, rest []byte) {
	if len(b) < 2 || b[0] != sign {
		return 0, nil
	}
	i := 1
	for ; i < len(b) && i <= 18 && '0' <= b[i] && b[i] <= '9'; i++ {
		n = 10*n + int(b[i]-'0')
	}
	if i == 1 || b[1] == '0' && i > 2 {
		return 0, nil
	}
	return n, b[i:]
}

// IsSpace reports whether r parts words: Unicode white space, and the characters that news
// pages use for it, the zero-width space and the byte order mark.
func IsSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0x200b, 0xfeff:
		return true
	}
	return 0x2000 <= r && r <= 0x200a
}

// Dice is how like two lists of words are, from 0 to 1, their order apart: twice the words that both
// have, each as often as both have it, by the words of both (Dice 1945). Two empty lists are alike.
func Dice(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 1
	}
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	both := 0
	for _, w := range b {
		if count[w] > 0 {
			count[w]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}
