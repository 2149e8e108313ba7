package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"dateline/export"
	"dateline/news"
	"dateline/store"
	"dateline/text"
)

// The JSON of a walk from something in the record down to the bytes of a stored page.
type (
	traceRecord struct {
		ID       string           `json:"id"`
		Story    *news.StoryID    `json:"story"`
		Entry    *news.EntryID    `json:"entry"`
		Rule     *string          `json:"rule"`
		Removed  *string          `json:"removed"` // why what the row rested on was removed
		Evidence []evidenceRecord `json:"evidence"`
	}
	evidenceRecord struct {
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
		Parts      []partRecord      `json:"parts"`
		Gone       *string           `json:"gone"` // why there are no bytes to show
	}
	partRecord struct {
		Name     string     `json:"name"`
		Range    text.Span  `json:"range"` // in the article's text
		Text     string     `json:"text"`
		Original *text.Span `json:"original"` // in the bytes of the revision
		Bytes    *string    `json:"bytes"`    // those bytes, in base64
	}
)

func (p *program) whyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "why ID",
		Short: "Follow any line of the record down to the bytes it stands on",
		Long: `Why shows what a story, a ledger row, a statement or an article stands on: the rule that made it,
the words in the text that was read, and the bytes of the stored page that the words came from,
with the SHA-256 by which anyone can check that the page is still what was read.`,
		Example: `  dateline why l5k2hq3v7na6ctwzp
  dateline why --json s7ncm4qv2h5ctj6na`,
		Args: cobra.ExactArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "as a JSON object")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		return p.viewing(cmd, func(ctx context.Context, s *store.Store) error {
			trace, err := s.Why(ctx, args[0])
			if err != nil {
				return fmt.Errorf("explain %w", err)
			}
			if *asJSON {
				return jsonLines(p.out)(newTraceRecord(args[0], trace))
			}
			return p.style().printTrace(p.out, trace)
		})
	}
	return c
}

func newTraceRecord(id string, t store.Trace) traceRecord {
	r := traceRecord{ID: id, Evidence: []evidenceRecord{}}
	if t.Story != nil {
		r.Story = &t.Story.ID
	}
	if t.Entry != nil {
		r.Entry, r.Story, r.Rule, r.Removed = &t.Entry.ID, &t.Entry.Story, export.OrNull(t.Entry.Rule.String()), export.OrNull(t.Entry.Removed)
	}
	for _, e := range t.Evidence {
		v := evidenceRecord{
			Page: e.Page, Article: e.Article.Ref.Article, Reasons: []string{}, Revision: e.Revision.ID, Number: e.Revision.Number,
			SHA256: e.Revision.SHA256, Recorded: e.Revision.Recorded, Reader: e.Reader, Parts: []partRecord{},
		}
		if !e.Revision.Fetched.IsZero() {
			v.Fetched = &e.Revision.Fetched
		}
		if e.Gone != nil {
			v.Gone = export.OrNull(e.Gone.Error())
		}
		if e.Statement != nil {
			v.Statement, v.Confidence = &e.Statement.ID, &e.Statement.Confidence
			for _, reason := range e.Statement.Reasons {
				v.Reasons = append(v.Reasons, reason.String())
			}
		}
		for _, part := range e.Parts {
			pr := partRecord{Name: part.Name, Range: part.Span, Text: part.Text, Original: export.OrNoSpan(part.Original)}
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

// shownParts bounds how many parts of one article are shown to a person.
const shownParts = 6

func (s style) printTrace(w io.Writer, t store.Trace) error {
	var b strings.Builder
	if t.Story != nil {
		fmt.Fprintf(&b, "%s  story\n%s\n\n", s.bold(string(t.Story.ID)), wrap(clean(t.Story.Name), "  "))
	}
	if e := t.Entry; e != nil {
		fmt.Fprintf(&b, "%s  %s of %s\n", s.bold(string(e.ID)), e.Kind, clean(e.Actor.Name))
		b.WriteString(wrap("because "+e.Rule.String(), "  ") + "\n")
		if e.Removed != "" {
			b.WriteString(wrap("! the page it rested on was removed: "+clean(e.Removed), "  ") + "\n")
		}
		if !e.Said.When.IsZero() {
			b.WriteString(wrap(fmt.Sprintf("said %s, because %s", e.Said.When, e.Said.Reason), "  ") + "\n")
		}
		b.WriteString(wrap(fmt.Sprintf("origins: at least %d, at most %d", e.Origins.Least, e.Origins.Most), "  ") + "\n\n")
	}
	for _, e := range t.Evidence {
		if st := e.Statement; st != nil {
			fmt.Fprintf(&b, "%s  statement, %s, confidence %.2f\n", s.bold(string(st.ID)), st.Mode, st.Confidence)
			for _, reason := range st.Reasons {
				b.WriteString(wrap("because "+clean(reason.String()), "  ") + "\n")
			}
			if st.Speaker.Name != "" {
				b.WriteString(wrap(fmt.Sprintf("speaker %s, because %s", clean(st.Speaker.Name), clean(st.Speaker.Reason.String())), "  ") + "\n")
			}
		}
		fmt.Fprintf(&b, "  in %s, article %d\n", clean(e.Page), e.Article.Ref.Article)
		if e.Article.URL != "" {
			b.WriteString(wrap("at "+clean(e.Article.URL), "  ") + "\n")
		}
		if !e.Revision.Fetched.IsZero() {
			fmt.Fprintf(&b, "  fetched %s\n", e.Revision.Fetched.UTC().Format(time.RFC3339))
		}
		fmt.Fprintf(&b, "  revision %s (number %d), read by rules %s\n", e.Revision.ID, e.Revision.Number, e.Reader)
		fmt.Fprintf(&b, "  sha256 %s\n", e.Revision.SHA256)
		if e.Gone != nil {
			b.WriteString(wrap("the bytes are not there: "+goneWords(e.Gone), "  ! ") + "\n")
		}
		for i, part := range e.Parts {
			if i == shownParts {
				fmt.Fprintf(&b, "  and %s more; --json shows all\n", plural(len(e.Parts)-i, "part"))
				break
			}
			place := fmt.Sprintf("text %d-%d", part.Span.Start, part.Span.End)
			if part.Bytes != nil {
				place += fmt.Sprintf(", bytes %d-%d of the page", part.Original.Start, part.Original.End)
			}
			fmt.Fprintf(&b, "\n  %s  %s\n%s\n", part.Name, s.dim(place), wrap(clean(part.Text), "    "))
			if raw := string(part.Bytes); part.Bytes != nil && raw != part.Text {
				if !utf8.ValidString(raw) {
					raw = fmt.Sprintf("%q", raw)
				}
				b.WriteString(s.dim(wrap("as stored: "+clip(clean(raw), 300), "    ")) + "\n")
			}
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func goneWords(err error) string {
	switch {
	case errors.Is(err, news.ErrRemoved):
		return "the page was removed"
	case errors.Is(err, news.ErrDamaged):
		return "the stored page is damaged; run \"dateline doctor --deep\""
	}
	return err.Error()
}
