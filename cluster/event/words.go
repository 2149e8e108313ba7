package event

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed" // words.gz
	"fmt"
	"maps"
	"math"
	"strconv"
	"strings"
	"sync"

	"dateline/cluster/sketch"
)

//go:embed words.gz
var wordsFile []byte

// background are the counts of words that an index starts with: weighing is good from the first
// article on, and in a stream of few. Words of other languages are not among them; what the
// stream itself says of them decides. tools/newswords makes the file and says of what.
var background = sync.OnceValue(func() words {
	z, err := gzip.NewReader(bytes.NewReader(wordsFile))
	if err != nil {
		panic(fmt.Sprintf("cluster/event: words.gz: %v", err))
	}
	lines := bufio.NewScanner(z)
	lines.Scan()
	w := words{in: make(map[uint32]int32, 1<<15)}
	w.articles, err = strconv.Atoi(lines.Text())
	for err == nil && lines.Scan() {
		word, count, _ := strings.Cut(lines.Text(), " ")
		var n int
		n, err = strconv.Atoi(count)
		w.in[sketch.Hash(word)] = int32(n)
	}
	if err == nil {
		err = lines.Err()
	}
	if err != nil || len(w.in) == 0 {
		panic(fmt.Sprintf("cluster/event: words.gz: %v", err))
	}
	return w
})

// words are the statistics of the stream: in how many articles each word stands.
type words struct {
	articles int
	in       map[uint32]int32
}

func newWords() words {
	b := background()
	return words{b.articles, maps.Clone(b.in)}
}

// weight is the inverse document frequency of a word, as a factor (Sparck Jones 1972).
func (w *words) weight(hash uint32) float64 {
	return math.Log(float64(w.articles+2) / (float64(w.in[hash]) + 1))
}

// add counts an article's words, n times; a negative n takes them back.
func (w *words) add(s *sketch.Sketch, n int32) {
	w.articles += int(n)
	for _, t := range s.Terms {
		w.in[t.Hash] += n
	}
}
