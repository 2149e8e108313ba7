package article

import (
	"slices"

	"dateline/news"
	"dateline/web/view"
)

// A Desk is where a person corrects an article: notes on its words, and where it belongs.
type Desk struct {
	ID      string
	Back    string
	Event   view.Link // in which it stands; zero where it stands in none
	EventID string
	Events  []view.Choice  // others of its story, to which it can be moved
	Made    []view.Decided // what was decided about it, the newest first
}

// NewDesk is the desk of an article that stands in a story, which is zero where it stands in none.
func NewDesk(id news.ArticleID, y news.Story, made []view.Decided, l view.Links) *Desk {
	d := &Desk{ID: string(id), Back: l.Article(id), Made: made}
	here := func(v news.Event) bool { return slices.Contains(v.Articles, id) }
	if i := slices.IndexFunc(y.Events, here); i >= 0 {
		v := y.Events[i]
		d.EventID, d.Event = string(v.ID), view.Link{Text: view.TitleOf(v), URL: l.Story(y.ID) + "#" + string(v.ID)}
	}
	d.Events = view.EventChoices(slices.DeleteFunc(slices.Clone(y.Events), here))
	return d
}
