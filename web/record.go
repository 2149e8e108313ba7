package web

import (
	"context"
	"time"

	"dateline/news"
	"dateline/web/view"
)

// Record is what the pages ask of the record. Times that are zero mean now.
type Record interface {
	// Recent are the stories that changed last, after the first skip of them.
	Recent(ctx context.Context, asOf time.Time, skip, most int) ([]news.StoryID, error)
	Dossier(ctx context.Context, id news.StoryID, asOf time.Time) (news.Dossier, error)
	Story(ctx context.Context, id news.StoryID, asOf time.Time) (news.Story, error)
	Article(ctx context.Context, id news.ArticleID) (news.Annotation, error)
	Heads(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Head, error)
	EventOf(ctx context.Context, id news.ArticleID) (news.EventID, news.StoryID, error)
	Entry(ctx context.Context, id news.EntryID) (news.Entry, error)
	RevisionsOf(ctx context.Context, id news.PageID) ([]news.Revision, error)
	Reading(ctx context.Context, id news.RevisionID) (news.Reading, error)
	Page(ctx context.Context, id news.RevisionID) (news.Page, error)

	// Evidence is what a row, a statement or an article stands on. The row is nil where id is
	// not that of a row.
	Evidence(ctx context.Context, id string) (*news.Entry, []view.Evidence, error)
}
