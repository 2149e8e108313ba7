package store

import (
	"context"
	"fmt"
	"os"

	"dateline/news"
	"dateline/store/folder"
	"dateline/store/queue"
	"dateline/store/reading"
	"dateline/store/row"
	"dateline/store/sqlite"
	"dateline/store/story"
)

// Repaired says what Repair did. What it queued is still to be worked off.
type Repaired struct {
	Readings int // damaged ones destroyed; their revisions are queued to be read again
	Rows     int // damaged rows of stories and ledger deleted; their articles are queued to be placed again
	Queued   int // revisions that nobody had queued, or whose reading was missing
	Files    int // leftovers deleted
}

const selectUnqueued = `
	SELECT n FROM revision WHERE page NOT IN (SELECT page FROM tombstone) AND (
		n NOT IN (SELECT revision FROM job WHERE step = 'read')
		OR n IN (SELECT revision FROM job WHERE step = 'read' AND state = 'done') AND n NOT IN (SELECT revision FROM reading))`

// Repair rebuilds what the originals give again: it destroys damaged derived rows, queues the
// work that makes them anew, builds the search index from the rows, and deletes leftovers. It
// touches no revision, no body that is named, no tombstone and no audit row.
func (s *Store) Repair(ctx context.Context) (done Repaired, err error) {
	damaged, err := s.Damaged(ctx)
	if err != nil {
		return done, fmt.Errorf("repair: %w", err)
	}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		done = Repaired{Readings: len(damaged)}
		revisions, err := reading.Discard(tx, damaged)
		if err != nil {
			return err
		}
		rows, err := tx.Query(selectUnqueued)
		unqueued, err := sqlite.All(rows, err, sqlite.Of[int64])
		if err != nil {
			return err
		}
		done.Queued = len(unqueued)
		for _, n := range append(revisions, unqueued...) {
			if err := queue.Enqueue(tx, news.ReadStep, n); err != nil {
				return err
			}
		}
		if done.Rows, err = story.Discard(tx); err != nil {
			return err
		}
		return row.Audit(tx, "repair", "record", fmt.Sprintf("%d readings, %d rows, %d revisions", done.Readings, done.Rows, done.Queued))
	})
	if err != nil {
		return done, fmt.Errorf("repair: %w", err)
	}
	leftovers, err := s.Leftovers(ctx)
	if err != nil {
		return done, fmt.Errorf("repair: %w", err)
	}
	for _, path := range leftovers {
		if err := os.Remove(path); err != nil {
			return done, folder.Explain(s.dir, err)
		}
		done.Files++
	}
	return done, nil
}
