package store

import (
	"context"
	"errors"
	"time"

	"dateline/news"
)

// Dossier is a story with what the record held in it at a time, holds for the zero time.
func (s *Store) Dossier(ctx context.Context, id news.StoryID, asOf time.Time) (d news.Dossier, err error) {
	if d.Story, err = s.Story(ctx, id, asOf); err != nil {
		return d, err
	}
	var ids []news.ArticleID
	for _, v := range d.Story.Events {
		ids = append(ids, v.Articles...)
	}
	if d.Heads, err = s.Heads(ctx, ids); errors.Is(err, news.ErrDamaged) {
		d.Damaged = append(d.Damaged, err)
	} else if err != nil {
		return d, err
	}
	for e, err := range s.Entries(ctx, news.Filter{Story: d.Story.ID, AsOf: asOf}) {
		if err != nil {
			d.Damaged = append(d.Damaged, err)
			continue
		}
		d.Entries = append(d.Entries, e)
	}
	return d, ctx.Err()
}
