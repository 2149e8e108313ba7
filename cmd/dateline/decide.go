package main

import (
	"context"
	"errors"
	"fmt"
	"os/user"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/terminal"
	"dateline/export"
	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
)

func decideCommand(p *cli.Program) *cobra.Command {
	var d news.Decision
	c := &cobra.Command{
		Use:   "decide KIND OBJECT [OTHER]",
		Short: "Correct the record, as a decision of its own",
		Long: `Decide keeps what you decide about the record beside what was read, never in it. It outlives new
readings, every row that it bears on names it, and "dateline undo" takes it back. Of two that
contradict each other the later holds; both stay in the list.

  fix-speaker STATEMENT --value NAME    who said it
  fix-boundary STATEMENT --value WORDS  what was said, in words of the article; " … " parts what is cut in two
  fix-said STATEMENT --value DATE       when it was said, in EDTF: 2031-05-03, 2031-05, 2031-05-03/2031-05-05
  reject ROW                            a ledger row or a statement is wrong
  merge-issues ISSUE OTHER              the one is the other
  rename-issue ISSUE --value NAME
  move-article ARTICLE [EVENT]          to another event; without EVENT, to one of its own
  pin-article ARTICLE EVENT             it stays in that event
  merge-events EVENT OTHER              the one becomes part of the other
  merge-stories STORY OTHER
  note ROW --value TEXT                 on a ledger row or a statement
  note ARTICLE --words WORDS --value TEXT   on any words of an article`,
		Example: `  dateline decide fix-speaker s4k2mzqj7n5wx3ha --value "Ana Ruiz"
  dateline decide merge-events v3jx... v7qa...`,
		Args: cobra.RangeArgs(2, 3),
	}
	c.Flags().StringVar(&d.Value, "value", "", "what shall be there: a name, a date, the words of a note")
	c.Flags().StringVar(&d.Anchor.Exact, "words", "", "the words of an article that a note is about")
	c.Flags().StringVar(&d.By, "by", "", "whose decision it is (default: your name on this machine)")
	asJSON := c.Flags().Bool("json", false, "as a JSON object")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		d.Kind, d.Object = news.DecisionKind(args[0]), args[1]
		if len(args) > 2 {
			d.Other = args[2]
		}
		if u, err := user.Current(); d.By == "" && err == nil {
			d.By = u.Username
		}
		return p.Writing(cmd, func(ctx context.Context, s *store.Store) error {
			made, err := s.Decide(ctx, d)
			if errors.Is(err, news.ErrDecision) {
				return cli.Usage(err)
			}
			if err != nil {
				return err
			}
			if err := placeAgain(ctx, p, s); err != nil {
				return err
			}
			for found, err := range s.Decisions(ctx, string(made.ID), false) {
				if err != nil {
					return err
				}
				return showDecision(p, found, *asJSON)
			}
			return fmt.Errorf("decision %s: %w", made.ID, news.ErrNotFound)
		})
	}
	return c
}

// placeAgain makes the stories anew that a decision bears on.
func placeAgain(ctx context.Context, p *cli.Program, s *store.Store) error {
	house, err := p.House(s, pipeline.Limits{}, false)
	if err != nil {
		return err
	}
	return house.Settle(ctx)
}

func undoCommand(p *cli.Program) *cobra.Command {
	return &cobra.Command{
		Use:     "undo DECISION",
		Short:   "Take a decision back",
		Example: "  dateline undo d4mzk3qv2h5ctj6na",
		Long:    `Undo takes a decision back: the record is again what was read. The decision stays in the list, as undone.`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.Writing(cmd, func(ctx context.Context, s *store.Store) error {
				if err := s.Undo(ctx, news.DecisionID(args[0])); err != nil {
					if errors.Is(err, news.ErrDecision) {
						return cli.Usage(err)
					}
					return err
				}
				if err := placeAgain(ctx, p, s); err != nil {
					return err
				}
				fmt.Fprintf(p.Out, "undone %s\n", args[0])
				return nil
			})
		},
	}
}

func decisionsCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:     "decisions [OBJECT]",
		Short:   "List what people decided about the record",
		Example: "  dateline decisions\n  dateline decisions s4mzk3qv2h5ctj6na --json",
		Long: `Decisions lists what people decided, in the order in which they did: those that hold, or with
--all those that were undone as well. One that finds no place in what is read at present is marked
as lost; it is kept, and holds again when a later reading has its words.`,
		Args: cobra.MaximumNArgs(1),
	}
	all := c.Flags().Bool("all", false, "with those that were undone")
	asJSON := c.Flags().Bool("json", false, "one JSON object a decision, one a line")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		object := strings.Join(args, "")
		return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error {
			n := 0
			for d, err := range s.Decisions(ctx, object, *all) {
				if err != nil {
					return err
				}
				if err := showDecision(p, d, *asJSON); err != nil {
					return err
				}
				n++
			}
			if n == 0 && !*asJSON {
				fmt.Fprintln(p.Out, "Nothing was decided.")
			}
			return nil
		})
	}
	return c
}

func showDecision(p *cli.Program, d news.Decision, asJSON bool) error {
	return p.Show(asJSON, export.NewDecision(d), func(s terminal.Style) error {
		line := strings.Join(strings.Fields(fmt.Sprintf("%s %s %s", d.Kind, d.Object, d.Other)), " ")
		switch d.Kind {
		case news.FixSpeaker, news.FixSaid, news.FixBoundary, news.RenameIssue, news.WriteNote:
			line += ": " + d.Value
		}
		fmt.Fprintf(p.Out, "%s  %s\n", d.ID, terminal.Printable(line))
		if d.Anchor.Exact != "" {
			fmt.Fprintf(p.Out, "   on: %s\n", terminal.Printable(d.Anchor.Exact))
		}
		state := "holds"
		switch {
		case !d.Undone.IsZero():
			state = "undone " + d.Undone.Format(time.RFC3339)
		case d.Lost:
			state = "lost: it finds no place in what is read at present"
		}
		fmt.Fprintf(p.Out, "   by %s, %s; %s\n", terminal.Printable(d.By), d.Made.Format(time.RFC3339), state)
		return nil
	})
}
