package service

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/terminal"
	"dateline/export"
	"dateline/fetch"
	"dateline/fetch/feed"
	"dateline/fetch/opml"
	"dateline/fetch/sitemap"
	"dateline/news"
	"dateline/store"
)

func Feed(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:     "feed",
		Short:   "Which feeds are read: add, list, remove, refresh, import, export",
		Example: "  dateline feed add https://courier.example/\n  dateline feed list",
		Long: `Feed keeps the list of feeds and sitemaps that are read. "dateline collect" reads them as they
are due; "dateline feed refresh" reads them now.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(feedAddCommand(p), feedListCommand(p), feedRemoveCommand(p), feedRefreshCommand(p), feedImportCommand(p), feedExportCommand(p))
	return c
}

// A FeedRecord is a feed as lists show it, one JSON object a line.
type FeedRecord struct {
	ID          news.FeedID `json:"id"`
	URL         string      `json:"url"`
	Title       *string     `json:"title"`
	Outlet      *string     `json:"outlet"`
	Format      *string     `json:"format"`
	Health      string      `json:"health"` // new, good, failing, stopped
	Reason      *string     `json:"reason"` // why it was stopped
	Error       *string     `json:"error"`  // of the last poll, and what to do
	Failures    int         `json:"failures"`
	LastPoll    *time.Time  `json:"last_poll"`
	LastSuccess *time.Time  `json:"last_success"`
	LastNew     *time.Time  `json:"last_new"`
	NextPoll    *time.Time  `json:"next_poll"`
	Items       news.Tally  `json:"items"`
	Flags       []news.Flag `json:"flags"`
	MovedTo     *string     `json:"moved_to"`
	Hub         *string     `json:"hub"`
}

func healthOf(f news.Feed) string {
	switch {
	case f.State != news.ActiveFeed:
		return "stopped"
	case f.Failures > 0:
		return "failing"
	case f.Succeeded.IsZero():
		return "new"
	}
	return "good"
}

func orNever(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func recordOf(f news.Feed) FeedRecord {
	r := FeedRecord{ID: f.ID, URL: f.URL, Title: export.OrNull(f.Title), Outlet: export.OrNull(f.Outlet), Format: export.OrNull(f.Format), Health: healthOf(f),
		Reason: export.OrNull(f.Reason), Error: export.OrNull(f.Error), Failures: f.Failures, LastPoll: orNever(f.Polled), LastSuccess: orNever(f.Succeeded),
		LastNew: orNever(f.Changed), Items: f.Polls, Flags: f.Flags, MovedTo: export.OrNull(f.MovedTo), Hub: export.OrNull(f.Hub)}
	if f.State == news.ActiveFeed {
		r.NextPoll = orNever(f.Next)
	}
	if r.Flags == nil {
		r.Flags = []news.Flag{}
	}
	return r
}

func feedAddCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "add [flags] URL...",
		Short: "Add feeds, sitemaps, or pages that point to a feed",
		Long: `Add looks at each address and keeps it as a feed to be read. If it is a page, the feed it points
to is added (the first, if there are several; they are listed). The items are read by "dateline
collect" or "dateline feed refresh".

With --unchecked the address is kept without looking.`,
		Example: `  dateline feed add https://courier.example/
  dateline feed add --outlet "The Alba Courier" https://courier.example/feed.xml`,
		Args: cobra.MinimumNArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a feed, one a line")
	outlet := c.Flags().String("outlet", "", "whose feed it is")
	unchecked := c.Flags().Bool("unchecked", false, "keep the address without looking at it")
	c.RunE = func(cmd *cobra.Command, addresses []string) error {
		return p.Writing(cmd, func(ctx context.Context, s *store.Store) error {
			collection, err := NewCollection(p, s, true)
			if err != nil {
				return err
			}
			defer collection.close()
			done, failed := 0, 0
			for _, address := range addresses {
				f := news.Feed{URL: address, Outlet: *outlet}
				err := collection.allowed(address)
				if err == nil && !*unchecked {
					f, err = collection.look(ctx, f)
				}
				if err == nil {
					err = keepFeed(ctx, p, s, f, *asJSON)
				}
				if err != nil {
					failed++
					p.Complain(fmt.Errorf("feed add %s: %w", address, err))
					continue
				}
				done++
			}
			if err := collection.collector.KeepHosts(ctx); err != nil {
				return err
			}
			return cli.OutcomeOf(ctx.Err(), done, failed)
		})
	}
	return c
}

// look asks an address once and says which feed is there.
func (c *collection) look(ctx context.Context, f news.Feed) (news.Feed, error) {
	for hops := range 2 {
		response, err := c.polite.Get(ctx, fetch.Request{URL: f.URL, MaxBytes: feed.MaxBytes, SkipRobots: true})
		var wait *fetch.WaitError
		if errors.As(err, &wait) && time.Until(wait.Until) < time.Minute {
			if err := (fetch.SystemClock{}).Sleep(ctx, time.Until(wait.Until)); err != nil {
				return f, err
			}
			response, err = c.polite.Get(ctx, fetch.Request{URL: f.URL, MaxBytes: feed.MaxBytes, SkipRobots: true})
		}
		if err != nil {
			return f, fmt.Errorf("%w; --unchecked keeps it all the same", err)
		}
		if sitemap.Is(response.Body) {
			_, err := sitemap.Parse(response.Body, feed.Origin{URL: response.URL}, time.Now())
			return f, err
		}
		parsed, err := feed.Parse(response.Body, feed.Origin{URL: response.URL, ContentType: response.ContentType})
		if err == nil {
			f.Title, f.Home, f.Format = parsed.Title.Value, parsed.Link, parsed.Format
			return f, nil
		}
		found := feed.Discover(response.Body, response.URL)
		if hops > 0 || len(found) == 0 {
			return f, fmt.Errorf("%w, and it points to no feed", err)
		}
		for _, other := range found[1:] {
			fmt.Fprintf(c.p.Err, "dateline: %s also points to %s (%s)\n", f.URL, terminal.Printable(other.URL), terminal.Printable(other.Title))
		}
		f.URL = found[0].URL
		if err := c.allowed(f.URL); err != nil {
			return f, err
		}
	}
	return f, feed.ErrNotFeed
}

func keepFeed(ctx context.Context, p *cli.Program, s *store.Store, f news.Feed, asJSON bool) error {
	f.Next = time.Now()
	added, err := s.AddFeed(ctx, f)
	if err != nil {
		return err
	}
	if asJSON {
		kept, err := s.FindFeed(ctx, string(news.NewFeedID(f.URL)))
		if err != nil {
			return err
		}
		return cli.JsonLines(p.Out)(recordOf(kept))
	}
	state := "known"
	if added {
		state = "added"
	}
	_, err = fmt.Fprintf(p.Out, "%s %s  %s\n", state, news.NewFeedID(f.URL), terminal.Clean(f.URL))
	return err
}

func feedListCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:     "list",
		Short:   "The feeds, how they do, and when they are read next",
		Example: "  dateline feed list\n  dateline feed list --json",
		Args:    cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a feed, one a line")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error {
			feeds, err := s.AllFeeds(ctx)
			if err != nil {
				return err
			}
			if *asJSON {
				for _, f := range feeds {
					if err := cli.JsonLines(p.Out)(recordOf(f)); err != nil {
						return err
					}
				}
				return nil
			}
			if len(feeds) == 0 {
				fmt.Fprintln(p.Out, `No feeds yet: "dateline feed add URL" adds one.`)
			}
			for _, f := range feeds {
				printFeed(ctx, p, s, f)
			}
			return nil
		})
	}
	return c
}

// printFeed says how a feed does, in words.
func printFeed(ctx context.Context, p *cli.Program, s *store.Store, f news.Feed) {
	now := time.Now()
	name := cmp.Or(f.Outlet, f.Title, f.URL)
	fmt.Fprintf(p.Out, "%-8s %s  %s\n", healthOf(f), f.ID, terminal.Clean(name))
	if name != f.URL {
		fmt.Fprintf(p.Out, "         %s\n", terminal.Clean(f.URL))
	}
	parts := []string{"read " + ago(now, f.Succeeded)}
	if !f.Changed.IsZero() {
		parts = append(parts, "something new "+ago(now, f.Changed))
	}
	if f.State == news.ActiveFeed {
		if until := f.Next.Sub(now); until > time.Minute {
			parts = append(parts, "next in "+span(until))
		} else {
			parts = append(parts, "next now")
		}
	}
	fmt.Fprintf(p.Out, "         %s; %s\n", strings.Join(parts, ", "), tallied(f.Polls))
	for _, line := range []string{f.Reason, f.Error} {
		if line != "" {
			fmt.Fprintln(p.Out, terminal.Wrap("! "+terminal.Clean(line), "         "))
		}
	}
	if f.MovedTo != "" {
		fmt.Fprintf(p.Out, "         ! it says that it has moved to %s; if it still does on %s, that is asked\n", terminal.Clean(f.MovedTo), f.MovedSince.Add(7*24*time.Hour).Format("2 January"))
	}
	for _, flag := range f.Flags {
		fmt.Fprintln(p.Out, terminal.Wrap("! "+flag.Name+": "+terminal.Clean(flag.Detail), "         "))
	}
	left, err := s.LeftLinks(ctx, f.ID, 3)
	if err == nil {
		for _, l := range left {
			fmt.Fprintln(p.Out, terminal.Wrap(fmt.Sprintf("! page %s: %s: %s", l.State, terminal.Clean(l.URL), terminal.Clean(l.Reason)), "         "))
		}
	}
}

func tallied(t news.Tally) string {
	return fmt.Sprintf("%s served: %d stored, %d known, %d rejected", terminal.Plural(t.Served, "item"), t.Stored, t.Duplicate, t.Rejected)
}

func ago(now, t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return span(now.Sub(t)) + " ago"
}

// span is a time in one unit.
func span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "less than a minute"
	case d < 2*time.Hour:
		return terminal.Plural(int(d.Minutes()), "minute")
	case d < 48*time.Hour:
		return terminal.Plural(int(d.Hours()), "hour")
	}
	return terminal.Plural(int(d.Hours()/24), "day")
}

func feedRemoveCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:     "remove FEED...",
		Short:   "Stop reading feeds; what they brought stays",
		Example: "  dateline feed remove https://courier.example/feed.xml",
		Long:    `Remove stops reading feeds, named by address or id. Pages that they brought stay in the record.`,
		Args:    cobra.MinimumNArgs(1),
	}
	c.RunE = func(cmd *cobra.Command, names []string) error {
		return p.Writing(cmd, func(ctx context.Context, s *store.Store) error {
			done, failed := 0, 0
			for _, name := range names {
				f, err := s.FindFeed(ctx, name)
				if err == nil {
					err = s.RemoveFeed(ctx, f.ID)
				}
				if err != nil {
					failed++
					p.Complain(fmt.Errorf("feed remove: %w", err))
					continue
				}
				done++
				fmt.Fprintf(p.Out, "removed %s  %s\n", f.ID, terminal.Clean(f.URL))
			}
			return cli.OutcomeOf(ctx.Err(), done, failed)
		})
	}
	return c
}

// refreshPatience is how long "feed refresh" waits for what is not due yet: the gap between two
// requests to a host, not the next look at a page.
const refreshPatience = 20 * time.Second

func feedRefreshCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:     "refresh [FEED...]",
		Short:   "Read feeds now, and the pages they name",
		Example: "  dateline feed refresh\n  dateline feed refresh https://courier.example/feed.xml",
		Long: `Refresh reads the named feeds now (all, if none is named), gets the pages they name and reads
them. It keeps to what hosts ask for, so many pages of one host take their time.

Exit status: 0 all were read, 3 some failed (each is named), 1 none.`,
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a feed, one a line")
	feedsOnly := c.Flags().Bool("feeds-only", false, "leave the pages for later")
	c.RunE = func(cmd *cobra.Command, names []string) error {
		return p.Writing(cmd, func(ctx context.Context, s *store.Store) error {
			collection, err := NewCollection(p, s, *feedsOnly)
			if err != nil {
				return err
			}
			defer collection.close()
			asked, err := dueNow(ctx, s, names)
			if err != nil {
				return err
			}
			if err := collection.Run(ctx, refreshPatience); err != nil {
				return err
			}
			done, failed := 0, 0
			for _, id := range asked {
				f, err := s.FindFeed(ctx, string(id))
				if err != nil {
					return err
				}
				if f.Error != "" || f.State != news.ActiveFeed {
					failed++
					p.Complain(fmt.Errorf("feed refresh %s: %s", f.URL, cmp.Or(f.Error, f.Reason)))
				} else {
					done++
				}
				if *asJSON {
					if err := cli.JsonLines(p.Out)(recordOf(f)); err != nil {
						return err
					}
				} else if f.Error == "" {
					fmt.Fprintf(p.Out, "read %s  %s: %s\n", f.ID, terminal.Clean(f.URL), tallied(f.Polls))
				}
			}
			if len(asked) == 0 {
				fmt.Fprintln(p.Err, `dateline: no feeds yet: "dateline feed add URL" adds one`)
				return nil
			}
			return cli.OutcomeOf(ctx.Err(), done, failed)
		})
	}
	return c
}

// dueNow makes feeds due.
func dueNow(ctx context.Context, s *store.Store, names []string) ([]news.FeedID, error) {
	var asked []news.FeedID
	for _, name := range names {
		f, err := s.FindFeed(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("feed refresh: %w", err)
		}
		asked = append(asked, f.ID)
	}
	if len(names) == 0 {
		feeds, err := s.AllFeeds(ctx)
		if err != nil {
			return nil, err
		}
		for _, f := range feeds {
			if f.State == news.ActiveFeed {
				asked = append(asked, f.ID)
			}
		}
	}
	for _, id := range asked {
		if _, err := s.Refresh(ctx, string(id), time.Now()); err != nil {
			return nil, err
		}
	}
	return asked, nil
}

func feedImportCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:     "import FILE",
		Short:   "Add the feeds of an OPML file",
		Example: "  dateline feed import subscriptions.opml",
		Long: `Import adds the feeds that an OPML file names, without looking at them. Each line that is left
out is named with the reason. FILE may be "-" for standard input.

Exit status: 0 all were added, 3 some lines were left out, 1 none was added.`,
		Args: cobra.ExactArgs(1),
	}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		in := p.In
		if args[0] != "-" {
			f, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("feed import %s: %w", args[0], cli.Bare(err))
			}
			defer f.Close()
			in = f
		}
		body, err := io.ReadAll(io.LimitReader(in, feed.MaxBytes+1))
		if err != nil {
			return fmt.Errorf("feed import %s: %w", args[0], cli.Bare(err))
		}
		return p.Writing(cmd, func(ctx context.Context, s *store.Store) error {
			collection, err := NewCollection(p, s, true)
			if err != nil {
				return err
			}
			defer collection.close()
			lines, err := opml.Parse(body, collection.allowed)
			if err != nil {
				return fmt.Errorf("feed import %s: %w", args[0], err)
			}
			done, failed := 0, 0
			for _, l := range lines {
				if l.Refused != "" {
					failed++
					p.Complain(fmt.Errorf("feed import %s: %s", l.URL, l.Refused))
					continue
				}
				if err := keepFeed(ctx, p, s, news.Feed{URL: l.URL, Title: l.Title, Home: l.Home}, false); err != nil {
					return err
				}
				done++
			}
			return cli.OutcomeOf(ctx.Err(), done, failed)
		})
	}
	return c
}

func feedExportCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:     "export",
		Short:   "Write the feeds as OPML",
		Example: "  dateline feed export > subscriptions.opml",
		Args:    cobra.NoArgs,
	}
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error {
			feeds, err := s.AllFeeds(ctx)
			if err != nil {
				return err
			}
			var b bytes.Buffer
			if err := opml.Write(&b, "Feeds of Dateline", feeds); err != nil {
				return err
			}
			_, err = p.Out.Write(b.Bytes())
			return err
		})
	}
	return c
}
