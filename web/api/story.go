package api

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
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

// mostRemembered bounds how many views of stories are remembered; one has some hundred sentences.
const mostRemembered = 200

// views are those of stories that were asked for last, by what they are made of: making one reads
// hundreds of articles.
type views struct {
	mu    sync.Mutex
	held  map[string]any
	order []string // the one that was put in first comes first
}

// remembered is the view of a key, made where it is not known.
func remembered[T any](v *views, key string, make func() (T, error)) (T, error) {
	v.mu.Lock()
	known, ok := v.held[key].(T)
	v.mu.Unlock()
	if ok {
		return known, nil
	}
	made, err := make()
	if err != nil {
		return made, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.held == nil {
		v.held = map[string]any{}
	}
	if _, raced := v.held[key]; !raced {
		v.order = append(v.order, key)
	}
	if v.held[key] = made; len(v.order) > mostRemembered {
		delete(v.held, v.order[0])
		v.order = v.order[1:]
	}
	return made, nil
}

// told reads the texts of a story's articles.
func (a *api) told(ctx context.Context, d news.Dossier) (articles []news.Annotation, truncated bool, err error) {
	var ids []news.ArticleID
	for _, v := range d.Story.Events {
		ids = append(ids, v.Articles...)
	}
	if truncated = len(ids) > mostTold; truncated {
		ids = ids[len(ids)-mostTold:]
	}
	articles, _, err = a.Record.Annotations(ctx, ids)
	return articles, truncated, err
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
	d, err := a.dossier(ctx, in)
	if err != nil {
		return nil, err
	}
	out, err := remembered(&a.views, fmt.Sprint("timeline ", d.Story.ID, " ", d.Version), func() (Told[export.Line], error) {
		articles, truncated, err := a.told(ctx, d)
		if err != nil {
			return Told[export.Line]{}, err
		}
		out, text := Told[export.Line]{Items: []export.Line{}, Articles: len(articles), Truncated: truncated}, textOf(articles)
		for _, l := range ledger.Open(d.Story, articles).Timeline(d.Entries) {
			out.Items = append(out.Items, export.NewLine(l.When, news.Passage{Article: l.Article, Span: l.Span}, text(l.Article), d.Heads[l.Article], l.Origins, l.Reason))
		}
		return out, nil
	})
	if err != nil {
		return nil, err
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
	at, err := in.time()
	if err != nil {
		return nil, err
	}
	d, err := a.dossier(ctx, &oneView{in.ID, in.View})
	if err != nil {
		return nil, err
	}
	day := cmp.Or(at, a.Now())
	out, err := remembered(&a.views, fmt.Sprint("brief ", d.Story.ID, " ", d.Version, " ", since.UnixNano(), " ", day.UTC().Format(time.DateOnly)), func() (Told[export.Sentence], error) {
		articles, truncated, err := a.told(ctx, d)
		if err != nil {
			return Told[export.Sentence]{}, err
		}
		out, text := Told[export.Sentence]{Items: []export.Sentence{}, Articles: len(articles), Truncated: truncated}, textOf(articles)
		entries := slices.Clone(d.Entries)
		for i, e := range entries {
			entries[i] = ledger.AsOf(e, day)
		}
		for _, s := range ledger.Open(d.Story, articles).Brief(entries, since, day) {
			out.Items = append(out.Items, export.NewSentence(s.Part, s.When, news.Passage{Article: s.Article, Span: s.Span}, text(s.Article), d.Heads[s.Article], s.Row, s.Reason))
		}
		return out, nil
	})
	if err != nil {
		return nil, err
	}
	return &body[Told[export.Sentence]]{out}, nil
}
