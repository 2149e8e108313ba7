package eval

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dateline/eval/attribution"
	"dateline/eval/load"
	"dateline/eval/score"
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
		page, err := j.annotated(ctx, d.ID, d.Text, time.Time{})
		return attribution.FoundIn(page), err
	})
}

// scorePolnear: the development part of PolNeAR (Newell et al. 2018), political news of seven
// US outlets, one annotator an article.
func scorePolnear(ctx context.Context, j job) ([]score.Figure, error) {
	documents, err := load.Records[statementDoc](j.Bench, "statements/polnear-dev.jsonl.gz")
	if err != nil {
		return nil, err
	}
	documents = slices.DeleteFunc(documents, func(d statementDoc) bool { return !d.Primary })
	found, err := j.statementsOf(ctx, documents)
	if err != nil {
		return nil, err
	}
	var t attribution.Tally
	var exact attribution.Exact
	var known, named score.Mean
	var sure attribution.Calibration
	for i, d := range documents {
		gold := d.gold()
		of := t.Add(gold, found[i])
		exact.Add(gold, found[i])
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
	figures := t.Figures("")
	for _, m := range []news.Mode{news.Direct, news.Mixed, news.Indirect} {
		figures = append(figures, score.Figure{Metric: string(m) + " F1 with source", Value: t.ByMode[m].F1(), N: t.ByMode[m].Gold.Gold})
	}
	figures = append(figures,
		score.Figure{Metric: "direct source known", Value: known.Value(), N: known.N},
		score.Figure{Metric: "direct source right where known", Value: named.Value(), N: named.N},
		score.Figure{Metric: "exact F1 source", Value: exact.Source.F1(), N: exact.Source.Gold},
		score.Figure{Metric: "exact F1 cue", Value: exact.Cue.F1(), N: exact.Cue.Gold},
		score.Figure{Metric: "exact F1 content", Value: exact.Content.F1(), N: exact.Content.Gold},
		score.Figure{Metric: "calibration error", Value: sure.Error(), N: t.Sourced.Found},
	)
	for _, c := range sure.Classes() {
		figures = append(figures, score.Figure{Metric: fmt.Sprintf("right of confidence %.1f-%.1f", c.From, c.To), Value: c.Right, N: c.N})
	}
	return figures, nil
}

// scoreGUM: the attributions of the news and interviews of GUM, with the speaker resolved.
func scoreGUM(ctx context.Context, j job) ([]score.Figure, error) {
	documents, err := load.Records[statementDoc](j.Bench, "statements/gum-statements.jsonl.gz")
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
	var speaker score.Mean
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
	figures := append(parts["news"].Figures("news "), parts["interview"].Figures("interviews ")...)
	return append(append(figures, whole.Figures("")...), score.Figure{Metric: "speaker entity", Value: speaker.Value(), N: speaker.N}), nil
}
