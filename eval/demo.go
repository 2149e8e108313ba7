package eval

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"dateline/eval/invented"
	"dateline/eval/score"
	"dateline/news"
)

// The demo's stories and answers, as they are handed in.
type (
	DemoStory     = invented.Story
	DemoPage      = invented.Page
	DemoArticle   = invented.Article
	DemoStatement = invented.Statement
	DemoMention   = invented.Mention
)

// scoreDemo reads the pages of a story whole and compares all that is read with the answers.
func scoreDemo(story string) func(context.Context, job) ([]score.Figure, error) {
	return func(ctx context.Context, j job) ([]score.Figure, error) {
		i := slices.IndexFunc(j.Demo, func(s DemoStory) bool { return s.Name == story })
		if i < 0 {
			return nil, fmt.Errorf("no story %q in the demo", story)
		}
		type page struct {
			read  []news.Annotation
			alone [][]news.TimeExpression // of each article's own text
		}
		pages, err := inParallel(ctx, all(j.Demo[i].Pages), func(p DemoPage) (r page, err error) {
			r.read, err = j.Read(ctx, p.Page)
			if err != nil && !errors.Is(err, news.ErrNoArticle) {
				return r, fmt.Errorf("read %s: %w", p.Page.Name, err)
			}
			j.step()
			for _, a := range p.Articles {
				times, err := j.Times(a.Text, a.Published)
				if err != nil {
					times, err = j.Times(a.Text, "") // published within days, or not known
				}
				if err != nil {
					return r, fmt.Errorf("find the times of %s: %w", p.Page.Name, err)
				}
				r.alone = append(r.alone, times)
			}
			return r, nil
		})
		if err != nil {
			return nil, err
		}
		var s invented.Score
		for k, p := range pages {
			s.Add(j.Demo[i].Pages[k], p.read, p.alone, j.miss)
		}
		return s.Figures(), nil
	}
}
