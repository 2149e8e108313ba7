package service

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/usage"
	"dateline/fetch/collect"
	"dateline/news"
	"dateline/store"
)

// The limits of one connection. A page of 64 MB over a slow line takes minutes; a header does not.
const (
	headerTimeout   = 10 * time.Second
	readTimeout     = 5 * time.Minute
	writeTimeout    = 5 * time.Minute
	idleTimeout     = 2 * time.Minute
	shutdownTimeout = 10 * time.Second
	maxHeaderBytes  = 64 << 10
)

func Serve(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the record in a browser",
		Long: `Serve shows the record as pages: the stories, who said what in them, and the bytes behind every line.

It reads what is added to it and collects from the record's feeds as it runs (see "dateline feed").

Without accounts it serves this machine alone, and nobody has to sign in. On any other address it starts
only when there is an admin (see "dateline account"), and everybody signs in. Put a proxy that speaks
HTTPS in front of it, and say so with --https.

Programs find the API at /v1/.`,
		Example: `  dateline serve
  dateline serve --listen 127.0.0.1:8080
  dateline serve --listen 0.0.0.0:4200 --host desk.alba.example --https`,
		Args: cobra.NoArgs,
	}
	listen := c.Flags().String("listen", "127.0.0.1:4200", "the address to listen on; port 0 takes a free one")
	var o Exposure
	c.Flags().StringArrayVar(&o.hosts, "host", nil, "a name by which browsers call the service; may be given several times")
	c.Flags().BoolVar(&o.secure, "https", false, "browsers reach the service by HTTPS, through a proxy")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		var err error
		if o.Local, err = Loopback(*listen); err != nil {
			return cli.Usage(fmt.Errorf("--listen %q: %w", *listen, err))
		}
		return p.Writing(cmd, func(ctx context.Context, s *store.Store) error {
			c, err := NewCollection(p, s, false)
			if err != nil {
				return err
			}
			defer c.close()
			handler, err := Site(ctx, p, s, c, o)
			if err != nil {
				return fmt.Errorf("serve on %s: %w", *listen, err)
			}
			handler = withCollecting(handler, c, o.Local)
			l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", *listen)
			if err != nil {
				return fmt.Errorf("listen on %s: %w", *listen, cli.Bare(err))
			}
			fmt.Fprintf(p.Out, "The record in %s is at http://%s/ (end with Ctrl-C)\n", p.Config.Data, l.Addr())
			work, stop := context.WithCancel(ctx)
			var worker sync.WaitGroup
			worker.Go(func() {
				if err := c.Run(work, collect.Forever); err != nil {
					p.Log.Error("collect", "error", err)
				}
			})
			worker.Go(func() { Warm(work, p, s) })
			defer worker.Wait()
			defer stop()
			return serve(ctx, p, l, handler)
		})
	}
	return c
}

// warmed is how many stories are read before anybody asks: those of the first page.
const warmed = 20

// Warm reads the stories that changed last, so that whoever comes first does not wait for a long one.
func Warm(ctx context.Context, p *cli.Program, s *store.Store) {
	ids, err := s.Recent(ctx, time.Time{}, 0, warmed)
	for _, id := range ids {
		if _, failed := s.Dossier(ctx, id, time.Time{}); failed != nil && !errors.Is(failed, news.ErrNotFound) {
			err = errors.Join(err, failed)
		}
	}
	if err != nil && ctx.Err() == nil {
		p.Log.Warn("read the newest stories", "error", err)
	}
}

// withCollecting adds what hubs call, whose tokens stand for an account, and on this machine alone the
// figures for Prometheus.
func withCollecting(site http.Handler, c *collection, local bool) http.Handler {
	collecting := c.handler()
	mux := http.NewServeMux()
	mux.Handle("/", site)
	mux.Handle(hubPath, collecting)
	if local {
		mux.Handle("GET /metrics", collecting)
	}
	return mux
}

// Loopback reports whether an address to listen on is reached from this machine alone.
func Loopback(address string) (bool, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false, errors.New("give a host and a port, as 127.0.0.1:4200")
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback(), nil
}

// serve answers until the context ends, and then lets what is being answered finish.
func serve(ctx context.Context, p *cli.Program, l net.Listener, h http.Handler) error {
	server := Server(p, h)
	server.BaseContext = func(net.Listener) context.Context { return context.WithoutCancel(ctx) }
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("end the service: %w", err), server.Close())
	}
	return nil
}

// Server is a server with the limits of one connection, and of all.
func Server(p *cli.Program, h http.Handler) *http.Server {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeaderBytes, ErrorLog: slog.NewLogLogger(p.Log.Handler(), slog.LevelDebug),
	}
	bound(s, min(mostConnections, max(64, usage.OpenFiles()-otherFiles)))
	return s
}
