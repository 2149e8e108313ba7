package plain

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"dateline/cmd/dateline/terminal"
	"dateline/search"
)

// Notice shows a notice under the character that it is about.
func Notice(query string, n search.Notice) string {
	line := strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r == '\r' {
			return ' '
		}
		return r
	}, query)
	// A window of the query around the place.
	const before, after = 40, 30
	at := min(n.At, len(line))
	from, to := max(0, at-before), min(len(line), at+after)
	for from > 0 && from < len(line) && !utf8Start(line[from]) {
		from--
	}
	for to < len(line) && !utf8Start(line[to]) {
		to++
	}
	shown := terminal.Printable(line[from:to])
	if strings.TrimSpace(shown) == "" {
		return fmt.Sprintf("dateline: search: %s\n", n.Text)
	}
	return fmt.Sprintf("dateline: search: %s\n  %s\n  %s^\n", n.Text, shown, strings.Repeat(" ", len([]rune(terminal.Printable(line[from:at])))))
}

func utf8Start(b byte) bool { return b&0xc0 != 0x80 }

// numberColumns is the width of "12  " before a hit.
const numberColumns = 4

func Hit(w io.Writer, s terminal.Style, number int, h search.Hit) error {
	var b strings.Builder
	indent := strings.Repeat(" ", numberColumns)
	head := terminal.Clean(cmp.Or(h.Title, h.Ref.Page))
	if h.Statement != nil {
		head = cmp.Or(terminal.Clean(h.Statement.Speaker.Name), "somebody")
		if !h.Statement.Said.When.IsZero() {
			head += ", " + h.Statement.Said.When.String()
		}
		head += ":"
	}
	b.WriteString(s.Bold(terminal.Hang(fmt.Sprintf("%*d  ", numberColumns-2, number), head)) + "\n")
	b.WriteString(snippet(s, h, indent) + "\n" + later(h.Article, h.Corrections, indent))
	from := []string{cmp.Or(terminal.Clean(h.Outlet), "outlet unknown"), cmp.Or(h.Published.String(), "undated")}
	if h.Statement != nil {
		from = append(from, "in "+terminal.Clip(terminal.Clean(cmp.Or(h.Title, h.Ref.Page)), terminal.Columns/2))
	}
	if n := len(h.Copies); n > 0 {
		var outlets []string
		for _, c := range h.Copies {
			outlets = append(outlets, cmp.Or(terminal.Clean(c.Outlet), "outlet unknown"))
		}
		from = append(from, fmt.Sprintf("%s: %s", terminal.Counted(n, "copy", "copies"), strings.Join(outlets, ", ")))
	}
	b.WriteString(s.Dim(terminal.Wrap(strings.Join(from, " · "), indent)) + "\n")
	id := string(h.Article)
	if h.Statement != nil {
		id = string(h.Statement.ID)
	}
	b.WriteString(s.Dim(terminal.Wrap(fmt.Sprintf("%s, %s, article %d, bytes %d-%d", id, terminal.Clean(h.Ref.Page), h.Ref.Article, h.Span.Start, h.Span.End), indent)) + "\n")
	for _, r := range h.Why {
		b.WriteString(terminal.Wrap("· "+terminal.Clean(r.String()), indent) + "\n")
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

// snippet is what was found, with the words set off.
func snippet(s terminal.Style, h search.Hit, indent string) string {
	var b strings.Builder
	at := h.Span.Start
	for _, r := range h.Ranges {
		if !h.Span.Contains(r) || r.Start < at {
			continue
		}
		b.WriteString(terminal.Printable(h.Snippet[at-h.Span.Start : r.Start-h.Span.Start]))
		b.WriteString(s.Bold(terminal.Printable(h.Snippet[r.Start-h.Span.Start : r.End-h.Span.Start])))
		at = r.End
	}
	b.WriteString(terminal.Printable(h.Snippet[at-h.Span.Start:]))
	return terminal.Wrap(b.String(), indent)
}
