package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"dateline/news"
	"dateline/store"
)

// TestAlike holds that a story's neighbours are those that name the same people, as they stood at a
// time, and how often and how rare a trait is.
func TestAlike(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	ruiz := news.Entity{ID: news.NewEntityID("", "Ana Ruiz"), Name: "Ana Ruiz", Type: news.Person}
	alone := news.Entity{ID: news.NewEntityID("", "Bo Lind"), Name: "Bo Lind", Type: news.Person}
	outlet := news.Entity{ID: news.NewEntityID("", "Alba Courier"), Name: "Alba Courier", Type: news.Organisation}
	var stories []news.StoryID
	var before time.Time
	for i := range 3 {
		if i == 2 {
			time.Sleep(5 * time.Millisecond)
			before = time.Now()
			time.Sleep(5 * time.Millisecond)
		}
		if _, err := s.AddPage(ctx, page(i)); err != nil {
			t.Fatal(err)
		}
		jobs, err := s.Lease(ctx, news.ReadStep, 1)
		if err != nil || len(jobs) != 1 {
			t.Fatal(jobs, err)
		}
		r := read(page(i), "test/1")
		if err := s.SaveReading(ctx, jobs[0], r); err != nil {
			t.Fatal(err)
		}
		if jobs, err = s.Lease(ctx, news.PlaceStep, 1); err != nil || len(jobs) != 1 {
			t.Fatal(jobs, err)
		}
		p := place(r)
		who := []news.Entity{ruiz, outlet}
		if i == 1 {
			who = []news.Entity{alone, outlet}
		}
		p.Entities = who
		for n, e := range who {
			p.Mentions = append(p.Mentions, news.Resolved{Article: r.Annotations[0].Article.ID, Local: news.NewEntityID(string(r.Annotations[0].Article.ID), string(rune('a'+n))), Entity: e.ID})
		}
		if err := s.SavePlacement(ctx, jobs[0], p); err != nil {
			t.Fatal(err)
		}
		stories = append(stories, p.Stories[0].ID)
	}
	near, err := s.Alike(ctx, stories[0], time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if own := near.Story; near.Articles != 3 || own.ID != stories[0] || own.Articles != 1 || len(own.Traits) != 1 ||
		own.Traits[0] != (news.Trait{Entity: ruiz.ID, Name: "Ana Ruiz", Kind: news.Person, Articles: 1, Common: 2}) {
		t.Errorf("the story is about %+v", near)
	}
	if len(near.Others) != 1 || near.Others[0].ID != stories[2] || near.Others[0].Name == "" {
		t.Errorf("neighbours %+v", near.Others)
	}
	if then, err := s.Alike(ctx, stories[0], before); err != nil || len(then.Others) != 0 {
		t.Errorf("before the other was recorded: %+v, %v", then, err)
	}
}
