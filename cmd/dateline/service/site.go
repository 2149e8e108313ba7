// Package service runs the record as a service: the site and the API over a store, the listener with
// its bounds of connections, and the collecting from feeds; with the commands serve, collect and feed.
//
// What is answered is package web's, how pages are got is package fetch's: here they meet the store.
package service

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"os/user"
	"strings"
	"time"

	"dateline/account"
	"dateline/cmd/dateline/cli"
	"dateline/fetch"
	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
	"dateline/web"
	"dateline/web/api"
	"dateline/web/view"
)

// Site is everything the service answers. What it is given is read, and what it follows is collected,
// by c.
func Site(ctx context.Context, p *cli.Program, s *store.Store, c *collection, o Exposure) (http.Handler, error) {
	door := c.Door()
	guard, err := account.NewGuard(ctx, s.Accounts, o.Local, time.Now)
	if err != nil {
		return nil, err
	}
	programs, err := api.New(api.Config{Record: programmed{s, door}, Guard: guard, Version: cli.Version().Program, Now: time.Now, Log: p.Log, Limits: o.limits})
	if err != nil {
		return nil, err
	}
	config := web.Config{
		Record: &Record{Store: s}, Intake: door, Fetcher: door, Sources: door, Desk: door, Checker: s, Accounts: guard, Hosts: o.hosts, Secure: o.secure,
		Mount:   map[string]http.Handler{"/v1/": programs},
		Version: cli.Version().Program, Now: time.Now, Log: p.Log,
	}
	if u, err := user.Current(); err == nil {
		config.Me = u.Username
	}
	return web.New(config)
}

// Unhurried is the site for one who measures it: nothing is collected, and nobody asks too often.
func Unhurried(ctx context.Context, p *cli.Program, s *store.Store) (http.Handler, error) {
	return Site(ctx, p, s, &collection{store: s}, Exposure{Local: true, limits: api.Limits{Rate: 1e9, Burst: 1e9}})
}

// An Exposure is how others reach the service.
type Exposure struct {
	Local  bool     // from this machine alone
	hosts  []string // names by which it is called
	secure bool     // by HTTPS, which a proxy ends
	limits api.Limits
}

// programmed is a store as the API asks for it. What a program adds is read at once.
type programmed struct {
	*store.Store
	door *Door
}

func (s programmed) AddPages(ctx context.Context, pages []news.Page) ([]news.Added, error) {
	for _, p := range pages {
		if err := pipeline.Readable(p); err != nil {
			return nil, err
		}
	}
	added, err := s.Store.AddPages(ctx, pages)
	s.door.c.wake()
	return added, err
}

func (s programmed) Answered(ctx context.Context, principal, key string, now time.Time) ([32]byte, int, []byte, error) {
	return s.Accounts.Answered(ctx, principal, key, now)
}

func (s programmed) SaveAnswer(ctx context.Context, principal, key string, request [32]byte, status int, body []byte) error {
	return s.Accounts.SaveAnswer(ctx, principal, key, request, status, body)
}

// A Record is a store as the pages ask for it.
type Record struct{ *store.Store }

const listedFailures = 100 // how many failures the status lists

func (r *Record) Status(ctx context.Context) (view.Status, error) {
	c, err := r.Counts(ctx)
	if err != nil {
		return view.Status{}, err
	}
	v := view.NewStatus(c)
	v.Counted = view.NewInstant(c.At, time.Now())
	failed, err := r.FailedJobs(ctx, listedFailures)
	for _, f := range failed {
		v.Failed = append(v.Failed, view.Failed{Page: f.Page, Reason: f.Reason, Attempts: f.Attempts, Dead: f.Dead})
	}
	return v, err
}

// A Door is where pages and feeds come in.
type Door struct{ c *collection }

func (c *collection) Door() *Door { return &Door{c} }

func (d *Door) Add(ctx context.Context, p news.Page) (news.Added, error) {
	if err := pipeline.Readable(p); err != nil {
		return news.Added{}, err
	}
	added, err := d.c.store.AddPages(ctx, []news.Page{p})
	if err != nil {
		return news.Added{}, err
	}
	d.c.wake()
	return added[0], nil
}

// lookAgain is how often Settled looks whether a page is read.
const lookAgain = 100 * time.Millisecond

func (d *Door) Settled(ctx context.Context, id news.RevisionID) (view.Taken, error) {
	// What is asked for when the wait has run out is still answered.
	asked := context.WithoutCancel(ctx)
	for {
		p, err := d.c.store.Progress(asked, id)
		if err != nil || p.Done && p.Articles == 0 {
			return view.Taken{Done: p.Done, Failure: p.Failure}, err
		}
		if p.Done {
			taken := view.Taken{Done: true, Failure: p.Failure}
			reading, err := d.c.store.Reading(asked, id)
			for _, a := range reading.Annotations {
				taken.Articles = append(taken.Articles, a.Article.ID)
			}
			return taken, err
		}
		select {
		case <-ctx.Done():
			return view.Taken{}, nil
		case <-time.After(lookAgain):
		}
	}
}

// Fetch gets a page that a person asks for, once.
func (d *Door) Fetch(ctx context.Context, address string) (news.Page, error) {
	if err := d.c.allowed(address); err != nil {
		return news.Page{}, err
	}
	r, err := d.c.polite.Get(ctx, fetch.Request{URL: address, SkipRobots: true})
	if err != nil {
		return news.Page{}, err
	}
	return news.Page{Name: address, URL: r.URL, Fetched: r.FetchedAt, MediaType: r.ContentType, Charset: r.Charset, Body: r.Body}, nil
}

func (d *Door) AllFeeds(ctx context.Context) ([]news.Feed, error) { return d.c.store.AllFeeds(ctx) }

func (d *Door) RemoveFeed(ctx context.Context, id news.FeedID) error {
	return d.c.store.RemoveFeed(ctx, id)
}

func (d *Door) Follow(ctx context.Context, address, outlet string) error {
	if err := d.c.allowed(address); err != nil {
		return fmt.Errorf("%s: %w", address, err)
	}
	f, err := d.c.look(ctx, news.Feed{URL: address, Outlet: outlet})
	if err != nil {
		return err
	}
	f.Next = time.Now()
	_, err = d.c.store.AddFeed(ctx, f)
	return err
}

func (d *Door) Decide(ctx context.Context, decision news.Decision) (news.Decision, error) {
	made, err := d.c.store.Decide(ctx, decision)
	return made, d.decided(err)
}

func (d *Door) Undo(ctx context.Context, id news.DecisionID) error {
	return d.decided(d.c.store.Undo(ctx, id))
}

func (d *Door) Decisions(ctx context.Context, object string, undone bool) iter.Seq2[news.Decision, error] {
	return d.c.store.Decisions(ctx, object, undone)
}

// decided has the stories made anew that a decision bears on, and tells what cannot be decided from
// what broke.
func (d *Door) decided(err error) error {
	if errors.Is(err, news.ErrDecision) {
		_, why, _ := strings.Cut(err.Error(), news.ErrDecision.Error()+": ")
		return web.Refused{Err: errors.New(why)}
	}
	if err == nil {
		d.c.wake()
	}
	return err
}
