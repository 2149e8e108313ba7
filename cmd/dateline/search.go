package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/plain"
	"dateline/cmd/dateline/terminal"
	"dateline/export"
	"dateline/search"
	"dateline/store"
)

type (
	facetRecord struct {
		Facet  string        `json:"facet"`
		Counts []countRecord `json:"counts"`
	}
	countRecord struct {
		Value string `json:"value"`
		N     int    `json:"n"`
		Query string `json:"query"`
	}
)

func searchCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "search QUERY...",
		Short: "Find articles and statements",
		Long: `Search finds articles and statements, best first. Copies of a text stand behind it.

  ferry toll                 words rank, none is required; endings and accents do not count
  "last crossing"            these words in this order, as they are
  ferr*                      words that begin so
  speaker:ruiz to:council    who said it to whom; also about: outlet: story: issue:
  mode:direct act:plan       also anonymous:yes lang:en
  published:2031-05 said:2031-05-03..2031-05-09      also >=2031-05-03 and 2031-05..
  as-of:2031-06-01           as the record stood then
  -toll   NOT toll   a AND b   a OR b   (a b)

AND, OR and NOT are operators in a query that also has a lower-case letter. What does not parse is
searched as plain words, and a notice says where it went wrong.`,
		Example: `  dateline search bridge toll
  dateline search '"last crossing" speaker:ruiz -denied'
  dateline search --json --limit 100 harbour published:2031-05`,
		Args: cobra.MinimumNArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a hit, one a line")
	var page search.Page
	c.Flags().IntVar(&page.Limit, "limit", 20, "how many hits at the most")
	c.Flags().StringVar(&page.Cursor, "cursor", "", "go on where the page before ended")
	c.Flags().BoolVar(&page.Facets, "facets", false, "count what was found by outlet, speaker, month and more")
	c.Flags().BoolVar(&page.Why, "why", false, "say what gave each hit its place")
	only := c.Flags().String("only", "", "articles or statements: leave out the others")
	c.RunE = func(cmd *cobra.Command, words []string) error {
		if page.Limit < 1 {
			return cli.Usage(fmt.Errorf("--limit %d: ask for one or more", page.Limit))
		}
		if page.Only = search.Sort(*only); page.Only != "" && page.Only != search.Articles && page.Only != search.Statements {
			return cli.Usage(fmt.Errorf("--only %s: it is articles or statements", *only))
		}
		return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error {
			query := strings.Join(words, " ")
			found, err := s.Search(ctx, query, page)
			if err != nil {
				return err
			}
			return printResults(p, query, found, *asJSON)
		})
	}
	return c
}

func printResults(p *cli.Program, query string, found search.Results, asJSON bool) error {
	for _, n := range found.Notices {
		fmt.Fprint(p.Err, plain.Notice(query, n))
	}
	for _, err := range found.Damaged {
		p.Complain(err)
	}
	encode := cli.JsonLines(p.Out)
	for i, h := range found.Hits {
		var err error
		if asJSON {
			err = encode(export.NewHit(h))
		} else {
			err = plain.Hit(p.Out, p.Style(), i+1, h)
		}
		if err != nil {
			return err
		}
	}
	for _, f := range found.Facets {
		r := facetRecord{Facet: f.Name}
		var line []string
		for _, c := range f.Counts {
			r.Counts = append(r.Counts, countRecord(c))
			line = append(line, fmt.Sprintf("%s (%d)", terminal.Clean(c.Value), c.N))
		}
		if asJSON {
			if err := encode(r); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintln(p.Out, terminal.Hang(fmt.Sprintf("%-10s", f.Name+":"), strings.Join(line, ", ")))
	}
	if len(found.Meant) > 0 {
		fmt.Fprintf(p.Err, "dateline: the record knows %s: did you mean that?\n", terminal.Printable(strings.Join(found.Meant, ", ")))
	}
	if asJSON {
		if found.Next != "" {
			fmt.Fprintf(p.Err, "dateline: there is more: --cursor %s\n", found.Next)
		}
		return nil
	}
	switch {
	case len(found.Hits) == 0:
		fmt.Fprintln(p.Out, "Nothing found.")
	case found.Next != "":
		fmt.Fprintln(p.Out, p.Style().Dim(fmt.Sprintf("%s. Go on with --cursor %s", matches(found), found.Next)))
	}
	return nil
}

// matches is "37 match", or "600 match, and more".
func matches(found search.Results) string {
	if found.More {
		return fmt.Sprintf("More than %d match; of common words the newest were ranked", found.Matches)
	}
	return fmt.Sprintf("%d match", found.Matches)
}
