package gold

import (
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name, marked, text string
		spans              []Span
	}{
		{"no spans", "No comment.", "No comment.", nil},
		{"one span", "[cue1 said]", "said", []Span{{"cue", 1, 0, 4}}},
		{
			"nested, outer first", "[content1 [source2 she] [cue2 fears] it]", "she fears it",
			[]Span{{"content", 1, 0, 12}, {"source", 2, 0, 3}, {"cue", 2, 4, 9}},
		},
		{
			"one label and number twice", "[content1 No], [cue1 he said], [content1 never]", "No, he said, never",
			[]Span{{"content", 1, 0, 2}, {"cue", 1, 4, 11}, {"content", 1, 13, 18}},
		},
		{
			"same bytes, opening order kept", "[source2 [person1 Ruiz]]", "Ruiz",
			[]Span{{"source", 2, 0, 4}, {"person", 1, 0, 4}},
		},
		{"offsets are bytes", "“Ça” [cue12 dit]-elle", "“Ça” dit-elle", []Span{{"cue", 12, 10, 13}}},
		{"brackets and backslashes of the text", `[content1 it \[the port\] opens] \\o/`, `it [the port] opens \o/`, []Span{{"content", 1, 0, 19}}},
		{"labels with - and _", "[title_dup1 A][b-c2 B]", "AB", []Span{{"title_dup", 1, 0, 1}, {"b-c", 2, 1, 2}}},
		{"a span may begin and end with space", "a[x1  b ]", "a b ", []Span{{"x", 1, 1, 4}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, spans, err := Parse(test.marked)
			if err != nil || text != test.text || !slices.Equal(spans, test.spans) {
				t.Fatalf("Parse(%q) = %q, %v, %v; want %q, %v", test.marked, text, spans, err, test.text, test.spans)
			}
			if marked, err := Render(text, spans); err != nil || marked != test.marked {
				t.Errorf("Render gives %q, %v; want %q", marked, err, test.marked)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, marked, err string }{
		{"an unknown bracket", "he said [sic] so", "1:9: no label"},
		{"a label without a number", "[cue said]", "1:1: no label"},
		{"a number without a label", "[1 said]", "1:1: no label"},
		{"number zero", "[cue0 said]", "1:1: no label"},
		{"a leading zero", "[cue01 said]", "1:1: no label"},
		{"a number too large", "[cue1000000 said]", "1:1: no label"},
		{"no space after the number", "[cue1said]", "1:1: no label"},
		{"a capital", "[Cue1 said]", "1:1: no label"},
		{"a label ending in -", "[cue-1 said]", "1:1: no label"},
		{"a span over nothing", "ok\n[cue1 ]", "2:7: cue1 covers nothing"},
		{"a bracket that closes nothing", "a\nb]", "2:2: ] closes nothing"},
		{"a span left open", "[cue1 said", "cue1 is never closed"},
		{"another backslash", `a\n`, "1:2: a backslash"},
		{"a backslash at the end", `a\`, "1:2: a backslash"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, _, err := Parse(test.marked); err == nil || !strings.HasPrefix(err.Error(), test.err) {
				t.Errorf("Parse(%q): %v, want %q", test.marked, err, test.err)
			}
		})
	}
}

func TestRenderRefuses(t *testing.T) {
	tests := []struct {
		name  string
		spans []Span
	}{
		{"crossing spans", []Span{{"a", 1, 0, 3}, {"b", 1, 2, 5}}},
		{"an end before the start", []Span{{"a", 1, 3, 2}}},
		{"an empty span", []Span{{"a", 1, 3, 3}}},
		{"an end beyond the text", []Span{{"a", 1, 3, 7}}},
		{"a start before the text", []Span{{"a", 1, -1, 2}}},
		{"a label that cannot be read back", []Span{{"a b", 1, 0, 1}}},
		{"a number that cannot be read back", []Span{{"a", 0, 0, 1}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if marked, err := Render("abcdef", test.spans); err == nil {
				t.Errorf("Render gives %q, want an error", marked)
			}
		})
	}
}

func TestRenderTakesAnyOrder(t *testing.T) {
	got, err := Render("a b c", []Span{{"x", 2, 2, 3}, {"x", 3, 4, 5}, {"y", 1, 0, 3}})
	if want := "[y1 a [x2 b]] [x3 c]"; err != nil || got != want {
		t.Errorf("Render gives %q, %v; want %q", got, err, want)
	}
}

func TestOf(t *testing.T) {
	_, spans, _ := Parse("[content1 No], [cue1 he said], [content1 never] [content2 x]")
	if got := Of(spans, "content", 1); len(got) != 2 || got[1].Start != 13 {
		t.Errorf("Of finds %v", got)
	}
}

// TestCheck finds the capitalised words of the files in testdata.
func TestCheck(t *testing.T) {
	Check(t, "testdata/*.gold", func(text string) []Span {
		var spans []Span
		for i, start := 0, 0; i <= len(text); i++ {
			if i < len(text) && (text[i]|0x20 >= 'a' && text[i]|0x20 <= 'z') {
				continue
			}
			if i > start && text[start] <= 'Z' {
				spans = append(spans, Span{"capital", len(spans) + 1, start, i})
			}
			start = i + 1
		}
		slices.Reverse(spans) // the order of what is found does not matter
		return spans
	})
}

func TestDiffShowsOnlyWhatDiffers(t *testing.T) {
	got := diff("a\n[x1 b]\nc", "a\n[x2 b]\nc")
	if want := "want [x1 b]\ngot  [x2 b]\n"; got != want {
		t.Errorf("diff gives %q, want %q", got, want)
	}
}

// FuzzParse: whatever parses is drawn again byte for byte, and its spans lie in the text.
func FuzzParse(f *testing.F) {
	f.Add("[content1 The \\[new\\] bridge], [cue1 said] [source1 Ruiz].")
	f.Add("[content1 [source2 she] [cue2 \\\\fears]]")
	f.Add("a]b[c1 \xff]")
	f.Fuzz(func(t *testing.T, marked string) {
		text, spans, err := Parse(marked)
		if err != nil {
			return
		}
		for _, s := range spans {
			if s.Start < 0 || s.Start >= s.End || s.End > len(text) || s.Number < 1 || s.Label == "" {
				t.Fatalf("Parse(%q): span %v in %q", marked, s, text)
			}
		}
		again, err := Render(text, spans)
		if err != nil || again != marked {
			t.Fatalf("Render gives %q, %v; want %q", again, err, marked)
		}
	})
}

// FuzzRender: whatever can be drawn reads back as the same text and spans.
func FuzzRender(f *testing.F) {
	f.Add(`it [opens], she said\`, "content", 1, 0, 11, 2, 5)
	f.Add("abc", "a_b-c", 999999, 0, 3, 0, 3)
	f.Fuzz(func(t *testing.T, text, label string, number, start, end, start2, end2 int) {
		spans := []Span{{label, number, start, end}, {"x", 1, start2, end2}}
		marked, err := Render(text, spans)
		if err != nil {
			return
		}
		text2, spans2, err := Parse(marked)
		if err != nil || text2 != text || !Equal(spans2, spans) {
			t.Fatalf("Parse(%q) = %q, %v, %v; want %q, %v", marked, text2, spans2, err, text, spans)
		}
	})
}
