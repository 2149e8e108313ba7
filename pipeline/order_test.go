package pipeline_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
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
// and at random points the program ends, in good order or killed. The seeds come with them where they
// are at hand. Each order is a subtest named by its seed, so that one can be run again alone;
// DATELINE_ORDERS says how many there are, DATELINE_SEED which is the first.
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
	seed, _ := strconv.Atoi(os.Getenv("DATELINE_SEED"))
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
	r := &kept{reader: reader(t), readings: map[news.RevisionID]news.Reading{}}
	t.Run("demo", func(t *testing.T) { sameInAnyOrder(t, r, pages, seed, orders) })
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
		sameInAnyOrder(t, r, pages, seed, orders)
	})
}

// kept reads each page once, for reading is pure: what differs between orders is the rest.
type kept struct {
	reader   *pipeline.Reader
	mu       sync.Mutex
	readings map[news.RevisionID]news.Reading
}

func (k *kept) Read(ctx context.Context, p news.Page) (news.Reading, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	reading, known := k.readings[p.Revision()]
	if !known {
		var err error
		if reading, err = k.reader.Read(ctx, p); err != nil {
			reading.Failure = err.Error()
		}
		k.readings[p.Revision()] = reading
	}
	if reading.Failure != "" {
		return reading, errors.New(reading.Failure)
	}
	return reading, nil
}

func sameInAnyOrder(t *testing.T, r *kept, pages []news.Page, seed, orders int) {
	inTime := make([]int, len(pages))
	for i := range inTime {
		inTime[i] = i
	}
	undisturbed := &life{t: t, reader: r}
	want := undisturbed.record(pages, inTime, nil, 1)
	var same, ends, kills atomic.Int64
	t.Run("seed", func(t *testing.T) {
		for n := seed; n < seed+orders; n++ {
			t.Run(strconv.Itoa(n), func(t *testing.T) {
				t.Parallel()
				random := rand.New(rand.NewPCG(uint64(n), 7))
				l := &life{t: t, reader: r}
				got := l.record(pages, random.Perm(len(pages)), random, []float64{1, .15, 0}[n%3])
				ends.Add(int64(l.ends))
				kills.Add(int64(l.kills))
				if !slices.Equal(got, want) {
					differ(t, got, want)
					return
				}
				same.Add(1)
			})
		}
	})
	t.Logf("%d pages, %d lines of the record; of %d orders from seed %d on %d gave that record; the program ended %d times in good order and was killed %d times",
		len(pages), len(want), orders, seed, same.Load(), ends.Load(), kills.Load())
}

// differ tells in what a record is not the one wanted.
func differ(t *testing.T, got, want []string) {
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
		t.Errorf("lacks %.900s\nhas   %.900s", one[min(from, len(one)):], other[min(from, len(other)):])
	}
	t.Errorf("%d lines, not %d", len(got), len(want))
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

// A life is that of a record through the programs that work on it.
type life struct {
	t           *testing.T
	reader      *kept
	dir         string
	memory      *mortal
	house       *pipeline.House
	ends, kills int
}

// A mortal is a store whose program dies at one of the moments that matter to a placement: with its
// job in hand, before its effect is kept, or after.
type mortal struct {
	*store.Store
	left atomic.Int64 // moments
}

var errKilled = errors.New("the program was killed")

func (m *mortal) moment() error {
	if m.left.Add(-1) < 0 {
		return errKilled
	}
	return nil
}

func (m *mortal) Lease(ctx context.Context, step string, most int) ([]news.Job, error) {
	jobs, err := m.Store.Lease(ctx, step, most)
	if err == nil && len(jobs) > 0 {
		err = m.moment()
	}
	return jobs, err
}

func (m *mortal) SavePlacement(ctx context.Context, j news.Job, p news.Placement) error {
	if err := m.moment(); err != nil {
		return err
	}
	if err := m.Store.SavePlacement(ctx, j, p); err != nil {
		return err
	}
	return m.moment()
}

func (m *mortal) Fail(ctx context.Context, j news.Job, reason error, final bool) error {
	if errors.Is(reason, errKilled) {
		return reason
	}
	return m.Store.Fail(ctx, j, reason, final)
}

// open begins a program on the folder.
func (l *life) open() {
	s, err := store.Open(l.t.Context(), l.dir, store.Options{})
	if err != nil {
		l.t.Fatal(err)
	}
	l.memory = &mortal{Store: s}
	l.memory.left.Store(math.MaxInt64)
	l.house = pipeline.NewHouse(l.memory, l.reader, time.Now)
}

// end ends the program in good order.
func (l *life) end() {
	if err := l.memory.Close(); err != nil {
		l.t.Fatal(err)
	}
	l.ends++
}

// kill leaves the folder as it lies, with log, lock and leases, which is what a killed program leaves,
// and goes on with a copy of that.
func (l *life) kill() {
	left := l.dir
	l.dir = l.t.TempDir()
	if err := os.CopyFS(l.dir, os.DirFS(left)); err != nil {
		l.t.Fatal(err)
	}
	l.memory.Close()
	os.RemoveAll(left)
	l.kills++
	l.open()
	if !l.memory.Crashed() {
		l.t.Fatal("the folder does not tell that its program was killed")
	}
}

// record adds pages in an order and is what the record says at rest, as lines. Often is how often it
// comes to rest after a page; random interrupts, if it is not nil.
func (l *life) record(pages []news.Page, order []int, random *rand.Rand, often float64) []string {
	ctx := l.t.Context()
	l.dir = l.t.TempDir()
	l.open()
	defer func() { l.memory.Close(); os.RemoveAll(l.dir) }()
	waiting := 0 // pages that are not placed, at most
	for _, i := range order {
		if _, err := l.memory.AddPage(ctx, pages[i]); err != nil {
			l.t.Fatal(err)
		}
		waiting++
		rests := random == nil || random.Float64() < often
		if random != nil && random.IntN(8) == 0 {
			switch random.IntN(4) {
			case 0:
				l.house = pipeline.NewHouse(l.memory, l.reader, time.Now)
			case 1:
				l.end()
				l.open()
			case 2:
				l.kill()
			case 3:
				l.memory.left.Store(int64(random.IntN(4 * waiting)))
				if err := l.house.Settle(ctx); err != nil && !errors.Is(err, errKilled) {
					l.t.Fatal(err)
				}
				l.kill()
			}
		}
		if rests {
			l.settle()
			waiting = 0
		}
	}
	l.settle()
	return lines(l.t, l.memory.Store)
}

func (l *life) settle() {
	if err := l.house.Settle(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
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
