package store_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"dateline/news"
	"dateline/search"
	"dateline/store"
	"dateline/store/invent"
)

func setting(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// resident is the memory that the process has in the machine's, in MB.
func resident() float64 {
	b, _ := os.ReadFile("/proc/self/statm")
	if fields := strings.Fields(string(b)); len(fields) > 1 {
		pages, _ := strconv.ParseFloat(fields[1], 64)
		return pages * float64(os.Getpagesize()) / (1 << 20)
	}
	return 0
}

// processor is the time that the process has spent on the processors.
func processor() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkArchive stores an invented archive, with its stories and ledger, in batches of 500, each
// committed with synchronous=FULL. It reports the speed and the processor time of an article,
// its invention included, over the first and the last 10,000, then the cost of questions. DATELINE_ARTICLES is its size, 10,000 if
// unset, DATELINE_WORDS the length of an article, 60 if unset.
func BenchmarkArchive(b *testing.B) {
	total, words := setting("DATELINE_ARTICLES", 10_000), setting("DATELINE_WORDS", 60)
	stretch := min(total, 10_000)
	for b.Loop() {
		dir := filepath.Join(b.TempDir(), "data")
		s, err := store.Open(b.Context(), dir, store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		var peak float64
		var wall, cpu time.Duration
		n, begun := 0, false
		report := func(name string) {
			b.ReportMetric(float64(n)/wall.Seconds(), name+"-articles/s")
			b.ReportMetric(float64(cpu.Microseconds())/float64(n), name+"-cpu-µs/article")
			wall, cpu, n = 0, 0, 0
		}
		start, used, last := time.Now(), processor(), 0
		err = s.Invent(b.Context(), 1, total, words, func(stored int) {
			wall, cpu, n = wall+time.Since(start), cpu+processor()-used, n+stored-last
			last = stored
			peak = max(peak, resident())
			switch {
			case !begun && stored >= stretch:
				report("first")
				begun = true
			case begun && stored <= total-stretch:
				wall, cpu, n = 0, 0, 0
			case stored == total:
				report("last")
			}
			start, used = time.Now(), processor()
		})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(peak, "MB-resident")
		c, err := s.Counts(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(c.Bytes)/float64(total), "db-B/article")
		questions(b, s)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// questions reports the mean time of a search for words of three degrees of frequency, and of
// walking a ledger row down to its bytes.
func questions(b *testing.B, s *store.Store) {
	b.Helper()
	runtime.GC()
	ask := func(name string, question func(i int) error) {
		const times = 20
		start := time.Now()
		for i := range times {
			if err := question(i); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(time.Since(start).Microseconds())/times, name+"-µs")
	}
	for name, rank := range map[string]uint64{"common": 3, "middling": 700, "rare": 30_000} {
		ask("search-"+name, func(i int) error {
			_, err := s.Search(b.Context(), invent.Word(rank+uint64(i)), search.Page{Limit: 20})
			return err
		})
	}
	var ids []news.EntryID
	for e, err := range s.Entries(b.Context(), news.Filter{}) {
		if err != nil {
			b.Fatal(err)
		}
		if ids = append(ids, e.ID); len(ids) == 20 {
			break
		}
	}
	ask("why", func(i int) error {
		_, err := s.Why(b.Context(), string(ids[i%len(ids)]))
		return err
	})
}

// BenchmarkAddPage adds small pages from 64 goroutines, as a service does: group commit lets
// them share the price of a sync.
func BenchmarkAddPage(b *testing.B) {
	s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "data"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	var next atomic.Int64
	b.SetParallelism(32)
	from := rand.IntN(1 << 30)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := s.AddPage(b.Context(), page(from+int(next.Add(1)))); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}
