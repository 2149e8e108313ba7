package split_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/eval/gold"
	"dateline/news"
	"dateline/split"
	"dateline/text"
)

// TestClaims holds what is concluded of the articles of the invented pages.
func TestClaims(t *testing.T) {
	for _, c := range []struct {
		page      string
		article   int
		outlet    string
		basis     news.Basis
		rule      string
		carrier   string
		published string
		authors   []string
		language  string
	}{
		{"aggregator", 0, "", "", "", "Newsleaf", "", nil, "en"},
		{"aggregator", 1, "Alba Gazette", news.Stated, "publisher-line", "Newsleaf", "2031-05-07T09:46:00Z", nil, "en"},
		{"aggregator", 2, "The Northern Courier", news.Stated, "publisher-line", "Newsleaf", "2031-05-07T09:00:00Z~", nil, "en"},
		{"brief-glued", 0, "The Guardian", news.Inferred, "source-told-it", "newsleaf", "", nil, "en"},
		{"appeal-first", 0, "The Guardian", news.Stated, "asks-for-comment", "", "2031-05-06", nil, "en"},
		{"dek-dateline", 0, "", "", "", "", "2025-02-24/2025-02-25", nil, "en"},
		{"template-lines", 0, "Forbes", news.Inferred, "links-to-its-own", "", "", nil, "en"},
		{"wire-copy", 0, "Reuters", news.Stated, "agency-in-dateline", "", "2031-05-06T13:05:00Z", []string{"Tomas Ito", "Petra Lindqvist"}, "en"},
		{"live-blog", 0, "", "", "", "", "2031-05-06T17:20:00Z", []string{"Jo Marsh"}, "en"},
		{"menus-around", 0, "", "", "", "", "2031-05-06", []string{"Petra Lindqvist"}, "en"},
		{"name-beside-date", 0, "", "", "", "", "2031-05-06T11:40:00Z", []string{"Jo Marsh"}, "en"},
		{"two-outlets", 1, "Northern Courier", news.Stated, "publisher-line", "", "2031-05-06", []string{"Tomas Marsh"}, "en"},
		{"outlet-and-age", 1, "The Guardian", news.Stated, "publisher-line", "", "2031-05-07T05:00:00Z~", nil, "en"},
		{"source-line", 0, "Reuters", news.Stated, "agency-in-byline", "", "2031-05-06", nil, "en"},
		{"first-published", 0, "Alba Post", news.Stated, "first-published-by", "", "2031-05-06", []string{"Ana Ruiz"}, "en"},
		{"agency-behind-headline", 0, "Reuters", news.Stated, "agency-in-byline", "", "2031-05-06T03:35:00Z", nil, "en"},
		{"agency-notice", 0, "Associated Press", news.Stated, "agency-in-dateline", "", "", nil, "en"},
		{"round-up", 0, "", "", "", "", "2031-05-06", nil, "en"},
		{"name-and-zone", 0, "", "", "", "", "2031-05-06T13:05:00Z", []string{"Ana Ruiz"}, "en"},
		{"via-outlet", 1, "The Guardian", news.Stated, "publisher-line", "", "2031-05-06", nil, "en"},
		{"german", 0, "", "", "", "", "2031-05-06", []string{"Petra Lindqvist"}, "de"},
	} {
		d := plainText(page(t, c.page))
		d.Fetched = fetched
		articles := split.Document(d)
		if len(articles) <= c.article {
			t.Errorf("%s: %d articles", c.page, len(articles))
			continue
		}
		a := articles[c.article]
		if a.Outlet.Name != c.outlet || a.Outlet.Basis != c.basis || a.Outlet.Reason.Rule != c.rule || a.Carrier != c.carrier {
			t.Errorf("%s %d: outlet %q %q by %s, carrier %q", c.page, c.article, a.Outlet.Name, a.Outlet.Basis, a.Outlet.Reason, a.Carrier)
		}
		if a.Published.When.String() != c.published || !slices.Equal(a.Authors, c.authors) || a.Language != c.language {
			t.Errorf("%s %d: published %s (%s), authors %q, language %q", c.page, c.article, a.Published.When, a.Published.Reason, a.Authors, a.Language)
		}
	}
}

// TestAges holds that an age is not reckoned from an unknown time of fetching.
func TestAges(t *testing.T) {
	a := split.Document(plainText(page(t, "aggregator")))[1]
	if !a.Published.When.IsZero() || a.Published.Basis != news.Relative || a.Published.Span.Of(a.Text) != "14 minutes ago" {
		t.Errorf("%+v", a.Published)
	}
}

func TestNotices(t *testing.T) {
	var names []string
	for _, f := range split.Document(plainText(page(t, "notices")))[0].Flags {
		names = append(names, f.Name)
	}
	if want := []string{"notice-correction", "notice-update"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
}

// TestSentences holds that a template's label is a sentence of its own, and a dateline none.
func TestSentences(t *testing.T) {
	a := split.Document(plainText(page(t, "brief-glued")))[0]
	var got []string
	for _, s := range a.Sentences[2:5] {
		got = append(got, s.Of(a.Text))
	}
	if want := []string{"Why it matters:", "The bridge has been closed for eleven years, and the ferries are full.", `Ruiz had called the idea "a dream for another day."`}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	a = split.Document(plainText(page(t, "wire-copy")))[0]
	if a.Dateline == nil || a.Dateline.Text != "PORT ALBA, May 6 (Reuters) -" {
		t.Errorf("dateline %+v", a.Dateline)
	}
	for _, s := range a.Sentences {
		if strings.Contains(s.Of(a.Text), "PORT ALBA") {
			t.Errorf("a sentence holds the dateline: %q", s.Of(a.Text))
		}
	}
}

// TestIDs holds that an article keeps its id wherever it stands, and that no two have one.
func TestIDs(t *testing.T) {
	d := plainText(page(t, "two-outlets"))
	before := split.Document(d)
	d.Text = "Menu\n\nHome\n\n" + d.Text
	d.Blocks = nil
	after := split.Document(d)
	if len(before) != 2 || len(after) != 2 || before[1].ID != after[1].ID || before[0].ID == before[1].ID {
		t.Errorf("%d articles, then %d", len(before), len(after))
	}
	twice := page(t, "two-outlets")
	twice = twice + "\n\n" + twice[strings.Index(twice, "Ferries run"):]
	seen := map[news.ArticleID]bool{}
	for _, a := range split.Document(plainText(twice)) {
		if seen[a.ID] {
			t.Errorf("two articles have the id %s", a.ID)
		}
		seen[a.ID] = true
	}
}

// TestBlocks holds how the kinds that extraction gave become articles.
func TestBlocks(t *testing.T) {
	long := strings.Repeat("The harbour council opened the old bridge over the Alba on Tuesday. ", 8)
	var d news.Document
	d.MediaType = "text/html"
	add := func(kind news.Kind, s string) {
		s = strings.TrimSpace(s)
		if d.Text != "" {
			d.Text += "\n\n"
		}
		d.Blocks = append(d.Blocks, news.Block{Span: text.Span{Start: len(d.Text), End: len(d.Text) + len(s)}, Kind: kind})
		d.Text += s
	}
	add(news.Boilerplate, "Home")
	add(news.Title, "Council opens the bridge")
	add(news.Byline, "By Ana Ito")
	add(news.Body, "PORT ALBA, May 6 (AP) - "+long)
	add(news.RelatedLink, "Toll will be three crowns")
	add(news.Title, "Ferries run empty")
	add(news.Byline, "By Tomas Marsh")
	add(news.Body, long)
	add(news.Boilerplate, "About us")
	d.Meta.Outlet = news.Outlet{Name: "Alba Gazette", Basis: news.Stated}
	d.Meta.Authors = []string{"Ana Ito"}
	d.Meta.Published = news.Published{When: news.At(news.Day(2031, 5, 6)), Basis: news.Stated}
	got := split.Document(d)
	if len(got) != 2 {
		t.Fatalf("%d articles", len(got))
	}
	if a := got[0]; a.Title == nil || a.Title.Text != "Council opens the bridge" || a.Outlet.Name != "Associated Press" || a.Carrier != "Alba Gazette" || !slices.Equal(a.Authors, []string{"Ana Ito"}) || a.Published.When.String() != "2031-05-06" {
		t.Errorf("first: %+v %+v %q %q %s", a.Title, a.Outlet, a.Carrier, a.Authors, a.Published.When)
	}
	if a := got[1]; a.Role != news.Embedded || !slices.Equal(a.Authors, []string{"Tomas Marsh"}) || a.Title == nil || a.Title.Text != "Ferries run empty" || a.Outlet.Name != "" {
		t.Errorf("second: %s %+v %+v", a.Role, a.Title, a.Outlet)
	}
	tile(t, d.Text, got)
}

// tile checks what every reading owes: segments in order, not overlapping, inside the text and
// with every visible character of it; sentences in order, inside the article.
func tile(t *testing.T, page string, articles []news.Article) {
	t.Helper()
	holds := make([]bool, len(page))
	for i, a := range articles {
		if a.Text != page || a.Index != i || !a.Range.Valid(page) || a.Range.Empty() || a.ID == "" {
			t.Fatalf("article %d: range %v, index %d, id %q in %q", i, a.Range, a.Index, a.ID, page)
		}
		at := 0
		for _, s := range a.Segments {
			if !s.Span.Valid(page) || s.Span.Empty() || s.Span.Start < at || !slices.Contains(news.Kinds, s.Kind) || s.Reason == "" && page != "" && articles[0].Page != "" {
				t.Fatalf("article %d: segment %+v after %d in %q", i, s, at, page)
			}
			at = s.Span.End
			for k := s.Span.Start; k < s.Span.End; k++ {
				if holds[k] {
					t.Fatalf("two records hold %d in %q", k, page)
				}
				holds[k] = true
			}
		}
		at = a.Range.Start
		for _, s := range a.Sentences {
			if !s.Valid(page) || s.Start < at || s.End > a.Range.End || s.Empty() {
				t.Fatalf("article %d: sentence %v after %d in %q", i, s, at, page)
			}
			at = s.End
		}
		for _, e := range []*news.Excerpt{a.Title, a.Byline, a.Dateline} {
			if e != nil && e.Span.Of(page) != e.Text {
				t.Fatalf("article %d: %+v", i, e)
			}
		}
	}
	if len(articles) == 0 {
		return
	}
	for i, r := range page {
		if !holds[i] && !text.IsSpace(r) {
			t.Fatalf("no segment holds %q at %d of %q", r, i, page)
		}
	}
}

func FuzzDocument(f *testing.F) {
	f.Add("Bridge opens\n\nBy Ana Ito\n6 May 2031\n\nPORT ALBA (AP) - It opened on Tuesday.Why it matters: It is old.\nComments\nAlba Post\n2 hours ago\n- Alba Post\nA toll\nIt costs \"three\" crowns, he said. It does.")
	f.Add("date 2031-05-06 Support us Read more\nopen image in gallery A bridge ( AP )\nIs it open? | BBC News\n18:20\n#a #b")
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ToValidUTF8(s, "") != s {
			return
		}
		d := plainText(s)
		d.Fetched = fetched
		tile(t, s, split.Document(d))
	})
}

// TestLinear reads pages of a kind that each rule could take too long over.
func TestLinear(t *testing.T) {
	for _, unit := range []string{"Alba Gazette\n2 hours ago\n- Alba Gazette\nA title of some words\nThe bridge is open, and people cross it every day of the week now.\n", "Comments\n", "A title of some words\n\n", "2 hours ago\n", "By Ana Ito\n", "The bridge is open. ", "Why it matters: A.", "Bridge opens | BBC News\n", "x: ", "\n", "Corrections: a\n", "Related\n", "(Getty)\n", "open image in gallery A b ( AFP/Getty ) ", "May 6, 2031 ", "Your support helps us. Donate now. ", "A - ", "a | Reuters ", "A ", "#a "} {
		s := strings.Repeat(unit, 1<<17/len(unit))
		begin := time.Now()
		split.Document(plainText(s))
		if took := time.Since(begin); took > 5*time.Second && !testing.Short() { // short: under the race detector
			t.Errorf("%d bytes of %q took %v", len(s), unit, took)
		} else if testing.Verbose() {
			t.Logf("%q: %v", unit, took)
		}
	}
}

func BenchmarkDocument(b *testing.B) {
	paths, err := filepath.Glob("testdata/*.gold")
	if err != nil {
		b.Fatal(err)
	}
	var pages []news.Document
	size := 0
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			b.Fatal(err)
		}
		plain, _, err := gold.Parse(string(data))
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, plainText(plain))
		size += len(plain)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, d := range pages {
			split.Document(d)
		}
	}
}

// TestOutletNobodyKnows: an outlet on no list is found by the host of the page, by whom nameless
// sources told, and by its name behind headlines.
func TestOutletNobodyKnows(t *testing.T) {
	prose := strings.Repeat("The old bridge will be closed to lorries until the summer, the council said on Wednesday. ", 6)
	for _, c := range []struct{ name, url, text, outlet, rule string }{
		{"named as the host", "https://albaline.example/x", "Bridge closed to lorries\n\n" + prose + "\n\nWant more? Sign up for Albaline Dawn", "Albaline", "named-as-host"},
		{"another's name", "https://sunwise.example/x", "Bridge closed to lorries\n\n" + prose + "\n\nWant more? Sign up for Albaline Dawn", "", ""},
		{"told in words", "", "newsleaf logo\n\nBridge closed to lorries\n\n" + prose + "\"The rest is noise,\" an official told Albaline.", "Albaline", "source-told-it"},
		{"told to one of the story", "", "newsleaf logo\n\nBridge closed to lorries\n\n" + prose + "Vidal was not glad. \"The rest is noise,\" an official told Vidal.", "", ""},
		{"links to its own", "", "Bridge closed to lorries\n\n" + prose + "\n\nFerry Owners Ask For Money (The Alba Standard)\n\nFive Things To Know About Tolls (The Alba Standard)", "The Alba Standard", "links-to-its-own"},
	} {
		d := plainText(c.text)
		d.URL = c.url
		if a := split.Document(d)[0]; a.Outlet.Name != c.outlet || a.Outlet.Reason.Rule != c.rule {
			t.Errorf("%s: %q by %s, want %q by %s", c.name, a.Outlet.Name, a.Outlet.Reason, c.outlet, c.rule)
		}
	}
}

// TestCards: on a page of which extraction gave the kinds, the lines above a further headline are
// that article's, and the page's own name is not the outlet of its first.
func TestCards(t *testing.T) {
	d := news.Document{Name: "page.html", MediaType: "text/html", Fetched: fetched, Meta: news.Metadata{Outlet: news.Outlet{Name: "Leaf of News", Basis: news.Stated}}}
	add := func(k news.Kind, s string) {
		if d.Text != "" {
			d.Text += "\n\n"
		}
		d.Blocks = append(d.Blocks, news.Block{Span: text.Span{Start: len(d.Text), End: len(d.Text) + len(s)}, Kind: k})
		d.Text += s
	}
	prose := strings.Repeat("The roof of the old school will be mended this summer, the town said on Wednesday. ", 8)
	add(news.Title, "Ferry services to resume")
	add(news.Body, prose)
	add(news.RelatedLink, "Hide")
	add(news.Publisher, "The Alba Herald")
	add(news.DateKind, "3 hours ago")
	add(news.Title, "School roof to be mended")
	add(news.Body, prose)
	articles := split.Document(d)
	if len(articles) != 2 {
		t.Fatalf("%d articles", len(articles))
	}
	first, second := articles[0], articles[1]
	if first.Outlet.Name != "" || first.Carrier != "Leaf of News" {
		t.Errorf("the first is of %q, carried by %q", first.Outlet.Name, first.Carrier)
	}
	if second.Outlet.Name != "The Alba Herald" || second.Title == nil || second.Title.Text != "School roof to be mended" || second.Published.Basis != news.Relative {
		t.Errorf("the second: %v %q %v", second.Title, second.Outlet.Name, second.Published)
	}
	if first.Published.Basis != news.Inferred || first.Published.When.String() != "2031-05-07" {
		t.Errorf("the first is of %v, beside one of three hours ago on a Wednesday", first.Published)
	}
	if got := second.Range.Of(d.Text); !strings.HasPrefix(got, "The Alba Herald") {
		t.Errorf("the second begins %q", got[:40])
	}
}
