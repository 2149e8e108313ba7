package pipeline_test

import (
	"context"
	"fmt"
	"testing"

	"dateline/cluster"
	"dateline/demo"
	"dateline/news"
)

// TestEvents compares the events of a record with what an editor wrote down: pages as they are served, dates and
// openings as they are read, and not all of them have a day. The least that must hold is what is reached now:
// docs/grouping.md says what is missed.
func TestEvents(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		story           string
		pairs, of, most int // of one event: found, all; joined wrongly at most
		copies          int
	}{
		{"first", 13, 14, 10, 3},
	} {
		answers, err := demo.Answers(c.story)
		if err != nil {
			t.Fatal(err)
		}
		pages, err := demo.Pages(c.story)
		if err != nil {
			t.Fatal(err)
		}
		of := map[string]string{} // the editor's name of a page, by its file
		for _, reading := range answers.Readings {
			of[reading.Page.File] = reading.Page.ID
		}
		var all []news.Annotation
		name := map[news.ArticleID]string{}
		for _, p := range pages {
			reading, err := r.Read(context.Background(), news.Page{Name: p.File, URL: p.URL, Fetched: p.Fetched, Body: p.Body})
			if err != nil {
				t.Fatal(err)
			}
			for i, a := range reading.Annotations {
				name[a.Article.ID] = fmt.Sprintf("%s/%d", of[p.File], i+1)
				all = append(all, a)
			}
		}
		event, copies := map[string]news.EventID{}, map[string]string{}
		for _, y := range cluster.Assign(all, nil, nil) {
			for _, v := range y.Events {
				for _, a := range v.Articles {
					event[name[a]] = v.ID
				}
				for _, x := range v.Copies {
					copies[name[x.Article]] = name[x.Of]
				}
			}
		}
		gold := map[string]string{}
		for _, v := range answers.Ledger.Events {
			for _, a := range v.Articles {
				gold[a] = v.ID
			}
		}
		right, wrong, pairs, copied := 0, 0, 0, 0
		for a := range gold {
			for b := range gold {
				if a >= b {
					continue
				}
				same, said := gold[a] == gold[b], event[a] != "" && event[a] == event[b]
				switch {
				case same && said:
					right, pairs = right+1, pairs+1
				case same:
					pairs++
				case said:
					wrong++
				}
			}
		}
		for _, x := range answers.Ledger.Copies {
			if copies[x.Page] == x.Of {
				copied++
			}
		}
		t.Logf("%s: %d of %d pairs of one event, %d joined wrongly; %d of %d copies", c.story, right, pairs, wrong, copied, len(answers.Ledger.Copies))
		if right < c.pairs || pairs != c.of || wrong > c.most || copied < c.copies {
			t.Errorf("%s: fewer than was reached", c.story)
		}
	}
}
