// Package word cuts texts into words and makes alike what a searcher takes for the same word.
//
// A Token has its place, its Word (lower case, without accents, one kind of apostrophe) and,
// by Stem, its stem (the English stemmer of Porter, "Porter2"). Words are runs of letters,
// digits and marks; an apostrophe inside a word belongs to it, so do the points of "U.S." and
// "3.5" and the comma of "1,400". Scripts that put no blanks between words are cut into
// overlapping pairs of characters, which is how one searches them without a dictionary.
//
// One stemmer serves every language: what matters is that text and query meet it alike.
package word

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"golang.org/x/text/unicode/norm"

	"dateline/text"
)

// A Token is a word of a text.
type Token struct {
	Span text.Span
	Word string
}

// longest bounds a word: what is longer is a hash or a file in disguise, and is cut.
const longest = 64

// Tokens are the words of t within a span, in text order.
func Tokens(t string, within text.Span) []Token {
	all := make([]Token, 0, within.Len()/6+1)
	for i := within.Start; i < within.End; {
		c := t[i]
		if c < utf8.RuneSelf && !alphanumeric(c) {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(t[i:within.End])
		if !inWord(r) {
			i += n
			continue
		}
		if unspaced(r) {
			all, i = pairs(all, t, i, within.End)
			continue
		}
		end := wordEnd(t, i, within.End)
		if w := fold(t[i:end]); w != "" {
			all = append(all, Token{text.Span{Start: i, End: end}, w})
		}
		i = end
	}
	return all
}

// Words are the words of t.
func Words(t string) []string {
	tokens := Tokens(t, text.Span{Start: 0, End: len(t)})
	words := make([]string, len(tokens))
	for i, k := range tokens {
		words[i] = k.Word
	}
	return words
}

func alphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return alphanumeric(byte(r))
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

// unspaced holds for letters of scripts that are written without blanks between words.
func unspaced(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// pairs cuts a run of such letters, each pair overlapping the next.
func pairs(all []Token, t string, i, end int) ([]Token, int) {
	start, n := i, 0
	for previous := i; ; {
		r, size := utf8.DecodeRuneInString(t[i:end])
		if i >= end || !unspaced(r) {
			if n == 1 {
				all = append(all, Token{text.Span{Start: start, End: i}, t[start:i]})
			}
			return all, i
		}
		if n++; n > 1 {
			all = append(all, Token{text.Span{Start: previous, End: i + size}, t[previous : i+size]})
		}
		previous = i
		i += size
	}
}

// wordEnd is where the word that begins at i ends.
func wordEnd(t string, i, end int) int {
	start := i
	dotted := true // only single letters with points between them so far
	letters := 0   // since the last point
	for i < end {
		r, n := utf8.DecodeRuneInString(t[i:end])
		if inWord(r) && !unspaced(r) {
			i += n
			if !unicode.IsMark(r) {
				letters++
			}
			continue
		}
		next, _ := utf8.DecodeRuneInString(t[i+n : end])
		last, _ := utf8.DecodeLastRuneInString(t[start:i])
		switch {
		case !inWord(next) || unspaced(next):
			return i
		case r == '\'' || r == '\u2019' || r == '\u02bc':
			if unicode.IsDigit(next) {
				return i
			}
			dotted = false
		case (r == '.' || r == ',') && unicode.IsDigit(last) && unicode.IsDigit(next):
			dotted = false
		case r == '.' && dotted && letters == 1 && unicode.IsLetter(last) && unicode.IsLetter(next) && single(t[i+n:end]):
			letters = 0
		default:
			return i
		}
		i += n
	}
	return i
}

// single reports whether t begins with one letter that stands alone.
func single(t string) bool {
	_, n := utf8.DecodeRuneInString(t)
	r, _ := utf8.DecodeRuneInString(t[n:])
	return !inWord(r)
}

// letters that lower case and decomposition leave apart from the ones they are searched by.
var plain = map[rune]string{'ß': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'æ': "ae", 'œ': "oe", 'ı': "i", 'þ': "th", 'ς': "σ"}

// fold is a word of a text in the form in which words are compared.
func fold(w string) string {
	ascii := true
	for i := 0; i < len(w) && ascii; i++ {
		ascii = w[i] < utf8.RuneSelf
	}
	if ascii {
		w = strings.ToLower(w)
	} else {
		var b strings.Builder
		last := rune(0)
		for _, r := range norm.NFKD.String(w) {
			switch {
			case r == '\'' || r == '\u2019' || r == '\u02bc':
				if last != '\'' { // what stood between two of them is gone
					b.WriteByte('\'')
				}
				last = '\''
			case 0x0300 <= r && r <= 0x036f || 0x064b <= r && r <= 0x0652 || r == 0x0640:
			default:
				r = unicode.ToLower(r)
				last = r
				if s, ok := plain[r]; ok {
					b.WriteString(s)
				} else if inWord(r) || r == '.' || r == ',' {
					b.WriteRune(r)
				}
			}
		}
		w = norm.NFC.String(b.String())
	}
	if strings.ContainsAny(w, ".,") {
		w = undotted(w)
	}
	for len(w) > longest || !utf8.ValidString(w) {
		_, n := utf8.DecodeLastRuneInString(w[:min(len(w), longest+1)])
		w = w[:min(len(w), longest+1)-n]
	}
	return strings.Trim(w, "'.,") // what stood beside them is gone
}

// undotted is "us" for "u.s", "1400" for "1,400"; the point of a number stays.
func undotted(w string) string {
	var b strings.Builder
	for i := range len(w) {
		if w[i] == ',' || w[i] == '.' && (i == 0 || i == len(w)-1 || !digit(w[i-1]) || !digit(w[i+1])) {
			continue
		}
		b.WriteByte(w[i])
	}
	return b.String()
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// known remembers the stems of words seen lately: stemming is most of the work of indexing. A
// place holds the word that came last; what another goroutine writes there is as good.
var known [1 << 14]atomic.Pointer[[2]string]

var seed = maphash.MakeSeed()

// Stem is what the forms of a word share: "ferri" of "ferries", "ruiz" of "ruiz's".
func Stem(w string) string {
	place := &known[maphash.String(seed, w)%uint64(len(known))]
	if k := place.Load(); k != nil && k[0] == w {
		return k[1]
	}
	s := stem(w)
	place.Store(&[2]string{strings.Clone(w), s})
	return s
}

func stem(w string) string {
	s := strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "'")
	s = strings.ReplaceAll(s, "'", "")
	if s == "" {
		return w
	}
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return s // numbers, and letters that English does not have
		}
	}
	env := snowballstem.NewEnv(s)
	english.Stem(env)
	return env.Current()
}

// Stop reports whether a word carries too little meaning to find anything by: the function
// words of English.
func Stop(w string) bool { return stops[w] }

var stops = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`a about after against all also am an and any are as at be because been before being
		between both but by can could did do does doing during each for from further had has have having he her here hers him
		his how i if in into is it it's its itself just may me might more most my no nor not of off on once only or other our
		ours out over own s same shall she should so some such t than that the their theirs them themselves then there these
		they this those through to too under until up upon very was we were what when where which while who whom whose why
		will with would you your yours`) {
		m[w] = true
	}
	return m
}()
