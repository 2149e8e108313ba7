package score

import (
	"slices"

	"dateline/cmd/dateline/input"
	"dateline/demo"
	"dateline/eval"
	"dateline/news"
	"dateline/text"
)

// demoStories are the invented stories with their answers, as package eval takes them.
func demoStories() ([]eval.DemoStory, error) {
	var out []eval.DemoStory
	for _, name := range slices.Concat(demo.Stories(), demo.DevStories()) {
		story, err := demo.Answers(name)
		if err != nil {
			return nil, err
		}
		s := eval.DemoStory{Name: name}
		for _, r := range story.Readings {
			page := eval.DemoPage{Page: news.Page{
				Name: r.Page.File, URL: r.Page.URL, Fetched: r.Page.Fetched, MediaType: input.MediaType(r.Page.File), Body: r.Page.Body,
			}}
			people := map[string]demo.Entity{}
			for _, e := range r.Entities {
				people[e.ID] = e
			}
			for _, a := range r.Articles {
				page.Articles = append(page.Articles, demoArticle(a, people))
			}
			s.Pages = append(s.Pages, page)
		}
		out = append(out, s)
	}
	return out, nil
}

func demoArticle(a demo.Article, people map[string]demo.Entity) eval.DemoArticle {
	out := eval.DemoArticle{
		Role: news.Role(a.Role), Text: a.Text, Sentences: demoSpans(a.Sentences),
		Outlet: a.Metadata.Outlet, Basis: news.Basis(a.Metadata.OutletBasis), Carrier: a.Metadata.Carrier, Authors: a.Metadata.Authors,
		Published: a.Metadata.Published, Local: a.Metadata.Local, DateBasis: news.Basis(a.Metadata.Basis), Language: a.Metadata.Language,
	}
	for _, s := range a.Segments {
		out.Segments = append(out.Segments, news.Segment{Span: demoSpan(s.Span), Kind: news.Kind(s.Kind)})
	}
	for _, t := range a.Times {
		out.Times = append(out.Times, news.TimeExpression{Span: demoSpan(t.Span), Type: news.TimeType(t.Type), Value: t.Value, Anchor: t.Anchor})
	}
	for _, m := range a.Mentions {
		out.Mentions = append(out.Mentions, eval.DemoMention{Span: demoSpan(m.Span), Entity: m.Entity})
	}
	for _, s := range a.Statements {
		st := eval.DemoStatement{
			Source: demoSpans(s.Source), Cue: demoSpans(s.Cue), Content: demoSpans(s.Content), Addressee: demoSpans(s.Addressee),
			Mode: news.Mode(s.Mode), Act: news.Act(s.Act), Said: s.Said, Relayed: len(s.Relayed), Negative: s.Negative,
		}
		if e, ok := people[s.Speaker]; ok {
			st.Speaker = append([]string{e.Name}, e.Forms...)
			st.Anonymous = e.Anonymous
		}
		out.Statements = append(out.Statements, st)
	}
	return out
}

func demoSpan(s demo.Span) text.Span { return text.Span{Start: s.Start, End: s.End} }

func demoSpans(list []demo.Span) []text.Span {
	var out []text.Span
	for _, s := range list {
		out = append(out, demoSpan(s))
	}
	return out
}
