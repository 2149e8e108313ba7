// Package feed reads what outlets syndicate: RSS 0.90 to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0,
// CDF, JSON Feed 1.0 and 1.1, with Dublin Core, content, Media RSS, iTunes, GeoRSS, syndication
// and history modules; lists of feeds (OPML) and the feeds a page points to.
//
// Bytes are decoded first (charset), then read in one pass over the markup (markup, xmlfeed) or as
// JSON (jsonfeed). Texts are kept with their type; those that are HTML are made safe and their
// addresses absolute (fragment). Times keep the words they were printed in (date). The outcome is
// that of feedparser 6, whose 2,106 test feeds are the measure (TestFeedparser), except where
// safety or truth asks for more: nothing is repaired that was encoded twice, and only harmless
// addresses become links.
//
// A feed that is cut off gives the items that are whole, and the flag feed-truncated; nothing
// that was left out, cut or repaired is left unflagged. Reading takes time linear in the bytes
// and bounded memory: see the Max constants.
//
// What an item is from one poll to the next is told by package item. Nothing here asks a host.
package feed

import (
	"bytes"
	"fmt"
	"strings"

	"dateline/fetch/feed/charset"
	"dateline/fetch/feed/date"
	"dateline/fetch/feed/jsonfeed"
	"dateline/fetch/feed/model"
	"dateline/fetch/feed/xmlfeed"
)

// What is handed out; package model tells of each.
type (
	Feed      = model.Feed
	Item      = model.Item
	Meta      = model.Meta
	Text      = model.Text
	Date      = model.Date
	Link      = model.Link
	Person    = model.Person
	Tag       = model.Tag
	Image     = model.Image
	Extra     = model.Extra
	Source    = model.Source
	Tombstone = model.Tombstone
	Rhythm    = model.Rhythm
	Geometry  = model.Geometry
	Origin    = model.Origin
)

// The bounds that readers keep.
const (
	MaxBytes        = model.MaxBytes
	MaxDepth        = model.MaxDepth
	MaxItems        = model.MaxItems
	MaxTitleBytes   = model.MaxTitleBytes
	MaxContentBytes = model.MaxContentBytes
	MaxFieldBytes   = model.MaxFieldBytes
)

// Errors of a body that is no feed.
var (
	ErrEmpty    = model.ErrEmpty
	ErrNotFeed  = model.ErrNotFeed
	ErrTooDeep  = model.ErrTooDeep
	ErrTooLarge = model.ErrTooLarge
)

// ParseDate understands a time as feeds print it.
func ParseDate(printed string) Date { return date.Parse(printed) }

// Parse reads one body. The feed is given with an error only as far as it helps to say why.
func Parse(body []byte, from Origin) (Feed, error) {
	if len(body) > MaxBytes {
		return Feed{}, fmt.Errorf("%w: %d", ErrTooLarge, len(body))
	}
	// An empty link is the address itself: it must be fit to be shown.
	from.URL = strings.ReplaceAll(strings.ToValidUTF8(from.URL, "\uFFFD"), "\x00", "\uFFFD")
	decoded := charset.Decode(body, from.ContentType)
	text := bytes.TrimSpace(decoded.UTF8)
	if len(text) == 0 {
		return Feed{}, ErrEmpty
	}
	var f Feed
	var err error
	if text[0] == '{' || text[0] == '[' || !bytes.ContainsRune(text[:min(len(text), 1024)], '<') {
		f, err = jsonfeed.Parse(text, from)
	} else {
		f, err = xmlfeed.Parse(text, from)
	}
	f.Encoding = decoded.Label
	f.Flags = append(decoded.Flags, f.Flags...)
	return f, err
}
