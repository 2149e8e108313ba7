package news

import (
	"slices"
	"strings"

	"dateline/text"
)

// A Statement is what someone is reported to have said. Its parts are those of an attribution
// relation (Pareti 2016, PARC 3.0): a source, a cue and a content.
//
// Spans point into Article.Text. Those of one statement never overlap, but a statement may lie
// inside the content of another (Within): A said that B said so. Quotation marks belong to the
// content; a leading "that" does not: Clause has it.
type Statement struct {
	ID      StatementID
	Article ArticleID

	Source  text.Span   // who says it: "Mayor Ana Ruiz", "she", "two officials"; empty if unsaid
	Cue     []text.Span // what marks the saying: "said", "according to"; none for a quotation that stands free
	Content []text.Span // what is said, in text order; two spans where the cue cuts it in half
	Mode    Mode
	Act     Act

	Speaker   Speaker
	Addressee Addressee
	Venue     string // "joint news conference", "interview"; "" where the article does not tell
	Said      Said
	RelayedBy []EntityID  // from the nearest to the outlet outwards
	Within    StatementID // the statement in whose content this one lies; "" if none

	Polarity Polarity
	Hedge    string   // "might", "in my opinion"; "" if none
	Issues   []string // what it is about, inside its story
	Frame    Frame

	Confidence float64  // chance, in [0,1], that source, cue and content are all right
	Reasons    []Reason // what raised or lowered Confidence, in the order applied
}

// Clause is Content with the "that" between cue and words, which public corpora (PARC 3.0, PolNeAR, GUM)
// count in; t is the article's text.
func (s Statement) Clause(t string) []text.Span {
	all := slices.Clone(s.Content)
	for i, c := range all {
		for _, cue := range s.Cue {
			if cue.End >= c.Start || i > 0 && cue.End < all[i-1].End {
				continue
			}
			between := strings.TrimRight(t[cue.End:c.Start], " \u00a0\n")
			if rest, ok := strings.CutSuffix(between, "that"); ok && len(between) < c.Start-cue.End && (rest == "" || strings.HasSuffix(rest, " ")) {
				all[i].Start = cue.End + len(rest)
			}
		}
	}
	return all
}

// Mode is how the words are given.
type Mode string

const (
	Direct   Mode = "direct"   // in quotation marks
	Indirect Mode = "indirect" // in the reporter's words
	Mixed    Mode = "mixed"    // both
)

// Act is what kind of act the cue reports.
type Act string

const (
	Speech     Act = "speech"
	Writing    Act = "writing"
	Written    Act = "document" // a law, a report, a statement that speaks for itself
	Question   Act = "question"
	Thought    Act = "thought"
	StanceAct  Act = "stance"
	Plan       Act = "plan"
	Poll       Act = "poll"
	Perception Act = "perception"
)

// Polarity tells a saying from its denial: "did not say".
type Polarity string

const (
	Positive Polarity = "positive"
	Negative Polarity = "negative"
)

// A Speaker is whom a source refers to. The zero Speaker is an unknown one.
type Speaker struct {
	Entity    EntityID
	Name      string
	Anonymous bool // "a senior official": someone, but not named
	Reason    Reason
}

// An Addressee is to whom it was said.
type Addressee struct {
	Span   text.Span // empty where the article does not tell
	Entity EntityID
}

// Said is when it was said, and why we think so.
type Said struct {
	When   Interval
	Span   text.Span // the words that tell the time; empty if there are none
	Reason Reason
}

// A Frame is what a content asserts, in the terms of predicate and argument: all that later
// stages see of its grammar, for they see no parse. It describes the content's main clause, and
// holds the frames of its further ones; what could not be read stays zero.
type Frame struct {
	Predicate  string     // lemma of the main verb: "send"
	Particle   string     // "up" of "give up"; "" if none
	Subject    Argument   // who does it
	Object     Argument   // what is done, or to whom
	Oblique    []Argument // the other complements, each with its preposition
	Negated    bool       // "will not send", "no troops"
	Modality   Modality
	Condition  text.Span // "if Russia agrees"; empty if none
	Tense      Tense
	Continuing bool        // progressive aspect: "is sending"
	Completed  bool        // perfect aspect: "has sent"
	Quantities []Quantity  // "5,000 troops"
	Times      []text.Span // the time expressions inside the content
	Heads      []string    // lemmas of the heads of its noun phrases, in text order
	Clause     text.Span   // the words of the clause, without the clauses that follow in it
	Under      string      // lemma of the word whose complement a further clause is: "think"; "" for the main clause and what is joined to it
	Further    []Frame     // the other clauses, in text order; they have no lists but Oblique
}

// An Argument is a participant of a frame.
type Argument struct {
	Span   text.Span
	Head   string   // lemma of its head: "troop"
	Entity EntityID // whom it names; "" if nobody we know
	Role   string   // "" for subject and object, else the preposition: "to", "against"
}

// Modality is how far the speaker commits to the content.
type Modality string

const (
	Asserted   Modality = ""           // plain
	Possible   Modality = "possible"   // may, might, could
	Obliged    Modality = "obliged"    // must, should, has to
	Intended   Modality = "intended"   // will, plans to, is going to
	Wished     Modality = "wished"     // wants, hopes
	Demanded   Modality = "demanded"   // demands, calls for
	Questioned Modality = "questioned" // asks whether
)

// Tense is the grammatical tense of the main clause.
type Tense string

const (
	NoTense Tense = ""
	Past    Tense = "past"
	Present Tense = "present"
	Future  Tense = "future"
)

// A Quantity is a number with what it counts.
type Quantity struct {
	Span  text.Span
	Value float64
	Unit  string // lemma: "troop", "euro", "percent"; "" for a bare number
}
