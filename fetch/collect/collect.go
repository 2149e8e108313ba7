// Package collect keeps the record fed: it polls feeds and sitemaps when they are due, and gets
// the pages they name, again and again as package schedule says.
//
// What it knows is in a Memory, which saves each poll and each visit in one piece; what it wants
// to do next is asked of it anew each time. So it can be killed at any moment: what was not
// saved is done again, and doing it twice changes nothing. The clock is handed in.
//
// A document that was fully read is accounted for: each of its items is new, known, or rejected
// with a reason (news.Tally). Validators are kept only with a document that was read whole.
// What a host wants (one request at a time, its gaps and pauses) is the gate's; here a
// fetch.WaitError only moves the work to when it is allowed.
//
// The pages are handed to the Memory as they came; reading them is others' work.
package collect

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"sync"
	"time"

	"dateline/fetch"
	"dateline/fetch/schedule"
	"dateline/news"
)

// A Memory is what collecting needs of a store.
type Memory interface {
	DueFeeds(ctx context.Context, now time.Time, most int) ([]news.Feed, error)
	PostponeFeed(ctx context.Context, id news.FeedID, until time.Time) error
	KnownItems(ctx context.Context, id news.FeedID, keys []news.ItemKey) (map[news.ItemKey]news.FeedItem, error)
	SavePoll(ctx context.Context, p news.FeedPoll) error

	LeaseLinks(ctx context.Context, now time.Time, most int) ([]news.PageLink, error)
	Heartbeat(ctx context.Context, l news.PageLink, now time.Time) error
	SaveVisit(ctx context.Context, v news.Visit) error
	AddPage(ctx context.Context, p news.Page) (news.Added, error)

	NextDue(ctx context.Context) (feed, link time.Time, err error)
	Hosts(ctx context.Context, now time.Time) ([]news.Host, error)
	SaveHosts(ctx context.Context, hosts []news.Host) error
}

// A Getter gets pages politely; fetch.Polite is one.
type Getter interface {
	Get(ctx context.Context, r fetch.Request) (fetch.Response, error)
}

// Config is what a Collector is made from.
type Config struct {
	Memory Memory
	Getter Getter
	Gate   *fetch.Gate // of the Getter: its hosts are kept over a restart
	Clock  fetch.Clock

	Workers    int                        // 32: requests at a time, over all hosts, so that a few slow ones hold up nobody
	Rand       func() float64             // in [0, 1), for jitter; nil for the system's
	Log        *slog.Logger               // nil for none
	Readable   func(p news.Page) error    // tells bytes that are no page; nil to keep all
	Allowed    func(address string) error // tells addresses that are never called; nil to find out by calling
	Stored     func(page news.Added)      // is told of each page that is new; nil for nobody
	FirstPause time.Duration              // before the first request: after a crash, when nobody knows whom the last ones went to
	FeedsOnly  bool                       // leaves the pages alone
}

// A Collector polls and visits. Run it once.
type Collector struct {
	Config

	mu      sync.Mutex
	polling map[news.FeedID]bool
	counts  counts
	inHand  int
	done    chan error
}

// New makes a Collector.
func New(c Config) *Collector {
	if c.Workers == 0 {
		c.Workers = 32
	}
	if c.Clock == nil {
		c.Clock = fetch.SystemClock{}
	}
	if c.Rand == nil {
		c.Rand = rand.Float64
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Collector{Config: c, polling: map[news.FeedID]bool{}, counts: newCounts(), done: make(chan error, c.Workers)}
}

// Forever makes Run go on until its context ends.
const Forever time.Duration = -1

const (
	longestNap    = 5 * time.Second  // somebody may add a feed meanwhile
	afterTrouble  = 30 * time.Second // when the record could not be written
	heartbeatTime = 30 * time.Second
)

// Run works until nothing is due within patience, or Forever. Requests under way end first. It
// returns the error of the context, or, unless it runs Forever, one of the memory: running
// forever it waits and goes on, for nothing is fetched whose outcome cannot be kept.
func (c *Collector) Run(ctx context.Context, patience time.Duration) error {
	if err := c.restore(ctx); err != nil {
		return err
	}
	defer c.end(context.WithoutCancel(ctx))
	if c.FirstPause > 0 {
		if err := c.Clock.Sleep(ctx, c.FirstPause); err != nil {
			return err
		}
	}
	for ctx.Err() == nil {
		started, err := c.dispatch(ctx)
		if err == nil && started == 0 {
			if idle, e := c.rest(ctx, patience); e == nil && idle {
				return nil
			} else if err = e; err == nil {
				continue
			}
		}
		if err == nil {
			continue
		}
		if ctx.Err() != nil {
			break
		}
		if patience != Forever {
			return err
		}
		c.Log.Error("collecting pauses", "error", err, "for", afterTrouble)
		if err := c.Clock.Sleep(ctx, afterTrouble); err != nil {
			break
		}
	}
	return ctx.Err()
}

// restore tells the gate what hosts were owed when the program ended.
func (c *Collector) restore(ctx context.Context) error {
	if c.Gate == nil {
		return nil
	}
	now := c.Clock.Now()
	hosts, err := c.Memory.Hosts(ctx, now)
	if err != nil {
		return err
	}
	states := make([]fetch.HostState, 0, len(hosts))
	for _, h := range hosts {
		states = append(states, fetch.HostState{Host: h.Name, NotBefore: h.NotBefore, Reason: h.Reason, CrawlDelay: h.CrawlDelay, Asked: h.Asked, Failures: h.Failures})
	}
	c.Gate.Restore(states, now)
	return nil
}

// dispatch starts what is due, as far as there are workers for it, and waits for one if there
// is none.
func (c *Collector) dispatch(ctx context.Context) (started int, err error) {
	if c.inHand >= c.Workers {
		return 1, c.wait()
	}
	now := c.Clock.Now()
	// Which feeds are under way is noted before asking which are due: one whose poll ends in between
	// was due when it was asked, and is not any more.
	c.mu.Lock()
	under := maps.Clone(c.polling)
	c.mu.Unlock()
	feeds, err := c.Memory.DueFeeds(ctx, now, c.Workers-c.inHand+len(under))
	if err != nil {
		return 0, err
	}
	for _, f := range feeds {
		if under[f.ID] || c.inHand >= c.Workers {
			continue
		}
		c.mu.Lock()
		c.polling[f.ID] = true
		c.mu.Unlock()
		c.start(func() error {
			defer c.forget(f.ID)
			return survive(func() error { return c.poll(ctx, f) }, func(what string) error { return c.poison(ctx, f, what) })
		})
		started++
	}
	if free := c.Workers - c.inHand; free > 0 && !c.FeedsOnly {
		links, err := c.Memory.LeaseLinks(ctx, now, free)
		if err != nil {
			return started, err
		}
		for _, l := range links {
			c.start(func() error {
				return survive(func() error { return c.visit(ctx, l) }, func(what string) error { return c.poisonLink(ctx, l, what) })
			})
			started++
		}
	}
	if started == 0 && c.inHand > 0 {
		return 1, c.waitFor(ctx)
	}
	return started, nil
}

func (c *Collector) forget(id news.FeedID) {
	c.mu.Lock()
	delete(c.polling, id)
	c.mu.Unlock()
}

func (c *Collector) start(work func() error) {
	c.inHand++
	go func() { c.done <- work() }()
}

// survive does work; should it panic, the feed or page that made it do so is put away, and the
// others go on.
func survive(work func() error, putAway func(what string) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = putAway(fmt.Sprint(r))
		}
	}()
	return work()
}

// poison notes a feed that made us panic; it is not asked again for a day.
func (c *Collector) poison(ctx context.Context, f news.Feed, what string) error {
	now := c.Clock.Now()
	c.Log.Error("a feed made the program panic", "feed", f.URL, "panic", what)
	f.Polled, f.Failures, f.Error = now, f.Failures+1, "reading it failed in a way that is our mistake: "+what
	f.Next = now.Add(schedule.Longest)
	return c.Memory.SavePoll(ctx, news.FeedPoll{Feed: f, At: now, Class: "panic", Tally: news.Tally{Polls: 1}})
}

// poisonLink gives up a page that made us panic.
func (c *Collector) poisonLink(ctx context.Context, l news.PageLink, what string) error {
	c.Log.Error("a page made the program panic", "link", l.URL, "panic", what)
	l.Reason = "fetching it failed in a way that is our mistake: " + what
	return c.Memory.SaveVisit(ctx, news.Visit{Link: l, State: news.FailedLink, At: c.Clock.Now()})
}

// wait waits for one of the requests under way.
func (c *Collector) wait() error {
	err := <-c.done
	c.inHand--
	return err
}

// waitFor waits for a request under way, but not past what may become due: with one worker, as
// in simulated time, just for the request.
func (c *Collector) waitFor(ctx context.Context) error {
	if c.Workers == 1 {
		return c.wait()
	}
	nap, stop := context.WithTimeout(ctx, time.Second)
	defer stop()
	select {
	case err := <-c.done:
		c.inHand--
		return err
	case <-nap.Done():
		return nil
	}
}

// end waits for what is under way, and keeps what hosts are owed for the next run.
func (c *Collector) end(ctx context.Context) {
	for c.inHand > 0 {
		if err := c.wait(); err != nil {
			c.Log.Warn("while ending", "error", err)
		}
	}
	if err := c.KeepHosts(ctx); err != nil {
		c.Log.Warn("while ending", "error", err)
	}
}

// KeepHosts keeps the pauses that hosts are owed now.
func (c *Collector) KeepHosts(ctx context.Context) error {
	if c.Gate == nil {
		return nil
	}
	var hosts []news.Host
	now := c.Clock.Now()
	for _, h := range c.Gate.Hosts() {
		if h.NotBefore.After(now) {
			hosts = append(hosts, hostOf(h))
		}
	}
	return c.Memory.SaveHosts(ctx, hosts)
}

func hostOf(h fetch.HostState) news.Host {
	return news.Host{Name: h.Host, NotBefore: h.NotBefore, Reason: h.Reason, CrawlDelay: h.CrawlDelay, Asked: h.Asked, Failures: h.Failures}
}

// rest sleeps until something is due; idle tells that nothing is within patience.
func (c *Collector) rest(ctx context.Context, patience time.Duration) (idle bool, err error) {
	next, link, err := c.Memory.NextDue(ctx)
	if err != nil {
		return false, err
	}
	if !c.FeedsOnly && !link.IsZero() && (next.IsZero() || link.Before(next)) {
		next = link
	}
	nap := next.Sub(c.Clock.Now())
	if next.IsZero() {
		nap = time.Hour
	}
	if patience != Forever && nap > patience {
		return true, nil
	}
	if patience == Forever {
		nap = min(nap, longestNap)
	}
	if err := c.Clock.Sleep(ctx, max(nap, time.Millisecond)); err != nil && ctx.Err() == nil {
		return false, err
	}
	return false, nil
}

// host is what the gate knows of the host of an address, to be kept.
func (c *Collector) host(address string) news.Host {
	if c.Gate == nil {
		return news.Host{}
	}
	u, err := fetch.ParseURL(address, "")
	if err != nil {
		return news.Host{}
	}
	state, known := c.Gate.Host(fetch.HostOf(u))
	if !known {
		return news.Host{}
	}
	return hostOf(state)
}

// waits is when a request may be sent that was not sent; false if it was.
func waits(err error) (time.Time, bool) {
	var wait *fetch.WaitError
	if errors.As(err, &wait) {
		return wait.Until, true
	}
	return time.Time{}, false
}
