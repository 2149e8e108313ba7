package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"dateline/store"
)

func (p *program) benchMakeCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "make --articles N",
		Short: "Fill an empty data folder with an invented archive",
		Long: `Make writes an invented archive (words by Zipf's law, stories, near-copies, statements) straight
into the data folder, which must be empty, to measure what depends on an archive's size. The same
seed gives the same archive.`,
		Example: `  dateline bench make --articles 100000 --data /tmp/archive`,
		Args:    asUsage(cobra.NoArgs),
	}
	articles := c.Flags().Int("articles", 10_000, "how many articles")
	words := c.Flags().Int("words", 300, "about how many words an article has")
	seed := c.Flags().Uint64("seed", 1, "the archive's number")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		if *articles < 1 || *words < 10 {
			return usageError{fmt.Errorf("make: ask for one article or more, of ten words or more")}
		}
		return p.writing(cmd, func(ctx context.Context, s *store.Store) error {
			counts, err := s.Counts(ctx)
			if err != nil {
				return err
			}
			if counts.Pages > 0 {
				return fmt.Errorf("make %s: it holds a record already; name an empty folder with --data", p.config.Data)
			}
			bar := p.progress("make", "article")
			defer bar.done()
			shown := 0
			err = s.Invent(ctx, *seed, *articles, *words, func(stored int) {
				for ; shown < stored; shown++ {
					bar.step()
				}
			})
			if err != nil {
				return fmt.Errorf("make %s: %w", p.config.Data, err)
			}
			fmt.Fprintf(p.out, "%s in %s\n", plural(*articles, "invented article"), p.config.Data)
			return nil
		})
	}
	return c
}
