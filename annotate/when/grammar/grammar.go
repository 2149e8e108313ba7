// Package grammar finds time expressions in tokens and says what each is made of: "late last
// week" is the late part of the week before. What day that was it does not know: package when
// reckons it.
//
// It is a hand-written longest-match grammar over tokens. Each rule is a method that, given a
// place, returns the expression that begins there or nil; rules look a bounded number of tokens
// ahead, so the time is linear in the text. The rule that made an expression is named in it.
package grammar

import "dateline/annotate/when/calendar"

// A Way is how a unit or a name is pointed at: "last", "next", "the same".
type Way uint8

// The ways, each with the words that say it.
const (
	NoWay     Way = iota
	Last          // last week
	Past          // the past week
	Previous      // the previous week, the preceding day
	Next          // next week
	Coming        // the coming week
	Following     // the following day, the next day
	This          // this week, the current quarter
	That          // that week
	Same          // the same day
	Latest        // the latest quarter
	Bare          // the week
	Every         // every week
)

// The parts of a day.
const (
	NoPart = iota
	Morning
	Midday
	Afternoon
	Evening
	Night
)

// Values of the expressions that tell no calendar time (TIMEX3).
const (
	PastRef   = "PAST_REF"
	Present   = "PRESENT_REF"
	FutureRef = "FUTURE_REF"
)

// A Form is the shape of an expression.
type Form uint8

// The forms. The comment names the fields of Expression that carry meaning beside Way and In.
const (
	NoForm   Form = iota
	Calendar      // Year, Month, Day, as far as they are known, and Weekday: "Tuesday, March 5", "2012", "May"
	Weekday       // Weekday: "Friday", "last Friday", "Friday of next week"
	Deictic       // N days from the day of publication: "yesterday"
	Unit          // Unit: "last week", "the year", "that day"
	Span          // N Units as a stretch: "the past two years"
	Ago           // N Units away: "two years ago", "three days later"; Way is Last, Previous, Following or Next
	Ordinal       // the Nth Unit of In: "the third quarter", "the last week of March"
	Season        // Nth season: "summer of 2012"
	Holiday       // Holiday: "Christmas"
	Decade        // Year, with Month as 1 where the century is not told: "the 1980s", "the sixties"
	Century       // Nth century: "the 20th century"
	Part          // Part of the day In: "Friday morning", "this evening"
	Clock         // Clock on the day In: "5 p.m. EST, Nov. 6"
	Edge          // some of In: "late March", "the end of last year"
	Duration      // N Units: "three weeks"
	Set           // every N Units, or Value: "every week", "annual"
	Ref           // Value: "recently"
	Period        // the period compared with: "the same period last year", "the year-earlier quarter"
	Interval      // from In to To: "May 3-5"
	Event         // dated by a happening: "after the call"; Word is the happening
	Fixed         // a day known by its name: "9/11"
)

// An Expression is a time expression as it is written, not yet reckoned.
type Expression struct {
	Form Form
	Rule string // the rule that found it
	Way  Way

	From, To int // its tokens, [From, To)

	Year, Month, Day int
	Weekday          int
	N                float64 // negative where the number is not told
	Nth              int     // -1 is the last
	Unit             calendar.Unit
	Part             int
	Time             Time
	Holiday          calendar.Holiday
	Value            string
	Word             string

	Plural   bool        // the unit stands in the plural: "weeks"
	TwoDigit bool        // Year was written with two digits
	Swap     bool        // "7/8/07": month and day may be meant the other way round
	Clocked  bool        // a time of day is told with it
	In       *Expression // what holds it: the year of a quarter, the day of a clock time
	End      *Expression // the other end of an Interval
}

// A Time is a time of day.
type Time struct {
	Hour, Minute, Second int // Second is -1 where it is not told
	Zone                 string
	Offset               int // minutes from UTC, where Fixed
	Fixed                bool
}

// A Grammar reads one sequence of tokens.
type Grammar struct {
	Tokens []Token
	quiet  Quiet
	depth  int // of what lies in what: "the end of the last week of March of last year"
}

// deepest is how many expressions may lie in one another; it bounds the time a place can take.
const deepest = 4

// inner reads what may hold an expression, unless that lies too deep already.
func (g *Grammar) inner(i int, rules ...func(int) *Expression) *Expression {
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
func New(tokens []Token, quiet Quiet) *Grammar { return &Grammar{Tokens: tokens, quiet: quiet} }

// Expressions are the time expressions of the tokens, in order; none overlaps another.
func (g *Grammar) Expressions() []*Expression {
	var out []*Expression
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
func (g *Grammar) longest(i int) *Expression {
	t := &g.Tokens[i]
	if t.Kind != Number && t.word.is == 0 && t.Text != "'" {
		return nil
	}
	if i > 0 && t.Tight && t.Kind == Word && g.Tokens[i-1].Kind != Mark {
		return nil // the letters of "3G", "A380"
	}
	return g.best(i, g.clocked, g.pointed, g.edge, g.event, g.ago, g.set, g.duration, g.ref)
}

func (g *Grammar) best(i int, rules ...func(int) *Expression) *Expression {
	var best *Expression
	for _, rule := range rules {
		if e := rule(i); e != nil && !g.quiet[e.Rule] && (best == nil || e.To > best.To) {
			best = e
		}
	}
	return best
}

// at is the token i, or an empty one outside the text.
func (g *Grammar) at(i int) *Token {
	if i < 0 || i >= len(g.Tokens) {
		return &nothing
	}
	return &g.Tokens[i]
}

var nothing = Token{Break: true, Value: -1}

// is reports whether token i is one of the words.
func (g *Grammar) is(i int, list ...string) bool {
	t := g.at(i).Text
	for _, w := range list {
		if t == w && t != "" {
			return true
		}
	}
	return false
}

func (g *Grammar) has(i int, c class) bool { return g.at(i).word.is&c != 0 }

// next reports whether token i stands on the same line as the one before it.
func (g *Grammar) near(i int) bool { return i < len(g.Tokens) && !g.Tokens[i].Break }

// seq reports whether the words follow one another from token i, and where they end.
func (g *Grammar) seq(i int, list ...string) (int, bool) {
	for k, w := range list {
		if g.at(i+k).Text != w || k > 0 && g.Tokens[i+k].Break {
			return i, false
		}
	}
	return i + len(list), true
}

// comma is the token after a comma at i, or i itself.
func (g *Grammar) comma(i int) int {
	if g.is(i, ",") && g.near(i+1) {
		return i + 1
	}
	return i
}

// starts reports whether token i is the first of a sentence, as far as marks tell.
func (g *Grammar) starts(i int) bool {
	t := g.at(i)
	if i == 0 || t.Break {
		return true
	}
	return g.is(i-1, ".", "!", "?", ":", `"`, "-", "(", "|", "•")
}

// endsPhrase reports whether what follows token i-1 is no noun that i-1 could belong to: a mark,
// the end, or a word of the grammar's little ones.
func (g *Grammar) endsPhrase(i int) bool {
	t := g.at(i)
	return t.Kind == Mark && t.Text != "-" && !(t.Text == "'" && g.at(i+1).Tight && g.at(i+1).Kind == Word) && t.Text != "$" || t.Break || smallWords[t.Text]
}

var smallWords = map[string]bool{
	"and": true, "or": true, "but": true, "to": true, "in": true, "on": true, "at": true, "of": true, "for": true, "by": true, "with": true, "from": true, "as": true,
	"when": true, "while": true, "after": true, "before": true, "that": true, "which": true, "who": true, "he": true, "she": true, "they": true, "it": true, "we": true, "i": true, "you": true,
	"is": true, "was": true, "were": true, "are": true, "will": true, "would": true, "has": true, "had": true, "have": true, "the": true, "a": true, "an": true, "there": true,
	"because": true, "if": true, "until": true, "since": true, "during": true, "than": true, "so": true, "into": true, "amid": true, "over": true, "through": true, "his": true, "her": true,
	"their": true, "its": true, "our": true, "this": true, "these": true, "those": true, "said": true, "says": true, "about": true, "under": true, "following": true, "between": true, "not": true,
	"down": true, "up": true, "lower": true, "higher": true, "unchanged": true, "flat": true, "also": true, "however": true, "only": true, "near": true,
}
