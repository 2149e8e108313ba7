package text

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Paragraphs are the paragraphs inside a span, without white space at their ends, in text
// order. Every line break parts paragraphs, but for those that a program has put in to keep
// lines short: see wrapped.
func Paragraphs(t string, within Span) []Span {
	var out []Span
	var block []Span // the lines since the last blank one
	flush := func() {
		if len(block) > 1 && wrapped(t, block) {
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

// wrapped reports whether a block of lines is one paragraph broken by a program: no line is
// longer than some width, and no line but the last could have held the first word of the next
// one. A list of headlines of like length can pass that by chance, so the second test is the
// words: some lines must end or begin as only the middle of a sentence does.
func wrapped(t string, lines []Span) bool {
	const narrowest = 40 // no page is set narrower; below it lie verse, lists and menus
	longest, shortest, room, lower := 0, math.MaxInt, math.MaxInt, 0
	for i, line := range lines {
		n := utf8.RuneCountInString(line.Of(t))
		longest = max(longest, n)
		if i == len(lines)-1 {
			break
		}
		next := lines[i+1].Of(t)
		word := 0
		for _, r := range next {
			if IsSpace(r) {
				break
			}
			word++
		}
		room, shortest = min(room, n+1+word), min(shortest, n)
		if goesOn(line.Of(t), next) {
			lower++
		}
	}
	if longest < narrowest {
		return openLines(t, lines)
	}
	if longest >= room || 2*shortest < longest { // one long word can push itself to the next line, not half a line
		return false
	}
	return lower*5 >= 2*(len(lines)-1)
}

// openLines reports whether every line but the last leaves a sentence open that the next one
// takes up: it began with a capital letter, has no end, and the next goes on with it.
func openLines(t string, lines []Span) bool {
	if r, _ := utf8.DecodeRuneInString(lines[0].Of(t)); !unicode.IsUpper(r) {
		return false
	}
	for i, line := range lines[:len(lines)-1] {
		last, _ := utf8.DecodeLastRuneInString(line.Of(t))
		if !goesOn(line.Of(t), lines[i+1].Of(t)) || !unicode.IsLetter(last) && last != ',' {
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
	return strings.HasSuffix(last, ",") || unended[last]
}

var unended = set(`a an the and or but nor of in on at by for from with to as that than into over under about after before between
	during through against his her its their our my your this these those is are was were be been has have had will would Mr. Mrs.
	Ms. Dr. President Minister`)
