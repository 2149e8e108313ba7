package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/terminal"
	"dateline/doctor"
	"dateline/news"
	"dateline/nlp"
	"dateline/pipeline"
	"dateline/store"
)

// errUnsound ends a check that found something; each finding was printed.
var errUnsound = fmt.Errorf("the record breaks its promises: %w", cli.ErrSaid)

func doctorCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Check every promise the record makes",
		Long: `Doctor checks every invariant of the data folder: that pages and rows are what their hashes say,
that every statement points at a stored page, that nothing hangs in the air. Each finding names
the invariant, the object, and what to do. With --deep every body is read and every hash, id and
span is reckoned anew.

Exit status: 0 sound, 1 something was found or the check could not be made.`,
		Example: `  dateline doctor
  dateline doctor --deep --json`,
		Args: cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a finding, one a line")
	repair := c.Flags().Bool("repair", false, "first rebuild what the stored pages give again: indexes and derived rows")
	deep := c.Flags().Bool("deep", false, "read every body and reckon every hash anew")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		if *repair {
			if err := p.Writing(cmd, func(ctx context.Context, s *store.Store) error { return repairRecord(ctx, p, s) }); err != nil {
				return err
			}
		}
		return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error {
			report, err := doctor.Check(ctx, rebuilding{s}, *deep)
			for _, f := range report.Findings {
				if *asJSON {
					err = errors.Join(err, cli.JsonLines(p.Out)(f))
				} else {
					fmt.Fprintf(p.Out, "%s  %s\n%s\n%s\n\n", f.Invariant, terminal.Clean(f.Object), terminal.Wrap(terminal.Clean(f.What), "  "), terminal.Wrap("to do: "+terminal.Clean(f.Do), "  "))
				}
			}
			if err != nil {
				return fmt.Errorf("check %s: %w", p.Config.Data, err)
			}
			if !*asJSON {
				if err := printHealth(ctx, p, s, report.Checked); err != nil {
					return err
				}
			}
			if len(report.Findings) > 0 {
				p.Complain(fmt.Errorf("check %s: %s", p.Config.Data, terminal.Plural(len(report.Findings), "finding")))
				return errUnsound
			}
			return nil
		})
	}
	return c
}

// rebuilding is a record whose ledger can be made anew, to compare it with what stands.
type rebuilding struct{ *store.Store }

// Rebuilt are the rows that a story should have.
func (r rebuilding) Rebuilt(ctx context.Context, y news.Story) ([]news.Entry, bool, error) {
	var articles []news.Annotation
	for _, v := range y.Events {
		for _, id := range v.Articles {
			a, err := r.Article(ctx, id)
			if errors.Is(err, news.ErrNotFound) || errors.Is(err, news.ErrRemoved) || errors.Is(err, news.ErrDamaged) || err == nil && a.Article.Reader != pipeline.ReaderVersion {
				return nil, false, nil
			}
			if err != nil {
				return nil, false, err
			}
			articles = append(articles, a)
		}
	}
	var decisions []news.Decision
	for d, err := range r.Decisions(ctx, "", false) {
		if err == nil {
			decisions = append(decisions, d)
		}
	}
	return pipeline.Ledger(y, articles, decisions), true, nil
}

// repairRecord rebuilds what the originals give again, and reads what has to be read for it.
func repairRecord(ctx context.Context, p *cli.Program, s *store.Store) error {
	done, err := s.Repair(ctx)
	if err != nil {
		return err
	}
	house, err := p.House(s, pipeline.Limits{}, false)
	if err != nil {
		return err
	}
	if err := house.Settle(ctx); err != nil {
		return err
	}
	p.Log.Info("repaired", "readings", done.Readings, "rows", done.Rows, "queued", done.Queued, "files", done.Files)
	return nil
}

// shownFailures bounds the list of work that failed.
const shownFailures = 20

// printHealth says what was checked, what waits, and what was given up.
func printHealth(ctx context.Context, p *cli.Program, s *store.Store, checked doctor.Checked) error {
	counts, err := s.Counts(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "checked  %s, %s read whole, %s, %s, %s, %s\n", terminal.Plural(checked.Revisions, "revision"), terminal.Plural(checked.Bodies, "page"),
		terminal.Plural(checked.Articles, "article"), terminal.Plural(checked.Statements, "statement"), stories(checked.Stories), terminal.Plural(checked.Entries, "ledger row"))
	fmt.Fprintf(p.Out, "waiting  %d queued, %d at work, %d to be tried again, %d given up\n", counts.Queued, counts.Leased, counts.Failed, counts.Dead)
	english, err := nlp.Load(nlp.Config{})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "English  model %.12s on kernel %s\n", english.Model(), english.Kernel())
	failed, err := s.FailedJobs(ctx, shownFailures)
	if err != nil {
		return err
	}
	for _, j := range failed {
		state := "will be tried again"
		if j.Dead {
			state = "given up; add the page again to retry"
		}
		fmt.Fprintf(p.Out, "  %s of %s: %s\n", j.Step, terminal.Clean(j.Page), state)
		fmt.Fprintln(p.Out, terminal.Wrap(terminal.Clean(j.Reason), "    "))
	}
	return nil
}

func stories(n int) string {
	if n == 1 {
		return "1 story"
	}
	return fmt.Sprintf("%d stories", n)
}
