package eval

import (
	"context"
	"fmt"
	"slices"

	"dateline/eval/load"
	"dateline/eval/score"
)

// parsed is a text as the reference implementation of the model parses it.
type parsed struct {
	File  string
	Text  string
	Tok   []string
	Tag   []string
	Pos   []string
	Morph []string
	Lemma []string
	Head  []int
	Dep   []string
	Ss    []int
	Ent   []string
}

// decisions are what is decided of a token, by name.
var decisions = []struct {
	name string
	same func(Token, parsed, int) bool
}{
	{"tag", func(t Token, p parsed, i int) bool { return t.Tag == p.Tag[i] }},
	{"pos", func(t Token, p parsed, i int) bool { return t.POS == p.Pos[i] }},
	{"morph", func(t Token, p parsed, i int) bool { return t.Morph == p.Morph[i] }},
	{"lemma", func(t Token, p parsed, i int) bool { return t.Lemma == p.Lemma[i] }},
	{"head", func(t Token, p parsed, i int) bool { return t.Head == p.Head[i] }},
	{"dep", func(t Token, p parsed, i int) bool { return t.Dep == p.Dep[i] }},
	{"sent_start", func(t Token, p parsed, i int) bool { return t.SentenceStart == (p.Ss[i] != 0) }},
	{"ent", func(t Token, p parsed, i int) bool { return t.Entity == p.Ent[i] }},
}

// scoreParity: the parse against the reference implementation, decision by decision, on texts
// under free licences. Figures are counts of tokens decided otherwise; a text that is cut into
// other tokens is counted once, by itself.
func scoreParity(ctx context.Context, j job) ([]score.Figure, error) {
	gold, err := load.Records[parsed](j.Beside, "nlp/golden/free.jsonl.gz")
	if err != nil {
		return nil, err
	}
	type page struct {
		otherTokens bool
		wrong       [8]int
	}
	pages, err := inParallel(ctx, all(gold), func(p parsed) (page, error) {
		tokens, err := j.Tokens(ctx, p.Text, false)
		if err != nil {
			return page{}, fmt.Errorf("analyse %s: %w", p.File, err)
		}
		j.step()
		var r page
		words := make([]string, len(tokens))
		for i, t := range tokens {
			words[i] = t.Span.Of(p.Text)
		}
		if r.otherTokens = !slices.Equal(words, p.Tok); r.otherTokens {
			j.miss(p.File + ": other tokens")
			return r, nil
		}
		for k, d := range decisions {
			for i, t := range tokens {
				if !d.same(t, p, i) {
					r.wrong[k]++
					j.miss(fmt.Sprintf("%s: other %s at %d", p.File, d.name, t.Span.Start))
				}
			}
		}
		return r, nil
	})
	if err != nil {
		return nil, err
	}
	tokens, worst := 0, 0
	var sum [8]int
	var cut score.Mean
	for i, p := range pages {
		tokens += len(gold[i].Tok)
		cut.Count(p.otherTokens)
		for k, n := range p.wrong {
			sum[k] += n
			worst = max(worst, sum[k])
		}
	}
	figures := []score.Figure{{Metric: "texts tokenised otherwise", Value: cut.Sum, N: cut.N}}
	for k, d := range decisions {
		figures = append(figures, score.Figure{Metric: d.name + " otherwise", Value: float64(sum[k]), N: tokens})
	}
	return append(figures, score.Figure{Metric: "worst a 50,000 tokens", Value: 50_000 * score.Ratio(worst, tokens), N: tokens}), nil
}
