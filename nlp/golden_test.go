package nlp

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"dateline/nlp/vector"
)

// A golden is what the reference says about one text: a value a token, Nc the noun chunks as
// token ranges.
type golden struct {
	File, Text                                         string
	Tok, Norm, Shape, Tag, Pos, Morph, Lemma, Dep, Ent []string
	Ws, Head, Ss                                       []int
	Nc                                                 [][2]int
}

func readGolden(t testing.TB, path string) (all []golden) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<28)
	for lines.Scan() {
		var g golden
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		all = append(all, g)
	}
	if lines.Err() != nil {
		t.Fatal(lines.Err())
	}
	return all
}

// shared returns a file kept beside the repository, or skips the test where there is none.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("DATELINE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared")
	}
	path := filepath.Join(dir, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED %s: no %s; set DATELINE_SHARED to the folder that holds it", t.Name(), name)
	}
	return path
}

func load(t testing.TB, kernel string) *Pipeline {
	t.Helper()
	p, err := Load(Config{Kernel: kernel})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// tally counts decisions that differ from the reference, by kind.
type tally struct {
	tokens, chunks int
	wrong          map[string]int
}

// compare holds one document against the reference.
func (n *tally) compare(t *testing.T, d *Doc, g *golden, note func(token int) string) {
	t.Helper()
	n.tokens += len(g.Tok)
	differs := func(kind string, i int, got, want any) {
		if got == want {
			return
		}
		n.wrong[kind]++
		if n.wrong[kind] <= 5 {
			t.Logf("%s: %s of token %d %q is %v, reference says %v%s", g.File, kind, i, g.Tok[i], got, want, note(i))
		}
	}
	if d.Len() != len(g.Tok) {
		n.wrong["text"]++
		t.Logf("%s: %d tokens, reference says %d", g.File, d.Len(), len(g.Tok))
		return
	}
	for i := range g.Tok {
		differs("text", i, d.Word(i), g.Tok[i])
		differs("blank", i, d.Blank(i), g.Ws[i] == 1)
		differs("norm", i, d.Norm(i), g.Norm[i])
		differs("shape", i, d.Shape(i), g.Shape[i])
		if g.Tag == nil {
			continue
		}
		differs("tag", i, d.Tag(i), g.Tag[i])
		differs("pos", i, d.POS(i), g.Pos[i])
		differs("morph", i, d.Morph(i), g.Morph[i])
		differs("lemma", i, d.Lemma(i), g.Lemma[i])
		differs("head", i, d.Head(i), g.Head[i])
		differs("dep", i, d.Dep(i), g.Dep[i])
		differs("sentence", i, d.SentenceStart(i), g.Ss[i] == 1)
		entity := d.EntityIOB(i)
		if entity != "O" {
			entity += "-" + d.EntityType(i)
		}
		differs("entity", i, entity, g.Ent[i])
	}
	var chunks [][2]int
	for c := range d.NounChunks() {
		chunks = append(chunks, [2]int{c.FirstToken, c.EndToken})
	}
	n.chunks += len(g.Nc)
	if fmt.Sprint(chunks) != fmt.Sprint(g.Nc) && g.Tag != nil {
		n.wrong["chunks"]++
	}
}

// exact are the decisions that must never differ; of the others one in 50,000 tokens may, where
// the reference itself differs between machines (docs/nlp.md, section 10).
var exact = []string{"text", "blank", "norm", "shape"}

const tokensAMistake = 50_000

func (n *tally) verdict(t *testing.T) {
	t.Helper()
	for _, kind := range exact {
		if n.wrong[kind] > 0 {
			t.Errorf("%d of %d tokens differ in %s; none may", n.wrong[kind], n.tokens, kind)
		}
	}
	for kind, wrong := range n.wrong {
		if wrong*tokensAMistake > n.tokens {
			t.Errorf("%d of %d tokens differ in %s; one in %d may", wrong, n.tokens, kind, tokensAMistake)
		}
	}
	t.Logf("%d tokens, %d noun chunks, differing: %v", n.tokens, n.chunks, n.wrong)
}

// parity runs texts through one kernel and compares all it says with the reference.
func parity(t *testing.T, path string, kernel vector.Kernel) {
	all := readGolden(t, path)
	w := load(t, kernel.String()).NewWorker()
	margins := margins{}
	margins.watch(w)
	n := tally{wrong: map[string]int{}}
	d := &Doc{}
	for i := range all {
		if kernel == vector.Portable && i%8 != 3 && len(all[i].Text) > 2000 && os.Getenv("DATELINE_LONG") == "" {
			continue // plain loops take forty times as long
		}
		margins.reset()
		if err := w.Analyse(context.Background(), d, all[i].Text, Options{}); err != nil {
			t.Fatal(err)
		}
		n.compare(t, d, &all[i], margins.note)
	}
	n.verdict(t)
}

// margins remembers how far the choices won that concern each token, the closest of each.
type margins struct{ parse, find map[int]float32 }

func (m *margins) watch(w *Worker) {
	m.reset()
	closest := func(of *map[int]float32) func(int, float32) {
		return func(token int, margin float32) {
			if old, ok := (*of)[token]; !ok || margin < old {
				(*of)[token] = margin
			}
		}
	}
	w.parse.Margins, w.find.Margins = closest(&m.parse), closest(&m.find)
}

func (m *margins) reset() { m.parse, m.find = map[int]float32{}, map[int]float32{} }

func (m *margins) note(token int) string {
	return fmt.Sprintf(" (closest choice while it was next: parse %.2g, names %.2g)", m.parse[token], m.find[token])
}

func TestParityShared(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: compares 77,432 tokens")
	}
	parity(t, shared(t, "nlp/golden/free.jsonl.gz"), vector.Best())
}

func TestParityTokenizerShared(t *testing.T) {
	tokenizerParity(t, shared(t, "nlp/golden/tokenizer-fuzz.jsonl.gz"))
}

func tokenizerParity(t *testing.T, path string) {
	p := load(t, "")
	s := p.tokenizer.Session()
	n := tally{wrong: map[string]int{}}
	all := readGolden(t, path)
	for i := range all {
		d := &Doc{pipeline: p, text: all[i].Text}
		d.tokens = s.Tokens(nil, d.text, 1<<30, nil)
		n.compare(t, d, &all[i], func(int) string { return "" })
	}
	n.verdict(t)
}

func TestParityNewsShared(t *testing.T) {
	if testing.Short() || os.Getenv("DATELINE_LONG") == "" {
		t.Skip("SKIPPED: compares 839,869 tokens; set DATELINE_LONG=1")
	}
	path := shared(t, "nlp/golden/polnear.jsonl.gz")
	for _, k := range vector.Available() {
		t.Run(k.String(), func(t *testing.T) { parity(t, path, k) })
	}
}
