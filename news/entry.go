package news

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/text"
)

// EntryKind is what a ledger row records.
type EntryKind string

const (
	Utterance    EntryKind = "utterance"    // one act of saying
	Position     EntryKind = "position"     // an actor's stance on an issue at a time
	Change       EntryKind = "change"       // two neighbouring positions that differ
	Difference   EntryKind = "difference"   // what only sounds like a change, and why it is none
	Confirmation EntryKind = "confirmation" // an anonymous claim that somebody named states later
	Denial       EntryKind = "denial"       // a claim that somebody named disputes later
	Conflict     EntryKind = "conflict"     // two accounts that cannot both be true of one thing
	Commitment   EntryKind = "commitment"   // an actor binds itself, or announces
)

// An Entry is a row of the ledger. Everything in it is derived from the statements it stands on
// and the rows it is made of (Of), by the rule it names. What a kind does not have stays zero.
type Entry struct {
	ID          EntryID
	Kind        EntryKind
	Story       StoryID
	Actor       Speaker
	To          string // to whom, as the fullest report names them
	Text        string // the words of the first statement: Statement.Words
	Said        Said
	Venue       string
	Issue       Issue  // what it is about, where that is an issue of the story
	Stance      Stance // of a position
	AscribedBy  Speaker
	Chain       []Link    // from the outlet to the speaker, of the report that is nearest to the speaker
	Wordings    []Wording // of an utterance: one a statement, the fullest first
	Statements  []StatementID
	Quotes      []Quote     // what each of Statements says, in their order
	Passages    []Passage   // of narration that it rests on: of an event that an article says is set
	Of          []EntryID   // the rows it is made of: the earlier and the later position of a change
	ReportedBy  []ArticleID // those that themselves report it as a change, in order of publication
	Origins     Origins
	Dispute     *Dispute     // of a conflict
	Undertaking *Undertaking // of a commitment
	Rule        Reason
	Decisions   []DecisionID // those of people that bear on it
	Corrections []Correction // of articles that it rests on, by their own outlets
	Recorded    time.Time    // when our reading entered the ledger
	Replaced    time.Time    // when a later reading took its place; zero while it stands
	Withdrawn   bool         // no article that it rests on stands any longer: they are gone from their pages or were taken back
	Removed     string       // why what it rested on was removed: its words are gone; "" if they are there
}

// A Filter says which ledger rows are asked for. The zero Filter asks for all that stand.
type Filter struct {
	Story StoryID
	Kind  EntryKind
	Actor string    // an entity's id, or words of a name
	Issue string    // as a statement has it
	AsOf  time.Time // as the ledger stood then
}

// A Quote is what one statement says, as a row of the ledger shows it. Its text is, byte for byte,
// what its spans mark in the article's text.
type Quote struct {
	Article  ArticleID
	Content  []text.Span
	Text     string // Statement.Words
	Cue      string // the words that report it; "" if there are none
	Act      Act
	Mode     Mode
	Polarity Polarity
}

// Quote is what a ledger row keeps of the statement; t is its article's text.
func (s Statement) Quote(t string) Quote {
	cue := make([]string, len(s.Cue))
	for i, c := range s.Cue {
		cue[i] = c.Of(t)
	}
	return Quote{s.Article, s.Content, s.Words(t), strings.Join(cue, " "), s.Act, s.Mode, s.Polarity}
}

// Narration are the passages that the row rests on beside its statements, its own and those of the
// sides of a conflict.
func (e Entry) Narration() []Passage {
	all := slices.Clone(e.Passages)
	if e.Dispute != nil {
		for _, s := range e.Dispute.Sides {
			all = append(all, s.Passages...)
		}
	}
	return all
}

// Articles are those that the row names, in the order of their mention; one may come twice.
func (e Entry) Articles() []ArticleID {
	ids := slices.Clone(e.ReportedBy)
	for _, q := range e.Quotes {
		ids = append(ids, q.Article)
	}
	for _, p := range e.Passages {
		ids = append(ids, p.Article)
	}
	if e.Dispute != nil {
		for _, s := range e.Dispute.Sides {
			for _, p := range s.Passages {
				ids = append(ids, p.Article)
			}
		}
	}
	for _, c := range e.Corrections {
		ids = append(ids, c.Of, c.By)
	}
	return ids
}

// A Correction says that an outlet took back, or put right, what an article of its own says.
type Correction struct {
	Of    ArticleID // what is taken back
	By    ArticleID // where
	Whole bool      // the whole article, and not some of it
}

// An Issue is what positions are about, inside one story: "ceasefire", "territory".
type Issue struct {
	ID   IssueID
	Name string // as people read it; a person may change it
}

// Stance is where an actor stands on an issue. It comes from the predicate, its negation, modality
// and condition, never from sentiment.
type Stance string

const (
	Supports    Stance = "supports"
	Opposes     Stance = "opposes"
	Demands     Stance = "demands"
	Offers      Stance = "offers"
	Open        Stance = "open" // "did not rule out"
	Conditional Stance = "conditional"
	Undecided   Stance = "undecided"
)

// A Link is one hand through which words came: the outlet, who told it, the speaker.
type Link struct {
	Name    string
	Entity  EntityID  // "" for an outlet or an agency
	Article ArticleID // in which it is told
	Span    text.Span // the words that tell it; empty where the page's furniture does
}

// A Wording is how one report gave the words of an utterance, against the fullest report.
type Wording struct {
	Statement StatementID
	Pieces    []Piece // in order; the fullest report is one Same
}

// A Piece is a stretch of a wording.
type Piece struct {
	Kind    PieceKind
	Text    string // what this report has; "" where it left words out
	Fullest string // what the fullest report has; "" where words were added
}

// PieceKind is how a stretch of one report stands to the fullest.
type PieceKind string

const (
	SamePiece    PieceKind = "same"
	LeftOut      PieceKind = "left_out"
	Bracketed    PieceKind = "bracketed" // put in or replaced by an editor, in brackets
	AlteredPiece PieceKind = "altered"
	AddedPiece   PieceKind = "added"
)

// A Dispute is what a conflict is about and who gives which account.
type Dispute struct {
	Kind     DisputeKind
	About    string
	Sides    []Side // at least two
	RuledOut []Reason
}

// DisputeKind is in what two accounts differ.
type DisputeKind string

const (
	OnPolarity     DisputeKind = "polarity" // agreed / did not agree
	OnNumber       DisputeKind = "number"
	OnTime         DisputeKind = "time"
	OnPlace        DisputeKind = "place"
	OnParticipants DisputeKind = "participants"
	OnWording      DisputeKind = "wording"     // the same quotation altered
	OnAttribution  DisputeKind = "attribution" // who said it
)

// A Side is one account of what is in dispute.
type Side struct {
	Actor      Speaker // whose account it is; the outlet's own where nobody is named
	Text       string
	Statements []StatementID
	Passages   []Passage // narration that is no statement
	Origins    Origins
}

// A Passage is a stretch of an article's text.
type Passage struct {
	Article ArticleID
	Span    text.Span
}

// An Undertaking is what an actor binds itself to, or announces.
type Undertaking struct {
	To        string
	What      string
	Condition string
	Due       Interval
	DueReason Reason
	Status    Status
	History   []Step // in order of time; the last one made Status
}

// Status is what has become of an undertaking.
type Status string

const (
	StatusOpen      Status = "open"
	StatusDue       Status = "due"
	StatusOverdue   Status = "overdue"
	StatusDone      Status = "done"
	StatusBroken    Status = "broken"
	StatusWithdrawn Status = "withdrawn"
	StatusContested Status = "contested"
)

// A Step is one change of an undertaking's status, and what made it.
type Step struct {
	Status    Status
	When      Interval
	Statement StatementID // "" where an event or the calendar made it
	Event     EventID
	Reason    Reason
}

// ErrDecision reports a decision that cannot be: of no kind, about nothing, or without what it
// needs.
var ErrDecision = errors.New("not a decision")

// A Decision is what a person decided about the record. It is never mixed up with what was read:
// it is a row of its own, outlives a new reading and is undone by one command.
type Decision struct {
	ID     DecisionID
	Kind   DecisionKind
	Object string // the id of what it is about
	Other  string // the id of the other thing: the issue merged into, the event moved to
	Value  string // what shall be there instead: a name, a date in EDTF, the words of a note
	Anchor Anchor // the words it is about; zero where it is about a row as a whole
	By     string
	Made   time.Time
	Undone time.Time // zero while it holds
	Lost   bool      // it finds no place in what is read at present: listed, never dropped
}

// DecisionKind is what a person decides.
type DecisionKind string

const (
	FixSpeaker   DecisionKind = "fix-speaker"   // of a statement: Value is the name
	FixSaid      DecisionKind = "fix-said"      // of a statement: Value is EDTF
	FixBoundary  DecisionKind = "fix-boundary"  // of a statement: Value is the content's words, its parts parted by Gap
	RejectRow    DecisionKind = "reject"        // a ledger row or statement that is wrong
	MergeIssues  DecisionKind = "merge-issues"  // Object into Other
	RenameIssue  DecisionKind = "rename-issue"  // Value is the name
	MoveArticle  DecisionKind = "move-article"  // Object to the event Other; a new event where Other is ""
	MergeEvents  DecisionKind = "merge-events"  // Object into Other
	MergeStories DecisionKind = "merge-stories" // Object into Other
	PinArticle   DecisionKind = "pin-article"   // Object stays in the event Other
	WriteNote    DecisionKind = "note"          // Value is the note, on a row, a statement or, by the anchor, words of an article
)

// An Anchor finds words again after a new reading (W3C Web Annotation, text quote selector).
type Anchor struct {
	Article ArticleID
	Prefix  string
	Exact   string
	Suffix  string
}

// anchorBytes is how much of the text before and after is kept with an anchor's words.
const anchorBytes = 40

// NewAnchor is the anchor of a statement's content; t is its article's text.
func NewAnchor(s Statement, t string) Anchor { return AnchorAt(s.Article, s.whole(), t) }

// AnchorAt is the anchor of a stretch of an article's text.
func AnchorAt(a ArticleID, place text.Span, t string) Anchor {
	from, to := max(0, place.Start-anchorBytes), min(len(t), place.End+anchorBytes)
	for from < place.Start && !utf8.RuneStart(t[from]) {
		from++
	}
	for to < len(t) && to > place.End && !utf8.RuneStart(t[to]) {
		to--
	}
	return Anchor{Article: a, Prefix: t[from:place.Start], Exact: place.Of(t), Suffix: t[place.End:to]}
}

// Find is where the anchor's words stand in a text: where what stands before and after them is
// the same if they occur more than once, the first place if that tells nothing. ok is false if
// they are not there.
func (a Anchor) Find(t string) (place text.Span, ok bool) {
	best := -1
	for from := 0; a.Exact != ""; {
		i := strings.Index(t[from:], a.Exact)
		if i < 0 {
			break
		}
		i += from
		score := 0
		if strings.HasSuffix(t[:i], a.Prefix) {
			score++
		}
		if strings.HasPrefix(t[i+len(a.Exact):], a.Suffix) {
			score++
		}
		if score > best {
			best, place, ok = score, text.Span{Start: i, End: i + len(a.Exact)}, true
		}
		from = i + 1
	}
	return place, ok
}
