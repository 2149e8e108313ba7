package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/input"
	"dateline/cmd/dateline/plain"
	"dateline/cmd/dateline/terminal"
	"dateline/demo"
	"dateline/export"
	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
)

// demoStory is the story that the demo shows; the other is kept for checks.
const demoStory = "first"

// demoMark opens the settings of a folder that a demo made, and tells it from somebody's
// record.
const demoMark = "# The pages of this record are invented: it was built by dateline demo.\n"

// shownRows is how many lines of the ledger the demo prints, shownTurns how many changes of position and
// disputes: two screens.
const (
	shownRows  = 5
	shownTurns = 2
)

func demoCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:     "demo",
		Short:   "Show what Dateline does, on an invented story",
		Example: "  dateline demo\n  dateline demo --data /tmp/demo",
		Long: `Demo builds a data folder from the pages of invented outlets that lie in the program, and shows
the articles found on them, who said what, and one line of the record traced to its bytes. No
network, no file of yours, and no generative model is used.

The folder stays, for you to look around in; it is built anew each time. It lies beside your
data folder unless --data names another, which must be empty or an earlier demo's.`,
		Args: cobra.NoArgs,
	}
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		dir, err := demoFolder(p, cmd.Flags().Changed("data") || os.Getenv("DATELINE_DATA") != "")
		if err != nil {
			return fmt.Errorf("build the demo: %w", err)
		}
		p.Config.Data = dir
		if err := buildDemo(cmd.Context(), p); err != nil {
			return fmt.Errorf("build the demo in %s: %w", dir, err)
		}
		return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error { return showDemo(ctx, p, s) })
	}
	return c
}

// demoFolder is an empty folder for the demo.
func demoFolder(p *cli.Program, named bool) (string, error) {
	dir := p.Config.Data
	if !named {
		dir += "-demo"
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	settings, _ := os.ReadFile(filepath.Join(dir, cli.SettingsFile))
	if len(entries) > 0 && !strings.HasPrefix(string(settings), demoMark) {
		return "", fmt.Errorf("%s is not empty, and invented pages must not mix with your record; name another folder with --data", dir)
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, cli.SettingsFile), []byte(demoMark), 0o600)
}

func buildDemo(ctx context.Context, p *cli.Program) error {
	pages, err := demo.Pages(demoStory)
	if err != nil {
		return err
	}
	s, err := p.OpenForWriting(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	house, err := p.House(s, pipeline.Limits{}, false)
	if err != nil {
		return err
	}
	var batch []news.Page
	for _, page := range pages {
		batch = append(batch, news.Page{Name: page.File, URL: page.URL, Fetched: page.Fetched, MediaType: input.MediaType(page.File), Body: page.Body})
	}
	if _, err := s.AddPages(ctx, batch); err != nil {
		return err
	}
	if err := house.Settle(ctx); err != nil {
		return err
	}
	return s.Close()
}

// showDemo prints what the product is for.
func showDemo(ctx context.Context, p *cli.Program, s *store.Store) error {
	st, w := p.Style(), p.Out
	counts, err := s.Counts(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n\n", terminal.Wrap(fmt.Sprintf("An invented story: %s, which hold %s. Outlets, people and places do not exist. Read just now, from the bytes; nothing is generated.",
		terminal.Plural(counts.Pages, "page"), terminal.Plural(counts.Articles, "article")), ""))

	fmt.Fprintf(w, "%s\n", st.Bold("WHAT IS ON THE PAGES, AND WHO REALLY WROTE IT"))
	var pages []news.Head
	for h, err := range s.Articles(ctx, time.Time{}) {
		if err != nil {
			return err
		}
		pages = append(pages, h)
	}
	slices.SortFunc(pages, func(a, b news.Head) int {
		return cmp.Or(cmp.Compare(a.Ref.Page, b.Ref.Page), cmp.Compare(a.Ref.Article, b.Ref.Article))
	})
	for _, h := range pages {
		date, _, _ := strings.Cut(h.Published.String(), "T") // the day will do here
		fmt.Fprintf(w, "  %-10s  %-22s  %s\n", terminal.Clip(cmp.Or(date, "undated"), 10), terminal.Clip(cmp.Or(terminal.Clean(h.Outlet), "outlet unknown"), 22), terminal.Clip(cmp.Or(terminal.Clean(h.Title), "(no title)"), 42))
	}

	fmt.Fprintf(w, "\n%s\n", st.Bold("WHO SAID WHAT (some lines of the ledger)"))
	traced := "" // the last words of the first change of position, else any
	shown, known := map[string]bool{}, heads{store: s}
	show := func(rows ...news.Entry) error {
		for _, e := range rows {
			articles, err := known.of(ctx, e)
			if err != nil {
				return err
			}
			if e.Kind == news.Conflict {
				err = plain.Dispute(w, st, export.NewDispute(e, articles))
			} else {
				err = plain.Entry(w, st, export.NewEntry(e, articles))
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	var turns, disputes []news.Entry
	for e, err := range s.Entries(ctx, news.Filter{}) {
		if err != nil {
			return err
		}
		switch e.Kind {
		case news.Change:
			turns = append(turns, e)
		case news.Conflict:
			if e.Dispute != nil && e.Dispute.Kind != news.OnWording {
				disputes = append(disputes, e)
			}
		}
		if e.Kind != news.Utterance || shown[e.Actor.Name] || len(shown) == shownRows || len(e.Text) < 40 || len(e.Actor.Name) > 40 {
			continue
		}
		shown[e.Actor.Name] = true
		if err := show(e); err != nil {
			return err
		}
		if traced == "" {
			traced = string(e.ID)
		}
	}
	fmt.Fprintf(w, "%s\n", st.Bold("WHO CHANGED POSITION"))
	if len(turns) > 0 && len(turns[0].Statements) > 0 {
		traced = string(turns[0].Statements[0])
	}
	if err := show(turns[:min(len(turns), shownTurns)]...); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n", st.Bold("WHERE ACCOUNTS DIFFER"))
	if err := show(disputes[:min(len(disputes), shownTurns)]...); err != nil {
		return err
	}
	if traced == "" {
		return errors.New("no row in the ledger")
	}

	fmt.Fprintf(w, "%s\n", st.Bold("ONE LINE, DOWN TO ITS BYTES"))
	trace, err := s.Why(ctx, traced)
	if err != nil {
		return err
	}
	if err := plain.Trace(w, st, trace); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n", st.Bold("LOOK AROUND"))
	fmt.Fprintf(w, "  export DATELINE_DATA=%s\n  dateline serve\n  dateline conflicts\n  dateline ledger\n  dateline search strike\n  dateline check \"no exemptions of any kind while the bridge is being built\"\n  dateline why %s\n  dateline doctor --deep\n", p.Config.Data, traced)
	return nil
}
