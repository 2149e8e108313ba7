package feed

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// sharedFile is a file kept beside the repository; the test is skipped where there is none.
func sharedFile(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("DATELINE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("SKIPPED: %s is not beside the repository", name)
	}
	return path
}

// suite is feedparser's feeds by name.
func suite(t testing.TB) map[string][]byte {
	f, err := os.Open(sharedFile(t, "bench/feeds/feedparser.tar.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg {
			if files[h.Name], err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
	}
}

type expectation struct {
	File    string `json:"file"`
	Asserts []struct {
		Path  []any `json:"path"`
		Value any   `json:"value"`
	} `json:"asserts"`
	Unsupported int `json:"unsupported"`
}

var header = regexp.MustCompile(`(?m)^\s*Header:\s+([^:\s]+):(.*)$`)

// originOf is the origin that a test file says it was served with.
func originOf(name string, body []byte) Origin {
	var from Origin
	for _, m := range header.FindAllSubmatch(body[:min(len(body), 2000)], -1) {
		from.URL = "http://127.0.0.1:8097/" + strings.TrimPrefix(name, "feedparser/")
		value := strings.TrimSpace(string(m[2]))
		switch strings.ToLower(string(m[1])) {
		case "content-type":
			from.ContentType = value
		case "content-location":
			from.ContentLocation = value
		case "content-language":
			from.ContentLanguage = value
		}
	}
	if strings.Contains(name, "/http_") {
		from.URL = "http://127.0.0.1:8097/" + strings.TrimPrefix(name, "feedparser/")
	}
	return from
}

// TestFeedparser holds the test suite of feedparser: 2,011 feeds with what each must give.
func TestFeedparser(t *testing.T) {
	files := suite(t)
	f, err := os.Open(sharedFile(t, "bench/feeds/feedparser-expect.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cases, right, parsed := 0, 0, 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var e expectation
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		body, ok := files[e.File]
		if !ok {
			t.Fatalf("no file %s", e.File)
		}
		got, err := Parse(body, originOf(e.File, body))
		if err == nil {
			parsed++
		}
		if len(e.Asserts) == 0 || e.Unsupported > 0 {
			continue
		}
		cases++
		wrong := ""
		for _, a := range e.Asserts {
			if is := asFeedparser(&got, a.Path); !equal(is, a.Value) {
				wrong = fmt.Sprintf("%v is %#v, not %#v (%v)", a.Path, is, a.Value, err)
				break
			}
		}
		if wrong == "" {
			right++
		} else {
			t.Logf("%s: %s", strings.TrimPrefix(e.File, "feedparser/tests/"), wrong)
		}
	}
	t.Logf("%d of %d right (%.2f %%); %d of the 2,106 read without an error", right, cases, 100*float64(right)/float64(cases), parsed)
	if float64(right) < 0.99*float64(cases) {
		t.Errorf("fewer than 99 %%")
	}
}

func equal(is, want any) bool {
	if reflect.DeepEqual(is, want) {
		return true
	}
	if n, ok := is.(int); ok {
		return float64(n) == want
	}
	if want == nil || want == "" || want == float64(0) {
		return is == nil || is == "" || is == false
	}
	if b, ok := is.(bool); ok {
		return b && want == float64(1) || want == b
	}
	if m, ok := want.(map[string]any); ok {
		got, ok := is.(map[string]any)
		for k, v := range m {
			if !ok || got[k] != v {
				return false
			}
		}
		return ok
	}
	a, err1 := json.Marshal(is)
	b, err2 := json.Marshal(want)
	return err1 == nil && err2 == nil && string(a) == string(b)
}

// asFeedparser is what feedparser calls by this path.
func asFeedparser(f *Feed, path []any) any {
	switch path[0] {
	case "version":
		return f.Format
	case "encoding":
		return f.Encoding
	case "feed":
		return ofMeta(f, &f.Meta, nil, path[1:])
	case "entries":
		n := int(path[1].(float64))
		if n >= len(f.Items) {
			return "no such entry"
		}
		return ofMeta(f, &f.Items[n].Meta, &f.Items[n], path[2:])
	}
	return path
}

func ofMeta(f *Feed, m *Meta, i *Item, path []any) any {
	name, rest := path[0].(string), path[1:]
	description := m.Summary
	if description.Value == "" {
		description = m.Subtitle
	}
	texts := map[string]Text{
		"title": m.Title, "description": description, "summary": m.Summary, "subtitle": m.Subtitle, "tagline": m.Subtitle,
		"rights": m.Rights, "copyright": m.Rights, "info": m.Info,
	}
	if text, ok := texts[name]; ok {
		return text.Value
	}
	if text, ok := texts[strings.TrimSuffix(name, "_detail")]; ok {
		return ofText(text, rest[0].(string))
	}
	updated := m.Updated
	if updated.Printed == "" {
		updated = m.Published
	}
	dates := map[string]Date{
		"published": m.Published, "issued": m.Published, "updated": updated, "modified": updated, "created": m.Created, "expired": m.Expired,
		"validity_start": m.ValidFrom, "validity_end": m.ValidTo,
	}
	if d, ok := dates[name]; ok {
		return d.Printed
	}
	if d, ok := dates[strings.TrimSuffix(name, "_parsed")]; ok {
		u := d.Time
		return []int{u.Year(), int(u.Month()), u.Day(), u.Hour(), u.Minute(), u.Second(), (int(u.Weekday()) + 6) % 7, u.YearDay(), 0}
	}
	switch name {
	case "id", "guid":
		return m.ID
	case "link":
		return m.Link
	case "newlocation":
		return f.NewLocation
	case "ttl":
		return strconv.Itoa(int(f.Rhythm.TTL / time.Minute))
	case "language":
		return m.Language
	case "author":
		return m.Author
	case "publisher":
		return m.Publisher.Line()
	case "icon":
		return m.Icon
	case "logo":
		return m.Logo
	case "generator":
		return m.Generator.Name
	case "generator_detail":
		return map[string]string{"name": m.Generator.Name, "href": m.Generator.URL, "url": m.Generator.URL, "version": m.Generator.Version}[rest[0].(string)]
	case "author_detail", "publisher_detail":
		p := m.Publisher
		if name == "author_detail" && len(m.Authors) > 0 {
			p = m.Authors[len(m.Authors)-1]
		}
		return ofPerson(p)[rest[0].(string)]
	case "authors", "contributors":
		people := m.Authors
		if name == "contributors" {
			people = m.Contributors
		}
		var list []any
		for _, p := range people {
			list = append(list, ofPerson(p))
		}
		return dig(list, rest)
	case "tags", "category":
		var list []any
		for _, t := range m.Tags {
			list = append(list, map[string]any{"term": t.Term, "scheme": t.Scheme, "label": t.Label})
		}
		if name == "category" {
			return m.Tags[0].Term
		}
		return dig(list, rest)
	case "links", "enclosures", "license":
		var list []any
		for _, l := range m.Links {
			if name == "links" || name == "enclosures" && l.Rel == "enclosure" {
				list = append(list, map[string]any{"href": l.Href, "url": l.Href, "rel": l.Rel, "type": l.Type, "title": l.Title, "hreflang": l.HrefLang, "length": l.Length})
			}
		}
		if name == "license" {
			return m.Related("license")[0]
		}
		return dig(list, rest)
	case "content":
		if i == nil || int(rest[0].(float64)) >= len(i.Content) {
			return nil
		}
		return ofText(i.Content[int(rest[0].(float64))], rest[1].(string))
	case "source":
		if i == nil || i.Source == nil {
			return nil
		}
		if rest[0] == "href" {
			return i.Source.Href
		}
		return ofMeta(f, &i.Source.Meta, nil, rest)
	case "image":
		if m.Image == nil {
			return nil
		}
		im := m.Image
		return map[string]any{"href": im.URL, "url": im.URL, "title": im.Title, "link": im.Link, "description": im.Description, "width": im.Width, "height": im.Height}[rest[0].(string)]
	case "itunes_block":
		return m.Blocked != nil && *m.Blocked
	case "itunes_explicit":
		return m.Explicit != nil && *m.Explicit
	case "where":
		return ofWhere(m.Where, rest)
	}
	return ofExtra(m, strings.Replace(name, "_", ":", 1), name, rest)
}

func ofExtra(m *Meta, canonical, name string, rest []any) any {
	var list []any
	for _, e := range m.Extra {
		if canonical == "psc:chapters" && e.Name == "psc:chapter" || e.Name == canonical || e.Name == name {
			one := map[string]any{"content": e.Text}
			if canonical == "media:restriction" {
				one["content"] = strings.Fields(strings.ToLower(e.Text))
			}
			for k, v := range e.Attr {
				one[k] = v
			}
			if canonical != "psc:chapters" || e.Name != canonical {
				list = append(list, one)
			} else if rest[0] == "version" {
				return e.Attr["version"]
			}
		}
	}
	switch {
	case canonical == "psc:chapters":
		return dig(list, rest[1:])
	case len(list) == 0:
		return nil
	case len(rest) == 0:
		return list[0].(map[string]any)["content"]
	}
	if _, many := rest[0].(float64); many {
		return dig(list, rest)
	}
	return list[0].(map[string]any)[rest[0].(string)]
}

func dig(list []any, rest []any) any {
	if rest[0] == "#len" {
		return len(list)
	}
	n := int(rest[0].(float64))
	if n >= len(list) {
		return nil
	}
	if len(rest) == 1 {
		return list[n]
	}
	return list[n].(map[string]any)[rest[1].(string)]
}

func ofPerson(p Person) map[string]any {
	return map[string]any{"name": p.Name, "email": p.Email, "href": p.URL, "url": p.URL}
}

func ofText(t Text, what string) any {
	return map[string]any{"value": t.Value, "type": t.Type, "language": t.Language, "base": t.Base, "src": t.Src}[what]
}

func ofWhere(g *Geometry, rest []any) any {
	if g == nil {
		return nil
	}
	if rest[0] == "type" {
		return g.Type
	}
	if g.Type == "Point" {
		return g.Points[0]
	}
	if len(rest) == 2 {
		return g.Points[int(rest[1].(float64))]
	}
	return g.Points
}
