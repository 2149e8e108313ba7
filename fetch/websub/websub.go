// Package websub lets hubs tell of news (WebSub, W3C Recommendation of 23 January 2018).
//
// Subscriber asks the hubs that feeds name; Handler answers their verification and takes what
// they send. What a hub sends is checked by its signature (HMAC with a secret of ours, section
// 8) and then thrown away: it only makes the feed due at once. So the words in the record always
// come from the outlet itself, and a hub can neither forge nor leave out anything: it can at
// worst be silent, and polling goes on, only rarer.
//
// A callback's address holds a token of 128 random bits; a request for another one is not found.
package websub

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // the method that hubs still sign with; as HMAC it holds
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"dateline/fetch"
	"dateline/news"
)

const (
	lease       = 7 * 24 * time.Hour  // what we ask for
	longest     = 30 * 24 * time.Hour // what we believe
	renewBefore = 24 * time.Hour
	askAgain    = 6 * time.Hour // after no answer, or a no
	maxBody     = 16 << 20
	atOnce      = 8
)

// A Memory is what this needs of a store.
type Memory interface {
	Unsubscribed(ctx context.Context, before time.Time, most int) ([]news.Feed, error)
	SaveSubscription(ctx context.Context, s news.Subscription) error
	FindSubscription(ctx context.Context, token string) (news.Subscription, error)
	Refresh(ctx context.Context, name string, now time.Time) (int64, error)
}

// A Subscriber asks hubs.
type Subscriber struct {
	Memory    Memory
	Transport http.RoundTripper // guarded: package egress makes it
	Gate      *fetch.Gate
	Clock     fetch.Clock
	UserAgent string
	Callback  string // the public address of Handler, ending in "/"
	Log       *slog.Logger
}

// Renew asks the hubs of feeds that are not subscribed to, or not for long any more. A hub that
// does not answer is asked again hours later; its feeds are polled meanwhile as ever.
func (s *Subscriber) Renew(ctx context.Context) error {
	now := s.Clock.Now()
	feeds, err := s.Memory.Unsubscribed(ctx, now.Add(renewBefore), atOnce)
	if err != nil {
		return err
	}
	for _, f := range feeds {
		u := news.Subscription{Feed: f.ID, Token: random(), Secret: random(), Hub: f.Hub, Topic: f.Topic, State: news.AskedSubscription, Until: now.Add(renewBefore + askAgain)}
		hub, err := fetch.ParseURL(f.Hub, "")
		if err != nil {
			u.State = news.DeniedSubscription
		} else if wait := s.Gate.Enter(fetch.HostOf(hub), now); wait != nil {
			continue // its turn comes
		}
		// It is kept before the hub is asked, for hubs verify while they are being asked.
		if e := s.Memory.SaveSubscription(ctx, u); e != nil {
			return e
		}
		if err == nil {
			err = s.ask(ctx, u)
			s.Gate.Leave(fetch.HostOf(hub), s.Clock.Now(), fetch.ReportOf(err))
		}
		if err != nil {
			s.Log.Info("a hub did not take a subscription", "feed", f.URL, "hub", f.Hub, "error", err)
		}
	}
	return nil
}

func random() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

func (s *Subscriber) ask(ctx context.Context, u news.Subscription) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	form := url.Values{"hub.callback": {s.Callback + u.Token}, "hub.mode": {"subscribe"}, "hub.topic": {u.Topic}, "hub.secret": {u.Secret},
		"hub.lease_seconds": {strconv.Itoa(int(lease.Seconds()))}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, u.Hub, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("User-Agent", s.UserAgent)
	answer, err := s.Transport.RoundTrip(r) // no redirects are followed
	if err != nil {
		return &fetch.NetworkError{URL: u.Hub, Err: err}
	}
	defer answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		return &fetch.StatusError{URL: u.Hub, Code: answer.StatusCode}
	}
	return nil
}

// Handler answers hubs: mount it where Callback points to.
type Handler struct {
	Memory Memory
	Clock  fetch.Clock
	Log    *slog.Logger
	Told   func(news.FeedID) // is told of a feed that has something new; nil for nobody
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	s, err := h.Memory.FindSubscription(r.Context(), token)
	if err != nil {
		if !errors.Is(err, news.ErrNotFound) {
			h.Log.Error("find subscription", "error", err)
		}
		http.NotFound(w, r)
		return
	}
	switch r.Method {
	case http.MethodGet:
		h.verify(w, r, s)
	case http.MethodPost:
		h.take(w, r, s)
	default:
		w.Header().Set("Allow", "GET, POST")
		http.Error(w, "GET or POST", http.StatusMethodNotAllowed)
	}
}

// verify answers whether we meant it (section 5.3), or hears that the hub will not.
func (h *Handler) verify(w http.ResponseWriter, r *http.Request, s news.Subscription) {
	q := r.URL.Query()
	if q.Get("hub.topic") != s.Topic {
		http.NotFound(w, r)
		return
	}
	now := h.Clock.Now()
	switch q.Get("hub.mode") {
	case "subscribe":
		seconds, err := strconv.Atoi(q.Get("hub.lease_seconds"))
		challenge := q.Get("hub.challenge")
		if err != nil || seconds <= 0 || challenge == "" || len(challenge) > 1024 || s.State == news.DeniedSubscription {
			http.NotFound(w, r)
			return
		}
		s.State, s.Until = news.ActiveSubscription, now.Add(min(time.Duration(min(seconds, int(longest.Seconds())))*time.Second, longest))
		if err := h.Memory.SaveSubscription(r.Context(), s); err != nil {
			h.Log.Error("save subscription", "error", err)
			http.Error(w, "cannot be kept now", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = io.WriteString(w, challenge)
	case "denied":
		s.State, s.Until = news.DeniedSubscription, now.Add(renewBefore+longest)
		if err := h.Memory.SaveSubscription(r.Context(), s); err != nil {
			h.Log.Error("save subscription", "error", err)
		}
		w.WriteHeader(http.StatusOK)
	default: // we never unsubscribe: leases end
		http.NotFound(w, r)
	}
}

// methods are the hashes of signatures.
var methods = map[string]func() hash.Hash{"sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New}

// take makes a feed due whose hub has signed something for it. The answer is the same for a wrong
// signature (section 8.1).
func (h *Handler) take(w http.ResponseWriter, r *http.Request, s news.Subscription) {
	method, signature, _ := strings.Cut(r.Header.Get("X-Hub-Signature"), "=")
	want, err := hex.DecodeString(strings.TrimSpace(signature))
	made := methods[strings.ToLower(strings.TrimSpace(method))]
	if err != nil || made == nil || s.State != news.ActiveSubscription || !h.Clock.Now().Before(s.Until) {
		w.WriteHeader(http.StatusAccepted)
		return
	}
	mac := hmac.New(made, []byte(s.Secret))
	n, err := io.Copy(mac, http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, fmt.Sprintf("read after %d bytes: %v", n, err), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusAccepted)
	if !hmac.Equal(mac.Sum(nil), want) {
		h.Log.Warn("a message for a feed with a wrong signature", "feed", s.Feed)
		return
	}
	if _, err := h.Memory.Refresh(r.Context(), string(s.Feed), h.Clock.Now()); err != nil {
		h.Log.Error("make a feed due", "feed", s.Feed, "error", err)
		return
	}
	if h.Told != nil {
		h.Told(s.Feed)
	}
}
