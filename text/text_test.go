package text_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/text"
)

func TestSpanTrim(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"blanks at both ends go", " \t a b \n", "a b"},
		{"a no-break space is white space", "\u00a0word\u00a0", "word"},
		{"white space alone becomes empty", " \n ", ""},
		{"nothing stays nothing", "", ""},
	} {
		if got := (text.Span{Start: 0, End: len(c.in)}).Trim(c.in).Of(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestSpanValid(t *testing.T) {
	const word = "Łódź"
	for _, c := range []struct {
		span text.Span
		want bool
	}{
		{text.Span{Start: 0, End: len(word)}, true},
		{text.Span{Start: 0, End: 2}, true},
		{text.Span{Start: 1, End: 2}, false},
		{text.Span{Start: 0, End: len(word) + 1}, false},
		{text.Span{Start: 2, End: 0}, false},
		{text.Span{Start: -1, End: 0}, false},
	} {
		if got := c.span.Valid(word); got != c.want {
			t.Errorf("%v.Valid(%q) = %v", c.span, word, got)
		}
	}
}

func TestSpanJSON(t *testing.T) {
	b, err := json.Marshal(text.Span{Start: 3, End: 9})
	if err != nil || string(b) != "[3,9]" {
		t.Fatalf("%s, %v", b, err)
	}
	for _, bad := range []string{"[3]", "[9,3]", "[-1,3]", `"3-9"`} {
		var s text.Span
		if json.Unmarshal([]byte(bad), &s) == nil {
			t.Errorf("%s was taken for %v", bad, s)
		}
	}
}

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, raw, label, want, encoding string
		replaced                         int
	}{
		{"plain UTF-8", "Łódź", "utf-8", "Łódź", "utf-8", 0},
		{"the mark wins over the label", "\xef\xbb\xbfok", "latin1", "ok", "utf-8", 0},
		{"latin1 is windows-1252, as the standard has it", "\x93caf\xe9\x94", "ISO-8859-1", "“café”", "windows-1252", 0},
		{"two bytes a character", "\x83e\x83X\x83g ok", "shift_jis", "テスト ok", "shift_jis", 0},
		{"UTF-16 by its mark", "\xff\xfeo\x00k\x00", "", "ok", "utf-16le", 0},
		{"what means nothing is replaced and counted", "a\xffb\xc3", "utf-8", "a\uFFFDb\uFFFD", "utf-8", 2},
		{"windows-1251", "\xcf\xf0\xe8\xe2\xe5\xf2", "windows-1251", "Привет", "windows-1251", 0},
	} {
		d, err := text.Decode([]byte(c.raw), c.label)
		if err != nil || d.Text != c.want || d.Encoding != c.encoding || d.Replaced != c.replaced {
			t.Errorf("%s: %q %s %d, %v", c.name, d.Text, d.Encoding, d.Replaced, err)
		}
	}
	if _, err := text.Decode([]byte("+ADw-script+AD4-"), "utf-7"); err == nil {
		t.Error("UTF-7 was decoded")
	}
}

// TestAlignmentLeadsBack checks, character by character, that what a derived character came
// from decodes to that character.
func TestAlignmentLeadsBack(t *testing.T) {
	for _, c := range []struct{ raw, label string }{
		{"\x93caf\xe9\x94 in \x8a", "windows-1252"},
		{"\x83e\x83X ok \x83g", "shift_jis"},
		{"a\xffb", "utf-8"},
		{"\xfe\xff\x00o\x01A", ""},
	} {
		d, err := text.Decode([]byte(c.raw), c.label)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range d.Text {
			span, ok := d.Alignment.Original(text.Span{Start: i, End: i + utf8.RuneLen(r)})
			if !ok {
				t.Fatalf("%q: %q at %d has no origin", c.raw, r, i)
			}
			label := c.label
			if d.Encoding == "utf-16be" {
				label = d.Encoding
			}
			back, err := text.Decode([]byte(span.Of(c.raw)), label)
			if err != nil || back.Text != string(r) {
				t.Errorf("%q: %q at %d leads to % x", c.raw, r, i, span.Of(c.raw))
			}
		}
	}
}

func TestCompose(t *testing.T) {
	const typed = "caf\u0065\u0301 in Zu\u0308rich"
	got, at := text.Compose(typed)
	if got != "café in Zürich" {
		t.Fatalf("%q", got)
	}
	i := strings.Index(got, "Zürich")
	span, ok := at.Original(text.Span{Start: i, End: i + len("Zürich")})
	if !ok || span.Of(typed) != "Zu\u0308rich" {
		t.Errorf("leads to %q", span.Of(typed))
	}
}

func TestThrough(t *testing.T) {
	d, err := text.Decode([]byte("x caf\x65\xcc\x81 \xff y"), "utf-8")
	if err != nil {
		t.Fatal(err)
	}
	composed, at := text.Compose(d.Text)
	whole := at.Through(d.Alignment)
	i := strings.Index(composed, "café")
	span, ok := whole.Original(text.Span{Start: i, End: i + len("café")})
	if want := "cafe\xcc\x81"; !ok || span.Of("x caf\x65\xcc\x81 \xff y") != want {
		t.Errorf("leads to %q", span.Of("x caf\x65\xcc\x81 \xff y"))
	}
}

func FuzzDecode(f *testing.F) {
	for _, label := range []string{"utf-8", "windows-1252", "shift_jis", "gbk", "euc-kr", "iso-2022-jp", "utf-16le", "big5", "gb18030"} {
		f.Add([]byte("caf\xe9 \x93quote\x94 \x1b$B%F\x1b(B \x83e"), label)
	}
	f.Fuzz(func(t *testing.T, raw []byte, label string) {
		d, err := text.Decode(raw, label)
		if err != nil {
			return
		}
		if !utf8.ValidString(d.Text) {
			t.Fatalf("%q is not UTF-8", d.Text)
		}
		composed, at := text.Compose(d.Text)
		whole := at.Through(d.Alignment)
		for i, r := range composed {
			if span, ok := whole.Original(text.Span{Start: i, End: i + utf8.RuneLen(r)}); !ok || span.End > len(raw) {
				t.Fatalf("%q at %d leads to %v of %d bytes", r, i, span, len(raw))
			}
		}
		packed, _ := whole.MarshalBinary()
		var back text.Alignment
		if err := back.UnmarshalBinary(packed); err != nil {
			t.Fatal(err)
		}
		again, _ := back.MarshalBinary()
		if string(again) != string(packed) {
			t.Fatal("the packed alignment changed on the way")
		}
	})
}

func FuzzAlignmentBytes(f *testing.F) {
	packed, _ := text.Identity(9).MarshalBinary()
	f.Add(packed)
	f.Fuzz(func(t *testing.T, data []byte) {
		var a text.Alignment
		if a.UnmarshalBinary(data) == nil {
			a.Original(text.Span{Start: 0, End: 1 << 30})
		}
	})
}

func TestDice(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"", "", 1}, {"a", "", 0}, {"a b", "b a", 1}, {"a a b", "a c", .4}, {"a", "b", 0}} {
		if got := text.Dice(strings.Fields(c.a), strings.Fields(c.b)); got != c.want {
			t.Errorf("%q and %q: %v, not %v", c.a, c.b, got, c.want)
		}
	}
}

// TestSpanJSONAsAnyJSON holds that the short way of reading a span takes what the long one takes, and nothing else.
func TestSpanJSONAsAnyJSON(t *testing.T) {
	for _, b := range []string{
		"[0,0]", "[12,345]", "[0,999999999999999999]", "[0,9223372036854775807]", "[0,9223372036854775808]", "[ 1, 2 ]", "[1,2]\n", "[2,1]", "[01,2]", "[1,02]",
		"[00,1]", "[-1,2]", "[1,-2]", "[1.0,2]", "[1,2e1]", "[1]", "[1,2,3]", "[]", "[,]", "[1,]", "[,1]", "[1,2", "1,2]", "[1 ,2]", "null", "", "[", "[1", `["1",2]`, "[1,2]]",
	} {
		var want text.Span
		var pair []int
		ok := json.Unmarshal([]byte(b), &pair) == nil && len(pair) == 2 && pair[0] >= 0 && pair[1] >= pair[0]
		if ok {
			want = text.Span{Start: pair[0], End: pair[1]}
		}
		var got text.Span
		if err := got.UnmarshalJSON([]byte(b)); (err == nil) != ok || got != want {
			t.Errorf("%q: %v, %v; want %v, %v", b, got, err, want, ok)
		}
	}
}
