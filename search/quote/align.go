package quote

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/search/word"
	"dateline/text"
)

// A piece is a word of a quotation, or of what is compared with it.
type piece struct {
	word   string // folded, without apostrophes
	span   text.Span
	inside bool // of square brackets: an editor's word
}

// A sequence is words in the order in which they were said, in the text that holds them.
type sequence struct {
	text   string
	pieces []piece
	at     map[string][]int32 // where each word stands; made by index
}

// newSequence cuts the spans of a text into words.
func newSequence(t string, spans []text.Span) sequence {
	s := sequence{text: t}
	for _, span := range spans {
		depth, last := 0, span.Start
		for _, k := range word.Tokens(t, span) {
			for _, r := range t[last:k.Span.Start] {
				switch r {
				case '[':
					depth++
				case ']':
					depth = max(0, depth-1)
				}
			}
			last = k.Span.End
			s.pieces = append(s.pieces, piece{strings.ReplaceAll(k.Word, "'", ""), k.Span, depth > 0})
		}
	}
	return s
}

func (s *sequence) index() {
	if s.at != nil {
		return
	}
	s.at = make(map[string][]int32, len(s.pieces))
	for i, p := range s.pieces {
		s.at[p.word] = append(s.at[p.word], int32(i))
	}
}

// parts cuts a quotation at its ellipses. What is in brackets with nothing but dots is one.
func parts(quote string) []sequence {
	var all []sequence
	start := 0
	add := func(end int) {
		if s := newSequence(quote, []text.Span{{Start: start, End: end}}); len(s.pieces) > 0 {
			all = append(all, s)
		}
	}
	for i := 0; i < len(quote); {
		n := ellipsis(quote[i:])
		if n == 0 {
			_, size := utf8.DecodeRuneInString(quote[i:])
			i += size
			continue
		}
		add(i)
		i += n
		start = i
	}
	add(len(quote))
	return all
}

// Words are the words of a quotation in the parts that its ellipses leave; what stands in brackets
// is nobody's word and parts them too.
func Words(quote string) [][]string {
	var all [][]string
	for _, p := range parts(quote) {
		var words []string
		for _, k := range p.pieces {
			if !k.inside {
				words = append(words, k.word)
				continue
			}
			if len(words) > 0 {
				all = append(all, words)
			}
			words = nil
		}
		if len(words) > 0 {
			all = append(all, words)
		}
	}
	return all
}

// ellipsis is how long the ellipsis is with which t begins; 0 if it begins with none.
func ellipsis(t string) int {
	i, dots := 0, 0
	open := strings.HasPrefix(t, "[") || strings.HasPrefix(t, "(")
	if open {
		i++
	}
	for i < len(t) {
		switch {
		case strings.HasPrefix(t[i:], "…"):
			dots += 3
			i += len("…")
		case t[i] == '.':
			dots++
			i++
		case t[i] == ' ' && (dots > 0 || open) && i+1 < len(t) && (t[i+1] == '.' || open && strings.ContainsRune("])", rune(t[i+1])) || strings.HasPrefix(t[i+1:], "…")):
			i++
		default:
			if dots < 3 {
				return 0
			}
			if open && (t[i] == ']' || t[i] == ')') {
				i++
			}
			return i
		}
	}
	if dots < 3 {
		return 0
	}
	return i
}

// An op is a step of an alignment: a word of the quotation beside a word of the record, or one of
// them alone (-1).
type op struct{ asked, is int }

// An alignment is a part of a quotation laid on a stretch of a sequence.
type alignment struct {
	cost       float64
	start, end int // of the stretch, in words
	ops        []op
}

// Costs of an alignment. What an editor put in brackets stands for whatever was there.
const (
	differs   = 1.0
	likeCost  = 0.6 // another form, or a synonym
	bracketed = 0.1
	besides   = 0.2 // a word left out beside brackets
)

// mostWords bounds a part: of a longer one the beginning is aligned.
const mostWords = 400

// align lays a part on the sequence at or behind from, where it fits best; ok is false where it
// shares no two words in a row with it, or, of a few words, none.
func align(part []piece, s *sequence, from int) (best alignment, ok bool) {
	s.index()
	part = part[:min(len(part), mostWords)]
	if at := s.exactly(part, from); at >= 0 {
		best = alignment{start: at, end: at + len(part)}
		for i := range part {
			best.ops = append(best.ops, op{i, at + i})
		}
		return best, true
	}
	slack := len(part)/3 + 4
	for _, diagonal := range s.diagonals(part, from, slack) {
		a := s.within(part, max(from, diagonal-slack), min(len(s.pieces), diagonal+len(part)+slack))
		if !ok || a.cost < best.cost {
			best, ok = a, true
		}
	}
	return best, ok
}

// exactly is where the words of a part stand in a row, -1 if nowhere.
func (s *sequence) exactly(part []piece, from int) int {
	for _, at := range s.at[part[0].word] {
		i := int(at)
		if i < from || i+len(part) > len(s.pieces) {
			continue
		}
		k := 1
		for k < len(part) && s.pieces[i+k].word == part[k].word {
			k++
		}
		if k == len(part) {
			return i
		}
	}
	return -1
}

// mostDiagonals bounds how many stretches of one text are tried.
const mostDiagonals = 3

// diagonals are where a part may begin, by the pairs of words that stand in a row in both, the
// place of most pairs first.
func (s *sequence) diagonals(part []piece, from, slack int) []int {
	votes := map[int]int{}
	for i := range len(part) - 1 {
		for _, at := range s.at[part[i].word] {
			k := int(at)
			if k >= from && k+1 < len(s.pieces) && s.pieces[k+1].word == part[i+1].word {
				votes[k-i]++
			}
		}
	}
	if len(votes) == 0 && len(part) <= short {
		for i, p := range part {
			for _, at := range s.at[p.word] {
				if int(at) >= from {
					votes[int(at)-i]++
				}
			}
		}
	}
	type place struct{ at, votes int }
	var all []place
	for d, n := range votes {
		for o := 1; o <= slack/2; o++ { // words added or left out shift what follows
			n += votes[d+o] + votes[d-o]
		}
		all = append(all, place{d, n})
	}
	slices.SortFunc(all, func(a, b place) int {
		if a.votes != b.votes {
			return b.votes - a.votes
		}
		return a.at - b.at
	})
	var chosen []int
	for _, p := range all {
		if len(chosen) == mostDiagonals {
			break
		}
		if !slices.ContainsFunc(chosen, func(c int) bool { return c-p.at < slack && p.at-c < slack }) {
			chosen = append(chosen, p.at)
		}
	}
	return chosen
}

// within lays a part on the stretch of the sequence that it fits best, by the least cost of
// words replaced, added and left out (Sellers 1980: where the stretch begins and ends is free).
func (s *sequence) within(part []piece, from, to int) alignment {
	doc := s.pieces[from:to]
	m, n := len(part), len(doc)
	width := n + 1
	cost := make([]float64, (m+1)*width)
	step := make([]byte, (m+1)*width) // 1 both, 2 asked alone, 3 record alone
	for i := 1; i <= m; i++ {
		add := differs
		if part[i-1].inside {
			add = bracketed
		}
		cost[i*width], step[i*width] = cost[(i-1)*width]+add, 2
		besideBracket := part[i-1].inside || i < m && part[i].inside
		for k := 1; k <= n; k++ {
			c, st := cost[(i-1)*width+k-1]+between(part[i-1], doc[k-1]), byte(1)
			own := add
			if doc[k-1].inside || k < n && doc[k].inside {
				own = min(own, besides)
			}
			if v := cost[(i-1)*width+k] + own; v < c {
				c, st = v, 2
			}
			skip := differs
			switch {
			case doc[k-1].inside:
				skip = bracketed
			case besideBracket:
				skip = besides
			}
			if v := cost[i*width+k-1] + skip; v < c {
				c, st = v, 3
			}
			cost[i*width+k], step[i*width+k] = c, st
		}
	}
	end := 0
	for k := 1; k <= n; k++ {
		// Of two ends beside each other the later one: there a last word is replaced, and not added.
		if cost[m*width+k] < cost[m*width+end] || cost[m*width+k] == cost[m*width+end] && k == end+1 && step[m*width+k] == 1 {
			end = k
		}
	}
	a := alignment{cost: cost[m*width+end], end: from + end}
	i, k := m, end
	for i > 0 {
		switch step[i*width+k] {
		case 1:
			i, k = i-1, k-1
			a.ops = append(a.ops, op{i, from + k})
		case 2:
			i--
			a.ops = append(a.ops, op{i, -1})
		default:
			k--
			a.ops = append(a.ops, op{-1, from + k})
		}
	}
	a.start = from + k
	slices.Reverse(a.ops)
	return a
}

// between is what it costs to read one word for another.
func between(a, b piece) float64 {
	switch {
	case a.word == b.word:
		return 0
	case a.inside || b.inside:
		return bracketed
	case alike(a.word, b.word):
		return likeCost
	}
	return differs
}

// plain is a stretch as it is compared for its marks: quotation marks do not count, for who quotes
// sets them anew, nor does which sign stands for a dash, an apostrophe or a blank.
func plain(t string) string {
	var b strings.Builder
	blank, last := false, rune(0)
	for i, r := range t {
		switch {
		case unicode.IsSpace(r):
			blank = b.Len() > 0
			continue
		case strings.ContainsRune("\"“”„«»‹›`´", r), r == '‘' || r == '‚':
			continue
		case r == '\'' || r == '’':
			next, _ := utf8.DecodeRuneInString(t[i+utf8.RuneLen(r):])
			if !unicode.IsLetter(last) || !unicode.IsLetter(next) {
				last = r
				continue
			}
			r = '\''
		case r == '–' || r == '—' || r == '−' || r == '‐' || r == '‑':
			r = '-'
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}
