package eval

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"dateline/eval/load"
	"dateline/eval/score"
	"dateline/text"
)

// startsInside are the places at which the product's own sentences begin, as the parse has
// them; those that open a line are left out, for the line break gives them away.
func (j job) startsInside(ctx context.Context, t string) (map[int]bool, error) {
	tokens, err := j.Tokens(ctx, t, true)
	if err != nil {
		return nil, err
	}
	starts := map[int]bool{}
	for n, token := range tokens {
		if (token.SentenceStart || n == 0) && insideLine(t, token.Span.Start) {
			starts[token.Span.Start] = true
		}
	}
	j.step()
	return starts, nil
}

func insideLine(t string, at int) bool {
	before := strings.TrimRight(t[:at], " \t\r")
	return before != "" && !strings.HasSuffix(before, "\n")
}

// scoreGluedSentences: documents of GUM in which every other blank between sentences was taken
// out, which is what flattened pages look like.
func scoreGluedSentences(ctx context.Context, j job) ([]score.Figure, error) {
	type document struct {
		ID        string      `json:"id"`
		Text      string      `json:"text"`
		Sentences []text.Span `json:"sentences"`
		Glued     []int       `json:"glued_at"`
	}
	documents, err := load.Records[document](j.Bench, "entities/gum-sentences-glued.jsonl.gz")
	if err != nil {
		return nil, err
	}
	found, err := inParallel(ctx, all(documents), func(d document) (map[int]bool, error) { return j.startsInside(ctx, d.Text) })
	if err != nil {
		return nil, err
	}
	both, ours, gold := 0, 0, 0
	var glued score.Mean
	for i, d := range documents {
		ours += len(found[i])
		for _, s := range d.Sentences {
			if insideLine(d.Text, s.Start) {
				gold++
				if found[i][s.Start] {
					both++
				}
			}
		}
		for _, at := range d.Glued {
			glued.Count(found[i][at])
		}
	}
	precision, recall := score.Ratio(both, ours), score.Ratio(both, gold)
	return []score.Figure{
		{Metric: "F1", Value: score.F1(precision, recall), N: gold},
		{Metric: "precision", Value: precision, N: ours},
		{Metric: "recall", Value: recall, N: gold},
		{Metric: "glued boundaries", Value: glued.Value(), N: glued.N},
	}, nil
}

// scoreGoldenRules: the golden rules of the library Pragmatic Segmenter (Dias 2015), a rule
// right when all its sentences are.
func scoreGoldenRules(ctx context.Context, j job) ([]score.Figure, error) {
	type rule struct {
		ID        string   `json:"id"`
		Name      string   `json:"name"`
		Text      string   `json:"text"`
		Sentences []string `json:"sentences"`
	}
	rules, err := load.Records[rule](j.Bench, "entities/golden-rules-en.jsonl.gz")
	if err != nil {
		return nil, err
	}
	for i := range rules { // one rule carries the backslashes of its source
		rules[i].Text = strings.ReplaceAll(rules[i].Text, `\"`, `"`)
	}
	held, err := inParallel(ctx, all(rules), func(r rule) (bool, error) {
		want, at := map[int]bool{}, 0
		for _, s := range r.Sentences {
			place, err := findWords(r.Text, s, at)
			if err != nil {
				return false, fmt.Errorf("%s: %w", r.ID, err)
			}
			if insideLine(r.Text, place.Start) {
				want[place.Start] = true
			}
			at = place.End
		}
		got, err := j.startsInside(ctx, r.Text)
		same := len(got) == len(want)
		for x := range want {
			same = same && got[x]
		}
		if !same {
			j.miss(r.ID + ": " + r.Name)
		}
		return same, err
	})
	if err != nil {
		return nil, err
	}
	var holds score.Mean
	for _, h := range held {
		holds.Count(h)
	}
	return []score.Figure{{Metric: "rules held", Value: holds.Value(), N: holds.N}}, nil
}

// findWords is where the words stand in t from a place on, whatever white space parts them.
func findWords(t, words string, from int) (text.Span, error) {
	var parts []string
	for w := range strings.FieldsSeq(words) {
		parts = append(parts, regexp.QuoteMeta(w))
	}
	pattern, err := regexp.Compile(strings.Join(parts, `\s+`))
	if err != nil {
		return text.Span{}, err
	}
	at := pattern.FindStringIndex(t[from:])
	if at == nil {
		return text.Span{}, fmt.Errorf("the gold is not in the text")
	}
	return text.Span{Start: from + at[0], End: from + at[1]}, nil
}
