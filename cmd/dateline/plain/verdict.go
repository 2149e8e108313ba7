package plain

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"dateline/cmd/dateline/terminal"
	"dateline/news"
	"dateline/search"
)

// shownPlaces bounds how many places are shown to a person.
const shownPlaces = 5

func Verdict(w io.Writer, s terminal.Style, v search.Verdict) error {
	var b strings.Builder
	who := cmp.Or(terminal.Clean(v.Speaker.Name), "somebody, the record does not say who")
	asked := cmp.Or(terminal.Clean(v.Asked), "anybody")
	headline := map[search.Kind]string{
		search.Exact:        "Yes, word for word: " + who,
		search.Marks:        "Yes, in these words, but other marks: " + who,
		search.Altered:      "Not quite: the words were changed. It was " + who,
		search.Paraphrase:   "In other words: " + who,
		search.OtherSpeaker: "Said, but not by " + asked + ": by " + who,
		search.NotFound:     "Not found: the record does not have it from " + asked,
	}[v.Kind]
	if len(v.Places) > 0 && v.Places[0].TakenBack() {
		headline = "Taken back by its outlet, which had given the words to " + who
	}
	if v.Kind != search.NotFound && !v.Said.When.IsZero() {
		headline += ", " + v.Said.When.String()
	}
	b.WriteString(s.Bold(terminal.Wrap(headline+".", "")) + "\n")
	if len(v.Differences) > 0 && len(v.Places) > 0 {
		b.WriteString("\n" + compare(s, v))
	}
	for i, p := range v.Places {
		if i == shownPlaces {
			fmt.Fprintf(&b, "\n  and %s; --json shows all\n", terminal.Plural(len(v.Places)-i, "more place"))
			break
		}
		b.WriteString(place(s, p))
	}
	if v.Nearest != nil {
		b.WriteString("\n  Nearest on the record, and not the same:\n" + place(s, *v.Nearest))
	}
	b.WriteString("\n")
	for _, r := range v.Why {
		b.WriteString(s.Dim(terminal.Wrap("because "+terminal.Clean(r.Plain()), "  ")) + "\n")
	}
	span := "of unknown dates"
	if !v.Covered.From.IsZero() {
		span = "of " + v.Covered.From.Format(time.DateOnly) + " to " + v.Covered.To.Format(time.DateOnly)
	}
	b.WriteString(s.Dim(terminal.Wrap(fmt.Sprintf("looked through %s of %s, %s", terminal.Plural(v.Covered.Articles, "article"), terminal.Plural(v.Covered.Outlets, "outlet"), span), "  ")) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// compare lists what differs, word by word.
func compare(s terminal.Style, v search.Verdict) string {
	var b strings.Builder
	for _, d := range v.Differences {
		var line string
		switch {
		case d.Asked == "":
			line = fmt.Sprintf("the quotation leaves out %s", s.Bold("“"+terminal.Clean(d.Is)+"”"))
		case d.Is == "":
			line = fmt.Sprintf("the quotation adds %s", s.Bold("“"+terminal.Clean(d.Asked)+"”"))
		default:
			line = fmt.Sprintf("%s is %s", s.Bold("“"+terminal.Clean(d.Asked)+"”"), s.Bold("“"+terminal.Clean(d.Is)+"”")+" in the record")
		}
		if d.Kind != "replaced" && d.Kind != "added" && d.Kind != "left out" {
			line += " (" + d.Kind + ")"
		}
		b.WriteString(terminal.Wrap(line, "  ") + "\n")
	}
	return b.String()
}

// place is where words stand, with what stands there.
func place(s terminal.Style, p search.Place) string {
	var b strings.Builder
	b.WriteString("\n" + terminal.Wrap("“"+terminal.Clean(p.Text)+"”", "  ") + "\n")
	b.WriteString(later(p.Article, p.Corrections, "  "))
	from := []string{}
	if p.Statement != nil {
		from = append(from, cmp.Or(terminal.Clean(p.Statement.Speaker.Name), "speaker unknown"))
	} else {
		from = append(from, "outside any statement")
	}
	from = append(from, cmp.Or(terminal.Clean(p.Outlet), "outlet unknown"), cmp.Or(p.Published.String(), "undated"), terminal.Clip(terminal.Clean(cmp.Or(p.Title, p.Ref.Page)), terminal.Columns/2))
	b.WriteString(s.Dim(terminal.Wrap(strings.Join(from, " · "), "  ")) + "\n")
	id := string(p.Article)
	if p.Statement != nil {
		id = string(p.Statement.ID)
	}
	var places []string
	for _, span := range p.Spans {
		places = append(places, fmt.Sprintf("%d-%d", span.Start, span.End))
	}
	b.WriteString(s.Dim(terminal.Wrap(fmt.Sprintf("%s, %s, article %d, bytes %s", id, terminal.Clean(p.Ref.Page), p.Ref.Article, strings.Join(places, " and ")), "  ")) + "\n")
	return b.String()
}

// later is what an article's outlet said of it since, a line each.
func later(of news.ArticleID, all []news.Correction, indent string) string {
	var b strings.Builder
	for _, c := range all {
		what := "! the article was " + putRight(c.Whole) + " by its outlet since, in " + string(c.By)
		if c.By == of {
			what = "! here its outlet takes back what it wrote in " + string(c.Of)
		}
		b.WriteString(terminal.Wrap(what, indent) + "\n")
	}
	return b.String()
}
