// Package tokenizer cuts English text into tokens exactly as the reference does (docs/nlp.md,
// section 4).
//
// Text is cut at blanks into chunks. A chunk is a special case ("don't"), or loses prefixes and
// suffixes ("(", "'s", ".") one after another; what is left is a special case, a web address, or
// is cut at infixes ("word-word"). A last pass over the whole document finds special cases that
// only appear once their neighbours are tokens. The reference describes affixes by regular
// expressions; here they are hand-written scanners over classes of characters (scan.go, url.go).
//
// Tokens never change the text: together with the single blanks between them they tile it.
package tokenizer

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/nlp/lexicon"
	"dateline/nlp/model"
)

// A Tokenizer holds the rules. It is immutable.
type Tokenizer struct {
	lexicon *lexicon.Lexicon
	classes classes
	units   map[rune][]string // units and currencies, by their last character
	hyphens []string

	specials  model.Table
	ends      []uint32 // end of each special case in pieces, in tokens
	pieces    model.Strings
	longest   int // bytes of the longest special case
	phrases   *phrase
	phraseTop map[uint64]bool // ids of the words phrases start with
}

// A phrase is a node of the tree of special cases of several tokens, keyed by word ids.
type phrase struct {
	next map[uint64]*phrase
	ends bool
}

// New reads the rules of a model.
func New(f *model.File, l *lexicon.Lexicon) *Tokenizer {
	t := &Tokenizer{lexicon: l, specials: f.Table("specials"), pieces: f.Strings("specials.tokens"), hyphens: f.Strings("list.hyphens").All(), units: map[rune][]string{}}
	t.ends = f.Uint32s("specials.last", t.specials.Len())
	t.classes.read(f)
	for _, unit := range append(f.Strings("list.units").All(), f.Strings("list.currency").All()...) {
		r, _ := utf8.DecodeLastRuneInString(unit)
		t.units[r] = append(t.units[r], unit)
		t.classes.add(r, unitEnd)
	}
	t.readPhrases()
	return t
}

// readPhrases collects the special cases that the cuts at affixes and blanks take apart
// (docs/nlp.md, section 4.3).
func (t *Tokenizer) readPhrases() {
	t.phrases = &phrase{next: map[uint64]*phrase{}}
	t.phraseTop = map[uint64]bool{}
	for i := range t.specials.Len() {
		s := t.specials.At(i)
		t.longest = max(t.longest, len(s))
		if t.prefixLen(s) == 0 && t.suffixLen(s) == 0 && !strings.Contains(s, " ") {
			if _, n := t.infix(s, 0); n == 0 {
				continue
			}
		}
		node := t.phrases
		t.split(s, false, func(piece string, _ int) {
			id := t.lexicon.ID(piece)
			if node.next == nil {
				node.next = map[uint64]*phrase{}
			}
			if node.next[id] == nil {
				node.next[id] = &phrase{}
			}
			node = node.next[id]
		})
		node.ends = true
	}
	for id := range t.phrases.next {
		t.phraseTop[id] = true
	}
}

// special returns the number of a special case, or -1.
func (t *Tokenizer) special(s string) int {
	if len(s) > t.longest {
		return -1
	}
	return t.specials.Find(s)
}

// split cuts one chunk (docs/nlp.md, section 4.2) and hands on its pieces in order: a special
// case by its number, other pieces with -1.
func (t *Tokenizer) split(chunk string, specials bool, emit func(piece string, special int)) {
	special := func(s string) int {
		if !specials {
			return -1
		}
		return t.special(s)
	}
	if n := special(chunk); n >= 0 {
		emit(chunk, n)
		return
	}
	s := chunk
	end := len(chunk)  // suffixes cut off lie in chunk[end:]
	var suffixes []int // their starts, from the last of the chunk inwards
	for last := -1; s != "" && len(s) != last; {
		if special(s) >= 0 {
			break
		}
		last = len(s)
		p := t.prefixLen(s)
		if p > 0 && p < len(s) && special(s[p:]) >= 0 {
			emit(s[:p], -1)
			s = s[p:]
			break
		}
		q := t.suffixLen(s[p:])
		if q > 0 && q < len(s) && special(s[:len(s)-q]) >= 0 {
			end -= q
			suffixes = append(suffixes, end)
			s = s[:len(s)-q]
			break
		}
		if p > 0 {
			emit(s[:p], -1)
		}
		if q > 0 {
			end -= q
			suffixes = append(suffixes, end)
		}
		s = s[p : len(s)-q]
	}
	if s != "" {
		if n := special(s); n >= 0 {
			emit(s, n)
		} else if t.isURL(s) {
			emit(s, -1)
		} else {
			t.splitInfixes(s, emit)
		}
	}
	for i := len(suffixes) - 1; i >= 0; i-- {
		stop := len(chunk)
		if i > 0 {
			stop = suffixes[i-1]
		}
		emit(chunk[suffixes[i]:stop], -1)
	}
}

func (t *Tokenizer) splitInfixes(s string, emit func(piece string, special int)) {
	start := 0
	for at, n := t.infix(s, 0); n > 0; at, n = t.infix(s, at+n) {
		if at == 0 {
			continue
		}
		if at > start {
			emit(s[start:at], -1)
		}
		emit(s[at:at+n], -1)
		start = at + n
	}
	if start < len(s) {
		emit(s[start:], -1)
	}
}

// A Token is a piece of the text that holds a word.
type Token struct {
	*lexicon.Lexeme
	Start, End int32 // bytes
	Blank      bool  // one blank follows and belongs to no token
	Cut        bool  // starts at one of the caller's cuts, inside what is one chunk
}

// Sizes of a session's caches. Longer pieces are made anew each time.
const (
	cachedWords  = 6_000
	cachedChunks = 6_000
	cachedBytes  = 128
)

// A Session tokenizes for one worker: it remembers words and chunks it has met.
type Session struct {
	*Tokenizer
	words    *lexicon.Cache[*lexicon.Lexeme]
	chunks   *lexicon.Cache[[]*lexicon.Lexeme]
	special  [][]*lexicon.Lexeme // lexemes of the special cases met, by number
	scratch  []*lexicon.Lexeme
	matches  []match
	replaced []Token
}

// Session returns a new session.
func (t *Tokenizer) Session() *Session {
	return &Session{Tokenizer: t, words: lexicon.NewCache[*lexicon.Lexeme](cachedWords), chunks: lexicon.NewCache[[]*lexicon.Lexeme](cachedChunks), special: make([][]*lexicon.Lexeme, t.specials.Len())}
}

// Tokens appends the tokens of text to dst; it stops reading once there are limit of them. No
// token starts before one of the offsets in cuts, which ascend, and ends after it: where a page
// has glued two sentences ("May.Why"), whoever knows the place gets two tokens that do not know
// of each other.
func (s *Session) Tokens(dst []Token, text string, limit int, cuts []int) []Token {
	base := len(dst)
	start, blank, cut := 0, false, false
	emit := func(end int) {
		if start < end {
			first := len(dst)
			dst = s.chunk(dst, text, start, end)
			dst[first].Cut = cut
			cut = false
		}
	}
	for i := 0; i < len(text) && len(dst)-base < limit; {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		for len(cuts) > 0 && cuts[0] <= i {
			if cuts[0] == i && start < i {
				emit(i)
				start, cut = i, true
			}
			cuts = cuts[1:]
		}
		if b := lexicon.Blank(r); i == 0 {
			blank = b
		} else if b != blank {
			blank = b
			emit(i)
			start = i
			if r == ' ' {
				dst[len(dst)-1].Blank = true
				start++
			}
		}
		i += n
	}
	if len(dst)-base < limit {
		emit(len(text))
	}
	dst = s.replacePhrases(dst, base, text)
	return dst[:min(len(dst), base+limit)]
}

// chunk appends the tokens of text[start:end], which is all blanks or has none.
func (s *Session) chunk(dst []Token, text string, start, end int) []Token {
	chunk := text[start:end]
	words, ok := s.chunks.Get(chunk)
	if !ok {
		s.scratch = s.scratch[:0]
		s.split(chunk, true, func(piece string, special int) {
			if special >= 0 {
				s.scratch = append(s.scratch, s.specialWords(special)...)
			} else {
				s.scratch = append(s.scratch, s.word(piece))
			}
		})
		words = s.scratch
		if len(chunk) <= cachedBytes {
			words = slices.Clone(words)
			s.chunks.Put(strings.Clone(chunk), words)
		}
	}
	at := int32(start)
	for _, w := range words {
		dst = append(dst, Token{Lexeme: w, Start: at, End: at + int32(len(w.Text))})
		at += int32(len(w.Text))
	}
	return dst
}

// word returns the lexeme of a piece of text.
func (s *Session) word(piece string) *lexicon.Lexeme {
	if w, ok := s.words.Get(piece); ok {
		return w
	}
	w := s.lexeme(strings.Clone(piece), "")
	if len(piece) <= cachedBytes {
		s.words.Put(w.Text, w)
	}
	return w
}

func (s *Session) lexeme(text, norm string) *lexicon.Lexeme {
	w := s.lexicon.Lexeme(text, norm)
	w.Phrase = s.phraseTop[w.ID]
	return w
}

// specialWords returns the tokens of special case n.
func (s *Session) specialWords(n int) []*lexicon.Lexeme {
	if s.special[n] == nil {
		first := uint32(0)
		if n > 0 {
			first = s.ends[n-1]
		}
		for i := int(first); i < int(s.ends[n]); i++ {
			s.special[n] = append(s.special[n], s.lexeme(s.pieces.At(2*i), s.pieces.At(2*i+1)))
		}
	}
	return s.special[n]
}

// A match is a run of tokens that spells a phrase.
type match struct{ start, end int }

// replacePhrases is the last pass: special cases that span tokens. Longer matches win over
// shorter, earlier over later; a match whose first or last token lies in a better one is
// dropped, but still covers its tokens (docs/nlp.md, section 4.3).
func (s *Session) replacePhrases(dst []Token, base int, text string) []Token {
	tokens := dst[base:]
	s.matches = s.matches[:0]
	for i := range tokens {
		if !tokens[i].Phrase {
			continue
		}
		node := s.phrases
		for j := i; j < len(tokens); j++ {
			if node = node.next[tokens[j].ID]; node == nil {
				break
			}
			if node.ends && !cutInside(tokens[i:j+1]) {
				s.matches = append(s.matches, match{i, j + 1})
			}
		}
	}
	if len(s.matches) > 0 {
		dst = s.replace(dst, base, text)
	}
	return dst
}

// cutInside tells whether the caller has cut between two of the tokens: then they are no phrase.
func cutInside(tokens []Token) bool {
	for _, t := range tokens[1:] {
		if t.Cut {
			return true
		}
	}
	return false
}

func (s *Session) replace(dst []Token, base int, text string) []Token {
	tokens := dst[base:]
	byLength := func(a, b match) int {
		return cmp.Or(cmp.Compare(b.end-b.start, a.end-a.start), cmp.Compare(a.start, b.start))
	}
	slices.SortFunc(s.matches, byLength)
	covered := map[int]bool{}
	kept := s.matches[:0]
	for _, m := range s.matches {
		if !covered[m.start] && !covered[m.end-1] {
			kept = append(kept, m)
		}
		for i := m.start; i < m.end; i++ {
			covered[i] = true
		}
	}
	slices.SortFunc(kept, func(a, b match) int { return cmp.Compare(a.start, b.start) })

	s.replaced = s.replaced[:0]
	at := 0
	for _, m := range kept {
		first, last := &tokens[m.start], &tokens[m.end-1]
		n := s.Tokenizer.special(text[first.Start:last.End])
		if n < 0 {
			continue
		}
		s.replaced = append(s.replaced, tokens[at:m.start]...)
		offset := first.Start
		for _, w := range s.specialWords(n) {
			s.replaced = append(s.replaced, Token{Lexeme: w, Start: offset, End: offset + int32(len(w.Text))})
			offset += int32(len(w.Text))
		}
		s.replaced[len(s.replaced)-1].Blank = last.Blank
		at = m.end
	}
	s.replaced = append(s.replaced, tokens[at:]...)
	return append(dst[:base], s.replaced...)
}
