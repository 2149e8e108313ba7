package eval

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline/eval/extraction"
	"dateline/eval/load"
	"dateline/eval/score"
	"dateline/news"
)

// readSet reads the pages of a set as far as their articles and compares the main one of each
// with its gold; nil is a page on which none was found.
func readSet[R any](ctx context.Context, j job, name string, compare func(l load.Label, a *news.Article) R) ([]R, error) {
	labels, err := load.Labels(j.Bench, name)
	if err != nil {
		return nil, err
	}
	return inParallel(ctx, load.Pages(j.Bench, name, labels), func(p load.Labelled) (R, error) {
		// The programs this set is scored by elsewhere are told nothing of the page's address.
		articles, err := j.Articles(news.Page{Name: p.Label.ID, MediaType: "text/html", Body: p.Body})
		if err != nil && !errors.Is(err, news.ErrNoArticle) && !errors.Is(err, news.ErrUnreadable) {
			return *new(R), fmt.Errorf("read %s: %w", p.Label.ID, err)
		}
		r := compare(p.Label, extraction.Main(articles))
		j.step()
		return r, nil
	})
}

// scoreShingles: Scrapinghub's benchmark of article extraction.
func scoreShingles(ctx context.Context, j job) ([]score.Figure, error) {
	pages, err := readSet(ctx, j, "scrapinghub", func(l load.Label, a *news.Article) extraction.ShinglePage {
		return extraction.ShinglesOf(l.Text, extraction.Body(a))
	})
	if err != nil {
		return nil, err
	}
	var s extraction.Shingles
	for _, p := range pages {
		s.Add(p)
	}
	return []score.Figure{
		{Metric: "F1", Value: s.F1(), N: s.Exact.N},
		{Metric: "precision", Value: s.Precision.Value(), N: s.Precision.N},
		{Metric: "recall", Value: s.Recall.Value(), N: s.Recall.N},
		{Metric: "exact", Value: s.Exact.Value(), N: s.Exact.N},
	}, nil
}

// scoreParagraphs: the evaluation of the library Fundus on hand-made paragraphs.
func scoreParagraphs(ctx context.Context, j job) ([]score.Figure, error) {
	type page struct {
		rouge     extraction.Rouge
		paragraph float64
	}
	pages, err := readSet(ctx, j, "fundus-evaluation", func(l load.Label, a *news.Article) page {
		gold, got := extraction.Reference{Paragraphs: l.Paragraphs, Optional: l.Optional}, extraction.Body(a)
		return page{extraction.RougeLSum(gold, got), extraction.ParagraphF1(gold, got)}
	})
	if err != nil {
		return nil, err
	}
	var precision, recall, f1, paragraph score.Mean
	for _, p := range pages {
		precision.Add(p.rouge.Precision)
		recall.Add(p.rouge.Recall)
		f1.Add(p.rouge.F1)
		paragraph.Add(p.paragraph)
	}
	return []score.Figure{
		{Metric: "ROUGE-LSum F1", Value: f1.Value(), N: f1.N},
		{Metric: "ROUGE-LSum precision", Value: precision.Value(), N: precision.N},
		{Metric: "ROUGE-LSum recall", Value: recall.Value(), N: recall.N},
		{Metric: "paragraph F1", Value: paragraph.Value(), N: paragraph.N},
	}, nil
}

// printed is what a page of the set fundus prints beside its gold: its h1, and the outlet's own
// name among the authors.
type printed struct {
	H1    string   `json:"h1"`
	House []string `json:"house"`
}

// maxAhead is how far after the crawl a gold day may lie: a later one is an error of the gold.
const maxAhead = 24 * time.Hour

// scoreMetadata: title, authors and day of the test pages of the library Fundus. Their gold is
// what each publisher's own parser happens to read, so a title is right too where it is the
// page's h1, and authors with or without the outlet's own name.
func scoreMetadata(ctx context.Context, j job) ([]score.Figure, error) {
	also, err := load.Object[map[string]printed](j.Bench, "extract/fundus.printed.json")
	if err != nil {
		return nil, err
	}
	type page struct{ hasTitle, exact, title, hasAuthors, authors, hasDay, day bool }
	pages, err := readSet(ctx, j, "fundus", func(l load.Label, a *news.Article) (p page) {
		known := also[l.ID]
		title := ""
		authors := extraction.Names{}
		if a != nil {
			if a.Title != nil {
				title = extraction.Fold(a.Title.Text)
			}
			authors = extraction.NamesOf(a.Authors)
		}
		if p.hasTitle = l.Title != ""; p.hasTitle {
			p.exact = title == extraction.Fold(l.Title)
			p.title = p.exact || title != "" && title == extraction.Fold(known.H1)
		}
		if p.hasAuthors = len(l.Authors) > 0; p.hasAuthors {
			var people []string
			for _, x := range l.Authors {
				if !slices.Contains(known.House, x) {
					people = append(people, x)
				}
			}
			p.authors = authors.Equal(extraction.NamesOf(l.Authors)) || authors.Equal(extraction.NamesOf(people))
		} else {
			p.authors = len(authors) == 0
		}
		day, ok := extraction.Day(l.Date)
		crawled, _ := extraction.Day(l.Crawled)
		if p.hasDay = ok && day.Sub(crawled) <= maxAhead; p.hasDay {
			p.day = extraction.SameDay(a, l.Date)
		}
		if p.hasTitle && !p.title {
			j.miss(l.ID + ": another title")
		}
		if !p.authors {
			j.miss(l.ID + ": other authors")
		}
		if p.hasDay && !p.day {
			j.miss(l.ID + ": another day")
		}
		return p
	})
	if err != nil {
		return nil, err
	}
	var exact, title, authors, none, day score.Mean
	for _, p := range pages {
		if p.hasTitle {
			exact.Count(p.exact)
			title.Count(p.title)
		}
		if p.hasAuthors {
			authors.Count(p.authors)
		} else {
			none.Count(p.authors)
		}
		if p.hasDay {
			day.Count(p.day)
		}
	}
	return []score.Figure{
		{Metric: "title", Value: title.Value(), N: title.N},
		{Metric: "title as the gold", Value: exact.Value(), N: exact.N},
		{Metric: "authors", Value: authors.Value(), N: authors.N},
		{Metric: "no author where none", Value: none.Value(), N: none.N},
		{Metric: "day", Value: day.Value(), N: day.N},
	}, nil
}

// scoreDays: the day of publication, on the pages of the library htmldate. Pages without a date
// in the gold never count as right.
func scoreDays(ctx context.Context, j job) ([]score.Figure, error) {
	type page struct{ known, right, near bool }
	pages, err := readSet(ctx, j, "htmldate", func(l load.Label, a *news.Article) (p page) {
		var got time.Time
		got, p.known = extraction.Published(a)
		gold, ok := extraction.Day(l.Date)
		if p.known && ok {
			p.right = got.Equal(gold)
			p.near = got.Sub(gold).Abs() <= 24*time.Hour
		}
		if !p.right {
			j.miss(strings.TrimSuffix(l.ID, ".html") + ": another day or none")
		}
		return p
	})
	if err != nil {
		return nil, err
	}
	var right, near score.Mean
	known := 0
	for _, p := range pages {
		right.Count(p.right)
		near.Count(p.near)
		if p.known {
			known++
		}
	}
	tp, unknown := int(right.Sum), right.N-known
	precision, recall := score.Ratio(tp, known), score.Ratio(tp, tp+unknown)
	return []score.Figure{
		{Metric: "accuracy", Value: right.Value(), N: right.N},
		{Metric: "precision", Value: precision, N: known},
		{Metric: "recall", Value: recall, N: tp + unknown},
		{Metric: "F1", Value: score.F1(precision, recall), N: right.N},
		{Metric: "within a day", Value: near.Value(), N: near.N},
	}, nil
}
