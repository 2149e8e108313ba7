package feed

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"dateline/news"
	"dateline/store/row"
	"dateline/store/sqlite"
)

// leaseFor is how long a link is leased without a heartbeat.
const leaseFor = 2 * time.Minute

const (
	// A link that is known is looked at sooner if that is asked; one that has been given up stays so.
	insertLink = `
		INSERT INTO link (key, url, host, feed, state, due, published, changed) VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?)
		ON CONFLICT (key) DO UPDATE SET due = min(due, excluded.due), state = CASE state WHEN 'done' THEN 'waiting' ELSE state END,
			changed = excluded.changed WHERE state IN ('waiting', 'done')`

	selectLinkNumber = `SELECT n FROM link WHERE key = ?`

	insertHost = `INSERT INTO host (name) VALUES (?) ON CONFLICT (name) DO NOTHING`

	// A host is ready when its pause is over and the first of its links is due.
	readyHost = `
		UPDATE host SET ready = (SELECT max(min(due), host.not_before) FROM link WHERE link.host = host.name AND state = 'waiting') WHERE name = ?`

	updateHost = `
		INSERT INTO host (name, not_before, reason, delay, asked, failures) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (name) DO UPDATE SET not_before = excluded.not_before, reason = excluded.reason, delay = excluded.delay,
			asked = excluded.asked, failures = excluded.failures`

	selectHosts = `SELECT name, not_before, reason, delay, asked, failures FROM host WHERE not_before > ? OR failures > 0 OR delay > 0`
)

// hostOf is the name of an address's host as a gate knows it.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
}

// saveLink keeps an address to be fetched, once for all who name it, and is its row.
func saveLink(tx *sqlite.Tx, feed int64, l news.PageLink) (n int64, err error) {
	host, key := hostOf(l.URL), keyOf(l.URL)
	if _, err := tx.Exec(insertLink, key, l.URL, host, feed, due(l.Due), row.Optional(l.Published), tx.Now()); err != nil {
		return 0, err
	}
	if _, err := tx.Exec(insertHost, host); err != nil {
		return 0, err
	}
	if _, err := tx.Exec(readyHost, host); err != nil {
		return 0, err
	}
	rows, err := tx.Query(selectLinkNumber, key)
	return sqlite.One(rows, err, sqlite.Of[int64])
}

// saveHost keeps what is known of a host; one without a name is none.
func saveHost(tx *sqlite.Tx, h news.Host) error {
	if h.Name == "" {
		return nil
	}
	if _, err := tx.Exec(updateHost, h.Name, due(h.NotBefore), h.Reason, h.CrawlDelay.Milliseconds(), h.Asked.Milliseconds(), h.Failures); err != nil {
		return err
	}
	_, err := tx.Exec(readyHost, h.Name)
	return err
}

const (
	linkColumns = `SELECT link.n, link.url, feed.id, link.due, visits, quiet, tries, fence, etag, modified, revision, link.published, link.reason,
		coalesce(json_extract(feed.data, '$.Outlet'), '') FROM link JOIN feed ON feed.n = link.feed `

	selectReady    = `SELECT name FROM host WHERE ready <= ? ORDER BY ready LIMIT ?`
	selectFirst    = linkColumns + `WHERE link.host = ? AND link.state = 'waiting' ORDER BY link.due LIMIT 1`
	leaseLink      = `UPDATE link SET state = 'leased', fence = fence + 1, lease = ? WHERE n = ?`
	restHost       = `UPDATE host SET ready = NULL WHERE name = ?`
	endLeases      = `UPDATE link SET state = 'waiting', fence = fence + 1, lease = NULL WHERE state = 'leased' AND lease < ?`
	selectExpired  = `SELECT DISTINCT host FROM link WHERE state = 'leased' AND lease < ?`
	extendLease    = `UPDATE link SET lease = ? WHERE n = ? AND fence = ? AND state = 'leased'`
	selectLinkHost = `SELECT host FROM link WHERE n = ?`
)

func scanLink(r sqlite.Row) (l news.PageLink, err error) {
	var due int64
	var published *int64
	err = r.Scan(&l.N, &l.URL, &l.Feed, &due, &l.Visits, &l.Quiet, &l.Tries, &l.Fence, &l.ETag, &l.LastModified, &l.Revision, &published, &l.Reason, &l.Outlet)
	l.Due, l.Published = instant(due), row.OrZero(published)
	return l, err
}

// LeaseLinks hands out up to most links that are due, one of a host, whose leases end unless
// they are extended. A host whose link is leased is not ready until the visit is saved.
func (s *Feeds) LeaseLinks(ctx context.Context, now time.Time, most int) (leased []news.PageLink, err error) {
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		leased = nil
		if err := reclaim(tx, milli(now)); err != nil {
			return err
		}
		rows, err := tx.Query(selectReady, milli(now), most)
		hosts, err := sqlite.All(rows, err, sqlite.Of[string])
		if err != nil {
			return err
		}
		for _, host := range hosts {
			rows, err := tx.Query(selectFirst, host)
			l, err := sqlite.One(rows, err, scanLink)
			if err != nil && !errors.Is(err, news.ErrNotFound) {
				return err
			}
			if err == nil {
				if _, err := tx.Exec(leaseLink, milli(now.Add(leaseFor)), l.N); err != nil {
					return err
				}
				l.Fence++
				leased = append(leased, l)
			}
			if _, err := tx.Exec(restHost, host); err != nil {
				return err
			}
		}
		return nil
	})
	return leased, err
}

// reclaim takes back the leases that ended before then.
func reclaim(tx *sqlite.Tx, before int64) error {
	rows, err := tx.Query(selectExpired, before)
	hosts, err := sqlite.All(rows, err, sqlite.Of[string])
	if err != nil || len(hosts) == 0 {
		return err
	}
	if _, err := tx.Exec(endLeases, before); err != nil {
		return err
	}
	for _, host := range hosts {
		if _, err := tx.Exec(readyHost, host); err != nil {
			return err
		}
	}
	return nil
}

// ReclaimLinks takes back all leases: those of a writer that is gone.
func (s *Feeds) ReclaimLinks(ctx context.Context) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error { return reclaim(tx, 1<<62) })
}

// Heartbeat extends the lease of a link that somebody is at.
func (s *Feeds) Heartbeat(ctx context.Context, l news.PageLink, now time.Time) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		n, err := tx.Change(extendLease, milli(now.Add(leaseFor)), l.N, l.Fence)
		if err == nil && n == 0 {
			err = fmt.Errorf("link %s: %w", l.URL, news.ErrLeaseEnded)
		}
		return err
	})
}

const updateLink = `
	UPDATE link SET state = ?, due = ?, lease = NULL, visits = ?, quiet = ?, tries = ?, status = ?, etag = ?, modified = ?, revision = ?,
		moved = ?, reason = ?, changed = ? WHERE n = ? AND fence = ? AND state = 'leased'`

// SaveVisit ends the lease of a link with what came of it.
func (s *Feeds) SaveVisit(ctx context.Context, v news.Visit) error {
	l := v.Link
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		n, err := tx.Change(updateLink, string(v.State), due(l.Due), l.Visits, l.Quiet, l.Tries, v.Status, l.ETag, l.LastModified, string(l.Revision),
			v.Moved, l.Reason, tx.Now(), l.N, l.Fence)
		if err == nil && n == 0 {
			err = fmt.Errorf("link %s: %w", l.URL, news.ErrLeaseEnded)
		}
		if err != nil {
			return err
		}
		if err := saveHost(tx, v.Host); err != nil {
			return err
		}
		rows, err := tx.Query(selectLinkHost, l.N)
		host, err := sqlite.One(rows, err, sqlite.Of[string])
		if err != nil {
			return err
		}
		_, err = tx.Exec(readyHost, host)
		return err
	})
}

// Hosts are those that owe a pause at a time, or failed, or asked for a delay.
func (s *Feeds) Hosts(ctx context.Context, now time.Time) ([]news.Host, error) {
	rows, err := s.db.Query(ctx, selectHosts, milli(now))
	return sqlite.All(rows, err, func(r sqlite.Row) (h news.Host, err error) {
		var until, delay, asked int64
		err = r.Scan(&h.Name, &until, &h.Reason, &delay, &asked, &h.Failures)
		h.NotBefore, h.CrawlDelay, h.Asked = instant(until), time.Duration(delay)*time.Millisecond, time.Duration(asked)*time.Millisecond
		return h, err
	})
}

// SaveHosts keeps what is known of hosts.
func (s *Feeds) SaveHosts(ctx context.Context, hosts []news.Host) error {
	if len(hosts) == 0 {
		return nil
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		for _, h := range hosts {
			if err := saveHost(tx, h); err != nil {
				return err
			}
		}
		return nil
	})
}

const selectLinkCounts = `SELECT state, count(*) FROM link GROUP BY state`

// LinkCounts is how many links there are in each state.
func (s *Feeds) LinkCounts(ctx context.Context) (map[news.LinkState]int, error) {
	type count struct {
		state news.LinkState
		n     int
	}
	rows, err := s.db.Query(ctx, selectLinkCounts)
	all, err := sqlite.All(rows, err, func(r sqlite.Row) (c count, err error) { return c, r.Scan(&c.state, &c.n) })
	counts := map[news.LinkState]int{}
	for _, c := range all {
		counts[c.state] = c.n
	}
	return counts, err
}

const selectUnfetched = `
	SELECT link.url, link.state, link.reason FROM link WHERE state IN ('refused', 'failed', 'gone') AND feed = (SELECT n FROM feed WHERE id = ?) ORDER BY link.n DESC LIMIT ?`

// A Left link is one that is not fetched, and why.
type Left struct {
	URL    string
	State  news.LinkState
	Reason string
}

// LeftLinks are links of a feed that are not fetched, the newest first.
func (s *Feeds) LeftLinks(ctx context.Context, id news.FeedID, most int) ([]Left, error) {
	rows, err := s.db.Query(ctx, selectUnfetched, string(id), most)
	return sqlite.All(rows, err, func(r sqlite.Row) (l Left, err error) { return l, r.Scan(&l.URL, &l.State, &l.Reason) })
}

const (
	selectLinkOf     = `SELECT n, host FROM link WHERE key = ?`
	refuseLink       = `UPDATE link SET state = 'refused', lease = NULL, fence = fence + 1, reason = ?, changed = ? WHERE n = ?`
	selectVersionsOf = `SELECT item, number FROM item_version WHERE item IN (SELECT n FROM item WHERE link = ?)`
	blankVersion     = `UPDATE item_version SET text = '', flags = '[]', hash = ? WHERE item = ? AND number = ?`
	blankItemsOf     = `UPDATE item SET title = '', retraction = '' WHERE link = ?`
	reasonOfRemoval  = "its page was removed: "
)

// Forget destroys what items said of a page that is removed, and has it fetched no more.
func Forget(tx *sqlite.Tx, address, reason string) error {
	type link struct {
		n    int64
		host string
	}
	rows, err := tx.Query(selectLinkOf, keyOf(address))
	links, err := sqlite.All(rows, err, func(r sqlite.Row) (l link, err error) { return l, r.Scan(&l.n, &l.host) })
	if err != nil {
		return err
	}
	for _, l := range links {
		if _, err := tx.Exec(refuseLink, reasonOfRemoval+reason, tx.Now(), l.n); err != nil {
			return err
		}
		if _, err := tx.Exec(readyHost, l.host); err != nil {
			return err
		}
		type version struct{ item, number int64 }
		rows, err := tx.Query(selectVersionsOf, l.n)
		versions, err := sqlite.All(rows, err, func(r sqlite.Row) (v version, err error) { return v, r.Scan(&v.item, &v.number) })
		if err != nil {
			return err
		}
		for _, v := range versions {
			if _, err := tx.Exec(blankVersion, sealVersion(v.item, v.number, ""), v.item, v.number); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(blankItemsOf, l.n); err != nil {
			return err
		}
	}
	return nil
}
