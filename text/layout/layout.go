// Package layout reads what the shape of plain text tells: whether a program has broken a
// paragraph into lines, and which item of a list a line opens.
package layout

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/text/english"
)

// Wrapped reports whether a block of lines is one paragraph broken by a program: no line is
// longer than some width, and no line but the last could have held the first word of the next
// one. A list of headlines of like length can pass that by chance, so the second test is the
// words: some lines must end or begin as only the middle of a sentence does.
func Wrapped(lines []string) bool {
	const narrowest = 40 // no page is set narrower; below it lie verse, lists and menus
	longest, shortest, room, lower := 0, math.MaxInt, math.MaxInt, 0
	for i, line := range lines {
		n := utf8.RuneCountInString(line)
		longest = max(longest, n)
		if i == len(lines)-1 {
			break
		}
		next := lines[i+1]
		word := 0
		for _, r := range next {
			if r == ' ' || r == '\t' || r == 0xa0 {
				break
			}
			word++
		}
		room, shortest = min(room, n+1+word), min(shortest, n)
		if goesOn(line, next) {
			lower++
		}
	}
	if longest < narrowest {
		return openLines(lines)
	}
	if longest >= room || 2*shortest < longest { // one long word can push itself to the next line, not half a line
		return false
	}
	return lower*5 >= 2*(len(lines)-1)
}

// openLines reports whether every line but the last leaves a sentence open that the next one
// takes up: it began with a capital letter, has no end, and the next goes on with it.
func openLines(lines []string) bool {
	if r, _ := utf8.DecodeRuneInString(lines[0]); !unicode.IsUpper(r) {
		return false
	}
	for i, line := range lines[:len(lines)-1] {
		last, _ := utf8.DecodeLastRuneInString(line)
		if !goesOn(line, lines[i+1]) || !unicode.IsLetter(last) && last != ',' {
			return false
		}
	}
	return true
}

// goesOn reports whether a line is the middle of what the line before it began: it begins in
// lower case, or that line ends with a comma or with a word that no sentence ends with.
func goesOn(line, next string) bool {
	if r, _ := utf8.DecodeRuneInString(next); unicode.IsLower(r) {
		return true
	}
	last := line[strings.LastIndexByte(line, ' ')+1:]
	return strings.HasSuffix(last, ",") || english.Unended[last]
}

// A Marker is what opens the item of a list: "1.", "2)", "3.)", "a.", a bullet.
type Marker struct {
	Size   int // with the blank behind it, but for a bullet without one
	Value  int // of a number or letter; 0 for a bullet alone
	Letter bool
	Bullet rune
	Tail   string // ".", ")" or ".)"
}

// ReadMarker reads the marker that s begins with, if it does; the zero Marker if not.
func ReadMarker(s string) Marker {
	var m Marker
	i := 0
	at := func(i int) byte {
		if i < len(s) {
			return s[i]
		}
		return 0
	}
	if r, n := utf8.DecodeRuneInString(s); Bullet(r) {
		m.Bullet = r
		i += n
		for at(i) == ' ' {
			i++
		}
		m.Size = i
	}
	j := i
	switch {
	case at(j) >= '0' && at(j) <= '9':
		for at(j) >= '0' && at(j) <= '9' && j-i < 3 {
			m.Value = m.Value*10 + int(at(j)-'0')
			j++
		}
	case at(j) >= 'a' && at(j) <= 'z':
		m.Value, m.Letter = int(at(j)-'a')+1, true
		j++
	}
	k := j
	for k-j < 2 && (at(k) == '.' && k == j || at(k) == ')') {
		k++
	}
	if j == i || k == j || at(k) != ' ' {
		m.Value, m.Letter = 0, false
		return m
	}
	m.Tail, m.Size = s[j:k], k
	return m
}

// Bullet reports whether r is a mark that opens items.
func Bullet(r rune) bool {
	return r != 0 && r != utf8.RuneError && strings.ContainsRune("•⁃▪●►·", r)
}
