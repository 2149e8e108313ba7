package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"dateline/doctor"
	"dateline/news"
	"dateline/store"
)

// TestBitFlips flips single bits in the stored bytes of articles and statements: in the rows of
// readings, articles, statements and ledger, in the file itself, and in the files of bodies.
// Doctor must find each, and nothing that was changed may be served.
func TestBitFlips(t *testing.T) {
	t.Parallel()
	flips := 60
	if n, err := strconv.Atoi(os.Getenv("DATELINE_FLIPS")); err == nil {
		flips = n
	}
	if testing.Short() {
		flips = 10
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "data")
	func() {
		s, err := store.Open(ctx, dir, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if err := s.Invent(ctx, 3, 10, 60, nil); err != nil {
			t.Fatal(err)
		}
		add(t, s, large(1))
	}()
	type served struct {
		readings []news.Reading
		entries  []news.Entry
		bodies   map[news.RevisionID]string
	}
	look := func() (v served, damaged int, found bool) {
		s, err := store.Open(ctx, dir, store.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		report, err := doctor.Check(ctx, s, true)
		if err != nil {
			t.Fatal(err)
		}
		note := func(err error) bool {
			if err != nil && !errors.Is(err, news.ErrDamaged) {
				t.Fatal(err)
			}
			if err != nil {
				damaged++
			}
			return err == nil
		}
		for r, err := range s.Readings(ctx) {
			if note(err) {
				v.readings = append(v.readings, r)
			}
		}
		for e, err := range s.AllEntries(ctx) {
			if note(err) {
				v.entries = append(v.entries, e)
			}
		}
		v.bodies = map[news.RevisionID]string{}
		for r, err := range s.Revisions(ctx) {
			if note(err) {
				if body, err := s.Body(ctx, r.ID); note(err) {
					v.bodies[r.ID] = string(body)
				}
			}
		}
		return v, damaged, len(report.Findings) > 0
	}
	whole, damaged, found := look()
	if damaged > 0 || found || len(whole.readings) != 11 {
		t.Fatalf("before any flip: %d damaged, findings %v", damaged, found)
	}
	// Pieces of what is stored, wherever in the file they lie.
	var pieces [][]byte
	db, err := sql.Open("sqlite", filepath.Join(dir, "dateline.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{`SELECT text FROM reading`, `SELECT data FROM article`, `SELECT data FROM statement`, `SELECT data FROM entry`, `SELECT data FROM body`} {
		rows, err := db.Query(query)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var b []byte
			rows.Scan(&b)
			for len(b) >= 16 {
				pieces, b = append(pieces, b[:16]), b[16:]
			}
		}
		rows.Close()
	}
	db.Close()
	file, err := os.ReadFile(filepath.Join(dir, "dateline.db"))
	if err != nil {
		t.Fatal(err)
	}
	blobs, _ := filepath.Glob(filepath.Join(dir, "blobs", "*", "*"))
	missed := 0
	for range flips {
		path, at := filepath.Join(dir, "dateline.db"), int64(-1)
		if random.IntN(5) == 0 {
			path = blobs[random.IntN(len(blobs))]
			info, _ := os.Stat(path)
			at = random.Int64N(info.Size())
		}
		for at < 0 {
			if i := bytes.Index(file, pieces[random.IntN(len(pieces))]); i >= 0 { // -1 where an overflow page parts it
				at = int64(i) + random.Int64N(16)
			}
		}
		bit := at*8 + random.Int64N(8)
		flipBit(t, path, bit)
		v, damaged, found := look()
		harmless := damaged == 0 && reflect.DeepEqual(v, whole) // such as a bit of zstd's header that says nothing
		if !found && !harmless {
			t.Errorf("bit %d of %s was not found", bit, path)
		}
		if !found {
			missed++
		}
		serves(t, "reading", v.readings, whole.readings)
		serves(t, "entry", v.entries, whole.entries)
		for id, body := range v.bodies {
			if whole.bodies[id] != body {
				t.Errorf("bit %d of %s: a changed body was served", bit, path)
			}
		}
		flipBit(t, path, bit)
	}
	t.Logf("%d flips, %d changed nothing and were not found", flips, missed)
}

// serves reports what is served that is not as it was.
func serves[T any](t *testing.T, what string, got, whole []T) {
	t.Helper()
	for i, j := 0, 0; i < len(got); i, j = i+1, j+1 {
		for j < len(whole) && !reflect.DeepEqual(got[i], whole[j]) {
			j++
		}
		if j == len(whole) {
			t.Errorf("a changed %s was served: %+v", what, got[i])
			return
		}
	}
}
