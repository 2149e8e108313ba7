// Package fetch asks other people's servers for pages, politely and safely.
//
// A Client gets one page or feed: through the guard of package egress, over at most five
// redirects that are checked one by one, under ceilings of time, size, header and swelling, and
// conditionally where the caller has validators. It unpacks the body itself. Every outcome has a
// type (errors.go) and a Class; a body that did not arrive whole is an error, never a short page.
//
// Polite puts a Gate (pace, back-off, breaker) and robots.txt in front of every request, those of
// redirects included. Both take their time from a Clock that is handed in.
//
// Inner rooms: coding unpacks bodies, robots reads robots.txt, warc reads and writes archives.
// A request has no cookies, no referrer and no retries: trying again is for whoever keeps the
// schedule, who is told when it makes sense. JavaScript is not run.
package fetch

import (
	"net/http"
	"time"

	"dateline/egress"
	"dateline/news"
)

// Config is what a Client is made from. The zero value of a field is its default.
type Config struct {
	// UserAgent says who asks and where to complain: "dateline/0.2 (+https://alba.example/bot)".
	UserAgent string

	Egress egress.Policy // which addresses may be dialled; the zero value allows public ones alone
	Clock  Clock         // tells FetchedAt; the time-outs below are of the real clock

	ConnectTimeout time.Duration // 5 s, the look-up included
	TLSTimeout     time.Duration // 5 s
	HeaderTimeout  time.Duration // 10 s, from the request to the end of the response's head
	TotalTimeout   time.Duration // 30 s for a request with its body; each redirect counts anew

	MaxRedirects   int   // 5
	MaxHeaderBytes int64 // 64 KB
	MaxWireBytes   int64 // 8 MB as sent
	MaxBodyBytes   int64 // 8 MB as unpacked; Request.MaxBytes goes over it

	// Archive, if set, is handed every exchange that brought a response, redirects and robots.txt
	// included, before Get returns. Its error fails the request: what was asked to be kept and
	// could not be is not read.
	Archive func(Exchange) error

	// Transport replaces the guarded transport of package egress. It is for tests that simulate
	// a network: what goes through it is checked by nobody.
	Transport http.RoundTripper
}

// A Request is one page or feed to get.
type Request struct {
	URL string

	// The validators of the response that is kept, byte for byte as it gave them; "" for none.
	ETag, LastModified string

	Accept   string // the Accept header; "" for pages and feeds of every kind
	MaxBytes int64  // of the unpacked body; 0 for Config.MaxBodyBytes

	// SkipRobots leaves robots.txt unread. It is for what one person asks for, once; a Client
	// without Polite never reads it.
	SkipRobots bool

	cut int64 // past this many bytes the body is not read and not missed; 0 for no cut
}

// A Response is what came back. With an error, what is known of it is filled in all the same:
// Redirects always, Status and Header where a head arrived; then Body is nil.
type Response struct {
	URL       string     // whose body this is, after every redirect
	Redirects []Redirect // how it got there, in order
	Status    int
	Header    http.Header

	Body        []byte // unpacked; nil where NotModified
	ContentType string // "text/html": as served, lower case, without parameters; "" if unsaid or malformed
	Charset     string // the charset parameter, as served
	NotModified bool   // 304: what the request's validators name is still so

	// The validators to keep, byte for byte. On a 304 that brings none they are the request's.
	// They are "" with every error: validators go with a body that was read whole.
	ETag, LastModified string

	FetchedAt time.Time     // when the head of the final response had arrived, UTC
	Took      time.Duration // the last exchange, by the real clock
	Bytes     int64         // of bodies on the wire, redirects included
	Flags     []news.Flag   // what deserves to be told: "downgrade", "validator-future", ...
}

// A Redirect is one hop. Whether a permanent one changes the address that is asked next time is
// the caller's to decide.
type Redirect struct {
	From, To string
	Status   int
}

// Permanent reports a move that is meant to last: 301 and 308.
func (r Redirect) Permanent() bool { return r.Status == 301 || r.Status == 308 }

// An Exchange is one request and its response as they went over the wire, for an archive. The
// heads are written anew from what was parsed, as HTTP/1.1; the body is as sent, still packed,
// with its chunks joined. Truncated says why it ends early: "length", "time", "disconnect" or
// "" (the values of WARC-Truncated).
type Exchange struct {
	URL       string
	Address   string // of the peer, "192.0.2.7:443"; "" where not known
	Began     time.Time
	Request   []byte
	Response  []byte
	Truncated string
}
