package cluster_test

import (
	"slices"
	"strings"
	"testing"

	"dateline/cluster"
	"dateline/news"
	"dateline/text"
)

// paged is an article of a page with an id of its own.
func paged(id, body string) news.Article {
	all := text.Span{End: len(body)}
	return news.Article{ID: news.ArticleID(id), Text: body, Range: all, Segments: []news.Segment{{Span: all, Kind: news.Body}}}
}

func TestContinued(t *testing.T) {
	half := len(bridge) / 2
	cut := bridge[:half+strings.IndexByte(bridge[half:], ' ')] // its second half was written anew
	for _, c := range []struct {
		name        string
		before, now []news.Article
		want        []int
	}{
		{"the same headline, whatever the text", []news.Article{paged("a", bridge)}, []news.Article{paged("a", flood)}, []int{0}},
		{"another headline over the same text", []news.Article{paged("a", bridge)}, []news.Article{paged("b", bridge)}, []int{0}},
		{"another headline and half a text", []news.Article{paged("a", bridge)}, []news.Article{paged("b", cut+flood)}, []int{0}},
		{"more follows, then the report", []news.Article{paged("a", "The bridge is open. More follows.")}, []news.Article{paged("b", bridge)}, []int{0}},
		{"an address that shows what is newest", []news.Article{paged("a", bridge+later)}, []news.Article{paged("b", flood+template+flood)}, []int{-1}},
		{"two of a page, both headlines changed, in another order", []news.Article{paged("a", bridge), paged("b", later)}, []news.Article{paged("c", later+flood), paged("d", bridge)}, []int{1, 0}},
		{"a second article comes onto the page", []news.Article{paged("a", bridge)}, []news.Article{paged("b", flood), paged("c", bridge)}, []int{-1, 0}},
		{"the id goes before the text", []news.Article{paged("a", bridge), paged("b", later)}, []news.Article{paged("b", bridge), paged("c", later)}, []int{1, -1}},
		{"nothing was there", nil, []news.Article{paged("a", bridge)}, []int{-1}},
	} {
		if got := cluster.Continued(c.before, c.now); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
