package pipeline_test

import (
	"context"
	"testing"
	"time"

	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
)

// TestHeadline holds that a page whose headline changes stays one article: what it said before is
// superseded by what it says now, and shown once.
func TestHeadline(t *testing.T) {
	ctx := context.Background()
	s, err := store.Open(ctx, t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	house := pipeline.NewHouse(s, reader(t), time.Now)
	add := func(headline, tail string) (news.Annotation, int) {
		t.Helper()
		body := "<html><head><title>" + headline + "</title></head><body><article><h1>" + headline + "</h1>" +
			"<p>PORT ALBA, May 3, 2031 - The mayor of Port Alba, Ana Ruiz, promised on Saturday to open the Vesk bridge by June 1.</p>" +
			"<p>\"We will open the bridge by June 1,\" Ruiz told reporters in front of the town hall. She said the ferries would run until then.</p>" +
			"<p>" + tail + "</p></article></body></html>"
		if _, err := s.AddPage(ctx, news.Page{Name: "bridge.html", URL: "https://alba.example/bridge", MediaType: "text/html", Body: []byte(body)}); err != nil {
			t.Fatal(err)
		}
		if err := house.Settle(ctx); err != nil {
			t.Fatal(err)
		}
		var heads []news.Head
		for h, err := range s.Articles(ctx, time.Time{}) {
			if err != nil {
				t.Fatal(err)
			}
			heads = append(heads, h)
		}
		if len(heads) != 1 {
			t.Fatalf("%q: %d articles stand, want 1", headline, len(heads))
		}
		a, err := s.Article(ctx, heads[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		if a.Article.Title == nil || a.Article.Title.Text != headline {
			t.Fatalf("the title is %v, want %q", a.Article.Title, headline)
		}
		promises := 0
		for e, err := range s.Entries(ctx, news.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			if e.Kind == news.Commitment {
				promises++
			}
		}
		return a, promises
	}
	first, promises := add("Vesk bridge opens in June", "The bridge cost 412 million crowns.")
	if len(first.Statements) == 0 || promises != 1 {
		t.Fatalf("%d statements, %d promises: the case needs one", len(first.Statements), promises)
	}
	for _, headline := range []string{"Mayor of Port Alba promises bridge by June 1", "Bridge by June, says Ruiz", "Vesk bridge opens in June"} {
		now, n := add(headline, "The bridge cost 412 million crowns, the ministry confirmed later.")
		if now.Article.ID != first.Article.ID {
			t.Errorf("%q: article %s, it was %s", headline, now.Article.ID, first.Article.ID)
		}
		if _, ok := now.Article.NamedBy(); !ok {
			t.Errorf("%q: nothing tells what the id %s was made of", headline, now.Article.ID)
		}
		if n != 1 {
			t.Errorf("%q: the promise stands %d times", headline, n)
		}
		for i, st := range now.Statements {
			if i < len(first.Statements) && st.ID != first.Statements[i].ID && st.Words(now.Article.Text) == first.Statements[i].Words(first.Article.Text) {
				t.Errorf("%q: the statement %q has another id", headline, st.Words(now.Article.Text))
			}
		}
	}
}
