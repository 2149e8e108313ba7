// Package sqlite opens the database as the record needs it: durable, checked, one writer.
//
// All writing goes through Write. One goroutine owns the one writing connection; it takes
// what has queued up while the last commit was syncing, runs it in one transaction, each
// piece in a savepoint of its own where there are several, and answers only when the commit is on the disk
// (synchronous=FULL). So a crowd of writers shares the price of a sync, a lone one does not
// wait for others. Readers have connections that cannot write.
//
// The settings are part of the address, so that every connection has them, and are read back
// at the start. The package knows no table but its own, migration.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	driver "modernc.org/sqlite"

	"dateline/news"
)

// applicationID marks a file as ours, for file(1) and for whoever finds it: "DTLN".
const applicationID = 0x44544c4e

// settings of every connection. FULL, because with NORMAL a power cut can take back commits
// that were acknowledged; group commit pays for it. No memory map: a read error there is a
// signal, not an error. secure_delete, so that what was removed is not left in free pages.
var settings = []struct{ name, value, readsBack string }{
	{"busy_timeout", "5000", "5000"},
	{"journal_mode", "WAL", "wal"},
	{"synchronous", "FULL", "2"},
	{"foreign_keys", "ON", "1"},
	{"wal_autocheckpoint", "4000", "4000"},
	{"journal_size_limit", "67108864", "67108864"},
	{"trusted_schema", "OFF", "0"},
	{"cell_size_check", "ON", "1"},
	{"mmap_size", "0", "0"},
	{"temp_store", "MEMORY", "2"},
	{"secure_delete", "ON", "1"},
}

const (
	writerCacheKB = 32768
	readerCacheKB = 16384
	readers       = 4
)

// Options say how to open.
type Options struct {
	ReadOnly   bool
	Immutable  bool  // with ReadOnly: no other process writes, and the folder cannot be written
	Migrations fs.FS // *.sql, named by UTC time
	Now        func() time.Time
}

// A DB is an open database. It is safe for concurrent use.
type DB struct {
	path    string
	reader  dsnConnector
	pool    *sql.DB // readers
	pooled  sync.Map
	owner   *sql.DB // the writing connection; nil if read-only
	tx      *Tx
	queue   chan request
	stopped chan struct{}
	clock   clock
	closing sync.RWMutex
	closed  bool
}

// Open opens path, makes it if there is none, and brings its schema up to date.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	d := &DB{path: path, queue: make(chan request), stopped: make(chan struct{}), clock: clock{now: o.Now}}
	if !o.ReadOnly {
		if err := d.openWriter(ctx, o); err != nil {
			return nil, errors.Join(d.named(err), d.close())
		}
		go d.loop()
	} else {
		close(d.stopped)
	}
	mode := "ro"
	if !o.ReadOnly {
		mode = "rw" // the reader of our own process may need to rebuild the shared memory
	}
	d.reader = connector(address(path, mode, o.Immutable, "query_only(1)", fmt.Sprintf("cache_size(-%d)", readerCacheKB)))
	d.pool = sql.OpenDB(d.reader)
	d.pool.SetMaxOpenConns(readers)
	d.pool.SetMaxIdleConns(readers)
	err := checkSettings(ctx, d.pool, o.ReadOnly)
	if err == nil && o.ReadOnly {
		err = checkMigrated(ctx, d.pool, o.Migrations)
	}
	if err != nil {
		return nil, errors.Join(d.named(err), d.Close())
	}
	return d, nil
}

func (d *DB) openWriter(ctx context.Context, o Options) error {
	d.owner = sql.OpenDB(connector(address(d.path, "rwc", false, fmt.Sprintf("application_id(%d)", applicationID), fmt.Sprintf("cache_size(-%d)", writerCacheKB))))
	d.owner.SetMaxOpenConns(1)
	if err := checkSettings(ctx, d.owner, false); err != nil {
		return err
	}
	conn, err := d.owner.Conn(ctx)
	if err != nil {
		return err
	}
	d.tx = &Tx{conn: conn, statements: map[string]*sql.Stmt{}, clock: &d.clock}
	return migrate(d.tx, o.Migrations)
}

// connector parses the address on each connection.
func connector(dsn string) dsnConnector { return dsnConnector{dsn, &driver.Driver{}} }

func address(path, mode string, immutable bool, pragmas ...string) string {
	q := url.Values{"mode": {mode}, "_txlock": {"immediate"}}
	if immutable {
		q.Set("immutable", "1")
	}
	for _, s := range settings {
		if mode == "ro" && (s.name == "journal_mode" || s.name == "secure_delete") {
			continue // only a writer can set them
		}
		q.Add("_pragma", s.name+"("+s.value+")")
	}
	for _, p := range pragmas {
		q.Add("_pragma", p)
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		absolute = path
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(absolute), RawQuery: q.Encode()}
	return u.String()
}

// minVersion is the first SQLite without the WAL-reset race of 3.7.0 to 3.51.2.
const minVersion = "3.51.3"

func checkSettings(ctx context.Context, db *sql.DB, readOnly bool) error {
	var version string
	if err := db.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&version); err != nil {
		return err
	}
	if older(version, minVersion) {
		return fmt.Errorf("SQLite %s is too old: %s is the first that is safe here", version, minVersion)
	}
	for _, s := range settings {
		if readOnly && (s.name == "journal_mode" || s.name == "secure_delete") {
			continue
		}
		var got string
		if err := db.QueryRowContext(ctx, `PRAGMA `+s.name).Scan(&got); err != nil {
			return err
		}
		if got != s.readsBack {
			return fmt.Errorf("SQLite setting %s reads back as %q, not %q", s.name, got, s.readsBack)
		}
	}
	return nil
}

// older compares versions of numbers and dots.
func older(a, b string) bool {
	have, want := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(have), len(want)) {
		x, _ := strconv.Atoi(have[i])
		y, _ := strconv.Atoi(want[i])
		if x != y {
			return x < y
		}
	}
	return len(have) < len(want)
}

// Close waits for the writing that is under way, folds the log into the database and closes.
func (d *DB) Close() error {
	d.closing.Lock()
	if d.closed {
		d.closing.Unlock()
		return nil
	}
	d.closed = true
	close(d.queue)
	d.closing.Unlock()
	<-d.stopped
	return d.close()
}

func (d *DB) close() error {
	var errs []error
	if d.pool != nil {
		d.pooled.Range(func(_, s any) bool {
			errs = append(errs, s.(*sql.Stmt).Close())
			return true
		})
		errs = append(errs, d.pool.Close())
	}
	if d.owner != nil {
		if d.tx != nil {
			errs = append(errs, d.tx.close())
		}
		errs = append(errs, d.owner.Close())
	}
	return errors.Join(errs...)
}

// Rows are what a query found. Their errors name the database and say what to do.
type Rows struct {
	*sql.Rows
	explain func(error) error
}

// Query runs a prepared query on a reading connection.
func (d *DB) Query(ctx context.Context, query string, args ...any) (*Rows, error) {
	explain := func(err error) error { return d.explain("read", err) }
	s, ok := d.pooled.Load(query)
	if !ok {
		prepared, err := d.pool.PrepareContext(ctx, query)
		if err != nil {
			return nil, explain(err)
		}
		if other, raced := d.pooled.LoadOrStore(query, prepared); raced {
			if err := prepared.Close(); err != nil {
				return nil, explain(err)
			}
			s = other
		} else {
			s = prepared
		}
	}
	rows, err := s.(*sql.Stmt).QueryContext(ctx, args...)
	return &Rows{rows, explain}, explain(err)
}

// All reads every row of a query by scan.
func All[T any](rows *Rows, err error, scan func(Row) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, rows.explain(err)
		}
		all = append(all, v)
	}
	return all, rows.explain(rows.Err())
}

// One reads the first row of a query by scan: news.ErrNotFound if there is none.
func One[T any](rows *Rows, err error, scan func(Row) (T, error)) (T, error) {
	var v T
	if err != nil {
		return v, err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return v, rows.explain(err)
		}
		return v, news.ErrNotFound
	}
	if v, err = scan(rows); err == nil {
		err = rows.Err()
	}
	return v, rows.explain(err)
}

// A Row is what a query found.
type Row interface{ Scan(...any) error }

// Of scans a row of one column.
func Of[T any](r Row) (T, error) {
	var v T
	err := r.Scan(&v)
	return v, err
}

// Texts runs a query of one text column on a connection of its own. FTS5's part of
// integrity_check needs that: it looks at the index through what the connection has cached of
// it, and calls an index corrupt that another connection has changed since (3.53.4).
func (d *DB) Texts(ctx context.Context, query string) ([]string, error) {
	db := sql.OpenDB(d.reader)
	defer db.Close()
	rows, err := db.QueryContext(ctx, query)
	return All(&Rows{rows, func(err error) error { return d.explain("read", err) }}, d.explain("read", err), Of[string])
}

// named names the database in an error of opening it.
func (d *DB) named(err error) error {
	var e *driver.Error
	if errors.As(err, &e) {
		return d.explain("open", err)
	}
	return fmt.Errorf("open %s: %w", d.path, err)
}

// explain names the database and says what to do, for the errors that a user can do something
// about. Errors that are not the engine's pass unchanged.
func (d *DB) explain(act string, err error) error {
	var e *driver.Error
	if !errors.As(err, &e) {
		return err
	}
	const (
		ioError, corrupt, full, cannotOpen, readOnly, busy, notDatabase = 10, 11, 13, 14, 8, 5, 26
		ioWrite                                                         = ioError | 3<<8
	)
	say := func(format string, args ...any) error {
		return fmt.Errorf("%s %s: "+format+" (%w)", append(append([]any{act, d.path}, args...), err)...)
	}
	switch code := e.Code(); {
	case code&0xff == full, code == ioWrite && diskFull(filepath.Dir(d.path)):
		return say("the disk is full: free some space and try again; everything acknowledged is kept")
	case code == ioWrite:
		return say("it could not be written: the disk is full or fails, or a limit on file sizes was met; free some space and try again; everything acknowledged is kept")
	case code&0xff == readOnly, code&0xff == cannotOpen:
		return say("the folder or the file cannot be written or opened: check its permissions and its disk")
	case code&0xff == corrupt, code&0xff == notDatabase:
		return say("the database is %w: run \"dateline doctor\", then restore the newest backup", news.ErrDamaged)
	case code&0xff == busy:
		return say("another program holds it: close that and try again")
	}
	return say("the database failed")
}

func diskFull(dir string) bool {
	var s syscall.Statfs_t
	return syscall.Statfs(dir, &s) == nil && s.Bavail*uint64(s.Bsize) < 1<<20
}

// Writable is nil if the database was opened for writing.
func (d *DB) Writable() error {
	if d.owner == nil {
		return fmt.Errorf("write %s: it was opened for reading", d.path)
	}
	return nil
}

// Path is where the database lies.
func (d *DB) Path() string { return d.path }

// Memory is a database of one connection, in memory, with this schema.
func Memory(schema string) (*sql.DB, error) {
	db := sql.OpenDB(connector("file::memory:"))
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(schema); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}
