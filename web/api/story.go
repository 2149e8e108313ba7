package api

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"dateline/export"
	"dateline/ledger"
	"dateline/news"
)

// mostTold bounds how many articles of a story a timeline or a brief is made from: the newest. Their
// texts are read for it.
const mostTold = 600

// Told is a view of a story in its articles' own sentences.
type Told[T any] struct {
	Items     []T  `json:"items"`
	Articles  int  `json:"articles" doc:"how many it was made from"`
	Truncated bool `json:"truncated" doc:"the story has more; the newest were taken"`
}

// told is a story with the texts of its articles.
func (a *api) told(ctx context.Context, in *oneView) (d news.Dossier, articles []news.Annotation, truncated bool, err error) {
	if d, err = a.dossier(ctx, in); err != nil {
		return d, nil, false, err
	}
	at, err := in.time()
	if err != nil {
		return d, nil, false, err
	}
	var ids []news.ArticleID
	for _, v := range d.Story.Events {
		ids = append(ids, v.Articles...)
	}
	if truncated = len(ids) > mostTold; truncated {
		ids = ids[len(ids)-mostTold:]
	}
	for _, id := range ids {
		article, err := a.Record.Article(ctx, id)
		if errors.Is(err, news.ErrNotFound) || errors.Is(err, news.ErrRemoved) || errors.Is(err, news.ErrDamaged) {
			continue
		}
		if err != nil {
			return d, nil, false, err
		}
		articles = append(articles, article)
	}
	day := cmp.Or(at, a.Now())
	d.Entries = slices.Clone(d.Entries)
	for i, e := range d.Entries {
		d.Entries[i] = ledger.AsOf(e, day)
	}
	return d, articles, truncated, nil
}

// textOf is the text of one of the articles.
func textOf(articles []news.Annotation) func(news.ArticleID) string {
	texts := map[news.ArticleID]string{}
	for _, a := range articles {
		texts[a.Article.ID] = a.Article.Text
	}
	return func(id news.ArticleID) string { return texts[id] }
}

func (a *api) getTimeline(ctx context.Context, in *oneView) (*body[Told[export.Line]], error) {
	d, articles, truncated, err := a.told(ctx, in)
	if err != nil {
		return nil, err
	}
	out, text := Told[export.Line]{Items: []export.Line{}, Articles: len(articles), Truncated: truncated}, textOf(articles)
	for _, l := range ledger.Timeline(d.Story, articles) {
		head := d.Heads[l.Article]
		out.Items = append(out.Items, export.Line{
			Date: l.When, Page: head.Ref.Page, Article: head.Ref.Article, Range: l.Span, Text: l.Span.Of(text(l.Article)), Outlet: export.OrNull(head.Outlet),
			Origins: export.Origins{Least: 1, Most: l.Origins, Reasons: []string{"articles that tell of the day and are no copies"}}, Rule: l.Reason.String(), ID: l.Article,
		})
	}
	return &body[Told[export.Line]]{out}, nil
}

type briefInput struct {
	ID
	View
	Since string `query:"since" maxLength:"40" doc:"When the reader looked last: a day or a time"`
}

func (a *api) getBrief(ctx context.Context, in *briefInput) (*body[Told[export.Sentence]], error) {
	since, err := View{in.Since}.time()
	if err != nil {
		return nil, invalid("query.since", in.Since, "give a day or a time, as 2031-05-03 or 2031-05-03T09:30:00Z")
	}
	d, articles, truncated, err := a.told(ctx, &oneView{in.ID, in.View})
	if err != nil {
		return nil, err
	}
	var day time.Time
	if day, err = in.time(); err != nil {
		return nil, err
	}
	out, text := Told[export.Sentence]{Items: []export.Sentence{}, Articles: len(articles), Truncated: truncated}, textOf(articles)
	for _, x := range ledger.Brief(d.Story, articles, d.Entries, since, cmp.Or(day, a.Now())) {
		head := d.Heads[x.Article]
		s := export.Sentence{Part: x.Part, Page: head.Ref.Page, Article: head.Ref.Article, Range: x.Span, Text: x.Span.Of(text(x.Article)), Outlet: export.OrNull(head.Outlet), Rule: x.Reason.String(), ID: x.Article}
		if !x.When.IsZero() {
			s.Published = &x.When
		}
		if x.Row != "" {
			s.Row = &x.Row
		}
		out.Items = append(out.Items, s)
	}
	return &body[Told[export.Sentence]]{out}, nil
}
