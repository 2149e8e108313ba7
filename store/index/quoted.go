package index

import (
	"cmp"
	"context"
	"slices"

	"dateline/store/sqlite"
)

const (
	// mostGrams bounds how many triples of a quotation are looked up, evenly spread over it.
	mostGrams = 64
	// oneGram bounds how many articles are looked at that have one of them, the newest.
	oneGram = 200
	// chance is how many times less than the best an article may share.
	chance = 6
)

var selectGram = rowsOf("quote_grams")

// Holding are the roots of the articles that share most triples of words with the parts of a
// quotation, the rarer a triple the more it counts; at most so many, of equals the oldest, which
// is the likeliest to be the original.
func (x *Index) Holding(ctx context.Context, parts [][]string, most int) ([]int64, error) {
	var grams []string
	for _, words := range parts {
		grams = append(grams, Grams(words)...)
	}
	slices.Sort(grams)
	grams = slices.Compact(grams)
	step := max(1, (len(grams)+mostGrams-1)/mostGrams)
	weight := map[int64]float64{}
	for i := 0; i < len(grams); i += step {
		rows, err := x.db.Query(ctx, selectGram, grams[i], int64(1)<<62, oneGram)
		list, err := sqlite.One(rows, err, sqlite.Of[string])
		if err != nil {
			return nil, err
		}
		roots, err := numbers(list)
		if err != nil {
			return nil, err
		}
		for _, root := range roots {
			weight[root] += 1 / (1 + float64(len(roots))/20)
		}
	}
	roots := make([]int64, 0, len(weight))
	for root := range weight {
		roots = append(roots, root)
	}
	slices.SortFunc(roots, func(a, b int64) int { return cmp.Or(cmp.Compare(weight[b], weight[a]), cmp.Compare(a, b)) })
	roots = roots[:min(len(roots), most)]
	// One triple in common, where others have many, is chance.
	return slices.DeleteFunc(roots, func(root int64) bool { return weight[root] < weight[roots[0]]/chance }), nil
}

const (
	selectCovered = `SELECT coalesce((SELECT min(published) FROM article WHERE replaced IS NULL AND published >= '0'), ''),
		coalesce((SELECT max(published) FROM article WHERE replaced IS NULL AND published >= '0'), '')`

	// A step of the index an outlet: SQLite has no other way to count what is distinct.
	countOutlets = `
		WITH RECURSIVE each (outlet) AS (
			SELECT min(outlet) FROM article WHERE replaced IS NULL AND outlet > ''
			UNION ALL SELECT (SELECT min(outlet) FROM article WHERE replaced IS NULL AND outlet > each.outlet) FROM each WHERE each.outlet IS NOT NULL)
		SELECT count(outlet) FROM each LIMIT 10000`
)

// Covered is how many articles there are, of how many outlets, and when the first and the last
// was published, in EDTF.
func (x *Index) Covered(ctx context.Context) (n, outlets int, first, last string, err error) {
	stats, err := x.stats(ctx, &articles)
	if err != nil {
		return 0, 0, "", "", err
	}
	rows, err := x.db.Query(ctx, selectCovered)
	_, err = sqlite.One(rows, err, func(r sqlite.Row) (struct{}, error) { return struct{}{}, r.Scan(&first, &last) })
	if err != nil {
		return 0, 0, "", "", err
	}
	rows, err = x.db.Query(ctx, countOutlets)
	outlets, err = sqlite.One(rows, err, sqlite.Of[int])
	return int(stats.N), outlets, first, last, err
}
