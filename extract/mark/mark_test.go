package mark_test

import (
	"testing"

	"golang.org/x/net/html/atom"

	"dateline/extract/mark"
	"dateline/extract/markup"
)

func TestOf(t *testing.T) {
	for _, c := range []struct {
		name, element string
		want          mark.Set
	}{
		{"a word of a class", `<div class="x sidebar">`, mark.Side},
		{"two words of one class", `<div class="story-body__inner">`, mark.Story | mark.Body},
		{"words parted by a capital", `<div class="photoCaption">`, mark.Caption},
		{"words of two classes are no pair", `<div class="up next">`, 0},
		{"a word inside another is none", `<div class="adrift shadow">`, 0},
		{"an id", `<div id="disqus_thread">`, mark.Comment},
		{"the article's own tags in WordPress", `<div class="tag-comments category-newsletter">`, 0},
		{"a role", `<div role="Navigation">`, mark.Nav},
		{"microdata", `<span itemprop="datePublished">`, mark.Date},
		{"a link to the author", `<a rel="author">`, mark.Byline},
		{"rel says nothing of a box", `<div rel="author">`, 0},
		{"tags among the classes of an article", `<article class="tags">`, mark.Story},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree := markup.Parse("<body>" + c.element + "words</body>")
			for n := range tree.Nodes {
				switch tree.Nodes[n].Tag {
				case atom.Div, atom.Span, atom.A, atom.Article:
					if got := mark.Of(tree, int32(n), map[string]mark.Set{}); got != c.want {
						t.Errorf("%s: got %b, want %b", c.element, got, c.want)
					}
					return
				}
			}
			t.Fatalf("%s is not in the tree", c.element)
		})
	}
}
