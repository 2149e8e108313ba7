// Package split finds the articles of a document, and what kind of thing each stretch of it is.
//
// A page of an aggregator holds several articles of several outlets, one after the other; a
// page whose markup is lost holds its headline twice, its keywords in one word, and its
// paragraphs run together behind a plea for money. The package reads a plain text in two
// passes. The first looks at each paragraph by itself (unit): is it a date, an outlet's
// name, a word of the interface, a caption with its credit, prose? The second looks at where
// they stand (plain.go): a headline with lines about it and prose behind it opens an article,
// and what stands between the first and the last paragraph of prose is its own. For HTML the
// kinds come from extraction (page.go), and only what it cannot see is added.
//
// Every rule is general and has a name, which the segments carry as their reason. No rule is
// made for one outlet or page. A headline that is not printed stays unknown, and the name of
// whoever carries a copy is never given for its outlet.
//
// Round-ups of one outlet, live blogs and newsletters stay one article: only an outlet, a byline
// or a full date of its own makes a further one.
package split

import (
	"slices"

	"dateline/news"
	"dateline/split/unit"
	"dateline/text"
)

// Document is the articles of a document in page order, none if it holds none. The first one
// also holds the segments of the page that belong to no article.
func Document(d news.Document) []news.Article {
	var drafts []draft
	var rest []unit.Unit
	if structured(d) {
		drafts, rest = page(d)
	} else {
		drafts, rest = plain(d)
	}
	var out []news.Article
	taken := map[news.ArticleID]int{}
	for i, dr := range drafts {
		a := build(d, dr, i)
		if n := taken[a.ID]; n > 0 { // the same headline again: the place tells them apart
			a.ID = news.NewArticleID(d.Page, a.Whole())
		}
		taken[a.ID]++
		out = append(out, a)
	}
	if len(out) == 0 {
		return nil
	}
	notTheirs(d, drafts[0], out)
	claim(d, drafts, rest, out)
	for _, u := range rest {
		if u.Notice != "" {
			out[0].Flags = append(out[0].Flags, news.Flag{Name: "notice-" + u.Notice, Detail: u.Text})
		}
		out[0].Segments = append(out[0].Segments, news.Segment{Span: u.Span, Kind: u.Kind, Reason: u.Reason})
	}
	slices.SortStableFunc(out[0].Segments, func(a, b news.Segment) int { return a.Span.Start - b.Span.Start })
	return out
}

// notTheirs takes from the authors that a page names those who wrote only its further articles.
func notTheirs(d news.Document, first draft, out []news.Article) {
	if !structured(d) || len(out) == 1 {
		return
	}
	var own, theirs []string
	for _, u := range first.units {
		own = append(own, u.People...)
	}
	for _, a := range out[1:] {
		theirs = append(theirs, a.Authors...)
	}
	out[0].Authors = slices.DeleteFunc(slices.Clone(out[0].Authors), func(name string) bool {
		return slices.Contains(theirs, name) && !slices.Contains(own, name)
	})
}

// build makes an article of its draft: segments, sentences, title, byline, dateline, authors,
// language and, where it prints one, its date.
func build(d news.Document, dr draft, index int) news.Article {
	a := news.Article{
		Page: d.Page, Revision: d.Revision, Reader: d.Reader, Name: d.Name, Index: index, Role: news.Main,
		Text: d.Text, Flags: slices.Clone(d.Flags),
	}
	if index > 0 {
		a.Role = news.Embedded // its own address is not the page's
	} else {
		a.URL, a.Canonical = d.URL, d.Meta.Canonical
	}
	opened := false
	for i, u := range dr.units {
		a.Range = a.Range.Cover(u.Span)
		switch u.Kind {
		case news.Body:
			segments, sentences := cut(d.Text, u, !opened)
			for _, s := range segments {
				if s.Kind == news.Dateline {
					a.Dateline = news.NewExcerpt(d.Text, s.Span)
				}
			}
			opened = true
			a.Segments = append(a.Segments, segments...)
			a.Sentences = append(a.Sentences, sentences...)
			continue
		case news.Title, news.Dek, news.Caption, news.Label:
			a.Sentences = append(a.Sentences, text.Sentences(d.Text, []text.Span{u.Span})...)
		case news.Byline:
			if a.Byline == nil || a.Authors == nil && len(u.People) > 0 {
				a.Byline = news.NewExcerpt(d.Text, u.Span)
				a.Authors = u.People
			}
		}
		if i == dr.title {
			a.Title = news.NewExcerpt(d.Text, u.Span)
		}
		if u.Notice != "" {
			a.Flags = append(a.Flags, news.Flag{Name: "notice-" + u.Notice, Detail: u.Text})
		}
		a.Segments = append(a.Segments, news.Segment{Span: u.Span, Kind: u.Kind, Reason: u.Reason})
	}
	if index == 0 {
		if a.Title == nil && d.Meta.Title != nil {
			a.Title = d.Meta.Title
		}
		if structured(d) {
			a.Authors = d.Meta.Authors
		}
	}
	a.ID = news.NewArticleID(d.Page, a.Opening())
	return a
}
