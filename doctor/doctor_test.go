package doctor_test

import (
	"path/filepath"
	"testing"

	"dateline/doctor"
	"dateline/store"
)

// folder is a data folder with some invented articles.
func folder(t testing.TB, articles int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	s, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Invent(t.Context(), 1, articles, 60, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func check(t testing.TB, dir string, deep bool) doctor.Report {
	t.Helper()
	s, err := store.Open(t.Context(), dir, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	report, err := doctor.Check(t.Context(), s, deep)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestAWholeFolderIsClean(t *testing.T) {
	report := check(t, folder(t, 40), true)
	for _, f := range report.Findings {
		t.Errorf("%+v", f)
	}
	c := report.Checked
	if c.Revisions != 40 || c.Bodies != 40 || c.Readings != 40 || c.Articles != 40 || c.Statements == 0 || c.Stories == 0 || c.Entries != c.Statements {
		t.Errorf("checked %+v", c)
	}
}
