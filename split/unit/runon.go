package unit

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline/news"
	"dateline/split/dating"
	"dateline/text"
)

// runOn cuts a paragraph in which the lines about an article have run into its text, at an
// outlet's name and an age: "... on bridge contract Alba Post 4 hours ago The contract for the
// bridge", "... he said. Radio Alba yesterday Port back at full strength All eleven cranes".
// Prose has no capital behind an age; nil if there is no such place.
func runOn(t string, p text.Span, fetched time.Time, cuts int) []Unit {
	s := p.Of(t)
	words := wordsOf(s)
	if len(words) < 40 {
		return nil
	}
	for i := 1; i < len(words) && i < 4000; i++ {
		first, ok := ageOpens(words[i].Of(s))
		if !ok {
			continue
		}
		d, n, isDate := dating.Prefix(s[words[i].Start:], fetched)
		end := words[i].Start + n
		if !isDate || d.Ago == "" || stops(s[:end]) || !strings.HasPrefix(s[end:], " ") || !upper(strings.TrimLeft(s[end:], " '\"‘“")) {
			continue
		}
		name := i
		for name > 0 && i-name < 4 && upper(words[name-1].Of(s)) && !endsIn(words[name-1].Of(s), ".!?,;:\"'”’)") {
			name--
		}
		// A day may stand in prose too ("told Radio Alba yesterday"): then the name opens a sentence.
		opens := name == 0 || stops(words[name-1].Of(s))
		if name == i || !first && !opens {
			continue
		}
		at := func(from, to int) text.Span {
			return text.Span{Start: p.Start + from, End: p.Start + to}.Trim(t)
		}
		outlet := Measure(t, at(words[name].Start, words[i].Start))
		outlet.Kind, outlet.Reason, outlet.Outlet = news.Publisher, "outlet-run-on", outlet.Text
		date := Measure(t, at(words[i].Start, end))
		date.Kind, date.Reason, date.Date = news.DateKind, "age-run-on", &d
		var out []Unit
		switch before := at(0, words[name].Start); {
		case before.Empty():
		case opens:
			out = parts(t, before, fetched, cuts-1)
		default:
			out = menuBefore(t, before, fetched)
		}
		out = append(out, outlet, date)
		rest := at(end, len(s))
		if opens {
			if n := headlineEnd(rest.Of(t)); n > 0 {
				title := Measure(t, text.Span{Start: rest.Start, End: rest.Start + n}.Trim(t))
				out = append(out, title)
				rest = text.Span{Start: rest.Start + n, End: rest.End}.Trim(t)
			}
		}
		return append(out, parts(t, rest, fetched, cuts-1)...)
	}
	return nil
}

// ageOpens reports whether a word can open an age; hours tells a count from a day.
func ageOpens(w string) (hours, ok bool) {
	switch strings.ToLower(w) {
	case "yesterday", "today":
		return false, true
	case "an", "a", "one":
		return true, true
	}
	return true, w[0] >= '0' && w[0] <= '9'
}

func wordsOf(s string) []text.Span {
	var out []text.Span
	start := -1
	for i, r := range s {
		switch {
		case unicode.IsSpace(r):
			if start >= 0 {
				out = append(out, text.Span{Start: start, End: i})
			}
			start = -1
		case start < 0:
			start = i
		}
	}
	if start >= 0 {
		out = append(out, text.Span{Start: start, End: len(s)})
	}
	return out
}

func upper(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// stops reports whether a word ends a sentence.
func stops(w string) bool { return endsIn(w, ".!?\"'”’)") }

func endsIn(w, marks string) bool {
	r, _ := utf8.DecodeLastRuneInString(w)
	return strings.ContainsRune(marks, r)
}

// menuBefore are the units of what stands before an outlet's name that has run on: the words of
// a menu, each with a capital, and the headline. Where four or more of them open it, the last
// one is the headline's.
func menuBefore(t string, p text.Span, fetched time.Time) []Unit {
	words := wordsOf(p.Of(t))
	n := 0
	if len(words) > 2 && words[1].Of(p.Of(t)) == "logo" {
		n = 2
	}
	capitals := 0
	for n+capitals < len(words) && upper(words[n+capitals].Of(p.Of(t))) {
		capitals++
	}
	cut := func(from, to int) text.Span {
		if from >= to {
			return text.Span{}
		}
		return text.Span{Start: p.Start + words[from].Start, End: p.Start + words[to-1].End}
	}
	menu := n
	if capitals >= 4 {
		menu += capitals - 1
	}
	var out []Unit
	for _, s := range []text.Span{cut(0, n), cut(n, menu)} {
		if s.Empty() {
			continue
		}
		u := Measure(t, s)
		u.read(fetched)
		if u.Kind == "" {
			u.Kind, u.Reason = news.Boilerplate, "menu-run-on"
		}
		out = append(out, u)
	}
	return append(out, Measure(t, cut(menu, len(words))))
}

// headlineEnd is where a headline ends that runs into its text: before a word that opens
// sentences and has a capital behind one without; 0 if there is none in its first sentence.
func headlineEnd(s string) int {
	words := wordsOf(s)
	for i := 3; i < len(words) && i < 30; i++ {
		before := words[i-1].Of(s)
		if stops(before) {
			return 0
		}
		if !upper(before) && openers[words[i].Of(s)] {
			return words[i].Start
		}
	}
	return 0
}

// openers are words that open sentences and, inside them, have no capital.
var openers = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("The A An All In On At It He She They We There This That These Those As After Before When While For With Two Three Four Five Six Seven Eight Nine Ten Some Many More Most Nobody No By From His Her Their Its If Under Over During") {
		m[w] = true
	}
	return m
}()
