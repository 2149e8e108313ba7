package story

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"dateline/news"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// Both look at the newest rows before one, and tell of each story when the newest and the oldest of them
// were recorded: what changed last is found without reading the rest.
const (
	selectRecentMembers = `
		SELECT coalesce(event.story, ''), max(m.recorded), min(m.recorded), min(m.n) FROM (SELECT n, recorded, event FROM member WHERE n < ?1 AND recorded <= ?2 ORDER BY n DESC LIMIT ?3) AS m
			LEFT JOIN event ON event.id = m.event AND event.replaced IS NULL
		GROUP BY event.story`

	selectRecentEntries = `
		SELECT story, max(recorded), min(recorded), min(n) FROM (SELECT n, recorded, story FROM entry WHERE n < ?1 AND recorded <= ?2 ORDER BY n DESC LIMIT ?3)
		GROUP BY story`
)

type touched struct {
	story                  news.StoryID
	newest, oldest, number int64
}

func scanTouched(r sqlite.Row) (t touched, err error) {
	return t, r.Scan(&t.story, &t.newest, &t.oldest, &t.number)
}

// So many rows Recent looks at first, each time twice as many up to the most at once, and in all. Where a
// few stories fill that many, it finds fewer than it was asked for.
const (
	firstTouched  = 500
	touchedAtOnce = 8000
	mostTouched   = 60_000
)

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
	const end = 1<<63 - 1
	walks := []struct {
		query   string
		upto    int64 // what is left has lower numbers
		changed int64 // and was recorded then or before
	}{{selectRecentMembers, end, end}, {selectRecentEntries, end, end}}
	changed := map[news.StoryID]int64{}
	for looked, window := 0, firstTouched; looked < mostTouched; looked, window = looked+window, min(2*window, touchedAtOnce) {
		w := &walks[0]
		if walks[1].changed > w.changed {
			w = &walks[1]
		}
		certain := 0
		for _, recorded := range changed {
			if recorded > w.changed { // nothing that is left is newer
				certain++
			}
		}
		if certain >= skip+most || w.upto == 0 {
			break
		}
		rows, err := s.db.Query(ctx, w.query, w.upto, t, window)
		found, err := sqlite.All(rows, err, scanTouched)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			w.upto, w.changed = 0, -1
		}
		for _, v := range found {
			w.upto, w.changed = min(w.upto, v.number), min(w.changed, v.oldest)
			if v.story != "" {
				changed[v.story] = max(changed[v.story], v.newest)
			}
		}
	}
	found := slices.SortedFunc(maps.Keys(changed), func(a, b news.StoryID) int { return cmp.Or(cmp.Compare(changed[b], changed[a]), cmp.Compare(a, b)) })
	return found[min(skip, len(found)):min(skip+most, len(found))], nil
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
