package fetch

import (
	"cmp"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// MaxRetryAfter is the longest time that a server is obeyed when it asks to be left alone. A
// longer one is taken for a mistake and cut to this, and asked again then.
const MaxRetryAfter = 7 * 24 * time.Hour

// MaxCrawlDelay is the longest gap between two requests that a host may ask for (as Heritrix
// has it). A longer one is cut to this, and the host's state says so.
const MaxCrawlDelay = 300 * time.Second

// GateConfig is what a Gate is made from. The zero value of a field is its default.
type GateConfig struct {
	Gap      time.Duration  // 3 s: from the end of a request to a host to the start of the next
	InFlight int            // 32: over all hosts
	MaxHosts int            // 50,000: hosts remembered, some 200 bytes each
	Rand     func() float64 // in [0, 1), for jitter; nil for the system's
}

// A Gate decides when a host may be sent a request: one at a time, a gap between two, none while
// the host asked to be left alone or is failing, a ceiling over all hosts. It reads no clock and
// starts nothing: whoever asks says what time it is, so that simulated days pass at once.
//
// A host that fails is left alone for longer each time, with jitter: 30 s doubling to 15 min. At
// the fifth failure in a row its breaker opens: the pauses grow from 15 min, doubling to a day,
// and each is ended by a single request, whose success closes the breaker. 429 and 503 pause as
// Retry-After says; a 429 that says nothing, for 15 min doubling to a day.
//
// Memory is bounded. A host that owes no pause is forgotten when there is no room for a new one;
// when every host remembered owes one, new hosts wait.
type Gate struct {
	config GateConfig

	mu    sync.Mutex
	hosts map[string]*hostState
	busy  int
}

type hostState struct {
	next     time.Time // not before
	why      string    // "gap", "retry-after", "back-off", "breaker"
	delay    time.Duration
	wanted   time.Duration // the delay the host asked for, where it is longer than we give
	failures int           // in a row
	denials  int           // 429 in a row that told no time
	inFlight bool
	last     time.Time
}

// HostState is what a gate knows of a host, to be shown, and kept over a restart.
type HostState struct {
	Host       string
	NotBefore  time.Time     // of the next request
	Reason     string        // of NotBefore: "gap", "retry-after", "back-off", "breaker"
	CrawlDelay time.Duration // the gap, where robots.txt asks for more than the default
	Asked      time.Duration // what robots.txt asked for, where that is more than MaxCrawlDelay; else 0
	Failures   int           // in a row; with 5 the breaker is open
	InFlight   bool
}

// NewGate makes a gate.
func NewGate(c GateConfig) *Gate {
	c.Gap = cmp.Or(c.Gap, 3*time.Second)
	c.InFlight = cmp.Or(c.InFlight, 32)
	c.MaxHosts = cmp.Or(c.MaxHosts, 50_000)
	if c.Rand == nil {
		c.Rand = rand.Float64
	}
	return &Gate{config: c, hosts: map[string]*hostState{}}
}

// Enter asks whether a request to the host may start now. With nil it may, and Leave must follow;
// else the WaitError says when to ask again and nothing is to be undone.
func (g *Gate) Enter(host string, now time.Time) *WaitError {
	g.mu.Lock()
	defer g.mu.Unlock()
	h := g.hosts[host]
	if h != nil {
		if h.inFlight {
			return &WaitError{host, now.Add(g.gap(h)), "in flight"}
		}
		if set := h.last.Sub(now); set > 0 {
			// The clock was set back: no host waits longer for that than its pause was.
			h.last, h.next = now, h.next.Add(-set)
		}
		if now.Before(h.next) {
			return &WaitError{host, h.next, h.why}
		}
	}
	if g.busy >= g.config.InFlight {
		return &WaitError{host, now.Add(100 * time.Millisecond), "ceiling"}
	}
	if h == nil {
		if len(g.hosts) >= g.config.MaxHosts && !g.forget(now) {
			return &WaitError{host, now.Add(time.Minute), "hosts"}
		}
		h = &hostState{}
		g.hosts[host] = h
	}
	h.inFlight, h.last = true, now
	g.busy++
	return nil
}

// A Report is what came of a request, for the gate.
type Report struct {
	Class      Class
	Code       int           // of a StatusError
	RetryAfter time.Duration // of a StatusError
}

// ReportOf makes the report of what Get returned.
func ReportOf(err error) Report {
	r := Report{Class: ClassOf(err)}
	if status := asStatus(err); status != nil {
		r.Code, r.RetryAfter = status.Code, status.RetryAfter
	}
	return r
}

// Back-off: how long the first pause is, and the longest.
const (
	backOffFirst    = 30 * time.Second
	backOffLongest  = 15 * time.Minute
	breakerFailures = 5
	breakerFirst    = 15 * time.Minute
	breakerLongest  = 24 * time.Hour
)

// Leave ends what Enter began.
func (g *Gate) Leave(host string, now time.Time, r Report) {
	g.mu.Lock()
	defer g.mu.Unlock()
	h := g.hosts[host]
	if h == nil || !h.inFlight {
		return
	}
	g.busy--
	h.inFlight, h.last = false, now
	pause, why := g.gap(h), "gap"
	longer := func(d time.Duration, because string) {
		if d > pause {
			pause, why = d, because
		}
	}
	failed := false
	switch r.Class {
	case Network, Timeout, Body:
		failed = true
	case Status:
		failed = r.Code >= 500
	}
	switch {
	case r.Class == Cancelled || r.Class == Refused || r.Class == Wait:
		// It says nothing of the host.
	case r.RetryAfter > 0:
		h.denials = 0
		if failed {
			h.failures++
		} else {
			h.failures = 0
		}
		longer(min(r.RetryAfter, MaxRetryAfter), "retry-after")
	case r.Code == 429:
		h.denials++
		longer(g.jitter(breakerFirst, h.denials-1, breakerLongest), "back-off")
	case failed:
		h.failures++
		if h.failures < breakerFailures {
			longer(g.jitter(backOffFirst, h.failures-1, backOffLongest), "back-off")
		} else {
			longer(g.jitter(breakerFirst, h.failures-breakerFailures, breakerLongest), "breaker")
		}
	default:
		h.failures, h.denials = 0, 0
	}
	h.next, h.why = now.Add(pause), why
}

// jitter is first, doubled as often as told but to no more than longest, and lengthened by up to
// half: no two clients that failed together come back together, and none comes back early.
func (g *Gate) jitter(first time.Duration, doublings int, longest time.Duration) time.Duration {
	d := min(float64(first)*math.Pow(2, float64(min(doublings, 40))), float64(longest))
	return time.Duration(d * (1 + g.config.Rand()/2))
}

// Delay sets the gap that robots.txt asks for; 0 for the default.
func (g *Gate) Delay(host string, d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	h := g.hosts[host]
	if h == nil {
		return // it has no request in flight, so nobody read its robots.txt just now
	}
	h.delay, h.wanted = min(d, MaxCrawlDelay), 0
	if d > MaxCrawlDelay {
		h.wanted = d
	}
	if !h.inFlight && h.why == "gap" {
		h.next = h.last.Add(g.gap(h))
	}
}

func (g *Gate) gap(h *hostState) time.Duration { return max(g.config.Gap, h.delay) }

// forget drops hosts that owe nothing: the tenth of all that were called longest ago, so that it
// is not done again for every new host. It reports whether it dropped any.
func (g *Gate) forget(now time.Time) bool {
	free := slices.DeleteFunc(slices.Collect(maps.Keys(g.hosts)), func(host string) bool {
		h := g.hosts[host]
		owes := h.next
		if h.failures > 0 || h.denials > 0 {
			owes = owes.Add(breakerLongest) // it may be asked, but what it did is not forgotten yet
		}
		return h.inFlight || now.Before(owes)
	})
	slices.SortFunc(free, func(a, b string) int {
		return cmp.Or(g.hosts[a].last.Compare(g.hosts[b].last), cmp.Compare(a, b))
	})
	for _, host := range free[:min(len(free), g.config.MaxHosts/10+1)] {
		delete(g.hosts, host)
	}
	return len(free) > 0
}

// Host is what is known of a host; false if nothing is.
func (g *Gate) Host(host string) (HostState, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	h, ok := g.hosts[host]
	if !ok {
		return HostState{Host: host}, false
	}
	return h.state(host), true
}

func (h *hostState) state(host string) HostState {
	return HostState{host, h.next, h.why, h.delay, h.wanted, h.failures, h.inFlight}
}

// Hosts are all hosts that are remembered, by name.
func (g *Gate) Hosts() []HostState {
	g.mu.Lock()
	defer g.mu.Unlock()
	states := make([]HostState, 0, len(g.hosts))
	for name, h := range g.hosts {
		states = append(states, h.state(name))
	}
	slices.SortFunc(states, func(a, b HostState) int { return cmp.Compare(a.Host, b.Host) })
	return states
}

// Restore puts back what Host or Hosts told before a restart. A host that had a request in flight
// then is free, after a gap, for the request died with the process.
func (g *Gate) Restore(states []HostState, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range states {
		h := &hostState{next: s.NotBefore, why: s.Reason, delay: s.CrawlDelay, wanted: s.Asked, failures: s.Failures, last: now}
		if s.InFlight {
			if next := now.Add(g.gap(h)); next.After(h.next) {
				h.next, h.why = next, "gap"
			}
		}
		g.hosts[s.Host] = h
	}
}
