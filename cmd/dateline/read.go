package main

import (
	"bufio"
	"errors"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/input"
	"dateline/cmd/dateline/plain"
	"dateline/export"
	"dateline/news"
	"dateline/pipeline"
)

func readCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "read [flags] PATH...",
		Short: "Read pages and print their articles, keeping nothing",
		Long: `Read prints the articles of each page: what is title, byline, date, body and furniture, which
outlet wrote it, and who said what. Nothing is stored.

A PATH is a text or HTML file (.txt .html .htm, also .gz), a WARC archive (.warc, also .gz and
.zst) with its addresses and dates, a folder of them, or - for standard input. When a page was fetched is not known unless --fetched says so: then times relative to
it ("21 minutes ago") are resolved, otherwise they are left open.

Exit status: 0 all read, 3 some failed (each is named), 1 none could be read, 2 wrong usage.`,
		Example: `  dateline read page.html
  dateline read --json folder/ > articles.jsonl
  curl -s https://alba.example/a | dateline read --url https://alba.example/a -`,
		Args: cobra.MinimumNArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object an article, one a line")
	noLimit := c.Flags().Bool("no-limit", false, "analyse pages of any length (by default up to 10,000 tokens)")
	originOf := input.OriginFlags(c)
	c.RunE = func(cmd *cobra.Command, paths []string) error {
		o, err := originOf(paths)
		if err != nil {
			return err
		}
		reader, err := pipeline.NewReader(pipeline.Limits{NoTokenLimit: *noLimit})
		if err != nil {
			return err
		}
		out := bufio.NewWriter(p.Out)
		defer out.Flush()
		encode, style := cli.JsonLines(out), p.Style()
		progress := p.Progress("read", "page")
		defer progress.Done()
		read, failed := 0, 0
		in := input.Of(p, paths, o)
		results := input.InOrder(cmd.Context(), in.All(), runtime.GOMAXPROCS(0), func(load func() (news.Page, error)) (news.Reading, error) {
			page, err := load()
			if err != nil {
				return news.Reading{}, err
			}
			return reader.Read(cmd.Context(), page)
		})
		for r := range results {
			progress.Step()
			if errors.Is(r.Err, news.ErrNoArticle) {
				read++
				progress.Say("dateline: read %s: %v", r.Path, r.Err)
				continue
			}
			if r.Err != nil {
				failed++
				progress.Say("dateline: read %s: %v", r.Path, r.Err)
				continue
			}
			read++
			local := export.LocalNames()
			for _, a := range r.Value.Annotations {
				if *asJSON {
					err = encode(export.NewArticle(a, local))
				} else {
					err = plain.Article(out, style, a)
				}
				if err != nil {
					return fmt.Errorf("write standard output: %w", cli.Bare(err))
				}
			}
		}
		in.Tell(progress)
		if err := out.Flush(); err != nil {
			return fmt.Errorf("write standard output: %w", cli.Bare(err))
		}
		return cli.OutcomeOf(cmd.Context().Err(), read, failed)
	}
	return c
}
