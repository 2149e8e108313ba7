package export

import (
	"time"

	"dateline/news"
	"dateline/text"
)

type (
	// A Line is a row of "dateline timeline": a sentence of an article, byte for byte.
	Line struct {
		Date    news.Interval  `json:"date"`
		Page    string         `json:"page"`
		Article int            `json:"article"`
		Range   text.Span      `json:"range"`
		Text    string         `json:"text"`
		Outlet  *string        `json:"outlet"`
		Origins Origins        `json:"origins"`
		Rule    string         `json:"rule"`
		ID      news.ArticleID `json:"id"` // of the article, for "dateline why"
	}
	// A Sentence is a row of "dateline brief".
	Sentence struct {
		Part      string         `json:"part"`
		Published *news.Interval `json:"published"`
		Page      string         `json:"page"`
		Article   int            `json:"article"`
		Range     text.Span      `json:"range"`
		Text      string         `json:"text"`
		Outlet    *string        `json:"outlet"`
		Row       *news.EntryID  `json:"row"` // that chose it
		Rule      string         `json:"rule"`
		ID        news.ArticleID `json:"id"`
	}
)

// An Appointment is an entry of an agenda.
type Appointment struct {
	ID       news.EntryID
	What, By string
	Due      news.Interval
	Why      string
	Status   news.Status
	Recorded time.Time
}
