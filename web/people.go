package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"dateline/news"
	"dateline/web/look"
	"dateline/web/view"
	"dateline/web/view/article"
	"dateline/web/view/story"
)

const (
	actorRows      = 200
	actorArticles  = 50
	outletArticles = 200
	outletStories  = 10 // that the figures of an outlet are taken from
)

func (s *site) actor(w http.ResponseWriter, r *http.Request) error {
	ctx, links, asOf := r.Context(), look.LinksOf(r), look.AsOf(r)
	id, name := news.EntityID(r.PathValue("id")), r.URL.Query().Get("name")
	if id == "" && news.Fold(name) == "" {
		return Refused{errors.New("say who: name=")}
	}
	entries, err := s.Record.EntriesOf(ctx, id, name, asOf, actorRows+1)
	if err != nil {
		return err
	}
	var in []news.ArticleID
	if id != "" {
		e, err := s.Record.Entity(ctx, id, asOf)
		if err != nil && (len(entries) == 0 || !errors.Is(err, news.ErrNotFound)) {
			return err
		}
		name = e.Name
		if in, err = s.Record.NamedIn(ctx, id, asOf, actorArticles); err != nil {
			return err
		}
	}
	partial := len(entries) > actorRows
	entries = entries[:min(len(entries), actorRows)]
	articles := slices.Clone(in)
	stories := map[news.StoryID]string{}
	for _, e := range entries {
		for _, q := range e.Quotes {
			articles = append(articles, q.Article)
		}
		if _, known := stories[e.Story]; !known {
			y, err := s.Record.Story(ctx, e.Story, asOf)
			if err != nil && !errors.Is(err, news.ErrNotFound) {
				return err
			}
			stories[e.Story] = y.Name
		}
	}
	heads, err := s.Record.Heads(ctx, articles)
	if err != nil && !errors.Is(err, news.ErrDamaged) {
		return err
	}
	v := view.NewActor(name, entries, in, heads, stories, partial, links, s.at(r))
	s.look.Show(w, r, http.StatusOK, "actor", look.Frame{Title: v.Name, Section: "today"}, v)
	return nil
}

func (s *site) outlet(w http.ResponseWriter, r *http.Request) error {
	ctx, asOf := r.Context(), look.AsOf(r)
	name := r.URL.Query().Get("name")
	if name == "" {
		return Refused{errors.New("say which outlet: name=")}
	}
	heads, err := s.Record.ArticlesOf(ctx, name, asOf, outletArticles+1)
	if err != nil {
		return err
	}
	partial := len(heads) > outletArticles
	heads = heads[:min(len(heads), outletArticles)]
	var dossiers []news.Dossier
	seen := map[news.StoryID]bool{}
	for _, h := range heads {
		_, story, err := s.Record.EventOf(ctx, h.ID)
		if errors.Is(err, news.ErrNotFound) || seen[story] {
			continue
		}
		if err != nil {
			return err
		}
		seen[story] = true
		d, err := s.dossier(ctx, story, asOf)
		if errors.Is(err, news.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if dossiers = append(dossiers, d.dossier); len(dossiers) == outletStories {
			break
		}
	}
	v := view.NewOutlet(name, heads, dossiers, partial, look.LinksOf(r), s.at(r))
	s.look.Show(w, r, http.StatusOK, "outlet", look.Frame{Title: v.Name, Section: "today"}, v)
	return nil
}

func (s *site) issue(w http.ResponseWriter, r *http.Request) error {
	id := news.IssueID(r.PathValue("id"))
	d, err := s.dossier(r.Context(), news.StoryID(r.URL.Query().Get("story")), look.AsOf(r))
	if err != nil {
		return err
	}
	v, ok := story.NewIssue(d.laidOut(s.at(r)), id, look.LinksOf(r), s.at(r))
	if !ok {
		return fmt.Errorf("issue %s: %w", id, news.ErrNotFound)
	}
	s.look.Show(w, r, http.StatusOK, "issue", look.Frame{Title: v.Name, Section: "today"}, v)
	return nil
}

func (s *site) revisions(w http.ResponseWriter, r *http.Request) error {
	ctx, links := r.Context(), look.LinksOf(r)
	a, err := s.Record.Article(ctx, news.ArticleID(r.PathValue("id")))
	if err != nil {
		return err
	}
	all, err := s.Record.RevisionsOf(ctx, a.Article.Page)
	if err != nil {
		return err
	}
	// The pair that is asked for, else the last two.
	from, _ := strconv.Atoi(r.URL.Query().Get("from"))
	to, _ := strconv.Atoi(r.URL.Query().Get("to"))
	if to < 2 || to > len(all) {
		to = len(all)
	}
	if from < 1 || from >= to {
		from = to - 1
	}
	if from < 1 {
		return Refused{errors.New("the record holds one revision of this page; there is nothing to compare")}
	}
	var pair [2]news.Annotation
	for i, n := range []int{from, to} {
		reading, err := s.Record.Reading(ctx, all[n-1].ID)
		if err != nil {
			return err
		}
		pair[i] = articleIn(reading, a.Article)
	}
	v := article.NewRevisions(pair[0], pair[1], links, s.Now())
	v.Article = links.Article(a.Article.ID)
	if a.Article.Title != nil {
		v.Title = a.Article.Title.Text
	}
	if pair[0].Article.ID == "" || pair[1].Article.ID == "" {
		v.Missing = "One of the two revisions does not have this article."
	}
	var shown article.Article
	shown.SetRevisions(a.Article, all, links, s.Now())
	for _, line := range shown.Revisions {
		switch line.Number {
		case from:
			v.Before = line
		case to:
			v.After = line
		}
		if n := line.Number; n > 1 && n != to {
			v.Others = append(v.Others, view.Link{Text: fmt.Sprintf("%d and %d", n-1, n),
				URL: links.To("/article/"+string(a.Article.ID)+"/revisions", "from", strconv.Itoa(n-1), "to", strconv.Itoa(n))})
		}
	}
	s.look.Show(w, r, http.StatusOK, "revisions", look.Frame{Title: titled("Revisions", v.Title), Section: "today"}, v)
	return nil
}

// articleIn is the article as a reading has it: by its id, else, for its title may have changed, by
// its place on the page; zero where there is none.
func articleIn(r news.Reading, a news.Article) news.Annotation {
	for _, other := range r.Annotations {
		if other.Article.ID == a.ID {
			return other
		}
	}
	for _, other := range r.Annotations {
		if other.Article.Index == a.Index {
			return other
		}
	}
	return news.Annotation{}
}
