package story

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"

	"dateline/news"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// Rows that fit a filter are asked for in the way that reads least: those of a story, of a kind, of both, of an
// actor by their index, all others by walking the table. One query for all would always walk.
const (
	standing = `n > ?1 AND ` + row.AsOf

	ofKind  = `(?4 = '' OR kind = ?4)`
	ofActor = `(?5 = '' OR actor = ?5 OR instr(' ' || folded || ' ', ?6) > 0)`
	ofIssue = `(?7 = '' OR instr(issues, ?7) > 0)`

	selectOfStory = entryColumns + `INDEXED BY entry_story WHERE story = ?3 AND ` +
		standing + ` AND ` + ofKind + ` AND ` + ofActor + ` AND ` + ofIssue + ` ORDER BY n LIMIT 200`

	selectOfStoryAndKind = entryColumns + `INDEXED BY entry_story_kind WHERE story = ?3 AND kind = ?4 AND kind <> 'utterance' AND ` +
		standing + ` AND ` + ofActor + ` AND ` + ofIssue + ` ORDER BY n LIMIT 200`

	selectOfStoryAndKinds = entryColumns + `INDEXED BY entry_story_kind WHERE story = ?1 AND kind IN (SELECT value FROM json_each(?3)) AND kind <> 'utterance' AND ` +
		row.AsOf + ` ORDER BY n`

	selectOfKind = entryColumns + `INDEXED BY entry_kind WHERE kind = ?4 AND kind <> 'utterance' AND ` +
		standing + ` AND ` + ofActor + ` AND ` + ofIssue + ` ORDER BY n LIMIT 200`

	// The inner query sorts numbers alone.
	selectOfActor = entryColumns + `WHERE n IN (
			SELECT n FROM entry INDEXED BY entry_actor WHERE actor = ?5 AND actor <> '' AND ` +
		standing + ` AND ` + ofKind + ` AND ` + ofIssue + ` ORDER BY n LIMIT 200)
		ORDER BY n`

	// Of each name the index has the rows in their order: the first of each are looked at, the first of
	// those taken.
	selectOfNames = entryColumns + `WHERE n IN (
			SELECT e.n FROM json_each(?6) AS name JOIN entry AS e ON e.n IN (
				SELECT n FROM entry INDEXED BY entry_folded WHERE folded = name.value AND folded <> '' AND ` +
		standing + ` AND ` + ofKind + ` AND ` + ofIssue + ` ORDER BY n LIMIT 200)
			ORDER BY e.n LIMIT 200)
		ORDER BY n`

	selectByWalk = entryColumns + `WHERE ` +
		standing + ` AND ` + ofKind + ` AND ` + ofActor + ` AND ` + ofIssue + ` ORDER BY n LIMIT 200`

	selectWindow = entryColumns + `WHERE n <= ?8 AND ` +
		standing + ` AND ` + ofKind + ` AND ` + ofActor + ` AND ` + ofIssue + ` ORDER BY n LIMIT 200`

	selectWindowOfKind = entryColumns + `INDEXED BY entry_kind WHERE n <= ?8 AND kind = ?4 AND kind <> 'utterance' AND ` +
		standing + ` AND ` + ofActor + ` AND ` + ofIssue + ` ORDER BY n LIMIT 200`

	hasActor = `SELECT EXISTS (SELECT 1 FROM entry INDEXED BY entry_actor WHERE actor = ? AND actor <> '')`
)

// mostNames is by up to how many names an actor is looked for by each. Rows of one of more are met soon
// by walking the table.
const mostNames = 40

// finding is the query of a filter, with its arguments after the first.
func (s *Ledger) finding(ctx context.Context, f news.Filter) (query string, args []any, err error) {
	issue := news.Fold(f.Issue)
	if issue != "" {
		issue = "\n" + issue + "\n"
	}
	args = []any{row.At(f.AsOf), string(f.Story), string(f.Kind), f.Actor, " " + news.Fold(f.Actor) + " ", issue}
	switch {
	case f.Story != "" && f.Kind != "" && f.Kind != news.Utterance:
		return selectOfStoryAndKind, args, nil
	case f.Story != "":
		found, err := s.ledTo(ctx, f.Story, f.AsOf)
		switch {
		case err == nil:
			args[1] = found.id
		case !errors.Is(err, news.ErrNotFound): // the rows of a story that never was are none
			return "", nil, err
		}
		return selectOfStory, args, nil
	case f.Actor != "":
		rows, err := s.db.Query(ctx, hasActor, f.Actor)
		if known, err := sqlite.One(rows, err, sqlite.Of[bool]); err != nil || known {
			return selectOfActor, args, err
		}
		names, err := s.names.having(ctx, s.db, news.Fold(f.Actor))
		if err != nil {
			return "", nil, err
		}
		if len(names) <= mostNames {
			list, err := json.Marshal(names)
			args[4] = string(list)
			return selectOfNames, args, err
		}
	}
	if f.Kind != "" && f.Kind != news.Utterance {
		return selectOfKind, args, nil
	}
	return selectByWalk, args, nil
}

// A list of the rows on an issue, which no index finds, looks at so many rows and leaves the rest to the
// next; of one kind that has an index, at those of perIndexed times as many.
const (
	mostLooked = 16_000
	perIndexed = 2
)

// OfKinds are a story's rows of some kinds, utterances apart, as they stood at a time, in the order in which
// they were recorded. Damaged ones are left out.
func (s *Ledger) OfKinds(ctx context.Context, story news.StoryID, asOf time.Time, kinds []news.EntryKind) (all []news.Entry, err error) {
	list, err := json.Marshal(kinds)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, selectOfStoryAndKinds, string(story), row.At(asOf), string(list))
	found, err := sqlite.All(rows, err, scanEntry)
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		e, err := s.entry(ctx, f)
		if errors.Is(err, news.ErrDamaged) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, ctx.Err()
}

// onIssue are at most limit rows on an issue after the one of number after, and the number to go on from:
// fewer where many rows were looked at.
func (s *Ledger) onIssue(ctx context.Context, f news.Filter, after int64, limit int) (all []news.Entry, next int64, err error) {
	_, args, err := s.finding(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	rows, err := s.db.Query(ctx, selectNewestEntry)
	newest, err := sqlite.One(rows, err, sqlite.Of[int64])
	if err != nil {
		return nil, 0, err
	}
	query, window := selectWindow, int64(mostLooked)
	if f.Kind != "" && f.Kind != news.Utterance {
		query, window = selectWindowOfKind, mostLooked*perIndexed
	}
	upto := after + window
	all, next, err = row.Some(ctx, s.db, query, scanEntry, func(e entryRow) int64 { return e.n },
		func(e entryRow) (news.Entry, error) { return s.entry(ctx, e) }, after, limit, append(args, upto)...)
	if next == 0 && upto < newest {
		next = upto
	}
	return all, next, err
}

// actorNames are the names of the actors of all rows, folded.
type actorNames struct {
	mu    sync.Mutex
	last  int64 // the newest row that they are of
	names []string
	known map[string]bool
}

const (
	selectNewestEntry = `SELECT coalesce(max(n), 0) FROM entry`

	// One step an actor, not one a row.
	selectActorNames = `
		WITH RECURSIVE each (name) AS (
			SELECT min(folded) FROM entry INDEXED BY entry_folded WHERE folded <> ''
			UNION ALL
			SELECT (SELECT min(folded) FROM entry INDEXED BY entry_folded WHERE folded <> '' AND folded > each.name) FROM each WHERE each.name IS NOT NULL)
		SELECT name FROM each WHERE name IS NOT NULL`

	selectNewNames = `SELECT DISTINCT folded FROM entry WHERE n > ? AND n <= ? AND folded <> ''`
)

// having are the names that have all of these words one after another.
func (a *actorNames) having(ctx context.Context, db *sqlite.DB, words string) ([]string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	rows, err := db.Query(ctx, selectNewestEntry)
	newest, err := sqlite.One(rows, err, sqlite.Of[int64])
	if err != nil {
		return nil, err
	}
	if newest > a.last {
		query, args := selectActorNames, []any(nil)
		if a.last > 0 {
			query, args = selectNewNames, []any{a.last, newest}
		}
		rows, err := db.Query(ctx, query, args...)
		names, err := sqlite.All(rows, err, sqlite.Of[string])
		if err != nil {
			return nil, err
		}
		if a.known == nil {
			a.known = map[string]bool{}
		}
		for _, name := range names {
			if !a.known[name] {
				a.known[name] = true
				a.names = append(a.names, name)
			}
		}
		a.last = newest
	}
	found := []string{}
	for _, name := range a.names {
		if strings.Contains(" "+name+" ", " "+words+" ") {
			found = append(found, name)
		}
	}
	return found, nil
}
