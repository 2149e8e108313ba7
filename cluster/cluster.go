// Package cluster says which articles are copies of others, which report the same event, and
// which events make a story.
//
// An article is compared with those before it by its words alone, so every language is served
// and no parse is needed: title, lead, names, numbers and text, and the days between. Package
// sketch (inner) reduces it to what is compared; package neardup finds the article it is a copy of,
// by shingles outside quotations (Broder 1997); package event judges which event it belongs to, by
// its likeness to every member, and which story the event continues. Groups does all of it in
// one pass; each decision is made once, from what came before, and says what decided.
//
// A copy goes where its original is and is compared with nothing: copies never pull an event
// towards themselves.
//
// What arrives late is repaired: Settle places articles in the order of publication, then id, so
// that at rest the groups are the same for every order of arrival. Assign does that for an
// article's neighbourhood and keeps the names that events and stories have.
//
// What it does not do: it does not read what an article means. Two reports of one event that
// share neither words nor names are not found to be one.
package cluster

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dateline/news"
)

// Assign places new articles among those of the stories near them. It is pure: the articles are
// settled in the order of publication, whichever of them are new. near are the stories as the
// record has them and articles all their articles; the answer says of all of them how they
// shall be. A group keeps the id of the event, or the story, that shares most articles with it;
// a story that has nothing left is answered without events.
func Assign(fresh, articles []news.Annotation, near []news.Story) []news.Story {
	var records []Record
	byID := map[news.ArticleID]*news.Annotation{}
	for _, list := range [][]news.Annotation{fresh, articles} {
		for i := range list {
			a := &list[i]
			if byID[a.Article.ID] == nil {
				byID[a.Article.ID] = a
				records = append(records, RecordOf(*a))
			}
		}
	}
	slices.SortFunc(records, func(a, b Record) int { return Before(&a, &b) })
	p := partition{decided: map[news.ArticleID]Decision{}}
	for _, d := range Settle(records) {
		p.decided[d.Article] = d
	}
	oldEvent, oldStory := map[news.ArticleID]news.EventID{}, map[news.ArticleID]news.StoryID{}
	for _, y := range near {
		for _, v := range y.Events {
			for _, a := range v.Articles {
				oldEvent[a], oldStory[a] = v.ID, y.ID
			}
		}
	}
	events := gather(records, func(r Record) news.EventID { return p.decided[r.ID].Event })
	eventID := name(events, func(r Record) news.EventID { return oldEvent[r.ID] }, func(r Record) news.EventID { return news.NewEventID(r.ID) })
	stories := gather(records, func(r Record) news.StoryID { return p.decided[r.ID].Story })
	storyID := name(stories, func(r Record) news.StoryID { return oldStory[r.ID] }, func(r Record) news.StoryID { return news.NewStoryID(news.NewEventID(r.ID)) })

	var placed []news.Story
	standing := map[news.StoryID]bool{}
	for i, members := range stories {
		y := news.Story{ID: storyID[i], Name: Title(byID[herald(members).ID].Article)}
		standing[y.ID] = true
		for k, group := range events {
			if p.decided[group[0].ID].Story == p.decided[members[0].ID].Story {
				y.Events = append(y.Events, p.event(eventID[k], group, byID))
			}
		}
		placed = append(placed, y)
	}
	for _, y := range near {
		if !standing[y.ID] {
			placed = append(placed, news.Story{ID: y.ID, Name: y.Name})
		}
	}
	return placed
}

// RecordOf is an article as it is compared: what it reports, not the furniture of its page.
func RecordOf(read news.Annotation) Record {
	a := read.Article
	r := Record{ID: a.ID, Text: body(a), Outlet: a.Outlet.Name, Published: a.Published.When, News: happened(read)}
	for _, s := range a.Segments { // a picture's credit tells nothing of the text
		if (s.Kind == news.Byline || s.Kind == news.Dateline) && a.Range.Contains(s.Span) {
			r.Credits += s.Span.Of(a.Text) + "\n"
		}
	}
	if a.Title != nil {
		r.Title = a.Title.Text
	}
	if a.Carrier != "" { // a carried copy is put out elsewhere than where it was written
		r.Outlet, r.Carried = a.Carrier, true
	}
	return r
}

// body is the text of an article that is compared.
func body(a news.Article) string {
	var b strings.Builder
	for _, s := range a.Segments {
		if (s.Kind == news.Body || s.Kind == news.Dek) && a.Range.Contains(s.Span) {
			b.WriteString(s.Span.Of(a.Text))
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

type partition struct{ decided map[news.ArticleID]Decision }

// herald is the article that names and dates a group: the first that has a day and a title,
// else the first that has either.
func herald(members []Record) Record {
	for _, fits := range []func(Record) bool{
		func(r Record) bool { return !r.Published.IsZero() && r.Title != "" },
		func(r Record) bool { return !r.Published.IsZero() },
		func(r Record) bool { return r.Title != "" },
	} {
		if i := slices.IndexFunc(members, fits); i >= 0 {
			return members[i]
		}
	}
	return members[0]
}

// event is an event as the record keeps it: named and dated by its herald, with the reason of
// each article's being there.
func (p partition) event(id news.EventID, members []Record, byID map[news.ArticleID]*news.Annotation) news.Event {
	const mostReasons = 8
	first := herald(members)
	v := news.Event{ID: id, Title: Title(byID[first.ID].Article), Date: first.Published}
	var why []string
	for _, m := range members {
		d := p.decided[m.ID]
		v.Articles = append(v.Articles, m.ID)
		if d.CopyOf != "" {
			v.Copies = append(v.Copies, news.Copy{Article: m.ID, Of: d.CopyOf})
		}
		if len(why) < mostReasons {
			why = append(why, fmt.Sprintf("%s: %s", m.ID, d.Reason))
		}
	}
	if len(why) < len(members) {
		why = append(why, fmt.Sprintf("and %d more", len(members)-len(why)))
	}
	v.Reason = news.Reason{Rule: "article-alone", Detail: strings.Join(why, "; ")}
	if len(members) > 1 {
		v.Reason = news.Reason{Rule: "articles-alike", Detail: fmt.Sprintf("%d articles, %d of them copies; %s", len(members), len(v.Copies), strings.Join(why, "; "))}
	}
	return v
}

// gather puts records of one key together, groups and members in the order of the records.
func gather[K comparable](records []Record, key func(Record) K) [][]Record {
	at := map[K]int{}
	var groups [][]Record
	for _, r := range records {
		i, known := at[key(r)]
		if !known {
			i = len(groups)
			at[key(r)] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], r)
	}
	return groups
}

// name gives every group an id: the one that most of its members had, which no group has that
// shares more with it; else that of a member.
func name[K cmp.Ordered](groups [][]Record, old, fresh func(Record) K) []K {
	type claim struct {
		group, shared int
		id            K
	}
	var none K
	var claims []claim
	for i, members := range groups {
		shared := map[K]int{}
		for _, m := range members {
			if id := old(m); id != none {
				shared[id]++
			}
		}
		for _, id := range slices.Sorted(maps.Keys(shared)) {
			claims = append(claims, claim{i, shared[id], id})
		}
	}
	slices.SortStableFunc(claims, func(a, b claim) int { return cmp.Or(b.shared-a.shared, cmp.Compare(a.id, b.id)) })
	names := make([]K, len(groups))
	taken := map[K]bool{}
	for _, c := range claims {
		if names[c.group] == none && !taken[c.id] {
			names[c.group] = c.id
			taken[c.id] = true
		}
	}
	for i, members := range groups {
		for _, m := range members {
			if id := fresh(m); names[i] == none && !taken[id] {
				names[i] = id
				taken[id] = true
			}
		}
		for m := members[0]; names[i] == none; { // its own are those of groups that left it
			m.ID += "+"
			if id := fresh(m); !taken[id] {
				names[i] = id
				taken[id] = true
			}
		}
	}
	return names
}

// Title is the article's title or, where it has none, its first sentence: an article's own
// words either way.
func Title(a news.Article) string {
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
