package main

import (
	"html"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"dateline/news"
)

var (
	code = regexp.MustCompile(`(?s)<code>.*?</code>|<script.*?</script>|<title>.*?</title>`)
	tag  = regexp.MustCompile(`(?s)<[^>]*>`)
)

// TestWordsForPeople holds that no page shows the name of a rule where people read: rules are said in
// words, and their names stand in titles and code. And that pages say in their tab what they are of.
func TestWordsForPeople(t *testing.T) {
	s := serveFolder(t, demoRecord(t), nil)
	rules := map[string]bool{}
	put := func(all ...news.Reason) {
		for _, r := range all {
			if strings.Contains(r.Rule, "-") {
				rules[r.Rule] = true
			}
		}
	}
	stories, err := s.store.Recent(t.Context(), time.Time{}, 0, 1)
	if err != nil || len(stories) != 1 {
		t.Fatal(stories, err)
	}
	d, err := s.store.Dossier(t.Context(), stories[0], time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range d.Entries {
		put(e.Rule, e.Said.Reason)
		put(e.Origins.Reasons...)
		if e.Dispute != nil {
			put(e.Dispute.RuledOut...)
		}
		if e.Undertaking != nil {
			put(e.Undertaking.DueReason)
			for _, h := range e.Undertaking.History {
				put(h.Reason)
			}
		}
	}
	for id := range d.Heads {
		a, err := s.store.Article(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		put(a.Article.Outlet.Reason, a.Article.Published.Reason)
		for _, x := range a.Statements {
			put(x.Reasons...)
			put(x.Said.Reason, x.Speaker.Reason)
		}
	}
	if len(rules) < 30 {
		t.Fatalf("only %d rules are known", len(rules))
	}
	get := func(path string) string {
		r, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		b, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != http.StatusOK && !strings.HasPrefix(path, "/nothing") {
			t.Fatalf("%s answered %d, %v", path, r.StatusCode, err)
		}
		return string(b)
	}
	titles := map[string]string{}
	for _, p := range places(t, s) {
		if p.name == "raw" {
			continue
		}
		page := get(p.path)
		words := html.UnescapeString(tag.ReplaceAllString(code.ReplaceAllString(page, " "), " "))
		if p.name != "bytes" { // those of a page may hold anything
			for r := range rules {
				if strings.Contains(words, r+":") || strings.Contains(words, " "+r+" ") {
					t.Errorf("%s shows the rule %s", p.name, r)
				}
			}
		}
		_, title, _ := strings.Cut(page, "<title>")
		title, _, _ = strings.Cut(title, "</title>")
		if other := titles[title]; other != "" {
			t.Errorf("%s and %s have the tab's title %q in common", p.name, other, title)
		}
		titles[title] = p.name
	}
	if calendar := get("/story/" + string(d.Story.ID) + "/calendar"); !strings.HasPrefix(calendar, "BEGIN:VCALENDAR") || !strings.Contains(calendar, "SUMMARY:") {
		t.Errorf("the calendar of the story is %.80q", calendar)
	}
}
