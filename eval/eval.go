// Package eval scores what the house reads against gold: data that people marked by hand.
//
// A Suite is what one is curious about (extract, statements, ...), a set the data it is
// measured on, a Figure one number. The metrics are those of the published benchmarks, each
// with its source, in the inner rooms extraction, attribution, timevalue and grouping; the
// suites in this package load a set, run the stage over it and hand the two to a metric.
//
// The package imports no stage: the stages are handed in as functions, the data as a file
// system, the demo's answers as values. It reads no clock. Pages are read in parallel, a set at
// a time, and of each page only what its figures need is kept, so that a set of any size is
// scored in the memory of a few pages.
//
// Figures are of the data as it lies there. A set that is absent is reported by name and is not
// a figure of 0.
package eval

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"runtime"
	"sync"
	"time"

	"dateline/eval/score"
	"dateline/eval/seed"
	"dateline/news"
	"dateline/text"
)

// A Figure is one number of a score.
type Figure = score.Figure

// Stages are the rooms of the house that are scored. All must be given.
type Stages struct {
	// Articles reads a page as far as its articles: their text, segments and metadata.
	Articles func(news.Page) ([]news.Article, error)
	// Read reads a page whole.
	Read func(context.Context, news.Page) ([]news.Annotation, error)
	// Times finds the time expressions of a text that came out on a day or at a time, ""
	// where that is unknown.
	Times func(t, published string) ([]news.TimeExpression, error)
	// Tokens parses a text, in sentences of the parser or of our own rules.
	Tokens func(ctx context.Context, t string, ownSentences bool) ([]Token, error)
	// NewGroups holds no article; the function it returns places the next one.
	NewGroups func() func(Story) Placement
	// NewStories holds no event; the function it returns says which story the next one continues,
	// "" if none, and is told which one it does.
	NewStories func() func(event Story, of string) (first string)
	// NewArchive is an empty record.
	NewArchive func(context.Context) (Archive, error)
	// Ledger places articles and makes the rows and views of their stories, as of a day in EDTF.
	Ledger func(articles []news.Annotation, day string) LedgerRows
	// Settle places articles as they stand when all are known, repairs included, in their order.
	Settle func([]Story) []Placement
}

// A Token is a word as parsed.
type Token struct {
	Span          text.Span
	Tag           string // Penn Treebank
	POS           string // Universal Dependencies, like Morph
	Morph         string
	Lemma         string
	Head          int // number of the token it hangs on; its own for a root
	Dep           string
	SentenceStart bool
	Entity        string // "O", "B-ORG", "I-ORG"
}

// An Archive is a record that is filled, and asked.
type Archive interface {
	// Read adds pages and reads them.
	Read(context.Context, []news.Page) error
	// Keep adds pages with the readings that gold gives of them.
	Keep(context.Context, []news.Page, []news.Reading) error
	// Search are the pages of the hits, best first; a page may come several times.
	Search(ctx context.Context, query string, limit int) ([]string, error)
	// Check is the verdict on a quotation, and who said it.
	Check(ctx context.Context, quote, speaker string) (verdict, who string, err error)
	Close() error
}

// Data is where the sets lie.
type Data struct {
	Bench  fs.FS // extract, statements, times, entities, clusters
	Beside fs.FS // what lies beside it: seeds, gold, nlp
	Demo   []DemoStory
	// Answers are the editor's rows of the demo's stories, by name.
	Answers map[string]LedgerAnswers
}

// A Suite is a field of the work that is scored by itself.
type Suite struct {
	Name  string
	About string
	sets  []set
}

// A set is some data with the metric it is scored by.
type set struct {
	name  string
	score func(context.Context, job) ([]Figure, error)
}

// A job is what scoring a set takes.
type job struct {
	Data
	Stages
	step func()       // says that a page, text or document is done
	miss func(string) // tells something that went wrong, for a person
}

// Suites are all suites, in the order of the work.
func Suites() []Suite {
	return []Suite{
		{"extract", "body text and metadata of pages", []set{
			{"scrapinghub", scoreShingles}, {"fundus-evaluation", scoreParagraphs}, {"fundus", scoreMetadata}, {"htmldate", scoreDays},
		}},
		{"split", "the articles of a page, and the kind of its every byte", []set{{"seeds", ofSeeds(seed.Segments)}}},
		{"sentences", "where sentences begin", []set{
			{"seeds", ofSeeds(seed.Sentences)}, {"gum-glued", scoreGluedSentences}, {"golden-rules", scoreGoldenRules},
		}},
		{"statements", "who said what", []set{
			{"polnear-dev", scorePolnear}, {"gum", scoreGUM}, {"seeds", func(ctx context.Context, j job) ([]Figure, error) { return seed.Statements(ctx, j.seeds()) }},
		}},
		{"times", "which time each expression means", []set{{"gum+meantime", scoreTimes}, {"seeds", ofSeeds(seed.Times)}}},
		{"entities", "which names are one person's, organisation's or place's", []set{{"seeds", func(ctx context.Context, j job) ([]Figure, error) { return seed.Entities(ctx, j.seeds()) }}}},
		{"group", "which articles report one event, belong to one story, are copies", []set{
			{"allsides-open", scoreOpenStream}, {"one-setting", scoreOneSetting}, {"reuters-pairs", scoreCopies},
			{"cut-copies", scoreCuts}, {"briefs", scoreBriefs}, {"meantime", scoreStories},
		}},
		{"search", "which articles answer a query", []set{{"time", scoreTime}}},
		{"check", "whether somebody said what is ascribed to them", []set{{"demo", scoreCheckDemo}, {"gum", scoreCheckGUM}, {"demo-read", scoreCheckRead}}},
		{"demo", "all of it, on the invented stories of the demo", []set{{"first", scoreDemo("first")}, {"second", scoreDemo("second")}, {"dev", scoreDemo("dev")}}},
		{"ledger", "the rows of the ledger, each kind apart, and its views", []set{{"first", scoreLedger("first")}, {"second", scoreLedger("second")}, {"dev", scoreLedger("dev")}}},
		{"nlp", "the parse against the reference implementation", []set{{"golden-free", scoreParity}}},
	}
}

// A Result is what came of one set: its figures, or why there are none.
type Result struct {
	Suite, Set string
	Figures    []Figure
	Misses     []string
	Err        error
}

// Absent reports whether the set could not be scored because its data is not there.
func (r Result) Absent() bool { return errors.Is(r.Err, fs.ErrNotExist) }

// Run scores the sets of a suite, one after another. step is called from many goroutines, after
// each page or text. Only an error of ctx ends the run.
func (s Suite) Run(ctx context.Context, d Data, st Stages, step func()) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		for _, set := range s.sets {
			r := Result{Suite: s.Name, Set: set.name}
			var mu sync.Mutex
			figures, err := set.score(ctx, job{d, st, step, func(m string) {
				mu.Lock()
				defer mu.Unlock()
				r.Misses = append(r.Misses, m)
			}})
			if ctx.Err() != nil {
				return
			}
			r.Err = err
			for _, f := range figures {
				f.Suite, f.Set = s.Name, set.name
				r.Figures = append(r.Figures, f)
			}
			if !yield(r) {
				return
			}
		}
	}
}

// inParallel works on all items with a worker a processor and returns what came of each, in
// order. At most twice as many items as workers are in memory. The first error, in no
// particular order, ends the work.
func inParallel[T, R any](ctx context.Context, items iter.Seq2[T, error], work func(T) (R, error)) ([]R, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	type numbered struct {
		i    int
		item T
	}
	queue := make(chan numbered)
	var mu sync.Mutex
	var out []R
	var busy sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		busy.Go(func() {
			for n := range queue {
				r, err := work(n.item)
				if err != nil {
					cancel(err)
					continue
				}
				mu.Lock()
				for len(out) <= n.i {
					out = append(out, *new(R))
				}
				out[n.i] = r
				mu.Unlock()
			}
		})
	}
	i := 0
	for item, err := range items {
		if err != nil {
			cancel(err)
			break
		}
		select {
		case queue <- numbered{i, item}:
			i++
			continue
		case <-ctx.Done():
		}
		break
	}
	close(queue)
	busy.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return out, nil
}

// all are the items of a list, as inParallel takes them.
func all[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, x := range list {
			if !yield(x, nil) {
				return
			}
		}
	}
}

// annotated reads a plain text as a page, fetched at a time or, for the zero time, nobody knows when. It
// holds that the text is kept to the byte, for all gold is laid on it.
func (j job) annotated(ctx context.Context, name, t string, fetched time.Time) ([]news.Annotation, error) {
	page, err := j.Read(ctx, news.Page{Name: name + ".txt", MediaType: "text/plain", Fetched: fetched, Body: []byte(t)})
	if errors.Is(err, news.ErrNoArticle) {
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	for _, a := range page {
		if a.Article.Text != t {
			return nil, fmt.Errorf("read %s: the text is not the file, byte for byte", name)
		}
	}
	j.step()
	return page, nil
}

// ofSeeds scores the seed pages in one regard.
func ofSeeds(score func(seed.Job) ([]Figure, error)) func(context.Context, job) ([]Figure, error) {
	return func(_ context.Context, j job) ([]Figure, error) { return score(j.seeds()) }
}

func (j job) seeds() seed.Job {
	return seed.Job{Beside: j.Beside, Articles: j.Articles, Annotated: j.annotated, Times: j.Times, Step: j.step, Miss: j.miss}
}
