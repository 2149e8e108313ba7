package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/news"
	"dateline/search"
	"dateline/store"
	"dateline/store/invent"
	"dateline/text"
)

// A told is an article of a test: its title, its text, and who says what in it.
type told struct {
	title, text, outlet, published string
	said                           []news.Statement // by the words of their content
}

// keep stores articles with what is said in them.
func keep(t testing.TB, s *store.Store, all ...told) {
	t.Helper()
	for i, x := range all {
		address := fmt.Sprintf("https://%s.example/%d-%s", strings.ReplaceAll(strings.ToLower(x.outlet), " ", "-"), i, x.published)
		p := news.Page{Name: address, URL: address, MediaType: "text/plain", Charset: "utf-8", Body: []byte(x.title + "\n\n" + x.text + "\n")}
		body := string(p.Body)
		when, err := news.ParseInterval(x.published)
		if err != nil {
			t.Fatal(err)
		}
		title := text.Span{Start: 0, End: len(x.title)}
		prose := text.Span{Start: len(x.title) + 2, End: len(body) - 1}
		a := news.Article{ID: news.NewArticleID(p.ID(), x.title), Page: p.ID(), Revision: p.Revision(), Reader: "told/1", Name: p.Name, Role: news.Main, Language: "en",
			Text: body, Range: text.Span{Start: 0, End: len(body)}, URL: address, Title: news.NewExcerpt(body, title),
			Outlet:    news.Outlet{Name: x.outlet, Basis: news.Stated, Reason: news.Reason{Rule: "test"}},
			Published: news.Published{When: when, Basis: news.Stated, Reason: news.Reason{Rule: "test"}},
			Segments:  []news.Segment{{Span: title, Kind: news.Title, Reason: "test"}, {Span: prose, Kind: news.Body, Reason: "test"}}}
		n := news.Annotation{Article: a, Analysed: true}
		for _, st := range x.said {
			words := st.Hedge // where the test puts them
			at := strings.Index(body, words)
			if at < 0 {
				t.Fatalf("%q is not in the text", words)
			}
			st.Hedge, st.Article, st.Content = "", a.ID, []text.Span{{Start: at, End: at + len(words)}}
			st.ID = news.NewStatementID(a.ID, words, 0)
			st.Polarity, st.Reasons = news.Positive, []news.Reason{{Rule: "test"}}
			if st.Said.When.IsZero() {
				st.Said = news.Said{}
			} else {
				st.Said.Reason = news.Reason{Rule: "test"}
			}
			st.Speaker.Reason = news.Reason{Rule: "test"}
			n.Statements = append(n.Statements, st)
		}
		r := news.Reading{Document: news.Document{Page: a.Page, Revision: a.Revision, Reader: a.Reader, Name: p.Name, URL: address, MediaType: "text/plain", Text: body,
			Alignment: text.Identity(len(body))}, Annotations: []news.Annotation{n}}
		if err := s.AddComplete(t.Context(), []store.Complete{{Page: p, Reading: r}}); err != nil {
			t.Fatal(err)
		}
	}
}

// says is a statement as a test gives it.
func says(who, words string, mode news.Mode, act news.Act, said string) news.Statement {
	when, _ := news.ParseInterval(said)
	return news.Statement{Hedge: words, Speaker: news.Speaker{Name: who, Anonymous: strings.HasPrefix(who, "an ")}, Mode: mode, Act: act, Said: news.Said{When: when}}
}

var harbour = []told{
	{"Ferry toll to rise", "The council will raise the ferry toll, Mayor Ana Ruiz said. \"Nobody likes to pay for a crossing,\" she said on Tuesday in Port Alba, where the last crossing is at nine and the first one at five in the morning of every day.",
		"Alba Courier", "2031-05-03", []news.Statement{
			says("Ana Ruiz", "The council will raise the ferry toll", news.Indirect, news.Speech, "2031-05-02"),
			says("Ana Ruiz", "\"Nobody likes to pay for a crossing,\"", news.Direct, news.Speech, "2031-05-02")}},
	{"Toll for the ferry", "The council will raise the ferry toll, Mayor Ana Ruiz said. \"Nobody likes to pay for a crossing,\" she said on Tuesday in Port Alba, where the last crossing is at nine and the first one at five in the morning of every day.",
		"Kestrel Wire", "2031-05-04", []news.Statement{
			says("Ana Ruiz", "The council will raise the ferry toll", news.Indirect, news.Speech, "2031-05-02")}},
	{"Bridge opens in June", "The new bridge opens in June, an official said. Jan Kos doubts it. The piers were late, and the piles later.",
		"Alba Courier", "2031-06", []news.Statement{
			says("an official", "The new bridge opens in June", news.Indirect, news.Plan, "2031-05-20/2031-05-28"),
			says("Jan Kos", "doubts it", news.Indirect, news.Thought, "")}},
	{"Lighthouse sold", "The lighthouse of Port Alba was sold at last.", "Norre Tidende", "2030", nil},
}

// found is what a query finds: titles of articles, words of statements.
func found(t testing.TB, s *store.Store, query string, page search.Page) []string {
	t.Helper()
	r, err := s.Search(t.Context(), query, page)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	var all []string
	for _, h := range r.Hits {
		if h.Statement != nil {
			all = append(all, h.Statement.Speaker.Name+": "+h.Snippet)
		} else {
			all = append(all, h.Title)
		}
	}
	return all
}

func TestSearchFields(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	keep(t, s, harbour...)
	const toll, likes, bridge, doubt = "Ana Ruiz: The council will raise the ferry toll", "Ana Ruiz: \"Nobody likes to pay for a crossing,\"",
		"an official: The new bridge opens in June", "Jan Kos: doubts it"
	for _, c := range []struct {
		query string
		only  search.Sort
		want  []string
	}{
		{"lighthouse", "", []string{"Lighthouse sold"}},
		{"ferries", search.Articles, []string{"Ferry toll to rise"}}, // the copy stands behind it
		{"lighthouses bridges", search.Articles, []string{"Bridge opens in June", "Lighthouse sold"}},
		{`"last crossing"`, "", []string{"Ferry toll to rise"}},
		{`"last crossings"`, "", nil},
		{`"crossing last"`, "", nil},
		{"light* bridge", search.Articles, []string{"Lighthouse sold"}},
		{"speaker:ruiz", "", []string{toll, likes}},
		{"speaker:ruiz crossing", "", []string{likes, toll}},
		{`speaker:"Ana Ruiz" AND crossing`, "", []string{likes}},
		{"mode:direct", "", []string{likes}},
		{"act:plan", "", []string{bridge}},
		{"anonymous:yes", "", []string{bridge}},
		{"speaker:ruiz -toll", "", []string{likes}},
		{"speaker:kos OR act:plan", "", []string{bridge, doubt}},
		{"outlet:tidende", "", []string{"Lighthouse sold"}},
		{"published:2030", search.Articles, []string{"Lighthouse sold"}},
		{"published:2030-07", search.Articles, []string{"Lighthouse sold"}},
		{"published:2031-06-13", search.Articles, []string{"Bridge opens in June"}},
		{"published:2031-05-03..2031-05-03", search.Articles, []string{"Ferry toll to rise"}},
		{"published:>=2031-06", search.Articles, []string{"Bridge opens in June"}},
		{"said:2031-05-25", "", []string{bridge}},
		{"said:..2031-05-02", "", []string{toll, likes}},
		{"lang:fr", "", nil},
		{"-ferry", search.Articles, []string{"Bridge opens in June", "Lighthouse sold"}},
		{"NOT (ferry OR bridge)", search.Articles, []string{"Lighthouse sold"}},
		{"the", search.Articles, []string{"Ferry toll to rise", "Bridge opens in June", "Lighthouse sold"}},
		{"about:alba", search.Articles, nil},
		{"zebra", "", nil},
	} {
		t.Run(c.query, func(t *testing.T) {
			got := found(t, s, c.query, search.Page{Only: c.only})
			slices.Sort(got)
			want := slices.Sorted(slices.Values(c.want))
			if !slices.Equal(got, want) {
				t.Errorf("found %q, want %q", got, want)
			}
		})
	}
	clean(t, s)
}

// TestIndexAndMatchAgree holds that a query finds the same by the index and without it.
func TestIndexAndMatchAgree(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	if err := s.Invent(ctx, 7, 60, 80, nil); err != nil {
		t.Fatal(err)
	}
	var all []news.Annotation
	for h, err := range s.Articles(ctx, time.Time{}) {
		a, e := s.Article(ctx, h.ID)
		if err != nil || e != nil {
			t.Fatal(err, e)
		}
		all = append(all, a)
	}
	word := func(i int) string { return invent.Word(uint64(i)) }
	for _, query := range []string{word(1), word(9) + " " + word(40), word(2) + " AND " + word(5), word(2) + " OR NOT " + word(5), "speaker:ruiz mode:direct", "speaker:ruiz -" + word(1),
		"outlet:courier published:2031-01-01", "published:2031-01 " + word(30), "(speaker:ruiz OR speaker:kos) AND " + word(3), `"` + word(1) + " " + word(2) + `"`, "ba*", "-speaker:kos",
		"published:2031-01-01 AND outlet:kestrel", "about:" + word(3)} {
		q, notices := search.Parse(query)
		if len(notices) > 0 {
			t.Fatal(notices)
		}
		for _, only := range []search.Sort{search.Articles, search.Statements} {
			byIndex := map[string]bool{}
			cursor := ""
			for {
				r, err := s.Search(ctx, query, search.Page{Only: only, Limit: 50, Cursor: cursor})
				if err != nil {
					t.Fatal(err)
				}
				for _, h := range r.Hits {
					id := string(h.Article)
					if h.Statement != nil {
						id = string(h.Statement.ID)
					}
					byIndex[id] = true
					for _, c := range h.Copies {
						byIndex[string(c.Article)] = true
					}
				}
				if cursor = r.Next; cursor == "" {
					break
				}
			}
			n := 0
			for _, a := range all {
				d := search.NewDocument(a, a.Article.Text)
				m := search.Match(q, &d, nil)
				if only == search.Articles && m.Article {
					n++
					if !byIndex[string(a.Article.ID)] {
						t.Errorf("%s: the index does not find article %s", query, a.Article.ID)
					}
				}
				if only == search.Statements {
					for _, i := range m.Statements {
						n++
						if !byIndex[string(a.Statements[i].ID)] && !byIndex[string(a.Article.ID)] {
							t.Errorf("%s: the index does not find %q", query, a.Statements[i].Words(a.Article.Text))
						}
					}
				}
			}
			if len(byIndex) > n {
				t.Errorf("%s: the index finds %d %s, a look at all of them %d", query, len(byIndex), only, n)
			}
		}
	}
}

func TestCopiesStandBehindTheirOriginal(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	keep(t, s, harbour[1], harbour[0], harbour[2]) // the copy arrives first
	r, err := s.Search(t.Context(), "ferry", search.Page{Only: search.Articles, Why: true})
	if err != nil || len(r.Hits) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	h := r.Hits[0]
	if h.Outlet != "Alba Courier" || len(h.Copies) != 1 || h.Copies[0].Outlet != "Kestrel Wire" || h.Copies[0].Alike < 0.9 {
		t.Errorf("%s with copies %+v", h.Outlet, h.Copies)
	}
	var rules []string
	for _, w := range h.Why {
		rules = append(rules, w.Rule)
	}
	if !slices.Contains(rules, "word") || !slices.Contains(rules, "copy-folded") {
		t.Errorf("reasons %v", h.Why)
	}
}

func TestFacetsAskForWhatTheyCount(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	keep(t, s, harbour...)
	r, err := s.Search(t.Context(), "ferry OR bridge OR crossing", search.Page{Only: search.Statements, Facets: true})
	if err != nil || len(r.Facets) == 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	for _, f := range r.Facets {
		for _, c := range f.Counts {
			narrowed := found(t, s, "(ferry OR bridge OR crossing) AND "+c.Query, search.Page{Only: search.Statements, Limit: 100})
			if len(narrowed) == 0 {
				t.Errorf("%s: nothing answers %s", f.Name, c.Query)
			}
		}
	}
}

// TestCursor holds that paging gives every hit once, in one order, whatever arrives meanwhile.
func TestCursor(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	if err := s.Invent(ctx, 3, 80, 80, nil); err != nil {
		t.Fatal(err)
	}
	query := invent.Word(1) + " " + invent.Word(4)
	pages := func(limit int, between func(i int)) []string {
		var all []string
		page := search.Page{Limit: limit}
		for i := 0; ; i++ {
			r, err := s.Search(ctx, query, page)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range r.Hits {
				id := string(h.Article)
				if h.Statement != nil {
					id = string(h.Statement.ID)
				}
				all = append(all, id)
			}
			if r.Next == "" {
				return all
			}
			page.Cursor = r.Next
			between(i)
		}
	}
	want := pages(1000, func(int) {})
	got := pages(7, func(i int) {
		if err := s.Invent(ctx, uint64(100+i), 2, 80, nil); err != nil {
			t.Fatal(err)
		}
	})
	if len(want) < 30 || !slices.Equal(got, want) {
		t.Errorf("by pages %d hits, at once %d; the same: %v", len(got), len(want), slices.Equal(got, want))
	}
	if _, err := s.Search(ctx, query, search.Page{Cursor: "nonsense"}); err == nil {
		t.Error("a cursor of nobody's is taken")
	}
}

// TestSearchAsOf holds that a query finds what stood at a time, also what stands no longer.
func TestSearchAsOf(t *testing.T) {
	now := time.Date(2031, 5, 1, 0, 0, 0, 0, time.UTC)
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{Now: func() time.Time { return now }})
	first := harbour[3]
	keep(t, s, first)
	now = now.AddDate(0, 0, 10)
	second := first
	second.text = "The lighthouse of Port Alba was not sold: the buyer had no money."
	keep(t, s, second)
	for query, want := range map[string]int{
		"money": 1, "money as-of:2031-05-05": 0, "last as-of:2031-05-05": 1, `"sold at last" as-of:2031-05-05`: 1, "last": 0, "lighthouse as-of:2031-04-01": 0,
		"lighthouse as-of:2031-05-05": 1, "lighthouse": 1, "published:2030 as-of:2031-05-05": 1,
	} {
		if got := found(t, s, query, search.Page{Only: search.Articles}); len(got) != want {
			t.Errorf("%s finds %q, want %d", query, got, want)
		}
	}
}

// TestOddQueriesAreAnswered holds that whatever one asks there is an answer or a notice.
func TestOddQueriesAreAnswered(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	keep(t, s, harbour...)
	for name, query := range map[string]string{
		"empty": "", "blanks": " \n\t", "operators": "AND OR NOT", "operators in a sentence": "a AND OR b", "brackets": "((((", "right to left": "\u202eשלום עולם\u202c",
		"a megabyte": strings.Repeat("ferry toll ", 100_000), "a megabyte without blanks": strings.Repeat("ferry", 200_000), "quotation marks": `"""`,
		"another language": "die Fähre fährt nicht", "control": "fer\x00ry \x1b[31m", "not UTF-8": "ferry \xff\xfe", "FTS5": `body : NEAR("a" "b", 3) ^x`, "stars": "* ** a**",
		"a story of nobody's": "story:nothing ferry", "an issue": "issue:ferry", "deep": strings.Repeat("(a OR ", 300), "many years": "said:..2099 published:1200..",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			r, err := s.Search(t.Context(), query, search.Page{Facets: true, Why: true})
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Hits) == 0 && len(r.Notices) == 0 && r.Query == "" {
				t.Error("neither an answer nor a notice")
			}
			if v, err := s.Check(t.Context(), query, "Ana Ruiz"); err != nil || v.Kind == "" || v.Kind != search.NotFound && len(v.Places) == 0 {
				t.Errorf("check: %+v, %v", v, err)
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

func TestDidYouMean(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	keep(t, s, harbour...)
	for query, want := range map[string]string{"speaker:riuz": "Ana Ruiz", "speaker:ruiz": "", `speaker:"anna ruiz"`: "Ana Ruiz"} {
		r, err := s.Search(t.Context(), query, search.Page{})
		if err != nil || strings.Join(r.Meant, ", ") != want {
			t.Errorf("%s: did you mean %q, %v", query, r.Meant, err)
		}
	}
}

func TestCheckTellsWhoSaidIt(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	keep(t, s, harbour...)
	v, err := s.Check(t.Context(), "Nobody likes to pay for a crossing", "Jan Kos")
	if err != nil || v.Kind != search.OtherSpeaker || v.Speaker.Name != "Ana Ruiz" || v.Said.When.String() != "2031-05-02" {
		t.Errorf("%+v, %v", v, err)
	}
	if v.Covered.Articles != 4 || v.Covered.Outlets != 3 || v.Covered.From.Year() != 2030 || v.Covered.To.Format(time.DateOnly) != "2031-06-30" {
		t.Errorf("covered %+v", v.Covered)
	}
	if v, err = s.Check(t.Context(), "the toll of the ferry will be raised by the council", ""); err != nil || v.Kind != search.Paraphrase {
		t.Errorf("%+v, %v", v, err)
	}
}

// TestOldStoriesAreNear holds that an article finds the story of an old one by the rare words that both
// have, however many newer articles share their common ones.
func TestOldStoriesAreNear(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	const articles = 2500
	if err := s.Invent(ctx, 5, articles, 60, func(int) {}); err != nil {
		t.Fatal(err)
	}
	found, asked := 0, 0
	for h, err := range s.Articles(ctx, time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		if asked++; asked > 30 {
			break
		}
		_, story, err := s.EventOf(ctx, h.ID)
		if err != nil {
			t.Fatal(err)
		}
		near, err := s.Nearby(ctx, news.Article{ID: "anew", Title: &news.Excerpt{Text: h.Title}}, 6)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(near, func(y news.Story) bool { return y.ID == story }) {
			found++
		}
	}
	if found < asked-3 {
		t.Errorf("%d of %d articles find their story", found, asked-1)
	}
}

// BenchmarkNearby finds the stories near articles like those stored, in an archive of ten thousand or the one that
// DATELINE_ARCHIVE names: what placing an article asks of the record must not cost what the record holds.
func BenchmarkNearby(b *testing.B) {
	ctx := b.Context()
	var s *store.Store
	if dir := os.Getenv("DATELINE_ARCHIVE"); dir != "" {
		s = open(b, dir, store.Options{ReadOnly: true})
	} else {
		s = open(b, filepath.Join(b.TempDir(), "data"), store.Options{})
		if err := s.Invent(ctx, 5, 10_000, 60, func(int) {}); err != nil {
			b.Fatal(err)
		}
	}
	var like []news.Article
	for h, err := range s.Articles(ctx, time.Time{}) {
		if err != nil {
			b.Fatal(err)
		}
		a, err := s.Article(ctx, h.ID)
		if err != nil {
			b.Fatal(err)
		}
		title := h.Title
		for _, e := range a.Entities {
			title += " " + e.Name
		}
		if like = append(like, news.Article{ID: "anew", Title: &news.Excerpt{Text: title}}); len(like) == 200 {
			break
		}
	}
	n := 0
	for b.Loop() {
		if _, err := s.Nearby(ctx, like[n%len(like)], 6); err != nil {
			b.Fatal(err)
		}
		n++
	}
}
