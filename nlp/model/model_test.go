package model

import (
	"errors"
	"math"
	"slices"
	"testing"
	"unsafe"
)

func written(t testing.TB) []byte {
	t.Helper()
	w := NewWriter(map[string]string{"original": "hash"})
	w.Floats("f", []float32{1, -2, math.Pi})
	w.Uint32s("u", []uint32{7})
	w.Uint64s("v", []uint64{math.MaxUint64})
	w.Strings("list", []string{"", "a", "bb", ""})
	w.Table("table", []string{"yes", "no", "", "perhaps"})
	data, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRoundTrip(t *testing.T) {
	f, err := Open(string(written(t)))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Verify(); err != nil {
		t.Error(err)
	}
	if !slices.Equal(f.Floats("f", 3), []float32{1, -2, math.Pi}) || f.Uint32s("u", 1)[0] != 7 || f.Uint64s("v", -1)[0] != math.MaxUint64 {
		t.Error("numbers differ")
	}
	if got := f.Strings("list").All(); !slices.Equal(got, []string{"", "a", "bb", ""}) {
		t.Errorf("list %q", got)
	}
	table := f.Table("table")
	for i, s := range []string{"yes", "no", "", "perhaps"} {
		if table.Find(s) != i {
			t.Errorf("%q is found at %d", s, table.Find(s))
		}
	}
	if table.Find("never") != -1 {
		t.Error("found what is not there")
	}
	if f.Err() != nil {
		t.Error(f.Err())
	}
}

func TestMissingSectionsAreRemembered(t *testing.T) {
	f, err := Open(string(written(t)))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Floats("f", 4); len(got) != 4 || f.Err() == nil {
		t.Errorf("asked for 4 of 3 floats: %v, error %v", got, f.Err())
	}
	first := f.Err().Error()
	f.Uint32s("nothing", -1)
	f.Floats("u", 1)
	f.Table("list")
	if got := f.Err().Error(); got != first {
		t.Errorf("a later error, %s, hides the first", got)
	}
}

func TestDamage(t *testing.T) {
	data := written(t)
	for what, damage := range map[string]func([]byte) []byte{
		"empty":       func(d []byte) []byte { return nil },
		"cut short":   func(d []byte) []byte { return d[:70] },
		"other magic": func(d []byte) []byte { d[0]++; return d },
		"newer":       func(d []byte) []byte { d[16]++; return d },
	} {
		if _, err := Open(string(damage(slices.Clone(data)))); !errors.Is(err, ErrFile) {
			t.Errorf("%s: error %v", what, err)
		}
	}
	data[headerLen]++
	f, err := Open(string(data))
	if err != nil {
		t.Fatal(err)
	}
	if f.Verify() == nil {
		t.Error("a changed weight goes unseen")
	}
}

// The weights are read where the linker put them.
func TestNoSecondCopy(t *testing.T) {
	f, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	floats := f.Floats("shared.embed.0", -1)
	at, start := uintptr(unsafe.Pointer(&floats[0])), uintptr(unsafe.Pointer(unsafe.StringData(embedded)))
	if at < start || at >= start+uintptr(len(embedded)) {
		t.Error("floats were copied: the linker has put the model at an odd address")
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(string(written(f)))
	f.Add("")
	f.Fuzz(func(t *testing.T, data string) {
		file, err := Open(data)
		if err != nil {
			return
		}
		for name := range file.dir.Sections {
			file.Floats(name, -1)
			file.Uint64s(name, -1)
			_ = file.Text(name)
		}
		for _, s := range file.Strings("list").All() {
			file.Table("table").Find(s)
		}
		_ = file.Verify()
	})
}
