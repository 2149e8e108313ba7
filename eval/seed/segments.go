package seed

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"dateline/eval/extraction"
	"dateline/eval/load"
	"dateline/eval/score"
	"dateline/news"
	"dateline/text"
)

// visibleSeeds are the seed pages whose segments have gold.
var visibleSeeds = []string{"000", "002", "004"}

// segmentGold is the hand-made segmentation of the seed pages.
type segmentGold struct {
	Files []struct {
		File     string `json:"file"`
		Articles []struct {
			Index          *int      `json:"article_index"`
			Role           news.Role `json:"role"`
			Publisher      string    `json:"publisher"`
			PublisherBasis string    `json:"publisher_basis"`
			Published      string    `json:"published"`
			Title          string    `json:"title"`
		} `json:"articles"`
		Segments []struct {
			Start int       `json:"start"`
			End   int       `json:"end"`
			Kind  news.Kind `json:"kind"`
			Index *int      `json:"article_index"`
		} `json:"segments"`
	} `json:"files"`
}

// leastIoU is the overlap of their ranges, intersection over union, from which two articles are
// one: an article may or may not take in furniture at its edges.
const leastIoU = .85

// Segments scores the seed pages as they are cut up. A byte that is no blank is right when it has the gold's
// kind; an article is found when range and role are the gold's, and one too many costs as one
// missed. Outlet, date and title count only on articles that are found.
func Segments(j Job) ([]score.Figure, error) {
	gold, err := load.Object[segmentGold](j.Beside, "gold/segments.json")
	if err != nil {
		return nil, err
	}
	seeds, err := load.Seeds(j.Beside)
	if err != nil {
		return nil, err
	}
	var right, labelled score.Mean
	var outlet, basis, date, title score.Mean
	articles, found, extra := 0, 0, 0
	for _, g := range gold.Files {
		number, _, _ := strings.Cut(g.File, "_")
		if !slices.Contains(visibleSeeds, number) {
			continue
		}
		page := seeds[number]
		got, err := j.Articles(page.Page())
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", g.File, err)
		}
		j.Step()
		for _, a := range got {
			if a.Text != page.Text {
				return nil, fmt.Errorf("read %s: the text is not the file, byte for byte", g.File)
			}
		}
		kinds := KindsOf(got, len(page.Text))
		wrong := map[string]int{}
		for _, s := range g.Segments {
			for i := s.Start; i < s.End; i++ {
				if strings.IndexByte(" \t\n\r\v\f", page.Text[i]) >= 0 {
					continue
				}
				right.Count(kinds[i] == Once(s.Kind))
				labelled.Count(kinds[i] != "")
				if kinds[i] != Once(s.Kind) {
					wrong[fmt.Sprintf("%s: bytes of %s taken for %q", number, Once(s.Kind), kinds[i])]++
				}
			}
		}
		for what, n := range wrong {
			j.Miss(fmt.Sprintf("%s: %d", what, n))
		}
		var ranges []text.Span
		for _, a := range g.Articles {
			var r text.Span
			for _, s := range g.Segments {
				if s.Index != nil && a.Index != nil && *s.Index == *a.Index {
					r = r.Cover(text.Span{Start: s.Start, End: s.End})
				}
			}
			ranges = append(ranges, r)
		}
		of := sameArticles(ranges, got, func(i, k int) bool { return got[k].Role == g.Articles[i].Role })
		articles += len(g.Articles)
		extra += len(got)
		for i, a := range g.Articles {
			var ours news.Article
			if of[i] >= 0 {
				ours = got[of[i]]
				found++
				extra--
			} else {
				j.Miss(fmt.Sprintf("%s: article %d not found", number, i))
			}
			outlet.Count(of[i] >= 0 && OutletName(ours.Outlet.Name) == OutletName(a.Publisher))
			if a.Publisher != "" {
				want := news.Inferred
				if strings.HasPrefix(a.PublisherBasis, "explicit") {
					want = news.Stated
				}
				basis.Count(ours.Outlet.Name != "" && ours.Outlet.Basis == want)
			}
			date.Count(of[i] >= 0 && near(ours.Published.When.String(), a.Published))
			head := ""
			if ours.Title != nil {
				head = ours.Title.Text
			}
			title.Count(of[i] >= 0 && extraction.Fold(head) == extraction.Fold(a.Title))
		}
	}
	return []score.Figure{
		{Metric: "bytes right", Value: right.Value(), N: right.N},
		{Metric: "bytes with a kind", Value: labelled.Value(), N: labelled.N},
		{Metric: "articles found", Value: score.Ratio(found, max(1, articles, found+extra)), N: articles},
		{Metric: "titles", Value: title.Value(), N: title.N},
		{Metric: "outlets", Value: outlet.Value(), N: outlet.N},
		{Metric: "basis of the outlet", Value: basis.Value(), N: basis.N},
		{Metric: "published", Value: date.Value(), N: date.N},
	}, nil
}

// Once takes a repeated headline for a headline.
func Once(k news.Kind) news.Kind {
	if k == news.TitleDup {
		return news.Title
	}
	return k
}

// KindsOf gives each byte of a page its kind, "" where it has none. Where the segments of two
// articles hold a byte, that of the article whose range it lies in decides.
func KindsOf(articles []news.Article, size int) []news.Kind {
	kinds := make([]news.Kind, size)
	for _, inside := range []bool{false, true} {
		for _, a := range articles {
			for _, s := range a.Segments {
				if a.Range.Contains(s.Span) == inside {
					for i := s.Span.Start; i < s.Span.End; i++ {
						kinds[i] = Once(s.Kind)
					}
				}
			}
		}
	}
	return kinds
}

// sameArticles matches ranges of the gold and our articles one to one, best overlap first, and
// returns for each range the number of its article, or -1.
func sameArticles(gold []text.Span, got []news.Article, may func(gold, got int) bool) []int {
	type pair struct {
		overlap float64
		i, k    int
	}
	var pairs []pair
	for i, g := range gold {
		for k, a := range got {
			if v := iou(g, a.Range); v >= leastIoU && may(i, k) {
				pairs = append(pairs, pair{v, i, k})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.overlap, a.overlap), a.i-b.i, a.k-b.k)
	})
	of := slices.Repeat([]int{-1}, len(gold))
	used := make([]bool, len(got))
	for _, p := range pairs {
		if of[p.i] < 0 && !used[p.k] {
			of[p.i], used[p.k] = p.k, true
		}
	}
	return of
}

// iou is the intersection of two ranges over their union.
func iou(a, b text.Span) float64 {
	both := max(0, min(a.End, b.End)-max(a.Start, b.Start))
	if both == 0 {
		return 0
	}
	return float64(both) / float64(a.Len()+b.Len()-both)
}

// OutletName folds the name of an outlet, without its article.
func OutletName(s string) string { return strings.TrimPrefix(extraction.Fold(s), "the ") }

var dayInside = regexp.MustCompile(`\d{4}-\d\d-\d\d`)

// near reports whether a value in EDTF is the gold's day, or at most three days that hold it.
func near(value, gold string) bool {
	var first, last time.Time
	for _, m := range dayInside.FindAllString(value, -1) {
		d, err := time.Parse(time.DateOnly, m)
		if err != nil {
			return false
		}
		if first.IsZero() || d.Before(first) {
			first = d
		}
		if d.After(last) {
			last = d
		}
	}
	g, err := time.Parse(time.DateOnly, gold)
	return err == nil && !first.IsZero() && !g.Before(first) && !g.After(last) && last.Sub(first) <= 2*24*time.Hour
}
