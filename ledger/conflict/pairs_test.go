package conflict_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/ledger"
	"dateline/news"
	"dateline/pipeline"
	"dateline/resolve"
)

var update = flag.Bool("update", false, "write the score anew")

// A pair is a case of testdata/pairs.txt: two accounts, and the conflict that they are or the test
// that says that they are none.
type pair struct {
	name, kind string
	held       bool // not looked at while rules were mended
	sides      [2]string
	pages      []news.Page
}

func pairs(t *testing.T, path string) (all []pair) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(b), "\n=== ")[1:] {
		lines := strings.Split(strings.TrimSpace(part), "\n")
		f := strings.Split(lines[1], " | ")
		p := pair{name: lines[0], kind: f[0], held: strings.HasSuffix(lines[0], "*")}
		if p.kind != "none" {
			p.sides = [2]string{f[1], f[2]}
		}
		topic, _, _ := strings.Cut(p.name, ":")
		for i, l := range lines[2:] {
			head, words, _ := strings.Cut(l, ": ")
			day, outlet, _ := strings.Cut(head, " ")
			when, err := time.Parse(time.DateOnly, day)
			if err != nil {
				t.Fatal(p.name, err)
			}
			var page bytes.Buffer
			fmt.Fprintf(&page, "<!doctype html><html lang=en><head><title>%s</title><meta property=og:type content=article><meta property=og:site_name content=%q><meta property=article:published_time content=%s></head><body><article><h1>%s</h1><p>%s</p></article></body></html>",
				topic, outlet, when.Add(18*time.Hour).Format(time.RFC3339), topic, words)
			p.pages = append(p.pages, news.Page{Name: fmt.Sprintf("%s %d", p.name, i), URL: fmt.Sprintf("https://news%d.example/%d", i, len(words)), MediaType: "text/html", Body: page.Bytes()})
		}
		all = append(all, p)
	}
	return all
}

// conflicts are those that the ledger finds in a pair, read and put together as pages are that are added.
func (p pair) conflicts(t *testing.T, r *pipeline.Reader) (rows []news.Entry, of func(news.Side) []string, articles []news.Annotation) {
	t.Helper()
	for _, page := range p.pages {
		reading, err := r.Read(context.Background(), page)
		if err != nil {
			t.Fatal(p.name, err)
		}
		articles = append(articles, reading.Annotations...)
	}
	articles = resolve.Join(articles).Annotations
	story := news.Story{ID: "ypair", Events: []news.Event{{ID: "vpair"}}}
	words, texts := map[news.StatementID]string{}, map[news.ArticleID]string{}
	for _, a := range articles {
		story.Events[0].Articles = append(story.Events[0].Articles, a.Article.ID)
		texts[a.Article.ID] = a.Article.Text
		for _, s := range a.Statements {
			words[s.ID] = s.Words(a.Article.Text)
		}
	}
	for _, e := range ledger.Keep(story, articles, nil, time.Time{}) {
		if e.Kind == news.Conflict {
			rows = append(rows, e)
		}
	}
	return rows, func(s news.Side) []string {
		all := []string{s.Text, s.Actor.Name}
		for _, id := range s.Statements {
			all = append(all, words[id])
		}
		for _, q := range s.Passages {
			all = append(all, q.Span.Of(texts[q.Article]))
		}
		return all
	}, articles
}

func holds(all []string, words string) bool {
	return slices.ContainsFunc(all, func(s string) bool { return strings.Contains(s, words) })
}

// TestPairs holds how many of the pairs come out, in testdata/pairs.golden ("-update" writes it): which
// rule finds a conflict, and which are missed; what is shown of those that are none.
func TestPairs(t *testing.T) {
	r, err := pipeline.NewReader(pipeline.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var list strings.Builder
	var found, right, all, shown, decoys [2]int // of those looked at, of those held out
	for _, p := range pairs(t, "testdata/pairs.txt") {
		h := 0
		if p.held {
			h = 1
		}
		rows, of, articles := p.conflicts(t, r)
		what := "-"
		if len(rows) > 0 {
			what = fmt.Sprintf("%s by %s", rows[0].Dispute.Kind, rows[0].Rule.Rule)
		}
		if p.kind == "none" {
			decoys[h]++
			if len(rows) > 0 {
				shown[h]++
			}
		} else {
			all[h]++
			met, kind := false, false
			for _, e := range rows {
				s := e.Dispute.Sides
				if len(s) == 2 && (holds(of(s[0]), p.sides[0]) && holds(of(s[1]), p.sides[1]) || holds(of(s[1]), p.sides[0]) && holds(of(s[0]), p.sides[1])) {
					met, kind = true, kind || string(e.Dispute.Kind) == p.kind
				}
			}
			if met {
				found[h]++
			}
			if kind {
				right[h]++
			}
		}
		fmt.Fprintf(&list, "%-14s%-48s%s\n", p.kind, p.name, what)
		if !p.held && (p.kind == "none") == (len(rows) > 0) {
			t.Logf("%s: %s", p.name, what)
			for _, a := range articles {
				for _, s := range a.Statements {
					t.Logf("    %q by %q cue %v act %s said %s\n        %+v", s.Words(a.Article.Text), s.Speaker.Name, s.Cue, s.Act, s.Said.When, s.Frame)
				}
			}
		}
	}
	got := fmt.Sprintf("conflicts found: %d of %d looked at, %d of %d held out; of their kind: %d and %d\ndecoys shown: %d of %d looked at, %d of %d held out\n\n%s",
		found[0], all[0], found[1], all[1], right[0], right[1], shown[0], decoys[0], shown[1], decoys[1], list.String())
	if *update {
		if err := os.WriteFile("testdata/pairs.golden", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/pairs.golden")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("not the score that is written down:\n%s", got)
	}
}
