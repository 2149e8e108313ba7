package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/plain"
	"dateline/export"
	"dateline/store"
)

func whyCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "why ID",
		Short: "Follow any line of the record down to the bytes it stands on",
		Long: `Why shows what a story, a ledger row, a statement or an article stands on: the rule that made it,
the words in the text that was read, and the bytes of the stored page that the words came from,
with the SHA-256 by which anyone can check that the page is still what was read.`,
		Example: `  dateline why l5k2hq3v7na6ctwzp
  dateline why --json s7ncm4qv2h5ctj6na`,
		Args: cobra.ExactArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "as a JSON object")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error {
			trace, err := s.Why(ctx, args[0])
			if err != nil {
				return fmt.Errorf("explain %w", err)
			}
			if *asJSON {
				return cli.JsonLines(p.Out)(export.NewTrace(args[0], trace))
			}
			return plain.Trace(p.Out, p.Style(), trace)
		})
	}
	return c
}
