package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"dateline/doctor"
	"dateline/news"
	"dateline/search"
	"dateline/store"
)

// child, set in the environment, makes the test binary work in a folder instead of testing.
const child = "DATELINE_TEST_CHILD"

func TestMain(m *testing.M) {
	if job := os.Getenv(child); job != "" {
		kind, dir, _ := strings.Cut(job, " ")
		os.Exit(children[kind](dir))
	}
	os.Exit(m.Run())
}

var children = map[string]func(dir string) int{
	"add":      addUntilKilled,
	"hold":     holdFolder,
	"filesize": addUnderFileLimit,
	"readonly": openReadOnlyFolder,
}

// again runs this test binary as a child.
func again(t testing.TB, binary, kind, dir string, more ...string) *exec.Cmd {
	t.Helper()
	if binary == "" {
		var err error
		if binary, err = os.Executable(); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(binary)
	cmd.Env = append(append(os.Environ(), child+"="+kind+" "+dir), more...)
	cmd.Stderr = os.Stderr
	return cmd
}

// clean is that doctor finds nothing, deeply.
func clean(t testing.TB, s *store.Store) doctor.Report {
	t.Helper()
	report, err := doctor.Check(context.Background(), s, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		t.Errorf("doctor: %+v", f)
	}
	return report
}

// addUntilKilled adds pages from several goroutines, reads and places them, and prints the
// number of each page that was acknowledged.
func addUntilKilled(dir string) int {
	ctx := context.Background()
	s, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	from, _ := strconv.Atoi(os.Getenv("DATELINE_TEST_FROM"))
	var out sync.Mutex
	for w := range 4 {
		go func() {
			for i := from + w; ; i += 4 {
				if _, err := s.AddPage(ctx, varied(i)); err != nil {
					fmt.Fprintln(os.Stderr, "add:", err)
					os.Exit(1)
				}
				out.Lock()
				fmt.Println(i)
				out.Unlock()
			}
		}()
	}
	for {
		jobs, err := s.Lease(ctx, news.ReadStep, 5)
		for _, j := range jobs {
			p, e := s.Page(ctx, j.Revision)
			err = errors.Join(err, e, s.SaveReading(ctx, j, read(p, "test/1")))
		}
		places, e := s.Lease(ctx, news.PlaceStep, 5)
		err = errors.Join(err, e)
		for _, j := range places {
			r, e := s.Reading(ctx, j.Revision)
			err = errors.Join(err, e, s.SavePlacement(ctx, j, place(r)))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "work:", err)
			os.Exit(1)
		}
	}
}

// TestKilled kills a process that adds pages, 20 times at random moments: each page that it
// acknowledged is there, nothing is there twice, and doctor finds nothing.
func TestKilled(t *testing.T) {
	t.Parallel()
	kills := 20
	if n, err := strconv.Atoi(os.Getenv("DATELINE_KILLS")); err == nil {
		kills = n
	}
	if testing.Short() {
		kills = 3
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	dir := filepath.Join(t.TempDir(), "data")
	acknowledged := map[int]bool{}
	from := 0
	for k := range kills {
		cmd := again(t, "", "add", dir, fmt.Sprintf("DATELINE_TEST_FROM=%d", from))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		killed := make(chan bool)
		started := false
		for lines.Scan() {
			if !started {
				started = true
				go func() {
					time.Sleep(time.Duration(random.IntN(150)) * time.Millisecond)
					cmd.Process.Kill()
					close(killed)
				}()
			}
			i, err := strconv.Atoi(lines.Text())
			if err != nil {
				continue // the last line, cut short
			}
			acknowledged[i] = true
			from = max(from, i+1)
		}
		if !started {
			t.Fatalf("kill %d: the child did not start: %v", k, cmd.Wait())
		}
		<-killed
		cmd.Wait()
	}
	s := open(t, dir, store.Options{})
	for i := range acknowledged {
		body, err := s.Body(t.Context(), varied(i).Revision())
		if err != nil || string(body) != string(varied(i).Body) {
			t.Errorf("page %d was acknowledged and is not there: %v", i, err)
		}
	}
	if report := clean(t, s); report.Checked.Revisions < len(acknowledged) {
		t.Errorf("%d revisions, %d acknowledged", report.Checked.Revisions, len(acknowledged))
	}
	// What was queued is worked off by the next process. On a slow machine a job may have been
	// under way at ten of the kills, and so be given up: adding its page again revives it.
	for i := range from + 8 {
		if _, err := s.Body(t.Context(), varied(i).Revision()); err == nil {
			add(t, s, varied(i))
		}
	}
	work(t, s, "test/1")
	clean(t, s)
	c, _ := s.Counts(t.Context())
	if c.Articles != c.Pages || c.Queued+c.Leased+c.Failed+c.Dead != 0 {
		t.Errorf("after all work: %+v", c)
	}
	t.Logf("%d kills, %d acknowledged, %d stored", kills, len(acknowledged), c.Pages)
}

func holdFolder(dir string) int {
	s, err := store.Open(context.Background(), dir, store.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println("open")
	bufio.NewReader(os.Stdin).ReadByte()
	s.Close()
	return 0
}

// TestTwoProcesses holds that a second writer is refused by name and a reader is not.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	func() {
		s, err := store.Open(t.Context(), dir, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		add(t, s, page(1))
	}()
	cmd := again(t, "", "hold", dir)
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { in.Close(); cmd.Wait() }()
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "open\n" {
		t.Fatalf("%q, %v", line, err)
	}
	_, err := store.Open(t.Context(), dir, store.Options{})
	if !errors.Is(err, store.ErrInUse) || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), strconv.Itoa(cmd.Process.Pid)) {
		t.Errorf("the second writer: %v", err)
	}
	s := open(t, dir, store.Options{ReadOnly: true})
	if c, err := s.Counts(t.Context()); err != nil || c.Articles != 1 {
		t.Errorf("the reader: %+v, %v", c, err)
	}
	if _, err := s.AddPage(t.Context(), page(2)); err == nil {
		t.Error("the reader could write")
	}
}

// addUnderFileLimit adds pages until no file may grow, then lifts the limit and goes on.
func addUnderFileLimit(dir string) int {
	ctx := context.Background()
	s, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer s.Close()
	var old syscall.Rlimit
	syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old)
	for cycle := range 20 {
		info, err := os.Stat(filepath.Join(dir, "dateline.db-wal"))
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(info.Size()) + 40_000, Max: old.Max})
		full := false
		for i := range 1000 {
			n := cycle*1000 + i
			if _, err := s.AddPage(ctx, page(n)); err != nil {
				if !strings.Contains(err.Error(), "the disk is full") || !strings.Contains(err.Error(), dir) {
					fmt.Fprintln(os.Stderr, "unclear:", err)
					return 1
				}
				full = true
				break
			}
			fmt.Println(n)
		}
		syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old)
		if !full {
			fmt.Fprintln(os.Stderr, "the limit was never met")
			return 1
		}
		n := cycle*1000 + 999
		if _, err := s.AddPage(ctx, page(n)); err != nil {
			fmt.Fprintln(os.Stderr, "with space again:", err)
			return 1
		}
		fmt.Println(n)
	}
	return 0
}

// TestFullDisk lets files grow no further, 20 times: each time there is a clear error, nothing
// acknowledged is lost, and work goes on by itself when there is space.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	out, err := again(t, "", "filesize", dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, dir, store.Options{})
	lines := strings.Fields(string(out))
	for _, line := range lines {
		i, _ := strconv.Atoi(line)
		if _, err := s.Body(t.Context(), page(i).Revision()); err != nil {
			t.Errorf("page %d: %v", i, err)
		}
	}
	report := clean(t, s)
	t.Logf("%d acknowledged, %d stored", len(lines), report.Checked.Revisions)
}

func openReadOnlyFolder(dir string) int {
	ctx := context.Background()
	_, err := store.Open(ctx, dir, store.Options{})
	if err == nil || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "not writable") {
		fmt.Fprintln(os.Stderr, "opened for writing:", err)
		return 1
	}
	s, err := store.Open(ctx, dir, store.Options{ReadOnly: true})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer s.Close()
	if c, err := s.Counts(ctx); err != nil || c.Articles != 1 {
		fmt.Fprintln(os.Stderr, c, err)
		return 1
	}
	if _, err := s.Search(ctx, "bridge", search.Page{Limit: 5}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// TestReadOnlyFolder opens a folder that this user may not write. As root, who may write
// anywhere, the test runs a copy of itself as nobody.
func TestReadOnlyFolder(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	dir := filepath.Join(top, "data")
	s, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	add(t, s, page(1))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	binary := ""
	cmd := again(t, binary, "readonly", dir)
	if os.Getuid() == 0 {
		me, err := os.ReadFile(cmd.Path)
		if err != nil {
			t.Fatal(err)
		}
		binary = filepath.Join(top, "copy.test")
		if err := os.WriteFile(binary, me, 0o755); err != nil {
			t.Fatal(err)
		}
		for _, d := range []string{top, filepath.Dir(top)} {
			os.Chmod(d, 0o755)
		}
		cmd = again(t, binary, "readonly", dir)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	filepath.WalkDir(dir, func(path string, d os.DirEntry, _ error) error {
		mode := os.FileMode(0o444)
		if d.IsDir() {
			mode = 0o555
		}
		return os.Chmod(path, mode)
	})
	defer filepath.WalkDir(dir, func(path string, d os.DirEntry, _ error) error { return os.Chmod(path, 0o700) })
	cmd.Dir = "/"
	if err := cmd.Run(); err != nil {
		t.Error(err)
	}
}
