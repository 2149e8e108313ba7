package web

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"dateline/web/pace"
)

// maxBodyBytes bounds what a request may bring: a page at its largest, and the form around it.
const maxBodyBytes = 64<<20 + 1<<20

// policy lets a page load from us alone and run no script or style but our files.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headers are those of every answer. A handler that knows better sets its own.
var headers = map[string]string{
	"Content-Security-Policy":      policy,
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
	"Cache-Control":                "no-store",
}

// guarded puts what holds for every request around the routes, outermost first: a panic becomes
// an answer, headers, names, origins, sizes, then whoever decides about people.
func (s *site) guarded(h http.Handler) http.Handler {
	if s.Accounts != nil {
		h = s.admitted(h)
	}
	h = s.paced(h)
	h = http.MaxBytesHandler(h, maxBodyBytes)
	h = http.NewCrossOriginProtection().Handler(h)
	h = s.named(h)
	h = gzhttp.GzipHandler(h)
	return s.headed(s.recovered(h))
}

func (s *site) headed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}

// named refuses requests by names that are not ours: DNS rebinding.
func (s *site) named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		host = strings.ToLower(strings.Trim(host, "[]"))
		ip := net.ParseIP(host)
		if host != "localhost" && !strings.HasSuffix(host, ".localhost") && (ip == nil || !ip.IsLoopback()) && !slices.Contains(s.Hosts, host) {
			http.Error(w, "This service does not go by that name.", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *site) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch p := recover(); p {
			case nil:
			case http.ErrAbortHandler:
				panic(p)
			default:
				s.Log.Error("panic", "path", r.URL.Path, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				http.Error(w, "Something broke on our side; the log says what.", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

const (
	// turnsPerCore is how many requests that read are worked on at once, for each processor: more
	// make all of them late and none of them sooner.
	turnsPerCore = 3
	// patience is how long a request waits for its turn before it is told to come back: so that
	// those who get an answer get it soon, however many ask.
	patience = 40 * time.Millisecond
)

// paced lets so many read at once. A turn ends with the first byte of the answer, which is whole by
// then: who reads slowly holds nobody up. Requests that write wait for the writer as it is, and streams
// and assets cost nothing.
func (s *site) paced(next http.Handler) http.Handler {
	turns := pace.New(turnsPerCore*runtime.GOMAXPROCS(0), patience)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		if !reads && r.URL.Path != "/v1/quotes:check" || strings.HasPrefix(r.URL.Path, "/assets/") || strings.HasSuffix(r.URL.Path, "/stream") {
			next.ServeHTTP(w, r)
			return
		}
		end, err := turns.Take(r.Context())
		switch {
		case errors.Is(err, pace.ErrBusy):
			w.Header().Set("Retry-After", "1")
			if strings.HasPrefix(r.URL.Path, "/v1/") {
				w.Header().Set("Content-Type", "application/problem+json")
				w.WriteHeader(http.StatusTooManyRequests)
				_, _ = io.WriteString(w, `{"title":"Too Many Requests","status":429,"detail":"many ask at once: try again in a second"}`)
				return
			}
			http.Error(w, "Many ask at once: try again in a second.", http.StatusTooManyRequests)
			return
		case err != nil: // whoever asked has gone
			return
		}
		defer end()
		next.ServeHTTP(&turn{w, end}, r)
	})
}

// A turn is an answer whose first byte lets the next request go on.
type turn struct {
	http.ResponseWriter
	end func()
}

func (t *turn) WriteHeader(status int) {
	t.end()
	t.ResponseWriter.WriteHeader(status)
}

func (t *turn) Write(b []byte) (int, error) {
	t.end()
	return t.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (t *turn) Unwrap() http.ResponseWriter { return t.ResponseWriter }
