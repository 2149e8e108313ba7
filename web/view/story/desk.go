package story

import (
	"cmp"
	"slices"
	"time"

	"dateline/news"
	"dateline/web/view"
)

// A Desk is where a person corrects which articles and events belong together.
type Desk struct {
	Back     string
	ID       string
	Articles []view.Choice
	Events   []view.Choice
	Stories  []view.Choice  // of which this one may be a part
	Made     []view.Decided // what was decided about the grouping, the newest first
}

// mostMoved is how many articles a list offers, the newest; every article's own page has the form
// too.
const mostMoved = 100

// grouping are the decisions about what belongs together.
var grouping = []news.DecisionKind{news.MoveArticle, news.PinArticle, news.MergeEvents, news.MergeStories}

// Grouped are those of the decisions that are about what belongs together in a story.
func Grouped(d news.Dossier, all []news.Decision) []news.Decision {
	here := func(id string) bool { _, is := d.Heads[news.ArticleID(id)]; return is }
	return slices.DeleteFunc(slices.Clone(all), func(x news.Decision) bool {
		return !slices.Contains(grouping, x.Kind) || !here(string(x.Anchor.Article)) && !here(x.Value)
	})
}

// NewDesk is the desk of a story among others that are near it; made are the decisions about its
// grouping.
func NewDesk(d news.Dossier, near news.Neighbourhood, made []news.Decision, l view.Links, now time.Time) *Desk {
	names := map[string]string{string(d.Story.ID): d.Story.Name}
	desk := &Desk{Back: l.Story(d.Story.ID), ID: string(d.Story.ID), Events: view.EventChoices(d.Story.Events)}
	for _, o := range near.Others {
		names[string(o.ID)] = o.Name
		desk.Stories = append(desk.Stories, view.Choice{Value: string(o.ID), Text: o.Name})
	}
	var articles []news.Head
	for _, v := range d.Story.Events {
		names[string(v.ID)] = view.TitleOf(v)
		for _, a := range v.Articles {
			articles = append(articles, d.Heads[a])
			names[string(a)] = cmp.Or(d.Heads[a].Title, d.Heads[a].Ref.Page)
		}
	}
	published := make(map[news.ArticleID]string, len(articles))
	for _, h := range articles {
		published[h.ID] = h.Published.String()
	}
	slices.SortStableFunc(articles, func(a, b news.Head) int { return cmp.Compare(published[b.ID], published[a.ID]) })
	for _, h := range articles[:min(len(articles), mostMoved)] {
		text := view.Clip(cmp.Or(h.Title, h.Ref.Page), 80)
		if h.Outlet != "" {
			text += ", " + h.Outlet
		}
		desk.Articles = append(desk.Articles, view.Choice{Value: string(h.ID), Text: text})
	}
	desk.Made = view.NewDecided(made, names, desk.Back+"#regroup", now)
	return desk
}
