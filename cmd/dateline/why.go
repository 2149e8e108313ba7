package main

import (
	"cmp"
	"context"
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
	"dateline/web/view"
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
				return jsonLines(p.out)(export.NewTrace(args[0], trace))
			}
			return p.style().printTrace(p.out, trace)
		})
	}
	return c
}

// shownParts bounds how many parts of one article are shown to a person.
const shownParts = 6

func (s style) printTrace(w io.Writer, t news.Trace) error {
	var b strings.Builder
	if t.Story != nil {
		fmt.Fprintf(&b, "%s  story\n%s\n\n", s.bold(string(t.Story.ID)), wrap(clean(t.Story.Name), "  "))
	}
	if e := t.Entry; e != nil {
		fmt.Fprintf(&b, "%s  %s\n", s.bold(string(e.ID)), e.Kind)
		b.WriteString(wrap(entryName(e), "  ") + "\n")
		b.WriteString(wrap("because "+clean(e.Rule.Plain()), "  ") + "\n")
		if e.Removed != "" {
			b.WriteString(wrap("! the page it rested on was removed: "+clean(e.Removed), "  ") + "\n")
		}
		if !e.Said.When.IsZero() {
			b.WriteString(wrap(fmt.Sprintf("said %s, because %s", e.Said.When, clean(e.Said.Reason.Plain())), "  ") + "\n")
		}
		b.WriteString(wrap(view.Origins(e.Origins), "  ") + "\n\n")
	}
	for _, e := range t.Evidence {
		if st := e.Statement; st != nil {
			fmt.Fprintf(&b, "%s  statement, %s, confidence %.2f\n", s.bold(string(st.ID)), st.Mode, st.Confidence)
			for _, reason := range st.Reasons {
				b.WriteString(wrap("because "+clean(reason.Plain()), "  ") + "\n")
			}
			if st.Speaker.Name != "" {
				b.WriteString(wrap(fmt.Sprintf("speaker %s, because %s", clean(st.Speaker.Name), clean(st.Speaker.Reason.Plain())), "  ") + "\n")
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

// entryName is a row in one line: who and what, what is in dispute, or what is to be done.
func entryName(e *news.Entry) string {
	who := cmp.Or(clean(e.Actor.Name), "nobody named")
	switch {
	case e.Dispute != nil:
		var sides []string
		for _, v := range e.Dispute.Sides {
			sides = append(sides, cmp.Or(clean(v.Actor.Name), "the article itself"))
		}
		return fmt.Sprintf("%s; %s", clean(view.Upper(e.Dispute.Title())), strings.Join(sides, " against "))
	case e.Undertaking != nil:
		name := fmt.Sprintf("%s: %s; %s", who, clean(e.Undertaking.What), e.Undertaking.Plain())
		if !e.Undertaking.Due.IsZero() {
			name += ", due " + e.Undertaking.Due.String()
		}
		return name
	case e.Stance != "":
		name := who + " " + e.Stance.Plain()
		if e.Issue.Name != "" {
			name += " (" + clean(e.Issue.Name) + ")"
		}
		return name + ": " + clean(e.Text)
	}
	return who + ": " + clean(e.Text)
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
