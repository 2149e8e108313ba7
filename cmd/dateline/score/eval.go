// Package score is the command eval: it hands the rooms of the house and the demo's answers to package
// eval, which scores them, and prints the figures.
package score

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dateline/annotate/when"
	"dateline/cluster"
	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/lines"
	"dateline/eval"
	"dateline/extract/rule"
	"dateline/ledger"
	"dateline/news"
	"dateline/nlp"
	"dateline/pipeline"
	"dateline/resolve"
	"dateline/text"
)

func Command(p *cli.Program) *cobra.Command {
	suites := eval.Suites()
	var names []string
	long := `Eval scores the product against data that people marked by hand, and prints the figures.

`
	for _, s := range suites {
		names = append(names, s.Name)
		long += fmt.Sprintf("  %-11s %s\n", s.Name, s.About)
	}
	c := &cobra.Command{
		Use:   "eval [flags] [SUITE...]",
		Short: "Score the product against hand-made gold",
		Long: long + `
All suites are run if none is named. The data is no part of the program: it is looked for in the
folder bench of the one that DATELINE_SHARED names, else of ../shared. A set that is not there
is named and left out.

Exit status: 0 all scored, 3 some could not be, 1 none could, 2 wrong usage.`,
		Example: `  dateline eval extract
  dateline eval extract --ablate
  dateline eval extract --ablate=headline-on-top
  dateline eval --json statements times > figures.jsonl
  dateline eval --write eval/testdata/scores.txt`,
		Args: cobra.ArbitraryArgs,
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a figure, one a line")
	bench := c.Flags().String("bench", "", "the folder of the data")
	write := c.Flags().String("write", "", "also write the figures to this file, for comparing them later")
	misses := c.Flags().Bool("misses", false, "name what went wrong, where it is known, on standard error")
	ablate := c.Flags().StringSlice("ablate", nil, "score extract without each of these rules, one after another, or without each of all its rules")
	c.Flags().Lookup("ablate").NoOptDefVal = "all"
	c.RunE = func(cmd *cobra.Command, args []string) error {
		var rules []rule.Rule
		if len(*ablate) > 0 {
			if len(args) != 1 || args[0] != "extract" {
				return cli.Usage(errors.New("eval: --ablate goes with the suite extract, and with no other"))
			}
			var err error
			if rules, err = rulesNamed(*ablate); err != nil {
				return cli.Usage(fmt.Errorf("eval: --ablate: %w", err))
			}
		}
		for _, name := range args {
			if !slices.Contains(names, name) {
				return cli.Usage(fmt.Errorf("eval: there is no suite %q; there are %s", name, strings.Join(names, ", ")))
			}
		}
		stages, err := newStages()
		if err != nil {
			return err
		}
		data, err := findData(*bench)
		if err != nil {
			return err
		}
		if len(rules) > 0 {
			return scoreWithout(cmd.Context(), p, rules, data, stages, *asJSON)
		}
		out := bufio.NewWriter(p.Out)
		defer out.Flush()
		encode := cli.JsonLines(out)
		var kept strings.Builder
		scored, failed := 0, 0
		for _, s := range suites {
			if len(args) > 0 && !slices.Contains(args, s.Name) {
				continue
			}
			progress := p.Progress("eval "+s.Name, "page")
			started := time.Now()
			for r := range s.Run(cmd.Context(), data, stages, progress.Step) {
				if r.Err != nil {
					failed++
					progress.Say("dateline: eval %s %s: %v", r.Suite, r.Set, absent(r))
					started = time.Now()
					continue
				}
				scored++
				if *misses {
					for _, m := range r.Misses {
						progress.Say("%s %s: %s", r.Suite, r.Set, m)
					}
				}
				seconds := time.Since(started).Seconds()
				started = time.Now()
				for i := range r.Figures {
					r.Figures[i].Seconds = seconds
					if *asJSON {
						err = encode(r.Figures[i])
						if err != nil {
							return fmt.Errorf("write standard output: %w", cli.Bare(err))
						}
					}
				}
				if !*asJSON {
					printFigures(out, r.Figures)
				}
				writeScores(&kept, r.Figures)
				if err := out.Flush(); err != nil {
					return fmt.Errorf("write standard output: %w", cli.Bare(err))
				}
			}
			progress.Done()
			if err := cmd.Context().Err(); err != nil {
				return err
			}
		}
		if *write != "" {
			if err := os.WriteFile(*write, []byte(kept.String()), 0o600); err != nil {
				return fmt.Errorf("write %s: %w", *write, cli.Bare(err))
			}
		}
		return cli.OutcomeOf(nil, scored, failed)
	}
	return c
}

// absent is why a set has no figures.
func absent(r eval.Result) error {
	if r.Absent() {
		return fmt.Errorf("skipped, its data is not here: %w", r.Err)
	}
	return r.Err
}

// printFigures writes the figures of a set for a person.
func printFigures(w io.Writer, figures []eval.Figure) {
	for i, f := range figures {
		suite, set, seconds := "", "", ""
		if i == 0 {
			suite, set, seconds = f.Suite, f.Set, fmt.Sprintf("%.1f s", f.Seconds)
		}
		fmt.Fprintf(w, "%-10s %-17s %-33s %6.3f  of %-6d %s\n", suite, set, f.Metric, f.Value, f.N, seconds)
	}
}

// writeScores writes the figures of a set so that a later run can be laid beside them: without
// the time they took.
func writeScores(b *strings.Builder, figures []eval.Figure) {
	for _, f := range figures {
		fmt.Fprintf(b, "%-10s %-17s %-33s %.3f of %d\n", f.Suite, f.Set, f.Metric, f.Value, f.N)
	}
}

// findData is where the sets lie: bench, or beside the checkout.
func findData(bench string) (eval.Data, error) {
	if bench == "" {
		shared := os.Getenv("DATELINE_SHARED")
		if shared == "" {
			shared = filepath.Join("..", "shared")
		}
		bench = filepath.Join(shared, "bench")
	} else if info, err := os.Stat(bench); err != nil || !info.IsDir() {
		return eval.Data{}, cli.Usage(fmt.Errorf("--bench %s: there is no such folder", bench))
	}
	stories, err := demoStories()
	if err != nil {
		return eval.Data{}, err
	}
	answers, err := demoAnswers()
	return eval.Data{Bench: os.DirFS(bench), Beside: os.DirFS(filepath.Join(bench, "..")), Demo: stories, Answers: answers}, err
}

// newStages hands the rooms of the house to be scored.
func newStages() (eval.Stages, error) {
	reader, err := pipeline.NewReader(pipeline.Limits{})
	if err != nil {
		return eval.Stages{}, err
	}
	english, err := lines.LoadEnglish()
	if err != nil {
		return eval.Stages{}, err
	}
	return eval.Stages{
		NewArchive: newArchive,
		Articles:   func(page news.Page) ([]news.Article, error) { return articlesWithout(page) },
		Read: func(ctx context.Context, page news.Page) ([]news.Annotation, error) {
			reading, err := reader.Read(ctx, page)
			return reading.Annotations, err
		},
		Times: func(t, published string) ([]news.TimeExpression, error) {
			ref, err := lines.Reference(published, "")
			if err != nil {
				return nil, err
			}
			return when.Expressions(t, nil, ref), nil
		},
		Tokens: func(ctx context.Context, t string, own bool) ([]eval.Token, error) {
			var options nlp.Options
			if own {
				options.SentenceStarts = lines.SentenceStarts(t)
			}
			d, err := english.Analyse(ctx, t, options)
			if err != nil {
				return nil, err
			}
			return tokensOf(d), nil
		},
		NewGroups: func() func(eval.Story) eval.Placement {
			groups := cluster.New()
			return func(s eval.Story) eval.Placement { return placementOf(groups.Add(recordOf(s))) }
		},
		NewStories: func() func(eval.Story, string) string {
			stories := cluster.NewStories()
			return func(s eval.Story, of string) string { return stories.Add(recordOf(s), of) }
		},
		Ledger: ledgerRows,
		Settle: func(stories []eval.Story) []eval.Placement {
			var records []cluster.Record
			for _, s := range stories {
				records = append(records, recordOf(s))
			}
			var placed []eval.Placement
			for _, d := range cluster.Settle(records) {
				placed = append(placed, placementOf(d))
			}
			return placed
		},
	}, nil
}

// ledgerRows is what the record would hold of articles if it held nothing else.
func ledgerRows(articles []news.Annotation, day string) eval.LedgerRows {
	rows := eval.LedgerRows{Articles: articles}
	moment, err := news.ParseMoment(day)
	if err != nil {
		return rows
	}
	for _, y := range cluster.Assign(articles, nil, nil) {
		in := map[news.ArticleID]bool{}
		for _, v := range y.Events {
			for _, id := range v.Articles {
				in[id] = true
			}
		}
		var own []news.Annotation
		for _, a := range articles {
			if in[a.Article.ID] {
				own = append(own, a)
			}
		}
		own = resolve.Join(own).Annotations
		entries := ledger.Keep(y, own, nil, moment.First())
		for i, e := range entries {
			entries[i] = ledger.AsOf(e, moment.First())
		}
		rows.Entries = append(rows.Entries, entries...)
		view := ledger.Open(y, own)
		for _, l := range view.Timeline(entries) {
			rows.Timeline = append(rows.Timeline, eval.LedgerShown{When: l.When, Article: l.Article, Span: l.Span})
		}
		for _, s := range view.Brief(entries, time.Time{}, moment.First()) {
			rows.Brief = append(rows.Brief, eval.LedgerShown{When: s.When, Part: s.Part, Article: s.Article, Span: s.Span})
		}
	}
	return rows
}

// recordOf is a story as dateline group would read it.
func recordOf(s eval.Story) cluster.Record {
	return lines.Article(s.ID, s.Title, s.Text, s.Published, s.Outlet)
}

func placementOf(d cluster.Decision) eval.Placement {
	return eval.Placement{Event: string(d.Event), Story: string(d.Story), CopyOf: string(d.CopyOf)}
}

func tokensOf(d *nlp.Doc) []eval.Token {
	tokens := make([]eval.Token, d.Len())
	for i := range tokens {
		s := d.Span(i)
		entity := "O"
		if d.EntityIOB(i) != "O" && d.EntityIOB(i) != "" {
			entity = d.EntityIOB(i) + "-" + d.EntityType(i)
		}
		tokens[i] = eval.Token{
			Span: text.Span{Start: s.Start, End: s.End}, Tag: d.Tag(i), POS: d.POS(i), Morph: d.Morph(i), Lemma: d.Lemma(i),
			Head: d.Head(i), Dep: d.Dep(i), SentenceStart: d.SentenceStart(i), Entity: entity,
		}
	}
	return tokens
}
