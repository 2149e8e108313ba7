package ledger_test

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"dateline/ledger"
	"dateline/news"
)

// again is an article of the demo n weeks later, with statements of its own.
func again(a news.Annotation, n int) news.Annotation {
	later := func(i news.Interval) news.Interval {
		shift := func(m news.Moment) news.Moment {
			if m.Month == 0 || m.Day == 0 {
				return m
			}
			t := m.First().AddDate(0, 0, 7*n)
			return news.Day(t.Year(), t.Month(), t.Day())
		}
		i.Start, i.End = shift(i.Start), shift(i.End)
		return i
	}
	mark := func(id news.StatementID) news.StatementID {
		if id == "" {
			return ""
		}
		return news.StatementID(fmt.Sprintf("%s.%d", id, n))
	}
	a.Article.ID += news.ArticleID(fmt.Sprintf(".%d", n))
	a.Article.Published.When = later(a.Article.Published.When)
	statements := make([]news.Statement, len(a.Statements))
	for i, s := range a.Statements {
		s.ID, s.Within, s.Article = mark(s.ID), mark(s.Within), a.Article.ID
		s.Said.When = later(s.Said.When)
		statements[i] = s
	}
	a.Statements = statements
	return a
}

// cpu is the time that the process has computed.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkOneMore is the ledger's work for one new article in a story of 2,000.
func BenchmarkOneMore(b *testing.B) {
	w := readWorld(b, "first")
	articles := w.of(w.stories[0])
	k := ledger.NewKeeper("y", nil)
	n := 0
	for ; n < 2000; n++ {
		k.Put(again(articles[n%len(articles)], n/len(articles)))
	}
	start := time.Now()
	k.Settle()
	b.Logf("%d rows of 2,000 articles in %v", k.Len(), time.Since(start))
	changed := 0
	before := cpu()
	for b.Loop() {
		k.Put(again(articles[n%len(articles)], n/len(articles)))
		n++
		rows, _ := k.Settle()
		changed += len(rows)
	}
	b.ReportMetric(float64((cpu()-before).Microseconds())/1000/float64(b.N), "cpu-ms/op")
	b.ReportMetric(float64(changed)/float64(b.N), "rows/op")
}
