package story

import (
	"bytes"
	"slices"

	"dateline/news"
	"dateline/store/pack"
	"dateline/store/queue"
	"dateline/store/reading"
	"dateline/store/row"
	"dateline/store/sqlite"
)

const (
	selectSupported = entryColumns + `
		WHERE n IN (SELECT entry FROM support WHERE article = ?) AND removed IS NULL`

	blankEntry = `UPDATE entry SET actor = '', folded = '', issues = '', data = ?, hash = ?, removed = ? WHERE n = ?`

	// Whom its mentions named; an entity that nothing else mentions loses its name.
	selectNamed    = `SELECT DISTINCT entity FROM mention WHERE article = ?`
	deleteMentions = `DELETE FROM mention WHERE article = ?`
	selectUnnamed  = `SELECT n, id, type, anonymous FROM entity WHERE id = ? AND id NOT IN (SELECT entity FROM mention)`
	blankEntity    = `UPDATE entity SET name = '', folded = '', hash = ?, replaced = coalesce(replaced, ?) WHERE n = ?`

	selectEventsOf = `
		SELECT n, id, story, title, date, reason, hash FROM event WHERE id IN (SELECT event FROM member WHERE article = ?)`
	blankEvent = `UPDATE event SET title = ?, reason = ?, hash = ? WHERE n = ?`

	selectStoriesNamed = `SELECT n, id, name, hash FROM story WHERE id = ? AND name = ?`
	blankStory         = `UPDATE story SET name = '', hash = ? WHERE n = ?`

	// The revisions of articles that shared an event with a removed one: their ledger is made anew.
	selectNeighbours = `
		SELECT DISTINCT reading.revision FROM member mine JOIN member other ON other.event = mine.event AND other.replaced IS NULL
			JOIN article ON article.root = other.article AND article.replaced IS NULL JOIN reading ON reading.n = article.reading
		WHERE mine.article = ?1 AND other.article <> ?1`
)

// Forget takes the words of removed articles out of everything that was made of them, and marks
// what rested on them. titles are those of the articles, in all versions.
func Forget(tx *sqlite.Tx, tombstone int64, roots []int64, titles []string) error {
	for _, root := range roots {
		for _, forget := range []func(*sqlite.Tx, int64) error{
			func(tx *sqlite.Tx, root int64) error { return forgetEntries(tx, root, tombstone) },
			forgetEntities,
			func(tx *sqlite.Tx, root int64) error { return forgetEvents(tx, root, titles) },
			replaceNeighbours,
		} {
			if err := forget(tx, root); err != nil {
				return err
			}
		}
	}
	return nil
}

func forgetEntries(tx *sqlite.Tx, root, tombstone int64) error {
	rows, err := tx.Query(selectSupported, root)
	entries, err := sqlite.All(rows, err, scanEntry)
	if err != nil {
		return err
	}
	for _, e := range entries {
		bare := news.Entry{Rule: news.Reason{Rule: "removed"}}
		if kept, err := e.news(); err == nil {
			bare.Statements, bare.Rule.Rule = kept.Statements, kept.Rule.Rule
		}
		if e.data, err = pack.Value(bare); err != nil {
			return err
		}
		e.actor, e.folded, e.issues, e.removed = "", "", "", &tombstone
		if _, err := tx.Exec(blankEntry, e.data, e.seal(), tombstone, e.n); err != nil {
			return err
		}
	}
	return nil
}

func forgetEntities(tx *sqlite.Tx, root int64) error {
	rows, err := tx.Query(selectNamed, root)
	named, err := sqlite.All(rows, err, sqlite.Of[string])
	if err != nil {
		return err
	}
	if _, err := tx.Exec(deleteMentions, root); err != nil {
		return err
	}
	type entity struct {
		n         int64
		id, kind  string
		anonymous bool
	}
	for _, id := range named {
		rows, err := tx.Query(selectUnnamed, id)
		all, err := sqlite.All(rows, err, func(r sqlite.Row) (e entity, err error) {
			return e, r.Scan(&e.n, &e.id, &e.kind, &e.anonymous)
		})
		if err != nil {
			return err
		}
		for _, e := range all {
			if _, err := tx.Exec(blankEntity, row.Seal(e.id, "", e.kind, e.anonymous), tx.Now(), e.n); err != nil {
				return err
			}
		}
	}
	return nil
}

// forgetEvents blanks what events and stories quote: titles of articles, and what the reasons
// saw. It ends those that have no other article.
func forgetEvents(tx *sqlite.Tx, root int64, titles []string) error {
	rows, err := tx.Query(selectEventsOf, root)
	events, err := sqlite.All(rows, err, scanEvent)
	if err != nil {
		return err
	}
	for _, v := range events {
		if slices.Contains(titles, v.title) {
			v.title = ""
		}
		v.reason = `{"Rule":"removed","Detail":"an article of it was removed"}`
		if _, err := tx.Exec(blankEvent, v.title, v.reason, v.seal(), v.n); err != nil {
			return err
		}
		for _, title := range titles {
			rows, err := tx.Query(selectStoriesNamed, string(v.story), title)
			stories, err := sqlite.All(rows, err, scanStory)
			if err != nil {
				return err
			}
			for _, y := range stories {
				if _, err := tx.Exec(blankStory, row.Seal(y.id, ""), y.n); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func replaceNeighbours(tx *sqlite.Tx, root int64) error {
	rows, err := tx.Query(selectNeighbours, root)
	neighbours, err := sqlite.All(rows, err, sqlite.Of[int64])
	if err != nil {
		return err
	}
	for _, revision := range neighbours {
		if err := queue.Enqueue(tx, news.PlaceStep, revision); err != nil {
			return err
		}
	}
	return reading.LeaveEvent(tx, root)
}

const (
	selectEveryEntry = entryColumns
	selectEveryEvent = `SELECT n, id, story, title, date, reason, hash FROM event`
	selectEveryStory = `SELECT n, id, name, hash FROM story`

	deleteSupport = `DELETE FROM support WHERE entry = ?`
	deleteEntry   = `DELETE FROM entry WHERE n = ?`
	deleteEvent   = `DELETE FROM event WHERE n = ?`
	deleteStory   = `DELETE FROM story WHERE n = ?`

	// The revisions whose articles are in a story, by its id or by an event's.
	selectRevisionsIn = `
		SELECT DISTINCT reading.revision FROM member JOIN article ON article.root = member.article AND article.replaced IS NULL
			JOIN reading ON reading.n = article.reading
		WHERE member.replaced IS NULL AND (member.event = ?1 OR member.event IN (SELECT id FROM event WHERE story = ?1))`
)

// Discard deletes the rows of stories and ledger that do not match their hashes, queues the
// placing of the articles they were made of, and returns how many they were.
func Discard(tx *sqlite.Tx) (deleted int, err error) {
	rows, err := tx.Query(selectEveryEntry)
	entries, err := sqlite.All(rows, err, scanEntry)
	if err != nil {
		return 0, err
	}
	rows, err = tx.Query(selectEveryEvent)
	events, err := sqlite.All(rows, err, scanEvent)
	if err != nil {
		return 0, err
	}
	rows, err = tx.Query(selectEveryStory)
	stories, err := sqlite.All(rows, err, scanStory)
	if err != nil {
		return 0, err
	}
	discard := func(group string, n int64, queries ...string) error {
		deleted++
		rows, err := tx.Query(selectRevisionsIn, group)
		revisions, err := sqlite.All(rows, err, sqlite.Of[int64])
		if err != nil {
			return err
		}
		for _, q := range queries {
			if _, err := tx.Exec(q, n); err != nil {
				return err
			}
		}
		for _, r := range revisions {
			if err := queue.Enqueue(tx, news.PlaceStep, r); err != nil {
				return err
			}
		}
		return nil
	}
	for _, e := range entries {
		if _, damage := e.news(); damage != nil {
			if err := discard(e.story, e.n, deleteSupport, deleteEntry); err != nil {
				return deleted, err
			}
		}
	}
	for _, v := range events {
		if !bytes.Equal(v.hash, v.seal()) {
			if err := discard(string(v.id), v.n, deleteEvent); err != nil {
				return deleted, err
			}
		}
	}
	for _, y := range stories {
		if !bytes.Equal(y.hash, row.Seal(y.id, y.name)) {
			if err := discard(y.id, y.n, deleteStory); err != nil {
				return deleted, err
			}
		}
	}
	return deleted, nil
}
