package eval

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"dateline/eval/rows"
	"dateline/eval/score"
	"dateline/news"
)

// The rows of a ledger, and an editor's answers, as they are handed in.
type (
	LedgerRows    = rows.Rows
	LedgerAnswers = rows.Answers
	LedgerShown   = rows.Shown
)

// scoreLedger reads the pages of a story whole, places them, and compares the rows with the answers.
func scoreLedger(story string) func(context.Context, job) ([]score.Figure, error) {
	return func(ctx context.Context, j job) ([]score.Figure, error) {
		i := slices.IndexFunc(j.Demo, func(s DemoStory) bool { return s.Name == story })
		if i < 0 {
			return nil, fmt.Errorf("no story %q in the demo", story)
		}
		pages, err := inParallel(ctx, all(j.Demo[i].Pages), func(p DemoPage) ([]news.Annotation, error) {
			read, err := j.Read(ctx, p.Page)
			if err != nil && !errors.Is(err, news.ErrNoArticle) {
				return nil, fmt.Errorf("read %s: %w", p.Page.Name, err)
			}
			j.step()
			return read, nil
		})
		if err != nil {
			return nil, err
		}
		answers := j.Answers[story]
		return rows.Figures(answers, j.Ledger(slices.Concat(pages...), answers.LastDay), j.miss), nil
	}
}
