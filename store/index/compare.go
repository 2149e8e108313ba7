package index

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"iter"
	"slices"
	"strings"

	"dateline/news"
)

const (
	selectHeldWords      = `SELECT doc, term, col, "offset" FROM article_words_held`
	selectHeldStatements = `SELECT doc, term, col, "offset" FROM statement_words_held`
	selectHeldGrams      = `SELECT doc, term, '', 0 FROM quote_grams_held`
	selectHeldDigests    = `SELECT root, data FROM article_digest`
)

var (
	articleColumns   = []string{"title", "body", "outlet", "about", "keys"}
	statementColumns = []string{"content", "speaker", "hearer", "about", "issue", "outlet", "keys"}
)

// Compare names the rows of the index that differ from what the rows of the record give: entries
// are those of all articles that stand, by root. What is compared are sums over all words with
// their places, so nothing is sorted and no second index is built.
func (x *Index) Compare(ctx context.Context, entries iter.Seq2[int64, *Entry]) ([]string, error) {
	words, said, grams, digests := map[int64]uint64{}, map[int64]uint64{}, map[int64]uint64{}, map[int64]uint64{}
	var damage error
	for root, e := range entries {
		if e == nil {
			// A damaged article is another finding; the index may well know it.
			damage = news.ErrDamaged
			continue
		}
		own := " " + rootKey(root)
		keyed := e.article
		keyed[len(keyed)-1] += own
		words[root] = sumOf(keyed[:], articleColumns)
		for i, s := range e.statements {
			s[len(s)-1] += own
			said[root<<16|int64(i)] = sumOf(s[:], statementColumns)
		}
		sum := uint64(0)
		for g := range strings.FieldsSeq(e.grams) {
			sum += mark(g, "", 0)
		}
		if sum != 0 {
			grams[root] = sum
		}
		digests[root] = mark(string(e.digest), "", 0)
	}
	var differ []string
	for _, part := range []struct {
		name, query string
		expected    map[int64]uint64
	}{
		{"search row", selectHeldWords, words}, {"search row of statement", selectHeldStatements, said},
		{"quotation index of article", selectHeldGrams, grams}, {"digest", selectHeldDigests, digests},
	} {
		held, err := x.held(ctx, part.query, part.query == selectHeldDigests)
		if err != nil {
			return differ, err
		}
		for n, sum := range part.expected {
			if held[n] != sum {
				differ = append(differ, fmt.Sprintf("%s %d", part.name, n))
			}
			delete(held, n)
		}
		for n := range held {
			if damage == nil {
				differ = append(differ, fmt.Sprintf("%s %d", part.name, n))
			}
		}
	}
	slices.Sort(differ)
	return differ, nil
}

func (x *Index) held(ctx context.Context, query string, digest bool) (sums map[int64]uint64, err error) {
	rows, err := x.db.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	sums = map[int64]uint64{}
	var n, offset int64
	var term, column string
	for rows.Next() {
		if digest {
			err = rows.Scan(&n, &term)
		} else {
			err = rows.Scan(&n, &term, &column, &offset)
		}
		if err != nil {
			return nil, err
		}
		sums[n] += mark(term, column, offset)
	}
	return sums, rows.Err()
}

// sumOf is the sum of the words of the columns, as FTS5 cuts them.
func sumOf(texts, columns []string) uint64 {
	sum := uint64(0)
	for i, t := range texts {
		at := int64(0)
		for w := range strings.FieldsFuncSeq(t, func(r rune) bool {
			return r < 0x80 && !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9')
		}) {
			sum += mark(strings.ToLower(w), columns[i], at)
			at++
		}
	}
	return sum
}

// mark is a number for a word at its place.
func mark(term, column string, offset int64) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(term)) // a hash never fails
	_, _ = h.Write([]byte{0})
	_, _ = h.Write([]byte(column))
	_, _ = h.Write([]byte{byte(offset), byte(offset >> 8), byte(offset >> 16), byte(offset >> 24)})
	return h.Sum64()
}
