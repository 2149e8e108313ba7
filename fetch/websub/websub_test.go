package websub_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"dateline/fetch"
	"dateline/fetch/websub"
	"dateline/news"
	"dateline/store"
)

// A hub keeps what it was asked, and verifies as hubs do.
type hub struct {
	forms []url.Values
}

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	h.forms = append(h.forms, r.PostForm)
	w.WriteHeader(http.StatusAccepted)
}

func ask(t *testing.T, handler http.Handler, method, target, body, signature string) (int, string) {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if signature != "" {
		r.Header.Set("X-Hub-Signature", signature)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	out, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, string(out)
}

func TestSubscription(t *testing.T) {
	ctx := t.Context()
	s, err := store.Open(ctx, t.TempDir()+"/data", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h := &hub{}
	server := httptest.NewServer(h)
	defer server.Close()
	const topic = "https://courier.example/feed"
	later := time.Now().Add(20 * time.Hour)
	if _, err := s.AddFeed(ctx, news.Feed{URL: topic, Hub: server.URL, Topic: topic, Next: later}); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	subscriber := &websub.Subscriber{Memory: s, Transport: http.DefaultTransport, Gate: fetch.NewGate(fetch.GateConfig{}), Clock: fetch.SystemClock{},
		Callback: "https://dateline.example/websub/", Log: log}
	if err := subscriber.Renew(ctx); err != nil || len(h.forms) != 1 {
		t.Fatalf("%v, asked %v", err, h.forms)
	}
	if err := subscriber.Renew(ctx); err != nil || len(h.forms) != 1 {
		t.Fatalf("asked again at once: %v, %d times", err, len(h.forms))
	}
	form := h.forms[0]
	callback, secret := form.Get("hub.callback"), form.Get("hub.secret")
	if form.Get("hub.mode") != "subscribe" || form.Get("hub.topic") != topic || len(secret) != 32 || !strings.HasPrefix(callback, "https://dateline.example/websub/") {
		t.Fatal(form)
	}
	told := 0
	handler := &websub.Handler{Memory: s, Clock: fetch.SystemClock{}, Log: log, Told: func(news.FeedID) { told++ }}
	due := func() bool {
		f, err := s.FindFeed(ctx, topic)
		if err != nil {
			t.Fatal(err)
		}
		return !f.Next.After(time.Now())
	}
	sign := func(body, secret string) string {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(body))
		return "sha256=" + hex.EncodeToString(mac.Sum(nil))
	}
	verify := "?hub.mode=subscribe&hub.challenge=c4llenge&hub.lease_seconds=86400&hub.topic=" + url.QueryEscape(topic)

	// Before it is verified, nothing counts.
	if ask(t, handler, "POST", callback, "x", sign("x", secret)); due() {
		t.Error("a message counted before the subscription was verified")
	}
	for name, target := range map[string]string{
		"another token": "https://dateline.example/websub/0123456789abcdef" + verify,
		"another topic": callback + strings.ReplaceAll(verify, "courier", "other"),
		"no challenge":  callback + strings.ReplaceAll(verify, "c4llenge", ""),
		"no lease":      callback + strings.ReplaceAll(verify, "86400", "-1"),
		"unsubscribe":   callback + strings.ReplaceAll(verify, "subscribe", "unsubscribe"),
	} {
		if code, body := ask(t, handler, "GET", target, "", ""); code != http.StatusNotFound || strings.Contains(body, "c4llenge") {
			t.Errorf("%s: %d %q", name, code, body)
		}
	}
	if code, body := ask(t, handler, "GET", callback+verify, "", ""); code != http.StatusOK || body != "c4llenge" {
		t.Fatalf("%d %q", code, body)
	}
	if f, err := s.FindFeed(ctx, topic); err != nil || f.Pushed.Before(time.Now().Add(23*time.Hour)) {
		t.Errorf("%v, %v", f.Pushed, err)
	}
	for name, signature := range map[string]string{"none": "", "of other words": sign("y", secret), "by another secret": sign("x", "guess"), "no hash": "md5=00", "no hexadecimal": "sha256=zz"} {
		if code, _ := ask(t, handler, "POST", callback, "x", signature); code/100 != 2 || due() || told > 0 {
			t.Errorf("signature %s: %d, due %v", name, code, due())
		}
	}
	if code, _ := ask(t, handler, "POST", callback, "x", sign("x", secret)); code/100 != 2 || !due() || told != 1 {
		t.Errorf("%d, due %v, told %d times", code, due(), told)
	}
	if code, _ := ask(t, handler, "POST", callback, strings.Repeat("x", 17<<20), sign("x", secret)); code != http.StatusBadRequest {
		t.Errorf("a message of 17 MB: %d", code)
	}
	if code, _ := ask(t, handler, "GET", callback+"?hub.mode=denied&hub.topic="+url.QueryEscape(topic), "", ""); code != http.StatusOK {
		t.Error(code)
	}
	if f, _ := s.FindFeed(ctx, topic); !f.Pushed.IsZero() {
		t.Error("denied, and still thought to be told")
	}
}
