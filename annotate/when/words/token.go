package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/text"
)

// A Kind is what a token is made of.
type Kind uint8

// Tokens are runs of letters, runs of digits, and single other characters.
const (
	Mark Kind = iota
	Word
	Number
)

// A Token is a run of letters, a run of digits or one other character. "6pm" is two tokens,
// "Sept." is two, "didn't" three: what belongs together is the grammar's business.
type Token struct {
	Span  text.Span
	Text  string // lower case, apostrophes and dashes in their ASCII form
	Kind  Kind
	Cap   bool // begins with a capital
	Caps  bool // all capitals
	Tight bool // no white space before it
	Break bool // a line break before it
	Value int  // of a Number of up to nine digits, else -1
	Word  Entry
}

// Tokens cuts the part of t that s marks. It takes time linear in the length of s.
func Tokens(t string, s text.Span) []Token {
	out := make([]Token, 0, s.Len()/5+1)
	tight, line, start := false, true, s.Start
	for i := s.Start; i < s.End; {
		r, n := rune(t[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(t[i:s.End])
		}
		if text.IsSpace(r) {
			if r == '\n' || r == 0x2028 || r == 0x2029 {
				line = line || !wrapped(t[start:i], t[i+n:s.End], out)
				start = i + n
			}
			tight = false
			i += n
			continue
		}
		k := Token{Tight: tight, Break: line, Value: -1}
		end := i + n
		switch {
		case unicode.IsLetter(r):
			k.Kind, k.Cap = Word, unicode.IsUpper(r)
			k.Caps = k.Cap
			lower := !k.Cap
			for end < s.End {
				r, n := rune(t[end]), 1
				if r >= utf8.RuneSelf {
					r, n = utf8.DecodeRuneInString(t[end:s.End])
				}
				if !unicode.IsLetter(r) && !unicode.IsMark(r) {
					break
				}
				if unicode.IsUpper(r) {
					lower = false
				} else {
					k.Caps = false
				}
				end += n
			}
			k.Text = t[i:end]
			if !lower {
				k.Text = strings.ToLower(k.Text)
			}
			k.Word = vocabulary[k.Text]
		case '0' <= r && r <= '9':
			k.Kind = Number
			v := 0
			for end = i; end < s.End && '0' <= t[end] && t[end] <= '9'; end++ {
				if end-i < 9 {
					v = v*10 + int(t[end]-'0')
				}
			}
			k.Text = t[i:end]
			if len(k.Text) <= 9 {
				k.Value = v
			}
		default:
			k.Text = mark(r, t[i:end])
		}
		k.Span = text.Span{Start: i, End: end}
		out = append(out, k)
		tight, line = true, false
		i = end
	}
	return out
}

// wrapped reports whether a line break only wraps a paragraph: the line is a long one without
// an end mark, and goes on in lower case, in figures, or after one of the small words that
// never end anything. A title is not wrapped, nor is what stands before an empty line.
func wrapped(line, rest string, before []Token) bool {
	if len(line) < 40 || len(rest) == 0 || len(before) == 0 {
		return false
	}
	last := &before[len(before)-1]
	if last.Kind == Mark && last.Text != "," {
		return false
	}
	c := rest[0]
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' && last.Kind == Word && !last.Cap || Small[last.Text] && c != '\n' && c != '\r' && c != ' '
}

// mark folds the many forms of an apostrophe and a dash.
func mark(r rune, as string) string {
	switch r {
	case '’', '‘', 'ʼ', '`', '´', '′':
		return "'"
	case '–', '—', '−', '‐', '‑', '‒', '―':
		return "-"
	case '“', '”', '„', '‟', '«', '»':
		return `"`
	}
	return as
}
