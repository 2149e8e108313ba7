package seed

import (
	"fmt"
	"strings"

	"dateline/eval/load"
	"dateline/eval/score"
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

// Sentences scores the boundaries of a seed page that lost their blank, and the places in
// the seeds where a full stop ends only an abbreviation.
func Sentences(j Job) ([]score.Figure, error) {
	gold, err := load.Object[gluedGold](j.Beside, "gold/glued.json")
	if err != nil {
		return nil, err
	}
	seeds, err := load.Seeds(j.Beside)
	if err != nil {
		return nil, err
	}
	starts := map[string]map[int]bool{}
	for number := range abbreviationsOf {
		page, ok := seeds[number]
		if !ok {
			return nil, fmt.Errorf("no seed page %s", number)
		}
		articles, err := j.Articles(page.Page())
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", page.File, err)
		}
		j.Step()
		starts[number] = sentenceStarts(articles)
	}
	var found, whole score.Mean
	for _, g := range gold.Boundaries {
		number, _, _ := strings.Cut(g.File, "_")
		found.Count(starts[number][g.At])
		if !starts[number][g.At] {
			j.Miss(fmt.Sprintf("%s: not cut at %d", number, g.At))
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
				j.Miss(fmt.Sprintf("%s: cut at %d, after an abbreviation", number, p.Start))
			}
		}
	}
	return []score.Figure{
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
