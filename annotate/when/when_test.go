package when_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/annotate/when"
	"dateline/news"
	"dateline/text"
)

var update = flag.Bool("update", false, "redraw the brackets of the gold files")

// TestGold reads the files of testdata: a line of comment, when the text was published, and a
// text a line. An expression stands in brackets with its type and value behind a bar, as in
// "She left on [Tuesday|DATE 2031-04-29]"; "?" is a value that is not known. To add a case, add
// a line and run the test with -update, then read what it drew.
func TestGold(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.gold")
	if len(files) == 0 {
		t.Fatal("no gold files")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".gold"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var ref when.Reference
			lines := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
			for i, line := range lines {
				switch {
				case strings.HasPrefix(line, "#"), line == "":
					continue
				case strings.HasPrefix(line, "published "):
					ref = reference(t, strings.TrimPrefix(line, "published "))
					continue
				}
				plain := unmark(line)
				got := mark(plain, when.Expressions(plain, nil, ref))
				if *update {
					lines[i] = got
				} else if got != line {
					t.Errorf("line %d\n got %s\nwant %s", i+1, got, line)
				}
			}
			if *update {
				if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func reference(t *testing.T, published string) when.Reference {
	switch len(published) {
	case len("unknown"):
		return when.Reference{}
	case len(time.DateOnly):
		at, err := time.Parse(time.DateOnly, published)
		if err != nil {
			t.Fatal(err)
		}
		return when.Reference{Published: at, DayOnly: true}
	}
	at, err := time.Parse(time.RFC3339, published)
	if err != nil {
		t.Fatal(err)
	}
	return when.Reference{Published: at}
}

func unmark(line string) string {
	var b strings.Builder
	for line != "" {
		before, rest, ok := strings.Cut(line, "[")
		b.WriteString(before)
		if !ok {
			break
		}
		inside, after, _ := strings.Cut(rest, "]")
		words, _, _ := strings.Cut(inside, "|")
		b.WriteString(words)
		line = after
	}
	return b.String()
}

func mark(t string, found []news.TimeExpression) string {
	var b strings.Builder
	at := 0
	for _, x := range found {
		value := x.Value
		if value == "" {
			value = "?"
		}
		fmt.Fprintf(&b, "%s[%s|%s %s]", t[at:x.Span.Start], x.Span.Of(t), x.Type, value)
		at = x.Span.End
	}
	b.WriteString(t[at:])
	return b.String()
}

var _ = text.Span{}

// TestPublicationWithinDays holds that a time reckoned from one of a few days is what all of
// them give, spans what they give, or stays open.
func TestPublicationWithinDays(t *testing.T) {
	const page = "She spoke on Wednesday. She flies home today. It rained three years ago."
	ref := when.ReferenceOf(news.Published{When: news.Between(news.Day(2031, 4, 30), news.Day(2031, 5, 1))}, time.Time{}) // a Wednesday and a Thursday
	got := map[string]string{}
	for _, x := range when.Expressions(page, nil, ref) {
		got[x.Span.Of(page)] = x.Value
	}
	if got["Wednesday"] != "2031-04-30" || got["today"] != "2031-04-30/2031-05-01" {
		t.Errorf("%v: Wednesday is one day from either, today is either day", got)
	}
	if ref := when.ReferenceOf(news.Published{When: news.Between(news.Day(2031, 4, 1), news.Day(2031, 5, 1))}, time.Time{}); !ref.Published.IsZero() {
		t.Errorf("a publication within a month was reckoned from %s", ref.Published)
	}
}
