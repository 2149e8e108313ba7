package cluster_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
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

// TestDecideLosesNobody has people decide at random, against each other and in circles: each article is
// in one event of one story afterwards, and the order in which decisions are handed in does not matter.
func TestDecideLosesNobody(t *testing.T) {
	for n := range 200 {
		random := rand.New(rand.NewPCG(uint64(n), 3))
		var stories []news.Story
		articles := map[news.ArticleID]news.Annotation{}
		var ids []news.ArticleID
		for y := range 4 {
			story := news.Story{ID: news.StoryID(fmt.Sprint("y", y))}
			for v := range 2 {
				event := news.Event{ID: news.EventID(fmt.Sprint("v", y, v))}
				for a := range 1 + random.IntN(3) {
					id := news.ArticleID(fmt.Sprint("a", y, v, a))
					event.Articles, ids, articles[id] = append(event.Articles, id), append(ids, id), news.Annotation{Article: news.Article{ID: id}}
				}
				story.Events = append(story.Events, event)
			}
			stories = append(stories, story)
		}
		var decisions []news.Decision
		kinds := []news.DecisionKind{news.MoveArticle, news.PinArticle, news.MergeEvents, news.MergeStories}
		for i := range 30 {
			other := random.IntN(4)
			d := news.Decision{
				ID: news.DecisionID(fmt.Sprintf("d%02d", i)), Kind: kinds[random.IntN(len(kinds))], Anchor: news.Anchor{Article: ids[random.IntN(len(ids))]},
				Other: fmt.Sprint("v", other, random.IntN(2)), Value: string(ids[random.IntN(len(ids))]), Made: time.Date(2031, 5, 3, 9, random.IntN(5), 0, 0, time.UTC),
			}
			switch {
			case d.Kind == news.MergeStories:
				d.Other = fmt.Sprint("y", other)
			case random.IntN(6) == 0:
				d.Other, d.Value = "", ""
			}
			decisions = append(decisions, d)
		}
		decided, found := cluster.Decide(stories, articles, decisions)
		if len(found) != len(decisions) {
			t.Fatalf("%d: %d of %d decisions are told of", n, len(found), len(decisions))
		}
		in := map[news.ArticleID]int{}
		for _, y := range decided {
			for _, v := range y.Events {
				if len(v.Articles) == 0 {
					t.Errorf("%d: event %s has no article", n, v.ID)
				}
				for _, a := range v.Articles {
					in[a]++
				}
			}
		}
		for _, a := range ids {
			if in[a] != 1 {
				t.Errorf("%d: article %s is in %d events", n, a, in[a])
			}
		}
		random.Shuffle(len(decisions), func(i, k int) { decisions[i], decisions[k] = decisions[k], decisions[i] })
		if again, _ := cluster.Decide(stories, articles, decisions); !reflect.DeepEqual(again, decided) {
			t.Errorf("%d: handed in otherwise, they come to something else", n)
		}
	}
}
