package store

import (
	"bytes"
	"context"
	"errors"
	"time"

	"dateline/news"
	"dateline/store/pack"
	"dateline/store/page"
	"dateline/store/row"
	"dateline/store/sqlite"
	"dateline/text"
)

// A kept stretch of a body that was released.
type kept struct {
	Span  text.Span
	Bytes []byte
}

const deleteBody = `DELETE FROM body WHERE revision = ?`

const insertReleased = `INSERT INTO released (revision, kept, hash, recorded) VALUES (?, ?, ?, ?)`

// Release lets go the bodies of revisions recorded before then, whose work is done, and returns
// how many. With spans it keeps the stretches that titles and statements stand on, so that Why
// still shows their bytes. What still verifies without a body: every row by its hash, every span
// in the text, the chain of revisions; what no longer does: that the text is the body's. Such a
// revision cannot be read again.
func (s *Store) Release(ctx context.Context, before time.Time, spans bool) (released int, err error) {
	for r, err := range s.Unreleased(ctx, before) {
		if err == nil {
			err = r.Check()
		}
		if err != nil {
			return released, err
		}
		var stretches []kept
		if spans {
			if stretches, err = s.stretches(ctx, r); err != nil {
				return released, err
			}
		}
		packed, err := pack.Value(stretches)
		if err != nil {
			return released, err
		}
		err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
			if _, err := tx.Exec(insertReleased, r.N, packed, page.SealKept(r, packed), tx.Now()); err != nil {
				return err
			}
			if _, err := tx.Exec(deleteBody, r.N); err != nil {
				return err
			}
			return row.Audit(tx, "release", string(r.ID), "")
		})
		if err == nil {
			err = s.destroyBody(ctx, r.SHA256)
		}
		if err != nil {
			return released, err
		}
		released++
	}
	return released, nil
}

// stretches are the bytes under what Why shows of a revision's articles.
func (s *Store) stretches(ctx context.Context, r page.Row) (all []kept, err error) {
	body, err := s.BodyOf(ctx, r)
	if err != nil {
		return nil, err
	}
	reading, err := s.Reading(ctx, r.ID)
	if errors.Is(err, news.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	seen := map[text.Span]bool{}
	keep := func(span text.Span) {
		o, ok := reading.Document.Alignment.Original(span)
		if ok && o.End <= len(body) && !seen[o] {
			seen[o] = true
			all = append(all, kept{o, bytes.Clone(body[o.Start:o.End])})
		}
	}
	for _, a := range reading.Annotations {
		for _, e := range []*news.Excerpt{a.Article.Title, a.Article.Byline, a.Article.Dateline} {
			if e != nil {
				keep(e.Span)
			}
		}
		for _, st := range a.Statements {
			for _, span := range append(append([]text.Span{st.Source}, st.Cue...), st.Content...) {
				keep(span)
			}
		}
	}
	return all, nil
}

// Release works on one revision after the other, so a crash leaves at most the last one's body.
const selectReleased = `SELECT sha256 FROM revision JOIN released ON released.revision = revision.n ORDER BY released.recorded DESC LIMIT 2`

// sweepReleased finishes what a crash cut short: bodies that were released and are still there.
func (s *Store) sweepReleased(ctx context.Context) error {
	rows, err := s.db.Query(ctx, selectReleased)
	sums, err := sqlite.All(rows, err, sqlite.Of[[]byte])
	for _, sum := range sums {
		if err := s.destroyBody(ctx, sum); err != nil {
			return err
		}
	}
	return err
}
