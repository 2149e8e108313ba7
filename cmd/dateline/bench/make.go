package bench

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/terminal"
	"dateline/cmd/dateline/usage"
	"dateline/store"
)

// growthStretch is how many articles at the beginning and at the end are compared.
const growthStretch = 10_000

func makeCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "make --articles N",
		Short: "Fill an empty data folder with an invented archive",
		Long: `Make writes an invented archive (words by Zipf's law, stories, near-copies, statements) straight
into the data folder, which must be empty, to measure what depends on an archive's size. It
prints what an article cost at the beginning and at the end. The same seed gives the same archive.`,
		Example: `  dateline bench make --articles 100000 --data /tmp/archive
  dateline bench make --articles 2000 --one-story --data /tmp/story`,
		Args: cobra.NoArgs,
	}
	articles := c.Flags().Int("articles", 10_000, "how many articles")
	words := c.Flags().Int("words", 300, "about how many words an article has")
	one := c.Flags().Bool("one-story", false, "all of one story")
	seed := c.Flags().Uint64("seed", 1, "the archive's number")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		if *articles < 1 || *words < 10 {
			return cli.Usage(fmt.Errorf("make: ask for one article or more, of ten words or more"))
		}
		return p.Writing(cmd, func(ctx context.Context, s *store.Store) error {
			counts, err := s.Counts(ctx)
			if err != nil {
				return err
			}
			if counts.Pages > 0 {
				return fmt.Errorf("make %s: it holds a record already; name an empty folder with --data", p.Config.Data)
			}
			bar := p.Progress("make", "article")
			defer bar.Done()
			shown := 0
			stretch := min(*articles, growthStretch)
			first, last := startMeter(), startMeter()
			fill := s.Invent
			if *one {
				fill = s.InventStory
			}
			err = fill(ctx, *seed, *articles, *words, func(stored int) {
				for ; shown < stored; shown++ {
					bar.Step()
				}
				if stored <= stretch {
					first.read(stored)
				}
				if stored <= *articles-stretch {
					last = startMeter()
				} else {
					last.read(min(stretch, stored))
				}
			})
			if err != nil {
				return fmt.Errorf("make %s: %w", p.Config.Data, err)
			}
			if counts, err = s.Counts(ctx); err != nil {
				return err
			}
			_, err = fmt.Fprintf(p.Out, "%s in %s\nthe first %d: %s\nthe last %d:  %s\ndatabase: %d bytes an article; memory: at most %d MB\n",
				terminal.Plural(*articles, "invented article"), p.Config.Data, stretch, first, stretch, last, counts.Bytes/int64(*articles), usage.PeakBytes()>>20)
			return err
		})
	}
	return c
}
