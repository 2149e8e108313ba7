// Package account says who may do what.
//
// There are three roles, each of which may do what the one before may: a reader sees the record, an
// analyst adds to it and corrects it, an admin removes pages and manages accounts. A person signs
// in with a password and gets a session; a program has a token, which may do less than its account
// and ends on a day. Where the program serves this machine only and there is no account yet,
// whoever can reach it is its owner and nothing is asked.
//
// Of passwords, sessions and tokens only hashes are kept: argon2id (RFC 9106) for passwords, which
// people choose, SHA-256 for the rest, which are 256 random bits. Signing in is throttled by name and
// by address, takes as long for a name that does not exist, and hashes few passwords at once, since
// each takes 19 MiB.
//
// What it does not do: it keeps nothing itself (see Memory), and knows no route: package web
// says which role each one asks for. Signing in by another service (OpenID Connect) would be one more
// way to a session: see Guard.Begin.
package account

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

var (
	// ErrUnknown reports an account, session or token that there is not.
	ErrUnknown = errors.New("no such account")
	// ErrExists reports a name that is taken.
	ErrExists = errors.New("an account of this name exists")
	// ErrRefused reports a name and password, a session or a token that do not let in: wrong, ended or
	// made up. It does not say which.
	ErrRefused = errors.New("the name and password, session or token is not valid")
	// ErrLastAdmin reports that nobody would be left who may manage accounts.
	ErrLastAdmin = errors.New("the last admin can't be removed or lose the role")
)

// ErrInvalid reports a name, role, password or token that can't be; its text says what can.
var ErrInvalid = errors.New("not valid")

// invalidError is ErrInvalid in words of its own.
type invalidError string

func (e invalidError) Error() string        { return string(e) }
func (e invalidError) Is(target error) bool { return target == ErrInvalid }

func invalid(format string, args ...any) error { return invalidError(fmt.Sprintf(format, args...)) }

// A ThrottleError says when signing in may be tried again.
type ThrottleError struct{ After time.Duration }

func (e *ThrottleError) Error() string {
	return fmt.Sprintf("too many attempts to sign in: try again in %s", e.After.Round(time.Second))
}

// Role is what an account may do. Its zero value may do nothing.
type Role string

const (
	Nobody  Role = ""
	Reader  Role = "reader"
	Analyst Role = "analyst"
	Admin   Role = "admin"
)

var rank = map[Role]int{Nobody: 0, Reader: 1, Analyst: 2, Admin: 3}

// May reports whether the role may do what asks for least.
func (r Role) May(least Role) bool { return rank[r] >= rank[least] }

// ParseRole is the role of a word.
func ParseRole(word string) (Role, error) {
	if r := Role(word); r != Nobody && rank[r] > 0 {
		return r, nil
	}
	return Nobody, invalid("role %q: it is reader, analyst or admin", word)
}

// An Account is somebody who may sign in.
type Account struct {
	Name     string
	Role     Role
	Password string // its hash, in PHC form; "" for one that only has tokens
	Made     time.Time
}

// A Session is the time between signing in and out. It is known by the hash of its secret.
type Session struct {
	Hash    [32]byte
	Account string
	Made    time.Time
	Ends    time.Time
}

// A Token lets a program in. It is known by the hash of its secret.
type Token struct {
	ID      string // "t" and 8 letters: names it in lists, lets nobody in
	Hash    [32]byte
	Account string
	Label   string // what it is for, in the words of who made it
	Role    Role   // may be less than the account's
	Made    time.Time
	Ends    time.Time
}

// A Principal is who asks.
type Principal struct {
	Name  string // of the account; "local" for the owner of the machine
	Role  Role
	Token string // its ID, where a program asks
}

// Local is whoever reaches a program that serves its own machine only and has no accounts.
var Local = Principal{Name: "local", Role: Admin}

// Memory is what the guard needs of the record. by names who does it, for the audit.
type Memory interface {
	Accounts(ctx context.Context) ([]Account, error)
	Account(ctx context.Context, name string) (Account, error) // ErrUnknown
	SaveAccount(ctx context.Context, a Account, by string) error
	RemoveAccount(ctx context.Context, name, by string) error // with its sessions and tokens

	Session(ctx context.Context, hash [32]byte) (Session, error) // ErrUnknown
	SaveSession(ctx context.Context, s Session) error
	EndSession(ctx context.Context, hash [32]byte) error

	Tokens(ctx context.Context, account string) ([]Token, error)
	Token(ctx context.Context, hash [32]byte) (Token, error) // ErrUnknown
	SaveToken(ctx context.Context, t Token, by string) error
	EndToken(ctx context.Context, id, by string) error // ErrUnknown
}

// mostName bounds a name, in characters.
const mostName = 64

// CheckName reports what is wrong with a name for an account.
func CheckName(name string) error {
	switch {
	case name == "" || utf8.RuneCountInString(name) > mostName:
		return invalid("account %q: a name has 1 to %d characters", clip(name), mostName)
	case name == Local.Name:
		return invalid("account %q: this name stands for the owner of the machine", name)
	case strings.IndexFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-@+", r)
	}) >= 0:
		return invalid("account %q: a name has letters, digits and . _ - @ +", clip(name))
	}
	return nil
}

func clip(s string) string {
	if len(s) > 80 {
		return strings.ToValidUTF8(s[:80], "") + "..."
	}
	return s
}
