package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/plain"
	"dateline/cmd/dateline/terminal"
	"dateline/export"
	"dateline/store"
)

func checkCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "check QUOTE...",
		Short: "Did they really say that?",
		Long: `Check looks for a quotation in the record and says what it finds:

  exact          in these very words
  marks          in these words; punctuation, case, brackets or ellipses differ
  altered        some words differ; each is shown
  paraphrase     the same in other words
  other_speaker  said, but by somebody else than --speaker names
  not_found      the record does not hold it; what it covers is told

Brackets, ellipses, case, a quotation cut short and reported tense do not hinder it.`,
		Example: `  dateline check "The bridge opens in May"
  dateline check --json --speaker Ruiz "The bridge [...] opens in June"`,
		Args: cobra.MinimumNArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "as a JSON object")
	speaker := c.Flags().String("speaker", "", "who is said to have said it")
	c.RunE = func(cmd *cobra.Command, words []string) error {
		return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error {
			v, err := s.Check(ctx, strings.Join(words, " "), *speaker)
			if err != nil {
				return err
			}
			return p.Show(*asJSON, export.NewVerdict(v), func(s terminal.Style) error { return plain.Verdict(p.Out, s, v) })
		})
	}
	return c
}
