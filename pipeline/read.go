// Package pipeline is the order of the work: which step follows which, what one step hands
// the next, and the queue between them.
//
// An article enters at the top and leaves at the bottom. Reading (this file) is pure: a page
// in, its articles with what was said in them out. Placing (place.go) needs memory, which is
// loaded before it and saved after it; the decision in between is pure. The steps run over the
// rows of the store (steps.go): a row is leased, worked on, and its effect and its end are
// committed together, so that a step that dies is done again and nothing is done twice.
package pipeline

import (
	"fmt"

	"dateline/annotate"
	"dateline/extract"
	"dateline/news"
	"dateline/resolve"
	"dateline/split"
)

// ReaderVersion names the rules of reading. It changes whenever they do, for a span holds for
// one revision as read by one version of the rules.
const ReaderVersion = "1"

// Limits are what a reader may spend on a page.
type Limits struct {
	NoTokenLimit bool // analyse a page of any length; by default analysis ends at 10,000 tokens
}

// Readable reports bytes that no reading can turn into a page, with news.ErrUnreadable.
func Readable(page news.Page) error { return extract.Readable(page) }

// A Reader turns pages into annotated articles. It is immutable and safe for concurrent use.
type Reader struct{ limits Limits }

// NewReader loads what reading needs.
func NewReader(l Limits) (*Reader, error) { return &Reader{l}, nil }

// Read reads a page. It is pure: the same page gives the same reading on any machine, in any
// order. A page without an article gives its document and news.ErrNoArticle; bytes that are no
// page give news.ErrUnreadable.
func (r *Reader) Read(page news.Page) (news.Reading, error) {
	document, err := extract.Page(page)
	document.Reader = ReaderVersion
	reading := news.Reading{Document: document}
	if err != nil {
		return reading, err
	}
	articles := split.Document(document)
	if len(articles) == 0 {
		return reading, fmt.Errorf("%w: only furniture", news.ErrNoArticle)
	}
	for _, article := range articles {
		annotation := annotate.Article(article)
		reading.Annotations = append(reading.Annotations, resolve.Mentions(annotation))
	}
	return reading, nil
}
