package fetch

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"time"

	"golang.org/x/net/http/httpguts"

	"dateline/egress"
	"dateline/fetch/coding"
	"dateline/news"
)

// Ceilings and their sources: reliability settings of feed readers and crawlers in use (Miniflux,
// Heritrix, StormCrawler), docs/fetching.md.
const (
	defaultWireBytes   = 8 << 20
	defaultBodyBytes   = 8 << 20
	defaultHeaderBytes = 64 << 10
	maxRatio           = 100

	// A body that brings less than floorBytes in floorTime is given up: it holds a place among
	// those in flight and would do so until TotalTimeout.
	floorTime  = 10 * time.Second
	floorBytes = 10 << 10

	// A body over smallBody waits until fewer than largeBodies others are being read, so that all
	// bodies together hold some 64 MB beyond a small one each.
	smallBody   = 1 << 20
	largeBodies = 4
)

// defaultAccept asks for pages and feeds alike.
const defaultAccept = "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.8"

// A Client gets pages and feeds, each on its own: it knows neither pace nor robots.txt (Polite
// does). Many goroutines may use it at once.
type Client struct {
	config    Config
	transport http.RoundTripper
	large     chan struct{} // a place for each large body
}

// New makes a client.
func New(c Config) *Client {
	c.UserAgent = cmp.Or(c.UserAgent, "dateline")
	c.ConnectTimeout = cmp.Or(c.ConnectTimeout, 5*time.Second)
	c.TLSTimeout = cmp.Or(c.TLSTimeout, 5*time.Second)
	c.HeaderTimeout = cmp.Or(c.HeaderTimeout, 10*time.Second)
	c.TotalTimeout = cmp.Or(c.TotalTimeout, 30*time.Second)
	c.MaxRedirects = cmp.Or(c.MaxRedirects, 5)
	c.MaxHeaderBytes = cmp.Or(c.MaxHeaderBytes, defaultHeaderBytes)
	c.MaxWireBytes = cmp.Or(c.MaxWireBytes, defaultWireBytes)
	c.MaxBodyBytes = cmp.Or(c.MaxBodyBytes, defaultBodyBytes)
	if c.Clock == nil {
		c.Clock = SystemClock{}
	}
	client := &Client{config: c, transport: c.Transport, large: make(chan struct{}, largeBodies)}
	if client.transport == nil {
		client.transport = c.Egress.Transport(egress.Limits{
			Connect: c.ConnectTimeout, TLS: c.TLSTimeout, Header: c.HeaderTimeout, MaxHeaderBytes: c.MaxHeaderBytes,
		})
	}
	return client
}

// Get gets one page or feed, through at most MaxRedirects redirects. ClassOf says what kind of
// outcome it was.
func (c *Client) Get(ctx context.Context, r Request) (Response, error) {
	return c.get(ctx, r, func(context.Context, *url.URL) (func(error), error) { return func(error) {}, nil })
}

// get asks enter before every hop; what enter returns is told how the hop went.
func (c *Client) get(ctx context.Context, r Request, enter func(context.Context, *url.URL) (leave func(error), err error)) (Response, error) {
	var response Response
	u, err := ParseURL(r.URL, "")
	if err != nil {
		return response, fmt.Errorf("get: %w", err)
	}
	response.URL = shown(u)
	visited := []string{response.URL}
	for {
		leave, err := enter(ctx, u)
		if err != nil {
			return response, err
		}
		next, err := c.hop(ctx, u, r, &response)
		leave(err)
		if err != nil || next == nil {
			return response, err
		}
		response.Redirects = append(response.Redirects, Redirect{shown(u), shown(next), response.Status})
		switch {
		case slices.Contains(visited, shown(next)):
			return response, &RedirectError{response.URL, shown(next), "a loop"}
		case len(response.Redirects) > c.config.MaxRedirects:
			return response, &LimitError{response.URL, "redirects", int64(c.config.MaxRedirects)}
		}
		if u.Scheme == "https" && next.Scheme == "http" {
			response.Flags = append(response.Flags, news.Flag{Name: "downgrade", Detail: "redirected from https to http: " + shown(next)})
		}
		// Validators belong to the address that was asked first, whatever it leads to: a feed
		// behind a redirect answers them where it ends.
		u = next
		response.URL = shown(u)
		visited = append(visited, response.URL)
	}
}

// shown is the address as it is stored and told: without the password that may stand in it.
func shown(u *url.URL) string {
	if u.User == nil {
		return u.String()
	}
	bare := *u
	bare.User = nil
	return bare.String()
}

// hop sends one request. It returns the target of a redirect, or fills in the response.
func (c *Client) hop(ctx context.Context, u *url.URL, r Request, response *Response) (next *url.URL, err error) {
	began := time.Now()
	exchange := Exchange{URL: shown(u), Began: c.config.Clock.Now().UTC()}
	ctx, cancel := context.WithTimeoutCause(ctx, c.config.TotalTimeout, errTooLong)
	defer cancel()
	request, err := c.request(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(i httptrace.GotConnInfo) { exchange.Address = i.Conn.RemoteAddr().String() },
	}), u, r)
	if err != nil {
		return nil, err
	}
	answer, err := c.transport.RoundTrip(request)
	if err != nil {
		return nil, c.networkError(ctx, exchange.URL, err)
	}
	defer answer.Body.Close()
	response.Status, response.Header = answer.StatusCode, answer.Header
	response.FetchedAt = c.config.Clock.Now().UTC()
	defer func() { response.Took = time.Since(began) }()

	var wire, body []byte
	if answer.StatusCode/100 == 2 || c.config.Archive != nil { // what a server says besides its status nobody reads
		wire, body, err = c.body(ctx, answer, r)
		response.Bytes += int64(len(wire))
	}
	if c.config.Archive != nil {
		exchange.Request, exchange.Response = requestBytes(request), append(headBytes(answer), wire...)
		exchange.Truncated = truncation(err)
		if err := c.config.Archive(exchange); err != nil {
			return nil, fmt.Errorf("get %s: archive: %w", exchange.URL, err)
		}
	}
	switch code := answer.StatusCode; {
	case isRedirect(answer):
		return redirected(u, answer)
	case code == http.StatusNotModified && (r.ETag != "" || r.LastModified != ""):
		response.NotModified = true
		response.ETag = cmp.Or(answer.Header.Get("ETag"), r.ETag)
		response.LastModified = cmp.Or(answer.Header.Get("Last-Modified"), r.LastModified)
	case code < 200 || code > 299 || code == http.StatusPartialContent:
		return nil, &StatusError{exchange.URL, code, retryAfter(answer.Header.Get("Retry-After"), response.FetchedAt)}
	case err != nil:
		return nil, err
	default:
		response.Body = body
		response.ETag, response.LastModified = answer.Header.Get("ETag"), answer.Header.Get("Last-Modified")
		response.ContentType, response.Charset = MediaType(answer.Header.Get("Content-Type"))
	}
	if t, err := http.ParseTime(response.LastModified); err == nil && t.After(response.FetchedAt.Add(time.Hour)) {
		response.Flags = append(response.Flags, news.Flag{Name: "validator-future", Detail: "Last-Modified lies ahead: " + response.LastModified})
	}
	return nil, nil
}

func (c *Client) request(ctx context.Context, u *url.URL, r Request) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrURL, err)
	}
	set := func(name, value string) {
		if value != "" && httpguts.ValidHeaderFieldValue(value) {
			request.Header.Set(name, value)
		}
	}
	set("User-Agent", c.config.UserAgent)
	set("Accept", cmp.Or(r.Accept, defaultAccept))
	set("Accept-Encoding", coding.Accept)
	set("If-None-Match", r.ETag)
	set("If-Modified-Since", r.LastModified)
	return request, nil
}
