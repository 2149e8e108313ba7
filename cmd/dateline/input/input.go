// Package input turns paths into pages: files, folders, WARC archives and standard input, packed or
// not, in order, with bounds of size. It reads no page: what is on it is the caller's business.
package input

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/terminal"
	"dateline/fetch/warc"
	"dateline/news"
)

// maxFileBytes is the largest file that is taken for a page, unpacked. The longest news pages
// measured are under 8 MB; what is larger is an archive or a mistake.
const maxFileBytes = 64 << 20

// maxGzipRatio is how far a compressed page may swell past its first MiB: HTML compresses
// some ten times, a bomb a thousand times.
const maxGzipRatio = 100

// An Origin is what the person who hands a page in says of it.
type Origin struct {
	url, outlet string
	fetched     time.Time
	badDigest   bool // records of archives whose digest does not match are taken
}

// OriginFlags adds the flags of an origin; the function it returns reads them.
func OriginFlags(cmd *cobra.Command) func(paths []string) (Origin, error) {
	address := cmd.Flags().String("url", "", "the address the page was fetched from (one page only)")
	fetched := cmd.Flags().String("fetched", "", "when it was fetched, as 2031-05-03 or 2031-05-03T09:30:00Z; unknown if not given")
	outlet := cmd.Flags().String("outlet", "", "the outlet whose page it is, if the page does not say")
	badDigest := cmd.Flags().Bool("accept-bad-digest", false, "take records of an archive that are not what their digest says")
	return func(paths []string) (Origin, error) {
		o := Origin{url: *address, outlet: *outlet, badDigest: *badDigest}
		if o.url != "" {
			if info, err := os.Stat(paths[0]); len(paths) != 1 || err == nil && info.IsDir() || isArchive(paths[0]) {
				return o, cli.Usage(errors.New("--url names one page: give one file with it"))
			}
			if u, err := url.Parse(o.url); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
				return o, cli.Usage(fmt.Errorf("--url %q: give a web address, as https://alba.example/a", o.url))
			}
		}
		var err error
		o.fetched, err = cli.InstantFlag("fetched", *fetched)
		return o, err
	}
}

// pageSuffixes and archiveSuffixes are the names of files that a folder is searched for.
var (
	pageSuffixes    = []string{".txt", ".html", ".htm", ".txt.gz", ".html.gz", ".htm.gz"}
	archiveSuffixes = []string{".warc", ".warc.gz", ".warc.zst", ".warc.wet.gz"}
)

func isPage(path string) bool { return hasSuffix(path, pageSuffixes) }

func isArchive(path string) bool { return hasSuffix(path, archiveSuffixes) }

// HoldsMany reports an archive or a folder.
func HoldsMany(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir() || isArchive(path)
}

func hasSuffix(path string, suffixes []string) bool {
	lower := strings.ToLower(path)
	return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(lower, s) })
}

// files are the files under the paths, in order: a file as it is, a folder's pages by name,
// "-" for standard input. An error belongs to the path beside it and does not end the walk.
func files(paths []string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, path := range paths {
			if path == "-" {
				if !yield(path, nil) {
					return
				}
				continue
			}
			info, err := os.Stat(path)
			if err != nil || !info.IsDir() {
				if !yield(path, cli.Bare(err)) {
					return
				}
				continue
			}
			found, stopped := false, false
			root := path
			if link, err := os.Lstat(path); err == nil && link.Mode()&fs.ModeSymlink != 0 {
				root += string(filepath.Separator) // a walk follows no link, its root included
			}
			err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
				switch {
				case err != nil:
					found = true
					if !yield(name, cli.Bare(err)) {
						stopped = true
						return fs.SkipAll
					}
					return fs.SkipDir
				case d.IsDir() && name != root && strings.HasPrefix(d.Name(), "."):
					return fs.SkipDir
				case d.IsDir() || !isPage(name) && !isArchive(name):
					return nil
				}
				found = true
				if !yield(name, nil) {
					stopped = true
					return fs.SkipAll
				}
				return nil
			})
			if stopped {
				return
			}
			if err != nil && !yield(path, cli.Bare(err)) {
				return
			}
			if err == nil && !found && !yield(path, fmt.Errorf("no page in the folder; looked for names ending in %s", strings.Join(slices.Concat(pageSuffixes, archiveSuffixes), " "))) {
				return
			}
		}
	}
}

// An input is one page to come: a file, or a record of an archive.
type input struct {
	Path string // the file, or "FILE, offset N: URL"
	Load func() (news.Page, error)
}

// Of are the pages of the files under the paths, in order, those of archives among them. What
// archives hold besides pages is told when all is read, by notes.
func Of(p *cli.Program, paths []string, o Origin) *Inputs {
	return &Inputs{program: p, paths: paths, origin: o}
}

type Inputs struct {
	program *cli.Program
	paths   []string
	origin  Origin

	mu    sync.Mutex
	notes []string
}

func (in *Inputs) All() iter.Seq2[input, error] {
	return func(yield func(input, error) bool) {
		for path, err := range files(in.paths) {
			switch {
			case err == nil && in.isArchive(path):
				if !in.archive(path, yield) {
					return
				}
			case !yield(input{path, func() (news.Page, error) { return load(in.program, path, in.origin) }}, err):
				return
			}
		}
	}
}

// isArchive goes by the name of a file, else by what comes first.
func (in *Inputs) isArchive(path string) bool {
	const enough = 4 << 10
	switch {
	case path == "-":
		buffered := bufio.NewReaderSize(in.program.In, enough)
		in.program.In = buffered
		first, _ := buffered.Peek(enough)
		return warc.Begins(first)
	case isArchive(path) || isPage(path):
		return isArchive(path)
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false // a pipe can be read once
	}
	f, err := os.Open(path)
	if err != nil {
		return false // whoever reads it will say so
	}
	defer f.Close()
	first, _ := io.ReadAll(io.LimitReader(f, enough))
	return warc.Begins(first)
}

// Tell says what the archives held besides pages.
func (in *Inputs) Tell(progress *cli.Progress) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, note := range in.notes {
		progress.Say("dateline: %s", note)
	}
}

// load reads one file as a page.
func load(p *cli.Program, path string, o Origin) (news.Page, error) {
	// The name of a file may be any bytes; a page's name is text.
	page := news.Page{Name: terminal.Printable(strings.ToValidUTF8(path, "\uFFFD")), URL: o.url, Outlet: o.outlet, Fetched: o.fetched}
	name := strings.TrimSuffix(strings.ToLower(path), ".gz")
	var r io.Reader
	if path == "-" {
		r = p.In
	} else {
		f, err := os.Open(path)
		if err != nil {
			return page, cli.Bare(err)
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Size() > maxFileBytes {
			return page, tooLarge(info.Size())
		}
		r = f
	}
	buffered := bufio.NewReader(r)
	if magic, _ := buffered.Peek(2); strings.HasSuffix(strings.ToLower(path), ".gz") || string(magic) == "\x1f\x8b" {
		body, err := unpack(buffered)
		if err != nil {
			return page, err
		}
		page.Body = body
	} else {
		body, err := ReadAll(buffered)
		if err != nil {
			return page, err
		}
		page.Body = body
	}
	page.MediaType = MediaType(name)
	return page, nil
}

// MediaType is what a file's name says of its content, "" where it says nothing.
func MediaType(name string) string {
	switch {
	case strings.HasSuffix(name, ".txt"):
		return "text/plain"
	case strings.HasSuffix(name, ".html"), strings.HasSuffix(name, ".htm"):
		return "text/html"
	}
	return ""
}

func tooLarge(size int64) error {
	return fmt.Errorf("%d MB are more than a page may have (%d MB); split it into one file a page", size>>20, maxFileBytes>>20)
}

func ReadAll(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxFileBytes+1))
	if err != nil {
		return nil, cli.Bare(err)
	}
	if len(body) > maxFileBytes {
		return nil, tooLarge(int64(len(body)))
	}
	return body, nil
}

// unpack reads a gzip file within the bounds of size and ratio.
func unpack(r io.Reader) ([]byte, error) {
	counted := &countingReader{r: r}
	z, err := gzip.NewReader(counted)
	if err != nil {
		return nil, fmt.Errorf("not a gzip file: %w", err)
	}
	var body []byte
	chunk := make([]byte, 64<<10)
	for {
		n, err := z.Read(chunk)
		body = append(body, chunk[:n]...)
		switch {
		case len(body) > maxFileBytes:
			return nil, tooLarge(int64(len(body)))
		case len(body) > 1<<20 && int64(len(body)) > maxGzipRatio*counted.n:
			return nil, fmt.Errorf("swells more than %d times when unpacked; that is no page", maxGzipRatio)
		case errors.Is(err, io.EOF):
			return body, nil
		case err != nil:
			return nil, fmt.Errorf("damaged gzip file after %d bytes: %w", len(body), err)
		}
	}
}

type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

// An Outcome is what came of one input.
type Outcome[T any] struct {
	Path  string
	Value T
	Err   error
}

// InOrder works on the inputs with as many workers as are given and yields what came of each
// in the order of the inputs. At most twice as many inputs as workers are in memory.
func InOrder[T any](ctx context.Context, inputs iter.Seq2[input, error], workers int, work func(page func() (news.Page, error)) (T, error)) iter.Seq[Outcome[T]] {
	return func(yield func(Outcome[T]) bool) {
		ctx, cancel := context.WithCancel(ctx)
		pending := make(chan chan Outcome[T], workers)
		var busy sync.WaitGroup
		slots := make(chan struct{}, workers)
		busy.Go(func() {
			defer close(pending)
			for in, err := range inputs {
				slot := make(chan Outcome[T], 1)
				select {
				case pending <- slot:
				case <-ctx.Done():
					return
				}
				if err != nil {
					slot <- Outcome[T]{Path: in.Path, Err: err}
					continue
				}
				slots <- struct{}{}
				busy.Go(func() {
					value, err := work(in.Load)
					<-slots
					slot <- Outcome[T]{in.Path, value, err}
				})
			}
		})
		defer busy.Wait()
		defer cancel()
		for slot := range pending {
			if !yield(<-slot) {
				return
			}
		}
	}
}
