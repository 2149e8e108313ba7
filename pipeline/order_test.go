package pipeline_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dateline/demo"
	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
)

// TestOrderOfArrival adds the pages of both parts of the demo in random orders, each to a record of
// its own, and holds that the records are the same at rest: the stories and events, the entities, and
// every field of every row. Pages are placed one by one, in batches of any size, or all at the end,
// and in between the program may start anew. The seeds come with them where they are at hand.
func TestOrderOfArrival(t *testing.T) {
	orders := 2
	if os.Getenv("DATELINE_LONG") != "" {
		orders = 200
	}
	if n, err := strconv.Atoi(os.Getenv("DATELINE_ORDERS")); err == nil {
		orders = n
	}
	if testing.Short() {
		orders = 1
	}
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
	r, readings := reader(t), map[news.RevisionID]news.Reading{}
	t.Run("demo", func(t *testing.T) { sameInAnyOrder(t, r, readings, pages, orders) })
	t.Run("demo and seeds", func(t *testing.T) {
		folder := filepath.Join(cmp.Or(os.Getenv("DATELINE_SHARED"), filepath.Join("..", "..", "shared")), "seeds")
		seeds, _ := filepath.Glob(filepath.Join(folder, "*.txt"))
		if len(seeds) == 0 {
			t.Skipf("SKIPPED %s: no texts in %s; set DATELINE_SHARED to the folder that holds seeds", t.Name(), folder)
		}
		pages := slices.Clone(pages)
		for _, name := range seeds {
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			pages = append(pages, news.Page{Name: filepath.Base(name), MediaType: "text/plain", Body: body})
		}
		sameInAnyOrder(t, r, readings, pages, orders)
	})
}

func sameInAnyOrder(t *testing.T, r *pipeline.Reader, readings map[news.RevisionID]news.Reading, pages []news.Page, orders int) {
	for _, p := range pages {
		if _, known := readings[p.Revision()]; known {
			continue
		}
		reading, err := r.Read(t.Context(), p)
		if err != nil {
			reading.Failure = err.Error()
		}
		readings[p.Revision()] = reading
	}
	byTime := make([]int, len(pages))
	for i := range byTime {
		byTime[i] = i
	}
	want := record(t, pages, readings, byTime, func() (rest, anew bool) { return true, false })
	t.Logf("%d pages, %d lines of the record", len(pages), len(want))
	for n := range orders {
		random := rand.New(rand.NewPCG(uint64(n), 7))
		often := []float64{1, .15, 0}[n%3]
		got := record(t, pages, readings, random.Perm(len(pages)), func() (rest, anew bool) { return random.Float64() < often, random.IntN(8) == 0 })
		if slices.Equal(got, want) {
			if n%20 == 19 {
				t.Logf("%d orders, one record", n+1)
			}
			continue
		}
		lacks, has := beside(want, got), beside(got, want)
		for k := range min(5, max(len(lacks), len(has))) {
			one, other := "", ""
			if k < len(lacks) {
				one = lacks[k]
			}
			if k < len(has) {
				other = has[k]
			}
			at := 0
			for at < min(len(one), len(other)) && one[at] == other[at] {
				at++
			}
			from := max(0, at-300)
			t.Errorf("order %d\nlacks %.900s\nhas   %.900s", n, one[min(from, len(one)):], other[min(from, len(other)):])
		}
		t.Fatalf("order %d: %d lines, not %d", n, len(got), len(want))
	}
}

// beside are the lines of one record that another has not.
func beside(one, other []string) (out []string) {
	for _, line := range one {
		if _, there := slices.BinarySearch(other, line); !there {
			out = append(out, line)
		}
	}
	return out
}

// record is what a record says when pages were added in an order, as lines. rest tells after each
// page whether the record comes to rest there, and whether the program starts anew.
func record(t *testing.T, pages []news.Page, readings map[news.RevisionID]news.Reading, order []int, rest func() (rest, anew bool)) []string {
	ctx := context.Background()
	dir := t.TempDir()
	defer os.RemoveAll(dir)
	s, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	house := pipeline.NewHouse(s, nil, time.Now) // all is read
	for k, i := range order {
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
		rests, anew := rest()
		if anew {
			house = pipeline.NewHouse(s, nil, time.Now)
		}
		if rests || k == len(order)-1 {
			if err := house.Settle(ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
	return lines(t, s)
}

// lines are what a record says, one a story, event, entity or row, sorted. An id that may depend on
// what came first, of all of these, stands as what it means; when a row was recorded is left out.
func lines(t *testing.T, s *store.Store) []string {
	ctx := context.Background()
	means := map[string]string{}
	var out []string
	for y, err := range s.Stories(ctx, time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		var events []string
		for _, v := range y.Events {
			slices.Sort(v.Articles)
			means[string(v.ID)] = fmt.Sprintf("event of %s", v.Articles)
			v.ID = ""
			events = append(events, plain(t, v))
		}
		slices.Sort(events)
		means[string(y.ID)] = fmt.Sprintf("story of %d: %s", len(events), y.Name)
		out = append(out, fmt.Sprintf("%s %s", y.Name, events))
	}
	for after := int64(0); ; {
		entities, next, err := s.EntitiesAfter(ctx, time.Time{}, after, 200)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entities {
			means[string(e.ID)] = fmt.Sprintf("%s %s", e.Type, e.Name)
			e.ID = ""
			out = append(out, plain(t, e))
		}
		if after = next; next == 0 {
			break
		}
	}
	var rows []news.Entry
	for e, err := range s.Entries(ctx, news.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Issue.ID != "" {
			means[string(e.Issue.ID)] = "issue " + e.Issue.Name
		}
		e.Recorded = time.Time{}
		slices.Sort(e.Of)
		rows = append(rows, e)
	}
	ids := regexp.MustCompile(`\b[viyel][a-z2-7]{16}\b`)
	spell := func(e news.Entry) string {
		return ids.ReplaceAllStringFunc(plain(t, e), func(id string) string { return cmp.Or(means[id], "a row") })
	}
	for _, e := range rows { // a row is known by what it says itself
		of := e.Of
		e.Of = nil
		means[string(e.ID)] = spell(e)
		e.Of = of
	}
	for _, e := range rows {
		slices.SortFunc(e.Of, func(a, b news.EntryID) int { return strings.Compare(means[string(a)], means[string(b)]) })
		out = append(out, spell(e))
	}
	slices.Sort(out)
	return out
}

func plain(t *testing.T, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
