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

// scoreLedger reads the pages of a story, or of the stories of a folder, whole, places them, story by
// story, and compares the rows with the answers, added up over the stories.
func scoreLedger(name string) func(context.Context, job) ([]score.Figure, error) {
	return func(ctx context.Context, j job) ([]score.Figure, error) {
		stories, err := j.demoNamed(name)
		if err != nil {
			return nil, err
		}
		var total rows.Score
		for _, story := range stories {
			pages, err := inParallel(ctx, all(story.Pages), func(p DemoPage) ([]news.Annotation, error) {
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
			answers := j.Answers[story.Name]
			total.Add(answers, j.Ledger(slices.Concat(pages...), answers.LastDay), j.missOf(story.Name, name))
		}
		return total.Figures(), nil
	}
}
