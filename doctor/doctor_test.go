package doctor_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"dateline/account"
	"dateline/doctor"
	"dateline/news"
	"dateline/store"
	"dateline/store/invent"
	"dateline/text"
)

// template is a folder that is made once and copied.
var template struct {
	sync.Mutex
	dirs map[int]string
}

func TestMain(m *testing.M) {
	template.dirs = map[int]string{}
	code := m.Run()
	for _, dir := range template.dirs {
		os.RemoveAll(filepath.Dir(dir))
	}
	os.Exit(code)
}

// folder is a data folder with some invented articles.
func folder(t testing.TB, articles int) string {
	t.Helper()
	template.Lock()
	defer template.Unlock()
	if template.dirs[articles] == "" {
		top, err := os.MkdirTemp("", "doctor")
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(top, "data")
		s, err := store.Open(t.Context(), dir, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.Invent(t.Context(), 1, articles, 60, nil), login(t.Context(), s), s.Close()); err != nil {
			t.Fatal(err)
		}
		template.dirs[articles] = dir
	}
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(dir, os.DirFS(template.dirs[articles])); err != nil {
		t.Fatal(err)
	}
	filepath.WalkDir(dir, func(path string, d os.DirEntry, _ error) error {
		mode := os.FileMode(0o600)
		if d.IsDir() {
			mode = 0o700
		}
		return os.Chmod(path, mode)
	})
	return dir
}

// login adds a page without an article, whose body is large enough for a file.
func login(ctx context.Context, s *store.Store) error {
	random := rand.New(rand.NewPCG(1, 1))
	p := news.Page{Name: "login.txt", MediaType: "text/plain"}
	for range 3000 {
		p.Body = fmt.Appendf(p.Body, "%04x ", random.IntN(1<<16))
	}
	if _, err := s.AddPage(ctx, p); err != nil {
		return err
	}
	jobs, err := s.Lease(ctx, news.ReadStep, 1)
	if err != nil || len(jobs) == 0 {
		return err
	}
	return s.SaveReading(ctx, jobs[0], news.Reading{Failure: "a wall", Document: news.Document{Page: p.ID(), Revision: p.Revision(), Name: p.Name,
		Reader: invent.Reader, MediaType: p.MediaType, Text: string(p.Body), Alignment: text.Identity(len(p.Body))}})
}

func check(t testing.TB, dir string, through func(doctor.Record) doctor.Record) doctor.Report {
	t.Helper()
	s, err := store.Open(t.Context(), dir, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var r doctor.Record = s
	if through != nil {
		r = through(s)
	}
	report, err := doctor.Check(t.Context(), r, true)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestAWholeFolderIsClean(t *testing.T) {
	report := check(t, folder(t, 40), nil)
	for _, f := range report.Findings {
		t.Errorf("%+v", f)
	}
	c := report.Checked
	if c.Revisions != 41 || c.Bodies != 41 || c.Readings != 41 || c.Articles != 40 || c.Statements == 0 || c.Stories == 0 || c.Entries < c.Statements {
		t.Errorf("checked %+v", c)
	}
}

// damage runs SQL on a database behind the store's back.
func damage(t testing.TB, dir string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "dateline.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		r, err := db.Exec(s)
		if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		if n, _ := r.RowsAffected(); n == 0 {
			t.Fatalf("%s: changed nothing", s)
		}
	}
}

// altered is a record whose rows bear their hashes, but say what must not be.
type altered struct {
	doctor.Record
	reading func(*news.Reading)
	entry   func(*news.Entry)
}

func (a altered) Readings(ctx context.Context) iter.Seq2[news.Reading, error] {
	return func(yield func(news.Reading, error) bool) {
		for r, err := range a.Record.Readings(ctx) {
			if a.reading != nil && len(r.Annotations) > 0 && len(r.Annotations[0].Statements) > 0 {
				a.reading(&r)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

func (a altered) AllEntries(ctx context.Context) iter.Seq2[news.Entry, error] {
	return func(yield func(news.Entry, error) bool) {
		for e, err := range a.Record.AllEntries(ctx) {
			if a.entry != nil {
				a.entry(&e)
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

func readings(change func(*news.Reading)) func(doctor.Record) doctor.Record {
	return func(r doctor.Record) doctor.Record { return altered{Record: r, reading: change} }
}

func entries(change func(*news.Entry)) func(doctor.Record) doctor.Record {
	return func(r doctor.Record) doctor.Record { return altered{Record: r, entry: change} }
}

// decision is a row of what nobody decided.
const decision = `INSERT INTO decision (id, kind, object, other, value, article, prefix, exact, suffix, by, hash, made)
	VALUES ('dx', 'reject', 'lx', '', '', '', '', '', '', 'somebody', x'00', 1)`

// rebuilt is a record whose articles give other rows than stand: none, or all of them changed.
type rebuilt struct {
	doctor.Record
	change func(*news.Entry)
}

func (r rebuilt) Rebuilt(ctx context.Context, y news.Story) (rows []news.Entry, ok bool, err error) {
	for e, err := range r.AllEntries(ctx) {
		if err == nil && e.Story == y.ID && e.Replaced.IsZero() && r.change != nil {
			r.change(&e)
			rows = append(rows, e)
		}
	}
	return rows, true, nil
}

// TestEachViolationIsFound seeds one violation at a time: each must be found by name, with its
// object.
func TestEachViolationIsFound(t *testing.T) {
	exec := func(statements ...string) func(testing.TB, string) {
		return func(t testing.TB, dir string) { damage(t, dir, statements...) }
	}
	for _, c := range []struct {
		name, invariant, object string
		seed                    func(t testing.TB, dir string)
		through                 func(doctor.Record) doctor.Record
	}{
		{name: "a page under another id", invariant: "I2", object: "page https://", seed: exec(`UPDATE page SET id = 'gxxxx' WHERE n = 3`)},
		{name: "a page under another name", invariant: "I3", object: "page x", seed: exec(`UPDATE page SET name = 'x' WHERE n = 3`)},
		{name: "two readings stand", invariant: "I2", object: "page https://", seed: exec(
			`INSERT INTO reading (revision, reader, failure, media_type, flags, text, alignment, hash, recorded)
			 SELECT revision, 'another', failure, media_type, flags, text, alignment, hash, recorded FROM reading WHERE n = 2`)},
		{name: "an article stands without its reading", invariant: "I2", object: "article a", seed: exec(`UPDATE reading SET replaced = recorded WHERE n = 2`)},
		{name: "a statement under another id", invariant: "I2", object: "statement sx",
			through: readings(func(r *news.Reading) { r.Annotations[0].Statements[0].ID = "sx" })},
		{name: "an article under another id", invariant: "I2", object: "article ax",
			through: readings(func(r *news.Reading) { r.Annotations[0].Article.ID = "ax" })},
		{name: "a revision is missing", invariant: "I3", object: "page https://", seed: exec(`UPDATE revision SET number = 2 WHERE n = 5`)},
		{name: "a revision is changed", invariant: "I3", object: "revision r", seed: exec(`UPDATE revision SET charset = 'latin1' WHERE n = 5`)},
		{name: "a chain is broken", invariant: "I3", object: "revision r", seed: exec(`UPDATE revision SET previous = x'00' WHERE n = 5`)},
		{name: "a body is gone", invariant: "I3", object: "revision r", seed: func(t testing.TB, dir string) {
			if err := os.Remove(anyBlob(t, dir)); err != nil {
				t.Fatal(err)
			}
		}},
		{name: "a body is another", invariant: "I3", object: "body of revision r", seed: func(t testing.TB, dir string) {
			blob := anyBlob(t, dir)
			b, _ := os.ReadFile(blob)
			b[len(b)-3] ^= 4
			os.WriteFile(blob, b, 0o600)
		}},
		{name: "a small body is another", invariant: "I3", object: "body of revision r", seed: exec(
			`UPDATE body SET data = (SELECT data FROM body WHERE revision = 2) WHERE revision = 1`)},
		{name: "a small body is gone", invariant: "I3", object: "revision r", seed: exec(`DELETE FROM body WHERE revision = 1`)},
		{name: "a statement's bytes are changed", invariant: "I4", object: "statement s", seed: exec(
			`UPDATE statement SET data = CAST(substr(data, 1, 20) || x'7f' || substr(data, 22) AS BLOB) WHERE n = (SELECT n FROM statement LIMIT 1)`)},
		{name: "a text's bytes are changed", invariant: "I4", object: "reading of", seed: exec(
			`UPDATE reading SET text = CAST(substr(text, 1, 20) || x'7f' || substr(text, 22) AS BLOB) WHERE n = 4`)},
		{name: "a statement without a span", invariant: "I4", object: "statement s",
			through: readings(func(r *news.Reading) { r.Annotations[0].Statements[0].Content = nil })},
		{name: "a span past the end", invariant: "I4", object: "statement s", through: readings(func(r *news.Reading) {
			r.Annotations[0].Statements[0].Content = []text.Span{{Start: 5, End: 1 << 20}}
		})},
		{name: "a title that is not its span", invariant: "I4", object: "article a",
			through: readings(func(r *news.Reading) {
				r.Annotations[0].Article.Title = &news.Excerpt{Text: "Another", Span: text.Span{Start: 0, End: 7}}
			})},
		{name: "a text that leads past its body", invariant: "I4", object: "reading of",
			through: readings(func(r *news.Reading) {
				var a text.Aligner
				a.Add(0, len(r.Document.Text), 1, len(r.Document.Text))
				r.Document.Alignment = a.Alignment()
			})},
		{name: "a statement of no article", invariant: "I5", object: "statement s", seed: exec(`UPDATE statement SET n = 999 << 16 WHERE n = (SELECT n FROM statement LIMIT 1)`)},
		{name: "an article that search does not know", invariant: "I5", object: "article a", seed: exec(`DELETE FROM article_words_docsize WHERE id = 3`)},
		{name: "search knows what is not there", invariant: "I5", object: "search row 999", seed: exec(`INSERT INTO article_words (rowid, title, body) VALUES (999, 'x', 'y')`)},
		{name: "a statement that search does not know", invariant: "I5", object: "article a", seed: exec(
			`DELETE FROM statement_words_docsize WHERE id = (SELECT id FROM statement_words_docsize LIMIT 1)`)},
		{name: "a quotation is found where it is not", invariant: "I5", object: "quotation index of article 3", seed: exec(`INSERT INTO quote_grams (rowid, grams) VALUES (3, 'gabcdefg')`)},
		{name: "ranking has other words", invariant: "I5", object: "digest 3", seed: exec(`UPDATE article_digest SET data = x'01' WHERE root = 3`)},
		{name: "search has a word more", invariant: "I5", object: "search row 3", seed: exec(`INSERT INTO article_words (rowid, body) VALUES (3, 'zebra')`)},
		{name: "a job names no revision", invariant: "I5", object: "job", seed: exec(`UPDATE job SET revision = 999 WHERE n = 1`)},
		{name: "work was never queued", invariant: "I6", object: "revision r", seed: exec(`DELETE FROM job WHERE step = 'read' AND revision = 4`)},
		{name: "done without effect", invariant: "I6", object: "job", seed: exec(`DELETE FROM reading WHERE n = 4`)},
		{name: "given up without a reason", invariant: "I6", object: "job", seed: exec(`UPDATE job SET state = 'dead' WHERE n = 4`)},
		{name: "an article in no event", invariant: "I9", object: "article a", seed: exec(`UPDATE member SET replaced = recorded WHERE n = 2`)},
		{name: "articles in an event that does not stand", invariant: "I9", object: "event v", seed: exec(`UPDATE event SET replaced = recorded WHERE n = 1`)},
		{name: "events in a story that does not stand", invariant: "I9", object: "story y", seed: exec(`UPDATE story SET replaced = recorded WHERE n = 1`)},
		{name: "two versions of a story stand", invariant: "I9", object: "story y", seed: exec(`INSERT INTO story (id, name, hash, recorded) SELECT id, name, hash, recorded FROM story WHERE n = 1`)},
		{name: "a story is changed", invariant: "I9", object: "story y", seed: exec(`UPDATE story SET name = 'x' WHERE n = 1`)},
		{name: "fetched in 1970", invariant: "I10", object: "revision r", seed: exec(`UPDATE revision SET fetched = 5 WHERE n = 1`)},
		{name: "replaced before recorded", invariant: "I10", object: "member", seed: exec(`UPDATE member SET replaced = 5 WHERE n = 1`)},
		{name: "recorded in the future", invariant: "I10", object: "page", seed: exec(`UPDATE page SET recorded = recorded * 2 WHERE n = 1`)},
		{name: "a text with NUL", invariant: "I11", object: "reading of",
			through: readings(func(r *news.Reading) { r.Document.Text = "\x00" + r.Document.Text[1:] })},
		{name: "a control character", invariant: "I11", object: "reading of",
			through: readings(func(r *news.Reading) {
				r.Document.MediaType, r.Document.Text = "text/html", "\x1b"+r.Document.Text[1:]
			})},
		{name: "a name that is no text", invariant: "I11", object: "page", seed: exec(`UPDATE page SET name = CAST(x'ff' AS TEXT) WHERE n = 1`)},
		{name: "a strange file", invariant: "I16", object: "notes.txt", seed: func(t testing.TB, dir string) {
			os.WriteFile(filepath.Join(dir, "notes.txt"), nil, 0o600)
		}},
		{name: "a file that others may read", invariant: "I16", object: "dateline.db", seed: func(t testing.TB, dir string) {
			os.Chmod(filepath.Join(dir, "dateline.db"), 0o644)
		}},
		{name: "a body that no revision names", invariant: "I16", object: "blobs", seed: func(t testing.TB, dir string) {
			b, _ := os.ReadFile(anyBlob(t, dir))
			name := filepath.Join(dir, "blobs", "00", strings.Repeat("0", 62)+".zst")
			os.MkdirAll(filepath.Dir(name), 0o700)
			os.WriteFile(name, b, 0o600)
			old := time.Now().Add(-time.Hour)
			os.Chtimes(name, old, old)
		}},
		{name: "a half written file", invariant: "I16", object: ".tmp", seed: func(t testing.TB, dir string) {
			name := filepath.Join(filepath.Dir(anyBlob(t, dir)), "123.tmp")
			os.WriteFile(name, nil, 0o600)
			old := time.Now().Add(-time.Hour)
			os.Chtimes(name, old, old)
		}},
		{name: "a damaged index", invariant: "I17", object: "database", seed: exec(`UPDATE article_words_data SET block = x'00' WHERE id > 100`)},
		{name: "an audit row is changed", invariant: "I20", object: "audit row 5", seed: exec(`UPDATE audit SET detail = 'x' WHERE n = 5`)},
		{name: "an audit row is missing", invariant: "I20", object: "audit row 6", seed: exec(`DELETE FROM audit WHERE n = 5`)},
		{name: "a change without audit", invariant: "I20", object: "revision r", seed: exec(`UPDATE audit SET act = 'x' WHERE n = 1`)},
		{name: "nothing found, and no word why", invariant: "I24", object: "reading of",
			through: readings(func(r *news.Reading) { r.Annotations = nil })},
		{name: "cut without a flag", invariant: "I24", object: "reading of",
			through: readings(func(r *news.Reading) { r.Annotations[0].Truncated = true })},
		{name: "a ledger row on no statement", invariant: "L1", object: "ledger row l", seed: exec(`DELETE FROM support WHERE entry = 1`)},
		{name: "a ledger row is changed", invariant: "L1", object: "ledger row l", seed: exec(`UPDATE entry SET folded = 'x' WHERE n = 1`)},
		{name: "words that nobody said", invariant: "L1", object: "ledger row l", through: entries(func(e *news.Entry) { e.Text = "We never said that" })},
		{name: "a statement that is not there", invariant: "L1", object: "ledger row l", through: entries(func(e *news.Entry) { e.Statements[0] = "sx" })},
		{name: "a row without a rule", invariant: "L2", object: "ledger row l", through: entries(func(e *news.Entry) { e.Rule = news.Reason{} })},
		{name: "a quotation that is not its statement's", invariant: "L1", object: "ledger row l", through: entries(func(e *news.Entry) { e.Quotes = []news.Quote{{Text: "We never said that"}} })},
		{name: "a row of rows that are not there", invariant: "L2", object: "ledger row l", through: entries(func(e *news.Entry) { e.Of = []news.EntryID{"lx"} })},
		{name: "a row that its articles do not give", invariant: "L3", object: "ledger row l", through: func(r doctor.Record) doctor.Record { return rebuilt{r, nil} }},
		{name: "a row otherwise than its articles give it", invariant: "L3", object: "ledger row l", through: func(r doctor.Record) doctor.Record {
			return rebuilt{r, func(e *news.Entry) { e.Venue = "elsewhere" }}
		}},
		{name: "what was taken back is not marked", invariant: "L4", object: "ledger row l", through: func(r doctor.Record) doctor.Record {
			n := 0
			return altered{Record: r, entry: func(e *news.Entry) {
				if e.Quotes = []news.Quote{{Article: "ax", Text: e.Text}}; n == 0 {
					e.Corrections = []news.Correction{{Of: "ax", By: "ay", Whole: true}}
				}
				n++
			}}
		}},
		{name: "a decision that was changed", invariant: "L5", object: "decision dx", seed: exec(decision)},
		{name: "a decision without audit", invariant: "I20", object: "decision dx", seed: exec(decision)},
		{name: "a row that follows no decision", invariant: "L5", object: "ledger row l", through: entries(func(e *news.Entry) { e.Decisions = []news.DecisionID{"dx"} })},
		{name: "a time that no statement tells", invariant: "L6", object: "ledger row l", through: entries(func(e *news.Entry) {
			e.Said = news.Said{When: news.At(news.Day(1999, 1, 1)), Reason: news.Reason{Rule: "cue"}}
		})},
		{name: "a statement of two acts", invariant: "L6", object: "statement s", seed: exec(
			`INSERT OR REPLACE INTO support (entry, ord, statement, article) SELECT second.n, 9, support.statement, support.article
			 FROM support JOIN entry first ON first.n = support.entry JOIN entry second ON second.story = first.story AND second.n <> first.n LIMIT 1`)},
		{name: "a stance that is none", invariant: "L7", object: "ledger row l", through: entries(func(e *news.Entry) { e.Kind, e.Stance = news.Position, "glad" })},
		{name: "nobody's words", invariant: "L7", object: "ledger row l", through: entries(func(e *news.Entry) { e.Actor.Name = "" })},
		{name: "a row from another story", invariant: "L6", object: "ledger row l", seed: exec(`UPDATE support SET article = (article + 7) % 20 + 1 WHERE entry < 5`)},
		{name: "impossible origins", invariant: "L6", object: "ledger row l", through: entries(func(e *news.Entry) { e.Origins.Least = 9 })},
		{name: "an outlet without a basis", invariant: "L7", object: "article a",
			through: readings(func(r *news.Reading) { r.Annotations[0].Article.Outlet.Basis = "" })},
		{name: "a day without a reason", invariant: "L7", object: "ledger row l",
			through: entries(func(e *news.Entry) { e.Said = news.Said{When: news.At(news.Day(2031, 5, 3))} })},
	} {
		t.Run(c.invariant+" "+c.name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t, 24)
			if c.seed != nil {
				c.seed(t, dir)
			}
			report := check(t, dir, c.through)
			for _, f := range report.Findings {
				if f.Invariant == c.invariant && strings.Contains(f.Object, c.object) && f.What != "" && f.Do != "" {
					return
				}
			}
			t.Errorf("not found by name; found %+v", report.Findings)
		})
	}
}

func anyBlob(t testing.TB, dir string) string {
	t.Helper()
	blobs, err := filepath.Glob(filepath.Join(dir, "blobs", "*", "*.zst"))
	if err != nil || len(blobs) == 0 {
		t.Fatal("no blobs")
	}
	return blobs[0]
}

// decided is a folder with a decision, one that was undone, an account with a token and a session,
// and a page that was removed after something had been decided about it.
func decided(t testing.TB) string {
	t.Helper()
	dir := folder(t, 24)
	s, err := store.Open(t.Context(), dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}()
	ctx := t.Context()
	pages := map[news.PageID]bool{}
	n := 0
	for in, err := range s.Statements(ctx, time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		if pages[in.Article.Page] {
			continue
		}
		pages[in.Article.Page] = true
		d, err := s.Decide(ctx, news.Decision{Kind: news.WriteNote, Object: string(in.Statement.ID), Value: "a note", By: "ruiz"})
		if err != nil {
			t.Fatal(err)
		}
		switch n++; n {
		case 2:
			err = s.Undo(ctx, d.ID)
		case 3:
			err = s.Remove(ctx, in.Article.Page, "invented reason")
		}
		if err != nil {
			t.Fatal(err)
		}
		if n == 3 {
			break
		}
	}
	now := time.Now()
	err = errors.Join(
		s.Accounts.SaveAccount(ctx, account.Account{Name: "ruiz", Role: account.Analyst, Password: "$argon2id$v=19$invented"}, "test"),
		s.Accounts.SaveToken(ctx, account.Token{ID: "tinvented", Hash: [32]byte{1}, Account: "ruiz", Role: account.Reader, Made: now, Ends: now.Add(time.Hour)}, "test"),
		s.Accounts.SaveSession(ctx, account.Session{Hash: [32]byte{2}, Account: "ruiz", Made: now, Ends: now.Add(time.Hour)}))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestEachViolationOfWhatPeopleDo seeds one violation at a time in the tables of decisions, accounts
// and removals.
func TestEachViolationOfWhatPeopleDo(t *testing.T) {
	for _, f := range check(t, decided(t), nil).Findings {
		t.Errorf("a whole folder: %+v", f)
	}
	for _, c := range []struct{ name, invariant, object, seed string }{
		{"a decision is changed", "L5", "decision d", `UPDATE decision SET value = 'x' WHERE n = 1`},
		{"the words of a decision are changed", "L5", "decision d", `UPDATE decision SET exact = 'x' WHERE n = 1`},
		{"a decision by another", "L5", "decision d", `UPDATE decision SET by = 'x' WHERE n = 1`},
		{"undone before it was made", "L5", "decision d", `UPDATE decision SET undone = made - 5 WHERE n = 2`},
		{"the words of a removed page", "L5", "decision d", `UPDATE decision SET exact = 'x' WHERE n = 3`},
		{"a decision without audit", "I20", "decision d", `UPDATE audit SET act = 'x' WHERE act = 'decide'`},
		{"undone without audit", "I20", "decision d", `UPDATE decision SET undone = made WHERE n = 1`},
		{"an account without audit", "I20", "account ruiz", `UPDATE audit SET act = 'x' WHERE act = 'account'`},
		{"a token without audit", "I20", "token tinvented", `UPDATE audit SET act = 'x' WHERE act = 'token'`},
		{"a password in the clear", "I14", "account ruiz", `UPDATE account SET password = 'secret'`},
		{"a token in the clear", "I14", "token tinvented", `UPDATE token SET hash = x'0102'`},
		{"a session in the clear", "I14", "session of account ruiz", `UPDATE session SET hash = x'0102'`},
		{"a token of nobody", "I5", "token", `UPDATE token SET account = 'nobody'`},
		{"a session of nobody", "I5", "session", `UPDATE session SET account = 'nobody'`},
		{"a token that ends before it begins", "I10", "token tinvented", `UPDATE token SET ends = recorded - 5`},
		{"a session that ends before it begins", "I10", "session of account ruiz", `UPDATE session SET ends = recorded - 5`},
		{"removed bytes would be taken again", "I5", "page https://", `DELETE FROM refused`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := decided(t)
			damage(t, dir, c.seed)
			found := check(t, dir, nil).Findings
			for _, f := range found {
				if f.Invariant == c.invariant && strings.HasPrefix(f.Object, c.object) && f.What != "" && f.Do != "" {
					return
				}
			}
			t.Errorf("no %s about %s in %+v", c.invariant, c.object, found)
		})
	}
}

// TestRepair damages what originals give again, repairs, works the queue off, and finds all
// as it was.
func TestRepair(t *testing.T) {
	ctx := t.Context()
	dir := folder(t, 24)
	damage(t, dir,
		`UPDATE statement SET data = CAST(substr(data, 1, 20) || x'7f' || substr(data, 22) AS BLOB) WHERE n = (SELECT n FROM statement LIMIT 1)`,
		`UPDATE reading SET text = CAST(substr(text, 1, 20) || x'7f' || substr(text, 22) AS BLOB) WHERE n = 4`,
		`UPDATE article SET outlet = 'x' WHERE n = 6`,
		`DELETE FROM article_words_docsize WHERE id = 3`,
		`INSERT INTO statement_words (rowid, content) VALUES (999, 'y')`,
		`UPDATE entry SET folded = 'x' WHERE n = 1`,
		`UPDATE story SET name = 'x' WHERE n = 1`,
	)
	s, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if report, err := doctor.Check(ctx, s, true); err != nil || len(report.Findings) == 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	done, err := s.Repair(ctx)
	if err != nil || done.Readings != 3 || done.Rows != 2 {
		t.Fatalf("%+v, %v", done, err)
	}
	items := map[news.RevisionID]invent.Item{}
	var whole news.Placement
	for item := range invent.Archive(1, 24, 60) {
		items[item.Page.Revision()] = item
		if item.Placement != nil {
			whole.Stories = append(whole.Stories, item.Placement.Stories...)
			whole.Entries = append(whole.Entries, item.Placement.Entries...)
		}
	}
	jobs, err := s.Lease(ctx, news.ReadStep, 100)
	if err != nil || len(jobs) != 3 {
		t.Fatalf("%+v, %v", jobs, err)
	}
	for _, j := range jobs {
		if err := s.SaveReading(ctx, j, items[j.Revision].Reading); err != nil {
			t.Fatal(err)
		}
	}
	places, err := s.Lease(ctx, news.PlaceStep, 100)
	if err != nil || len(places) < 3 {
		t.Fatalf("%+v, %v", places, err)
	}
	for _, j := range places {
		if err := s.SavePlacement(ctx, j, whole); err != nil {
			t.Fatal(err)
		}
	}
	report, err := doctor.Check(ctx, s, true)
	if err != nil || report.Checked.Readings != 25 || report.Checked.Articles != 24 {
		t.Errorf("%+v, %v", report.Checked, err)
	}
	for _, f := range report.Findings {
		t.Errorf("after the repair: %+v", f)
	}
	for r, item := range items {
		got, err := s.Reading(ctx, r)
		if err != nil || got.Document.Text != item.Reading.Document.Text || len(got.Annotations[0].Statements) != len(item.Reading.Annotations[0].Statements) {
			t.Errorf("reading of %s: %v", r, err)
		}
	}
}
