package cases

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/eval/gold"
)

// TestCases holds every case to the conventions of README.md.
func TestCases(t *testing.T) {
	names := map[string]bool{}
	for _, c := range load(t) {
		if names[c.Name] {
			t.Errorf("%s: two cases are named %s", c.File, c.Name)
		}
		names[c.Name] = true
		for _, problem := range problems(c) {
			t.Errorf("%s: %s: %s", c.File, c.Name, problem)
		}
	}
	if len(names) < 450 {
		t.Errorf("%d cases, want at least 450", len(names))
	}
}

func load(t *testing.T) []Case {
	t.Helper()
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func problems(c Case) (found []string) {
	add := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	text, spans, err := gold.Parse(c.Marked)
	if err != nil {
		return []string{err.Error()}
	}
	if !utf8.ValidString(text) || strings.Contains(text, "  ") || strings.ContainsAny(text, "\t\r") {
		add("not clean text")
	}
	for _, s := range spans {
		if words := text[s.Start:s.End]; words != strings.TrimSpace(words) {
			add("%s%d begins or ends with space: %q", s.Label, s.Number, words)
		}
		if !slices.Contains([]string{"source", "cue", "content"}, s.Label) || s.Number > len(c.Statements) {
			add("%s%d belongs to no statement", s.Label, s.Number)
		}
		if cut(text, s.Start) || cut(text, s.End) {
			add("%s%d cuts a word", s.Label, s.Number)
		}
	}
	for _, s := range c.Statements {
		content := gold.Of(spans, "content", s.Number)
		source := gold.Of(spans, "source", s.Number)
		cue := gold.Of(spans, "cue", s.Number)
		if len(content) == 0 || len(source) > 1 {
			add("statement %d has %d contents and %d sources", s.Number, len(content), len(source))
			continue
		}
		if overlap(slices.Concat(content, source, cue)) {
			add("statement %d: its own parts overlap", s.Number)
		}
		for _, span := range content {
			words := text[span.Start:span.End]
			if strings.HasPrefix(words, "that ") && !slices.Contains(c.Tags, "demonstrative") {
				add("content%d begins with that: %q", s.Number, words)
			}
			if strings.HasSuffix(words, ",") || strings.HasSuffix(words, ".") && s.Mode != "direct" && !abbreviated(words) {
				add("content%d ends with a mark of the sentence: %q", s.Number, words)
			}
		}
		first, last := text[content[0].Start:content[0].End], text[content[len(content)-1].Start:content[len(content)-1].End]
		quoted := strings.ContainsAny(first+last, `"“”‘`) || strings.HasPrefix(first, "'") || strings.Contains(first+last, " '")
		whole := opens(first) && closes(last)
		switch {
		case s.Mode == "direct" && !whole && !slices.Contains(c.Tags, "unmarked") && !slices.Contains(c.Tags, "broken-marks"):
			add("statement %d is direct without quotation marks at both ends: %q", s.Number, first)
		case s.Mode == "mixed" && (!quoted || whole && !strings.ContainsAny(strings.Trim(first, `"“”‘’'`), `"“”‘`) && len(content) == 1):
			add("statement %d is not mixed: %q", s.Number, first)
		case s.Mode == "indirect" && quoted && !slices.Contains(c.Tags, "title"):
			add("statement %d is indirect with quotation marks: %q", s.Number, first)
		}
		if kind := plainKind(text, cue); kind != "" && kind != s.Kind {
			add("statement %d: the kind of its cue is %s, not %s", s.Number, kind, s.Kind)
		}
	}
	return found
}

// cut reports whether byte i stands between two letters or digits.
func cut(text string, i int) bool {
	letter := func(b byte) bool {
		return b >= utf8.RuneSelf || 'a' <= b|0x20 && b|0x20 <= 'z' || '0' <= b && b <= '9'
	}
	return i > 0 && i < len(text) && letter(text[i-1]) && text[i-1] < utf8.RuneSelf && letter(text[i]) && text[i] < utf8.RuneSelf
}

func overlap(spans []gold.Span) bool {
	slices.SortFunc(spans, func(a, b gold.Span) int { return cmp.Compare(a.Start, b.Start) })
	for i := 1; i < len(spans); i++ {
		if spans[i].Start < spans[i-1].End {
			return true
		}
	}
	return false
}

func opens(s string) bool {
	return strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "'") || strings.HasPrefix(s, "“") || strings.HasPrefix(s, "‘")
}

func closes(s string) bool {
	return strings.HasSuffix(s, `"`) || strings.HasSuffix(s, "'") || strings.HasSuffix(s, "”") || strings.HasSuffix(s, "’")
}

func abbreviated(s string) bool {
	for _, a := range []string{"a.m.", "p.m.", "Jr.", "Co.", "Inc."} {
		if strings.HasSuffix(s, a) {
			return true
		}
	}
	return false
}

// plainKind tells the kinds of cue that the words alone decide, "" for the others.
func plainKind(text string, cue []gold.Span) string {
	if len(cue) == 0 {
		return "none"
	}
	first := strings.ToLower(text[cue[0].Start:cue[0].End])
	switch {
	case len(cue) == 1 && (first == ":" || first == "—" || first == "–"):
		return "colon"
	case strings.HasPrefix(first, "according to") || first == "per" || first == "as per":
		return "according"
	case len(cue) == 1 && slices.Contains([]string{"said", "says", "say"}, first):
		return "say"
	}
	return ""
}

// A share is a figure of the corpus beside what 1,008 annotated articles of real news have
// (PolNeAR): the target, and how far from it the corpus may lie.
type share struct {
	name             string
	target, off, got float64
}

// TestProportions prints what the corpus is made of and holds the shares that matter to
// those of real news. Kinds that real news has too rarely to learn from are given more room.
func TestProportions(t *testing.T) {
	kinds, orders, modes, acts := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	sources, styles, varieties, files := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	cues := map[string]int{}
	all := load(t)
	statements, negative, words := 0, 0, 0
	for _, c := range all {
		styles[c.Style]++
		varieties[c.Variety]++
		files[c.File]++
		text, spans, err := gold.Parse(c.Marked)
		if err != nil {
			continue // TestCases tells
		}
		words += len(strings.Fields(text))
		if len(c.Statements) == 0 {
			negative++
		}
		for _, s := range c.Statements {
			statements++
			kinds[s.Kind]++
			modes[s.Mode]++
			acts[s.Act]++
			orders[order(spans, s.Number)]++
			sources[sourceForm(text, gold.Of(spans, "source", s.Number))]++
			for _, cue := range gold.Of(spans, "cue", s.Number) {
				cues[strings.ToLower(text[cue.Start:cue.End])]++
			}
		}
	}
	n := float64(statements)
	t.Logf("%d cases, %d of them without a statement, %d statements, %d words, %d different cues", len(all), negative, statements, words, len(cues))
	for _, table := range []struct {
		name   string
		counts map[string]int
		of     int
	}{
		{"kinds of cue", kinds, statements},
		{"orders", orders, statements},
		{"modes", modes, statements},
		{"acts", acts, statements},
		{"sources", sources, statements},
		{"styles", styles, len(all)},
		{"varieties", varieties, len(all)},
		{"files", files, len(all)},
	} {
		t.Log(table.name)
		keys := slices.SortedFunc(maps.Keys(table.counts), func(a, b string) int {
			return cmp.Or(cmp.Compare(table.counts[b], table.counts[a]), cmp.Compare(a, b))
		})
		for _, key := range keys {
			t.Logf("  %-24s %4d  %.3f", key, table.counts[key], float64(table.counts[key])/float64(table.of))
		}
	}
	t.Log("share                      target   here")
	for _, s := range []share{
		{"source-cue-content", .64, .05, float64(orders["source-cue-content"]) / n},
		{"content-source-cue", .18, .04, float64(orders["content-source-cue"]) / n},
		{"content-cue-source", .08, .03, float64(orders["content-cue-source"]) / n},
		{"the word said alone", .20, .03, float64(cues["said"]) / n},
		{"pronoun sources", .23, .03, float64(sources["pronoun"]) / n},
		{"cue say", .28, .05, float64(kinds["say"]) / n},
		{"cue common verb", .14, .05, float64(kinds["common"]) / n},
		{"cue other verb", .28, .08, float64(kinds["verb"]) / n},
		{"cue light verb", .10, .05, float64(kinds["light"]) / n},
		{"cue thought verb", .055, .04, float64(kinds["thought"]) / n},
		{"cue noun", .05, .04, float64(kinds["noun"]) / n},
		{"indirect", .66, .08, float64(modes["indirect"]) / n},
		{"direct", .19, .08, float64(modes["direct"]) / n},
		{"mixed", .14, .08, float64(modes["mixed"]) / n},
	} {
		t.Logf("  %-24s  %.3f  %.3f", s.name, s.target, s.got)
		if s.got < s.target-s.off || s.got > s.target+s.off {
			t.Errorf("%s: %.3f is too far from %.3f", s.name, s.got, s.target)
		}
	}
	// The largest single loss of every system measured: no share of it is too large to learn from.
	if kinds["verb"] < kinds["common"] {
		t.Errorf("%d verbs outside the common list, %d inside it", kinds["verb"], kinds["common"])
	}
}

// order tells in which order the parts of a statement begin.
func order(spans []gold.Span, number int) string {
	parts := []gold.Span{}
	for _, label := range []string{"source", "cue", "content"} {
		if found := gold.Of(spans, label, number); len(found) > 0 {
			parts = append(parts, found[0])
		}
	}
	slices.SortStableFunc(parts, func(a, b gold.Span) int { return cmp.Compare(a.Start, b.Start) })
	var labels []string
	for _, p := range parts {
		labels = append(labels, p.Label)
	}
	return strings.Join(labels, "-")
}

var pronouns = strings.Fields("i we you he she it they who which one both each neither none some many most others his her its their our my these those this that everyone nobody anyone")

var titles = strings.Fields("Mr Mr. Mrs Mrs. Ms Miss Dr Dr. Mayor Cllr Judge Governor Senator")

// sourceForm tells a pronoun from words of more weight, and both from no source at all.
func sourceForm(text string, source []gold.Span) string {
	if len(source) == 0 {
		return "none"
	}
	words := strings.ToLower(text[source[0].Start:source[0].End])
	if slices.Contains(pronouns, words) {
		return "pronoun"
	}
	// The first word of a sentence tells nothing, but for titles and single names.
	rest := text[source[0].Start:source[0].End]
	if first, after, two := strings.Cut(rest, " "); two && !slices.Contains(titles, first) {
		rest = after
	}
	if rest == strings.ToLower(rest) {
		return "description"
	}
	return "name"
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, data, err string }{
		{"text before the first case", "hello\n", "x.gold:1: want a comment"},
		{"a case without text", "## a\nen hard\nnone\n", `x.gold:1: case "a": a name is one word, and a text follows`},
		{"a case without rows", "## a\nen hard", `x.gold:1: case "a": want a name`},
		{"an unknown variety", "# c\n\n## a\nfr hard\nnone\ntext\n", `x.gold:3: case "a": tags`},
		{"a statement out of place", "## a\nen hard\n2 direct speech say\ntext\n", `x.gold:1: case "a": statement 2 stands in place 1`},
		{"an unknown act", "## a\nen hard\n1 direct song say\ntext\n", `x.gold:1: case "a": statement "1 direct song say": an unknown word`},
		{"a row too short", "## b\nen hard\nnone\ntext\n\n## a\nen hard\n1 direct say\ntext\n", `x.gold:6: case "a": statement "1 direct say": want`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := Parse("x.gold", test.data); err == nil || !strings.HasPrefix(err.Error(), test.err) {
				t.Errorf("Parse: %v, want %s", err, test.err)
			}
		})
	}
}

// FuzzParse: whatever parses holds to the closed lists, and its statements are numbered from 1.
func FuzzParse(f *testing.F) {
	f.Add("# c\n\n## a\nen hard x\n1 direct speech say; 2 mixed plan noun\n[content1 No]\n\n## b\nen-GB wire\nnone\ntext\n")
	f.Add("## a\n\n## b")
	f.Fuzz(func(t *testing.T, data string) {
		all, err := Parse("x.gold", data)
		if err != nil {
			return
		}
		for _, c := range all {
			if c.Name == "" || c.Marked == "" || !slices.Contains(Varieties, c.Variety) || !slices.Contains(Styles, c.Style) {
				t.Fatalf("Parse(%q) = %+v", data, c)
			}
			for i, s := range c.Statements {
				if s.Number != i+1 || !slices.Contains(Modes, s.Mode) || !slices.Contains(Acts, s.Act) || !slices.Contains(Kinds, s.Kind) {
					t.Fatalf("Parse(%q): %+v", data, s)
				}
			}
		}
	})
}
