package eval

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"dateline/news"
	"dateline/text"
)

// archive is a tar.gz of files, each a name and a body.
func archive(t *testing.T, files ...string) *fstest.MapFile {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for i := 0; i < len(files); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: files[i], Size: int64(len(files[i+1])), Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: b.Bytes()}
}

func zipped(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func file(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

// paragraphs takes a page for one article: its first line the title, the others bodies.
func paragraphs(page news.Page) ([]news.Article, error) {
	t := string(page.Body)
	if t == "" {
		return nil, news.ErrNoArticle
	}
	a := news.Article{Name: page.Name, Role: news.Main, Text: t, Range: text.Span{Start: 0, End: len(t)}}
	kind := news.Title
	for _, l := range text.Lines(t, a.Range) {
		if kind == news.Title {
			a.Title = news.NewExcerpt(t, l)
		}
		a.Segments = append(a.Segments, news.Segment{Span: l, Kind: kind})
		kind = news.Body
	}
	a.Sentences = text.Sentences(t, []text.Span{a.Range})
	return []news.Article{a}, nil
}

// run scores a suite and returns its figures by set and metric, and the errors by set.
func run(t *testing.T, suite string, d Data, st Stages) (map[string]float64, map[string]error) {
	t.Helper()
	figures, failed := map[string]float64{}, map[string]error{}
	for _, s := range Suites() {
		if s.Name != suite {
			continue
		}
		for r := range s.Run(t.Context(), d, st, func() {}) {
			if r.Err != nil {
				failed[r.Set] = r.Err
			}
			for _, f := range r.Figures {
				figures[f.Set+" "+f.Metric] = f.Value
			}
		}
	}
	return figures, failed
}

func about(t *testing.T, figures map[string]float64, name string, want float64) {
	t.Helper()
	if got, ok := figures[name]; !ok || math.Abs(got-want) > 1e-9 {
		t.Errorf("%s: %v (there: %v), want %v", name, got, ok, want)
	}
}

func TestExtractSuite(t *testing.T) {
	bench := fstest.MapFS{
		"extract/scrapinghub.labels.jsonl": file(`{"id":"1","path":"scrapinghub/html/1.html.gz","text":"It sails at six tonight."}` + "\n" +
			`{"id":"2","path":"scrapinghub/html/2.html","text":"Nobody paid for the bridge."}` + "\n"),
		"extract/scrapinghub.tar.gz": archive(t, "./html/2.html", "Bridge\nNobody paid for the bridge. Really.", "html/1.html.gz", zipped(t, "Ferry\nIt sails at six tonight."), "html/other.html", "x"),
		"extract/fundus.labels.jsonl": file(`{"id":"a","path":"fundus/a.html","title":"The ferry","authors":[],"date":"2031-05-03","crawl_date":"2031-05-03 10:00:00"}` + "\n" +
			`{"id":"b","path":"fundus/b.html","title":"Elsewhere","authors":["Ana Ruiz"],"date":"2031-05-09","crawl_date":"2031-05-03 10:00:00"}` + "\n"),
		"extract/fundus.tar.gz":       archive(t, "a.html", "The ferry\nIt sails.", "b.html", "Bridge\nIt opens."),
		"extract/fundus.printed.json": file(`{"b":{"h1":"Bridge"}}`),
		"extract/htmldate.labels.jsonl": file(`{"id":"h.html","path":"htmldate/h.html","date":"2031-05-03"}` + "\n" +
			`{"id":"i.html","path":"htmldate/i.html","date":"2031-05-03"}` + "\n"),
		"extract/htmldate.tar.gz": archive(t, "h.html", "2031-05-03\nx", "i.html", ""),
	}
	st := Stages{Articles: func(p news.Page) ([]news.Article, error) {
		articles, err := paragraphs(p)
		for i := range articles {
			if day, err := news.ParseMoment(articles[i].Title.Text); err == nil {
				articles[i].Published.When = news.At(day)
			}
		}
		return articles, err
	}}
	figures, failed := run(t, "extract", Data{Bench: bench}, st)
	about(t, figures, "scrapinghub precision", (1+2./3)/2) // one shingle too many
	about(t, figures, "scrapinghub recall", 1)
	about(t, figures, "scrapinghub exact", .5)
	about(t, figures, "fundus title", 1)
	about(t, figures, "fundus title as the gold", .5)
	about(t, figures, "fundus no author where none", 1)
	about(t, figures, "fundus authors", 0)
	about(t, figures, "fundus day", 0) // the other gold day lies long after the crawl
	about(t, figures, "htmldate accuracy", .5)
	about(t, figures, "htmldate precision", 1)
	if err := failed["fundus-evaluation"]; !errors.Is(err, fs.ErrNotExist) || len(failed) != 1 {
		t.Errorf("failed: %v", failed)
	}
}

func TestPageMissingFromItsArchiveIsNamed(t *testing.T) {
	bench := fstest.MapFS{
		"extract/scrapinghub.labels.jsonl": file(`{"id":"1","path":"scrapinghub/1.html"}`),
		"extract/scrapinghub.tar.gz":       archive(t, "2.html", "x"),
	}
	_, failed := run(t, "extract", Data{Bench: bench}, Stages{Articles: paragraphs})
	if err := failed["scrapinghub"]; err == nil || !strings.Contains(err.Error(), "1.html") || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

func TestSplitSuite(t *testing.T) {
	const page = "Ferry sails\nIt sails tonight."
	beside := fstest.MapFS{
		"seeds/000_ab.txt": file(page),
		"gold/segments.json": file(`{"files":[{"file":"000_ab.txt","articles":[{"article_index":0,"role":"main","publisher":null,"published":"2031-05-03","title":"Ferry sails"}],
			"segments":[{"start":0,"end":11,"kind":"title_dup","article_index":0},{"start":12,"end":20,"kind":"body","article_index":0},{"start":21,"end":29,"kind":"caption","article_index":0}]}]}`),
	}
	figures, failed := run(t, "split", Data{Beside: beside}, Stages{Articles: paragraphs})
	if len(failed) > 0 {
		t.Fatal(failed)
	}
	about(t, figures, "seeds bytes right", 17./25) // the eight letters of the caption are taken for body
	about(t, figures, "seeds articles found", 1)
	about(t, figures, "seeds titles", 1)
	about(t, figures, "seeds outlets", 1) // none, and none given
	about(t, figures, "seeds published", 0)
}

// words parses a text into words; those after ". " begin sentences.
func words(_ context.Context, t string, _ bool) ([]Token, error) {
	var out []Token
	at := 0
	for w := range strings.FieldsSeq(t) {
		at += strings.Index(t[at:], w)
		out = append(out, Token{Span: text.Span{Start: at, End: at + len(w)}, SentenceStart: at == 0 || at > 1 && t[at-2] == '.', Entity: "O"})
		at += len(w)
	}
	return out, nil
}

func TestSentencesSuite(t *testing.T) {
	bench := fstest.MapFS{
		"entities/golden-rules-en.jsonl.gz": file(`{"id":"1","name":"plain","text":"It sails. It opens.","sentences":["It sails.","It opens."]}` + "\n" +
			`{"id":"2","name":"initial","text":"J. Kessel paid.","sentences":["J. Kessel paid."]}` + "\n"),
		"entities/gum-sentences-glued.jsonl.gz": file(zipped(t, `{"id":"g","text":"It sails.It opens. Why?\nNobody paid.","sentences":[[0,9],[9,18],[19,23],[24,36]],"glued_at":[9]}`)),
	}
	figures, failed := run(t, "sentences", Data{Bench: bench, Beside: fstest.MapFS{}}, Stages{Tokens: words})
	about(t, figures, "golden-rules rules held", .5)
	about(t, figures, "gum-glued precision", 1) // the one after the blank; what opens a line is not asked
	about(t, figures, "gum-glued recall", .5)
	about(t, figures, "gum-glued glued boundaries", 0)
	if !errors.Is(failed["seeds"], fs.ErrNotExist) {
		t.Errorf("seeds: %v", failed["seeds"])
	}
}

func TestStatementsSuite(t *testing.T) {
	const page = "Ferry\n\"It sails,\" said Ana Ruiz. She said that nobody paid."
	bench := fstest.MapFS{
		"statements/polnear-dev.jsonl.gz": file(`{"id":"p","primary":true,"text":` + quoted(page) + `,"statements":[
			{"content":[[6,17]],"cue":[18,22],"source":[23,31],"type":"direct"},
			{"content":[[42,59]],"cue_spans":[[37,41]],"source_spans":[[33,36]],"source":null,"type":"indirect"}]}`),
	}
	bench["statements/polnear-dev.jsonl.gz"].Data = []byte(strings.ReplaceAll(string(bench["statements/polnear-dev.jsonl.gz"].Data), "\n\t\t\t", ""))
	read := func(_ context.Context, p news.Page) ([]news.Annotation, error) {
		articles, err := paragraphs(p)
		return []news.Annotation{{Article: articles[0], Statements: []news.Statement{
			{ID: "s1", Content: []text.Span{{Start: 6, End: 17}}, Cue: []text.Span{{Start: 18, End: 22}}, Source: text.Span{Start: 27, End: 31}, Mode: news.Direct},
			{ID: "s2", Content: []text.Span{{Start: 47, End: 58}}, Source: text.Span{Start: 33, End: 36}, Mode: news.Indirect},
		}}}, err
	}
	figures, failed := run(t, "statements", Data{Bench: bench, Beside: fstest.MapFS{}}, Stages{Read: read})
	if failed["polnear-dev"] != nil {
		t.Fatal(failed["polnear-dev"])
	}
	about(t, figures, "polnear-dev F1 with source", 1)
	about(t, figures, "polnear-dev exact F1 content", .5)
	about(t, figures, "polnear-dev exact F1 cue", 2./3)
	about(t, figures, "polnear-dev exact F1 source", .5)
	if !errors.Is(failed["gum"], fs.ErrNotExist) || !errors.Is(failed["seeds"], fs.ErrNotExist) {
		t.Errorf("failed: %v", failed)
	}
}

func quoted(s string) string {
	return `"` + strings.NewReplacer("\n", `\n`, `"`, `\"`).Replace(s) + `"`
}

func TestGroupSuite(t *testing.T) {
	bench := fstest.MapFS{
		"clusters/reuters21578.jsonl.gz": file(`{"id":"a","title":"Ferry","text":"x","published":"26-FEB-1987 15:01:01.79"}
{"id":"b","title":"Ferry","text":"x","published":"26-FEB-1987 24:10:00.00"}
{"id":"c","title":"Bridge","text":"x","published":"27-FEB-1987 10:00:00.00"}
{"id":"d","title":"Bridge ","text":"x","published":null}`),
		"clusters/neardup_reuters21578.pairs.jsonl.gz": file(`{"a":"a","b":"b","label":1,"kind":"reprint"}
{"a":"c","b":"d","label":1,"kind":"reprint"}
{"a":"a","b":"c","label":0,"kind":"template"}
{"a":"b","b":"c","label":-1,"kind":"unsure"}`),
		"clusters/allsides_full.dev.jsonl.gz":          file(`{"id":"1","title":"Ferry","published":"2031-05-03","cluster":"A"}` + "\n" + `{"id":"2","title":"Ferry","published":"2031-05-03","cluster":"A"}`),
		"clusters/allsides_unlabelled.sample.jsonl.gz": file(`{"id":"3","title":"Ferry","published":"2031-05-03T10:00:00+02:00","cluster":null}`),
	}
	var order []string
	byTitle := func() func(Story) Placement {
		first := map[string]string{}
		return func(s Story) Placement {
			order = append(order, s.Published)
			p := Placement{Event: s.Title, CopyOf: first[s.Title]}
			if first[s.Title] == "" {
				first[s.Title] = s.ID
			}
			return p
		}
	}
	figures, failed := run(t, "group", Data{Bench: bench}, Stages{NewGroups: byTitle, Settle: func(stories []Story) (placed []Placement) {
		for _, s := range stories {
			placed = append(placed, Placement{Event: s.Outlet + s.ID})
		}
		return placed
	}})
	about(t, figures, "allsides-open at rest B3 precision", 1) // each by itself
	about(t, figures, "allsides-open at rest B3 recall", .5)
	about(t, figures, "allsides-open B3 F1", 1)
	about(t, figures, "allsides-open pair F1", 1)
	about(t, figures, "reuters-pairs copies precision", 1)
	about(t, figures, "reuters-pairs copies recall", .5)
	about(t, figures, "reuters-pairs templates taken for copies", 0)
	if !errors.Is(failed["one-setting"], fs.ErrNotExist) {
		t.Errorf("failed: %v", failed)
	}
	if want := []string{"2031-05-03", "2031-05-03", "2031-05-03T08:00:00Z", "", "1987-02-26T00:10:00Z", "1987-02-26T15:01:01Z", "1987-02-27T10:00:00Z"}; !slices.Equal(order, want) {
		t.Errorf("handed in as %q", order)
	}
}

// TestBriefs holds that only trusted briefs of stories told often are asked for, and of those only
// the ones whose story was told before.
func TestBriefs(t *testing.T) {
	var lines strings.Builder
	for i := range 10 {
		fmt.Fprintf(&lines, `{"id":"a%d","published":"2031-05-%02d","text":"x","story":"Ferry","story_conf":"direct"}`+"\n", i, i+1)
		fmt.Fprintf(&lines, `{"id":"b%d","published":"2031-06-%02d","text":"x","story":"Bridge","story_conf":"inherited"}`+"\n", i, i+1)
	}
	lines.WriteString(`{"id":"c","published":"2031-05-01","text":"x","story":"Once","story_conf":"inline"}`)
	asked := 0
	figures, _ := run(t, "group", Data{Bench: fstest.MapFS{"clusters/wikipedia_cep_events.jsonl.gz": file(lines.String())}}, Stages{
		NewStories: func() func(Story, string) string {
			return func(s Story, of string) string {
				if asked++; asked%3 == 0 {
					return "Bridge"
				}
				return of
			}
		},
		NewGroups: func() func(Story) Placement {
			return func(s Story) Placement { return Placement{Story: s.Published[:9]} } // nine of May's first days, and the tenth
		},
	})
	if asked != 10 {
		t.Errorf("asked for %d briefs", asked)
	}
	about(t, figures, "briefs story acc@1", 6/9.)
	about(t, figures, "briefs stories B3 precision", 1)
	about(t, figures, "briefs stories B3 recall", (9*9+1)/100.)
}

func TestParitySuite(t *testing.T) {
	line := `{"File":"f","Text":"It sails","Tok":["It","sails"],"Tag":["","X"],"Pos":["",""],"Morph":["",""],"Lemma":["",""],"Head":[0,0],"Dep":["",""],"Ss":[1,0],"Ent":["O","O"]}` + "\n" +
		`{"File":"g","Text":"It","Tok":["I","t"],"Tag":["",""]}`
	figures, failed := run(t, "nlp", Data{Beside: fstest.MapFS{"nlp/golden/free.jsonl.gz": file(line)}}, Stages{Tokens: words})
	if len(failed) > 0 {
		t.Fatal(failed)
	}
	about(t, figures, "golden-free texts tokenised otherwise", 1)
	about(t, figures, "golden-free tag otherwise", 1)
	about(t, figures, "golden-free head otherwise", 0)
	about(t, figures, "golden-free worst a 50,000 tokens", 50_000/4.)
}

// demoPage is a story of one page, and the reading of an editor who is always right.
func demoPage() (DemoStory, Stages) {
	const page = "Menu\nFerry   sails\n\"It sails,\" said\nAna Ruiz on Friday.\nRead on"
	const own = "Ferry sails\n\n\"It sails,\" said Ana Ruiz on Friday."
	span := func(t, words string) text.Span {
		i := strings.Index(t, words)
		return text.Span{Start: i, End: i + len(words)}
	}
	article := DemoArticle{
		Role: news.Main, Text: own, Authors: []string{"Bram Kessel"}, Outlet: "The Courier", Basis: news.Stated, Published: "2031-05-03",
		Segments:   []news.Segment{{Span: span(own, "Ferry sails"), Kind: news.Title}, {Span: span(own, "\"It sails,\" said Ana Ruiz on Friday."), Kind: news.Body}},
		Statements: []DemoStatement{{Content: []text.Span{span(own, "\"It sails,\"")}, Cue: []text.Span{span(own, "said")}, Source: []text.Span{span(own, "Ana Ruiz")}, Speaker: []string{"Ana Ruiz"}, Mode: news.Direct, Act: news.Speech, Said: "2031-05-02"}},
		Times:      []news.TimeExpression{{Span: span(own, "Friday"), Type: news.TimeDate, Value: "2031-05-02"}},
		Mentions:   []DemoMention{{Span: span(own, "Ana Ruiz"), Entity: "ruiz"}},
	}
	read := news.Annotation{
		Article: news.Article{
			Role: news.Main, Text: page, Range: text.Span{Start: 5, End: len(page) - 8}, Authors: []string{"Bram Kessel"}, Outlet: news.Outlet{Name: "Courier", Basis: news.Stated},
			Published: news.Published{When: news.At(news.Day(2031, time.May, 3))}, Title: news.NewExcerpt(page, span(page, "Ferry   sails")),
			Segments: []news.Segment{{Span: span(page, "Menu"), Kind: news.Boilerplate}, {Span: span(page, "Ferry   sails"), Kind: news.Title}, {Span: span(page, "\"It sails,\" said\nAna Ruiz on Friday."), Kind: news.Body}, {Span: span(page, "Read on"), Kind: news.RelatedLink}},
		},
		Times:    []news.TimeExpression{{Span: span(page, "Friday"), Type: news.TimeDate, Value: "2031-05-02"}},
		Entities: []news.Entity{{ID: "e1", Name: "Ana Ruiz", Mentions: []news.Mention{{Span: span(page, "Ana Ruiz")}}}},
		Statements: []news.Statement{{
			ID: "s1", Content: []text.Span{span(page, "\"It sails,\"")}, Cue: []text.Span{span(page, "said")}, Source: span(page, "Ana Ruiz"), Mode: news.Direct, Act: news.Speech,
			Speaker: news.Speaker{Entity: "e1", Name: "Ruiz"}, Said: news.Said{When: news.At(news.Day(2031, time.May, 2))},
		}},
	}
	return DemoStory{Name: "first", Pages: []DemoPage{{Page: news.Page{Name: "p"}, Articles: []DemoArticle{article}}}}, Stages{
		Read:  func(context.Context, news.Page) ([]news.Annotation, error) { return []news.Annotation{read}, nil },
		Times: func(string, string) ([]news.TimeExpression, error) { return article.Times, nil },
	}
}

func TestDemoSuite(t *testing.T) {
	story, st := demoPage()
	figures, failed := run(t, "demo", Data{Demo: []DemoStory{story}}, st)
	if failed["first"] != nil {
		t.Fatal(failed["first"])
	}
	for _, metric := range []string{"statements F1 with source", "speaker", "mode", "act", "day of said", "polarity", "bytes right", "titles", "outlets", "basis of the outlet", "authors", "published", "mentions B3 F1", "articles found", "times value F1, text alone", "times value F1, page read"} {
		about(t, figures, "first "+metric, 1)
	}
	// The stories of a folder are one set, added up, and a miss names its story.
	one, other := story, story
	one.Name, other.Name = "dev/one", "dev/other"
	other.Pages = []DemoPage{{Page: story.Pages[0].Page, Articles: slices.Clone(story.Pages[0].Articles)}}
	other.Pages[0].Articles[0].Authors = []string{"Nora Kessel"}
	suites := Suites()
	demo := suites[slices.IndexFunc(suites, func(s Suite) bool { return s.Name == "demo" })]
	for r := range demo.Run(t.Context(), Data{Demo: []DemoStory{one, other}}, st, func() {}) {
		if r.Set == "dev" {
			for _, f := range r.Figures {
				if f.Metric == "authors" && (f.Value != .5 || f.N != 2) {
					t.Errorf("authors of two stories: %v", f)
				}
			}
			if len(r.Misses) != 1 || !strings.HasPrefix(r.Misses[0], "dev/other: ") {
				t.Errorf("misses of two stories: %q", r.Misses)
			}
		} else if r.Err == nil {
			t.Errorf("set %s has figures and no story", r.Set)
		}
	}
	// A reading that lost the page is wrong everywhere, and no error.
	st.Read = func(context.Context, news.Page) ([]news.Annotation, error) { return nil, news.ErrNoArticle }
	figures, failed = run(t, "demo", Data{Demo: []DemoStory{story}}, st)
	if failed["first"] != nil {
		t.Fatal(failed["first"])
	}
	for _, metric := range []string{"statements F1 with source", "titles", "outlets", "published", "mentions B3 F1", "articles found", "times value F1, page read"} {
		about(t, figures, "first "+metric, 0)
	}
}

func TestInParallel(t *testing.T) {
	var numbers []int
	for i := range 100 {
		numbers = append(numbers, i)
	}
	doubled, err := inParallel(t.Context(), all(numbers), func(i int) (int, error) { return 2 * i, nil })
	if err != nil || len(doubled) != 100 || !slices.IsSorted(doubled) || doubled[99] != 198 {
		t.Errorf("%v, %v", doubled, err)
	}
	var done atomic.Int32
	fault := fmt.Errorf("page 7 fails")
	_, err = inParallel(t.Context(), all(numbers), func(i int) (int, error) {
		done.Add(1)
		if i == 7 {
			return 0, fault
		}
		return i, nil
	})
	if !errors.Is(err, fault) || done.Load() == 100 {
		t.Errorf("after an error %d were done: %v", done.Load(), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := inParallel(ctx, all(numbers), func(i int) (int, error) { return i, nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
