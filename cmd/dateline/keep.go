package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/terminal"
	"dateline/doctor"
	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
)

func removeCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "remove --reason TEXT PAGE",
		Short: "Destroy a page: its bytes, its text, its quotations",
		Long: `Remove destroys the bytes and the text of a page in every revision and leaves a tombstone with its
hash and the reason. Rows that rested on it stay, marked and without words. Backups made
afterwards do not hold it; those made before still do. It cannot be undone, and the page is not
taken in again.

PAGE is a path or URL as added, or a page id.`,
		Example: `  dateline remove --reason "court order of 3 May" https://alba.example/a`,
		Args:    cobra.ExactArgs(1),
	}
	reason := c.Flags().String("reason", "", "why; it is kept with the tombstone")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if *reason == "" {
			return cli.Usage(errors.New("remove: say why with --reason; it is kept in place of the page"))
		}
		return p.Writing(cmd, func(ctx context.Context, s *store.Store) error {
			page, err := s.FindPage(ctx, args[0])
			if err != nil {
				return fmt.Errorf("remove %w", err)
			}
			if err := s.Remove(ctx, page, *reason); err != nil {
				return err
			}
			// What the page shared with others is made anew without it.
			house, err := p.House(s, pipeline.Limits{}, false)
			if err != nil {
				return err
			}
			if err := house.Settle(ctx); err != nil {
				return err
			}
			fmt.Fprintf(p.Out, "removed %s\n", page)
			return nil
		})
	}
	return c
}

func rereadCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:     "reread",
		Short:   "Read stored pages again with the present rules",
		Example: "  dateline reread\n  dateline reread --since 2031-05-03",
		Long: `Reread reads every stored revision that the present rules have not read, and prints which rows of
the ledger were added and which replaced. What stood before stays visible to --as-of. Interrupted,
it goes on where it was when it is called again.`,
		Args: cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a changed row, one a line")
	since := c.Flags().String("since", "", "only revisions recorded since then, as 2031-05-03 or 2031-05-03T09:30:00Z")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		from, err := cli.InstantFlag("since", *since)
		if err != nil {
			return err
		}
		return p.Writing(cmd, func(ctx context.Context, s *store.Store) error {
			began := time.Now()
			queued, err := s.Reread(ctx, pipeline.ReaderVersion, from)
			if err != nil {
				return fmt.Errorf("reread: %w", err)
			}
			house, err := p.House(s, pipeline.Limits{}, false)
			if err != nil {
				return err
			}
			if err := house.Settle(ctx); err != nil {
				return fmt.Errorf("reread: %w; call it again to go on", err)
			}
			return printChanges(ctx, p, s, began, queued, *asJSON)
		})
	}
	return c
}

// A changeRecord is a ledger row that a new reading added or replaced.
type changeRecord struct {
	Change string         `json:"change"` // added, replaced
	ID     news.EntryID   `json:"id"`
	Kind   news.EntryKind `json:"kind"`
	Actor  string         `json:"actor"`
	Text   string         `json:"text"`
}

func printChanges(ctx context.Context, p *cli.Program, s *store.Store, since time.Time, read int, asJSON bool) error {
	since = since.Truncate(time.Millisecond) // as rows keep it
	counts := map[string]int{}
	for e, err := range s.AllEntries(ctx) {
		if err != nil {
			return err
		}
		r := changeRecord{ID: e.ID, Kind: e.Kind, Actor: e.Actor.Name, Text: e.Text}
		switch {
		case !e.Replaced.IsZero() && !e.Replaced.Before(since):
			r.Change = "replaced"
		case e.Replaced.IsZero() && !e.Recorded.Before(since):
			r.Change = "added"
		default:
			continue
		}
		counts[r.Change]++
		if asJSON {
			if err := cli.JsonLines(p.Out)(r); err != nil {
				return err
			}
			continue
		}
		mark := map[string]string{"added": "+", "replaced": "-"}[r.Change]
		fmt.Fprintln(p.Out, terminal.Wrap(mark+" "+terminal.Clean(r.Actor)+": "+terminal.Clean(r.Text), ""))
	}
	if !asJSON {
		fmt.Fprintf(p.Out, "%s read again: %d rows added, %d replaced\n", terminal.Plural(read, "revision"), counts["added"], counts["replaced"])
	}
	return nil
}

// sound is the check that a copy must pass before it gets its name.
func sound(ctx context.Context, s *store.Store) error {
	report, err := doctor.Check(ctx, s, true)
	if err != nil {
		return err
	}
	if n := len(report.Findings); n > 0 {
		f := report.Findings[0]
		return fmt.Errorf("%s, the first: %s %s: %s", terminal.Plural(n, "finding"), f.Invariant, f.Object, f.What)
	}
	return nil
}

func backupCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "backup FOLDER",
		Short: "Copy the record while writing goes on, and check the copy",
		Long: `Backup makes FOLDER, which must not exist, a whole and checked copy of the data folder. It is
made under another name and renamed when every hash in it has been checked, so whatever bears the
name is whole. Removed pages are not in it.`,
		Example: `  dateline backup /media/disk/dateline-2031-05-03`,
		Args:    cobra.ExactArgs(1),
	}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error {
			if err := s.Backup(ctx, args[0], sound); err != nil {
				return err
			}
			fmt.Fprintf(p.Out, "backed up to %s\n", filepath.Clean(args[0]))
			for _, left := range store.Unfinished(args[0]) {
				fmt.Fprintf(p.Err, "dateline: %s is what an earlier backup left when it was cut short; it may be deleted\n", left)
			}
			return nil
		})
	}
	return c
}

func restoreCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "restore BACKUP",
		Short: "Make the data folder from a backup, and check it",
		Long: `Restore makes the data folder, which must not exist yet, from a backup, and checks every hash in
it. Pages that were removed after the backup was made come back with it: remove them again.`,
		Example: `  dateline restore --data ~/dateline /media/disk/dateline-2031-05-03`,
		Args:    cobra.ExactArgs(1),
	}
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if _, err := os.Lstat(p.Config.Data); err == nil {
			return fmt.Errorf("restore to %s: it exists; name a folder that does not with --data", p.Config.Data)
		}
		if err := store.Restore(cmd.Context(), args[0], p.Config.Data, sound); err != nil {
			return err
		}
		fmt.Fprintf(p.Out, "restored to %s\n", p.Config.Data)
		return nil
	}
	return c
}

// letGo lets the bodies of pages go as the setting keep-bodies says.
func letGo(ctx context.Context, p *cli.Program, s *store.Store) error {
	keep := p.Config.KeepBodies
	if keep == "" || keep == "always" {
		return nil
	}
	before := time.Now()
	if days, err := strconv.Atoi(keep); err == nil {
		before = before.AddDate(0, 0, -days)
	}
	n, err := s.Release(ctx, before, true)
	if err != nil {
		return fmt.Errorf("let bodies go: %w", err)
	}
	if n > 0 {
		p.Log.Info("bodies let go; spans, text and hashes stay", "revisions", n)
	}
	return nil
}
