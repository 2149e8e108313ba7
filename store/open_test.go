package store_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"dateline/news"
	"dateline/search"
	"dateline/store"
)

// TestNewerFolder holds that a folder from a newer program is refused, with what to do, and
// left as it is.
func TestNewerFolder(t *testing.T) {
	ctx := t.Context()
	for _, c := range []struct {
		name string
		make func(dir string)
		want error
	}{
		{"format", func(dir string) {
			os.WriteFile(filepath.Join(dir, "format"), []byte("dateline data folder, format 2\n"), 0o600)
		}, store.ErrNewer},
		{"schema", func(dir string) {
			db, _ := sql.Open("sqlite", filepath.Join(dir, "dateline.db"))
			db.Exec(`INSERT INTO migration (name, sha256) VALUES ('99991231T0000_more', x'00')`)
			db.Close()
		}, store.ErrSchema},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			s, err := store.Open(ctx, dir, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			s.Close()
			c.make(dir)
			for _, readOnly := range []bool{false, true} {
				_, err := store.Open(ctx, dir, store.Options{ReadOnly: readOnly})
				if !errors.Is(err, c.want) || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "update dateline") {
					t.Errorf("read only %v: %v", readOnly, err)
				}
			}
		})
	}
}

func TestNoFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "nothing")
	if _, err := store.Open(t.Context(), dir, store.Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), dir) {
		t.Errorf("a folder that is not there: %v", err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("looking made the folder")
	}
	file := filepath.Join(t.TempDir(), "file")
	os.WriteFile(file, nil, 0o600)
	if _, err := store.Open(t.Context(), file, store.Options{}); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("a file for a folder: %v", err)
	}
}

// TestDamagedDatabase holds that a database that is no database is an error with what to do.
func TestDamagedDatabase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	s, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	add(t, s, page(1), page(2))
	s.Close()
	path := filepath.Join(dir, "dateline.db")
	b, _ := os.ReadFile(path)
	for _, c := range []struct {
		name   string
		damage func([]byte)
	}{
		{"its head is gone", func(b []byte) { copy(b, make([]byte, 100)) }},
		{"its pages are gone", func(b []byte) {
			for i := 4096; i < len(b); i++ {
				b[i] = 0xa5
			}
		}},
	} {
		damaged := append([]byte(nil), b...)
		c.damage(damaged)
		os.WriteFile(path, damaged, 0o600)
		s, err := store.Open(t.Context(), dir, store.Options{})
		if err == nil {
			_, err = s.Counts(t.Context())
			s.Close()
		}
		if !errors.Is(err, news.ErrDamaged) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "backup") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestEverySchema opens a data folder as each schema that was landed made it; the newest is one of
// them. They hold four pages, one of which was removed.
func TestEverySchema(t *testing.T) {
	migrations, err := filepath.Glob("migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	newest, _, _ := strings.Cut(filepath.Base(slices.Max(migrations)), "_")
	folders, err := filepath.Glob("testdata/schema-*")
	if err != nil || !slices.Contains(folders, filepath.Join("testdata", "schema-"+newest)) {
		t.Errorf("there is no testdata/schema-%s: make it with DATELINE_SCHEMA=1 go test ./store -run SchemaFolder (%v)", newest, err)
	}
	for _, folder := range folders {
		name := strings.TrimPrefix(filepath.Base(folder), "schema-")
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			if err := os.CopyFS(dir, os.DirFS("testdata/schema-"+name)); err != nil {
				t.Fatal(err)
			}
			filepath.WalkDir(dir, func(path string, d os.DirEntry, _ error) error {
				if d.IsDir() {
					return os.Chmod(path, 0o700)
				}
				return os.Chmod(path, 0o600)
			})
			s := open(t, dir, store.Options{})
			c, err := s.Counts(t.Context())
			if err != nil || c.Pages != 4 || c.Removed != 1 || c.Articles != 3 || c.Statements != 3 || c.Entries != 4 {
				t.Errorf("%+v, %v", c, err)
			}
			clean(t, s)
			add(t, s, page(5))
			if found, err := s.Search(t.Context(), "bridge council", search.Page{Limit: 10}); err != nil || len(found.Hits) != 4 {
				t.Errorf("%+v, %v", found, err)
			}
			clean(t, s)
		})
	}
}

// TestSchemaFolder makes the folder of the newest schema, when asked to: the one before it, brought up
// to date.
func TestSchemaFolder(t *testing.T) {
	if os.Getenv("DATELINE_SCHEMA") == "" {
		t.Skip("makes testdata; set DATELINE_SCHEMA=1")
	}
	migrations, _ := filepath.Glob("migrations/*.sql")
	newest, _, _ := strings.Cut(filepath.Base(slices.Max(migrations)), "_")
	folders, _ := filepath.Glob("testdata/schema-*")
	dir := filepath.Join("testdata", "schema-"+newest)
	if err := os.CopyFS(dir, os.DirFS(slices.Max(folders))); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	open(t, dir, store.Options{})
}

// TestMigrationNames holds that migrations are named by time, each name once, and say why.
func TestMigrationNames(t *testing.T) {
	files, err := os.ReadDir("migrations")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`^(\d{8}T\d{4})_[a-z-]+\.sql$`)
	seen := map[string]bool{}
	for _, f := range files {
		m := name.FindStringSubmatch(f.Name())
		if m == nil {
			t.Errorf("%s is not named by UTC time", f.Name())
			continue
		}
		if seen[m[1]] {
			t.Errorf("two migrations of %s", m[1])
		}
		seen[m[1]] = true
		if b, _ := os.ReadFile("migrations/" + f.Name()); !strings.HasPrefix(string(b), "-- ") {
			t.Errorf("%s does not say why", f.Name())
		}
	}
}

// TestEngineVersions holds that the C library's translation is the one that the engine was
// tested with: another is picked silently when one is updated, and has crashed.
func TestEngineVersions(t *testing.T) {
	b, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"modernc.org/sqlite v1.60.1", "modernc.org/libc v1.77.1"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("go.mod has no %s", want)
		}
	}
}

// TestRetries follows a job that fails: tried again after a while, given up after three times
// with its reason, and queued once more when the page is added again.
func TestRetries(t *testing.T) {
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "data")
	now := time.Date(2021, 6, 1, 0, 0, 0, 0, time.UTC)
	s := open(t, dir, store.Options{Now: func() time.Time { return now }})
	added, err := s.AddPage(ctx, page(1))
	if err != nil {
		t.Fatal(err)
	}
	var last news.Job
	for attempt := 1; attempt <= 3; attempt++ {
		jobs, err := s.Lease(ctx, news.ReadStep, 10)
		if err != nil || len(jobs) != 1 || jobs[0].Attempt != attempt || jobs[0].Revision != added.Revision {
			t.Fatalf("attempt %d: %+v, %v", attempt, jobs, err)
		}
		last = jobs[0]
		if again, _ := s.Lease(ctx, news.ReadStep, 10); len(again) > 0 {
			t.Fatal("leased twice")
		}
		if err := s.Fail(ctx, last, errors.New("the reader fell over"), false); err != nil {
			t.Fatal(err)
		}
		if soon, _ := s.Lease(ctx, news.ReadStep, 10); len(soon) > 0 {
			t.Fatal("tried again at once")
		}
		now = now.Add(time.Minute)
	}
	if jobs, _ := s.Lease(ctx, news.ReadStep, 10); len(jobs) != 0 {
		t.Errorf("a dead job was leased")
	}
	failed, err := s.FailedJobs(ctx, 10)
	if err != nil || len(failed) != 1 || !failed[0].Dead || failed[0].Attempts != 3 || failed[0].Reason != "the reader fell over" {
		t.Errorf("%+v, %v", failed, err)
	}
	if p, _ := s.Progress(ctx, added.Revision); !p.Done || p.Failure != "the reader fell over" {
		t.Errorf("%+v", p)
	}
	if err := s.SaveReading(ctx, last, read(page(1), "test/1")); !errors.Is(err, store.ErrLease) {
		t.Errorf("work on a lease that ended: %v", err)
	}
	clean(t, s)
	add(t, s, page(1))
	if p, _ := s.Progress(ctx, added.Revision); p.Articles != 1 {
		t.Errorf("%+v", p)
	}
	now = now.Add(-time.Hour) // the clock is set back
	if _, err := s.AddPage(ctx, page(2)); err != nil {
		t.Fatal(err)
	}
	work(t, s, "test/1")
	clean(t, s)
	if c, _ := s.Counts(ctx); c.Articles != 2 {
		t.Errorf("after the clock went back: %+v", c)
	}
}

// TestPoison lets the program end each time it works on one page: the others are done first, and
// it is given up after ten times.
func TestPoison(t *testing.T) {
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "data")
	poison := page(1)
	done := 0
	for life := 0; ; life++ {
		s, err := store.Open(ctx, dir, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if life == 0 {
			for i := 1; i <= 4; i++ {
				if _, err := s.AddPage(ctx, page(i)); err != nil {
					t.Fatal(err)
				}
			}
		}
		ended := false
		for !ended {
			jobs, err := s.Lease(ctx, news.ReadStep, 1)
			if err != nil {
				t.Fatal(err)
			}
			if len(jobs) == 0 {
				break
			}
			if ended = jobs[0].Revision == poison.Revision(); ended {
				break
			}
			p, _ := s.Page(ctx, jobs[0].Revision)
			if err := s.SaveReading(ctx, jobs[0], read(p, "test/1")); err != nil {
				t.Fatal(err)
			}
			done++
		}
		if ended {
			s.Close()
			continue
		}
		failed, err := s.FailedJobs(ctx, 5)
		if err != nil || life != 10 || done != 3 || len(failed) != 1 || !failed[0].Dead || failed[0].Reason == "" {
			t.Errorf("after %d lives %d were done, failed %+v, %v", life, done, failed, err)
		}
		clean(t, s)
		s.Close()
		return
	}
}

// TestFaultyReadingIsRefused holds that no statement without a span gets in.
func TestFaultyReadingIsRefused(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	if _, err := s.AddPage(ctx, page(1)); err != nil {
		t.Fatal(err)
	}
	jobs, _ := s.Lease(ctx, news.ReadStep, 1)
	r := read(page(1), "test/1")
	r.Annotations[0].Statements[0].Content[0].End = 1 << 20
	if err := s.SaveReading(ctx, jobs[0], r); err == nil || !strings.Contains(err.Error(), "I4") {
		t.Errorf("%v", err)
	}
	if err := s.SaveReading(ctx, jobs[0], read(page(1), "test/1")); err != nil {
		t.Error(err)
	}
}

// TestFullFileSystem fills a small file system, 20 times: as root only, who can mount one.
func TestFullFileSystem(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	if err := syscall.Mount("tmpfs", top, "tmpfs", 0, "size=3m,mode=0700"); err != nil {
		t.Skipf("SKIPPED: cannot mount a small file system: %v", err)
	}
	defer syscall.Unmount(top, syscall.MNT_DETACH)
	ctx, dir := context.Background(), filepath.Join(top, "data")
	s, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ballast := filepath.Join(top, "ballast")
	acknowledged := map[int]bool{}
	for cycle := range 20 {
		var free syscall.Statfs_t
		syscall.Statfs(top, &free)
		if err := os.WriteFile(ballast, make([]byte, max(0, int(free.Bavail)*int(free.Bsize)-30_000)), 0o600); err != nil {
			t.Fatal(err)
		}
		full := false
		for i := range 200 {
			n := cycle*1000 + i
			if _, err := s.AddPage(ctx, page(n)); err != nil {
				if !strings.Contains(err.Error(), "disk is full") || !strings.Contains(err.Error(), dir) {
					t.Fatalf("unclear: %v", err)
				}
				full = true
				break
			}
			acknowledged[n] = true
		}
		os.Remove(ballast)
		if !full {
			t.Fatalf("cycle %d: it was never full", cycle)
		}
		if _, err := s.AddPage(ctx, page(cycle*1000+999)); err != nil {
			t.Fatalf("cycle %d, with space again: %v", cycle, err)
		}
		acknowledged[cycle*1000+999] = true
	}
	for n := range acknowledged {
		if _, err := s.Body(ctx, page(n).Revision()); err != nil {
			t.Errorf("page %d: %v", n, err)
		}
	}
	clean(t, s)
}

// TestManyWriters adds from many goroutines, with cancelled ones among them: an answer without
// error means a commit.
func TestManyWriters(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "data"), store.Options{})
	var group sync.WaitGroup
	var mu sync.Mutex
	acknowledged := map[int]bool{}
	for w := range 32 {
		group.Go(func() {
			for i := range 10 {
				ctx, cancel := context.WithCancel(t.Context())
				if w%4 == 0 {
					go cancel()
				}
				n := w*10 + i
				if _, err := s.AddPage(ctx, page(n%200)); err == nil {
					mu.Lock()
					acknowledged[n%200] = true
					mu.Unlock()
				} else if !errors.Is(err, context.Canceled) && !strings.Contains(err.Error(), "interrupted") {
					t.Error(err)
				}
				cancel()
			}
		})
	}
	group.Wait()
	for n := range acknowledged {
		if _, err := s.Body(t.Context(), page(n).Revision()); err != nil {
			t.Errorf("page %d: %v", n, err)
		}
	}
	work(t, s, "test/1")
	clean(t, s)
}
