// Package words cuts text into tokens and knows what each word can be in a time expression: a
// month, a unit, a number, a word that points at another time.
//
// It is the lowest of the inner rooms of package when: phrase and grammar read its tokens.
package words

import "strings"

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

// A Text is a sequence of tokens with the questions that rules ask of it. Asked of a place
// outside the text, each answers as it would of an empty token.
type Text struct{ Tokens []Token }

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

// At is the token i, or an empty one outside the text.
func (g *Text) At(i int) *Token {
	if i < 0 || i >= len(g.Tokens) {
		return &nothing
	}
	return &g.Tokens[i]
}

var nothing = Token{Break: true, Value: -1}

// Is reports whether token i is one of the words.
func (g *Text) Is(i int, list ...string) bool {
	t := g.At(i).Text
	for _, w := range list {
		if t == w && t != "" {
			return true
		}
	}
	return false
}

func (g *Text) Has(i int, c Class) bool { return g.At(i).Word.Is&c != 0 }

// Near reports whether token i stands on the same line as the one before it.
func (g *Text) Near(i int) bool { return i < len(g.Tokens) && !g.Tokens[i].Break }

// Seq reports whether the words follow one another from token i, and where they end.
func (g *Text) Seq(i int, list ...string) (int, bool) {
	for k, w := range list {
		if g.At(i+k).Text != w || k > 0 && g.Tokens[i+k].Break {
			return i, false
		}
	}
	return i + len(list), true
}

// Comma is the token after a comma at i, or i itself.
func (g *Text) Comma(i int) int {
	if g.Is(i, ",") && g.Near(i+1) {
		return i + 1
	}
	return i
}

// Starts reports whether token i is the first of a sentence, as far as marks tell.
func (g *Text) Starts(i int) bool {
	t := g.At(i)
	if i == 0 || t.Break {
		return true
	}
	return g.Is(i-1, ".", "!", "?", ":", `"`, "-", "(", "|", "•") || g.Is(i-1, "'") && !t.Tight
}

// EndsPhrase reports whether what follows token i-1 is no noun that i-1 could belong to: a mark,
// the end, or a word of the grammar's little ones.
func (g *Text) EndsPhrase(i int) bool {
	t := g.At(i)
	return t.Kind == Mark && t.Text != "-" && !(t.Text == "'" && g.At(i+1).Tight && g.At(i+1).Kind == Word) && t.Text != "$" || t.Break || Small[t.Text]
}

var Small = map[string]bool{
	"and": true, "or": true, "but": true, "to": true, "in": true, "on": true, "at": true, "of": true, "for": true, "by": true, "with": true, "from": true, "as": true,
	"when": true, "while": true, "after": true, "before": true, "that": true, "which": true, "who": true, "he": true, "she": true, "they": true, "it": true, "we": true, "i": true, "you": true,
	"is": true, "was": true, "were": true, "are": true, "will": true, "would": true, "has": true, "had": true, "have": true, "the": true, "a": true, "an": true, "there": true,
	"because": true, "if": true, "until": true, "since": true, "during": true, "than": true, "so": true, "into": true, "amid": true, "over": true, "through": true, "his": true, "her": true,
	"their": true, "its": true, "our": true, "this": true, "these": true, "those": true, "said": true, "says": true, "about": true, "under": true, "following": true, "between": true, "not": true,
	"down": true, "up": true, "lower": true, "higher": true, "unchanged": true, "flat": true, "also": true, "however": true, "only": true, "near": true,
}

// Way reads "last", "the past", "this coming", "that same" at token i. det is true where an
// article stands before it.
func (g *Text) Way(i int) (w Way, to int, det, ok bool) {
	k := i
	if g.Has(k, IsDeterminer) && !g.Is(k, "a", "an") {
		det = true
		k++
	}
	if g.Is(k, "very") {
		k++
	}
	t := g.At(k)
	if t.Word.Is&IsWay == 0 || k > i && t.Break {
		return NoWay, i, false, false
	}
	w, to = t.Word.Way, k+1
	if possessive := g.Is(i, "his", "her", "their", "my", "your", "our", "its"); possessive && (w == Last || w == Next) {
		return NoWay, i, false, false // "endorsed her last summer"
	} else if w == Last && !det && g.Is(i-1, "his", "her", "their", "my", "your", "our", "its") && g.Is(to+1, "in", "as", "at", "of", "with") {
		return NoWay, i, false, false // "his last year in office"
	}
	if w == Following && !det {
		return NoWay, i, false, false // "following the vote"
	}
	if w == This || w == That {
		switch {
		case g.Is(to, "past", "last"):
			return Last, to + 1, det, true
		case g.Is(to, "coming", "next"):
			return Next, to + 1, det, true
		case g.Is(to, "same", "very"):
			to++
		}
	}
	return w, to, det, true
}

// Follows reports whether the words, parted by blanks, follow one another from token i.
func (g *Text) Follows(i int, words string) (int, bool) {
	for words != "" {
		var w string
		w, words, _ = strings.Cut(words, " ")
		if g.At(i).Text != w || i >= len(g.Tokens) || g.Tokens[i].Break {
			return i, false
		}
		i++
	}
	return i, true
}
