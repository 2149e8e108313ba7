// Package feed keeps what is collected from: feeds, the items they served, the links to fetch,
// hosts, and subscriptions to hubs.
//
// A poll is saved in one transaction: the feed's new state, its items and their versions, the
// links that follow, the account of what was served, and the pause its host asked for. So after
// a crash either all of a document is known or none, and it is asked for again. A visit of a link
// is saved after its page was stored; done twice, it stores the same page.
//
// Links wait under their hosts: a host has a time from which there is something to ask it for
// (ready), so the next link is found without walking over hosts that rest.
package feed

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"dateline/news"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// Feeds are those of a data folder.
type Feeds struct{ db *sqlite.DB }

// New is the feeds of a database.
func New(db *sqlite.DB) *Feeds { return &Feeds{db: db} }

// pollsKept is how many polls of a feed are kept one by one.
const pollsKept = 50

const (
	insertFeed = `
		INSERT INTO feed (id, url, state, next, added, data) VALUES (?, ?, 'active', ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET state = 'active', next = excluded.next, data = excluded.data WHERE state <> 'active'`

	feedColumns = `SELECT n, id, url, state, next, served, stored, duplicate, rejected, polls, added, data,
		coalesce((SELECT until FROM subscription WHERE subscription.feed = feed.n AND subscription.state = 'active'), 0) FROM feed `
	selectFeed  = feedColumns + `WHERE id = ?`
	selectFeeds = feedColumns + `WHERE n > ? AND state <> 'removed' ORDER BY n LIMIT 500`
	selectDue   = feedColumns + `WHERE state = 'active' AND next <= ? ORDER BY next LIMIT ?`
	selectURL   = feedColumns + `WHERE url = ? ORDER BY n LIMIT 1`

	updateFeed = `
		UPDATE feed SET url = ?, state = ?, next = ?, served = served + ?, stored = stored + ?, duplicate = duplicate + ?, rejected = rejected + ?,
			polls = polls + ?, data = ? WHERE id = ?`

	postponeFeed = `UPDATE feed SET next = ? WHERE id = ?`
	refreshFeeds = `UPDATE feed SET next = ?, state = 'active' WHERE (id = ?2 OR url = ?2 OR ?2 = '' AND state = 'active') AND state <> 'removed'`
	removeFeed   = `UPDATE feed SET state = 'removed' WHERE id = ?`

	// Pages that only this feed names are not looked at any more.
	dropLinks = `
		UPDATE link SET state = 'done', reason = 'its feed was removed', changed = ?
		WHERE state = 'waiting' AND feed = (SELECT n FROM feed WHERE id = ?) AND NOT EXISTS (
			SELECT 1 FROM item JOIN feed ON feed.n = item.feed AND feed.state = 'active' WHERE item.link = link.n AND item.feed <> link.feed)`
)

// A rest is what of a feed is kept as JSON.
type rest struct {
	Outlet, Title, Home, Format, Reason, Identity, Topic, Hub string
	ETag, LastModified                                        string
	Digest                                                    []byte
	Rhythm                                                    []int64
	AskedGap                                                  time.Duration
	SkipHours                                                 uint32
	SkipDays                                                  uint8
	MovedTo                                                   string
	MovedSince, GoneSince                                     int64
	Gone                                                      int
	Polled, Succeeded, Whole, Changed                         int64
	Failures                                                  int
	Error                                                     string
	Flags                                                     []news.Flag
}

func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// due is a time from which on something may be done, rounded up: a moment too early is refused.
func due(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Add(time.Millisecond - time.Nanosecond).UnixMilli()
}

func instant(m int64) time.Time {
	if m == 0 {
		return time.Time{}
	}
	return row.Instant(m)
}

func pack(f news.Feed) (string, error) {
	r := rest{f.Outlet, f.Title, f.Home, f.Format, f.Reason, f.Identity, f.Topic, f.Hub, f.ETag, f.LastModified, f.Digest, nil, f.AskedGap,
		f.SkipHours, f.SkipDays, f.MovedTo, milli(f.MovedSince), milli(f.GoneSince), f.Gone, milli(f.Polled), milli(f.Succeeded), milli(f.Whole),
		milli(f.Changed), f.Failures, f.Error, f.Flags}
	for _, t := range f.Rhythm {
		r.Rhythm = append(r.Rhythm, milli(t))
	}
	b, err := json.Marshal(r)
	return string(b), err
}

// A numbered feed knows its row.
type numbered struct {
	n int64
	news.Feed
}

func scanFeed(found sqlite.Row) (f numbered, err error) {
	var next, added, pushed int64
	var data string
	if err = found.Scan(&f.n, &f.ID, &f.URL, &f.State, &next, &f.Polls.Served, &f.Polls.Stored, &f.Polls.Duplicate, &f.Polls.Rejected, &f.Polls.Polls, &added, &data, &pushed); err != nil {
		return f, err
	}
	var r rest
	if err := json.Unmarshal([]byte(data), &r); err != nil {
		return f, fmt.Errorf("feed %s: %w: %w", f.ID, news.ErrDamaged, err)
	}
	f.Next, f.Added, f.Pushed = instant(next), instant(added), instant(pushed)
	f.Outlet, f.Title, f.Home, f.Format, f.Reason, f.Identity, f.Topic, f.Hub = r.Outlet, r.Title, r.Home, r.Format, r.Reason, r.Identity, r.Topic, r.Hub
	f.ETag, f.LastModified, f.Digest, f.AskedGap, f.SkipHours, f.SkipDays = r.ETag, r.LastModified, r.Digest, r.AskedGap, r.SkipHours, r.SkipDays
	f.MovedTo, f.MovedSince, f.GoneSince, f.Gone = r.MovedTo, instant(r.MovedSince), instant(r.GoneSince), r.Gone
	f.Polled, f.Succeeded, f.Whole, f.Changed = instant(r.Polled), instant(r.Succeeded), instant(r.Whole), instant(r.Changed)
	f.Failures, f.Error, f.Flags = r.Failures, r.Error, r.Flags
	for _, m := range r.Rhythm {
		f.Rhythm = append(f.Rhythm, instant(m))
	}
	return f, nil
}

func plain(all []numbered, err error) ([]news.Feed, error) {
	feeds := make([]news.Feed, len(all))
	for i, f := range all {
		feeds[i] = f.Feed
	}
	return feeds, err
}

// AddFeed keeps a feed to be polled at once; new tells whether it was not polled before.
func (s *Feeds) AddFeed(ctx context.Context, f news.Feed) (added bool, err error) {
	f.ID = news.NewFeedID(f.URL)
	data, err := pack(f)
	if err != nil {
		return false, err
	}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		n, err := tx.Change(insertFeed, string(f.ID), f.URL, due(f.Next), tx.Now(), data)
		if added = n > 0; err != nil || !added {
			return err
		}
		return row.Audit(tx, "feed add", string(f.ID), f.URL)
	})
	return added, err
}

// RemoveFeed ends the polling of a feed. What it brought stays.
func (s *Feeds) RemoveFeed(ctx context.Context, id news.FeedID) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		n, err := tx.Change(removeFeed, string(id))
		if err == nil && n == 0 {
			err = fmt.Errorf("feed %s: %w", id, news.ErrNotFound)
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec(dropLinks, tx.Now(), string(id)); err != nil {
			return err
		}
		return row.Audit(tx, "feed remove", string(id), "")
	})
}

// FindFeed is the feed of an id or address.
func (s *Feeds) FindFeed(ctx context.Context, name string) (news.Feed, error) {
	for query, key := range map[string]string{selectFeed: name, selectURL: name} {
		rows, err := s.db.Query(ctx, query, key)
		f, err := sqlite.One(rows, err, scanFeed)
		if !errors.Is(err, news.ErrNotFound) {
			return f.Feed, err
		}
	}
	rows, err := s.db.Query(ctx, selectFeed, string(news.NewFeedID(name)))
	f, err := sqlite.One(rows, err, scanFeed)
	if err != nil {
		err = fmt.Errorf("feed %s: %w", name, err)
	}
	return f.Feed, err
}

// AllFeeds are those that were not removed, in the order they were added.
func (s *Feeds) AllFeeds(ctx context.Context) ([]news.Feed, error) {
	var all []news.Feed
	for f, err := range row.Walk(ctx, s.db, selectFeeds, scanFeed, func(f numbered) int64 { return f.n }) {
		if err != nil {
			return nil, err
		}
		all = append(all, f.Feed)
	}
	return all, nil
}

// DueFeeds are up to most feeds whose time has come, those that waited longest first.
func (s *Feeds) DueFeeds(ctx context.Context, now time.Time, most int) ([]news.Feed, error) {
	rows, err := s.db.Query(ctx, selectDue, milli(now), most)
	return plain(sqlite.All(rows, err, scanFeed))
}

// Refresh makes a feed due now, by id or address; "" for all.
func (s *Feeds) Refresh(ctx context.Context, name string, now time.Time) (n int64, err error) {
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		n, err = tx.Change(refreshFeeds, milli(now), name)
		return err
	})
	return n, err
}

// PostponeFeed puts off a poll for which nothing was sent.
func (s *Feeds) PostponeFeed(ctx context.Context, id news.FeedID, until time.Time) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		_, err := tx.Exec(postponeFeed, due(until), string(id))
		return err
	})
}

const selectNext = `SELECT (SELECT min(next) FROM feed WHERE state = 'active'), (SELECT min(ready) FROM host WHERE ready IS NOT NULL)`

// NextDue is when the next feed and the next link are due; zero if none is.
func (s *Feeds) NextDue(ctx context.Context) (feed, link time.Time, err error) {
	var f, l *int64
	rows, err := s.db.Query(ctx, selectNext)
	_, err = sqlite.One(rows, err, func(r sqlite.Row) (struct{}, error) { return struct{}{}, r.Scan(&f, &l) })
	return row.OrZero(f), row.OrZero(l), err
}

const (
	itemColumns = `SELECT item.n, url, title, printed, published, seen, last_seen, absent, retracted, retraction, place, versions, digest, unfetched FROM item `

	selectByKey = itemColumns + `JOIN item_key ON item_key.item = item.n WHERE item_key.feed = (SELECT n FROM feed WHERE id = ?) AND key = ?`
	selectItems = itemColumns + `WHERE item.n > ? AND item.feed = (SELECT n FROM feed WHERE id = ?) ORDER BY item.n LIMIT 500`
)

func scanItem(r sqlite.Row) (i news.FeedItem, err error) {
	var published, absent, retracted *int64
	var seen, last int64
	err = r.Scan(&i.N, &i.URL, &i.Title, &i.Printed, &published, &seen, &last, &absent, &retracted, &i.Retraction, &i.Place, &i.Versions, &i.Digest, &i.Unfetchable)
	i.Published, i.Absent, i.Retracted = row.OrZero(published), row.OrZero(absent), row.OrZero(retracted)
	i.Seen, i.LastSeen = instant(seen), instant(last)
	return i, err
}

// KnownItems are the items of a feed that bear any of these keys, by key.
func (s *Feeds) KnownItems(ctx context.Context, id news.FeedID, keys []news.ItemKey) (map[news.ItemKey]news.FeedItem, error) {
	known := map[news.ItemKey]news.FeedItem{}
	for _, k := range keys {
		if _, asked := known[k]; asked {
			continue
		}
		rows, err := s.db.Query(ctx, selectByKey, string(id), k[:])
		i, err := sqlite.One(rows, err, scanItem)
		if errors.Is(err, news.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		known[k] = i
	}
	return known, nil
}

// Items are those of a feed, in the order they came.
func (s *Feeds) Items(ctx context.Context, id news.FeedID) ([]news.FeedItem, error) {
	var all []news.FeedItem
	for i, err := range row.Walk(ctx, s.db, selectItems, scanItem, func(i news.FeedItem) int64 { return i.N }, string(id)) {
		if err != nil {
			return nil, err
		}
		all = append(all, i)
	}
	return all, nil
}

const selectVersions = `SELECT text, hash, number FROM item_version WHERE item = ? ORDER BY number`

// Versions are what an item said, from the first on.
func (s *Feeds) Versions(ctx context.Context, item int64) ([]string, error) {
	rows, err := s.db.Query(ctx, selectVersions, item)
	return sqlite.All(rows, err, func(r sqlite.Row) (text string, err error) {
		var hash []byte
		var number int64
		if err = r.Scan(&text, &hash, &number); err == nil && string(hash) != string(sealVersion(item, number, text)) {
			err = fmt.Errorf("item %d: version %d: %w", item, number, news.ErrDamaged)
		}
		return text, err
	})
}

// versionsInOrder gives each version a number to walk by.
const versionsInOrder = `SELECT rowid, item, number, text, hash FROM item_version WHERE rowid > ? ORDER BY rowid LIMIT 1000`

// DamagedItems names the versions of items that do not match their hashes.
func (s *Feeds) DamagedItems(ctx context.Context) iter.Seq2[string, error] {
	type version struct {
		n, item, number int64
		text            string
		hash            []byte
	}
	scan := func(r sqlite.Row) (v version, err error) {
		return v, r.Scan(&v.n, &v.item, &v.number, &v.text, &v.hash)
	}
	return func(yield func(string, error) bool) {
		for v, err := range row.Walk(ctx, s.db, versionsInOrder, scan, func(v version) int64 { return v.n }) {
			if err == nil && bytes.Equal(v.hash, sealVersion(v.item, v.number, v.text)) {
				continue
			}
			if !yield(fmt.Sprintf("item %d, version %d", v.item, v.number), err) {
				return
			}
		}
	}
}

func sealVersion(item, number int64, text string) []byte { return row.Seal(item, number, text) }

const (
	insertPoll = `
		INSERT INTO poll (feed, at, took, status, class, whole, served, stored, duplicate, rejected, reasons, error, flags, rest)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	forgetRests = `UPDATE poll SET rest = 0 WHERE feed = ? AND rest > 0`
	prunePolls  = `DELETE FROM poll WHERE feed = ?1 AND n <= (SELECT n FROM poll WHERE feed = ?1 ORDER BY n DESC LIMIT 1 OFFSET ?2)`

	insertItem = `
		INSERT INTO item (feed, url, title, printed, published, seen, last_seen, place, versions, digest, unfetched, link)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)`
	updateItem = `
		UPDATE item SET url = ?, title = ?, printed = ?, published = ?, last_seen = ?, absent = NULL, place = ?, versions = versions + 1, digest = ?, unfetched = ?, link = ?
		WHERE n = ? RETURNING versions`
	seeItem       = `UPDATE item SET last_seen = ?, absent = NULL, place = ? WHERE n = ?`
	insertKey     = `INSERT INTO item_key (feed, key, item) VALUES (?, ?, ?) ON CONFLICT (feed, key) DO NOTHING`
	insertVersion = `INSERT INTO item_version (item, number, text, flags, hash, recorded) VALUES (?, ?, ?, ?, ?, ?)`
	markAbsent    = `UPDATE item SET absent = ? WHERE feed = ? AND absent IS NULL AND last_seen < ?`
	retractItem   = `
		UPDATE item SET retracted = ?, retraction = ? WHERE retracted IS NULL AND n = (SELECT item FROM item_key WHERE feed = ? AND key = ?)`
)

// SavePoll keeps what came of a poll, all or nothing.
func (s *Feeds) SavePoll(ctx context.Context, p news.FeedPoll) error {
	data, err := pack(p.Feed)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		rows, err := tx.Query(selectFeed, string(p.Feed.ID))
		before, err := sqlite.One(rows, err, scanFeed)
		if err != nil {
			return fmt.Errorf("feed %s: %w", p.Feed.ID, err)
		}
		feed, t, state := before.n, p.Tally, p.Feed.State
		if before.State == news.RemovedFeed {
			state = news.RemovedFeed // while the poll was under way
		}
		if before.URL != p.Feed.URL {
			// What the host of the old address asked for does not bind the new one.
			if _, err := tx.Exec(forgetRests, feed); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(updateFeed, p.Feed.URL, string(state), due(p.Feed.Next), t.Served, t.Stored, t.Duplicate, t.Rejected, t.Polls, data, string(p.Feed.ID)); err != nil {
			return err
		}
		if err := savePollRow(tx, feed, p); err != nil {
			return err
		}
		links := map[string]any{} // by address: the row of its link, nil where there is none
		for _, l := range p.Links {
			if links[l.URL], err = saveLink(tx, feed, l); err != nil {
				return err
			}
		}
		for _, v := range p.Items {
			if err := saveItem(tx, feed, p.At, v, links[v.Item.URL]); err != nil {
				return err
			}
		}
		for _, i := range p.Known {
			if _, err := tx.Exec(seeItem, milli(p.At), i.Place, i.N); err != nil {
				return err
			}
			if err := saveKeys(tx, feed, i.N, i.Keys); err != nil {
				return err
			}
		}
		if p.Complete {
			if _, err := tx.Exec(markAbsent, milli(p.At), feed, milli(p.At)); err != nil {
				return err
			}
		}
		for _, d := range p.Deleted {
			when := d.When
			if when.IsZero() {
				when = p.At
			}
			if _, err := tx.Exec(retractItem, milli(when), d.What, feed, d.Key[:]); err != nil {
				return err
			}
		}
		return saveHost(tx, p.Host)
	})
}

func savePollRow(tx *sqlite.Tx, feed int64, p news.FeedPoll) error {
	reasons, err := json.Marshal(p.Rejects)
	if err != nil {
		return err
	}
	flags, err := json.Marshal(p.Feed.Flags)
	if err != nil {
		return err
	}
	t := p.Tally
	if _, err := tx.Exec(insertPoll, feed, milli(p.At), p.Took.Milliseconds(), p.Status, p.Class, p.Whole, t.Served, t.Stored, t.Duplicate, t.Rejected,
		string(reasons), p.Feed.Error, string(flags), rests(p.Host)); err != nil {
		return err
	}
	_, err = tx.Exec(prunePolls, feed, pollsKept)
	return err
}

// rests is until when a host asked to be left alone, 0 if it did not.
func rests(h news.Host) int64 {
	if h.Reason == "retry-after" {
		return milli(h.NotBefore)
	}
	return 0
}

func saveItem(tx *sqlite.Tx, feed int64, at time.Time, v news.ItemVersion, link any) error {
	i := v.Item
	flags, err := json.Marshal(v.Flags)
	if err != nil {
		return err
	}
	n, number := i.N, int64(1)
	if n == 0 {
		n, err = tx.Insert(insertItem, feed, i.URL, i.Title, i.Printed, row.Optional(i.Published), milli(i.Seen), milli(at), i.Place, i.Digest, i.Unfetchable, link)
	} else {
		var rows *sqlite.Rows
		rows, err = tx.Query(updateItem, i.URL, i.Title, i.Printed, row.Optional(i.Published), milli(at), i.Place, i.Digest, i.Unfetchable, link, n)
		number, err = sqlite.One(rows, err, sqlite.Of[int64])
	}
	if err != nil {
		return err
	}
	if err := saveKeys(tx, feed, n, i.Keys); err != nil {
		return err
	}
	_, err = tx.Exec(insertVersion, n, number, v.Text, string(flags), sealVersion(n, number, v.Text), tx.Now())
	return err
}

func saveKeys(tx *sqlite.Tx, feed, item int64, keys []news.ItemKey) error {
	for _, k := range keys {
		if _, err := tx.Exec(insertKey, feed, k[:], item); err != nil {
			return err
		}
	}
	return nil
}

const selectPolls = `
	SELECT n, at, took, status, class, whole, served, stored, duplicate, rejected, reasons, error, flags FROM poll
	WHERE feed = (SELECT n FROM feed WHERE id = ?) ORDER BY n DESC LIMIT ?`

// Polls are the last polls of a feed, the newest first.
func (s *Feeds) Polls(ctx context.Context, id news.FeedID, most int) ([]news.FeedPoll, error) {
	rows, err := s.db.Query(ctx, selectPolls, string(id), most)
	return sqlite.All(rows, err, func(r sqlite.Row) (p news.FeedPoll, err error) {
		var n, at, took int64
		var reasons, flags string
		if err = r.Scan(&n, &at, &took, &p.Status, &p.Class, &p.Whole, &p.Tally.Served, &p.Tally.Stored, &p.Tally.Duplicate, &p.Tally.Rejected, &reasons, &p.Feed.Error, &flags); err != nil {
			return p, err
		}
		p.At, p.Took = instant(at), time.Duration(took)*time.Millisecond
		return p, errors.Join(json.Unmarshal([]byte(reasons), &p.Rejects), json.Unmarshal([]byte(flags), &p.Feed.Flags))
	})
}

// keyOf is the key of an address.
func keyOf(address string) []byte {
	sum := sha256.Sum256([]byte(news.CleanURL(address)))
	return sum[:16]
}
