package dateline_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which rooms of ours a room may import. A room's inner rooms share its line
// and may import one another; nobody else imports them. cmd/dateline may import everything and
// nothing imports it. The table binds what ships: tests import what they need.
var mayImport = map[string]string{
	"text": "", "nlp": "", "egress": "", "account": "", "demo": "",
	"news":     "text",
	"extract":  "news text",
	"split":    "news text",
	"annotate": "news text nlp",
	"resolve":  "news text",
	"cluster":  "news text",
	"ledger":   "news text",
	"search":   "news text",
	"export":   "news text search",
	"eval":     "news text",
	"fetch":    "news text egress",
	"publish":  "news search egress",
	"store":    "news text search account",
	"doctor":   "news text",
	"web":      "news text search ledger export account",
	"pipeline": "news nlp extract split annotate resolve cluster ledger",
}

func TestHouse(t *testing.T) {
	rooms := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		if err == nil && d.IsDir() && (name == "testdata" || path == "bench" || path == "tools" || path == "cmd" || name[0] == '.' && name != ".") {
			return fs.SkipDir
		}
		room, _, inside := strings.Cut(filepath.ToSlash(path), "/")
		if err != nil || !inside || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		allowed, known := mayImport[room]
		if rooms[room] = true; !known {
			t.Errorf("%s: room %q is not in the table", path, room)
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			inner, ours := strings.CutPrefix(imported, "dateline/")
			target, deeper, _ := strings.Cut(inner, "/")
			if ours && target != room && (deeper != "" || !strings.Contains(" "+allowed+" ", " "+target+" ")) {
				t.Errorf("%s: room %s may not import %s", path, room, imported)
			}
		}
		return nil
	})
	if err != nil || len(rooms) < 5 {
		t.Fatalf("read %d rooms: %v", len(rooms), err)
	}
}
