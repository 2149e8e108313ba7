package pipeline_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/demo"
	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
)

// TestOrderOfArrival adds pages in random orders, each to a record of its own, placing after every
// one, and holds that the ledgers are the same: every row says the same of the same statements.
// Ids, which may depend on what came first, and the times of recording are left out.
func TestOrderOfArrival(t *testing.T) {
	orders := 4
	if os.Getenv("DATELINE_LONG") != "" {
		orders = 200
	}
	if testing.Short() {
		orders = 1
	}
	ctx := context.Background()
	r := reader(t)
	var pages []news.Page
	for _, name := range demo.Stories() {
		invented, err := demo.Pages(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range invented {
			pages = append(pages, news.Page{Name: p.File, URL: p.URL, Fetched: p.Fetched, Body: p.Body})
		}
	}
	if more := os.Getenv("DATELINE_PAGES"); more != "" { // a folder of texts
		files, err := os.ReadDir(more)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			body, err := os.ReadFile(more + "/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			pages = append(pages, news.Page{Name: f.Name(), MediaType: "text/plain", Body: body})
		}
	}
	readings := map[news.RevisionID]news.Reading{}
	for _, p := range pages {
		reading, err := r.Read(ctx, p)
		if err != nil {
			reading.Failure = err.Error()
		}
		readings[p.Revision()] = reading
	}
	ledger := func(order []int) string {
		s, err := store.Open(ctx, t.TempDir(), store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		house := pipeline.NewHouse(s, r, time.Now)
		for _, i := range order {
			if _, err := s.AddPage(ctx, pages[i]); err != nil {
				t.Fatal(err)
			}
			jobs, err := s.Lease(ctx, news.ReadStep, 1)
			if err != nil || len(jobs) != 1 {
				t.Fatal(len(jobs), err)
			}
			if err := s.SaveReading(ctx, jobs[0], readings[jobs[0].Revision]); err != nil {
				t.Fatal(err)
			}
			if err := house.Settle(ctx); err != nil {
				t.Fatal(err)
			}
		}
		var lines []string
		for e, err := range s.Entries(ctx, news.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, fmt.Sprintf("%q", fmt.Sprintln(e.Kind, e.Actor.Name, e.Text, e.Said.When, e.Venue, e.Issue.Name, e.Stance, e.AscribedBy.Name, e.Statements, e.Origins, e.Rule, len(e.Of), e.ReportedBy)))
		}
		slices.Sort(lines)
		return strings.Join(lines, "\n")
	}
	byTime := make([]int, len(pages))
	for i := range byTime {
		byTime[i] = i
	}
	want := ledger(byTime)
	for n := range orders {
		got := ledger(rand.New(rand.NewPCG(uint64(n), 7)).Perm(len(pages)))
		if got == want {
			continue
		}
		a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
		shown := 0
		for _, line := range a {
			if _, there := slices.BinarySearch(b, line); !there && shown < 5 {
				t.Errorf("order %d lacks %.600s", n, line)
				shown++
			}
		}
		for _, line := range b {
			if _, there := slices.BinarySearch(a, line); !there && shown < 10 {
				t.Errorf("order %d has too much %.600s", n, line)
				shown++
			}
		}
		t.Fatalf("order %d: %d rows, not %d", n, len(b), len(a))
	}
}
