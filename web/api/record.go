package api

import (
	"context"
	"time"

	"dateline/news"
)

// Record is what the API asks of the record. Times that are zero mean now; lists start after a row's
// number and answer the number to go on from, 0 where there are no more; what is damaged is an
// error beside the rest.
type Record interface {
	Asked

	StoriesAfter(ctx context.Context, asOf time.Time, after int64, limit int) ([]news.Story, int64, error)
	Alike(ctx context.Context, id news.StoryID, asOf time.Time) (news.Neighbourhood, error)
	Story(ctx context.Context, id news.StoryID, asOf time.Time) (news.Story, error)
	Dossier(ctx context.Context, id news.StoryID, asOf time.Time) (news.Dossier, error)
	ArticlesAfter(ctx context.Context, asOf time.Time, after int64, limit int) ([]news.Head, int64, error)
	Heads(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Head, error)
	Article(ctx context.Context, id news.ArticleID) (news.Annotation, error)
	// Annotations are articles in the order of their ids; those that cannot be shown are errors beside
	// them.
	Annotations(ctx context.Context, ids []news.ArticleID) ([]news.Annotation, []error, error)
	Statement(ctx context.Context, id news.StatementID) (news.Statement, news.Annotation, error)
	EventOf(ctx context.Context, id news.ArticleID) (news.EventID, news.StoryID, error)
	EntriesAfter(ctx context.Context, f news.Filter, after int64, limit int) ([]news.Entry, int64, error)
	Entry(ctx context.Context, id news.EntryID) (news.Entry, error)
	EntitiesAfter(ctx context.Context, asOf time.Time, after int64, limit int) ([]news.Entity, int64, error)
	Entity(ctx context.Context, id news.EntityID, asOf time.Time) (news.Entity, error)
	Outlets(ctx context.Context, asOf time.Time, limit int) ([]news.OutletCount, error)
	Why(ctx context.Context, id string) (news.Trace, error)
	RevisionsOf(ctx context.Context, page news.PageID) ([]news.Revision, error)
	Body(ctx context.Context, id news.RevisionID) ([]byte, error)
	Changes(ctx context.Context, after int64, limit int) ([]news.Changed, error)
	NewestChange(ctx context.Context) (int64, error)
	Counts(ctx context.Context) (news.Counts, error)

	AddPages(ctx context.Context, pages []news.Page) ([]news.Added, error)
	Remove(ctx context.Context, id news.PageID, reason string) error

	Answered(ctx context.Context, principal, key string, now time.Time) (request [32]byte, status int, body []byte, err error)
	SaveAnswer(ctx context.Context, principal, key string, request [32]byte, status int, body []byte) error
}
