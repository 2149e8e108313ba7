package cluster

import (
	"cmp"
	"fmt"
	"slices"

	"dateline/news"
)

// Decide is the stories as people want them: an article moved to another event or held in one,
// events and stories merged. Decisions are taken in the order in which they were made, so that of
// two that contradict each other the later holds. found says of those on articles that are here
// whether they could be followed. It is pure; what it is handed is left alone.
func Decide(stories []news.Story, articles map[news.ArticleID]news.Annotation, decisions []news.Decision) (decided []news.Story, found map[news.DecisionID]bool) {
	g := groups{stories: slices.Clone(stories), articles: articles}
	found = map[news.DecisionID]bool{}
	decisions = slices.Clone(decisions)
	slices.SortFunc(decisions, func(a, b news.Decision) int { return cmp.Or(a.Made.Compare(b.Made), cmp.Compare(a.ID, b.ID)) })
	for _, d := range decisions {
		follow := map[news.DecisionKind]func(news.Decision) bool{
			news.MoveArticle: g.move, news.PinArticle: g.move, news.MergeEvents: g.mergeEvents, news.MergeStories: g.mergeStories,
		}[d.Kind]
		if _, here := g.at(d.Anchor.Article); follow == nil || !here || !d.Undone.IsZero() {
			continue
		}
		found[d.ID] = follow(d)
	}
	return g.stories, found
}

type groups struct {
	stories  []news.Story
	articles map[news.ArticleID]news.Annotation
}

// spot is the place of an event: the number of its story, and its own in that.
type spot struct{ story, event int }

func (g *groups) at(a news.ArticleID) (spot, bool) {
	for y := range g.stories {
		for v, event := range g.stories[y].Events {
			if slices.Contains(event.Articles, a) {
				return spot{y, v}, true
			}
		}
	}
	return spot{}, false
}

// meant is the event, or an event of the story, that a decision names as the other: the one with the
// article by which it knows it, for of two events that were parted and put together again either
// may bear the id of the other by now; else the one of that id.
func (g *groups) meant(d news.Decision) (spot, bool) {
	if other := news.ArticleID(d.Value); other != d.Anchor.Article {
		if to, here := g.at(other); here {
			return to, true
		}
	}
	return g.named(d.Other)
}

// named is the event of an id, or an event of the story of that id.
func (g *groups) named(id string) (spot, bool) {
	for y := range g.stories {
		for v, event := range g.stories[y].Events {
			if string(event.ID) == id || string(g.stories[y].ID) == id {
				return spot{y, v}, true
			}
		}
	}
	return spot{}, false
}

// own makes a story's events free to change.
func (g *groups) own(y int) { g.stories[y].Events = slices.Clone(g.stories[y].Events) }

func decided(d news.Decision) news.Reason {
	return news.Reason{Rule: "decided", Detail: fmt.Sprintf("%s, decision %s", d.Kind, d.ID)}
}

// leave takes articles out of an event, and the event out of its story if nothing is left.
func (g *groups) leave(from spot, leaving []news.ArticleID) {
	g.own(from.story)
	y := &g.stories[from.story]
	v := &y.Events[from.event]
	gone := func(a news.ArticleID) bool { return slices.Contains(leaving, a) }
	v.Articles = slices.DeleteFunc(slices.Clone(v.Articles), gone)
	v.Copies = slices.DeleteFunc(slices.Clone(v.Copies), func(c news.Copy) bool { return gone(c.Article) })
	if len(v.Articles) == 0 {
		y.Events = slices.Delete(y.Events, from.event, from.event+1)
	}
}

func (g *groups) enter(to spot, d news.Decision, articles []news.ArticleID, copies []news.Copy) {
	g.own(to.story)
	v := &g.stories[to.story].Events[to.event]
	v.Articles = append(slices.Clone(v.Articles), articles...)
	v.Copies = append(slices.Clone(v.Copies), copies...)
	v.Reason = decided(d)
}

func (g *groups) move(d news.Decision) bool {
	article := d.Anchor.Article
	from, _ := g.at(article)
	if d.Other == "" {
		if len(g.stories[from.story].Events[from.event].Articles) == 1 {
			return true // it is an event of its own
		}
		a := g.articles[article].Article
		g.leave(from, []news.ArticleID{article})
		g.own(from.story)
		y := &g.stories[from.story]
		id := news.NewEventID(article)
		for slices.ContainsFunc(y.Events, func(v news.Event) bool { return v.ID == id }) {
			id = news.NewEventID(news.ArticleID(id))
		}
		y.Events = append(y.Events, news.Event{ID: id, Title: Title(a), Date: a.Published.When, Articles: []news.ArticleID{article}, Reason: decided(d)})
		return true
	}
	to, known := g.meant(d)
	if !known {
		return false
	}
	if to == from {
		return true
	}
	id := g.stories[to.story].Events[to.event].ID
	copies := copiesOf(g.stories[from.story].Events[from.event], article)
	g.leave(from, []news.ArticleID{article})
	to, _ = g.named(string(id))
	g.enter(to, d, []news.ArticleID{article}, copies)
	return true
}

func copiesOf(v news.Event, a news.ArticleID) (out []news.Copy) {
	for _, c := range v.Copies {
		if c.Article == a {
			out = append(out, c)
		}
	}
	return out
}

func (g *groups) mergeEvents(d news.Decision) bool {
	from, _ := g.at(d.Anchor.Article)
	to, known := g.meant(d)
	if !known || to == from {
		return known
	}
	v := g.stories[from.story].Events[from.event]
	id := g.stories[to.story].Events[to.event].ID
	g.leave(from, v.Articles)
	to, _ = g.named(string(id))
	g.enter(to, d, v.Articles, v.Copies)
	return true
}

func (g *groups) mergeStories(d news.Decision) bool {
	from, _ := g.at(d.Anchor.Article)
	to, known := g.meant(d)
	if !known || to.story == from.story {
		return known
	}
	g.own(to.story)
	g.stories[to.story].Events = append(g.stories[to.story].Events, g.stories[from.story].Events...)
	g.stories[from.story].Events = nil
	return true
}
