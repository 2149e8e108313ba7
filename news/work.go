package news

import (
	"errors"
	"iter"
)

// ErrRemoved reports a page that was removed for a reason. Its bytes and text are destroyed;
// what is left is its tombstone.
var ErrRemoved = errors.New("removed")

// ErrReleased reports a body that was let go because it need not be kept for ever: its text,
// its hash and perhaps the stretches that statements stand on are still there.
var ErrReleased = errors.New("its bytes are no longer kept")

// ErrDamaged reports a thing of the record whose bytes no longer match its hash. It is never
// shown; "dateline doctor" says what can be done.
var ErrDamaged = errors.New("damaged")

// Sound are what a walk over the record gives, without what is damaged: doctor names that.
func Sound[T any](walk iter.Seq2[T, error]) (all []T, err error) {
	for x, err := range walk {
		switch {
		case errors.Is(err, ErrDamaged):
		case err != nil:
			return nil, err
		default:
			all = append(all, x)
		}
	}
	return all, nil
}

// ErrStale reports that what was to be changed is no longer as it was when the change was made:
// it is to be made anew from what the record says.
var ErrStale = errors.New("the record has changed in between")

// The steps of the house that wait in the queue.
const (
	ReadStep  = "read"  // a revision becomes a reading
	PlaceStep = "place" // the articles of a reading find their events, stories and ledger rows
)

// A Job is work that somebody has leased: one step for one revision.
type Job struct {
	ID       int64
	Step     string
	Revision RevisionID
	Attempt  int   // 1 for the first
	Fence    int64 // tells this lease from every other one of the job
}

// An Added is the acknowledgement of a page that was added: it is stored for good.
type Added struct {
	Page     PageID
	Revision RevisionID
	State    AddState
}

// AddState tells a page that is new to the record from one that it holds.
type AddState string

const (
	NewPage   AddState = "new"   // a page, or a new revision of one
	KnownPage AddState = "known" // these very bytes are there already
)

// A Placement is what the record shall say of the stories it names: each with all its events,
// each event with all its articles, and the ledger rows that stand in these stories. What the
// record said of them before and a Placement no longer says is replaced, not deleted.
type Placement struct {
	Entities []Entity   // new or changed; without mentions
	Mentions []Resolved // of each article that is named, all, one after another
	Stories  []Story    // a story without events is one that was dissolved
	Entries  []Entry    // all that stand; of a story in Standing, those that are new or changed

	// Standing are stories of which only what changed is said, and how many rows stand in each
	// when that is saved. Gone are the rows of theirs that no longer stand.
	Standing map[StoryID]int
	Gone     []EntryID

	Decided map[DecisionID]bool // decisions of people on these stories: whether they found their place
}

// A Resolved says whom an entity of one article is in the record.
type Resolved struct {
	Article ArticleID
	Local   EntityID // as the article's annotation calls it
	Entity  EntityID
}

// A Finding is a place where the record breaks one of its invariants.
type Finding struct {
	Invariant string `json:"invariant"` // "I3", "L1": see package doctor
	Object    string `json:"object"`    // the row or file
	What      string `json:"what"`
	Do        string `json:"do"`
}
