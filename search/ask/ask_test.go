package ask

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, query, printed, notice string }{
		{"words", "Ferry tolls", "ferry tolls", ""},
		{"accents and apostrophes", "Café D’Alba", "cafe d'alba", ""},
		{"a phrase", `"last crossing" ferry`, `"last crossing" ferry`, ""},
		{"curly marks", `“last crossing”`, `"last crossing"`, ""},
		{"a hyphen inside a word does not negate", "go-it-alone plan", "go it alone plan", ""},
		{"a hyphen after a blank does", "ferry -toll", "ferry -toll", ""},
		{"a dash between blanks is none", "ferry - toll", "ferry toll", ""},
		{"a compound that is negated is a phrase", "ferry -go-it-alone", `ferry -"go it alone"`, ""},
		{"operators", "a ferry AND toll OR fee", "a ferry AND toll OR fee", ""},
		{"brackets", "x AND (a OR b)", "x AND (a OR b)", ""},
		{"words in brackets are words", "the Baath (Renaissance) party", "the baath renaissance party", ""},
		{"capitals have no operators", "WAR AND PEACE OR NOT", "war and peace or not", ""},
		{"NOT", "ferry NOT toll", "ferry -toll", ""},
		{"NOT of NOT", "x NOT NOT toll -(-ferry)", "x toll ferry", ""},
		{"fields", `speaker:"Ana Ruiz" to:council mode:direct`, `speaker:"ana ruiz" to:"council" mode:direct`, ""},
		{"a capital begins a field", `Speaker:ruiz`, `speaker:"ruiz"`, ""},
		{"what is no field is words", "http://alba.example 12:30", "http alba example 12 30", ""},
		{"a month", "published:2031-05", "published:2031-05-01..2031-05-31", ""},
		{"ranges", "said:2031-05-03..2031-06 published:>2031", "said:2031-05-03..2031-06-30 published:2032-01-01..", ""},
		{"as of", "ferry as-of:2031-05-03", "as-of:2031-05-03 ferry", ""},
		{"a continuation", "ferr* toll", "ferr* toll", ""},
		{"right to left", "שלום עולם", "שלום עולם", ""},
		{"no blanks", "東京都", "東京 京都", ""},
		{"nothing", "  ", "", "0: there is no word to search for"},
		{"only marks", "\"\" () ...", "", "0: there is no word to search for"},
		{"an open bracket", "ferry (toll", "ferry toll", "6: this bracket is never closed; searched as plain words"},
		{"a closing bracket", "ferry) toll", "ferry toll", "5: this bracket was never opened; searched as plain words"},
		{"an open quotation", `say "ferry toll`, "say ferry toll", "4: this quotation mark is never closed; searched as plain words"},
		{"only operators", "and AND", "and and", "4: nothing follows this AND; searched as plain words"},
		{"a value that is none", "ferry mode:loud", "ferry mode loud", "11: mode:loud: it is one of direct, indirect, mixed; searched as plain words"},
		{"a time that is none", "said:soon", "said soon", "5: said:soon: give a day, a month or a year, as 2031-05-03, or two with .. between; searched as plain words"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q, notices := Parse(c.query)
			if got := q.String(); got != c.printed {
				t.Errorf("parsed as %s, want %s", got, c.printed)
			}
			got := ""
			if len(notices) > 0 {
				got = string(rune('0'+notices[0].At%10)) + ": " + notices[0].Text
				if notices[0].At > 9 {
					got = "1" + got
				}
			}
			if got != c.notice {
				t.Errorf("notice %q, want %q", got, c.notice)
			}
			same(t, q)
		})
	}
}

func same(t *testing.T, q Query) {
	t.Helper()
	again, notices := Parse(q.String())
	if q.Root != nil && len(notices) > 0 && notices[0].At == 0 && len(q.String()) > MaxBytes {
		return
	}
	if !reflect.DeepEqual(q, again) {
		t.Errorf("%q parses to another query: %q (%v)", q.String(), again.String(), notices)
	}
}

func TestLongQueriesTakeLinearTime(t *testing.T) {
	for name, part := range map[string]string{"words": "ferry ", "brackets": "(", "closed": "() ", "quotes": `"`, "operators": "a AND ",
		"negations": "-a ", "nots": "NOT a ", "fields": "speaker:a ", "right to left": "\u202eשלום ", "one word": "a"} {
		t.Run(name, func(t *testing.T) {
			long := strings.Repeat(part, 1<<20/len(part))
			start := time.Now()
			q, notices := Parse(long)
			if d := time.Since(start); d > 2*time.Second {
				t.Errorf("%d bytes took %v", len(long), d)
			}
			if len(notices) == 0 {
				t.Error("no notice of what was left out")
			}
			if q.Root != nil && count(*q.Root) > 2*MaxTerms {
				t.Errorf("%d nodes", count(*q.Root))
			}
		})
	}
}

func count(n Node) int {
	c := 1
	for _, k := range n.Nodes {
		c += count(k)
	}
	return c
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "a b", `"a b" -c`, "x AND (a OR NOT b)", "speaker:a said:2031..", "as-of:2031-05 a", "ferr* (a (b", "A AND 1", "ǅ AND B", "a AND AND b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, notices := Parse(s)
		for _, n := range notices {
			if n.At < 0 || n.At > len(s) {
				t.Fatalf("a notice points at %d of %d", n.At, len(s))
			}
		}
		if len(s) < MaxBytes/4 { // printing may lengthen a query past the bound
			same(t, q)
		}
	})
}
