// Package pace bounds how many requests are worked on at once. Who asks beyond that waits a moment for
// a turn and is then told to come back: so those who get an answer get it soon, however many ask.
//
// It knows no principals: how much one of them may ask for is the budget of package api.
package pace

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ErrBusy says that no turn came up in time.
var ErrBusy = errors.New("too much of this kind is being worked on: try again in a moment")

// Turns are those of one kind of request. It is safe for concurrent use.
type Turns struct {
	slots    chan struct{}
	patience time.Duration
}

// New lets most requests be worked on at once, and others wait for so long.
func New(most int, patience time.Duration) *Turns {
	return &Turns{make(chan struct{}, most), patience}
}

// Take waits for a turn. end, which may be called more than once, ends it; err is ErrBusy or what ended
// the context.
func (t *Turns) Take(ctx context.Context) (end func(), err error) {
	select {
	case t.slots <- struct{}{}:
		return t.end(), nil
	default:
	}
	if t.patience <= 0 {
		return nil, ErrBusy
	}
	timer := time.NewTimer(t.patience)
	defer timer.Stop()
	select {
	case t.slots <- struct{}{}:
		return t.end(), nil
	case <-timer.C:
		return nil, ErrBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (t *Turns) end() func() { return sync.OnceFunc(func() { <-t.slots }) }
