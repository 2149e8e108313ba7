package position

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"dateline/ledger/book"
	"dateline/ledger/issue"
	"dateline/ledger/stance"
	"dateline/news"
	"dateline/text"
)

// TestClusters puts and drops stances at random and has the rows made in between: the positions must be those
// that all stances of the group make when they are gathered at once.
func TestClusters(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	actor := &book.Actor{Speaker: news.Speaker{Name: "Ana Ruiz", Entity: "e1"}, Key: "ana ruiz"}
	day := func(n int) news.Moment {
		d := time.Date(2026, 3, 1+n, 0, 0, 0, 0, time.UTC)
		return news.Day(d.Year(), d.Month(), d.Day())
	}
	stances := []news.Stance{news.Supports, news.Opposes}
	articles := make([]*book.Article, 20)
	for i := range articles {
		articles[i] = &book.Article{Annotation: news.Annotation{Article: news.Article{ID: news.ArticleID(fmt.Sprint("a", i)), Text: "The bridge opens in May."}}}
	}
	told := func(n int) *book.Told {
		at := rng.IntN(40)
		when := news.At(day(at))
		switch rng.IntN(5) {
		case 0:
			when = news.Between(day(at), day(at+rng.IntN(4)))
		case 1:
			when = news.Between(day(at/20*20), day(at/20*20+30))
		case 2:
			when = news.Interval{}
		}
		s := &news.Statement{ID: news.StatementID(fmt.Sprint("s", n)), Said: news.Said{When: when}, Content: []text.Span{{Start: 0, End: 10}}}
		k := &book.Told{Statement: s, In: articles[rng.IntN(len(articles))], Actor: actor}
		k.First, k.Last = when.Bounds()
		return k
	}
	for range 40 {
		b := book.New("y")
		x := New(b, issue.New("y", nil))
		all := make([]*book.Told, 60)
		for i := range all {
			if all[i] = told(i); i > 0 && rng.IntN(4) == 0 { // of the utterance of one before
				u := all[rng.IntN(i)].Of
				if u == nil {
					u = &book.Utterance{ID: news.EntryID(fmt.Sprint("u", i)), Actor: actor}
				}
				u.Reports = append(u.Reports, all[i])
				all[i].Of = u
			}
		}
		in := map[*book.Told]bool{}
		standing := map[news.EntryID]string{}
		for range 40 {
			for range 1 + rng.IntN(6) {
				if k := all[rng.IntN(len(all))]; in[k] {
					x.Drop(k)
					delete(in, k)
				} else {
					x.take(k, "bridge", stance.Reading{Stance: stances[rng.IntN(len(stances))]})
					in[k] = true
				}
			}
			gone, made := x.Settle()
			for _, id := range gone {
				delete(standing, id)
			}
			for _, e := range made {
				standing[e.ID] = says(e)
			}
			want := atOnce(x)
			if len(want) == 0 != (len(in) == 0) || fmt.Sprint(want) != fmt.Sprint(standing) {
				t.Fatalf("rows stand\n%v\nof all at once they are\n%v", standing, want)
			}
		}
	}
}

func says(e news.Entry) string {
	return fmt.Sprint(e.Kind, e.Stance, e.Said, e.Of, e.Statements, e.Origins)
}

// atOnce are the rows of all stances of an index, gathered without clusters.
func atOnce(x *Index) map[news.EntryID]string {
	rows := map[news.EntryID]string{}
	for g, l := range x.groups {
		var sorted []*take
		l.all(func(k *take) {
			again := *k
			sorted = append(sorted, &again)
		})
		slices.SortFunc(sorted, func(a, b *take) int {
			return cmp.Or(cmp.Compare(width(a), width(b)), a.first.Compare(b.first), inStory(a, b))
		})
		agree(sorted)
		whole := takes{}
		for _, s := range gather(sorted) {
			slices.SortStableFunc(s.takes, inStory)
			s.entry = x.entry(g, s, x.issues.Issue(g.issue))
			rows[s.entry.ID] = says(s.entry)
			if s.takes[0].by == "" && !s.first.IsZero() && !s.last.IsZero() && width(s.takes[0]) <= narrow {
				whole.own = append(whole.own, s)
			}
		}
		slices.SortStableFunc(whole.own, inTime)
		_, between := whole.changes()
		for _, e := range between {
			rows[e.ID] = says(e)
		}
	}
	return rows
}
