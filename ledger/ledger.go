// Package ledger keeps the record of what was said and reported when: rows made from
// statements by named rules, each pointing at the statements it stands on.
//
// A story is made into rows in steps that build on one another; package book (inner) is the story
// as they all see it. Keep does it whole. A Keeper does the same for a story that grows: it keeps
// what it made and makes anew only what an article touches, and the rows are the same.
//
// A row depends on the story's articles and on what people decided, alone: not on the order in
// which they came, and not on the clock, which only stamps it (Recorded). What the calendar does to
// a row, such as an undertaking that falls due, is for the view that knows its time.
package ledger

import (
	"time"

	"dateline/news"
)

// Keep are the rows of a story, in a fixed order. recorded is the time of the reading.
func Keep(story news.Story, articles []news.Annotation, decisions []news.Decision, recorded time.Time) []news.Entry {
	k := NewKeeper(story.ID, decisions)
	k.Update(story, articles)
	rows, _ := k.Settle()
	for i := range rows {
		rows[i].Recorded = recorded
	}
	return rows
}
