package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/terminal"
	"dateline/cmd/dateline/usage"
	"dateline/news"
	"dateline/search"
	"dateline/store"
)

// A latencyRecord is how long questions to a record take.
type latencyRecord struct {
	Stage       string  `json:"stage"`
	Articles    int     `json:"documents"`
	Statements  int     `json:"statements"`
	Questions   int     `json:"questions"`
	Written     int     `json:"written"` // articles, meanwhile
	P50         float64 `json:"p50_ms"`
	P95         float64 `json:"p95_ms"`
	Longest     float64 `json:"max_ms"`
	P50CPU      float64 `json:"p50_cpu_ms"` // of the whole process: of little meaning while it writes
	P95CPU      float64 `json:"p95_cpu_ms"`
	WallSeconds float64 `json:"wall_seconds"`
	CPUSeconds  float64 `json:"cpu_seconds"`
	PeakBytes   int64   `json:"peak_bytes"`
}

// warmUp is how many questions are asked before any is counted.
const warmUp = 50

func askCommand(p *cli.Program, name, about string, ask func(s *store.Store, sample []news.Annotation, r *rand.Rand) func(context.Context) error) *cobra.Command {
	c := &cobra.Command{
		Use:   name + " [--writes N]",
		Short: "Measure how long " + about + " takes in a record",
		Long: `Asks questions made from the record's own articles and prints how long half of them, and 95 of 100,
took at the most. With --writes invented articles are stored meanwhile, so the record must be an
invented one (see "dateline bench make").`,
		Example: "  dateline bench make --articles 100000 --data /tmp/archive\n  dateline bench " + name + " --data /tmp/archive --writes 50",
		Args:    cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "as a JSON object")
	questions := c.Flags().Int("questions", 1000, "how many")
	writes := c.Flags().Int("writes", 0, "how many articles a second are stored meanwhile")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		run := p.Viewing
		if *writes > 0 {
			run = p.Writing
		}
		return run(cmd, func(ctx context.Context, s *store.Store) error {
			sample, err := sampleArticles(ctx, s, *questions)
			if err != nil {
				return err
			}
			if *writes > 0 && !strings.Contains(sample[0].Article.URL, ".example/") {
				return fmt.Errorf("bench %s: --writes stores invented articles, and %s holds others: make a folder with \"dateline bench make\"", name, p.Config.Data)
			}
			r, err := latency(ctx, p, s, *questions, *writes, ask(s, sample, rand.New(rand.NewPCG(1, 2))))
			if err != nil {
				return fmt.Errorf("bench %s: %w", name, err)
			}
			r.Stage = name
			if *asJSON {
				return cli.JsonLines(p.Out)(r)
			}
			out := bufio.NewWriter(p.Out)
			defer out.Flush()
			fmt.Fprintf(out, "%-8s %s of a record of %s and %s; %s written meanwhile\n", r.Stage, terminal.Plural(r.Questions, "question"), terminal.Plural(r.Articles, "article"), terminal.Plural(r.Statements, "statement"), terminal.Plural(r.Written, "article"))
			fmt.Fprintf(out, "%-8s half within %.1f ms, 95 of 100 within %.1f ms, all within %.1f ms", "", r.P50, r.P95, r.Longest)
			if *writes == 0 {
				fmt.Fprintf(out, "; of processor time %.1f and %.1f ms", r.P50CPU, r.P95CPU)
			}
			_, err = fmt.Fprintf(out, "; at most %d MB\n", r.PeakBytes>>20)
			return err
		})
	}
	return c
}

// sampleArticles are some articles of a record, evenly spread over it.
func sampleArticles(ctx context.Context, s *store.Store, most int) ([]news.Annotation, error) {
	var ids []news.ArticleID
	for h, err := range s.Articles(ctx, time.Time{}) {
		if err != nil {
			return nil, err
		}
		if h.Statements > 0 && h.Title != "" {
			ids = append(ids, h.ID)
		}
	}
	if len(ids) == 0 {
		return nil, errors.New("the record has no article with statements: fill a folder with \"dateline bench make\"")
	}
	var sample []news.Annotation
	for i := range min(most, len(ids)) {
		a, err := s.Article(ctx, ids[i*len(ids)/min(most, len(ids))])
		if err != nil {
			return nil, err
		}
		sample = append(sample, a)
	}
	rand.New(rand.NewPCG(3, 4)).Shuffle(len(sample), func(i, k int) { sample[i], sample[k] = sample[k], sample[i] })
	return sample, nil
}

// latency asks and measures, and stores articles meanwhile.
func latency(ctx context.Context, p *cli.Program, s *store.Store, questions, writes int, ask func(context.Context) error) (r latencyRecord, err error) {
	counts, err := s.Counts(ctx)
	if err != nil {
		return r, err
	}
	r.Articles, r.Statements = counts.Articles, counts.Statements
	for range warmUp {
		if err := ask(ctx); err != nil {
			return r, err
		}
	}
	background, stop := context.WithCancel(ctx)
	var writer sync.WaitGroup
	var failed error
	if writes > 0 {
		writer.Go(func() { r.Written, failed = s.InventSteadily(background, uint64(time.Now().UnixNano()), writes) })
	}
	bar := p.Progress("bench", "question")
	var took laps
	total := startMeter()
	for range questions {
		m := startMeter()
		if err = ask(ctx); err != nil {
			break
		}
		took.add(m)
		bar.Step()
	}
	bar.Done()
	total.read(questions)
	r.Questions, r.WallSeconds, r.CPUSeconds, r.PeakBytes = questions, total.wall, total.cpu, usage.PeakBytes()
	stop()
	writer.Wait()
	r.P50, r.P50CPU = took.within(50)
	r.P95, r.P95CPU = took.within(95)
	r.Longest, _ = took.within(100)
	return r, errors.Join(err, failed)
}

// askSearch asks queries as people write them: a word, some words, a headline, a phrase, who said
// something, what came out when.
func askSearch(s *store.Store, sample []news.Annotation, r *rand.Rand) func(context.Context) error {
	i := 0
	return func(ctx context.Context) error {
		a := sample[i%len(sample)]
		i++
		st := a.Statements[r.IntN(len(a.Statements))]
		title, said := strings.Fields(a.Article.Title.Text), strings.Fields(strings.Trim(st.Words(a.Article.Text), `",.`))
		some := func(words []string, n int) string {
			at := r.IntN(max(1, len(words)-n+1))
			return strings.Join(words[at:min(len(words), at+n)], " ")
		}
		var q string
		switch i % 8 {
		case 0:
			q = some(said, 1)
		case 1:
			q = some(title, 2)
		case 2:
			q = some(said, 3)
		case 3:
			q = strings.Join(title, " ")
		case 4:
			q = `"` + some(said, 2) + `" ` + some(title, 1)
		case 5:
			q = fmt.Sprintf(`speaker:"%s" %s`, st.Speaker.Name, some(said, 2))
		case 6:
			q = fmt.Sprintf("%s published:%.7s -%s", some(title, 2), a.Article.Published.When, some(said, 1))
		default:
			q = fmt.Sprintf(`outlet:"%s" mode:direct %s`, a.Article.Outlet.Name, some(said, 2))
		}
		_, err := s.Search(ctx, q, search.Page{})
		return err
	}
}

// askCheck checks quotations: as they were said, cut, with a word changed, in another order, and
// never said; with the speaker's name every other time.
func askCheck(s *store.Store, sample []news.Annotation, r *rand.Rand) func(context.Context) error {
	i := 0
	return func(ctx context.Context) error {
		a := sample[i%len(sample)]
		i++
		st := a.Statements[r.IntN(len(a.Statements))]
		words := strings.Fields(strings.Trim(st.Words(a.Article.Text), `",.`))
		switch i % 5 {
		case 1:
			words = words[len(words)/3:]
		case 2:
			words[len(words)/2] = "umbrella"
		case 3:
			r.Shuffle(len(words), func(i, k int) { words[i], words[k] = words[k], words[i] })
		case 4:
			for k := range words {
				other := strings.Fields(sample[r.IntN(len(sample))].Article.Title.Text)
				words[k] = other[r.IntN(len(other))]
			}
		}
		speaker := ""
		if i%2 == 0 {
			speaker = st.Speaker.Name
		}
		_, err := s.Check(ctx, strings.Join(words, " "), speaker)
		return err
	}
}
