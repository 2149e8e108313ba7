package main

import (
	"bufio"
	"errors"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"dateline/export"
	"dateline/news"
	"dateline/pipeline"
)

func (p *program) readCommand() *cobra.Command {
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
	originOf := originFlags(c)
	c.RunE = func(cmd *cobra.Command, paths []string) error {
		o, err := originOf(paths)
		if err != nil {
			return err
		}
		reader, err := pipeline.NewReader(pipeline.Limits{NoTokenLimit: *noLimit})
		if err != nil {
			return err
		}
		out := bufio.NewWriter(p.out)
		defer out.Flush()
		encode, style := jsonLines(out), p.style()
		progress := p.progress("read", "page")
		defer progress.done()
		read, failed := 0, 0
		in := p.inputs(paths, o)
		results := inOrder(cmd.Context(), in.all(), runtime.GOMAXPROCS(0), func(load func() (news.Page, error)) (news.Reading, error) {
			page, err := load()
			if err != nil {
				return news.Reading{}, err
			}
			return reader.Read(cmd.Context(), page)
		})
		for r := range results {
			progress.step()
			if errors.Is(r.err, news.ErrNoArticle) {
				read++
				progress.say("dateline: read %s: %v", r.path, r.err)
				continue
			}
			if r.err != nil {
				failed++
				progress.say("dateline: read %s: %v", r.path, r.err)
				continue
			}
			read++
			local := export.LocalNames()
			for _, a := range r.value.Annotations {
				if *asJSON {
					err = encode(export.NewArticle(a, local))
				} else {
					err = style.printArticle(out, a)
				}
				if err != nil {
					return fmt.Errorf("write standard output: %w", bare(err))
				}
			}
		}
		in.tell(progress)
		if err := out.Flush(); err != nil {
			return fmt.Errorf("write standard output: %w", bare(err))
		}
		return outcomeOf(cmd.Context().Err(), read, failed)
	}
	return c
}

// outcomeOf is how a command over many inputs ends.
func outcomeOf(interrupted error, done, failed int) error {
	switch {
	case interrupted != nil:
		return interrupted
	case failed > 0 && done > 0:
		return errPartial
	case failed > 0:
		return errSaid
	}
	return nil
}
