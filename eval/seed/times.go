package seed

import (
	"fmt"
	"slices"
	"strings"

	"dateline/eval/load"
	"dateline/eval/score"
	"dateline/eval/timevalue"
	"dateline/news"
	"dateline/text"
)

// Times scores the expressions of the seed pages, an article a text, its day given. Expressions reckoned from
// the time of the crawl are left out, for that is not given; those anchored to an event are
// counted apart.
func Times(j Job) ([]score.Figure, error) {
	gold, err := load.Object[struct {
		Documents map[string]document `json:"documents"`
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
	seeds, err := load.Seeds(j.Beside)
	if err != nil {
		return nil, err
	}
	var value, event score.Mean
	spurious := 0
	for _, name := range articles {
		about := gold.Documents[name]
		whole := seeds[name[:3]].Text
		if about.Range.Empty() || !about.Range.Valid(whole) {
			return nil, fmt.Errorf("no gold for the seed page %s", name)
		}
		found, err := j.Times(about.Range.Of(whole), about.Published)
		if err != nil {
			return nil, fmt.Errorf("find the times of %s: %w", name, err)
		}
		j.Step()
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
				j.Miss(fmt.Sprintf("%s: %q at %d is %s, read as %q", name, q.Words, asked[i].Start, q.Gold, q.Ours))
			}
		}
		for k, f := range found {
			if f.Type != news.TimeEvent && !slices.Contains(of, k) && !slices.ContainsFunc(skipped, f.Span.Overlaps) {
				spurious++
			}
		}
	}
	return []score.Figure{
		{Metric: "value right", Value: value.Value(), N: value.N},
		{Metric: "event-anchored right", Value: event.Value(), N: event.N},
		{Metric: "spurious a gold expression", Value: score.Ratio(spurious, value.N), N: value.N},
	}, nil
}
