package web

import (
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzhttp"
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
