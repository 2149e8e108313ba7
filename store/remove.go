package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"dateline/news"
	"dateline/store/blob"
	"dateline/store/decision"
	"dateline/store/feed"
	"dateline/store/folder"
	"dateline/store/page"
	"dateline/store/reading"
	"dateline/store/row"
	"dateline/store/sqlite"
	"dateline/store/story"
)

const (
	selectPageNumber = `SELECT n FROM page WHERE id = ?`

	// An id or an address names one page, the path of a file perhaps several.
	selectPagesNamed = `
		SELECT id, (SELECT reason FROM tombstone WHERE page = page.n) FROM page
		WHERE id = ?1 OR id = ?2 OR name = ?1 AND NOT EXISTS (SELECT 1 FROM page WHERE id = ?1 OR id = ?2)
		ORDER BY n LIMIT 10`

	insertTombstone = `INSERT INTO tombstone (page, reason, recorded) VALUES (?, ?, ?)`

	insertRefused = `INSERT OR IGNORE INTO refused (sha256, tombstone) SELECT sha256, ? FROM revision WHERE page = ?`

	dropJobs = `
		UPDATE job SET state = 'done', reason = '', fence = fence + 1, changed = ?
		WHERE revision IN (SELECT n FROM revision WHERE page = ?)`

	deleteBodies = `DELETE FROM body WHERE revision IN (SELECT n FROM revision WHERE page = ?)`
	deleteKept   = `DELETE FROM released WHERE revision IN (SELECT n FROM revision WHERE page = ?)`

	selectUndestroyed = `
		SELECT revision.sha256 FROM tombstone JOIN revision ON revision.page = tombstone.page WHERE destroyed IS NULL`

	selectSharers = `SELECT count(*) FROM revision WHERE sha256 = ? AND ` + page.InFile

	markDestroyed = `UPDATE tombstone SET destroyed = ? WHERE destroyed IS NULL`
)

// FindPage is the page of this id, URL or path. A path that names several pages that stand is
// an error that lists their ids; one that names only removed pages is news.ErrRemoved.
func (s *Store) FindPage(ctx context.Context, name string) (news.PageID, error) {
	type named struct {
		id     news.PageID
		reason *string
	}
	rows, err := s.db.Query(ctx, selectPagesNamed, name, string(news.NewPageID(news.CleanURL(name))))
	all, err := sqlite.All(rows, err, func(r sqlite.Row) (p named, err error) { return p, r.Scan(&p.id, &p.reason) })
	if err == nil && len(all) == 0 {
		err = news.ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("page %s: %w", name, err)
	}
	var standing []string
	for _, p := range all {
		if p.reason == nil {
			standing = append(standing, string(p.id))
		}
	}
	switch len(standing) {
	case 0:
		return "", fmt.Errorf("page %s: %w: %s", name, news.ErrRemoved, *all[0].reason)
	case 1:
		return news.PageID(standing[0]), nil
	}
	return "", fmt.Errorf("page %s: several bear that name: say which of %s", name, strings.Join(standing, " "))
}

// Remove destroys the bodies and the text of a page, in every revision and reading, what people
// quoted of it in decisions, and what feeds said of it, and leaves a tombstone with the reason. What rested on it stays as rows without words, marked as
// removed; what it shares with other pages is made anew without it. The page is refused from
// then on, and so are its bytes under another address. Removing twice is harmless.
//
// When Remove returns without error the words are gone from the folder: from the files of
// bodies, which are overwritten, from rows and full text index, which the engine overwrites
// (secure_delete), and from the log, which is emptied. What a disk, a snapshot or a backup
// keeps is beyond it.
func (s *Store) Remove(ctx context.Context, id news.PageID, reason string) error {
	err := s.db.Write(ctx, func(tx *sqlite.Tx) error { return remove(tx, id, reason) })
	if err == nil {
		err = s.destroyRemoved(ctx)
	}
	if err != nil {
		return fmt.Errorf("remove page %s: %w", id, err)
	}
	return nil
}

func remove(tx *sqlite.Tx, id news.PageID, reason string) error {
	if reason == "" {
		return errors.New("a removal needs a reason")
	}
	rows, err := tx.Query(selectPageNumber, string(id))
	n, err := sqlite.One(rows, err, sqlite.Of[int64])
	if err != nil {
		return err
	}
	rows, err = tx.Query(`SELECT n FROM tombstone WHERE page = ?`, n)
	if _, err := sqlite.One(rows, err, sqlite.Of[int64]); !errors.Is(err, news.ErrNotFound) {
		return err
	}
	tombstone, err := tx.Insert(insertTombstone, n, reason, tx.Now())
	if err != nil {
		return err
	}
	if _, err := tx.Exec(insertRefused, tombstone, n); err != nil {
		return err
	}
	if _, err := tx.Exec(dropJobs, tx.Now(), n); err != nil {
		return err
	}
	for _, query := range []string{deleteKept, deleteBodies} {
		if _, err := tx.Exec(query, n); err != nil {
			return err
		}
	}
	if err := decision.Forget(tx, n); err != nil {
		return err
	}
	rows, err = tx.Query(`SELECT url FROM page WHERE n = ?`, n)
	address, err := sqlite.One(rows, err, sqlite.Of[string])
	if err != nil {
		return err
	}
	if address != "" {
		if err := feed.Forget(tx, address, reason); err != nil {
			return err
		}
	}
	emptied, err := reading.EmptyPage(tx, n)
	if err != nil {
		return err
	}
	if err := story.Forget(tx, tombstone, emptied.Roots, emptied.Titles); err != nil {
		return err
	}
	return row.Audit(tx, "remove", string(id), reason)
}

// destroyRemoved destroys the bodies of removed pages that are still there, as after a crash.
func (s *Store) destroyRemoved(ctx context.Context) error {
	rows, err := s.db.Query(ctx, selectUndestroyed)
	sums, err := sqlite.All(rows, err, sqlite.Of[[]byte])
	if err != nil || len(sums) == 0 {
		return err
	}
	for _, sum := range sums {
		if err := s.destroyBody(ctx, sum); err != nil {
			return err
		}
	}
	// The log still holds the pages of the database as they were. A reader that looks at an
	// old state keeps it from being emptied; the next opening does it then.
	if err := s.db.Outside(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		_, err := tx.Exec(markDestroyed, tx.Now())
		return err
	})
}

// destroyBody destroys the bytes of that hash, unless a page that stays has the same.
func (s *Store) destroyBody(ctx context.Context, sum []byte) error {
	rows, err := s.db.Query(ctx, selectSharers, sum)
	sharers, err := sqlite.One(rows, err, sqlite.Of[int])
	if err != nil || sharers > 0 {
		return err
	}
	if err := s.blobs.Destroy(blob.Sum(sum)); err != nil {
		return folder.Explain(s.dir, err)
	}
	return nil
}
