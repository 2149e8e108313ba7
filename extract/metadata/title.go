package metadata

import (
	"html"
	"strings"

	"golang.org/x/net/html/atom"

	"dateline/extract/markup"
	"dateline/extract/rule"
	"dateline/news"
	"dateline/text"
)

// A Headline is what one source says the headline is.
type Headline struct {
	Text string
	Rule string
	Node int32 // the meta or title element that says so, 0 for JSON-LD
}

// Headlines are what the page says its headline is, the most trusted first: JSON-LD, then
// twitter:title, og:title, the title element, each without the outlet's name at its end.
func (f *Facts) Headlines() []Headline {
	var out []Headline
	add := func(s, by string, node int32) {
		if s = clean(s); f.on(rule.OutletCutOff) {
			s = f.withoutOutlet(s)
		}
		if s == "" || len(s) > 600 || f.namesHost(s) {
			return
		}
		out = append(out, Headline{s, by, node})
	}
	if len(f.Articles) > 0 {
		add(f.Articles[0].Headline, "json-ld-headline", 0)
	}
	for _, k := range []string{"twitter:title", "og:title", "dc.title", "headline", "title"} {
		if m, ok := f.meta1(k); ok {
			add(m.Value, k, m.Node)
		}
	}
	if f.Title != 0 {
		add(f.Tree.Inner(f.Title), "title-element", f.Title)
	}
	return out
}

// separators part a headline from the outlet's name in titles.
var separators = []string{" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " « ", " • ", " / ", " ‹ ", " > ", " // "}

// withoutOutlet cuts the outlet's name, or a part that looks like one, from the end of a title.
//
// "Bridge opens in May | Port Alba Courier" is "Bridge opens in May".
func (f *Facts) withoutOutlet(s string) string {
	for range 3 {
		at := -1
		sep := ""
		for _, x := range separators {
			if i := strings.LastIndex(s, x); i > at {
				at, sep = i, x
			}
		}
		if at < 0 {
			return s
		}
		head, tail := strings.TrimSpace(s[:at]), strings.TrimSpace(s[at+len(sep):])
		if head == "" || tail == "" {
			return strings.Trim(s, " |-–—·")
		}
		if f.isOutlet(tail) || (strings.TrimSpace(sep) == "|" && len(strings.Fields(tail)) <= 5 && len(strings.Fields(head)) >= 3) {
			s = head
			continue
		}
		if f.isOutlet(head) && len(strings.Fields(tail)) >= 3 {
			return tail
		}
		return s
	}
	return s
}

// isOutlet reports whether s is the name or the host of whoever publishes the page.
func (f *Facts) isOutlet(s string) bool {
	g := strings.ReplaceAll(news.Fold(s), " ", "")
	if g == "" {
		return false
	}
	for _, name := range f.outletNames() {
		n := strings.ReplaceAll(news.Fold(name), " ", "")
		if n != "" && (n == g || len(n) > 3 && len(g) > 3 && (strings.Contains(n, g) || strings.Contains(g, n))) {
			return true
		}
	}
	return false
}

// namesHost reports whether s is spelled like the page's own host.
func (f *Facts) namesHost(s string) bool {
	site := news.SiteName(f.Address)
	if site == "" {
		site = news.SiteName(f.Canonical)
	}
	return news.NamesSite(s, site)
}

// outletNames are the names under which the page speaks of its publisher.
func (f *Facts) outletNames() []string {
	names := []string{f.Meta("og:site_name"), f.Meta("application-name"), f.Meta("apple-mobile-web-app-title"), f.Site,
		strings.TrimPrefix(f.Meta("twitter:site"), "@"), news.SiteName(f.Address), news.SiteName(f.Canonical), news.SiteName(f.Meta("og:url"))}
	if len(f.Articles) > 0 {
		names = append(names, f.Articles[0].Publisher)
	}
	return names
}

// Locate is where in the source the headline's letters stand, escaped as they are; ok is false
// where that cannot be told (JSON-LD).
func Locate(t *markup.Tree, h Headline) (text.Span, bool) {
	if h.Node == 0 {
		return text.Span{}, false
	}
	node := &t.Nodes[h.Node]
	from, to := int(node.Start), int(node.End)
	if node.Tag == atom.Title {
		from, to = int(node.End), int(max(node.Close, node.End))
	}
	// The first and last letters of the headline, in either spelling, mark the stretch.
	raw := t.Source[from:to]
	if i := strings.Index(raw, h.Text); i >= 0 {
		return text.Span{Start: from + i, End: from + i + len(h.Text)}, true
	}
	words := strings.Fields(h.Text)
	first, last := words[0], words[len(words)-1]
	for _, esc := range []func(string) string{func(s string) string { return s }, escape} {
		i := strings.Index(raw, esc(first))
		if i < 0 {
			continue
		}
		for _, esc2 := range []func(string) string{func(s string) string { return s }, escape} {
			rest := raw[i:]
			j := strings.LastIndex(rest, esc2(last))
			if j < 0 {
				continue
			}
			s := text.Span{Start: from + i, End: from + i + j + len(esc2(last))}
			if strings.Join(strings.Fields(html.UnescapeString(s.Of(t.Source))), " ") == h.Text {
				return s, true
			}
		}
	}
	return text.Span{}, false
}

// escape spells a word as pages escape it.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", `"`, "&quot;", "'", "&#039;", "<", "&lt;", ">", "&gt;").Replace(s)
}
