package ledger

import (
	"time"

	"dateline/ledger/account"
	"dateline/ledger/book"
	"dateline/ledger/brief"
	"dateline/ledger/commitment"
	"dateline/ledger/timeline"
	"dateline/news"
)

// A Line is a sentence of an article on a timeline.
type Line = timeline.Line

// A Sentence is a sentence of an article in a brief.
type Sentence = brief.Sentence

// TimelineKinds are the kinds of rows that a timeline asks, and TimelineCites the statements of a row that it asks
// for: other rows and statements may be left out.
var (
	TimelineKinds = timeline.Kinds
	TimelineCites = timeline.Cited
)

// BriefParts are the parts of a brief, in their order.
var BriefParts = brief.Parts

// A View is a story laid open to be shown. It is not safe for concurrent use.
type View struct {
	book      *book.Book
	sentences map[news.ArticleID][]*account.Sentence
}

// Open lays a story open to be shown. The articles may come in any order.
func Open(story news.Story, articles []news.Annotation) *View {
	return &View{book.Read(story, articles), map[news.ArticleID][]*account.Sentence{}}
}

// of are the sentences of an article, which are taken apart once.
func (v *View) of(a *book.Article) []*account.Sentence {
	all, known := v.sentences[a.Article.ID]
	if !known {
		all = account.Sentences(a)
		v.sentences[a.Article.ID] = all
	}
	return all
}

// Timeline is the dates that matter in the story, each with sentences of its articles; rows are the
// ledger's.
func (v *View) Timeline(rows []news.Entry) []Line { return timeline.Of(v.book, v.of, rows) }

// Brief is what one wants to know of the story on a day; rows are the ledger's, commitments among
// them as they stand that day (see AsOf). since is when the reader looked last, the zero time for
// some days before the latest report.
func (v *View) Brief(rows []news.Entry, since, today time.Time) []Sentence {
	return brief.Of(v.book, v.of, rows, since, today)
}

// AsOf is a row as the calendar makes it on a day: a commitment that is open is due while its time
// lasts, and overdue when that is over and nothing was told of it. Other rows stay as they are.
func AsOf(row news.Entry, today time.Time) news.Entry { return commitment.AsOf(row, today) }
