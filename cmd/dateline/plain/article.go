package plain

import (
	"fmt"
	"io"
	"strings"

	"dateline/cmd/dateline/terminal"
	"dateline/news"
)

// Article writes an article for a person: what it is, where it comes from, who says what.
func Article(w io.Writer, s terminal.Style, a news.Annotation) error {
	art := a.Article
	title := "(no title)"
	if art.Title != nil {
		title = art.Title.Text
	}
	var b strings.Builder
	b.WriteString(s.Bold(terminal.Wrap(terminal.Clean(title), "")) + "\n")
	b.WriteString(terminal.Wrap(origins(art), "") + "\n")
	b.WriteString(s.Dim(terminal.Wrap(fmt.Sprintf("%s, article %d, bytes %d-%d, %s", art.Name, art.Index, art.Range.Start, art.Range.End, contents(a)), "")) + "\n")
	for _, f := range art.Flags {
		b.WriteString(terminal.Wrap("! "+f.Name+": "+f.Detail, "  ") + "\n")
	}
	if !a.Analysed {
		b.WriteString("  not analysed: no statements are read in this language\n")
	}
	for _, st := range a.Statements {
		b.WriteString("\n" + statement(s, art.Text, st))
	}
	b.WriteString("\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// statement is who says what, with the place of the words and why we think so.
func statement(s terminal.Style, t string, st news.Statement) string {
	var b strings.Builder
	who := "somebody"
	if st.Speaker.Name != "" {
		who = st.Speaker.Name
	} else if !st.Source.Empty() {
		who = terminal.Clean(st.Source.Of(t))
	}
	cue := ""
	if words := cueWords(t, st); words != "" {
		cue = " " + terminal.Clean(words)
	}
	if !st.Said.When.IsZero() {
		cue += ", " + st.Said.When.String()
	}
	b.WriteString(s.Bold(terminal.Wrap(terminal.Clean(who)+cue+":", "  ")) + "\n")
	for i, c := range st.Content {
		text := terminal.Clean(c.Of(t))
		if i > 0 {
			text = "… " + text
		}
		b.WriteString(terminal.Wrap(text, "    ") + "\n")
	}
	var places []string
	for _, c := range st.Content {
		places = append(places, fmt.Sprintf("%d-%d", c.Start, c.End))
	}
	why := ""
	if len(st.Reasons) > 0 {
		why = ", " + st.Reasons[0].Rule
	}
	b.WriteString(s.Dim(terminal.Wrap(fmt.Sprintf("%s, bytes %s, %s, confidence %.2f%s", st.ID, strings.Join(places, " and "), st.Mode, st.Confidence, why), "    ")) + "\n")
	return b.String()
}

// cueWords are the words that report a statement; where something was not said they hold the
// "not".
func cueWords(t string, st news.Statement) string {
	parts := make([]string, len(st.Cue))
	for i, c := range st.Cue {
		parts[i] = c.Of(t)
	}
	words := strings.Join(parts, " ")
	if st.Polarity == news.Negative && len(parts) > 0 && !strings.Contains(words, "not") {
		words += " (negative)"
	}
	return words
}

// origins is outlet, carrier, authors and time of publication, each with its basis.
func origins(a news.Article) string {
	var parts []string
	if a.Outlet.Name != "" {
		parts = append(parts, fmt.Sprintf("%s (%s)", terminal.Clean(a.Outlet.Name), a.Outlet.Basis))
	} else {
		parts = append(parts, "outlet unknown")
	}
	if a.Carrier != "" {
		parts = append(parts, "carried by "+terminal.Clean(a.Carrier))
	}
	if len(a.Authors) > 0 {
		parts = append(parts, "by "+terminal.Clean(strings.Join(a.Authors, ", ")))
	}
	if !a.Published.When.IsZero() {
		parts = append(parts, fmt.Sprintf("%s (%s)", a.Published.When, a.Published.Basis))
	} else {
		parts = append(parts, "date unknown")
	}
	return strings.Join(parts, " · ")
}

func contents(a news.Annotation) string {
	return terminal.Plural(len(a.Article.Sentences), "sentence") + ", " + terminal.Plural(len(a.Statements), "statement")
}
