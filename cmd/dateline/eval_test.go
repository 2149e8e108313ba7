package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/cmd/dateline/cli"
)

const scoresFile = "../../eval/testdata/scores.txt"

// TestScores holds the scores on real data against those committed, so that a change that moves
// one says so: commit the file that it names. It takes minutes and the data, and runs only where
// it is asked for.
func TestScores(t *testing.T) {
	if os.Getenv("DATELINE_SCORES") != "1" {
		t.Skip("SKIPPED: the scores on real data; DATELINE_SCORES=1 runs them, some minutes")
	}
	shared := os.Getenv("DATELINE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	bench := filepath.Join(shared, "bench")
	if _, err := os.Stat(bench); err != nil {
		t.Skipf("SKIPPED: the scores on real data: %v", err)
	}
	want, err := os.ReadFile(scoresFile)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "scores.txt")
	var out, complaints bytes.Buffer
	if status := run(context.Background(), []string{"eval", "--bench", bench, "--write", path}, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &complaints}); status != cli.StatusDone && status != cli.StatusPartial {
		t.Fatalf("status %d: %s", status, &complaints)
	}
	if complaints.Len() > 0 {
		t.Logf("not scored:\n%s", &complaints)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before := figuresByName(string(want))
	changed := false
	for _, line := range strings.Split(strings.TrimSpace(string(got)), "\n") {
		name, figure := cutFigure(line)
		if before[name] != figure {
			changed = true
			t.Errorf("%s: %s, was %s", name, figure, before[name])
		}
	}
	if changed {
		t.Errorf("the scores moved; if that is meant, write them anew: dateline eval --write eval/testdata/scores.txt")
	}
}

func figuresByName(file string) map[string]string {
	figures := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(file), "\n") {
		name, figure := cutFigure(line)
		figures[name] = figure
	}
	return figures
}

// cutFigure parts a line of the scores into what is measured and the figure, its last three
// words.
func cutFigure(line string) (name, figure string) {
	words := strings.Fields(line)
	at := max(0, len(words)-3)
	return strings.Join(words[:at], " "), strings.Join(words[at:], " ")
}
