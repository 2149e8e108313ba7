package news

import "dateline/text"

// An Annotation is an article with what was read in it.
type Annotation struct {
	Article    Article
	Times      []TimeExpression
	Entities   []Entity // with their mentions, in the order of first mention
	Statements []Statement
	Analysed   bool // false where the language is not one we analyse, or the budget is spent
	Truncated  bool // true where analysis stopped before the end of the text
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
	Anonymous bool // described, not named: "a senior official"
	Mentions  []Mention
}

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
