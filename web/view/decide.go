package view

import (
	"fmt"
	"slices"
	"time"

	"dateline/news"
)

// Decide is the form by which a person corrects a reading, and what was decided before.
type Decide struct {
	Object   string
	Back     string // the page to return to
	Speaker  string
	Said     string
	IsRow    bool
	Gold     string // the address of the gold case; "" for a row
	Standing []Decided
}

// A Decided is a decision of a person.
type Decided struct {
	ID     string
	What   string
	On     string // the words it is about
	By     string
	Made   When
	Undone When
	Lost   bool
	Back   string
}

var decideWords = map[news.DecisionKind]string{
	news.FixSpeaker: "It was said by %s", news.FixSaid: "It was said %s", news.FixBoundary: "What was said is: %s", news.RejectRow: "This is wrong", news.MergeIssues: "This issue is another one",
	news.RenameIssue: "The issue is called %s", news.MoveArticle: "The article belongs to another event", news.MergeEvents: "The two events are one", news.MergeStories: "The two stories are one",
	news.PinArticle: "The article stays in its event", news.WriteNote: "Note: %s",
}

// NewDecided are decisions, the newest first.
func NewDecided(all []news.Decision, back string, now time.Time) []Decided {
	var out []Decided
	for _, d := range slices.Backward(all) {
		w := decideWords[d.Kind]
		switch d.Kind {
		case news.FixSpeaker, news.FixSaid, news.FixBoundary, news.RenameIssue, news.WriteNote:
			value := d.Value
			if i, err := news.ParseInterval(value); d.Kind == news.FixSaid && err == nil {
				value = words(i)
			}
			w = fmt.Sprintf(w, value)
		}
		out = append(out, Decided{string(d.ID), w, d.Anchor.Exact, d.By, NewInstant(d.Made, now), NewInstant(d.Undone, now), d.Lost, back})
	}
	return out
}
