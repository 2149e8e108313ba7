// Attributionfit fits the model of package attribution anew.
//
//	attributionfit -python "python3 tools/attributionfit/learn.py" -o annotate/attribution/model.bin train.jsonl...
//	attributionfit -model annotate/attribution/model.bin -eval dev.jsonl
//
// Its input are articles with marked statements, one JSON object a line (see record), and the
// invented paragraphs of package demo/cases where an argument is "cases", the demo's first story
// where it is "first".
// The trees are fitted by LightGBM, a development tool: neither building nor running the
// product needs it. docs/attribution.md tells which articles the model at hand was fitted on.
package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"dateline/annotate"
	"dateline/annotate/attribution/decide"
	"dateline/annotate/attribution/fit"
	"dateline/annotate/attribution/trees"
	"dateline/demo"
	"dateline/demo/cases"
	"dateline/eval/gold"
	"dateline/news"
	"dateline/nlp"
	"dateline/text"
)

func main() {
	log.SetFlags(log.Ltime)
	python := flag.String("python", "python3 tools/attributionfit/learn.py", "the command that fits trees to a table")
	out := flag.String("o", "", "where to write the model")
	model := flag.String("model", "", "a model to evaluate instead of fitting one")
	eval := flag.String("eval", "", "articles to evaluate on, comma separated")
	threshold := flag.Float64("threshold", 0, "score from which a statement is given; 0 is the best one out of fold")
	flag.Parse()
	if err := run(*python, *out, *model, *eval, float32(*threshold), flag.Args()); err != nil {
		log.Fatal(err)
	}
}

func run(python, out, model, eval string, threshold float32, train []string) error {
	var m *decide.Model
	if model != "" {
		b, err := os.ReadFile(model)
		if err != nil {
			return err
		}
		if m, err = decide.Read(b); err != nil {
			return err
		}
	} else {
		samples, err := read(train)
		if err != nil {
			return err
		}
		log.Printf("%d articles", len(samples))
		dir, err := os.MkdirTemp("", "attributionfit")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }() // the system clears what stays
		m, err = fit.Fit(samples, learner(dir, strings.Fields(python)), func(s string) { log.Print(s) })
		if err != nil {
			return err
		}
	}
	if threshold > 0 {
		m.Threshold = threshold
	}
	if out != "" {
		f, err := os.Create(out)
		if err != nil {
			return err
		}
		if _, err := m.WriteTo(f); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
		b, err := os.ReadFile(out)
		if err != nil {
			return err
		}
		if m, err = decide.Read(b); err != nil {
			return err
		}
		log.Printf("%s: %d bytes", out, len(b))
	}
	for _, path := range strings.Split(eval, ",") {
		if path == "" {
			continue
		}
		samples, err := read([]string{path})
		if err != nil {
			return err
		}
		evaluate(path, m, samples)
	}
	return nil
}

// evaluate prints the figures of a model on articles it was not fitted on.
func evaluate(name string, m *decide.Model, samples []fit.Sample) {
	var t fit.Tally
	exact := map[string]*[3]int{"source": {}, "cue": {}, "content": {}} // right, found, marked
	var sum, hit [10]float64
	var n [10]float64
	for _, s := range samples {
		found := fit.Evaluate(m, s.Doc)
		right := t.Add(s.Gold, found)
		for i, f := range found {
			if f.Nested {
				continue // the marks have one layer only
			}
			b := min(9, int(f.Score*10))
			sum[b] += float64(f.Score)
			n[b]++
			if right[i] {
				hit[b]++
			}
		}
		spans := func(role string, gold bool) map[text.Span]bool {
			set := map[text.Span]bool{}
			add := func(source, cue, content []text.Span) {
				for _, x := range map[string][]text.Span{"source": source, "cue": cue, "content": content}[role] {
					set[x] = true
				}
			}
			if gold {
				for _, g := range s.Gold {
					add(g.Source, g.Cue, g.Content)
				}
			} else {
				for _, f := range found {
					if !f.Nested {
						add(f.Source, f.Cue, f.Content)
					}
				}
			}
			return set
		}
		for role, c := range exact {
			want, got := spans(role, true), spans(role, false)
			for x := range got {
				if want[x] {
					c[0]++
				}
			}
			c[1] += len(got)
			c[2] += len(want)
		}
	}
	ece, total := 0.0, 0.0
	for b := range n {
		if n[b] > 0 {
			ece += abs(sum[b] - hit[b])
			total += n[b]
		}
	}
	f := func(c *[3]int) float64 { return 2 * float64(c[0]) / float64(max(1, c[1]+c[2])) }
	fmt.Printf("%s: %d articles, %d marked, %d found; content %.3f, with source %.3f (P %.3f R %.3f); exact source/cue/content %.3f/%.3f/%.3f; calibration error %.3f\n",
		filepath.Base(name), len(samples), t.Gold, t.Found, t.ContentOnly(), t.WithSource(), float64(t.Right)/float64(max(1, t.Found)), float64(t.Right)/float64(max(1, t.Gold)),
		f(exact["source"]), f(exact["cue"]), f(exact["content"]), ece/max(1, total))
	for b := range n {
		if n[b] > 0 {
			fmt.Printf("  confidence .%d: %.0f found, mean %.2f, right %.2f\n", b, n[b], sum[b]/n[b], hit[b]/n[b])
		}
	}
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}

// A record is one article of the input: its text and the marked statements, all ranges bytes.
type record struct {
	ID    string `json:"id"`
	style float32
	Text  string   `json:"text"`
	Gold  []marked `json:"gold"`
}

type marked struct {
	Source  []text.Span `json:"source"`
	Cue     []text.Span `json:"cue"`
	Content []text.Span `json:"content"`
}

// read parses the articles of JSONL files, the invented paragraphs of package demo/cases where a
// path is "cases", and the articles of the demo's first story where it is "first".
func read(paths []string) ([]fit.Sample, error) {
	var records []record
	for _, path := range paths {
		if path == "cases" {
			invented, err := caseRecords()
			if err != nil {
				return nil, err
			}
			records = append(records, invented...)
			continue
		}
		if path == "first" {
			invented, err := storyRecords(path)
			if err != nil {
				return nil, err
			}
			records = append(records, invented...)
			continue
		}
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		var r io.Reader = bufio.NewReader(f)
		if strings.HasSuffix(path, ".gz") {
			if r, err = gzip.NewReader(r); err != nil {
				return nil, err
			}
		}
		for dec := json.NewDecoder(r); ; {
			var rec record
			if err := dec.Decode(&rec); err == io.EOF {
				break
			} else if err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			records = append(records, rec)
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
	pipeline, err := nlp.Load(nlp.Config{})
	if err != nil {
		return nil, err
	}
	samples := make([]fit.Sample, len(records))
	for i, r := range records {
		if samples[i], err = r.sample(pipeline); err != nil {
			return nil, err
		}
	}
	return samples, nil
}

// caseRecords are the invented paragraphs.
func caseRecords() (out []record, err error) {
	all, err := cases.All()
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		plain, spans, err := gold.Parse(c.Marked)
		if err != nil {
			return nil, fmt.Errorf("case %s: %w", c.Name, err)
		}
		r := record{ID: c.Name, Text: plain, style: 1}
		for _, s := range c.Statements {
			of := func(label string) (list []text.Span) {
				for _, x := range gold.Of(spans, label, s.Number) {
					list = append(list, text.Span{Start: x.Start, End: x.End})
				}
				return list
			}
			r.Gold = append(r.Gold, marked{of("source"), of("cue"), of("content")})
		}
		out = append(out, r)
	}
	return out, nil
}

// storyRecords are the articles of an invented story, without the furniture of their pages.
func storyRecords(name string) (out []record, err error) {
	story, err := demo.Answers(name)
	if err != nil {
		return nil, err
	}
	for _, page := range story.Readings {
		for _, a := range page.Articles {
			r := record{ID: fmt.Sprintf("%s/%d", page.Page.ID, a.Number), Text: a.Text, style: 1}
			for _, s := range a.Statements {
				of := func(list []demo.Span) (spans []text.Span) {
					for _, x := range list {
						spans = append(spans, text.Span{Start: x.Start, End: x.End})
					}
					return spans
				}
				r.Gold = append(r.Gold, marked{of(s.Source), of(s.Cue), of(s.Content)})
			}
			out = append(out, r)
		}
	}
	return out, nil
}

// sample parses a text as a page of plain paragraphs is parsed.
func (r record) sample(p *nlp.Pipeline) (fit.Sample, error) {
	a := news.Article{Name: r.ID, Text: r.Text, Range: text.Span{End: len(r.Text)}}
	for _, s := range text.Paragraphs(r.Text, a.Range) {
		a.Segments = append(a.Segments, news.Segment{Span: s, Kind: news.Body})
		a.Sentences = append(a.Sentences, text.Sentences(r.Text, []text.Span{s})...)
	}
	d, _, err := annotate.Parse(context.Background(), a, p, annotate.Options{})
	if err != nil {
		return fit.Sample{}, err
	}
	s := fit.Sample{ID: r.ID, Style: r.style, Doc: d}
	for _, g := range r.Gold {
		s.Gold = append(s.Gold, fit.Marked{Source: g.Source, Cue: g.Cue, Content: g.Content})
	}
	return s, nil
}

// learner runs the fitting command on each table.
func learner(dir string, command []string) fit.Learner {
	return func(t fit.Table) (*trees.Model, []float32, error) {
		write := func(name string, v any) error {
			f, err := os.Create(filepath.Join(dir, name))
			if err != nil {
				return err
			}
			w := bufio.NewWriterSize(f, 1<<20)
			if j, ok := v.(map[string]any); ok {
				err = json.NewEncoder(w).Encode(j)
			} else {
				err = binary.Write(w, binary.LittleEndian, v)
			}
			if err == nil {
				err = w.Flush()
			}
			if err == nil {
				err = f.Close()
			}
			return err
		}
		train := make([]uint8, len(t.Y))
		for i := range train {
			if t.Train == nil || t.Train[i] {
				train[i] = 1
			}
		}
		for name, v := range map[string]any{"table.json": map[string]any{"name": t.Name, "columns": t.Columns}, "x.f32": t.X, "y.f32": t.Y, "group.i32": t.Group, "train.u8": train} {
			if err := write(name, v); err != nil {
				return nil, nil, err
			}
		}
		cmd := exec.Command(command[0], append(command[1:], dir)...)
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			return nil, nil, fmt.Errorf("fit %s: %w", t.Name, err)
		}
		f, err := os.Open(filepath.Join(dir, "model.txt"))
		if err != nil {
			return nil, nil, err
		}
		defer f.Close()
		m, err := lightGBM(f)
		if err != nil {
			return nil, nil, err
		}
		raw, err := os.ReadFile(filepath.Join(dir, "scores.f32"))
		if err != nil {
			return nil, nil, err
		}
		scores := make([]float32, len(t.Y))
		if _, err := binary.Decode(raw, binary.LittleEndian, scores); err != nil {
			return nil, nil, err
		}
		log.Printf("%s: %d trees, %d nodes", t.Name, len(m.Roots), len(m.Nodes))
		return m, scores, nil
	}
}
