package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// sessionFor is how long one stays signed in.
	sessionFor = 14 * 24 * time.Hour
	// tokenFor is how long a token lasts if nothing else is said, mostTokenFor at the longest.
	tokenFor     = 90 * 24 * time.Hour
	mostTokenFor = 366 * 24 * time.Hour
	// tokenPrefix lets a scanner for leaked secrets know ours.
	tokenPrefix = "dateline_"
)

// Cookie is the name of the session's cookie.
const Cookie = "dateline_session"

// A Guard lets in and keeps out. It is safe for concurrent use.
type Guard struct {
	memory   Memory
	now      func() time.Time
	hasher   hasher
	throttle throttle
	open     bool
	empty    atomic.Bool // there was no account at the last look
	looked   atomic.Int64
}

// lookAgain is how long a record without accounts is taken to have none.
const lookAgain = time.Second

// NewGuard is a guard over what memory holds. open says that the program serves its own machine only.
// It refuses to guard a program that others can reach and that has no admin.
func NewGuard(ctx context.Context, memory Memory, open bool, now func() time.Time) (*Guard, error) {
	g := &Guard{memory: memory, now: now, hasher: newHasher(), open: open}
	accounts, err := memory.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	admins := 0
	for _, a := range accounts {
		if a.Role == Admin {
			admins++
		}
	}
	if admins == 0 && !open {
		return nil, errors.New("others could reach it, and there is no admin yet; make one with \"dateline account add NAME --role admin\", or serve this machine only, as on 127.0.0.1:4200")
	}
	g.empty.Store(len(accounts) == 0)
	return g, nil
}

// Open reports whether nobody has to sign in: the program serves its own machine and has no account.
func (g *Guard) Open(ctx context.Context) bool {
	if !g.open {
		return false
	}
	if now := g.now(); g.empty.Load() && now.Sub(time.Unix(0, g.looked.Load())).Abs() >= lookAgain {
		// The first account may have been made by another process.
		accounts, err := g.memory.Accounts(ctx)
		if err != nil {
			return false // this time: a client that hung up tells nothing of accounts
		}
		g.looked.Store(now.UnixNano())
		if len(accounts) > 0 {
			g.empty.Store(false)
		}
	}
	return g.empty.Load()
}

// Who is who asks. A request without credentials comes from nobody, which is no error; one whose
// credentials are not valid is ErrRefused, so that a program learns that its token has ended.
func (g *Guard) Who(r *http.Request) (Principal, error) {
	ctx := r.Context()
	if header := r.Header.Get("Authorization"); header != "" {
		scheme, secret, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return Principal{}, ErrRefused
		}
		return g.token(ctx, strings.TrimSpace(secret))
	}
	if cookie, err := r.Cookie(Cookie); err == nil {
		p, err := g.session(ctx, cookie.Value)
		if !errors.Is(err, ErrRefused) {
			return p, err
		}
		// A session that has ended makes nobody of a person, who is then asked to sign in.
	}
	if g.Open(ctx) {
		return Local, nil
	}
	return Principal{}, nil
}

func (g *Guard) token(ctx context.Context, secret string) (Principal, error) {
	bytes, ok := strings.CutPrefix(secret, tokenPrefix)
	if raw, err := base64.RawURLEncoding.DecodeString(bytes); !ok || err != nil || len(raw) != 32 {
		return Principal{}, ErrRefused
	}
	t, err := g.memory.Token(ctx, sha256.Sum256([]byte(secret)))
	if errors.Is(err, ErrUnknown) || err == nil && !g.now().Before(t.Ends) {
		return Principal{}, ErrRefused
	}
	if err != nil {
		return Principal{}, err
	}
	a, err := g.memory.Account(ctx, t.Account)
	if err != nil {
		return Principal{}, refused(err)
	}
	role := t.Role
	if !a.Role.May(role) { // the account lost it
		role = a.Role
	}
	return Principal{Name: a.Name, Role: role, Token: t.ID}, nil
}

func (g *Guard) session(ctx context.Context, secret string) (Principal, error) {
	if raw, err := base64.RawURLEncoding.DecodeString(secret); err != nil || len(raw) != 32 {
		return Principal{}, ErrRefused
	}
	s, err := g.memory.Session(ctx, sha256.Sum256([]byte(secret)))
	if err != nil {
		return Principal{}, refused(err)
	}
	if !g.now().Before(s.Ends) {
		return Principal{}, ErrRefused
	}
	a, err := g.memory.Account(ctx, s.Account)
	if err != nil {
		return Principal{}, refused(err)
	}
	return Principal{Name: a.Name, Role: a.Role}, nil
}

func refused(err error) error {
	if errors.Is(err, ErrUnknown) {
		return ErrRefused
	}
	return err
}

// SignIn checks a name and password that came from an address, and begins a session: the cookie's
// value.
func (g *Guard) SignIn(ctx context.Context, name, password, address string) (secret string, s Session, err error) {
	if err := g.Confirm(ctx, name, password, address); err != nil {
		return "", s, err
	}
	return g.Begin(ctx, name)
}

// Confirm checks a name and password that came from an address: ErrRefused, or a ThrottleError where
// too many were. A wrong name takes as long as a wrong password.
func (g *Guard) Confirm(ctx context.Context, name, password, address string) error {
	now := g.now()
	byName, byAddress := "name "+name, "address "+address
	if wait := max(g.throttle.wait(byName, freeAttempts, now), g.throttle.wait(byAddress, freeAttempts*addressFactor, now)); wait > 0 {
		return &ThrottleError{wait}
	}
	a, err := g.memory.Account(ctx, name)
	if err != nil && !errors.Is(err, ErrUnknown) {
		return err
	}
	hash := a.Password
	if hash == "" || len(password) > mostPassword {
		hash, password = nobodys, ""
	}
	fits, err := g.hasher.matches(ctx, password, hash)
	if err != nil {
		return err
	}
	if !fits || hash == nobodys {
		g.throttle.fail(byName, now)
		g.throttle.fail(byAddress, now)
		return ErrRefused
	}
	g.throttle.succeed(byName)
	return nil
}

// Begin begins a session for an account that has shown, by whatever means, that it may.
func (g *Guard) Begin(ctx context.Context, name string) (secret string, s Session, err error) {
	secret = newSecret()
	s = Session{Hash: sha256.Sum256([]byte(secret)), Account: name, Made: g.now(), Ends: g.now().Add(sessionFor)}
	return secret, s, g.memory.SaveSession(ctx, s)
}

// SignOut ends the session of a request, if it has one.
func (g *Guard) SignOut(r *http.Request) error {
	cookie, err := r.Cookie(Cookie)
	if errors.Is(err, http.ErrNoCookie) {
		return nil
	}
	if err != nil {
		return err
	}
	err = g.memory.EndSession(r.Context(), sha256.Sum256([]byte(cookie.Value)))
	if errors.Is(err, ErrUnknown) {
		return nil
	}
	return err
}

// Add makes an account. Without a password it can only be used by tokens.
func (g *Guard) Add(ctx context.Context, name string, role Role, password, by string) error {
	if err := CheckName(name); err != nil {
		return err
	}
	if _, err := ParseRole(string(role)); err != nil {
		return err
	}
	if _, err := g.memory.Account(ctx, name); err == nil {
		return fmt.Errorf("account %s: %w", name, ErrExists)
	} else if !errors.Is(err, ErrUnknown) {
		return err
	}
	a := Account{Name: name, Role: role, Made: g.now()}
	if password != "" {
		if err := CheckPassword(password); err != nil {
			return err
		}
		var err error
		if a.Password, err = g.hasher.hash(ctx, password); err != nil {
			return err
		}
	}
	g.empty.Store(false)
	return g.memory.SaveAccount(ctx, a, by)
}

// SetPassword gives an account a new password.
func (g *Guard) SetPassword(ctx context.Context, name, password, by string) error {
	a, err := g.memory.Account(ctx, name)
	if err != nil {
		return fmt.Errorf("account %s: %w", clip(name), err)
	}
	if err := CheckPassword(password); err != nil {
		return err
	}
	if a.Password, err = g.hasher.hash(ctx, password); err != nil {
		return err
	}
	return g.memory.SaveAccount(ctx, a, by)
}

// SetRole gives an account another role.
func (g *Guard) SetRole(ctx context.Context, name string, role Role, by string) error {
	if _, err := ParseRole(string(role)); err != nil {
		return err
	}
	a, err := g.memory.Account(ctx, name)
	if err != nil {
		return fmt.Errorf("account %s: %w", clip(name), err)
	}
	if a.Role == Admin && role != Admin {
		if err := g.otherAdmin(ctx, name); err != nil {
			return err
		}
	}
	a.Role = role
	return g.memory.SaveAccount(ctx, a, by)
}

// Remove takes an account away, with its sessions and tokens. What it did stays in the audit.
func (g *Guard) Remove(ctx context.Context, name, by string) error {
	a, err := g.memory.Account(ctx, name)
	if err != nil {
		return fmt.Errorf("account %s: %w", clip(name), err)
	}
	if a.Role == Admin {
		if err := g.otherAdmin(ctx, name); err != nil {
			return err
		}
	}
	return g.memory.RemoveAccount(ctx, name, by)
}

func (g *Guard) otherAdmin(ctx context.Context, name string) error {
	accounts, err := g.memory.Accounts(ctx)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if a.Role == Admin && a.Name != name {
			return nil
		}
	}
	return fmt.Errorf("account %s: %w", name, ErrLastAdmin)
}

// Accounts are all accounts, Tokens those of one.
func (g *Guard) Accounts(ctx context.Context) ([]Account, error) { return g.memory.Accounts(ctx) }

// Tokens are the tokens of an account, those that have ended among them.
func (g *Guard) Tokens(ctx context.Context, account string) ([]Token, error) {
	return g.memory.Tokens(ctx, account)
}

// NewToken makes a token for an account: its secret, which is shown once and never again. The zero
// lasting is 90 days.
func (g *Guard) NewToken(ctx context.Context, name, label string, role Role, lasting time.Duration, by string) (secret string, t Token, err error) {
	if _, err := ParseRole(string(role)); err != nil {
		return "", t, err
	}
	if lasting == 0 {
		lasting = tokenFor
	}
	if lasting < 0 || lasting > mostTokenFor {
		return "", t, invalid("token for %s: it lasts at most a year", lasting)
	}
	if len(label) > 200 {
		return "", t, invalid("token: its label has at most 200 characters")
	}
	a, err := g.memory.Account(ctx, name)
	if err != nil {
		return "", t, fmt.Errorf("account %s: %w", clip(name), err)
	}
	if !a.Role.May(role) {
		return "", t, invalid("token for %s: an account of role %s can't have a token of role %s", name, a.Role, role)
	}
	secret = tokenPrefix + newSecret()
	t = Token{
		ID: "t" + strings.ToLower(rand.Text()[:8]), Hash: sha256.Sum256([]byte(secret)),
		Account: name, Label: label, Role: role, Made: g.now(), Ends: g.now().Add(lasting),
	}
	return secret, t, g.memory.SaveToken(ctx, t, by)
}

// EndToken makes a token let nobody in any longer.
func (g *Guard) EndToken(ctx context.Context, id, by string) error {
	return g.memory.EndToken(ctx, id, by)
}

// newSecret is 256 random bits.
func newSecret() string {
	raw := make([]byte, 32)
	rand.Read(raw) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(raw)
}
