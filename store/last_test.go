package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/doctor"
	"dateline/news"
	"dateline/search"
	"dateline/store"
)

// verify is doctor's deep check, as the commands hand it to Backup and Restore.
func verify(ctx context.Context, s *store.Store) error {
	report, err := doctor.Check(ctx, s, true)
	if err == nil && len(report.Findings) > 0 {
		err = fmt.Errorf("%+v", report.Findings[0])
	}
	return err
}

// grep looks for words in every file of a folder, as they are.
func grep(t testing.TB, dir string, words ...string) (found []string) {
	t.Helper()
	filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if bytes.Contains(b, []byte(w)) {
				found = append(found, fmt.Sprintf("%q in %s", w, d.Name()))
			}
		}
		return nil
	})
	return found
}

func TestRemove(t *testing.T) {
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "data")
	s := open(t, dir, store.Options{})
	secret := page(7)
	secret.Body = []byte("Zebraquux crosses the Vexholm bridge\n\nNobody saw the plimsoldt. \"I was never in Quandry Ferncastle,\" said Xaver Ypsilon.\n")
	later := secret
	later.Body = []byte("Zebraquux crosses the Vexholm bridge again\n\nNobody saw the plimsoldt. \"I was never in Quandry Ferncastle,\" said Xaver Ypsilon.\n")
	filler := large(7).Body
	secret.Body = append(secret.Body, filler...) // a file
	add(t, s, page(1), secret, page(2))
	add(t, s, later)
	words := []string{"Zebraquux", "zebraquux", "plimsoldt", "Ferncastle", "ferncastl", "Ypsilon", "ypsilon"}
	if found := grep(t, dir, words...); len(found) == 0 {
		t.Fatal("the words cannot be found in the folder before the removal: the test proves nothing")
	}
	var entry news.EntryID
	for e, err := range s.Entries(ctx, news.Filter{Actor: "ypsilon"}) {
		if err != nil {
			t.Fatal(err)
		}
		entry = e.ID
	}
	statement, err := s.Entry(ctx, entry)
	if err != nil {
		t.Fatal(err)
	}
	noted, err := s.Decide(ctx, news.Decision{Kind: news.WriteNote, Object: string(statement.Statements[0]), Value: "Ypsilon was in Ferncastle", By: "ruiz"})
	if err != nil || noted.Anchor.Exact == "" {
		t.Fatalf("%+v, %v", noted, err)
	}
	const address = "https://courier.example/feed"
	if _, err := s.AddFeed(ctx, news.Feed{URL: address}); err != nil {
		t.Fatal(err)
	}
	f, err := s.FindFeed(ctx, address)
	at := time.Now().Add(-time.Hour)
	err = errors.Join(err, s.SavePoll(ctx, news.FeedPoll{Feed: f, At: at, Status: 200, Tally: news.Tally{Polls: 1, Served: 1, Stored: 1},
		Items: []news.ItemVersion{{Text: "Zebraquux crosses", Item: news.FeedItem{Keys: []news.ItemKey{{1}}, URL: secret.URL, Title: "Zebraquux", Seen: at, Digest: []byte{1}}}},
		Links: []news.PageLink{{URL: secret.URL, Due: at}}}))
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.FindPage(ctx, secret.Name)
	if err != nil || id != secret.ID() {
		t.Fatalf("%s, %v", id, err)
	}
	if err := s.Remove(ctx, id, ""); err == nil {
		t.Error("removed without a reason")
	}
	for range 2 {
		if err := s.Remove(ctx, id, "court order 12/31"); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range grep(t, dir, words...) {
		t.Errorf("after the removal: %s", f)
	}
	if _, err := s.Body(ctx, secret.Revision()); !errors.Is(err, news.ErrRemoved) || !strings.Contains(err.Error(), "court order") {
		t.Errorf("the body: %v", err)
	}
	if _, err := s.AddPage(ctx, secret); !errors.Is(err, news.ErrRemoved) {
		t.Errorf("added again: %v", err)
	}
	elsewhere := secret
	elsewhere.Name, elsewhere.URL = "https://other.example/", "https://other.example/"
	if _, err := s.AddPage(ctx, elsewhere); !errors.Is(err, news.ErrRemoved) || !strings.Contains(err.Error(), "court order") {
		t.Errorf("its bytes under another address: %v", err)
	}
	for d, err := range s.Decisions(ctx, string(noted.ID), true) {
		if err != nil || d.Undone.IsZero() || !d.Lost || d.Value != "" || d.By != "ruiz" {
			t.Errorf("what was decided about it: %+v, %v", d, err)
		}
	}
	if links, err := s.LinkCounts(ctx); err != nil || links[news.RefusedLink] != 1 {
		t.Errorf("links %v, %v", links, err)
	}
	if found, err := s.Search(ctx, "zebraquux", search.Page{Limit: 5}); err != nil || len(found.Hits) != 0 {
		t.Errorf("search: %+v, %v", found, err)
	}
	e, err := s.Entry(ctx, entry)
	if err != nil || e.Text != "" || e.Actor.Name != "" || e.Removed != "court order 12/31" {
		t.Errorf("the ledger row: %+v, %v", e, err)
	}
	if c, _ := s.Counts(ctx); c.Removed != 1 || c.Articles != 2 || c.Stories != 2 {
		t.Errorf("counts %+v", c)
	}
	clean(t, s)
	target := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(ctx, target, verify); err != nil {
		t.Fatal(err)
	}
	for _, f := range grep(t, target, words...) {
		t.Errorf("in a backup made afterwards: %s", f)
	}
}

func TestBackupWhileWriting(t *testing.T) {
	t.Parallel()
	ctx, top := t.Context(), t.TempDir()
	s := open(t, filepath.Join(top, "data"), store.Options{})
	if err := s.Invent(ctx, 1, 50, 40, nil); err != nil {
		t.Fatal(err)
	}
	const most = 400 // pages: a slow machine would otherwise write, and check, ever more
	stop, stopped := make(chan bool), make(chan error)
	go func() {
		for i := 0; i < most; i++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
				if _, err := s.AddPage(ctx, page(i)); err != nil {
					stopped <- err
					return
				}
				time.Sleep(5 * time.Millisecond)
			}
		}
		<-stop
		stopped <- nil
	}()
	for i := range 3 {
		target := filepath.Join(top, fmt.Sprintf("backup%d", i))
		if err := s.Backup(ctx, target, verify); err != nil {
			t.Fatal(err)
		}
		if err := s.Backup(ctx, target, verify); err == nil {
			t.Error("wrote over a backup")
		}
		back := filepath.Join(top, fmt.Sprintf("back%d", i))
		if err := store.Restore(ctx, target, back, verify); err != nil {
			t.Fatal(err)
		}
		restored, err := store.Open(ctx, back, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		work(t, restored, "test/1")
		clean(t, restored)
		restored.Close()
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

// TestBackupOfDamage holds that a body that rotted does not get into a backup unnoticed.
func TestBackupOfDamage(t *testing.T) {
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "data")
	s := open(t, dir, store.Options{})
	add(t, s, large(1))
	blobs, _ := filepath.Glob(filepath.Join(dir, "blobs", "*", "*"))
	flipBit(t, blobs[0], 200)
	target := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(ctx, target, verify); !errors.Is(err, news.ErrDamaged) {
		t.Errorf("backup: %v", err)
	}
	if left, _ := filepath.Glob(target + "*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestHeal loses and damages bodies, in a file and in the database: having the same bytes again heals
// them, under their own address or, of a file, another.
func TestHeal(t *testing.T) {
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "data")
	s := open(t, dir, store.Options{})
	add(t, s, large(1), page(2))
	blobs, _ := filepath.Glob(filepath.Join(dir, "blobs", "*", "*"))
	if len(blobs) != 1 {
		t.Fatal(blobs)
	}
	exec := func(query string) func() {
		return func() {
			db, err := sql.Open("sqlite", filepath.Join(dir, "dateline.db"))
			if err == nil {
				_, err = db.ExecContext(ctx, query)
			}
			if err = errors.Join(err, db.Close()); err != nil {
				t.Fatal(err)
			}
		}
	}
	elsewhere := large(1)
	elsewhere.Name, elsewhere.URL = "https://other.example/", "https://other.example/"
	for _, c := range []struct {
		name        string
		damage      func()
		lost, again news.Page
		state       news.AddState
	}{
		{"a file is damaged", func() { flipBit(t, blobs[0], 300) }, large(1), large(1), news.KnownPage},
		{"a file is gone", func() { os.Remove(blobs[0]) }, large(1), large(1), news.KnownPage},
		{"a file is damaged, and another page has its bytes", func() { flipBit(t, blobs[0], 300) }, large(1), elsewhere, news.NewPage},
		{"a row is damaged", exec(`UPDATE body SET data = x'0102'`), page(2), page(2), news.KnownPage},
		{"a row is gone", exec(`DELETE FROM body`), page(2), page(2), news.KnownPage},
	} {
		c.damage()
		if _, err := s.Body(ctx, c.lost.Revision()); err == nil {
			t.Fatalf("%s: it is whole: the test proves nothing", c.name)
		}
		a, err := s.AddPage(ctx, c.again)
		if err != nil || a.State != c.state {
			t.Errorf("%s: %+v, %v", c.name, a, err)
		}
		if body, err := s.Body(ctx, c.lost.Revision()); err != nil || !bytes.Equal(body, c.lost.Body) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	work(t, s, "test/1")
	clean(t, s)
}

func flipBit(t testing.TB, path string, bit int64) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b := make([]byte, 1)
	if _, err := f.ReadAt(b, bit/8); err != nil {
		t.Fatal(err)
	}
	b[0] ^= 1 << (bit % 8)
	if _, err := f.WriteAt(b, bit/8); err != nil {
		t.Fatal(err)
	}
}

// TestReread reads everything again with another reader: what it finds stands, what stood
// before is kept, "as of" shows both, and cutting it short loses nothing.
func TestReread(t *testing.T) {
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "data")
	now := time.Date(2021, 6, 1, 0, 0, 0, 0, time.UTC)
	s := open(t, dir, store.Options{Now: func() time.Time { now = now.Add(time.Second); return now }})
	var pages []news.Page
	for i := range 20 {
		pages = append(pages, page(i))
	}
	add(t, s, pages...)
	before := now
	for want := range []int{20, 0} {
		queued, err := s.Reread(ctx, "test/2", time.Time{})
		if err != nil || queued != []int{20, 0}[want] {
			t.Fatalf("queued %d, %v", queued, err)
		}
	}
	jobs, err := s.Lease(ctx, news.ReadStep, 5) // as if killed after five
	if err != nil || len(jobs) != 5 {
		t.Fatal(jobs, err)
	}
	for _, j := range jobs {
		p, _ := s.Page(ctx, j.Revision)
		r := read(p, "test/2")
		r.Annotations[0].Statements = nil // the new rules find nothing said
		if err := s.SaveReading(ctx, j, r); err != nil {
			t.Fatal(err)
		}
	}
	if queued, err := s.Reread(ctx, "test/2", time.Time{}); err != nil || queued != 0 {
		t.Errorf("queued again: %d, %v", queued, err)
	}
	work(t, s, "test/2")
	clean(t, s)
	count := func(asOf time.Time) (articles, entries int) {
		for _, err := range s.Articles(ctx, asOf) {
			if err != nil {
				t.Fatal(err)
			}
			articles++
		}
		for _, err := range s.Entries(ctx, news.Filter{AsOf: asOf}) {
			if err != nil {
				t.Fatal(err)
			}
			entries++
		}
		return articles, entries
	}
	if a, e := count(time.Time{}); a != 20 || e != 15 {
		t.Errorf("now %d articles, %d ledger rows", a, e)
	}
	if a, e := count(before); a != 20 || e != 20 {
		t.Errorf("as of the first reading %d articles, %d ledger rows", a, e)
	}
	if a, e := count(time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)); a != 0 || e != 0 {
		t.Errorf("before anything %d articles, %d ledger rows", a, e)
	}
	if found, err := s.Search(ctx, "bridge may", search.Page{Limit: 100}); err != nil || len(found.Hits) != 35 {
		t.Errorf("search finds %d, %v", len(found.Hits), err)
	}
	old, err := s.Before(ctx, jobs[0].Revision)
	if err != nil || old.Document.Reader != "test/1" || len(old.Annotations[0].Statements) != 1 {
		t.Errorf("what stood before: %+v, %v", old, err)
	}
}

// TestRevisions holds which reading of a page stands: the newest that found an article.
func TestRevisions(t *testing.T) {
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "data")
	s := open(t, dir, store.Options{})
	first, second, wall := page(1), page(1), page(1)
	second.Body = append(second.Body, []byte("The bridge was painted blue.\n")...)
	wall.Body = []byte("Please log in")
	add(t, s, first)
	add(t, s, second)
	add(t, s, wall)
	n := 0
	for h, err := range s.Articles(ctx, time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		a, err := s.Article(ctx, h.ID)
		if err != nil || a.Article.Revision != second.Revision() {
			t.Errorf("%s stands, %v", a.Article.Revision, err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d articles stand", n)
	}
	if found, err := s.Search(ctx, "blue", search.Page{Limit: 5}); err != nil || len(found.Hits) != 1 {
		t.Errorf("search: %+v, %v", found, err)
	}
	if p, err := s.Progress(ctx, wall.Revision()); err != nil || !p.Done || p.Failure == "" || p.Articles != 0 {
		t.Errorf("progress of the wall: %+v, %v", p, err)
	}
	var numbers []int
	for r, err := range s.Revisions(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, r.Number)
	}
	of, err := s.RevisionsOf(ctx, first.ID())
	if err != nil || len(of) != 3 || of[2].ID != wall.Revision() {
		t.Errorf("revisions of the page: %+v, %v", of, err)
	}
	for l, err := range s.AllPages(ctx) {
		if err != nil || l.ID != first.ID() || l.Revisions != 3 || l.Newest != wall.Revision() || l.Removed != "" {
			t.Errorf("listed: %+v, %v", l, err)
		}
	}
	statements := 0
	for st, err := range s.Statements(ctx, time.Time{}) {
		if err != nil || st.Statement.Words(st.Article.Text) != `"We open bridge number 1 in May,"` {
			t.Errorf("%+v, %v", st.Statement, err)
		}
		statements++
	}
	if statements != 1 {
		t.Errorf("%d statements", statements)
	}
	if fmt.Sprint(numbers) != "[1 2 3]" {
		t.Errorf("revisions %v", numbers)
	}
	clean(t, s)
}

// TestRelease lets bodies go: the text stays, what statements stand on can still be shown.
func TestRelease(t *testing.T) {
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "data")
	s := open(t, dir, store.Options{})
	add(t, s, page(1), large(2))
	for want := range []int{2, 0} {
		if n, err := s.Release(ctx, time.Now().Add(time.Hour), true); err != nil || n != []int{2, 0}[want] {
			t.Fatalf("released %d, %v", n, err)
		}
	}
	if _, err := s.Body(ctx, page(1).Revision()); !errors.Is(err, news.ErrReleased) {
		t.Errorf("the body: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "blobs", "*", "*")); len(left) > 0 {
		t.Errorf("still there: %v", left)
	}
	for e, err := range s.Entries(ctx, news.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		trace, err := s.Why(ctx, string(e.ID))
		if err != nil || !errors.Is(trace.Evidence[0].Gone, news.ErrReleased) || string(trace.Evidence[0].Parts[0].Bytes) != e.Text {
			t.Errorf("why: %+v, %v", trace, err)
		}
	}
	if report := clean(t, s); report.Checked.Released != 2 {
		t.Errorf("checked %+v", report.Checked)
	}
	if n, err := s.Reread(ctx, "test/2", time.Time{}); err != nil || n != 0 {
		t.Errorf("to be read again: %d, %v", n, err)
	}
	if a, err := s.AddPage(ctx, page(1)); err != nil || a.State != news.KnownPage {
		t.Errorf("added again: %+v, %v", a, err)
	}
	target := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(ctx, target, verify); err != nil {
		t.Error(err)
	}
}

// TestRetraction takes an article off its page: its rows stay, marked.
func TestRetraction(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	later := page(1)
	later.Body = []byte("A correction\n\nThe article that stood here was withdrawn.\n")
	add(t, s, page(1))
	add(t, s, later)
	n := 0
	for e, err := range s.Entries(ctx, news.Filter{}) {
		if err != nil || !e.Withdrawn || e.Text == "" {
			t.Errorf("%+v, %v", e, err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d ledger rows", n)
	}
	for y, err := range s.Stories(ctx, time.Time{}) {
		if err != nil || y.Name != "A correction" {
			t.Errorf("%+v, %v", y, err)
		}
	}
	clean(t, s)
}

// TestMergedStory holds that an id given to a story leads on when the story is merged into another.
func TestMergedStory(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	add(t, s, page(1), page(2))
	var stories []news.Story
	for y, err := range s.Stories(ctx, time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		stories = append(stories, y)
	}
	if len(stories) != 2 {
		t.Fatalf("%d stories", len(stories))
	}
	into, gone := stories[0], stories[1]
	one, other := stories[0].Events[0], stories[1].Events[0]
	one.Articles = append(one.Articles, other.Articles...)
	into.Events = []news.Event{one}
	rows := func(id news.StoryID) (list []news.Entry) {
		for e, err := range s.Entries(ctx, news.Filter{Story: id}) {
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, e)
		}
		return list
	}
	merged := slices.Concat(rows(into.ID), rows(gone.ID))
	for i := range merged {
		merged[i].Story = into.ID
	}
	again := page(2)
	again.Body = append(again.Body, []byte("It was painted blue.\n")...)
	if _, err := s.AddPage(ctx, again); err != nil {
		t.Fatal(err)
	}
	jobs, err := s.Lease(ctx, news.ReadStep, 1)
	if err != nil || len(jobs) != 1 {
		t.Fatal(len(jobs), err)
	}
	if err := s.SaveReading(ctx, jobs[0], read(again, "test/1")); err != nil {
		t.Fatal(err)
	}
	if jobs, err = s.Lease(ctx, news.PlaceStep, 1); err != nil || len(jobs) != 1 {
		t.Fatal(len(jobs), err)
	}
	if err := s.SavePlacement(ctx, jobs[0], news.Placement{Stories: []news.Story{into, {ID: gone.ID, Name: gone.Name}}, Entries: merged}); err != nil {
		t.Fatal(err)
	}
	y, err := s.Story(ctx, gone.ID, time.Time{})
	if err != nil || y.ID != into.ID || len(y.Events[0].Articles) != 2 {
		t.Errorf("the id of the merged story leads to %+v, %v", y, err)
	}
	if d, err := s.Dossier(ctx, gone.ID, time.Time{}); err != nil || d.Story.ID != into.ID {
		t.Errorf("its dossier is of %s, %v", d.Story.ID, err)
	}
	if n := len(merged); n < 2 || len(rows(into.ID)) != n || len(rows(gone.ID)) != n {
		t.Errorf("%d rows were merged; %d are of the story, %d of the id of the one merged into it", n, len(rows(into.ID)), len(rows(gone.ID)))
	}
	if w, err := s.Why(ctx, string(other.ID)); err != nil || w.Event == nil || w.Event.ID != one.ID || len(w.Evidence) != 2 {
		t.Errorf("why of its event: %+v, %v", w.Event, err)
	}
	if _, err := s.Story(ctx, "yaaaaaaaaaaaaaaaa", time.Time{}); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("an id that was never given: %v", err)
	}
}
