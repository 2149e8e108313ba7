package phrase

import (
	"dateline/annotate/when/words"
)

// Event reads a time told by a happening: "after the call", "during his visit", "at the summit".
// It takes the word of time, an article or the like, at most three words, and the happening.
func (g *Rules) Event(i int) *Expression {
	if !g.Has(i, words.IsAnchor) || g.Is(i, "in") {
		return nil
	}
	if g.Is(i, "on") {
		// "on the call", not "on the election"
		if g.Is(i+1, "the", "their", "his", "her") && g.Is(i+2, "call", "trip", "visit") {
			return &Expression{Form: Event, Rule: "event", From: i, To: i + 3, Word: g.At(i + 2).Text, Value: "on"}
		}
		return nil
	}
	if g.Is(i, "after", "before", "since") && g.Is(i+1, "meeting") && (g.Is(i+2, "with") || g.At(i+2).Cap && !g.At(i+2).Break) {
		return &Expression{Form: Event, Rule: "event", From: i, To: i + 2, Word: "meeting", Value: g.At(i).Text}
	}
	k := i + 1
	if g.Is(i, "ahead") {
		if !g.Is(k, "of") {
			return nil
		}
		k++
	} else if g.Is(i, "prior") {
		if !g.Is(k, "to") {
			return nil
		}
		k++
	}
	if !g.Near(k) {
		return nil
	}
	word := g.At(i).Text
	switch {
	case g.Is(k, "a", "an") && g.Is(i, "at", "during", "throughout"):
		return nil // where somebody spoke, not when
	case g.Has(k, words.IsDeterminer), g.Is(k, "this", "that", "last", "next"):
		k++
	case g.Is(k, "talks", "negotiations", "elections", "meetings", "discussions"):
	default:
		return nil
	}
	for n := 0; n < 4; n++ {
		t := g.At(k + n)
		if t.Kind == words.Mark && t.Text != "-" && t.Text != "'" || t.Break || k+n >= len(g.Tokens) {
			return nil
		}
		if t.Word.Is&words.IsEvent != 0 && !(g.Has(k+n+1, words.IsEvent) && g.Near(k+n+1)) {
			if t.Cap && g.At(k+n+1).Cap && !g.At(k+n+1).Break && g.At(k+n+1).Kind == words.Word {
				continue
			}
			return &Expression{Form: Event, Rule: "event", From: i, To: k + n + 1, Word: t.Text, Value: word}
		}
		if t.Word.Is&(words.IsWeekday|words.IsMonth|words.IsDeictic|words.IsUnit|words.IsWay|words.IsSet|words.IsPart|words.IsHoliday) != 0 || t.Kind == words.Number || words.Small[t.Text] {
			return nil
		}
	}
	return nil
}
