package split_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/eval/gold"
	"dateline/news"
	"dateline/split"
	"dateline/text"
)

// plainText is the document of a plain text, as extraction makes it.
func plainText(t string) news.Document {
	d := news.Document{Page: news.NewPageID(t), Name: "page.txt", MediaType: "text/plain", Text: t, Alignment: text.Identity(len(t))}
	for _, line := range text.Lines(t, text.Span{End: len(t)}) {
		if !line.Empty() {
			d.Blocks = append(d.Blocks, news.Block{Span: line})
		}
	}
	return d
}

// TestGold holds the articles of invented pages and the kinds of their segments: [article1 ...]
// is the range of the first, the numbers of the kinds tell whose record holds them.
func TestGold(t *testing.T) {
	gold.Check(t, "testdata/*.gold", func(page string) []gold.Span {
		var found []gold.Span
		for i, a := range split.Document(plainText(page)) {
			found = append(found, gold.Span{Label: "article", Number: i + 1, Start: a.Range.Start, End: a.Range.End})
			for _, s := range a.Segments {
				found = append(found, gold.Span{Label: string(s.Kind), Number: i + 1, Start: s.Span.Start, End: s.Span.End})
			}
		}
		return found
	})
}

// page is the text of an invented page.
func page(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".gold"))
	if err != nil {
		t.Fatal(err)
	}
	plain, _, err := gold.Parse(strings.TrimSuffix(string(data), "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

var fetched = time.Date(2031, 5, 7, 10, 0, 0, 0, time.UTC)
