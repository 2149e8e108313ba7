package pipeline_test

import (
	"context"
	"errors"
	"reflect"
	"sync/atomic"
	"testing"
	"time"

	"dateline/demo"
	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
)

func reader(t *testing.T) *pipeline.Reader {
	t.Helper()
	r, err := pipeline.NewReader(pipeline.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func demoPages(t *testing.T) []news.Page {
	t.Helper()
	invented, err := demo.Pages("first")
	if err != nil {
		t.Fatal(err)
	}
	var pages []news.Page
	for _, p := range invented {
		pages = append(pages, news.Page{Name: p.File, URL: p.URL, Fetched: p.Fetched, Body: p.Body})
	}
	return pages
}

// TestReadIsPure reads every page of the demo twice, and holds what every reading must: ids
// once, spans inside the text, and each article's statements leading to bytes of the page.
func TestReadIsPure(t *testing.T) {
	r := reader(t)
	for _, page := range demoPages(t) {
		one, err := r.Read(context.Background(), page)
		if err != nil {
			t.Errorf("%s: %v", page.Name, err)
			continue
		}
		two, err := r.Read(context.Background(), page)
		if err != nil || !reflect.DeepEqual(one, two) {
			t.Errorf("%s: two readings differ (%v)", page.Name, err)
		}
		seen := map[string]bool{}
		once := func(id string) {
			if seen[id] {
				t.Errorf("%s: id %s twice", page.Name, id)
			}
			seen[id] = true
		}
		for _, a := range one.Annotations {
			once(string(a.Article.ID))
			for _, s := range a.Statements {
				once(string(s.ID))
				for _, span := range s.Content {
					if !span.Valid(a.Article.Text) || span.Empty() {
						t.Errorf("%s: statement %s: content %v is not in the text", page.Name, s.ID, span)
					} else if _, ok := one.Document.Alignment.Original(span); !ok {
						t.Errorf("%s: statement %s: %q leads to no byte of the page", page.Name, s.ID, span.Of(a.Article.Text))
					}
				}
			}
		}
	}
}

func TestReadRefuses(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		name string
		body string
		want error
	}{
		{"nothing", "", news.ErrUnreadable},
		{"a picture", "GIF89a\x01\x00", news.ErrUnreadable},
		{"a page of menus", "<html><body><nav><a href=/a>One</a><a href=/b>Two</a></nav></body></html>", news.ErrNoArticle},
	} {
		if _, err := r.Read(context.Background(), news.Page{Name: c.name, MediaType: "text/html", Body: []byte(c.body)}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// stumbling is a real store whose first saves fail.
type stumbling struct {
	*store.Store
	fail int
}

var errStumble = errors.New("the disk is not in the mood")

func (s *stumbling) SaveReading(ctx context.Context, j news.Job, r news.Reading) error {
	if s.fail--; s.fail >= 0 {
		return errStumble
	}
	return s.Store.SaveReading(ctx, j, r)
}

// TestSettle holds that every page comes to rest: read and placed, or set aside with the
// reason; and that what failed for a while is done in the end.
func TestSettle(t *testing.T) {
	for _, c := range []struct {
		name     string
		fail     int
		dead     bool
		articles int
	}{
		{"nothing fails", 0, false, 1},
		{"a save fails for a while", 2, false, 1},
		{"a save fails for good", 99, true, 0},
	} {
		ctx := context.Background()
		// A clock that runs fast: the store makes a failed job wait.
		var minutes atomic.Int64
		now := func() time.Time { return time.Unix(0, 0).Add(time.Duration(minutes.Add(1)) * time.Minute) }
		s, err := store.Open(ctx, t.TempDir(), store.Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		page := demoPages(t)[0]
		added, err := s.AddPage(ctx, page)
		if err != nil {
			t.Fatal(err)
		}
		house := pipeline.NewHouse(&stumbling{s, c.fail}, reader(t), now)
		settled := false
		for round := 0; round < 10 && !settled; round++ {
			if err := house.Settle(ctx); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			progress, err := s.Progress(ctx, added.Revision)
			if err != nil {
				t.Fatal(err)
			}
			if progress.Done && (c.dead != (progress.Failure != "") || progress.Articles != c.articles) {
				t.Errorf("%s: %+v", c.name, progress)
			}
			settled = progress.Done
		}
		if !settled {
			t.Errorf("%s: still at work after ten rounds", c.name)
		}
	}
}
