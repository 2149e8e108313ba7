// Package web is the pages: what a person sees of the record.
//
// A page is a query, a view type and a template. The handlers are thin: they ask the record
// (interface Record, which cmd/dateline wires to a store), hand what they got to package view,
// which makes of it what the page shows, and hand that to package look, which has the templates,
// the style and the few scripts. Everything is rendered here and reads and works without scripts.
//
// Every page takes as-of=, a day or an instant, and shows the record as it stood then; the links
// of such a page keep it. What changes the record is a POST from one of our own pages.
//
// The API and the accounts have handlers of their own, which Config mounts beside the pages. What
// they answer passes through the same guards: headers, hosts, origins, sizes, panics.
package web

import (
	"cmp"
	"log/slog"
	"net/http"
	"time"

	"dateline/account"
	"dateline/web/look"
)

// Config is what the pages need of others.
type Config struct {
	Record  Record
	Intake  Intake  // nil where nothing can be added
	Fetcher Fetcher // nil where no address is fetched
	Sources Sources // nil where nothing is collected
	Desk    Desk    // nil where nobody can correct
	Checker Checker // nil where quotations cannot be checked
	Version string  // of the program, as the foot of the pages shows it
	Now     func() time.Time
	Log     *slog.Logger

	// Hosts are the names by which the service may be called, beside the names of the loopback
	// interface; a request by any other name is refused, so that no foreign page can reach us
	// by giving its own name our address.
	Hosts []string

	// Me is whose decisions those are that are made where nobody has to sign in.
	Me string
	// Accounts says who may do what; nil lets everybody do everything.
	Accounts *account.Guard
	// Secure says that browsers reach the service by HTTPS, through a proxy that ends it.
	Secure bool
	// Mount are the handlers of others by the pattern of their routes, as http.ServeMux has them:
	// "/v1/" for the API. They ask for themselves who may.
	Mount map[string]http.Handler
}

// A site is the pages over a record.
type site struct {
	Config
	look *look.Look
	memo memo
}

// New is the handler of all pages, and of what is mounted beside them.
func New(c Config) (http.Handler, error) {
	c.Now = orClock(c.Now)
	c.Log = cmp.Or(c.Log, slog.New(slog.DiscardHandler))
	s := &site{Config: c}
	frame := look.Config{Version: c.Version, Now: c.Now}
	if c.Accounts != nil {
		frame.Person = s.person
	}
	var err error
	if s.look, err = look.New(frame); err != nil {
		return nil, err
	}
	return s.guarded(s.routes()), nil
}

func orClock(now func() time.Time) func() time.Time {
	if now == nil {
		return time.Now
	}
	return now
}

// routes are all pages there are.
func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	page := func(pattern string, e endpoint) { mux.Handle(pattern, s.answering(e)) }
	mux.Handle("GET /assets/", s.look.Assets())
	page("GET /{$}", s.today)
	page("GET /story/{id}", s.story)
	page("GET /story/{id}/brief", s.brief)
	page("GET /story/{id}/calendar", s.calendar)
	page("GET /article/{id}", s.article)
	page("GET /why/{id}", s.why)
	page("GET /bytes/{id}", s.bytes)
	page("GET /raw/{id}", s.raw)
	page("GET /help", s.help)
	page("GET /article/{id}/revisions", s.revisions)
	page("GET /actor/{id}", s.actor)
	page("GET /actor", s.actor)
	page("GET /outlet", s.outlet)
	page("GET /issue/{id}", s.issue)
	page("GET /add", s.add)
	page("POST /add", s.addPages)
	page("GET /added", s.added)
	page("GET /sources", s.sources)
	page("POST /sources", s.addFeed)
	page("POST /sources/remove", s.removeFeed)
	page("GET /status", s.status)
	page("GET /search", s.search)
	page("GET /check", s.check)
	page("POST /decide", s.decide)
	page("POST /undo/{id}", s.undo)
	page("GET /decisions", s.decisions)
	page("GET /gold/{id}", s.gold)
	if s.Accounts != nil {
		s.accountRoutes(page)
	}
	for pattern, h := range s.Mount {
		mux.Handle(pattern, h)
	}
	page("/", func(http.ResponseWriter, *http.Request) error { return errNoPage })
	return mux
}
