package news

import (
	"time"

	"dateline/text"
)

// A Document is a page as read: its readable text in page order, in blocks, with what the
// page says of itself. It may hold several articles, or furniture alone.
//
// For plain text in valid UTF-8, Text is the file byte for byte. For HTML it is the readable
// text of the page in NFC, blocks parted by a blank line. Alignment leads from Text to the
// bytes of the revision, and Reader names the version of the rules that read it: spans hold
// for one revision as read by one reader.
type Document struct {
	Page      PageID
	Revision  RevisionID
	Reader    string
	Name      string    // as Page.Name
	URL       string    // as Page.URL
	Outlet    string    // as Page.Outlet
	Fetched   time.Time // as Page.Fetched
	MediaType string    // "text/html" or "text/plain", as it was found to be

	Text      string
	Alignment text.Alignment
	Blocks    []Block // in text order, not overlapping
	Meta      Metadata
	Flags     []Flag
}

// A Block is a run of text that the page sets apart: a paragraph, a heading, a list item, a
// caption. In plain text it is a line or what blank lines part.
type Block struct {
	Span    text.Span
	Kind    Kind    // what extraction takes it for; "" where it has no opinion
	Heading int     // 1 to 6 for h1 to h6, else 0
	Links   float64 // share of its letters that are link text, in [0,1]
	Reason  string  // the rule that gave the kind
}

// Kind is what a segment of a page is, in the terms of page segmentation.
type Kind string

const (
	Title       Kind = "title"
	TitleDup    Kind = "title_dup"     // the headline once more
	Dek         Kind = "dek"           // standfirst, sub-headline
	Dateline    Kind = "dateline"      // "PORT ALBA, May 3 -"
	DateKind    Kind = "date"          // the date of publication, as printed
	Publisher   Kind = "publisher"     // the outlet's name, as a line
	Byline      Kind = "byline"        // who wrote it
	Body        Kind = "body"          // the article's prose
	Caption     Kind = "caption"       // of a picture
	Credit      Kind = "credit"        // of a picture
	Label       Kind = "section_label" // a template's label, a subheading
	RelatedLink Kind = "related_link"  // the headline of another article
	Tags        Kind = "tags"          // a run of keywords
	Boilerplate Kind = "boilerplate"   // menus, banners, comments
)

// Kinds are all kinds of segment, in the order of their declaration.
var Kinds = []Kind{Title, TitleDup, Dek, Dateline, DateKind, Publisher, Byline, Body, Caption, Credit, Label, RelatedLink, Tags, Boilerplate}

// Metadata is what a page says of itself, each part with its basis. It describes the page's
// main article; package split decides what of it holds for the others.
type Metadata struct {
	Title     *Excerpt // where the headline stands in Text; nil if it is not in the text
	Outlet    Outlet
	Authors   []string
	Published Published
	Canonical string // the address the page gives itself, cleaned, only if it is of the page's own host or the page's host is unknown
	Language  string // as declared, a BCP 47 tag; "" if undeclared
}

// An Outlet is who publishes an article: who wrote it, not who carries a copy of it.
type Outlet struct {
	Name   string // "" where it is not known
	Basis  Basis
	Reason Reason
}

// A Published is when an outlet put an article out.
type Published struct {
	When   Interval  // zero where it is not known
	Local  string    // as the page prints it, in ISO 8601 with the zone kept; "" if it prints none
	Span   text.Span // where the page prints it; empty if not in the text
	Basis  Basis
	Reason Reason
}
