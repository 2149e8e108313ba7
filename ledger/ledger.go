// Package ledger keeps the record of what was said and reported when: rows made from
// statements by named rules, each pointing at the statements it stands on.
//
// Keep makes all rows of a story, from its articles and what people decided, in steps that build
// on one another; package book (inner) is the story as they all see it. A row depends on the
// story's articles and decisions alone: not on the order in which they came, and not on the clock,
// which only stamps it (Recorded). What the calendar does to a row, such as an undertaking that
// falls due, is for the view that knows its time.
package ledger

import (
	"time"

	"dateline/ledger/book"
	"dateline/news"
)

// Keep are the rows of a story, in a fixed order. recorded is the time of the reading.
func Keep(story news.Story, articles []news.Annotation, decisions []news.Decision, recorded time.Time) []news.Entry {
	b := book.Open(story, articles)
	var rows []news.Entry
	rows = append(rows, utterances(b)...)
	// Rows that need utterances: conflict.Find(b), commitment.Find(b).
	for i := range rows {
		rows[i].Story, rows[i].Recorded = story.ID, recorded
	}
	return rows
}

var (
	oneStatement = news.Reason{Rule: "one-statement", Detail: "one statement of one article; other accounts of the same act are not joined yet"}
	oneArticle   = news.Reason{Rule: "one-article", Detail: "read in one article"}
)

func utterances(b *book.Book) []news.Entry {
	var rows []news.Entry
	for t := range b.All() {
		if !t.Reported() {
			continue
		}
		u := &book.Utterance{Actor: t.Actor, Reports: []*book.Told{t}, Said: t.Statement.Said, Row: news.NewEntryID(string(news.Utterance), string(t.ID))}
		b.Said = append(b.Said, u)
		rows = append(rows, news.Entry{
			ID: u.Row, Kind: news.Utterance, Actor: t.Actor.Speaker, Text: t.Text, Said: u.Said, Venue: t.Venue,
			Statements: []news.StatementID{t.ID}, Quotes: []news.Quote{t.Quote(t.In.Article.Text)},
			Origins: news.Origins{Least: 1, Most: 1, Reasons: []news.Reason{oneArticle}},
			Rule:    oneStatement,
		})
	}
	return rows
}
