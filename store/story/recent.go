package story

import (
	"context"
	"errors"
	"time"

	"dateline/news"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// Both walk back from the newest row: what changed last is found without reading the rest.
const (
	selectRecentMembers = `
		SELECT member.n, member.recorded, event.story FROM member JOIN event ON event.id = member.event AND event.replaced IS NULL
		WHERE member.n < ?1 AND member.recorded <= ?2 ORDER BY member.n DESC LIMIT 400`

	selectRecentEntries = `SELECT n, recorded, story FROM entry WHERE n < ?1 AND recorded <= ?2 ORDER BY n DESC LIMIT 400`
)

type touched struct {
	n, recorded int64
	story       news.StoryID
}

func scanTouched(r sqlite.Row) (t touched, err error) { return t, r.Scan(&t.n, &t.recorded, &t.story) }

// mostTouched bounds how many rows Recent looks at. Where a few stories fill that many, it finds
// fewer than it was asked for.
const mostTouched = 40_000

// fewStories is up to how many stories each is asked when it changed last: the newest rows may all be
// of one of them, and the others' far behind.
const fewStories = 200

const (
	countStories = `SELECT count(*) FROM (SELECT DISTINCT id FROM story WHERE ` + row.AsOf + ` LIMIT ?1)`

	selectByChange = `
		SELECT id FROM (SELECT DISTINCT id FROM story WHERE ` + row.AsOf + `) s ORDER BY max(
			coalesce((SELECT recorded FROM entry INDEXED BY entry_story WHERE story = s.id AND recorded <= ?2 ORDER BY n DESC LIMIT 1), 0),
			coalesce((SELECT max(m.recorded) FROM event v JOIN member m ON m.event = v.id AND m.recorded <= ?2 WHERE v.story = s.id AND v.replaced IS NULL), 0)
		) DESC, id LIMIT ?1`
)

// Recent are up to most stories in which an article or a ledger row was recorded last, the one
// that changed last first, after the first skip of them; as they stood at a time.
func (s *Ledger) Recent(ctx context.Context, asOf time.Time, skip, most int) ([]news.StoryID, error) {
	t := row.At(asOf)
	rows, err := s.db.Query(ctx, countStories, fewStories+1, t)
	stories, err := sqlite.One(rows, err, sqlite.Of[int64])
	if err != nil {
		return nil, err
	}
	if stories <= fewStories {
		rows, err := s.db.Query(ctx, selectByChange, skip+most, t)
		all, err := sqlite.All(rows, err, sqlite.Of[news.StoryID])
		return all[min(skip, len(all)):], err
	}
	walks := []struct {
		query string
		page  []touched
		last  int64
	}{{query: selectRecentMembers, last: 1<<63 - 1}, {query: selectRecentEntries, last: 1<<63 - 1}}
	seen := map[news.StoryID]bool{}
	var found []news.StoryID
	for range mostTouched {
		next := -1
		for i := range walks {
			w := &walks[i]
			if len(w.page) == 0 && w.last > 0 {
				rows, err := s.db.Query(ctx, w.query, w.last, t)
				if w.page, err = sqlite.All(rows, err, scanTouched); err != nil {
					return nil, err
				}
				w.last = 0
				if len(w.page) > 0 {
					w.last = w.page[len(w.page)-1].n
				}
			}
			if len(w.page) > 0 && (next < 0 || w.page[0].recorded > walks[next].page[0].recorded) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		id := walks[next].page[0].story
		walks[next].page = walks[next].page[1:]
		if seen[id] {
			continue
		}
		seen[id] = true
		if found = append(found, id); len(found) == skip+most {
			break
		}
	}
	return found[min(skip, len(found)):], nil
}

const (
	selectActorEntries = entryColumns + `
		WHERE actor = ?1 AND actor <> '' AND ` + row.AsOf + ` ORDER BY n DESC LIMIT ?3`

	selectNamedEntries = entryColumns + `
		WHERE folded = ?1 AND folded <> '' AND ` + row.AsOf + ` ORDER BY n DESC LIMIT ?3`
)

// EntriesOf are up to most ledger rows of an actor, the newest first, as they stood at a time. Who
// it is is an entity's id or a name.
func (s *Ledger) EntriesOf(ctx context.Context, actor news.EntityID, name string, asOf time.Time, most int) ([]news.Entry, error) {
	query, key := selectActorEntries, string(actor)
	if actor == "" {
		query, key = selectNamedEntries, news.Fold(name)
	}
	rows, err := s.db.Query(ctx, query, key, row.At(asOf), most)
	found, err := sqlite.All(rows, err, scanEntry)
	if err != nil {
		return nil, err
	}
	var out []news.Entry
	for _, f := range found {
		e, err := s.entry(ctx, f)
		if errors.Is(err, news.ErrDamaged) {
			continue // doctor names it; the rest is whole
		}
		if err != nil {
			return out, err
		}
		out = append(out, e)
	}
	return out, nil
}
