package fetch

import (
	"cmp"
	"context"
	"net/url"
	"strings"
	"time"
)

// PoliteConfig is what a Polite is made from. The zero value of a field is its default.
type PoliteConfig struct {
	Client *Client
	Gate   *Gate
	Clock  Clock

	// Patience is how long Get waits until the host of the address may be asked. What takes
	// longer is a WaitError, so that no worker is held by one host; 0 waits for nothing. On the
	// way (robots.txt, redirects) Get waits for the gap of a host whatever Patience says.
	Patience time.Duration

	RobotsAgent string // the name looked for in robots.txt: "dateline"
	MaxRobots   int    // 10,000: robots.txt files remembered
}

// Polite is a client that asks as its hosts wish: through a gate, and never what robots.txt
// forbids. Many goroutines may use it at once.
type Polite struct {
	config PoliteConfig
	clock  Clock
}

// NewPolite makes one.
func NewPolite(c PoliteConfig) *Polite {
	if c.Gate == nil {
		c.Gate = NewGate(GateConfig{})
	}
	if c.Clock == nil {
		c.Clock = SystemClock{}
	}
	c.RobotsAgent = cmp.Or(c.RobotsAgent, "dateline")
	c.MaxRobots = cmp.Or(c.MaxRobots, 10_000)
	return &Polite{config: c, clock: c.Clock}
}

// Get gets a page or feed as soon as its host may be asked. Besides the errors of Client.Get it
// returns a RobotsError and a WaitError; with both, the page was not asked for. A WaitError on
// a redirect has the redirects so far in the Response.
func (p *Polite) Get(ctx context.Context, r Request) (Response, error) {
	patience := p.config.Patience
	return p.config.Client.get(ctx, r, func(ctx context.Context, u *url.URL) (func(error), error) {
		leave, err := p.enter(ctx, HostOf(u), patience)
		patience = MaxCrawlDelay + time.Second
		return leave, err
	})
}

// HostOf is the name by which a gate knows the host of an address.
func HostOf(u *url.URL) string { return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".") }

// enter waits for the gate, but not past patience, and not at all for a host that is paused.
func (p *Polite) enter(ctx context.Context, host string, patience time.Duration) (leave func(error), err error) {
	deadline := p.clock.Now().Add(patience)
	for {
		wait := p.config.Gate.Enter(host, p.clock.Now())
		if wait == nil {
			return func(err error) { p.config.Gate.Leave(host, p.clock.Now(), ReportOf(err)) }, nil
		}
		if wait.Until.After(deadline) {
			return nil, wait
		}
		if err := p.clock.Sleep(ctx, wait.Until.Sub(p.clock.Now())); err != nil {
			return nil, &cancelled{host, err}
		}
	}
}
