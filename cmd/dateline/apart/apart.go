// Package apart reads pages in child processes, whose end is not the program's.
//
// A stack that overflows and memory that runs out end a Go program and cannot be recovered, so with
// pages of strangers they must not happen in the process that serves and keeps the record. A child has
// a bound of memory and of processor time, one page at a time, and no open file but its pipes. When it
// dies the page is tried once more in a fresh one, for the machine may have been short of memory for
// another reason; a page that ends that one too is unreadable, with the reason, and the work goes on.
//
// New gives a reader that starts the program itself as Command, as often as there are processors, and
// asks it through pipes; Answer is what such a child does. Bounds of memory and time are the system's
// where it has them (apart_unix.go).
package apart

import (
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"dateline/news"
	"dateline/pipeline"
)

const (
	// apartStack is where recursion ends: reading the deepest page of the hostile ones takes 1 MB.
	apartStack = 64 << 20
	// apartHeap is where the collector works harder, apartMemory where the system says no. The
	// distance is what Go maps and does not use.
	apartHeap   = 1 << 30
	apartMemory = 4 << 30
	// apartSeconds of processor time are for one page: the slowest of 10,000 tokens takes 3.
	apartSeconds = 120
	// apartPatience bounds a child that does not work either, on a machine that does other things.
	apartPatience = 10 * time.Minute
)

// An answer is a reading on its way through a pipe. Values go as JSON, as the store keeps
// them: gob would lose what is there but zero.
type answer struct {
	Document, Annotations, Alignment []byte
	Refused                          string // why there is no article, "" if there is one
	Kind                             int    // 1 news.ErrNoArticle, 2 news.ErrUnreadable, 0 another
}

var kinds = []error{1: news.ErrNoArticle, 2: news.ErrUnreadable}

func newAnswer(r news.Reading, refused error) (a answer, err error) {
	if refused != nil {
		a.Refused = refused.Error()
		for kind, sentinel := range kinds {
			if sentinel != nil && errors.Is(refused, sentinel) {
				a.Kind = kind
			}
		}
	}
	if a.Alignment, err = r.Document.Alignment.MarshalBinary(); err != nil {
		return a, err
	}
	r.Document.Blocks, r.Document.Meta = nil, news.Metadata{} // steps on the way, kept by nobody
	for i := range r.Annotations {
		if r.Annotations[i].Article.Text == r.Document.Text {
			r.Annotations[i].Article.Text = ""
		}
	}
	if a.Document, err = json.Marshal(r.Document); err != nil {
		return a, err
	}
	a.Annotations, err = json.Marshal(r.Annotations)
	return a, err
}

func (a answer) reading() (r news.Reading, err error) {
	err = errors.Join(json.Unmarshal(a.Document, &r.Document), json.Unmarshal(a.Annotations, &r.Annotations), r.Document.Alignment.UnmarshalBinary(a.Alignment))
	if err != nil {
		return r, fmt.Errorf("what a reading process answered: %w", err)
	}
	for i := range r.Annotations {
		if r.Annotations[i].Article.Text == "" {
			r.Annotations[i].Article.Text = r.Document.Text
		}
	}
	if a.Refused != "" {
		err = refusal{a.Refused, kinds[a.Kind]}
	}
	return r, err
}

// A refusal is an error that has come through a pipe.
type refusal struct {
	words string
	kind  error
}

func (r refusal) Error() string { return r.words }

func (r refusal) Unwrap() error { return r.kind }

// An Reader reads pages in child processes. It is a pipeline.PageReader.
type Reader struct {
	idle  chan *child // a slot a processor; nil where no child runs
	flags []string
}

func New(l pipeline.Limits) *Reader {
	a := &Reader{idle: make(chan *child, runtime.GOMAXPROCS(0))}
	for range cap(a.idle) {
		a.idle <- nil
	}
	if l.NoTokenLimit {
		a.flags = []string{"--no-limit"}
	}
	return a
}

// Read reads a page in a child.
func (a *Reader) Read(ctx context.Context, page news.Page) (news.Reading, error) {
	child := <-a.idle
	defer func() { a.idle <- child }()
	var died error
	for range 2 {
		if child == nil {
			var err error
			if child, err = startChild(a.flags); err != nil {
				return news.Reading{}, fmt.Errorf("start a reading process: %w", err)
			}
		}
		answer, err := child.read(ctx, page)
		if err == nil {
			return answer.reading()
		}
		died = child.end()
		child = nil
		if ctx.Err() != nil {
			return news.Reading{}, ctx.Err()
		}
	}
	r := news.Reading{Document: news.Document{Page: page.ID(), Revision: page.Revision(), Reader: pipeline.ReaderVersion,
		Name: page.Name, URL: page.URL, Outlet: page.Outlet, Fetched: page.Fetched, MediaType: page.MediaType}}
	return r, fmt.Errorf("%w: it ended the process that read it, twice: %w", news.ErrUnreadable, died)
}

// Close ends the children.
func (a *Reader) Close() {
	for range cap(a.idle) {
		if child := <-a.idle; child != nil {
			_ = child.end() // how they end does not matter any more
		}
		a.idle <- nil
	}
}

type child struct {
	cmd    *exec.Cmd
	in     io.Closer
	ask    *gob.Encoder
	answer *gob.Decoder
	said   *head
}

// Env tells a child that it is one: a child has no children, whatever program it turns out to be.
const Env = "DATELINE_READS_APART"

func startChild(flags []string) (*child, error) {
	if os.Getenv(Env) != "" {
		return nil, errors.New("read apart: a process that reads for another has none that reads for it")
	}
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: exec.Command(program, append([]string{Command}, flags...)...), said: &head{}}
	c.cmd.Stderr = c.said
	c.cmd.Env = append(os.Environ(), Env+"=1")
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.in, c.ask, c.answer = in, gob.NewEncoder(in), gob.NewDecoder(out)
	return c, c.cmd.Start()
}

func (c *child) read(ctx context.Context, page news.Page) (a answer, err error) {
	ctx, cancel := context.WithTimeout(ctx, apartPatience)
	defer cancel()
	defer context.AfterFunc(ctx, func() { _ = c.cmd.Process.Kill() })()
	if err := c.ask.Encode(page); err != nil {
		return a, err
	}
	return a, c.answer.Decode(&a)
}

// end waits for the child's end and says what it died of.
func (c *child) end() error {
	_ = c.in.Close()
	err := c.cmd.Wait()
	for line := range strings.Lines(c.said.String()) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "fatal error:") || strings.HasPrefix(line, "panic:") || strings.HasPrefix(line, "dateline:") {
			return errors.New(line)
		}
	}
	return err
}

// A head keeps the beginning of what is written to it: a dying Go program says first what it dies of.
type head struct {
	mu sync.Mutex
	b  []byte
}

func (h *head) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	const enough = 16 << 10
	h.b = append(h.b, p[:min(len(p), max(0, enough-len(h.b)))]...)
	return len(p), nil
}

func (h *head) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return string(h.b)
}

const Command = "read-apart"

// Answer reads the pages that come in, one after the other, until there are no more.
func Answer(ctx context.Context, in io.Reader, out io.Writer, reader pipeline.PageReader) error {
	debug.SetMaxStack(apartStack)
	debug.SetMemoryLimit(apartHeap)
	if err := limitMemory(apartMemory); err != nil {
		return fmt.Errorf("limit the memory of a reading process: %w", err)
	}
	pages, answers := gob.NewDecoder(in), gob.NewEncoder(out)
	for {
		var page news.Page
		if err := pages.Decode(&page); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := LimitProcessor(apartSeconds); err != nil {
			return fmt.Errorf("limit the time of a reading process: %w", err)
		}
		answer, err := newAnswer(reader.Read(ctx, page))
		if err != nil {
			return err
		}
		if err := answers.Encode(answer); err != nil {
			return err
		}
	}
}
