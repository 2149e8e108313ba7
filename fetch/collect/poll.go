package collect

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"html"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/egress"
	"dateline/fetch"
	"dateline/fetch/feed"
	"dateline/fetch/item"
	"dateline/fetch/schedule"
	"dateline/fetch/sitemap"
	"dateline/news"
)

const acceptFeeds = "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,application/json;q=0.8,*/*;q=0.5"

// poll asks a feed, decides on what it serves, and saves both in one piece.
func (c *Collector) poll(ctx context.Context, f news.Feed) error {
	began := c.Clock.Now()
	request := fetch.Request{URL: f.URL, Accept: acceptFeeds, MaxBytes: feed.MaxBytes}
	whole := f.ETag == "" && f.LastModified == "" || began.Sub(f.Whole) >= schedule.Whole
	if !whole {
		request.ETag, request.LastModified = f.ETag, f.LastModified
	}
	response, err := c.Getter.Get(ctx, request)
	if until, waiting := waits(err); waiting && len(response.Redirects) == 0 {
		return c.Memory.PostponeFeed(ctx, f.ID, until)
	}
	class := fetch.ClassOf(err)
	if class == fetch.Cancelled && ctx.Err() != nil {
		return nil //nolint:nilerr // we are asked to end; the feed is asked again next time
	}
	now := c.Clock.Now()
	p := news.FeedPoll{At: now, Took: now.Sub(began), Status: response.Status, Class: string(class), Whole: whole}
	p.Tally.Polls = 1
	f.Polled, f.Error, f.Reason = now, "", ""
	if whole {
		f.Whole = now
	}
	address := schedule.Moved(now, &f, permanent(response, err))
	gone := isStatus(err, http.StatusGone)
	if schedule.Gone(now, &f, gone) {
		f.State, f.Reason = news.StoppedFeed, "it says that it is gone for good (410); \"dateline feed refresh\" asks again"
	}
	switch {
	case err != nil:
		f.Error = words(err)
		c.failed(&f, class)
	case response.NotModified:
		f.Succeeded, f.Failures = now, 0
		f.ETag, f.LastModified = cmp.Or(response.ETag, f.ETag), cmp.Or(response.LastModified, f.LastModified)
		c.wishes(&f, nil, response.Header)
	default:
		if err := c.read(ctx, &f, &p, response); err != nil {
			return err
		}
	}
	if address != f.URL && f.Error == "" {
		f.URL = address
	}
	f.Next, _ = schedule.Next(now, f, c.Rand())
	p.Feed, p.Host = f, c.host(f.URL)
	if p.Host.NotBefore.After(p.Feed.Next) {
		p.Feed.Next = p.Host.NotBefore
	}
	if err := c.Memory.SavePoll(ctx, p); err != nil {
		return fmt.Errorf("save the poll of %s: %w", f.URL, err)
	}
	c.counts.poll(p, response)
	c.Log.Debug("polled", "feed", f.URL, "status", p.Status, "class", p.Class, "served", p.Tally.Served, "new", p.Tally.Stored, "error", f.Error)
	return nil
}

// permanent is where permanent redirects alone have led to a body; "" if nowhere.
func permanent(r fetch.Response, err error) string {
	if err != nil || len(r.Redirects) == 0 {
		return ""
	}
	for _, hop := range r.Redirects {
		if !hop.Permanent() {
			return ""
		}
	}
	return r.URL
}

func isStatus(err error, code int) bool {
	var status *fetch.StatusError
	return errors.As(err, &status) && status.Code == code
}

// failed notes a failure. What no later try can change stops the feed.
func (c *Collector) failed(f *news.Feed, class fetch.Class) {
	f.Failures++
	if class == fetch.Refused {
		f.State, f.Reason = news.StoppedFeed, "its address is not one that is called"
	}
}

// words are an error in words, with what to do about it where something can be done.
func words(err error) string {
	var status *fetch.StatusError
	var refused *egress.RefusedError
	var robots *fetch.RobotsError
	var network *fetch.NetworkError
	text := err.Error()
	switch {
	case errors.As(err, &status) && (status.Code == 401 || status.Code == 403):
		return text + ": it does not let us in; ask the outlet, or remove the feed"
	case errors.As(err, &status) && status.Code == 404:
		return text + ": there is nothing at this address; look for a new one on the outlet's page and add that"
	case errors.As(err, &status) && status.Code == 410:
		return text + ": it says that it is gone; it is asked for three days more"
	case errors.As(err, &status) && status.Code == 429:
		return text + ": it was asked too often; it is left alone as long as it wants"
	case errors.As(err, &status) && status.Code >= 500:
		return text + ": its server has trouble; nothing to do, it is asked again later"
	case errors.As(err, &refused):
		return text + "; if it is a host of your own, allow its network in the settings"
	case errors.As(err, &robots) && robots.Rule != "":
		return text + ": the outlet asks robots to stay away; ask it, or remove the feed"
	case errors.As(err, &network):
		return text + ": it is asked again later; check the address if this stays so"
	}
	return text
}

// read reads a document and decides on its items.
func (c *Collector) read(ctx context.Context, f *news.Feed, p *news.FeedPoll, response fetch.Response) error {
	document, err := c.document(ctx, response)
	if err != nil {
		f.Failures++
		f.Error = "read: " + err.Error()
		p.Class = "unreadable"
		switch {
		case errors.Is(err, feed.ErrEmpty):
			f.Error += ": what was there stays; it is asked again later"
		case errors.Is(err, feed.ErrNotFeed):
			f.Error += ": what was there stays; check the address if this stays so"
		}
		return nil
	}
	at := p.At
	f.Succeeded, f.Failures = at, 0
	f.Title, f.Home, f.Format, f.Flags = document.Title.Value, document.Link, document.Format, document.Flags
	if document.Title.HTML() {
		f.Title = strings.Join(strings.Fields(html.UnescapeString(document.Title.Value)), " ")
	}
	f.Hub, f.Topic = first(document.Related("hub")), cmp.Or(first(document.Related("self")), f.URL)
	c.wishes(f, &document.Rhythm, response.Header)

	verdict, err := c.judge(ctx, f, &document, at)
	if err != nil {
		return err
	}
	f.Flags = document.Flags
	if verdict.Why != "" {
		f.Flags = append(f.Flags, news.Flag{Name: "unstable-ids", Detail: verdict.Why + "; items are known by their addresses from now on"})
	}
	f.Identity = verdict.Identity
	verdict.Tally.Polls = 1
	p.Tally, p.Items, p.Known = verdict.Tally, verdict.Items, verdict.Known
	p.Rejects = together(verdict.Rejects)
	if left := document.Served - len(document.Items); left > 0 {
		p.Tally.Served += left
		p.Tally.Rejected += left
		p.Rejects = append(p.Rejects, document.left...)
		if n := left - document.leftKnown; n > 0 {
			p.Rejects = append(p.Rejects, fmt.Sprintf("cut off, no item, or beyond the first %d (%d)", feed.MaxItems, n))
		}
	}
	if to := document.NewLocation; to != "" && to != f.URL {
		f.Flags = append(f.Flags, news.Flag{Name: "new-location", Detail: "it says that it has moved to " + to + "; that is not followed: add the address if it is right"})
	}
	p.Complete = !document.Cut && document.Served == len(document.Items)
	for _, d := range document.Deleted {
		p.Deleted = append(p.Deleted, news.Retraction{Key: item.KeyOfID(d.Ref), When: d.When.Time, What: strings.TrimSpace(d.Comment + " " + d.By)})
	}
	if err := c.follow(ctx, f, p); err != nil {
		return err
	}
	if len(verdict.New) > 0 {
		f.Changed = at
		var times []time.Time
		for _, i := range verdict.New {
			times = append(times, arrival(i, len(f.Rhythm) == 0))
		}
		f.Rhythm = schedule.Arrived(f.Rhythm, times...)
	}
	sum := sha256.Sum256(response.Body)
	f.Digest = sum[:16]
	if document.Cut {
		f.ETag, f.LastModified = "", "" // the rest is still to come
	} else {
		f.ETag, f.LastModified = response.ETag, response.LastModified
	}
	return nil
}

// olderPages is how many further pages of a feed are read where its first one may not reach back to
// what is known (RFC 5005).
const olderPages = 5

// judge decides on a document's items. If all of them are new and it has older pages, these are
// read too, until one has an item that is known: after a long outage nothing is missed.
func (c *Collector) judge(ctx context.Context, f *news.Feed, d *document, at time.Time) (item.Verdict, error) {
	seen := map[string]bool{f.URL: true}
	for page := 0; ; page++ {
		candidates := item.Candidates(&d.Feed)
		known, err := c.Memory.KnownItems(ctx, f.ID, item.Keys(candidates))
		if err != nil {
			return item.Verdict{}, err
		}
		next := cmp.Or(first(d.Related("next")), first(d.Related("prev-archive")))
		if len(known) > 0 || next == "" || page == olderPages || seen[next] || len(d.Items) >= feed.MaxItems {
			if next != "" && len(known) == 0 && page == olderPages {
				d.Flags = append(d.Flags, news.Flag{Name: "older-pages", Detail: fmt.Sprintf("there are more than the %d that were read", olderPages)})
			}
			return item.Judge(candidates, known, f.Identity, at), nil
		}
		seen[next] = true
		if err := c.older(ctx, next, d); err != nil {
			d.Cut = true
			d.Flags = append(d.Flags, news.Flag{Name: "older-pages", Detail: fmt.Sprintf("%s: %v", next, err)})
			d.Links = slices.DeleteFunc(d.Links, func(l feed.Link) bool { return l.Rel == "next" || l.Rel == "prev-archive" })
		}
	}
}

// older adds the items of an older page to a document, and takes its way on.
func (c *Collector) older(ctx context.Context, address string, d *document) error {
	if c.Allowed != nil {
		if err := c.Allowed(address); err != nil {
			return err
		}
	}
	response, err := c.patiently(ctx, fetch.Request{URL: address, Accept: acceptFeeds, MaxBytes: feed.MaxBytes})
	if err != nil {
		return err
	}
	page, err := feed.Parse(response.Body, feed.Origin{URL: response.URL, ContentType: contentType(response)})
	if err != nil {
		return err
	}
	room := max(0, feed.MaxItems-len(d.Items))
	d.Items = append(d.Items, page.Items[:min(len(page.Items), room)]...)
	d.Served += page.Served
	d.Deleted = append(d.Deleted, page.Deleted...)
	d.Cut = d.Cut || page.Cut
	d.Links = slices.DeleteFunc(d.Links, func(l feed.Link) bool { return l.Rel == "next" || l.Rel == "prev-archive" })
	for _, l := range page.Links {
		if l.Rel == "next" || l.Rel == "prev-archive" {
			d.Links = append(d.Links, l)
		}
	}
	return nil
}

// arrival is when an item came, for the rhythm: of a feed's first document the times it gives,
// later when it was seen.
func arrival(i news.FeedItem, first bool) time.Time {
	if first {
		return i.Effective()
	}
	return i.Seen
}

func first(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

// together counts reasons that are the same.
func together(reasons []string) []string {
	var out []string
	slices.Sort(reasons)
	for len(reasons) > 0 {
		n := 1
		for n < len(reasons) && reasons[n] == reasons[0] {
			n++
		}
		out = append(out, fmt.Sprintf("%s (%d)", reasons[0], n))
		reasons = reasons[n:]
	}
	return out
}

// A document is a feed, or a sitemap with the maps it names.
type document struct {
	feed.Feed
	left      []string // why items of it were left out
	leftKnown int      // how many those are
}

func (c *Collector) document(ctx context.Context, r fetch.Response) (document, error) {
	origin := feed.Origin{URL: r.URL, ContentType: contentType(r), ContentLocation: r.Header.Get("Content-Location"), ContentLanguage: r.Header.Get("Content-Language")}
	if !sitemap.Is(r.Body) {
		f, err := feed.Parse(r.Body, origin)
		return document{Feed: f}, err
	}
	m, err := sitemap.Parse(r.Body, origin, c.Clock.Now())
	if err != nil {
		return document{}, err
	}
	d := document{Feed: m.Feed, left: m.Refused}
	d.leftKnown = m.Served - len(m.Items) - m.Over
	seen := map[string]bool{r.URL: true}
	for _, child := range m.Children {
		if seen[child] {
			continue
		}
		seen[child] = true
		c.child(ctx, child, &d)
	}
	return d, nil
}

// child reads a map that an index names. One level: an index in an index is left out.
func (c *Collector) child(ctx context.Context, address string, d *document) {
	response, err := c.patiently(ctx, fetch.Request{URL: address, Accept: acceptFeeds, MaxBytes: sitemap.MaxBytes})
	if err == nil {
		var m sitemap.Map
		m, err = sitemap.Parse(response.Body, feed.Origin{URL: response.URL, ContentType: contentType(response)}, c.Clock.Now())
		if err == nil {
			if len(m.Children) > 0 {
				m.Flags = append(m.Flags, news.Flag{Name: "sitemap-partial", Detail: address + ": an index in an index is not followed"})
			}
			room := max(0, feed.MaxItems-len(d.Items))
			d.Items = append(d.Items, m.Items[:min(len(m.Items), room)]...)
			d.Served += m.Served
			d.left = append(d.left, m.Refused...)
			d.leftKnown += m.Served - len(m.Items) - m.Over
			d.Flags = append(d.Flags, m.Flags...)
			return
		}
	}
	d.Cut = true // what it names may still be there
	d.Flags = append(d.Flags, news.Flag{Name: "sitemap-partial", Detail: fmt.Sprintf("%s: %v", address, err)})
}

// patiently gets what follows from a request that was just made, once its host allows.
func (c *Collector) patiently(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	for range 3 {
		response, err := c.Getter.Get(ctx, r)
		until, waiting := waits(err)
		wait := until.Sub(c.Clock.Now())
		if !waiting || wait > time.Minute {
			return response, err
		}
		if err := c.Clock.Sleep(ctx, wait); err != nil {
			return response, err
		}
	}
	return c.Getter.Get(ctx, r)
}

func contentType(r fetch.Response) string {
	if r.Charset == "" {
		return r.ContentType
	}
	return mime.FormatMediaType(r.ContentType, map[string]string{"charset": r.Charset})
}

// wishes notes how often a feed wants to be asked. rhythm is nil where no document tells.
func (c *Collector) wishes(f *news.Feed, rhythm *feed.Rhythm, header http.Header) {
	if rhythm != nil {
		f.AskedGap = max(rhythm.TTL, rhythm.Period)
		f.SkipHours, f.SkipDays = 0, 0
		for h, skip := range rhythm.SkipHours {
			if skip {
				f.SkipHours |= 1 << h
			}
		}
		for d, skip := range rhythm.SkipDays {
			if skip {
				f.SkipDays |= 1 << d
			}
		}
	}
	f.AskedGap = max(f.AskedGap, maxAge(header))
}

// maxAge is how long an answer may be kept, by Cache-Control.
func maxAge(header http.Header) time.Duration {
	for part := range strings.SplitSeq(header.Get("Cache-Control"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if !strings.EqualFold(name, "max-age") {
			continue
		}
		if n, err := strconv.Atoi(strings.Trim(value, `"`)); err == nil && n > 0 {
			return min(time.Duration(n)*time.Second, schedule.MostAsked)
		}
	}
	return 0
}

// follow says which pages are to be fetched for new and changed items, and stores the words of
// those that have no page of their own.
func (c *Collector) follow(ctx context.Context, f *news.Feed, p *news.FeedPoll) error {
	for n := range p.Items {
		i := &p.Items[n].Item
		if i.URL != "" && c.Allowed != nil {
			if err := c.Allowed(i.URL); err != nil {
				i.Unfetchable = "fetch refused: " + err.Error()
			}
		}
		if i.Unfetchable == "" {
			p.Links = append(p.Links, news.PageLink{URL: i.URL, Due: p.At, Published: i.Effective()})
			continue
		}
		if i.URL != "" || !strings.Contains(p.Items[n].Text, "\n\n") {
			continue
		}
		added, err := c.Memory.AddPage(ctx, pageOf(f, p.At, p.Items[n]))
		if err != nil && !errors.Is(err, news.ErrRemoved) {
			return err
		}
		if err == nil && added.State == news.NewPage && c.Stored != nil {
			c.Stored(added)
		}
	}
	return nil
}

// pageOf is an item that has no page of its own as a page: its title, its time and its words.
func pageOf(f *news.Feed, at time.Time, v news.ItemVersion) news.Page {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>%s</title>", html.EscapeString(v.Item.Title))
	if !v.Item.Published.IsZero() {
		fmt.Fprintf(&b, "<meta property=\"article:published_time\" content=\"%s\">", v.Item.Published.Format(time.RFC3339))
	}
	fmt.Fprintf(&b, "</head><body><article><h1>%s</h1>\n", html.EscapeString(v.Item.Title))
	_, body, _ := strings.Cut(v.Text, "\n\n")
	for paragraph := range strings.SplitSeq(body, "\n\n") {
		fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(paragraph))
	}
	b.WriteString("</article></body></html>\n")
	name := fmt.Sprintf("%s#item-%x", f.URL, v.Item.Keys[len(v.Item.Keys)-1][:6])
	return news.Page{Name: name, Fetched: at, MediaType: "text/html", Charset: "utf-8", Outlet: f.Outlet, Body: b.Bytes()}
}
