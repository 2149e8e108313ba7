package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"dateline/cluster"
	"dateline/ledger"
	"dateline/news"
)

// A Job is one piece of work, a row of the store: a step to be taken with a revision.
type Job struct {
	ID       int64
	Step     string
	Revision news.RevisionID
	Attempt  int // 1 for the first
}

// The steps of the house, in order.
const (
	StepRead  = "read"  // a page -> annotated articles
	StepPlace = "place" // annotated articles -> events, stories, ledger rows
)

// maxAttempts is how often a job is tried before it is set aside as dead, with its reason.
// What reading refuses is refused for good at once; tries are for what may pass: a full disk,
// a killed process.
const maxAttempts = 3

// lease is how long a job may be worked on before another worker may take it: some hundred
// times the longest reading measured, so that only a dead worker loses its job.
const lease = 2 * time.Minute

// Memory is what the steps need of the store. A method that ends a job commits the job's
// effect and its end in one transaction.
type Memory interface {
	// LeaseJob hands out the oldest due job of a step for the time given; false if none is due.
	LeaseJob(ctx context.Context, step string, lease time.Duration) (Job, bool, error)
	// Page is the page a job is about, with its body.
	Page(ctx context.Context, revision news.RevisionID) (news.Page, error)
	// KeepReading keeps what was read, ends the job and queues the next step.
	KeepReading(ctx context.Context, job Job, reading news.Reading, next string) error
	// Annotations are the articles of a revision as the present rules read them.
	Annotations(ctx context.Context, revision news.RevisionID) ([]news.Annotation, error)
	// KeepDecisions keeps where the articles were placed and ends the job.
	KeepDecisions(ctx context.Context, job Job, decisions []Decision) error
	// FailJob gives a job back with the reason of its failure: to be tried again, or dead.
	FailJob(ctx context.Context, job Job, reason string, dead bool) error
}

// A Decision is where an article was placed and what it adds to the ledger.
type Decision struct {
	Article news.ArticleID
	Story   news.Story
	Entries []news.Entry
}

// decide places one article. It is pure.
func decide(a news.Annotation, now time.Time) Decision {
	story := cluster.Assign(a)
	return Decision{Article: a.Article.ID, Story: story, Entries: ledger.Record(a, story.ID, now)}
}

// A House runs the steps over a memory.
type House struct {
	memory Memory
	reader *Reader
	now    func() time.Time
}

// NewHouse is a house with the memory and the reader given. now is the clock by which rows
// are recorded.
func NewHouse(m Memory, r *Reader, now func() time.Time) *House { return &House{m, r, now} }

// A step is taken by as many workers at a time as it says.
type step struct {
	name    string
	workers int
	work    func(context.Context, Job) error
}

// steps is the house from front door to back door.
func (h *House) steps() []step {
	return []step{
		{StepRead, runtime.GOMAXPROCS(0), h.read},
		{StepPlace, 1, h.place},
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
				job, due, err := h.memory.LeaseJob(ctx, s.name, lease)
				if err == nil && !due {
					return
				}
				if err == nil {
					err = h.take(ctx, s, job)
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

// take does one job and gives it back with the reason if its work failed.
func (h *House) take(ctx context.Context, s step, job Job) error {
	err := s.work(ctx, job)
	if err == nil || ctx.Err() != nil {
		return ctx.Err() // an interrupted job's lease runs out, and it is done again
	}
	dead := job.Attempt >= maxAttempts
	if failed := h.memory.FailJob(ctx, job, err.Error(), dead); failed != nil {
		return errors.Join(err, failed)
	}
	return nil
}

// read reads the job's page and keeps the reading, also where it found no article: that is an
// answer, kept with its reason.
func (h *House) read(ctx context.Context, job Job) error {
	page, err := h.memory.Page(ctx, job.Revision)
	if err != nil {
		return fmt.Errorf("load %s: %w", job.Revision, err)
	}
	reading, err := h.reader.Read(page)
	if err != nil {
		reading.Failure = err.Error()
	}
	return h.memory.KeepReading(ctx, job, reading, StepPlace)
}

func (h *House) place(ctx context.Context, job Job) error {
	annotations, err := h.memory.Annotations(ctx, job.Revision)
	if err != nil {
		return fmt.Errorf("load %s: %w", job.Revision, err)
	}
	var decisions []Decision
	for _, a := range annotations {
		decisions = append(decisions, decide(a, h.now()))
	}
	return h.memory.KeepDecisions(ctx, job, decisions)
}
