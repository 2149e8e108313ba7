package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/fetch"
)

func TestGate(t *testing.T) {
	now := may3
	half := func() float64 { return 0.5 }
	g := fetch.NewGate(fetch.GateConfig{Rand: half, InFlight: 2})
	enter := func(host string, reason string, wait time.Duration) {
		t.Helper()
		err := g.Enter(host, now)
		switch {
		case reason == "" && err != nil:
			t.Errorf("%s: %v", host, err)
		case reason != "" && (err == nil || err.Reason != reason || err.Until.Sub(now) != wait):
			t.Errorf("%s: got %v, want %s for %v", host, err, reason, wait)
		}
	}
	status := func(code int, retry time.Duration) fetch.Report {
		return fetch.ReportOf(&fetch.StatusError{Code: code, RetryAfter: retry})
	}
	enter("a", "", 0)
	enter("a", "in flight", 3*time.Second)
	enter("b", "", 0)
	enter("c", "ceiling", 100*time.Millisecond)
	g.Leave("b", now, fetch.Report{})
	enter("c", "", 0)
	g.Leave("c", now, fetch.Report{})
	now = now.Add(time.Second)
	g.Leave("a", now, fetch.Report{})
	enter("a", "gap", 3*time.Second)
	now = now.Add(2999 * time.Millisecond)
	enter("a", "gap", time.Millisecond)
	now = now.Add(time.Millisecond)
	enter("a", "", 0)

	g.Leave("a", now, status(429, 120*time.Second))
	enter("a", "retry-after", 120*time.Second)
	now = now.Add(120 * time.Second)
	enter("a", "", 0)
	g.Leave("a", now, status(503, 365*24*time.Hour))
	enter("a", "retry-after", fetch.MaxRetryAfter)
	now = now.Add(fetch.MaxRetryAfter)
	enter("a", "", 0)
	g.Leave("a", now, fetch.Report{})

	// 429 without a time: a quarter of an hour, with half the jitter, then twice that.
	for _, wait := range []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour} {
		now = now.Add(24 * time.Hour)
		enter("a", "", 0)
		g.Leave("a", now, status(429, 0))
		enter("a", "back-off", wait*5/4)
	}
	// Failures double up to the breaker, which a success closes.
	for i, want := range []struct {
		reason string
		wait   time.Duration
	}{
		{"back-off", 30 * time.Second}, {"back-off", time.Minute}, {"back-off", 2 * time.Minute}, {"back-off", 4 * time.Minute},
		{"breaker", 15 * time.Minute}, {"breaker", 30 * time.Minute},
	} {
		now = now.Add(48 * time.Hour)
		enter("d", "", 0)
		if i%2 == 0 {
			g.Leave("d", now, status(500, 0))
		} else {
			g.Leave("d", now, fetch.ReportOf(&fetch.NetworkError{Err: io.EOF}))
		}
		enter("d", want.reason, want.wait*5/4)
	}
	now = now.Add(48 * time.Hour)
	enter("d", "", 0)
	g.Leave("d", now, status(404, 0))
	enter("d", "gap", 3*time.Second)
	if s, ok := g.Host("d"); !ok || s.Failures != 0 {
		t.Errorf("after the breaker: %+v", s)
	}

	// Over a restart, and with a clock that was set back a month.
	now = now.Add(time.Hour)
	enter("d", "", 0)
	g.Leave("d", now, status(429, 600*time.Second))
	enter("e", "", 0)
	again := fetch.NewGate(fetch.GateConfig{})
	again.Restore(g.Hosts(), now)
	if !slices.EqualFunc(g.Hosts(), again.Hosts(), func(a, b fetch.HostState) bool {
		return a.Host == b.Host && (a.Host == "e" || a.NotBefore.Equal(b.NotBefore)) && a.Failures == b.Failures
	}) {
		t.Errorf("before %+v\nafter %+v", g.Hosts(), again.Hosts())
	}
	g = again
	enter("d", "retry-after", 600*time.Second)
	enter("e", "gap", 3*time.Second)
	now = now.Add(-30 * 24 * time.Hour)
	enter("d", "retry-after", 600*time.Second)
	now = now.Add(600 * time.Second)
	enter("d", "", 0)
}

// TestGateMemory holds that a gate forgets hosts that owe nothing, and never one that does.
func TestGateMemory(t *testing.T) {
	g := fetch.NewGate(fetch.GateConfig{MaxHosts: 100, Rand: func() float64 { return 0 }})
	now := may3
	for i := range 1000 {
		host := fmt.Sprint(i)
		if err := g.Enter(host, now); err != nil {
			t.Fatal(err)
		}
		report := fetch.Report{}
		if i%20 == 0 {
			report = fetch.ReportOf(&fetch.StatusError{Code: 429, RetryAfter: time.Hour})
		}
		g.Leave(host, now, report)
		now = now.Add(4 * time.Second)
	}
	if n := len(g.Hosts()); n > 100 {
		t.Errorf("%d hosts", n)
	}
	for i := 200; i < 1000; i += 20 { // the hour of these is not over
		if s, ok := g.Host(fmt.Sprint(i)); !ok && now.Sub(may3.Add(time.Duration(i)*4*time.Second)) < time.Hour {
			t.Errorf("%s forgotten", s.Host)
		}
	}
	full := fetch.NewGate(fetch.GateConfig{MaxHosts: 2})
	for _, host := range []string{"a", "b"} {
		_ = full.Enter(host, now)
		full.Leave(host, now, fetch.ReportOf(&fetch.StatusError{Code: 429, RetryAfter: time.Hour}))
	}
	if err := full.Enter("c", now); err == nil || err.Reason != "hosts" {
		t.Errorf("a full gate: %v", err)
	}
}

// world is a simulated network: hosts with a robots.txt and moods. It holds the bars of
// politeness against every request it gets.
type world struct {
	t        *testing.T
	clock    *manual
	answer   func(r *http.Request) *http.Response
	asked    []string
	last     map[string]time.Time
	closed   map[string]time.Time
	delay    map[string]time.Duration
	inFlight map[string]bool
}

func newWorld(t *testing.T, answer func(r *http.Request) *http.Response) *world {
	return &world{
		t: t, clock: &manual{now: may3}, answer: answer,
		last: map[string]time.Time{}, closed: map[string]time.Time{}, delay: map[string]time.Duration{}, inFlight: map[string]bool{},
	}
}

func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	host, now := r.URL.Hostname(), w.clock.Now()
	w.asked = append(w.asked, r.URL.String())
	if gap := now.Sub(w.last[host]); gap < max(3*time.Second, w.delay[host]) {
		w.t.Errorf("%s after %v", r.URL, gap)
	}
	if now.Before(w.closed[host]) {
		w.t.Errorf("%s: %v early", r.URL, w.closed[host].Sub(now))
	}
	answer := w.answer(r)
	if answer == nil {
		return nil, errors.New("connection refused")
	}
	if s := answer.Header.Get("Retry-After"); s != "" {
		d, err := time.ParseDuration(s + "s")
		if err != nil {
			w.t.Fatal(err)
		}
		w.closed[host] = now.Add(d)
	}
	_ = w.clock.Sleep(context.Background(), 200*time.Millisecond) // as long as it takes
	w.last[host] = w.clock.Now()
	return roundTrip(func(*http.Request) *http.Response { return answer }).RoundTrip(r)
}

func (w *world) polite(patience time.Duration) *fetch.Polite {
	return fetch.NewPolite(fetch.PoliteConfig{
		Client: fetch.New(fetch.Config{Transport: w, Clock: w.clock}),
		Gate:   fetch.NewGate(fetch.GateConfig{Rand: rand.New(rand.NewPCG(1, 2)).Float64}),
		Clock:  w.clock, Patience: patience,
	})
}

func text(status int, body string, header ...string) *http.Response {
	h := http.Header{}
	for i := 0; i < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body))}
}

func TestRobotsDecisions(t *testing.T) {
	const forbidding = "User-agent: *\nDisallow: /no\nSitemap: https://a.example/s.xml\n"
	for _, c := range []struct {
		name    string
		robots  func() *http.Response
		yes, no fetch.Class
		asked   int // robots.txt, with its redirects
		flag    string
	}{
		{"200", func() *http.Response { return text(200, forbidding) }, fetch.OK, fetch.Robots, 1, ""},
		{"200, empty", func() *http.Response { return text(200, "") }, fetch.OK, fetch.OK, 1, ""},
		{"200, a page", func() *http.Response { return text(200, "<!doctype html>") }, fetch.OK, fetch.OK, 1, "robots-html"},
		{"200, long", func() *http.Response { return text(200, forbidding+strings.Repeat("# pad\n", 2<<20)) }, fetch.OK, fetch.Robots, 1, "robots-cut"},
		{"401", func() *http.Response { return text(401, "") }, fetch.OK, fetch.OK, 1, ""},
		{"403", func() *http.Response { return text(403, "") }, fetch.OK, fetch.OK, 1, ""},
		{"404", func() *http.Response { return text(404, forbidding) }, fetch.OK, fetch.OK, 1, ""},
		{"410", func() *http.Response { return text(410, "") }, fetch.OK, fetch.OK, 1, ""},
		{"429", func() *http.Response { return text(429, "") }, fetch.Robots, fetch.Robots, 1, ""},
		{"500", func() *http.Response { return text(500, "") }, fetch.Robots, fetch.Robots, 1, ""},
		{"503", func() *http.Response { return text(503, forbidding) }, fetch.Robots, fetch.Robots, 1, ""},
		{"unreachable", func() *http.Response { return nil }, fetch.Robots, fetch.Robots, 1, ""},
		{"cut short", func() *http.Response {
			return &http.Response{StatusCode: 200, Body: io.NopCloser(io.MultiReader(strings.NewReader(forbidding), broken{}))}
		}, fetch.Robots, fetch.Robots, 1, ""},
		{"a loop", func() *http.Response { return text(302, "", "Location", "/robots.txt") }, fetch.OK, fetch.OK, 1, "robots-redirects"},
		{"to a private address", func() *http.Response { return text(302, "", "Location", "file:///etc/passwd") }, fetch.Robots, fetch.Robots, 1, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, func(r *http.Request) *http.Response {
				if r.URL.Path == "/robots.txt" {
					return c.robots()
				}
				return text(200, "page")
			})
			p := w.polite(time.Minute)
			_, err := p.Get(context.Background(), fetch.Request{URL: "https://a.example/yes"})
			if fetch.ClassOf(err) != c.yes {
				t.Errorf("/yes: %v", err)
			}
			asked := 0
			for _, a := range w.asked {
				if strings.HasSuffix(a, "/robots.txt") {
					asked++
				}
			}
			_, err = p.Get(context.Background(), fetch.Request{URL: "https://a.example/no?x"})
			if fetch.ClassOf(err) != c.no {
				t.Errorf("/no: %v", err)
			}
			if asked != c.asked {
				t.Errorf("asked %q", w.asked)
			}
			if rules, err := p.Robots(context.Background(), "https://a.example/"); err == nil {
				flag := ""
				if len(rules.Flags) > 0 {
					flag = rules.Flags[0].Name
				}
				if flag != c.flag {
					t.Errorf("flags %v", rules.Flags)
				}
				if c.name == "200" && !slices.Equal(rules.Sitemaps, []string{"https://a.example/s.xml"}) {
					t.Errorf("sitemaps %q", rules.Sitemaps)
				}
			}
		})
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// TestRobotsRedirects: five are followed, over hosts too; six are one too many and mean that
// there is none.
func TestRobotsRedirects(t *testing.T) {
	for hops, class := range map[int]fetch.Class{5: fetch.Robots, 6: fetch.OK} {
		w := newWorld(t, func(r *http.Request) *http.Response {
			at := strings.Count(r.URL.Path, "z")
			switch {
			case r.URL.Path == "/page":
				return text(200, "page")
			case at < hops:
				return text(301, "", "Location", fmt.Sprintf("https://h%d.example/robots.txt%s", at, strings.Repeat("z", at+1)))
			}
			return text(200, "User-agent: *\nDisallow: /")
		})
		_, err := w.polite(time.Minute).Get(context.Background(), fetch.Request{URL: "https://a.example/page"})
		if fetch.ClassOf(err) != class {
			t.Errorf("%d: %v, asked %q", hops, err, w.asked)
		}
	}
}

// TestCrawlDelay: it is kept; one of a day is cut to the most that is given, and the host's state
// says so; robots.txt is asked once a day.
func TestCrawlDelay(t *testing.T) {
	w := newWorld(t, func(r *http.Request) *http.Response {
		if r.URL.Path == "/robots.txt" {
			delay := "40"
			if r.URL.Host == "day.example" {
				delay = "86400"
			}
			return text(200, "User-agent: *\nCrawl-delay: "+delay)
		}
		return text(200, "page")
	})
	p := w.polite(time.Hour)
	for host, delay := range map[string]time.Duration{"forty.example": 40 * time.Second, "day.example": fetch.MaxCrawlDelay} {
		w.delay[host] = delay // from robots.txt on, which is the first
		for i := range 50 {
			if _, err := p.Get(context.Background(), fetch.Request{URL: fmt.Sprintf("https://%s/%d", host, i)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if s, _ := p.Gate().Host("day.example"); s.Asked != 24*time.Hour || s.CrawlDelay != fetch.MaxCrawlDelay {
		t.Errorf("got %+v", s)
	}
	_ = w.clock.Sleep(context.Background(), 24*time.Hour)
	if _, err := p.Get(context.Background(), fetch.Request{URL: "https://forty.example/again"}); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, a := range w.asked {
		if a == "https://forty.example/robots.txt" {
			n++
		}
	}
	if n != 2 {
		t.Errorf("robots.txt asked %d times", n)
	}
}

// TestPolite asks thirty moody hosts for a simulated month, through restarts, and the world holds
// the pace: no request inside Retry-After, none before the gap is over.
func TestPolite(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	w := newWorld(t, func(r *http.Request) *http.Response {
		if r.URL.Path == "/robots.txt" {
			if random.IntN(4) == 0 {
				return text(500+random.IntN(5), "")
			}
			return text(200, "User-agent: *\nDisallow: /secret\nCrawl-delay: 5")
		}
		switch random.IntN(12) {
		case 0:
			return text(429, "", "Retry-After", fmt.Sprint(1+random.IntN(100_000)))
		case 1:
			return text(503, "", "Retry-After", fmt.Sprint(1+random.IntN(1000)))
		case 2:
			return text(429, "")
		case 3:
			return text(500, "")
		case 4:
			return nil
		case 5:
			return text(302, "", "Location", "https://h"+fmt.Sprint(random.IntN(30))+".example/moved"+fmt.Sprint(random.IntN(1000)))
		}
		return text(200, "page")
	})
	p := w.polite(10 * time.Second)
	outcomes := map[fetch.Class]int{}
	restarts := 0
	for w.clock.Now().Before(may3.AddDate(0, 1, 0)) {
		path := "/page" + fmt.Sprint(random.IntN(5))
		if random.IntN(10) == 0 {
			path = "/secret"
		}
		_, err := p.Get(context.Background(), fetch.Request{URL: "https://h" + fmt.Sprint(random.IntN(30)) + ".example" + path})
		outcomes[fetch.ClassOf(err)]++
		_ = w.clock.Sleep(context.Background(), time.Duration(random.IntN(600))*time.Second)
		if random.IntN(500) == 0 {
			restarts++
			states := p.Gate().Hosts()
			p = w.polite(10 * time.Second)
			p.Gate().Restore(states, w.clock.Now())
		}
	}
	for _, a := range w.asked {
		if strings.HasSuffix(a, "/secret") {
			t.Errorf("%s was asked", a)
		}
	}
	t.Logf("%d requests, %d restarts, outcomes %v", len(w.asked), restarts, outcomes)
	for _, c := range []fetch.Class{fetch.OK, fetch.Status, fetch.Network, fetch.Wait, fetch.Robots} {
		if outcomes[c] == 0 {
			t.Errorf("no outcome of class %q in the run", c)
		}
	}
}

// TestTogether: many goroutines, one server under three names. No name has two requests at once.
func TestTogether(t *testing.T) {
	var mu sync.Mutex
	busy, most := map[string]int{}, map[string]int{}
	u := newUpstream(t, func(w io.Writer, r *http.Request) {
		host, _, _ := strings.Cut(r.Host, ":")
		mu.Lock()
		busy[host]++
		most[host] = max(most[host], busy[host])
		mu.Unlock()
		time.Sleep(2 * time.Millisecond)
		mu.Lock()
		busy[host]--
		mu.Unlock()
		_, _ = io.WriteString(w, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
	})
	p := fetch.NewPolite(fetch.PoliteConfig{Client: u.client(), Gate: fetch.NewGate(fetch.GateConfig{Gap: time.Millisecond}), Patience: time.Minute})
	var group sync.WaitGroup
	for i := range 60 {
		group.Go(func() {
			if _, err := p.Get(context.Background(), fetch.Request{URL: u.url(fmt.Sprintf("h%d.example", i%3), fmt.Sprintf("/%d", i))}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if asked := u.requests(); len(asked) != 63 {
		t.Errorf("%d requests, not 60 pages and 3 robots.txt", len(asked))
	}
	for host, n := range most {
		if n != 1 {
			t.Errorf("%s had %d at once", host, n)
		}
	}
}

// TestPatience: a host in its gap is waited for within Patience and no longer.
func TestPatience(t *testing.T) {
	w := newWorld(t, func(*http.Request) *http.Response { return text(404, "") })
	p := w.polite(0)
	get := func() error {
		_, err := p.Get(context.Background(), fetch.Request{URL: "https://a.example/"})
		return err
	}
	if err := get(); fetch.ClassOf(err) != fetch.Status {
		t.Error(err)
	}
	var wait *fetch.WaitError
	if err := get(); !errors.As(err, &wait) || !wait.Until.Equal(w.clock.Now().Add(3*time.Second)) || wait.Host != "a.example" {
		t.Errorf("impatient: %v", err)
	}
	_ = w.clock.Sleep(context.Background(), 3*time.Second)
	if err := get(); fetch.ClassOf(err) != fetch.Status {
		t.Error(err)
	}
	// On the way it waits for the gap of a host, not for one that is paused.
	w = newWorld(t, func(r *http.Request) *http.Response {
		if r.URL.Path == "/old" {
			return text(301, "", "Location", "https://b.example/new")
		}
		return text(404, "")
	})
	p = w.polite(0)
	if r, err := p.Get(context.Background(), fetch.Request{URL: "https://a.example/old"}); fetch.ClassOf(err) != fetch.Status || len(r.Redirects) != 1 {
		t.Errorf("on the way: %v", err)
	}
	p = w.polite(0)
	_ = w.clock.Sleep(context.Background(), time.Hour)
	p.Gate().Restore([]fetch.HostState{{Host: "b.example", NotBefore: w.clock.Now().Add(time.Minute), Reason: "back-off"}}, w.clock.Now())
	if r, err := p.Get(context.Background(), fetch.Request{URL: "https://a.example/old"}); !errors.As(err, &wait) || wait.Host != "b.example" || wait.Reason != "back-off" || len(r.Redirects) != 1 {
		t.Errorf("to a paused host: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p = w.polite(time.Minute)
	p.Gate().Restore([]fetch.HostState{{Host: "a.example", NotBefore: w.clock.Now().Add(5 * time.Second)}}, w.clock.Now())
	if _, err := p.Get(ctx, fetch.Request{URL: "https://a.example/"}); fetch.ClassOf(err) != fetch.Cancelled {
		t.Errorf("cancelled: %v", err)
	}
}
