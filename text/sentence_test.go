package text_test

import (
	"strings"
	"testing"
	"time"

	"dateline/text"
)

func TestSentences(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "It rained. The bridge opened!  Who came?", "It rained.|The bridge opened!|Who came?"},
		{"glued to a word", "She took the call.Why it matters: the bridge.", "She took the call.|Why it matters: the bridge."},
		{"glued behind a closing mark", `She called it "ready."But he said no.`, `She called it "ready."|But he said no.`},
		{"glued before an opening mark", `So say the aides."Yes, we know," one said.`, `So say the aides.|"Yes, we know," one said.`},
		{"glued before capitals", "The talks went on.NATO said no.", "The talks went on.|NATO said no."},
		{"glued before an abbreviation", "They chose two sites.U.S. officials left.", "They chose two sites.|U.S. officials left."},
		{"glued after a number", "They paid 1,000.That is a lot.", "They paid 1,000.|That is a lot."},
		{"names with a stop inside", "He wrote it in Node.js and ASP.NET for Alba.Com today.", "He wrote it in Node.js and ASP.NET for Alba.Com today."},
		{"addresses", "See https://alba.example/A.Html or Ana.Ruiz@alba.example. It opens.", "See https://alba.example/A.Html or Ana.Ruiz@alba.example.|It opens."},
		{"countries", "The U.S. president left the U.S.S.R. delegation in Washington, D.C., on Monday.", "The U.S. president left the U.S.S.R. delegation in Washington, D.C., on Monday."},
		{"a country that ends a sentence", "He lives in the U.S. The mayor does not.", "He lives in the U.S.|The mayor does not."},
		{"times of day", "He leaves at 8 a.m. ET. She left the hall at 3:30 p.m. Mr. Ruiz stayed.", "He leaves at 8 a.m. ET.|She left the hall at 3:30 p.m.|Mr. Ruiz stayed."},
		{"titles and initials", "Gen. J. F. Ruiz met Lt. Gov. Ana W. Alba and Dr. Ito.", "Gen. J. F. Ruiz met Lt. Gov. Ana W. Alba and Dr. Ito."},
		{"months before a day", "It opened on Aug. 3 and shut on Sept. 4. It rained.", "It opened on Aug. 3 and shut on Sept. 4.|It rained."},
		{"decimals", "It rose 1.2 percent to 9189.22. Shares fell.", "It rose 1.2 percent to 9189.22.|Shares fell."},
		{"an ellipsis inside", "“The goal is for the mayor . . . to walk away.” He left.", "“The goal is for the mayor . . . to walk away.”|He left."},
		{"a quotation holds sentences", "“I know. We will see,” he said. “As odd as it sounds.”", "“I know.|We will see,” he said.|“As odd as it sounds.”"},
		{"who asked stays with the question", "“Is it open?” Ana Ruiz asked. “No!” the mayor replied.", "“Is it open?” Ana Ruiz asked.|“No!” the mayor replied."},
		{"a closing mark behind a blank", "There is no trust. “ Mayor Ruiz said “it” opens.", "There is no trust. “|Mayor Ruiz said “it” opens."},
		{"British single marks", "'It opens.' 'It does not!' another said.", "'It opens.'|'It does not!' another said."},
		{"a wrapped paragraph", "The mayor opened the bridge in\nPort Alba on Monday. Rain fell.", "The mayor opened the bridge in\nPort Alba on Monday.|Rain fell."},
		{"lines that are no paragraph", "Alba Post\n2 hours ago\nBridge opens", "Alba Post|2 hours ago|Bridge opens"},
		{"a list in a line", "1. The first 2. The second 3. The third", "1. The first|2. The second|3. The third"},
		{"notes", "It opened.[1] She left.[2]", "It opened.[1]|She left.[2]"},
		{"Spanish", "El puente abre. ¿Quién vino?", "El puente abre.|¿Quién vino?"},
		{"Japanese", "橋が開いた。市長は「開く」と述べた。", "橋が開いた。|市長は「開く」と述べた。"},
	} {
		var got []string
		for _, s := range text.Sentences(c.in, []text.Span{{End: len(c.in)}}) {
			got = append(got, s.Of(c.in))
		}
		if g := strings.Join(got, "|"); g != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, g, c.want)
		}
	}
}

// TestLinear reads much of what each rule likes least, and a megabyte of bare marks.
func TestLinear(t *testing.T) {
	for _, unit := range []string{`"`, `"a `, "'", "'a ", "“ ", "” a", ". “ a", "«", "„a ", "a.", "A.A", ".A", ". A. ", "(", ".(", ". . ", "!\" ", "x.com/", "•", "1. A ", "\n", "a\n", "A b\nc ", " ", ".\" 'A", "‘a’ ", "s' ", "“a. “ A "} {
		s := strings.Repeat(unit, 1<<17/len(unit))
		if unit == `"` {
			s = strings.Repeat(unit, 1<<20)
		}
		begin := time.Now()
		text.Sentences(s, []text.Span{{End: len(s)}})
		text.Quotations(s, text.Span{End: len(s)})
		if took := time.Since(begin); took > 5*time.Second && !testing.Short() { // short: under the race detector
			t.Errorf("%d bytes of %q took %v", len(s), unit, took)
		} else if testing.Verbose() {
			t.Logf("%q: %v", unit, took)
		}
	}
}

func FuzzSentences(f *testing.F) {
	f.Add(`The call.Why? "Yes," he said. . . . 'No.'`)
	f.Add("1. A 2. B\n• U.S. 8 p.m. “ x")
	f.Fuzz(func(t *testing.T, s string) {
		whole := text.Span{End: len(s)}
		found := text.Sentences(s, []text.Span{whole})
		at := 0
		for _, f := range found {
			if !f.Valid(s) && whole.Valid(s) && strings.ToValidUTF8(s, "") == s || f.Empty() || f.Start < at || f.Trim(s) != f {
				t.Fatalf("%v after %d in %q", f, at, s)
			}
			if !(text.Span{Start: at, End: f.Start}).Trim(s).Empty() {
				t.Fatalf("nothing holds %q in %q", s[at:f.Start], s)
			}
			at = f.End
		}
		if !(text.Span{Start: at, End: len(s)}).Trim(s).Empty() {
			t.Fatalf("nothing holds the end %q of %q", s[at:], s)
		}
	})
}

func FuzzQuotations(f *testing.F) {
	f.Add(`"He 'said' it," so. “ No. «x»` + "\n\n" + `"Go on.`)
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ToValidUTF8(s, "") != s {
			return
		}
		found := text.Quotations(s, text.Span{End: len(s)})
		for i, q := range found {
			if !q.Span.Valid(s) || q.Span.Empty() || !q.Span.Contains(q.Inner) || q.Inner.Start > q.Inner.End || !q.Opened && !q.Closed || q.Closed && q.Continues {
				t.Fatalf("%+v in %q", q, s)
			}
			if i == 0 {
				continue
			}
			if p := found[i-1]; p.Span.Start > q.Span.Start {
				t.Fatalf("%+v after %+v in %q", q, p, s)
			}
			for _, p := range found[:i] {
				if p.Span.Overlaps(q.Span) && !p.Span.Contains(q.Span) {
					t.Fatalf("%+v crosses %+v in %q", q, p, s)
				}
			}
		}
	})
}
