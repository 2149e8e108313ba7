package eval

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"dateline/eval/extraction"
	"dateline/news"
	"dateline/text"
)

// abbreviationsOf are places in the seed pages after an abbreviation with full stops: between
// these bytes no sentence may begin.
var abbreviationsOf = map[string][]text.Span{
	"000": {{Start: 1795, End: 1796}, {Start: 2848, End: 2848}, {Start: 3625, End: 3626}, {Start: 3767, End: 3768}, {Start: 3975, End: 3976}, {Start: 4076, End: 4077}, {Start: 4159, End: 4160}},
	"002": {{Start: 3319, End: 3320}},
	"003": {{Start: 1340, End: 1341}, {Start: 1711, End: 1712}},
	"004": {{Start: 4932, End: 4932}, {Start: 8342, End: 8343}, {Start: 10193, End: 10194}, {Start: 10465, End: 10466}},
}

type gluedGold struct {
	Boundaries []struct {
		File string `json:"file"`
		At   int    `json:"at"`
	} `json:"glued_boundaries"`
}

// scoreSeedSentences: the boundaries of a seed page that lost their blank, and the places in
// the seeds where a full stop ends only an abbreviation.
func scoreSeedSentences(_ context.Context, j job) ([]Figure, error) {
	gold, err := object[gluedGold](j.Beside, "gold/glued.json")
	if err != nil {
		return nil, err
	}
	seeds, err := j.seedPages()
	if err != nil {
		return nil, err
	}
	starts := map[string]map[int]bool{}
	for number := range abbreviationsOf {
		seed, ok := seeds[number]
		if !ok {
			return nil, fmt.Errorf("no seed page %s", number)
		}
		articles, err := j.Articles(seed.page())
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", seed.file, err)
		}
		j.step()
		starts[number] = sentenceStarts(articles)
	}
	var found, whole extraction.Mean
	for _, g := range gold.Boundaries {
		number, _, _ := strings.Cut(g.File, "_")
		found.Count(starts[number][g.At])
		if !starts[number][g.At] {
			j.miss(fmt.Sprintf("%s: not cut at %d", number, g.At))
		}
	}
	for number, places := range abbreviationsOf {
		for _, p := range places {
			cut := len(starts[number]) == 0
			for at := p.Start; at <= p.End; at++ {
				cut = cut || starts[number][at]
			}
			whole.Count(!cut)
			if cut {
				j.miss(fmt.Sprintf("%s: cut at %d, after an abbreviation", number, p.Start))
			}
		}
	}
	return []Figure{
		{Metric: "glued boundaries", Value: found.Value(), N: found.N},
		{Metric: "abbreviations whole", Value: whole.Value(), N: whole.N},
	}, nil
}

func sentenceStarts(articles []news.Article) map[int]bool {
	starts := map[int]bool{}
	for _, a := range articles {
		for _, s := range a.Sentences {
			starts[s.Start] = true
		}
	}
	return starts
}

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
func scoreGluedSentences(ctx context.Context, j job) ([]Figure, error) {
	type document struct {
		ID        string      `json:"id"`
		Text      string      `json:"text"`
		Sentences []text.Span `json:"sentences"`
		Glued     []int       `json:"glued_at"`
	}
	documents, err := records[document](j.Bench, "entities/gum-sentences-glued.jsonl.gz")
	if err != nil {
		return nil, err
	}
	found, err := inParallel(ctx, all(documents), func(d document) (map[int]bool, error) { return j.startsInside(ctx, d.Text) })
	if err != nil {
		return nil, err
	}
	both, ours, gold := 0, 0, 0
	var glued extraction.Mean
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
	precision, recall := extraction.Ratio(both, ours), extraction.Ratio(both, gold)
	return []Figure{
		{Metric: "F1", Value: extraction.F1(precision, recall), N: gold},
		{Metric: "precision", Value: precision, N: ours},
		{Metric: "recall", Value: recall, N: gold},
		{Metric: "glued boundaries", Value: glued.Value(), N: glued.N},
	}, nil
}

// scoreGoldenRules: the golden rules of the library Pragmatic Segmenter (Dias 2015), a rule
// right when all its sentences are.
func scoreGoldenRules(ctx context.Context, j job) ([]Figure, error) {
	type rule struct {
		ID        string   `json:"id"`
		Name      string   `json:"name"`
		Text      string   `json:"text"`
		Sentences []string `json:"sentences"`
	}
	rules, err := records[rule](j.Bench, "entities/golden-rules-en.jsonl.gz")
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
	var holds extraction.Mean
	for _, h := range held {
		holds.Count(h)
	}
	return []Figure{{Metric: "rules held", Value: holds.Value(), N: holds.N}}, nil
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
