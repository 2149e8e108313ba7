// Package loosejson reads the JSON of pages, which is not always JSON: it forgives what
// browsers' authors get wrong, never fails, and never goes deeper than it must. It knows
// nothing of schema.org; package metadata does.
package loosejson

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A Value is a piece of JSON: a string (or number or word, as written), a list, or an object.
type Value struct {
	Text   string
	List   []Value
	Object []Member
}

type Member struct {
	Key   string
	Value Value
}

// Get is the value of the first member of that name, in any case of letters.
func (v Value) Get(key string) Value {
	for _, m := range v.Object {
		if strings.EqualFold(m.Key, key) {
			return m.Value
		}
	}
	return Value{}
}

// All are the elements of a list, or the value itself if it is none.
func (v Value) All() []Value {
	if v.List != nil {
		return v.List
	}
	if v.Object != nil || v.Text != "" {
		return []Value{v}
	}
	return nil
}

// maxDepth is where the reader of JSON stops going down: schema.org data is at most 8 deep.
const maxDepth = 40

// Parse reads the JSON of pages, which is not always JSON: it forgives raw line breaks in
// strings, commas too many or too few, comments and CDATA marks around it, and an end that is
// missing. What is nested too deep is skipped. It reads every value of a sequence.
func Parse(s string) []Value {
	p := &reader{s: strings.Replace(s, "<![CDATA[", "", 1)}
	var out []Value
	for len(out) < 50 {
		i := strings.IndexAny(p.s[p.i:], "{[")
		if i < 0 {
			return out
		}
		p.i += i
		out = append(out, p.value(0))
	}
	return out
}

type reader struct {
	s string
	i int
}

func (p *reader) blank() {
	for p.i < len(p.s) && (p.s[p.i] <= ' ' || p.s[p.i] == ',' || p.s[p.i] == 0xef || p.s[p.i] == 0xbb || p.s[p.i] == 0xbf) {
		p.i++
	}
}

func (p *reader) value(depth int) Value {
	p.blank()
	if p.i >= len(p.s) {
		return Value{}
	}
	if depth > maxDepth {
		p.skip()
		return Value{}
	}
	switch p.s[p.i] {
	case '{':
		p.i++
		v := Value{Object: []Member{}}
		for {
			p.blank()
			if p.i >= len(p.s) {
				return v
			}
			switch p.s[p.i] {
			case '}':
				p.i++
				return v
			case ']':
				return v // an end too few; it belongs to a list around
			case '"':
				key := p.str()
				p.blank()
				if p.i < len(p.s) && p.s[p.i] == ':' {
					p.i++
					v.Object = append(v.Object, Member{key, p.value(depth + 1)})
				}
			default:
				p.i++
			}
		}
	case '[':
		p.i++
		v := Value{List: []Value{}}
		for {
			p.blank()
			if p.i >= len(p.s) {
				return v
			}
			switch p.s[p.i] {
			case ']':
				p.i++
				return v
			case '}':
				return v
			case ':':
				p.i++
			default:
				before := p.i
				v.List = append(v.List, p.value(depth+1))
				if p.i == before {
					p.i++
				}
			}
		}
	case '"':
		return Value{Text: p.str()}
	}
	start := p.i
	for p.i < len(p.s) && !strings.ContainsRune(",]}\n{[\"", rune(p.s[p.i])) {
		p.i++
	}
	word := strings.TrimSpace(p.s[start:p.i])
	if word == "null" {
		word = ""
	}
	return Value{Text: word}
}

// skip passes over a value without building it, however deep it is.
func (p *reader) skip() {
	depth := 0
	for p.i < len(p.s) {
		switch p.s[p.i] {
		case '{', '[':
			depth++
			p.i++
		case '}', ']':
			depth--
			p.i++
		case '"':
			p.str()
		default:
			p.i++
		}
		if depth <= 0 {
			return
		}
	}
}

func (p *reader) str() string {
	p.i++
	start := p.i
	for p.i < len(p.s) && p.s[p.i] != '"' && p.s[p.i] != '\\' {
		p.i++
	}
	if p.i >= len(p.s) || p.s[p.i] == '"' {
		out := p.s[start:p.i]
		p.i = min(p.i+1, len(p.s))
		return out
	}
	var b strings.Builder
	b.WriteString(p.s[start:p.i])
	for p.i < len(p.s) && p.s[p.i] != '"' {
		if p.s[p.i] != '\\' || p.i+1 >= len(p.s) {
			b.WriteByte(p.s[p.i])
			p.i++
			continue
		}
		p.i++
		c := p.s[p.i]
		p.i++
		switch c {
		case 'n', 'r':
			b.WriteByte('\n')
		case 't', 'f', 'b':
			b.WriteByte(' ')
		case 'u':
			r := p.hex()
			if utf16.IsSurrogate(r) && strings.HasPrefix(p.s[p.i:], `\u`) {
				p.i += 2
				r = utf16.DecodeRune(r, p.hex())
			}
			if r == 0 || !utf8.ValidRune(r) {
				r = utf8.RuneError
			}
			b.WriteRune(r)
		default:
			b.WriteByte(c)
		}
	}
	p.i = min(p.i+1, len(p.s))
	return b.String()
}

func (p *reader) hex() rune {
	if p.i+4 > len(p.s) {
		return utf8.RuneError
	}
	n, err := strconv.ParseUint(p.s[p.i:p.i+4], 16, 32)
	if err != nil {
		return utf8.RuneError
	}
	p.i += 4
	return rune(n)
}
