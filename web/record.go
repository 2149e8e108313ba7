package web

import (
	"context"
	"iter"
	"time"

	"dateline/news"
)

// Record is what the pages ask of the record. Times that are zero mean now.
type Record interface {
	Stories(ctx context.Context, asOf time.Time) iter.Seq2[news.Story, error]
	Dossier(ctx context.Context, id news.StoryID, asOf time.Time) (news.Dossier, error)
}
