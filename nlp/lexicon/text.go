package lexicon

import (
	"encoding/binary"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hash is MurmurHash64A with seed 1 (Appleby 2009, "MurmurHash2, 64-bit versions").
func Hash(s string) uint64 {
	const m, r = 0xc6a4a7935bd1e995, 47
	h := 1 ^ uint64(len(s))*m
	for ; len(s) >= 8; s = s[8:] {
		k := binary.LittleEndian.Uint64([]byte(s[:8]))
		k *= m
		k ^= k >> r
		k *= m
		h = (h ^ k) * m
	}
	if len(s) > 0 {
		for i := range len(s) {
			h ^= uint64(s[i]) << (8 * i)
		}
		h *= m
	}
	h ^= h >> r
	h *= m
	return h ^ h>>r
}

// Blank tells whether Python's isspace holds. Go's unicode.IsSpace lacks U+001C to U+001F.
func Blank(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || '\t' <= r && r <= '\r' || 0x1c <= r && r <= 0x1f
	}
	switch r {
	case 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000:
		return true
	}
	return 0x2000 <= r && r <= 0x200a
}

// known tells whether the reference's Unicode (14.0, with Python 3.11) knows r as a letter, digit
// or other character of words. Go's tables are newer and know more.
func (l *Lexicon) known(r rune) bool {
	i := sort.Search(len(l.wordRanges)/2, func(i int) bool { return l.wordRanges[2*i+1] >= uint32(r) })
	return 2*i < len(l.wordRanges) && l.wordRanges[2*i] <= uint32(r)
}

// Letter is Python's isalpha.
func (l *Lexicon) Letter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r) && l.known(r)
}

// Lower is Python's lower: Unicode's full mapping with its rule for the final sigma, and without
// the rules of single languages.
func (l *Lexicon) Lower(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf && unicode.ToLower(r) != r }) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == 'İ':
			b.WriteString("i\u0307")
		case r == 'Σ' && sigmaIsFinal(s[:i], s[i+n:]):
			b.WriteRune('ς')
		case unicode.IsLetter(r) && !l.known(r):
			b.WriteRune(r)
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		i += n
	}
	return b.String()
}

// sigmaIsFinal tells whether a cased letter stands before and none after, those that have no
// case of their own passed over (The Unicode Standard, section 3.13, Final_Sigma).
func sigmaIsFinal(before, after string) bool {
	cased := func(r rune) bool { return unicode.IsLower(r) || unicode.IsUpper(r) || unicode.IsTitle(r) }
	for before != "" {
		r, n := utf8.DecodeLastRuneInString(before)
		if before = before[:len(before)-n]; caseIgnorable(r) {
			continue
		}
		if !cased(r) {
			return false
		}
		for _, r := range after {
			if !caseIgnorable(r) {
				return !cased(r)
			}
		}
		return true
	}
	return false
}

func caseIgnorable(r rune) bool {
	return strings.ContainsRune("'.:·‘’․‧", r) || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Lm, unicode.Sk)
}
