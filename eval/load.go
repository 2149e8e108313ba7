package eval

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

// records reads a file of JSON objects, one a line, gzipped or not, whole: the gold is kept in
// memory, the pages are not.
func records[T any](data fs.FS, name string) ([]T, error) {
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

// object reads a file that is one JSON value.
func object[T any](data fs.FS, name string) (T, error) {
	var v T
	raw, err := fs.ReadFile(data, name)
	if err == nil {
		if err = json.Unmarshal(raw, &v); err != nil {
			err = fmt.Errorf("read %s: %w", name, err)
		}
	}
	return v, err
}

// A label is the gold of one page of a set.
type label struct {
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

// A labelled page is a page of a set with its gold.
type labelled struct {
	label label
	body  []byte
}

// labelsOf are the gold of a page set.
func (j job) labelsOf(name string) ([]label, error) {
	labels, err := records[label](j.Bench, "extract/"+name+".labels.jsonl")
	if errors.Is(err, fs.ErrNotExist) {
		if zipped, again := records[label](j.Bench, "extract/"+name+".labels.jsonl.gz"); again == nil {
			return zipped, nil
		}
	}
	return labels, err
}

// pagesOf are the pages of a set in the order of its archive, which is read once; a page comes
// once for each label that names it. A label whose page is not there ends the walk.
func (j job) pagesOf(name string, labels []label) iter.Seq2[labelled, error] {
	return func(yield func(labelled, error) bool) {
		archive := "extract/" + name + ".tar.gz"
		missing, err := walkArchive(j.Bench, archive, labels, yield)
		if err == nil && missing != "" {
			err = fmt.Errorf("read %s: page %s is not in it", archive, missing)
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(labelled{}, err)
		}
	}
}

var errStopped = errors.New("stopped")

func walkArchive(data fs.FS, archive string, labels []label, yield func(labelled, error) bool) (missing string, err error) {
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
		if err == io.EOF {
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
			if !yield(labelled{labels[i], body}, nil) {
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

// seedPages are the pages of the seeds by the number that opens their names: "000". They are
// real pages, flattened to text, with hand-made gold.
func (j job) seedPages() (map[string]seedPage, error) {
	names, err := fs.Glob(j.Beside, "seeds/*.txt")
	if err != nil || len(names) == 0 {
		return nil, &fs.PathError{Op: "open", Path: "seeds", Err: fs.ErrNotExist}
	}
	out := map[string]seedPage{}
	for _, name := range names {
		raw, err := fs.ReadFile(j.Beside, name)
		if err != nil {
			return nil, err
		}
		file := strings.TrimPrefix(name, "seeds/")
		number, _, _ := strings.Cut(file, "_")
		out[number] = seedPage{file, string(raw)}
	}
	return out, nil
}

type seedPage struct{ file, text string }

func (p seedPage) page() news.Page {
	return news.Page{Name: p.file, MediaType: "text/plain", Body: []byte(p.text)}
}
