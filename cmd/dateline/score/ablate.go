package score

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"dateline/cmd/dateline/cli"
	"dateline/eval"
	"dateline/extract"
	"dateline/extract/rule"
	"dateline/news"
	"dateline/split"
)

// articlesWithout are the articles of a page, read without some rules of extraction.
func articlesWithout(page news.Page, rules ...rule.Name) ([]news.Article, error) {
	document, err := extract.PageWithout(page, rules...)
	if err != nil {
		return nil, err
	}
	return split.Document(document), nil
}

// An ablation is what a suite scores without one rule.
type ablation struct {
	Rule    rule.Name     `json:"rule"` // "" for all of them
	Example string        `json:"example,omitempty"`
	Gold    string        `json:"gold,omitempty"`
	Figures []eval.Figure `json:"figures"`
}

// rulesNamed are the rules of those names; "all" names all.
func rulesNamed(names []string) ([]rule.Rule, error) {
	all := extract.Rules()
	var out []rule.Rule
	for _, name := range names {
		i := slices.IndexFunc(all, func(r rule.Rule) bool { return string(r.Name) == name })
		switch {
		case name == "all":
			out = append(out, all...)
		case i < 0:
			return nil, fmt.Errorf("there is no rule %q", name)
		default:
			out = append(out, all[i])
		}
	}
	return out, nil
}

// scoreWithout scores the suite extract by all rules and then without each of these, and prints how
// much higher each figure is for it.
func scoreWithout(ctx context.Context, p *cli.Program, rules []rule.Rule, data eval.Data, stages eval.Stages, asJSON bool) error {
	var suite eval.Suite
	for _, s := range eval.Suites() {
		if s.Name == "extract" {
			suite = s
		}
	}
	out := bufio.NewWriter(p.Out)
	defer out.Flush()
	encode := cli.JsonLines(out)
	progress := p.Progress("eval extract", "page")
	defer progress.Done()
	var all []eval.Figure
	for _, r := range append([]rule.Rule{{}}, rules...) {
		stages.Articles = func(page news.Page) ([]news.Article, error) { return articlesWithout(page, r.Name) }
		var figures []eval.Figure
		for result := range suite.Run(ctx, data, stages, progress.Step) {
			if result.Err != nil {
				return fmt.Errorf("eval %s %s: %w", result.Suite, result.Set, absent(result))
			}
			figures = append(figures, result.Figures...)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		switch {
		case asJSON:
			if err := encode(ablation{r.Name, r.Example, r.Gold, figures}); err != nil {
				return fmt.Errorf("write standard output: %w", cli.Bare(err))
			}
		case r.Name == "":
			all = figures
			heading, value := "rule", "(all of them)"
			for _, f := range kept(all) {
				heading += "\t" + f.Set + " " + f.Metric
				value += fmt.Sprintf("\t%.4f", f.Value)
			}
			fmt.Fprintln(out, heading+"\n"+value)
		default:
			line := []string{string(r.Name)}
			with := kept(all)
			for i, f := range kept(figures) {
				line = append(line, worth(with[i].Value-f.Value))
			}
			fmt.Fprintln(out, strings.Join(line, "\t"))
		}
		if err := out.Flush(); err != nil {
			return fmt.Errorf("write standard output: %w", cli.Bare(err))
		}
	}
	return nil
}

// worth is by how much a figure is higher for a rule.
func worth(by float64) string {
	if math.Abs(by) < .00005 {
		return "0"
	}
	return fmt.Sprintf("%+.4f", by)
}

// kept are the figures by which a rule is judged; the others move with them.
func kept(figures []eval.Figure) []eval.Figure {
	var out []eval.Figure
	for _, f := range figures {
		switch f.Metric {
		case "F1", "exact", "ROUGE-LSum F1", "paragraph F1", "title", "authors", "day", "accuracy":
			if f.Set != "htmldate" || f.Metric == "accuracy" {
				out = append(out, f)
			}
		}
	}
	return out
}
