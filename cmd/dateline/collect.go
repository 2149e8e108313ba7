package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dateline/egress"
	"dateline/fetch"
	"dateline/fetch/collect"
	"dateline/fetch/warc"
	"dateline/fetch/websub"
	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
)

// A collection is collecting as it runs in one process: the polite client, the loop over feeds
// and pages, and the reading of what came.
type collection struct {
	p         *program
	store     *store.Store
	house     *pipeline.House
	polite    *fetch.Polite
	policy    egress.Policy
	collector *collect.Collector
	hubs      *websub.Subscriber // nil where hubs cannot reach us
	ring      chan struct{}      // a page has come: there is something to read
	archive   *warc.Folder       // where everything fetched goes as well; nil if nowhere
}

// collection makes one over an open record.
func (p *program) collection(s *store.Store, feedsOnly bool) (*collection, error) {
	house, err := p.house(s, pipeline.Limits{}, true)
	if err != nil {
		return nil, err
	}
	policy, err := p.config.egress()
	if err != nil {
		return nil, err
	}
	c := &collection{p: p, store: s, house: house, policy: policy, ring: make(chan struct{}, 1)}
	gate := fetch.NewGate(fetch.GateConfig{Gap: p.config.HostGap})
	config := fetch.Config{UserAgent: p.config.userAgent(), Egress: policy, MaxWireBytes: 16 << 20}
	if p.config.Archive != "" {
		if c.archive, err = warc.NewFolder(p.config.Archive, "dateline "+version().Program, time.Now); err != nil {
			return nil, fmt.Errorf("archive folder %s: %w", p.config.Archive, bare(err))
		}
		config.Archive = c.archive.Exchange
	}
	client := fetch.New(config)
	c.polite = fetch.NewPolite(fetch.PoliteConfig{Client: client, Gate: gate})
	if p.config.PublicURL != "" {
		c.hubs = &websub.Subscriber{Memory: s, Gate: gate, Clock: fetch.SystemClock{}, UserAgent: p.config.userAgent(), Log: p.log,
			Callback:  strings.TrimSuffix(p.config.PublicURL, "/") + hubPath,
			Transport: policy.Transport(egress.Limits{Connect: 5 * time.Second, TLS: 5 * time.Second, Header: 10 * time.Second, MaxHeaderBytes: 64 << 10})}
	}
	c.collector = collect.New(collect.Config{
		Memory: s, Getter: c.polite, Gate: gate, Log: p.log, FeedsOnly: feedsOnly,
		FirstPause: p.firstPause(s), Readable: pipeline.Readable, Allowed: c.allowed, Stored: func(news.Added) { c.wake() },
	})
	return c, nil
}

// close ends what the collection wrote.
func (c *collection) close() {
	if c.archive == nil {
		return
	}
	if err := c.archive.Close(); err != nil {
		c.p.log.Error("end the archive", "folder", c.p.config.Archive, "error", err)
	}
}

// firstPause is how long to wait before the first request. A program that was killed has not told
// which hosts it had just asked.
func (p *program) firstPause(s *store.Store) time.Duration {
	if !s.Crashed() {
		return 0
	}
	return cmp.Or(p.config.HostGap, 3*time.Second)
}

func (c *collection) wake() {
	select {
	case c.ring <- struct{}{}:
	default: // it is ringing already
	}
}

// allowed tells an address that will never be called.
func (c *collection) allowed(address string) error {
	u, err := fetch.ParseURL(address, "")
	if err != nil {
		return err
	}
	return c.policy.CheckURL(u)
}

// run collects until nothing is due within patience, or collect.Forever, and has what came read
// and placed as it comes.
func (c *collection) run(ctx context.Context, patience time.Duration) error {
	collected := make(chan error, 1)
	go func() { collected <- c.collector.Run(ctx, patience) }()
	renew := time.NewTicker(renewTime)
	defer renew.Stop()
	c.wake() // what an earlier run left unread
	for {
		select {
		case <-c.ring:
			if err := c.house.Settle(ctx); err != nil && ctx.Err() == nil {
				if patience != collect.Forever {
					return errors.Join(fmt.Errorf("read what came: %w", err), <-collected)
				}
				c.p.log.Error("read what came", "error", err)
			}
		case <-renew.C:
			if c.hubs == nil || patience != collect.Forever {
				continue
			}
			if err := c.hubs.Renew(ctx); err != nil && ctx.Err() == nil {
				c.p.log.Error("subscribe to hubs", "error", err)
			}
		case err := <-collected:
			if ctx.Err() != nil {
				return nil // asked to end, and everything under way has
			}
			return errors.Join(err, c.house.Settle(ctx))
		}
	}
}

// hubPath is where hubs reach us, under the public address.
const hubPath = "/websub/"

// renewTime is how often subscriptions are looked after.
const renewTime = time.Minute

// handler answers hubs at hubPath, and what is collected, for Prometheus, at /metrics.
func (c *collection) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(hubPath, &websub.Handler{Memory: c.store, Clock: fetch.SystemClock{}, Log: c.p.log})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		var b bytes.Buffer
		if err := c.metrics(r.Context(), &b); err != nil {
			c.p.log.Error("metrics", "error", err)
			http.Error(w, "the record cannot be read now", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		_, _ = b.WriteTo(w) // whoever asked has gone
	})
	return mux
}

// collect starts collecting in the background of a service; wait returns when it has ended, after
// ctx has.
func (p *program) collect(ctx context.Context, s *store.Store) (c *collection, wait func() error, err error) {
	if c, err = p.collection(s, false); err != nil {
		return nil, nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- c.run(ctx, collect.Forever) }()
	return c, func() error { return <-ended }, nil
}

// metrics writes what was collected, for Prometheus.
func (c *collection) metrics(ctx context.Context, w io.Writer) error {
	if err := c.collector.WriteMetrics(w); err != nil {
		return err
	}
	feeds, err := c.store.AllFeeds(ctx)
	if err != nil {
		return err
	}
	links, err := c.store.LinkCounts(ctx)
	if err != nil {
		return err
	}
	health := map[string]int{}
	for _, f := range feeds {
		health[healthOf(f)]++
	}
	var b strings.Builder
	b.WriteString("# HELP dateline_feeds Feeds by health.\n# TYPE dateline_feeds gauge\n")
	for _, h := range []string{"good", "new", "failing", "stopped"} {
		fmt.Fprintf(&b, "dateline_feeds{health=%q} %d\n", h, health[h])
	}
	b.WriteString("# HELP dateline_links Pages named by feeds, by state.\n# TYPE dateline_links gauge\n")
	for _, s := range []news.LinkState{news.WaitingLink, news.LeasedLink, news.DoneLink, news.GoneLink, news.RefusedLink, news.FailedLink} {
		fmt.Fprintf(&b, "dateline_links{state=%q} %d\n", s, links[s])
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// egress is which addresses may be called, by the settings.
func (c Config) egress() (egress.Policy, error) {
	var policy egress.Policy
	for _, word := range strings.FieldsFunc(c.AllowNetworks, func(r rune) bool { return r == ',' || r == ' ' }) {
		prefix, err := netip.ParsePrefix(word)
		if err != nil {
			return policy, usageError{fmt.Errorf("allow-networks %q: %q is no network, as 10.1.0.0/16 is", c.AllowNetworks, word)}
		}
		policy.Allow = append(policy.Allow, prefix)
	}
	for _, word := range strings.FieldsFunc(c.AllowPorts, func(r rune) bool { return r == ',' || r == ' ' }) {
		port, err := strconv.ParseUint(word, 10, 16)
		if err != nil {
			return policy, usageError{fmt.Errorf("allow-ports %q: %q is no port", c.AllowPorts, word)}
		}
		policy.Ports = append(policy.Ports, uint16(port))
	}
	if policy.Ports != nil {
		policy.Ports = append(policy.Ports, 80, 443)
	}
	if c.Proxy != "" {
		u, err := url.Parse(c.Proxy)
		if err != nil || u.Host == "" {
			return policy, usageError{fmt.Errorf("proxy %q: give an address, as http://proxy.example:3128", c.Proxy)}
		}
		policy.Proxy = u
	}
	return policy, nil
}

// userAgent says who asks.
func (c Config) userAgent() string {
	if c.UserAgent != "" {
		return c.UserAgent
	}
	return "dateline/" + version().Program
}

func (p *program) collectCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "collect",
		Short:   "Poll the feeds and get their pages, until stopped",
		Example: "  dateline collect",
		Long: `Collect polls the feeds of the record as they are due, gets the pages they name, looks at them
again for corrections and deletions, and reads what comes. It goes on until it is stopped.

Each host is asked one thing at a time, at least three seconds apart, and never against its
robots.txt or while it wants to be left alone. Addresses inside of networks are not called unless
the setting allow-networks names them. With the setting archive, everything that is fetched is
written to WARC files in that folder too.`,
		Args: cobra.NoArgs,
	}
	listen := c.Flags().String("listen", "", "an address of this machine on which to answer /metrics and, with the setting public-url, hubs")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		if *listen != "" {
			local, err := loopback(*listen)
			if err == nil && !local {
				err = errors.New("others could reach it: give 127.0.0.1, [::1] or localhost")
			}
			if err != nil {
				return usageError{fmt.Errorf("--listen %q: %w", *listen, err)}
			}
		}
		return p.writing(cmd, func(ctx context.Context, s *store.Store) error {
			ctx, stop := context.WithCancel(ctx)
			defer stop()
			c, wait, err := p.collect(ctx, s)
			if err != nil {
				return err
			}
			defer c.close()
			fmt.Fprintf(p.out, "collecting into %s (end with Ctrl-C)\n", p.config.Data)
			if *listen == "" {
				return wait()
			}
			l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", *listen)
			if err != nil {
				stop()
				return errors.Join(fmt.Errorf("listen on %s: %w", *listen, bare(err)), wait())
			}
			err = p.serve(ctx, l, c.handler())
			stop()
			return errors.Join(err, wait())
		})
	}
	return c
}
