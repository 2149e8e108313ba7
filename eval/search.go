package eval

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"dateline/eval/load"
	"dateline/eval/probe"
	"dateline/eval/score"
	"dateline/news"
	"dateline/text"
)

// ranked is how many hits of a query are looked at.
const ranked = 100

// scoreTime: the articles of TIME of 1963 with judged queries (Salton's SMART collections), by mean
// average precision.
func scoreTime(ctx context.Context, j job) (figures []score.Figure, err error) {
	set, err := load.Object[struct {
		Docs []struct {
			ID   string `json:"id"`
			Text string `json:"text"`
		} `json:"docs"`
		Queries map[string]string   `json:"queries"`
		Qrels   map[string][]string `json:"qrels"`
	}](j.Bench, "clusters/ir_time.json.gz")
	if err != nil {
		return nil, err
	}
	archive, err := j.NewArchive(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	known := map[string]bool{}
	var pages []news.Page
	for _, d := range set.Docs {
		known[d.ID] = true
		pages = append(pages, news.Page{Name: d.ID, MediaType: "text/plain", Body: []byte(d.Text)})
	}
	if err := archive.Read(ctx, pages); err != nil {
		return nil, err
	}
	var precision score.Mean
	for id, query := range set.Queries {
		relevant := slices.DeleteFunc(slices.Clone(set.Qrels[id]), func(d string) bool { return !known[d] })
		if len(relevant) == 0 {
			continue
		}
		hits, err := archive.Search(ctx, strings.Trim(strings.Join(strings.Fields(query), " "), " ."), ranked)
		if err != nil {
			return nil, err
		}
		precision.Add(averagePrecision(hits, relevant))
		j.step()
	}
	return []score.Figure{precision.Figure("mean average precision")}, nil
}

// averagePrecision is the mean over the relevant of the precision at their places; what comes
// several times counts once.
func averagePrecision(hits, relevant []string) float64 {
	seen := map[string]bool{}
	found, sum := 0.0, 0.0
	for _, h := range hits {
		if seen[h] {
			continue
		}
		seen[h] = true
		if slices.Contains(relevant, h) {
			found++
			sum += found / float64(len(seen))
		}
	}
	return sum / float64(len(relevant))
}

// probesOfSet is how many quotations are checked of each set.
const probesOfSet = 1000

// A goldText is a text with what was said in it, by gold.
type goldText struct {
	name, text string
	said       []goldSaid
}

type goldSaid struct {
	content []text.Span
	source  text.Span
	speaker string
	mode    news.Mode
}

// scoreCheckDemo checks quotations made from the answers to the demo's first story, against a
// record of these answers: so the figures are those of the check, not of the reading.
func scoreCheckDemo(ctx context.Context, j job) ([]score.Figure, error) {
	texts, err := j.demoTexts()
	if err != nil {
		return nil, err
	}
	return j.check(ctx, texts, func(a Archive) error { return keep(ctx, a, texts) })
}

// scoreCheckRead checks the same quotations against the record that our own reading of the pages
// gives.
func scoreCheckRead(ctx context.Context, j job) ([]score.Figure, error) {
	texts, err := j.demoTexts()
	if err != nil {
		return nil, err
	}
	return j.check(ctx, texts, func(a Archive) error {
		var pages []news.Page
		for _, p := range j.Demo[0].Pages {
			pages = append(pages, p.Page)
		}
		return a.Read(ctx, pages)
	})
}

// scoreCheckGUM does it with the news and interviews of GUM (Zeldes 2017).
func scoreCheckGUM(ctx context.Context, j job) ([]score.Figure, error) {
	documents, err := load.Records[statementDoc](j.Bench, "statements/gum-statements.jsonl.gz")
	if err != nil {
		return nil, err
	}
	var texts []goldText
	for _, d := range documents {
		if d.Genre != "news" && d.Genre != "interview" {
			continue
		}
		g := goldText{name: d.ID, text: d.Text}
		for _, s := range d.Statements {
			said := goldSaid{content: s.Content, speaker: s.Speaker, mode: s.Type}
			if s.Source != nil {
				said.source = *s.Source
			}
			g.said = append(g.said, said)
		}
		texts = append(texts, g)
	}
	return j.check(ctx, texts, func(a Archive) error { return keep(ctx, a, texts) })
}

func (j job) demoTexts() ([]goldText, error) {
	if len(j.Demo) == 0 {
		return nil, fmt.Errorf("no story in the demo: %w", fs.ErrNotExist)
	}
	var texts []goldText
	for _, p := range j.Demo[0].Pages {
		for i, a := range p.Articles {
			g := goldText{name: fmt.Sprintf("%s/%d", p.Page.Name, i), text: a.Text}
			for _, s := range a.Statements {
				said := goldSaid{content: s.Content, mode: s.Mode}
				if len(s.Speaker) > 0 {
					said.speaker = s.Speaker[0]
				}
				if len(s.Source) > 0 {
					said.source = s.Source[0]
				}
				g.said = append(g.said, said)
			}
			texts = append(texts, g)
		}
	}
	return texts, nil
}

// check fills a record and checks quotations made from what was said.
func (j job) check(ctx context.Context, texts []goldText, fill func(Archive) error) (figures []score.Figure, err error) {
	var sayings []probe.Saying
	for _, g := range texts {
		for _, s := range g.said {
			var words []string
			for _, c := range s.content {
				words = append(words, c.Of(g.text))
			}
			sayings = append(sayings, probe.Saying{Words: strings.Join(words, " "), Speaker: s.speaker, Quoted: s.mode == news.Direct})
		}
	}
	archive, err := j.NewArchive(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	if err := fill(archive); err != nil {
		return nil, err
	}
	right := map[string]*score.Mean{}
	var all, caught score.Mean
	for _, p := range probe.Make(1, sayings, probesOfSet) {
		verdict, who, err := archive.Check(ctx, p.Quote, p.Speaker)
		if err != nil {
			return nil, err
		}
		ok := verdict == p.Verdict && (p.Who == "" || probe.Shares(who, p.Who))
		if !ok {
			j.miss(fmt.Sprintf("%s: %s (%s, not %s): %q by %q", p.Class, verdict, who, p.Verdict, p.Quote, p.Speaker))
		}
		if right[p.Class] == nil {
			right[p.Class] = &score.Mean{}
		}
		right[p.Class].Count(ok)
		all.Count(ok)
		if p.Class == "invented" {
			caught.Count(verdict == "exact" || verdict == "altered")
		}
		j.step()
	}
	figures = append(figures, all.Figure("verdict right"))
	for _, c := range probe.Classes {
		if m := right[c.Name]; m != nil {
			figures = append(figures, m.Figure("right: "+c.Name))
		}
	}
	return append(figures, caught.Figure("invented called exact, altered")), nil
}

// goldReader names the reader of what gold says.
const goldReader = "gold/1"

// keep stores texts with what gold says of them.
func keep(ctx context.Context, a Archive, texts []goldText) error {
	var pages []news.Page
	var readings []news.Reading
	for _, g := range texts {
		page := news.Page{Name: g.name, URL: "https://gold.example/" + g.name, MediaType: "text/plain", Charset: "utf-8", Body: []byte(g.text)}
		whole := text.Span{Start: 0, End: len(g.text)}
		title := text.Span{Start: 0, End: len(g.text[:len(g.text)-len(strings.TrimLeft(g.text, "\n"))])}
		if i := strings.IndexByte(g.text, '\n'); i > 0 {
			title.End = i
		}
		article := news.Article{Page: page.ID(), Revision: page.Revision(), Reader: goldReader, Name: g.name, Role: news.Main, Text: g.text, Range: whole,
			URL: page.URL, Language: "en", Segments: []news.Segment{{Span: whole, Kind: news.Body, Reason: "gold"}}}
		article.ID = news.NewArticleID(article.Page, title.Of(g.text))
		n := news.Annotation{Article: article, Analysed: true}
		n.Statements = goldStatements(g, article.ID)
		pages = append(pages, page)
		readings = append(readings, news.Reading{Document: news.Document{Page: article.Page, Revision: article.Revision, Reader: goldReader, Name: g.name,
			URL: page.URL, MediaType: "text/plain", Text: g.text, Alignment: text.Identity(len(g.text))}, Annotations: []news.Annotation{n}})
	}
	return a.Keep(ctx, pages, readings)
}

func goldStatements(g goldText, article news.ArticleID) []news.Statement {
	var all []news.Statement
	times := map[string]int{}
	for _, s := range g.said {
		st := news.Statement{Article: article, Content: s.content, Source: s.source, Mode: s.mode, Act: news.Speech, Polarity: news.Positive, Confidence: 1,
			Reasons: []news.Reason{{Rule: "gold"}}}
		if slices.ContainsFunc(s.content, st.Source.Overlaps) {
			st.Source = text.Span{}
		}
		if s.speaker != "" {
			st.Speaker = news.Speaker{Name: s.speaker, Reason: news.Reason{Rule: "gold"}}
		}
		words := st.Words(g.text)
		st.ID = news.NewStatementID(article, words, times[news.Fold(words)])
		times[news.Fold(words)]++
		all = append(all, st)
	}
	return all
}
