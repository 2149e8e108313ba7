package store_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/news"
	"dateline/store"
)

// TestFilters holds that however a filter is asked for, by an index or by walking the table, it gives
// the rows that fit it, in their order, whole and in slices.
func TestFilters(t *testing.T) {
	ctx := t.Context()
	now := time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC)
	s, err := store.Open(ctx, filepath.Join(t.TempDir(), "data"), store.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.InventStory(ctx, 1, 20, 200, nil); err != nil {
		t.Fatal(err)
	}
	now = now.AddDate(0, 0, 1)
	for seed := range uint64(2) {
		if err := s.InventStory(ctx, 2+seed, 20, 200, nil); err != nil {
			t.Fatal(err)
		}
	}
	var all []news.Entry
	for e, err := range s.Entries(ctx, news.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	fits := func(e news.Entry, f news.Filter) bool {
		return (f.Story == "" || e.Story == f.Story) && (f.Kind == "" || e.Kind == f.Kind) && (f.Issue == "" || e.Issue.Name == f.Issue) &&
			(f.AsOf.IsZero() || !e.Recorded.After(f.AsOf)) &&
			(f.Actor == "" || string(e.Actor.Entity) == f.Actor || strings.Contains(" "+news.Fold(e.Actor.Name)+" ", " "+news.Fold(f.Actor)+" "))
	}
	find := func(of news.EntryKind) news.Entry {
		i := slices.IndexFunc(all, func(e news.Entry) bool { return e.Kind == of })
		return all[i]
	}
	held, surname := find(news.Position), ""
	if words := strings.Fields(held.Actor.Name); len(words) == 2 {
		surname = words[1]
	}
	for name, f := range map[string]news.Filter{
		"story": {Story: held.Story}, "kind": {Kind: news.Conflict}, "utterances": {Kind: news.Utterance}, "id": {Actor: string(held.Actor.Entity)},
		"name": {Actor: held.Actor.Name}, "part of a name": {Actor: surname}, "issue": {Issue: held.Issue.Name}, "kind and issue": {Kind: news.Position, Issue: held.Issue.Name},
		"story, kind and actor": {Story: held.Story, Kind: news.Position, Actor: surname}, "kind and name": {Kind: news.Commitment, Actor: surname},
		"as of": {AsOf: now.AddDate(0, 0, -1)}, "name as of": {Actor: surname, AsOf: now.AddDate(0, 0, -1)}, "kind as of": {Kind: news.Change, AsOf: now.AddDate(0, 0, -1)},
		"nobody": {Actor: "nobody of that name"}, "no issue": {Issue: "nothing of that name"},
	} {
		var want, got, slice []news.EntryID
		for _, e := range all {
			if fits(e, f) {
				want = append(want, e.ID)
			}
		}
		for e, err := range s.Entries(ctx, f) {
			if err != nil {
				t.Fatal(name, err)
			}
			got = append(got, e.ID)
		}
		for after := int64(0); ; {
			rows, next, err := s.EntriesAfter(ctx, f, after, 7)
			if err != nil {
				t.Fatal(name, err)
			}
			for _, e := range rows {
				slice = append(slice, e.ID)
			}
			if after = next; next == 0 {
				break
			}
		}
		if !slices.Equal(got, want) || !slices.Equal(slice, want) {
			t.Errorf("%s: %d rows, %d in slices, want %d of %d", name, len(got), len(slice), len(want), len(all))
		}
		if len(want) == 0 && !strings.HasPrefix(name, "no") || len(want) == len(all) {
			t.Errorf("%s: the test tells nothing: %d of %d rows", name, len(want), len(all))
		}
	}
}

// TestRecent holds the order of the stories against one made of all rows: which story changed last.
func TestRecent(t *testing.T) {
	ctx := t.Context()
	now := time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC)
	s := open(t, t.TempDir(), store.Options{Now: func() time.Time { return now }})
	for seed := range uint64(3) {
		now = now.AddDate(0, 0, 1)
		if err := s.Invent(ctx, seed, 60, 40, nil); err != nil {
			t.Fatal(err)
		}
	}
	last := map[news.StoryID]time.Time{}
	for y, err := range s.Stories(ctx, time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		var articles []news.ArticleID
		for _, v := range y.Events {
			articles = append(articles, v.Articles...)
		}
		heads, err := s.Heads(ctx, articles)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range heads {
			if h.Recorded.After(last[y.ID]) {
				last[y.ID] = h.Recorded
			}
		}
	}
	for e, err := range s.Entries(ctx, news.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Recorded.After(last[e.Story]) {
			last[e.Story] = e.Recorded
		}
	}
	if len(last) < 10 {
		t.Fatalf("%d stories", len(last))
	}
	all, err := s.Recent(ctx, time.Time{}, 0, 1000)
	if err != nil || len(all) != len(last) {
		t.Fatalf("%d of %d stories: %v", len(all), len(last), err)
	}
	if !slices.IsSortedFunc(all, func(a, b news.StoryID) int { return last[b].Compare(last[a]) }) {
		t.Error("a story that changed later comes after one that changed earlier")
	}
	page, err := s.Recent(ctx, time.Time{}, 3, 4)
	if err != nil || !slices.Equal(page, all[3:7]) {
		t.Errorf("%v %v", page, err)
	}
}
