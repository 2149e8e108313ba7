package news

import (
	"slices"

	"dateline/text"
)

// An Annotation is an article with what was read in it.
type Annotation struct {
	Article    Article
	Times      []TimeExpression
	Entities   []Entity // with their mentions, in the order of first mention
	Statements []Statement
	Lead       Lead
	Analysed   bool // false where the language is not one we analyse, or the budget is spent
	Truncated  bool // true where analysis stopped before the end of the text
}

// Continue is the annotation as that of an article the record has, whose id was made of a headline
// or opening that named tells: its statements bear the names that they have in that article.
func (a Annotation) Continue(id ArticleID, named string) Annotation {
	a.Article.ID, a.Article.Named = id, named
	occurrence := map[string]int{}
	renamed := map[StatementID]StatementID{}
	a.Statements = slices.Clone(a.Statements)
	for i := range a.Statements {
		s := &a.Statements[i]
		words := s.Words(a.Article.Text)
		key := Fold(words)
		before := s.ID
		s.Article, s.ID = id, NewStatementID(id, words, occurrence[key])
		renamed[before] = s.ID
		occurrence[key]++
	}
	for i := range a.Statements {
		if s := &a.Statements[i]; s.Within != "" {
			s.Within = renamed[s.Within]
		}
	}
	return a
}

// A Lead is what an article reports as news, read off its title and its opening, which tell it in
// any report. What an article only mentions further down is not in it: by leads articles are
// told to report one thing, not by mentions.
type Lead struct {
	Spans      []text.Span // where it stands: title, dek, the first sentences of the body
	Entities   []EntityID  // named in it, in the order of first mention
	Places     []EntityID  // those of them that are places
	Quantities []Quantity
	Times      []text.Span // the time expressions in it
	Happened   Interval    // the day of which the opening tells; zero if it names none
	Predicates []string    // lemmas of its verbs that tell something, in text order, each once
	Heads      []string    // lemmas of its nouns, likewise
}

// A TimeExpression is a stretch that tells a time (TIMEX3, ISO 24617-1).
type TimeExpression struct {
	Span   text.Span
	Type   TimeType
	Value  string // EDTF, or TIMEX3 where EDTF has no form: "2025-W31", "PT3H", "PAST_REF"
	Anchor string // what it was reckoned from: "published", "event", "previous"; "" if nothing
	Reason Reason
}

// TimeType is the class of a time expression.
type TimeType string

const (
	TimeDate     TimeType = "DATE"
	TimeClock    TimeType = "TIME"
	TimeDuration TimeType = "DURATION"
	TimeSet      TimeType = "SET"
	TimeEvent    TimeType = "EVENT"
)

// An Entity is someone or something named, with every mention of it in one article.
type Entity struct {
	ID        EntityID
	Name      string // the fullest form seen
	Type      EntityType
	Anonymous bool     // described, not named: "a senior official"
	Roles     []string // what its titles and descriptions say, as lemmas: "minister", "works", "russian"
	Gender    Gender   // as a title or the given name tells
	Mentions  []Mention
}

// Gender is how a text speaks of a person; "" where it does not tell.
type Gender string

const (
	Female Gender = "female"
	Male   Gender = "male"
)

// EntityType is what kind of thing is named.
type EntityType string

const (
	Person       EntityType = "person"
	Organisation EntityType = "organisation"
	Place        EntityType = "place"
	Group        EntityType = "group"
	OtherEntity  EntityType = "other"
)

// A Mention is a stretch that names an entity.
type Mention struct {
	Span text.Span
	Kind MentionKind
}

// MentionKind is how it is named.
type MentionKind string

const (
	ByName    MentionKind = "name"
	ByNominal MentionKind = "nominal" // "the mayor"
	ByPronoun MentionKind = "pronoun"
)
