package ledger

import (
	"time"

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

// BriefParts are the parts of a brief, in their order.
var BriefParts = brief.Parts

// Timeline is the dates that matter in a story, each with sentences of its articles; rows are the
// ledger's.
func Timeline(story news.Story, articles []news.Annotation, rows []news.Entry) []Line {
	return timeline.Of(book.Open(story, articles), rows)
}

// Brief is what one wants to know of a story on a day; rows are the ledger's, commitments among
// them as they stand that day (see AsOf). since is when the reader looked last, the zero time for
// some days before the latest report.
func Brief(story news.Story, articles []news.Annotation, rows []news.Entry, since, today time.Time) []Sentence {
	return brief.Of(book.Open(story, articles), rows, since, today)
}

// AsOf is a row as the calendar makes it on a day: a commitment that is open is due while its time
// lasts, and overdue when that is over and nothing was told of it. Other rows stay as they are.
func AsOf(row news.Entry, today time.Time) news.Entry { return commitment.AsOf(row, today) }
