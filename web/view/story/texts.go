package story

import (
	"cmp"
	"time"

	"dateline/ledger"
	"dateline/news"
	"dateline/text"
	"dateline/web/view"
)

// Texts is a story in its articles' own sentences.
type Texts struct {
	Story view.Link
	Brief []Brief
	Dates []Dated
}

// A Brief is a part of the story in brief.
type Brief struct {
	Heading string
	Lines   []Sentence
}

// A Sentence is one of an article, to the letter, and where it stands.
type Sentence struct {
	Text string
	view.Report
	Why string
}

// A Dated is a day that matters, with what is told of it.
type Dated struct {
	When  view.When
	Lines []Sentence
}

var briefWords = map[string]string{"topline": "Topline", "new": "What is new", "why": "Why it matters", "says": "Who says what", "other side": "The other side", "watch": "What to watch"}

// NewTexts is the brief and the timeline of a story; articles are its articles, since is when the
// reader looked last.
func NewTexts(y *Laid, articles []news.Annotation, since time.Time, l view.Links, now time.Time) *Texts {
	m, d := y.maker(l, now), y.rows.Dossier
	v := &Texts{Story: view.Link{Text: cmp.Or(d.Story.Name, "A story without a title"), URL: l.Story(d.Story.ID)}}
	words := map[news.ArticleID]string{}
	for _, a := range articles {
		words[a.Article.ID] = a.Article.Text
	}
	line := func(a news.ArticleID, s text.Span, why news.Reason) Sentence {
		return Sentence{s.Of(words[a]), m.Report(a, ""), why.String()}
	}
	read := ledger.Open(d.Story, articles)
	for _, s := range read.Brief(m.Dossier.Entries, since, now) {
		if n := len(v.Brief); n == 0 || v.Brief[n-1].Heading != briefWords[s.Part] {
			v.Brief = append(v.Brief, Brief{Heading: briefWords[s.Part]})
		}
		b := &v.Brief[len(v.Brief)-1]
		b.Lines = append(b.Lines, line(s.Article, s.Span, s.Reason))
	}
	for _, t := range read.Timeline(d.Entries) {
		w := view.NewWhen(t.When, now)
		if n := len(v.Dates); n == 0 || v.Dates[n-1].When.Exact != w.Exact {
			v.Dates = append(v.Dates, Dated{When: w})
		}
		day := &v.Dates[len(v.Dates)-1]
		day.Lines = append(day.Lines, line(t.Article, t.Span, t.Reason))
	}
	return v
}
