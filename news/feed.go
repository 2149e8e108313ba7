package news

import (
	"errors"
	"time"
)

// ErrLeaseEnded reports work that was handed to somebody else in the meantime: it changed nothing.
var ErrLeaseEnded = errors.New("the lease on this work has ended")

// FeedID names a feed or sitemap by the address it was added with.
type FeedID string

// NewFeedID names a feed by its address.
func NewFeedID(address string) FeedID { return FeedID(id('f', CleanURL(address))) }

// A Feed is an address we poll, as the record keeps it.
type Feed struct {
	ID     FeedID
	URL    string // asked for; it changes only when a move has lasted
	Added  time.Time
	Outlet string // by the word of who added it
	Title  string // as the feed has it
	Home   string // the page it stands for
	Format string // "rss20", "sitemap", ...; "" until it was read

	State    FeedState
	Reason   string    // of the state: in words
	Identity string    // "": by ID, then address, then content; "url": the feed's IDs are not to be trusted
	Topic    string    // what a hub calls it: its "self" link
	Hub      string    // a WebSub hub it names
	Pushed   time.Time // until when that hub tells us of news; zero if it does not

	ETag, LastModified string        // of the last body that was read whole
	Digest             []byte        // of that body
	Rhythm             []time.Time   // when its last items came, newest first
	AskedGap           time.Duration // the least time between polls that it asks for
	SkipHours          uint32        // a bit an hour of UTC in which it does not want to be polled
	SkipDays           uint8         // a bit a weekday, Sunday the lowest
	MovedTo            string        // where it permanently redirects to
	MovedSince         time.Time
	GoneSince          time.Time // since when it answers 410
	Gone               int       // how often in a row

	Polled    time.Time // the last time it was asked
	Succeeded time.Time // the last time it was read, or said nothing had changed
	Whole     time.Time // the last time it was asked for unconditionally
	Changed   time.Time // the last time it brought something new
	Next      time.Time // when it will be asked next
	Failures  int       // in a row
	Error     string    // of the last poll, "" if it went well
	Flags     []Flag    // of the last document

	Polls Tally // of all its polls
}

// FeedState tells whether a feed is polled.
type FeedState string

// The states of a feed.
const (
	ActiveFeed  FeedState = "active"
	StoppedFeed FeedState = "stopped" // it said that it is gone, or could not be read for long
	RemovedFeed FeedState = "removed" // by a person; its items stay
)

// A Tally accounts for the items that were served in documents which were read: none is left
// out. Served = Stored + Duplicate + Rejected.
type Tally struct {
	Polls     int `json:"polls"`     // answers, 304 among them
	Served    int `json:"served"`    // items in documents
	Stored    int `json:"stored"`    // new
	Duplicate int `json:"duplicate"` // known already, perhaps changed
	Rejected  int `json:"rejected"`  // not kept, each with a reason
}

// Add adds another tally.
func (t *Tally) Add(o Tally) {
	t.Polls += o.Polls
	t.Served += o.Served
	t.Stored += o.Stored
	t.Duplicate += o.Duplicate
	t.Rejected += o.Rejected
}

// An ItemKey is one of the names of an item in its feed: a hash of its ID, its address or its
// content. An item is found again by any of its keys.
type ItemKey [16]byte

// A FeedItem is one entry of a feed through all its versions.
type FeedItem struct {
	N           int64 // its row; 0 if it is new
	Keys        []ItemKey
	URL         string
	Title       string
	Printed     string    // the time it gives, as printed
	Published   time.Time // as understood; zero if it was not
	Seen        time.Time // first
	LastSeen    time.Time
	Absent      time.Time // since when the feed no longer has it; zero if it does
	Retracted   time.Time // since when the feed says that it was deleted
	Retraction  string    // what it said
	Place       int       // in the last document that had it
	Versions    int
	Digest      []byte // of the newest version
	Unfetchable string // why its address is not fetched; "" if it is
}

// Effective is when an item counts as published: when it says, but never later than it was first
// seen, and when it was first seen if it does not say.
func (i FeedItem) Effective() time.Time {
	if i.Published.IsZero() || i.Published.After(i.Seen) {
		return i.Seen
	}
	return i.Published
}

// An ItemVersion is what an item said at one time.
type ItemVersion struct {
	Item    FeedItem
	Text    string // title, summary and content, as kept
	Flags   []Flag
	Changed bool // the item was known and says something else now
}

// A FeedPoll is what came of asking for a feed, to be kept in one piece.
type FeedPoll struct {
	Feed     Feed // as it is now
	At       time.Time
	Took     time.Duration
	Status   int    // of HTTP; 0 if there was no answer
	Class    string // of the outcome; "" for success
	Whole    bool   // asked for without validators
	Tally    Tally
	Rejects  []string      // the reason of each rejection, the same ones counted together
	Items    []ItemVersion // new and changed ones
	Known    []FeedItem    // unchanged, with their places and any new keys
	Complete bool          // the document has all that the feed has: what it lacks is absent
	Deleted  []Retraction
	Links    []PageLink // to be fetched
	Host     Host       // what is known of its host now
}

// A Retraction is an item that a feed says was deleted.
type Retraction struct {
	Key  ItemKey
	When time.Time
	What string
}

// A PageLink is an address of an article to be fetched, and looked at again.
type PageLink struct {
	N      int64
	URL    string
	Feed   FeedID
	Due    time.Time
	Visits int // that brought the page
	Quiet  int // visits in a row that brought nothing new
	Tries  int // that failed in a row
	Fence  int64

	ETag, LastModified string
	Revision           RevisionID
	Published          time.Time
	Reason             string
	Outlet             string
}

// A Visit is what came of a link.
type Visit struct {
	Link   PageLink // as it is now; its Due is when it is looked at again
	State  LinkState
	At     time.Time
	Status int
	Moved  string // the address that answered, if it is another
	Host   Host
}

// LinkState tells where a link stands.
type LinkState string

// The states of a link.
const (
	WaitingLink LinkState = "waiting" // for its time
	LeasedLink  LinkState = "leased"  // somebody is at it
	DoneLink    LinkState = "done"    // not looked at again
	GoneLink    LinkState = "gone"    // 404 or 410 after it was there, or for long
	RefusedLink LinkState = "refused" // not an address we call, or robots.txt forbids
	FailedLink  LinkState = "failed"  // given up after many tries
)

// A Host is what is known of a host between requests, kept so that a restart forgets no pause.
type Host struct {
	Name       string
	NotBefore  time.Time
	Reason     string
	CrawlDelay time.Duration
	Asked      time.Duration
	Failures   int
}

// A Subscription is what was agreed with a hub about a feed (WebSub).
type Subscription struct {
	Feed   FeedID
	Token  string // names the callback; nobody can guess it
	Secret string // signs what the hub sends
	Hub    string
	Topic  string
	State  SubscriptionState
	Until  time.Time // the end of the lease, or when to ask again
}

// SubscriptionState tells how far a subscription has come.
type SubscriptionState string

// The states of a subscription.
const (
	AskedSubscription  SubscriptionState = "asked"
	ActiveSubscription SubscriptionState = "active"
	DeniedSubscription SubscriptionState = "denied"
)
