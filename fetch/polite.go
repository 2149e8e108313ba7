package fetch

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"dateline/fetch/robots"
	"dateline/news"
)

// PoliteConfig is what a Polite is made from. The zero value of a field is its default.
type PoliteConfig struct {
	Client *Client
	Gate   *Gate
	Clock  Clock

	// Patience is how long Get waits until the host of the address may be asked. What takes
	// longer is a WaitError, so that no worker is held by one host; 0 waits for nothing. On the
	// way (after robots.txt, at redirects) Get waits for the gap of a host whatever Patience says.
	Patience time.Duration

	RobotsAgent string // the name looked for in robots.txt: "dateline"
	MaxRobots   int    // 10,000: robots.txt files remembered
}

// How long what robots.txt said is believed. RFC 9309 (2.4) allows a day.
const (
	robotsTime     = 24 * time.Hour
	robotsMinRetry = time.Minute
	robotsMaxRetry = time.Hour
	robotsAllBytes = 32 << 20 // of all files remembered
)

// Polite is a client that asks as its hosts wish: through a gate, and never what robots.txt
// forbids. Many goroutines may use it at once.
type Polite struct {
	config PoliteConfig

	mu     sync.Mutex
	robots map[string]robotsAnswer // by origin: scheme, host and port
	bytes  int
}

// A robotsAnswer is what the robots.txt of an origin says of us until it is asked again.
type robotsAnswer struct {
	rules *robots.Rules
	err   error // why it could not be had: then nothing may be fetched
	until time.Time
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
	return &Polite{config: c, robots: map[string]robotsAnswer{}}
}

// Gate is the gate in use.
func (p *Polite) Gate() *Gate { return p.config.Gate }

// Get gets a page or feed as soon as its host may be asked. Besides the errors of Client.Get it
// returns a RobotsError and a WaitError; with both, the page was not asked for. If they come at
// a redirect, the Response tells the redirects so far.
func (p *Polite) Get(ctx context.Context, r Request) (Response, error) {
	begun := false
	return p.config.Client.get(ctx, r, func(ctx context.Context, u *url.URL) (func(error), error) {
		leave, err := p.admit(ctx, u, begun, r.SkipRobots)
		begun = true
		return leave, err
	})
}

// Robots is what the robots.txt of an address's origin asks of us, fetched if it is not known.
// The flags of the rules say what is wrong with the file. The error is a RobotsError if it could
// not be had, or a WaitError.
func (p *Polite) Robots(ctx context.Context, address string) (*robots.Rules, error) {
	u, err := ParseURL(address, "")
	if err != nil {
		return nil, err
	}
	answer, _, err := p.rules(ctx, u, false)
	if err != nil {
		return nil, err
	}
	if answer.err != nil {
		return nil, &RobotsError{URL: shown(u), Err: answer.err, Until: answer.until}
	}
	return answer.rules, nil
}

// admit lets a request to the address through: robots.txt first, then the gate. Begun tells that
// something was sent for this request before.
func (p *Polite) admit(ctx context.Context, u *url.URL, begun, skipRobots bool) (leave func(error), err error) {
	var delay time.Duration
	if !skipRobots {
		answer, asked, err := p.rules(ctx, u, begun)
		if err != nil {
			return nil, err
		}
		if answer.err != nil {
			return nil, &RobotsError{URL: shown(u), Err: answer.err, Until: answer.until}
		}
		if ok, line := answer.rules.Allowed(u.RequestURI()); !ok {
			return nil, &RobotsError{URL: shown(u), Rule: line, Until: answer.until}
		}
		begun = begun || asked
		delay = answer.rules.Delay
	}
	leave, err = p.enter(ctx, HostOf(u), begun)
	if err == nil && !skipRobots {
		p.config.Gate.Delay(HostOf(u), delay)
	}
	return leave, err
}

// HostOf is the name by which a gate knows the host of an address.
func HostOf(u *url.URL) string { return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".") }

// enter waits for the gate, but not past Patience. A request that has begun waits for the gap of
// any host, and for its turn, but no longer than others for a host that is paused.
func (p *Polite) enter(ctx context.Context, host string, begun bool) (leave func(error), err error) {
	now := p.config.Clock.Now()
	patient := now.Add(p.config.Patience)
	begunPatient := later(patient, now.Add(MaxCrawlDelay+time.Second))
	for {
		wait := p.config.Gate.Enter(host, now)
		if wait == nil {
			return func(err error) { p.config.Gate.Leave(host, p.config.Clock.Now(), ReportOf(err)) }, nil
		}
		deadline := patient
		if begun && (wait.Reason == "gap" || wait.Reason == "in flight" || wait.Reason == "ceiling") {
			deadline = begunPatient
		}
		if wait.Until.After(deadline) {
			return nil, wait
		}
		if err := p.config.Clock.Sleep(ctx, wait.Until.Sub(now)); err != nil {
			return nil, &cancelled{host, err}
		}
		now = p.config.Clock.Now()
	}
}

// rules are those of the address's origin; asked tells whether they were fetched just now.
func (p *Polite) rules(ctx context.Context, u *url.URL, begun bool) (answer robotsAnswer, asked bool, err error) {
	origin := u.Scheme + "://" + u.Host
	if answer, known := p.remembered(origin); known {
		return answer, false, nil
	}
	// Its redirects go through the gate like any, but are not looked up in another robots.txt.
	first := true
	response, err := p.config.Client.get(ctx, Request{URL: origin + "/robots.txt", Accept: "text/plain,*/*;q=0.1", cut: robots.MaxBytes + 1}, func(ctx context.Context, hop *url.URL) (func(error), error) {
		leave, err := p.enter(ctx, HostOf(hop), begun || !first)
		if err != nil {
			return nil, err
		}
		if first {
			first = false
			if known, ok := p.remembered(origin); ok { // somebody else asked while we waited
				answer = known
				leave(context.Canceled)
				return nil, errRemembered
			}
		}
		return leave, nil
	})
	if errors.Is(err, errRemembered) {
		return answer, true, nil
	}
	now := p.config.Clock.Now()
	status := asStatus(err)
	switch class := ClassOf(err); {
	case class == Wait || class == Cancelled, class == Refused && len(response.Redirects) == 0:
		return answer, false, err // of the host, not of its robots.txt
	case class == OK:
		answer.rules, answer.until = robots.Parse(response.Body, p.config.RobotsAgent), now.Add(robotsTime)
		p.config.Gate.Delay(HostOf(u), answer.rules.Delay) // from the next request on
	case class == Status && status.Code != http.StatusTooManyRequests && status.Code < 500:
		// There is none (RFC 9309, 2.3.1.3).
		answer.rules, answer.until = &robots.Rules{}, now.Add(robotsTime)
	case class == Limit && len(response.Redirects) > p.config.Client.config.MaxRedirects, class == Moved && len(response.Redirects) > 0:
		// More than five redirects, or a loop: none either (2.3.1.2), but it is told.
		answer.rules = &robots.Rules{Flags: []news.Flag{{Name: "robots-redirects", Detail: err.Error()}}}
		answer.until = now.Add(robotsTime)
	default:
		// It cannot be had: then nothing may be fetched (2.3.1.4), until the host may be asked again.
		state, _ := p.config.Gate.Host(HostOf(u))
		answer.err = err
		answer.until = later(now.Add(robotsMinRetry), earlier(state.NotBefore, now.Add(robotsMaxRetry)))
	}
	p.remember(origin, answer)
	return answer, true, nil
}

// errRemembered ends a request for a robots.txt that has become known.
var errRemembered = errors.New("robots.txt is known")

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func (p *Polite) remembered(origin string) (robotsAnswer, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	answer, ok := p.robots[origin]
	return answer, ok && p.config.Clock.Now().Before(answer.until)
}

func (a robotsAnswer) size() int {
	if a.rules == nil {
		return 500
	}
	return a.rules.Size()
}

// remember keeps an answer, and when there are too many lets a tenth go, those first that would
// be asked again first.
func (p *Polite) remember(origin string, answer robotsAnswer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if old, ok := p.robots[origin]; ok {
		p.bytes -= old.size()
	}
	p.robots[origin] = answer
	p.bytes += answer.size()
	if len(p.robots) <= p.config.MaxRobots && p.bytes <= robotsAllBytes {
		return
	}
	origins := make([]string, 0, len(p.robots))
	for o := range p.robots {
		origins = append(origins, o)
	}
	slices.SortFunc(origins, func(a, b string) int {
		return cmp.Or(p.robots[a].until.Compare(p.robots[b].until), cmp.Compare(a, b))
	})
	for i, o := range origins {
		if i > len(origins)/10 && p.bytes <= robotsAllBytes {
			break
		}
		p.bytes -= p.robots[o].size()
		delete(p.robots, o)
	}
}
