package pipeline

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"iter"
	"runtime"
	"sync"
	"time"

	"dateline/cluster"
	"dateline/news"
)

// maxAttempts is how often a job is tried before it is set aside as dead, with its reason.
// What reading refuses is refused for good at once; tries are for what may pass, such as a
// full disk.
const maxAttempts = 3

// Memory is what the steps need of the store. A method that saves commits what it saves, the
// end of the job and the jobs that follow in one transaction.
type Memory interface {
	// Lease hands out up to most due jobs of a step, oldest first; none if none is due.
	Lease(ctx context.Context, step string, most int) ([]news.Job, error)
	// Page is a revision with its body, as it was handed in.
	Page(ctx context.Context, revision news.RevisionID) (news.Page, error)
	// SaveReading keeps what was read and queues the placing of its articles.
	SaveReading(ctx context.Context, job news.Job, reading news.Reading) error
	// Standing is the reading with articles that stands of the page of a revision; ErrNotFound if
	// there is none.
	Standing(ctx context.Context, revision news.RevisionID) (news.Reading, error)
	// Reading is what the present rules made of a revision.
	Reading(ctx context.Context, revision news.RevisionID) (news.Reading, error)
	// Nearby are up to most stories that share words with an article's title, likest first, and
	// the one it is in.
	Nearby(ctx context.Context, article news.Article, most int) ([]news.Story, error)
	// Few are all stories, if they have no more than most articles; else none.
	Few(ctx context.Context, most int) ([]news.Story, error)
	// Article is an article as it stands, with all that was read in it.
	Article(ctx context.Context, id news.ArticleID) (news.Annotation, error)
	// SavePlacement keeps where the articles belong and what they add to the ledger.
	SavePlacement(ctx context.Context, job news.Job, placement news.Placement) error
	// Decisions are what people decided that holds, all if object is "".
	Decisions(ctx context.Context, object string, undone bool) iter.Seq2[news.Decision, error]
	// Fail gives a job back with the reason: to be tried again later or, if final, never.
	Fail(ctx context.Context, job news.Job, reason error, final bool) error
}

// A PageReader reads pages: a Reader, or one that has them read elsewhere. Its error is why there is
// no article, unless ctx has ended.
type PageReader interface {
	Read(ctx context.Context, page news.Page) (news.Reading, error)
}

// A House runs the steps over a memory.
type House struct {
	memory  Memory
	reader  PageReader
	now     func() time.Time
	recent  recent
	placing sync.Mutex // held by whoever places, for books are one after another's
	books   books
	pages   [16]sync.Mutex // held by whoever names the articles of a page, for its next revision goes by them
}

// NewHouse is a house with the memory and the reader given. now is the clock by which rows
// are recorded.
func NewHouse(m Memory, r PageReader, now func() time.Time) *House {
	return &House{memory: m, reader: r, now: now}
}

// A step is taken by as many workers at a time as it says.
type step struct {
	name    string
	workers int
	work    func(context.Context, news.Job) error
}

// steps is the house from front door to back door.
func (h *House) steps() []step {
	return []step{
		{news.ReadStep, runtime.GOMAXPROCS(0), h.read},
		{news.PlaceStep, 1, h.place},
	}
}

// Settle works until no job is due and returns the first error of the memory itself. A page
// that cannot be read is no error of the house: its failure is kept with the page.
func (h *House) Settle(ctx context.Context) error {
	for _, s := range h.steps() {
		if err := h.drain(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// drain takes one step with every job that is due. A worker that meets an error of the memory
// stops the others after the job they are at.
func (h *House) drain(ctx context.Context, s step) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var workers sync.WaitGroup
	for range s.workers {
		workers.Go(func() {
			for ctx.Err() == nil {
				jobs, err := h.memory.Lease(ctx, s.name, 1)
				if err == nil && len(jobs) == 0 {
					return
				}
				if err == nil {
					err = h.take(ctx, s, jobs[0])
				}
				if err != nil {
					stop(err)
					return
				}
			}
		})
	}
	workers.Wait()
	return context.Cause(ctx)
}

// take does one job, and gives it back with the reason if its work failed.
func (h *House) take(ctx context.Context, s step, job news.Job) error {
	err := s.work(ctx, job)
	if err == nil || ctx.Err() != nil {
		return ctx.Err() // an interrupted job's lease ends, and it is done again
	}
	if failed := h.memory.Fail(ctx, job, err, job.Attempt >= maxAttempts); failed != nil {
		return fmt.Errorf("%w; and it could not be given back: %w", err, failed)
	}
	return nil
}

// read reads the job's page and keeps the reading, also where it found no article: that is an
// answer, kept with its reason.
func (h *House) read(ctx context.Context, job news.Job) error {
	page, err := h.memory.Page(ctx, job.Revision)
	if err != nil {
		return fmt.Errorf("load %s: %w", job.Revision, err)
	}
	reading, err := h.reader.Read(ctx, page)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		reading.Failure = err.Error()
	}
	one := &h.pages[hash(reading.Document.Page)%uint32(len(h.pages))]
	one.Lock()
	defer one.Unlock()
	before, err := h.memory.Standing(ctx, job.Revision)
	switch {
	case err == nil:
		continueArticles(before, &reading)
	case !errors.Is(err, news.ErrNotFound) && !errors.Is(err, news.ErrDamaged):
		return fmt.Errorf("load what stands of %s: %w", page.Name, err)
	}
	return h.memory.SaveReading(ctx, job, reading)
}

func hash(id news.PageID) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // it never fails
	return h.Sum32()
}

// continueArticles gives the articles of a page's new reading the ids of those that they continue,
// so that a new headline revises an article and does not make another.
func continueArticles(before news.Reading, now *news.Reading) {
	articles := func(r news.Reading) (list []news.Article) {
		for _, a := range r.Annotations {
			list = append(list, a.Article)
		}
		return list
	}
	was, is := articles(before), articles(*now)
	for i, k := range cluster.Continued(was, is) {
		if k < 0 || was[k].ID == is[i].ID {
			continue
		}
		if named, ok := was[k].NamedBy(); ok {
			now.Annotations[i] = now.Annotations[i].Continue(was[k].ID, named)
		}
	}
}
