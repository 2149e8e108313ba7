package fetch_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"testing"

	"dateline/egress"
	"dateline/fetch"
)

// loopback is the policy under which a test reaches its own server.
func loopback(t *testing.T, servers ...*httptest.Server) egress.Policy {
	t.Helper()
	p := egress.Policy{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	for _, s := range servers {
		u, err := url.Parse(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		port, err := strconv.ParseUint(u.Port(), 10, 16)
		if err != nil {
			t.Fatal(err)
		}
		p.Ports = append(p.Ports, uint16(port))
	}
	return p
}

func TestGet(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Content-Type", "text/HTML; charset=ISO-8859-1")
		_, _ = w.Write([]byte("<p>caf\xe9"))
	}))
	defer server.Close()
	client := fetch.New(fetch.Config{Egress: loopback(t, server)})
	r, err := client.Get(context.Background(), fetch.Request{URL: server.URL + "/a#part"})
	if err != nil {
		t.Fatal(err)
	}
	if r.URL != server.URL+"/a" || string(r.Body) != "<p>caf\xe9" || r.ContentType != "text/html" || r.Charset != "ISO-8859-1" || r.ETag != `"v1"` {
		t.Errorf("got %+v", r)
	}
	r, err = client.Get(context.Background(), fetch.Request{URL: server.URL + "/a", ETag: r.ETag})
	if err != nil || !r.NotModified || r.Body != nil || r.ETag != `"v1"` {
		t.Errorf("got %+v, %v", r, err)
	}
}
