package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"dateline/cluster"
	"dateline/ledger"
	"dateline/news"
	"dateline/resolve"
)

const (
	// nearStories is how many stories an article is placed among.
	nearStories = 6
	// nearArticles bounds the articles of those stories: the likest story is taken whole up to
	// mostArticles, others as long as they fit. So the cost of placing is bounded however much
	// is stored; a story past the bound is closed, and what follows opens a new one.
	nearArticles = 150
	mostArticles = 600
	// searchNames is how many names of an article help to find the stories near it.
	searchNames = 6
)

// place finds the events, stories and ledger rows of the job's articles.
func (h *House) place(ctx context.Context, job news.Job) error {
	reading, err := h.memory.Reading(ctx, job.Revision)
	if err != nil {
		return fmt.Errorf("load %s: %w", job.Revision, err)
	}
	near, articles, err := h.near(ctx, reading.Annotations)
	if err != nil {
		return fmt.Errorf("load the stories near %s: %w", job.Revision, err)
	}
	return h.memory.SavePlacement(ctx, job, decide(reading.Annotations, articles, near, h.now()))
}

// decide says where the articles of a reading belong, what that changes for the articles of the
// stories near them, whom their entities are, and what all of them add to the ledger. It is pure.
func decide(fresh, articles []news.Annotation, near []news.Story, now time.Time) news.Placement {
	p := news.Placement{Stories: cluster.Assign(fresh, articles, near)}
	byID := map[news.ArticleID]news.Annotation{}
	for _, list := range [][]news.Annotation{articles, fresh} {
		for _, a := range list {
			byID[a.Article.ID] = a
		}
	}
	for _, y := range p.Stories {
		var members []news.Annotation
		for _, v := range y.Events {
			for _, id := range v.Articles {
				members = append(members, byID[id])
			}
		}
		joined := resolve.Join(members)
		p.Entities, p.Mentions = append(p.Entities, joined.Entities...), append(p.Mentions, joined.Mentions...)
		p.Entries = append(p.Entries, ledger.Keep(y, joined.Annotations, nil, now)...)
	}
	return p
}

// near loads the stories near the articles, and the stories' other articles.
func (h *House) near(ctx context.Context, fresh []news.Annotation) ([]news.Story, []news.Annotation, error) {
	var near []news.Story
	var articles []news.Annotation
	seen := map[news.StoryID]bool{}
	mine := map[news.ArticleID]bool{}
	for _, a := range fresh {
		mine[a.Article.ID] = true
		h.recent.forget(a.Article.ID)
	}
	for _, a := range fresh {
		stories, err := h.memory.Nearby(ctx, asked(a), nearStories)
		if err != nil {
			return nil, nil, err
		}
		for _, y := range stories {
			if seen[y.ID] {
				continue
			}
			seen[y.ID] = true
			size, own := 0, false
			for _, v := range y.Events {
				size += len(v.Articles)
				for _, id := range v.Articles {
					own = own || mine[id]
				}
			}
			if !own && (size > mostArticles || len(articles) > 0 && len(articles)+size > nearArticles) {
				continue
			}
			near = append(near, y)
			for _, v := range y.Events {
				for _, id := range v.Articles {
					if mine[id] {
						continue
					}
					a, err := h.recent.article(ctx, h.memory, id)
					if errors.Is(err, news.ErrNotFound) || errors.Is(err, news.ErrRemoved) {
						continue
					}
					if err != nil {
						return nil, nil, err
					}
					articles = append(articles, a)
				}
			}
		}
	}
	return near, articles, nil
}

// asked is an article with the words by which the stories near it are found: of its title, or
// its opening, and its first names.
func asked(a news.Annotation) news.Article {
	words := cluster.Title(a.Article)
	for _, e := range a.Entities[:min(len(a.Entities), searchNames)] {
		if !e.Anonymous {
			words += " " + e.Name
		}
	}
	a.Article.Title = &news.Excerpt{Text: strings.TrimSpace(words)}
	return a.Article
}

// recent keeps articles that were loaded lately: the next article is often near the same.
type recent struct {
	mu       sync.Mutex
	articles map[news.ArticleID]news.Annotation
}

// mostRecent bounds what is kept.
const mostRecent = 1000

func (r *recent) article(ctx context.Context, m Memory, id news.ArticleID) (news.Annotation, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if a, known := r.articles[id]; known {
		return a, nil
	}
	a, err := m.Article(ctx, id)
	if err != nil {
		return a, err
	}
	if r.articles == nil || len(r.articles) >= mostRecent {
		r.articles = make(map[news.ArticleID]news.Annotation)
	}
	r.articles[id] = a
	return a, nil
}

// forget drops an article that is read anew.
func (r *recent) forget(id news.ArticleID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.articles, id)
}
