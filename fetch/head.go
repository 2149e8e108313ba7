package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"dateline/egress"
)

// isRedirect reports a status that sends on and says where.
func isRedirect(answer *http.Response) bool {
	switch answer.StatusCode {
	case 301, 302, 303, 307, 308:
		return answer.Header.Get("Location") != ""
	}
	return false
}

// redirected is where a response sends on to. A name and password given with the address go to
// nobody else, and none is taken from a redirect.
func redirected(from *url.URL, answer *http.Response) (*url.URL, error) {
	location := answer.Header.Get("Location")
	to, err := ParseURL(location, from.String())
	if err != nil {
		return nil, &RedirectError{shown(from), location, err.Error()}
	}
	to.User = nil
	if from.User != nil && to.Scheme == from.Scheme && to.Host == from.Host {
		to.User = from.User
	}
	return to, nil
}

// retryAfter reads both forms of the header (RFC 9110, 10.2.3). What is negative, past or no time
// at all is 0: the server did not say.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if value != "" && strings.Trim(value, "0123456789") == "" {
		seconds, err := strconv.ParseInt(value, 10, 64)
		if err != nil || seconds > int64(MaxRetryAfter/time.Second) {
			return MaxRetryAfter // more digits than fit are a long time
		}
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(now), 0), MaxRetryAfter)
}

// MediaType splits a Content-Type header, forgiving parameters that are malformed. The type is in
// lower case, and "" if it is none.
func MediaType(value string) (mediaType, charset string) {
	mediaType, parameters, err := mime.ParseMediaType(value)
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		mediaType, _, _ = strings.Cut(value, ";")
		mediaType = strings.ToLower(strings.TrimSpace(mediaType))
		if strings.Count(mediaType, "/") != 1 || strings.ContainsAny(mediaType, " \t\",") {
			mediaType = ""
		}
	}
	return mediaType, parameters["charset"]
}

// cancelled is a request whose caller gave up.
type cancelled struct {
	url string
	err error
}

func (e *cancelled) Error() string { return fmt.Sprintf("get %s: %v", e.url, e.err) }
func (e *cancelled) Unwrap() error { return e.err }

// networkError says why there is no response.
func (c *Client) networkError(ctx context.Context, address string, err error) error {
	var refused *egress.RefusedError
	if errors.As(err, &refused) {
		return fmt.Errorf("get %s: %w", address, err)
	}
	if cause := context.Cause(ctx); cause != nil {
		if !errors.Is(cause, errTooLong) {
			return &cancelled{address, cause}
		}
		return &NetworkError{URL: address, Timeout: true, Err: cause}
	}
	// The standard library has no type for this one.
	if strings.Contains(err.Error(), "server response headers exceeded") {
		return &LimitError{address, "header bytes", c.config.MaxHeaderBytes}
	}
	var network net.Error
	timeout := errors.As(err, &network) && network.Timeout() || errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded)
	return &NetworkError{URL: address, Timeout: timeout, Err: err}
}

// requestBytes is the head of the request, as it was sent but for the order of its lines. The
// password of an address does not go into an archive.
func requestBytes(r *http.Request) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\n", r.URL.RequestURI(), r.URL.Host)
	_ = r.Header.Write(&b)
	b.WriteString("Connection: close\r\n\r\n")
	return b.Bytes()
}

// headBytes is the head of the response, written anew: the transport has joined the chunks and
// taken out the header that announced them, and names are in their canonical form.
func headBytes(answer *http.Response) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %s\r\n", answer.Status)
	_ = answer.Header.Write(&b)
	b.WriteString("\r\n")
	return b.Bytes()
}

// truncation is the value of WARC-Truncated for what ended a body early.
func truncation(err error) string {
	var limit *LimitError
	var body *BodyError
	switch {
	case errors.As(err, &limit) && limit.What == "bytes on the wire":
		return "length"
	case errors.As(err, &body) && body.Timeout, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "time"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return "disconnect"
	}
	return ""
}

// asStatus is the StatusError in err, or nil.
func asStatus(err error) *StatusError {
	var status *StatusError
	if errors.As(err, &status) {
		return status
	}
	return nil
}
