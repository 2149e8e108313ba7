package extract_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dateline/extract"
	"dateline/extract/rule"
	"dateline/news"
	"dateline/text"
)

var update = flag.Bool("update", false, "write the .gold files anew")

// TestGold reads invented pages, one for each rule or trap, and compares what is made of them
// with the .gold file beside each: the page's facts, then one line a block. A page may open
// with a comment that tells how it was fetched: <!-- url: ... fetched: ... charset: ... -->.
func TestGold(t *testing.T) {
	pages, _ := filepath.Glob("testdata/*.html")
	if len(pages) < 25 {
		t.Fatalf("only %d pages in testdata", len(pages))
	}
	for _, path := range pages {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".html"), func(t *testing.T) {
			body, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			page := fetchedAs(body)
			d, err := extract.Page(page)
			checkDocument(t, page, d)
			got := render(d, err)
			gold := strings.TrimSuffix(path, ".html") + ".gold"
			if *update {
				if err := os.WriteFile(gold, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(gold)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s\n--- got\n%s--- want\n%s", path, got, want)
			}
		})
	}
}

// TestRules holds that every rule matters: the page that is its gold is read otherwise without
// it, and the rule's example and page are there.
func TestRules(t *testing.T) {
	seen := map[rule.Name]bool{}
	for _, r := range extract.Rules() {
		if seen[r.Name] || r.Example == "" {
			t.Errorf("%s: named twice, or without an example", r.Name)
		}
		seen[r.Name] = true
		body, err := os.ReadFile(filepath.Join("testdata", r.Gold+".html"))
		if err != nil {
			t.Errorf("%s: %v", r.Name, err)
			continue
		}
		with := render(extract.Page(fetchedAs(body)))
		if without := render(extract.PageWithout(fetchedAs(body), r.Name)); without == with {
			t.Errorf("%s: %s is read the same without it", r.Name, r.Gold)
		}
	}
}

// fetchedAs is the page with what its first comment says of the fetch.
func fetchedAs(body []byte) news.Page {
	p := news.Page{Name: "page", MediaType: "text/html", Body: body}
	line, _, _ := bytes.Cut(body, []byte("-->"))
	fields := strings.Fields(string(line))
	for i, f := range fields {
		if i+1 == len(fields) {
			break
		}
		switch f {
		case "url:":
			p.URL = fields[i+1]
		case "charset:":
			p.Charset = fields[i+1]
		case "outlet:":
			p.Outlet = fields[i+1]
		case "fetched:":
			p.Fetched, _ = time.Parse(time.RFC3339, fields[i+1])
		}
	}
	return p
}

func render(d news.Document, err error) string {
	var b strings.Builder
	if err != nil {
		fmt.Fprintf(&b, "error: %v\n", err)
	}
	if m := d.Meta; m.Title != nil {
		fmt.Fprintf(&b, "headline: %s\n", m.Title.Text)
	}
	if len(d.Meta.Authors) > 0 {
		fmt.Fprintf(&b, "authors: %s\n", strings.Join(d.Meta.Authors, "; "))
	}
	if p := d.Meta.Published; p.Basis != "" {
		fmt.Fprintf(&b, "published: %s local %s, %s by %s\n", p.When, p.Local, p.Basis, p.Reason.Rule)
	}
	if o := d.Meta.Outlet; o.Name != "" {
		fmt.Fprintf(&b, "outlet: %s, %s by %s\n", o.Name, o.Basis, o.Reason.Rule)
	}
	if d.Meta.Canonical != "" {
		fmt.Fprintf(&b, "canonical: %s\n", d.Meta.Canonical)
	}
	if d.Meta.Language != "" {
		fmt.Fprintf(&b, "language: %s\n", d.Meta.Language)
	}
	for _, f := range d.Flags {
		fmt.Fprintf(&b, "flag: %s: %s\n", f.Name, f.Detail)
	}
	for _, k := range d.Blocks {
		fmt.Fprintf(&b, "%s (%s): %s\n", k.Kind, k.Reason, strings.ReplaceAll(k.Span.Of(d.Text), "\n", "⏎"))
	}
	return b.String()
}

// checkDocument holds what is true of every document: spans in order and inside the text,
// the text in NFC, and every character leading back to bytes of the page that spell it.
func checkDocument(t *testing.T, p news.Page, d news.Document) {
	t.Helper()
	if !utf8.ValidString(d.Text) || d.MediaType == "text/html" && !norm.NFC.IsNormalString(d.Text) {
		t.Fatalf("the text is not UTF-8 in NFC")
	}
	if strings.ContainsRune(d.Text, 0) && d.MediaType == "text/html" {
		t.Fatalf("the text has a NUL")
	}
	last := 0
	for _, b := range d.Blocks {
		if b.Span.Start < last || !b.Span.Valid(d.Text) || b.Span.Empty() || b.Links < 0 || b.Links > 1 {
			t.Fatalf("block %v after %d, links %v", b.Span, last, b.Links)
		}
		last = b.Span.End
	}
	if m := d.Meta.Title; m != nil && m.Span.Of(d.Text) != m.Text {
		t.Fatalf("the headline %q is not at %v", m.Text, m.Span)
	}
	if p := d.Meta.Published; !p.Span.Valid(d.Text) {
		t.Fatalf("the date is printed at %v of %d bytes", p.Span, len(d.Text))
	}
	if d.MediaType != "text/html" {
		return
	}
	inBlock := make([]bool, len(d.Text))
	for _, b := range d.Blocks {
		for i := b.Span.Start; i < b.Span.End; i++ {
			inBlock[i] = true
		}
	}
	label := p.Charset
	for i, r := range d.Text {
		size := utf8.RuneLen(r)
		o, ok := d.Alignment.Original(text.Span{Start: i, End: i + size})
		if !inBlock[i] || r == '\n' {
			continue // a blank line between blocks, a br element
		}
		if !ok {
			if r == ' ' {
				continue // a blank that stands for the edge of an element
			}
			t.Fatalf("%q at %d of %q leads nowhere", r, i, near(d.Text, i))
		}
		if o.End > len(p.Body) {
			t.Fatalf("%q at %d leads past the page: %v of %d", r, i, o, len(p.Body))
		}
		raw := p.Body[o.Start:o.End]
		if r == ' ' && len(strings.TrimFunc(unescaped(raw, label), text.IsSpace)) == 0 {
			continue
		}
		if unicode.IsMark(r) {
			continue // marks on one letter may change places in NFC
		}
		if got := unescaped(raw, label); !strings.ContainsRune(got, r) {
			t.Fatalf("%q at %d of %q leads to %q", r, i, near(d.Text, i), raw)
		}
	}
}

func near(s string, i int) string { return s[max(0, i-20):min(len(s), i+20)] }

// unescaped is a piece of the page as a reader sees it.
func unescaped(raw []byte, label string) string {
	if !utf8.Valid(raw) {
		if label == "" {
			label = "windows-1252"
		}
		if d, err := text.Decode(raw, label); err == nil {
			raw = []byte(d.Text)
		}
	}
	return norm.NFC.String(html.UnescapeString(string(raw)))
}

func TestUnreadable(t *testing.T) {
	for _, c := range []struct{ name, body, says string }{
		{"nothing", "", "empty"},
		{"white space", " \n\t", "empty"},
		{"a mark and nothing", "\xef\xbb\xbf ", "empty"},
		{"an image", "\x89PNG\r\n\x1a\n....", "a PNG image"},
		{"a document", "%PDF-1.7 ...", "a PDF"},
		{"an archive", "PK\x03\x04....", "a ZIP archive"},
		{"bytes", strings.Repeat("\x00\x01\x02a", 100), "binary data"},
	} {
		_, err := extract.Page(news.Page{Name: "x", Body: []byte(c.body)})
		if !errors.Is(err, news.ErrUnreadable) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestPlainText(t *testing.T) {
	const file = "Ferry resumes\r\n\r\n  The ferry sails again. cafe\u0301\n"
	d, err := extract.Page(news.Page{Name: "a.txt", MediaType: "text/plain", Body: []byte(file)})
	if err != nil || d.Text != file || d.MediaType != "text/plain" || len(d.Blocks) != 2 {
		t.Fatalf("%q %v %v", d.Text, d.Blocks, err)
	}
	if got := d.Blocks[1].Span.Of(d.Text); got != "The ferry sails again. cafe\u0301" {
		t.Errorf("second block %q", got)
	}
	if o, ok := d.Alignment.Original(d.Blocks[1].Span); !ok || o != d.Blocks[1].Span {
		t.Errorf("leads to %v", o)
	}
	d, err = extract.Page(news.Page{Name: "b.txt", MediaType: "text/plain", Body: []byte("The caf\xe9 reopens.")})
	if err != nil || d.Text != "The café reopens." || len(d.Flags) != 1 || d.Flags[0].Name != "charset-guessed" {
		t.Errorf("%q %v %v", d.Text, d.Flags, err)
	}
}

// TestCharset holds the order of the sources of an encoding.
func TestCharset(t *testing.T) {
	const para = "<p>The café on the quay opened again on Monday, its owner said.</p>"
	latin := strings.ReplaceAll(para, "é", "\xe9")
	for _, c := range []struct{ name, charset, body, flag string }{
		{"UTF-8 undeclared", "", para, ""},
		{"UTF-8 called latin1 by the server", "iso-8859-1", para, ""},
		{"latin1 by the server", "iso-8859-1", latin, ""},
		{"latin1 by a meta tag", "", "<meta charset=iso-8859-1>" + latin, ""},
		{"latin1 by a meta tag after 1,024 bytes", "", strings.Repeat("<!-- pad -->", 200) + "<meta http-equiv=content-type content='text/html; charset=latin1'>" + latin, ""},
		{"latin1 by nobody", "", latin, "charset-guessed"},
		{"an encoding that hides markup is not used", "utf-7", latin, "charset-guessed"},
		{"a mark wins", "latin1", "\xef\xbb\xbf" + para, ""},
	} {
		d, _ := extract.Page(news.Page{Name: "x", MediaType: "text/html", Charset: c.charset, Body: []byte(c.body)})
		if !strings.Contains(d.Text, "The café on the quay") {
			t.Errorf("%s: %q", c.name, d.Text)
		}
		got := ""
		for _, f := range d.Flags {
			got += f.Name
		}
		if got != c.flag {
			t.Errorf("%s: flags %q, want %q", c.name, got, c.flag)
		}
	}
}

// TestHiddenTextStaysHidden: what a page does not show is no text of it.
func TestHiddenTextStaysHidden(t *testing.T) {
	for _, hidden := range []string{
		`<div style="display:none">secret</div>`, `<p hidden>secret</p>`, `<span style="font-size:0">secret</span>`, `<p style="position:absolute;left:-9999px">secret</p>`,
		`<div aria-hidden="true">secret</div>`, `<template><p>secret</p></template>`, `<noscript>secret</noscript>`, `<script>secret</script>`, `<!-- secret -->`,
		`<span class="sr-only">secret</span>`, `<span style="VISIBILITY: hidden !important">secret</span>`, `<svg><title>secret</title></svg>`, `<img alt="secret" src=x>`,
		`<select><option>secret</option></select>`, `<textarea>secret</textarea>`, `<iframe>secret</iframe>`,
	} {
		d, err := extract.Page(news.Page{Name: "x", MediaType: "text/html", Body: []byte(
			"<title>Ferry</title><article><p>The ferry sails again, the harbour authority said.</p>" + hidden + "<p>It had been docked for a week, said its captain.</p></article>")})
		if err != nil || strings.Contains(d.Text, "secret") || !strings.Contains(d.Text, "docked for a week") {
			t.Errorf("%s: %q %v", hidden, d.Text, err)
		}
	}
}

// TestLargePagesAreBounded: time must grow with size no faster than size, and no page passes
// its budgets in silence.
func TestLargePagesAreBounded(t *testing.T) {
	for _, c := range []struct{ name, unit, flag string }{
		{"nested boxes", "<div>x", "nesting"},
		{"nested inline", "<b>x", "nesting"},
		{"html again and again", "<html a1=1 b=2>", ""},
		{"misnested", "<font><p>x", ""},
		{"links in a table", "<table><a>x", ""},
		{"unclosed lists", "<ul><li>x", "nesting"},
		{"end tags of nothing", "</div></p></b>x", ""},
		{"open boxes, foreign ends", "<section>x</article>", "nesting"},
		{"paragraphs", "<p>The harbour authority said so.", ""},
		{"references", "&amp;&nbsp;&x;", ""},
		{"attributes", "<i a=1 b=2 c=3>x", ""},
		{"comments", "<!-- x --><!", ""},
		{"boxes of class words", `<div class="related-comments newsletter">x`, "nesting"},
	} {
		took := func(n int) time.Duration {
			body := []byte(strings.Repeat(c.unit, n/len(c.unit)))
			best := time.Hour
			for range 2 {
				start := time.Now()
				d, _ := extract.Page(news.Page{Name: "x", MediaType: "text/html", Body: body})
				best = min(best, time.Since(start))
				flags := fmt.Sprint(d.Flags)
				if c.flag != "" && n >= 1<<16 && !strings.Contains(flags, c.flag) {
					t.Errorf("%s: flags %s", c.name, flags)
				}
			}
			return best
		}
		// A busy machine may spoil one measurement, not three.
		for try := 0; ; try++ {
			small, large := took(1<<17), took(1<<19)
			if large <= 12*small+400*time.Millisecond {
				break
			}
			if try == 2 {
				t.Errorf("%s: four times the size took %v after %v", c.name, large, small)
				break
			}
		}
	}
}

// TestHostile reads the hostile pages of the shared corpus and holds those expectations of its
// manifest that are extraction's.
func TestHostile(t *testing.T) {
	dir := os.Getenv("DATELINE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared")
	}
	dir = filepath.Join(dir, "hostile", "html")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("TestHostile skipped: no hostile pages at %s; set DATELINE_SHARED", dir)
	}
	type want struct {
		is    error
		says  string // in the error
		has   []string
		lacks []string
		flag  string
	}
	ferry := "The harbour authority said on Tuesday that ferry services would resume"
	wants := map[string]want{
		"article_v1":               {has: []string{"“The dam holds 412 million litres,” said Ana Ruiz.", ferry}},
		"article_v3_retracted":     {has: []string{"This article has been removed"}},
		"attrs_20k_one_tag":        {is: news.ErrNoArticle, flag: "attributes-dropped"},
		"attr_merge_quadratic_64k": {is: news.ErrNoArticle},
		"base_href":                {is: news.ErrNoArticle},
		"canonical_hijack":         {has: []string{ferry}},
		"charset_conflict":         {is: news.ErrNoArticle, has: []string{"Наводнение: мост закрыт"}},
		"charset_meta_late":        {has: []string{"Наводнение: мост закрыт"}},
		"error_200":                {is: news.ErrNoArticle, says: "error page"},
		"hidden_injection":         {has: []string{ferry}, lacks: []string{"Ignore previous", "delete_feed", "approve", "obey"}},
		"jsonld_hostile":           {has: []string{ferry}, lacks: []string{"minister resigned", "alert"}},
		"mxss_set":                 {lacks: []string{"alert(1)", "onerror"}},
		"nest_div_600":             {has: []string{"TEXT AT THE BOTTOM"}, flag: "nesting"},
		"nest_b_100k":              {is: news.ErrNoArticle, flag: "nesting"},
		"null_bytes":               {lacks: []string{"\x00"}},
		"ok_article":               {has: []string{"Paragraph 0. " + ferry, "Paragraph 7. " + ferry}},
		"one_line_8mb":             {is: news.ErrNoArticle, flag: "page-cut"},
		"parked_domain":            {is: news.ErrNoArticle, says: "parked"},
		"quotes_spans":             {has: []string{"“We’ll reopen the pier & slip,” she said.", "é vs é “NFD”", "הוא אמר “שלום”", "👩‍🚒"}},
		"soft_404":                 {is: news.ErrNoArticle, says: "soft 404"},
		"unclosed_comment":         {has: []string{"visible"}},
		"wall_captcha":             {is: news.ErrNoArticle, says: "challenge"},
		"wall_cookie":              {is: news.ErrNoArticle, says: "wall: consent"},
		"wall_js_required":         {is: news.ErrNoArticle, says: "needs JavaScript"},
		"wall_paywall_teaser":      {has: []string{"The harbour authority said on Tuesday that ferry"}, flag: "partial"},
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	seen := 0
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name, zipped := strings.CutSuffix(filepath.Base(path), ".gz")
		if zipped {
			z, err := gzip.NewReader(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			if raw, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		name = strings.TrimSuffix(name, ".html")
		page := news.Page{Name: name, MediaType: "text/html", Body: raw}
		start := time.Now()
		d, err := extract.Page(page)
		if took := time.Since(start); took > time.Second && !testing.Short() { // short: under the race detector
			t.Errorf("%s took %v", name, took)
		}
		if name != "charset_meta_late" { // windows-1251, which the check cannot know
			checkDocument(t, page, d)
		}
		w, ok := wants[name]
		if !ok {
			continue
		}
		seen++
		if w.is != nil && !errors.Is(err, w.is) || w.is == nil && err != nil && !errors.Is(err, news.ErrNoArticle) || !strings.Contains(fmt.Sprint(err), w.says) {
			t.Errorf("%s: error %v, want %v %q", name, err, w.is, w.says)
		}
		for _, h := range w.has {
			if !strings.Contains(d.Text, h) {
				t.Errorf("%s: the text lacks %q", name, h)
			}
		}
		for _, l := range w.lacks {
			if strings.Contains(d.Text, l) {
				t.Errorf("%s: the text has %q", name, l)
			}
		}
		if !strings.Contains(fmt.Sprint(d.Flags), w.flag) {
			t.Errorf("%s: flags %v, want %q", name, d.Flags, w.flag)
		}
	}
	if seen != len(wants) {
		t.Errorf("%d of %d pages were there", seen, len(wants))
	}
	// A page that claims another host is not believed.
	raw, _ := os.ReadFile(filepath.Join(dir, "canonical_hijack.html"))
	d, err := extract.Page(news.Page{Name: "x", URL: "https://other.example/1", MediaType: "text/html", Body: raw})
	if err != nil || d.Meta.Canonical != "" || d.Meta.Outlet.Name != "" {
		t.Errorf("hijack: canonical %q outlet %q %v", d.Meta.Canonical, d.Meta.Outlet.Name, err)
	}
	// The body that a teaser page shows has no word of its wall.
	raw, _ = os.ReadFile(filepath.Join(dir, "wall_paywall_teaser.html"))
	d, _ = extract.Page(news.Page{Name: "x", MediaType: "text/html", Body: raw})
	for _, b := range d.Blocks {
		if b.Kind == news.Body && strings.Contains(b.Span.Of(d.Text), "Subscribe") {
			t.Errorf("teaser: body %q", b.Span.Of(d.Text))
		}
	}
}

// TestServedCharset: what the server says of the encoding goes before what the page says, in a
// field of its own or behind the media type; bytes that are UTF-8 are UTF-8.
func TestServedCharset(t *testing.T) {
	const cyrillic = "<meta charset=iso-8859-1><p>\xcf\xe0\xf0\xee\xec \xf1\xed\xee\xe2\xe0 \xf5\xee\xe4\xe8\xf2 \xf7\xe5\xf0\xe5\xe7 \xe7\xe0\xeb\xe8\xe2.</p>"
	for _, p := range []news.Page{
		{MediaType: "text/html", Charset: "windows-1251", Body: []byte(cyrillic)},
		{MediaType: `text/html; charset="Windows-1251"`, Body: []byte(cyrillic)},
		{MediaType: "text/plain; charset=windows-1251", Body: []byte(cyrillic)},
		{MediaType: "text/html; charset=windows-1251", Body: []byte("<p>Паром снова ходит через залив.</p>")},
	} {
		d, err := extract.Page(p)
		if err != nil || !strings.Contains(d.Text, "Паром снова ходит через залив.") {
			t.Errorf("%s, %s: %q %v", p.MediaType, p.Charset, d.Text, err)
		}
	}
}

func FuzzPage(f *testing.F) {
	pages, _ := filepath.Glob("testdata/*.html")
	for _, p := range pages {
		b, _ := os.ReadFile(p)
		f.Add(b, "")
	}
	f.Add([]byte("<p>caf\xe9 &copyright; e\u0301 <b>x</p>y</b>"), "windows-1252")
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00x\x00"), "")
	f.Fuzz(func(t *testing.T, body []byte, charset string) {
		p := news.Page{Name: "x", MediaType: "text/html", Charset: charset, Body: body}
		d, err := extract.Page(p)
		if err != nil && !errors.Is(err, news.ErrNoArticle) && !errors.Is(err, news.ErrUnreadable) {
			t.Fatal(err)
		}
		if utf8.Valid(body) && !bytes.Contains(body, []byte{0}) {
			checkDocument(t, p, d)
		}
		again, _ := extract.Page(p)
		if again.Text != d.Text {
			t.Fatal("two readings of one page differ")
		}
	})
}

// BenchmarkPage reads the invented pages of testdata and one long page made of them.
func BenchmarkPage(b *testing.B) {
	paths, _ := filepath.Glob("testdata/*.html")
	var pages [][]byte
	size := 0
	for _, p := range paths {
		body, _ := os.ReadFile(p)
		pages = append(pages, body)
		size += len(body)
	}
	long := bytes.Repeat([]byte(`<div class="card"><a href="/x">A headline of some words</a><span>May 3</span></div><p class="body">The harbour authority said on Tuesday, &ldquo;services will resume&rdquo;, after checks of the <a href="/p">pier</a>.</p>`), 600)
	for _, c := range []struct {
		name  string
		pages [][]byte
		size  int
	}{{"small", pages, size}, {"long", [][]byte{long}, len(long)}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(c.size))
			b.ReportAllocs()
			for range b.N {
				for _, body := range c.pages {
					extract.Page(news.Page{Name: "x", MediaType: "text/html", Body: body})
				}
			}
		})
	}
}

// TestWhatTheHostTells: a name in the title that is the host's is the outlet and no headline,
// and a date that the time of fetching rules out is read the other way round.
func TestWhatTheHostTells(t *testing.T) {
	const prose = "<p>The ferry sails again from Monday, the harbour authority said in a statement on its site.</p><p>It had been docked for a week after a storm, said its captain, who has steered it for thirty years.</p>"
	read := func(title, printed, url string, fetched time.Time) news.Document {
		t.Helper()
		d, err := extract.Page(news.Page{Name: "x", URL: url, Fetched: fetched, MediaType: "text/html", Body: []byte("<title>" + title + "</title><h1>Ferry sails again</h1><p class=date>" + printed + "</p>" + prose)})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	fetched := time.Date(2031, 3, 8, 9, 0, 0, 0, time.UTC)
	d := read("Ferry sails again | The Alba Courier", "3/7/2031", "https://www.alba-courier.example/ferry", fetched)
	if d.Meta.Outlet.Name != "The Alba Courier" || d.Meta.Outlet.Basis != news.Stated {
		t.Errorf("outlet %+v", d.Meta.Outlet)
	}
	if got := d.Meta.Published.When.String(); got != "2031-03-07" {
		t.Errorf("3/7 fetched on 8 March is %s", got)
	}
	if d := read("The Alba Courier", "7/3/2031", "https://albacourier.example/ferry", fetched); d.Meta.Title == nil || d.Meta.Title.Text != "Ferry sails again" || d.Meta.Published.When.String() != "2031-03-07" {
		t.Errorf("title %+v, published %+v", d.Meta.Title, d.Meta.Published)
	}
	if d := read("Ferry | Something", "7/3/2031", "https://other.example/ferry", time.Time{}); d.Meta.Published.When.String() != "2031-07-03" {
		t.Errorf("published %+v: with the time of fetching unknown the language decides", d.Meta.Published)
	}
}
