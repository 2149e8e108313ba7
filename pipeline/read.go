// Package pipeline is the order of the work: which step follows which, what one step hands
// the next, and the queue between them.
//
// An article enters at the top and leaves at the bottom. Reading (this file) is pure: a page
// in, its articles with what was said in them out. Placing needs memory, which is loaded
// before it and saved after it; the decision in between is pure. The steps run over the rows
// of the store (steps.go): a row is leased, worked on, and its effect and its end are
// committed together, so that a step that dies is done again and nothing is done twice.
package pipeline

import (
	"context"
	"fmt"

	"dateline/annotate"
	"dateline/extract"
	"dateline/news"
	"dateline/nlp"
	"dateline/resolve"
	"dateline/split"
)

// ReaderVersion names the rules of reading. It changes whenever they do, for a span holds for
// one revision as read by one version of the rules.
const ReaderVersion = "4"

// maxTokens is where the analysis of an untrusted page ends: the text is kept whole, the
// record says that it is analysed in part. The longest of 1,008 news articles measured has
// 7,600 tokens.
const maxTokens = 10_000

// Limits are what a reader may spend on a page.
type Limits struct {
	NoTokenLimit bool // analyse a page of any length
}

// A Reader turns pages into annotated articles. It is immutable and safe for concurrent use.
type Reader struct {
	english *nlp.Pipeline
	options annotate.Options
}

// NewReader loads what reading needs: the model of English, some milliseconds.
func NewReader(l Limits) (*Reader, error) {
	english, err := nlp.Load(nlp.Config{})
	if err != nil {
		return nil, fmt.Errorf("load the model of English: %w", err)
	}
	r := &Reader{english: english, options: annotate.Options{MaxTokens: maxTokens}}
	if l.NoTokenLimit {
		r.options.MaxTokens = 0
	}
	return r, nil
}

// Readable reports bytes that no reading can turn into a page, with news.ErrUnreadable.
func Readable(page news.Page) error { return extract.Readable(page) }

// Read reads a page. It is pure: the same page gives the same reading on any machine, in any
// order. A page without an article gives its document and news.ErrNoArticle; bytes that are no
// page give news.ErrUnreadable. Any other error is that of ctx.
func (r *Reader) Read(ctx context.Context, page news.Page) (news.Reading, error) {
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
	options := r.options
	options.Fetched = page.Fetched
	for _, article := range articles {
		annotation, err := annotate.Article(ctx, article, r.english, options)
		if err != nil {
			return reading, err
		}
		if annotation.Truncated {
			annotation.Article.Flags = append(annotation.Article.Flags, news.Flag{Name: "analysis-cut", Detail: fmt.Sprintf("the analysis ends after %d tokens; --no-limit lifts that", maxTokens)})
		}
		reading.Annotations = append(reading.Annotations, resolve.Mentions(annotation))
	}
	return reading, nil
}
