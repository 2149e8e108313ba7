// Package item tells what of a feed's document is new, what is known and what was changed.
//
// An item has up to three keys, each a hash: of the ID it is given, of its address, of its
// content with its address less query. It is found again by any of them, in this order, for
// feeds change IDs, dates and links at will: IDs that flip from http to https, that are made
// anew for every request, that are the same for all items; links with session parameters. A
// feed whose IDs proved wrong is known by addresses from then on (news.Feed.Identity "url") and
// does not flip back.
//
// An item that says something else than before, blanks aside, is a new version of the same
// item. What a document lacks that the one before had is absent, unless the document was cut
// off. Nothing is ever deleted.
//
// The package is pure: what is known is handed in.
package item

import (
	"crypto/sha256"
	"fmt"
	"net/url"
	"strings"
	"time"

	"dateline/fetch"
	"dateline/fetch/feed"
	"dateline/fetch/feed/fragment"
	"dateline/news"
)

// ByURL is the identity of feeds whose IDs are not to be trusted.
const ByURL = "url"

// A Candidate is an item of a document with what it may be known by.
type Candidate struct {
	Item    *feed.Item
	ID      news.ItemKey // zero if it has none
	Address news.ItemKey
	Content news.ItemKey
	URL     string // absolute, http or https; "" if there is none that can be fetched
	Text    string // what it says: title, summary, content
	digest  []byte
}

func key(kind byte, parts ...string) news.ItemKey {
	h := sha256.New()
	h.Write([]byte{kind})
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return news.ItemKey(h.Sum(nil)[:16])
}

// KeyOfID is the key of an ID; zero if it is blank. Whether an address that serves as ID is
// written with http or https is no difference.
func KeyOfID(id string) news.ItemKey {
	id = strings.TrimSpace(id)
	if id == "" {
		return news.ItemKey{}
	}
	if rest, ok := strings.CutPrefix(id, "https://"); ok {
		id = "http://" + rest
	}
	return key('i', id)
}

// Candidates are the items of a document that was found at an address.
func Candidates(f *feed.Feed) []Candidate {
	all := make([]Candidate, len(f.Items))
	for n := range f.Items {
		all[n] = candidate(&f.Items[n])
	}
	return all
}

func candidate(i *feed.Item) Candidate {
	c := Candidate{Item: i, ID: KeyOfID(i.ID), URL: address(i)}
	c.Text = words(i)
	where := ""
	if c.URL != "" {
		clean := withoutAMP(news.CleanURL(c.URL))
		c.Address = key('u', clean)
		where = withoutQuery(clean)
	}
	said := strings.Join(strings.Fields(c.Text), " ")
	if i.Summary.Value == "" && len(i.Content) == 0 {
		said += " " + i.Updated.Printed // a sitemap tells of a change by its time alone
	}
	sum := sha256.Sum256([]byte(said))
	c.digest = sum[:16]
	c.Content = key('c', where, string(c.digest))
	return c
}

// address is the page of an item as it would be called, "" if it names none that could be.
func address(i *feed.Item) string {
	u, err := fetch.ParseURL(strings.TrimSpace(i.Link), "")
	if err != nil {
		return ""
	}
	u.User = nil // credentials are neither kept nor sent
	return u.String()
}

// withoutAMP is the address of the page whose AMP version this is, by the usual ways to name it; any
// other address is left alone.
func withoutAMP(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	path := strings.TrimSuffix(u.Path, "/")
	for _, end := range []string{"/amp", ".amp", ".amp.html"} {
		if cut, ok := strings.CutSuffix(path, end); ok && cut != "" {
			u.Path, u.RawPath = cut+map[string]string{".amp.html": ".html"}[end], ""
			break
		}
	}
	q := u.Query()
	if q.Has("amp") || strings.EqualFold(q.Get("outputType"), "amp") {
		q.Del("amp")
		q.Del("outputType")
		u.RawQuery = q.Encode()
	}
	return u.String()
}

func withoutQuery(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.TrimPrefix(u.Host, "www.") + u.EscapedPath()
}

// words are what an item says: title, summary and content, a blank line between.
func words(i *feed.Item) string {
	parts := []string{plain(i.Title), plain(i.Summary)}
	for _, t := range i.Content {
		if p := plain(t); p != parts[1] {
			parts = append(parts, p)
		}
	}
	var b strings.Builder
	for _, p := range parts {
		if p != "" && b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(p)
	}
	return b.String()
}

func plain(t feed.Text) string {
	if t.HTML() {
		return fragment.Plain(t.Value)
	}
	if t.Type != "" && !strings.HasPrefix(t.Type, "text/") {
		return ""
	}
	return strings.TrimSpace(t.Value)
}

// Keys are all by which a document's items may be known.
func Keys(all []Candidate) []news.ItemKey {
	var keys []news.ItemKey
	for _, c := range all {
		for _, k := range []news.ItemKey{c.ID, c.Address, c.Content} {
			if k != (news.ItemKey{}) {
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// A Verdict is what a document brings.
type Verdict struct {
	Identity string             // of the feed from now on
	Why      string             // of a change of identity
	Items    []news.ItemVersion // new and changed, in the order of the document
	Known    []news.FeedItem    // unchanged
	New      []news.FeedItem    // those of Items that are new
	Tally    news.Tally         // of the items handed in
	Rejects  []string
}

// Judge decides. known are the items of the feed by key; identity is the feed's.
func Judge(all []Candidate, known map[news.ItemKey]news.FeedItem, identity string, now time.Time) Verdict {
	j := judge{known: known, now: now, byRow: map[int64]bool{}, inDocument: map[news.ItemKey]bool{}}
	j.Identity = identity
	j.sharing(all)
	for place, c := range all {
		j.one(place, c)
	}
	// IDs are made up anew for each request if known pages come back under other IDs, and
	// not a single one under its own.
	if j.Identity == "" && j.renamed >= 2 && j.kept == 0 {
		j.Identity, j.Why = ByURL, fmt.Sprintf("%d known items came back under other IDs", j.renamed)
	}
	return j.Verdict
}

type judge struct {
	Verdict
	known      map[news.ItemKey]news.FeedItem
	now        time.Time
	byRow      map[int64]bool
	inDocument map[news.ItemKey]bool
	shared     map[news.ItemKey]int // how many pages an ID stands for, how many IDs a page has
	renamed    int
	kept       int
}

// sharing counts what items of the document have in common.
func (j *judge) sharing(all []Candidate) {
	pages, ids := map[news.ItemKey]map[news.ItemKey]bool{}, map[news.ItemKey]map[news.ItemKey]bool{}
	add := func(m map[news.ItemKey]map[news.ItemKey]bool, a, b news.ItemKey) {
		if a == (news.ItemKey{}) || b == (news.ItemKey{}) {
			return
		}
		if m[a] == nil {
			m[a] = map[news.ItemKey]bool{}
		}
		m[a][b] = true
	}
	for _, c := range all {
		add(pages, c.ID, c.Address)
		add(ids, c.Address, c.ID)
		if c.Address == (news.ItemKey{}) {
			add(pages, c.ID, c.Content)
		}
	}
	j.shared = map[news.ItemKey]int{}
	for k, of := range pages {
		if j.shared[k] = len(of); len(of) > 1 && j.Identity == "" {
			j.Identity, j.Why = ByURL, fmt.Sprintf("%d items have one ID", len(of))
		}
	}
	for k, of := range ids {
		j.shared[k] = len(of)
	}
}

// find is the known item that a candidate is, and whether there is one.
func (j *judge) find(c Candidate) (news.FeedItem, bool) {
	if c.ID != (news.ItemKey{}) && j.Identity == "" {
		if i, ok := j.known[c.ID]; ok {
			if j.same(i, c) {
				j.kept++
				return i, true
			}
			// The same ID for another page with other words at another time: the feed's IDs
			// mean nothing.
			j.Identity, j.Why = ByURL, "an ID came back for another item"
		}
	}
	if c.Address != (news.ItemKey{}) {
		if i, ok := j.known[c.Address]; ok {
			// By its address alone where IDs do not count; else an ID that is new must not
			// be a new item on the same page, as in a live blog.
			if j.Identity == ByURL && j.shared[c.Address] < 2 || c.ID == (news.ItemKey{}) || i.Title == title(c) || !i.Published.IsZero() && i.Published.Equal(published(c)) {
				if c.ID != (news.ItemKey{}) {
					j.renamed++
				}
				return i, true
			}
		}
	}
	if i, ok := j.known[c.Content]; ok && (c.ID == (news.ItemKey{}) || j.Identity == ByURL || c.Address != (news.ItemKey{})) {
		return i, true
	}
	return news.FeedItem{}, false
}

// same tells whether an item of a known ID is that item: something of it must have stayed.
func (j *judge) same(i news.FeedItem, c Candidate) bool {
	return i.URL == "" || c.URL == "" || news.CleanURL(i.URL) == news.CleanURL(c.URL) || i.Title == title(c) ||
		i.Published.Equal(published(c)) || string(i.Digest) == string(c.digest)
}

func title(c Candidate) string {
	return strings.Join(strings.Fields(plain(c.Item.Title)), " ")
}

func published(c Candidate) time.Time { return c.Item.When().Time.Truncate(time.Millisecond) }

// one decides on one item.
func (j *judge) one(place int, c Candidate) {
	j.Tally.Served++
	if c.Text == "" && c.URL == "" {
		j.Tally.Rejected++
		j.Rejects = append(j.Rejects, "it has neither words nor an address")
		return
	}
	id := c.ID
	if j.Identity == ByURL {
		id = news.ItemKey{}
	}
	// Twice in one document.
	first := id
	if first == (news.ItemKey{}) {
		first = c.Address
	}
	if first == (news.ItemKey{}) || j.Identity == ByURL && j.shared[c.Address] > 1 {
		first = c.Content
	}
	if j.inDocument[first] {
		j.Tally.Duplicate++
		return
	}
	j.inDocument[first] = true

	i, known := j.find(c)
	if known && j.byRow[i.N] {
		// Another item of the document was found to be it.
		if string(i.Digest) == string(c.digest) {
			j.Tally.Duplicate++
			return
		}
		known = false
	}
	for _, k := range []news.ItemKey{c.ID, c.Address, c.Content} {
		if k != (news.ItemKey{}) && !(k == c.ID && j.Identity == ByURL && j.shared[k] > 1) {
			i.Keys = append(i.Keys, k)
		}
	}
	i.Place = place
	if !known {
		i.N, i.Seen, i.Versions = 0, j.now, 1
		j.describe(&i, c)
		j.Tally.Stored++
		j.Items = append(j.Items, news.ItemVersion{Item: i, Text: c.Text, Flags: j.flags(i, c)})
		j.New = append(j.New, i)
		return
	}
	j.byRow[i.N] = true
	j.Tally.Duplicate++
	if string(i.Digest) == string(c.digest) {
		j.Known = append(j.Known, i)
		return
	}
	j.describe(&i, c)
	j.Items = append(j.Items, news.ItemVersion{Item: i, Text: c.Text, Flags: j.flags(i, c), Changed: true})
}

func (j *judge) describe(i *news.FeedItem, c Candidate) {
	when := c.Item.When()
	i.URL, i.Title, i.Printed, i.Published, i.Digest = c.URL, title(c), when.Printed, published(c), c.digest
	i.Unfetchable = ""
	if c.URL == "" {
		i.Unfetchable = "it names no address that can be fetched"
	}
}

func (j *judge) flags(i news.FeedItem, c Candidate) []news.Flag {
	flags := c.Item.Flags
	switch {
	case i.Printed == "":
		flags = append(flags, news.Flag{Name: "date-missing", Detail: "it counts as published when it was first seen"})
	case i.Published.IsZero():
		flags = append(flags, news.Flag{Name: "date-unknown", Detail: "not understood; it counts as published when it was first seen"})
	case i.Published.After(i.Seen.Add(24 * time.Hour)):
		flags = append(flags, news.Flag{Name: "date-future", Detail: "it lies ahead; it counts as published when it was first seen"})
	}
	return flags
}
