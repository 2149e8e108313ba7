package eval

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dateline/eval/extraction"
	"dateline/eval/timevalue"
	"dateline/news"
	"dateline/text"
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
func scoreTimes(ctx context.Context, j job) ([]Figure, error) {
	gum, err := records[timevalue.Document](j.Bench, "times/gum-times.jsonl.gz")
	if err != nil {
		return nil, err
	}
	gum = slices.DeleteFunc(gum, func(d timevalue.Document) bool { return d.Genre != "news" && d.Genre != "interview" })
	meantime, err := records[timevalue.Document](j.Bench, "times/meantime-times.jsonl.gz")
	if err != nil {
		return nil, err
	}
	var figures []Figure
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
			Figure{Metric: part.name + " relaxed F1", Value: s.F1(s.Relaxed), N: s.Gold},
			Figure{Metric: part.name + " strict F1", Value: s.F1(s.Strict), N: s.Gold},
			Figure{Metric: part.name + " type F1", Value: s.F1(s.Type), N: s.Gold},
			Figure{Metric: part.name + " value F1", Value: s.F1(s.Value), N: s.Gold},
			Figure{Metric: part.name + " value F1 by letters", Value: s.F1(s.Letter), N: s.Gold},
		)
	}
	return append(figures, Figure{Metric: "value F1", Value: both.F1(both.Value), N: both.Gold}), nil
}

// scoreSeedTimes: the seed pages, an article a text, its day given. Expressions reckoned from
// the time of the crawl are left out, for that is not given; those anchored to an event are
// counted apart.
func scoreSeedTimes(_ context.Context, j job) ([]Figure, error) {
	gold, err := object[struct {
		Documents map[string]seedDocument `json:"documents"`
		Times     []struct {
			Doc       string    `json:"doc"`
			Span      text.Span `json:"span"`
			Text      string    `json:"text"`
			Type      string    `json:"type"`
			Value     string    `json:"value"`
			Anchor    string    `json:"anchor"`
			Certainty string    `json:"certainty"`
		} `json:"timexes"`
	}](j.Beside, "gold/times.json")
	if err != nil {
		return nil, err
	}
	seeds, err := j.seedPages()
	if err != nil {
		return nil, err
	}
	var value, event extraction.Mean
	spurious := 0
	for _, name := range seedArticles {
		about := gold.Documents[name]
		whole := seeds[name[:3]].text
		if about.Range.Empty() || !about.Range.Valid(whole) {
			return nil, fmt.Errorf("no gold for the seed page %s", name)
		}
		found, err := j.Times(about.Range.Of(whole), about.Published)
		if err != nil {
			return nil, fmt.Errorf("find the times of %s: %w", name, err)
		}
		j.step()
		var asked, skipped, ours []text.Span
		var questions []timevalue.Question
		for _, t := range gold.Times {
			if t.Doc != name {
				continue
			}
			span := text.Span{Start: t.Span.Start - about.Range.Start, End: t.Span.End - about.Range.Start}
			if strings.Contains(t.Anchor, "crawl time") {
				skipped = append(skipped, span)
				continue
			}
			asked = append(asked, span)
			questions = append(questions, timevalue.Question{Gold: t.Value, Words: t.Text, Published: about.Published, Type: t.Type, Loose: t.Certainty != "high"})
		}
		for _, f := range found {
			ours = append(ours, f.Span)
		}
		of := timevalue.Match(asked, ours)
		for i, q := range questions {
			right := false
			if of[i] >= 0 {
				q.Ours = found[of[i]].Value
				right = q.Equal()
			}
			if q.Type == "EVENT_ANCHORED" {
				event.Count(right)
				continue
			}
			value.Count(right)
			if !right {
				j.miss(fmt.Sprintf("%s: %q at %d is %s, read as %q", name, q.Words, asked[i].Start, q.Gold, q.Ours))
			}
		}
		for k, f := range found {
			if f.Type != news.TimeEvent && !slices.Contains(of, k) && !slices.ContainsFunc(skipped, f.Span.Overlaps) {
				spurious++
			}
		}
	}
	return []Figure{
		{Metric: "value right", Value: value.Value(), N: value.N},
		{Metric: "event-anchored right", Value: event.Value(), N: event.N},
		{Metric: "spurious a gold expression", Value: extraction.Ratio(spurious, value.N), N: value.N},
	}, nil
}
