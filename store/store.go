// Package store is the memory of the house: one data folder, which holds every page that was
// accepted and everything that was made of it.
//
// # What is kept
//
// A page has revisions, append-only, numbered from 1, each chained by hash to the one before;
// their bytes are files (package blob). A reading is what one version of the reader made of a
// revision; it holds the text, and has article versions, which have statements. Placing gives
// events, stories and ledger rows. Derived rows are never changed: a later one replaces an
// earlier one, and both tell when (recorded, replaced), which is what "as of" asks. Every row
// of text carries a SHA-256 over what it says: what does not match it is not served but
// reported as news.ErrDamaged.
//
// # How it is used
//
//	Open, Close                              a folder, for writing or only for reading
//	AddPage, AddPages                        the front door: stored for good when it returns
//	Lease, Fail, Finish                      the queue: work is rows
//	Page, SaveReading                        the "read" step: a revision -> a reading
//	Reading, Nearby, SavePlacement           the "place" step: a reading -> stories and ledger
//	Articles, Statement, Stories, Story,     what is asked; lists are iterators that keep one
//	Entries, Search, Why, Body, Counts       page of rows in memory and no transaction open
//	Unread, Reread                           revisions that the present reader has not read
//	Remove                                   a page goes; a tombstone stays
//	Backup, Restore                          while writing goes on; verified
//	Inspect, Rebuild, Revisions, Readings    for package doctor
//
// Saving twice is harmless: ids come from content. A step's work and its effect, the job's new
// state and the jobs that follow, are one transaction. All writing is grouped (package
// sqlite): call from many goroutines for speed.
//
// The store decides nothing about news, and keeps no settings or accounts.
package store

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"dateline/store/blob"
	"dateline/store/folder"
	"dateline/store/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrInUse reports a folder that another process writes in.
var ErrInUse = folder.ErrInUse

// Options say how to open a folder. The zero value opens it for writing.
type Options struct {
	ReadOnly bool             // for commands that only look; may be used while another process writes
	Now      func() time.Time // the clock; time.Now if nil
}

// A Store is an open data folder. It is safe for concurrent use.
type Store struct {
	dir   string
	db    *sqlite.DB
	blobs *blob.Blobs
	lock  *folder.Lock // nil if read-only
	clock clock
	lens  lens

	leases sync.Map // job number -> when its lease ends, on the monotonic clock
}

// Open opens the data folder dir, makes it if there is none, and brings it up to date. Where
// the last writer was killed, it first tidies what that left half done.
func Open(ctx context.Context, dir string, o Options) (*Store, error) {
	s := &Store{dir: dir, clock: clock{now: o.Now}}
	if s.clock.now == nil {
		s.clock.now = time.Now
	}
	var err error
	if s.blobs, err = blob.Open(filepath.Join(dir, "blobs")); err != nil {
		return nil, err
	}
	if o.ReadOnly {
		return s, s.openReader(ctx)
	}
	if s.lock, err = folder.Acquire(dir); err != nil {
		return nil, err
	}
	if err = s.private(); err == nil {
		s.db, err = sqlite.Open(ctx, s.database(), sqlite.Options{Migrations: files()})
	}
	if err == nil {
		err = s.resume(ctx)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// private makes the database before the engine does: its log and shared memory take the mode.
func (s *Store) private() error {
	f, err := os.OpenFile(s.database(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return s.explainFile(err)
	}
	return f.Close()
}

func (s *Store) openReader(ctx context.Context) error {
	if err := folder.Check(s.dir); err != nil {
		return err
	}
	o := sqlite.Options{ReadOnly: true, Migrations: files()}
	var err error
	if s.db, err = sqlite.Open(ctx, s.database(), o); err == nil {
		return nil
	}
	// In a folder that we may not write, the engine cannot make the files it shares with
	// writers. Where there is neither a log nor a writer, the file can be read as it is.
	if _, e := os.Lstat(s.database() + "-wal"); errors.Is(e, fs.ErrNotExist) && !folder.Held(s.dir) {
		o.Immutable = true
		if db, e := sqlite.Open(ctx, s.database(), o); e == nil {
			s.db, err = db, nil
		}
	}
	return err
}

func files() fs.FS {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

func (s *Store) database() string { return filepath.Join(s.dir, "dateline.db") }

// Close ends the work in good order.
func (s *Store) Close() error {
	errs := []error{s.lens.close()}
	if s.db != nil {
		errs = append(errs, s.db.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Release())
	}
	return errors.Join(errs...)
}

const selectLastRecorded = `SELECT coalesce((SELECT recorded FROM audit ORDER BY n DESC LIMIT 1), 0)`

// resume makes a folder whose last writer may have been killed fit for the next.
func (s *Store) resume(ctx context.Context) error {
	rows, err := s.db.Query(ctx, selectLastRecorded)
	last, err := sqlite.One(rows, err, sqlite.Of[int64])
	if err != nil {
		return err
	}
	s.clock.last = last
	if err := s.requeueLeased(ctx); err != nil {
		return err
	}
	if err := s.destroyRemoved(ctx); err != nil {
		return err
	}
	if s.lock.Crashed.IsZero() {
		return nil
	}
	return s.sweep(ctx, s.lock.Crashed.Add(-time.Minute))
}

// clock gives the times of rows: the wall clock's, but never going back, so that what was
// recorded later says so even where the clock was set back.
type clock struct {
	mu   sync.Mutex
	now  func() time.Time
	last int64
}

func (c *clock) milli() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = max(c.last, c.now().UnixMilli())
	return c.last
}

func instant(milli int64) time.Time { return time.UnixMilli(milli).UTC() }

// optional is for columns that may be NULL: the zero time is one that is not known.
func optional(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

func orZero(milli *int64) time.Time {
	if milli == nil {
		return time.Time{}
	}
	return instant(*milli)
}

// seal is the SHA-256 over the parts of a row, each with its length and kind.
func seal(parts ...any) []byte {
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
