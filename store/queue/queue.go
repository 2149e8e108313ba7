// Package queue keeps the work that waits: one row a step and revision.
//
// A row is written in the transaction of what makes the work necessary, and ends in the
// transaction of its effect: so work is neither lost nor done twice. Only the process that
// holds the folder works, so leases are kept in memory, on the monotonic clock; the rows know
// who leased them (fence) and how often it was tried.
package queue

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"dateline/news"
	"dateline/store/sqlite"
)

// A Queue hands out work. It is safe for concurrent use.
type Queue struct {
	db     *sqlite.DB
	leases sync.Map // job number -> when its lease ends, on the monotonic clock
}

// New is the queue of a database.
func New(db *sqlite.DB) *Queue { return &Queue{db: db} }

const (
	// MaxAttempts bounds how often a step may fail for one revision.
	MaxAttempts = 3

	// MaxLost bounds how often the process may end, or hang, while it works on one: a page that
	// kills the process does not keep the others waiting for ever. It is the larger number, as
	// a process is also killed for other reasons.
	MaxLost = 10

	// leaseFor is how long a step may work before another worker may take over.
	leaseFor = 5 * time.Minute

	// retryAfter is doubled with each attempt.
	retryAfter = 2 * time.Second
)

// ErrLease reports work that was handed to somebody else in the meantime: it changed nothing.
var ErrLease = errors.New("the lease on this work has ended")

const insertJob = `
	INSERT INTO job (step, revision, state, due, changed) VALUES (?, ?, 'queued', ?, ?)
	ON CONFLICT (revision, step) DO UPDATE SET state = 'queued', attempts = 0, lost = 0, reason = '', due = excluded.due,
		changed = excluded.changed, fence = fence + 1`

// Enqueue queues a step for a revision, again if it was done before.
func Enqueue(tx *sqlite.Tx, step string, revision int64) error {
	_, err := tx.Exec(insertJob, step, revision, tx.Now(), tx.Now())
	return err
}

const reviveJobs = `UPDATE job SET state = 'queued', attempts = 0, lost = 0, due = ?, changed = ? WHERE revision = ? AND state = 'dead'`

// Revive queues again what was given up.
func Revive(tx *sqlite.Tx, revision int64) error {
	_, err := tx.Exec(reviveJobs, tx.Now(), tx.Now(), revision)
	return err
}

// open holds for jobs that are neither done nor waiting for the first time, word for word as the
// index job_open has it.
const open = `state <> 'done' AND state <> 'queued'`

const (
	// A due time far ahead is one that was written before the clock was set back.
	selectDue = `
		SELECT job.n, revision.id, attempts, fence, lost
		FROM job JOIN revision ON revision.n = job.revision
		WHERE step = ? AND state IN ('queued', 'failed') AND (due <= ? OR due > ?) AND lost = 0
		ORDER BY job.n LIMIT ?`

	// Work during which the program ended comes after all other: what kills it does not keep the
	// rest from being done, and what merely was under way is not under way each time.
	selectLost = `
		SELECT job.n, revision.id, attempts, fence, lost
		FROM job JOIN revision ON revision.n = job.revision
		WHERE step = ? AND state IN ('queued', 'failed') AND (due <= ? OR due > ?) AND lost > 0
		ORDER BY lost, job.n LIMIT ?`

	selectLeased = `
		SELECT job.n, revision.id, attempts, fence, lost
		FROM job JOIN revision ON revision.n = job.revision
		WHERE ` + open + ` AND state = 'leased' AND step = ?`

	leaseJob = `UPDATE job SET state = 'leased', lost = lost + (state = 'leased'), fence = fence + 1, changed = ? WHERE n = ?`

	buryJob = `UPDATE job SET state = 'dead', changed = ?, reason = CASE reason WHEN '' THEN ? ELSE reason END WHERE n = ?`
)

// crashed is the reason of work whose every attempt ended without an answer.
const crashed = "the program ended, or took too long, each time it worked on this"

// Lease hands out up to most jobs of a step that are due, oldest first, those that were lost before
// last; none if none is due.
func (q *Queue) Lease(ctx context.Context, step string, most int) ([]news.Job, error) {
	var leased []news.Job
	err := q.db.Write(ctx, func(tx *sqlite.Tx) error {
		leased = nil
		now := tx.Now()
		for {
			candidates, err := q.candidates(tx, step, now, most)
			if err != nil {
				return err
			}
			buried := false
			for _, j := range candidates[:min(most, len(candidates))] {
				if j.lost >= MaxLost {
					buried = true
					_, err = tx.Exec(buryJob, now, crashed, j.ID)
				} else {
					_, err = tx.Exec(leaseJob, now, j.ID)
					j.Step, j.Attempt, j.Fence = step, j.Attempt+1, j.Fence+1
					leased = append(leased, j.Job)
					// Noted before the commit: the next writer may ask as soon as this one is done.
					q.leases.Store(j.ID, time.Now().Add(leaseFor))
				}
				if err != nil {
					return err
				}
			}
			if len(leased) > 0 || !buried {
				return nil
			}
		}
	})
	if err != nil {
		for _, j := range leased {
			q.leases.Delete(j.ID)
		}
		return nil, err
	}
	return leased, nil
}

// candidates are the jobs that may be leased, the first first.
func (q *Queue) candidates(tx *sqlite.Tx, step string, now int64, most int) (all []waiting, err error) {
	farAhead := now + (retryAfter << MaxAttempts).Milliseconds()
	for _, query := range []string{selectDue, selectLost} {
		rows, err := tx.Query(query, step, now, farAhead, most)
		some, err := sqlite.All(rows, err, scanJob)
		if err != nil {
			return nil, err
		}
		if all = append(all, some...); len(all) >= most {
			return all, nil
		}
	}
	rows, err := tx.Query(selectLeased, step)
	leased, err := sqlite.All(rows, err, scanJob)
	if err != nil {
		return nil, err
	}
	for _, j := range leased {
		if end, ok := q.leases.Load(j.ID); !ok || time.Now().After(end.(time.Time)) {
			all = append(all, j)
		}
	}
	return all, nil
}

// A waiting job is a row of the table.
type waiting struct {
	news.Job
	lost int
}

func scanJob(r sqlite.Row) (j waiting, err error) {
	return j, r.Scan(&j.ID, &j.Revision, &j.Attempt, &j.Fence, &j.lost)
}

const finishJob = `UPDATE job SET state = 'done', reason = '', changed = ? WHERE n = ? AND fence = ? AND state = 'leased'`

// Done ends a job in the transaction of its effect. The zero Job stands for work that was
// not leased and ends nothing.
func (q *Queue) Done(tx *sqlite.Tx, j news.Job) error {
	if j.ID == 0 {
		return nil
	}
	q.leases.Delete(j.ID)
	n, err := tx.Change(finishJob, tx.Now(), j.ID, j.Fence)
	if err == nil && n == 0 {
		err = fmt.Errorf("%s %s: %w", j.Step, j.Revision, ErrLease)
	}
	return err
}

// Finish ends a job that has no effect to save.
func (q *Queue) Finish(ctx context.Context, j news.Job) error {
	return q.db.Write(ctx, func(tx *sqlite.Tx) error { return q.Done(tx, j) })
}

const (
	settleJob = `UPDATE job SET state = 'done', changed = ? WHERE revision = (SELECT n FROM revision WHERE id = ?) AND step = ?`

	selectReadIn = `SELECT reading.revision FROM article JOIN reading ON reading.n = article.reading WHERE article.id = ?`

	// settlePlaced is told the row: a statement that may change several has a savepoint, and at each
	// savepoint FTS5 writes out what it would have gathered until the commit.
	settlePlaced = `UPDATE job SET state = 'done', changed = ? WHERE n = (SELECT n FROM job WHERE revision = ? AND step = 'place')`
)

// SettlePlaced ends the placing of an article that came with its story.
func SettlePlaced(tx *sqlite.Tx, id news.ArticleID) error {
	rows, err := tx.Query(selectReadIn, string(id))
	revisions, err := sqlite.All(rows, err, sqlite.Of[int64])
	if err != nil {
		return err
	}
	for _, n := range revisions {
		if _, err := tx.Exec(settlePlaced, tx.Now(), n); err != nil {
			return err
		}
	}
	return nil
}

// Settle ends a job that nobody leased, because its effect came with it.
func Settle(tx *sqlite.Tx, step string, id news.RevisionID) error {
	_, err := tx.Exec(settleJob, tx.Now(), string(id), step)
	return err
}

const failJob = `UPDATE job SET state = ?, attempts = attempts + 1, reason = ?, due = ?, changed = ? WHERE n = ? AND fence = ? AND state = 'leased'`

// Fail gives a job back with the reason. It is tried again later, up to MaxAttempts times in
// all; after that, or at once if final, it is given up and listed as dead.
func (q *Queue) Fail(ctx context.Context, j news.Job, reason error, final bool) error {
	state := "failed"
	if final || j.Attempt >= MaxAttempts {
		state = "dead"
	}
	err := q.db.Write(ctx, func(tx *sqlite.Tx) error {
		now := tx.Now()
		n, err := tx.Change(failJob, state, reason.Error(), now+(retryAfter<<j.Attempt).Milliseconds(), now, j.ID, j.Fence)
		if err == nil && n == 0 {
			err = fmt.Errorf("%s %s: %w", j.Step, j.Revision, ErrLease)
		}
		return err
	})
	q.leases.Delete(j.ID)
	return err
}

const requeueLeased = `UPDATE job SET state = 'queued', lost = lost + 1, fence = fence + 1, changed = ? WHERE ` + open + ` AND state = 'leased'`

// Reclaim takes back the leases of a writer that is gone.
func (q *Queue) Reclaim(ctx context.Context) error {
	return q.db.Write(ctx, func(tx *sqlite.Tx) error {
		_, err := tx.Exec(requeueLeased, tx.Now())
		return err
	})
}

// Progress is how far the work on a revision has come.
type Progress struct {
	Done     bool   // read and placed, or given up
	Articles int    // that stand
	Failure  string // why there are none, or why the work was given up; "" if neither
}

const selectProgress = `
	SELECT
		(SELECT count(*) FROM job WHERE job.revision = r.n AND state IN ('queued', 'leased', 'failed')),
		(SELECT count(*) FROM article JOIN reading ON reading.n = article.reading WHERE reading.revision = r.n AND article.replaced IS NULL),
		coalesce((SELECT reason FROM job WHERE job.revision = r.n AND state = 'dead' ORDER BY n LIMIT 1),
			(SELECT failure FROM reading WHERE reading.revision = r.n ORDER BY n DESC LIMIT 1), '')
	FROM revision r WHERE r.id = ?`

// Progress reports on a revision.
func (q *Queue) Progress(ctx context.Context, id news.RevisionID) (Progress, error) {
	rows, err := q.db.Query(ctx, selectProgress, string(id))
	p, err := sqlite.One(rows, err, func(r sqlite.Row) (p Progress, err error) {
		var waiting int
		err = r.Scan(&waiting, &p.Articles, &p.Failure)
		p.Done = waiting == 0
		return p, err
	})
	if err != nil {
		return p, fmt.Errorf("revision %s: %w", id, err)
	}
	return p, nil
}

// A Failed is work that was given up, or that waits to be tried again after a failure.
type Failed struct {
	Step, Page string
	Revision   news.RevisionID
	Dead       bool
	Attempts   int
	Reason     string
}

const selectFailed = `
	SELECT job.n, step, page.name, revision.id, state = 'dead', attempts, reason
	FROM job JOIN revision ON revision.n = job.revision JOIN page ON page.n = revision.page
	WHERE ` + open + ` AND state IN ('failed', 'dead') ORDER BY job.n LIMIT ?`

// FailedJobs lists up to most of them, oldest first.
func (q *Queue) FailedJobs(ctx context.Context, most int) ([]Failed, error) {
	rows, err := q.db.Query(ctx, selectFailed, most)
	return sqlite.All(rows, err, func(r sqlite.Row) (j Failed, err error) {
		var n int64
		return j, r.Scan(&n, &j.Step, &j.Page, &j.Revision, &j.Dead, &j.Attempts, &j.Reason)
	})
}
