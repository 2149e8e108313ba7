package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"dateline/cmd/dateline/apart"
	"dateline/cmd/dateline/cli"
	"dateline/demo"
	"dateline/news"
	"dateline/pipeline"
	"dateline/store"
)

// fatalEnv makes the reading processes of the test binary die of pages that say so: no page is known
// that ends a Go program, so the test brings some.
const fatalEnv = "DATELINE_TEST_FATAL"

// mortal is a reader that dies of some pages.
type mortal struct{ pipeline.PageReader }

func (m mortal) Read(ctx context.Context, p news.Page) (news.Reading, error) {
	switch {
	case bytes.Contains(p.Body, []byte("overflow the stack")):
		panic(overflow(0)) // it does not come back
	case bytes.Contains(p.Body, []byte("use all memory")):
		for all := [][]byte(nil); ; all = append(all, make([]byte, 256<<20)) {
			runtime.KeepAlive(all)
		}
	case bytes.Contains(p.Body, []byte("panic now")):
		panic("it panics now")
	case bytes.Contains(p.Body, []byte("never end")):
		if err := apart.LimitProcessor(0); err != nil {
			panic(err)
		}
		for i := 0; ; i++ {
			fmt.Fprint(new(bytes.Buffer), i)
		}
	}
	return m.PageReader.Read(ctx, p)
}

// overflow never returns, which is the point.
func overflow(n int) int { return deeper(n) + n }

func deeper(n int) int { return overflow(n + 1) }

// TestReadingApart adds pages of which four end the process that reads them, each in another way. The
// program goes on, reads the others as ever, and keeps those four with the reason.
func TestReadingApart(t *testing.T) {
	if testing.Short() {
		t.Skip("uses up memory")
	}
	dir, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	reasons := map[string]string{"overflow the stack": "fatal error: stack overflow", "use all memory": "out of memory",
		"panic now": "panic: it panics now", "never end": "more processor time"}
	names := map[string]string{}
	write := func(name, words string) {
		body := "Ferry makes its last crossing\n\nThe ferry that carried the islanders made its last crossing, and made people " + words + ".\n\n“It was a good ship,” said Captain Ivo Brandt.\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		names[name] = words
	}
	n := 0
	for words := range reasons {
		write(fmt.Sprintf("%d-bad.txt", n), words)
		write(fmt.Sprintf("%d-good.txt", n), fmt.Sprintf("cheer %d times", n))
		n++
	}
	t.Setenv(killEnv, "1")
	t.Setenv(fatalEnv, "1")
	t.Setenv("DATELINE_READ_APART", "always")
	var said, out bytes.Buffer
	if status := run(context.Background(), []string{"add", "--data", data, dir}, cli.Streams{In: os.Stdin, Out: &out, Err: &said}); status != cli.StatusDone {
		t.Fatalf("status %d\n%s%s", status, &said, &out)
	}
	s, err := store.Open(t.Context(), data, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, words := range names {
		id, err := s.FindPage(t.Context(), filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		revisions, err := s.RevisionsOf(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		p, err := s.Progress(t.Context(), revisions[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		want := reasons[words]
		if !p.Done || (p.Articles == 1) != (want == "") || !strings.Contains(p.Failure, want) || (want == "") != (p.Failure == "") {
			t.Errorf("%s (%s): %+v, want %q", name, words, p, want)
		}
	}
}

// TestApartReadsTheSame holds that a reading that has come through a pipe is the one that went in, less
// the steps on the way.
func TestApartReadsTheSame(t *testing.T) {
	t.Setenv(killEnv, "1")
	here, err := pipeline.NewReader(pipeline.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	there := apart.New(pipeline.Limits{})
	defer there.Close()
	invented, err := demo.Pages("first")
	if err != nil {
		t.Fatal(err)
	}
	pages := []news.Page{{Name: "nothing"}, {Name: "menus", MediaType: "text/html", Body: []byte("<nav><a href=/a>One</a></nav>")}}
	for _, p := range invented {
		pages = append(pages, news.Page{Name: p.File, URL: p.URL, Fetched: p.Fetched, Body: p.Body})
	}
	for _, p := range pages {
		want, refused := here.Read(t.Context(), p)
		got, err := there.Read(t.Context(), p)
		want.Document.Blocks, want.Document.Meta = nil, news.Metadata{}
		if fmt.Sprint(err) != fmt.Sprint(refused) || errors.Is(err, news.ErrNoArticle) != errors.Is(refused, news.ErrNoArticle) {
			t.Errorf("%s: %v, not %v", p.Name, err, refused)
		}
		if !reflect.DeepEqual(got, want) {
			a, b := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want)
			i := 0
			for i < min(len(a), len(b)) && a[i] == b[i] {
				i++
			}
			t.Errorf("%s: there %.200q, here %.200q", p.Name, a[i:], b[i:])
		}
	}
}
