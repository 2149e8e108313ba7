package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// ErrNewerSchema reports a database that a newer version of the program has migrated.
var ErrNewerSchema = errors.New("written by a newer version of dateline")

// Migrations are run by these lines rather than by a library: they are plain SQL forwards
// only, one transaction each, and what a library adds (going back, Go code, other engines)
// is not wanted here. Each is kept with its hash, so that an edited one is noticed.
const createMigration = `
	CREATE TABLE IF NOT EXISTS migration (
		name TEXT PRIMARY KEY,
		sha256 BLOB NOT NULL,
		applied INTEGER NOT NULL DEFAULT (unixepoch() * 1000)
	) STRICT`

type migration struct {
	name string
	sql  string
	hash [sha256.Size]byte
}

func migrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var all []migration
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		all = append(all, migration{strings.TrimSuffix(name, ".sql"), string(b), sha256.Sum256(b)})
	}
	return all, nil
}

// migrate runs what has not been run yet.
func migrate(tx *Tx, files fs.FS) error {
	all, err := migrations(files)
	if err != nil {
		return err
	}
	if err := tx.run(createMigration); err != nil {
		return err
	}
	rows, err := tx.Query(selectMigrations)
	pending, err := compare(all, rows, err)
	if err != nil {
		return err
	}
	for _, m := range pending {
		if err := m.run(tx); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
	}
	return nil
}

const selectMigrations = `SELECT name, sha256 FROM migration ORDER BY name`

// compare returns those of all that have not been run, and refuses those that we do not know.
func compare(all []migration, rows *Rows, err error) ([]migration, error) {
	done, err := All(rows, err, func(r Row) (m migration, err error) {
		var hash []byte
		err = r.Scan(&m.name, &hash)
		copy(m.hash[:], hash)
		return m, err
	})
	if err != nil {
		return nil, err
	}
	for i, d := range done {
		if i >= len(all) || d.name != all[i].name {
			return nil, fmt.Errorf("%w (its schema has %s): update dateline, or restore an older backup into another folder", ErrNewerSchema, d.name)
		}
		if d.hash != all[i].hash {
			return nil, fmt.Errorf("migration %s is not the one that made this schema: use a released version of dateline", d.name)
		}
	}
	return all[len(done):], nil
}

func (m migration) run(tx *Tx) (err error) {
	if err := tx.run("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tx.run("ROLLBACK") // fails where the engine has rolled back by itself
		}
	}()
	if _, err := tx.conn.ExecContext(context.Background(), m.sql); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO migration (name, sha256) VALUES (?, ?)`, m.name, m.hash[:]); err != nil {
		return err
	}
	return tx.run("COMMIT")
}

// checkMigrated is migrate for who may not write.
func checkMigrated(ctx context.Context, db *sql.DB, files fs.FS) error {
	all, err := migrations(files)
	if err != nil {
		return err
	}
	rows, err := db.QueryContext(ctx, selectMigrations)
	pending, err := compare(all, Plain(rows), err)
	if err != nil {
		return err
	}
	if len(pending) > 0 {
		return fmt.Errorf("its schema is older than this version of dateline: run any command that writes, such as \"dateline doctor --repair\", to bring it up to date")
	}
	return nil
}
