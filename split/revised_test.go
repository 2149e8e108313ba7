package split_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline/news"
	"dateline/split"
	"dateline/text"
)

// revision is an article whose paragraphs are the lines after its title.
func revision(title string, lines ...string) news.Article {
	a := news.Article{Text: title + "\n" + strings.Join(lines, "\n")}
	a.Range = text.Span{Start: 0, End: len(a.Text)}
	a.Title = news.NewExcerpt(a.Text, text.Span{Start: 0, End: len(title)})
	at := len(title) + 1
	for _, l := range lines {
		a.Segments = append(a.Segments, news.Segment{Span: text.Span{Start: at, End: at + len(l)}, Kind: news.Body})
		at += len(l) + 1
	}
	return a
}

func TestRevisions(t *testing.T) {
	const (
		bridge  = "The bridge over the harbour opens on Saturday, the mayor said."
		later   = "The bridge over the harbour opens on Sunday, the mayor said."
		ferry   = "The ferry will make its last crossing at noon."
		cost    = "The works cost four million marks more than was planned."
		weather = "Rain is forecast for the weekend."
	)
	for _, c := range []struct {
		name          string
		before, after news.Article
		want          string // part: what happened
	}{
		{"nothing but blanks and marks", revision("Bridge opens", bridge, ferry), revision("Bridge opens.", bridge, ferry), ""},
		{"a headline is changed", revision("Bridge opens", bridge), revision("Bridge to open late", bridge), "title changed"},
		{"a paragraph is changed where it stands", revision("B", bridge, ferry), revision("B", later, ferry), "body changed"},
		{"a paragraph is added", revision("B", bridge, ferry), revision("B", bridge, cost, ferry), "body added"},
		{"a paragraph is cut", revision("B", bridge, cost, ferry), revision("B", bridge, ferry), "body cut"},
		{"another in its place is no change of it", revision("B", bridge, cost), revision("B", bridge, weather), "body added, body cut"},
		{"cut, changed and added at once", revision("B", cost, bridge, ferry), revision("B", later, ferry, weather), "body cut, body changed, body added"},
	} {
		var got []string
		for _, r := range split.Revisions(c.before, c.after) {
			what := "changed"
			if r.Before == nil {
				what = "added"
			} else if r.After == nil {
				what = "cut"
			}
			for side, e := range map[*news.Excerpt]string{r.Before: c.before.Text, r.After: c.after.Text} {
				if side != nil && side.Span.Of(e) != side.Text {
					t.Errorf("%s: %q is not at %v", c.name, side.Text, side.Span)
				}
			}
			got = append(got, fmt.Sprint(r.Part, " ", what))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}
