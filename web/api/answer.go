package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// problem answers with problem details where huma does not.
func (a *api) problem(w http.ResponseWriter, _ *http.Request, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Del("ETag")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: detail})
}

// methods answers a method that a path does not have as a problem, with the methods it has.
func methods(mux *http.ServeMux, a *api) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern == "/v1/" {
			var allowed []string
			for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
				probe := r.Clone(r.Context())
				probe.Method = method
				if _, p := mux.Handler(probe); p != "/v1/" && p != "" {
					allowed = append(allowed, method)
				}
			}
			if len(allowed) > 0 {
				w.Header().Set("Allow", strings.Join(allowed, ", "))
				a.problem(w, r, http.StatusMethodNotAllowed, "this operation has the methods "+strings.Join(allowed, ", "))
				return
			}
		}
		mux.ServeHTTP(w, r)
	})
}

// mostTagged is the longest answer that is held back for its tag; longer ones go out as they come.
const mostTagged = 16 << 20

// tagged gives what is read an ETag of its content, and answers conditional requests (RFC 9110, section
// 13.1.2). The tag is made of the answer itself, so it cannot be wrong; what it saves is the way.
func (a *api) tagged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead || strings.HasSuffix(r.URL.Path, "/stream") {
			next.ServeHTTP(w, r)
			return
		}
		held := &holding{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(held, r)
		if held.passing {
			return
		}
		if held.status == http.StatusOK {
			sum := sha256.Sum256(held.body.Bytes())
			tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
			w.Header().Set("ETag", tag)
			w.Header().Set("Cache-Control", "private, no-cache")
			if matches(r.Header.Get("If-None-Match"), tag) {
				w.Header().Del("Content-Type")
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		w.WriteHeader(held.status)
		_, _ = w.Write(held.body.Bytes()) // a client that went away is no error of ours
	})
}

func matches(header, tag string) bool {
	for _, t := range strings.Split(header, ",") {
		if t = strings.TrimSpace(t); t == "*" || strings.TrimPrefix(t, "W/") == tag {
			return true
		}
	}
	return false
}

// holding is an answer that is held back.
type holding struct {
	http.ResponseWriter
	status  int
	body    bytes.Buffer
	passing bool // it grew too long and goes out
}

func (h *holding) WriteHeader(status int) {
	if h.passing {
		return
	}
	h.status = status
}

func (h *holding) Write(b []byte) (int, error) {
	if !h.passing && h.body.Len()+len(b) > mostTagged {
		h.passing = true
		h.ResponseWriter.WriteHeader(h.status)
		if _, err := h.ResponseWriter.Write(h.body.Bytes()); err != nil {
			return 0, err
		}
		h.body.Reset()
	}
	if h.passing {
		return h.ResponseWriter.Write(b)
	}
	return h.body.Write(b)
}
