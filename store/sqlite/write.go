package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"
)

// groupSize bounds how much work shares a commit, so that one failing sync fails few and the
// log stays short. 50 rows a commit gave 17,800 rows a second where one gave 350 to 905.
const groupSize = 64

// ErrClosed reports writing after Close.
var ErrClosed = errors.New("the record is closed")

type request struct {
	ctx   context.Context
	do    func(*Tx) error
	reply chan error
}

// Write runs do in a transaction and returns when its effect is on the disk. If do or the
// commit fails, nothing of it is kept. A cancelled context keeps do from starting, not from
// finishing: an answer without error always means a commit.
//
// do must not keep tx or call Write. It may run beside readers, never beside another do.
func (d *DB) Write(ctx context.Context, do func(tx *Tx) error) error {
	if err := d.Writable(); err != nil {
		return err
	}
	r := request{ctx, do, make(chan error, 1)}
	d.closing.RLock()
	if d.closed {
		d.closing.RUnlock()
		return fmt.Errorf("write %s: %w", d.path, ErrClosed)
	}
	select {
	case d.queue <- r:
		d.closing.RUnlock()
		return <-r.reply
	case <-ctx.Done():
		d.closing.RUnlock()
		return ctx.Err()
	}
}

// loop is the one goroutine that writes.
func (d *DB) loop() {
	defer close(d.stopped)
	for r := range d.queue {
		group := []request{r}
	gather:
		for len(group) < groupSize {
			select {
			case r, ok := <-d.queue:
				if !ok {
					break gather
				}
				group = append(group, r)
			default:
				break gather
			}
		}
		errs := d.commit(group)
		for i, r := range group {
			r.reply <- d.explain("write", errs[i])
		}
	}
}

// commit runs a group and says of each of its members how it ended.
func (d *DB) commit(group []request) []error {
	errs := make([]error, len(group))
	lost := func(err error) []error {
		_ = d.tx.run("ROLLBACK") // fails where the engine has rolled back by itself, and that is well
		for i := range errs {
			if errs[i] == nil {
				errs[i] = err
			}
		}
		return errs
	}
	if err := d.tx.run("BEGIN IMMEDIATE"); err != nil {
		return lost(err)
	}
	// A savepoint keeps a copy of every page that is touched, and each statement after that walks
	// the list of them: in a batch of 500 articles that was a third of the cost, and grew with the
	// archive. Work that has the transaction to itself needs none.
	d.tx.alone = len(group) == 1
	for i, r := range group {
		if errs[i] = r.ctx.Err(); errs[i] != nil {
			continue
		}
		if d.tx.alone {
			if errs[i] = r.do(d.tx); errs[i] != nil {
				return lost(errs[i])
			}
			continue
		}
		if err := d.tx.run("SAVEPOINT piece"); err != nil {
			return lost(err)
		}
		if errs[i] = r.do(d.tx); errs[i] != nil {
			if d.tx.run("ROLLBACK TO piece") != nil {
				// A full disk or a read error ends the whole transaction.
				return lost(errs[i])
			}
		}
		if err := d.tx.run("RELEASE piece"); err != nil {
			return lost(err)
		}
	}
	if err := d.tx.run("COMMIT"); err != nil {
		return lost(err)
	}
	return errs
}

// A Tx is the writing transaction.
type Tx struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
	clock      *clock
	alone      bool // the transaction is one piece of work, without a savepoint
}

// Now is the time of what is written, in milliseconds of UTC: the wall clock's, but never
// going back, so that what was recorded later says so even where the clock was set back.
func (t *Tx) Now() int64 { return t.clock.milli() }

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

// NotBefore tells the clock of the last time that was written.
func (d *DB) NotBefore(milli int64) {
	d.clock.mu.Lock()
	defer d.clock.mu.Unlock()
	d.clock.last = max(d.clock.last, milli)
}

func (t *Tx) prepare(query string) (*sql.Stmt, error) {
	if s, ok := t.statements[query]; ok {
		return s, nil
	}
	s, err := t.conn.PrepareContext(context.Background(), query)
	if err == nil {
		t.statements[query] = s
	}
	return s, err
}

func (t *Tx) run(query string) error {
	_, err := t.Exec(query)
	return err
}

// Exec runs a statement, which is prepared once.
func (t *Tx) Exec(query string, args ...any) (sql.Result, error) {
	s, err := t.prepare(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(context.Background(), args...)
}

// Insert runs an INSERT and returns the row's number.
func (t *Tx) Insert(query string, args ...any) (int64, error) {
	r, err := t.Exec(query, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// Change runs an UPDATE or DELETE and returns how many rows it met.
func (t *Tx) Change(query string, args ...any) (int64, error) {
	r, err := t.Exec(query, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// Query runs a query inside the transaction.
func (t *Tx) Query(query string, args ...any) (*Rows, error) {
	s, err := t.prepare(query)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(context.Background(), args...)
	return Plain(rows), err
}

// Plain leaves errors as they are: Write explains what its work returns.
func Plain(rows *sql.Rows) *Rows { return &Rows{rows, func(err error) error { return err }} }

func (t *Tx) close() error {
	var errs []error
	for _, s := range t.statements {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, t.conn.Close())...)
}

// Outside runs statements that cannot stand in a transaction, such as VACUUM, on the writing
// connection, while no one else writes.
func (d *DB) Outside(ctx context.Context, statements ...string) error {
	// Write holds the connection; the transaction around it is ended and begun again.
	return d.Write(ctx, func(tx *Tx) error {
		end, begin := []string{"RELEASE piece", "COMMIT"}, []string{"BEGIN IMMEDIATE", "SAVEPOINT piece"}
		if tx.alone {
			end, begin = end[1:], begin[:1]
		}
		for _, s := range end {
			if err := tx.run(s); err != nil {
				return err
			}
		}
		var err error
		for _, s := range statements {
			if _, err = tx.conn.ExecContext(context.WithoutCancel(ctx), s); err != nil {
				break
			}
		}
		for _, s := range begin {
			if e := tx.run(s); e != nil {
				return errors.Join(err, e)
			}
		}
		return err
	})
}

// CopyTo writes the database as it stands at one moment to a new file, and syncs it. Writing
// goes on meanwhile.
func (d *DB) CopyTo(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600) // the engine takes an empty file
	if err != nil {
		return err
	}
	defer f.Close()
	reader := d.reader
	reader.dsn = strings.Replace(reader.dsn, url.QueryEscape("query_only(1)"), url.QueryEscape("query_only(0)"), 1)
	db := sql.OpenDB(reader)
	defer db.Close()
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, path); err != nil {
		return d.explain("copy", err)
	}
	return f.Sync()
}

type dsnConnector struct {
	dsn    string
	driver driver.Driver
}

func (c dsnConnector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c dsnConnector) Driver() driver.Driver                        { return c.driver }
