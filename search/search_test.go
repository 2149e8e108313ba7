package search

import (
	"slices"
	"strings"
	"testing"

	"dateline/news"
	"dateline/text"
)

const ferry = "Ferry toll to rise\n\nThe council will raise the toll, Ana Ruiz said. \"Nobody likes to pay,\" she said."

// document is an article with a title, prose and two statements.
func document(t testing.TB) Document {
	t.Helper()
	at := func(words string) text.Span {
		i := strings.Index(ferry, words)
		return text.Span{Start: i, End: i + len(words)}
	}
	a := news.Annotation{Article: news.Article{Language: "en-GB", Range: text.Span{Start: 0, End: len(ferry)}, Title: news.NewExcerpt(ferry, at("Ferry toll to rise")),
		Outlet: news.Outlet{Name: "Alba Courier"}, Published: news.Published{When: news.At(news.Day(2031, 5, 3))},
		Segments: []news.Segment{{Span: text.Span{Start: at("The council").Start, End: len(ferry)}, Kind: news.Body}}},
		Entities: []news.Entity{{ID: "e1", Name: "Ana Ruiz", Mentions: []news.Mention{{Span: at("Ana Ruiz")}, {Span: at("she")}}}}}
	for _, words := range []string{"The council will raise the toll", "\"Nobody likes to pay,\""} {
		a.Statements = append(a.Statements, news.Statement{Content: []text.Span{at(words)}, Source: at("she"), Mode: news.Direct, Act: news.Speech, Speaker: news.Speaker{Name: "Ana Ruiz"}})
	}
	return NewDocument(a, ferry)
}

func TestDigestHoldsTheDocument(t *testing.T) {
	d := document(t)
	g, err := ParseDigest(NewDigest(d))
	if err != nil {
		t.Fatal(err)
	}
	if g.Title.len() != len(d.Title) || g.Body.len() != len(d.Body) || g.Outlet != "Alba Courier" || g.Published != "2031-05-03" || !slices.Equal(g.Places, d.Places) {
		t.Errorf("%+v", g)
	}
	for i, s := range d.Statements {
		var want, got []uint32
		for _, k := range s.Content {
			want = append(want, hash(Term(k.Word)))
		}
		for _, r := range g.Statements[i].runs {
			for k := range r.n {
				got = append(got, g.word(r.start+k))
			}
		}
		if !slices.Equal(got, want) || g.Statements[i].Speaker != "Ana Ruiz" || g.Statements[i].Mode != news.Direct {
			t.Errorf("statement %d: words %v, want %v: %+v", i, got, want, g.Statements[i])
		}
	}
}

func FuzzParseDigest(f *testing.F) {
	f.Add(NewDigest(document(f)))
	f.Add([]byte{1})
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := ParseDigest(b)
		if err != nil {
			return
		}
		r := NewRanker([]Wanted{{Term: "toll", Word: "toll", Have: 1}}, Stats{N: 10, Title: 4, Body: 20})
		r.Score(&d)
		all := []Ranked{{Root: 1, Place: -1}}
		for i := range d.Statements {
			all = append(all, Ranked{Root: 1, Place: i})
		}
		r.Rank(all, map[int64]*Digest{1: &d}, "")
	})
}

func TestRankPrefers(t *testing.T) {
	digest := func(title, body string) *Digest {
		d, err := ParseDigest(NewDigest(Document{Title: TokensOf(title), Body: TokensOf(body)}))
		if err != nil {
			t.Fatal(err)
		}
		return &d
	}
	r := NewRanker([]Wanted{{Term: Term("ferry"), Have: 5}, {Term: Term("toll"), Have: 50}}, Stats{N: 100, Title: 4, Body: 8})
	for name, pair := range map[string][2]*Digest{
		"both words":     {digest("", "the ferry has a toll now"), digest("", "the ferry has a crew now")},
		"the rarer word": {digest("", "the ferry has a crew"), digest("", "the toll has a critic")},
		"the title":      {digest("Ferry", "it has a crew"), digest("Crew", "it has a ferry")},
		"the shorter":    {digest("", "the ferry sails"), digest("", "the ferry sails "+strings.Repeat("and sails on and on ", 9))},
		"near together":  {digest("", "the ferry toll of a town of a land of a world"), digest("", "the ferry of a town of a land of a world toll")},
		"more often":     {digest("", "ferry after ferry came in"), digest("", "ferry after boat came in")},
	} {
		if a, b := r.Score(pair[0]), r.Score(pair[1]); a <= b {
			t.Errorf("%s: %.3f is not more than %.3f", name, a, b)
		}
	}
}

func TestSnippetIsASpan(t *testing.T) {
	d := document(t)
	q, _ := Parse("pay toll nobody")
	ranges := Ranges(q, d.Body)
	var words []string
	for _, r := range ranges {
		words = append(words, r.Of(ferry))
	}
	if got := strings.Join(words, " "); got != "toll Nobody pay" {
		t.Errorf("found %q", got)
	}
	long := strings.Repeat("шум ", 200) + "toll nobody " + strings.Repeat("шум ", 200)
	places := []text.Span{{Start: 0, End: len(long)}}
	s := Snippet(long, Ranges(q, TokensOf(long)), places)
	if !s.Valid(long) || s.Len() > snippetBytes || !strings.Contains(s.Of(long), "toll nobody") || strings.HasPrefix(s.Of(long), " ") {
		t.Errorf("snippet %q", s.Of(long))
	}
	if s := Snippet(strings.Repeat("é", 500), nil, []text.Span{{Start: 0, End: 1000}}); !s.Valid(strings.Repeat("é", 500)) {
		t.Errorf("snippet %v of a text without blanks", s)
	}
}

func TestMeant(t *testing.T) {
	names := []Name{{"Ana Ruiz", Words("Ana Ruiz"), 3}, {"Anna Reitz", Words("Anna Reitz"), 1}, {"Jan Kos", Words("Jan Kos"), 9}}
	for asked, want := range map[string]string{"riuz": "Ana Ruiz", "ana riuz": "Ana Ruiz", "ruiz": "", "kos": "", "kso": "", "reits": "Anna Reitz", "zebra": ""} {
		if got := strings.Join(Meant(Words(asked), names), ", "); got != want {
			t.Errorf("%s: meant %q, want %q", asked, got, want)
		}
	}
}
