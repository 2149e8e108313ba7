package when

import (
	"strings"
	"time"

	"dateline/annotate/when/calendar"
	"dateline/annotate/when/phrase"
	"dateline/annotate/when/tense"
	"dateline/annotate/when/words"
	"dateline/news"
)

func secondsLong(n int) time.Duration { return time.Duration(n) * time.Second }

// happening notes which happenings a day belongs to: "Friday's summit", "the Aug. 15 meeting",
// "their meeting in Anchorage on Friday".
func (r *reader) happening(e *phrase.Expression, day known) {
	if day.Unit > calendar.DayUnit {
		r.toldOf(e, day)
		return
	}
	k := e.To
	if r.tense.Word(k) == "'" && r.tense.Word(k+1) == "s" {
		k += 2
	}
	if r.tense.Word(k) == "," && e.Year != 0 {
		k++
	}
	for n := 0; n < 4 && k+n < len(r.tense.Tokens) && r.tense.Sentence[k+n] == r.tense.Sentence[e.From]; n++ {
		t := &r.tense.Tokens[k+n]
		if t.Kind != words.Word || happeningStop[t.Text] {
			break
		}
		if words.Happenings[t.Text] {
			r.note(t.Text, k+n+1, day)
			return
		}
	}
	r.toldOf(e, day)
	for n := 1; n <= 10 && e.From-n >= 0 && r.tense.Sentence[e.From-n] == r.tense.Sentence[e.From]; n++ {
		t := &r.tense.Tokens[e.From-n]
		if t.Kind == words.Mark && t.Text != "-" || finite[t.Text] || r.tense.Verb(e.From-n) != tense.Unsure && !words.Happenings[t.Text] {
			break
		}
		if words.Happenings[t.Text] {
			r.note(t.Text, e.From-n+1, day)
			return
		}
	}
}

// note keeps the day of a happening by its noun, and by those it was held with: a summit with
// Osei is the meeting with Osei.
func (r *reader) note(noun string, after int, day known) {
	r.happens[noun] = day
	if old, told := r.only[kind(noun)]; told && old.First != day.First {
		r.only[kind(noun)] = known{} // there were two
	} else {
		r.only[kind(noun)] = day
	}
	for _, who := range r.with(after) {
		r.happens[kind(noun)+" with "+who] = day
	}
}

// kind is the noun that stands for others of its meaning.
func kind(noun string) string {
	switch noun {
	case "summit", "meeting", "meetings", "talks", "discussion", "discussions", "negotiations", "encounter":
		return "meeting"
	case "call", "calls", "conversation", "conversations":
		return "call"
	}
	return noun
}

// with are the names after "with", from token k on: "with President Osei in Port Alba".
func (r *reader) with(k int) []string {
	for n := 0; n < 4; n++ {
		if r.tense.Word(k+n) != "with" {
			if t := r.tense.Word(k + n); t == "" || t == "," || t == "." || t == "on" {
				return nil
			}
			continue
		}
		var names []string
		for m := k + n + 1; m < k+n+7 && m < len(r.tense.Tokens); m++ {
			switch t := &r.tense.Tokens[m]; {
			case t.Kind == words.Word && t.Cap:
				names = append(names, t.Text)
			case t.Text == "and" || t.Text == "the" || t.Text == "-" || t.Text == "'":
			case t.Kind == words.Word && !happeningStop[t.Text]:
			default:
				return names
			}
		}
		return names
	}
	return nil
}

// toldOf notes the happening that a verb before the time tells: "met on Tuesday".
func (r *reader) toldOf(e *phrase.Expression, day known) {
	for n := 1; n <= 14 && e.From-n >= 0 && r.tense.Sentence[e.From-n] == r.tense.Sentence[e.From]; n++ {
		t := &r.tense.Tokens[e.From-n]
		if t.Text == "," || t.Text == "\"" || t.Text == ";" {
			break
		}
		if noun := happened[t.Text]; noun != "" && (day.Unit <= calendar.Week || noun == "invasion" || noun == "attack") && r.tense.Word(e.From-n-1) != "to" {
			r.note(noun, e.From-n+1, day)
			break
		}
	}
}

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

var happeningStop = wordSet("and or but to in on at of for by with from as when while after before that which who he she they it we i you said says is was were are will would has had have the a an")

// past are happenings that everybody dates by, each known by two of its words. Only those are
// listed whose day is beyond dispute and whose words mean nothing else.
var past = []struct {
	noun, name string
	day        calendar.Day
}{
	{"invasion", "ukraine", calendar.Date(2022, 2, 24)},
	{"attack", "harbor", calendar.Date(1941, 12, 7)},
	{"landings", "normandy", calendar.Date(1944, 6, 6)},
	{"bombing", "hiroshima", calendar.Date(1945, 8, 6)},
	{"bombing", "nagasaki", calendar.Date(1945, 8, 9)},
	{"disaster", "chernobyl", calendar.Date(1986, 4, 26)},
	{"fall", "berlin", calendar.Date(1989, 11, 9)},
	{"referendum", "brexit", calendar.Date(2016, 6, 23)},
	{"attack", "capitol", calendar.Date(2021, 1, 6)},
	{"assassination", "kennedy", calendar.Date(1963, 11, 22)},
}

// history is the day of a happening of the past that is named from token k on, or by the last
// word before it: "the Russian invasion of Ukraine", "the invasion | of Ukraine".
func (r *reader) history(k int) (calendar.Range, bool) {
	for _, h := range past {
		noun, name := r.tense.Word(k-1) == h.noun, false
		for n := 0; n < 8 && k+n < len(r.tense.Tokens); n++ {
			switch w := r.tense.Word(k + n); w {
			case h.noun:
				noun = true
			case h.name:
				name = noun || name
			case ",", ".", ";":
				n = 8
			}
		}
		if noun && name {
			return calendar.DayRange(h.day), true
		}
	}
	return calendar.Range{}, false
}

// happened are verbs that tell of a happening, and its noun.
var happened = map[string]string{"met": "meeting", "meet": "meeting", "spoke": "call", "phoned": "call", "visited": "visit", "voted": "vote", "invaded": "invasion", "attacked": "attack", "launched": "launch", "crashed": "crash", "resigned": "resignation", "debated": "debate", "testified": "hearing"}

var finite = wordSet("said says told that")

// A pending is a time told by a happening whose day may be told later in the text.
type pending struct {
	at    int // its place among the results
	of    *phrase.Expression
	names []string
	later bool // asked again at the end of the text
}

// event reckons a time told by a happening, where the text or the reference has its day. It
// reports whether it has.
func (r *reader) event(p pending, x *news.TimeExpression) bool {
	x.Type = news.TimeEvent
	e := p.of
	var day known
	ok := false
	for _, who := range p.names {
		if day, ok = r.happens[kind(e.Word)+" with "+who]; ok {
			break
		}
	}
	switch {
	case ok:
	case len(p.names) == 0:
		day, ok = r.happens[e.Word]
	default: // by other names: it must be the only one
		day = r.only[kind(e.Word)]
		ok = !day.IsZero()
	}
	if !ok {
		if h, told := r.history(e.To); told && !p.later {
			day, ok = known{h, -1}, true
		}
	}
	if !ok {
		x.Reason.Detail = "when the " + e.Word + " was is not told"
		return false
	}
	x.Anchor = fromEvent
	x.Reason.Detail = "the " + e.Word + " was on " + day.Text
	switch e.Value {
	case "after", "following", "since":
		switch {
		case r.dated && day.First > r.doc:
			x.Value = day.Text + "/.."
		case r.dated && day.First < r.doc:
			x.Value = day.Text + "/" + calendar.DayRange(r.doc).Text
		default:
			x.Value = day.Text
		}
	case "before", "until", "till", "ahead", "prior":
		x.Value = "../" + day.Text
	default:
		x.Value = day.Text
	}
	return true
}

// anniversary reckons "the third anniversary" from the year of what is remembered, where the
// sentence tells it or the text has told it. A date near publication is the anniversary itself.
func (r *reader) anniversary(e *phrase.Expression) settled {
	near := func(v calendar.Range) settled {
		if a := v.Years(e.Nth); a.Last > r.doc-400 && a.First < r.doc+400 {
			return settled{Range: a, anchor: fromEvent, detail: "years after " + v.Text}
		}
		if v.Last > r.doc-40 && v.First < r.doc+300 {
			return settled{Range: v, anchor: fromEvent, detail: "told with its date"}
		}
		return settled{detail: "its date does not fit the day of publication"}
	}
	if day, ok := r.history(e.To); ok {
		if !r.dated {
			return settled{Range: day.Years(e.Nth), anchor: fromEvent, detail: "years after " + day.Text}
		}
		return near(day)
	}
	for _, d := range r.ahead {
		if d.From-e.To > 14 || r.tense.Sentence[d.From] != r.tense.Sentence[e.From] {
			break
		}
		if d.Form != phrase.Calendar || d.Year == 0 || r.tense.Word(d.From-1) != "in" && r.tense.Word(d.From-1) != "on" {
			continue
		}
		v := r.settle(d)
		switch {
		case v.IsZero():
		case r.dated:
			return near(v.Range)
		default:
			return settled{Range: v.Range.Years(e.Nth), anchor: fromEvent, detail: "years after " + v.Text}
		}
	}
	for n := range 6 {
		if day, ok := r.happens[r.tense.Word(e.To+n)]; ok && r.dated {
			return near(day.Range)
		}
	}
	return settled{detail: "of what year is not told"}
}
