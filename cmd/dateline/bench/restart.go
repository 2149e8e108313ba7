package bench

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/terminal"
	"dateline/cmd/dateline/usage"
	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
)

// A restartRecord is how long it takes from opening a record to the first decision in it.
type restartRecord struct {
	Stage     string     `json:"stage"`
	Articles  int        `json:"documents"`
	Restarts  int        `json:"restarts"`
	Opened    restartLap `json:"opened"`   // the folder is open and the reader is loaded
	Decided   restartLap `json:"decided"`  // from there on: an article is stored, read and placed
	Together  restartLap `json:"together"` // both
	PeakBytes int64      `json:"peak_bytes"`
}

// A restartLap is a part of a restart: half of all restarts took no longer than P50.
type restartLap struct {
	P50        float64 `json:"p50_ms"`
	Longest    float64 `json:"max_ms"`
	P50CPU     float64 `json:"p50_cpu_ms"`
	LongestCPU float64 `json:"max_cpu_ms"`
}

func newRestartLap(l laps) (r restartLap) {
	r.P50, r.P50CPU = l.within(50)
	r.Longest, r.LongestCPU = l.within(100)
	return r
}

func (l restartLap) String() string {
	return fmt.Sprintf("half within %.0f ms, all within %.0f; of processor time %.0f and %.0f", l.P50, l.Longest, l.P50CPU, l.LongestCPU)
}

func restartCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "restart",
		Short: "Measure how soon after a start the first article is placed",
		Long: `Opens the data folder, adds an article and waits until it is read and placed, closes the folder, and
does so again: each time with the words of another of the record's own articles under a headline of
its own, so that the article has a story to go to. The articles stay, so the record must be an
invented one (see "dateline bench make"). What the system keeps of the files in memory it keeps
between restarts.`,
		Example: "  dateline bench make --articles 100000 --data /tmp/archive\n  dateline bench restart --data /tmp/archive",
		Args:    cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "as a JSON object")
	restarts := c.Flags().Int("restarts", 20, "how many")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		if *restarts < 1 {
			return cli.Usage(errors.New("restart: start once or more"))
		}
		r, err := measureRestarts(cmd.Context(), p, *restarts)
		if err != nil {
			return fmt.Errorf("bench restart: %w", err)
		}
		if *asJSON {
			return cli.JsonLines(p.Out)(r)
		}
		_, err = fmt.Fprintf(p.Out, "%s of a record of %s\nfolder open and reader loaded: %s\nthe first article placed:      %s\ntogether:                      %s\nmemory: at most %d MB\n",
			terminal.Plural(r.Restarts, "restart"), terminal.Plural(r.Articles, "article"), r.Opened, r.Decided, r.Together, r.PeakBytes>>20)
		return err
	}
	return c
}

func measureRestarts(ctx context.Context, p *cli.Program, n int) (r restartRecord, err error) {
	r = restartRecord{Stage: "restart", Restarts: n}
	var sample []news.Annotation
	before := 0
	err = p.Opened(ctx, func(s *store.Store) error {
		counts, err := s.Counts(ctx)
		if err != nil {
			return err
		}
		r.Articles, before = counts.Articles, counts.Pages
		if sample, err = sampleArticles(ctx, s, n); err == nil && !strings.Contains(sample[0].Article.URL, ".example/") {
			err = fmt.Errorf("%s holds others than invented articles: make a folder with \"dateline bench make\"", p.Config.Data)
		}
		return err
	})
	if err != nil {
		return r, err
	}
	var opened, decided, together laps
	for i := range n {
		page := retold(sample[i%len(sample)].Article, before+i)
		start := startMeter()
		err := p.Opened(ctx, func(s *store.Store) error {
			reader, err := pipeline.NewReader(pipeline.Limits{})
			if err != nil {
				return err
			}
			opened.add(start)
			open := startMeter()
			added, err := s.AddPage(ctx, page)
			if err != nil {
				return err
			}
			if err := pipeline.NewHouse(s, reader, time.Now).Settle(ctx); err != nil {
				return err
			}
			decided.add(open)
			together.add(start)
			progress, err := s.Progress(ctx, added.Revision)
			if err == nil && (!progress.Done || progress.Articles == 0) {
				err = fmt.Errorf("%s was not placed: %s", page.URL, progress.Failure)
			}
			return err
		})
		if err != nil {
			return r, err
		}
	}
	r.Opened, r.Decided, r.Together = newRestartLap(opened), newRestartLap(decided), newRestartLap(together)
	r.PeakBytes = usage.PeakBytes()
	return r, nil
}

// retold is a page with the words of an article under another headline and a line that dates it.
func retold(a news.Article, n int) news.Page {
	_, rest, _ := strings.Cut(a.Text, "\n\n")
	first, _ := a.Published.When.Bounds()
	address := fmt.Sprintf("https://restart.example/%d", n)
	body := fmt.Sprintf("%s, told again\n\n%s\n\n%s", a.Title.Text, first.Format("January 2, 2006"), rest)
	return news.Page{Name: address, URL: address, Fetched: time.Now(), MediaType: "text/plain", Body: []byte(body)}
}
