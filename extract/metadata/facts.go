// Package metadata reads what a page says of itself: headline, outlet, authors, times, its own
// address, language. Facts gathers the statements of JSON-LD, Open Graph, meta tags, microdata
// and the title element; the rules in title.go, authors.go and published.go choose among them
// and say why.
//
// What the page claims is a hint: a claim without a trace in the visible text never becomes
// text, and an address of another host is not the page's own.
package metadata

import (
	"html"
	"strings"

	"golang.org/x/net/html/atom"

	"dateline/extract/loosejson"
	"dateline/extract/markup"
	"dateline/extract/rule"
	"dateline/news"
)

// Facts are what the page's head and its structured data say, before any choice.
type Facts struct {
	Tree  *markup.Tree
	Metas []Meta
	Title int32 // the title element, 0 if none

	Address   string // where the page was fetched from, "" if that is not known
	Canonical string
	Language  string
	Alternate []string

	Articles []Article // from JSON-LD and its kin, the article's own first
	Site     string    // the outlet by JSON-LD
	Gated    bool      // isAccessibleForFree is false
	Types    []string
	Times    []TimeMark

	off     rule.Off
	words   map[string]bool // see outletWords
	keepers map[string]bool // folded names of accounts that keep the machine
}

// A Meta is a meta tag, its key in lower case.
type Meta struct {
	Key, Value string
	Node       int32
	Prop       bool // microdata: the key is an itemprop
}

// An Article is one piece of structured data about an article.
type Article struct {
	Type                string
	Headline, Alternate string
	Description         string
	Authors             []Name
	Published, Modified string
	Body                string
	Publisher           string
	Section             string
	URL                 string
	Keywords            []string
}

// A Name is an author as structured data gives it.
type Name struct {
	Text         string
	Organisation bool
}

// A TimeMark is a time or date that an element carries as data.
type TimeMark struct {
	Value string
	Prop  string // itemprop, or "pubdate", or ""
	Class string
	Text  string
	Node  int32
	Aside bool // in a box for something else: comments, related articles
	Near  bool // between the headline and the first paragraphs
}

// on reports whether the page is read by a rule.
func (f *Facts) on(name rule.Name) bool { return !f.off[name] }

// Read gathers the facts of t. off are the rules by which not to choose among them.
func Read(t *markup.Tree, off rule.Off) *Facts {
	f := &Facts{Tree: t, off: off}
	scripts := 0
	for i := 1; i < len(t.Nodes); i++ {
		n := int32(i)
		switch t.Nodes[i].Tag {
		case atom.Html:
			f.Language = t.Attr(n, "lang")
		case atom.Meta:
			f.meta(n)
		case atom.Link:
			for rel := range strings.FieldsSeq(strings.ToLower(t.Attr(n, "rel"))) {
				if rel == "canonical" && f.Canonical == "" {
					f.Canonical = strings.TrimSpace(t.Attr(n, "href"))
				}
			}
		case atom.Title:
			if f.Title == 0 && t.Nodes[i].First != 0 {
				f.Title = n
			}
		case atom.Script:
			if strings.Contains(strings.ToLower(t.Attr(n, "type")), "ld+json") && scripts < 60 {
				scripts++
				f.structured(t.Raw(n))
			}
		case atom.Time:
			f.time(n, t.Attr(n, "datetime"))
		case atom.Abbr:
			if v := t.Attr(n, "title"); v != "" && strings.Contains(t.Attr(n, "class"), "publish") {
				f.time(n, v)
			}
		default:
			prop := strings.ToLower(t.Attr(n, "itemprop"))
			if strings.HasPrefix(prop, "date") {
				v := t.Attr(n, "content")
				if v == "" {
					v = t.Attr(n, "datetime")
				}
				f.time(n, v)
			}
		}
	}
	f.rank()
	return f
}

func (f *Facts) time(n int32, value string) {
	if len(f.Times) > 200 {
		return
	}
	t := f.Tree
	prop := strings.ToLower(t.Attr(n, "itemprop"))
	if prop == "" {
		for _, a := range t.Attrs(n) {
			if a.Key == "pubdate" {
				prop = "pubdate"
			}
		}
	}
	f.Times = append(f.Times, TimeMark{strings.TrimSpace(value), prop, t.Attr(n, "class"), t.Text(n), n, false, false})
}

func (f *Facts) meta(n int32) {
	t := f.Tree
	content := strings.TrimSpace(t.Attr(n, "content"))
	if content == "" || len(f.Metas) > 500 {
		return
	}
	for _, name := range []string{"property", "name", "itemprop", "http-equiv"} {
		if key := strings.ToLower(strings.TrimSpace(t.Attr(n, name))); key != "" {
			f.Metas = append(f.Metas, Meta{key, content, n, name == "itemprop"})
		}
	}
}

// Meta is the value of the first meta tag of the first key that has one.
func (f *Facts) Meta(keys ...string) string {
	m, _ := f.meta1(keys...)
	return m.Value
}

func (f *Facts) meta1(keys ...string) (Meta, bool) {
	for _, k := range keys {
		for _, m := range f.Metas {
			if m.Key == k {
				return m, true
			}
		}
	}
	return Meta{}, false
}

// articleTypes are the types of schema.org that stand for an article; the first letters decide
// nothing, the list does.
func articleType(t string) bool {
	t = strings.ToLower(t)
	if i := strings.LastIndexAny(t, "/#:"); i >= 0 {
		t = t[i+1:]
	}
	switch t {
	case "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "backgroundnewsarticle", "opinionnewsarticle", "reviewnewsarticle",
		"askpublicnewsarticle", "advertisercontentarticle", "satiricalarticle", "scholarlyarticle", "techarticle", "report", "blogposting", "liveblogposting",
		"socialmediaposting", "posting", "medicalscholarlyarticle", "creativework", "review", "blog":
		return true
	}
	return false
}

func (f *Facts) structured(raw string) {
	budget := 2000
	for _, v := range loosejson.Parse(raw) {
		f.object(v, 0, &budget)
	}
}

func (f *Facts) object(v loosejson.Value, depth int, budget *int) {
	if *budget--; *budget < 0 || depth > 6 {
		return
	}
	for _, e := range v.List {
		f.object(e, depth+1, budget)
	}
	if v.Object == nil {
		return
	}
	article := false
	name := ""
	for _, t := range v.Get("@type").All() {
		if t.Text != "" {
			f.Types = append(f.Types, t.Text)
		}
		if articleType(t.Text) {
			article, name = true, t.Text
		}
		switch strings.ToLower(t.Text) {
		case "newsmediaorganization", "website":
			if n := clean(v.Get("name").Text); n != "" && f.Site == "" {
				f.Site = n
			}
		}
	}
	if free := v.Get("isAccessibleForFree"); strings.EqualFold(free.Text, "false") && article {
		f.Gated = true
	}
	if article {
		f.Articles = append(f.Articles, f.article(v, name))
	}
	for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart"} {
		if sub := v.Get(key); sub.Object != nil || sub.List != nil {
			if key == "itemListElement" || key == "item" {
				continue // a list of other articles
			}
			f.object(sub, depth+1, budget)
		}
	}
}

func (f *Facts) article(v loosejson.Value, name string) Article {
	a := Article{Type: name, Headline: clean(v.Get("headline").Text), Alternate: clean(v.Get("alternativeHeadline").Text),
		Description: clean(v.Get("description").Text), Published: strings.TrimSpace(v.Get("datePublished").Text),
		Modified: strings.TrimSpace(v.Get("dateModified").Text), Body: v.Get("articleBody").Text, URL: strings.TrimSpace(v.Get("url").Text)}
	if a.Headline == "" {
		a.Headline = clean(v.Get("name").Text)
	}
	if a.Published == "" {
		a.Published = strings.TrimSpace(v.Get("dateCreated").Text)
	}
	for _, p := range v.Get("publisher").All() {
		if a.Publisher == "" {
			a.Publisher = clean(p.Get("name").Text)
		}
	}
	for _, s := range v.Get("articleSection").All() {
		if a.Section == "" {
			a.Section = clean(s.Text)
		}
	}
	authors := v.Get("author").All()
	if len(authors) == 0 {
		authors = v.Get("creator").All()
	}
	for _, w := range authors {
		n := Name{Text: clean(w.Text)}
		if w.Object != nil {
			if strings.Contains(w.Get("url").Text+w.Get("@id").Text, "/author/admin") {
				if f.keepers == nil {
					f.keepers = map[string]bool{}
				}
				f.keepers[news.Fold(clean(w.Get("name").Text))] = true
				continue // whoever keeps the machine
			}
			for _, t := range w.Get("@type").All() {
				n.Organisation = n.Organisation || strings.HasSuffix(strings.ToLower(t.Text), "organization")
			}
			if w.Get("name").Text == "" && w.Get("familyName").Text != "" {
				n.Text = clean(w.Get("givenName").Text + " " + w.Get("familyName").Text)
				a.Authors = append(a.Authors, n)
			}
			for _, t := range w.Get("name").All() {
				m := n
				m.Text = clean(t.Text)
				if m.Text != "" {
					a.Authors = append(a.Authors, m)
				}
			}
			continue
		}
		if n.Text != "" {
			a.Authors = append(a.Authors, n)
		}
	}
	return a
}

// clean is a string of structured data as one would print it: unescaped, without tags, folded.
func clean(s string) string {
	for range 2 {
		if !strings.ContainsRune(s, '&') {
			break
		}
		s = html.UnescapeString(s)
	}
	if strings.ContainsRune(s, '<') {
		s = stripTags(s)
	}
	return strings.Join(strings.Fields(s), " ")
}

func stripTags(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		j := strings.IndexByte(s[i:], '>')
		if j < 0 || i+1 < len(s) && !(s[i+1] == '/' || s[i+1] >= 'a' && s[i+1] <= 'z' || s[i+1] >= 'A' && s[i+1] <= 'Z') {
			break
		}
		b.WriteString(s[:i])
		b.WriteByte(' ')
		s = s[i+j+1:]
	}
	b.WriteString(s)
	return b.String()
}

// rank puts the structured data about the page's own article first: a news type before
// others, one with a headline and a date before one without.
func (f *Facts) rank() {
	best, score := -1, -1
	for i, a := range f.Articles {
		s := 0
		t := strings.ToLower(a.Type)
		if strings.Contains(t, "article") || strings.Contains(t, "posting") || strings.Contains(t, "report") {
			s += 4
		}
		if a.Headline != "" {
			s += 2
		}
		if a.Published != "" {
			s += 2
		}
		if len(a.Authors) > 0 {
			s++
		}
		if s > score {
			best, score = i, s
		}
	}
	if best > 0 {
		f.Articles[0], f.Articles[best] = f.Articles[best], f.Articles[0]
	}
}

// News reports whether the page's data call it an article or give it a time of publication.
func (f *Facts) News() bool {
	return f.DeclaresArticle() || strings.EqualFold(f.Meta("og:type"), "article") || f.Meta("article:published_time", "datepublished", "pubdate", "date", "parsely-pub-date", "dc.date.issued") != "" ||
		len(f.Articles) > 0 && f.Articles[0].Published != ""
}

// DeclaresArticle reports whether the page's data say that it is about one article: a news
// type with a headline and a date, or Open Graph's.
func (f *Facts) DeclaresArticle() bool {
	for _, a := range f.Articles {
		t := strings.ToLower(a.Type)
		if (strings.HasSuffix(t, "article") || strings.HasSuffix(t, "posting")) && a.Headline != "" && a.Published != "" {
			return true
		}
	}
	return strings.EqualFold(f.Meta("og:type"), "article") && f.Meta("og:title") != "" && f.Meta("article:published_time") != ""
}
