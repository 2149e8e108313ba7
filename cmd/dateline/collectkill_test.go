package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/doctor"
	"dateline/news"
	"dateline/store"
)

// A publisher serves a feed that has two new items each time it is asked, and their pages. It
// keeps account of what a reader has claimed to have read: a reader that sends back the tag of a
// document has it.
type publisher struct {
	mu      sync.Mutex
	items   int
	window  map[string][2]int // by tag: the first and last item of the document
	claimed map[int]bool
	served  int
}

const shownItems = 40

func (p *publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case r.URL.Path == "/feed":
		if span, ok := p.window[r.Header.Get("If-None-Match")]; ok {
			for i := span[0]; i <= span[1]; i++ {
				p.claimed[i] = true
			}
		}
		p.items += 2
		first := max(1, p.items-shownItems+1)
		tag := fmt.Sprintf(`"%d"`, p.items)
		p.window[tag] = [2]int{first, p.items}
		p.served += p.items - first + 1
		w.Header().Set("Content-Type", "application/rss+xml")
		w.Header().Set("ETag", tag)
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Courier</title>`)
		for i := p.items; i >= first; i-- {
			fmt.Fprintf(w, `<item><title>Ferry %d makes its last crossing</title><link>http://%s/a/%d</link><guid isPermaLink="false">item %d</guid></item>`, i, r.Host, i, i)
		}
		fmt.Fprint(w, `</channel></rss>`)
	case strings.HasPrefix(r.URL.Path, "/a/"):
		n := strings.TrimPrefix(r.URL.Path, "/a/")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<html><body><h1>Ferry %s makes its last crossing</h1><p>The ferry %s that carried the islanders for a century made its last crossing on Sunday, the harbour office said.</p><p>“It was a good ship,” said Captain Ivo Brandt, who steered it.</p>%s</body></html>",
			n, n, strings.Repeat("<p>The quay was full of people who had come to see it off.</p>", 20))
	default:
		http.NotFound(w, r)
	}
}

// TestKilledWhileCollecting kills "dateline feed refresh" at random moments. Every item of a
// document that the program has read and kept is in the record, with its page, and nothing is
// there twice.
func TestKilledWhileCollecting(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	p := &publisher{window: map[string][2]int{}, claimed: map[int]bool{}}
	server := httptest.NewServer(p)
	defer server.Close()
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "data")
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	run := func(after time.Duration, args ...string) bool {
		program := exec.Command(os.Args[0], append(args, "--data", data)...)
		program.Env = append(os.Environ(), killEnv+"=1", "DATELINE_ALLOW_NETWORKS=127.0.0.0/8", "DATELINE_ALLOW_PORTS="+address.Port(), "DATELINE_HOST_GAP=1ms")
		var said strings.Builder
		program.Stderr = &said
		if err := program.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(after, func() { program.Process.Kill() })
		err := program.Wait()
		if timer.Stop() && err != nil {
			t.Fatalf("%v ended by itself: %v\n%s", args, err, &said)
		}
		return err == nil
	}
	if !run(time.Minute, "feed", "add", "--unchecked", server.URL+"/feed") {
		t.Fatal("the feed was not added")
	}
	killed := 0
	for killed < kills() {
		if !run(time.Duration(random.Int64N(int64(900*time.Millisecond))), "feed", "refresh") {
			killed++
		}
	}
	for range 2 { // what was left undone, and a claim of all that was read
		if !run(5*time.Minute, "feed", "refresh") {
			t.Fatal("the last run did not end")
		}
	}
	s, err := store.Open(context.Background(), data, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	f, err := s.FindFeed(t.Context(), server.URL+"/feed")
	if err != nil {
		t.Fatal(err)
	}
	items, err := s.Items(t.Context(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	have := map[int]int{}
	for _, i := range items {
		var n int
		if _, err := fmt.Sscanf(i.Title, "Ferry %d", &n); err != nil {
			t.Fatal(err)
		}
		have[n]++
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	lost, twice := 0, 0
	for n := range p.claimed {
		if have[n] == 0 {
			lost++
		}
		if _, err := s.FindPage(t.Context(), fmt.Sprintf("%s/a/%d", server.URL, n)); err != nil {
			t.Errorf("item %d was read, its page is not there: %v", n, err)
		}
	}
	for _, times := range have {
		if times > 1 {
			twice++
		}
	}
	counts, err := s.Counts(t.Context())
	if err != nil || counts.Pages != len(items) || counts.Revisions != len(items) || counts.Articles != len(items) || counts.Queued+counts.Leased+counts.Failed+counts.Dead != 0 {
		t.Errorf("%+v, %v: want %d pages, as many revisions and articles, and no work left", counts, err, len(items))
	}
	links, err := s.LinkCounts(t.Context())
	if err != nil || links[news.WaitingLink] != len(items) {
		t.Errorf("links %v of %d items, %v", links, len(items), err)
	}
	if tally := f.Polls; tally.Served != tally.Stored+tally.Duplicate+tally.Rejected || tally.Stored != len(items) || tally.Served > p.served {
		t.Errorf("%+v of %d served, %d items", tally, p.served, len(items))
	}
	t.Logf("killed %d times: %d items in documents that were read and kept, %d lost, %d twice; %d pages", killed, len(p.claimed), lost, twice, counts.Pages)
	if lost+twice > 0 || len(p.claimed) == 0 {
		t.Errorf("%d lost, %d twice, of %d", lost, twice, len(p.claimed))
	}
	report, err := doctor.Check(t.Context(), s, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range report.Findings {
		t.Errorf("doctor: %+v", finding)
	}
}
