package plain

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"dateline/cmd/dateline/terminal"
	"dateline/export"
)

// For a person so many articles of one event are listed, and so many events, the last ones.
const (
	shownArticles = 8
	shownEvents   = 40
)

func Story(w io.Writer, s terminal.Style, r export.Story, whole bool) error {
	var b strings.Builder
	b.WriteString(s.Bold(terminal.Wrap(cmp.Or(terminal.Clean(r.Name), "(no title)"), "")) + "\n")
	b.WriteString(s.Dim(terminal.Wrap(fmt.Sprintf("%s, %s of %s%s", r.ID, terminal.Plural(r.Articles, "article"), terminal.Plural(r.Outlets, "known outlet"), originRange(r.Origins)), "")) + "\n")
	events := r.Events
	if n := len(events) - shownEvents; n > 0 && !whole {
		events = events[n:]
		fmt.Fprintf(&b, "  %s before these; \"story %s --limit 0\" shows all\n", terminal.Plural(n, "event"), r.ID)
	}
	for _, e := range events {
		day := e.Date.String()
		if e.Date.IsMoment() && len(day) > len(time.DateOnly) {
			day = day[:len(time.DateOnly)]
		}
		b.WriteString(terminal.Wrap(cmp.Or(day, "undated")+"  "+cmp.Or(terminal.Clean(e.Title), "(no title)"), "  ") + "\n")
		for i, a := range e.Articles {
			if i == shownArticles {
				fmt.Fprintf(&b, "      and %d more; --json shows all\n", len(e.Articles)-i)
				break
			}
			b.WriteString(s.Dim(terminal.Wrap(fmt.Sprintf("%s, article %d", terminal.Clean(a.Page), a.Article), "      ")) + "\n")
		}
	}
	b.WriteString("\n")
	_, err := io.WriteString(w, b.String())
	return err
}
