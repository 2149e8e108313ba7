package attribution_test

import (
	"context"
	"sync"
	"testing"
	"unicode/utf8"

	"dateline/annotate"
	"dateline/annotate/attribution"
	"dateline/annotate/syntax"
	"dateline/eval/gold"
	"dateline/news"
	"dateline/nlp"
	"dateline/text"
)

var english = sync.OnceValue(func() *nlp.Pipeline {
	p, err := nlp.Load(nlp.Config{})
	if err != nil {
		panic(err)
	}
	return p
})

func parse(t testing.TB, body string) *syntax.Doc {
	t.Helper()
	a := news.Article{Text: body, Range: text.Span{End: len(body)}}
	for _, p := range text.Paragraphs(body, a.Range) {
		a.Segments = append(a.Segments, news.Segment{Span: p, Kind: news.Body})
		a.Sentences = append(a.Sentences, text.Sentences(body, []text.Span{p})...)
	}
	d, _, err := annotate.Parse(context.Background(), a, english(), annotate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Each file shows one rule or one form, and bears its name.
func TestGold(t *testing.T) {
	gold.Check(t, "testdata/*.gold", func(body string) (spans []gold.Span) {
		d := parse(t, body)
		found := attribution.Find(d)
		number := map[int]int{}
		for i := range found { // numbered by where their contents begin, outer ones first
			n := 1
			for j := range found {
				a, b := found[i].Content, found[j].Content
				if b[0].Start < a[0].Start || b[0].Start == a[0].Start && b[len(b)-1].End > a[len(a)-1].End {
					n++
				}
			}
			number[i] = n
		}
		for i, f := range found {
			add := func(label string, r syntax.Range) {
				if b := d.Bytes(r); !b.Empty() {
					spans = append(spans, gold.Span{Label: label, Number: number[i], Start: b.Start, End: b.End})
				}
			}
			add("source", f.Source)
			add("cue", f.Cue)
			for _, c := range f.Content {
				add("content", c)
			}
		}
		return spans
	})
}

// FuzzFind: whatever the text, spans lie inside it and parts of a statement do not overlap.
func FuzzFind(f *testing.F) {
	for _, s := range []string{`"A," said B. "C."`, "A: b\n\nC: d", "‘It’s “fine”’, he said", "\"\"\"\"\"\"", "She said he said they said it. — Ruiz"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 2000 || !utf8.ValidString(body) {
			return
		}
		d := parse(t, body)
		for _, s := range attribution.Find(d) {
			if len(s.Content) == 0 {
				t.Fatal("a statement without content")
			}
			for i, c := range s.Content {
				if !d.Bytes(c).Valid(body) || c.Len() <= 0 || i > 0 && c.Start < s.Content[i-1].End {
					t.Fatalf("content %v of %q", s.Content, body)
				}
				if s.Cue.Start < c.End && c.Start < s.Cue.End {
					t.Fatalf("cue %v in content %v of %q", s.Cue, s.Content, body)
				}
			}
			if s.Confidence < 0 || s.Confidence > 1 {
				t.Fatalf("confidence %v", s.Confidence)
			}
		}
	})
}
