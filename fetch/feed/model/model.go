// Package model holds what the readers of feeds hand out, and the bounds that they keep.
package model

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/fetch/feed/fragment"
	"dateline/news"
)

// What a feed may be. Beyond these it is refused, or cut and flagged.
const (
	MaxBytes        = 16 << 20 // of a decoded body: ten times the largest feed of the test suites
	MaxDepth        = 256      // of elements
	MaxItems        = 1000     // of one feed; the first ones, which are the newest
	MaxTitleBytes   = 2 << 10
	MaxContentBytes = 1 << 20
	MaxFieldBytes   = 8 << 10
	MaxRepeated     = 128 // links, tags, persons, extra elements of one item
)

// Errors of a body that is no feed.
var (
	ErrEmpty    = errors.New("empty body")
	ErrNotFeed  = errors.New("not a feed")
	ErrTooDeep  = fmt.Errorf("elements nested more than %d deep", MaxDepth)
	ErrTooLarge = fmt.Errorf("more than %d bytes", MaxBytes)
)

// An Origin is what is known of a body besides its bytes.
type Origin struct {
	URL             string // where it was found, after redirects
	ContentType     string // the headers of the answer
	ContentLocation string
	ContentLanguage string
}

// A Text is a piece of text as its type has it: text/plain is shown as it stands, text/html
// and application/xhtml+xml are safe HTML; other types are not shown.
type Text struct {
	Value    string
	Type     string
	Language string
	Base     string
	Src      string // Atom: where the content is, if not here
}

// A Date is a time as printed and as understood.
type Date struct {
	Printed string
	Time    time.Time // UTC; zero if the words could not be understood
}

// A Link is one of the addresses of a feed or item. An RSS enclosure has the relation
// "enclosure", a licence "license".
type Link struct {
	Href, Rel, Type, Title, HrefLang, Length string
}

// A Person is an author, contributor or publisher.
type Person struct{ Name, Email, URL string }

// A Tag is a category.
type Tag struct{ Term, Scheme, Label string }

// An Image is the picture of a feed or item.
type Image struct {
	URL, Title, Link, Description string
	Width, Height                 int
}

// An Extra is an element of another vocabulary: "media:credit", "slash:comments".
type Extra struct {
	Name string
	Text string
	Attr map[string]string
}

// A Generator is the program that wrote the feed.
type Generator struct{ Name, URL, Version string }

// A Meta is what feeds, items and sources all may say of themselves.
type Meta struct {
	ID           string
	Link         string // the page; "" if none is named
	Links        []Link
	Title        Text
	Subtitle     Text
	Summary      Text // an item's description
	Rights       Text
	Info         Text
	Author       string // as a line: "Ana Ruiz (ana@alba.example)"
	Authors      []Person
	Contributors []Person
	Publisher    Person
	Published    Date
	Updated      Date
	Created      Date
	Expired      Date
	ValidFrom    Date
	ValidTo      Date
	Tags         []Tag
	Language     string
	Generator    Generator
	Image        *Image
	Icon, Logo   string
	Explicit     *bool // iTunes
	Blocked      *bool
	Where        *Geometry
	Extra        []Extra
}

// A Feed is one document.
type Feed struct {
	Meta

	Format   string // "rss20", "atom10", "rss10", "json11", ...
	Encoding string

	Rhythm      Rhythm
	NewLocation string // RSS newLocation, itunes:new-feed-url; never followed unasked
	Complete    bool   // RFC 5005: the document holds all there is
	Archive     bool   // RFC 5005: it will not change any more
	Items       []Item
	Deleted     []Tombstone // RFC 6721

	Served int         // items of the document, those beyond MaxItems among them
	Cut    bool        // the document ends early: nothing may be concluded from what is missing
	Flags  []news.Flag // what was repaired, cut or left out
}

// An Item is one entry of a feed.
type Item struct {
	Meta
	IDIsLink bool // the ID is said to be an address of the item
	Content  []Text
	Source   *Source
	Flags    []news.Flag
}

// A Source is the feed an item was taken from.
type Source struct {
	Meta
	Href string // RSS: the address of that feed
}

// A Tombstone tells that an entry was deleted (RFC 6721).
type Tombstone struct {
	Ref     string
	When    Date
	By      string
	Comment string
}

// A Rhythm is what a feed asks of those who poll it.
type Rhythm struct {
	TTL       time.Duration // RSS ttl; 0 if not given
	Period    time.Duration // syndication module: updatePeriod over updateFrequency
	SkipHours [24]bool      // in UTC
	SkipDays  [7]bool       // Sunday is 0
}

// Related are the addresses of a relation, in the order of the document.
func (m *Meta) Related(rel string) []string {
	var found []string
	for _, l := range m.Links {
		if l.Rel == rel && l.Href != "" {
			found = append(found, l.Href)
		}
	}
	return found
}

// Find is the first extra element of a name, nil if there is none.
func (m *Meta) Find(name string) *Extra {
	for i := range m.Extra {
		if m.Extra[i].Name == name {
			return &m.Extra[i]
		}
	}
	return nil
}

// HTML tells whether the text is a fragment of HTML.
func (t Text) HTML() bool { return IsHTML(t.Type) }

// When is the time the feed gives an item: when it was published, else updated or created.
func (m *Meta) When() Date {
	for _, d := range []Date{m.Published, m.Updated, m.Created} {
		if !d.Time.IsZero() {
			return d
		}
	}
	for _, d := range []Date{m.Published, m.Updated, m.Created} {
		if d.Printed != "" {
			return d
		}
	}
	return Date{}
}

// Flag notes what was repaired, cut or left out.
func (f *Feed) Flag(name, format string, a ...any) {
	f.Flags = append(f.Flags, news.Flag{Name: name, Detail: fmt.Sprintf(format, a...)})
}

// bound cuts what of an item is too long, and flags it.
func (i *Item) bound() {
	cut := func(t *Text, limit int, what string) {
		if len(t.Value) > limit {
			i.Flags = append(i.Flags, news.Flag{Name: "item-cut", Detail: fmt.Sprintf("%s: %d of %d bytes kept", what, limit, len(t.Value))})
			t.Value = CutText(t.Value, limit, t.HTML())
		}
	}
	cut(&i.Title, MaxTitleBytes, "title")
	cut(&i.Subtitle, MaxFieldBytes, "subtitle")
	cut(&i.Summary, MaxContentBytes, "summary")
	cut(&i.Rights, MaxFieldBytes, "rights")
	for n := range i.Content {
		cut(&i.Content[n], MaxContentBytes, "content")
	}
	for _, s := range []*string{&i.Author, &i.Publisher.Name, &i.Published.Printed, &i.Updated.Printed, &i.Created.Printed} {
		if len(*s) > MaxTitleBytes {
			i.Flags = append(i.Flags, news.Flag{Name: "item-cut", Detail: fmt.Sprintf("%d of %d bytes kept", MaxTitleBytes, len(*s))})
			*s = CutText(*s, MaxTitleBytes, false)
		}
	}
	if len(i.Link) > MaxFieldBytes {
		i.Flags = append(i.Flags, news.Flag{Name: "item-cut", Detail: fmt.Sprintf("a link of %d bytes is left out", len(i.Link))})
		i.Link = ""
	}
	i.Links = slices.DeleteFunc(i.Links, func(l Link) bool { return len(l.Href) > MaxFieldBytes })
}

// CutText is at most limit bytes of s, on a character, and of HTML not within a tag or reference.
func CutText(s string, limit int, html bool) string {
	s = strings.ToValidUTF8(s[:limit], "")
	if html {
		if i := strings.LastIndexByte(s, '<'); i > strings.LastIndexByte(s, '>') {
			s = s[:i]
		}
		if i := strings.LastIndexByte(s, '&'); i > strings.LastIndexByte(s, ';') && i > len(s)-40 {
			s = s[:i]
		}
	}
	return s
}

// Finish keeps an item within the bounds, and flags an address that cannot be fetched.
func (i *Item) Finish() {
	i.bound()
	if link := strings.TrimSpace(i.Link); link != "" && !fragment.Harmless(link) {
		i.Flags = append(i.Flags, news.Flag{Name: "link-refused", Detail: "not an address that can be fetched: " + CutText(link, min(len(link), 200), false)})
	}
}

// A Geometry is where an item is about, by GeoRSS (simple or GML). Each point is longitude,
// latitude and perhaps a height.
type Geometry struct {
	Type   string // Point, LineString, Polygon, Box
	Points [][]float64

	Dimensions int
	Projected  bool // the reference system has coordinates in x, y order
}

// Line is a person on a line.
func (p Person) Line() string {
	switch {
	case p.Name != "" && p.Email != "":
		return p.Name + " (" + p.Email + ")"
	case p.Name != "":
		return p.Name
	}
	return p.Email
}

// IsHTML tells whether a media type is one of HTML.
func IsHTML(t string) bool { return t == "text/html" || t == "application/xhtml+xml" }

// ResolveIf is the address that ref names, "" if there is no ref.
func ResolveIf(base, ref string) string {
	if ref == "" {
		return ""
	}
	return fragment.Resolve(base, ref)
}

// AddTag adds a tag that is not there yet.
func (m *Meta) AddTag(tag Tag) {
	if tag == (Tag{}) || len(m.Tags) >= MaxRepeated {
		return
	}
	for _, t := range m.Tags {
		if t == tag {
			return
		}
	}
	m.Tags = append(m.Tags, tag)
}
