package collect_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"dateline/fetch"
	"dateline/fetch/collect"
	"dateline/news"
	"dateline/store"
)

// A paged feed has three items a page, the newest first, each page naming the next.
type paged struct {
	items int
	asked []string
}

func (p *paged) Get(_ context.Context, r fetch.Request) (fetch.Response, error) {
	p.asked = append(p.asked, r.URL)
	page := 0
	fmt.Sscanf(r.URL, "https://courier.example/feed?page=%d", &page)
	var b strings.Builder
	b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title>`)
	last := p.items - 3*page
	for i := last; i > max(0, last-3); i-- {
		fmt.Fprintf(&b, `<entry><id>item %d</id><title>Item %d</title><link href="https://courier.example/%d"/><summary>s</summary></entry>`, i, i, i)
	}
	if last > 3 {
		fmt.Fprintf(&b, `<link rel="next" href="/feed?page=%d"/>`, page+1)
	}
	b.WriteString(`</feed>`)
	return fetch.Response{URL: r.URL, Status: 200, Body: []byte(b.String()), ContentType: "application/atom+xml"}, nil
}

// TestOlderPages holds that pages are read back to what is known, and no further.
func TestOlderPages(t *testing.T) {
	s, err := store.Open(t.Context(), scratch(t), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const address = "https://courier.example/feed"
	if _, err := s.AddFeed(t.Context(), news.Feed{URL: address}); err != nil {
		t.Fatal(err)
	}
	p := &paged{items: 5}
	poll := func(want int, asked int) {
		t.Helper()
		p.asked = nil
		if _, err := s.Refresh(t.Context(), address, time.Now()); err != nil {
			t.Fatal(err)
		}
		if err := collect.New(collect.Config{Memory: s, Getter: p, FeedsOnly: true}).Run(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		f, err := s.FindFeed(t.Context(), address)
		if err != nil || f.Polls.Stored != want || f.Polls.Served != f.Polls.Stored+f.Polls.Duplicate+f.Polls.Rejected || len(p.asked) != asked {
			t.Errorf("%+v, %v, asked %v: want %d items by %d requests", f.Polls, err, p.asked, want, asked)
		}
	}
	poll(5, 2)  // all of a new feed
	poll(5, 1)  // nothing new
	p.items = 6 // one new: the first page reaches back
	poll(6, 1)
	p.items = 15 // nine while we were away
	poll(15, 4)
	p.items = 115 // more than is read at once: it is told
	poll(15+18, 6)
	if f, err := s.FindFeed(t.Context(), address); err != nil || !flagged(f, "older-pages") {
		t.Errorf("%v %v", f.Flags, err)
	}
}

// A trap panics at the first feed and the first page, and has another feed.
type trap struct{ paged }

func (p *trap) Get(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	if strings.Contains(r.URL, "trap") || strings.HasSuffix(r.URL, "/1") {
		panic("a trap")
	}
	if !strings.Contains(r.URL, "feed") {
		return fetch.Response{URL: r.URL, Status: 200, Body: []byte("<html>x</html>"), FetchedAt: time.Now()}, nil
	}
	return p.paged.Get(ctx, r)
}

// TestPanic holds that what makes the program panic is put away, with its reason, and all else goes
// on.
func TestPanic(t *testing.T) {
	s, err := store.Open(t.Context(), scratch(t), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, address := range []string{"https://trap.example/feed", "https://courier.example/feed"} {
		if _, err := s.AddFeed(t.Context(), news.Feed{URL: address}); err != nil {
			t.Fatal(err)
		}
	}
	p := &trap{paged{items: 3}}
	if err := collect.New(collect.Config{Memory: s, Getter: p, Workers: 1}).Run(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	f, err := s.FindFeed(t.Context(), "https://trap.example/feed")
	if err != nil || f.Failures != 1 || !strings.Contains(f.Error, "a trap") || time.Until(f.Next) < 20*time.Hour {
		t.Errorf("%+v %v", f, err)
	}
	links, err := s.LinkCounts(t.Context())
	if err != nil || links[news.FailedLink] != 1 || links[news.WaitingLink] != 2 {
		t.Errorf("%v %v", links, err)
	}
	good, err := s.FindFeed(t.Context(), "https://courier.example/feed")
	if err != nil || good.Polls.Stored != 3 {
		t.Errorf("%+v %v", good, err)
	}
	if err := s.RemoveFeed(t.Context(), good.ID); err != nil {
		t.Fatal(err)
	}
	if links, err = s.LinkCounts(t.Context()); err != nil || links[news.WaitingLink] != 0 || links[news.DoneLink] != 2 {
		t.Errorf("after its feed was removed: %v %v", links, err)
	}
}
