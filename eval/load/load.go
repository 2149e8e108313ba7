// Package load reads the sets: gold as JSON lines, pages from archives, the seed pages.
package load

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"

	"dateline/news"
)

// maxRecordBytes is the longest line of a set that is read.
const maxRecordBytes = 64 << 20

// unzipped reads a file, through gzip where its bytes say so.
func unzipped(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	if magic, _ := b.Peek(2); string(magic) != "\x1f\x8b" {
		return b, nil
	}
	return gzip.NewReader(b)
}

// Records reads a file of JSON objects, one a line, gzipped or not, whole: the gold is kept in
// memory, the pages are not.
func Records[T any](data fs.FS, name string) ([]T, error) {
	f, err := data.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := unzipped(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	var out []T
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), maxRecordBytes)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("read %s, line %d: %w", name, n, err)
		}
		out = append(out, v)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return out, nil
}

// Object reads a file that is one JSON value, gzipped or not.
func Object[T any](data fs.FS, name string) (v T, err error) {
	f, err := data.Open(name)
	if err != nil {
		return v, err
	}
	defer f.Close()
	r, err := unzipped(f)
	if err == nil {
		err = json.NewDecoder(r).Decode(&v)
	}
	if err != nil {
		err = fmt.Errorf("read %s: %w", name, err)
	}
	return v, err
}

// A Label is the gold of one page of a set.
type Label struct {
	ID      string   `json:"id"`
	Path    string   `json:"path"` // into the set's archive, behind the set's name
	Text    string   `json:"text"`
	Title   string   `json:"title"`
	Authors []string `json:"authors"`
	Date    string   `json:"date"`
	Crawled string   `json:"crawl_date"`

	Paragraphs []string `json:"paragraphs"`
	Optional   []int    `json:"optional"`
}

// A Labelled page is a page of a set with its gold.
type Labelled struct {
	Label
	Body []byte
}

// Labels are the gold of a page set.
func Labels(bench fs.FS, name string) ([]Label, error) {
	labels, err := Records[Label](bench, "extract/"+name+".labels.jsonl")
	if errors.Is(err, fs.ErrNotExist) {
		if zipped, again := Records[Label](bench, "extract/"+name+".labels.jsonl.gz"); again == nil {
			return zipped, nil
		}
	}
	return labels, err
}

// Pages are the pages of a set in the order of its archive, which is read once; a page comes
// once for each label that names it. A label whose page is not there ends the walk.
func Pages(bench fs.FS, name string, labels []Label) iter.Seq2[Labelled, error] {
	return func(yield func(Labelled, error) bool) {
		archive := "extract/" + name + ".tar.gz"
		missing, err := walkArchive(bench, archive, labels, yield)
		if err == nil && missing != "" {
			err = fmt.Errorf("read %s: page %s is not in it", archive, missing)
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(Labelled{}, err)
		}
	}
}

var errStopped = errors.New("stopped")

func walkArchive(data fs.FS, archive string, labels []Label, yield func(Labelled, error) bool) (missing string, err error) {
	f, err := data.Open(archive)
	if err != nil {
		return "", err
	}
	defer f.Close()
	r, err := unzipped(f)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", archive, err)
	}
	wanted := map[string][]int{}
	for i, l := range labels {
		_, path, _ := strings.Cut(l.Path, "/")
		wanted[path] = append(wanted[path], i)
	}
	files := tar.NewReader(r)
	for {
		h, err := files.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", fmt.Errorf("read %s: %w", archive, err)
		}
		path := strings.TrimPrefix(h.Name, "./")
		if len(wanted[path]) == 0 {
			continue
		}
		page, err := unzipped(files)
		var body []byte
		if err == nil {
			body, err = io.ReadAll(page)
		}
		if err != nil {
			return "", fmt.Errorf("read %s of %s: %w", path, archive, err)
		}
		for _, i := range wanted[path] {
			if !yield(Labelled{labels[i], body}, nil) {
				return "", errStopped
			}
		}
		delete(wanted, path)
	}
	for _, l := range labels {
		_, path, _ := strings.Cut(l.Path, "/")
		if len(wanted[path]) > 0 {
			return path, nil
		}
	}
	return "", nil
}

// Seeds are the pages of the seeds by the number that opens their names: "000". They are
// real pages, flattened to text, with hand-made gold.
func Seeds(beside fs.FS) (map[string]Seed, error) {
	names, err := fs.Glob(beside, "seeds/*.txt")
	if err != nil || len(names) == 0 {
		return nil, &fs.PathError{Op: "open", Path: "seeds", Err: fs.ErrNotExist}
	}
	out := map[string]Seed{}
	for _, name := range names {
		raw, err := fs.ReadFile(beside, name)
		if err != nil {
			return nil, err
		}
		file := strings.TrimPrefix(name, "seeds/")
		number, _, _ := strings.Cut(file, "_")
		out[number] = Seed{file, string(raw)}
	}
	return out, nil
}

// A Seed is a seed page: the name of its file, and its text.
type Seed struct{ File, Text string }

// Page is the page as it is handed in to be read.
func (p Seed) Page() news.Page {
	return news.Page{Name: p.File, MediaType: "text/plain", Body: []byte(p.Text)}
}
