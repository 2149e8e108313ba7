package api

import (
	"sync"
	"time"
)

// mostMetered bounds how many budgets are remembered.
const mostMetered = 20_000

// A meter is a token bucket for each of those who ask.
type meter struct {
	rate  float64
	burst float64
	now   func() time.Time

	mu      sync.Mutex
	buckets map[string]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

func newMeter(rate float64, burst int, now func() time.Time) *meter {
	return &meter{rate: rate, burst: float64(burst), now: now, buckets: map[string]bucket{}}
}

// take takes one request from a budget, or says how long it lasts until there is one.
func (m *meter) take(key string) time.Duration {
	now := m.now()
	m.mu.Lock()
	defer m.mu.Unlock()
	b, known := m.buckets[key]
	if !known {
		if len(m.buckets) >= mostMetered {
			m.forget(now)
		}
		b = bucket{m.burst, now}
	}
	b.left = min(m.burst, b.left+m.rate*max(0, now.Sub(b.at).Seconds()))
	b.at = now
	wait := time.Duration(0)
	if b.left < 1 {
		wait = time.Duration((1 - b.left) / m.rate * float64(time.Second))
	} else {
		b.left--
	}
	m.buckets[key] = b
	return wait
}

// forget drops budgets that are full again, and all of them where that is not enough.
func (m *meter) forget(now time.Time) {
	for key, b := range m.buckets {
		if b.left+m.rate*now.Sub(b.at).Seconds() >= m.burst {
			delete(m.buckets, key)
		}
	}
	if len(m.buckets) >= mostMetered {
		clear(m.buckets)
	}
}
