package export

import (
	"encoding/base64"
	"time"

	"dateline/news"
	"dateline/text"
)

// The JSON of a walk from something in the record down to the bytes of a stored page.
type (
	Trace struct {
		ID       string        `json:"id"`
		Story    *news.StoryID `json:"story"`
		Entry    *news.EntryID `json:"entry"`
		Rule     *string       `json:"rule"`
		Removed  *string       `json:"removed"` // why what the row rested on was removed
		Evidence []Evidence    `json:"evidence"`
	}
	Evidence struct {
		Page       string            `json:"page"`
		Article    int               `json:"article"`
		Statement  *news.StatementID `json:"statement"`
		Confidence *float64          `json:"confidence"`
		Reasons    []string          `json:"reasons"`
		Revision   news.RevisionID   `json:"revision"`
		Number     int               `json:"number"`
		SHA256     string            `json:"sha256"`
		Fetched    *time.Time        `json:"fetched"`
		Recorded   time.Time         `json:"recorded"`
		Reader     string            `json:"reader"`
		Parts      []Part            `json:"parts"`
		Gone       *string           `json:"gone"` // why there are no bytes to show
	}
	Part struct {
		Name     string     `json:"name"`
		Range    text.Span  `json:"range"` // in the article's text
		Text     string     `json:"text"`
		Original *text.Span `json:"original"` // in the bytes of the revision
		Bytes    *string    `json:"bytes"`    // those bytes, in base64
	}
)

// NewTrace is the JSON form of the walk from an id.
func NewTrace(id string, t news.Trace) Trace {
	r := Trace{ID: id, Evidence: []Evidence{}}
	if t.Story != nil {
		r.Story = &t.Story.ID
	}
	if t.Entry != nil {
		r.Entry, r.Story, r.Rule, r.Removed = &t.Entry.ID, &t.Entry.Story, OrNull(t.Entry.Rule.String()), OrNull(t.Entry.Removed)
	}
	for _, e := range t.Evidence {
		v := Evidence{
			Page: e.Page, Article: e.Article.Ref.Article, Reasons: []string{}, Revision: e.Revision.ID, Number: e.Revision.Number,
			SHA256: e.Revision.SHA256, Recorded: e.Revision.Recorded, Reader: e.Reader, Parts: []Part{},
		}
		if !e.Revision.Fetched.IsZero() {
			v.Fetched = &e.Revision.Fetched
		}
		if e.Gone != nil {
			v.Gone = OrNull(e.Gone.Error())
		}
		if e.Statement != nil {
			v.Statement, v.Confidence = &e.Statement.ID, &e.Statement.Confidence
			for _, reason := range e.Statement.Reasons {
				v.Reasons = append(v.Reasons, reason.String())
			}
		}
		for _, part := range e.Parts {
			pr := Part{Name: part.Name, Range: part.Span, Text: part.Text, Original: OrNoSpan(part.Original)}
			if part.Bytes != nil {
				b := base64.StdEncoding.EncodeToString(part.Bytes)
				pr.Bytes = &b
			}
			v.Parts = append(v.Parts, pr)
		}
		r.Evidence = append(r.Evidence, v)
	}
	return r
}
