package eval

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dateline/eval/attribution"
	"dateline/eval/extraction"
	"dateline/news"
	"dateline/text"
)

// statementDoc is a document of PolNeAR or GUM with its attributions.
type statementDoc struct {
	ID         string `json:"id"`
	Genre      string `json:"genre"`
	Primary    bool   `json:"primary"`
	Text       string `json:"text"`
	Statements []struct {
		Content     []text.Span `json:"content"`
		Cue         *text.Span  `json:"cue"`
		CueSpans    []text.Span `json:"cue_spans"`
		Source      *text.Span  `json:"source"`
		SourceSpans []text.Span `json:"source_spans"`
		Type        news.Mode   `json:"type"`
		Speaker     string      `json:"speaker_entity"`
	} `json:"statements"`
}

func (d statementDoc) gold() []attribution.Gold {
	spans := func(all []text.Span, one *text.Span) attribution.Spans {
		if len(all) == 0 && one != nil {
			return attribution.Merge(*one)
		}
		return attribution.Merge(all...)
	}
	var out []attribution.Gold
	for _, s := range d.Statements {
		out = append(out, attribution.Gold{
			Content: attribution.Merge(s.Content...), Cue: spans(s.CueSpans, s.Cue), Source: spans(s.SourceSpans, s.Source), Type: s.Type, Speaker: s.Speaker,
		})
	}
	return out
}

// statementsOf reads the documents and finds their statements.
func (j job) statementsOf(ctx context.Context, documents []statementDoc) ([][]attribution.Found, error) {
	return inParallel(ctx, all(documents), func(d statementDoc) ([]attribution.Found, error) {
		page, err := j.annotated(ctx, d.ID, d.Text)
		return attribution.FoundIn(page), err
	})
}

// tallied are the figures of a tally; prefix tells apart the parts of a set.
func tallied(t attribution.Tally, prefix string) []Figure {
	return []Figure{
		{Metric: prefix + "F1 with source", Value: t.Sourced.F1(), N: t.Sourced.Gold},
		{Metric: prefix + "precision with source", Value: t.Sourced.Precision(), N: t.Sourced.Found},
		{Metric: prefix + "recall with source", Value: t.Sourced.Recall(), N: t.Sourced.Gold},
		{Metric: prefix + "F1 content only", Value: t.Content.F1(), N: t.Content.Gold},
	}
}

// scorePolnear: the development part of PolNeAR (Newell et al. 2018), political news of seven
// US outlets, one annotator an article.
func scorePolnear(ctx context.Context, j job) ([]Figure, error) {
	documents, err := records[statementDoc](j.Bench, "statements/polnear-dev.jsonl.gz")
	if err != nil {
		return nil, err
	}
	documents = slices.DeleteFunc(documents, func(d statementDoc) bool { return !d.Primary })
	found, err := j.statementsOf(ctx, documents)
	if err != nil {
		return nil, err
	}
	var t attribution.Tally
	var exact, bare attribution.Exact
	var known, named extraction.Mean
	var sure attribution.Calibration
	for i, d := range documents {
		gold := d.gold()
		of := t.Add(gold, found[i])
		exact.Add(gold, found[i])
		bare.Add(withoutThat(gold, d.Text), found[i])
		sure.Add(gold, found[i], of)
		for k, g := range gold {
			if g.Type == news.Direct && len(g.Source) > 0 {
				known.Count(of[k] >= 0 && len(found[i][of[k]].Source) > 0)
				if of[k] >= 0 && len(found[i][of[k]].Source) > 0 {
					named.Count(attribution.SourcesAgree(g, found[i][of[k]]))
				}
			}
		}
	}
	figures := tallied(t, "")
	for _, m := range []news.Mode{news.Direct, news.Mixed, news.Indirect} {
		figures = append(figures, Figure{Metric: string(m) + " F1 with source", Value: t.ByMode[m].F1(), N: t.ByMode[m].Gold.Gold})
	}
	figures = append(figures,
		Figure{Metric: "direct source known", Value: known.Value(), N: known.N},
		Figure{Metric: "direct source right where known", Value: named.Value(), N: named.N},
		Figure{Metric: "exact F1 source", Value: exact.Source.F1(), N: exact.Source.Gold},
		Figure{Metric: "exact F1 cue", Value: exact.Cue.F1(), N: exact.Cue.Gold},
		Figure{Metric: "exact F1 content", Value: exact.Content.F1(), N: exact.Content.Gold},
		Figure{Metric: "exact F1 content without that", Value: bare.Content.F1(), N: bare.Content.Gold},
		Figure{Metric: "calibration error", Value: sure.Error(), N: t.Sourced.Found},
	)
	for _, c := range sure.Classes() {
		figures = append(figures, Figure{Metric: fmt.Sprintf("right of confidence %.1f-%.1f", c.From, c.To), Value: c.Right, N: c.N})
	}
	return figures, nil
}

// withoutThat is the gold with the word "that" taken off the front of its contents: PolNeAR
// counts it in, our contents leave it out.
func withoutThat(gold []attribution.Gold, t string) []attribution.Gold {
	out := slices.Clone(gold)
	for i, g := range out {
		out[i].Content = slices.Clone(g.Content)
		for k, s := range g.Content {
			if rest, ok := strings.CutPrefix(s.Of(t), "that "); ok {
				out[i].Content[k].Start = s.End - len(rest)
			}
		}
	}
	return out
}

// scoreGUM: the attributions of the news and interviews of GUM, with the speaker resolved.
func scoreGUM(ctx context.Context, j job) ([]Figure, error) {
	documents, err := records[statementDoc](j.Bench, "statements/gum-statements.jsonl.gz")
	if err != nil {
		return nil, err
	}
	documents = slices.DeleteFunc(documents, func(d statementDoc) bool { return d.Genre != "news" && d.Genre != "interview" })
	found, err := j.statementsOf(ctx, documents)
	if err != nil {
		return nil, err
	}
	var whole attribution.Tally
	parts := map[string]*attribution.Tally{"news": {}, "interview": {}}
	var speaker extraction.Mean
	for i, d := range documents {
		gold := d.gold()
		ours := attribution.WithCues(found[i], gold)
		parts[d.Genre].Add(gold, ours)
		for k, n := range whole.Add(gold, ours) {
			if n >= 0 && gold[k].Speaker != "" {
				speaker.Count(attribution.NameWithin(ours[n].Name, gold[k].Speaker))
			}
		}
	}
	figures := append(tallied(*parts["news"], "news "), tallied(*parts["interview"], "interviews ")...)
	return append(append(figures, tallied(whole, "")...), Figure{Metric: "speaker entity", Value: speaker.Value(), N: speaker.N}), nil
}

// seedGold is the hand-made gold of the seed pages.
type seedGold struct {
	Documents  map[string]seedDocument `json:"documents"`
	Statements []seedStatement         `json:"statements"`
	Negatives  []struct {
		Doc  string    `json:"doc"`
		Span text.Span `json:"span"`
	} `json:"negatives"`
}

type seedDocument struct {
	File      string    `json:"file"`
	Range     text.Span `json:"range"`
	Published string    `json:"dct"`
}

type seedStatement struct {
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

func (s seedStatement) content() attribution.Spans { return attribution.Merge(s.Content.Spans...) }

func (s seedStatement) source() attribution.Spans { return orNone(s.Speaker.Span) }

func orNone(s *text.Span) attribution.Spans {
	if s == nil {
		return nil
	}
	return attribution.Merge(*s)
}

// hasName reports whether the gold names the speaker; the anonymous, groups and kinds of people
// have a canonical form with a colon, or none.
func (s seedStatement) hasName() bool {
	return s.Speaker.Canonical != "" && !strings.Contains(s.Speaker.Canonical, ":")
}

func (s seedStatement) named(f attribution.Found) bool {
	return s.hasName() && f.Name != "" && attribution.SameName(f.Name, s.Speaker.Canonical)
}

// agrees reports whether the source's words or its name are the gold's.
func (s seedStatement) agrees(f attribution.Found) bool {
	return s.source().Common(f.Source) > 0 || s.named(f)
}

// seedArticles are the articles of the seeds whose statements and times have gold.
var seedArticles = []string{"000", "002", "004A"}

// scoreSeedStatements: the seed pages, read whole. Asked for are the statements of the tiers
// core and relay; those of others are excused where they are found. Of what is matched the
// details are compared.
func scoreSeedStatements(ctx context.Context, j job) ([]Figure, error) {
	gold, err := object[seedGold](j.Beside, "gold/statements.json")
	if err != nil {
		return nil, err
	}
	seeds, err := j.seedPages()
	if err != nil {
		return nil, err
	}
	var content, sourced attribution.Score
	var d seedDetails
	for _, doc := range seedArticles {
		about, ok := gold.Documents[doc]
		if !ok {
			return nil, fmt.Errorf("no gold for the seed page %s", doc)
		}
		seed := seeds[doc[:3]]
		page, err := j.annotated(ctx, strings.TrimSuffix(seed.file, ".txt"), seed.text)
		if err != nil {
			return nil, err
		}
		var found []attribution.Found
		for _, f := range attribution.FoundIn(page) {
			if len(f.Content) > 0 && about.Range.Start <= f.Content[0].Start && f.Content[0].Start < about.Range.End {
				found = append(found, f)
			}
		}
		var main, others []seedStatement
		for _, s := range gold.Statements {
			switch {
			case s.Doc != doc:
			case s.Tier == "core" || s.Tier == "relay":
				main = append(main, s)
			default:
				others = append(others, s)
			}
		}
		of := seedPairs(main, found)
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
		for _, k := range seedPairs(others, left) {
			if k >= 0 {
				excused++
			}
		}
		n := attribution.Score{Gold: len(main), Found: len(found) - excused}
		right := n
		for i, k := range of {
			if k < 0 {
				j.miss(fmt.Sprintf("%s: nothing at %v", doc, main[i].Content.Spans))
			} else {
				n.Right++
				if d.add(main[i], found[k]) {
					right.Right++
				} else {
					j.miss(fmt.Sprintf("%s: another source at %v", doc, main[i].Content.Spans))
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
					j.miss(fmt.Sprintf("%s: no statement, but taken for one at %v", doc, f.Content))
					break
				}
			}
		}
		d.negatives += negatives
	}
	return append([]Figure{
		{Metric: "F1 with source", Value: sourced.F1(), N: sourced.Gold},
		{Metric: "precision with source", Value: sourced.Precision(), N: sourced.Found},
		{Metric: "recall with source", Value: sourced.Recall(), N: sourced.Gold},
		{Metric: "F1 content only", Value: content.F1(), N: content.Gold},
	}, d.figures()...), nil
}

func seedPairs(gold []seedStatement, found []attribution.Found) []int {
	var g, f []attribution.Spans
	for _, s := range gold {
		g = append(g, s.content())
	}
	for _, s := range found {
		f = append(f, s.Content)
	}
	return attribution.Pairs(g, f, func(i, j int) bool { return gold[i].agrees(found[j]) })
}

// seedDetails counts what is right about matched statements beside content and source.
type seedDetails struct {
	name, day, mode, addressee, relayed, direct extraction.Mean
	negatives, taken                            int
}

// add compares one pair and reports whether its source is right.
func (d *seedDetails) add(g seedStatement, f attribution.Found) bool {
	right := g.agrees(f)
	if !right && len(g.source()) == 0 && !g.hasName() {
		right = !f.Spoken || f.Anonymous // the gold has neither words nor a name for it
	}
	if g.hasName() {
		d.name.Count(g.named(f))
	}
	if g.Said != nil && g.Said.Value != "" {
		d.day.Count(dayOf(f.Said) == partOfDay.Replace(g.Said.Value))
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

// partOfDay takes a part of the day off a value: "2025-08-13TEV".
var partOfDay = strings.NewReplacer("TMO", "", "TAF", "", "TEV", "", "TNI", "", "TDT", "")

// dayOf is a value without its time of day.
func dayOf(value string) string {
	day, _, _ := strings.Cut(value, "T")
	return day
}

func (d *seedDetails) figures() []Figure {
	var out []Figure
	for _, x := range []struct {
		metric string
		mean   extraction.Mean
	}{{"name right", d.name}, {"day of said", d.day}, {"mode", d.mode}, {"addressee", d.addressee}, {"relayed by", d.relayed}, {"direct speaker known", d.direct}} {
		if x.mean.N > 0 {
			out = append(out, Figure{Metric: x.metric, Value: x.mean.Value(), N: x.mean.N})
		}
	}
	return append(out, Figure{Metric: "negatives left alone", Value: 1 - extraction.Ratio(d.taken, max(1, d.negatives)), N: d.negatives})
}
