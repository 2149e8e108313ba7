package fetch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dateline/egress"
)

// A StatusError is a response whose status is neither 2xx nor 304.
type StatusError struct {
	URL        string
	Code       int
	RetryAfter time.Duration // how long the server asks to be left alone, at most MaxRetryAfter; 0 if it did not say, or nonsense
}

func (e *StatusError) Error() string {
	if e.RetryAfter > 0 {
		return fmt.Sprintf("get %s: status %d, asked to wait %s", e.URL, e.Code, e.RetryAfter.Round(time.Second))
	}
	return fmt.Sprintf("get %s: status %d", e.URL, e.Code)
}

// A LimitError is a response that went past a ceiling: it was not read to its end.
type LimitError struct {
	URL   string
	What  string // "header bytes", "bytes on the wire", "bytes unpacked", "unpacked to packed", "redirects", "codings"
	Limit int64
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("get %s: more than %d %s", e.URL, e.Limit, e.What)
}

// A RedirectError is a redirect that is not followed.
type RedirectError struct {
	URL, Target string
	Why         string
}

func (e *RedirectError) Error() string {
	return fmt.Sprintf("get %s: redirect to %q: %s", e.URL, e.Target, e.Why)
}

// A NetworkError is a request without a whole response head: no such host, refused, reset,
// time-out, a head that is no HTTP.
type NetworkError struct {
	URL     string
	Timeout bool
	Err     error
}

func (e *NetworkError) Error() string { return fmt.Sprintf("get %s: %v", e.URL, e.Err) }
func (e *NetworkError) Unwrap() error { return e.Err }

// A BodyError is a body that did not arrive whole or is not what its head says: cut short, badly
// chunked, packed in a way that does not unpack, too slow.
type BodyError struct {
	URL     string
	Timeout bool
	Err     error
}

func (e *BodyError) Error() string { return fmt.Sprintf("get %s: body: %v", e.URL, e.Err) }
func (e *BodyError) Unwrap() error { return e.Err }

// A RobotsError is a page that the host's robots.txt asks us not to fetch. Nothing was sent.
type RobotsError struct {
	URL   string
	Rule  string    // the line that forbids it; "" where robots.txt could not be had
	Err   error     // why it could not be had: no answer means no (RFC 9309, 2.3.1.4)
	Until time.Time // until when this answer is remembered; asking again before gives it again
}

func (e *RobotsError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("get %s: not fetched while robots.txt cannot be had: %v", e.URL, e.Err)
	}
	return fmt.Sprintf("get %s: not fetched: robots.txt has %q", e.URL, e.Rule)
}
func (e *RobotsError) Unwrap() error { return e.Err }

// A WaitError is a request that must not be sent yet. Nothing was sent for it (or, on a
// redirect, nothing more), but for the reason "memory": its body had to be left, for others took
// all the room there is.
type WaitError struct {
	Host   string
	Until  time.Time // when to ask again: a promise of "not before", not of "then"
	Reason string    // "gap", "in flight", "retry-after", "back-off", "breaker", "ceiling", "hosts", "memory"
}

func (e *WaitError) Error() string {
	return fmt.Sprintf("%s: wait until %s (%s)", e.Host, e.Until.UTC().Format(time.RFC3339), e.Reason)
}

// A Class is the kind of outcome of a request, for counters and the ledger of a host. The zero
// value is success. Every outcome has one; nothing is left out.
type Class string

// The classes of outcomes.
const (
	OK        Class = ""          // a body, or 304
	Status    Class = "status"    // StatusError
	Limit     Class = "limit"     // LimitError
	Moved     Class = "redirect"  // RedirectError
	Refused   Class = "refused"   // egress.RefusedError: an address, a port or a scheme we do not call
	Network   Class = "network"   // NetworkError without Timeout
	Timeout   Class = "timeout"   // NetworkError or BodyError with Timeout
	Body      Class = "body"      // BodyError
	Robots    Class = "robots"    // RobotsError
	Wait      Class = "wait"      // WaitError
	Cancelled Class = "cancelled" // the caller's context ended
	Other     Class = "other"     // the archive could not be written; a URL that is none
)

// ClassOf tells the class of what Get returned.
func ClassOf(err error) Class {
	var (
		status   *StatusError
		limit    *LimitError
		redirect *RedirectError
		network  *NetworkError
		body     *BodyError
		robots   *RobotsError
		wait     *WaitError
		refused  *egress.RefusedError
	)
	switch {
	case err == nil:
		return OK
	case errors.As(err, &robots):
		return Robots
	case errors.As(err, &wait):
		return Wait
	case errors.As(err, &refused):
		return Refused
	case errors.As(err, &status):
		return Status
	case errors.As(err, &limit):
		return Limit
	case errors.As(err, &redirect):
		return Moved
	case errors.As(err, &network):
		if network.Timeout {
			return Timeout
		}
		return Network
	case errors.As(err, &body):
		if body.Timeout {
			return Timeout
		}
		return Body
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Cancelled
	}
	return Other
}
