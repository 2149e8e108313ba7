package web

import (
	"context"
	"iter"
	"time"

	"dateline/news"
	"dateline/search"
	"dateline/web/view"
)

// Intake takes pages in: it stores them for good, and has them read and placed.
type Intake interface {
	// Add stores a page. Refusing it is an error that says why.
	Add(ctx context.Context, p news.Page) (news.Added, error)
	// Settled waits until the revision is read and placed, or the context ends, and reports
	// how far that has come.
	Settled(ctx context.Context, id news.RevisionID) (view.Taken, error)
}

// Fetcher gets a page that a person asks for.
type Fetcher interface {
	Fetch(ctx context.Context, address string) (news.Page, error)
}

// Sources are the feeds that are collected from.
type Sources interface {
	AllFeeds(ctx context.Context) ([]news.Feed, error)
	// Follow adds the feed at an address, or the one that a page points to.
	Follow(ctx context.Context, address, outlet string) error
	RemoveFeed(ctx context.Context, id news.FeedID) error
}

// Desk takes what people decide about the record. What cannot be is Refused.
type Desk interface {
	Decide(ctx context.Context, d news.Decision) (news.Decision, error)
	Undo(ctx context.Context, id news.DecisionID) error
	// Decisions are those about a thing, all for "", in the order in which they were made.
	Decisions(ctx context.Context, object string, undone bool) iter.Seq2[news.Decision, error]
}

// Checker tells whether somebody said what is ascribed to them.
type Checker interface {
	Check(ctx context.Context, quote, speaker string) (search.Verdict, error)
}

// Record is what the pages ask of the record. Times that are zero mean now.
type Record interface {
	// Recent are the stories that changed last, after the first skip of them.
	Recent(ctx context.Context, asOf time.Time, skip, most int) ([]news.StoryID, error)
	// NewestChange is the number of the last thing that happened to the record.
	NewestChange(ctx context.Context) (int64, error)
	Dossier(ctx context.Context, id news.StoryID, asOf time.Time) (news.Dossier, error)
	// Alike is a story among those that share some of its traits.
	Alike(ctx context.Context, id news.StoryID, asOf time.Time) (news.Neighbourhood, error)
	Story(ctx context.Context, id news.StoryID, asOf time.Time) (news.Story, error)
	Article(ctx context.Context, id news.ArticleID) (news.Annotation, error)
	// Annotations are articles in the order of their ids; those that cannot be shown are errors beside
	// them.
	Annotations(ctx context.Context, ids []news.ArticleID) ([]news.Annotation, []error, error)
	Statement(ctx context.Context, id news.StatementID) (news.Statement, news.Annotation, error)
	Heads(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Head, error)
	CorrectionsOf(ctx context.Context, id news.ArticleID) ([]news.Correction, error)
	EventOf(ctx context.Context, id news.ArticleID) (news.EventID, news.StoryID, error)
	Entry(ctx context.Context, id news.EntryID) (news.Entry, error)
	RevisionsOf(ctx context.Context, id news.PageID) ([]news.Revision, error)
	Reading(ctx context.Context, id news.RevisionID) (news.Reading, error)
	Page(ctx context.Context, id news.RevisionID) (news.Page, error)

	// Who says whom the entities of some articles are in the record, by their ids in the articles.
	Who(ctx context.Context, articles []news.ArticleID, asOf time.Time) (map[news.EntityID]news.Entity, error)
	Entity(ctx context.Context, id news.EntityID, asOf time.Time) (news.Entity, error)
	// NamedIn are the newest articles that name an entity.
	NamedIn(ctx context.Context, id news.EntityID, asOf time.Time, most int) ([]news.ArticleID, error)
	// EntriesOf are the newest rows of an actor, by id or, where that is "", by name.
	EntriesOf(ctx context.Context, actor news.EntityID, name string, asOf time.Time, most int) ([]news.Entry, error)
	ArticlesOf(ctx context.Context, outlet string, asOf time.Time, most int) ([]news.Head, error)
	Status(ctx context.Context) (view.Status, error)

	Search(ctx context.Context, asked string, page search.Page) (search.Results, error)
	Why(ctx context.Context, id string) (news.Trace, error)
}
