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

// NewLine is what a passage tells of a day; t is the text of its article, head what lists say of that,
// most how many origins it may go back to.
func NewLine(when news.Interval, p news.Passage, t string, head news.Head, most int, why news.Reason) Line {
	return Line{
		Date: when, Page: head.Ref.Page, Article: head.Ref.Article, Range: p.Span, Text: p.Span.Of(t), Outlet: OrNull(head.Outlet),
		Origins: Origins{Least: 1, Most: most, Reasons: []string{"articles that tell of the day and are no copies"}}, Rule: why.String(), ID: p.Article,
	}
}

// NewSentence is a passage as a part of a brief; row is what chose it, "" where its place did.
func NewSentence(part string, published news.Interval, p news.Passage, t string, head news.Head, row news.EntryID, why news.Reason) Sentence {
	s := Sentence{Part: part, Page: head.Ref.Page, Article: head.Ref.Article, Range: p.Span, Text: p.Span.Of(t), Outlet: OrNull(head.Outlet), Rule: why.String(), ID: p.Article}
	if !published.IsZero() {
		s.Published = &published
	}
	if row != "" {
		s.Row = &row
	}
	return s
}

// An Appointment is an entry of an agenda.
type Appointment struct {
	ID       news.EntryID
	What, By string
	Due      news.Interval
	Why      string
	Status   news.Status
	Recorded time.Time
}
