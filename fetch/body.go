package fetch

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"dateline/fetch/coding"
)

var (
	errTooLong = errors.New("took too long")
	errTooSlow = errors.New("came too slowly")
	errNoPlace = errors.New("no memory for it while other large bodies come")
)

// body reads the body, as sent and unpacked, under the ceilings. What was sent before an error is
// returned with it.
func (c *Client) body(ctx context.Context, answer *http.Response, r Request) (wire, body []byte, err error) {
	address := shown(answer.Request.URL)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	// Closing the body is what ends a read that waits for a silent peer.
	stop := context.AfterFunc(ctx, func() { _ = answer.Body.Close() })
	defer stop()

	sent := &paced{r: answer.Body}
	place := &place{client: c, ctx: ctx}
	defer place.leave()
	floor := sent.watch(func() {
		if !place.waiting.Load() {
			cancel(errTooSlow)
		}
	})
	defer floor.Stop()

	packing := answer.Header.Get("Content-Encoding")
	ceiling, cut := c.config.MaxWireBytes, r.cut > 0 && packing == ""
	if cut {
		ceiling = r.cut - 1
	}
	wire, err = place.readAll(io.LimitReader(sent, ceiling+1))
	switch cause := context.Cause(ctx); {
	case errors.Is(err, errNoPlace) && errors.Is(cause, errTooLong):
		return wire, nil, &WaitError{HostOf(answer.Request.URL), c.config.Clock.Now().Add(c.config.TotalTimeout), "memory"}
	case err != nil && cause != nil:
		return wire, nil, bodyError(address, cause)
	case err != nil:
		return wire, nil, bodyError(address, err)
	case int64(len(wire)) > ceiling && !cut:
		return wire[:c.config.MaxWireBytes], nil, &LimitError{address, "bytes on the wire", c.config.MaxWireBytes}
	}
	unpacked, err := coding.NewReader(bytes.NewReader(wire), packing, coding.Limits{
		Bytes: cmp.Or(r.cut, r.MaxBytes, c.config.MaxBodyBytes), Ratio: maxRatio,
	})
	if err != nil {
		return wire, nil, bodyError(address, err)
	}
	defer unpacked.Close()
	var from io.Reader = unpacked
	if r.cut > 0 {
		from = io.LimitReader(unpacked, r.cut)
	}
	if body, err = place.readAll(from); err != nil {
		return wire, nil, bodyError(address, err)
	}
	return wire, body, nil
}

// bodyError says what ended a body early.
func bodyError(address string, err error) error {
	var limit *coding.LimitError
	switch {
	case errors.As(err, &limit):
		return &LimitError{address, limit.What, limit.Limit}
	case errors.Is(err, errTooLong), errors.Is(err, errTooSlow):
		return &BodyError{URL: address, Timeout: true, Err: err}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return &cancelled{address, err}
	}
	return &BodyError{URL: address, Err: err}
}

// paced counts what comes.
type paced struct {
	r io.Reader
	n atomic.Int64
}

func (p *paced) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.n.Add(int64(n))
	return n, err
}

// watch calls slow whenever less than floorBytes came in floorTime. The timer is to be stopped.
func (p *paced) watch(slow func()) *time.Timer {
	var timer *time.Timer
	last := int64(0)
	armed := make(chan struct{})
	timer = time.AfterFunc(floorTime, func() {
		<-armed
		n := p.n.Load()
		if n-last < floorBytes {
			slow()
		}
		last = n
		timer.Reset(floorTime)
	})
	close(armed)
	return timer
}

// A place is a body's share of the memory for bodies: small ones need none.
type place struct {
	client  *Client
	ctx     context.Context
	taken   bool
	waiting atomic.Bool // for other bodies: then it is not this server that is slow
}

func (p *place) readAll(r io.Reader) ([]byte, error) {
	body := make([]byte, 0, 32<<10)
	for {
		if len(body) == cap(body) {
			if len(body) >= smallBody && !p.taken {
				p.waiting.Store(true)
				select {
				case p.client.large <- struct{}{}:
					p.taken = true
				case <-p.ctx.Done():
					return body, errNoPlace
				}
				p.waiting.Store(false)
			}
			body = append(body, 0)[:len(body)]
		}
		n, err := r.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		switch {
		case errors.Is(err, io.EOF):
			return body, nil
		case err != nil:
			return body, err
		}
	}
}

func (p *place) leave() {
	if p.taken {
		<-p.client.large
	}
}
