package plain

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/cmd/dateline/terminal"
	"dateline/news"
	"dateline/web/view"
)

// shownParts bounds how many parts of one article are shown to a person.
const shownParts = 6

func Trace(w io.Writer, s terminal.Style, t news.Trace) error {
	var b strings.Builder
	if t.Story != nil {
		fmt.Fprintf(&b, "%s  story\n%s\n\n", s.Bold(string(t.Story.ID)), terminal.Wrap(terminal.Clean(t.Story.Name), "  "))
	}
	if e := t.Entry; e != nil {
		fmt.Fprintf(&b, "%s  %s\n", s.Bold(string(e.ID)), e.Kind)
		b.WriteString(terminal.Wrap(entryName(e), "  ") + "\n")
		b.WriteString(terminal.Wrap("because "+terminal.Clean(e.Rule.Plain()), "  ") + "\n")
		if e.Removed != "" {
			b.WriteString(terminal.Wrap("! the page it rested on was removed: "+terminal.Clean(e.Removed), "  ") + "\n")
		}
		if !e.Said.When.IsZero() {
			b.WriteString(terminal.Wrap(fmt.Sprintf("said %s, because %s", e.Said.When, terminal.Clean(e.Said.Reason.Plain())), "  ") + "\n")
		}
		b.WriteString(terminal.Wrap(view.Origins(e.Origins), "  ") + "\n\n")
	}
	for _, e := range t.Evidence {
		if st := e.Statement; st != nil {
			fmt.Fprintf(&b, "%s  statement, %s, confidence %.2f\n", s.Bold(string(st.ID)), st.Mode, st.Confidence)
			for _, reason := range st.Reasons {
				b.WriteString(terminal.Wrap("because "+terminal.Clean(reason.Plain()), "  ") + "\n")
			}
			if st.Speaker.Name != "" {
				b.WriteString(terminal.Wrap(fmt.Sprintf("speaker %s, because %s", terminal.Clean(st.Speaker.Name), terminal.Clean(st.Speaker.Reason.Plain())), "  ") + "\n")
			}
		}
		fmt.Fprintf(&b, "  in %s, article %d\n", terminal.Clean(e.Page), e.Article.Ref.Article)
		if e.Article.URL != "" {
			b.WriteString(terminal.Wrap("at "+terminal.Clean(e.Article.URL), "  ") + "\n")
		}
		if !e.Revision.Fetched.IsZero() {
			fmt.Fprintf(&b, "  fetched %s\n", e.Revision.Fetched.UTC().Format(time.RFC3339))
		}
		fmt.Fprintf(&b, "  revision %s (number %d), read by rules %s\n", e.Revision.ID, e.Revision.Number, e.Reader)
		fmt.Fprintf(&b, "  sha256 %s\n", e.Revision.SHA256)
		if e.Gone != nil {
			b.WriteString(terminal.Wrap("the bytes are not there: "+goneWords(e.Gone), "  ! ") + "\n")
		}
		for i, part := range e.Parts {
			if i == shownParts {
				fmt.Fprintf(&b, "  and %s more; --json shows all\n", terminal.Plural(len(e.Parts)-i, "part"))
				break
			}
			place := fmt.Sprintf("text %d-%d", part.Span.Start, part.Span.End)
			if part.Bytes != nil {
				place += fmt.Sprintf(", bytes %d-%d of the page", part.Original.Start, part.Original.End)
			}
			fmt.Fprintf(&b, "\n  %s  %s\n%s\n", part.Name, s.Dim(place), terminal.Wrap(terminal.Clean(part.Text), "    "))
			if raw := string(part.Bytes); part.Bytes != nil && raw != part.Text {
				if !utf8.ValidString(raw) {
					raw = fmt.Sprintf("%q", raw)
				}
				b.WriteString(s.Dim(terminal.Wrap("as stored: "+terminal.Clip(terminal.Clean(raw), 300), "    ")) + "\n")
			}
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// entryName is a row in one line: who and what, what is in dispute, or what is to be done.
func entryName(e *news.Entry) string {
	who := cmp.Or(terminal.Clean(e.Actor.Name), "nobody named")
	switch {
	case e.Dispute != nil:
		var sides []string
		for _, v := range e.Dispute.Sides {
			sides = append(sides, cmp.Or(terminal.Clean(v.Actor.Name), "the article itself"))
		}
		return fmt.Sprintf("%s; %s", terminal.Clean(view.Upper(e.Dispute.Title())), strings.Join(sides, " against "))
	case e.Undertaking != nil:
		name := fmt.Sprintf("%s: %s; %s", who, terminal.Clean(e.Undertaking.What), e.Undertaking.Plain())
		if !e.Undertaking.Due.IsZero() {
			name += ", due " + e.Undertaking.Due.String()
		}
		return name
	case e.Stance != "":
		name := who + " " + e.Stance.Plain()
		if e.Issue.Name != "" {
			name += " (" + terminal.Clean(e.Issue.Name) + ")"
		}
		return name + ": " + terminal.Clean(e.Text)
	}
	return who + ": " + terminal.Clean(e.Text)
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
