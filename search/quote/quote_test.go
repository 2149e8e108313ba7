package quote

import (
	"strings"
	"testing"
	"time"

	"dateline/news"
	"dateline/text"
)

// article makes a source of a text in which [brackets with a name: like so] mark what each said.
func article(t *testing.T, marked string) Source {
	t.Helper()
	var b strings.Builder
	s := Source{Place: Place{Article: "a1", Outlet: "Alba Courier"}}
	for {
		before, rest, found := strings.Cut(marked, "<")
		b.WriteString(before)
		if !found {
			break
		}
		inside, after, closed := strings.Cut(rest, ">")
		name, words, named := strings.Cut(inside, "|")
		if !closed || !named {
			t.Fatalf("bad mark %q", inside)
		}
		span := text.Span{Start: b.Len(), End: b.Len() + len(words)}
		b.WriteString(words)
		mode := news.Direct
		if !strings.ContainsAny(words, `"“`) {
			mode = news.Indirect
		}
		if n := len(s.Statements); n > 0 && name == "+" {
			s.Statements[n-1].Content = append(s.Statements[n-1].Content, span)
		} else {
			s.Statements = append(s.Statements, news.Statement{ID: news.StatementID(name), Content: []text.Span{span}, Mode: mode, Speaker: news.Speaker{Name: name}})
		}
		marked = after
	}
	s.Text = b.String()
	s.Prose = []text.Span{{Start: 0, End: b.Len()}}
	return s
}

const harbour = `Ferry stays, mayor says

<Ana Ruiz|"The last ferry will sail every night until the bridge is open,"> said Mayor Ana Ruiz. <+|"We promised that in May."> The
council met on Tuesday. <Jan Kos|The toll would rise to four marks> in June, said Jan Kos, who <Jan Kos|had never seen [the minister] at the harbour of Port Alba before>.
He added: <Jan Kos|“We can’t pay twice. I am against it, today and next week.”>`

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name, quote, speaker string
		kind                 Kind
		who                  string
		differences          string // kind asked>is, ...
	}{
		{"as it was said", "The last ferry will sail every night until the bridge is open", "", Exact, "Ana Ruiz", ""},
		{"one word of a short sentence altered", "We can't pay once.", "", Altered, "Jan Kos", "replaced once>twice"},
		{"the last word of a short one", "We promised that in June", "", Altered, "Ana Ruiz", "replaced June>May"},
		{"a few words that are no sentence there", "the minister at the bridge", "", NotFound, "", ""},
		{"two words of a short one altered", "We can't live once.", "", NotFound, "", ""},
		{"with the marks around it", "“The last ferry will sail every night until the bridge is open,”", "Ruiz", Exact, "Ana Ruiz", ""},
		{"cut short", "sail every night until the bridge", "Mayor Ana Ruiz", Exact, "Ana Ruiz", ""},
		{"over the cue", "until the bridge is open. We promised that in May", "", Exact, "Ana Ruiz", ""},
		{"another apostrophe", "We can't pay twice. I am against it", "", Exact, "Jan Kos", ""},
		{"other case", "THE LAST FERRY WILL SAIL EVERY NIGHT", "", Marks, "Ana Ruiz", "case THE>The, case LAST>last, case FERRY>ferry, case WILL>will, case SAIL>sail, case EVERY>every, case NIGHT>night"},
		{"other punctuation", "We can't pay twice; I am against it, today, and next week", "", Marks, "Jan Kos", ""},
		{"an editor's brackets", "The last ferry will sail [every night] until the bridge is open", "", Marks, "Ana Ruiz", ""},
		{"brackets for other words", "The last ferry will sail every night until [it] is open", "", Marks, "Ana Ruiz", "brackets >the, brackets it>bridge"},
		{"brackets of the record", "had never seen him at the harbour of Port Alba", "", Marks, "Jan Kos", ""},
		{"an ellipsis", "The last ferry will sail … until the bridge is open", "", Marks, "Ana Ruiz", ""},
		{"an ellipsis in brackets", "The last ferry [...] is open", "", Marks, "Ana Ruiz", ""},
		{"a word altered", "The last ferry will sail every morning until the bridge is open", "", Altered, "Ana Ruiz", "replaced morning>night"},
		{"a word put in", "The last ferry will not sail every night until the bridge is open", "", Altered, "Ana Ruiz", "added not>"},
		{"a word left out", "The last ferry will sail every night until bridge is open", "", Altered, "Ana Ruiz", "left out >the"},
		{"a number altered", "The toll would rise to five marks", "", Altered, "Jan Kos", "replaced five>four"},
		{"another day", "We can't pay twice. I am against it, tomorrow and next week", "", Altered, "Jan Kos", "replaced tomorrow>today"},
		{"a number in digits", "The toll would rise to 4 marks", "", Paraphrase, "Jan Kos", "replaced 4>four"},
		{"told in the past", "the last ferry would sail every night until the bridge was open", "", Paraphrase, "Ana Ruiz", ""},
		{"told by her", "they had promised that in May, and the last ferry would sail each night until the bridge opened", "", Paraphrase, "Ana Ruiz", ""},
		{"by somebody else", "The last ferry will sail every night", "Jan Kos", OtherSpeaker, "Ana Ruiz", ""},
		{"altered, and by somebody else", "The last ferry will sail every morning until the bridge is open", "Kos", OtherSpeaker, "Ana Ruiz", "replaced morning>night"},
		{"never said", "I have eaten the last ferry with a spoon", "", NotFound, "", ""},
		{"the contrary in other words", "until the bridge was open no ferry sailed any night", "", NotFound, "", ""},
		{"words of the narrator", "The council met on Tuesday", "", Exact, "", ""},
		{"too short to be anybody's", "the bridge", "", Exact, "Ana Ruiz", ""},
		{"another language", "Die letzte Fähre fährt jede Nacht", "", NotFound, "", ""},
		{"no words", "…!", "", NotFound, "", ""},
		{"right to left", "שלום עולם ומלואו", "", NotFound, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Check(c.quote, c.speaker, []Source{article(t, harbour)}, nil, Covered{Articles: 1})
			if v.Kind != c.kind || v.Speaker.Name != c.who {
				t.Errorf("%s by %q, want %s by %q: %v", v.Kind, v.Speaker.Name, c.kind, c.who, v.Why)
			}
			var got []string
			for _, d := range v.Differences {
				got = append(got, d.Kind+" "+d.Asked+">"+d.Is)
			}
			if c.differences != "" && !strings.HasPrefix(strings.Join(got, ", "), c.differences) {
				t.Errorf("differences %v, want %s", got, c.differences)
			}
			if len(v.Why) == 0 {
				t.Error("no reason is given")
			}
			for _, p := range v.Places {
				for _, s := range p.Spans {
					if s.Empty() || s.End > len(article(t, harbour).Text) {
						t.Errorf("span %v", s)
					}
				}
			}
		})
	}
}

// TestTakenBack holds that words which an outlet took back do not stand, neither where they stood nor where
// it repeats them, and that another outlet's report of them comes first.
func TestTakenBack(t *testing.T) {
	const words = "No toll, no bridge, no problem"
	by := news.Correction{Of: "a1", By: "a2", Whole: true}
	first := article(t, "<Nora Kessel|“"+words+"”> she said.")
	first.Place.Corrections = []news.Correction{by}
	apology := article(t, "We wrote that she had said <Nora Kessel|“"+words+"”>. She did not.")
	apology.Place.Article = "a2"
	v := Check(words, "", []Source{first, apology}, nil, Covered{})
	if len(v.Places) != 2 || !v.Places[0].TakenBack() || !v.Places[1].TakenBack() {
		t.Errorf("places %+v", v.Places)
	}
	if v.Why[len(v.Why)-1].Rule != "taken-back" {
		t.Errorf("the reasons do not say so: %v", v.Why)
	}
	other := article(t, "In a recording <Bram Kessel|“"+words+"”> is heard.")
	other.Place.Article = "a3"
	if v := Check(words, "", []Source{first, apology, other}, nil, Covered{}); v.Places[0].Article != "a3" || v.Speaker.Name != "Bram Kessel" {
		t.Errorf("what was taken back comes first: %+v", v.Places[0])
	}
}

// TestNearest holds that what comes nearest is shown of what is not found, if anything does, and never as
// found.
func TestNearest(t *testing.T) {
	for quote, want := range map[string]string{
		"We can't live once.": "We can’t pay twice", "I have eaten the last ferry with a spoon": "", "Die letzte Fähre fährt jede Nacht": "", "The last ferry will be scrapped in June": "The last ferry will sail every night until",
	} {
		v := Check(quote, "", []Source{article(t, harbour)}, nil, Covered{})
		got := ""
		if v.Nearest != nil {
			got = v.Nearest.Text
		}
		if v.Kind != NotFound || len(v.Places) > 0 || want == "" && got != "" || !strings.HasPrefix(want, got) || want != "" && got == "" {
			t.Errorf("%q is %s, with %q as the nearest, not %q", quote, v.Kind, got, want)
		}
	}
}

// TestLongQuotationsTakeBoundedTime holds that neither a long quotation nor one that repeats itself
// takes more than its share.
func TestLongQuotationsTakeBoundedTime(t *testing.T) {
	s := article(t, strings.Repeat("the ferry and the bridge and the toll of the town ", 2000))
	for name, q := range map[string]string{
		"the same words": strings.Repeat("the ", 5000), "the same phrase": strings.Repeat("the ferry and the ", 2000),
		"ellipses": strings.Repeat("the ferry … ", 1000), "brackets": strings.Repeat("[", 20000), "dots": strings.Repeat(". ", 10000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			Check(q, "", []Source{s}, nil, Covered{})
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{"The last ferry … is open", "[it] will", "until [the] bridge [...] open", "can’t pay", "\xff", "東京"} {
		f.Add(s, "the last ferry will sail [every] night … until the bridge is open")
	}
	f.Fuzz(func(t *testing.T, asked, record string) {
		if len(asked) > 1000 || len(record) > 2000 {
			return
		}
		all := text.Span{Start: 0, End: len(record)}
		v := Check(asked, "Ana", []Source{{Text: record, Prose: []text.Span{all}, Statements: []news.Statement{{Content: []text.Span{all}, Speaker: news.Speaker{Name: "Ana"}}}}}, nil, Covered{})
		if v.Kind == "" {
			t.Fatal("no verdict")
		}
		for _, d := range v.Differences {
			if d.At.Of(asked) != d.Asked || d.Span.Of(record) != d.Is {
				t.Fatalf("difference %+v is not what stands there", d)
			}
		}
	})
}
