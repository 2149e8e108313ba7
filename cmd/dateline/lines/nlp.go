// Package lines runs single stages of the work by themselves, from standard input, a JSON object a line:
// the commands nlp, when and group. Nothing is stored.
package lines

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"

	"github.com/spf13/cobra"

	"dateline/cmd/dateline/cli"
	"dateline/cmd/dateline/input"
	"dateline/cmd/dateline/terminal"
	"dateline/nlp"
	"dateline/text"
)

// LoadEnglish loads the model; DATELINE_NLP_KERNEL forces one of the ways it can compute.
func LoadEnglish() (*nlp.Pipeline, error) {
	return nlp.Load(nlp.Config{Kernel: os.Getenv("DATELINE_NLP_KERNEL")})
}

func NLP(p *cli.Program) *cobra.Command {
	c := &cobra.Command{
		Use:   "nlp [flags]",
		Short: "Analyse English text: tokens, tags, lemmas, parses, sentences, names",
		Long: `Nlp reads standard input and prints what the engine makes of it, token by token. Nothing is
stored.

With --json every line is an object with "id" and "text", and every line of the answer one with
"id" and "tokens". Without it the input is one text.

--sentences says who cuts the sentences: the parser, as the reference implementation does, or
text, the product's own rules, which know glued pages; the parse then stays inside them.`,
		Example: `  echo "She said the bridge opens in May." | dateline nlp
  dateline nlp --json --sentences text < texts.jsonl`,
		Args: cobra.NoArgs,
	}
	asJSON := c.Flags().Bool("json", false, "JSON objects in and out, one a line")
	sentences := c.Flags().String("sentences", "parser", "who cuts the sentences: parser or text")
	c.RunE = func(cmd *cobra.Command, _ []string) error {
		if *sentences != "parser" && *sentences != "text" {
			return cli.Usage(fmt.Errorf("--sentences %q: give parser or text", *sentences))
		}
		english, err := LoadEnglish()
		if err != nil {
			return err
		}
		options := func(t string) (o nlp.Options) {
			if *sentences == "text" {
				o.SentenceStarts = SentenceStarts(t)
			}
			return o
		}
		if *asJSON {
			return analyseLines(cmd.Context(), p, english, options)
		}
		return analyseText(cmd.Context(), p, english, options)
	}
	return c
}

// SentenceStarts are the places at which the product's own sentences start.
func SentenceStarts(t string) []int {
	starts := []int{}
	for _, s := range text.Sentences(t, []text.Span{{Start: 0, End: len(t)}}) {
		starts = append(starts, s.Start)
	}
	return starts
}

// nlpRequest is a line of the input of nlp --json; any value will do for an id.
type nlpRequest struct {
	ID   json.RawMessage `json:"id"`
	Text string          `json:"text"`
}

type nlpRecord struct {
	ID     json.RawMessage `json:"id"`
	Tokens []tokenRecord   `json:"tokens"`
}

type tokenRecord struct {
	Range         [2]int `json:"range"`
	Tag           string `json:"tag"`
	POS           string `json:"pos"`
	Morph         string `json:"morph"`
	Lemma         string `json:"lemma"`
	Head          int    `json:"head"`
	Dep           string `json:"dep"`
	SentenceStart bool   `json:"sent_start"`
	EntityIOB     string `json:"ent_iob"`
	EntityType    string `json:"ent_type"`
}

// analyseLines answers line by line, in order, with as many workers as there are processors.
func analyseLines(ctx context.Context, p *cli.Program, english *nlp.Pipeline, options func(string) nlp.Options) error {
	out := bufio.NewWriterSize(p.Out, 1<<20)
	encode := cli.JsonLines(out)
	lines := bufio.NewReaderSize(p.In, 1<<20)
	batch := make([]nlpRecord, 2*runtime.GOMAXPROCS(0))
	for number, more := 1, true; more; {
		var busy sync.WaitGroup
		failed := make([]error, len(batch))
		n := 0
		for n < len(batch) {
			line, err := input.Line(lines)
			if errors.Is(err, io.EOF) {
				more = false
				break
			}
			if err != nil {
				return fmt.Errorf("read standard input, line %d: %w", number, err)
			}
			var request nlpRequest
			if err := json.Unmarshal(line, &request); err != nil {
				return fmt.Errorf("read standard input, line %d: %w", number, err)
			}
			number++
			into, fault := &batch[n], &failed[n]
			n++
			busy.Go(func() { *fault = into.analyse(ctx, english, request, options) })
		}
		busy.Wait()
		for i, err := range failed[:n] {
			if err != nil {
				return fmt.Errorf("analyse %s: %w", batch[i].ID, err)
			}
			if err := encode(&batch[i]); err != nil {
				return fmt.Errorf("write standard output: %w", cli.Bare(err))
			}
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write standard output: %w", cli.Bare(err))
	}
	return nil
}

func (r *nlpRecord) analyse(ctx context.Context, english *nlp.Pipeline, request nlpRequest, options func(string) nlp.Options) error {
	r.ID, r.Tokens = request.ID, r.Tokens[:0]
	if r.ID == nil {
		r.ID = json.RawMessage("null")
	}
	d, err := english.Analyse(ctx, request.Text, options(request.Text))
	if err != nil {
		return err
	}
	if r.Tokens == nil {
		r.Tokens = []tokenRecord{}
	}
	for i := range d.Len() {
		s := d.Span(i)
		r.Tokens = append(r.Tokens, tokenRecord{
			Range: [2]int{s.Start, s.End}, Tag: d.Tag(i), POS: d.POS(i), Morph: d.Morph(i), Lemma: d.Lemma(i), Head: d.Head(i), Dep: d.Dep(i),
			SentenceStart: d.SentenceStart(i), EntityIOB: d.EntityIOB(i), EntityType: d.EntityType(i),
		})
	}
	return nil
}

// analyseText prints one text for a person: a line a token, a blank line between sentences.
func analyseText(ctx context.Context, p *cli.Program, english *nlp.Pipeline, options func(string) nlp.Options) error {
	body, err := input.ReadAll(p.In)
	if err != nil {
		return fmt.Errorf("read standard input: %w", err)
	}
	t := string(body)
	d, err := english.Analyse(ctx, t, options(t))
	if err != nil {
		return fmt.Errorf("analyse standard input: %w", err)
	}
	out := bufio.NewWriter(p.Out)
	for s := range d.Sentences() {
		for i := s.FirstToken; i < s.EndToken; i++ {
			entity := ""
			if d.EntityIOB(i) != "O" {
				entity = d.EntityIOB(i) + "-" + d.EntityType(i)
			}
			head := "-"
			if d.Head(i) != i {
				head = terminal.Clean(d.Word(d.Head(i)))
			}
			fmt.Fprintf(out, "%-18s %-5s %-6s %-16s %-10s %-16s %s\n", terminal.Clean(d.Word(i)), d.Tag(i), d.POS(i), terminal.Clean(d.Lemma(i)), d.Dep(i), head, entity)
		}
		fmt.Fprintln(out)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write standard output: %w", cli.Bare(err))
	}
	return nil
}
