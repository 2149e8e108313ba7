package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/service"
)

// A site is an outlet on loopback.
type site struct {
	mu    sync.Mutex
	gone  bool
	title string
	asked map[string]int
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked[r.URL.Path]++
	switch r.URL.Path {
	case "/":
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!DOCTYPE html><html><head><title>Courier</title><link rel="alternate" type="application/rss+xml" title="News" href="/feed.xml"><link rel="alternate" type="application/atom+xml" title="Sport" href="/sport.xml"></head><body></body></html>`)
	case "/feed.xml":
		if s.gone {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>The Alba Courier</title>
			<item><title>Ferry</title><link>http://%[1]s/ferry?utm_source=rss</link><guid>1</guid><description>The ferry</description></item>
			<item><title>Ferry again</title><link>http://%[1]s/ferry</link><guid>2</guid><description>The same page</description></item>
			<item><title>Inside</title><link>http://10.0.0.1/secret</link><guid>3</guid></item>
			<item></item></channel></rss>`, r.Host)
	case "/ferry":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<html><body><h1>%s</h1><p>The ferry that carried the islanders for a century made its last crossing on Sunday, the harbour office said.</p><p>“It was a good old ship,” said Captain Ivo Brandt, who steered it for years.</p>%s</body></html>", s.title, strings.Repeat("<p>The quay was full of people who had come to see it off.</p>", 20))
	default:
		http.NotFound(w, r)
	}
}

// dateline runs a command in this process.
func dateline(t *testing.T, ctx context.Context, want int, args ...string) (out, said string) {
	t.Helper()
	var o, e bytes.Buffer
	if got := run(ctx, args, cli.Streams{In: strings.NewReader(""), Out: &o, Err: &e}); got != want {
		t.Fatalf("%v ended with %d, not %d\n%s%s", args, got, want, &o, &e)
	}
	return o.String(), e.String()
}

func startSite(t *testing.T) (*site, string) {
	s := &site{title: "Ferry makes last crossing", asked: map[string]int{}}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DATELINE_DATA", filepath.Join(t.TempDir(), "data"))
	t.Setenv("DATELINE_ALLOW_NETWORKS", "127.0.0.0/8")
	t.Setenv("DATELINE_ALLOW_PORTS", u.Port())
	t.Setenv("DATELINE_HOST_GAP", "1ms")
	return s, server.URL
}

func contains(t *testing.T, text string, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestFeedCommands(t *testing.T) {
	ctx := t.Context()
	s, address := startSite(t)
	out, said := dateline(t, ctx, cli.StatusDone, "feed", "add", address+"/")
	contains(t, out, "added f", address+"/feed.xml")
	contains(t, said, "also points to "+address+"/sport.xml (Sport)")
	out, _ = dateline(t, ctx, cli.StatusDone, "feed", "list")
	contains(t, out, "new ", "The Alba Courier", "read never")

	// The feed is read, its page is fetched once though two items name it, read and placed.
	out, _ = dateline(t, ctx, cli.StatusDone, "feed", "refresh")
	contains(t, out, "4 items served: 3 stored, 0 known, 1 rejected")
	out, _ = dateline(t, ctx, cli.StatusDone, "stories")
	contains(t, out, "Ferry makes last crossing", "1 article ")
	out, _ = dateline(t, ctx, cli.StatusDone, "ledger")
	contains(t, out, "Ivo Brandt")
	if n := s.asked["/ferry"]; n != 1 {
		t.Errorf("the page was asked for %d times", n)
	}

	// Asked again, nothing has changed.
	out, _ = dateline(t, ctx, cli.StatusDone, "feed", "refresh", "--json", address+"/feed.xml")
	var r service.FeedRecord
	if err := json.Unmarshal([]byte(out), &r); err != nil || r.Health != "good" || r.Items.Polls != 2 || r.Items.Served != 4 || r.LastSuccess == nil || r.NextPoll == nil || r.Error != nil {
		t.Errorf("%s %v", out, err)
	}

	// What fails is told in words, with what to do.
	s.mu.Lock()
	s.gone = true
	s.mu.Unlock()
	_, said = dateline(t, ctx, cli.StatusFailed, "feed", "refresh")
	contains(t, said, "status 404", "look for a new one on the outlet's page")
	out, _ = dateline(t, ctx, cli.StatusDone, "feed", "list")
	contains(t, out, "failing", "! get "+address+"/feed.xml: status 404")
	_, said = dateline(t, ctx, cli.StatusFailed, "feed", "add", "http://10.0.0.1/feed")
	contains(t, said, "not a public address")
	_, said = dateline(t, ctx, cli.StatusFailed, "feed", "add", address+"/nothing")
	contains(t, said, "--unchecked keeps it all the same")

	// Out as OPML, and in again.
	out, _ = dateline(t, ctx, cli.StatusDone, "feed", "export")
	list := filepath.Join(t.TempDir(), "feeds.opml")
	out = strings.Replace(out, "</body>", `<outline text="x" xmlUrl="file:///etc/passwd"/></body>`, 1)
	if err := os.WriteFile(list, []byte(out), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ = dateline(t, ctx, cli.StatusDone, "feed", "remove", address+"/feed.xml")
	contains(t, out, "removed f")
	out, _ = dateline(t, ctx, cli.StatusDone, "feed", "list")
	contains(t, out, "No feeds yet")
	out, said = dateline(t, ctx, cli.StatusPartial, "feed", "import", list)
	contains(t, out, "added f")
	contains(t, said, `file:///etc/passwd: scheme "file" is not http or https`)
	dateline(t, ctx, cli.StatusDone, "doctor", "--deep")
	dateline(t, ctx, cli.StatusUsage, "feed", "add")
	dateline(t, ctx, cli.StatusFailed, "feed", "remove", "nowhere")
}

// TestCollect runs the loop as a service until it is stopped.
func TestCollect(t *testing.T) {
	s, address := startSite(t)
	dateline(t, t.Context(), cli.StatusDone, "feed", "add", "--outlet", "The Alba Courier", address+"/feed.xml")
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listen := free.Addr().String()
	free.Close()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan string)
	go func() {
		var o, e bytes.Buffer
		code := run(ctx, []string{"collect", "--listen", listen}, cli.Streams{In: strings.NewReader(""), Out: &o, Err: &e})
		ended <- fmt.Sprintf("%d %s%s", code, &o, &e)
	}()
	// A page is stored before its visit is counted: what is waited for is all of it, not the first of it.
	want := []string{`dateline_feed_polls_total{outcome="ok"} 1`, `dateline_feed_items_total{became="stored"} 3`, `dateline_feed_items_total{became="rejected"} 1`,
		`dateline_page_visits_total{outcome="ok"} 1`, "dateline_pages_stored_total 1", `dateline_feeds{health="good"} 1`}
	metrics := ""
	missing := func(line string) bool { return !strings.Contains(metrics, line) }
	for began := time.Now(); time.Since(began) < 20*time.Second && (metrics == "" || slices.ContainsFunc(want, missing)); time.Sleep(50 * time.Millisecond) {
		if answer, err := http.Get("http://" + listen + "/metrics"); err == nil {
			b, _ := io.ReadAll(answer.Body)
			answer.Body.Close()
			metrics = string(b)
		}
	}
	stop()
	if said := <-ended; !strings.HasPrefix(said, "0 collecting into ") {
		t.Errorf("%s", said)
	}
	contains(t, metrics, want...)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asked["/robots.txt"] == 0 {
		t.Error("robots.txt was not asked for")
	}
}
