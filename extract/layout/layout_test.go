package layout_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/extract/layout"
	"dateline/extract/markup"
)

func blocks(source string) []string {
	f := layout.Lay(markup.Parse(source))
	var out []string
	for _, b := range f.Blocks {
		out = append(out, b.Span.Of(f.Text))
	}
	return out
}

func TestLay(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"inline elements part no words", "<p>Rus<b>sia</b>'s</p>", []string{"Russia's"}},
		{"white space is one blank", "<p> a \n\t b&nbsp; c </p>", []string{"a b c"}},
		{"blanks between elements", "<p><b>a</b> <i>b</i></p>", []string{"a b"}},
		{"a br is a line, two are a paragraph", "<div>a<br>b<br><br>c</div>", []string{"a\nb", "c"}},
		{"text beside boxes", "<div>a<p>b</p>c</div>", []string{"a", "b", "c"}},
		{"a box in a heading parts words", "<h1><div>a</div><div>b</div></h1>", []string{"a b"}},
		{"marks without a word are none", "<p>a</p><p>|</p><p>•</p>", []string{"a"}},
		{"references", "<p>A&ampB &copyright &#8212; &unknown;</p>", []string{"A&B ©right — &unknown;"}},
		{"a soft hyphen is not read", "<p>re&shy;opened re\u00adopened</p>", []string{"reopened reopened"}},
		{"controls are no text", "<p>a\x07b\x00c</p>", []string{"abc"}},
		{"hidden text", "<p>a<span hidden>b</span>c</p>", []string{"a c"}},
		{"data is cut", "<p>" + strings.Repeat("x", 2000) + " a</p>", []string{strings.Repeat("x", 1000) + " a"}},
	} {
		if got := strings.Join(blocks(c.in), "¶"); got != strings.Join(c.want, "¶") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzLay(f *testing.F) {
	for _, s := range []string{"<p>a<br><br>b", "<h1><h2><div>a</h1>b", "&amp&lt;&#0;&#x110000;", "<ul><li>a<li hidden>b", "a\u00ad\u200b\u00a0b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		flow := layout.Lay(markup.Parse(s))
		last := 0
		for _, b := range flow.Blocks {
			if b.Span.Start < last || !b.Span.Valid(flow.Text) || b.Span.Empty() || b.LinkWords > b.Words || b.Words == 0 {
				t.Fatalf("block %+v after %d", b, last)
			}
			last = b.Span.End
		}
		at := 0
		for _, r := range flow.Runs {
			if r.At < at || r.Len <= 0 || r.SourceLen <= 0 || r.At+r.Len > len(flow.Text) || r.Source+r.SourceLen > len(s) {
				t.Fatalf("run %+v after %d", r, at)
			}
			at = r.At + r.Len
		}
	})
}
