package account_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/account"
	"dateline/store"
)

const good = "correct horse battery"

// guarded is a guard over an empty record, with a clock that the test moves.
func guarded(t *testing.T) (*account.Guard, *store.Store, *time.Time) {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "data"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	now := time.Date(2031, 5, 3, 9, 0, 0, 0, time.UTC)
	g, err := account.NewGuard(t.Context(), s.Accounts, true, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	return g, s, &now
}

func request(header, cookie string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	if header != "" {
		r.Header.Set("Authorization", header)
	}
	if cookie != "" {
		r.AddCookie(&http.Cookie{Name: account.Cookie, Value: cookie})
	}
	return r
}

func TestTheFirstAccountEndsTheOpenHouse(t *testing.T) {
	g, s, now := guarded(t)
	if who, err := g.Who(request("", "")); err != nil || who != account.Local {
		t.Fatal(who, err)
	}
	// Who hangs up while we look shuts the house for nobody else.
	*now = now.Add(time.Minute)
	gone, hangUp := context.WithCancel(t.Context())
	hangUp()
	if who, err := g.Who(request("", "").WithContext(gone)); err != nil || who.Role != account.Nobody {
		t.Error(who, err)
	}
	if who, err := g.Who(request("", "")); err != nil || who != account.Local {
		t.Error(who, err)
	}
	*now = now.Add(time.Minute)
	// Made by another process: over the same record, by another guard.
	other, err := account.NewGuard(t.Context(), s.Accounts, true, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Add(t.Context(), "ana", account.Reader, good, "test"); err != nil {
		t.Fatal(err)
	}
	if who, err := g.Who(request("", "")); err != nil || who.Role != account.Nobody {
		t.Error(who, err)
	}
	if _, err := account.NewGuard(t.Context(), s.Accounts, false, time.Now); err == nil {
		t.Error("others are served without an admin")
	}
}

func TestSessions(t *testing.T) {
	g, _, now := guarded(t)
	if err := g.Add(t.Context(), "ana", account.Analyst, good, "test"); err != nil {
		t.Fatal(err)
	}
	secret, _, err := g.SignIn(t.Context(), "ana", good, "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	if who, err := g.Who(request("", secret)); err != nil || who.Name != "ana" || who.Role != account.Analyst {
		t.Error(who, err)
	}
	if err := g.SetPassword(t.Context(), "ana", good+"!", "test"); err != nil {
		t.Fatal(err)
	}
	if who, _ := g.Who(request("", secret)); who.Role != account.Nobody {
		t.Error("a session outlives the password it was begun with")
	}
	secret, session, err := g.SignIn(t.Context(), "ana", good+"!", "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	*now = session.Ends
	if who, _ := g.Who(request("", secret)); who.Role != account.Nobody {
		t.Error("a session does not end")
	}
	for _, cookie := range []string{"", "x", strings.Repeat("A", 43), strings.Repeat("é", 40)} {
		if who, err := g.Who(request("", cookie)); err != nil || who.Role != account.Nobody {
			t.Errorf("cookie %q: %v %v", cookie, who, err)
		}
	}
}

func TestTokens(t *testing.T) {
	g, _, now := guarded(t)
	if err := g.Add(t.Context(), "ana", account.Analyst, "", "test"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := g.NewToken(t.Context(), "ana", "", account.Admin, 0, "test"); !errors.Is(err, account.ErrInvalid) {
		t.Errorf("a token that may more than its account: %v", err)
	}
	secret, token, err := g.NewToken(t.Context(), "ana", "script", account.Analyst, 0, "test")
	if err != nil {
		t.Fatal(err)
	}
	bearer := "Bearer " + secret
	if who, err := g.Who(request(bearer, "")); err != nil || who.Role != account.Analyst || who.Token != token.ID {
		t.Error(who, err)
	}
	if err := g.SetRole(t.Context(), "ana", account.Reader, "test"); err != nil {
		t.Fatal(err)
	}
	if who, err := g.Who(request(bearer, "")); err != nil || who.Role != account.Reader {
		t.Errorf("the account lost its role, the token has %s: %v", who.Role, err)
	}
	for _, bad := range []string{"Bearer", "Bearer x", "Basic " + secret, bearer + "x", "Bearer dateline_" + strings.Repeat("A", 43)} {
		if _, err := g.Who(request(bad, "")); !errors.Is(err, account.ErrRefused) {
			t.Errorf("%.20q: %v", bad, err)
		}
	}
	*now = token.Ends
	if _, err := g.Who(request(bearer, "")); !errors.Is(err, account.ErrRefused) {
		t.Errorf("ended: %v", err)
	}
}

func TestSigningInIsThrottled(t *testing.T) {
	g, _, now := guarded(t)
	if err := g.Add(t.Context(), "ana", account.Reader, good, "test"); err != nil {
		t.Fatal(err)
	}
	attempts := 0
	var throttled *account.ThrottleError
	for ; attempts < 20; attempts++ {
		_, _, err := g.SignIn(t.Context(), "ana", "wrong password", "192.0.2.1")
		if errors.As(err, &throttled) {
			break
		}
		if !errors.Is(err, account.ErrRefused) {
			t.Fatal(err)
		}
	}
	if throttled == nil || attempts > 10 {
		t.Fatalf("%d attempts", attempts)
	}
	if _, _, err := g.SignIn(t.Context(), "ana", good, "198.51.100.7"); !errors.As(err, &throttled) {
		t.Errorf("from elsewhere: %v", err)
	}
	*now = now.Add(throttled.After)
	if _, _, err := g.SignIn(t.Context(), "ana", good, "192.0.2.1"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	// One address that tries many names.
	for i := range 40 {
		_, _, err := g.SignIn(t.Context(), "nobody"+strings.Repeat("x", i), "wrong password", "203.0.113.9")
		if errors.As(err, &throttled) {
			return
		}
	}
	t.Error("an address may try any number of names")
}

func TestAccountsAreLeftInOrder(t *testing.T) {
	g, _, _ := guarded(t)
	ctx := context.WithoutCancel(t.Context())
	for _, c := range []struct {
		name     string
		role     account.Role
		password string
		want     error
	}{
		{"ana", account.Admin, good, nil}, {"ana", account.Reader, good, account.ErrExists}, {"", account.Reader, good, account.ErrInvalid},
		{"local", account.Reader, good, account.ErrInvalid}, {"a b", account.Reader, good, account.ErrInvalid}, {"bo", "owner", good, account.ErrInvalid},
		{"bo", account.Reader, "short", account.ErrInvalid}, {strings.Repeat("x", 65), account.Reader, good, account.ErrInvalid},
	} {
		if err := g.Add(ctx, c.name, c.role, c.password, "test"); !errors.Is(err, c.want) {
			t.Errorf("%q %s: %v", c.name, c.role, err)
		}
	}
	if err := g.Remove(ctx, "ana", "test"); !errors.Is(err, account.ErrLastAdmin) {
		t.Errorf("the last admin goes: %v", err)
	}
	if err := g.SetRole(ctx, "ana", account.Reader, "test"); !errors.Is(err, account.ErrLastAdmin) {
		t.Errorf("the last admin becomes a reader: %v", err)
	}
	if err := g.Remove(ctx, "nobody", "test"); !errors.Is(err, account.ErrUnknown) {
		t.Errorf("nobody goes: %v", err)
	}
}
