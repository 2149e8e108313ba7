package collect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"dateline/fetch"
	"dateline/fetch/schedule"
	"dateline/news"
)

// visit gets the page of a link and stores it if it is new, then says when it is looked at again.
func (c *Collector) visit(ctx context.Context, l news.PageLink) error {
	stop := c.beat(ctx, l)
	defer stop()
	request := fetch.Request{URL: l.URL}
	if l.Revision != "" {
		request.ETag, request.LastModified = l.ETag, l.LastModified
	}
	response, err := c.Getter.Get(ctx, request)
	if ctx.Err() != nil && fetch.ClassOf(err) == fetch.Cancelled {
		return nil // its lease ends by itself
	}
	now := c.Clock.Now()
	v := news.Visit{Link: l, State: news.WaitingLink, At: now, Status: response.Status}
	class := fetch.ClassOf(err)
	var stored error
	switch until, waiting := waits(err); {
	case waiting:
		v.Link.Due = until
	case err != nil:
		c.missed(&v, err, class)
	case response.NotModified:
		c.seen(&v, false)
	default:
		stored = c.store(ctx, &v, response)
	}
	if stored != nil {
		return stored
	}
	v.Host = c.host(l.URL)
	err = c.Memory.SaveVisit(ctx, v)
	if errors.Is(err, news.ErrLeaseEnded) {
		c.Log.Warn("a page took too long and is somebody else's now", "link", l.URL)
		return nil
	}
	if err != nil {
		return fmt.Errorf("save the visit of %s: %w", l.URL, err)
	}
	c.counts.visit(string(class), response)
	c.Log.Debug("visited", "link", l.URL, "status", v.Status, "state", v.State, "due", v.Link.Due, "reason", v.Link.Reason)
	return nil
}

// beat extends the lease of a link until stop is called.
func (c *Collector) beat(ctx context.Context, l news.PageLink) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		ticker := time.NewTicker(heartbeatTime)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				if err := c.Memory.Heartbeat(ctx, l, c.Clock.Now()); err != nil && ctx.Err() == nil {
					c.Log.Warn("heartbeat", "error", err)
				}
			}
		}
	}()
	return func() { cancel(); <-ended }
}

// seen notes a visit that found the page there.
func (c *Collector) seen(v *news.Visit, changed bool) {
	l := &v.Link
	l.Visits++
	l.Tries, l.Reason = 0, ""
	if changed {
		l.Quiet = 0
	} else {
		l.Quiet++
	}
	l.Due = schedule.Revisit(v.At, l.Published, l.Quiet, c.Rand())
	if l.Due.IsZero() {
		v.State = news.DoneLink
	}
}

// store keeps a page that came whole.
func (c *Collector) store(ctx context.Context, v *news.Visit, r fetch.Response) error {
	p := news.Page{Name: r.URL, URL: r.URL, Fetched: r.FetchedAt, MediaType: r.ContentType, Charset: r.Charset, Outlet: v.Link.Outlet, Body: r.Body}
	if news.CleanURL(r.URL) != news.CleanURL(v.Link.URL) {
		v.Moved = r.URL
	}
	if c.Readable != nil {
		if err := c.Readable(p); err != nil {
			c.missed(v, err, fetch.Other)
			return nil
		}
	}
	added, err := c.Memory.AddPage(ctx, p)
	if errors.Is(err, news.ErrRemoved) {
		v.State, v.Link.Reason = news.DoneLink, err.Error()
		return nil
	}
	if err != nil {
		return fmt.Errorf("store %s: %w", r.URL, err)
	}
	c.seen(v, added.State == news.NewPage)
	v.Link.Revision, v.Link.ETag, v.Link.LastModified = added.Revision, r.ETag, r.LastModified
	if added.State == news.NewPage {
		c.counts.page()
		if c.Stored != nil {
			c.Stored(added)
		}
	}
	return nil
}

// missed notes a visit that brought no page.
func (c *Collector) missed(v *news.Visit, err error, class fetch.Class) {
	l := &v.Link
	l.Tries++
	l.Reason = err.Error()
	l.Due = schedule.Retry(v.At, l.Tries, c.Rand())
	var robots *fetch.RobotsError
	switch {
	case class == fetch.Refused:
		v.State, l.Reason = news.RefusedLink, "fetch refused: "+err.Error()
	case errors.As(err, &robots):
		if robots.Rule != "" {
			v.State = news.RefusedLink
		} else {
			l.Tries-- // it was not asked for
			l.Due = robots.Until
		}
	case isStatus(err, http.StatusGone), isStatus(err, http.StatusNotFound) && l.Tries > 1:
		v.State = news.GoneLink // if it was there before, its revisions stay
	case class == fetch.Other, class == fetch.Limit, class == fetch.Moved:
		if l.Tries > 2 {
			v.State = news.FailedLink
		}
	}
	if l.Due.IsZero() && v.State == news.WaitingLink {
		v.State = news.FailedLink
	}
}
