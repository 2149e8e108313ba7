package main

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
	"dateline/web"
	"dateline/web/view"
)

// site is everything the service answers.
func (p *program) site(s *store.Store, in *intake) (http.Handler, error) {
	c := web.Config{Record: &record{Store: s}, Version: version().Program, Now: time.Now, Log: p.log}
	if in != nil {
		c.Intake = in
	}
	return web.New(c)
}

// A record is a store as the pages ask for it.
type record struct {
	*store.Store

	counting sync.Mutex
	counted  view.Status
	at       time.Time
}

func (r *record) Evidence(ctx context.Context, id string) (*news.Entry, []view.Evidence, error) {
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

// countAgain is how old counts may be: counting walks whole tables.
const countAgain = 30 * time.Second

// listedFailures bounds how many failures the status lists.
const listedFailures = 100

func (r *record) Status(ctx context.Context) (view.Status, error) {
	r.counting.Lock()
	defer r.counting.Unlock()
	now := time.Now()
	if r.at.IsZero() || now.Sub(r.at) > countAgain {
		c, err := r.Counts(ctx)
		if err != nil {
			return view.Status{}, err
		}
		r.counted = view.Status{Waiting: c.Queued + c.Leased, Counts: []view.Counted{
			{What: "pages", N: c.Pages}, {What: "of which removed", N: c.Removed}, {What: "revisions", N: c.Revisions}, {What: "articles", N: c.Articles},
			{What: "statements", N: c.Statements}, {What: "stories", N: c.Stories}, {What: "ledger rows", N: c.Entries}, {What: "pages that wait to be read", N: c.Queued + c.Leased},
		}}
		r.at = now
	}
	v := r.counted
	v.Counted = view.NewInstant(r.at, now)
	failed, err := r.FailedJobs(ctx, listedFailures)
	for _, f := range failed {
		v.Failed = append(v.Failed, view.Failed{Page: f.Page, Reason: f.Reason, Attempts: f.Attempts, Dead: f.Dead})
	}
	return v, err
}

// An intake stores pages and has them read by one worker, who is rung when there is work.
type intake struct {
	store *store.Store
	house *pipeline.House
	bell  chan struct{}

	mu   sync.Mutex
	done chan struct{} // closed, and made anew, whenever the worker has come to rest
}

func newIntake(s *store.Store, h *pipeline.House) *intake {
	return &intake{store: s, house: h, bell: make(chan struct{}, 1), done: make(chan struct{})}
}

// work reads and places what waits, now and whenever the bell rings, until the context ends.
func (in *intake) work(ctx context.Context, failed func(error)) {
	for {
		if err := in.house.Settle(ctx); err != nil && ctx.Err() == nil {
			failed(err)
		}
		in.mu.Lock()
		close(in.done)
		in.done = make(chan struct{})
		in.mu.Unlock()
		select {
		case <-ctx.Done():
			return
		case <-in.bell:
		}
	}
}

func (in *intake) ring() {
	select {
	case in.bell <- struct{}{}:
	default: // it rings already
	}
}

func (in *intake) Add(ctx context.Context, p news.Page) (news.Added, error) {
	if err := pipeline.Readable(p); err != nil {
		return news.Added{}, err
	}
	added, err := in.store.AddPages(ctx, []news.Page{p})
	if err != nil {
		return news.Added{}, err
	}
	in.ring()
	return added[0], nil
}

func (in *intake) Settled(ctx context.Context, id news.RevisionID) (view.Taken, error) {
	for {
		in.mu.Lock()
		rest := in.done
		in.mu.Unlock()
		// What is asked for after the wait has run out is still answered.
		asked := context.WithoutCancel(ctx)
		p, err := in.store.Progress(asked, id)
		if err != nil || p.Done {
			taken := view.Taken{Done: p.Done, Failure: p.Failure}
			if err == nil && p.Articles > 0 {
				reading, readErr := in.store.Reading(asked, id)
				err = readErr
				for _, a := range reading.Annotations {
					taken.Articles = append(taken.Articles, a.Article.ID)
				}
			}
			return taken, err
		}
		select {
		case <-ctx.Done():
			return view.Taken{}, nil
		case <-rest:
		case <-time.After(time.Second): // a ring that came while the worker was coming to rest
		}
	}
}

// Fetch is for the time when addresses are fetched.
func (in *intake) Fetch() (func(context.Context, string) (news.Page, error), bool) { return nil, false }
