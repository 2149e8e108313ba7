package main

import (
	"context"
	"errors"
	"net/http"
	"time"

	"dateline/news"
	"dateline/store"
	"dateline/web"
	"dateline/web/view"
)

// site is everything the service answers.
func (p *program) site(s *store.Store) (http.Handler, error) {
	return web.New(web.Config{Record: record{s}, Version: version().Program, Now: time.Now, Log: p.log})
}

// A record is a store as the pages ask for it.
type record struct{ *store.Store }

func (r record) Evidence(ctx context.Context, id string) (*news.Entry, []view.Evidence, error) {
	trace, err := r.Why(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	var all []view.Evidence
	for _, e := range trace.Evidence {
		v := view.Evidence{Statement: e.Statement, Article: e.Article, Reader: e.Reader, Page: e.Page, Revision: e.Revision, Gone: e.Gone}
		for _, part := range e.Parts {
			v.Parts = append(v.Parts, view.Part(part))
		}
		if e.Statement != nil {
			a, err := r.Article(ctx, e.Article.ID)
			if err != nil && !errors.Is(err, news.ErrNotFound) {
				return nil, nil, err
			}
			v.Text = a.Article.Text
		}
		all = append(all, v)
	}
	return trace.Entry, all, nil
}
