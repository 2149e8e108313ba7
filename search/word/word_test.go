package word

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/text"
)

func TestWords(t *testing.T) {
	for _, c := range []struct{ name, text, words string }{
		{"case", "The FERRY", "the ferry"},
		{"hyphens part", "go-it-alone", "go it alone"},
		{"an apostrophe is one, whichever it is", "O’Brien doesn't", "o'brien doesn't"},
		{"marks around a word are none of it", "‘Yes,’ (no)", "yes no"},
		{"accents", "Łódź Ålesund Çà naïve", "lodz alesund ca naive"},
		{"Greek", "Αθήνα ΛΌΓΟΣ", "αθηνα λογοσ"},
		{"abbreviations", "the U.S. and U.N. agree.", "the us and un agree"},
		{"numbers", "1,400 at 3.5 by 12:30", "1400 at 3.5 by 12 30"},
		{"a sentence's end is no abbreviation", "plan b. Next", "plan b next"},
		{"pairs where there are no blanks", "東京都 was", "東京 京都 was"},
		{"one character stays", "日", "日"},
		{"right to left", "שלום עולם", "שלום עולם"},
		{"nothing", "… — !", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(Words(c.text), " "); got != c.words {
				t.Errorf("words %q, want %q", got, c.words)
			}
		})
	}
}

func TestStem(t *testing.T) {
	for _, same := range [][]string{
		{"ferry", "ferries", "ferry's"}, {"open", "opened", "opening", "opens"}, {"ruiz", "ruiz's"}, {"negotiate", "negotiating"}, {"o'brien", "obrien"},
	} {
		for _, w := range same[1:] {
			if Stem(w) != Stem(same[0]) {
				t.Errorf("%q is %q, %q is %q", w, Stem(w), same[0], Stem(same[0]))
			}
		}
	}
	if Stem("port") == Stem("ports'town") || Stem("universe") == "" {
		t.Error("words that differ share a stem")
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"The U.S. — 1,400", "o’’b", "東京abc", "a.b.c", "é́", "\xff\xfe", "ـــ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, k := range Tokens(s, text.Span{Start: 0, End: len(s)}) {
			if k.Word == "" || len(k.Word) > longest || !utf8.ValidString(k.Word) {
				t.Fatalf("word %q of %q", k.Word, s)
			}
			if k.Span.Start < 0 || k.Span.End > len(s) || k.Span.Empty() || k.Span.End <= last {
				t.Fatalf("span %v of %q behind %d", k.Span, s, last)
			}
			last = k.Span.End
			if again := Words(k.Word); len(again) != 1 || again[0] != k.Word {
				t.Fatalf("%q of %q is cut into %q", k.Word, s, again)
			}
		}
	})
}
