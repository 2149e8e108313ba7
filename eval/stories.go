package eval

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/eval/grouping"
	"dateline/eval/load"
	"dateline/eval/score"
)

// leastBriefs is how many trusted briefs a story has to be asked for: what editors followed, not
// a heading that was used once.
const leastBriefs = 10

// scoreBriefs: dated briefs of Wikipedia's current events whose story its editors named, in the
// order of time. Of each whose story was told before, is the first candidate among the stories
// told so far the right one? The weights of the ranking were fitted on the even ones. Then the
// same, placed without being told any story: which of them are one story.
func scoreBriefs(ctx context.Context, j job) ([]score.Figure, error) {
	type brief struct {
		ID         string `json:"id"`
		Published  string `json:"published"`
		Text       string `json:"text"`
		Story      string `json:"story"`
		Confidence string `json:"story_conf"`
	}
	all, err := load.Records[brief](j.Bench, "clusters/wikipedia_cep_events.jsonl.gz")
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(b brief) bool {
		return b.Story == "" || b.Confidence != "direct" && b.Confidence != "inline" // the others were guessed from the layout
	})
	of := map[string]int{}
	for _, b := range all {
		of[b.Story]++
	}
	all = slices.DeleteFunc(all, func(b brief) bool { return of[b.Story] < leastBriefs })
	slices.SortStableFunc(all, func(a, b brief) int { return cmp.Compare(a.Published, b.Published) })
	place, placeAlone := j.NewStories(), j.NewGroups()
	told := map[string]bool{}
	var items []grouping.Item
	var halves [2]score.Mean
	var whole score.Mean
	for _, b := range all {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s := Story{ID: b.ID, Text: b.Text, Published: b.Published, Lang: "en"}
		first := place(s, b.Story)
		items = append(items, grouping.Item{Gold: b.Story, Ours: cmp.Or(placeAlone(s).Story, "none "+b.ID), Asked: true})
		j.step()
		if !told[b.Story] {
			told[b.Story] = true
			continue
		}
		right := 0.0
		if first == b.Story {
			right = 1
		}
		halves[whole.N%2].Add(right)
		whole.Add(right)
	}
	return append([]score.Figure{
		{Metric: "story acc@1", Value: whole.Value(), N: whole.N},
		{Metric: "story acc@1, odd half", Value: halves[1].Value(), N: halves[1].N},
	}, storyFigures(items)...), nil
}

// storyFigures compares the stories of articles with those they were put into.
func storyFigures(items []grouping.Item) []score.Figure {
	b := grouping.BCubed(items)
	return []score.Figure{
		{Metric: "stories B3 F1", Value: b.F1(), N: len(items)},
		{Metric: "stories B3 precision", Value: b.Precision, N: len(items)},
		{Metric: "stories B3 recall", Value: b.Recall, N: len(items)},
	}
}

// scoreStories: articles of four long stories, half of them without a date: are they put into one
// story each.
func scoreStories(ctx context.Context, j job) ([]score.Figure, error) {
	documents, err := j.storyDocs("meantime")
	if err != nil {
		return nil, err
	}
	placed, err := j.grouped(ctx, documents)
	if err != nil {
		return nil, err
	}
	var items []grouping.Item
	for _, d := range documents {
		items = append(items, grouping.Item{Gold: d.Cluster, Ours: cmp.Or(placed[d.ID].Story, "none "+d.ID), Asked: true})
	}
	return storyFigures(items), nil
}

// scoreCuts: copies made of every second article that is long enough: its first quarter, half or
// three quarters, put out elsewhere, every second one under another title. Precision is over all
// that is called a copy: of what it was made of or, among the articles themselves, of one of its event.
func scoreCuts(ctx context.Context, j job) ([]score.Figure, error) {
	const fewWords = 60
	type tally struct{ made, found int }
	var cuts [3]tally
	said, wrong := 0, 0
	for _, name := range []string{"allsides_2021", "allsides_full.dev"} {
		documents, err := j.storyDocs(name)
		if err != nil {
			return nil, err
		}
		event := map[string]string{}
		original, share := map[string]string{}, map[string]int{}
		for i, d := range documents {
			event[d.ID] = d.Cluster
			words := strings.SplitAfter(d.Text, " ")
			if i%2 == 1 || len(words) < fewWords {
				continue
			}
			cut := len(original) % len(cuts)
			c := d
			c.ID, c.Source = fmt.Sprintf("cut %d %s", cut, d.ID), "Elsewhere"
			c.Text = strings.Join(words[:len(words)*(cut+1)/4], "")
			if i%4 == 0 {
				c.Title = "From the wires"
			}
			if t, err := time.Parse(time.RFC3339, utc(d.Published)); err == nil {
				c.Published = t.Add(3 * time.Hour).Format(time.RFC3339)
			}
			original[c.ID], share[c.ID], event[c.ID] = d.ID, cut, d.Cluster
			documents = append(documents, c)
			cuts[cut].made++
		}
		placed, err := j.grouped(ctx, documents)
		if err != nil {
			return nil, err
		}
		root := copies(placed)
		for id, p := range placed {
			if p.CopyOf != "" {
				said++
				if event[id] != event[p.CopyOf] {
					wrong++
				}
			}
		}
		for id, of := range original {
			if root(id) == root(of) {
				cuts[share[id]].found++
			}
		}
	}
	figures := []score.Figure{{Metric: "cut copies precision", Value: 1 - score.Ratio(wrong, said), N: said}}
	for i, c := range cuts {
		figures = append(figures, score.Figure{Metric: fmt.Sprintf("cut to %d %% recall", 25*(i+1)), Value: score.Ratio(c.found, c.made), N: c.made})
	}
	return figures, nil
}

// copies leads from each article to the one that stands for all that links of copies join.
func copies(placed map[string]Placement) func(string) string {
	root := map[string]string{}
	for id := range placed {
		root[id] = id
	}
	find := func(x string) string {
		for root[x] != x {
			root[x] = root[root[x]]
			x = root[x]
		}
		return x
	}
	for id, p := range placed {
		if p.CopyOf != "" {
			root[find(id)] = find(p.CopyOf)
		}
	}
	return find
}
