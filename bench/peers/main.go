// Command peers measures extraction against go-trafilatura on the same pages, in the same
// process, turn by turn: pages per CPU second, and the words each finds.
//
//	go run . FOLDER...
//
// It is a module of its own, so that what we compare ourselves with never becomes part of what
// we ship. Reading the files is not timed; one round of each warms up and is not counted.
package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/markusmobius/go-trafilatura"

	"dateline/extract"
	"dateline/news"
)

// rounds is how often each reads all pages; the best round counts.
const rounds = 3

func main() {
	runtime.GOMAXPROCS(1)
	var pages [][]byte
	for _, dir := range os.Args[1:] {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".html") {
				return err
			}
			body, err := os.ReadFile(path)
			pages = append(pages, body)
			return err
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, "peers:", err)
			os.Exit(1)
		}
	}
	if len(pages) == 0 {
		fmt.Fprintln(os.Stderr, "usage: peers FOLDER...: no .html files there")
		os.Exit(2)
	}
	readers := []struct {
		name string
		read func([]byte) int
	}{
		{"dateline", ours},
		{"go-trafilatura", theirs(false)},
		{"go-trafilatura fast", theirs(true)},
	}
	best := make([]time.Duration, len(readers))
	words := make([]int, len(readers))
	for round := range rounds + 1 {
		for i, r := range readers {
			runtime.GC()
			start := cpu()
			n := 0
			for _, p := range pages {
				n += r.read(p)
			}
			took := cpu() - start
			words[i] = n
			if round > 0 && (best[i] == 0 || took < best[i]) {
				best[i] = took
			}
		}
	}
	for i, r := range readers {
		fmt.Printf("%-20s %5d pages %8.2f CPU s %8.1f pages/CPU s %9d words  x%.2f\n", r.name, len(pages), best[i].Seconds(),
			float64(len(pages))/best[i].Seconds(), words[i], best[1].Seconds()/best[i].Seconds())
	}
}

func ours(body []byte) int {
	d, err := extract.Page(news.Page{Name: "page", MediaType: "text/html", Body: body})
	if err != nil {
		return 0
	}
	n := 0
	for _, b := range d.Blocks {
		if b.Kind == news.Body {
			n += len(strings.Fields(b.Span.Of(d.Text)))
		}
	}
	return n
}

func theirs(fast bool) func([]byte) int {
	return func(body []byte) int {
		result, err := trafilatura.Extract(bytes.NewReader(body), trafilatura.Options{EnableFallback: !fast, ExcludeComments: true})
		if err != nil {
			return 0
		}
		return len(strings.Fields(result.ContentText))
	}
}

// cpu is the CPU time of the process so far, the collector's included.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
