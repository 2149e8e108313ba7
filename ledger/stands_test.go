package ledger_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/ledger"
	"dateline/news"
)

var update = flag.Bool("update", false, "write the score of testdata/stands anew")

// TestStands reads invented stories over many matters, a third of which hold neither a position nor a
// commitment, and compares every position, change and commitment with what an editor expects. A row that
// answers no line is one too many, unless a line that begins with "may" allows it. What was made of all
// stories stands in stands.score, so that a change shows what it costs.
//
// The lines are "position: actor | words of the issue's name | stance | words | by whom",
// "change: actor | issue | from, then to" and "commitment: words | due interval | status". Words with a
// slash between them stand for one another.
func TestStands(t *testing.T) {
	files, err := filepath.Glob("testdata/stands/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	var report strings.Builder
	expected, met, beyond := 0, 0, 0
	for _, path := range files {
		for _, c := range cases(t, path) {
			story, articles := c.read(t)
			r := caseRows{words: map[news.StatementID]string{}, texts: map[news.ArticleID]string{}, by: map[news.EntryID]news.Entry{}}
			for _, a := range articles {
				r.texts[a.Article.ID] = a.Article.Text
				for _, s := range a.Statements {
					r.words[s.ID] = s.Words(a.Article.Text)
				}
			}
			rows := slices.DeleteFunc(ledger.Keep(story, articles, nil, time.Time{}), func(e news.Entry) bool {
				return e.Kind != news.Position && e.Kind != news.Change && e.Kind != news.Commitment
			})
			var lines []string
			used := map[news.EntryID]bool{}
			for _, line := range c.expected {
				if line == "" {
					continue
				}
				line, may := strings.CutPrefix(line, "may ")
				found := false
				for _, e := range rows {
					if r.stands(e, line) {
						found, used[e.ID] = true, true
					}
				}
				if may {
					continue
				}
				if expected++; found {
					met++
				} else {
					lines = append(lines, "  - "+line)
				}
			}
			for _, e := range rows {
				// A change is between positions: where one of them is too many, it is not counted again.
				if !used[e.ID] && e.Kind != news.Change {
					beyond++
					lines = append(lines, "  + "+r.told(e))
				}
			}
			slices.Sort(lines)
			if len(lines) > 0 {
				fmt.Fprintf(&report, "%s\n%s\n", c.name, strings.Join(lines, "\n"))
			}
		}
	}
	got := fmt.Sprintf("%d of %d expected, %d beyond them\n\n%s", met, expected, beyond, report.String())
	const golden = "testdata/stands.score"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has\n%s\nnow it is (write it with -update)\n%s", golden, want, got)
	}
}

// stands reports whether a row is what a line says.
func (r caseRows) stands(e news.Entry, line string) bool {
	kind, rest, _ := strings.Cut(line, ": ")
	parts := strings.Split(rest, " | ")
	any := func(s, alternatives string) bool {
		return slices.ContainsFunc(strings.Split(alternatives, "/"), func(w string) bool { return strings.Contains(s, w) })
	}
	switch {
	case kind != string(e.Kind):
	case kind == "commitment":
		all := r.of(e.Statements, e.Passages)
		asOf := ledger.AsOf(e, time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)).Undertaking
		due := strings.TrimPrefix(strings.TrimSpace(parts[1]), "due ")
		return holds(all, parts[0]) && (due == "?" || due == e.Undertaking.Due.String()) && (any(string(asOf.Status), parts[2]) || any(string(e.Undertaking.Status), parts[2]))
	case kind == "change":
		return any(e.Actor.Name, parts[0]) && any(e.Issue.Name, parts[1]) && e.Rule.Detail == parts[2]
	default:
		by := ""
		if len(parts) > 4 {
			by = strings.TrimPrefix(parts[4], "by ")
		}
		return any(e.Actor.Name, parts[0]) && any(e.Issue.Name, parts[1]) && slices.Contains(strings.Split(parts[2], "/"), string(e.Stance)) && holds(r.of(e.Statements, nil), parts[3]) &&
			(by == "") == (e.AscribedBy.Name == "") && strings.HasSuffix(e.AscribedBy.Name, by)
	}
	return false
}

func (r caseRows) told(e news.Entry) string {
	words := strings.Join(r.of(e.Statements, e.Passages), " + ")
	if u := e.Undertaking; u != nil {
		return fmt.Sprintf("commitment: %s | due %s | %s | %s, %s", words, u.Due, u.Status, e.Actor.Name, e.Rule.Rule)
	}
	return fmt.Sprintf("%s: %s | %s | %s | %s (%s: %s)", e.Kind, e.Actor.Name, e.Issue.Name, e.Stance, words, e.Rule.Rule, e.Rule.Detail)
}
