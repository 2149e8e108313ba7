package eval

import (
	"context"
	"errors"
	"fmt"
	"strings"

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

// demoNamed are the demo's story of a name, or all those of a folder ("dev" has "dev/kelbrook-bid").
func (j job) demoNamed(name string) ([]DemoStory, error) {
	var out []DemoStory
	for _, s := range j.Demo {
		if s.Name == name || strings.HasPrefix(s.Name, name+"/") {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no story %q in the demo", name)
	}
	return out, nil
}

// missOf tells what went wrong in a story of the set: which one, if the set has several.
func (j job) missOf(story, set string) func(string) {
	if story == set {
		return j.miss
	}
	return func(m string) { j.miss(story + ": " + m) }
}

// scoreDemo reads the pages of a story, or of the stories of a folder, whole and compares all that
// is read with the answers, added up over the stories.
func scoreDemo(name string) func(context.Context, job) ([]score.Figure, error) {
	return func(ctx context.Context, j job) ([]score.Figure, error) {
		stories, err := j.demoNamed(name)
		if err != nil {
			return nil, err
		}
		type page struct {
			read  []news.Annotation
			alone [][]news.TimeExpression // of each article's own text
		}
		var total invented.Score
		for _, story := range stories {
			pages, err := inParallel(ctx, all(story.Pages), func(p DemoPage) (r page, err error) {
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
			for k, p := range pages {
				total.Add(story.Pages[k], p.read, p.alone, j.missOf(story.Name, name))
			}
		}
		return total.Figures(), nil
	}
}
