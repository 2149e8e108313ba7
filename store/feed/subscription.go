package feed

import (
	"context"
	"fmt"
	"time"

	"dateline/news"
	"dateline/store/sqlite"
)

const (
	upsertSubscription = `
		INSERT INTO subscription (feed, token, secret, hub, topic, state, until, changed) VALUES ((SELECT n FROM feed WHERE id = ?), ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (feed) DO UPDATE SET token = excluded.token, secret = excluded.secret, hub = excluded.hub, topic = excluded.topic,
			state = excluded.state, until = excluded.until, changed = excluded.changed`

	subscriptionColumns = `SELECT feed.id, token, secret, hub, topic, subscription.state, until FROM subscription JOIN feed ON feed.n = subscription.feed `
	selectSubscription  = subscriptionColumns + `WHERE token = ? AND feed.state = 'active'`

	// Feeds whose hub should be asked, because it never was, or the lease ends, or it is another hub.
	selectUnsubscribed = feedColumns + `
		WHERE state = 'active' AND json_extract(data, '$.Hub') <> '' AND NOT EXISTS (
			SELECT 1 FROM subscription WHERE subscription.feed = feed.n AND until > ? AND hub = json_extract(feed.data, '$.Hub'))
		ORDER BY n LIMIT ?`
)

// SaveSubscription keeps what stands with a feed's hub.
func (s *Feeds) SaveSubscription(ctx context.Context, u news.Subscription) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		_, err := tx.Exec(upsertSubscription, string(u.Feed), u.Token, u.Secret, u.Hub, u.Topic, string(u.State), milli(u.Until), tx.Now())
		return err
	})
}

// FindSubscription is the subscription whose callback has this token.
func (s *Feeds) FindSubscription(ctx context.Context, token string) (news.Subscription, error) {
	rows, err := s.db.Query(ctx, selectSubscription, token)
	u, err := sqlite.One(rows, err, func(r sqlite.Row) (u news.Subscription, err error) {
		var until int64
		err = r.Scan(&u.Feed, &u.Token, &u.Secret, &u.Hub, &u.Topic, &u.State, &until)
		u.Until = instant(until)
		return u, err
	})
	if err != nil {
		err = fmt.Errorf("subscription: %w", err)
	}
	return u, err
}

// Unsubscribed are up to most feeds whose hub should be asked, for their leases end before then.
func (s *Feeds) Unsubscribed(ctx context.Context, before time.Time, most int) ([]news.Feed, error) {
	rows, err := s.db.Query(ctx, selectUnsubscribed, milli(before), most)
	return plain(sqlite.All(rows, err, scanFeed))
}
