// Package blob keeps the bytes of pages as files that are named by what they hold.
//
// A blob is a zstd frame in blobs/ab/cdef….zst, where abcdef… is the SHA-256 of the bytes
// before compression. It is written under a temporary name, synced, renamed, and its folder
// synced, so that a name stands for whole bytes or for nothing, through a power cut too. Every
// read hashes what it read: damaged bytes are an error, never an answer.
//
// A blob that is small when packed is not worth a file: the caller keeps it with its rows, and
// has it unpacked and checked here.
//
// The package does not know which blobs are in use.
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"dateline/news"
)

// maxBody bounds what a damaged or hostile frame can unpack to. Pages are refused at the door
// long before: the largest the reader takes is 64 MB.
const maxBody = 1 << 30

const (
	suffix    = ".zst"
	temporary = ".tmp"
)

// Sum names a blob: the SHA-256 of its bytes.
type Sum [sha256.Size]byte

// String is the sum in hexadecimal.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// Blobs is a folder of blobs. It is safe for concurrent use.
type Blobs struct {
	dir     string
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

// Open uses dir, which Put creates when it needs it.
func Open(dir string) (*Blobs, error) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(2), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(1<<20))
	if err != nil {
		return nil, err
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(maxBody))
	if err != nil {
		return nil, err
	}
	return &Blobs{dir, encoder, decoder}, nil
}

func (b *Blobs) path(s Sum) string {
	name := s.String()
	return filepath.Join(b.dir, name[:2], name[2:]+suffix)
}

// smallest is the size from which a packed blob becomes a file: a block of most file systems.
const smallest = 4096

// A Packed blob is ready to be kept.
type Packed struct {
	sum   Sum
	bytes []byte
}

// Pack packs a body.
func (b *Blobs) Pack(body []byte) Packed {
	return Packed{sha256.Sum256(body), b.encoder.EncodeAll(body, nil)}
}

// Small are the bytes of a blob that is too small for a file.
func (p Packed) Small() (bytes []byte, small bool) { return p.bytes, len(p.bytes) < smallest }

// together bounds how many files are open at once.
const together = 256

// Put keeps those of the blobs that are not small. When it returns without error they are on the
// disk for good. Those that are there already are left alone, but only if they are whole: one that
// was damaged is healed by having the same bytes again.
//
// Many are written in phases, all files, then all syncs, then all names: so the file system's
// journal commits once for all of them.
func (b *Blobs) Put(packed ...Packed) error {
	large := make([]Packed, 0, len(packed))
	for _, p := range packed {
		if _, small := p.Small(); !small {
			large = append(large, p)
		}
	}
	var folders sync.Map
	for some := range slices.Chunk(large, together) {
		files := make([]draft, len(some))
		err := each(files, func(i int, f *draft) error { return b.write(f, some[i], &folders) })
		if err == nil {
			err = each(files, func(_ int, f *draft) error { return f.finish() })
		}
		for _, f := range files {
			if err == nil {
				err = f.name()
			}
			f.discard()
		}
		if err != nil {
			return err
		}
	}
	var dirty []string
	folders.Range(func(dir, _ any) bool { dirty = append(dirty, dir.(string)); return true })
	return each(dirty, func(_ int, dir *string) error { return syncFolder(*dir) })
}

// parallel is how many files are worked on at once.
const parallel = 16

func each[T any](things []T, do func(int, *T) error) error {
	if len(things) == 1 {
		return do(0, &things[0])
	}
	var group sync.WaitGroup
	errs := make([]error, min(parallel, len(things)))
	for w := range errs {
		group.Go(func() {
			for i := w; i < len(things) && errs[w] == nil; i += len(errs) {
				errs[w] = do(i, &things[i])
			}
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// A draft is a blob that has no name yet; its file is nil where the blob was there already.
type draft struct {
	file *os.File
	path string
}

func (b *Blobs) write(d *draft, p Packed, folders *sync.Map) error {
	d.path = b.path(p.sum)
	folder := filepath.Dir(d.path)
	folders.Store(folder, true)
	if _, err := os.Lstat(d.path); err == nil {
		if _, err := b.Get(p.sum); err == nil {
			return nil // its folder is synced all the same: who wrote it may have died before that
		}
	}
	made, err := makeFolder(folder)
	if err != nil {
		return err
	}
	if made {
		folders.Store(b.dir, true)
		folders.Store(filepath.Dir(b.dir), true)
	}
	if d.file, err = os.CreateTemp(folder, "*"+temporary); err != nil { // mode 0600
		return err
	}
	_, err = d.file.Write(p.bytes)
	return err
}

func (d *draft) finish() error {
	if d.file == nil {
		return nil
	}
	return errors.Join(d.file.Sync(), d.file.Close())
}

func (d *draft) name() error {
	if d.file == nil {
		return nil
	}
	return os.Rename(d.file.Name(), d.path)
}

// discard frees what is left of a draft; after name that is nothing.
func (d *draft) discard() {
	if d.file != nil {
		_ = d.file.Close()
		_ = os.Remove(d.file.Name()) // a leftover is swept away later
	}
}

// makeFolder makes dir and reports whether it was not there.
func makeFolder(dir string) (made bool, err error) {
	if _, err := os.Lstat(dir); err == nil {
		return false, nil
	}
	return true, os.MkdirAll(dir, 0o700)
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// Get is the body that sum names: news.ErrNotFound if there is none, news.ErrDamaged if what
// is there is something else.
func (b *Blobs) Get(s Sum) ([]byte, error) {
	packed, err := os.ReadFile(b.path(s))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("blob %s: %w", s, news.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	return b.Unpack(s, packed)
}

// Unpack is the body of a packed blob: news.ErrDamaged if it is not what sum names.
func (b *Blobs) Unpack(s Sum, packed []byte) ([]byte, error) {
	body, err := b.decoder.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("blob %s: %w: %w", s, news.ErrDamaged, err)
	}
	if got := Sum(sha256.Sum256(body)); got != s {
		return nil, fmt.Errorf("blob %s: %w: its bytes hash to %s", s, news.ErrDamaged, got)
	}
	return body, nil
}

// Has reports whether there is a blob of that name, whole or not.
func (b *Blobs) Has(s Sum) bool {
	_, err := os.Lstat(b.path(s))
	return err == nil
}

// Destroy overwrites the blob and deletes it. There may be none.
//
// Overwriting is the most a program can do: a file system that copies on write, a snapshot or
// the disk's own remapping may still hold the old bytes.
func (b *Blobs) Destroy(s Sum) error {
	path := b.path(s)
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		if _, err = f.Write(make([]byte, info.Size())); err == nil {
			err = f.Sync()
		}
	}
	if err := errors.Join(err, f.Close(), os.Remove(path)); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// A File is one file of the folder.
type File struct {
	Path    string
	Sum     Sum
	Named   bool // false for what is not named like a blob: a leftover, or not ours
	Changed time.Time
}

// All are the files of the folder, a hundredth of them in memory at a time.
func (b *Blobs) All() iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		err := filepath.WalkDir(b.dir, func(path string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil {
				return err
			}
			file := File{Path: path, Changed: info.ModTime()}
			relative, _ := filepath.Rel(b.dir, path)
			name, ok := strings.CutSuffix(strings.Replace(relative, string(filepath.Separator), "", 1), suffix)
			raw, err := hex.DecodeString(name)
			if ok && err == nil && len(raw) == sha256.Size {
				file.Sum, file.Named = Sum(raw), b.path(Sum(raw)) == path
			}
			if !yield(file, nil) {
				return fs.SkipAll
			}
			return nil
		})
		if err != nil {
			yield(File{}, err)
		}
	}
}
