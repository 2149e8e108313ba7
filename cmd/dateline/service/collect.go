package service

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
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
	p         *cli.Program
	store     *store.Store
	house     *pipeline.House
	polite    *fetch.Polite
	policy    egress.Policy
	collector *collect.Collector
	hubs      *websub.Subscriber // nil where hubs cannot reach us
	ring      chan struct{}      // a page has come: there is something to read
	archive   *warc.Folder       // where everything fetched goes as well; nil if nowhere
}

// NewCollection makes one over an open record.
func NewCollection(p *cli.Program, s *store.Store, feedsOnly bool) (*collection, error) {
	house, err := p.House(s, pipeline.Limits{}, true)
	if err != nil {
		return nil, err
	}
	policy, err := p.Config.Egress()
	if err != nil {
		return nil, err
	}
	c := &collection{p: p, store: s, house: house, policy: policy, ring: make(chan struct{}, 1)}
	gate := fetch.NewGate(fetch.GateConfig{Gap: p.Config.HostGap})
	config := fetch.Config{UserAgent: p.Config.Agent(), Egress: policy, MaxWireBytes: 16 << 20}
	if p.Config.Archive != "" {
		if c.archive, err = warc.NewFolder(p.Config.Archive, "dateline "+cli.Version().Program, time.Now); err != nil {
			return nil, fmt.Errorf("archive folder %s: %w", p.Config.Archive, cli.Bare(err))
		}
		config.Archive = c.archive.Exchange
	}
	client := fetch.New(config)
	c.polite = fetch.NewPolite(fetch.PoliteConfig{Client: client, Gate: gate})
	if p.Config.PublicURL != "" {
		c.hubs = &websub.Subscriber{Memory: s, Gate: gate, Clock: fetch.SystemClock{}, UserAgent: p.Config.Agent(), Log: p.Log,
			Callback:  strings.TrimSuffix(p.Config.PublicURL, "/") + hubPath,
			Transport: policy.Transport(egress.Limits{Connect: 5 * time.Second, TLS: 5 * time.Second, Header: 10 * time.Second, MaxHeaderBytes: 64 << 10})}
	}
	c.collector = collect.New(collect.Config{
		Memory: s, Getter: c.polite, Gate: gate, Log: p.Log, FeedsOnly: feedsOnly,
		FirstPause: firstPause(p, s), Readable: pipeline.Readable, Allowed: c.allowed, Stored: func(news.Added) { c.wake() },
	})
	return c, nil
}

// close ends what the collection wrote.
func (c *collection) close() {
	if c.archive == nil {
		return
	}
	if err := c.archive.Close(); err != nil {
		c.p.Log.Error("end the archive", "folder", c.p.Config.Archive, "error", err)
	}
}

// firstPause is how long to wait before the first request. A program that was killed has not told
// which hosts it had just asked.
func firstPause(p *cli.Program, s *store.Store) time.Duration {
	if !s.Crashed() {
		return 0
	}
	return cmp.Or(p.Config.HostGap, 3*time.Second)
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

// Run collects until nothing is due within patience, or collect.Forever, and has what came read
// and placed as it comes.
func (c *collection) Run(ctx context.Context, patience time.Duration) error {
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
				c.p.Log.Error("read what came", "error", err)
			}
		case <-renew.C:
			if c.hubs == nil || patience != collect.Forever {
				continue
			}
			if err := c.hubs.Renew(ctx); err != nil && ctx.Err() == nil {
				c.p.Log.Error("subscribe to hubs", "error", err)
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
	mux.Handle(hubPath, &websub.Handler{Memory: c.store, Clock: fetch.SystemClock{}, Log: c.p.Log})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		var b bytes.Buffer
		if err := c.metrics(r.Context(), &b); err != nil {
			c.p.Log.Error("metrics", "error", err)
			http.Error(w, "the record cannot be read now", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		_, _ = b.WriteTo(w) // whoever asked has gone
	})
	return mux
}

// inBackground starts collecting in the background of a service; wait returns when it has ended, after
// ctx has.
func inBackground(ctx context.Context, p *cli.Program, s *store.Store) (c *collection, wait func() error, err error) {
	if c, err = NewCollection(p, s, false); err != nil {
		return nil, nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Run(ctx, collect.Forever) }()
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

func Collect(p *cli.Program) *cobra.Command {
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
			local, err := Loopback(*listen)
			if err == nil && !local {
				err = errors.New("others could reach it: give 127.0.0.1, [::1] or localhost")
			}
			if err != nil {
				return cli.Usage(fmt.Errorf("--listen %q: %w", *listen, err))
			}
		}
		return p.Writing(cmd, func(ctx context.Context, s *store.Store) error {
			ctx, stop := context.WithCancel(ctx)
			defer stop()
			c, wait, err := inBackground(ctx, p, s)
			if err != nil {
				return err
			}
			defer c.close()
			fmt.Fprintf(p.Out, "collecting into %s (end with Ctrl-C)\n", p.Config.Data)
			if *listen == "" {
				return wait()
			}
			l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", *listen)
			if err != nil {
				stop()
				return errors.Join(fmt.Errorf("listen on %s: %w", *listen, cli.Bare(err)), wait())
			}
			err = serve(ctx, p, l, c.handler())
			stop()
			return errors.Join(err, wait())
		})
	}
	return c
}
