package search

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"slices"

	"dateline/news"
	"dateline/search/word"
	"dateline/text"
)

// A Digest is an article as ranking reads it: a small hash for each word, in text order, and
// what facets count. Ranking reads some thousand of them for one query, so it is a row of bytes
// that is read in place.
type Digest struct {
	Title, Body, rest hashes // rest: of statements that stand outside title and body
	Places            []text.Span
	Language          string
	Outlet            string
	Published         string // EDTF
	Statements        []DigestSaid
}

// A DigestSaid is a statement of a digest.
type DigestSaid struct {
	runs      []run
	Words     int
	Speaker   string
	Mode      news.Mode
	Act       news.Act
	Anonymous bool
}

// A run is a stretch of the words of title, body and rest, counted through.
type run struct{ start, n int }

// hashes are three bytes a word.
type hashes []byte

const (
	hashBytes = 3
	// mostWords bounds how many words of an article are ranked; the index finds the others too.
	mostWords = 1 << 13
)

func (h hashes) len() int { return len(h) / hashBytes }
func (h hashes) at(i int) uint32 {
	return uint32(h[3*i]) | uint32(h[3*i+1])<<8 | uint32(h[3*i+2])<<16
}

// hash is that of a term. That two terms share one is a matter of 1 in 10^7.
func hash(term string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(term)) // a hash never fails
	s := h.Sum32()
	return s>>24 ^ s&0xffffff
}

func appendHashes(b []byte, all []word.Token) []byte {
	for _, k := range all {
		h := hash(Term(k.Word))
		b = append(b, byte(h), byte(h>>8), byte(h>>16))
	}
	return b
}

var (
	modes = []news.Mode{"", news.Direct, news.Indirect, news.Mixed}
	acts  = []news.Act{"", news.Speech, news.Writing, news.Written, news.Question, news.Thought, news.StanceAct, news.Plan, news.Poll, news.Perception}
)

// NewDigest packs a document.
func NewDigest(d Document) []byte {
	title, body := d.Title[:min(len(d.Title), mostWords)], d.Body[:min(len(d.Body), mostWords)]
	var rest []word.Token
	runs := make([][]run, len(d.Statements))
	for i, s := range d.Statements {
		runs[i], rest = runsOf(s.Content, title, body, rest)
	}
	b := []byte{1}
	number := func(n int) { b = binary.AppendUvarint(b, uint64(n)) }
	str := func(s string) { number(len(s)); b = append(b, s...) }
	number(len(title))
	number(len(body))
	number(len(rest))
	for _, part := range [][]word.Token{title, body, rest} {
		b = appendHashes(b, part)
	}
	number(len(d.Places))
	last := 0
	for _, p := range d.Places {
		number(p.Start - last)
		number(p.Len())
		last = p.End
	}
	str(d.Language)
	str(d.OutletName)
	str(d.Published.String())
	number(len(d.Statements))
	for i, s := range d.Statements {
		number(len(runs[i]))
		for _, r := range runs[i] {
			number(r.start)
			number(r.n)
		}
		number(max(0, slices.Index(modes, s.Mode)))
		number(max(0, slices.Index(acts, s.Act)))
		number(map[bool]int{true: 1}[s.Anonymous])
		str(s.Name)
	}
	return b
}

// runsOf finds where the words of a statement stand; those that stand nowhere join the rest.
func runsOf(content, title, body, rest []word.Token) ([]run, []word.Token) {
	var runs []run
	add := func(at int) {
		if n := len(runs); n > 0 && runs[n-1].start+runs[n-1].n == at {
			runs[n-1].n++
		} else {
			runs = append(runs, run{at, 1})
		}
	}
	find := func(in []word.Token, k word.Token) (int, bool) {
		i, ok := slices.BinarySearchFunc(in, k, func(a, b word.Token) int { return a.Span.Start - b.Span.Start })
		return i, ok && in[i] == k
	}
	for _, k := range content[:min(len(content), mostWords)] {
		if i, ok := find(body, k); ok {
			add(len(title) + i)
		} else if i, ok := find(title, k); ok {
			add(i)
		} else {
			add(len(title) + len(body) + len(rest))
			rest = append(rest, k)
		}
	}
	return runs, rest
}

var errDigest = errors.New("a digest is cut short")

// ParseDigest reads what NewDigest packed. The digest keeps b.
func ParseDigest(b []byte) (d Digest, err error) {
	if len(b) == 0 || b[0] != 1 {
		return d, errDigest
	}
	b = b[1:]
	number := func() int {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > 1<<31 {
			err, b = errDigest, nil
			return 0
		}
		b = b[size:]
		return int(n)
	}
	take := func(n int) []byte {
		if n > len(b) {
			err, b = errDigest, nil
			return nil
		}
		taken := b[:n]
		b = b[n:]
		return taken
	}
	title, body, rest := number(), number(), number()
	d.Title, d.Body, d.rest = take(hashBytes*title), take(hashBytes*body), take(hashBytes*rest)
	all := title + body + rest
	last := 0
	for n := number(); n > 0 && err == nil; n-- {
		start := last + number()
		last = start + number()
		d.Places = append(d.Places, text.Span{Start: start, End: last})
	}
	d.Language, d.Outlet, d.Published = string(take(number())), string(take(number())), string(take(number()))
	n := number()
	if n > len(b) {
		return d, errDigest
	}
	d.Statements = make([]DigestSaid, n)
	for i := range d.Statements {
		s := &d.Statements[i]
		for n := number(); n > 0 && err == nil; n-- {
			r := run{number(), number()}
			if r.start+r.n > all {
				return d, errDigest
			}
			s.runs = append(s.runs, r)
			s.Words += r.n
		}
		mode, act := number(), number()
		if mode >= len(modes) || act >= len(acts) {
			return d, errDigest
		}
		s.Mode, s.Act, s.Anonymous, s.Speaker = modes[mode], acts[act], number() == 1, string(take(number()))
	}
	return d, err
}

// word is the i-th of all words.
func (d *Digest) word(i int) uint32 {
	if n := d.Title.len(); i < n {
		return d.Title.at(i)
	} else if i -= n; i < d.Body.len() {
		return d.Body.at(i)
	}
	return d.rest.at(i - d.Body.len())
}
