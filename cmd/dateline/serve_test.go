package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"dateline/news"
)

func TestLoopback(t *testing.T) {
	for address, ok := range map[string]bool{
		"127.0.0.1:80": true, "localhost:80": true, "[::1]:80": true, "127.8.8.8:0": true,
		"0.0.0.0:80": false, ":80": false, "[::]:80": false, "192.0.2.1:80": false, "alba.example:80": false, "80": false, "": false,
	} {
		if local, err := loopback(address); local != ok || err != nil && ok {
			t.Errorf("%q: %v, %v", address, local, err)
		}
	}
}

// A place is a page of the demo's record that tests look at.
type place struct{ name, path string }

// places are every page there is, over the demo's record.
func places(t *testing.T, s served) []place {
	t.Helper()
	ctx := t.Context()
	stories, err := s.store.Recent(ctx, time.Time{}, 0, 1)
	if err != nil || len(stories) != 1 {
		t.Fatal(stories, err)
	}
	d, err := s.store.Dossier(ctx, stories[0], time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	all := []place{
		{"today", "/"}, {"story", "/story/" + string(d.Story.ID)}, {"as-of", "/story/" + string(d.Story.ID) + "?as-of=" + time.Now().UTC().Format(time.DateOnly)},
		{"add", "/add"}, {"sources", "/sources"}, {"status", "/status"}, {"help", "/help"}, {"trouble", "/nothing"},
	}
	seen := map[string]bool{}
	put := func(name, path string) {
		if !seen[name] {
			seen[name] = true
			all = append(all, place{name, path})
		}
	}
	for _, e := range d.Entries {
		if e.Kind == news.Change {
			put("why-change", "/why/"+string(e.ID))
			put("actor", "/actor/"+string(e.Actor.Entity))
			put("issue", "/issue/"+string(e.Issue.ID)+"?story="+string(d.Story.ID))
			put("why-statement", "/why/"+string(e.Statements[0]))
			put("article", "/article/"+string(e.Quotes[0].Article))
			put("outlet", "/outlet?name="+url.QueryEscape(d.Heads[e.Quotes[0].Article].Outlet))
			evidence, err := s.store.Why(ctx, string(e.Statements[0]))
			if err != nil {
				t.Fatal(err)
			}
			part := evidence.Evidence[0].Parts[0].Original
			put("bytes", fmt.Sprintf("/bytes/%s?from=%d&to=%d", evidence.Evidence[0].Revision.ID, part.Start, part.End))
			put("raw", "/raw/"+string(evidence.Evidence[0].Revision.ID))
		}
	}
	if !seen["article"] {
		t.Fatal("no change of position in the demo's record")
	}
	return all
}

// addText adds a text under an address and waits until it is read.
func addText(t *testing.T, s served, address, words string) news.Added {
	t.Helper()
	added, err := s.in.Add(t.Context(), news.Page{Name: address, URL: address, MediaType: "text/html", Fetched: time.Date(2031, 5, 3, 10, 0, 0, 0, time.UTC), Body: []byte(words)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if taken, err := s.in.Settled(ctx, added.Revision); err != nil || !taken.Done {
		t.Fatal(taken, err)
	}
	return added
}

// revised adds a page in two revisions and returns its article.
func revised(t *testing.T, s served) string {
	t.Helper()
	const form = `<html><head><title>The bridge opens in %[1]s</title></head><body><article><h1>The bridge opens in %[1]s</h1>
		<p>PORT ALBA, May 3 - "The bridge opens in %[1]s," said Mayor Ana Ruiz on Monday. The city paid for it over nine years and will go on paying.</p>
		<p>"Nobody will pay a toll," she said. The ferry will be kept until the end of the year, the harbour office said in a statement.</p></article></body></html>`
	addText(t, s, "https://alba.example/bridge", fmt.Sprintf(form, "May"))
	added := addText(t, s, "https://alba.example/bridge", fmt.Sprintf(form, "June"))
	taken, err := s.in.Settled(t.Context(), added.Revision)
	if err != nil || len(taken.Articles) == 0 {
		t.Fatal(taken, err)
	}
	return string(taken.Articles[0])
}

// TestPages looks at every page in a browser: light and dark, wide and phone. Pictures go to the
// folder that DATELINE_SHOTS names. No error on the console, no request to another host, nothing
// wider than the screen, no barrier that axe-core finds.
func TestPages(t *testing.T) {
	b := openBrowser(t)
	s := serveFolder(t, demoRecord(t), nil)
	all := append(places(t, s), place{"revisions", "/article/" + revised(t, s) + "/revisions"})
	shots := os.Getenv("DATELINE_SHOTS")
	barriers := axe(t)
	host := strings.TrimPrefix(s.URL, "http://")
	for _, theme := range []string{"light", "dark"} {
		for _, screen := range []struct {
			name          string
			width, height int64
		}{{"wide", 1280, 900}, {"phone", 390, 844}} {
			b.theme(theme)
			b.size(screen.width, screen.height)
			for _, p := range all {
				name := fmt.Sprintf("%s-%s-%s", p.name, theme, screen.name)
				b.do(chromedp.Navigate(s.URL + p.path))
				if shots != "" {
					b.shot(filepath.Join(shots, name+".png"), 4000)
				}
				if p.name == "raw" {
					continue
				}
				if over := valueOf[int](b, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
					t.Errorf("%s is %d pixels wider than the screen", name, over)
				}
				if barriers != "" {
					valueOf[bool](b, barriers+"; true")
					found := valueOf[[]string](b, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r =>
						r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.target.join(" ") + ": " + n.failureSummary.split("\n").slice(1).join(" "))))`)
					for i, f := range found {
						if i < 6 {
							t.Errorf("%s: %s", name, f)
						}
					}
				}
			}
		}
	}
	b.clean(host)
}
