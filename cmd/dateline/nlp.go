package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"dateline/nlp"
	"dateline/text"
)

// maxLineBytes is the longest line of JSON that is read: a text of a page may have maxFileBytes.
const maxLineBytes = 2 * maxFileBytes

// loadEnglish loads the model; DATELINE_NLP_KERNEL forces one of the ways it can compute.
func loadEnglish() (*nlp.Pipeline, error) {
	return nlp.Load(nlp.Config{Kernel: os.Getenv("DATELINE_NLP_KERNEL")})
}

func (p *program) nlpCommand() *cobra.Command {
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
			return usageError{fmt.Errorf("--sentences %q: give parser or text", *sentences)}
		}
		english, err := loadEnglish()
		if err != nil {
			return err
		}
		options := func(t string) (o nlp.Options) {
			if *sentences == "text" {
				o.SentenceStarts = sentenceStarts(t)
			}
			return o
		}
		if *asJSON {
			return p.analyseLines(cmd.Context(), english, options)
		}
		return p.analyseText(cmd.Context(), english, options)
	}
	return c
}

// sentenceStarts are the places at which the product's own sentences start.
func sentenceStarts(t string) []int {
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
func (p *program) analyseLines(ctx context.Context, english *nlp.Pipeline, options func(string) nlp.Options) error {
	out := bufio.NewWriterSize(p.out, 1<<20)
	encode := jsonLines(out)
	lines := bufio.NewReaderSize(p.in, 1<<20)
	batch := make([]nlpRecord, 2*runtime.GOMAXPROCS(0))
	for number, more := 1, true; more; {
		var busy sync.WaitGroup
		failed := make([]error, len(batch))
		n := 0
		for n < len(batch) {
			line, err := readLine(lines)
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
				return fmt.Errorf("write standard output: %w", bare(err))
			}
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write standard output: %w", bare(err))
	}
	return nil
}

// readLine returns the next line that is not empty.
func readLine(r *bufio.Reader) ([]byte, error) {
	for {
		var line []byte
		for {
			part, err := r.ReadSlice('\n')
			line = append(line, part...)
			if errors.Is(err, bufio.ErrBufferFull) {
				if len(line) > maxLineBytes {
					return nil, tooLarge(int64(len(line)))
				}
				continue
			}
			if err != nil && (!errors.Is(err, io.EOF) || len(line) == 0) {
				return nil, bare(err)
			}
			break
		}
		if len(strings.TrimSpace(string(line))) > 0 {
			return line, nil
		}
	}
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
func (p *program) analyseText(ctx context.Context, english *nlp.Pipeline, options func(string) nlp.Options) error {
	body, err := readAll(p.in)
	if err != nil {
		return fmt.Errorf("read standard input: %w", err)
	}
	t := string(body)
	d, err := english.Analyse(ctx, t, options(t))
	if err != nil {
		return fmt.Errorf("analyse standard input: %w", err)
	}
	out := bufio.NewWriter(p.out)
	for s := range d.Sentences() {
		for i := s.FirstToken; i < s.EndToken; i++ {
			entity := ""
			if d.EntityIOB(i) != "O" {
				entity = d.EntityIOB(i) + "-" + d.EntityType(i)
			}
			head := "-"
			if d.Head(i) != i {
				head = clean(d.Word(d.Head(i)))
			}
			fmt.Fprintf(out, "%-18s %-5s %-6s %-16s %-10s %-16s %s\n", clean(d.Word(i)), d.Tag(i), d.POS(i), clean(d.Lemma(i)), d.Dep(i), head, entity)
		}
		fmt.Fprintln(out)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write standard output: %w", bare(err))
	}
	return nil
}
