package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/news"
	"dateline/search"
	"dateline/store"
)

func init() { children["busy"] = busy }

// busy takes a folder through a life: pages are added, read, read again by another reader, some
// removed, and a backup is made. It prints each acknowledgement. Started again after it was
// killed, it goes on.
func busy(dir string) int {
	if err := live(dir, setting("DATELINE_TEST_PAGES", 60)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println("done")
	return 0
}

func live(dir string, pages int) error {
	ctx := context.Background()
	s, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	var group sync.WaitGroup
	errs := make([]error, 4)
	for w := range errs {
		group.Go(func() {
			for i := w; i < pages && errs[w] == nil; i += len(errs) {
				if _, err := s.AddPage(ctx, varied(i)); err != nil && !errors.Is(err, news.ErrRemoved) {
					errs[w] = err
				}
				fmt.Println("add", i)
			}
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if err := workOff(ctx, s, "test/1"); err != nil {
		return err
	}
	if _, err := s.Reread(ctx, "test/2", time.Time{}); err != nil {
		return err
	}
	if err := workOff(ctx, s, "test/2"); err != nil {
		return err
	}
	for i := 0; i < pages; i += 17 {
		if err := s.Remove(ctx, varied(i).ID(), "invented reason"); err != nil {
			return err
		}
		fmt.Println("remove", i)
	}
	if err := workOff(ctx, s, "test/2"); err != nil {
		return err
	}
	target := fmt.Sprintf("%s-backup-%d", dir, os.Getpid())
	if err := s.Backup(ctx, target, nil); err != nil {
		return err
	}
	fmt.Println("backup", target)
	return nil
}

// varied is a page whose body is in the database or, for every third, in a file.
func varied(i int) news.Page {
	if i%3 == 0 {
		return large(i)
	}
	return page(i)
}

func workOff(ctx context.Context, s *store.Store, reader string) error {
	for {
		jobs, err := s.Lease(ctx, news.ReadStep, 8)
		for _, j := range jobs {
			p, e := s.Page(ctx, j.Revision)
			err = errors.Join(err, e, s.SaveReading(ctx, j, read(p, reader)))
		}
		places, e := s.Lease(ctx, news.PlaceStep, 8)
		err = errors.Join(err, e)
		for _, j := range places {
			r, e := s.Reading(ctx, j.Revision)
			err = errors.Join(err, e, s.SavePlacement(ctx, j, place(r)))
		}
		if err != nil || len(jobs)+len(places) == 0 {
			return err
		}
	}
}

// state is all that a folder says, less the times at which it came to say so.
func state(t testing.TB, dir string) []string {
	t.Helper()
	ctx := context.Background()
	s := open(t, dir, store.Options{ReadOnly: true})
	var all []string
	note := func(err error, format string, args ...any) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf(format, args...))
	}
	for h, err := range s.Articles(ctx, time.Time{}) {
		note(err, "article %s %s %v %s %d", h.ID, h.Title, h.Ref, h.Outlet, h.Statements)
		a, err := s.Article(ctx, h.ID)
		note(err, "reading %s %+v", a.Article.Reader, a.Statements)
	}
	for e, err := range s.Entries(ctx, news.Filter{}) {
		note(err, "entry %s %s %s %v %v", e.ID, e.Text, e.Story, e.Withdrawn, e.Removed)
	}
	for y, err := range s.Stories(ctx, time.Time{}) {
		note(err, "story %+v", y)
	}
	found, err := s.Search(ctx, "bridge", search.Page{Limit: 1000})
	for _, h := range found.Hits {
		note(err, "found %s %v %v", h.Article, h.Statement, h.Ranges)
	}
	c, err := s.Counts(ctx)
	note(err, "pages %d removed %d revisions %d waiting %d", c.Pages, c.Removed, c.Revisions, c.Queued+c.Leased+c.Failed+c.Dead)
	slices.Sort(all)
	return all
}

// TestKilledAtAnything kills a busy process at random moments of its life, then lets it finish:
// every acknowledgement was true, every backup that has its name is whole, and the folder says
// the same as one whose life was undisturbed. DATELINE_KILLS says how often, 20 if unset.
func TestKilledAtAnything(t *testing.T) {
	t.Parallel()
	kills := setting("DATELINE_KILLS", 20)
	if testing.Short() {
		kills = 3
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	top := t.TempDir()
	calm, dir := filepath.Join(top, "calm"), filepath.Join(top, "data")
	start := time.Now()
	if out, err := again(t, "", "busy", calm).Output(); err != nil || !strings.HasSuffix(string(out), "done\n") {
		t.Fatalf("undisturbed: %v", err)
	}
	whole := time.Since(start)
	acknowledged := map[string]bool{}
	for k := 0; k <= kills; k++ {
		cmd := again(t, "", "busy", dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if k < kills {
			time.AfterFunc(time.Duration(random.Int64N(int64(whole))), func() { cmd.Process.Kill() })
		}
		last := ""
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if last != "" {
				acknowledged[last] = true
			}
			last = lines.Text()
		}
		if err := cmd.Wait(); err == nil {
			acknowledged[last] = true
		} else if k == kills {
			t.Fatal(err)
		}
	}
	if got, want := state(t, dir), state(t, calm); !slices.Equal(got, want) {
		for _, g := range got {
			if !slices.Contains(want, g) {
				t.Errorf("only after kills: %.300s", g)
			}
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("lost by kills: %.300s", w)
			}
		}
	}
	s := open(t, dir, store.Options{})
	clean(t, s)
	backups := 0
	for ack := range acknowledged {
		act, what, _ := strings.Cut(ack, " ")
		i := 0
		fmt.Sscan(what, &i)
		switch act {
		case "add", "remove":
			_, err := s.Body(t.Context(), varied(i).Revision())
			if removed := i%17 == 0; removed != errors.Is(err, news.ErrRemoved) || !removed && err != nil {
				t.Errorf("acknowledged %q: %v", ack, err)
			}
		case "backup":
			backups++
			if _, err := os.Stat(what); err != nil {
				t.Errorf("acknowledged %q: %v", ack, err)
			}
		}
	}
	named, _ := filepath.Glob(dir + "-backup-*")
	for _, b := range named {
		if strings.Contains(b, ".unfinished") {
			continue
		}
		copied, err := store.Open(t.Context(), b, store.Options{ReadOnly: true})
		if err != nil {
			t.Errorf("backup %s: %v", b, err)
			continue
		}
		clean(t, copied)
		copied.Close()
	}
	t.Logf("%d kills, %d acknowledgements, %d backups", kills, len(acknowledged), backups)
}
