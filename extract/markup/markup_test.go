package markup_test

import (
	"strings"
	"testing"

	"dateline/extract/markup"
)

// outline is the shape of a tree: tags in brackets, texts as they stand.
func outline(t *markup.Tree) string {
	var b strings.Builder
	var walk func(n int32)
	walk = func(n int32) {
		for c := t.Nodes[n].First; c != 0; c = t.Nodes[c].Next {
			node := t.Nodes[c]
			if node.Tag == 0 {
				b.WriteString(t.Raw(c))
				continue
			}
			b.WriteString("(" + node.Tag.String())
			if node.Flags&markup.Hidden != 0 {
				b.WriteString("!")
			}
			b.WriteString(" ")
			walk(c)
			b.WriteString(")")
		}
	}
	walk(0)
	return b.String()
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a paragraph ends where the next begins", "<p>a<p>b", "(p a)(p b)"},
		{"a box ends a paragraph", "<p>a<div>b</div>c", "(p a)(div b)c"},
		{"list items end each other, not those around their list", "<ul><li>a<ul><li>b</ul>c<li>d</ul>", "(ul (li a(ul (li b))c)(li d))"},
		{"cells and rows", "<table><tr><td>a<td>b<tr><td>c</table>d", "(table (tr (td a)(td b))(tr (td c)))d"},
		{"an end tag of nothing is ignored", "a</div></p></b>b", "ab"},
		{"an end tag does not reach out of a cell", "<div><table><td>a</div>b</table>c</div>d", "(div (table (td ab))c)d"},
		{"misnested formatting is ignored", "<b><p>a</b>b</p>c</b>d", "(b (p ab)c)d"},
		{"a link ends the link before", "<a href=1>a<a href=2>b</a>", "(a a)(a b)"},
		{"void elements have no content", "a<br>b<img src=x>c", "a(br )b(img )c"},
		{"a heading ends the heading before", "<h2>a<h3>b</h2>c", "(h2 a)(h3 b)c"},
		{"scripts are hidden and raw", "<script>if (a<b) </b></script>c", "(script! if (a<b) </b>)c"},
		{"hiding attributes", "<div hidden>a</div><i style='display : NONE'>b</i><b aria-hidden=true>c</b>", "(div! a)(i! b)(b! c)"},
		{"text ends the head", "<head><title>a</title>b", "(head! (title! a))b"},
		{"a drawing that never ends", "<svg><path><p>a", "(svg! (! ))(p a)"},
		{"html and body once", "<html><body a=1><p>a<html b=2><body>b", "(html (body (p ab)))"},
		{"an unfinished comment", "<p>a</p><!-- b", "(p a)"},
	} {
		if got := outline(markup.Parse(c.in)); got != c.want {
			t.Errorf("%s: %s is %s, want %s", c.name, c.in, got, c.want)
		}
	}
}

// TestLinkText: text knows the link it is in, however the tags are nested.
func TestLinkText(t *testing.T) {
	tree := markup.Parse("a<a href=1>b<div>c</a>d</div>e<a>f</a>")
	in := ""
	for i := range tree.Nodes {
		if n := &tree.Nodes[i]; n.Tag == 0 && n.Link != 0 {
			in += tree.Raw(int32(i))
		}
	}
	if in != "bc" {
		t.Errorf("link text %q", in)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"<p>a<p>b", "<ul><li>a<ul><li>b</ul>", "<table><a>x<td>", "<svg><p>", "<b><p>a</b>b", "<!-- x", "<a href='", "&amp;<script><!--<script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tree := markup.Parse(s)
		last := int32(0)
		for i := 1; i < len(tree.Nodes); i++ {
			n := &tree.Nodes[i]
			if n.Parent < 0 || int(n.Parent) >= i || n.Next != 0 && int(n.Next) <= i || n.First != 0 && int(n.First) <= i {
				t.Fatalf("node %d points back: %+v", i, n)
			}
			if n.Start < last || n.End < n.Start || int(n.End) > len(s) || n.Tag != 0 && n.Close < n.End {
				t.Fatalf("node %d stands at [%d,%d) close %d after %d", i, n.Start, n.End, n.Close, last)
			}
			last = n.Start
		}
		seen := 0
		for n := tree.Following(0); n != 0; n = tree.Following(n) {
			seen++
		}
		if seen != len(tree.Nodes)-1 {
			t.Fatalf("a walk meets %d of %d nodes", seen, len(tree.Nodes)-1)
		}
	})
}
