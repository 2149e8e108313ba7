package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/input"
	"dateline/cmd/dateline/terminal"
	"dateline/export"
	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
)

// addBatch is how many pages are stored before they are read and placed. It bounds how many
// acknowledgements a person waits for at a time.
const addBatch = 64

// addBatchBytes is how many bytes of pages are in memory before they are stored.
const addBatchBytes = 32 << 20

// addedRecord is the acknowledgement of a page, one JSON object a line. Its line is printed
// after the commit: the page is stored for good.
type addedRecord struct {
	Name     string           `json:"name"` // the path or URL as given
	Page     *news.PageID     `json:"page"`
	Revision *news.RevisionID `json:"revision"`
	Articles *int             `json:"articles"` // null until the page is read
	State    string           `json:"state"`    // new, known, failed
	Reason   *string          `json:"reason"`
}

func addCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "add [flags] PATH...",
		Short: "Read pages and keep them in the record",
		Long: `Add stores each page in the data folder, byte for byte, reads it, and adds what was said in it
to the record. The line printed for a page is the acknowledgement that it is stored for good,
whatever happens next. Adding a page twice changes nothing.

A PATH is a text or HTML file (.txt .html .htm, also .gz), a WARC archive (.warc, also .gz and
.zst) with its addresses and dates, a folder of them, or - for standard input.

With --url, other bytes for the same address are a new revision of the page.

Exit status: 0 all stored, 3 some failed (each is named), 1 none could be stored, 2 wrong usage.`,
		Example: `  dateline add --url https://alba.example/a page.html
  dateline add --json folder/ > acknowledged.jsonl
  dateline add --fetched 2031-05-03T10:00:00Z --outlet "The Alba Courier" page.txt`,
		Args: cobra.MinimumNArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a page, one a line")
	noWait := c.Flags().Bool("no-wait", false, "return when the pages are stored; a later command reads them")
	noLimit := c.Flags().Bool("no-limit", false, "analyse pages of any length (by default up to 10,000 tokens)")
	c.Flags().String("keep-bodies", "", "how long the bytes of pages are kept: always (default), a number of days, or spans")
	originOf := input.OriginFlags(c)
	c.RunE = func(cmd *cobra.Command, paths []string) error {
		o, err := originOf(paths)
		if err != nil {
			return err
		}
		if *noLimit && *noWait {
			return cli.Usage(errors.New("add: --no-limit is for the reading, which --no-wait leaves to a later command"))
		}
		return p.Writing(cmd, func(ctx context.Context, s *store.Store) error {
			a := adder{p: p, store: s, asJSON: *asJSON}
			if !*noWait {
				if a.house, err = p.House(s, pipeline.Limits{NoTokenLimit: *noLimit}, slices.ContainsFunc(paths, input.HoldsMany)); err != nil {
					return err
				}
			}
			in := input.Of(p, paths, o)
			err := a.add(ctx, in, input.InOrder(ctx, in.All(), runtime.GOMAXPROCS(0), func(page func() (news.Page, error)) (news.Page, error) {
				return page()
			}))
			if err != nil && !errors.Is(err, cli.ErrPartial) {
				return err
			}
			return cmp.Or(letGo(ctx, p, s), err)
		})
	}
	return c
}

// An adder takes pages through the front door in batches.
type adder struct {
	p      *cli.Program
	store  *store.Store
	house  *pipeline.House // nil to store and not wait for the reading
	asJSON bool

	stored, failed int
}

// add stores the pages, has them read and placed, and acknowledges each in order.
func (a *adder) add(ctx context.Context, in *input.Inputs, pages iter.Seq[input.Outcome[news.Page]]) error {
	bar := a.p.Progress("add", "page")
	defer bar.Done()
	var batch []input.Outcome[news.Page]
	size := 0
	flush := func() error {
		err := a.flush(ctx, bar, batch)
		batch, size = batch[:0], 0
		return err
	}
	for page := range pages {
		size += len(page.Value.Body)
		if batch = append(batch, page); len(batch) == addBatch || size > addBatchBytes {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	in.Tell(bar)
	return cli.OutcomeOf(ctx.Err(), a.stored, a.failed)
}

// flush stores a batch in one commit. Should a page be refused, they are stored one by one, for
// it must not keep out the others.
func (a *adder) flush(ctx context.Context, bar *cli.Progress, batch []input.Outcome[news.Page]) error {
	var pages []news.Page
	for i := range batch {
		if batch[i].Err == nil {
			batch[i].Err = pipeline.Readable(batch[i].Value)
		}
		if batch[i].Err == nil {
			pages = append(pages, batch[i].Value)
		}
	}
	added, err := a.store.AddPages(ctx, pages)
	if err != nil && (ctx.Err() != nil || !errors.Is(err, news.ErrRemoved)) {
		return fmt.Errorf("add %s: %w", terminal.Plural(len(pages), "page"), err)
	}
	if err != nil {
		added = make([]news.Added, len(pages))
		next := 0
		for i := range batch {
			if batch[i].Err == nil {
				one, err := a.store.AddPages(ctx, []news.Page{batch[i].Value})
				if batch[i].Err = err; err == nil {
					added[next] = one[0]
				}
				next++
			}
		}
		added = slices.DeleteFunc(added, func(d news.Added) bool { return d.Page == "" })
	}
	var unread error // the pages are stored for good all the same, and acknowledged
	if a.house != nil {
		unread = a.house.Settle(ctx)
	}
	for _, o := range batch {
		bar.Step()
		r := addedRecord{Name: o.Path, State: "failed"}
		if o.Err != nil {
			a.failed++
			r.Reason = export.OrNull(o.Err.Error())
			bar.Say("dateline: add %s: %v", o.Path, o.Err)
		} else {
			a.stored++
			r.Page, r.Revision, r.State = &added[0].Page, &added[0].Revision, string(added[0].State)
			if a.house != nil && unread == nil {
				progress, err := a.store.Progress(ctx, added[0].Revision)
				if err != nil {
					return err
				}
				r.Articles, r.Reason = &progress.Articles, export.OrNull(progress.Failure)
			}
			added = added[1:]
		}
		if err := a.acknowledge(r); err != nil {
			return fmt.Errorf("write standard output: %w", cli.Bare(err))
		}
	}
	if unread != nil {
		return fmt.Errorf("read what was added: %w; it is stored, and the next command that writes goes on", unread)
	}
	return nil
}

func (a *adder) acknowledge(r addedRecord) error {
	if a.asJSON {
		return cli.JsonLines(a.p.Out)(r)
	}
	if r.State == "failed" {
		return nil // it was named as it failed
	}
	articles := "stored, not read yet"
	if r.Articles != nil {
		articles = terminal.Plural(*r.Articles, "article")
	}
	if r.Reason != nil {
		articles += " (" + terminal.Clean(*r.Reason) + ")"
	}
	_, err := fmt.Fprintf(a.p.Out, "%-5s %s  %s, %s\n", r.State, *r.Page, terminal.Clean(r.Name), articles)
	return err
}
