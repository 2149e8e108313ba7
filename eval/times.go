package eval

import (
	"context"
	"fmt"
	"slices"

	"dateline/eval/load"
	"dateline/eval/score"
	"dateline/eval/timevalue"
	"dateline/news"
)

// timesOf finds the time expressions of the documents.
func (j job) timesOf(ctx context.Context, documents []timevalue.Document) ([][]news.TimeExpression, error) {
	return inParallel(ctx, all(documents), func(d timevalue.Document) ([]news.TimeExpression, error) {
		found, err := j.Times(d.Text, timevalue.Clean(d.Published))
		if err != nil {
			return nil, fmt.Errorf("find the times of %s: %w", d.ID, err)
		}
		j.step()
		return found, nil
	})
}

// scoreTimes: the news and interviews of GUM, which mark dates only, and MEANTIME.
func scoreTimes(ctx context.Context, j job) ([]score.Figure, error) {
	gum, err := load.Records[timevalue.Document](j.Bench, "times/gum-times.jsonl.gz")
	if err != nil {
		return nil, err
	}
	gum = slices.DeleteFunc(gum, func(d timevalue.Document) bool { return d.Genre != "news" && d.Genre != "interview" })
	meantime, err := load.Records[timevalue.Document](j.Bench, "times/meantime-times.jsonl.gz")
	if err != nil {
		return nil, err
	}
	var figures []score.Figure
	var both timevalue.Score
	for _, part := range []struct {
		name      string
		documents []timevalue.Document
		datesOnly bool
	}{{"GUM", gum, true}, {"MEANTIME", meantime, false}} {
		found, err := j.timesOf(ctx, part.documents)
		if err != nil {
			return nil, err
		}
		var s timevalue.Score
		for i, d := range part.documents {
			s.Add(timevalue.Compare(d, found[i], part.datesOnly))
		}
		both.Add(s)
		figures = append(figures,
			score.Figure{Metric: part.name + " relaxed F1", Value: s.F1(s.Relaxed), N: s.Gold},
			score.Figure{Metric: part.name + " strict F1", Value: s.F1(s.Strict), N: s.Gold},
			score.Figure{Metric: part.name + " type F1", Value: s.F1(s.Type), N: s.Gold},
			score.Figure{Metric: part.name + " value F1", Value: s.F1(s.Value), N: s.Gold},
			score.Figure{Metric: part.name + " value F1 by letters", Value: s.F1(s.Letter), N: s.Gold},
		)
	}
	return append(figures, score.Figure{Metric: "value F1", Value: both.F1(both.Value), N: both.Gold}), nil
}
