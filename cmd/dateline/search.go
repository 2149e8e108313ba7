package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"dateline/export"
	"dateline/search"
	"dateline/store"
)

type (
	facetRecord struct {
		Facet  string        `json:"facet"`
		Counts []countRecord `json:"counts"`
	}
	countRecord struct {
		Value string `json:"value"`
		N     int    `json:"n"`
		Query string `json:"query"`
	}
)

func (p *program) searchCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "search QUERY...",
		Short: "Find articles and statements",
		Long: `Search finds articles and statements, best first. Copies of a text stand behind it.

  ferry toll                 words rank, none is required; endings and accents do not count
  "last crossing"            these words in this order, as they are
  ferr*                      words that begin so
  speaker:ruiz to:council    who said it to whom; also about: outlet: story: issue:
  mode:direct act:plan       also anonymous:yes lang:en
  published:2031-05 said:2031-05-03..2031-05-09      also >=2031-05-03 and 2031-05..
  as-of:2031-06-01           as the record stood then
  -toll   NOT toll   a AND b   a OR b   (a b)

AND, OR and NOT are operators in a query that also has a lower-case letter. What does not parse is
searched as plain words, and a notice says where it went wrong.`,
		Example: `  dateline search bridge toll
  dateline search '"last crossing" speaker:ruiz -denied'
  dateline search --json --limit 100 harbour published:2031-05`,
		Args: cobra.MinimumNArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "one JSON object a hit, one a line")
	var page search.Page
	c.Flags().IntVar(&page.Limit, "limit", 20, "how many hits at the most")
	c.Flags().StringVar(&page.Cursor, "cursor", "", "go on where the page before ended")
	c.Flags().BoolVar(&page.Facets, "facets", false, "count what was found by outlet, speaker, month and more")
	c.Flags().BoolVar(&page.Why, "why", false, "say what gave each hit its place")
	only := c.Flags().String("only", "", "articles or statements: leave out the others")
	c.RunE = func(cmd *cobra.Command, words []string) error {
		if page.Limit < 1 {
			return usageError{fmt.Errorf("--limit %d: ask for one or more", page.Limit)}
		}
		if page.Only = search.Sort(*only); page.Only != "" && page.Only != search.Articles && page.Only != search.Statements {
			return usageError{fmt.Errorf("--only %s: it is articles or statements", *only)}
		}
		return p.viewing(cmd, func(ctx context.Context, s *store.Store) error {
			query := strings.Join(words, " ")
			found, err := s.Search(ctx, query, page)
			if err != nil {
				return err
			}
			return p.printResults(query, found, *asJSON)
		})
	}
	return c
}

func (p *program) printResults(query string, found search.Results, asJSON bool) error {
	for _, n := range found.Notices {
		fmt.Fprint(p.err, pointAt(query, n))
	}
	for _, err := range found.Damaged {
		p.complain(err)
	}
	encode := jsonLines(p.out)
	for i, h := range found.Hits {
		var err error
		if asJSON {
			err = encode(export.NewHit(h))
		} else {
			err = p.style().printHit(p.out, i+1, h)
		}
		if err != nil {
			return err
		}
	}
	for _, f := range found.Facets {
		r := facetRecord{Facet: f.Name}
		var line []string
		for _, c := range f.Counts {
			r.Counts = append(r.Counts, countRecord(c))
			line = append(line, fmt.Sprintf("%s (%d)", clean(c.Value), c.N))
		}
		if asJSON {
			if err := encode(r); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintln(p.out, hang(fmt.Sprintf("%-10s", f.Name+":"), strings.Join(line, ", ")))
	}
	if len(found.Meant) > 0 {
		fmt.Fprintf(p.err, "dateline: the record knows %s: did you mean that?\n", printable(strings.Join(found.Meant, ", ")))
	}
	if asJSON {
		if found.Next != "" {
			fmt.Fprintf(p.err, "dateline: there is more: --cursor %s\n", found.Next)
		}
		return nil
	}
	switch {
	case len(found.Hits) == 0:
		fmt.Fprintln(p.out, "Nothing found.")
	case found.Next != "":
		fmt.Fprintln(p.out, p.style().dim(fmt.Sprintf("%s. Go on with --cursor %s", matches(found), found.Next)))
	}
	return nil
}

// matches is "37 match", or "600 match, and more".
func matches(found search.Results) string {
	if found.More {
		return fmt.Sprintf("More than %d match; of common words the newest were ranked", found.Matches)
	}
	return fmt.Sprintf("%d match", found.Matches)
}

// pointAt shows a notice under the character that it is about.
func pointAt(query string, n search.Notice) string {
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
	shown := printable(line[from:to])
	if strings.TrimSpace(shown) == "" {
		return fmt.Sprintf("dateline: search: %s\n", n.Text)
	}
	return fmt.Sprintf("dateline: search: %s\n  %s\n  %s^\n", n.Text, shown, strings.Repeat(" ", len([]rune(printable(line[from:at])))))
}

func utf8Start(b byte) bool { return b&0xc0 != 0x80 }

// hang breaks text into lines that hang behind a label.
func hang(label, t string) string {
	indent := strings.Repeat(" ", len([]rune(label)))
	return label + strings.TrimPrefix(wrap(t, indent), indent)
}

// numberColumns is the width of "12  " before a hit.
const numberColumns = 4

func (s style) printHit(w io.Writer, number int, h search.Hit) error {
	var b strings.Builder
	indent := strings.Repeat(" ", numberColumns)
	head := clean(cmp.Or(h.Title, h.Ref.Page))
	if h.Statement != nil {
		head = cmp.Or(clean(h.Statement.Speaker.Name), "somebody")
		if !h.Statement.Said.When.IsZero() {
			head += ", " + h.Statement.Said.When.String()
		}
		head += ":"
	}
	b.WriteString(s.bold(hang(fmt.Sprintf("%*d  ", numberColumns-2, number), head)) + "\n")
	b.WriteString(s.snippet(h, indent) + "\n")
	from := []string{cmp.Or(clean(h.Outlet), "outlet unknown"), cmp.Or(h.Published.String(), "undated")}
	if h.Statement != nil {
		from = append(from, "in "+clip(clean(cmp.Or(h.Title, h.Ref.Page)), columns/2))
	}
	if n := len(h.Copies); n > 0 {
		var outlets []string
		for _, c := range h.Copies {
			outlets = append(outlets, cmp.Or(clean(c.Outlet), "outlet unknown"))
		}
		from = append(from, fmt.Sprintf("%s: %s", counted(n, "copy", "copies"), strings.Join(outlets, ", ")))
	}
	b.WriteString(s.dim(wrap(strings.Join(from, " · "), indent)) + "\n")
	id := string(h.Article)
	if h.Statement != nil {
		id = string(h.Statement.ID)
	}
	b.WriteString(s.dim(wrap(fmt.Sprintf("%s, %s, article %d, bytes %d-%d", id, clean(h.Ref.Page), h.Ref.Article, h.Span.Start, h.Span.End), indent)) + "\n")
	for _, r := range h.Why {
		b.WriteString(wrap("· "+clean(r.String()), indent) + "\n")
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

// snippet is what was found, with the words set off.
func (s style) snippet(h search.Hit, indent string) string {
	var b strings.Builder
	at := h.Span.Start
	for _, r := range h.Ranges {
		if !h.Span.Contains(r) || r.Start < at {
			continue
		}
		b.WriteString(printable(h.Snippet[at-h.Span.Start : r.Start-h.Span.Start]))
		b.WriteString(s.bold(printable(h.Snippet[r.Start-h.Span.Start : r.End-h.Span.Start])))
		at = r.End
	}
	b.WriteString(printable(h.Snippet[at-h.Span.Start:]))
	return wrap(b.String(), indent)
}
