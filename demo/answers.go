package demo

// A Story is a world's pages with their answers.
type Story struct {
	Name           string
	Issues         []string
	PositionIssues []string // those on which positions are written down
	Outlets        []Outlet
	Readings       []Reading
	Ledger         Ledger
}

// A Reading is one page and what an editor found on it.
type Reading struct {
	Page     Page
	Articles []Article
	Entities []Entity
}

// A Span is a half-open range of bytes of Article.Text.
type Span struct{ Start, End int }

// An Article is one article of a page as a reader sees it, with all that is marked in it.
type Article struct {
	Number     int
	Role       string // main or embedded
	Text       string // paragraphs parted by a blank line
	Segments   []Segment
	Sentences  []Span // one a line of the gold file; titles, captions and body
	Statements []Statement
	Times      []Time
	Mentions   []Mention // names, descriptions and pronouns, from the .who file
	Traps      []Trap
	Metadata   Metadata
}

// A Segment is a run of text of one kind, named as in the contract of "dateline read".
type Segment struct {
	Span
	Kind string
}

// A Statement is one attribution: who says what, in which words, with what marks it.
type Statement struct {
	Number    int
	Source    []Span // none where nobody is named
	Cue       []Span // none where only the marks tell
	Content   []Span
	Addressee []Span

	Speaker  string // entity id; "" if the text does not tell
	Mode     string // direct, indirect, mixed
	Act      string
	To       string // entity ids parted by commas
	Venue    string
	Said     string // EDTF
	Relayed  []string
	Within   int // number of the statement in whose content it lies, or 0
	Negative bool
	Hedge    string
	Issues   []string
	Note     string
}

// A Time is a time expression and its value.
type Time struct {
	Span
	Type   string // DATE, TIME, DURATION, SET, EVENT
	Value  string // "" if nobody can tell
	Anchor string // published, event, previous
}

// A Mention is a name, a description or a pronoun and the entity it stands for. One may lie
// inside another: "[his] predecessor".
type Mention struct {
	Span
	Entity string
}

// A Trap is a difficulty an editor tagged in an article.
type Trap struct {
	Tag, Note string
	Paragraph Span // of the paragraph it stands below; empty if it holds for the article
}

// Metadata is what the page tells, or lets one infer, about an article.
type Metadata struct {
	Number       int      `toml:"n"`
	Outlet       string   `toml:"outlet"`
	OutletBasis  string   `toml:"outlet_basis"`
	OutletReason string   `toml:"outlet_reason"`
	Carrier      string   `toml:"carrier"`
	Authors      []string `toml:"authors"`
	Published    string   `toml:"published"`
	Local        string   `toml:"local"`
	Basis        string   `toml:"basis"`
	Reason       string   `toml:"reason"`
	Canonical    string   `toml:"canonical"`
	Language     string   `toml:"language"`
}

// An Entity is someone or something a page names; its id is the same in the whole story.
type Entity struct {
	ID        string   `toml:"id"`
	Name      string   `toml:"name"`
	Type      string   `toml:"type"`
	Anonymous bool     `toml:"anonymous"`
	Forms     []string `toml:"forms"`
	Roles     []string `toml:"roles"`
}

// A Ledger holds what only several pages together tell. References are "02/1" for an
// article and "02/1#3" for a statement; a sentence is quoted word for word.
type Ledger struct {
	Copies        []Copy         `toml:"copy"`
	Events        []Event        `toml:"event"`
	Stories       []StoryRow     `toml:"story"`
	Utterances    []Utterance    `toml:"utterance"`
	Positions     []Position     `toml:"position"`
	Changes       []Change       `toml:"change"`
	Different     []Different    `toml:"different"`
	Confirmations []Confirmation `toml:"confirmation"`
	Denials       []Confirmation `toml:"denial"`
	Conflicts     []Conflict     `toml:"conflict"`
	Decoys        []Decoy        `toml:"decoy"`
	Commitments   []Commitment   `toml:"commitment"`
	Timeline      []Line         `toml:"timeline"`
	Brief         []Line         `toml:"brief"`
	Retractions   []Retraction   `toml:"retraction"`
	Roles         []Role         `toml:"role"`
}

// A Copy says which article an article was copied from, and how it differs.
type Copy struct {
	Page string `toml:"page"`
	Of   string `toml:"of"`
	How  string `toml:"how"`
}

// An Event is one happening and the articles that report it as news.
type Event struct {
	ID       string   `toml:"id"`
	Date     string   `toml:"date"`
	Title    string   `toml:"title"`
	Place    string   `toml:"place"`
	Articles []string `toml:"articles"`
}

// A StoryRow is a course of events.
type StoryRow struct {
	ID     string   `toml:"id"`
	Name   string   `toml:"name"`
	Events []string `toml:"events"`
}

// An Utterance is one act of saying, told by one statement or more.
type Utterance struct {
	ID         string   `toml:"id"`
	Speaker    string   `toml:"speaker"`
	Said       string   `toml:"said"`
	Venue      string   `toml:"venue"`
	To         string   `toml:"to"`
	Statements []string `toml:"statements"`
	Origins    string   `toml:"origins"` // "1" or "1..3": at least, at most
	Why        string   `toml:"why"`
}

// A Position is what an actor holds on an issue, for as long as the statements carry it.
type Position struct {
	ID         string   `toml:"id"`
	Actor      string   `toml:"actor"`
	Issue      string   `toml:"issue"`
	Stance     string   `toml:"stance"`
	Text       string   `toml:"text"`
	Said       string   `toml:"said"`
	AscribedBy string   `toml:"ascribed_by"`
	Statements []string `toml:"statements"`
	Pages      []string `toml:"pages"` // second reader only
}

// A Change joins two positions of one actor on one issue.
type Change struct {
	From       string   `toml:"from"`
	To         string   `toml:"to"`
	ReportedBy []string `toml:"reported_by"`
	Note       string   `toml:"note"`
}

// A Different is a pair that sounds like a change or a repetition and is neither.
type Different struct {
	A    string `toml:"a"`
	B    string `toml:"b"`
	Test string `toml:"test"`
	Why  string `toml:"why"`
}

// A Confirmation is an anonymous claim that someone confirmed, or denied, on record.
type Confirmation struct {
	What []string `toml:"what"`
	By   []string `toml:"by"`
	Why  string   `toml:"why"`
}

// A Conflict is two accounts that cannot both be true of the same thing.
type Conflict struct {
	ID    string   `toml:"id"`
	Kind  string   `toml:"kind"`
	About string   `toml:"about"`
	A     []string `toml:"a"`
	B     []string `toml:"b"`
	ASays string   `toml:"a_says"`
	BSays string   `toml:"b_says"`
}

// A Decoy looks like a conflict; Test is what rules it out.
type Decoy struct {
	Test  string   `toml:"test"`
	About string   `toml:"about"`
	A     []string `toml:"a"`
	B     []string `toml:"b"`
	Why   string   `toml:"why"`
}

// A Commitment is what an actor bound itself to, with what became of it.
type Commitment struct {
	ID         string   `toml:"id"`
	By         string   `toml:"by"`
	To         string   `toml:"to"`
	What       string   `toml:"what"`
	Condition  string   `toml:"condition"`
	Made       string   `toml:"made"`
	Due        string   `toml:"due"`
	DueReason  string   `toml:"due_reason"`
	Status     string   `toml:"status"`
	Statements []string `toml:"statements"`
	History    []string `toml:"history"`
}

// A Line is a sentence of an article, word for word, on a timeline or in a brief.
type Line struct {
	Date    string `toml:"date"`
	Part    string `toml:"part"`
	Article string `toml:"article"`
	Text    string `toml:"text"`
}

// A Retraction takes back an article, or a correction a part of it.
type Retraction struct {
	Page string `toml:"page"`
	Of   string `toml:"of"`
	What string `toml:"what"`
}

// A Role is an office someone holds for a time; "" is an end nobody gives.
type Role struct {
	Who      string   `toml:"who"`
	Role     string   `toml:"role"`
	From     string   `toml:"from"`
	Until    string   `toml:"until"`
	Articles []string `toml:"articles"`
}
