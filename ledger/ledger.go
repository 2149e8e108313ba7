// Package ledger keeps the record of what was said and reported when: rows made from
// statements by named rules, each pointing at the statements it stands on.
//
// For now it makes utterances, one for each statement that reports an act of saying by someone
// the article tells us. Accounts of the same act in several articles are not joined yet, and
// positions, changes, conflicts and commitments are not drawn from them: every row's rule says
// what it is made of, and its origins are the one article it was read in.
package ledger

import (
	"time"

	"dateline/news"
)

var (
	oneStatement = news.Reason{Rule: "one-statement", Detail: "one statement of one article; other accounts of the same act are not joined yet"}
	oneArticle   = news.Reason{Rule: "one-article", Detail: "read in one article"}
)

// saying are the acts in which words are put out. A thought, a stance or a poll is no
// occasion on which somebody said something.
var saying = map[news.Act]bool{news.Speech: true, news.Writing: true, news.Written: true, news.Question: true}

// Record are the rows that an article's statements give, in the order of the article.
// recorded is the time of the reading.
func Record(a news.Annotation, story news.StoryID, recorded time.Time) []news.Entry {
	var rows []news.Entry
	for _, s := range a.Statements {
		if !saying[s.Act] || s.Speaker.Name == "" {
			continue
		}
		rows = append(rows, news.Entry{
			ID:         news.NewEntryID(string(news.Utterance), string(s.ID)),
			Kind:       news.Utterance,
			Story:      story,
			Actor:      s.Speaker,
			Text:       s.Words(a.Article.Text),
			Said:       s.Said,
			Venue:      s.Venue,
			Statements: []news.StatementID{s.ID},
			Quotes:     []news.Quote{s.Quote(a.Article.Text)},
			Origins:    news.Origins{Least: 1, Most: 1, Reasons: []news.Reason{oneArticle}},
			Rule:       oneStatement,
			Recorded:   recorded,
		})
	}
	return rows
}
