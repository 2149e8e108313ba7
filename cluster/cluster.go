// Package cluster says which articles report the same event, and which events make a story.
//
// For now it says the little that is certain: an article founds an event of its own, and the
// event a story of its own. Copies, events told by several outlets and stories over time are
// not joined yet; the reason of every event says so, so that nobody takes two stories for two
// happenings.
package cluster

import "dateline/news"

// alone is the rule of an event that one article founded.
var alone = news.Reason{Rule: "article-alone", Detail: "articles are not compared with one another yet"}

// Assign places an article among the stories. It is pure: the same article gives the same
// story, whenever it arrives.
func Assign(a news.Annotation) news.Story {
	event := news.Event{
		ID:       news.NewEventID(a.Article.ID),
		Title:    name(a.Article),
		Date:     a.Article.Published.When,
		Articles: []news.ArticleID{a.Article.ID},
		Reason:   alone,
	}
	return news.Story{ID: news.NewStoryID(event.ID), Name: event.Title, Events: []news.Event{event}}
}

// name is the article's title or, where it has none, its first sentence: an article's own
// words either way.
func name(a news.Article) string {
	if a.Title != nil {
		return a.Title.Text
	}
	body := a.Body()
	for _, s := range a.Sentences {
		if len(body) > 0 && body[0].Contains(s) {
			return s.Of(a.Text)
		}
	}
	return ""
}
