package account

import (
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	// freeAttempts is how often signing in may fail before one has to wait.
	freeAttempts = 5
	// firstWait is doubled with each further failure, up to longestWait.
	firstWait   = 2 * time.Second
	longestWait = 15 * time.Minute
	// forgetAfter is when failures no longer count.
	forgetAfter = time.Hour
	// addressFactor is how many more failures an address may have than a name: many people may
	// share one.
	addressFactor = 4
	// mostThrottled bounds what is remembered.
	mostThrottled = 20_000
)

// A throttle slows down those who fail.
type throttle struct {
	mu       sync.Mutex
	failures map[string]failure
}

type failure struct {
	count int
	last  time.Time
}

// wait is how long key has to wait before it may try again.
func (t *throttle) wait(key string, free int, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	f, known := t.failures[key]
	if !known || f.count < free || now.Sub(f.last) > forgetAfter {
		return 0
	}
	wait := longestWait
	if n := f.count - free; n < 16 {
		wait = min(longestWait, firstWait<<n)
	}
	return max(0, wait-now.Sub(f.last))
}

// fail notes that key failed.
func (t *throttle) fail(key string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.failures == nil {
		t.failures = map[string]failure{}
	}
	if len(t.failures) >= mostThrottled {
		t.forget(now)
	}
	f := t.failures[key]
	if now.Sub(f.last) > forgetAfter {
		f.count = 0
	}
	t.failures[key] = failure{f.count + 1, now}
}

// forget makes room: those that no longer count go, and where that is not enough the oldest half.
func (t *throttle) forget(now time.Time) {
	for age := forgetAfter; len(t.failures) > mostThrottled/2 && age > time.Second; age /= 2 {
		for key, f := range t.failures {
			if now.Sub(f.last) > age {
				delete(t.failures, key)
			}
		}
	}
	if len(t.failures) >= mostThrottled { // all of them within a second: an attack from everywhere
		clear(t.failures)
	}
}

func (t *throttle) succeed(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.failures, key)
}

// Address is where a request comes from. What a proxy says of that is not believed: anybody can say it.
func Address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
