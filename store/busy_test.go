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

	"dateline/account"
	"dateline/news"
	"dateline/search"
	"dateline/store"
)

func init() { children["busy"] = busy }

// busy takes a folder through a life: pages are added and read, people decide about some, accounts
// are made and a feed is polled, everything is read again by another reader, some pages are removed,
// and a backup is made. It prints each acknowledgement. Started again after it was
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
	for _, beside := range []func(context.Context, *store.Store, int) error{decideSome, admit, collect} {
		if err := beside(ctx, s, pages); err != nil {
			return err
		}
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

// decideSome notes something about every fifth page's statement, and takes every other note back.
func decideSome(ctx context.Context, s *store.Store, pages int) error {
	for i := 0; i < pages; i += 5 {
		if i%17 == 0 {
			continue // it will be removed, or was
		}
		statement := string(read(varied(i), "test/1").Annotations[0].Statements[0].ID)
		var made []news.Decision
		for d, err := range s.Decisions(ctx, statement, true) {
			if err != nil {
				return err
			}
			made = append(made, d)
		}
		if len(made) == 0 {
			d, err := s.Decide(ctx, news.Decision{Kind: news.WriteNote, Object: statement, Value: fmt.Sprint("note ", i), By: "ruiz"})
			if err != nil {
				return err
			}
			made = append(made, d)
		}
		fmt.Println("decide", statement)
		if i%10 == 0 && made[0].Undone.IsZero() {
			if err := s.Undo(ctx, made[0].ID); err != nil {
				return err
			}
		}
	}
	return workOff(ctx, s, "test/1")
}

// admit makes accounts with a token each.
func admit(ctx context.Context, s *store.Store, _ int) error {
	for i := range 5 {
		a := account.Account{Name: fmt.Sprint("reader", i), Role: account.Reader, Password: "$argon2id$v=19$invented"}
		if err := s.Accounts.SaveAccount(ctx, a, "test"); err != nil {
			return err
		}
		have, err := s.Accounts.Tokens(ctx, a.Name)
		if err != nil {
			return err
		}
		if len(have) > 0 {
			continue // by the life before this one
		}
		made := time.Date(2031, 5, 3, 0, 0, 0, 0, time.UTC)
		token := account.Token{ID: fmt.Sprint("t", i), Hash: [32]byte{byte(i)}, Account: a.Name, Role: account.Reader, Made: made, Ends: made.AddDate(1, 0, 0)}
		if err := s.Accounts.SaveToken(ctx, token, "test"); err != nil {
			return err
		}
		fmt.Println("token", i)
	}
	return nil
}

// collect polls a feed ten times; each document has one item more.
func collect(ctx context.Context, s *store.Store, _ int) error {
	const address = "https://courier.example/feed"
	if _, err := s.AddFeed(ctx, news.Feed{URL: address}); err != nil {
		return err
	}
	for {
		f, err := s.FindFeed(ctx, address)
		n := f.Polls.Polls
		if err != nil || n >= 10 {
			return err
		}
		at := time.Date(2031, 5, 3, n, 0, 0, 0, time.UTC)
		url := fmt.Sprintf("https://courier.example/%d", n)
		err = s.SavePoll(ctx, news.FeedPoll{Feed: f, At: at, Status: 200, Tally: news.Tally{Polls: 1, Served: 2, Stored: 1, Rejected: 1}, Rejects: []string{"no words (1)"},
			Items: []news.ItemVersion{{Text: "words", Item: news.FeedItem{Keys: []news.ItemKey{{byte(n)}}, URL: url, Title: "t", Seen: at, Digest: []byte{byte(n)}}}},
			Links: []news.PageLink{{URL: url, Due: at}}})
		if err != nil {
			return err
		}
		fmt.Println("poll", n)
	}
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
	s, err := store.Open(ctx, dir, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
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
	for d, err := range s.Decisions(ctx, "", true) {
		note(err, "decision %s %s %s %+v undone %v lost %v", d.Kind, d.Object, d.Value, d.Anchor, !d.Undone.IsZero(), d.Lost)
	}
	accounts, err := s.Accounts.Accounts(ctx)
	for _, a := range accounts {
		tokens, e := s.Accounts.Tokens(ctx, a.Name)
		note(errors.Join(err, e), "account %s %s %s %+v", a.Name, a.Role, a.Password, tokens)
	}
	feeds, err := s.AllFeeds(ctx)
	for _, f := range feeds {
		items, e := s.Items(ctx, f.ID)
		links, e2 := s.LinkCounts(ctx)
		note(errors.Join(err, e, e2), "feed %s %+v %+v %v", f.URL, f.Polls, items, links)
	}
	for i := range 3 {
		verdict, err := s.Check(ctx, fmt.Sprintf("We open bridge number %d in May", i+1), "")
		its := read(varied(i+1), "test/2").Annotations[0].Article.ID // others that are like it depend on who came first
		note(err, "check %d %s %s %v", i+1, verdict.Kind, verdict.Speaker.Name, slices.ContainsFunc(verdict.Places, func(p search.Place) bool { return p.Article == its }))
	}
	for i := 0; i < setting("DATELINE_TEST_PAGES", 60); i += 7 {
		its := read(varied(i), "test/2").Annotations[0].Article.ID
		found, err := s.Search(ctx, fmt.Sprintf(`"bridge number %d" speaker:ruiz`, i), search.Page{Limit: 10})
		for _, h := range found.Hits {
			note(err, "search %d finds its article %v: %v %v", i, h.Article == its, h.Statement, h.Ranges)
		}
		note(err, "search %d finds %d", i, len(found.Hits))
	}
	c, err := s.Counts(ctx)
	note(err, "pages %d removed %d revisions %d waiting %d", c.Pages, c.Removed, c.Revisions, c.Queued+c.Leased+c.Failed+c.Dead)
	slices.Sort(all)
	return all
}

// TestKilledAtAnything kills a busy process at random moments of its life, until it has come to its
// end, and then another one: every acknowledgement was true, every backup that has its name is whole,
// and the folder says the same as one whose life was undisturbed. DATELINE_KILLS says how many kills,
// 20 if unset, of processes at work; DATELINE_KILL_MINUTES when to stop all the same;
// DATELINE_TEST_PAGES how many pages there are, 60 if unset.
func TestKilledAtAnything(t *testing.T) {
	t.Parallel()
	kills := setting("DATELINE_KILLS", 20)
	if testing.Short() {
		kills = 3
	}
	enough := time.Now().Add(time.Duration(setting("DATELINE_KILL_MINUTES", 24*60)) * time.Minute)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	calm := filepath.Join(t.TempDir(), "calm")
	start := time.Now()
	if out, err := again(t, "", "busy", calm).Output(); err != nil || !strings.HasSuffix(string(out), "done\n") {
		t.Fatalf("undisturbed: %v", err)
	}
	whole := time.Since(start)
	want := state(t, calm)
	killed, lives, acknowledgements, backups := 0, 0, 0, 0
	for ; killed < kills && time.Now().Before(enough) && !t.Failed(); lives++ {
		top, err := os.MkdirTemp(t.TempDir(), "life")
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(top, "data")
		acknowledged := map[string]bool{}
		pace := int64(whole) / (3 + random.Int64N(8)) // from few kills far apart to many in quick succession
		for alive := true; alive; {
			cmd := again(t, "", "busy", dir)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			var timer *time.Timer
			if killed < kills {
				timer = time.AfterFunc(time.Duration(random.Int64N(pace)), func() { cmd.Process.Kill() })
			}
			last := ""
			for lines := bufio.NewScanner(out); lines.Scan(); {
				if last != "" {
					acknowledged[last] = true
				}
				last = lines.Text()
			}
			err = cmd.Wait()
			switch mine := timer != nil && !timer.Stop(); {
			case err == nil:
				alive = false
			case mine:
				killed++
			default:
				t.Fatalf("it ended by itself: %v", err)
			}
		}
		acknowledgements += len(acknowledged)
		same(t, state(t, dir), want)
		backups += kept(t, dir, acknowledged)
		if err := os.RemoveAll(top); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills in %d lives of %d pages, %d acknowledgements, %d backups", killed, lives, setting("DATELINE_TEST_PAGES", 60), acknowledgements, backups)
}

// same is that two folders say the same.
func same(t testing.TB, got, want []string) {
	t.Helper()
	if slices.Equal(got, want) {
		return
	}
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

// kept is that doctor finds nothing in a folder and its backups, and that what was acknowledged is
// true. It returns how many backups there are.
func kept(t testing.TB, dir string, acknowledged map[string]bool) (backups int) {
	t.Helper()
	s, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	clean(t, s)
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
		case "decide":
			made := 0
			for _, err := range s.Decisions(t.Context(), what, true) {
				if err != nil {
					t.Error(err)
				}
				made++
			}
			if made != 1 {
				t.Errorf("acknowledged %q: there are %d", ack, made)
			}
		case "backup":
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
		backups++
	}
	return backups
}
