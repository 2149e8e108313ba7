package score

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"dateline/eval"
	"dateline/news"
	"dateline/pipeline"
	"dateline/search"
	"dateline/store"
)

// An archive is a data folder for the time of a score.
type archive struct {
	store *store.Store
	dir   string
}

// newArchive is an empty record, as package eval fills and asks it.
func newArchive(ctx context.Context) (eval.Archive, error) {
	dir, err := os.MkdirTemp("", "dateline-eval-")
	if err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &archive{s, dir}, nil
}

func (a *archive) Read(ctx context.Context, pages []news.Page) error {
	for _, page := range pages {
		if _, err := a.store.AddPage(ctx, page); err != nil {
			return fmt.Errorf("add %s: %w", page.Name, err)
		}
	}
	reader, err := pipeline.NewReader(pipeline.Limits{})
	if err != nil {
		return err
	}
	return pipeline.NewHouse(a.store, reader, time.Now).Settle(ctx)
}

func (a *archive) Keep(ctx context.Context, pages []news.Page, readings []news.Reading) error {
	var all []store.Complete
	for i := range pages {
		all = append(all, store.Complete{Page: pages[i], Reading: readings[i]})
	}
	return a.store.AddComplete(ctx, all)
}

func (a *archive) Search(ctx context.Context, query string, limit int) ([]string, error) {
	found, err := a.store.Search(ctx, query, search.Page{Limit: limit})
	var pages []string
	for _, h := range found.Hits {
		pages = append(pages, h.Ref.Page)
	}
	return pages, err
}

func (a *archive) Check(ctx context.Context, quote, speaker string) (verdict, who string, err error) {
	v, err := a.store.Check(ctx, quote, speaker)
	return string(v.Kind), v.Speaker.Name, err
}

func (a *archive) Close() error { return errors.Join(a.store.Close(), os.RemoveAll(a.dir)) }
