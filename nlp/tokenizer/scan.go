package tokenizer

import (
	"strings"
	"unicode/utf8"

	"dateline/nlp/model"
)

// A class is a set of characters, several of them in one word (docs/nlp.md, section 4.4).
type class uint16

const (
	alpha class = 1 << iota
	lower
	upper
	icon
	beforeFullStop
	infixLeft
	infixRight
	word       // Python's \w
	decimal    // Python's \d
	prefix1    // a prefix of its own
	suffix1    // a suffix of its own
	unitEnd    // ends a unit or a currency
	infixStart // an infix may start with it
)

// classes tells the classes of every character: a table below U+10000, ranges above.
type classes struct {
	table [1 << 16]class
	above []classRange
}

type classRange struct {
	first, last rune
	class       class
}

// read fills the classes from a model.
func (c *classes) read(f *model.File) {
	for name, bit := range map[string]class{
		"alpha": alpha, "lower": lower, "upper": upper, "icons": icon, "beforeFullStop": beforeFullStop,
		"infixLeft": infixLeft, "infixRight": infixRight, "word": word, "decimal": decimal,
	} {
		ranges := f.Uint32s("class."+name, -1)
		for i := 0; i+1 < len(ranges); i += 2 {
			first, last := ranges[i], ranges[i+1]
			for r := first; r <= min(last, 0xffff); r++ {
				c.table[r] |= bit
			}
			if last > 0xffff {
				c.above = append(c.above, classRange{rune(max(first, 0x10000)), rune(last), bit})
			}
		}
	}
	single := func(list []string, bit class) {
		for _, s := range list {
			if r, n := utf8.DecodeRuneInString(s); n == len(s) {
				c.add(r, bit)
			}
		}
	}
	punct, quotes := f.Strings("list.punct").All(), f.Strings("list.quotes").All()
	single([]string{"§", "%", "=", "—", "–", "…"}, prefix1)
	single(punct, prefix1)
	single(quotes, prefix1)
	single(f.Strings("list.currency").All(), prefix1)
	single([]string{"—", "–", "…"}, suffix1)
	single(strings.Split(".…+-*^,:<>=/", ""), infixStart)
	for _, h := range f.Strings("list.hyphens").All() {
		r, _ := utf8.DecodeRuneInString(h)
		c.add(r, infixStart)
	}
	single(punct, suffix1)
	single(quotes, suffix1)
}

// add puts one character into a class.
func (c *classes) add(r rune, bit class) {
	if r < 1<<16 {
		c.table[r] |= bit
	} else {
		c.above = append(c.above, classRange{r, r, bit})
	}
}

// of returns the classes of a character; -1 stands for none.
func (c *classes) of(r rune) class {
	if uint32(r) < 1<<16 {
		return c.table[r]
	}
	var all class
	for _, a := range c.above {
		if a.first <= r && r <= a.last {
			all |= a.class
		}
	}
	return all
}

func (c *classes) is(r rune, bits class) bool { return c.of(r)&bits != 0 }

func digit(r rune) bool { return '0' <= r && r <= '9' }

// none is the character beyond either end of a string.
const none rune = -1

// first returns the first character of s and its size, none at the end.
func first(s string) (rune, int) {
	if s == "" {
		return none, 0
	}
	if s[0] < utf8.RuneSelf {
		return rune(s[0]), 1
	}
	return utf8.DecodeRuneInString(s)
}

// last returns the last character of s and its size, none at the start.
func last(s string) (rune, int) {
	if s == "" {
		return none, 0
	}
	return utf8.DecodeLastRuneInString(s)
}

// stops counts the full stops s starts with.
func stops(s string) int {
	n := 0
	for n < len(s) && s[n] == '.' {
		n++
	}
	return n
}

// prefixLen returns the bytes of the prefix s starts with, 0 if none.
func (t *Tokenizer) prefixLen(s string) int {
	r, n := first(s)
	if t.classes.is(r, prefix1) {
		return n
	}
	switch r {
	case '+':
		if next, _ := first(s[1:]); !digit(next) {
			return 1
		}
	case '.':
		if n := stops(s); n >= 2 {
			return n
		}
		return 0
	case 'U':
		if len(s) >= 3 && s[:3] == "US$" {
			return 3
		}
	case 'C', 'A':
		if len(s) >= 2 && s[1] == '$' {
			return 2
		}
	}
	if t.classes.is(r, icon) {
		return n
	}
	return 0
}

// suffixLen returns the bytes of the longest suffix s ends with, 0 if none.
func (t *Tokenizer) suffixLen(s string) int {
	r, n := last(s)
	if r == none {
		return 0
	}
	kind, best := t.classes.of(r), 0
	if kind&(suffix1|icon) != 0 {
		best = n
	}
	before, m := last(s[:len(s)-n])
	switch r {
	case '…':
		if before == '…' {
			best = 2 * n
		}
	case '.':
		run := 0
		for run < len(s) && s[len(s)-1-run] == '.' {
			run++
		}
		if run >= 2 {
			best = run
		} else if third, _ := last(s[:len(s)-n-m]); t.classes.is(before, beforeFullStop) ||
			t.classes.is(before, upper) && t.classes.is(third, upper) ||
			third == '°' && (before == 'F' || before == 'f' || before == 'C' || before == 'c' || before == 'K' || before == 'k') {
			best = max(best, 1)
		}
	case 's', 'S':
		if before == '\'' || before == '’' {
			best = n + m
		}
	case '+':
		if digit(before) {
			best = max(best, 1)
		}
	}
	if kind&unitEnd != 0 {
		for _, unit := range t.units[r] {
			if at := len(s) - len(unit); at > 0 && len(unit) > best && s[at:] == unit && digit(rune(s[at-1])) {
				best = len(unit)
			}
		}
	}
	return best
}

// infix returns the place and size of the first infix of s at or after from; size 0 if none.
func (t *Tokenizer) infix(s string, from int) (at, size int) {
	before, _ := last(s[:from])
	for at = from; at < len(s); {
		r, n := first(s[at:])
		if t.classes.is(r, infixStart|icon) {
			if size = t.infixAt(s[at:], before, r, n); size > 0 {
				return at, size
			}
		}
		before = r
		at += n
	}
	return at, 0
}

// infixAt returns the size of the infix that s starts with; r is its first character, n the size
// of that, and before what stands before it.
func (t *Tokenizer) infixAt(s string, before, r rune, n int) int {
	kind := t.classes.of(before)
	next := none
	if n < len(s) {
		next, _ = first(s[n:])
	}
	after := t.classes.of(next)
	switch {
	case r == '.' && next == '.':
		return stops(s)
	case r == '…' || t.classes.is(r, icon):
		return n
	case (r == '+' || r == '-' || r == '*' || r == '^') && digit(before) && (digit(next) || next == '-'):
		return n
	case r == '.' && kind&infixLeft != 0 && after&infixRight != 0:
		return n
	case r == ',' && kind&alpha != 0 && after&alpha != 0:
		return n
	}
	if kind&alpha == 0 && !digit(before) {
		return 0
	}
	for _, h := range t.hyphens {
		if len(s) > len(h) && s[:len(h)] == h {
			if next, _ := first(s[len(h):]); t.classes.is(next, alpha) {
				return len(h)
			}
		}
	}
	if (r == ':' || r == '<' || r == '>' || r == '=' || r == '/') && after&alpha != 0 {
		return n
	}
	return 0
}
