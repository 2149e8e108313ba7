package store

import (
	"context"

	"dateline/news"
	"dateline/store/folder"
	"dateline/store/invent"
	"dateline/store/page"
	"dateline/store/queue"
	"dateline/store/reading"
	"dateline/store/sqlite"
	"dateline/store/story"
)

// A Complete is a page with all that was made of it.
type Complete struct {
	Page      news.Page
	Reading   news.Reading
	Placement *news.Placement // nil where it is still to be placed
}

// AddComplete stores pages that come with their readings, all or none of them, in one
// transaction: an archive that was read elsewhere, or one that was invented. Some 500 at a
// time are best.
func (s *Store) AddComplete(ctx context.Context, all []Complete) error {
	bodies := make([][]byte, len(all))
	packed := make([]*reading.Packed, len(all))
	for i, c := range all {
		bodies[i] = c.Page.Body
		var err error
		if packed[i], err = reading.Pack(c.Reading); err != nil {
			return err
		}
	}
	if err := s.blobs.Put(bodies...); err != nil {
		return folder.Explain(s.dir, err)
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		for i, c := range all {
			added := news.Added{Page: c.Page.ID(), Revision: c.Page.Revision()}
			if err := page.AddRevision(tx, c.Page, &added); err != nil {
				return err
			}
			if err := packed[i].Save(tx); err != nil {
				return err
			}
			if err := queue.Settle(tx, news.ReadStep, added.Revision); err != nil {
				return err
			}
			if c.Placement == nil {
				continue
			}
			if err := story.Save(tx, added.Revision, *c.Placement); err != nil {
				return err
			}
			if err := queue.Settle(tx, news.PlaceStep, added.Revision); err != nil {
				return err
			}
		}
		return nil
	})
}

// Invent fills the store with an invented archive (package invent) of so many articles of about
// so many words, and reports how many are stored as it goes.
func (s *Store) Invent(ctx context.Context, seed uint64, articles, words int, progress func(stored int)) error {
	const batch = 500
	var all []Complete
	stored := 0
	for item := range invent.Archive(seed, articles, words) {
		all = append(all, Complete{item.Page, item.Reading, &item.Placement})
		if len(all) < batch && stored+len(all) < articles {
			continue
		}
		if err := s.AddComplete(ctx, all); err != nil {
			return err
		}
		stored += len(all)
		all = all[:0]
		if progress != nil {
			progress(stored)
		}
	}
	return nil
}
