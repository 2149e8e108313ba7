// Package folder knows the outside of a data folder: who may write in it, which format it
// has, which files belong there.
//
//	dateline.db, -wal, -shm   the record, in SQLite
//	blobs/ab/cdef….zst        the bytes of pages that are not small
//	format                    the version of this layout
//	lock                      held by the one process that writes; names it
//
// A writer holds a flock on the lock file, which ends with the process however it ends.
// Readers take no lock. Folders on network file systems are refused: their locks do not hold.
package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Format is the version of the layout that this program reads and writes.
const Format = 1

// ErrInUse reports a folder that another process writes in.
var ErrInUse = errors.New("in use")

// ErrNewer reports a folder that a newer version of the program has written.
var ErrNewer = errors.New("written by a newer version of dateline")

const head = "dateline data folder, format "

// A Lock is the right to write in a folder.
type Lock struct {
	file *os.File
	// Crashed is when the last writer began, if it did not end by Release; else zero.
	Crashed time.Time
}

// patience is how often, with a rest of a hundredth of a second between, the lock is asked for: a
// process that was just killed has been seen to hold it a moment longer than its parent waits for.
const patience = 50

func exclusive(f *os.File) (err error) {
	for range patience {
		if err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); !errors.Is(err, syscall.EWOULDBLOCK) {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
	return err
}

// Acquire makes dir a data folder, if it is none, and takes the lock.
func Acquire(dir string) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, Explain(dir, err)
	}
	if err := local(dir); err != nil {
		return nil, err
	}
	if err := check(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, Explain(dir, err)
	}
	if err := exclusive(f); err != nil {
		holder := make([]byte, 20)
		n, _ := f.ReadAt(holder, 0)
		_ = f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("data folder %s: %w by process %s: stop it first, or name another folder with --data",
				dir, ErrInUse, strings.TrimSpace(string(holder[:n])))
		}
		return nil, fmt.Errorf("lock data folder %s: %w", dir, err)
	}
	l := &Lock{file: f}
	if info, err := f.Stat(); err == nil && info.Size() > 0 {
		l.Crashed = info.ModTime()
	}
	if err := l.sign(dir); err != nil {
		return nil, Explain(dir, errors.Join(err, f.Close()))
	}
	return l, nil
}

// sign writes who holds the lock, and the format of a folder that has none yet.
func (l *Lock) sign(dir string) error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	if _, err := l.file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0); err != nil {
		return err
	}
	if _, err := os.Lstat(filepath.Join(dir, "format")); err == nil {
		return nil
	}
	return WriteFormat(dir)
}

// WriteFormat makes dir a data folder of the present format.
func WriteFormat(dir string) error {
	return WriteFile(filepath.Join(dir, "format"), []byte(head+strconv.Itoa(Format)+"\n"))
}

// Release gives the lock back and notes that the writer ended in good order.
func (l *Lock) Release() error {
	return errors.Join(l.file.Truncate(0), l.file.Close())
}

// Abandon gives the lock back where the writer could not begin: what it found to be tidied is
// left to the next.
func (l *Lock) Abandon() error { return l.file.Close() }

// Held reports whether some process writes in dir now.
func Held(dir string) bool {
	f, err := os.Open(filepath.Join(dir, "lock"))
	if err != nil {
		return false
	}
	defer f.Close()
	return syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB) != nil
}

// Check reports why dir is no data folder that this program can read: fs.ErrNotExist where
// there is none, ErrNewer where it comes from a newer program.
func Check(dir string) error {
	err := check(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("data folder %s: %w: \"dateline add\" makes one", dir, fs.ErrNotExist)
	}
	return err
}

func check(dir string) error {
	b, err := os.ReadFile(filepath.Join(dir, "format"))
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(string(b), head)))
	if err != nil || version < 1 {
		return fmt.Errorf("data folder %s: its file \"format\" says %q, which is no format: restore the folder from a backup", dir, b)
	}
	if version > Format {
		return fmt.Errorf("data folder %s: %w (format %d, this one knows %d): update dateline, or restore an older backup into another folder", dir, ErrNewer, version, Format)
	}
	return nil
}

// WriteFile writes a file that is there whole or not at all, and for good.
func WriteFile(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+"*.tmp")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return Sync(filepath.Dir(path))
}

// Sync makes the names in dir last through a power cut.
func Sync(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Known reports whether a file of that path, relative to the folder, belongs in it. Blobs are
// left to package blob.
func Known(relative string) bool {
	switch relative {
	case "dateline.db", "dateline.db-wal", "dateline.db-shm", "format", "lock", "dateline.toml", "blobs":
		return true
	}
	return false
}

// Explain names the folder and says what to do, for errors of its files.
func Explain(dir string, err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("data folder %s: not writable (%w): give this user the right to write there, or name another folder with --data", dir, err)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return fmt.Errorf("data folder %s: the disk is full (%w): free some space and try again; everything acknowledged is kept", dir, err)
	}
	return fmt.Errorf("data folder %s: %w", dir, err)
}
