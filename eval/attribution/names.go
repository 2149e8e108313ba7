package attribution

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// titles and articles are no part of a name.
var titles = map[string]bool{"the": true, "mr": true, "mrs": true, "ms": true, "dr": true}

// nameWords are the words of a name, folded: case, accents, and the endings in which one name
// is written in Latin letters (Zelensky, Zelenskyy, Zelenskiy) made one.
func nameWords(name string) []string {
	folded := cases.Fold().String(norm.NFKD.String(name))
	folded = strings.Map(func(r rune) rune {
		if norm.NFD.PropertiesString(string(r)).CCC() != 0 {
			return -1
		}
		return r
	}, folded)
	var out []string
	for _, w := range strings.FieldsFunc(folded, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		if titles[w] {
			continue
		}
		for _, ending := range []string{"skyy", "skiy", "skyi", "skij"} {
			if stem, ok := strings.CutSuffix(w, ending); ok {
				w = stem + "sky"
			}
		}
		out = append(out, w)
	}
	return out
}

// SameName reports whether two names may be one person's: equal but for case, accents and
// titles, or one holds all words of the other and ends in the same.
func SameName(a, b string) bool {
	x, y := nameWords(a), nameWords(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	if x[len(x)-1] != y[len(y)-1] {
		return false
	}
	for _, w := range x {
		if !slices.Contains(y, w) {
			return false
		}
	}
	return true
}

// NameWithin reports whether one name lies in the other, letter by letter: gold that names a
// speaker by the longest words for him is met by any part of them.
func NameWithin(a, b string) bool {
	x, y := strings.Join(nameWords(a), " "), strings.Join(nameWords(b), " ")
	return x != "" && y != "" && (strings.Contains(x, y) || strings.Contains(y, x))
}
