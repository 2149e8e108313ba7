package view

import (
	"cmp"
	"time"

	"dateline/news"
)

// Taken is how far the work on a page has come.
type Taken struct {
	Done     bool
	Articles []news.ArticleID
	Failure  string
}

// An Add is the page on which one adds.
type Add struct {
	CanFetch bool
	Trouble  string
}

// An Added is what became of the pages that were given.
type Added struct{ Pages []AddedPage }

// An AddedPage is one of them.
type AddedPage struct {
	Name     string
	Revision string
	Known    bool
	Pending  bool
	Failure  string // why no article was found on it
	Trouble  string // why it was not stored
	Articles []ArticleLine
}

// A Status is what the record holds and what is wrong with it.
type Status struct {
	Counts  []Counted
	Waiting int
	Failed  []Failed
	Counted When
	Version string
}

// NewStatus is what the record holds.
func NewStatus(c news.Counts) Status {
	return Status{Waiting: c.Queued + c.Leased, Counts: []Counted{
		{"pages", c.Pages}, {"of which removed", c.Removed}, {"revisions", c.Revisions}, {"articles", c.Articles}, {"statements", c.Statements},
		{"stories", c.Stories}, {"ledger rows", c.Entries}, {"pages that wait to be read", c.Queued + c.Leased},
	}}
}

// A Counted is a number of things.
type Counted struct {
	What string
	N    int
}

// A Failed is a page that could not be read.
type Failed struct {
	Page     string
	Reason   string
	Attempts int
	Dead     bool
}

// Sources is the page of the feeds.
type Sources struct {
	Collects bool
	Feeds    []Feed
	Trouble  string
}

// A Feed is an address that is polled.
type Feed struct {
	ID, Name, Address string
	State             string
	Health            string // the class of its state: "done", "due", "broken"
	Reason            string
	Last, Next        When
	Items             news.Tally
}

// NewFeeds are the feeds with their health.
func NewFeeds(all []news.Feed, now time.Time) []Feed {
	var out []Feed
	for _, f := range all {
		v := Feed{ID: string(f.ID), Name: cmp.Or(f.Outlet, f.Title, f.URL), Address: f.URL, State: "good", Health: "done", Reason: cmp.Or(f.Reason, f.Error),
			Last: NewInstant(f.Succeeded, now), Items: f.Polls}
		switch {
		case f.State != news.ActiveFeed:
			v.State, v.Health = "stopped", "broken"
		case f.Failures > 0:
			v.State, v.Health = "failing, "+Plural(f.Failures, "time"), "broken"
		case f.Succeeded.IsZero():
			v.State, v.Health = "not read yet", "due"
		}
		if f.State == news.ActiveFeed {
			v.Next = NewInstant(f.Next, now)
		}
		out = append(out, v)
	}
	return out
}

// NewAddedPage is what became of a page that was stored.
func NewAddedPage(name, revision string, known bool, t Taken, heads map[news.ArticleID]news.Head, l Links, now time.Time) AddedPage {
	p := AddedPage{Name: name, Revision: revision, Known: known, Pending: !t.Done, Failure: t.Failure}
	m := NewMaker(news.Dossier{Heads: heads}, l, now)
	for _, id := range t.Articles {
		p.Articles = append(p.Articles, m.Line(id))
	}
	return p
}
