package warc

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"dateline/fetch"
)

// maxFileBytes is where an archive file ends and the next begins: the size that the standard
// recommends (Annex C) and that other archives have.
const maxFileBytes = 1 << 30

// A Folder writes what a client fetches into archive files of a folder: its method Exchange is a
// client's Archive. Many goroutines may use it at once.
//
// Each process begins files of its own, so what a killed one left is never written to: its last
// record may be torn, and a Reader says so. Files are synced when they end, not for each page:
// the record of the pages themselves is package store's.
type Folder struct {
	dir      string
	now      func() time.Time
	software string

	mu      sync.Mutex
	writer  *Writer // into file
	file    *os.File
	written int64
	count   int
}

// NewFolder makes a writer into the folder, which is made if need be. The software is named in
// each file.
func NewFolder(dir, software string, now func() time.Time) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f := &Folder{dir: dir, now: now, software: software}
	f.writer = NewWriter(writerFunc(func(b []byte) (int, error) {
		n, err := f.file.Write(b)
		f.written += int64(n)
		return n, err
	}), true)
	return f, nil
}

type writerFunc func(b []byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// Exchange writes a request and its response.
func (f *Folder) Exchange(e fetch.Exchange) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.file == nil || f.written >= maxFileBytes {
		if err := f.begin(); err != nil {
			return err
		}
	}
	for _, r := range Exchange(e.URL, e.Address, e.Began, e.Request, e.Response, e.Truncated) {
		if err := f.writer.Write(r); err != nil {
			// What is torn stays behind in its file; the next exchange begins another.
			return errors.Join(err, f.end())
		}
	}
	return nil
}

func (f *Folder) begin() error {
	if err := f.end(); err != nil {
		return err
	}
	now := f.now().UTC()
	for {
		f.count++
		name := fmt.Sprintf("dateline-%s-%05d.warc.gz", now.Format("20060102T150405Z"), f.count)
		file, err := os.OpenFile(filepath.Join(f.dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		f.file, f.written = file, 0
		return f.writer.Write(Info(now,
			Field{"software", f.software}, Field{"format", "WARC File Format 1.1"},
			Field{"description", "heads written anew from what was parsed; bodies as sent, chunks joined"}))
	}
}

func (f *Folder) end() error {
	if f.file == nil {
		return nil
	}
	file := f.file
	f.file = nil
	return errors.Join(file.Sync(), file.Close())
}

// Close ends the file at hand. The folder may be written to again.
func (f *Folder) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.end()
}
