package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"dateline/news"
	"dateline/search"
	"dateline/store"
	"dateline/text"
)

// open opens a folder for a test and closes it at the end.
func open(t testing.TB, dir string, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// page is an invented page: a headline, a paragraph, and a quotation.
func page(i int) news.Page {
	return news.Page{
		Name: fmt.Sprintf("https://alba.example/%d", i), URL: fmt.Sprintf("https://alba.example/%d", i), MediaType: "text/plain",
		Fetched: time.Date(2031, 5, 3, 12, 0, 0, 0, time.UTC),
		Body:    fmt.Appendf(nil, "The bridge of Port Alba, part %d\n\nThe council met on Tuesday in Półwysep. \"We open bridge number %d in May,\" said Ana Ruiz.\n", i, i),
	}
}

// large is an invented page whose body is too large to stay in the database.
func large(i int) news.Page {
	p := page(i)
	random := rand.New(rand.NewPCG(uint64(i), 0))
	for range 3000 {
		p.Body = fmt.Appendf(p.Body, "%04x ", random.IntN(1<<16))
	}
	return p
}

var saying = regexp.MustCompile(`("[^"]+,") (said) ([A-Z]\w+ [A-Z]\w+)`)

// read is a reader for such pages. A page without a line end has no article.
func read(p news.Page, reader string) news.Reading {
	body := string(p.Body)
	d := news.Document{Page: p.ID(), Revision: p.Revision(), Reader: reader, Name: p.Name, URL: p.URL, MediaType: "text/plain", Text: body, Alignment: text.Identity(len(body))}
	end := strings.Index(body, "\n")
	if end < 0 {
		return news.Reading{Document: d, Failure: "no article on the page"}
	}
	title := text.Span{Start: 0, End: end}
	prose := text.Span{Start: end, End: len(body)}.Trim(body)
	a := news.Article{ID: news.NewArticleID(d.Page, title.Of(body)), Page: d.Page, Revision: d.Revision, Reader: reader, Name: p.Name, Role: news.Main,
		Text: body, Range: text.Span{Start: 0, End: len(body)}, Title: news.NewExcerpt(body, title), Language: "en",
		Outlet:    news.Outlet{Name: "Alba Courier", Basis: news.Inferred, Reason: news.Reason{Rule: "host"}},
		Published: news.Published{When: news.At(news.Day(2031, 5, 3)), Basis: news.Inferred, Reason: news.Reason{Rule: "fetched"}},
		Segments:  []news.Segment{{Span: title, Kind: news.Title, Reason: "first line"}, {Span: prose, Kind: news.Body, Reason: "prose"}},
		Sentences: []text.Span{title, prose}}
	n := news.Annotation{Article: a, Analysed: true}
	for _, m := range saying.FindAllStringSubmatchIndex(body, -1) {
		content := text.Span{Start: m[2], End: m[3]}
		source := text.Span{Start: m[6], End: m[7]}
		entity := news.Entity{ID: news.NewEntityID(string(a.ID), source.Of(body)), Name: source.Of(body), Type: news.Person, Mentions: []news.Mention{{Span: source, Kind: news.ByName}}}
		n.Entities = append(n.Entities, entity)
		n.Statements = append(n.Statements, news.Statement{ID: news.NewStatementID(a.ID, content.Of(body), 0), Article: a.ID, Source: source,
			Cue: []text.Span{{Start: m[4], End: m[5]}}, Content: []text.Span{content}, Mode: news.Direct, Act: news.Speech, Polarity: news.Positive,
			Speaker: news.Speaker{Entity: entity.ID, Name: entity.Name, Reason: news.Reason{Rule: "named"}}, Issues: []string{"The bridge"}, Confidence: 0.9,
			Reasons: []news.Reason{{Rule: "quote-then-cue"}}})
	}
	return news.Reading{Document: d, Annotations: []news.Annotation{n}}
}

// place puts each article into a story of its own.
func place(r news.Reading) news.Placement {
	var p news.Placement
	for _, a := range r.Annotations {
		v := news.NewEventID(a.Article.ID)
		y := news.Story{ID: news.NewStoryID(v), Name: a.Article.Title.Text, Events: []news.Event{{ID: v, Title: a.Article.Title.Text, Date: a.Article.Published.When,
			Articles: []news.ArticleID{a.Article.ID}, Reason: news.Reason{Rule: "founder"}}}}
		p.Stories = append(p.Stories, y)
		for _, s := range a.Statements {
			p.Entries = append(p.Entries, news.Entry{ID: news.NewEntryID("utterance", string(s.ID)), Kind: news.Utterance, Story: y.ID, Actor: s.Speaker,
				Text: s.Words(r.Document.Text), Statements: []news.StatementID{s.ID}, Quotes: []news.Quote{s.Quote(r.Document.Text)},
				Origins: news.Origins{Least: 1, Most: 1}, Rule: news.Reason{Rule: "utterance"}})
		}
	}
	return p
}

// work works the queue off.
func work(t testing.TB, s *store.Store, reader string) {
	t.Helper()
	ctx := context.Background()
	for {
		jobs, err := s.Lease(ctx, news.ReadStep, 50)
		if err != nil {
			t.Fatal(err)
		}
		for _, j := range jobs {
			p, err := s.Page(ctx, j.Revision)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.SaveReading(ctx, j, read(p, reader)); err != nil {
				t.Fatal(err)
			}
		}
		places, err := s.Lease(ctx, news.PlaceStep, 50)
		if err != nil {
			t.Fatal(err)
		}
		for _, j := range places {
			r, err := s.Reading(ctx, j.Revision)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.SavePlacement(ctx, j, place(r)); err != nil {
				t.Fatal(err)
			}
		}
		if len(jobs)+len(places) == 0 {
			return
		}
	}
}

// add adds pages and works them off.
func add(t testing.TB, s *store.Store, pages ...news.Page) {
	t.Helper()
	for _, p := range pages {
		if _, err := s.AddPage(context.Background(), p); err != nil {
			t.Fatal(err)
		}
	}
	work(t, s, "test/1")
}

func TestAPageTravelsThroughTheHouse(t *testing.T) {
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "data")
	s := open(t, dir, store.Options{})
	added, err := s.AddPage(ctx, page(1))
	if err != nil || added.State != news.NewPage {
		t.Fatalf("%+v, %v", added, err)
	}
	if again, err := s.AddPage(ctx, page(1)); err != nil || again.State != news.KnownPage || again.Revision != added.Revision {
		t.Fatalf("added twice: %+v, %v", again, err)
	}
	if p, _ := s.Progress(ctx, added.Revision); p.Done {
		t.Error("done before anybody worked")
	}
	work(t, s, "test/1")
	if p, err := s.Progress(ctx, added.Revision); err != nil || !p.Done || p.Articles != 1 || p.Failure != "" {
		t.Errorf("progress %+v, %v", p, err)
	}

	r, err := s.Reading(ctx, added.Revision)
	if err != nil {
		t.Fatal(err)
	}
	want := read(page(1), "test/1")
	if !reflect.DeepEqual(r, want) {
		t.Errorf("the reading came back as\n%+v\nnot\n%+v", r, want)
	}

	found, err := s.Search(ctx, `bridges półwysep "number 1"`, search.Page{Limit: 10})
	if err != nil || len(found.Hits) != 2 || found.Hits[0].Statement != nil || found.Hits[1].Statement == nil {
		t.Fatalf("search: %+v, %v", found, err)
	}
	var words []string
	for _, r := range found.Hits[0].Ranges {
		words = append(words, r.Of(want.Document.Text))
	}
	if got := strings.Join(words, "|"); got != "Półwysep|bridge|number 1" && got != "Półwysep|bridge number 1" {
		t.Errorf("ranges mark %q", got)
	}
	found, err = s.Search(ctx, "open bridge", search.Page{Limit: 10})
	if err != nil || len(found.Hits) != 2 {
		t.Fatalf("search: %+v, %v", found, err)
	}

	var entries []news.Entry
	for e, err := range s.Entries(ctx, news.Filter{Actor: "ruiz", Issue: "the bridge"}) {
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
	}
	if len(entries) != 1 {
		t.Fatalf("entries %+v", entries)
	}
	trace, err := s.Why(ctx, string(entries[0].ID))
	if err != nil || len(trace.Evidence) != 1 {
		t.Fatalf("why: %+v, %v", trace, err)
	}
	part := trace.Evidence[0].Parts[0]
	if string(part.Bytes) != entries[0].Text || part.Text != entries[0].Text || string(page(1).Body[part.Original.Start:part.Original.End]) != part.Text {
		t.Errorf("the ledger says %q, the bytes %q", entries[0].Text, part.Bytes)
	}
	for _, e := range entries[:1] {
		for y, err := range s.Stories(ctx, time.Time{}) {
			if err != nil || y.ID != e.Story || len(y.Events) != 1 || len(y.Events[0].Articles) != 1 {
				t.Errorf("story %+v, %v", y, err)
			}
		}
	}
	near, err := s.Nearby(ctx, read(page(2), "test/1").Annotations[0].Article, 5)
	if err != nil || len(near) != 1 {
		t.Errorf("nearby: %+v, %v", near, err)
	}
	if _, err := s.Why(ctx, "snothing"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("an unknown id: %v", err)
	}
	c, err := s.Counts(ctx)
	if err != nil || c.Pages != 1 || c.Articles != 1 || c.Statements != 1 || c.Entries != 1 || c.Stories != 1 || c.Queued+c.Leased+c.Failed+c.Dead != 0 {
		t.Errorf("counts %+v, %v", c, err)
	}
}

// TestFolderIsPrivate holds the modes of everything in the folder.
// TestARowFindsWhatItRestsOn holds that a ledger row finds its statement, and by that its issues, whether
// it says in which article that stands or not, and where only an earlier version of the article has it.
func TestARowFindsWhatItRestsOn(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	add(t, s, page(1))
	first := read(page(1), "test/1")
	statement := first.Annotations[0].Statements[0]
	later := page(1)
	later.Body = []byte("The bridge of Port Alba, part 1\n\nThe council met on Tuesday. \"We open in June,\" said Ana Ruiz.\n")
	for _, standing := range []bool{true, false} {
		if !standing {
			add(t, s, later)
		}
		for _, quotes := range [][]news.Quote{{statement.Quote(first.Document.Text)}, {{Article: "aunknown"}}, nil} {
			p := place(first)
			p.Entries[0].Quotes = quotes
			p.Entries[0].Text = fmt.Sprint(standing, quotes) // another version of the row
			if err := s.SavePlacement(t.Context(), news.Job{}, p); err != nil {
				t.Fatalf("standing %v, quotes %v: %v", standing, quotes, err)
			}
			var rows []string
			for e, err := range s.Entries(t.Context(), news.Filter{Issue: "the bridge"}) {
				if err != nil || e.Withdrawn {
					t.Errorf("row %+v, %v", e, err)
				}
				rows = append(rows, e.Text)
			}
			if len(rows) != 1 || rows[0] != p.Entries[0].Text {
				t.Errorf("standing %v, quotes %v: rows of its issue %q", standing, quotes, rows)
			}
		}
	}
	p := place(first)
	p.Entries[0].Statements = []news.StatementID{"saaaaaaaaaaaaaaaa"}
	if err := s.SavePlacement(t.Context(), news.Job{}, p); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("a row that rests on nothing: %v", err)
	}
}

func TestFolderIsPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	add(t, open(t, dir, store.Options{}), page(1), large(2))
	filepath.WalkDir(dir, func(path string, d os.DirEntry, _ error) error {
		info, err := d.Info()
		if err != nil {
			t.Fatal(err)
		}
		want := os.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %o, not %o", path, info.Mode().Perm(), want)
		}
		return nil
	})
}
