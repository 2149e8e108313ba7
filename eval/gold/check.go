package gold

import (
	"cmp"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "redraw the brackets of gold files as the code finds them")

// Check runs find on the text of every file that glob matches, each as a subtest named for
// the file, and compares what it finds with the brackets of the file. The newline that ends
// a file is not part of its text. Which of two spans over the same bytes comes first does
// not matter; numbers do.
//
// With -update it rewrites the files whose brackets differ, and only those.
func Check(t *testing.T, glob string, find func(text string) []Span) {
	t.Helper()
	paths, err := filepath.Glob(glob)
	if err != nil {
		t.Fatalf("gold files %s: %v", glob, err)
	}
	if len(paths) == 0 {
		t.Fatalf("gold files %s: there are none", glob)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
		t.Run(name, func(t *testing.T) { checkFile(t, path, find) })
	}
}

func checkFile(t *testing.T, path string, find func(text string) []Span) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.TrimSuffix(string(data), "\n")
	text, spans, err := Parse(want)
	if err != nil {
		t.Fatalf("%s:%v", path, err)
	}
	found := find(text)
	if Equal(found, spans) {
		return
	}
	got, err := Render(text, found)
	if err != nil {
		t.Fatalf("%s: what was found cannot be drawn: %v", path, err)
	}
	if *update {
		if err := os.WriteFile(path, []byte(got+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s (-update accepts what was found)\n%s", path, diff(want, got))
}

// Equal reports whether two lists hold the same spans, in whatever order.
func Equal(a, b []Span) bool {
	return slices.Equal(canonical(a), canonical(b))
}

func canonical(spans []Span) []Span {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b Span) int {
		return cmp.Or(byExtent(a, b), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Number, b.Number))
	})
	return spans
}

// diff shows the lines that differ. Both sides are drawings of one text, so they have the
// same lines but for the brackets.
func diff(want, got string) string {
	var b strings.Builder
	wants, gots := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(wants), len(gots)) {
		if wants[i] != gots[i] {
			b.WriteString("want " + wants[i] + "\ngot  " + gots[i] + "\n")
		}
	}
	return b.String()
}
