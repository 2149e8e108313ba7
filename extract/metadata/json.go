package metadata

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A value is a piece of JSON: a string (or number or word, as written), a list, or an object.
type value struct {
	text   string
	list   []value
	object []member
}

type member struct {
	key   string
	value value
}

// get is the value of the first member of that name, in any case of letters.
func (v value) get(key string) value {
	for _, m := range v.object {
		if strings.EqualFold(m.key, key) {
			return m.value
		}
	}
	return value{}
}

// all are the elements of a list, or the value itself if it is none.
func (v value) all() []value {
	if v.list != nil {
		return v.list
	}
	if v.object != nil || v.text != "" {
		return []value{v}
	}
	return nil
}

// maxJSONDepth is where the reader of JSON stops going down: schema.org data is at most 8 deep.
const maxJSONDepth = 40

// parseJSON reads the JSON of pages, which is not always JSON: it forgives raw line breaks in
// strings, commas too many or too few, comments and CDATA marks around it, and an end that is
// missing. What is nested too deep is skipped. It reads every value of a sequence.
func parseJSON(s string) []value {
	p := &jsonReader{s: strings.Replace(s, "<![CDATA[", "", 1)}
	var out []value
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

type jsonReader struct {
	s string
	i int
}

func (p *jsonReader) blank() {
	for p.i < len(p.s) && (p.s[p.i] <= ' ' || p.s[p.i] == ',' || p.s[p.i] == 0xef || p.s[p.i] == 0xbb || p.s[p.i] == 0xbf) {
		p.i++
	}
}

func (p *jsonReader) value(depth int) value {
	p.blank()
	if p.i >= len(p.s) {
		return value{}
	}
	if depth > maxJSONDepth {
		p.skip()
		return value{}
	}
	switch p.s[p.i] {
	case '{':
		p.i++
		v := value{object: []member{}}
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
					v.object = append(v.object, member{key, p.value(depth + 1)})
				}
			default:
				p.i++
			}
		}
	case '[':
		p.i++
		v := value{list: []value{}}
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
				v.list = append(v.list, p.value(depth+1))
				if p.i == before {
					p.i++
				}
			}
		}
	case '"':
		return value{text: p.str()}
	}
	start := p.i
	for p.i < len(p.s) && !strings.ContainsRune(",]}\n{[\"", rune(p.s[p.i])) {
		p.i++
	}
	word := strings.TrimSpace(p.s[start:p.i])
	if word == "null" {
		word = ""
	}
	return value{text: word}
}

// skip passes over a value without building it, however deep it is.
func (p *jsonReader) skip() {
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

func (p *jsonReader) str() string {
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

func (p *jsonReader) hex() rune {
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
