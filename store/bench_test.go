package store_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"dateline/news"
	"dateline/store"
)

// invent makes small articles: some 90 words of a Zipf distribution over 150,000, and two
// quotations.
func invent(r *rand.Rand, zipf *rand.Zipf, i int) news.Page {
	word := func() string { return "w" + strconv.FormatUint(zipf.Uint64(), 36) }
	words := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(word())
			b.WriteByte(' ')
		}
		return strings.TrimSpace(b.String())
	}
	body := fmt.Sprintf("%s\n\n%s. \"%s,\" said Ana Ruiz. %s. \"%s,\" said Jan Kos. %s.\n", words(8), words(25), words(12), words(20), words(12), words(20))
	return news.Page{Name: fmt.Sprintf("https://alba.example/%d", i), URL: fmt.Sprintf("https://alba.example/%d", i), MediaType: "text/plain", Body: []byte(body)}
}

func resident() int64 {
	b, _ := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(b))
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}

// BenchmarkArchive builds an archive in batches of 500 and reports the speed of its last
// tenth. DATELINE_ARTICLES is its size, 10,000 if unset.
func BenchmarkArchive(b *testing.B) {
	total, _ := strconv.Atoi(os.Getenv("DATELINE_ARTICLES"))
	if total == 0 {
		total = 10_000
	}
	const batch = 500
	for b.Loop() {
		dir := filepath.Join(b.TempDir(), "data")
		s, err := store.Open(b.Context(), dir, store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		r := rand.New(rand.NewPCG(1, 2))
		zipf := rand.NewZipf(r, 1.1, 2, 150_000)
		start := time.Now()
		var last time.Duration
		for i := 0; i < total; i += batch {
			all := make([]store.Complete, batch)
			for j := range all {
				all[j].Page = invent(r, zipf, i+j)
				all[j].Reading = read(all[j].Page, "test/1")
				if os.Getenv("DATELINE_PLACED") != "" {
					p := place(all[j].Reading)
					all[j].Placement = &p
				}
			}
			before := time.Now()
			if err := s.AddComplete(b.Context(), all); err != nil {
				b.Fatal(err)
			}
			if i >= total*9/10 {
				last += time.Since(before)
			}
			if i%(total/10) == 0 {
				b.Logf("%d articles, %.0f/s, %d MB resident", i+batch, float64(i+batch)/time.Since(start).Seconds(), resident()>>20)
			}
		}
		b.ReportMetric(float64(total/10)/last.Seconds(), "articles/s")
		c, err := s.Counts(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(c.Bytes)/float64(total), "db-B/article")
		runtime.GC()
		b.ReportMetric(float64(resident()>>20), "MB-resident")
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
