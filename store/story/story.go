// Package story keeps what placing gives: entities, events, stories and the rows of the ledger.
//
// Each thing has versions, of which one stands. A placement says how things shall be; what
// differs is superseded, what is the same is left alone.
package story

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"time"

	"dateline/news"
	"dateline/store/index"
	"dateline/store/queue"
	"dateline/store/reading"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// A Ledger is the stories and ledger rows of a data folder.
type Ledger struct {
	db    *sqlite.DB
	queue *queue.Queue
	names actorNames
}

// New is the ledger of a database.
func New(db *sqlite.DB, q *queue.Queue) *Ledger { return &Ledger{db: db, queue: q} }

// SavePlacement makes the record say p, ends the job, all in one transaction. What already
// says so is left alone, so saving twice is harmless.
func (s *Ledger) SavePlacement(ctx context.Context, j news.Job, p news.Placement) error {
	packed, err := Pack(p)
	if err == nil {
		err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
			if err := s.queue.Done(tx, j); err != nil {
				return err
			}
			return packed.Save(tx, j.Revision)
		})
	}
	if err != nil {
		return fmt.Errorf("save placement of %s: %w", j.Revision, err)
	}
	return nil
}

// A Packed placement is ready to be written: packing needs no transaction.
type Packed struct {
	news.Placement
	entries [][]byte // the data of each of Entries
}

// Pack packs a placement.
func Pack(p news.Placement) (*Packed, error) {
	packed := &Packed{p, make([][]byte, len(p.Entries))}
	for i, e := range p.Entries {
		var err error
		if packed.entries[i], err = packEntry(e); err != nil {
			return nil, fmt.Errorf("ledger row %s: %w", e.ID, err)
		}
	}
	return packed, nil
}

// Save makes the record say p; revision is whose placing it is.
func (p *Packed) Save(tx *sqlite.Tx, revision news.RevisionID) error {
	lookup := reading.NewLookup(tx)
	if err := saveEntities(tx, lookup, p.Placement); err != nil {
		return err
	}
	stories := map[news.StoryID]bool{}
	events := map[news.EventID]bool{}
	for _, y := range p.Stories {
		stories[y.ID] = true
		for _, v := range y.Events {
			events[v.ID] = true
		}
	}
	for _, y := range p.Stories {
		if err := saveStory(tx, y, events); err != nil {
			return fmt.Errorf("story %s: %w", y.ID, err)
		}
	}
	for _, y := range p.Stories {
		for _, v := range y.Events {
			if err := saveMembers(tx, lookup, v); err != nil {
				return fmt.Errorf("event %s: %w", v.ID, err)
			}
		}
	}
	if err := saveEntries(tx, lookup, stories, p); err != nil {
		return err
	}
	for id, found := range p.Decided {
		if _, err := tx.Exec(markDecision, !found, string(id), !found); err != nil {
			return err
		}
	}
	return row.Audit(tx, "place", string(revision), fmt.Sprintf("%d stories, %d ledger rows", len(p.Stories), len(p.Entries)))
}

const markDecision = `UPDATE decision SET lost = ? WHERE id = ? AND lost <> ?`

const (
	selectStoryVersion = `SELECT n, id, hash FROM story WHERE id = ? AND replaced IS NULL`
	replaceStory       = `UPDATE story SET replaced = ? WHERE n = ?`
	insertStory        = `INSERT INTO story (id, name, hash, recorded) VALUES (?, ?, ?, ?)`

	selectStoryEvents  = `SELECT n, id, hash FROM event WHERE story = ? AND replaced IS NULL`
	selectEventVersion = `SELECT n, id, hash FROM event WHERE id = ? AND replaced IS NULL`
	replaceEvent       = `UPDATE event SET replaced = ? WHERE n = ?`
	insertEvent        = `INSERT INTO event (id, story, title, date, reason, hash, recorded) VALUES (?, ?, ?, ?, ?, ?, ?)`

	endMembers = `UPDATE member SET replaced = ? WHERE event = ? AND replaced IS NULL`
)

// saveStory saves a story and its events; events are those that the placement still has.
func saveStory(tx *sqlite.Tx, y news.Story, events map[news.EventID]bool) error {
	rows, err := tx.Query(selectStoryVersion, string(y.ID))
	old, err := sqlite.All(rows, err, row.ScanVersion)
	if err != nil {
		return err
	}
	if len(y.Events) == 0 {
		for _, v := range old {
			if _, err := tx.Exec(replaceStory, tx.Now(), v.N); err != nil {
				return err
			}
		}
	} else {
		hash := row.Seal(string(y.ID), y.Name)
		save, err := row.Supersede(tx, old, hash, replaceStory)
		if err == nil && save {
			_, err = tx.Exec(insertStory, string(y.ID), y.Name, hash, tx.Now())
		}
		if err != nil {
			return err
		}
	}
	rows, err = tx.Query(selectStoryEvents, string(y.ID))
	if old, err = sqlite.All(rows, err, row.ScanVersion); err != nil {
		return err
	}
	for _, v := range old {
		if events[news.EventID(v.ID)] {
			continue
		}
		if _, err := tx.Exec(replaceEvent, tx.Now(), v.N); err != nil {
			return err
		}
		if _, err := tx.Exec(endMembers, tx.Now(), v.ID); err != nil {
			return err
		}
	}
	for _, v := range y.Events {
		reason, err := json.Marshal(eventData{v.Reason, v.Copies})
		if err != nil {
			return err
		}
		rows, err := tx.Query(selectEventVersion, string(v.ID))
		old, err := sqlite.All(rows, err, row.ScanVersion)
		if err != nil {
			return err
		}
		hash := eventRow{id: v.ID, story: y.ID, title: v.Title, date: v.Date.String(), reason: string(reason)}.seal()
		save, err := row.Supersede(tx, old, hash, replaceEvent)
		if err == nil && save {
			_, err = tx.Exec(insertEvent, string(v.ID), string(y.ID), v.Title, v.Date.String(), string(reason), hash, tx.Now())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// eventData is the JSON of the column reason.
type eventData struct {
	news.Reason
	Copies []news.Copy `json:",omitempty"`
}

type eventRow struct {
	n                   int64
	id                  news.EventID
	story               news.StoryID
	title, date, reason string
	hash                []byte
}

func (v eventRow) seal() []byte {
	return row.Seal(string(v.id), string(v.story), v.title, v.date, v.reason)
}

const (
	endIfEmpty = `
		UPDATE event SET replaced = ?1 WHERE id = ?2 AND replaced IS NULL
			AND NOT EXISTS (SELECT 1 FROM member WHERE event = ?2 AND replaced IS NULL)`

	endStoryIfEmpty = `
		UPDATE story SET replaced = ?1 WHERE replaced IS NULL AND id IN (SELECT story FROM event WHERE id = ?2)
			AND NOT EXISTS (SELECT 1 FROM event WHERE event.story = story.id AND event.replaced IS NULL)`

	selectMembers = `SELECT n, article FROM member WHERE event = ? AND replaced IS NULL`
	endMember     = `UPDATE member SET replaced = ? WHERE n = ?`
	insertMember  = `INSERT INTO member (article, event, recorded) VALUES (?, ?, ?)`
)

// saveMembers makes the articles of an event the ones it says, and takes them out of others. Those
// that no longer stand, because their page was read anew in the meantime, are left out.
func saveMembers(tx *sqlite.Tx, lookup *reading.Lookup, v news.Event) error {
	wanted := map[int64]bool{}
	for _, a := range v.Articles {
		root, stands, err := lookup.Article(a)
		if err != nil {
			return err
		}
		if stands {
			wanted[root] = true
		}
	}
	type member struct{ n, article int64 }
	rows, err := tx.Query(selectMembers, string(v.ID))
	old, err := sqlite.All(rows, err, func(r sqlite.Row) (m member, err error) { return m, r.Scan(&m.n, &m.article) })
	if err != nil {
		return err
	}
	for _, m := range old {
		if wanted[m.article] {
			delete(wanted, m.article)
		} else if _, err := tx.Exec(endMember, tx.Now(), m.n); err != nil {
			return err
		}
	}
	for root := range wanted {
		if _, err := tx.Exec(reading.EndMembership, tx.Now(), root); err != nil {
			return err
		}
		if _, err := tx.Exec(insertMember, root, string(v.ID), tx.Now()); err != nil {
			return err
		}
	}
	for _, query := range []string{endIfEmpty, endStoryIfEmpty} {
		if _, err := tx.Exec(query, tx.Now(), string(v.ID)); err != nil {
			return err
		}
	}
	return nil
}

const (
	selectEntityVersion = `SELECT n, id, hash FROM entity WHERE id = ? AND replaced IS NULL`
	replaceEntity       = `UPDATE entity SET replaced = ? WHERE n = ?`
	insertEntity        = `INSERT INTO entity (id, name, folded, type, anonymous, hash, recorded) VALUES (?, ?, ?, ?, ?, ?, ?)`

	selectMentions = `SELECT n, local, entity FROM mention WHERE article = ? AND replaced IS NULL`
	endMention     = `UPDATE mention SET replaced = ? WHERE n = ?`
	insertMention  = `INSERT INTO mention (article, local, entity, recorded) VALUES (?, ?, ?, ?)`

	endUnnamed = `
		UPDATE entity SET replaced = ?1 WHERE id = ?2 AND replaced IS NULL
			AND NOT EXISTS (SELECT 1 FROM mention WHERE entity = ?2 AND replaced IS NULL)`
)

// saveEntities makes whom the entities of some articles are what the placement says, and ends
// the entities that nothing names any longer.
func saveEntities(tx *sqlite.Tx, lookup *reading.Lookup, p news.Placement) error {
	for _, e := range p.Entities {
		rows, err := tx.Query(selectEntityVersion, string(e.ID))
		old, err := sqlite.All(rows, err, row.ScanVersion)
		if err != nil {
			return err
		}
		hash := row.Seal(string(e.ID), e.Name, string(e.Type), e.Anonymous)
		save, err := row.Supersede(tx, old, hash, replaceEntity)
		if err == nil && save {
			_, err = tx.Exec(insertEntity, string(e.ID), e.Name, news.Fold(e.Name), string(e.Type), e.Anonymous, hash, tx.Now())
		}
		if err != nil {
			return err
		}
	}
	var left []string
	for len(p.Mentions) > 0 {
		article := p.Mentions[0].Article
		wanted := map[string]string{}
		for len(p.Mentions) > 0 && p.Mentions[0].Article == article {
			wanted[string(p.Mentions[0].Local)] = string(p.Mentions[0].Entity)
			p.Mentions = p.Mentions[1:]
		}
		root, _, err := lookup.Article(article)
		if err != nil {
			return err
		}
		ended, err := saveMentions(tx, root, wanted)
		if err != nil {
			return fmt.Errorf("article %s: %w", article, err)
		}
		left = append(left, ended...)
	}
	for _, id := range left {
		if _, err := tx.Exec(endUnnamed, tx.Now(), id); err != nil {
			return err
		}
	}
	return nil
}

// saveMentions makes whom the local entities of the article of a root are what wanted says, and
// tells which entities of the record lost a mention.
func saveMentions(tx *sqlite.Tx, root int64, wanted map[string]string) (left []string, err error) {
	type mention struct {
		n             int64
		local, entity string
	}
	rows, err := tx.Query(selectMentions, root)
	old, err := sqlite.All(rows, err, func(r sqlite.Row) (m mention, err error) { return m, r.Scan(&m.n, &m.local, &m.entity) })
	if err != nil {
		return nil, err
	}
	for _, m := range old {
		if wanted[m.local] == m.entity {
			delete(wanted, m.local)
			continue
		}
		if _, err := tx.Exec(endMention, tx.Now(), m.n); err != nil {
			return nil, err
		}
		left = append(left, m.entity)
	}
	for _, local := range slices.Sorted(maps.Keys(wanted)) {
		if _, err := tx.Exec(insertMention, root, local, wanted[local], tx.Now()); err != nil {
			return nil, err
		}
	}
	return left, nil
}

const selectEntitiesNamed = `SELECT id, name, type, anonymous FROM entity WHERE folded = ? AND replaced IS NULL ORDER BY n`

// EntitiesNamed are the entities of the record that bear this name, without mentions.
func (s *Ledger) EntitiesNamed(ctx context.Context, name string) ([]news.Entity, error) {
	rows, err := s.db.Query(ctx, selectEntitiesNamed, news.Fold(name))
	return sqlite.All(rows, err, func(r sqlite.Row) (e news.Entity, err error) {
		return e, r.Scan(&e.ID, &e.Name, &e.Type, &e.Anonymous)
	})
}

const (
	selectStories = `SELECT n, id, name, hash FROM story WHERE n > ?1 AND ` + row.AsOf + ` ORDER BY n LIMIT 200`

	selectStory = `SELECT n, id, name, hash FROM story WHERE id = ?1 AND ` + row.AsOf + ` ORDER BY n DESC LIMIT 1`

	selectEvents = `SELECT n, id, story, title, date, reason, hash FROM event WHERE story = ?1 AND ` + row.AsOf + ` ORDER BY n`

	selectEventArticles = `
		SELECT member.event, article.id FROM member JOIN article ON article.n = member.article
		WHERE member.event IN (SELECT value FROM json_each(?1)) AND member.recorded <= ?2 AND (member.replaced IS NULL OR member.replaced > ?2) ORDER BY member.n`

	selectEventOf = `
		SELECT event.id, event.story FROM member JOIN event ON event.id = member.event AND event.replaced IS NULL
		WHERE member.article = (SELECT root FROM article WHERE id = ? ORDER BY n LIMIT 1) AND member.replaced IS NULL`
)

type storyRow struct {
	n        int64
	id, name string
	hash     []byte
}

func scanEvent(r sqlite.Row) (v eventRow, err error) {
	return v, r.Scan(&v.n, &v.id, &v.story, &v.title, &v.date, &v.reason, &v.hash)
}

func scanStory(r sqlite.Row) (y storyRow, err error) { return y, r.Scan(&y.n, &y.id, &y.name, &y.hash) }

// Stories are the stories that stood at a time, all that stand for the zero time, in the order
// in which they were recorded. A damaged one is an error that does not end the walk.
func (s *Ledger) Stories(ctx context.Context, asOf time.Time) iter.Seq2[news.Story, error] {
	return func(yield func(news.Story, error) bool) {
		t := row.At(asOf)
		for found, err := range row.Walk(ctx, s.db, selectStories, scanStory, func(y storyRow) int64 { return y.n }, t) {
			var y news.Story
			if err == nil {
				y, err = s.story(ctx, found, t)
			}
			if !yield(y, err) {
				return
			}
		}
	}
}

// StoriesAfter are at most limit of the stories that Stories walks, after the one of number after, and
// the number to go on from, 0 where there are no more. Damaged ones are the error beside the rest.
func (s *Ledger) StoriesAfter(ctx context.Context, asOf time.Time, after int64, limit int) ([]news.Story, int64, error) {
	t := row.At(asOf)
	return row.Some(ctx, s.db, selectStories, scanStory, func(y storyRow) int64 { return y.n },
		func(y storyRow) (news.Story, error) { return s.story(ctx, y, t) }, after, limit, t)
}

// Story is one story as it stood at a time, as it stands for the zero time. An id that was given
// once leads on: where the story stands no more, to the one that has most of its articles now,
// under its own id.
func (s *Ledger) Story(ctx context.Context, id news.StoryID, asOf time.Time) (news.Story, error) {
	found, err := s.ledTo(ctx, id, asOf)
	if err != nil {
		return news.Story{}, fmt.Errorf("story %s: %w", id, err)
	}
	return s.story(ctx, found, row.At(asOf))
}

// ledTo is the story to which an id leads.
func (s *Ledger) ledTo(ctx context.Context, id news.StoryID, asOf time.Time) (storyRow, error) {
	rows, err := s.db.Query(ctx, selectStory, string(id), row.At(asOf))
	found, err := sqlite.One(rows, err, scanStory)
	if errors.Is(err, news.ErrNotFound) && asOf.IsZero() {
		return s.heir(ctx, id)
	}
	return found, err
}

const selectHeir = `
	SELECT n, id, name, hash FROM story WHERE replaced IS NULL AND id = (
		SELECT event.story FROM event AS was JOIN member AS former ON former.event = was.id
			JOIN member ON member.article = former.article AND member.replaced IS NULL
			JOIN event ON event.id = member.event AND event.replaced IS NULL
		WHERE was.story = ? GROUP BY event.story ORDER BY count(DISTINCT member.article) DESC, event.story LIMIT 1)`

// heir is the story that stands and has most of the articles that were ever of one that does not.
func (s *Ledger) heir(ctx context.Context, id news.StoryID) (storyRow, error) {
	rows, err := s.db.Query(ctx, selectHeir, string(id))
	return sqlite.One(rows, err, scanStory)
}

func (s *Ledger) story(ctx context.Context, found storyRow, t int64) (y news.Story, err error) {
	y = news.Story{ID: news.StoryID(found.id), Name: found.name}
	if !bytes.Equal(found.hash, row.Seal(found.id, found.name)) {
		return y, fmt.Errorf("story %s: %w: its row does not match its hash", found.id, news.ErrDamaged)
	}
	rows, err := s.db.Query(ctx, selectEvents, found.id, t)
	events, err := sqlite.All(rows, err, scanEvent)
	if err != nil {
		return y, err
	}
	ids := make([]news.EventID, len(events))
	for i, v := range events {
		ids[i] = v.id
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return y, err
	}
	type member struct {
		event   news.EventID
		article news.ArticleID
	}
	rows, err = s.db.Query(ctx, selectEventArticles, string(list), t)
	members, err := sqlite.All(rows, err, func(r sqlite.Row) (m member, err error) { return m, r.Scan(&m.event, &m.article) })
	if err != nil {
		return y, err
	}
	articles := map[news.EventID][]news.ArticleID{}
	for _, m := range members {
		articles[m.event] = append(articles[m.event], m.article)
	}
	for _, v := range events {
		event := news.Event{ID: v.id, Title: v.title, Articles: articles[v.id]}
		date, dateErr := news.ParseInterval(v.date)
		event.Date = date
		var data eventData
		err := errors.Join(dateErr, json.Unmarshal([]byte(v.reason), &data))
		event.Reason, event.Copies = data.Reason, data.Copies
		if err != nil || !bytes.Equal(v.hash, v.seal()) {
			return y, fmt.Errorf("event %s of story %s: %w: its row does not match its hash", v.id, found.id, news.ErrDamaged)
		}
		y.Events = append(y.Events, event)
	}
	return y, nil
}

// EventOf is the event and the story in which an article stands now.
func (s *Ledger) EventOf(ctx context.Context, id news.ArticleID) (event news.EventID, story news.StoryID, err error) {
	rows, err := s.db.Query(ctx, selectEventOf, string(id))
	_, err = sqlite.One(rows, err, func(r sqlite.Row) (struct{}, error) { return struct{}{}, r.Scan(&event, &story) })
	if err != nil {
		err = fmt.Errorf("event of article %s: %w", id, err)
	}
	return event, story, err
}

const (
	selectHaving = `SELECT rowid FROM article_words WHERE article_words MATCH ? AND rowid >= ?`

	selectStoriesOf = `
		SELECT member.article, event.story FROM json_each(?) AS asked CROSS JOIN member ON member.article = asked.value AND member.replaced IS NULL
			JOIN event ON event.id = member.event AND event.replaced IS NULL`

	countHaving = `SELECT count(*) FROM (SELECT 1 FROM article_words WHERE article_words MATCH ? LIMIT ?)`
)

const selectMemberCount = `SELECT count(*) FROM (SELECT 1 FROM member WHERE replaced IS NULL ORDER BY article LIMIT ?)`

// Few are all stories that stand, if they have no more than most articles; else none. Damaged ones
// are left out; doctor finds them.
func (s *Ledger) Few(ctx context.Context, most int) ([]news.Story, error) {
	rows, err := s.db.Query(ctx, selectMemberCount, most+1)
	n, err := sqlite.One(rows, err, sqlite.Of[int])
	if err != nil || n > most {
		return nil, err
	}
	return news.Sound(s.Stories(ctx, time.Time{}))
}

// Nearby are up to most stories that an article may belong to: those of articles that share
// words of its title, best first, and the one it is in.
func (s *Ledger) Nearby(ctx context.Context, a news.Article, most int) ([]news.Story, error) {
	var ids []news.StoryID
	if _, own, err := s.EventOf(ctx, a.ID); err == nil {
		ids = append(ids, own)
	} else if !errors.Is(err, news.ErrNotFound) {
		return nil, err
	}
	if a.Title != nil {
		near, err := s.near(ctx, index.Terms(a.Title.Text))
		if err != nil {
			return nil, err
		}
		ids = append(ids, near...)
	}
	var stories []news.Story
	seen := map[news.StoryID]bool{}
	for _, id := range ids {
		if seen[id] || len(stories) == most {
			continue
		}
		seen[id] = true
		y, err := s.Story(ctx, id, time.Time{})
		if err != nil {
			return nil, err
		}
		stories = append(stories, y)
	}
	return stories, nil
}

// near are the stories of articles that have any of the terms, those that have most and the rarest of
// them first. In a large record not all such articles are looked at: the newest are, and those with one
// of the rarest terms, however old they are. Terms are weighed by a count that stops at index.RankNewest:
// FTS5's bm25 walks all that have a term, which costs what is stored.
func (s *Ledger) near(ctx context.Context, terms []string) ([]news.StoryID, error) {
	having := map[string]int{}
	for _, t := range terms {
		rows, err := s.db.Query(ctx, countHaving, index.AnyOf([]string{t}), index.RankNewest+1)
		if having[t], err = sqlite.One(rows, err, sqlite.Of[int]); err != nil {
			return nil, err
		}
	}
	terms = slices.DeleteFunc(terms, func(t string) bool { return having[t] == 0 })
	if len(terms) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(terms, func(a, b string) int { return cmp.Compare(having[a], having[b]) })
	rare, n := 0, 0
	for rare < len(terms) && n+having[terms[rare]] <= index.RankNewest {
		n += having[terms[rare]]
		rare++
	}
	rows, err := s.db.Query(ctx, index.SelectBound, index.AnyOf(terms), index.RankNewest)
	oldest, err := sqlite.One(rows, err, sqlite.Of[int64])
	if err != nil && !errors.Is(err, news.ErrNotFound) {
		return nil, err
	}
	score := map[int64]float64{}
	for i, t := range terms {
		from := oldest
		if i < rare {
			from = 0
		}
		weight := math.Log(1 + float64(index.RankNewest)/float64(having[t]))
		for _, hit := range []struct {
			expression string
			times      float64
		}{{index.AnyOf([]string{t}), 1}, {index.InTitle(t), inTitle - 1}} {
			rows, err := s.db.Query(ctx, selectHaving, hit.expression, from)
			found, err := sqlite.All(rows, err, sqlite.Of[int64])
			if err != nil {
				return nil, err
			}
			for _, n := range found {
				score[n] += weight * hit.times
			}
		}
	}
	articles := slices.SortedFunc(maps.Keys(score), func(a, b int64) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
	articles = articles[:min(len(articles), mostNear)]
	of := map[int64]news.StoryID{}
	rows, err = s.db.Query(ctx, selectStoriesOf, index.List(articles))
	if _, err = sqlite.All(rows, err, func(r sqlite.Row) (none struct{}, err error) {
		var n int64
		var id news.StoryID
		err = r.Scan(&n, &id)
		of[n] = id
		return none, err
	}); err != nil {
		return nil, err
	}
	var stories []news.StoryID
	for _, n := range articles {
		if id := of[n]; id != "" && !slices.Contains(stories, id) {
			stories = append(stories, id)
		}
	}
	return stories, nil
}

const (
	// inTitle is how much more a word in a title tells than one in the text: as in BM25 with four times the weight.
	inTitle = 1.7
	// mostNear bounds the articles whose stories are looked up.
	mostNear = 200
)

const (
	entityColumns  = `SELECT n, id, name, type, anonymous FROM entity `
	selectEntities = entityColumns + `WHERE n > ?1 AND name <> '' AND ` + row.AsOf + ` ORDER BY n LIMIT 200`
	selectEntity   = entityColumns + `WHERE id = ?1 AND ` + row.AsOf + ` ORDER BY n DESC LIMIT 1`
)

type entityRow struct {
	n int64
	news.Entity
}

func scanEntity(r sqlite.Row) (e entityRow, err error) {
	return e, r.Scan(&e.n, &e.ID, &e.Name, &e.Type, &e.Anonymous)
}

// EntitiesAfter are at most limit of the entities that stood at a time, after the one of number after,
// without mentions, and the number to go on from, 0 where there are no more.
func (s *Ledger) EntitiesAfter(ctx context.Context, asOf time.Time, after int64, limit int) ([]news.Entity, int64, error) {
	return row.Some(ctx, s.db, selectEntities, scanEntity, func(e entityRow) int64 { return e.n },
		func(e entityRow) (news.Entity, error) { return e.Entity, nil }, after, limit, row.At(asOf))
}

// Entity is an entity as it stood at a time, without mentions.
func (s *Ledger) Entity(ctx context.Context, id news.EntityID, asOf time.Time) (news.Entity, error) {
	rows, err := s.db.Query(ctx, selectEntity, string(id), row.At(asOf))
	e, err := sqlite.One(rows, err, scanEntity)
	if err != nil {
		err = fmt.Errorf("entity %s: %w", id, err)
	}
	return e.Entity, err
}
