package fetch

import (
	"context"
	"time"
)

// A Clock tells the time and waits. Whoever simulates time hands in their own.
type Clock interface {
	Now() time.Time
	// Sleep returns nil after d, or the error of ctx if that ends first.
	Sleep(ctx context.Context, d time.Duration) error
}

// SystemClock is the real one.
type SystemClock struct{}

// Now is the present time.
func (SystemClock) Now() time.Time { return time.Now() }

// Sleep waits in real time.
func (SystemClock) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
