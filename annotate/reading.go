package annotate

import (
	"cmp"
	"fmt"
	"slices"

	"dateline/annotate/attribution"
	"dateline/annotate/mention"
	"dateline/annotate/syntax"
	"dateline/news"
	"dateline/text"
)

// A reading is an article under way: its parse, and what the rooms found in it.
type reading struct {
	a     news.Article
	d     *syntax.Doc
	names *mention.Finder
	found []attribution.Found
}

// statements turns what was found into the statements and entities of the annotation.
func (r *reading) statements(out *news.Annotation) {
	slices.SortStableFunc(r.found, func(x, y attribution.Found) int {
		return cmp.Or(cmp.Compare(x.Content[0].Start, y.Content[0].Start), cmp.Compare(y.Content[0].End, x.Content[0].End))
	})
	scope := string(r.a.ID)
	seen := map[string]int{}
	for _, f := range r.found {
		s := news.Statement{Article: r.a.ID, Mode: f.Mode, Act: news.Speech, Polarity: news.Positive, Confidence: f.Confidence}
		for _, c := range f.Content {
			s.Content = append(s.Content, r.d.Bytes(c))
		}
		if f.Cue.Len() > 0 {
			s.Cue = []text.Span{r.d.Bytes(f.Cue)}
		}
		s.Source = r.d.Bytes(f.Source)
		if e := r.names.At(f.SourceHead); e >= 0 {
			s.Speaker = news.Speaker{Entity: r.names.ID(scope, e), Name: r.names.Name(e), Anonymous: r.names.Anonymous(e)}
		} else if f.SourceHead >= 0 {
			if e := r.names.Describe(f.SourceHead, f.Source); e >= 0 {
				s.Speaker = news.Speaker{Entity: r.names.ID(scope, e), Name: r.names.Name(e), Anonymous: r.names.Anonymous(e)}
			}
		}
		words := ""
		for _, c := range s.Content {
			words += c.Of(r.a.Text) + " "
		}
		key := news.Fold(words)
		s.ID = news.NewStatementID(r.a.ID, words, seen[key])
		seen[key]++
		s.Reasons = append(s.Reasons, f.Reasons...)
		out.Statements = append(out.Statements, s)
	}
	for i, f := range r.found {
		if f.Within >= 0 {
			for j, g := range r.found {
				if g.ID == f.Within {
					out.Statements[i].Within = out.Statements[j].ID
				}
			}
		}
	}
	out.Entities = r.names.Entities(scope)
}

var _ = fmt.Sprint
