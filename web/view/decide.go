package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/news"
)

// Decide is the form by which a person corrects a reading, and what was decided before.
type Decide struct {
	Object   string
	Back     string // the page to return to
	Speaker  string
	Said     string
	Words    string // what was said, its parts parted by news.Gap
	IsRow    bool
	Gold     string // the address of the gold case; "" for a row
	Standing []Decided
}

// Parts are the words of a statement as a person corrects them.
func Parts(s news.Statement, t string) string {
	var parts []string
	for _, c := range s.Content {
		if c.Valid(t) {
			parts = append(parts, c.Of(t))
		}
	}
	return strings.Join(parts, news.Gap)
}

// Holding are the decisions that hold at a time, now for the zero time.
func Holding(all []news.Decision, asOf time.Time) []news.Decision {
	return slices.DeleteFunc(slices.Clone(all), func(d news.Decision) bool {
		if asOf.IsZero() {
			return !d.Undone.IsZero()
		}
		return d.Made.After(asOf) || !d.Undone.IsZero() && !d.Undone.After(asOf)
	})
}

// mostEvents is how many events a list offers.
const mostEvents = 60

// EventChoices are events to choose from, the newest first.
func EventChoices(events []news.Event) []Choice {
	events = slices.Clone(events)
	slices.SortStableFunc(events, func(a, b news.Event) int {
		x, _ := a.Date.Bounds()
		y, _ := b.Date.Bounds()
		return y.Compare(x)
	})
	var out []Choice
	for _, v := range events[:min(len(events), mostEvents)] {
		text := Clip(TitleOf(v), 80)
		if day := words(v.Date); day != "" {
			text += " (" + day + ")"
		}
		out = append(out, Choice{Value: string(v.ID), Text: text, N: len(v.Articles)})
	}
	return out
}

// TitleOf is what an event is called.
func TitleOf(v news.Event) string { return cmp.Or(v.Title, "An event without a title") }

// A Decided is a decision of a person.
type Decided struct {
	ID     string
	What   string
	On     string // the words or things it is about
	By     string
	Made   When
	Undone When
	Lost   bool
	Back   string
}

var decideWords = map[news.DecisionKind]string{
	news.FixSpeaker: "It was said by %s", news.FixSaid: "It was said %s", news.FixBoundary: "What was said is “%s”", news.RejectRow: "This is wrong", news.MergeIssues: "This issue is another one",
	news.RenameIssue: "The issue is called %s", news.MoveArticle: "The article belongs to another event", news.MergeEvents: "The two events are one", news.MergeStories: "The two stories are one",
	news.PinArticle: "The article stays in its event", news.WriteNote: "Note: %s",
}

// NewDecided are decisions, the newest first; names are those of articles, events and stories, by
// their ids, as far as they are known.
func NewDecided(all []news.Decision, names map[string]string, back string, now time.Time) []Decided {
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
		on := d.Anchor.Exact
		if name := names[d.Object]; name != "" && on == "" {
			if on = name; names[d.Other] != "" {
				on += " → " + names[d.Other]
			}
		}
		out = append(out, Decided{string(d.ID), w, on, d.By, NewInstant(d.Made, now), NewInstant(d.Undone, now), d.Lost, back})
	}
	return out
}
