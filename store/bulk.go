package store

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"sync"
	"time"

	"dateline/news"
	"dateline/store/blob"
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
	Placement *news.Placement // nil where it is placed with a later one, or is still to be
}

// AddComplete stores pages that come with their readings, all or none of them, in one
// transaction: an archive that was read elsewhere, or one that was invented. Some 500 at a
// time are best.
func (s *Store) AddComplete(ctx context.Context, all []Complete) error {
	b, err := s.prepare(all)
	if err != nil {
		return err
	}
	return s.save(ctx, b)
}

// A batch is packed, and its bodies are on the disk.
type batch struct {
	pages    []news.Page
	bodies   []blob.Packed
	readings []*reading.Packed
	placed   []*story.Packed // nil where there is no placement
}

func (s *Store) prepare(all []Complete) (batch, error) {
	n := len(all)
	b := batch{make([]news.Page, n), make([]blob.Packed, n), make([]*reading.Packed, n), make([]*story.Packed, n)}
	var group sync.WaitGroup
	errs := make([]error, runtime.GOMAXPROCS(0))
	for w := range errs {
		group.Go(func() {
			for i := w; i < n && errs[w] == nil; i += len(errs) {
				errs[w] = b.pack(i, all[i], s.blobs)
			}
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		return b, err
	}
	if err := s.blobs.Put(b.bodies...); err != nil {
		return b, folder.Explain(s.dir, err)
	}
	return b, nil
}

// pack packs one of a batch. What was packed is not kept beside: a batch is much of the memory.
func (b *batch) pack(i int, c Complete, blobs *blob.Blobs) (err error) {
	b.pages[i], b.bodies[i] = c.Page, blobs.Pack(c.Page.Body)
	if b.readings[i], err = reading.Pack(c.Reading); err == nil && c.Placement != nil {
		b.placed[i], err = story.Pack(*c.Placement)
	}
	return err
}

func (s *Store) save(ctx context.Context, b batch) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		for i, p := range b.pages {
			added := news.Added{Page: p.ID(), Revision: p.Revision()}
			if err := page.AddRevision(tx, p, b.bodies[i], &added); err != nil {
				return err
			}
			if err := b.readings[i].Save(tx); err != nil {
				return err
			}
			if err := queue.Settle(tx, news.ReadStep, added.Revision); err != nil {
				return err
			}
			if b.placed[i] == nil {
				continue
			}
			if err := b.placed[i].Save(tx, added.Revision); err != nil {
				return err
			}
			for _, y := range b.placed[i].Stories {
				for _, v := range y.Events {
					for _, a := range v.Articles {
						if err := queue.SettlePlaced(tx, a); err != nil {
							return err
						}
					}
				}
			}
		}
		return nil
	})
}

// Invent fills the store with an invented archive (package invent) of so many articles of about
// so many words, and reports how many are stored as it goes. The next batch is made while one
// is saved.
func (s *Store) Invent(ctx context.Context, seed uint64, articles, words int, progress func(stored int)) error {
	return s.addInvented(ctx, invent.Archive(seed, articles, words), articles, progress)
}

// InventStory fills the store with one invented story of so many articles.
func (s *Store) InventStory(ctx context.Context, seed uint64, articles, words int, progress func(stored int)) error {
	return s.addInvented(ctx, invent.Story(seed, articles, words), articles, progress)
}

func (s *Store) addInvented(ctx context.Context, items iter.Seq[invent.Item], articles int, progress func(stored int)) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	batches := make(chan batch)
	var maker sync.WaitGroup
	defer maker.Wait()
	maker.Go(func() {
		defer close(batches)
		const most, mostBytes = 500, 256 << 10 // of text: three batches are in memory
		var all []Complete
		made, bytes := 0, 0
		for item := range items {
			all = append(all, Complete(item))
			bytes += len(item.Page.Body)
			if made++; len(all) < most && bytes < mostBytes && made < articles {
				continue
			}
			bytes = 0
			b, err := s.prepare(all)
			if err != nil {
				cancel(err)
				return
			}
			select {
			case batches <- b:
			case <-ctx.Done():
				return
			}
			clear(all)
			all = all[:0]
		}
	})
	stored := 0
	for b := range batches {
		if err := s.save(ctx, b); err != nil {
			cancel(err)
			return err
		}
		stored += len(b.pages)
		if progress != nil {
			progress(stored)
		}
	}
	return context.Cause(ctx)
}

// InventSteadily adds so many invented articles a second, each in a transaction of its own, until
// the context ends, and returns how many: for measuring what else goes on meanwhile.
func (s *Store) InventSteadily(ctx context.Context, seed uint64, perSecond int) (stored int, err error) {
	tick := time.NewTicker(time.Second / time.Duration(perSecond))
	defer tick.Stop()
	const words, many = 300, 1 << 20
	for item := range invent.Archive(seed, many, words) {
		select {
		case <-ctx.Done():
			return stored, nil
		case <-tick.C:
		}
		if err := s.AddComplete(context.WithoutCancel(ctx), []Complete{Complete(item)}); err != nil {
			return stored, err
		}
		stored++
	}
	return stored, nil
}
