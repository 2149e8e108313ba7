// Package sketch reduces an article to what the comparison of articles needs: its weighted
// words, the words of its title and lead, its numbers, and a sample of its shingles.
//
// Words are runs of letters and digits in lower case; of scripts written without blanks, pairs
// of neighbouring characters (Manning et al. 2008, section 2.2.1). Nothing is stemmed and no
// parse is used, so that every language is treated alike. Words are kept as 32-bit hashes.
//
// A shingle is a run of words (Broder 1997, "On the resemblance and containment of
// documents"). A sketch keeps those whose hash is a multiple of 2^level, Broder's MOD_m sketch: other
// than a fixed number of minima it also estimates containment, so that a copy that was cut
// to a quarter is still seen whole. Up to MaxShingles all are kept, and the comparison of two
// articles of usual length is exact.
package sketch

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"
)

const (
	// ShingleWords is the length of a shingle. Wire copy is short and cut from the end, so
	// short shingles find more; Broder et al. (1997) use 10 for web pages.
	ShingleWords = 3
	// MaxShingles is the most shingles that a sketch keeps.
	MaxShingles = 512
	// maxWords is where the reading of a text ends: the longest of 4,957 news articles measured
	// has 8,478 words.
	maxWords = 10_000
	// leadWords is how long a lead is: about the first two sentences.
	leadWords = 60
)

// A Term is a word and how often it stands in the article.
type Term struct {
	Hash  uint32
	Count uint16
	Name  bool // it stands in mid-sentence with a capital
	// Capital: it stands somewhere with a capital, be it that of its sentence. Where few words are
	// all there is, the name that opens them counts.
	Capital bool
}

// A Sketch is what is kept of an article.
type Sketch struct {
	Terms    []Term   // of title and text, by hash
	Title    []uint32 // words of the title, by hash, once each
	Lead     []uint32 // likewise of the first words of the text
	Numbers  []uint32 // numbers outside quotations, by hash, once each
	Shingles []uint32 // outside quotations, by hash
	Quoted   []uint32 // shingles inside quotations, by hash
	Level    uint8    // Shingles holds the multiples of 2^Level
	Words    int      // words of the text
	Plain    int      // words outside quotations
}

// A Reader makes sketches. It keeps its working memory between calls and is not safe for
// concurrent use.
type Reader struct {
	words []word
	terms map[uint32]int32
	keys  []uint64
}

type word struct {
	hash            uint32
	quoted          bool
	number, capital bool
	first           bool // of its sentence
}

// Of is the sketch of an article.
func (r *Reader) Of(title, text string) Sketch {
	if r.terms == nil {
		r.terms = make(map[uint32]int32, 1024)
	}
	clear(r.terms)
	var s Sketch
	r.words = r.words[:0]
	r.split(title, 100)
	for _, w := range r.words {
		s.add(r, w)
		s.Title = append(s.Title, w.hash)
	}
	s.Title = set(s.Title)
	r.words = r.words[:0]
	r.split(text, maxWords)
	s.Words = len(r.words)
	for i, w := range r.words {
		s.add(r, w)
		if i < leadWords {
			s.Lead = append(s.Lead, w.hash)
		}
		if w.number && !w.quoted {
			s.Numbers = append(s.Numbers, w.hash)
		}
		if !w.quoted {
			s.Plain++
		}
	}
	s.Lead = set(s.Lead)
	s.Numbers = set(s.Numbers)
	r.keys = r.keys[:0]
	for i, t := range s.Terms {
		r.keys = append(r.keys, uint64(t.Hash)<<32|uint64(i))
	}
	slices.Sort(r.keys)
	sorted := make([]Term, len(s.Terms))
	for i, k := range r.keys {
		sorted[i] = s.Terms[uint32(k)]
	}
	s.Terms = sorted
	s.shingle(r.words)
	return s
}

func (s *Sketch) add(r *Reader, w word) {
	at, known := r.terms[w.hash]
	if !known {
		at = int32(len(s.Terms))
		r.terms[w.hash] = at
		s.Terms = append(s.Terms, Term{Hash: w.hash})
	}
	t := &s.Terms[at]
	if t.Count < math.MaxUint16 {
		t.Count++
	}
	t.Name = t.Name || w.capital && !w.first
	t.Capital = t.Capital || w.capital
}

// shingle fills in the shingles. One that lies in a quotation to the last word is quoted.
func (s *Sketch) shingle(words []word) {
	for (len(words)-ShingleWords+1)>>s.Level > MaxShingles {
		s.Level++
	}
	mask := uint32(1)<<s.Level - 1
	for i := 0; i+ShingleWords <= len(words); i++ {
		h, quoted := uint64(14695981039346656037), true
		for _, w := range words[i : i+ShingleWords] {
			h = (h ^ uint64(w.hash)) * 0x9e3779b97f4a7c15
			h ^= h >> 29
			quoted = quoted && w.quoted
		}
		v := mix(h)
		if v&mask != 0 {
			continue
		}
		if quoted {
			s.Quoted = append(s.Quoted, v)
		} else {
			s.Shingles = append(s.Shingles, v)
		}
	}
	s.Shingles = set(s.Shingles)
	s.Quoted = set(s.Quoted)
	for len(s.Shingles) > MaxShingles || len(s.Quoted) > MaxShingles {
		s.Level++
		s.Shingles = Coarser(s.Shingles, s.Level)
		s.Quoted = Coarser(s.Quoted, s.Level)
	}
	s.Shingles, s.Quoted = slices.Clip(s.Shingles), slices.Clip(s.Quoted)
}

// Coarser are the hashes that are multiples of 2^level. It reuses the slice given.
func Coarser(hashes []uint32, level uint8) []uint32 {
	mask := uint32(1)<<level - 1
	return slices.DeleteFunc(hashes, func(h uint32) bool { return h&mask != 0 })
}

func mix(h uint64) uint32 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	return uint32(h)
}

func set(hashes []uint32) []uint32 {
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

const fnvOffset, fnvPrime = uint64(14695981039346656037), uint64(1099511628211)

// split appends the words of t to r.words, at most to the number given.
func (r *Reader) split(t string, most int) {
	quotes := marks{}
	first := true // of its sentence
	for i := 0; i < len(t) && len(r.words) < most; {
		c := t[i]
		if c < utf8.RuneSelf && !letterOrDigit[c] {
			switch c {
			case '"':
				quotes.straight()
			case '\n':
				if i+1 < len(t) && t[i+1] == '\n' {
					quotes.paragraph()
				}
				first = true
			case '.', '!', '?', ':':
				first = true
			}
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			v, size := utf8.DecodeRuneInString(t[i:])
			if !unicode.IsLetter(v) && !unicode.IsDigit(v) && !unicode.Is(unicode.M, v) {
				quotes.mark(v)
				if v == '。' {
					first = true
				}
				i += size
				continue
			}
			if unspaced(v) {
				i = r.pairs(t, i, most, quotes.open())
				first = false
				continue
			}
		}
		var w word
		w, i = r.one(t, i)
		w.quoted = quotes.open()
		w.first = first
		first = false
		r.words = append(r.words, w)
	}
}

// one reads the word at i and returns where it ends.
func (r *Reader) one(t string, i int) (word, int) {
	h := fnvOffset
	w := word{}
	start := i
	for i < len(t) {
		c := t[i]
		if c < utf8.RuneSelf {
			if !letterOrDigit[c] {
				// 1,234.5 and 9:30 are one word, and so is "o'clock"; a possessive is not kept.
				if i+1 < len(t) && i > start && (c == ',' || c == '.' || c == ':') && digit(t[i-1]) && digit(t[i+1]) {
					i++
					continue
				}
				if c == '\'' && i+1 < len(t) && t[i+1] == 's' && (i+2 == len(t) || t[i+2] >= utf8.RuneSelf || !letterOrDigit[t[i+2]]) {
					i += 2
				}
				break
			}
			if c >= 'A' && c <= 'Z' {
				w.capital = w.capital || i == start
				c += 'a' - 'A'
			}
			w.number = w.number || digit(c)
			h = (h ^ uint64(c)) * fnvPrime
			i++
			continue
		}
		v, size := utf8.DecodeRuneInString(t[i:])
		if v == '’' && len(t) > i+size && t[i+size] == 's' && (i+size+1 == len(t) || t[i+size+1] >= utf8.RuneSelf || !letterOrDigit[t[i+size+1]]) {
			i += size + 1
			break
		}
		if unspaced(v) || !unicode.IsLetter(v) && !unicode.IsDigit(v) && !unicode.Is(unicode.M, v) {
			break
		}
		w.capital = w.capital || i == start && unicode.IsUpper(v)
		w.number = w.number || unicode.IsDigit(v)
		v = unicode.ToLower(v)
		h = (h ^ uint64(v)) * fnvPrime
		i += size
	}
	w.hash = mix(h)
	return w, i
}

// pairs reads a run of characters of a script without blanks and returns where it ends.
func (r *Reader) pairs(t string, i, most int, quoted bool) int {
	last := rune(0)
	n := 0
	for i < len(t) && len(r.words) < most {
		v, size := utf8.DecodeRuneInString(t[i:])
		if !unspaced(v) {
			break
		}
		if n++; n > 1 {
			r.words = append(r.words, word{hash: mix(((fnvOffset^uint64(last))*fnvPrime ^ uint64(v)) * fnvPrime), quoted: quoted})
		}
		last = v
		i += size
	}
	if n == 1 {
		r.words = append(r.words, word{hash: mix((fnvOffset ^ uint64(last)) * fnvPrime), quoted: quoted})
	}
	return i
}

// Hash is the hash of a word in lower case, as it stands in sketches.
func Hash(word string) uint32 {
	h := fnvOffset
	for _, v := range word {
		h = (h ^ uint64(v)) * fnvPrime
	}
	return mix(h)
}

// unspaced reports letters of scripts that do not part words by blanks.
func unspaced(v rune) bool {
	return v >= 0x0e00 && unicode.In(v, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

var letterOrDigit = func() (t [utf8.RuneSelf]bool) {
	for c := range t {
		t[c] = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
	}
	return t
}()

func digit(c byte) bool { return c >= '0' && c <= '9' }

// marks follows quotation marks. A quotation ends at the latest with its paragraph.
type marks struct {
	double bool
	single bool
}

func (m *marks) open() bool { return m.double || m.single }

func (m *marks) paragraph() { *m = marks{} }

func (m *marks) straight() { m.double = !m.double }

func (m *marks) mark(v rune) {
	switch v {
	case '“', '„', '«', '「', '『', '《', '‹':
		m.double = true
	case '”', '»', '」', '』', '》', '›':
		m.double = false
	case '‘':
		m.single = true
	case '’':
		m.single = false
	}
}
