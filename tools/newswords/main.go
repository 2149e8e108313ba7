// Newswords counts in how many articles each word stands. Package cluster/event weighs words by
// these counts until it has read enough articles itself.
//
//	cat ARTICLES.jsonl | go run ./tools/newswords > cluster/event/words.gz
//
// Each line of the input is an object with "title" and "text". The output is a gzip file of
// lines: the number of articles, then each word that stands in at least five with its count,
// in the order of the words. cluster/event/words.gz is of 114,355 event briefs of Wikipedia's
// current events portal (2002 to 2026, CC BY-SA) and 3,100 American news articles (2012 to
// 2018); only words and counts of them are kept.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode"
)

const leastArticles = 5

func main() {
	log.SetFlags(0)
	in := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<20))
	counts := map[string]int{}
	articles := 0
	for {
		var a struct{ Title, Text string }
		if err := in.Decode(&a); err == io.EOF {
			break
		} else if err != nil {
			log.Fatalf("newswords: read article %d: %v", articles+1, err)
		}
		articles++
		for w := range wordsOf(a.Title + "\n" + a.Text) {
			counts[w]++
		}
	}
	z, err := gzip.NewWriterLevel(os.Stdout, gzip.BestCompression)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprintln(z, articles)
	for _, w := range slices.Sorted(maps.Keys(counts)) {
		if counts[w] >= leastArticles {
			fmt.Fprintln(z, w, counts[w])
		}
	}
	if err := z.Close(); err != nil {
		log.Fatal(err)
	}
}

func wordsOf(text string) map[string]bool {
	text = strings.NewReplacer("'s ", " ", "’s ", " ").Replace(strings.ToLower(text))
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		words[w] = true
	}
	return words
}
