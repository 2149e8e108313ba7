// Package layout lays a page's tree out as a reader sees it: its shown text in one string, cut
// in blocks that begin and end a line, each measured once (words, link words, marks of the end
// of a sentence). Every byte of the text leads back to the source of the tree.
//
// What a block is for is not asked here; that is package body's.
package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dateline/extract/mark"
	"dateline/extract/markup"
	"dateline/news"
	"dateline/text"
)

// A Run says where a stretch of flow text came from: as many bytes of the source, or an atomic
// piece of another length (a reference, folded white space).
type Run struct{ At, Len, Source, SourceLen int }

// A Flow is the shown text of a page in one string, its blocks, and where all of it came from.
// White space is folded to one blank, or to one newline at a br element.
type Flow struct {
	Text   string
	Runs   []Run
	Blocks []Block
	Cut    int // bytes of overlong words that were left out

	Lo, Hi []int32 // by node: its blocks are [Lo, Hi)
	words  []int32 // words[i]: words of the first i blocks
}

// A Block is a run of text that begins and ends a line.
type Block struct {
	Span      text.Span // in Flow.Text
	Node      int32     // the innermost block element around it
	Tag       markup.Tag
	Words     int
	LinkWords int
	Links     int // how many a elements
	Commas    int
	Ends      bool // ends like a sentence
	Upper     bool // no lower-case letter
	Bold      bool // all of it in b or strong

	Kind   news.Kind
	Reason string

	Marks mark.Set // of the elements around it; package body sets them
	link  int32
}

// LinkDensity is the share of words that are link text.
func (b *Block) LinkDensity() float64 {
	if b.Words == 0 {
		return 0
	}
	return float64(b.LinkWords) / float64(b.Words)
}

// maxWord is the longest word kept whole; longer ones are data, not language.
const maxWord = 1000

type flow struct {
	t                 *markup.Tree
	buf               []byte
	runs              []Run
	out               []Block
	start             int   // where the open block begins
	node              int32 // its element
	brs               int   // br elements since the last text
	space             bool
	spaceAt, spaceLen int // source of the pending white space
	wordStart         int
	cut               int
	cur               Block
	bold, plain       bool
}

// Lay lays out the shown text of t.
func Lay(t *markup.Tree) *Flow {
	f := &flow{t: t}
	f.buf = make([]byte, 0, len(t.Source)/8)
	f.runs = make([]Run, 0, len(t.Source)/200)
	f.out = make([]Block, 0, len(t.Source)/600)
	fl := &Flow{Lo: make([]int32, len(t.Nodes)), Hi: make([]int32, len(t.Nodes))}
	n := int32(0)
	bold, heading := 0, 0
	for {
		node := &t.Nodes[n]
		fl.Lo[n] = int32(len(f.out))
		down := node.First != 0 && (node.Flags&markup.Hidden == 0 || n == 0)
		switch {
		case node.Tag == 0 && n != 0:
			if node.Flags&markup.Hidden == 0 {
				f.text(node, bold > 0)
			}
		case node.Flags&markup.Hidden != 0:
			f.space = true
		case node.Tag == atom.Br:
			if f.brs++; f.brs >= 2 {
				f.flush()
			}
		case node.Flags&markup.Block != 0 && heading > 0:
			f.space = true // a box inside a heading parts words, not blocks
		case node.Flags&markup.Block != 0:
			f.flush()
			f.node = n
			fl.Lo[n] = int32(len(f.out))
			if IsHeading(node.Tag) {
				heading++
			}
		case isBold(node.Tag):
			bold++
		}
		if down {
			n = node.First
			continue
		}
		for {
			node = &t.Nodes[n]
			if node.Flags&markup.Hidden == 0 {
				if node.Flags&markup.Block != 0 && (heading == 0 || IsHeading(node.Tag)) {
					f.flush()
					f.node = f.blockParent(n)
					if IsHeading(node.Tag) {
						heading--
					}
				} else if isBold(node.Tag) {
					bold--
				}
			}
			fl.Hi[n] = int32(len(f.out))
			if (node.Flags&markup.Block == 0 || heading > 0) && len(f.buf) > f.start && node.Tag != 0 {
				// an inline element's text lies in a block that is still open
				fl.Hi[n]++
			}
			if n == 0 {
				f.flush()
				fl.Hi[0] = int32(len(f.out))
				fl.Text, fl.Runs, fl.Blocks, fl.Cut = string(f.buf), f.runs, f.out, f.cut
				for i := range fl.Hi {
					fl.Hi[i] = min(fl.Hi[i], int32(len(f.out)))
					fl.Lo[i] = min(fl.Lo[i], fl.Hi[i])
				}
				fl.words = make([]int32, len(f.out)+1)
				for i := range f.out {
					fl.words[i+1] = fl.words[i] + int32(f.out[i].Words)
				}
				return fl
			}
			if node.Next != 0 {
				n = node.Next
				break
			}
			n = node.Parent
		}
	}
}

// WordsIn is how many words stand inside node n.
func (fl *Flow) WordsIn(n int32) int {
	return int(fl.words[fl.Hi[n]] - fl.words[fl.Lo[n]])
}

func isBold(t markup.Tag) bool { return t == atom.B || t == atom.Strong }

func (f *flow) blockParent(n int32) int32 {
	for n = f.t.Nodes[n].Parent; n != 0 && f.t.Nodes[n].Flags&markup.Block == 0; n = f.t.Nodes[n].Parent {
	}
	return n
}

// text adds a text node to the open block.
func (f *flow) text(node *markup.Node, bold bool) {
	s := f.t.Source
	i, end := int(node.Start), int(node.End)
	if node.Flags&markup.Space != 0 {
		f.space, f.spaceLen = true, 0
	}
	wrote := len(f.buf)
	for i < end {
		// A stretch without anything special is copied whole.
		j := i
		for j < end && plainByte[s[j]] {
			j++
		}
		if j > i {
			f.put(s[i:j], i, j-i)
			i = j
			continue
		}
		c := s[i]
		switch {
		case c == '&':
			raw, out := reference(s[i:end])
			if r, n := utf8.DecodeRuneInString(out); text.IsSpace(r) && n == len(out) {
				f.blank(i, raw)
			} else if r >= 0x20 && r != 0xad {
				f.put(out, i, raw)
			}
			i += raw
		case c < utf8.RuneSelf:
			if text.IsSpace(rune(c)) {
				f.blank(i, 1)
			}
			i++ // other controls mean nothing in text
		default:
			r, n := utf8.DecodeRuneInString(s[i:end])
			if text.IsSpace(r) {
				f.blank(i, n)
			} else if r >= 0xa0 && r != 0xad {
				f.put(s[i:i+n], i, n)
			}
			i += n
		}
	}
	if len(f.buf) > wrote {
		f.bold = f.bold || bold
		f.plain = f.plain || !bold
		words := countWords(f.buf[wrote:])
		if node.Link != 0 {
			f.cur.LinkWords += words
			if f.cur.link != node.Link {
				f.cur.Links++
				f.cur.link = node.Link
			}
		}
	}
}

// plainByte are the bytes of text that stand for themselves.
var plainByte = func() (t [256]bool) {
	for c := 0x21; c < 0x7f; c++ {
		t[c] = c != '&'
	}
	return t
}()

func (f *flow) blank(at, n int) {
	if f.space && f.spaceLen > 0 && f.spaceAt+f.spaceLen == at {
		f.spaceLen += n
		return
	}
	if !f.space || f.spaceLen == 0 {
		f.space, f.spaceAt, f.spaceLen = true, at, n
	}
}

// put appends characters that come from n bytes of source at the given place.
func (f *flow) put(s string, at, n int) {
	if f.brs == 1 && len(f.buf) > f.start {
		f.buf = append(f.buf, '\n')
		f.wordStart = len(f.buf)
	} else if f.space && len(f.buf) > f.start {
		if f.spaceLen > 0 {
			f.run(Run{len(f.buf), 1, f.spaceAt, f.spaceLen})
		}
		f.buf = append(f.buf, ' ')
		f.wordStart = len(f.buf)
	} else if len(f.buf) == f.start {
		f.wordStart = f.start
	}
	f.brs, f.space, f.spaceLen = 0, false, 0
	if len(f.buf)-f.wordStart+len(s) > maxWord {
		// A word of CJK has no blanks in it; it is not one word.
		if r, _ := utf8.DecodeRuneInString(s); !unspaced(r) {
			room := max(0, maxWord-(len(f.buf)-f.wordStart))
			if n != len(s) {
				room = 0
			}
			f.cut += len(s) - min(room, len(s))
			if room <= 0 {
				return
			}
			s, n = s[:min(room, len(s))], min(room, len(s))
		}
	}
	f.run(Run{len(f.buf), len(s), at, n})
	f.buf = append(f.buf, s...)
}

func (f *flow) run(r Run) {
	if n := len(f.runs); n > 0 && r.Len == r.SourceLen {
		last := &f.runs[n-1]
		if last.Len == last.SourceLen && last.At+last.Len == r.At && last.Source+last.SourceLen == r.Source {
			last.Len += r.Len
			last.SourceLen += r.SourceLen
			return
		}
	}
	f.runs = append(f.runs, r)
}

// flush ends the open block.
func (f *flow) flush() {
	f.brs, f.space, f.spaceLen = 0, false, 0
	if len(f.buf) == f.start {
		f.cur, f.bold, f.plain = Block{}, false, false
		return
	}
	b := f.cur
	b.Span = text.Span{Start: f.start, End: len(f.buf)}
	b.Node = f.node
	b.Tag = f.t.Nodes[f.node].Tag
	b.Bold = f.bold && !f.plain
	measure(&b, f.buf[f.start:])
	if b.Words > 0 {
		f.out = append(f.out, b)
	} else {
		// marks without a word: a bullet, a bar
		f.buf = f.buf[:f.start]
		for n := len(f.runs); n > 0 && f.runs[n-1].At >= f.start; n-- {
			f.runs = f.runs[:n-1]
		}
	}
	f.start = len(f.buf)
	f.cur, f.bold, f.plain = Block{}, false, false
}

// measure counts what the rules ask of a block's text.
func measure(b *Block, s []byte) {
	b.Words = countWords(s)
	b.LinkWords = min(b.LinkWords, b.Words)
	b.Upper = true
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(s[i:])
		}
		switch {
		case r == ',' || r == '，' || r == '、' || r == '،':
			b.Commas++
		case unicode.IsLower(r):
			b.Upper = false
		}
		i += n
	}
	end := strings.TrimRight(string(s[max(0, len(s)-24):]), " )]}\"'”’»«›‹“*")
	r, _ := utf8.DecodeLastRuneInString(end)
	b.Ends = strings.ContainsRune(".!?…。！？:;؟।॥", r)
}

// countWords counts the words of s: runs of letters and digits, and for scripts without blanks
// one for every two characters.
func countWords(s []byte) int {
	words, dense, in := 0, 0, false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
			if letter && !in {
				words++
			}
			in = letter || in && (c == '\'' || c == '-' || c == '.' || c == ',')
			i++
			continue
		}
		r, n := utf8.DecodeRune(s[i:])
		i += n
		switch {
		case unspaced(r):
			dense++
			in = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !in {
				words++
			}
			in = true
		case r == '’' || unicode.IsMark(r):
		default:
			in = false
		}
	}
	return words + (dense+1)/2
}

// unspaced reports whether r is of a script that puts no blanks between words: Han, kana, Thai, Lao, Khmer, Burmese.
func unspaced(r rune) bool {
	return r >= 0x3040 && r <= 0x30ff || r >= 0x3400 && r <= 0x9fff || r >= 0x0e00 && r <= 0x0eff || r >= 0x1000 && r <= 0x109f ||
		r >= 0x1780 && r <= 0x17ff || r >= 0x20000 && r <= 0x3ffff
}

// reference reads the character reference at the start of s: how many bytes it takes and what
// it stands for. What is none stands for itself, one byte long.
func reference(s string) (size int, out string) {
	j := 1
	for j < len(s) && j < 40 && (s[j] == '#' && j == 1 || s[j] >= '0' && s[j] <= '9' || s[j] >= 'a' && s[j] <= 'z' || s[j] >= 'A' && s[j] <= 'Z') {
		j++
	}
	if j == 1 {
		return 1, "&"
	}
	if j < len(s) && s[j] == ';' {
		j++
	}
	raw := s[:j]
	out = html.UnescapeString(raw)
	if out == raw {
		return 1, "&"
	}
	// "&copyright" is "©right": what stands for itself is left for the next step.
	for len(out) > 1 && len(raw) > 2 && out[len(out)-1] == raw[len(raw)-1] && raw[len(raw)-1] != ';' {
		if html.UnescapeString(raw[:len(raw)-1]) != out[:len(out)-1] {
			break
		}
		out, raw = out[:len(out)-1], raw[:len(raw)-1]
	}
	return len(raw), out
}

// A Piece is a stretch of text with the source it came from.
type Piece struct {
	Text              string
	Source, SourceLen int
}

// Unescape is the text of a stretch of source outside the layout (a title, an attribute): its
// references read, its white space folded.
func Unescape(source string, s text.Span) []Piece {
	f := &flow{t: &markup.Tree{Source: source}}
	f.text(&markup.Node{Start: int32(s.Start), End: int32(s.End)}, false)
	var out []Piece
	for _, r := range f.runs {
		out = append(out, Piece{string(f.buf[r.At : r.At+r.Len]), r.Source, r.SourceLen})
	}
	return out
}

// IsHeading reports whether t is one of h1 to h6.
func IsHeading(t markup.Tag) bool {
	switch t {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// HeadingLevel is 1 to 6 for h1 to h6, else 0.
func HeadingLevel(t markup.Tag) int {
	for i, h := range []markup.Tag{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6} {
		if t == h {
			return i + 1
		}
	}
	return 0
}
