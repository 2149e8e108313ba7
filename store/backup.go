package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"dateline/news"
	"dateline/store/blob"
	"dateline/store/folder"
)

// A Verify checks a copy before it gets its name: doctor's deep check.
type Verify func(ctx context.Context, s *Store) error

// Backup copies the folder to target, which must not exist, while writing goes on: the database
// as it stands at one moment, then the files of bodies that it names, each hashed as it is copied. The
// copy is made under a temporary name, synced, verified, and renamed: so whatever bears the
// name target is whole. It is a data folder like any other, without lock.
//
// Pages that were removed are not in it. If one is removed while it is made, it starts again.
func (s *Store) Backup(ctx context.Context, target string, verify Verify) error {
	if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("backup to %s: it exists: name a folder that does not", target)
	}
	const tries = 5
	for try := 1; ; try++ {
		err := s.backup(ctx, target, verify)
		if err == nil {
			return nil
		}
		if !errors.Is(err, news.ErrNotFound) || try == tries || ctx.Err() != nil {
			return fmt.Errorf("backup to %s: %w", target, err)
		}
	}
}

// Unfinished are the temporary folders of backups to target that were cut short.
func Unfinished(target string) []string {
	found, _ := filepath.Glob(target + ".unfinished*")
	return found
}

func (s *Store) backup(ctx context.Context, target string, verify Verify) (err error) {
	target = filepath.Clean(target)
	draft, err := os.MkdirTemp(filepath.Dir(target), filepath.Base(target)+".unfinished") // mode 0700
	if err != nil {
		return folder.Explain(filepath.Dir(target), err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(draft))
		}
	}()
	if err := s.db.CopyTo(ctx, filepath.Join(draft, "dateline.db")); err != nil {
		return err
	}
	if err := folder.WriteFormat(draft); err != nil {
		return folder.Explain(draft, err)
	}
	copied, err := Open(ctx, draft, Options{ReadOnly: true})
	if err != nil {
		return err
	}
	err = s.copyBodies(ctx, copied)
	if err == nil && verify != nil {
		err = verify(ctx, copied)
	}
	if err = errors.Join(err, copied.Close()); err != nil {
		return err
	}
	if err := errors.Join(folder.Sync(draft), os.Rename(draft, target), folder.Sync(filepath.Dir(target))); err != nil {
		return folder.Explain(target, err)
	}
	return nil
}

// copyBodies copies the bodies that the copied database names, some at a time.
func (s *Store) copyBodies(ctx context.Context, copied *Store) error {
	const some = 64
	var bodies []blob.Packed
	for f, err := range copied.Filed(ctx) {
		if err != nil {
			return err
		}
		if copied.blobs.Has(f.Sum) {
			continue
		}
		bytes, err := s.blobs.Get(f.Sum)
		if err != nil {
			return fmt.Errorf("body of revision %s of %s: %w", f.Revision, f.Name, err)
		}
		if bodies = append(bodies, copied.blobs.Pack(bytes)); len(bodies) == some {
			if err := copied.blobs.Put(bodies...); err != nil {
				return folder.Explain(copied.dir, err)
			}
			bodies = bodies[:0]
		}
	}
	if err := copied.blobs.Put(bodies...); err != nil {
		return folder.Explain(copied.dir, err)
	}
	return nil
}

// Restore makes a data folder from a backup, verified like it. dir must not exist. Pages that
// were removed after the backup was made come back with it: remove them again.
func Restore(ctx context.Context, backup, dir string, verify Verify) error {
	s, err := Open(ctx, backup, Options{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("restore %s: %w", backup, err)
	}
	return errors.Join(s.Backup(ctx, dir, verify), s.Close())
}
