package service

import (
	"container/list"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
)

const (
	// mostConnections bounds what is open at once: one that waits holds some 15 KB.
	mostConnections = 4096
	// otherFiles are left for the record, for pages that are fetched and for feeds.
	otherFiles = 512
)

// connections are those of a server, of which so many may be open. Where one more comes, the one gives
// way on which nothing has moved for longest: that waits for the rest of a request, for the next one, or
// for its client to take an answer. So who only holds connections open is shut out, and who sends a
// request in one go is answered. One that is worked on stays, and so does a stream of events, of which
// the API has its own bound; where all are such, the new one is shut.
type connections struct {
	most int

	mu      sync.Mutex
	open    map[net.Conn]*list.Element // nil for one that stays
	waiting list.List                  // of net.Conn, the one that has waited longest first
}

type connectionKey struct{}

// bound makes a server hold at most so many connections.
func bound(s *http.Server, most int) {
	c := &connections{most: most, open: map[net.Conn]*list.Element{}}
	s.ConnState = c.changed
	s.ConnContext = func(ctx context.Context, conn net.Conn) context.Context {
		return context.WithValue(ctx, connectionKey{}, conn)
	}
	inner := s.Handler
	s.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, ok := r.Context().Value(connectionKey{}).(net.Conn)
		if !ok {
			inner.ServeHTTP(w, r)
			return
		}
		if r.ContentLength == 0 {
			c.stays(conn)
		} else {
			r.Body = &arriving{r.Body, func() { c.stays(conn) }}
		}
		if !strings.HasSuffix(r.URL.Path, "/stream") {
			w = &departing{w, sync.OnceFunc(func() { c.waits(conn) })}
		}
		inner.ServeHTTP(w, r)
	})
}

// arriving is a body; it is here when its end is read.
type arriving struct {
	io.ReadCloser
	here func()
}

func (a *arriving) Read(b []byte) (int, error) {
	n, err := a.ReadCloser.Read(b)
	if err != nil {
		a.here()
	}
	return n, err
}

// departing is an answer; it is on its way with its first byte.
type departing struct {
	http.ResponseWriter
	leave func()
}

func (d *departing) WriteHeader(status int) {
	d.leave()
	d.ResponseWriter.WriteHeader(status)
}

func (d *departing) Write(b []byte) (int, error) {
	d.leave()
	return d.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (d *departing) Unwrap() http.ResponseWriter { return d.ResponseWriter }

// changed follows a connection from its beginning to its end.
func (c *connections) changed(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	var shut net.Conn
	switch state {
	case http.StateNew, http.StateIdle:
		if e := c.open[conn]; e != nil {
			c.waiting.Remove(e)
		}
		c.open[conn] = c.waiting.PushBack(conn)
		if len(c.open) > c.most {
			shut = c.forget(c.waiting.Front().Value.(net.Conn))
		}
	case http.StateClosed, http.StateHijacked:
		c.forget(conn)
	}
	c.mu.Unlock()
	if shut != nil {
		_ = shut.Close() // its server finds out
	}
}

// forget takes a connection off the books.
func (c *connections) forget(conn net.Conn) net.Conn {
	if e := c.open[conn]; e != nil {
		c.waiting.Remove(e)
	}
	delete(c.open, conn)
	return conn
}

// stays keeps a connection while its request is worked on.
func (c *connections) stays(conn net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.open[conn]; e != nil {
		c.waiting.Remove(e)
		c.open[conn] = nil
	}
}

// waits notes that a connection waits for its client from now on.
func (c *connections) waits(conn net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, open := c.open[conn]
	if !open {
		return
	}
	if e != nil {
		c.waiting.Remove(e)
	}
	c.open[conn] = c.waiting.PushBack(conn)
}
