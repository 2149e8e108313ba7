package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"dateline/news"
)

// columns is the width that output for people keeps to.
const columns = 80

// A style marks up output for people: by escape sequences on a terminal, not at all elsewhere.
type style struct{ on bool }

func (p *program) style() style {
	return style{terminal(p.out) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}

func (s style) bold(t string) string { return s.mark("1", t) }
func (s style) dim(t string) string  { return s.mark("2", t) }

func (s style) mark(code, t string) string {
	if !s.on {
		return t
	}
	return "\x1b[" + code + "m" + t + "\x1b[0m"
}

// printArticle writes an article for a person: what it is, where it comes from, who says what.
func (s style) printArticle(w io.Writer, a news.Annotation) error {
	art := a.Article
	title := "(no title)"
	if art.Title != nil {
		title = art.Title.Text
	}
	var b strings.Builder
	b.WriteString(s.bold(wrap(clean(title), "")) + "\n")
	b.WriteString(wrap(origins(art), "") + "\n")
	b.WriteString(s.dim(wrap(fmt.Sprintf("%s, article %d, bytes %d-%d, %s", art.Name, art.Index, art.Range.Start, art.Range.End, contents(a)), "")) + "\n")
	for _, f := range art.Flags {
		b.WriteString(wrap("! "+f.Name+": "+f.Detail, "  ") + "\n")
	}
	if !a.Analysed {
		b.WriteString("  not analysed: no statements are read in this language\n")
	}
	for _, st := range a.Statements {
		b.WriteString("\n" + s.statement(art.Text, st))
	}
	b.WriteString("\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// statement is who says what, with the place of the words and why we think so.
func (s style) statement(t string, st news.Statement) string {
	var b strings.Builder
	who := "somebody"
	if st.Speaker.Name != "" {
		who = st.Speaker.Name
	} else if !st.Source.Empty() {
		who = clean(st.Source.Of(t))
	}
	cue := ""
	if words := cueWords(t, st); words != "" {
		cue = " " + clean(words)
	}
	if !st.Said.When.IsZero() {
		cue += ", " + st.Said.When.String()
	}
	b.WriteString(s.bold(wrap(clean(who)+cue+":", "  ")) + "\n")
	for i, c := range st.Content {
		text := clean(c.Of(t))
		if i > 0 {
			text = "… " + text
		}
		b.WriteString(wrap(text, "    ") + "\n")
	}
	var places []string
	for _, c := range st.Content {
		places = append(places, fmt.Sprintf("%d-%d", c.Start, c.End))
	}
	why := ""
	if len(st.Reasons) > 0 {
		why = ", " + st.Reasons[0].Rule
	}
	b.WriteString(s.dim(wrap(fmt.Sprintf("%s, bytes %s, %s, confidence %.2f%s", st.ID, strings.Join(places, " and "), st.Mode, st.Confidence, why), "    ")) + "\n")
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
		parts = append(parts, fmt.Sprintf("%s (%s)", clean(a.Outlet.Name), a.Outlet.Basis))
	} else {
		parts = append(parts, "outlet unknown")
	}
	if a.Carrier != "" {
		parts = append(parts, "carried by "+clean(a.Carrier))
	}
	if len(a.Authors) > 0 {
		parts = append(parts, "by "+clean(strings.Join(a.Authors, ", ")))
	}
	if !a.Published.When.IsZero() {
		parts = append(parts, fmt.Sprintf("%s (%s)", a.Published.When, a.Published.Basis))
	} else {
		parts = append(parts, "date unknown")
	}
	return strings.Join(parts, " · ")
}

func contents(a news.Annotation) string {
	return plural(len(a.Article.Sentences), "sentence") + ", " + plural(len(a.Statements), "statement")
}

// clean is text of a page made fit for a terminal: one line, without what printable takes out.
func clean(t string) string { return strings.Join(strings.Fields(printable(t)), " ") }

// printable is t without control characters and marks of direction, so that no page can move
// the cursor, set the title of the window or turn a line around.
func printable(t string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < 0x20 || r == 0x7f || 0x80 <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069:
			return -1
		}
		return r
	}, t)
}

// clip is t in at most width columns, its end replaced by an ellipsis where it is longer.
func clip(t string, width int) string {
	if utf8.RuneCountInString(t) <= width {
		return t
	}
	return strings.TrimRight(string([]rune(t)[:width-1]), " ") + "…"
}

// wrap breaks t at blanks into lines of at most so many columns, each behind indent. A word
// longer than a line stands alone on one.
func wrap(t, indent string) string {
	var b strings.Builder
	column := 0
	for _, word := range strings.Fields(t) {
		n := utf8.RuneCountInString(word)
		switch {
		case column == 0:
			b.WriteString(indent)
			column = len(indent)
		case column+1+n > columns:
			b.WriteString("\n" + indent)
			column = len(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}
