// Package api is the record for programs: JSON over HTTP, described by OpenAPI 3.1.
//
// Its objects are those of package export, so that a page, a command and a program are told the same.
// Every operation names the role that it asks for (package account), stands in one table of package
// api, and answers errors as problem details (RFC 9457). What is read has an ETag and answers
// conditional requests (RFC 9110, section 13); lists have cursors that stay true while news
// arrives, since rows are only ever added; every view takes as_of. What could not be shown is
// counted, never left out in silence.
//
// huma reads requests against their schemas and writes the description; this package says what
// there is and asks the record for it. It decides nothing about news.
package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"dateline/account"
	"dateline/news"
	"dateline/text"
	"dateline/web/pace"
)

// Config is what the API needs of others.
type Config struct {
	Record  Record
	Guard   *account.Guard
	Version string
	Now     func() time.Time
	Log     *slog.Logger
	Limits  Limits
}

// Limits bound what programs may ask for. The zero value takes the defaults.
type Limits struct {
	Rate    float64 // requests a second for one principal or address, on the long run; 20
	Burst   int     // requests at once; 60
	Streams int     // open event streams; 256
	Writes  int     // requests that write, at once; 16
}

func (l Limits) orDefaults() Limits {
	or := func(n *int, d int) {
		if *n == 0 {
			*n = d
		}
	}
	if l.Rate == 0 {
		l.Rate = 20
	}
	or(&l.Burst, 60)
	or(&l.Streams, 256)
	or(&l.Writes, 16)
	return l
}

// An api is the operations over a record.
type api struct {
	Config
	huma   huma.API
	meter  *meter
	writes *pace.Turns
	stream *pace.Turns
	views  views
	watch  watch

	incoming atomic.Int64 // bytes of the bodies that are being received, as they were announced
}

// New is the handler of "/v1/" with the description at /v1/openapi.json and the reference at /v1/.
func New(c Config) (http.Handler, error) {
	c.Limits = c.Limits.orDefaults()
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	a := &api{
		Config: c, meter: newMeter(c.Limits.Rate, c.Limits.Burst, c.Now),
		writes: pace.New(c.Limits.Writes, patience), stream: pace.New(c.Limits.Streams, 0), // those stay: there is no turn to wait for
	}
	mux := http.NewServeMux()
	a.huma = humago.New(mux, description(c.Version))
	a.huma.UseMiddleware(a.admitted)
	a.operations()
	completed(a.huma.OpenAPI())
	reference, err := newReference(a.huma.OpenAPI())
	if err != nil {
		return nil, err
	}
	mux.Handle("GET /v1/openapi.json", reference.description())
	mux.Handle("GET /v1/{$}", reference.page())
	mux.Handle("GET /v1/reference.css", reference.style())
	mux.HandleFunc("/v1/", func(w http.ResponseWriter, r *http.Request) {
		a.problem(w, r, http.StatusNotFound, "there is no such operation; /v1/ lists them")
	})
	return a.tagged(methods(mux, a)), nil
}

// description is the frame of the OpenAPI document.
func description(version string) huma.Config {
	c := huma.DefaultConfig("Dateline", version)
	c.CreateHooks = nil // no $schema in every body
	c.DocsPath, c.OpenAPIPath, c.SchemasPath = "", "", ""
	c.RejectUnknownQueryParameters = true
	c.Info.Description = "The record of who said what, to whom, when, where, in which words, on whose authority. " +
		"All ranges are [start, end) byte offsets into the text of the same record; times are RFC 3339 in UTC, or EDTF for what is less exact; what is not known is null."
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token":   {Type: "http", Scheme: "bearer", Description: "A token made by \"dateline account token\"."},
		"session": {Type: "apiKey", In: "cookie", Name: account.Cookie, Description: "The session of somebody who is signed in."},
	}
	registry := c.Components.Schemas
	registry.RegisterTypeAlias(reflect.TypeFor[text.Span](), reflect.TypeFor[span]())
	registry.RegisterTypeAlias(reflect.TypeFor[news.Interval](), reflect.TypeFor[edtf]())
	return c
}

// span and edtf are how text.Span and news.Interval look in JSON.
type span struct{}

func (span) Schema(huma.Registry) *huma.Schema {
	two, zero := 2, 0.0
	return &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeInteger, Minimum: &zero}, MinItems: &two, MaxItems: &two, Description: "[start, end) in bytes"}
}

type edtf struct{}

func (edtf) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Nullable: true, Description: "EDTF: 2031-05-03, 2031-05, 2031-05-03/2031-05-05, 2031-05-03T09:30:00Z; null where it is not known"}
}

// An operation is one line of the table of operations.
type operation struct {
	id, method, path string
	summary          string
	role             account.Role
	cost             cost
	status           int // 200 if 0
	maxBody          int64
	errors           []int
}

// cost is what bounds how many run at once. How many read is bounded for pages and programs alike, in
// package web.
type cost int

const (
	reading cost = iota
	writing
	streaming
)

// register adds an operation; its handler answers what the schema of O says.
func register[I, O any](a *api, o operation, handler func(context.Context, *I) (*O, error)) {
	huma.Register(a.huma, a.operation(o), func(ctx context.Context, in *I) (*O, error) {
		end, err := a.turn(ctx, o.cost)
		if err != nil {
			return nil, a.failure(ctx, o.id, err)
		}
		defer end()
		out, err := handler(ctx, in)
		if err != nil {
			return nil, a.failure(ctx, o.id, err)
		}
		return out, nil
	})
}

func (a *api) operation(o operation) huma.Operation {
	op := huma.Operation{
		OperationID: o.id, Method: o.method, Path: o.path, Summary: o.summary, DefaultStatus: o.status, MaxBodyBytes: o.maxBody,
		Metadata: map[string]any{"role": o.role, "cost": o.cost}, Security: []map[string][]string{{"token": {}}, {"session": {}}},
		Errors:     append([]int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusGone, http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusServiceUnavailable}, o.errors...),
		Extensions: map[string]any{"x-role": string(o.role)},
	}
	return op
}

type principalKey struct{}

// principal is who asks.
func principal(ctx context.Context) account.Principal {
	p, _ := ctx.Value(principalKey{}).(account.Principal)
	return p
}

// admitted lets those in who may, no faster than they may.
func (a *api) admitted(c huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(c)
	who, err := a.Guard.Who(r)
	least, _ := c.Operation().Metadata["role"].(account.Role)
	switch {
	case errors.Is(err, account.ErrRefused) || err == nil && who.Role == account.Nobody:
		c.SetHeader("WWW-Authenticate", `Bearer realm="dateline"`)
		a.problem(w, r, http.StatusUnauthorized, "sign in, or send a valid token as \"Authorization: Bearer dateline_...\"")
		return
	case err != nil:
		a.Log.Error("api", "operation", c.Operation().OperationID, "error", err.Error())
		a.problem(w, r, http.StatusInternalServerError, "something broke on our side; the log says what")
		return
	case !who.Role.May(least):
		a.problem(w, r, http.StatusForbidden, fmt.Sprintf("this asks for the role %s; you have %s", least, who.Role))
		return
	}
	if wait := a.meter.take(meterKey(who, r)); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		a.problem(w, r, http.StatusTooManyRequests, "too many requests: wait as Retry-After says")
		return
	}
	switch c.Operation().Metadata["cost"].(cost) {
	case streaming:
		end, err := a.stream.Take(r.Context())
		if err != nil {
			a.busy(w, r)
			return
		}
		defer end()
	case writing:
		// Bodies are read before a request takes its turn, so that who sends slowly holds nobody up; what
		// all of them may hold meanwhile is bounded.
		n := r.ContentLength
		if n > mostBody {
			a.problem(w, r, http.StatusRequestEntityTooLarge, fmt.Sprintf("a request may bring %d MB", mostBody>>20))
			return
		}
		if n < 0 {
			n = mostBody
		}
		defer a.incoming.Add(-n)
		if a.incoming.Add(n) > mostIncoming {
			a.busy(w, r)
			return
		}
	}
	next(huma.WithValue(c, principalKey{}, who))
}

func (a *api) busy(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", "2")
	a.problem(w, r, http.StatusTooManyRequests, pace.ErrBusy.Error())
}

const (
	// patience is how long a request waits for its turn before it is told to come back.
	patience = 50 * time.Millisecond
	// mostIncoming bounds the bodies that are being received.
	mostIncoming = 4 * mostBody
)

// turn waits until one more of this cost may be worked on; the function it returns ends the turn.
func (a *api) turn(ctx context.Context, c cost) (end func(), err error) {
	if c != writing {
		return func() {}, nil
	}
	if end, err = a.writes.Take(ctx); errors.Is(err, pace.ErrBusy) {
		err = huma.ErrorWithHeaders(huma.NewError(http.StatusTooManyRequests, err.Error()), http.Header{"Retry-After": {"2"}})
	}
	return end, err
}

// meterKey is who has a budget: an account, a token, else an address.
func meterKey(who account.Principal, r *http.Request) string {
	if who.Token != "" {
		return "token " + who.Token
	}
	if who.Name != account.Local.Name {
		return "account " + who.Name
	}
	return "address " + account.Address(r)
}

// failure is an error as the caller is told it.
func (a *api) failure(ctx context.Context, id string, err error) error {
	var known huma.StatusError
	var headed huma.HeadersError
	switch {
	case errors.As(err, &headed):
		return err
	case errors.As(err, &known):
		return known
	case errors.Is(err, news.ErrRemoved):
		return huma.NewError(http.StatusGone, err.Error())
	case errors.Is(err, news.ErrNotFound), errors.Is(err, account.ErrUnknown), errors.Is(err, news.ErrReleased):
		return huma.NewError(http.StatusNotFound, err.Error())
	case errors.Is(err, news.ErrUnreadable), errors.Is(err, account.ErrExists), errors.Is(err, account.ErrLastAdmin), errors.Is(err, account.ErrInvalid), errors.Is(err, news.ErrDecision):
		return huma.NewError(http.StatusUnprocessableEntity, err.Error())
	case errors.Is(err, news.ErrDamaged):
		a.Log.Error("api", "operation", id, "error", err.Error())
		return huma.NewError(http.StatusServiceUnavailable, "this part of the record is damaged and is not shown; run \"dateline doctor\"")
	case ctx.Err() != nil:
		return huma.NewError(http.StatusServiceUnavailable, "the request was given up")
	}
	a.Log.Error("api", "operation", id, "error", err.Error())
	return huma.NewError(http.StatusInternalServerError, "something broke on our side; the log says what")
}
