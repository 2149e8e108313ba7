package annotate

import (
	"context"
	"strings"
	"syscall"
	"testing"
	"time"

	"dateline/demo/cases"
	"dateline/eval/gold"
	"dateline/news"
	"dateline/nlp"
	"dateline/text"
)

// BenchmarkCost reports what annotate adds to the work of package nlp, in CPU time: "added" is its share
// of nlp's. Both read the invented paragraphs, sixty an article, turn by turn.
func BenchmarkCost(b *testing.B) {
	all, err := cases.All()
	if err != nil {
		b.Fatal(err)
	}
	var articles []news.Article
	for len(all) > 0 {
		n := min(60, len(all))
		var body []string
		for _, c := range all[:n] {
			plain, _, err := gold.Parse(c.Marked)
			if err != nil {
				b.Fatal(err)
			}
			body = append(body, plain)
		}
		all = all[n:]
		a := news.Article{ID: "a", Text: strings.Join(body, "\n\n"), Published: news.Published{When: news.At(news.Day(2031, 5, 5))}}
		a.Range = text.Span{End: len(a.Text)}
		for _, s := range text.Paragraphs(a.Text, a.Range) {
			a.Segments = append(a.Segments, news.Segment{Span: s, Kind: news.Body})
			a.Sentences = append(a.Sentences, text.Sentences(a.Text, []text.Span{s})...)
		}
		articles = append(articles, a)
	}
	p := pipeline()
	if _, err := Article(context.Background(), articles[0], p, Options{}); err != nil { // loads the tables
		b.Fatal(err)
	}
	var parsing, whole time.Duration
	for b.Loop() {
		for _, a := range articles {
			start := cpu(b)
			sentences := a.Sentences
			for _, s := range a.Segments {
				var starts []int
				for len(sentences) > 0 && sentences[0].Start < s.Span.End {
					starts, sentences = append(starts, sentences[0].Start-s.Span.Start), sentences[1:]
				}
				if _, err := p.Analyse(context.Background(), s.Span.Of(a.Text), nlp.Options{SentenceStarts: starts}); err != nil {
					b.Fatal(err)
				}
			}
			middle := cpu(b)
			if _, err := Article(context.Background(), a, p, Options{}); err != nil {
				b.Fatal(err)
			}
			parsing, whole = parsing+middle-start, whole+cpu(b)-middle
		}
	}
	b.ReportMetric(float64(whole-parsing)/float64(parsing), "added")
	b.ReportMetric(0, "ns/op")
}

func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
