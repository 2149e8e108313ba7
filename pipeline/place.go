package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
	// is stored; a story past the bound is closed, and what follows opens a new one. A record of
	// no more than nearArticles is one neighbourhood, so that whom an article is compared with
	// does not depend on what came before it.
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
	decisions, err := h.decisions(ctx)
	if err != nil {
		return fmt.Errorf("load what was decided: %w", err)
	}
	near, articles, err := h.near(ctx, reading.Annotations, decisions)
	if err != nil {
		return fmt.Errorf("load the stories near %s: %w", job.Revision, err)
	}
	h.placing.Lock()
	defer h.placing.Unlock()
	h.books.decided(decisions)
	err = h.memory.SavePlacement(ctx, job, h.books.decide(reading.Annotations, articles, near, h.now()))
	if err != nil {
		h.books.close() // what they hold is not what the record says
	}
	if errors.Is(err, news.ErrStale) {
		err = h.memory.SavePlacement(ctx, job, h.books.decide(reading.Annotations, articles, near, h.now()))
	}
	return err
}

// decisions are those of people that hold. One that is damaged is left out; doctor finds it.
func (h *House) decisions(ctx context.Context) ([]news.Decision, error) {
	return news.Sound(h.memory.Decisions(ctx, "", false))
}

// books are the ledgers of stories that were placed lately, so that an article costs what it
// changes and not what its story is.
type books struct {
	open      map[news.StoryID]*ledger.Keeper
	order     []news.StoryID // the least recent first
	decisions []news.Decision
}

// mostRows bounds the ledger rows that are held: some 200 MB.
const mostRows = 60_000

func (b *books) close() { b.open, b.order = nil, nil }

// decided says what people decided. Where that is not what it was, the books are written anew.
func (b *books) decided(decisions []news.Decision) {
	same := slices.EqualFunc(b.decisions, decisions, func(x, y news.Decision) bool { return x.ID == y.ID })
	if b.decisions = decisions; !same {
		b.close()
	}
}

// decide says where the articles of a reading belong, what that changes for the articles of the
// stories near them, whom their entities are, and what all of them add to the ledger. What it
// says is the same whichever books are open; of stories that are, it says only what changed.
func (b *books) decide(fresh, articles []news.Annotation, near []news.Story, now time.Time) news.Placement {
	p := news.Placement{Stories: cluster.Assign(fresh, articles, near), Standing: map[news.StoryID]int{}}
	byID := map[news.ArticleID]news.Annotation{}
	for _, list := range [][]news.Annotation{articles, fresh} {
		for _, a := range list {
			byID[a.Article.ID] = a
		}
	}
	p.Stories, p.Decided = cluster.Decide(p.Stories, byID, b.decisions)
	for _, y := range p.Stories {
		var members []news.Annotation
		for _, v := range y.Events {
			for _, id := range v.Articles {
				members = append(members, byID[id])
			}
		}
		joined := resolve.Join(members)
		p.Entities, p.Mentions = append(p.Entities, joined.Entities...), append(p.Mentions, joined.Mentions...)
		keeper, known := b.open[y.ID]
		if !known {
			keeper = ledger.NewKeeper(y.ID, b.decisions)
		}
		keeper.Update(y, joined.Annotations)
		changed, gone := keeper.Settle()
		for i := range changed {
			changed[i].Recorded = now
		}
		p.Entries, p.Gone = append(p.Entries, changed...), append(p.Gone, gone...)
		if known {
			p.Standing[y.ID] = keeper.Len()
		}
		for id, found := range keeper.Decided() {
			if _, grouping := p.Decided[id]; !grouping {
				p.Decided[id] = found
			}
		}
		b.keep(y.ID, keeper)
	}
	return p
}

// keep holds a ledger, and lets those go that were not used for longest.
func (b *books) keep(id news.StoryID, k *ledger.Keeper) {
	if b.open == nil {
		b.open = map[news.StoryID]*ledger.Keeper{}
	}
	b.open[id] = k
	b.order = append(slices.DeleteFunc(b.order, func(o news.StoryID) bool { return o == id }), id)
	rows := 0
	for i, o := range slices.Backward(b.order) {
		if rows += b.open[o].Len(); rows > mostRows && i < len(b.order)-1 {
			for _, old := range b.order[:i+1] {
				delete(b.open, old)
			}
			b.order = slices.Clone(b.order[i+1:])
			return
		}
	}
}

// Ledger are the rows of a story from its articles and what people decided, made whole: those that
// placing its articles one by one leaves standing.
func Ledger(story news.Story, articles []news.Annotation, decisions []news.Decision) []news.Entry {
	return ledger.Keep(story, resolve.Join(articles).Annotations, decisions, time.Time{})
}

// near loads the stories near the articles, and the stories' other articles.
func (h *House) near(ctx context.Context, fresh []news.Annotation, decisions []news.Decision) ([]news.Story, []news.Annotation, error) {
	var near []news.Story
	var articles []news.Annotation
	seen := map[news.StoryID]bool{}
	mine := map[news.ArticleID]bool{}
	var ask []news.Article
	for _, a := range fresh {
		mine[a.Article.ID] = true
		h.recent.forget(a.Article.ID)
		ask = append(ask, asked(a))
	}
	first := len(ask)
	all, err := h.memory.Few(ctx, nearArticles)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range decisions { // what people put together is placed together
		if mine[d.Anchor.Article] || mine[news.ArticleID(d.Value)] {
			ask = append(ask, news.Article{ID: d.Anchor.Article}, news.Article{ID: news.ArticleID(d.Value)})
		}
	}
	for n, a := range ask {
		most := nearStories
		if n >= first {
			most = 1
		}
		stories := all
		if len(all) == 0 {
			if stories, err = h.memory.Nearby(ctx, a, most); err != nil {
				return nil, nil, err
			}
		}
		for _, y := range stories {
			if seen[y.ID] {
				continue
			}
			seen[y.ID] = true
			size, own := 0, n >= first
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
