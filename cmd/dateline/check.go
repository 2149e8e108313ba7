package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dateline/export"
	"dateline/search"
	"dateline/store"
)

func (p *program) checkCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "check QUOTE...",
		Short: "Did they really say that?",
		Long: `Check looks for a quotation in the record and says what it finds:

  exact          in these very words
  marks          in these words; punctuation, case, brackets or ellipses differ
  altered        some words differ; each is shown
  paraphrase     the same in other words
  other_speaker  said, but by somebody else than --speaker names
  not_found      the record does not hold it; what it covers is told

Brackets, ellipses, case, a quotation cut short and reported tense do not hinder it.`,
		Example: `  dateline check "The bridge opens in May"
  dateline check --json --speaker Ruiz "The bridge [...] opens in June"`,
		Args: cobra.MinimumNArgs(1),
	}
	asJSON := c.Flags().Bool("json", false, "as a JSON object")
	speaker := c.Flags().String("speaker", "", "who is said to have said it")
	c.RunE = func(cmd *cobra.Command, words []string) error {
		return p.viewing(cmd, func(ctx context.Context, s *store.Store) error {
			v, err := s.Check(ctx, strings.Join(words, " "), *speaker)
			if err != nil {
				return err
			}
			return p.show(*asJSON, export.NewVerdict(v), func(s style) error { return s.printVerdict(p.out, v) })
		})
	}
	return c
}

// shownPlaces bounds how many places are shown to a person.
const shownPlaces = 5

func (s style) printVerdict(w io.Writer, v search.Verdict) error {
	var b strings.Builder
	who := cmp.Or(clean(v.Speaker.Name), "somebody, the record does not say who")
	asked := cmp.Or(clean(v.Asked), "anybody")
	headline := map[search.Kind]string{
		search.Exact:        "Yes, word for word: " + who,
		search.Marks:        "Yes, in these words, but other marks: " + who,
		search.Altered:      "Not quite: the words were changed. It was " + who,
		search.Paraphrase:   "In other words: " + who,
		search.OtherSpeaker: "Said, but not by " + asked + ": by " + who,
		search.NotFound:     "Not found: the record does not have it from " + asked,
	}[v.Kind]
	if len(v.Places) > 0 && len(v.Places[0].Corrections) > 0 {
		headline = "In " + map[bool]string{true: "these words", false: "like words"}[v.Kind == search.Exact || v.Kind == search.Marks] +
			", but its outlet took back or corrected the article that gives them to " + who
	}
	if v.Kind != search.NotFound && !v.Said.When.IsZero() {
		headline += ", " + v.Said.When.String()
	}
	b.WriteString(s.bold(wrap(headline+".", "")) + "\n")
	if len(v.Differences) > 0 && len(v.Places) > 0 {
		b.WriteString("\n" + s.compare(v))
	}
	for i, p := range v.Places {
		if i == shownPlaces {
			fmt.Fprintf(&b, "\n  and %s; --json shows all\n", plural(len(v.Places)-i, "more place"))
			break
		}
		b.WriteString(s.place(p))
	}
	if v.Nearest != nil {
		b.WriteString("\n  Nearest on the record, and not the same:\n" + s.place(*v.Nearest))
	}
	b.WriteString("\n")
	for _, r := range v.Why {
		b.WriteString(s.dim(wrap("because "+clean(r.Plain()), "  ")) + "\n")
	}
	span := "of unknown dates"
	if !v.Covered.From.IsZero() {
		span = "of " + v.Covered.From.Format(time.DateOnly) + " to " + v.Covered.To.Format(time.DateOnly)
	}
	b.WriteString(s.dim(wrap(fmt.Sprintf("looked through %s of %s, %s", plural(v.Covered.Articles, "article"), plural(v.Covered.Outlets, "outlet"), span), "  ")) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// compare lists what differs, word by word.
func (s style) compare(v search.Verdict) string {
	var b strings.Builder
	for _, d := range v.Differences {
		var line string
		switch {
		case d.Asked == "":
			line = fmt.Sprintf("the quotation leaves out %s", s.bold("“"+clean(d.Is)+"”"))
		case d.Is == "":
			line = fmt.Sprintf("the quotation adds %s", s.bold("“"+clean(d.Asked)+"”"))
		default:
			line = fmt.Sprintf("%s is %s", s.bold("“"+clean(d.Asked)+"”"), s.bold("“"+clean(d.Is)+"”")+" in the record")
		}
		if d.Kind != "replaced" && d.Kind != "added" && d.Kind != "left out" {
			line += " (" + d.Kind + ")"
		}
		b.WriteString(wrap(line, "  ") + "\n")
	}
	return b.String()
}

// place is where words stand, with what stands there.
func (s style) place(p search.Place) string {
	var b strings.Builder
	b.WriteString("\n" + wrap("“"+clean(p.Text)+"”", "  ") + "\n")
	for _, c := range p.Corrections {
		what := "! the article was corrected by its outlet since, in " + string(c.By)
		switch {
		case c.By == p.Article:
			what = "! here its outlet takes back what it wrote in " + string(c.Of)
		case c.Whole:
			what = "! the article was taken back by its outlet since, in " + string(c.By)
		}
		b.WriteString(wrap(what, "  ") + "\n")
	}
	from := []string{}
	if p.Statement != nil {
		from = append(from, cmp.Or(clean(p.Statement.Speaker.Name), "speaker unknown"))
	} else {
		from = append(from, "outside any statement")
	}
	from = append(from, cmp.Or(clean(p.Outlet), "outlet unknown"), cmp.Or(p.Published.String(), "undated"), clip(clean(cmp.Or(p.Title, p.Ref.Page)), columns/2))
	b.WriteString(s.dim(wrap(strings.Join(from, " · "), "  ")) + "\n")
	id := string(p.Article)
	if p.Statement != nil {
		id = string(p.Statement.ID)
	}
	var places []string
	for _, span := range p.Spans {
		places = append(places, fmt.Sprintf("%d-%d", span.Start, span.End))
	}
	b.WriteString(s.dim(wrap(fmt.Sprintf("%s, %s, article %d, bytes %s", id, clean(p.Ref.Page), p.Ref.Article, strings.Join(places, " and ")), "  ")) + "\n")
	return b.String()
}
