// Package account keeps accounts, sessions and tokens: it is the memory of the guard that stands
// at the door (dateline/account).
package account

import (
	"context"
	"errors"
	"time"

	"dateline/account"
	"dateline/news"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// Accounts are those of a data folder. It is an account.Memory.
type Accounts struct{ db *sqlite.DB }

// New are the accounts of a database.
func New(db *sqlite.DB) *Accounts { return &Accounts{db} }

// unknown turns a missing row into what the guard calls it.
func unknown(err error) error {
	if errors.Is(err, news.ErrNotFound) {
		return account.ErrUnknown
	}
	return err
}

const (
	selectAccounts = `SELECT name, role, password, recorded FROM account ORDER BY name`
	selectAccount  = `SELECT name, role, password, recorded FROM account WHERE name = ?`
	upsertAccount  = `
		INSERT INTO account (name, role, password, recorded) VALUES (?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET role = excluded.role, password = excluded.password`
	deleteAccount = `DELETE FROM account WHERE name = ?`

	// Who gets a new password is signed out everywhere.
	deleteSessionsOf = `DELETE FROM session WHERE account = ?`
	deleteTokensOf   = `DELETE FROM token WHERE account = ?`
)

func scanAccount(r sqlite.Row) (a account.Account, err error) {
	var made int64
	err = r.Scan(&a.Name, &a.Role, &a.Password, &made)
	a.Made = row.Instant(made)
	return a, err
}

// Accounts are all accounts, by name.
func (s *Accounts) Accounts(ctx context.Context) ([]account.Account, error) {
	rows, err := s.db.Query(ctx, selectAccounts)
	return sqlite.All(rows, err, scanAccount)
}

// Account is the account of a name.
func (s *Accounts) Account(ctx context.Context, name string) (account.Account, error) {
	rows, err := s.db.Query(ctx, selectAccount, name)
	a, err := sqlite.One(rows, err, scanAccount)
	return a, unknown(err)
}

// SaveAccount makes or changes an account. A changed password ends its sessions.
func (s *Accounts) SaveAccount(ctx context.Context, a account.Account, by string) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		rows, err := tx.Query(selectAccount, a.Name)
		old, err := sqlite.All(rows, err, scanAccount)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(upsertAccount, a.Name, string(a.Role), a.Password, tx.Now()); err != nil {
			return err
		}
		detail := "role " + string(a.Role)
		if len(old) == 1 && old[0].Password != a.Password {
			detail += ", new password"
			if _, err := tx.Exec(deleteSessionsOf, a.Name); err != nil {
				return err
			}
		}
		return row.Audit(tx, "account", a.Name, detail+", by "+by)
	})
}

// RemoveAccount takes an account away, with its sessions and tokens.
func (s *Accounts) RemoveAccount(ctx context.Context, name, by string) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		for _, query := range []string{deleteSessionsOf, deleteTokensOf} {
			if _, err := tx.Exec(query, name); err != nil {
				return err
			}
		}
		n, err := tx.Change(deleteAccount, name)
		if err != nil {
			return err
		}
		if n == 0 {
			return account.ErrUnknown
		}
		return row.Audit(tx, "account", name, "removed, by "+by)
	})
}

const (
	selectSession  = `SELECT account, recorded, ends FROM session WHERE hash = ?`
	insertSession  = `INSERT INTO session (hash, account, recorded, ends) VALUES (?, ?, ?, ?)`
	deleteSession  = `DELETE FROM session WHERE hash = ?`
	deleteSessions = `DELETE FROM session WHERE ends < ?`
)

// Session is the session of this hash.
func (s *Accounts) Session(ctx context.Context, hash [32]byte) (account.Session, error) {
	rows, err := s.db.Query(ctx, selectSession, hash[:])
	found, err := sqlite.One(rows, err, func(r sqlite.Row) (v account.Session, err error) {
		var made, ends int64
		err = r.Scan(&v.Account, &made, &ends)
		v.Hash, v.Made, v.Ends = hash, row.Instant(made), row.Instant(ends)
		return v, err
	})
	return found, unknown(err)
}

// SaveSession keeps a session, and forgets those that have ended.
func (s *Accounts) SaveSession(ctx context.Context, v account.Session) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if _, err := tx.Exec(deleteSessions, v.Made.UnixMilli()); err != nil {
			return err
		}
		_, err := tx.Exec(insertSession, v.Hash[:], v.Account, v.Made.UnixMilli(), v.Ends.UnixMilli())
		return err
	})
}

// EndSession forgets a session.
func (s *Accounts) EndSession(ctx context.Context, hash [32]byte) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		n, err := tx.Change(deleteSession, hash[:])
		if err == nil && n == 0 {
			err = account.ErrUnknown
		}
		return err
	})
}

const (
	tokenColumns   = `SELECT hash, id, account, label, role, recorded, ends FROM token `
	selectTokensOf = tokenColumns + `WHERE account = ? ORDER BY recorded, id`
	selectToken    = tokenColumns + `WHERE hash = ?`
	insertToken    = `INSERT INTO token (hash, id, account, label, role, recorded, ends) VALUES (?, ?, ?, ?, ?, ?, ?)`
	deleteToken    = `DELETE FROM token WHERE id = ?`
)

func scanToken(r sqlite.Row) (t account.Token, err error) {
	var hash []byte
	var made, ends int64
	err = r.Scan(&hash, &t.ID, &t.Account, &t.Label, &t.Role, &made, &ends)
	copy(t.Hash[:], hash)
	t.Made, t.Ends = row.Instant(made), row.Instant(ends)
	return t, err
}

// Tokens are those of an account, oldest first.
func (s *Accounts) Tokens(ctx context.Context, name string) ([]account.Token, error) {
	rows, err := s.db.Query(ctx, selectTokensOf, name)
	return sqlite.All(rows, err, scanToken)
}

// Token is the token of this hash.
func (s *Accounts) Token(ctx context.Context, hash [32]byte) (account.Token, error) {
	rows, err := s.db.Query(ctx, selectToken, hash[:])
	t, err := sqlite.One(rows, err, scanToken)
	return t, unknown(err)
}

// SaveToken keeps a new token.
func (s *Accounts) SaveToken(ctx context.Context, t account.Token, by string) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		_, err := tx.Exec(insertToken, t.Hash[:], t.ID, t.Account, t.Label, string(t.Role), t.Made.UnixMilli(), t.Ends.UnixMilli())
		if err != nil {
			return err
		}
		return row.Audit(tx, "token", t.ID, "made for "+t.Account+", role "+string(t.Role)+", by "+by)
	})
}

// EndToken forgets a token.
func (s *Accounts) EndToken(ctx context.Context, id, by string) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		n, err := tx.Change(deleteToken, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return account.ErrUnknown
		}
		return row.Audit(tx, "token", id, "ended, by "+by)
	})
}

// answeredFor is how long answers are kept.
const answeredFor = 24 * time.Hour

const (
	selectAnswer  = `SELECT request, status, answer FROM answered WHERE principal = ? AND key = ? AND recorded > ?`
	insertAnswer  = `INSERT OR REPLACE INTO answered (principal, key, request, status, answer, recorded) VALUES (?, ?, ?, ?, ?, ?)`
	deleteAnswers = `DELETE FROM answered WHERE recorded <= ?`
)

// Answered is what was answered to the request that a principal called key, since a day before now, with
// the hash of that request.
func (s *Accounts) Answered(ctx context.Context, principal, key string, now time.Time) (request [32]byte, status int, body []byte, err error) {
	rows, err := s.db.Query(ctx, selectAnswer, principal, key, now.Add(-answeredFor).UnixMilli())
	_, err = sqlite.One(rows, err, func(r sqlite.Row) (struct{}, error) {
		var hash []byte
		err := r.Scan(&hash, &status, &body)
		copy(request[:], hash)
		return struct{}{}, err
	})
	return request, status, body, unknown(err)
}

// SaveAnswer keeps what was answered, and forgets what is older than a day.
func (s *Accounts) SaveAnswer(ctx context.Context, principal, key string, request [32]byte, status int, body []byte) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		now := tx.Now()
		if _, err := tx.Exec(deleteAnswers, now-answeredFor.Milliseconds()); err != nil {
			return err
		}
		_, err := tx.Exec(insertAnswer, principal, key, request[:], status, body, now)
		return err
	})
}
