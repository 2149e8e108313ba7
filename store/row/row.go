// Package row has what the tables of the record share: times, hashes, the audit, versions
// that replace each other, and walking a table without holding it.
package row

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"time"

	"dateline/news"
	"dateline/store/sqlite"
)

// AsOf holds for what stood at the time that is the second argument.
const AsOf = `recorded <= ?2 AND (replaced IS NULL OR replaced > ?2)`

// At is a time of "as of"; the zero time is the end of time.
func At(t time.Time) int64 {
	if t.IsZero() {
		return 1<<63 - 1
	}
	return t.UnixMilli()
}

// Instant is the time of a row.
func Instant(milli int64) time.Time { return time.UnixMilli(milli).UTC() }

// Optional is for columns that may be NULL: the zero time is one that is not known.
func Optional(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// OrZero is the time of a column that may be NULL.
func OrZero(milli *int64) time.Time {
	if milli == nil {
		return time.Time{}
	}
	return Instant(*milli)
}

// Seal is the SHA-256 over the parts of a row, each with its length and kind.
func Seal(parts ...any) []byte {
	h := sha256.New()
	var head [9]byte
	part := func(kind byte, n uint64, b []byte) {
		head[0] = kind
		binary.LittleEndian.PutUint64(head[1:], n)
		h.Write(head[:])
		h.Write(b)
	}
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			part('t', uint64(len(p)), []byte(p))
		case []byte:
			part('b', uint64(len(p)), p)
		case int:
			part('i', uint64(p), nil)
		case int64:
			part('i', uint64(p), nil)
		case *int64:
			if p == nil {
				part('n', 0, nil)
			} else {
				part('i', uint64(*p), nil)
			}
		case bool:
			part('f', map[bool]uint64{true: 1}[p], nil)
		default:
			panic(fmt.Sprintf("seal: a part of type %T", p))
		}
	}
	return h.Sum(nil)
}

const selectChain = `SELECT chain FROM audit ORDER BY n DESC LIMIT 1`

const insertAudit = `INSERT INTO audit (act, object, detail, recorded, chain) VALUES (?, ?, ?, ?, ?)`

// Audit notes a change of the record, in the transaction that makes it.
func Audit(tx *sqlite.Tx, act, object, detail string) error {
	rows, err := tx.Query(selectChain)
	before, err := sqlite.All(rows, err, sqlite.Of[[]byte])
	if err != nil {
		return err
	}
	var previous []byte
	if len(before) > 0 {
		previous = before[0]
	}
	now := tx.Now()
	_, err = tx.Exec(insertAudit, act, object, detail, now, Seal(previous, act, object, detail, now))
	return err
}

// A Version is a row that stands until another takes its place.
type Version struct {
	N    int64
	ID   string
	Hash []byte
}

// ScanVersion reads the columns n, id, hash.
func ScanVersion(r sqlite.Row) (v Version, err error) { return v, r.Scan(&v.N, &v.ID, &v.Hash) }

// Supersede replaces the version that stands, unless it says the same; save reports whether
// there is something to insert.
func Supersede(tx *sqlite.Tx, old []Version, hash []byte, replace string) (save bool, err error) {
	for _, v := range old {
		if bytes.Equal(v.Hash, hash) {
			return false, nil
		}
		if _, err := tx.Exec(replace, tx.Now(), v.N); err != nil {
			return false, err
		}
	}
	return true, nil
}

// Walk runs a query that takes the last row's number and finds the next page of rows: so no
// more than one page is in memory and no transaction stays open while the caller works.
func Walk[T any](ctx context.Context, db *sqlite.DB, query string, scan func(sqlite.Row) (T, error), number func(T) int64, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		last := int64(0)
		for {
			rows, err := db.Query(ctx, query, append([]any{last}, args...)...)
			page, err := sqlite.All(rows, err, scan)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, v := range page {
				if !yield(v, nil) {
					return
				}
				last = number(v)
			}
			if len(page) == 0 {
				return
			}
		}
	}
}

// Some is one page of what Walk walks: at most limit rows after the row of number after, and the number
// of the last one to go on from, 0 where there are no more. A row that cannot be shown is skipped and is
// the error beside the rest.
func Some[T, R any](ctx context.Context, db *sqlite.DB, query string, scan func(sqlite.Row) (T, error), number func(T) int64,
	make func(T) (R, error), after int64, limit int, args ...any) (all []R, next int64, err error) {
	var damaged []error
	for {
		rows, err := db.Query(ctx, query, append([]any{after}, args...)...)
		page, err := sqlite.All(rows, err, scan)
		if err != nil {
			return nil, 0, err
		}
		if len(page) == 0 {
			return all, 0, errors.Join(damaged...)
		}
		for _, v := range page {
			if len(all) == limit {
				return all, after, errors.Join(damaged...)
			}
			after = number(v)
			r, err := make(v)
			if errors.Is(err, news.ErrDamaged) {
				damaged = append(damaged, err)
				continue
			}
			if err != nil {
				return nil, 0, err
			}
			all = append(all, r)
		}
	}
}
