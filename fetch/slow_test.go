package fetch_test

import (
	"context"
	"errors"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dateline/fetch"
)

// slow gives piece after each pause, as often as told.
type slow struct {
	piece string
	pause time.Duration
	left  int
	ended chan struct{} // made by its test; nil for a body that nobody closes
	once  sync.Once
}

func (s *slow) Read(b []byte) (int, error) {
	select {
	case <-time.After(s.pause):
	case <-s.ended:
		return 0, io.ErrClosedPipe
	}
	if s.left--; s.left < 0 {
		return 0, io.EOF
	}
	return copy(b, s.piece), nil
}

func (s *slow) Close() error { s.once.Do(func() { close(s.ended) }); return nil }

// TestFloor: a body that trickles is given up long before the time for a request is over, one
// that is only slow is not, and one that never ends is when it is. Time is simulated.
func TestFloor(t *testing.T) {
	for name, c := range map[string]struct {
		body  *slow
		class fetch.Class
		took  time.Duration
	}{
		"a trickle":            {&slow{piece: "x", pause: time.Second, left: 1000}, fetch.Timeout, 10 * time.Second},
		"silence":              {&slow{piece: "x", pause: time.Hour, left: 1}, fetch.Timeout, 10 * time.Second},
		"slow but steady":      {&slow{piece: strings.Repeat("x", 4<<10), pause: time.Second, left: 20}, fetch.OK, 21 * time.Second},
		"steady without end":   {&slow{piece: strings.Repeat("x", 4<<10), pause: time.Second, left: 1000}, fetch.Timeout, 30 * time.Second},
		"a trickle at the end": {&slow{piece: strings.Repeat("x", 20<<10), pause: 9 * time.Second, left: 2}, fetch.OK, 27 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c.body.ended = make(chan struct{})
				client := fetch.New(fetch.Config{Transport: roundTrip(func(*http.Request) *http.Response {
					return &http.Response{StatusCode: 200, Body: c.body}
				})})
				began := time.Now()
				_, err := client.Get(context.Background(), fetch.Request{URL: "https://a.example/"})
				if fetch.ClassOf(err) != c.class || time.Since(began) != c.took {
					t.Errorf("%v after %v", err, time.Since(began))
				}
			})
		})
	}
}

// TestTLS: a certificate that nobody vouches for is a failure of the network, and nothing is
// asked of who shows it.
func TestTLS(t *testing.T) {
	asked := 0
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	_, err := fetch.New(fetch.Config{Egress: loopback(t, server)}).Get(context.Background(), fetch.Request{URL: server.URL})
	if fetch.ClassOf(err) != fetch.Network || !strings.Contains(err.Error(), "certificate") || asked != 0 {
		t.Errorf("%v, %d asked", err, asked)
	}
}

// TestLargeBodies: no more than four bodies over 1 MB are in memory at once; small ones do not
// wait for them, and who waits is not taken for slow.
func TestLargeBodies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const megabyte = 1 << 20
		client := fetch.New(fetch.Config{Transport: roundTrip(func(r *http.Request) *http.Response {
			n := int64(3 * megabyte)
			if r.URL.Path == "/small" {
				n = megabyte / 2
			}
			// All but the end comes at once; the end after seven seconds, and then its end.
			return &http.Response{StatusCode: 200, Body: io.NopCloser(io.MultiReader(io.LimitReader(zeros{}, n), &slow{piece: "x", pause: 7 * time.Second, left: 1}))}
		})})
		began := time.Now()
		type outcome struct {
			class fetch.Class
			took  time.Duration
		}
		ended := make(chan outcome, 17)
		get := func(path string) {
			_, err := client.Get(context.Background(), fetch.Request{URL: "https://a.example" + path})
			var wait *fetch.WaitError
			if errors.As(err, &wait) && wait.Reason != "memory" {
				t.Error(err)
			}
			ended <- outcome{fetch.ClassOf(err), time.Since(began)}
		}
		for range 16 {
			go get("/large")
		}
		go get("/small")
		count := map[outcome]int{}
		for range 17 {
			count[<-ended]++
		}
		// Four at a time; the last four have no turn before the time for a request is over. (That of
		// the third four is over too, but their body came whole, since this one cannot be stopped.)
		want := map[outcome]int{{fetch.OK, 14 * time.Second}: 5, {fetch.OK, 28 * time.Second}: 4, {fetch.OK, 42 * time.Second}: 4, {fetch.Wait, 30 * time.Second}: 4}
		if !maps.Equal(count, want) {
			t.Errorf("got %v", count)
		}
	})
}

// zeros is an endless body.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }
