package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"dateline/account"
	"dateline/web/look"
)

type principalKey struct{}

// signedIn is who asks, as admitted found out.
func signedIn(r *http.Request) account.Principal {
	p, _ := r.Context().Value(principalKey{}).(account.Principal)
	return p
}

// least is the role that a page asks for: to read for looking, to correct for what changes the record.
// Anybody may see the sign-in page and its style; the API asks for itself.
func least(r *http.Request) account.Role {
	path := r.URL.Path
	switch {
	case strings.HasPrefix(path, "/assets/"), path == "/account/login", path == "/v1", strings.HasPrefix(path, "/v1/"):
		return account.Nobody
	case path == "/account/people", strings.HasPrefix(path, "/account/people/"):
		return account.Admin
	case path == "/account", strings.HasPrefix(path, "/account/"):
		return account.Reader
	case r.Method == http.MethodGet, r.Method == http.MethodHead:
		return account.Reader
	}
	return account.Analyst
}

// admitted lets those in who may. Who is not signed in is asked to.
func (s *site) admitted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		role := least(r)
		who, err := s.Accounts.Who(r)
		if errors.Is(err, account.ErrRefused) {
			who, err = account.Principal{}, nil
		}
		switch {
		case role == account.Nobody:
		case err != nil:
			s.answering(func(http.ResponseWriter, *http.Request) error { return err }).ServeHTTP(w, r)
			return
		case who.Role == account.Nobody && r.Method == http.MethodGet:
			http.Redirect(w, r, "/account/login?to="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
			return
		case who.Role == account.Nobody:
			s.refuse(w, r, http.StatusUnauthorized, "You are not signed in", "Sign in and send it again; going back in the browser brings back what you wrote.")
			return
		case !who.Role.May(role):
			s.refuse(w, r, http.StatusForbidden, "Your account may not do this", fmt.Sprintf("It asks for the role %s; yours is %s. An admin can change that.", role, who.Role))
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), principalKey{}, who)))
	})
}

func (s *site) refuse(w http.ResponseWriter, r *http.Request, status int, heading, detail string) {
	s.look.Show(w, r, status, "trouble", look.Frame{Title: heading}, trouble{heading, detail})
}

// person names who is signed in, for the frame of the pages.
func (s *site) person(r *http.Request) string { return signedIn(r).Name }

// login is the view of the sign-in page.
type login struct {
	To, Name, Trouble string
}

// inside is an address of ours to go to after signing in, "/" for any other.
func inside(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return "/"
	}
	return to
}

func (s *site) loginPage(w http.ResponseWriter, r *http.Request) error {
	s.look.Show(w, r, http.StatusOK, "login", look.Frame{Title: "Sign in"}, login{To: inside(r.URL.Query().Get("to"))})
	return nil
}

// mostLogin bounds the form.
const mostLogin = 16 << 10

func (s *site) login(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, mostLogin)
	if err := r.ParseForm(); err != nil {
		return Refused{fmt.Errorf("the form can't be read: %w", err)}
	}
	v := login{To: inside(r.PostForm.Get("to")), Name: r.PostForm.Get("name")}
	secret, session, err := s.Accounts.SignIn(r.Context(), v.Name, r.PostForm.Get("password"), account.Address(r))
	var throttled *account.ThrottleError
	status := http.StatusUnauthorized
	switch {
	case errors.Is(err, account.ErrRefused):
		v.Trouble = "The name and the password do not belong together."
	case errors.As(err, &throttled):
		status = http.StatusTooManyRequests
		w.Header().Set("Retry-After", fmt.Sprint(int(throttled.After/time.Second)+1))
		v.Trouble = fmt.Sprintf("Too many attempts. Try again in %s.", throttled.After.Round(time.Second))
	case err != nil:
		return err
	default:
		http.SetCookie(w, &http.Cookie{
			Name: account.Cookie, Value: secret, Path: "/", Expires: session.Ends,
			HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Secure || r.TLS != nil,
		})
		http.Redirect(w, r, v.To, http.StatusSeeOther)
		return nil
	}
	s.look.Show(w, r, status, "login", look.Frame{Title: "Sign in"}, v)
	return nil
}

func (s *site) logout(w http.ResponseWriter, r *http.Request) error {
	if err := s.Accounts.SignOut(r); err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{Name: account.Cookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Secure || r.TLS != nil})
	http.Redirect(w, r, "/account/login", http.StatusSeeOther)
	return nil
}

// accountView is one's own account, with its tokens; for an admin also everybody's.
type accountView struct {
	Who     account.Principal
	Local   bool
	Tokens  []account.Token
	Secret  string // of a token that was just made
	People  []account.Account
	Trouble string
	Done    string
	Roles   []account.Role
	Now     time.Time
}

func (s *site) account(w http.ResponseWriter, r *http.Request) error {
	return s.showAccount(w, r, http.StatusOK, accountView{})
}

func (s *site) showAccount(w http.ResponseWriter, r *http.Request, status int, v accountView) error {
	v.Who, v.Now = signedIn(r), s.Now()
	v.Local = v.Who == account.Local
	var err error
	for _, role := range []account.Role{account.Reader, account.Analyst, account.Admin} {
		if v.Who.Role.May(role) {
			v.Roles = append(v.Roles, role)
		}
	}
	if !v.Local {
		if v.Tokens, err = s.Accounts.Tokens(r.Context(), v.Who.Name); err != nil {
			return err
		}
	}
	if v.Who.Role == account.Admin {
		if v.People, err = s.Accounts.Accounts(r.Context()); err != nil {
			return err
		}
	}
	s.look.Show(w, r, status, "account", look.Frame{Title: "Account"}, v)
	return nil
}

// change does what a form of the account page asks for, and shows the page with what came of it.
func (s *site) change(do func(r *http.Request, form url.Values, by account.Principal) (accountView, error)) endpoint {
	return func(w http.ResponseWriter, r *http.Request) error {
		r.Body = http.MaxBytesReader(w, r.Body, mostLogin)
		if err := r.ParseForm(); err != nil {
			return Refused{fmt.Errorf("the form can't be read: %w", err)}
		}
		v, err := do(r, r.PostForm, signedIn(r))
		status := http.StatusOK
		switch {
		case err == nil:
		case errors.Is(err, account.ErrInvalid), errors.Is(err, account.ErrExists), errors.Is(err, account.ErrLastAdmin), errors.Is(err, account.ErrUnknown), errors.Is(err, account.ErrRefused):
			v.Trouble, status = err.Error(), http.StatusUnprocessableEntity
		default:
			return err
		}
		return s.showAccount(w, r, status, v)
	}
}

func (s *site) accountRoutes(page func(string, endpoint)) {
	page("GET /account/login", s.loginPage)
	page("POST /account/login", s.login)
	page("POST /account/logout", s.logout)
	page("GET /account", s.account)
	page("POST /account/password", s.change(func(r *http.Request, form url.Values, by account.Principal) (v accountView, err error) {
		// Whoever finds an open browser must not be able to take the account.
		if err = s.Accounts.Confirm(r.Context(), by.Name, form.Get("old"), account.Address(r)); err == nil {
			err = s.Accounts.SetPassword(r.Context(), by.Name, form.Get("new"), by.Name)
		}
		v.Done = "The password is changed, and you are signed out everywhere. Sign in again."
		return v, err
	}))
	page("POST /account/token", s.change(func(r *http.Request, form url.Values, by account.Principal) (v accountView, err error) {
		v.Secret, _, err = s.Accounts.NewToken(r.Context(), by.Name, form.Get("label"), account.Role(form.Get("role")), 0, by.Name)
		return v, err
	}))
	page("POST /account/token/end", s.change(func(r *http.Request, form url.Values, by account.Principal) (v accountView, err error) {
		tokens, err := s.Accounts.Tokens(r.Context(), by.Name)
		if err != nil {
			return v, err
		}
		for _, t := range tokens {
			if t.ID == form.Get("id") {
				v.Done = "The token lets nobody in any longer."
				return v, s.Accounts.EndToken(r.Context(), t.ID, by.Name)
			}
		}
		return v, account.ErrUnknown
	}))
	page("POST /account/people", s.change(func(r *http.Request, form url.Values, by account.Principal) (v accountView, err error) {
		v.Done = "The account is made."
		return v, s.Accounts.Add(r.Context(), form.Get("name"), account.Role(form.Get("role")), form.Get("password"), by.Name)
	}))
	page("POST /account/people/role", s.change(func(r *http.Request, form url.Values, by account.Principal) (v accountView, err error) {
		v.Done = "The role is changed."
		return v, s.Accounts.SetRole(r.Context(), form.Get("name"), account.Role(form.Get("role")), by.Name)
	}))
	page("POST /account/people/remove", s.change(func(r *http.Request, form url.Values, by account.Principal) (v accountView, err error) {
		v.Done = "The account is gone, with its sessions and tokens."
		return v, s.Accounts.Remove(r.Context(), form.Get("name"), by.Name)
	}))
}
