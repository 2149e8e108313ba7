// Package terminal makes text fit for a terminal: it takes out what could move the cursor, breaks lines
// at 80 columns and sets words off where a terminal is looked at. It writes nothing itself.
package terminal

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Columns is the width that output for people keeps to.
const Columns = 80

// Clean is text of a page made fit for a terminal: one line, without what printable takes out.
func Clean(t string) string { return strings.Join(strings.Fields(Printable(t)), " ") }

// Printable is t without control characters and marks of direction, so that no page can move
// the cursor, set the title of the window or turn a line around.
func Printable(t string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < 0x20 || r == 0x7f || 0x80 <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069:
			return -1
		}
		return r
	}, t)
}

// Clip is t in at most width columns, its end replaced by an ellipsis where it is longer.
func Clip(t string, width int) string {
	if utf8.RuneCountInString(t) <= width {
		return t
	}
	return strings.TrimRight(string([]rune(t)[:width-1]), " ") + "…"
}

// Wrap breaks t at blanks into lines of at most so many columns, each behind indent. A word
// longer than a line stands alone on one.
func Wrap(t, indent string) string {
	var b strings.Builder
	column := 0
	for _, word := range strings.Fields(t) {
		n := utf8.RuneCountInString(word)
		switch {
		case column == 0:
			b.WriteString(indent)
			column = len(indent)
		case column+1+n > Columns:
			b.WriteString("\n" + indent)
			column = len(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}

// Plural is "1 page", "2 pages".
func Plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// Hang breaks text into lines that hang behind a label.
func Hang(label, t string) string {
	indent := strings.Repeat(" ", len([]rune(label)))
	return label + strings.TrimPrefix(Wrap(t, indent), indent)
}

// Counted is "1 article is", "2 articles are".
func Counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}
