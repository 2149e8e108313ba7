// Package bench measures: the command bench and those below it, over stages of the work and over
// invented archives of any size. Its figures are of this machine; none is judged here.
package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/input"
	"dateline/cmd/dateline/lines"
	"dateline/cmd/dateline/usage"
	"dateline/demo"
	"dateline/extract"
	"dateline/news"
	"dateline/nlp"
	"dateline/pipeline"
)

// A item is a page with its document, read before anything is measured.
type item struct {
	page     news.Page
	document news.Document
}

// benchWork does a stage's work on one item and tells how many statements it found.
type benchWork func(ctx context.Context, worker int, item item) (statements int, err error)

// A stage is a part of the work whose speed is measured by itself. Prepare loads what the
// stage needs, once.
type stage struct {
	name    string
	prepare func() (benchWork, error)
}

// benchStages are the stages in the order of the work.
var benchStages = []stage{
	{"extract", benchExtract},
	{"nlp", benchNLP},
	{"read", benchRead},
}

// leastSeconds is how long a stage is measured at least: passes over the input are repeated
// until then, and a figure is the mean of a pass.
const leastSeconds = 2

type stageRecord struct {
	Stage       string  `json:"stage"`
	Documents   int     `json:"documents"`
	Words       int     `json:"words"` // runs of characters between blanks
	Statements  int     `json:"statements"`
	WallSeconds float64 `json:"wall_seconds"`
	CPUSeconds  float64 `json:"cpu_seconds"`
	PeakBytes   int64   `json:"peak_bytes"` // of the whole process, so far
}

func Command(p *cli.Program, run commandLine) *cobra.Command {
	var names []string
	for _, s := range benchStages {
		names = append(names, s.name)
	}
	c := &cobra.Command{
		Use:   "bench [flags] [STAGE...] [PATH...]",
		Short: "Measure the speed of each stage of the work",
		Long: `Bench runs each STAGE (` + strings.Join(names, ", ") + `; all if none is named) over the texts and pages of the
PATHs, or over the demo story, and prints how fast it was. A first pass warms up and is not
counted, nor is loading. GOMAXPROCS sets how many processors work.`,
		Example: `  GOMAXPROCS=1 dateline bench nlp texts/
  dateline bench --json`,
		Args: cobra.ArbitraryArgs,
	}
	c.AddCommand(makeCommand(p), growCommand(p), askCommand(p, "search", "a search", askSearch), askCommand(p, "check", "a quote check", askCheck), pagesCommand(p, run), restartCommand(p))
	asJSON := c.Flags().Bool("json", false, "one JSON object a stage, one a line")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		var stages []stage
		for len(args) > 0 {
			i := slices.Index(names, args[0])
			if i < 0 {
				break
			}
			stages, args = append(stages, benchStages[i]), args[1:]
		}
		if stages == nil {
			stages = benchStages
		}
		items, err := readItems(p, args)
		if err != nil {
			return err
		}
		out := bufio.NewWriter(p.Out)
		defer out.Flush()
		encode := cli.JsonLines(out)
		for _, s := range stages {
			r, err := s.measure(cmd.Context(), items)
			if err != nil {
				return fmt.Errorf("bench %s: %w", s.name, err)
			}
			if *asJSON {
				err = encode(r)
			} else {
				_, err = fmt.Fprintf(out, "%-8s %6d pages %8d words; a CPU second %8.1f pages %8.0f words; at most %d MB\n",
					r.Stage, r.Documents, r.Words, float64(r.Documents)/r.CPUSeconds, float64(r.Words)/r.CPUSeconds, r.PeakBytes>>20)
			}
			if err == nil {
				err = out.Flush()
			}
			if err != nil {
				return fmt.Errorf("write standard output: %w", cli.Bare(err))
			}
		}
		return nil
	}
	return c
}

// readItems reads the input of the stages: the pages of the paths, or else those of the demo.
func readItems(p *cli.Program, paths []string) ([]item, error) {
	var pages []news.Page
	for in, err := range input.Of(p, paths, input.Origin{}).All() {
		if err == nil {
			var page news.Page
			page, err = in.Load()
			pages = append(pages, page)
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", in.Path, err)
		}
	}
	if len(paths) == 0 {
		for _, story := range demo.Stories() {
			served, err := demo.Pages(story)
			if err != nil {
				return nil, err
			}
			for _, s := range served {
				pages = append(pages, news.Page{Name: s.File, URL: s.URL, Fetched: s.Fetched, Body: s.Body})
			}
		}
	}
	var items []item
	for _, page := range pages {
		d, err := extract.Page(page)
		if errors.Is(err, news.ErrNoArticle) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", page.Name, err)
		}
		items = append(items, item{page, d})
	}
	if len(items) == 0 {
		return nil, errors.New("nothing to measure: no page has an article")
	}
	return items, nil
}

// A meter measures what some pieces of work cost together.
type meter struct {
	started   time.Time
	used      float64
	pieces    int
	wall, cpu float64 // seconds; the processor time is that of the whole process
}

func startMeter() *meter { return &meter{started: time.Now(), used: usage.CPUSeconds()} }

// read notes what was spent on that many pieces since the start.
func (m *meter) read(pieces int) {
	m.pieces, m.wall, m.cpu = pieces, time.Since(m.started).Seconds(), usage.CPUSeconds()-m.used
}

// add adds what another has measured.
func (m *meter) add(o *meter) {
	m.pieces, m.wall, m.cpu = m.pieces+o.pieces, m.wall+o.wall, m.cpu+o.cpu
}

func (m *meter) String() string {
	n := float64(max(1, m.pieces))
	return fmt.Sprintf("%.3f ms of processor time each, %.3f ms in all", 1000*m.cpu/n, 1000*m.wall/n)
}

// laps are what each of many runs of one thing took, in milliseconds.
type laps struct{ wall, cpu []float64 }

// add notes a run that began with the meter.
func (l *laps) add(m *meter) {
	m.read(1)
	l.wall, l.cpu = append(l.wall, 1000*m.wall), append(l.cpu, 1000*m.cpu)
}

// within tells what so many of 100 runs took at the most, on the clock and of processor time; 0 where
// there was none.
func (l *laps) within(percent int) (wall, cpu float64) {
	if len(l.wall) == 0 {
		return 0, 0
	}
	i := min(len(l.wall)*percent/100, len(l.wall)-1)
	return slices.Sorted(slices.Values(l.wall))[i], slices.Sorted(slices.Values(l.cpu))[i]
}

// measure runs the stage over the items, first to warm up, then for the figures.
func (s stage) measure(ctx context.Context, items []item) (stageRecord, error) {
	r := stageRecord{Stage: s.name, Documents: len(items)}
	for _, i := range items {
		r.Words += len(strings.Fields(i.document.Text))
	}
	work, err := s.prepare()
	if err != nil {
		return r, err
	}
	if _, err := pass(ctx, work, items); err != nil {
		return r, err
	}
	runtime.GC()
	m := startMeter()
	for m.wall < leastSeconds {
		if r.Statements, err = pass(ctx, work, items); err != nil {
			return r, err
		}
		m.read(m.pieces + 1)
	}
	r.WallSeconds, r.CPUSeconds = m.wall/float64(m.pieces), m.cpu/float64(m.pieces)
	r.PeakBytes = usage.PeakBytes()
	return r, nil
}

// pass works on every item once, with a worker a processor.
func pass(ctx context.Context, work benchWork, items []item) (statements int, err error) {
	workers := min(runtime.GOMAXPROCS(0), len(items))
	found, failed := make([]int, workers), make([]error, workers)
	var busy sync.WaitGroup
	for w := range workers {
		busy.Go(func() {
			for i := w; i < len(items) && failed[w] == nil; i += workers {
				n, err := work(ctx, w, items[i])
				found[w], failed[w] = found[w]+n, err
			}
		})
	}
	busy.Wait()
	for _, n := range found {
		statements += n
	}
	return statements, errors.Join(failed...)
}

// benchExtract turns the bytes of a page into its document.
func benchExtract() (benchWork, error) {
	return func(_ context.Context, _ int, i item) (int, error) {
		_, err := extract.Page(i.page)
		return 0, err
	}, nil
}

// benchRead is the whole reading: extraction, articles, analysis, statements.
func benchRead() (benchWork, error) {
	reader, err := pipeline.NewReader(pipeline.Limits{})
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, _ int, i item) (int, error) {
		reading, err := reader.Read(ctx, i.page)
		if errors.Is(err, news.ErrNoArticle) {
			err = nil
		}
		n := 0
		for _, a := range reading.Annotations {
			n += len(a.Statements)
		}
		return n, err
	}, nil
}

// benchNLP analyses the text of a document.
func benchNLP() (benchWork, error) {
	english, err := lines.LoadEnglish()
	if err != nil {
		return nil, err
	}
	type own struct {
		worker   *nlp.Worker
		document nlp.Doc
	}
	workers := make([]own, runtime.GOMAXPROCS(0))
	for i := range workers {
		workers[i].worker = english.NewWorker()
	}
	return func(ctx context.Context, worker int, i item) (int, error) {
		w := &workers[worker]
		return 0, w.worker.Analyse(ctx, &w.document, i.document.Text, nlp.Options{})
	}, nil
}
