// Package grammar finds the time expressions of a text and says what each is made of: "late last
// week" is the late part of the week before. What day that was it does not know: package when
// reckons it.
//
// It is a hand-written longest-match grammar over tokens: of the expressions that begin at a
// place the longest is taken, and reading goes on behind it. Rules look a bounded number of
// tokens ahead and expressions lie in one another to a bounded depth, so the time is linear in
// the text. The rule that made an expression is named in it.
package grammar

import (
	"dateline/annotate/when/phrase"
	"dateline/annotate/when/words"
)

// A Grammar reads one sequence of tokens.
type Grammar struct {
	phrase.Rules
	quiet Quiet
	depth int // of what lies in what: "the end of the last week of March of last year"
}

// deepest is how many expressions may lie in one another; it bounds the time a place can take.
const deepest = 4

// inner reads what may hold an expression, unless that lies too deep already.
func (g *Grammar) inner(i int, rules ...func(int) *phrase.Expression) *phrase.Expression {
	if g.depth >= deepest {
		return nil
	}
	g.depth++
	e := g.best(i, rules...)
	g.depth--
	return e
}

// Quiet names rules that are switched off, to measure what each is worth.
type Quiet map[string]bool

// New is a grammar over tokens.
func New(tokens []words.Token, quiet Quiet) *Grammar {
	return &Grammar{Rules: phrase.Rules{Text: words.Text{Tokens: tokens}}, quiet: quiet}
}

// Expressions are the time expressions of the tokens, in order; none overlaps another.
func (g *Grammar) Expressions() []*phrase.Expression {
	var out []*phrase.Expression
	for i := 0; i < len(g.Tokens); {
		if e := g.longest(i); e != nil {
			out = append(out, e)
			i = e.To
		} else {
			i++
		}
	}
	return out
}

// longest is the longest expression that begins at token i; of two equally long ones the
// earlier in the list wins.
func (g *Grammar) longest(i int) *phrase.Expression {
	t := &g.Tokens[i]
	if t.Kind != words.Number && t.Word.Is == 0 && t.Text != "'" {
		return nil
	}
	if i > 0 && t.Tight && t.Kind == words.Word && g.Tokens[i-1].Kind != words.Mark {
		return nil // the letters of "3G", "A380"
	}
	return g.best(i, g.clocked, g.pointed, g.edge, g.Event, g.anniversary, g.ago, g.Set, g.Duration, g.Ref)
}

func (g *Grammar) best(i int, rules ...func(int) *phrase.Expression) *phrase.Expression {
	var best *phrase.Expression
	for _, rule := range rules {
		if e := rule(i); e != nil && !g.quiet[e.Rule] && (best == nil || e.To > best.To) {
			best = e
		}
	}
	return best
}
