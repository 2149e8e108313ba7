package nlp

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"dateline/nlp/model"
	"dateline/nlp/vector"
)

// english is loaded once for the tests that need no kernel of their own.
var english = sync.OnceValue(func() *Pipeline {
	p, err := Load(Config{})
	if err != nil {
		panic(err)
	}
	return p
})

const story = `PORT ALBA, May 3 - "The bridge opens in May," said Mayor Ana Ruiz, who paid for it. ` +
	`Harbour Holdings wouldn't comment on Tuesday. "We'll see," its chairman, J. P. Kessel, told the Alba Courier.`

func analyse(t testing.TB, text string, o Options) *Doc {
	t.Helper()
	d, err := english().Analyse(context.Background(), text, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestGolden(t *testing.T) {
	for _, k := range vector.Available() {
		t.Run(k.String(), func(t *testing.T) {
			if testing.Short() && k == vector.Portable {
				t.Skip("SKIPPED: the portable kernel takes seconds")
			}
			parity(t, "testdata/golden.jsonl.gz", k)
		})
	}
}

func TestGoldenTokenizer(t *testing.T) { tokenizerParity(t, "testdata/tokenizer.jsonl.gz") }

// check holds a document against what every document must be: tokens tile what was read, heads
// stay in their sentence, subtrees and entities are runs of tokens, sentences follow each other.
func check(t *testing.T, d *Doc) {
	t.Helper()
	at := 0
	for i := range d.Len() {
		s := d.Span(i)
		if s.Start != at || s.End <= s.Start {
			t.Fatalf("token %d is bytes %d to %d; the one before ends at %d", i, s.Start, s.End, at)
		}
		if at = s.End; d.Blank(i) {
			if d.Text()[at] != ' ' {
				t.Fatalf("no blank after token %d", i)
			}
			at++
		}
		if h := d.Head(i); h < 0 || h >= d.Len() {
			t.Fatalf("token %d has head %d of %d", i, h, d.Len())
		}
		if p := d.Subtree(i); p.FirstToken > i || p.EndToken <= i {
			t.Fatalf("the subtree of token %d is tokens %d to %d", i, p.FirstToken, p.EndToken)
		}
		for c := range d.Children(i) {
			if d.Head(c) != i {
				t.Fatalf("token %d, a child of %d, has head %d", c, i, d.Head(c))
			}
		}
		if d.EntityIOB(i) == "I" && (i == 0 || d.EntityType(i-1) != d.EntityType(i)) {
			t.Fatalf("token %d goes on with an entity that was not begun", i)
		}
	}
	if at != d.Read() || !d.Truncated() && at != len(d.Text()) {
		t.Fatalf("tokens end at %d, read %d of %d", at, d.Read(), len(d.Text()))
	}
	next := 0
	for s := range d.Sentences() {
		if s.FirstToken != next || s.EndToken <= s.FirstToken {
			t.Fatalf("a sentence has tokens %d to %d; the one before ends at %d", s.FirstToken, s.EndToken, next)
		}
		next = s.EndToken
	}
	if next != d.Len() {
		t.Fatalf("sentences end at token %d of %d", next, d.Len())
	}
	last := 0
	for c := range d.NounChunks() {
		if c.FirstToken < last || c.EndToken <= c.FirstToken {
			t.Fatalf("a noun chunk has tokens %d to %d; the one before ends at %d", c.FirstToken, c.EndToken, last)
		}
		last = c.EndToken
	}
	for e := range d.Entities() {
		if e.Type == "" || e.End > len(d.Text()) {
			t.Fatalf("entity %+v", e)
		}
	}
}

func TestGivenSentences(t *testing.T) {
	glued := `The council met on Monday.Nobody spoke of the toll.Why it matters: the bond falls due in June.`
	starts := []int{0, strings.Index(glued, "Nobody"), strings.Index(glued, "Why")}
	d := analyse(t, glued, Options{SentenceStarts: starts})
	check(t, d)
	var got []int
	for s := range d.Sentences() {
		got = append(got, s.Start)
		roots := 0
		for i := s.FirstToken; i < s.EndToken; i++ {
			if d.Head(i) == i {
				roots++
			}
			if h := d.Head(i); h < s.FirstToken || h >= s.EndToken {
				t.Errorf("token %d %q has its head in another sentence", i, d.Word(i))
			}
		}
		if roots != 1 {
			t.Errorf("sentence at byte %d has %d roots", s.Start, roots)
		}
	}
	if !slices.Equal(got, starts) {
		t.Errorf("sentences start at %v, asked for %v", got, starts)
	}
}

// Sentences given at random, inside words too, are kept, and each has one root.
func TestGivenSentencesAnywhere(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		starts := []int{}
		for at := r.IntN(12); at < len(story); at += 1 + r.IntN(60) {
			starts = append(starts, at)
		}
		d := analyse(t, story, Options{SentenceStarts: starts})
		check(t, d)
		for s := range d.Sentences() {
			roots := 0
			for i := s.FirstToken; i < s.EndToken; i++ {
				if d.Head(i) == i {
					roots++
				}
			}
			if roots != 1 {
				t.Fatalf("with starts %v the sentence at byte %d has %d roots", starts, s.Start, roots)
			}
		}
		for _, at := range starts {
			if i := d.TokenAt(at); i < d.Len() && !d.SentenceStart(i) {
				t.Fatalf("with starts %v no sentence starts at byte %d", starts, at)
			}
		}
	}
}

func TestMaxTokens(t *testing.T) {
	d := analyse(t, story, Options{MaxTokens: 10})
	check(t, d)
	if d.Len() != 10 || !d.Truncated() {
		t.Errorf("%d tokens, truncated %v; asked for 10", d.Len(), d.Truncated())
	}
	if d := analyse(t, story, Options{MaxTokens: 1000}); d.Truncated() {
		t.Error("a short text was truncated")
	}
}

// A text gives the same result alone, after others, in a worker of any history, in any company.
func TestConcurrentAndRepeatable(t *testing.T) {
	all := readGolden(t, "testdata/golden.jsonl.gz")[:13]
	want := make([]string, len(all))
	for i := range all {
		d := &Doc{}
		if err := english().NewWorker().Analyse(context.Background(), d, all[i].Text, Options{}); err != nil {
			t.Fatal(err)
		}
		want[i] = outline(d)
	}
	var busy sync.WaitGroup
	for g := range 4 {
		busy.Go(func() {
			for i := range all {
				i := (i + g*7) % len(all)
				if got := outline(analyse(t, all[i].Text, Options{})); got != want[i] {
					t.Errorf("%s differs from what a new worker says", all[i].File)
				}
			}
		})
	}
	busy.Wait()
}

func outline(d *Doc) string {
	var b strings.Builder
	for i := range d.Len() {
		fmt.Fprintln(&b, d.Span(i), d.Tag(i), d.POS(i), d.Morph(i), d.Lemma(i), d.Head(i), d.Dep(i), d.SentenceStart(i), d.EntityIOB(i), d.EntityType(i))
	}
	return b.String()
}

func TestWarmWorkerAllocatesNothing(t *testing.T) {
	w, d := english().NewWorker(), &Doc{}
	long := strings.Repeat(story+"\n\n", 20)
	run := func() {
		if err := w.Analyse(context.Background(), d, long, Options{}); err != nil {
			t.Fatal(err)
		}
		for range d.NounChunks() {
		}
	}
	run()
	if n := testing.AllocsPerRun(5, run); n > 4 {
		t.Errorf("%.0f allocations for a text of %d tokens", n, d.Len())
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := english().Analyse(ctx, story, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestModel(t *testing.T) {
	f, err := model.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Verify(); err != nil {
		t.Error(err)
	}
	if english().Model() != f.Hash() || len(f.Sources()) < 10 {
		t.Errorf("the pipeline runs on %s, the file is %s, made of %d files", english().Model(), f.Hash(), len(f.Sources()))
	}
	if license, sources := model.Licences(); !strings.Contains(license, "MIT") || !strings.Contains(sources, "WordNet") {
		t.Error("a licence is missing")
	}
}

// Loading is a matter of milliseconds: the weights are read in place.
func TestLoadIsQuick(t *testing.T) {
	best := time.Hour
	for range 5 {
		start := cpuTime()
		load(t, "")
		best = min(best, cpuTime()-start)
	}
	t.Logf("loaded in %v of processor time", best)
	if best > 30*time.Millisecond && !raceDetector {
		t.Errorf("loading takes %v", best)
	}
}

// hostile are texts that no one writes, n bytes of each.
func hostile(n int) map[string]string {
	return map[string]string{
		"one token":       strings.Repeat("a", n),
		"blanks":          strings.Repeat(" ", n),
		"line ends":       strings.Repeat("\n", n),
		"blanks of kinds": strings.Repeat(" \n", n/2),
		"emoji":           strings.Repeat("😀", n/4),
		"parentheses":     strings.Repeat("(", n),
		"quotes":          strings.Repeat("\"' ", n/3),
		"full stops":      strings.Repeat(". ", n/2),
		"dots":            strings.Repeat(".", n),
		"addresses":       strings.Repeat("a@a.aa", n/6),
		"labels":          strings.Repeat("a.", n/2),
		"infixes":         strings.Repeat("a-", n/2),
		"digits":          strings.Repeat("1", n),
		"units":           strings.Repeat("1km", n/3),
		"conjunctions":    strings.Repeat("cats and ", n/9),
		"prepositions":    strings.Repeat("of the man ", n/11),
		"phrases":         strings.Repeat("a.m.p.m.", n/8),
		"bytes":           strings.Repeat("\xff\xfe\x80", n/3),
		"marks":           strings.Repeat("e\u0301", n/3),
		"sigmas":          strings.Repeat("Σ'", n/3),
	}
}

// Time grows with the length of a text, whatever it holds.
func TestHostileTextsTakeLinearTime(t *testing.T) {
	texts := hostile(8_000)
	if os.Getenv("DATELINE_LONG") != "" {
		texts = hostile(1_000_000)
		for _, name := range []string{"one token", "blanks", "emoji"} {
			texts[name] = hostile(10_000_000)[name]
		}
	}
	w, d := english().NewWorker(), &Doc{}
	for name, text := range texts {
		start := cpuTime()
		if err := w.Analyse(context.Background(), d, text, Options{}); err != nil {
			t.Fatal(err)
		}
		took := cpuTime() - start
		check(t, d)
		perByte := took / time.Duration(len(text))
		t.Logf("%s: %d bytes, %d tokens in %v of processor time", name, len(text), d.Len(), took)
		if perByte > 200*time.Microsecond && !raceDetector {
			t.Errorf("%s: %v a byte", name, perByte)
		}
	}
}

// A page of 100,000 tokens is read in bounded memory.
func TestLongPageInLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: reads 100,000 tokens")
	}
	text := strings.Repeat(story+"\n\n", 100_000/50)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	w, d := english().NewWorker(), &Doc{}
	if err := w.Analyse(context.Background(), d, text, Options{}); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	check(t, d)
	grown := after.HeapSys - min(before.HeapSys, after.HeapSys)
	t.Logf("%d tokens; %d MB allocated, heap grown by %d MB", d.Len(), (after.TotalAlloc-before.TotalAlloc)>>20, grown>>20)
	if grown > 100<<20 {
		t.Errorf("the heap grew by %d MB", grown>>20)
	}
}

func FuzzAnalyse(f *testing.F) {
	f.Add(story, 40, false)
	f.Add("", 0, true)
	f.Add("a.m. I'd've“…”can't\xff\u2028 ²½km http://1.2.3.4/ x@y.zz", 3, true)
	for _, text := range hostile(60) {
		f.Add(text, 7, true)
	}
	w, d := english().NewWorker(), &Doc{}
	f.Fuzz(func(t *testing.T, text string, step int, given bool) {
		var o Options
		if given && step > 0 {
			o.SentenceStarts = []int{}
			for at := 0; at < len(text); at += step {
				o.SentenceStarts = append(o.SentenceStarts, at)
			}
		} else if step < 0 && step > -1000 {
			o.MaxTokens = -step
		}
		if err := w.Analyse(context.Background(), d, text, o); err != nil {
			t.Fatal(err)
		}
		check(t, d)
		if utf8.ValidString(text) && !given {
			for i := range d.Len() {
				if !utf8.ValidString(d.Word(i)) {
					t.Fatalf("token %d cuts a character: %q", i, d.Word(i))
				}
			}
		}
	})
}

func BenchmarkAnalyse(b *testing.B) {
	all := readGolden(b, "testdata/golden.jsonl.gz")
	for _, k := range vector.Available()[1:] {
		b.Run(k.String(), func(b *testing.B) {
			w, d := load(b, k.String()).NewWorker(), &Doc{}
			words := 0
			run := func() {
				for i := range all {
					if err := w.Analyse(context.Background(), d, all[i].Text, Options{}); err != nil {
						b.Fatal(err)
					}
					words += len(strings.Fields(all[i].Text))
				}
			}
			run()
			words = 0
			for b.Loop() {
				run()
			}
			b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
		})
	}
}
