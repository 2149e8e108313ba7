package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/terminal"
	"dateline/news"
	"dateline/split"
	"dateline/store"
)

// A revisedRecord is one difference between two revisions of an article. Ranges point into the
// text of the revision they belong to.
type revisedRecord struct {
	Article int           `json:"article"` // in the later revision, or in the earlier one if it is gone
	From    int           `json:"from"`    // numbers of the revisions
	To      int           `json:"to"`
	Part    news.Kind     `json:"part"`
	Change  string        `json:"change"` // added, cut, changed, notice
	Before  *news.Excerpt `json:"before"`
	After   *news.Excerpt `json:"after"`
}

func diffCommand(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "diff PAGE",
		Short: "Show what changed between the revisions of a page",
		Long: `Diff compares each stored revision of a page with the one before it: headline, byline, outlet,
time of publication, and the body paragraph by paragraph; and it names the notices of correction,
update or retraction that the page prints. PAGE is a path or URL as added, or a page id.`,
		Example: `  dateline diff https://alba.example/ferry`,
		Args:    cobra.ExactArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a difference, one a line")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return p.Viewing(cmd, func(ctx context.Context, s *store.Store) error {
			page, err := s.FindPage(ctx, args[0])
			if err != nil {
				return fmt.Errorf("compare %w", err)
			}
			revisions, err := s.RevisionsOf(ctx, page)
			if err != nil {
				return err
			}
			var before []news.Annotation
			for i, r := range revisions {
				reading, err := s.Reading(ctx, r.ID)
				if err != nil {
					return fmt.Errorf("compare %s, revision %d: %w", args[0], r.Number, err)
				}
				if i > 0 {
					for _, d := range differences(before, reading.Annotations) {
						d.From, d.To = revisions[i-1].Number, r.Number
						if err := p.Show(*asJSON, d, func(s terminal.Style) error { return printRevised(p, d) }); err != nil {
							return err
						}
					}
				}
				before = reading.Annotations
			}
			if len(revisions) < 2 && !*asJSON {
				fmt.Fprintln(p.Out, "The record holds one revision of this page.")
			}
			return nil
		})
	}
	return c
}

// differences compares the articles of two readings: those of one id, then the rest in order.
func differences(before, after []news.Annotation) []revisedRecord {
	var all []revisedRecord
	left := slices.Clone(before)
	var unmatched []news.Annotation
	compare := func(b, a news.Article) {
		for _, r := range split.Revisions(b, a) {
			all = append(all, newRevisedRecord(a.Index, r))
		}
		for _, f := range a.Flags {
			if strings.HasPrefix(f.Name, "notice-") && !slices.Contains(b.Flags, f) {
				all = append(all, revisedRecord{Article: a.Index, Part: news.Body, Change: "notice", After: &news.Excerpt{Text: f.Name + ": " + f.Detail}})
			}
		}
	}
	for _, a := range after {
		i := slices.IndexFunc(left, func(b news.Annotation) bool { return b.Article.ID == a.Article.ID })
		if i < 0 {
			unmatched = append(unmatched, a)
			continue
		}
		compare(left[i].Article, a.Article)
		left = slices.Delete(left, i, i+1)
	}
	for i, a := range unmatched {
		if i < len(left) {
			compare(left[i].Article, a.Article)
			continue
		}
		all = append(all, newRevisedRecord(a.Article.Index, news.Revised{Part: news.Title, After: a.Article.Title}))
	}
	for _, b := range left[min(len(left), len(unmatched)):] {
		all = append(all, newRevisedRecord(b.Article.Index, news.Revised{Part: news.Title, Before: b.Article.Title}))
	}
	return all
}

func newRevisedRecord(article int, r news.Revised) revisedRecord {
	change := "changed"
	switch {
	case r.Before == nil:
		change = "added"
	case r.After == nil:
		change = "cut"
	}
	return revisedRecord{Article: article, Part: r.Part, Change: change, Before: r.Before, After: r.After}
}

func printRevised(p *cli.Program, r revisedRecord) error {
	var b strings.Builder
	fmt.Fprintf(&b, "revision %d to %d, article %d: %s %s\n", r.From, r.To, r.Article, r.Part, r.Change)
	for _, side := range []struct {
		mark string
		text *news.Excerpt
	}{{"- ", r.Before}, {"+ ", r.After}} {
		if side.text != nil {
			b.WriteString(terminal.Wrap(side.mark+terminal.Clean(side.text.Text), "  ") + "\n")
		}
	}
	_, err := fmt.Fprintln(p.Out, b.String())
	return err
}
