package seed

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"dateline/eval/grouping"
	"dateline/eval/load"
	"dateline/eval/score"
	"dateline/news"
	"dateline/text"
)

// A namedMention is a name in a seed page with the entity it stands for.
type namedMention struct {
	number  string // of the page
	article string
	span    text.Span
	entity  string
	kind    string
}

// namedMentions are the hand-marked names of persons, organisations and places.
func (j Job) namedMentions() ([]namedMention, error) {
	articles, err := load.Object[struct {
		Documents map[string]document `json:"documents"`
	}](j.Beside, "gold/times.json")
	if err != nil {
		return nil, err
	}
	gold, err := load.Object[struct {
		Entities map[string]struct {
			Type  string `json:"type"`
			Forms map[string]struct {
				Occurrences []struct {
					File string    `json:"file"`
					Span text.Span `json:"span"`
					Kind string    `json:"kind"`
				} `json:"occurrences"`
			} `json:"forms"`
		} `json:"entities"`
	}](j.Beside, "gold/entities.json")
	if err != nil {
		return nil, err
	}
	var out []namedMention
	for name, e := range gold.Entities {
		if !slices.Contains([]string{"person", "organisation", "place"}, e.Type) {
			continue
		}
		for _, form := range e.Forms {
			for _, o := range form.Occurrences {
				if o.Kind == "nominal" {
					continue
				}
				article := o.File
				for k, d := range articles.Documents {
					if d.File == o.File && d.Range.Start <= o.Span.Start && o.Span.Start < d.Range.End {
						article = k
					}
				}
				number, _, _ := strings.Cut(o.File, "_")
				out = append(out, namedMention{number, article, o.Span, name, e.Type})
			}
		}
	}
	slices.SortFunc(out, func(a, b namedMention) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.article, b.article), a.span.Start-b.span.Start, a.span.End-b.span.End, cmp.Compare(a.entity, b.entity))
	})
	return out, nil
}

var (
	headWord   = regexp.MustCompile(`[A-Z]\S*|[0-9]+`)
	anyWord    = regexp.MustCompile(`\S+`)
	possessive = regexp.MustCompile(`('s|\x{2019}s|[.,;:])+$`)
)

// headOf is the last capitalised word of a name, without a possessive.
func headOf(t string, s text.Span) text.Span {
	name := s.Of(t)
	words := slices.DeleteFunc(headWord.FindAllStringIndex(name, -1), func(m []int) bool { return name[m[0]:m[1]] == "The" })
	if len(words) == 0 {
		words = anyWord.FindAllStringIndex(name, -1)
	}
	if len(words) == 0 {
		return s
	}
	last := words[len(words)-1]
	word := name[last[0]:last[1]]
	if bare := possessive.ReplaceAllString(word, ""); bare != "" {
		word = bare
	}
	return text.Span{Start: s.Start + last[0], End: s.Start + last[0] + len(word)}
}

// maxPast is how far a mention of ours may reach past the gold's name, and maxBefore how far it
// may begin before it ("President Ana Ruiz" is "Ruiz", but not the mayor's husband).
const (
	maxPast   = 6
	maxBefore = 60
)

// Entities is the B-cubed score of the named mentions of the seed pages, each article by itself. A
// gold name is found by the mention of ours that covers its head, of several the one most alike
// in extent. Asked for are entities with two names or more in an article; the others count as
// wrong company.
func Entities(ctx context.Context, j Job) ([]score.Figure, error) {
	gold, err := j.namedMentions()
	if err != nil {
		return nil, err
	}
	seeds, err := load.Seeds(j.Beside)
	if err != nil {
		return nil, err
	}
	type mention struct {
		span   text.Span
		entity string
	}
	ours := map[string][]mention{}
	for _, number := range slices.Sorted(maps.Keys(seeds)) {
		page := seeds[number]
		read, err := j.Annotated(ctx, strings.TrimSuffix(page.File, ".txt"), page.Text, time.Time{})
		if err != nil {
			return nil, err
		}
		for i, a := range read {
			for _, e := range a.Entities {
				for _, m := range e.Mentions {
					if m.Kind != news.ByPronoun {
						ours[number] = append(ours[number], mention{m.Span, fmt.Sprint(i, " ", e.ID)})
					}
				}
			}
		}
	}
	items := make([]grouping.Item, len(gold))
	names := map[string]int{}
	for k, g := range gold {
		head := headOf(seeds[g.number].Text, g.span)
		best := -1.0
		for _, m := range ours[g.number] {
			if !m.span.Contains(head) || m.span.End > max(g.span.End, head.End)+maxPast || m.span.Start < g.span.Start-maxBefore {
				continue
			}
			alike := float64(min(m.span.End, g.span.End)-max(m.span.Start, g.span.Start)) / float64(max(m.span.End, g.span.End)-min(m.span.Start, g.span.Start))
			if alike > best {
				best = alike
				items[k].Ours = g.article + " " + m.entity
			}
		}
		items[k].Gold = g.article + " " + g.entity
		names[items[k].Gold]++
	}
	found := score.Mean{}
	for k := range items {
		items[k].Asked = names[items[k].Gold] >= 2
		if items[k].Asked {
			found.Count(items[k].Ours != "")
			if items[k].Ours == "" {
				j.Miss(fmt.Sprintf("%s: no mention at %d", gold[k].article, gold[k].span.Start))
			}
		}
	}
	b := grouping.BCubed(items)
	return []score.Figure{
		{Metric: "B3 F1", Value: b.F1(), N: found.N},
		{Metric: "B3 precision", Value: b.Precision, N: found.N},
		{Metric: "B3 recall", Value: b.Recall, N: found.N},
		{Metric: "found", Value: found.Value(), N: found.N},
	}, nil
}
