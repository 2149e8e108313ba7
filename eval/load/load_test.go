package load

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestRecords(t *testing.T) {
	data := fstest.MapFS{
		"good.jsonl":  {Data: []byte("{\"id\":\"a\"}\n\n{\"id\":\"b\"}\n")},
		"bad.jsonl":   {Data: []byte("{\"id\":\"a\"}\n{\"id\":")},
		"bad.gz":      {Data: []byte("\x1f\x8bnot gzip")},
		"seeds/x.md":  {Data: []byte("no page")},
		"object.json": {Data: []byte("[1,2]")},
	}
	type record struct{ ID string }
	if good, err := Records[record](data, "good.jsonl"); err != nil || len(good) != 2 || good[1].ID != "b" {
		t.Errorf("%v, %v", good, err)
	}
	if _, err := Records[record](data, "bad.jsonl"); err == nil || !strings.Contains(err.Error(), "bad.jsonl, line 2") {
		t.Errorf("a damaged line is not named: %v", err)
	}
	if _, err := Records[record](data, "bad.gz"); err == nil || !strings.Contains(err.Error(), "bad.gz") {
		t.Errorf("a damaged file is not named: %v", err)
	}
	if _, err := Records[record](data, "none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an absent file: %v", err)
	}
	if v, err := Object[[]int](data, "object.json"); err != nil || len(v) != 2 {
		t.Errorf("%v, %v", v, err)
	}
	if _, err := Seeds(data); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder without a seed page: %v", err)
	}
}
