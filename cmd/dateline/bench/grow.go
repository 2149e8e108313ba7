package bench

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/store"
)

// growthTurn is how many articles one folder is given before it is the other's turn: a batch.
const growthTurn = 500

// growthSeed begins the numbers of the archives whose articles are added: none is the number of
// an archive that someone would make. What the large one holds already is added, so that another
// run does not add the same again.
const growthSeed = 1 << 40

func growCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "grow --against DIR",
		Short: "Measure what an article more costs in a large archive, against a small one",
		Long: `Grow adds the same invented articles to the data folder and to the folder of --against, a batch
here and a batch there, so that whatever else the machine does weighs on both, and prints what
an article cost in each. Both are archives that "dateline bench make" made.`,
		Example: `  dateline bench make --articles 10000 --words 60 --data /tmp/small
  dateline bench make --articles 1000000 --words 60 --data /tmp/large
  dateline bench grow --against /tmp/small --data /tmp/large`,
		Args: cobra.NoArgs,
	}
	against := c.Flags().String("against", "", "the folder of the small archive")
	articles := c.Flags().Int("articles", 5_000, "how many are added to each")
	words := c.Flags().Int("words", 60, "about how many words an article has")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		if *against == "" || *articles < growthTurn || *words < 10 {
			return cli.Usage(fmt.Errorf("grow: name a folder with --against, and ask for %d articles or more, of ten words or more", growthTurn))
		}
		return p.Writing(cmd, func(ctx context.Context, large *store.Store) (err error) {
			small, err := store.Open(ctx, *against, store.Options{})
			if err != nil {
				return fmt.Errorf("open %w", err)
			}
			defer func() { err = errors.Join(err, small.Close()) }()
			if err := grow(ctx, p, small, large, *articles, *words); err != nil {
				return fmt.Errorf("grow %s: %w", p.Config.Data, err)
			}
			return nil
		})
	}
	return c
}

// grow adds to both stores by turns. The first turn warms up and is not counted.
func grow(ctx context.Context, p *cli.Program, small, large *store.Store, articles, words int) error {
	stores := [...]*store.Store{small, large}
	var before [len(stores)]int
	var cost [len(stores)]meter
	for i, s := range stores {
		counts, err := s.Counts(ctx)
		if err != nil {
			return err
		}
		before[i] = counts.Articles
	}
	turns := articles / growthTurn
	bar := p.Progress("grow", "batch")
	defer bar.Done()
	for turn := range turns + 1 {
		for i, s := range stores {
			m := startMeter()
			if err := s.Invent(ctx, growthSeed+uint64(before[1]+turn), growthTurn, words, nil); err != nil {
				return err
			}
			if turn > 0 {
				m.read(growthTurn)
				cost[i].add(m)
			}
		}
		bar.Step()
	}
	for i := range stores {
		if _, err := fmt.Fprintf(p.Out, "%d more after %d: %s\n", cost[i].pieces, before[i]+growthTurn, &cost[i]); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(p.Out, "ratio: %.2f of processor time, %.2f in all\n", cost[1].cpu/cost[0].cpu, cost[1].wall/cost[0].wall)
	return err
}
