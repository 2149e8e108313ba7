package seed

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/eval/attribution"
	"dateline/eval/load"
	"dateline/eval/score"
	"dateline/news"
	"dateline/text"
)

// statementGold is the hand-made gold of the seed pages.
type statementGold struct {
	Documents  map[string]document `json:"documents"`
	Statements []statement         `json:"statements"`
	Negatives  []struct {
		Doc  string    `json:"doc"`
		Span text.Span `json:"span"`
	} `json:"negatives"`
}

type document struct {
	File      string    `json:"file"`
	Range     text.Span `json:"range"`
	Published string    `json:"dct"`
}

type statement struct {
	Doc     string `json:"doc"`
	Content struct {
		Spans []text.Span `json:"spans"`
	} `json:"content"`
	Type    news.Mode `json:"type"`
	Tier    string    `json:"tier"` // core, relay; the others are excused, not asked for
	Speaker struct {
		Span      *text.Span `json:"span"`
		Canonical string     `json:"canonical"`
	} `json:"speaker"`
	Addressee *struct {
		Span      *text.Span `json:"span"`
		Canonical string     `json:"canonical"`
	} `json:"addressee"`
	Said *struct {
		Value string `json:"value"`
	} `json:"said_at"`
	Reported struct {
		Relayed []any `json:"relayed_by"`
	} `json:"reported_via"`
}

func (s statement) content() attribution.Spans { return attribution.Merge(s.Content.Spans...) }

func (s statement) source() attribution.Spans { return orNone(s.Speaker.Span) }

func orNone(s *text.Span) attribution.Spans {
	if s == nil {
		return nil
	}
	return attribution.Merge(*s)
}

// hasName reports whether the gold names the speaker; the anonymous, groups and kinds of people
// have a canonical form with a colon, or none.
func (s statement) hasName() bool {
	return s.Speaker.Canonical != "" && !strings.Contains(s.Speaker.Canonical, ":")
}

func (s statement) named(f attribution.Found) bool {
	return s.hasName() && f.Name != "" && attribution.SameName(f.Name, s.Speaker.Canonical)
}

// agrees reports whether the source's words or its name are the gold's.
func (s statement) agrees(f attribution.Found) bool {
	return s.source().Common(f.Source) > 0 || s.named(f)
}

// articles are the articles of the seeds whose statements and times have gold.
var articles = []string{"000", "002", "004A"}

// Statements scores the seed pages, read whole. Asked for are the statements of the tiers
// core and relay; those of others are excused where they are found. Of what is matched the
// details are compared.
func Statements(ctx context.Context, j Job) ([]score.Figure, error) {
	gold, err := load.Object[statementGold](j.Beside, "gold/statements.json")
	if err != nil {
		return nil, err
	}
	seeds, err := load.Seeds(j.Beside)
	if err != nil {
		return nil, err
	}
	var content, sourced attribution.Score
	var d details
	for _, doc := range articles {
		about, ok := gold.Documents[doc]
		if !ok {
			return nil, fmt.Errorf("no gold for the seed page %s", doc)
		}
		page := seeds[doc[:3]]
		read := func(fetched time.Time) (found []attribution.Found, err error) {
			whole, err := j.Annotated(ctx, strings.TrimSuffix(page.File, ".txt"), page.Text, fetched)
			for _, f := range attribution.FoundIn(whole) {
				if len(f.Content) > 0 && about.Range.Start <= f.Content[0].Start && f.Content[0].Start < about.Range.End {
					found = append(found, f)
				}
			}
			return found, err
		}
		found, err := read(time.Time{})
		if err != nil {
			return nil, err
		}
		var main, others []statement
		for _, s := range gold.Statements {
			switch {
			case s.Doc != doc:
			case s.Tier == "core" || s.Tier == "relay":
				main = append(main, s)
			default:
				others = append(others, s)
			}
		}
		of := pairs(main, found)
		var left []attribution.Found
		for k, f := range found {
			if !slices.Contains(of, k) {
				left = append(left, f)
			}
		}
		for i, k := range of {
			if k < 0 {
				others = append(others, main[i])
			}
		}
		excused := 0
		for _, k := range pairs(others, left) {
			if k >= 0 {
				excused++
			}
		}
		n := attribution.Score{Gold: len(main), Found: len(found) - excused}
		right := n
		for i, k := range of {
			if k < 0 {
				j.Miss(fmt.Sprintf("%s: nothing at %v", doc, main[i].Content.Spans))
			} else {
				n.Right++
				if d.add(main[i], found[k]) {
					right.Right++
				} else {
					j.Miss(fmt.Sprintf("%s: another source at %v", doc, main[i].Content.Spans))
				}
			}
			if main[i].Type == news.Direct {
				d.direct.Count(k >= 0 && found[k].Spoken)
			}
		}
		content.Add(n)
		sourced.Add(right)
		negatives := 0
		for _, x := range gold.Negatives {
			if x.Doc == doc {
				negatives++
			}
		}
		for _, f := range found {
			for _, x := range gold.Negatives {
				if x.Doc == doc && attribution.Merge(x.Span).Jaccard(f.Content) >= attribution.LeastOverlap {
					d.taken++
					j.Miss(fmt.Sprintf("%s: no statement, but taken for one at %v", doc, f.Content))
					break
				}
			}
		}
		d.negatives += negatives

		// Once more, told that the page was fetched in the last minute of the day on which the gold has it
		// come out: one that prints only "21 minutes ago" has no day of its own.
		day, err := time.Parse(time.DateOnly, about.Published)
		if err != nil {
			return nil, fmt.Errorf("gold of %s: %w", doc, err)
		}
		dated, err := read(day.Add(24*time.Hour - time.Minute))
		if err != nil {
			return nil, err
		}
		for i, k := range pairs(main, dated) {
			if k >= 0 && main[i].dated() {
				d.dayFetched.Count(main[i].saidOn(dated[k]))
			}
		}
	}
	return append([]score.Figure{
		{Metric: "F1 with source", Value: sourced.F1(), N: sourced.Gold},
		{Metric: "precision with source", Value: sourced.Precision(), N: sourced.Found},
		{Metric: "recall with source", Value: sourced.Recall(), N: sourced.Gold},
		{Metric: "F1 content only", Value: content.F1(), N: content.Gold},
	}, d.figures()...), nil
}

func pairs(gold []statement, found []attribution.Found) []int {
	var g, f []attribution.Spans
	for _, s := range gold {
		g = append(g, s.content())
	}
	for _, s := range found {
		f = append(f, s.Content)
	}
	return attribution.Pairs(g, f, func(i, j int) bool { return gold[i].agrees(found[j]) })
}

// details counts what is right about matched statements beside content and source.
type details struct {
	name, day, mode, addressee, relayed, direct score.Mean
	dayFetched                                  score.Mean // of pages whose day of fetching is told
	negatives, taken                            int
}

// add compares one pair and reports whether its source is right.
func (d *details) add(g statement, f attribution.Found) bool {
	right := g.agrees(f)
	if !right && len(g.source()) == 0 && !g.hasName() {
		right = !f.Spoken || f.Anonymous // the gold has neither words nor a name for it
	}
	if g.hasName() {
		d.name.Count(g.named(f))
	}
	if g.dated() {
		d.day.Count(g.saidOn(f))
	}
	if g.Type == news.Direct || g.Type == news.Indirect || g.Type == news.Mixed {
		d.mode.Count(g.Type == f.Mode)
	}
	if a := g.Addressee; a != nil {
		d.addressee.Count(orNone(a.Span).Common(f.Addressee) > 0 || a.Canonical != "" && f.AddresseeName != "" && attribution.SameName(f.AddresseeName, a.Canonical))
	}
	if len(g.Reported.Relayed) > 0 {
		d.relayed.Count(f.Relayed > 0)
	}
	return right
}

// dated reports whether the gold knows when it was said.
func (s statement) dated() bool { return s.Said != nil && s.Said.Value != "" }

// saidOn reports whether the day of saying is the gold's.
func (s statement) saidOn(f attribution.Found) bool {
	return DayOf(f.Said) == partOfDay.Replace(s.Said.Value)
}

// partOfDay takes a part of the day off a value: "2025-08-13TEV".
var partOfDay = strings.NewReplacer("TMO", "", "TAF", "", "TEV", "", "TNI", "", "TDT", "")

// DayOf is a value without its time of day.
func DayOf(value string) string {
	day, _, _ := strings.Cut(value, "T")
	return day
}

func (d *details) figures() []score.Figure {
	var out []score.Figure
	for _, x := range []struct {
		metric string
		mean   score.Mean
	}{{"name right", d.name}, {"day of said", d.day}, {"day of said, day of fetching told", d.dayFetched}, {"mode", d.mode}, {"addressee", d.addressee}, {"relayed by", d.relayed}, {"direct speaker known", d.direct}} {
		if x.mean.N > 0 {
			out = append(out, score.Figure{Metric: x.metric, Value: x.mean.Value(), N: x.mean.N})
		}
	}
	return append(out, score.Figure{Metric: "negatives left alone", Value: 1 - score.Ratio(d.taken, max(1, d.negatives)), N: d.negatives})
}
