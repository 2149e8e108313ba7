package story

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"dateline/news"
	"dateline/store/pack"
	"dateline/store/reading"
	"dateline/store/row"
	"dateline/store/sqlite"
)

type entryRow struct {
	n                          int64
	id                         news.EntryID
	story, kind, actor, folded string
	issues                     string
	data, hash                 []byte
	recorded                   int64
	replaced, removed          *int64
	unsupported                bool // no article that it rests on stands any longer
}

func (e entryRow) seal() []byte {
	return row.Seal(string(e.id), e.story, e.kind, e.actor, e.folded, e.issues, e.data, e.removed)
}

const (
	selectStoryEntries = `SELECT n, id, hash FROM entry WHERE story = ? AND replaced IS NULL`
	replaceEntry       = `UPDATE entry SET replaced = ? WHERE n = ?`
	insertEntry        = `
		INSERT INTO entry (id, story, kind, actor, folded, issues, data, hash, recorded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	insertSupport = `INSERT INTO support (entry, ord, statement, article) VALUES (?, ?, ?, ?)`

	selectEntryVersions = `SELECT n, id, hash FROM entry INDEXED BY entry_id WHERE id IN (SELECT value FROM json_each(?)) AND story = ? AND replaced IS NULL`
	countStanding       = `SELECT count(*) FROM entry WHERE story = ? AND replaced IS NULL`
)

// saveEntries makes the ledger rows of the stories the ones of the placement.
func saveEntries(tx *sqlite.Tx, lookup *reading.Lookup, stories map[news.StoryID]bool, p *Packed) error {
	standing := map[news.EntryID][]row.Version{}
	note := func(rows *sqlite.Rows, err error) error {
		old, err := sqlite.All(rows, err, row.ScanVersion)
		for _, v := range old {
			standing[news.EntryID(v.ID)] = append(standing[news.EntryID(v.ID)], v)
		}
		return err
	}
	for story := range stories {
		if _, partly := p.Standing[story]; partly {
			continue
		}
		if err := note(tx.Query(selectStoryEntries, string(story))); err != nil {
			return err
		}
	}
	for story := range p.Standing {
		ids := slices.Clone(p.Gone)
		for _, e := range p.Entries {
			if e.Story == story {
				ids = append(ids, e.ID)
			}
		}
		list, err := json.Marshal(ids)
		if err != nil {
			return err
		}
		if err := note(tx.Query(selectEntryVersions, string(list), string(story))); err != nil {
			return err
		}
	}
	for i, e := range p.Entries {
		if !stories[e.Story] {
			return fmt.Errorf("ledger row %s belongs to story %q, which the placement does not name", e.ID, e.Story)
		}
		if err := saveEntry(tx, lookup, e, p.entries[i], standing[e.ID]); err != nil {
			return fmt.Errorf("ledger row %s: %w", e.ID, err)
		}
		delete(standing, e.ID)
	}
	for _, old := range standing {
		for _, v := range old {
			if _, err := tx.Exec(replaceEntry, tx.Now(), v.N); err != nil {
				return err
			}
		}
	}
	for story, want := range p.Standing {
		rows, err := tx.Query(countStanding, string(story))
		if n, err := sqlite.One(rows, err, sqlite.Of[int]); err != nil {
			return err
		} else if n != want {
			return fmt.Errorf("%w: %d rows stand in story %s, not %d", news.ErrStale, n, story, want)
		}
	}
	return nil
}

// otherSupports are what a row rests on beside its statements: those of the sides of a conflict, and
// the articles of passages of narration.
func otherSupports(lookup *reading.Lookup, e news.Entry) (others []reading.Support, err error) {
	passages := slices.Clone(e.Passages)
	if e.Dispute != nil {
		for _, side := range e.Dispute.Sides {
			passages = append(passages, side.Passages...)
			for _, id := range side.Statements {
				if slices.Contains(e.Statements, id) {
					continue
				}
				s, err := lookup.Support(id, "")
				if err != nil {
					return nil, fmt.Errorf("statement %s: %w", id, err)
				}
				others = append(others, s)
			}
		}
	}
	for _, p := range passages {
		root, _, err := lookup.Article(p.Article)
		if err != nil {
			return nil, err
		}
		others = append(others, reading.Support{Article: root})
	}
	return others, nil
}

// packEntry packs a row without what columns say.
func packEntry(e news.Entry) ([]byte, error) {
	e.ID, e.Story, e.Kind, e.Recorded, e.Replaced, e.Withdrawn, e.Removed = "", "", "", time.Time{}, time.Time{}, false, ""
	return pack.Value(e)
}

func saveEntry(tx *sqlite.Tx, lookup *reading.Lookup, e news.Entry, data []byte, old []row.Version) error {
	made := entryRow{id: e.ID, story: string(e.Story), kind: string(e.Kind), actor: string(e.Actor.Entity), folded: news.Fold(e.Actor.Name), data: data}
	var supports []reading.Support
	for i, id := range e.Statements {
		var in news.ArticleID
		if i < len(e.Quotes) {
			in = e.Quotes[i].Article
		}
		s, err := lookup.Support(id, in)
		if err != nil {
			return fmt.Errorf("statement %s: %w", id, err)
		}
		supports = append(supports, s)
		for _, issue := range s.Issues {
			if line := news.Fold(issue); !slices.Contains(strings.Split(made.issues, "\n"), line) {
				made.issues += "\n" + line
			}
		}
	}
	if line := news.Fold(e.Issue.Name); line != "" && !slices.Contains(strings.Split(made.issues, "\n"), line) {
		made.issues += "\n" + line
	}
	made.issues += "\n"
	others, err := otherSupports(lookup, e)
	if err != nil {
		return err
	}
	supports = append(supports, others...)
	hash := made.seal()
	save, err := row.Supersede(tx, old, hash, replaceEntry)
	if err != nil || !save {
		return err
	}
	n, err := tx.Insert(insertEntry, string(made.id), made.story, made.kind, made.actor, made.folded, made.issues, made.data, hash, tx.Now())
	if err != nil {
		return err
	}
	for i, s := range supports {
		if _, err := tx.Exec(insertSupport, n, i, string(s.Statement), s.Article); err != nil {
			return err
		}
	}
	return nil
}

const (
	// The last column tells whether no article that the row rests on stands any longer.
	entryColumns = `
		SELECT n, id, story, kind, actor, folded, issues, data, hash, recorded, replaced, removed, NOT EXISTS (
			SELECT 1 FROM support JOIN article ON article.root = support.article AND article.replaced IS NULL WHERE support.entry = entry.n)
		FROM entry `

	selectRemovedReason = `SELECT reason FROM tombstone WHERE n = ?`

	selectEntry = entryColumns + `WHERE id = ? ORDER BY replaced IS NOT NULL, n DESC LIMIT 1`
)

func scanEntry(r sqlite.Row) (e entryRow, err error) {
	err = r.Scan(&e.n, &e.id, &e.story, &e.kind, &e.actor, &e.folded, &e.issues, &e.data, &e.hash, &e.recorded, &e.replaced, &e.removed, &e.unsupported)
	return e, err
}

func (e entryRow) news() (n news.Entry, err error) {
	if !bytes.Equal(e.hash, e.seal()) {
		return n, fmt.Errorf("ledger row %s: %w: it does not match its hash", e.id, news.ErrDamaged)
	}
	if err := pack.UnpackValue(e.data, &n); err != nil {
		return n, fmt.Errorf("ledger row %s: %w: %w", e.id, news.ErrDamaged, err)
	}
	n.ID, n.Story, n.Kind, n.Recorded, n.Replaced = e.id, news.StoryID(e.story), news.EntryKind(e.kind), row.Instant(e.recorded), row.OrZero(e.replaced)
	return n, nil
}

// Entries are ledger rows in the order in which they were recorded. A damaged one is an error
// that does not end the walk.
func (s *Ledger) Entries(ctx context.Context, f news.Filter) iter.Seq2[news.Entry, error] {
	return func(yield func(news.Entry, error) bool) {
		query, args, err := s.finding(ctx, f)
		if err != nil {
			yield(news.Entry{}, err)
			return
		}
		for found, err := range row.Walk(ctx, s.db, query, scanEntry, func(e entryRow) int64 { return e.n }, args...) {
			var e news.Entry
			if err == nil {
				e, err = s.entry(ctx, found)
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// EntriesAfter are at most limit of the rows that Entries walks, after the one of number after, and the
// number to go on from, 0 where there are no more. They may be fewer than limit, even none, and more to
// come. Damaged ones are the error beside the rest.
func (s *Ledger) EntriesAfter(ctx context.Context, f news.Filter, after int64, limit int) ([]news.Entry, int64, error) {
	if f.Issue != "" && f.Story == "" && f.Actor == "" {
		return s.onIssue(ctx, f, after, limit)
	}
	query, args, err := s.finding(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	return row.Some(ctx, s.db, query, scanEntry, func(e entryRow) int64 { return e.n },
		func(e entryRow) (news.Entry, error) { return s.entry(ctx, e) }, after, limit, args...)
}

// entry is a row's, with what became of what it rests on.
func (s *Ledger) entry(ctx context.Context, found entryRow) (news.Entry, error) {
	e, err := found.news()
	if err != nil {
		return e, err
	}
	if found.removed != nil {
		e.Removed, err = s.removedReason(ctx, *found.removed)
		return e, err
	}
	e.Withdrawn = found.unsupported || takenBack(e)
	return e, nil
}

// removedReason is why the page of a tombstone was removed.
func (s *Ledger) removedReason(ctx context.Context, tombstone int64) (string, error) {
	rows, err := s.db.Query(ctx, selectRemovedReason, tombstone)
	return sqlite.One(rows, err, sqlite.Of[string])
}

// takenBack reports whether every article that a row rests on was taken back as a whole.
func takenBack(e news.Entry) bool {
	return len(e.Quotes) > 0 && !slices.ContainsFunc(e.Quotes, func(q news.Quote) bool {
		return !slices.ContainsFunc(e.Corrections, func(c news.Correction) bool { return c.Whole && c.Of == q.Article })
	})
}

// Entry is a ledger row as it stands, else as it last stood.
func (s *Ledger) Entry(ctx context.Context, id news.EntryID) (news.Entry, error) {
	rows, err := s.db.Query(ctx, selectEntry, string(id))
	found, err := sqlite.One(rows, err, scanEntry)
	if err != nil {
		return news.Entry{}, fmt.Errorf("ledger row %s: %w", id, err)
	}
	return s.entry(ctx, found)
}

const selectAllEntries = entryColumns + `WHERE n > ? AND removed IS NULL ORDER BY n LIMIT 500`

// selectResting is one row that stands and rests on an article: each tells all that was put right in it.
const selectResting = entryColumns + `WHERE replaced IS NULL AND n IN (SELECT entry FROM support WHERE article = (SELECT root FROM article WHERE id = ? LIMIT 1)) LIMIT 1`

// CorrectionsOf are those of an article by its own outlet. A damaged row tells none.
func (s *Ledger) CorrectionsOf(ctx context.Context, id news.ArticleID) ([]news.Correction, error) {
	rows, err := s.db.Query(ctx, selectResting, string(id))
	found, err := sqlite.One(rows, err, scanEntry)
	var e news.Entry
	if err == nil {
		e, err = found.news()
	}
	if errors.Is(err, news.ErrNotFound) || errors.Is(err, news.ErrDamaged) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("what was put right in %s: %w", id, err)
	}
	return slices.DeleteFunc(e.Corrections, func(c news.Correction) bool { return c.Of != id }), nil
}

// AllEntries are all ledger rows in order, those that were replaced among them, but for those that
// rested on a page that was removed.
func (s *Ledger) AllEntries(ctx context.Context) iter.Seq2[news.Entry, error] {
	return func(yield func(news.Entry, error) bool) {
		for found, err := range row.Walk(ctx, s.db, selectAllEntries, scanEntry, func(e entryRow) int64 { return e.n }) {
			var e news.Entry
			if err == nil {
				e, err = found.news()
			}
			if !yield(e, err) {
				return
			}
		}
	}
}
