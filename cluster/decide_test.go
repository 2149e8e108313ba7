package cluster_test

import (
	"testing"
	"time"

	"dateline/cluster"
	"dateline/news"
)

func TestDecide(t *testing.T) {
	stories := func() []news.Story {
		return []news.Story{
			{ID: "y1", Events: []news.Event{{ID: "v1", Articles: []news.ArticleID{"a1", "a2"}, Copies: []news.Copy{{Article: "a2", Of: "a1"}}}, {ID: "v2", Articles: []news.ArticleID{"a3"}}}},
			{ID: "y2", Events: []news.Event{{ID: "v3", Articles: []news.ArticleID{"a4"}}}},
		}
	}
	articles := map[news.ArticleID]news.Annotation{"a2": {Article: news.Article{ID: "a2"}}}
	at := time.Date(2031, 5, 3, 9, 0, 0, 0, time.UTC)
	on := func(kind news.DecisionKind, article, other, value string) news.Decision {
		return news.Decision{ID: news.DecisionID(kind), Kind: kind, Other: other, Value: value, Anchor: news.Anchor{Article: news.ArticleID(article)}, Made: at}
	}
	where := func(list []news.Story, a news.ArticleID) string {
		for _, y := range list {
			for _, v := range y.Events {
				for _, x := range v.Articles {
					if x == a {
						return string(y.ID + "/" + news.StoryID(v.ID))
					}
				}
			}
		}
		return "nowhere"
	}
	undone := on(news.MoveArticle, "a2", "v2", "a3")
	undone.Undone = at
	later := on(news.PinArticle, "a2", "v1", "a1")
	later.Made = at.Add(time.Hour)
	for _, c := range []struct {
		name      string
		decisions []news.Decision
		article   news.ArticleID
		want      string
		found     bool
	}{
		{"an article moves to another event", []news.Decision{on(news.MoveArticle, "a2", "v2", "a3")}, "a2", "y1/v2", true},
		{"an article moves to an event of its own", []news.Decision{on(news.MoveArticle, "a2", "", "")}, "a2", "y1/" + string(news.NewEventID("a2")), true},
		{"an article moves to another story", []news.Decision{on(news.MoveArticle, "a2", "v3", "a4")}, "a2", "y2/v3", true},
		{"the event is known by its article when its id is another", []news.Decision{on(news.MoveArticle, "a2", "vgone", "a3")}, "a2", "y1/v2", true},
		{"an event that is not here", []news.Decision{on(news.MoveArticle, "a2", "vgone", "agone")}, "a2", "y1/v1", false},
		{"two events are one", []news.Decision{on(news.MergeEvents, "a1", "v2", "a3")}, "a1", "y1/v2", true},
		{"two stories are one", []news.Decision{on(news.MergeStories, "a4", "y1", "a1")}, "a4", "y1/v3", true},
		{"of two that contradict the later holds", []news.Decision{later, on(news.MoveArticle, "a2", "v2", "a3")}, "a2", "y1/v1", true},
	} {
		decided, found := cluster.Decide(stories(), articles, c.decisions)
		if got := where(decided, c.article); got != c.want {
			t.Errorf("%s: %s, not %s", c.name, got, c.want)
		}
		if got, told := found[c.decisions[len(c.decisions)-1].ID]; !told || got != c.found {
			t.Errorf("%s: found %v, %v", c.name, got, told)
		}
	}
	if decided, found := cluster.Decide(stories(), articles, []news.Decision{undone}); where(decided, "a2") != "y1/v1" || len(found) != 0 {
		t.Error("what was undone is followed")
	}
	if _, found := cluster.Decide(stories(), articles, []news.Decision{on(news.MoveArticle, "aelse", "v1", "a1")}); len(found) != 0 {
		t.Error("a decision on an article that is not here is told to be lost")
	}
	decided, _ := cluster.Decide(stories(), articles, []news.Decision{on(news.MergeStories, "a4", "y1", "a1")})
	for _, y := range decided {
		if y.ID == "y2" && len(y.Events) != 0 {
			t.Error("the story that was merged still has events")
		}
	}
}
