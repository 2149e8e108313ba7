package main

import (
	"html"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/news"
)

var (
	nameLink = regexp.MustCompile(`<a href="([^"]*)" class="[^"]*\bname\b[^"]*"[^>]*>`)
	nameSpan = regexp.MustCompile(`<span class="[^"]*\bname\b[^"]*"[^>]*>([^<]*)`)
	heading  = regexp.MustCompile(`<h1><bdi>([^<]*)</bdi></h1>`)
)

// TestNames follows every name on every article of the demo: it leads to the page of whom the record
// knows by it, under the name of the record, however the article calls them.
func TestNames(t *testing.T) {
	s := serveFolder(t, demoRecord(t), nil)
	ctx := t.Context()
	get := func(path string) (int, string) {
		response, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(body)
	}
	articles, names, halves := 0, 0, 0
	titled := map[string]string{} // the heading of each page
	for story, err := range s.store.Stories(ctx, time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, event := range story.Events {
			for _, id := range event.Articles {
				articles++
				a, err := s.store.Article(ctx, id)
				if err != nil {
					t.Fatal(err)
				}
				known, err := s.store.Who(ctx, []news.ArticleID{id}, time.Time{})
				if err != nil {
					t.Fatal(err)
				}
				wanted := map[string]string{} // where a name must lead -> the name of the record
				for _, e := range a.Entities {
					if !slices.ContainsFunc(e.Mentions, func(m news.Mention) bool { return m.Kind == news.ByName }) {
						continue
					}
					r, ok := known[e.ID]
					if !ok {
						t.Errorf("%s names %q, whom the record does not know", a.Article.Name, e.Name)
						continue
					}
					if wanted["/actor/"+string(r.ID)] = r.Name; r.Name != e.Name {
						halves++
					}
				}
				status, page := get("/article/" + string(id))
				if status != http.StatusOK {
					t.Fatalf("%s: %d", a.Article.Name, status)
				}
				for _, m := range nameSpan.FindAllStringSubmatch(page, -1) {
					t.Errorf("%s: %q leads nowhere", a.Article.Name, m[1])
				}
				for _, m := range nameLink.FindAllStringSubmatch(page, -1) {
					names++
					link := html.UnescapeString(m[1])
					if wanted[link] == "" {
						t.Errorf("%s: a name leads to %s, nobody whom it names", a.Article.Name, link)
						continue
					}
					if titled[link] == "" {
						status, page := get(link)
						if h := heading.FindStringSubmatch(page); status == http.StatusOK && h != nil {
							titled[link] = html.UnescapeString(h[1])
						} else {
							t.Errorf("%s of %s: %d", link, a.Article.Name, status)
						}
					}
					if got := titled[link]; strings.TrimSpace(got) != strings.TrimSpace(wanted[link]) {
						t.Errorf("%s is the page of %q, not %q", link, got, wanted[link])
					}
				}
			}
		}
	}
	if articles < 20 || names < 10*articles || halves == 0 {
		t.Fatalf("%d articles with %d names, of which %d are called otherwise in the record: too few to tell", articles, names, halves)
	}
	t.Logf("%d names on %d articles lead to %d pages; %d are called otherwise in the record", names, articles, len(titled), halves)
}
