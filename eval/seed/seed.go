// Package seed scores the seed pages: real pages, flattened to text by a crawler, with gold made
// by hand: where their articles lie and what each byte is, where sentences begin, who said what,
// which time is meant, who is named.
//
// Of the gold a part is kept from development; what is scored here is the visible part.
package seed

import (
	"context"
	"io/fs"
	"time"

	"dateline/news"
)

// A Job is what scoring the seeds takes: where the pages and their gold lie, the stages, whom
// to tell of progress and of what went wrong.
type Job struct {
	Beside    fs.FS
	Articles  func(news.Page) ([]news.Article, error)
	Annotated func(ctx context.Context, name, t string, fetched time.Time) ([]news.Annotation, error)
	Times     func(t, published string) ([]news.TimeExpression, error)
	Step      func()
	Miss      func(string)
}
