package main

import (
	"context"
	"fmt"
	"maps"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/plain"
	"dateline/cmd/dateline/terminal"
	"dateline/export"
	"dateline/ledger"
	"dateline/news"
	"dateline/store"
)

func storiesCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:     "stories",
		Short:   "List the stories of the record",
		Example: "  dateline stories\n  dateline stories --json --as-of 2031-05-03",
		Long: `Stories lists what the record's articles report, each with its events and the
articles that report them, and how many independent origins they may go back to.`,
		Args: cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a story, one a line")
	asOf := cli.AsOfFlag(c)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		at, err := asOf()
		if err != nil {
			return err
		}
		return p.Listing(cmd, func(ctx context.Context, s *store.Store) error {
			n := 0
			for story, err := range s.Stories(ctx, at) {
				if err != nil {
					return err
				}
				r, err := newStoryRecord(ctx, s, story)
				if err != nil {
					return err
				}
				n++
				if err := p.Show(*asJSON, r, func(s terminal.Style) error { return plain.Story(p.Out, s, r, false) }); err != nil {
					return err
				}
			}
			if n == 0 && !*asJSON {
				fmt.Fprintln(p.Out, "The record holds no story yet; add pages with \"dateline add\".")
			}
			return nil
		})
	}
	return c
}

func storyCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:     "story ID",
		Short:   "Show one story: its events, articles, and who said what",
		Example: `  dateline story y4mzk3qv2h5ctj6na`,
		Args:    cobra.ExactArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "as a JSON object, then its ledger rows, one a line")
	asOf, limit := cli.AsOfFlag(c), limitFlag(c, asJSON)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		at, err := asOf()
		if err != nil {
			return err
		}
		return p.Listing(cmd, func(ctx context.Context, s *store.Store) error {
			story, err := s.Story(ctx, news.StoryID(args[0]), at)
			if err != nil {
				return fmt.Errorf("show %w", err)
			}
			r, err := newStoryRecord(ctx, s, story)
			if err != nil {
				return err
			}
			if err := p.Show(*asJSON, r, func(s terminal.Style) error { return plain.Story(p.Out, s, r, limit() == 0) }); err != nil {
				return err
			}
			return printEntries(ctx, p, s, news.Filter{Story: story.ID, AsOf: at}, *asJSON, limit())
		})
	}
	return c
}

// newStoryRecord is a story with the articles it names.
func newStoryRecord(ctx context.Context, s *store.Store, y news.Story) (export.Story, error) {
	var ids []news.ArticleID
	for _, v := range y.Events {
		ids = append(ids, v.Articles...)
	}
	heads, err := s.Heads(ctx, ids)
	return export.NewStory(y, heads, ledger.Origins(y)), err
}

// limitFlag adds --limit; the function it returns tells how many rows are shown at most, 0 for all.
func limitFlag(c *cobra.Command, asJSON *bool) func() int {
	const readable = 200 // about ten screens
	limit := c.Flags().Int("limit", 0, "at most so many rows, 0 for all (default 200, all of them with --json)")
	return func() int {
		if !c.Flags().Changed("limit") && !*asJSON {
			return readable
		}
		return max(0, *limit)
	}
}

func ledgerCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "ledger",
		Short: "List who said what",
		Long: `Ledger lists the rows of the record, oldest reading first: utterances (one act of saying, however
many articles tell it), positions and their changes, confirmations and denials. Conflicts and
commitments have commands of their own. Each row says by which rule it was made, and from what.`,
		Example: `  dateline ledger --actor Ruiz
  dateline ledger --json --as-of 2031-05-03 > ledger.jsonl`,
		Args: cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a row, one a line")
	var f news.Filter
	c.Flags().StringVar((*string)(&f.Story), "story", "", "only rows of this story: its id")
	c.Flags().StringVar(&f.Actor, "actor", "", "only rows of this actor: words of the name, or an id")
	c.Flags().StringVar(&f.Issue, "issue", "", "only rows on this issue")
	asOf, limit := cli.AsOfFlag(c), limitFlag(c, asJSON)
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		at, err := asOf()
		if err != nil {
			return err
		}
		f.AsOf = at
		return p.Listing(cmd, func(ctx context.Context, s *store.Store) error {
			return printEntries(ctx, p, s, f, *asJSON, limit())
		})
	}
	return c
}

// printEntries lists rows, at most limit unless that is 0.
func printEntries(ctx context.Context, p *cli.Program, s *store.Store, f news.Filter, asJSON bool, limit int) error {
	n := 0
	damaged, err := each(ctx, p, s, f, func(e news.Entry, articles map[news.ArticleID]news.Head) (bool, error) {
		if e.Kind == news.Conflict || e.Kind == news.Commitment {
			return true, nil // they have forms, and commands, of their own
		}
		if n == limit && limit > 0 {
			if !asJSON {
				fmt.Fprintln(p.Out, "More rows follow: --limit 0 shows all of them.")
			}
			return false, nil
		}
		n++
		r := export.NewEntry(e, articles)
		return true, p.Show(asJSON, r, func(s terminal.Style) error { return plain.Entry(p.Out, s, r) })
	})
	if err != nil {
		return err
	}
	switch {
	case damaged > 0:
		return cli.ErrPartial
	case n == 0 && !asJSON:
		fmt.Fprintln(p.Out, "No row of the ledger fits.")
	}
	return nil
}

// heads are those of the articles that were met so far: the rows of a story rest on the same ones.
type heads struct {
	store *store.Store
	known map[news.ArticleID]news.Head
}

// rowsTogether is how many rows are shown together, so that their heads are asked for at once.
const rowsTogether = 200

// each calls show with each row that fits and the heads of the articles it rests on, until it says enough.
// It tells how many rows are damaged; those are named on standard error.
func each(ctx context.Context, p *cli.Program, s *store.Store, f news.Filter, show func(e news.Entry, heads map[news.ArticleID]news.Head) (more bool, err error)) (damaged int, err error) {
	known := heads{store: s}
	var waiting []news.Entry
	showAll := func() (more bool, err error) {
		articles, err := known.of(ctx, waiting...)
		if err != nil {
			return false, err
		}
		for _, e := range waiting {
			if more, err := show(e, articles); err != nil || !more {
				return false, err
			}
		}
		waiting = waiting[:0]
		return true, nil
	}
	for e, err := range s.Entries(ctx, f) {
		if err != nil {
			damaged++
			p.Complain(err)
			continue
		}
		if waiting = append(waiting, e); len(waiting) == rowsTogether {
			if more, err := showAll(); err != nil || !more {
				return damaged, err
			}
		}
	}
	_, err = showAll()
	return damaged, err
}

// mostHeads bounds how many are kept.
const mostHeads = 20_000

// of are the heads of the articles that rows rest on, among others.
func (h *heads) of(ctx context.Context, rows ...news.Entry) (map[news.ArticleID]news.Head, error) {
	if len(h.known) > mostHeads || h.known == nil {
		h.known = map[news.ArticleID]news.Head{}
	}
	var missing []news.ArticleID
	for _, e := range rows {
		for _, id := range e.Articles() {
			if _, known := h.known[id]; !known {
				missing = append(missing, id)
			}
		}
	}
	if len(missing) == 0 {
		return h.known, nil
	}
	found, err := h.store.Heads(ctx, missing)
	maps.Copy(h.known, found)
	return h.known, err
}
