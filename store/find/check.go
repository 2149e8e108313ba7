package find

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"dateline/news"
	"dateline/search"
	"dateline/store/index"
	"dateline/text"
)

const (
	// mostQuote bounds a quotation; what is longer is cut.
	mostQuote = 20_000
	// mostHolding is how many articles are compared with a quotation word by word, mostAlike how
	// many besides that may say the same in other words.
	mostHolding = 8
	mostAlike   = 5
	// leastAlike is the share of what the words tell that a statement must have to be looked at. Of a few
	// words one that was altered is a large share: fewWords of them are looked for with half of it.
	leastAlike = 0.4
	fewWords   = 7
	// alikeWords is how many words of a quotation are looked up to find what says the same,
	// alikeRows how many rows of the index are read for it.
	alikeWords = 8
	alikeRows  = 4000
	// alikeRanked is how many of what is found that way are ranked.
	alikeRanked = 100
)

// Check tells whether the record holds a quotation, as said by the speaker; "" asks for whoever
// said it. What is compared with it word by word are the articles that share most triples of its
// words, and where these do not hold it, those whose statements share most of its words.
func (f *Finder) Check(ctx context.Context, quote, speaker string) (search.Verdict, error) {
	v, err := f.check(ctx, quote, speaker)
	if err != nil {
		return v, fmt.Errorf("check: %w", err)
	}
	return v, nil
}

func (f *Finder) check(ctx context.Context, quote, speaker string) (search.Verdict, error) {
	covered, err := f.covered(ctx)
	if err != nil {
		return search.Verdict{}, err
	}
	cut := false
	if len(quote) > mostQuote {
		end := mostQuote
		for end > 0 && !(text.Span{Start: 0, End: end}).Valid(quote) {
			end--
		}
		quote, cut = quote[:end], true
	}
	parts := search.QuoteWords(quote)
	roots, err := f.index.Holding(ctx, parts, mostHolding)
	if err != nil {
		return search.Verdict{}, err
	}
	sources, err := f.sources(ctx, roots)
	if err != nil {
		return search.Verdict{}, err
	}
	v := search.Check(quote, speaker, sources, nil, covered)
	if v.Kind == search.NotFound {
		alike, weight, err := f.alike(ctx, parts, roots)
		if err != nil {
			return search.Verdict{}, err
		}
		more, err := f.sources(ctx, alike)
		if err != nil {
			return search.Verdict{}, err
		}
		v = search.Check(quote, speaker, append(sources, more...), weight, covered)
	}
	if cut {
		v.Why = append(v.Why, news.Reason{Rule: "cut", Detail: fmt.Sprintf("only the first %d bytes were looked at", len(quote))})
	}
	return v, nil
}

// alike are the roots of articles, others than those, with statements that share most of a
// quotation's words, and how much each word tells.
func (f *Finder) alike(ctx context.Context, parts [][]string, others []int64) ([]int64, func(string) float64, error) {
	node := search.Node{Kind: search.List}
	for _, words := range parts {
		for _, w := range words {
			node.Nodes = append(node.Nodes, search.Node{Kind: search.Word, Words: []string{w}})
		}
	}
	wanted := search.WantedOf(node)
	if len(wanted) == 0 {
		return nil, nil, nil
	}
	// Long words are the rarer ones.
	slices.SortStableFunc(wanted, func(a, b search.Wanted) int { return len(b.Term) - len(a.Term) })
	node.Nodes = nil
	for _, w := range wanted[:min(len(wanted), alikeWords)] {
		node.Nodes = append(node.Nodes, search.Node{Kind: search.Word, Words: []string{w.Word}})
	}
	newest, err := f.index.Newest(ctx)
	if err != nil {
		return nil, nil, err
	}
	found, err := f.index.Find(ctx, index.Asked{Root: &node, Statements: true, Upto: newest, Rows: alikeRows})
	if err != nil {
		return nil, nil, err
	}
	var ranked []search.Ranked
	for _, c := range found.Candidates[:min(len(found.Candidates), alikeRanked)] {
		ranked = append(ranked, search.Ranked{Root: c.Root, Place: c.Place})
	}
	ranker := search.NewRanker(found.Wanted, found.Stats)
	least, words := leastAlike, 0
	for _, p := range parts {
		words += len(p)
	}
	if words <= fewWords {
		least /= 2
	}
	var roots []int64
	for _, r := range ranker.Rank(ranked, found.Digests, search.Statements) {
		if len(roots) < mostAlike && ranker.Coverage(found.Digests[r.Root], r.Place) >= least && !slices.Contains(others, r.Root) && !slices.Contains(roots, r.Root) {
			roots = append(roots, r.Root)
		}
	}
	weights := map[string]float64{}
	for _, w := range found.Wanted {
		weights[w.Term] = search.Weight(w, found.Stats)
	}
	mean := 0.0
	for _, w := range weights {
		mean += w / float64(len(weights))
	}
	return roots, func(w string) float64 {
		if weight, ok := weights[search.Term(w)]; ok {
			return weight
		}
		return mean
	}, nil
}

// sources are the articles of some roots as a quotation is compared with them, with what people and
// their own outlets put right since. Damaged ones are left out: they are no evidence.
func (f *Finder) sources(ctx context.Context, roots []int64) ([]search.Source, error) {
	var all []search.Source
	for _, root := range roots {
		v, err := f.texts.Whole(ctx, root)
		if errors.Is(err, news.ErrNotFound) || errors.Is(err, news.ErrDamaged) {
			continue
		}
		if err != nil {
			return nil, err
		}
		head, err := v.Head()
		if err != nil {
			continue
		}
		decisions, err := f.decisions(ctx, head.ID)
		if err != nil {
			return nil, err
		}
		corrections, err := f.later.CorrectionsOf(ctx, head.ID)
		if err != nil {
			return nil, err
		}
		src := search.Source{Text: v.Document.Text, Statements: f.correct(v.Annotation, decisions).Statements,
			Place: search.Place{Article: head.ID, Ref: head.Ref, URL: head.URL, Title: head.Title, Outlet: head.Outlet, Published: head.Published, Corrections: corrections}}
		if t := v.Annotation.Article.Title; t != nil {
			src.Prose = append(src.Prose, t.Span)
		}
		src.Prose = append(src.Prose, search.Prose(v.Annotation.Article)...)
		all = append(all, src)
	}
	return all, nil
}

// covered is what part of the world the record knows.
func (f *Finder) covered(ctx context.Context) (search.Covered, error) {
	n, outlets, first, last, err := f.index.Covered(ctx)
	c := search.Covered{Articles: n, Outlets: outlets}
	if i, e := news.ParseInterval(first); e == nil {
		c.From, _ = i.Bounds()
	}
	if i, e := news.ParseInterval(last); e == nil {
		_, c.To = i.Bounds()
	}
	return c, err
}
