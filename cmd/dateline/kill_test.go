package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"dateline/news"
	"dateline/store"
)

// killEnv makes the test binary be the program itself.
const killEnv = "DATELINE_TEST_IS_PROGRAM"

// kills is how often the program is killed; .ci/long asks for more.
func kills() int {
	if n, err := strconv.Atoi(os.Getenv("DATELINE_KILLS")); err == nil {
		return n
	}
	return 20
}

// TestKilledWhileAdding kills "dateline add" at random moments. Every page whose line was
// printed must be in the record afterwards, byte for byte, and when the work is done at last
// no page is there twice.
func TestKilledWhileAdding(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	const pages = 120
	dir, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	for i := range pages {
		page := fmt.Sprintf("<html><body><h1>Ferry %d makes its last crossing</h1><p>The ferry %d that carried the islanders for a century made its last crossing on Sunday, the harbour office said.</p><p>“It was a good ship,” said Captain Ivo Brandt, who steered it for %d years.</p>%s</body></html>",
			i, i, i, strings.Repeat("<p>The quay was full of people who had come to see it off.</p>", 20+i))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.html", i)), []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	acknowledged := map[string]news.RevisionID{}
	for range kills() {
		for name, revision := range addAndKill(t, dir, data, time.Duration(random.Int64N(int64(400*time.Millisecond)))) {
			acknowledged[name] = revision
		}
		checkAcknowledged(t, data, acknowledged)
	}
	for name, revision := range addAndKill(t, dir, data, time.Hour) {
		acknowledged[name] = revision
	}
	checkAcknowledged(t, data, acknowledged)
	s, err := store.Open(context.Background(), data, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	counts, err := s.Counts(context.Background())
	if err != nil || counts.Pages != pages || counts.Revisions != pages || counts.Articles != pages || counts.Queued+counts.Leased+counts.Failed+counts.Dead != 0 {
		t.Errorf("%+v, %v: want %d pages, as many revisions and articles, and no work left", counts, err, pages)
	}
}

// addAndKill adds the folder, kills the program after a while, and returns what it
// acknowledged until then.
func addAndKill(t *testing.T, dir, data string, after time.Duration) map[string]news.RevisionID {
	t.Helper()
	program := exec.Command(os.Args[0], "add", "--json", "--data", data, dir)
	program.Env = append(os.Environ(), killEnv+"=1")
	var said strings.Builder
	program.Stderr = &said
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { program.Process.Kill() })
	acknowledged := map[string]news.RevisionID{}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var r addedRecord
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatalf("%s: %v", lines.Text(), err) // a pipe takes a short line whole or not at all
		}
		if r.Revision == nil {
			t.Fatalf("%s was refused", lines.Text())
		}
		acknowledged[r.Name] = *r.Revision
	}
	err = program.Wait()
	if timer.Stop() && err != nil {
		t.Fatalf("the program ended by itself: %v\n%s", err, &said)
	}
	return acknowledged
}

func checkAcknowledged(t *testing.T, data string, acknowledged map[string]news.RevisionID) {
	t.Helper()
	if len(acknowledged) == 0 {
		return
	}
	s, err := store.Open(context.Background(), data, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, revision := range acknowledged {
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Body(context.Background(), revision)
		if err != nil || string(got) != string(want) {
			t.Errorf("%s was acknowledged as %s and is not there: %v", name, revision, err)
		}
	}
}
