// Package nlp analyses English: tokens, tags, lemmas, parses, sentences and names.
//
// It runs the published pipeline en_core_web_sm 3.8 of spaCy (Explosion, MIT) in an engine of its
// own that takes the same decisions at many times the speed (docs/nlp.md restates what it
// computes, layer by layer). A text passes through inner rooms in this order:
//
//	tokenizer  text -> tokens, each with its word of package lexicon
//	encoder    tokens -> vectors, on the kernels of package vector
//	parser     vectors -> heads, labels, sentences
//	rules      tags, labels -> parts of speech, morphology, lemmas
//	names      vectors, sentences -> names
//
// A Pipeline holds the model and is shared; a Worker holds memory and caches and is not. Both
// forget nothing that matters: the same text always gives the same Doc. Memory is bounded
// whatever the length of the text: networks run over blocks of 256 tokens.
//
// The package does not resolve who "she" is, and it knows no other language.
package nlp

import (
	"context"
	"fmt"
	"math"
	"runtime"

	"dateline/nlp/encoder"
	"dateline/nlp/lexicon"
	"dateline/nlp/model"
	"dateline/nlp/names"
	"dateline/nlp/parser"
	"dateline/nlp/rules"
	"dateline/nlp/tokenizer"
	"dateline/nlp/vector"
)

// Config says how to run the model.
type Config struct {
	Kernel string // name of the kernel of package vector; "" takes the processor's best
}

// A Pipeline is the model, ready to run. It is immutable but for a pool of workers, and safe for
// concurrent use.
type Pipeline struct {
	kernel      vector.Kernel
	hash        string
	lexicon     *lexicon.Lexicon
	tokenizer   *tokenizer.Tokenizer
	shared, own *encoder.Network // vectors of tagger and parser, and those of the names
	tagger      vector.Matrix
	parser      *parser.Parser
	rules       *rules.Rules
	names       *names.Tagger
	chunks      chunkLabels

	pool chan *Worker
}

// Load makes a pipeline of the model in the binary.
func Load(c Config) (*Pipeline, error) {
	kernel, err := vector.Named(c.Kernel)
	if err != nil {
		return nil, err
	}
	f, err := model.Embedded()
	if err != nil {
		return nil, fmt.Errorf("open the model: %w", err)
	}
	p := &Pipeline{kernel: kernel, hash: f.Hash(), pool: make(chan *Worker, runtime.GOMAXPROCS(0))}
	l := lexicon.New(f)
	p.lexicon, p.tokenizer = l, tokenizer.New(f, l)
	p.shared, p.own = encoder.New(f, "shared", kernel), encoder.New(f, "names", kernel)
	p.parser, p.names = parser.New(f, kernel), names.New(f, kernel)
	if p.rules, err = rules.New(f, l, p.parser.Labels()); err != nil {
		return nil, err
	}
	p.tagger = vector.Matrix{K: vector.Width, N: taggerColumns, Panel: f.Floats("tagger.weights", vector.Width*taggerColumns), Bias: f.Floats("tagger.bias", taggerColumns)}
	p.chunks = newChunkLabels(p.rules)
	if f.Err() != nil {
		return nil, fmt.Errorf("read the model: %w", f.Err())
	}
	return p, nil
}

// Licences returns the licence of the model and those of the data it was trained on.
func Licences() (english, trainingData string) { return model.Licences() }

// Kernels names the kernels this processor can run, the fastest last.
func Kernels() (names []string) {
	for _, k := range vector.Available() {
		names = append(names, k.String())
	}
	return names
}

// taggerColumns is the number of tags, padded for the kernels.
const taggerColumns = 64

// Kernel names the kernel that runs, Model the hash of the weights it runs on.
func (p *Pipeline) Kernel() string { return p.kernel.String() }
func (p *Pipeline) Model() string  { return p.hash }

// Options say how to read one text.
type Options struct {
	// SentenceStarts, if not nil, are the byte offsets at which sentences start, ascending. Tokens
	// then end where sentences do, and the text is parsed inside these sentences, each with one
	// root. An offset at no character of its own sentence counts for the next token. Without them
	// the parser cuts the sentences.
	SentenceStarts []int

	// MaxTokens, if positive, ends the analysis after so many tokens; Doc.Truncated tells.
	MaxTokens int
}

// Analyse reads a text with a worker from the pool.
func (p *Pipeline) Analyse(ctx context.Context, text string, o Options) (*Doc, error) {
	var w *Worker
	select {
	case w = <-p.pool:
	default:
		w = p.NewWorker()
	}
	d := &Doc{}
	err := w.Analyse(ctx, d, text, o)
	select {
	case p.pool <- w:
	default:
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// A Worker analyses one text at a time. It keeps memory and caches (about 20 MB once warm) from
// one text to the next.
type Worker struct {
	*Pipeline
	session     *tokenizer.Session
	shared, own *encoder.Encoder
	parse       *parser.Session
	find        *names.Session
	scores      []float32
	starts      []bool

	doc    *Doc // under way
	tagged int  // tokens of it that have a tag
}

// Places of a worker's notes in a lexeme; the shared network takes two.
const (
	notesShared = 0
	notesOwn    = 2
)

// NewWorker returns a worker of its own for a goroutine that reads many texts.
func (p *Pipeline) NewWorker() *Worker {
	return &Worker{
		Pipeline: p, session: p.tokenizer.Session(), shared: p.shared.Encoder(notesShared), own: p.own.Encoder(notesOwn),
		parse: p.parser.Session(), find: p.names.Session(), scores: make([]float32, parser.BlockTokens*taggerColumns),
	}
}

// Analyse reads a text into d, whose memory it uses again. Nothing is allocated for a text of
// words met before that is no longer than d has held. On an error d is of no use.
func (w *Worker) Analyse(ctx context.Context, d *Doc, text string, o Options) error {
	if len(text) > math.MaxInt32 {
		return fmt.Errorf("analyse a text of %d bytes: more than %d", len(text), math.MaxInt32)
	}
	limit := math.MaxInt32
	if o.MaxTokens > 0 {
		limit = o.MaxTokens
	}
	d.pipeline, d.text = w.Pipeline, text
	d.tokens = w.session.Tokens(d.tokens[:0], text, limit, o.SentenceStarts)
	n := len(d.tokens)
	d.read = 0
	if n > 0 {
		if d.read = int(d.tokens[n-1].End); d.tokens[n-1].Blank {
			d.read++
		}
	}
	d.tree.Nodes = resize(d.tree.Nodes, n)
	d.analyses = resize(d.analyses, n)
	d.names = resize(d.names, n)

	w.doc, w.tagged = d, 0
	defer func() { w.doc = nil }()
	var starts []bool
	if o.SentenceStarts != nil {
		starts = w.markStarts(d, o.SentenceStarts)
	}
	if err := w.parse.Parse(ctx, &d.tree, w.vectors, (*underWay)(w).Blank, starts); err != nil {
		return err
	}
	for i := range d.analyses {
		a := &d.analyses[i]
		a.Label, a.POS, a.Morph = d.tree.Nodes[i].Label, 0, 0
	}
	w.rules.Apply(d.tokens, d.analyses)
	if err := w.find.Tag(ctx, d.names, (*underWay)(w)); err != nil {
		return err
	}
	d.link()
	return nil
}

// resize returns a slice of n elements, s if it is long enough. Elements keep old values.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// markStarts marks the tokens at which given sentences start.
func (w *Worker) markStarts(d *Doc, offsets []int) []bool {
	w.starts = resize(w.starts, len(d.tokens))
	clear(w.starts)
	next := 0
	for i := range d.tokens {
		end := int(d.tokens[i].End)
		w.starts[i] = i == 0
		for next < len(offsets) && offsets[next] < end {
			w.starts[i] = true
			next++
		}
	}
	return w.starts
}

// vectors computes the vectors of a block for the parser, and on the way its tags (docs/nlp.md,
// section 6).
func (w *Worker) vectors(from, to int) []float32 {
	x := w.shared.Window(w.doc.tokens, from, to)
	if from == w.tagged {
		w.tagged = to
		w.kernel.Multiply(w.scores, taggerColumns, x, vector.Width, to-from, &w.tagger)
		for i := range to - from {
			w.doc.analyses[from+i].Tag = highest(w.scores[i*taggerColumns:][:w.rules.TaggerTags])
		}
	}
	return x
}

// highest returns the place of the highest score, the first among equals.
func highest(scores []float32) uint8 {
	best, high := 0, scores[0]
	for i, s := range scores {
		if s > high {
			best, high = i, s
		}
	}
	return uint8(best)
}

// underWay is a worker as package names asks it about the text it reads.
type underWay Worker

func (w *underWay) Vectors(from, to int) []float32 { return w.own.Window(w.doc.tokens, from, to) }
func (w *underWay) Blank(i int) bool               { return w.doc.tokens[i].Space }
func (w *underWay) Start(i int) bool               { return w.doc.tree.Nodes[i].Start }
